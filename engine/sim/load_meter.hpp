#pragma once

#include <cstdint>

#include "engine/base/quantities.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/traffic.hpp"

namespace peerscape {

/// The wire behind an end as the meter has to know it.
struct WireState {
    SimTime busyUntil;    ///< when the last byte that was given to it has left
    Bandwidth bandwidth;  ///< of the link
};

/// What one end of a link sends and how much of what it hears is damaged, averaged as routers do it: every 5
/// seconds of lab time the rate since the last time goes into the average with the weight 1 - e^(-5 s /
/// interval). A value. Nothing wakes up for it: samples that are due are taken when somebody looks or sends.
class LoadMeter {
  public:
    /// Begins now with nothing sent. The interval is that of `load-interval`, 30 to 600 seconds.
    LoadMeter(Duration interval, SimTime now);

    Duration interval() const { return interval_; }
    /// The average stays, and follows faster or slower from now on.
    void setInterval(Duration interval, SimTime now, const WireState& wire);

    /// The end gives so many bytes to the wire, which is yet in the state before it has them.
    void send(std::uint64_t bytes, SimTime now, const WireState& wire);
    /// A frame reaches the end, damaged or not.
    void hear(bool isIntact, SimTime now, const WireState& wire);
    /// The averages up to the last sample before `now`.
    InterfaceTraffic traffic(SimTime now, const WireState& wire) const;

    std::uint64_t hash() const;

  private:
    void takeSamples(SimTime now, const WireState& wire);
    void takeSample(const WireState& wire);

    Duration interval_;
    SimTime nextSample_;
    std::uint64_t given_ = 0;    ///< bytes, since the beginning
    std::uint64_t sent_ = 0;     ///< of these, what had left at the last sample
    std::uint64_t rate_ = 0;     ///< bits per second, times kOne
    std::uint64_t damage_ = 0;   ///< share of damaged frames, times kOne
    std::uint32_t heard_ = 0;    ///< frames since the last sample
    std::uint32_t damaged_ = 0;  ///< of these

    static constexpr std::uint64_t kOne = 1 << 16;
};

}  // namespace peerscape
