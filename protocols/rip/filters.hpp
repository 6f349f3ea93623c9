#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/routing/env.hpp"
#include "engine/routing/route.hpp"
#include "engine/routing/router_config.hpp"

namespace peerscape::rip {

/// A route as a route-map sees it, and what the map makes of it.
struct MappedRoute {
    // What `match` compares.
    Prefix prefix;
    ProtocolId protocol;
    std::uint32_t metric = 0;  ///< of the RIB for redistributed routes that have one there, else RIP's
    std::uint32_t tag = 0;
    IpAddress nextHop;
    InterfaceId routeInterface;    ///< where the route points to
    InterfaceId messageInterface;  ///< where the message goes out or came in
    bool isDiscard = false;
    // What `set` changes.
    std::uint32_t metricOut = 0;  ///< 0 to 16
    std::uint16_t tagOut = 0;
    IpAddress nextHopOut{};  ///< unspecified: the sender
    bool isMetricSet = false;
};

/// RIP's door to the router's lists, route-maps and key chains: the only file of this folder that knows how
/// policy is kept.
class Filters {
  public:
    Filters(const SharedPolicy* policy, Family family) : policy_(policy), family_(family) {}

    /// Whether the list permits the network; none when there is no such list.
    std::optional<bool> accessList(std::string_view name, const Prefix& prefix) const;
    std::optional<bool> prefixList(std::string_view name, const Prefix& prefix) const;
    bool hasRouteMap(std::string_view name) const;
    /// Runs the map over the route; false when it denies it. A map that does not exist denies (as FRR 8.4 has
    /// it).
    bool permits(std::string_view routeMap, MappedRoute& route, const Env& env) const;

    /// The secrets of a key chain by their numbers; none when there is no such chain.
    const std::map<std::uint32_t, std::string>& keys(std::string_view keyChain) const;

    /// Which entry of a list denies the network: "seq 5 deny 10.0.0.0/8", "no entry of it matches".
    std::string denial(std::string_view list, bool isPrefixList, const Prefix& prefix) const;
    /// Which entry of a route-map decided: "route-map RM deny 10".
    std::string verdict(std::string_view routeMap, const MappedRoute& route, const Env& env) const;

  private:
    const SharedPolicy* policy_ = nullptr;
    Family family_;
};

}  // namespace peerscape::rip
