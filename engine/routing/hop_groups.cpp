#include "engine/routing/hop_groups.hpp"

#include <utility>

#include "engine/base/check.hpp"

namespace peerscape {

std::optional<std::uint32_t> HopGroups::find(std::span<const NextHop> hops) const {
    if (groups_.size() > kFew) {
        const auto known = byHops_.find(hops);
        return known == byHops_.end() ? std::nullopt : std::optional(known->second);
    }
    const auto known = std::ranges::find_if(groups_, [&](const Group& group) {
        return group.users != 0 && std::ranges::equal(group.hops, hops);
    });
    if (known == groups_.end()) return std::nullopt;
    return static_cast<std::uint32_t>(known - groups_.begin());
}

HopGroupId HopGroups::acquire(const NextHops& hops) {
    if (hops.empty()) return HopGroupId::none();
    if (const auto known = find(spanOf(hops))) {
        ++groups_[*known].users;
        return HopGroupId(*known);
    }
    auto index = static_cast<std::uint32_t>(groups_.size());
    if (free_.empty()) {
        groups_.emplace_back();
    } else {
        index = free_.back();
        free_.pop_back();
    }
    groups_[index] = {Hops(hops.begin(), hops.end()), 1};
    if (groups_.size() == kFew + 1 && byHops_.empty()) {
        for (std::uint32_t i = 0; i < groups_.size(); ++i) {
            if (groups_[i].users != 0) byHops_.emplace(groups_[i].hops, i);
        }
    } else if (groups_.size() > kFew) {
        byHops_.emplace(groups_[index].hops, index);
    }
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
