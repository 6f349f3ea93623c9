#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "protocols/bgp/config.hpp"
#include "protocols/bgp/peer.hpp"

namespace peerscape::policy {
class PolicySet;
}

namespace peerscape::bgp {

/// Neighbours that export policy treats alike: what one of them is told of a route, all are, but for its next
/// hop and for what only the rules before policy look at (BgpProcess::mayTell). None: what this neighbour is
/// told depends on which one it is.
using AudienceId = std::optional<std::uint32_t>;

/// The audiences of one process and one address family, as long as its configuration stays what it is.
class Audiences {
  public:
    /// The audience of a neighbour whose session is up.
    AudienceId of(const Peer& peer, Family family, const policy::PolicySet* policy);

  private:
    /// Everything that BgpProcess::exportTo() reads of the neighbour.
    struct Traits {
        SharedValue<NeighborFamilySettings> settings;
        PeerSort sort = PeerSort::External;
        Asn localAs;
        std::optional<LocalAs> configuredLocalAs;
        std::optional<Role> role;
        friend bool operator==(const Traits&, const Traits&) = default;
    };

    std::vector<Traits> known_;
};

/// Whether the route-map looks at, or writes, anything that differs from neighbour to neighbour: its address,
/// its interface, the next hop. One that calls others counts as if it did.
bool dependsOnNeighbor(const policy::PolicySet* policy, const std::string& routeMap);

}  // namespace peerscape::bgp
