#include "protocols/policy/communities.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include <fmt/format.h>

#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/text.hpp"

namespace peerscape::policy {
namespace {

constexpr auto kNames = std::to_array<std::pair<CommunityValue, std::string_view>>({
    {kInternet, "internet"},
    {0xffff0000, "graceful-shutdown"},
    {0xffff0001, "accept-own"},
    {0xffff0002, "route-filter-translated-v4"},
    {0xffff0003, "route-filter-v4"},
    {0xffff0004, "route-filter-translated-v6"},
    {0xffff0005, "route-filter-v6"},
    {0xffff0006, "llgr-stale"},
    {0xffff0007, "no-llgr"},
    {0xffff0008, "accept-own-nexthop"},
    {0xffff029a, "blackhole"},
    {0xffffff01, "no-export"},
    {0xffffff02, "no-advertise"},
    {0xffffff03, "local-AS"},
    {0xffffff04, "no-peer"},
});

// The first octet of an extended community (RFC 4360 section 3, RFC 5668).
constexpr std::uint64_t kTwoOctetAs = 0x00;
constexpr std::uint64_t kIpv4Address = 0x01;
constexpr std::uint64_t kFourOctetAs = 0x02;
constexpr std::uint64_t kNonTransitive = 0x40;
constexpr std::uint64_t kLinkBandwidth = 0x04;

std::uint64_t typeOf(ExtendedCommunityValue community) { return community >> 56; }
std::uint64_t subtypeOf(ExtendedCommunityValue community) { return community >> 48 & 0xff; }

template <typename T>
std::string joined(std::span<const T> values) {
    std::string text;
    for (const auto& value : values)
        text += (text.empty() ? "" : " ") + textOf(value);
    return text;
}

template <typename T>
void sortOut(std::vector<T>& values) {
    std::ranges::sort(values);
    const auto repeated = std::ranges::unique(values);
    values.erase(repeated.begin(), repeated.end());
}

template <typename T, typename Read>
std::optional<std::vector<T>> readAll(std::string_view text, Read read) {
    std::vector<T> values;
    for (const auto word : splitWords(text)) {
        const auto value = read(word);
        if (!value) return std::nullopt;
        values.push_back(*value);
    }
    if (values.empty()) return std::nullopt;
    sortOut(values);
    return values;
}

/// "65001:100", "10.0.0.1:5": the administrator and its number.
std::string numbersOf(ExtendedCommunityValue community) {
    const std::uint64_t type = typeOf(community) & ~kNonTransitive;
    if (type == kTwoOctetAs) return fmt::format("{}:{}", community >> 32 & 0xffff, community & 0xffffffff);
    const auto administrator = static_cast<std::uint32_t>(community >> 16 & 0xffffffff);
    if (type == kIpv4Address)
        return fmt::format("{}:{}", toString(IpAddress::v4(administrator)), community & 0xffff);
    return fmt::format("{}:{}", administrator, community & 0xffff);
}

bool isKnown(ExtendedCommunityValue community, std::uint64_t subtype) {
    return typeOf(community) <= kFourOctetAs && subtypeOf(community) == subtype;
}

std::string bandwidthText(ExtendedCommunityValue community) {
    const double octets = std::bit_cast<float>(static_cast<std::uint32_t>(community));
    const double bits = octets * 8;
    const auto shown = bits > 1e9   ? fmt::format("{:.3f} Gbps", bits / 1e9)
                       : bits > 1e6 ? fmt::format("{:.3f} Mbps", bits / 1e6)
                       : bits > 1e3 ? fmt::format("{:.3f} Kbps", bits / 1e3)
                                    : fmt::format("{:.0f} bps", bits);
    return fmt::format("LB:{}:{:.0f} ({})", community >> 32 & 0xffff, octets, shown);
}

}  // namespace

std::string textOf(CommunityValue community) {
    const auto named =
        std::ranges::find(kNames, community, &std::pair<CommunityValue, std::string_view>::first);
    if (named != kNames.end()) return std::string(named->second);
    return fmt::format("{}:{}", community >> 16, community & 0xffff);
}

std::string textOf(ExtendedCommunityValue community) {
    if (isKnown(community, static_cast<std::uint64_t>(ExtendedKind::RouteTarget)))
        return "RT:" + numbersOf(community);
    if (isKnown(community, static_cast<std::uint64_t>(ExtendedKind::SiteOfOrigin)))
        return "SoO:" + numbersOf(community);
    if (isLinkBandwidth(community)) return bandwidthText(community);
    return fmt::format("UNK:{}, {}", typeOf(community), subtypeOf(community));
}

std::string textOf(const LargeCommunityValue& community) {
    return fmt::format("{}:{}:{}", community.global, community.local1, community.local2);
}

std::string configTextOf(ExtendedCommunityValue community) {
    const bool isTarget = isKnown(community, static_cast<std::uint64_t>(ExtendedKind::RouteTarget));
    return (isTarget ? "rt " : "soo ") + numbersOf(community);
}

std::string textOf(std::span<const CommunityValue> communities) { return joined(communities); }
std::string textOf(std::span<const ExtendedCommunityValue> communities) { return joined(communities); }
std::string textOf(std::span<const LargeCommunityValue> communities) { return joined(communities); }

std::optional<CommunityValue> readCommunity(std::string_view word) {
    const auto named = std::ranges::find(kNames, word, &std::pair<CommunityValue, std::string_view>::second);
    if (named != kNames.end()) return named->first;
    const auto parts = split(word, ':');
    if (parts.size() != 2) return std::nullopt;
    const auto high = readNumber(parts[0], UINT16_MAX);
    const auto low = readNumber(parts[1], UINT16_MAX);
    if (!high || !low) return std::nullopt;
    return static_cast<CommunityValue>(*high << 16 | *low);
}

std::optional<LargeCommunityValue> readLargeCommunity(std::string_view word) {
    const auto parts = split(word, ':');
    if (parts.size() != 3) return std::nullopt;
    std::array<std::uint32_t, 3> numbers{};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        // The first is an AS number, which may have a dot.
        const auto number = readNumber(parts[i], UINT32_MAX);
        const auto dotted = i == 0 && !number ? Asn::parse(parts[i]) : Result<Asn>(std::unexpected(Error{}));
        if (!number && !dotted) return std::nullopt;
        numbers[i] = number ? static_cast<std::uint32_t>(*number) : dotted->value();
    }
    return LargeCommunityValue{numbers[0], numbers[1], numbers[2]};
}

std::optional<ExtendedCommunityValue> readExtendedCommunity(ExtendedKind kind, std::string_view word) {
    const auto colon = word.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto administrator = word.substr(0, colon);
    const auto number = readNumber(word.substr(colon + 1), UINT32_MAX);
    if (!number) return std::nullopt;
    const std::uint64_t subtype = static_cast<std::uint64_t>(kind) << 48;
    const auto wide = [&](std::uint64_t type, std::uint64_t who) -> std::optional<ExtendedCommunityValue> {
        if (*number > UINT16_MAX) return std::nullopt;
        return type << 56 | subtype | who << 16 | *number;
    };
    if (const auto address = IpAddress::parse(administrator); address && address->isV4())
        return wide(kIpv4Address, address->v4Number());
    const auto as = Asn::parse(administrator);
    if (!as) return std::nullopt;
    if (as->value() > UINT16_MAX) return wide(kFourOctetAs, as->value());
    return kTwoOctetAs << 56 | subtype | std::uint64_t{as->value()} << 32 | *number;
}

ExtendedCommunityValue linkBandwidth(std::uint16_t number, float octetsPerSecond, bool isTransitive) {
    return (isTransitive ? kTwoOctetAs : kNonTransitive) << 56 | kLinkBandwidth << 48 |
           std::uint64_t{number} << 32 | std::bit_cast<std::uint32_t>(octetsPerSecond);
}

bool isLinkBandwidth(ExtendedCommunityValue community) {
    return (typeOf(community) & ~kNonTransitive) == kTwoOctetAs && subtypeOf(community) == kLinkBandwidth;
}

std::optional<std::vector<CommunityValue>> readCommunities(std::string_view text) {
    return readAll<CommunityValue>(text, readCommunity);
}

std::optional<std::vector<LargeCommunityValue>> readLargeCommunities(std::string_view text) {
    return readAll<LargeCommunityValue>(text, readLargeCommunity);
}

std::optional<std::vector<ExtendedCommunityValue>> readExtendedCommunities(std::string_view text) {
    std::vector<ExtendedCommunityValue> values;
    std::optional<ExtendedKind> kind;
    for (const auto word : splitWords(text)) {
        if (word == "rt" || word == "soo") {
            kind = word == "rt" ? ExtendedKind::RouteTarget : ExtendedKind::SiteOfOrigin;
            continue;
        }
        const auto value = kind ? readExtendedCommunity(*kind, word) : std::nullopt;
        if (!value) return std::nullopt;
        values.push_back(*value);
    }
    if (values.empty()) return std::nullopt;
    sortOut(values);
    return values;
}

std::optional<std::vector<ExtendedCommunityValue>> readExtendedCommunities(ExtendedKind kind,
                                                                           std::string_view text) {
    return readAll<ExtendedCommunityValue>(
        text, [kind](std::string_view word) { return readExtendedCommunity(kind, word); });
}

}  // namespace peerscape::policy
