#include "engine/sim/load_meter.hpp"

#include <algorithm>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/wide.hpp"

namespace peerscape {
namespace {

constexpr std::int64_t kSampleSeconds = 5;
constexpr Duration kSampleTime = Duration::seconds(kSampleSeconds);
constexpr std::uint64_t kBitsPerByte = 8;
constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;
/// One, in numbers with 32 bits behind the point: whole numbers are the same on every machine.
constexpr std::uint64_t kFixedOne = std::uint64_t{1} << 32;

/// e^(-5 s / interval) as a series, whose terms soon vanish: the exponent is at most 1/6.
std::uint64_t decayOver(Duration interval) {
    const auto seconds = static_cast<std::uint64_t>(interval / Duration::seconds(1));
    std::uint64_t term = kFixedOne;
    std::uint64_t sum = kFixedOne;
    for (std::uint64_t n = 1; term > 0; ++n) {
        term = term * kSampleSeconds / (seconds * n);
        sum = n % 2 == 1 ? sum - term : sum + term;
    }
    return sum;
}

std::uint64_t average(std::uint64_t old, std::uint64_t sample, Duration interval) {
    const std::uint64_t decay = decayOver(interval);
    return static_cast<std::uint64_t>((Wide{old} * decay + Wide{sample} * (kFixedOne - decay)) >> 32U);
}

/// What had been given to the wire, but not left yet.
std::uint64_t waitingAt(SimTime time, const WireState& wire) {
    if (wire.bandwidth.isUnlimited() || wire.busyUntil <= time) return 0;
    const auto left = static_cast<std::uint64_t>((wire.busyUntil - time).count());
    return static_cast<std::uint64_t>(Wide{left} * wire.bandwidth.count() /
                                      (kNanosecondsPerSecond * kBitsPerByte));
}

SimTime firstSampleAfter(SimTime now) {
    return SimTime::after(kSampleTime * (now.sinceStart() / kSampleTime + 1));
}

}  // namespace

LoadMeter::LoadMeter(Duration interval, SimTime now)
    : interval_(interval), nextSample_(firstSampleAfter(now)) {
    PEERSCAPE_CHECK(interval >= Duration::seconds(30) && interval <= Duration::seconds(600));
}

void LoadMeter::takeSample(const WireState& wire) {
    // A wire whose bandwidth has changed seems to hold more or less than it was given.
    const std::uint64_t sent = std::max(sent_, given_ - std::min(given_, waitingAt(nextSample_, wire)));
    rate_ = average(rate_, (sent - sent_) * kBitsPerByte * kOne / kSampleSeconds, interval_);
    sent_ = sent;
    if (heard_ > 0) damage_ = average(damage_, damaged_ * kOne / heard_, interval_);
    heard_ = damaged_ = 0;
    nextSample_ = nextSample_ + kSampleTime;
}

void LoadMeter::takeSamples(SimTime now, const WireState& wire) {
    while (nextSample_ <= now) {
        const bool isAtRest = rate_ == 0 && sent_ == given_ && heard_ == 0;
        if (isAtRest) {
            nextSample_ = firstSampleAfter(now);
            return;
        }
        takeSample(wire);
    }
}

void LoadMeter::setInterval(Duration interval, SimTime now, const WireState& wire) {
    takeSamples(now, wire);
    interval_ = interval;
}

void LoadMeter::send(std::uint64_t bytes, SimTime now, const WireState& wire) {
    takeSamples(now, wire);
    given_ += bytes;
}

void LoadMeter::hear(bool isIntact, SimTime now, const WireState& wire) {
    takeSamples(now, wire);
    ++heard_;
    if (!isIntact) ++damaged_;
}

InterfaceTraffic LoadMeter::traffic(SimTime now, const WireState& wire) const {
    constexpr std::uint64_t kPerfect = 255;
    LoadMeter present = *this;
    present.takeSamples(now, wire);
    const auto reliability = (kOne - std::min(kOne, present.damage_)) * kPerfect / kOne;
    return {.interval = interval_,
            .outputRate = present.rate_ / kOne,
            .reliability = static_cast<std::uint8_t>(reliability)};
}

std::uint64_t LoadMeter::hash() const {
    StableHash hash;
    hash.add(static_cast<std::uint64_t>(interval_.count()))
        .add(static_cast<std::uint64_t>(nextSample_.count()))
        .add(given_)
        .add(sent_)
        .add(rate_)
        .add(damage_)
        .add(heard_)
        .add(damaged_);
    return hash.value();
}

}  // namespace peerscape
