#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"
#include "engine/base/time.hpp"

namespace peerscape {

/// Bits per second, greater than 0 or unlimited().
class Bandwidth {
  public:
    constexpr Bandwidth() = default;
    static constexpr Bandwidth bitsPerSecond(std::uint64_t n) { return Bandwidth(n); }
    /// Serialisation takes no time.
    static constexpr Bandwidth unlimited() { return Bandwidth(); }
    /// Reads "64kbit", "10Mbit", "1Gbit", "9600bit".
    static Result<Bandwidth> parse(std::string_view text);

    constexpr bool isUnlimited() const { return bitsPerSecond_ == 0; }
    constexpr std::uint64_t count() const { return bitsPerSecond_; }
    /// How long `bytes` take to leave the interface, rounded up to whole nanoseconds.
    Duration timeFor(std::uint64_t bytes) const;

    friend constexpr auto operator<=>(Bandwidth, Bandwidth) = default;

  private:
    constexpr explicit Bandwidth(std::uint64_t n) : bitsPerSecond_(n) {}
    std::uint64_t bitsPerSecond_ = 0;
};

std::string toString(Bandwidth bandwidth);

/// A share between 0 and 1 in parts per million: loss of a link.
class Probability {
  public:
    constexpr Probability() = default;
    static constexpr std::uint32_t kMillion = 1'000'000;
    /// At most 1,000,000; more is taken as certainty.
    static constexpr Probability partsPerMillion(std::uint32_t n) {
        return Probability(n > kMillion ? kMillion : n);
    }
    /// Reads "0%", "2.5%", "100%".
    static Result<Probability> parse(std::string_view text);

    constexpr std::uint32_t count() const { return partsPerMillion_; }
    constexpr bool isZero() const { return partsPerMillion_ == 0; }

    friend constexpr auto operator<=>(Probability, Probability) = default;

  private:
    constexpr explicit Probability(std::uint32_t n) : partsPerMillion_(n) {}
    std::uint32_t partsPerMillion_ = 0;
};

std::string toString(Probability probability);

/// An autonomous system number, 1 to 4294967295 (RFC 6793).
class Asn {
  public:
    constexpr Asn() = default;
    static constexpr Asn number(std::uint32_t n) { return Asn(n); }
    /// Reads asplain "65546", asdot "1.10" and asdot+ "0.65001" (RFC 5396). 0 is refused (RFC 7607).
    static Result<Asn> parse(std::string_view text);

    constexpr std::uint32_t value() const { return value_; }
    friend constexpr auto operator<=>(Asn, Asn) = default;

  private:
    constexpr explicit Asn(std::uint32_t n) : value_(n) {}
    std::uint32_t value_ = 0;
};

std::string toString(Asn asn);

}  // namespace peerscape
