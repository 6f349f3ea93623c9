#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/ip_address.hpp"
#include "engine/routing/env.hpp"
#include "protocols/bgp/attributes.hpp"
#include "protocols/bgp/decision.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape::bgp {

/// A route on its way through policy: changed by the `set` lines of route-maps.
struct PolicyRoute {
    Prefix prefix;
    SharedAttributes attributes;
    BgpNextHop nextHop;
    std::uint32_t weight = 0;
    std::uint32_t tag = 0;
    ProtocolId protocol{};
    Asn localNumber{};
    std::optional<IpAddress> peer{};    ///< the neighbour it is from, or is told to
    std::optional<IpAddress> source{};  ///< the neighbour it is from
    bool isLocal = false;
    std::uint32_t defaultLocalPreference = 100;
    std::optional<std::uint32_t> igpMetric{};
    InterfaceId interface{};
    std::optional<policy::RpkiState> rpki{};  ///< none: origins are not validated
};

/// What a route-map said.
struct PolicyAnswer {
    bool isPermitted = false;
    std::string by;  ///< "route-map RM deny 20": what refused it; empty without Reasons::Yes
    bool isNextHopSet = false;
    bool wantsPeerAddress = false;       ///< `set ip next-hop peer-address`
    bool wantsUnchangedNextHop = false;  ///< `set ip next-hop unchanged`
    bool prefersGlobal = false;          ///< `set ipv6 next-hop prefer-global`
    std::optional<Distance> distance;
};

/// Whether whoever asks policy wants to know in words what has refused a route. Making them takes longer than
/// asking.
enum class Reasons : bool { No, Yes };

/// The router's lists and route-maps as BGP asks them.
class PolicyDoor {
  public:
    enum class List : std::uint8_t { Prefix, Access };

    PolicyDoor(const policy::PolicySet* policy, const Env& env, Reasons reasons = Reasons::Yes)
        : policy_(policy), env_(env), reasons_(reasons) {}

    /// Which list denies the prefix, in words; none: it passes, or no list is named. One that does not exist
    /// denies everything, as in FRR.
    std::optional<std::string> denies(const std::optional<std::string>& list, const Prefix& prefix,
                                      List kind) const;
    /// The same of an as-path access-list.
    std::optional<std::string> denies(const std::optional<std::string>& list, const AsPath& path) const;
    /// Runs the route-map over the route. One that does not exist denies everything.
    PolicyAnswer apply(const std::string& routeMap, PolicyRoute& route) const;

  private:
    const policy::PolicySet* policy_;
    const Env& env_;
    Reasons reasons_;
};

}  // namespace peerscape::bgp
