#pragma once

#include <compare>
#include <cstdint>

namespace peerscape::rip {

/// Hops to a destination: 1 to 15, or infinity (16), which says "unreachable" (RFC 2453, 3.6 and RFC
/// 2080, 2.1).
class RipMetric {
  public:
    static constexpr std::uint8_t kInfinity = 16;

    /// Infinity.
    constexpr RipMetric() = default;
    /// Counts that reach 16 are infinity.
    static constexpr RipMetric hops(std::uint64_t count) {
        RipMetric metric;
        if (count < kInfinity) metric.hops_ = static_cast<std::uint8_t>(count);
        return metric;
    }
    static constexpr RipMetric infinity() { return {}; }

    constexpr RipMetric plus(std::uint64_t hops) const { return RipMetric::hops(hops_ + hops); }
    constexpr bool isInfinite() const { return hops_ == kInfinity; }
    constexpr std::uint8_t value() const { return hops_; }

    friend constexpr auto operator<=>(RipMetric, RipMetric) = default;

  private:
    std::uint8_t hops_ = kInfinity;
};

}  // namespace peerscape::rip
