#pragma once

#include <cstdint>
#include <vector>

#include "protocols/bgp/path.hpp"

namespace peerscape::bgp {

/// What neighbours with `soft-reconfiguration inbound` have said of a prefix, before any policy: their
/// Adj-RIBs-In in the strict sense of RFC 4271 section 3.2.
class ReceivedRoutes {
  public:
    struct Route {
        PeerId peer;
        std::uint32_t pathId = 0;
        SharedAttributes attributes;
        BgpNextHop nextHop;
    };

    /// True when it is a new one.
    bool put(PeerId peer, std::uint32_t pathId, const SharedAttributes& attributes,
             const BgpNextHop& nextHop) {
        const bool isNew = !remove(peer, pathId);
        routes_.push_back({peer, pathId, attributes, nextHop});
        return isNew;
    }
    bool remove(PeerId peer, std::uint32_t pathId) {
        return 0 <
               std::erase_if(routes_, [&](const Route& r) { return r.peer == peer && r.pathId == pathId; });
    }
    void removePeer(PeerId peer) {
        std::erase_if(routes_, [&](const Route& r) { return r.peer == peer; });
    }
    bool isEmpty() const { return routes_.empty(); }
    std::vector<Route> of(PeerId peer) const {
        std::vector<Route> found;
        for (const Route& route : routes_) {
            if (route.peer == peer) found.push_back(route);
        }
        return found;
    }

  private:
    std::vector<Route> routes_;
};

}  // namespace peerscape::bgp
