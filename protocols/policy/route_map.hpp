#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/routing/route.hpp"
#include "protocols/policy/clauses.hpp"
#include "protocols/policy/lists.hpp"

namespace peerscape::policy {

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
    virtual MatchResult matches(const AttributeMatch& clause, const PolicySet& policy) const = 0;
    virtual void set(const AttributeSet& clause, const PolicySet& policy) = 0;
};

/// What `match` compares. A protocol fills in what its routes have.
struct RouteFacts {
    Prefix prefix;
    ProtocolId protocol;
    std::uint32_t metric = 0;
    std::uint32_t tag = 0;
    const std::string* interface = nullptr;         ///< where the route points to; null: nowhere
    const std::string* messageInterface = nullptr;  ///< where the message came in or goes out; either of the
                                                    ///< two may match
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

/// Whether it says the same of all received routes with the same attributes, at whatever router, and changes
/// nothing but attributes. A route-map that calls others counts as one that does not.
bool hangsOnAttributesOnly(const RouteMap& map);

}  // namespace peerscape::policy
