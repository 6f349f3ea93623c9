#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/small_vector.hpp"

/// Communities as numbers and as text. Which bits mean what: RFC 1997, RFC 4360, RFC 8092.
namespace peerscape::policy {

using CommunityValue = std::uint32_t;
/// Ascending, none twice; few routes have more than four.
using CommunityValues = SmallVector<CommunityValue, 4>;
/// The 8 octets, the type first.
using ExtendedCommunityValue = std::uint64_t;
struct LargeCommunityValue {
    std::uint32_t global = 0;
    std::uint32_t local1 = 0;
    std::uint32_t local2 = 0;
    friend auto operator<=>(const LargeCommunityValue&, const LargeCommunityValue&) = default;
};

/// Written `internet`; in a list it matches everything.
inline constexpr CommunityValue kInternet = 0;

/// "65001:100", "no-export".
std::string textOf(CommunityValue community);
/// "RT:65001:100", "SoO:10.0.0.1:5", "LB:65001:1250000 (10.000 Mbps)"; other types as FRR's "UNK:3, 4".
std::string textOf(ExtendedCommunityValue community);
/// "65001:1:2".
std::string textOf(const LargeCommunityValue& community);
/// As a line of configuration has it: "rt 65001:100", "soo 10.0.0.1:5".
std::string configTextOf(ExtendedCommunityValue community);

/// Several with blanks between: what expanded lists are matched against.
std::string textOf(std::span<const CommunityValue> communities);
std::string textOf(std::span<const ExtendedCommunityValue> communities);
std::string textOf(std::span<const LargeCommunityValue> communities);

/// One community: "65001:100" or a name.
std::optional<CommunityValue> readCommunity(std::string_view word);
std::optional<LargeCommunityValue> readLargeCommunity(std::string_view word);

/// What an extended community is for.
enum class ExtendedKind : std::uint8_t { RouteTarget = 2, SiteOfOrigin = 3 };
/// "65001:100", "1.10:5" and "70000:5" (a number of four octets), "10.0.0.1:5".
std::optional<ExtendedCommunityValue> readExtendedCommunity(ExtendedKind kind, std::string_view word);
/// Link bandwidth (draft-ietf-idr-link-bandwidth) in octets per second.
ExtendedCommunityValue linkBandwidth(std::uint16_t number, float octetsPerSecond, bool isTransitive);

bool isLinkBandwidth(ExtendedCommunityValue community);

/// All words, sorted and without repetitions; none when a word cannot be read.
std::optional<std::vector<CommunityValue>> readCommunities(std::string_view text);
std::optional<std::vector<LargeCommunityValue>> readLargeCommunities(std::string_view text);
/// "rt 65001:1 soo 65001:2".
std::optional<std::vector<ExtendedCommunityValue>> readExtendedCommunities(std::string_view text);
/// Words of one kind, without its name in front.
std::optional<std::vector<ExtendedCommunityValue>> readExtendedCommunities(ExtendedKind kind,
                                                                           std::string_view text);

}  // namespace peerscape::policy
