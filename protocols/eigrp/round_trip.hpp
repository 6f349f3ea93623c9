#pragma once

#include <algorithm>
#include <optional>

#include "engine/base/time.hpp"

/// How long to wait for acknowledgments (RFC 7868, 5.2): SRTT, RTO and the multicast flow timer. The numbers
/// are those that Cisco's engineers have given for IOS. What they did not give is chosen here: how SRTT is
/// smoothed, and the first RTO, which is the interval of FRR's retransmissions.
namespace peerscape::eigrp {

inline constexpr Duration kInitialRto = Duration::seconds(2);
inline constexpr Duration kLeastRto = Duration::milliseconds(200);
inline constexpr Duration kMostRto = Duration::seconds(5);
inline constexpr Duration kLeastMulticastFlow = Duration::milliseconds(50);
/// Retransmissions of one packet before its receiver is given up.
inline constexpr int kRetryLimit = 16;

/// SRTT and RTO of one neighbour.
class RoundTrip {
  public:
    /// The time from a packet to its acknowledgment. Packets sent more than once tell nothing, as nobody
    /// knows which of them was acknowledged.
    void sample(Duration elapsed) { smoothed_ = smoothed_ ? (*smoothed_ * 4 + elapsed) / 5 : elapsed; }

    /// SRTT; none before the first sample.
    const std::optional<Duration>& smoothed() const { return smoothed_; }
    /// RTO: six times SRTT, from 200 ms to 5 s; 2 s before the first sample.
    Duration retransmissionTimeout() const {
        return smoothed_ ? std::clamp(*smoothed_ * 6, kLeastRto, kMostRto) : kInitialRto;
    }

  private:
    std::optional<Duration> smoothed_;
};

/// The wait after the next retransmission: half as long again, at most 5 s.
constexpr Duration backedOff(Duration timeout) { return std::min(timeout * 3 / 2, kMostRto); }

/// How long a multicast packet is waited for before it is sent to laggards by unicast and the next one by
/// multicast: four times the interface's mean SRTT, at least 50 ms.
constexpr Duration multicastFlowTimer(Duration meanSrtt) {
    return std::max(meanSrtt * 4, kLeastMulticastFlow);
}

}  // namespace peerscape::eigrp
