#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/shared_value.hpp"
#include "protocols/policy/communities.hpp"

/// Clauses of route-maps on what only BGP's routes have, as values. That protocol evaluates them
/// (RouteAttributes); for others they do not exist.
namespace peerscape::policy {

/// `match as-path LIST`.
struct MatchAsPath {
    std::string list;
};
/// `match community LIST [exact-match]`.
struct MatchCommunity {
    std::string list;
    bool isExact = false;
};
struct MatchLargeCommunity {
    std::string list;
    bool isExact = false;
};
struct MatchExtendedCommunity {
    std::string list;
};
struct MatchLocalPreference {
    std::uint32_t preference = 0;
};
enum class OriginName : std::uint8_t { Igp = 0, Egp = 1, Incomplete = 2 };
struct MatchOrigin {
    OriginName origin = OriginName::Igp;
};
/// `match peer ADDRESS`, `match peer INTERFACE`, `match peer local`.
struct MatchPeer {
    std::optional<IpAddress> address;
    std::string name;      ///< of the interface or the group, when there is no address
    bool isLocal = false;  ///< routes of the router's own
};
/// `match ip route-source LIST`: the address of the neighbour that the route is from.
struct MatchRouteSource {
    std::string list;
    bool isPrefixList = false;
};
enum class RpkiState : std::uint8_t { Valid, Invalid, NotFound };
struct MatchRpki {
    RpkiState state = RpkiState::Valid;
};
using AttributeMatch =
    std::variant<MatchAsPath, MatchCommunity, MatchLargeCommunity, MatchExtendedCommunity,
                 MatchLocalPreference, MatchOrigin, MatchPeer, MatchRouteSource, MatchRpki>;

/// `set as-path prepend N …`, or `… last-as N`: so many times the AS that the path begins with.
struct SetAsPathPrepend {
    std::vector<std::uint32_t> numbers;
    std::uint8_t lastAsCount = 0;  ///< 1 to 10; 0: `numbers`
};
/// `set as-path exclude N …`: takes these numbers out of the path.
struct SetAsPathExclude {
    std::vector<std::uint32_t> numbers;
};
/// `set as-path replace N|any`: the own number in the place of this one, or of all.
struct SetAsPathReplace {
    std::optional<std::uint32_t> number;
};
/// `set community … [additive]`; no values: `none`.
struct SetCommunity {
    SharedValue<CommunityValues> values;  ///< routes that get them and nothing else share them
    bool isAdditive = false;
};
struct SetLargeCommunity {
    std::vector<LargeCommunityValue> values;
    bool isAdditive = false;
};
/// `set comm-list LIST delete`, `set large-comm-list LIST delete`.
struct SetCommunityDeletion {
    std::string list;
    bool isLarge = false;
};
/// `set extcommunity rt …`, `set extcommunity soo …`: besides those that are there, as FRR has it.
struct SetExtendedCommunity {
    ExtendedKind kind = ExtendedKind::RouteTarget;
    std::vector<ExtendedCommunityValue> values;
};
struct SetNoExtendedCommunity {};
/// `set extcommunity bandwidth …`.
struct SetLinkBandwidth {
    enum class Source : std::uint8_t { Number, Cumulative, Multipaths };
    Source source = Source::Number;
    std::uint32_t megabitsPerSecond = 0;  ///< 1 to 25600, for Source::Number
    bool isTransitive = true;
};
/// `set local-preference N`, `+N`, `-N`.
struct SetLocalPreference {
    enum class Change : std::uint8_t { Replace, Add, Subtract };
    Change change = Change::Replace;
    std::uint32_t amount = 0;
};
struct SetWeight {
    std::uint32_t weight = 0;
};
struct SetOrigin {
    OriginName origin = OriginName::Igp;
};
struct SetAtomicAggregate {};
struct SetAggregator {
    std::uint32_t number = 0;
    IpAddress address;
};
struct SetOriginatorId {
    IpAddress address;
};
/// `set aigp-metric N`; none: `igp-metric`, that of the way to the next hop.
struct SetAigp {
    std::optional<std::uint32_t> metric;
};
/// `set ip next-hop peer-address|unchanged`, `set ipv6 next-hop peer-address|prefer-global`.
struct SetNextHopRule {
    enum class Rule : std::uint8_t { PeerAddress, Unchanged, PreferGlobal };
    Family family = Family::IPv4;
    Rule rule = Rule::PeerAddress;
};
using AttributeSet =
    std::variant<SetAsPathPrepend, SetAsPathExclude, SetAsPathReplace, SetCommunity, SetLargeCommunity,
                 SetCommunityDeletion, SetExtendedCommunity, SetNoExtendedCommunity, SetLinkBandwidth,
                 SetLocalPreference, SetWeight, SetOrigin, SetAtomicAggregate, SetAggregator, SetOriginatorId,
                 SetAigp, SetNextHopRule>;

/// "as-path LIST", as behind `match` or `set`.
std::string textOf(const AttributeMatch& clause);
std::string textOf(const AttributeSet& clause);
/// Whether the second one replaces the first.
bool isSameKind(const AttributeMatch& a, const AttributeMatch& b);
bool isSameKind(const AttributeSet& a, const AttributeSet& b);

}  // namespace peerscape::policy
