#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "engine/base/address_span.hpp"
#include "engine/base/chunked_vector.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/prefetch.hpp"
#include "engine/base/small_vector.hpp"
#include "engine/routing/hop_groups.hpp"
#include "engine/routing/route.hpp"

namespace peerscape {

/// Only such a hop depends on what the RIB says of its gateway.
inline bool isLookedUp(const NextHop& hop) {
    return hop.kind == NextHop::Kind::Gateway && !hop.interface.isSome();
}

/// Which routes of a RIB lean on other routes of it, since their gateways have to be looked up. A value.
///
/// A router has thousands of routes and a handful of gateways: what leans on a group of hops is a chain
/// through an array, so that a route is added and taken out in a few steps, and only the groups are sorted by
/// their gateways.
class GatewayLookUps {
  public:
    /// The route in this cell, to this prefix, goes by these hops, which are those of the group. Nothing
    /// happens when none of them is looked up.
    void add(std::uint32_t cell, const Prefix& prefix, HopGroupId group, std::span<const NextHop> hops);
    /// It must have been added so, or none of its hops is looked up.
    void remove(std::uint32_t cell, HopGroupId group, std::span<const NextHop> hops);

    /// Asks memory for what add() reads for one more route.
    void prefetch() const {
        links_.prefetchNext();
        peerscape::prefetch(first_.data(), first_.size() <= kFew ? first_.size() * sizeof(std::uint32_t) : 0);
    }

    bool isEmpty() const { return groupsOf_.empty(); }
    /// False: certainly no gateway that is looked up lies in the network.
    bool mayMeet(const Prefix& network) const { return !isEmpty() && span_.mayMeet(network); }
    /// Calls `visit(prefix)` for all routes with such a gateway, for some more than once.
    template <typename Visit>
    void forEachInto(const Prefix& network, Visit visit) const;

  private:
    static constexpr std::uint32_t kNone = UINT32_MAX;
    static constexpr std::size_t kFew = 32;
    /// One route; a lab has millions of them.
    struct Link {
        Prefix prefix;
        std::uint32_t before = kNone;  ///< cells of the same group
        std::uint32_t behind = kNone;
    };

    const Link& at(std::uint32_t cell) const { return links_[cell - base_]; }
    Link& edit(std::uint32_t cell) { return links_.edit(cell - base_); }
    void makeRoomFor(std::uint32_t cell);

    ChunkedVector<Link> links_;  ///< by cell, from `base_` on
    /// A router knows its own networks before it hears of others: the first cells have nothing to look up.
    std::uint32_t base_ = 0;
    std::vector<std::uint32_t> first_;  ///< the cell with which the chain of each group begins
    std::map<IpAddress, SmallVector<HopGroupId, 1>> groupsOf_;  ///< that lean on the gateway; none is empty
    AddressSpan span_;                                          ///< of all gateways
};

template <typename Visit>
void GatewayLookUps::forEachInto(const Prefix& network, Visit visit) const {
    if (!mayMeet(network)) return;
    const IpAddress last = network.lastAddress();
    for (auto gateway = groupsOf_.lower_bound(network.address());
         gateway != groupsOf_.end() && gateway->first <= last; ++gateway) {
        for (const HopGroupId group : gateway->second) {
            for (std::uint32_t cell = first_[group.value()]; cell != kNone; cell = at(cell).behind)
                visit(at(cell).prefix);
        }
    }
}

}  // namespace peerscape
