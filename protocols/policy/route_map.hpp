#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/routing/route.hpp"
#include "protocols/policy/lists.hpp"

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
/// A match on what only one protocol's routes have (`match as-path NAME`): that protocol evaluates it.
struct MatchAttribute {
    std::string keyword;  ///< "as-path"
    std::string value;
};
using MatchClause = std::variant<MatchList, MatchPrefixLength, MatchNextHopAddress, MatchBlackhole,
                                 MatchInterface, MatchMetric, MatchTag, MatchProtocol, MatchAttribute>;

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
/// `set local-preference N` and the like: for the protocol that knows it.
struct SetAttribute {
    std::string keyword;
    std::string value;
};
using SetClause = std::variant<SetMetric, SetTag, SetNextHop, SetDistance, SetAttribute>;

/// The clause as the configuration has it, without `match` or `set` in front.
std::string textOf(const MatchClause& clause);
std::string textOf(const SetClause& clause);
/// Whether the second one replaces the first: an entry has one clause of each kind.
bool isSameKind(const MatchClause& a, const MatchClause& b);
bool isSameKind(const SetClause& a, const SetClause& b);

/// What follows when a permitting entry has matched.
enum class ExitPolicy : std::uint8_t { Exit, Next, Goto };

struct RouteMapEntry {
    Action action = Action::Permit;
    std::string description;
    std::vector<MatchClause> matches;  ///< all must match; none: every route matches
    std::vector<SetClause> sets;
    std::string call;  ///< a route-map that is asked too; empty: none
    ExitPolicy exitPolicy = ExitPolicy::Exit;
    std::uint32_t gotoSequence = 0;  ///< for ExitPolicy::Goto: the first entry of this number or above
};

/// Entries by sequence number.
using RouteMap = std::map<std::uint32_t, RouteMapEntry>;

class PolicySet;

enum class MatchResult : std::uint8_t {
    Match,
    NoMatch,
    NoOperation,  ///< the clause cannot be asked of this route: an entry with nothing else is skipped without
                  ///< a verdict
};

/// A protocol's own attributes of a route, for the clauses that this folder does not know.
class RouteAttributes {
  public:
    virtual ~RouteAttributes() = default;
    virtual MatchResult matches(const MatchAttribute& clause, const PolicySet& policy) const = 0;
    virtual void set(const SetAttribute& clause) = 0;
};

/// What `match` compares. A protocol fills in what its routes have.
struct RouteFacts {
    Prefix prefix;
    ProtocolId protocol;
    std::uint32_t metric = 0;
    std::uint32_t tag = 0;
    std::string_view interface;  ///< where the route points to; empty: nowhere
    std::string_view
        messageInterface;  ///< where the message came in or goes out; either of the two may match
    std::optional<IpAddress> nextHop;
    bool isBlackhole = false;
    RouteAttributes* attributes =
        nullptr;  ///< null: clauses on attributes are ignored, as a daemon ignores another's
};

/// What `set` changes: filled in with what the route would have without the route-map.
struct RouteSettings {
    std::uint32_t metric = 0;
    std::uint32_t leastMetric = 0;  ///< `set metric` keeps within these two
    std::uint32_t mostMetric = UINT32_MAX;
    bool isMetricSet = false;
    std::optional<std::uint32_t> tag;
    std::optional<IpAddress> nextHop;  ///< IPv4, or IPv6 global
    std::optional<IpAddress> linkLocalNextHop;
    std::optional<Distance> distance;

    friend bool operator==(const RouteSettings&, const RouteSettings&) = default;
};

/// What a route-map said, and which entry said it.
struct RouteMapVerdict {
    enum class Reason : std::uint8_t {
        Entry,      ///< the entry `map sequence`
        NoEntry,    ///< no entry of `map` matched: denied
        NoSuchMap,  ///< denied
        TooDeep,    ///< route-maps call each other in a circle: denied
    };
    bool isPermitted = false;
    Reason reason = Reason::NoEntry;
    std::string map;
    std::uint32_t sequence = 0;  ///< for Reason::Entry
    RouteSettings settings;

    /// "route-map RM permit 10", "route-map RM: no entry matches", …
    std::string text() const;
};

/// Runs the route-map of this name over a route.
RouteMapVerdict evaluate(const PolicySet& policy, std::string_view routeMap, const RouteFacts& facts,
                         RouteSettings settings);

}  // namespace peerscape::policy
