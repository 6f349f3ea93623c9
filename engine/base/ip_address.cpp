#include "engine/base/ip_address.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/base/text.hpp"
#include "engine/base/wide.hpp"

namespace peerscape {

namespace {

std::optional<std::uint32_t> readDottedDecimal(std::string_view text) {
    const auto pieces = split(text, '.');
    if (pieces.size() != 4) return std::nullopt;
    std::uint32_t number = 0;
    for (const auto piece : pieces) {
        const auto octet = readNumber(piece, 255);
        if (!octet || piece.size() > 3 || (piece.size() > 1 && piece.front() == '0')) return std::nullopt;
        number = number << 8 | static_cast<std::uint32_t>(*octet);
    }
    return number;
}

/// The 16-bit groups of one side of "::", with an optional dotted tail on the last one.
bool readGroups(std::string_view text, bool mayEndDotted, std::vector<std::uint16_t>& groups) {
    if (text.empty()) return true;
    const auto pieces = split(text, ':');
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto piece = pieces[i];
        if (mayEndDotted && i + 1 == pieces.size() && piece.find('.') != std::string_view::npos) {
            const auto tail = readDottedDecimal(piece);
            if (!tail) return false;
            groups.push_back(static_cast<std::uint16_t>(*tail >> 16));
            groups.push_back(static_cast<std::uint16_t>(*tail));
            continue;
        }
        if (piece.empty() || piece.size() > 4) return false;
        std::uint16_t group = 0;
        for (const char c : piece) {
            const auto digit = std::string_view("0123456789abcdef")
                                   .find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
            if (digit == std::string_view::npos) return false;
            group = static_cast<std::uint16_t>(group << 4 | static_cast<std::uint16_t>(digit));
        }
        groups.push_back(group);
    }
    return true;
}

std::optional<IpAddress> readV6(std::string_view text) {
    constexpr std::size_t kGroups = 8;
    std::vector<std::uint16_t> front;
    std::vector<std::uint16_t> back;
    const auto gap = text.find("::");
    if (gap == std::string_view::npos) {
        if (!readGroups(text, true, front) || front.size() != kGroups) return std::nullopt;
    } else {
        if (!readGroups(text.substr(0, gap), false, front) || !readGroups(text.substr(gap + 2), true, back))
            return std::nullopt;
        if (front.size() + back.size() >= kGroups) return std::nullopt;
        front.resize(kGroups - back.size(), 0);
        front.insert(front.end(), back.begin(), back.end());
    }
    std::array<std::uint8_t, 16> bytes{};
    for (std::size_t i = 0; i < kGroups; ++i) {
        bytes[2 * i] = static_cast<std::uint8_t>(front[i] >> 8);
        bytes[2 * i + 1] = static_cast<std::uint8_t>(front[i]);
    }
    return IpAddress::v6(bytes);
}

std::string printV6(ByteView bytes) {
    std::array<std::uint16_t, 8> groups{};
    for (std::size_t i = 0; i < 8; ++i)
        groups[i] = static_cast<std::uint16_t>(bytes[2 * i] << 8 | bytes[2 * i + 1]);
    // IPv4-mapped addresses are the only ones printed with a dotted tail (RFC 5952 section 5).
    if (std::all_of(groups.begin(), groups.begin() + 5, [](auto g) { return g == 0; }) &&
        groups[5] == 0xffff) {
        return fmt::format("::ffff:{}.{}.{}.{}", bytes[12], bytes[13], bytes[14], bytes[15]);
    }
    // The longest run of two or more zero groups is shortened, the first one where several are equal
    // (section 4.2).
    std::size_t runBegin = 8;
    std::size_t runLength = 1;
    for (std::size_t i = 0; i < 8;) {
        std::size_t end = i;
        while (end < 8 && groups[end] == 0)
            ++end;
        if (end - i > runLength) {
            runBegin = i;
            runLength = end - i;
        }
        i = std::max(end, i + 1);
    }
    std::string text;
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == runBegin) {
            text += "::";
            i += runLength - 1;
            continue;
        }
        if (!text.empty() && text.back() != ':') text += ':';
        text += fmt::format("{:x}", groups[i]);
    }
    return text;
}

struct AddressAndLength {
    IpAddress address;
    std::uint8_t length;
};

Result<AddressAndLength> readAddressAndLength(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address) return std::unexpected(address.error());
    const std::uint8_t bits = address->bits();
    if (slash == std::string_view::npos) {
        return failure(fmt::format(
            "'{}' lacks a prefix length; write {}/{} for the address alone or a shorter length for a network",
            text, text, bits));
    }
    const auto length = readNumber(text.substr(slash + 1), bits);
    if (!length)
        return failure(fmt::format("'{}': the prefix length must be a number from 0 to {}", text, bits));
    return AddressAndLength{*address, static_cast<std::uint8_t>(*length)};
}

}  // namespace

std::string_view toString(Family family) { return family == Family::IPv4 ? "ipv4" : "ipv6"; }

IpAddress IpAddress::fromBytes(ByteView bytes) {
    PEERSCAPE_CHECK(bytes.size() == 4 || bytes.size() == 16);
    IpAddress address;
    address.family_ = bytes.size() == 4 ? Family::IPv4 : Family::IPv6;
    std::copy(bytes.begin(), bytes.end(), address.bytes_.begin());
    return address;
}

Result<IpAddress> IpAddress::parse(std::string_view text) {
    if (text.find(':') != std::string_view::npos) {
        if (const auto address = readV6(text)) return *address;
        return failure(fmt::format("'{}' is not an IPv6 address", text));
    }
    if (const auto number = readDottedDecimal(text)) return v4(*number);
    return failure(fmt::format("'{}' is not an IP address", text));
}

bool IpAddress::isLoopback() const { return isV4() ? bytes_[0] == 127 : *this == IpAddress::v6(0, 1); }

bool IpAddress::isMulticast() const { return isV4() ? (bytes_[0] & 0xf0) == 0xe0 : bytes_[0] == 0xff; }

bool IpAddress::isLinkLocal() const {
    return isV4() ? bytes_[0] == 169 && bytes_[1] == 254 : bytes_[0] == 0xfe && (bytes_[1] & 0xc0) == 0x80;
}

IpAddress IpAddress::plus(std::uint64_t step) const {
    IpAddress result = *this;
    Wide carry = step;
    for (int i = bits() / 8 - 1; i >= 0 && carry != 0; --i) {
        carry += result.bytes_[i];
        result.bytes_[i] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
    return result;
}

std::uint8_t classfulLength(const IpAddress& address) {
    const std::uint32_t first = address.v4Number() >> 24;
    return first < 128 ? 8 : first < 192 ? 16 : 24;
}

std::string toString(const IpAddress& address) {
    const ByteView b = address.bytes();
    return address.isV4() ? fmt::format("{}.{}.{}.{}", b[0], b[1], b[2], b[3]) : printV6(b);
}

Prefix::Prefix(const IpAddress& address, std::uint8_t length) : address_(address), length_(length) {
    PEERSCAPE_CHECK(length <= address.bits());
    for (std::size_t i = length / 8; i < address.bits() / 8U; ++i) {
        const int kept = i == length / 8U ? length % 8 : 0;
        address_.bytes_[i] = static_cast<std::uint8_t>(address_.bytes_[i] & ~(0xff >> kept));
    }
}

Result<Prefix> Prefix::parse(std::string_view text) {
    const auto read = readAddressAndLength(text);
    if (!read) return std::unexpected(read.error());
    const Prefix prefix(read->address, read->length);
    if (prefix.address() != read->address) {
        return failure(fmt::format("'{}' has host bits set; the network is {}", text, toString(prefix)));
    }
    return prefix;
}

Result<Prefix> Prefix::parseAnyHost(std::string_view text) {
    const auto read = readAddressAndLength(text);
    if (!read) return std::unexpected(read.error());
    return Prefix(read->address, read->length);
}

bool Prefix::contains(const IpAddress& address) const {
    if (address.family() != family()) return false;
    const std::size_t whole = length_ / 8;
    if (!std::equal(address_.bytes_.begin(), address_.bytes_.begin() + static_cast<std::ptrdiff_t>(whole),
                    address.bytes_.begin()))
        return false;
    const int rest = length_ % 8;
    return rest == 0 || ((address_.bytes_[whole] ^ address.bytes_[whole]) >> (8 - rest)) == 0;
}

IpAddress Prefix::netmask() const {
    std::array<std::uint8_t, 16> ones{};
    ones.fill(0xff);
    const IpAddress all = IpAddress::fromBytes(ByteView(ones).first(address_.bits() / 8U));
    return Prefix(all, length_).address();
}

IpAddress Prefix::lastAddress() const {
    if (family() == Family::IPv4) {
        const auto hosts = static_cast<std::uint32_t>(std::uint64_t{UINT32_MAX} >> length_);
        return IpAddress::v4(address_.v4Number() | hosts);
    }
    IpAddress last = address_;
    const IpAddress mask = netmask();
    for (std::size_t i = 0; i < last.bits() / 8U; ++i)
        last.bytes_[i] = static_cast<std::uint8_t>(last.bytes_[i] | ~mask.bytes_[i]);
    return last;
}

std::string toString(const Prefix& prefix) {
    return fmt::format("{}/{}", toString(prefix.address()), prefix.length());
}

std::optional<IpAddress> InterfaceAddress::broadcast() const {
    if (address.isV6() || length > 30) return std::nullopt;
    return IpAddress::v4(address.v4Number() | (UINT32_MAX >> length));
}

Result<InterfaceAddress> InterfaceAddress::parse(std::string_view text) {
    const auto read = readAddressAndLength(text);
    if (!read) return std::unexpected(read.error());
    return InterfaceAddress{read->address, read->length};
}

std::string toString(const InterfaceAddress& address) {
    return fmt::format("{}/{}", toString(address.address), address.length);
}

}  // namespace peerscape
