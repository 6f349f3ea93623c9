#include "engine/routing/gateway_lookups.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/check.hpp"

namespace peerscape {

void GatewayLookUps::add(std::uint32_t cell, const Prefix& prefix, HopGroupId group,
                         std::span<const NextHop> hops) {
    if (std::ranges::none_of(hops, isLookedUp)) return;
    if (first_.size() <= group.value()) first_.resize(group.value() + 1, kNone);
    std::uint32_t& first = first_[group.value()];
    if (first == kNone) {
        for (const NextHop& hop : hops) {
            if (!isLookedUp(hop)) continue;
            span_.include(hop.gateway);
            auto& groups = groupsOf_[hop.gateway];
            if (std::ranges::find(groups, group) == groups.end()) groups.push_back(group);
        }
    } else {
        edit(first).before = cell;
    }
    makeRoomFor(cell);
    edit(cell) = {prefix, kNone, first};
    first = cell;
}

void GatewayLookUps::makeRoomFor(std::uint32_t cell) {
    if (links_.empty()) base_ = cell;
    if (cell < base_) {
        // A cell of the router's own networks has become free: from now on there are links for all of them.
        ChunkedVector<Link> all;
        for (std::uint32_t i = 0; i < base_; ++i)
            all.push_back({});
        for (const Link& link : links_)
            all.push_back(link);
        links_ = std::move(all);
        base_ = 0;
    }
    while (base_ + links_.size() <= cell)
        links_.push_back({});
}

void GatewayLookUps::remove(std::uint32_t cell, HopGroupId group, std::span<const NextHop> hops) {
    if (std::ranges::none_of(hops, isLookedUp)) return;
    const Link gone = at(cell);
    if (gone.behind != kNone) edit(gone.behind).before = gone.before;
    if (gone.before != kNone) {
        edit(gone.before).behind = gone.behind;
        return;
    }
    PEERSCAPE_CHECK(first_[group.value()] == cell);
    first_[group.value()] = gone.behind;
    if (gone.behind != kNone) return;
    for (const NextHop& hop : hops) {
        const auto gateway = groupsOf_.find(hop.gateway);
        if (!isLookedUp(hop) || gateway == groupsOf_.end()) continue;
        auto& groups = gateway->second;
        const auto known = std::ranges::find(groups, group);
        if (known != groups.end()) groups.erase(known);
        if (groups.empty()) groupsOf_.erase(gateway);
    }
}

}  // namespace peerscape
