#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/bytes.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/result.hpp"

namespace peerscape {

enum class Family : std::uint8_t { IPv4, IPv6 };

/// Bits of an address of the family: 32 or 128.
constexpr std::uint8_t addressBits(Family family) { return family == Family::IPv4 ? 32 : 128; }
std::string_view toString(Family family);

/// An IPv4 or IPv6 address. Ordered by family, then numerically.
class IpAddress {
  public:
    /// 0.0.0.0.
    constexpr IpAddress() = default;
    static constexpr IpAddress v4(std::uint32_t number) {
        IpAddress address;
        for (int i = 0; i < 4; ++i)
            address.bytes_[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
        return address;
    }
    static constexpr IpAddress v6(const std::array<std::uint8_t, 16>& bytes) {
        IpAddress address;
        address.family_ = Family::IPv6;
        address.bytes_ = bytes;
        return address;
    }
    /// Upper and lower 64 bits.
    static constexpr IpAddress v6(std::uint64_t high, std::uint64_t low) {
        std::array<std::uint8_t, 16> bytes{};
        for (int i = 0; i < 8; ++i) {
            bytes[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
            bytes[8 + i] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
        }
        return v6(bytes);
    }
    /// 0.0.0.0 or ::
    static constexpr IpAddress any(Family family) {
        IpAddress address;
        address.family_ = family;
        return address;
    }
    /// 4 or 16 bytes in network order; anything else is a bug of the caller.
    static IpAddress fromBytes(ByteView bytes);
    /// Dotted decimal without leading zeros, or RFC 4291 text (also with a dotted tail); no zone, no mask.
    static Result<IpAddress> parse(std::string_view text);

    constexpr Family family() const { return family_; }
    constexpr bool isV4() const { return family_ == Family::IPv4; }
    constexpr bool isV6() const { return family_ == Family::IPv6; }
    constexpr std::uint8_t bits() const { return addressBits(family_); }
    /// 4 or 16 bytes in network order.
    constexpr ByteView bytes() const { return ByteView(bytes_.data(), isV4() ? 4U : 16U); }
    constexpr std::uint32_t v4Number() const {
        return std::uint32_t{bytes_[0]} << 24 | std::uint32_t{bytes_[1]} << 16 |
               std::uint32_t{bytes_[2]} << 8 | bytes_[3];
    }
    /// Bit `index` counted from the most significant one.
    constexpr bool bit(std::uint8_t index) const { return (bytes_[index / 8] >> (7 - index % 8) & 1) != 0; }

    bool isUnspecified() const {  ///< 0.0.0.0, ::
        const auto [high, low] = words();
        return (high | low) == 0;
    }
    bool isLoopback() const;   ///< 127.0.0.0/8, ::1
    bool isMulticast() const;  ///< 224.0.0.0/4, ff00::/8
    bool isLinkLocal() const;  ///< 169.254.0.0/16, fe80::/10
    bool isLimitedBroadcast() const { return isV4() && v4Number() == 0xffffffffU; }
    /// An address a host may have: not unspecified, not multicast, not the limited broadcast.
    bool isUnicast() const { return !isUnspecified() && !isMulticast() && !isLimitedBroadcast(); }

    /// The address `step` further on, wrapping at the end of the family's space.
    IpAddress plus(std::uint64_t step) const;

    std::uint64_t hash() const {
        const auto [high, low] = words();
        return mixBits(toBigEndian(high) ^ mixBits(toBigEndian(low) + static_cast<std::uint64_t>(family_)));
    }

    // By words and not by bytes: tables compare addresses all the time.
    friend constexpr bool operator==(const IpAddress& a, const IpAddress& b) {
        const Words x = a.words();
        const Words y = b.words();
        return a.family_ == b.family_ && x[0] == y[0] && x[1] == y[1];
    }
    friend constexpr std::strong_ordering operator<=>(const IpAddress& a, const IpAddress& b) {
        if (a.family_ != b.family_) return a.family_ <=> b.family_;
        const Words x = a.words();
        const Words y = b.words();
        if (x[0] != y[0]) return toBigEndian(x[0]) <=> toBigEndian(y[0]);
        return toBigEndian(x[1]) <=> toBigEndian(y[1]);
    }

  private:
    friend class Prefix;
    using Words = std::array<std::uint64_t, 2>;
    constexpr Words words() const { return std::bit_cast<Words>(bytes_); }
    static constexpr std::uint64_t toBigEndian(std::uint64_t v) {
        if constexpr (std::endian::native == std::endian::little) return __builtin_bswap64(v);
        return v;
    }

    // The bytes first: what is copied in pieces of 16 bytes and then read in words is read at once.
    std::array<std::uint8_t, 16> bytes_{};
    Family family_ = Family::IPv4;
};

/// Dotted decimal; IPv6 as RFC 5952 asks.
std::string toString(const IpAddress& address);

/// Bits of the network part of an IPv4 address in the days of classes: 8, 16 or 24 (RFC 1058 section 3.2).
std::uint8_t classfulLength(const IpAddress& address);

/// A network: address and length, host bits zero. Ordered as routing tables are printed: family, address,
/// length.
class Prefix {
  public:
    /// 0.0.0.0/0.
    constexpr Prefix() = default;
    /// The network of `length` bits that `address` lies in. `length` beyond the family's bits is a bug of the
    /// caller.
    Prefix(const IpAddress& address, std::uint8_t length);
    /// Length of one address: /32 or /128.
    static Prefix host(const IpAddress& address) { return Prefix(address, address.bits()); }
    static Prefix defaultRoute(Family family) { return Prefix(IpAddress::any(family), 0); }
    /// "10.1.0.0/16". Host bits that are set, or a missing length, are errors.
    static Result<Prefix> parse(std::string_view text);
    /// "10.1.0.7/16" gives 10.1.0.0/16: as routers read it.
    static Result<Prefix> parseAnyHost(std::string_view text);

    constexpr const IpAddress& address() const { return address_; }
    constexpr std::uint8_t length() const { return length_; }
    constexpr Family family() const { return address_.family(); }
    constexpr bool isDefault() const { return length_ == 0; }
    constexpr bool isHost() const { return length_ == address_.bits(); }

    bool contains(const IpAddress& address) const;
    /// Equal or more specific.
    bool contains(const Prefix& other) const { return other.length_ >= length_ && contains(other.address_); }
    bool overlaps(const Prefix& other) const { return contains(other) || other.contains(*this); }
    IpAddress netmask() const;
    IpAddress lastAddress() const;

    /// One mixing only, since every look-up in a table needs it.
    std::uint64_t hash() const {
        const auto [high, low] = address_.words();
        const auto rest = std::uint64_t{length_} << 8 | static_cast<std::uint64_t>(address_.family_);
        return mixBits(IpAddress::toBigEndian(high) ^ IpAddress::toBigEndian(low) * 0x9e3779b97f4a7c15ULL ^
                       rest * 0xc2b2ae3d27d4eb4fULL);
    }

    friend constexpr auto operator<=>(const Prefix&, const Prefix&) = default;

  private:
    IpAddress address_;
    std::uint8_t length_ = 0;
};

/// "10.1.0.0/16".
std::string toString(const Prefix& prefix);

/// What an interface is given: its own address and the network around it ("10.1.0.7/16").
struct InterfaceAddress {
    IpAddress address;
    std::uint8_t length = 0;

    Prefix network() const { return Prefix(address, length); }
    /// The subnet's broadcast address, where one exists (IPv4, shorter than /31).
    std::optional<IpAddress> broadcast() const;
    static Result<InterfaceAddress> parse(std::string_view text);

    friend auto operator<=>(const InterfaceAddress&, const InterfaceAddress&) = default;
};

std::string toString(const InterfaceAddress& address);

}  // namespace peerscape

template <>
struct std::hash<peerscape::IpAddress> {
    std::size_t operator()(const peerscape::IpAddress& a) const noexcept { return a.hash(); }
};
template <>
struct std::hash<peerscape::Prefix> {
    std::size_t operator()(const peerscape::Prefix& p) const noexcept { return p.hash(); }
};
