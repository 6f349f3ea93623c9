#include "engine/routing/hop_groups.hpp"

#include <utility>

#include "engine/base/check.hpp"

namespace peerscape {

HopGroupId HopGroups::acquire(const NextHops& hops) {
    if (hops.empty()) return HopGroupId::none();
    if (const auto known = byHops_.find(spanOf(hops)); known != byHops_.end()) {
        ++groups_[known->second].users;
        return HopGroupId(known->second);
    }
    auto index = static_cast<std::uint32_t>(groups_.size());
    if (free_.empty()) {
        groups_.emplace_back();
    } else {
        index = free_.back();
        free_.pop_back();
    }
    groups_[index] = {{hops.begin(), hops.end()}, 1};
    byHops_.emplace(groups_[index].hops, index);
    return HopGroupId(index);
}

void HopGroups::release(HopGroupId id) {
    if (!id.isSome()) return;
    Group& group = groups_[id.value()];
    PEERSCAPE_CHECK(group.users > 0);
    if (--group.users > 0) return;
    byHops_.erase(group.hops);
    group.hops.clear();
    free_.push_back(id.value());
}

std::span<const NextHop> HopGroups::hops(HopGroupId id) const {
    if (!id.isSome()) return {};
    return groups_[id.value()].hops;
}

}  // namespace peerscape
