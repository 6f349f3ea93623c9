#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/prefix_map.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/route.hpp"
#include "protocols/rip/metric.hpp"

namespace peerscape::rip {

/// How a route came into the table: the letters of `show ip rip`.
enum class RouteKind : std::uint8_t {
    Learned,        ///< n: from a neighbour
    Static,         ///< s: `route PREFIX`
    Default,        ///< d: `default-information originate`
    Redistributed,  ///< r: another protocol's route
    Interface,      ///< i: the network of an interface that RIP runs on
};

/// What many routes have in common: where they came from. Kept once; routes hold its number.
struct RouteOrigin {
    ProtocolId protocol;  ///< whose route it is: ours, connected, static …
    RouteKind kind = RouteKind::Learned;
    Distance distance = 0;    ///< Learned: 0 means the default. Redistributed: of the route in the RIB
    bool isDiscard = false;   ///< redistributed blackhole or reject route
    InterfaceId interface{};  ///< where it points to; none: nowhere
    IpAddress from{};         ///< Learned: the neighbour
    IpAddress gateway{};      ///< unspecified: the interface itself
    std::uint32_t externalMetric = 0;  ///< Redistributed: of the route in the RIB

    friend auto operator<=>(const RouteOrigin&, const RouteOrigin&) = default;
};
using OriginId = Id<struct RipOriginTag, std::uint16_t>;

enum class RouteTimer : std::uint8_t { None, Timeout, GarbageCollection };

/// One route of the table; 24 bytes, since a large lab has millions.
struct Route {
    SimTime deadline = SimTime::never();  ///< when `timer` runs out
    RecordId cause;                       ///< the record of its last change
    OriginId origin;
    std::uint16_t tag = 0;
    RipMetric metric;
    RouteTimer timer = RouteTimer::None;
    bool isChanged = false;  ///< the route change flag (RFC 2453, 3.6): not yet sent to all neighbours
    std::uint8_t era = 0;    ///< which of the configured timeouts its deadline was computed with
};

/// The routing database (RFC 2453, 3.6; RFC 2080, 2.2): a list of routes per prefix, of which all but the
/// first exist only with `allow-ecmp`. Knows when its next timer runs out.
class RouteTable {
  public:
    /// The first route of the prefix; null when there is none.
    const Route* find(const Prefix& prefix) const { return first_.find(prefix); }
    /// The further ones, of equal metric.
    std::span<const Route> alternatives(const Prefix& prefix) const;
    const PrefixMap<Route>& routes() const { return first_; }

    /// A route that is there, for changing: the first one, or alternative `index - 1`.
    Route& edit(const Prefix& prefix, std::size_t index = 0);
    /// For those who walk through routes(), or look for many neighbouring prefixes; see PrefixMap.
    void sort() { first_.sort(); }
    /// Announces that the prefix will be looked for, see PrefixMap.
    void prefetch(const Prefix& prefix) const { first_.prefetch(prefix); }
    /// The first route at a position of routes(), for changing.
    Route& editAt(std::uint32_t position) { return first_.editAt(position); }

    /// Appends to the prefix's list.
    Route& add(const Prefix& prefix, const Route& route);
    /// Leaves `route` as the only one of the prefix.
    Route& replace(const Prefix& prefix, const Route& route);
    /// Removes one route; `index` 0 is the first, whose place the next one takes.
    void remove(const Prefix& prefix, std::size_t index);

    const RouteOrigin& origin(OriginId id) const { return origins_[id.value()]; }
    const RouteOrigin& origin(const Route& route) const { return origin(route.origin); }
    /// The number of the origin; none when 65,535 different ones are in use by routes.
    OriginId intern(const RouteOrigin& origin);

    void startTimer(Route& route, RouteTimer timer, SimTime deadline);
    /// No timer runs out before; may be earlier than the first that does.
    SimTime earliestDeadline() const { return earliest_; }
    struct Expired {
        Prefix prefix;
        std::size_t index = 0;
    };
    /// Routes whose timer has run out, by prefix, later ones of a prefix first; and finds the next deadline
    /// anew.
    std::vector<Expired> takeExpired(SimTime now);

    /// How many routes are being garbage-collected. Cost: the table once.
    bool hasGarbage() const;

  private:
    void forgetUnusedOrigins();

    PrefixMap<Route> first_;
    PrefixMap<std::vector<Route>> alternatives_;
    std::vector<RouteOrigin> origins_;
    std::vector<OriginId> sortedOrigins_;  ///< those in use, by origin
    std::vector<OriginId> freeOrigins_;
    SimTime earliest_ = SimTime::never();
};

}  // namespace peerscape::rip
