#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/routing/route.hpp"
#include "protocols/policy/attribute_clauses.hpp"

/// What a route-map entry asks of a route and does to it, as values. The evaluation is in route_map.cpp.
namespace peerscape::policy {

/// Which address of a route a clause looks at.
enum class Subject : std::uint8_t { Address, NextHop };

/// `match ip address LIST`, `match ipv6 next-hop prefix-list LIST` …
struct MatchList {
    Subject subject = Subject::Address;
    Family family = Family::IPv4;
    bool isPrefixList = false;
    std::string list;
};
/// `match ip address prefix-len N`, `match ip next-hop prefix-len N`.
struct MatchPrefixLength {
    Subject subject = Subject::Address;
    Family family = Family::IPv4;
    std::uint8_t length = 0;
};
/// `match ip next-hop address A.B.C.D`, `match ipv6 next-hop address X:X::X:X`.
struct MatchNextHopAddress {
    IpAddress address;
};
/// `match ip next-hop type blackhole`.
struct MatchBlackhole {
    Family family = Family::IPv4;
};
struct MatchInterface {
    std::string name;
};
struct MatchMetric {
    std::uint32_t metric = 0;
};
struct MatchTag {
    std::uint32_t tag = 0;
};
/// `match source-protocol NAME`.
struct MatchProtocol {
    std::string name;
    ProtocolId protocol;  ///< none: this lab has no such protocol, so no route is of it
};
/// A line that is kept and printed back, but not modelled (`match probability 50`).
struct MatchOther {
    std::string keyword;  ///< "probability"
    std::string value;
};
using MatchClause =
    std::variant<MatchList, MatchPrefixLength, MatchNextHopAddress, MatchBlackhole, MatchInterface,
                 MatchMetric, MatchTag, MatchProtocol, AttributeMatch, MatchOther>;

/// `set metric N`, `set metric +N`, `set metric -N`.
struct SetMetric {
    enum class Change : std::uint8_t { Replace, Add, Subtract };
    Change change = Change::Replace;
    std::uint32_t amount = 0;
};
struct SetTag {
    std::uint32_t tag = 0;
};
/// `set ip next-hop A.B.C.D`, `set ipv6 next-hop local|global X:X::X:X`.
struct SetNextHop {
    IpAddress address;
    bool isLinkLocal = false;
};
struct SetDistance {
    Distance distance = 0;
};
/// Kept and printed back, but not modelled (`set table 5`).
struct SetOther {
    std::string keyword;
    std::string value;
};
using SetClause = std::variant<SetMetric, SetTag, SetNextHop, SetDistance, AttributeSet, SetOther>;

/// The clause as the configuration has it, without `match` or `set` in front.
std::string textOf(const MatchClause& clause);
std::string textOf(const SetClause& clause);
/// Whether the second one replaces the first: an entry has one clause of each kind.
bool isSameKind(const MatchClause& a, const MatchClause& b);
bool isSameKind(const SetClause& a, const SetClause& b);

}  // namespace peerscape::policy
