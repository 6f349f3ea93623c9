#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "engine/base/bytes.hpp"
#include "engine/base/shared_value.hpp"

/// The metrics of EIGRP (RFC 7868, sections 5.5 and 5.6): what is known of a path, how a link changes it, and
/// the one number that paths are compared by.
namespace peerscape::eigrp {

/// EIGRP_MAX_HOPS (RFC 7868, 5.6.2.2).
inline constexpr std::uint8_t kMaxHops = 100;
/// What the RIB's 32 bits divide a wide composite metric by, unless configured (1 to 255).
inline constexpr std::uint8_t kDefaultRibScale = 128;

/// The coefficients of the composite metric (RFC 7868, 5.5). Neighbours must agree on them.
struct KValues {
    std::uint8_t k1 = 1;
    std::uint8_t k2 = 0;
    std::uint8_t k3 = 1;
    std::uint8_t k4 = 0;
    std::uint8_t k5 = 0;
    std::uint8_t k6 = 0;  ///< wide metrics only

    /// K1 to K5 are 255: what a router says when it goes (RFC 7868, 6.7.7). K6 does not count.
    constexpr bool areGoodbye() const {
        return k1 == 255 && k2 == 255 && k3 == 255 && k4 == 255 && k5 == 255;
    }
    static constexpr KValues goodbye() { return {255, 255, 255, 255, 255, 255}; }

    friend constexpr bool operator==(const KValues&, const KValues&) = default;
};

/// K1 to K6: "1 0 1 0 0 0".
std::string toString(const KValues& k);

/// How long a bit takes along a path, in picoseconds, or unreachable. What classic packets say (tens of
/// microseconds, scaled by 256) fits without loss.
class Delay {
  public:
    /// Nothing.
    constexpr Delay() = default;
    /// At most 2^48 - 2, the most that packets can say; more is unreachable.
    static constexpr Delay picoseconds(std::uint64_t count) {
        return Delay(count < kWideUnreachable ? count : kUnreachable);
    }
    /// The unit of `delay` on interfaces.
    static constexpr Delay tensOfMicroseconds(std::uint64_t count) {
        return count < kWideUnreachable / kTenMicroseconds ? Delay(count * kTenMicroseconds) : unreachable();
    }
    static constexpr Delay unreachable() { return Delay(kUnreachable); }
    /// The field of a classic packet (RFC 7868, 6.8.2); all ones are unreachable.
    static Delay fromScaled(std::uint32_t scaled);

    constexpr bool isUnreachable() const { return count_ == kUnreachable; }
    /// Picoseconds; all ones when unreachable.
    constexpr std::uint64_t count() const { return count_; }
    /// Tens of microseconds times 256, rounded down, but no delay that is one becomes none; all ones when
    /// unreachable or too long for 32 bits.
    std::uint32_t scaled() const;
    /// One after the other; unreachable stays so.
    constexpr Delay plus(Delay other) const {
        if (isUnreachable() || other.isUnreachable()) return unreachable();
        return picoseconds(count_ + other.count_);
    }

    /// What the 48 bits of a wide packet hold for unreachable (RFC 7868, 6.9.2).
    static constexpr std::uint64_t kWideUnreachable = 0xffff'ffff'ffff;

    friend constexpr auto operator<=>(Delay, Delay) = default;

  private:
    static constexpr std::uint64_t kUnreachable = UINT64_MAX;
    static constexpr std::uint64_t kTenMicroseconds = 10'000'000;

    constexpr explicit Delay(std::uint64_t count) : count_(count) {}
    std::uint64_t count_ = 0;
};

/// What a path lets through, in kbit/s: 1 to 2^48 - 2, or none (0), over which nothing is reachable.
class PathBandwidth {
  public:
    /// The greatest: what a path without links lets through.
    constexpr PathBandwidth() = default;
    /// More than packets can say is the greatest.
    static constexpr PathBandwidth kilobitsPerSecond(std::uint64_t count) {
        return PathBandwidth(count < kMost ? count : kMost);
    }
    static constexpr PathBandwidth none() { return PathBandwidth(0); }
    /// The field of a classic packet, 256 * (10^7 / kbit/s) (RFC 7868, 6.8.2); all ones are none. What was
    /// too fast for it reads as the greatest.
    static PathBandwidth fromScaled(std::uint32_t scaled);

    constexpr bool isNone() const { return count_ == 0; }
    constexpr std::uint64_t count() const { return count_; }
    /// 256 * (10^7 / kbit/s), truncated before it is scaled (RFC 7868, 5.6.1.1): 0 beyond 10 Gbit/s.
    std::uint32_t scaled() const;

    static constexpr std::uint64_t kMost = 0xffff'ffff'fffe;

    friend constexpr auto operator<=>(PathBandwidth, PathBandwidth) = default;

  private:
    constexpr explicit PathBandwidth(std::uint64_t count) : count_(count) {}
    std::uint64_t count_ = kMost;
};

/// The one number that paths are compared by: 32 bits classic, 64 bits wide; lower is better.
class CompositeMetric {
  public:
    /// Infinity.
    constexpr CompositeMetric() = default;
    static constexpr CompositeMetric value(std::uint64_t number) { return CompositeMetric(number); }
    static constexpr CompositeMetric infinity() { return {}; }

    constexpr bool isInfinite() const { return number_ == UINT64_MAX; }
    /// All ones (64 bits) when infinite.
    constexpr std::uint64_t number() const { return number_; }
    /// What the RIB is told: divided by the scale (1 for classic metrics, which fit), truncated; all ones
    /// when infinite or too great. A scale of 0 is a bug of the caller.
    std::uint32_t ribMetric(std::uint8_t scale) const;

    friend constexpr auto operator<=>(CompositeMetric, CompositeMetric) = default;

  private:
    constexpr explicit CompositeMetric(std::uint64_t number) : number_(number) {}
    std::uint64_t number_ = UINT64_MAX;
};

/// What an extended metric is about (RFC 7868, 6.9.3): its opcode.
enum class ExtendedMetric : std::uint8_t {
    NoOp = 0,
    ScaledMetric = 1,
    AdministratorTag = 2,
    CommunityList = 3,
    Jitter = 4,           ///< microseconds
    QuiescentEnergy = 5,  ///< milliwatts per kilobit
    Energy = 6,           ///< milliwatts per kilobit
    AddPath = 7,
};

/// What is known of a path (RFC 7868, 5.6.2.1).
struct VectorMetric {
    PathBandwidth bandwidth;         ///< the least of all links
    Delay delay;                     ///< the sum of all links
    std::uint8_t reliability = 255;  ///< the least; 255 is 100 %
    std::uint8_t load = 1;           ///< the greatest, 1 to 255; 255 is 100 %
    std::uint8_t hopCount = 0;
    std::uint32_t mtu = 0xffffff;  ///< the least, bytes; 24 bits
    /// Extended metrics as they stand in the packet (RFC 7868, 6.9.3): opaque, passed on with the route.
    SharedValue<Bytes> extendedAttributes;

    bool isUnreachable() const { return delay.isUnreachable() || bandwidth.isNone(); }
    /// The path seen from the other end of a link with these properties; the link's hop count and attributes
    /// do not count.
    VectorMetric through(const VectorMetric& link) const;
    static VectorMetric unreachable();

    friend bool operator==(const VectorMetric&, const VectorMetric&) = default;
};

/// RFC 7868, 5.6.1.1, on scaled values and in whole numbers: K1*BW + K2*BW/(256-load) + K3*delay, and if K5
/// is not 0, times K5/(reliability+K4). 32 bits; infinite when unreachable or too great.
CompositeMetric classicComposite(const VectorMetric& metric, const KValues& k);
/// RFC 7868, 5.6.2.5, in whole numbers: with throughput 10^7*65536/kbit/s and latency ps*65536/10^6 in place
/// of bandwidth and delay, and K6 times the extended metrics. 64 bits; infinite when unreachable or too
/// great.
CompositeMetric wideComposite(const VectorMetric& metric, const KValues& k);

}  // namespace peerscape::eigrp
