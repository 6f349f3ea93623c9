#include "engine/routing/hop_groups.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/check.hpp"

namespace peerscape {

std::uint64_t HopGroups::markOf(std::span<const NextHop> hops) {
    std::uint64_t mark = hops.size();
    for (const NextHop& hop : hops)
        mark = mark * 31 + (hop.gateway.hash() ^ hop.interface.value());
    return mark;
}

std::optional<std::uint32_t> HopGroups::find(std::span<const NextHop> hops) const {
    const std::uint64_t mark = markOf(hops);
    if (groups_.size() > kFew) {
        std::uint32_t at = byMark_.find(mark);
        while (at != kNone && !std::ranges::equal(groups_[at].hops, hops))
            at = groups_[at].alike;
        return at == kNone ? std::nullopt : std::optional(at);
    }
    for (std::uint32_t i = 0; i < groups_.size(); ++i) {
        if (marks_[i] == mark && groups_[i].users != 0 && std::ranges::equal(groups_[i].hops, hops)) return i;
    }
    return std::nullopt;
}

void HopGroups::addToIndex(std::uint32_t place) {
    const std::uint64_t mark = marks_[place];
    const std::uint32_t first = byMark_.find(mark);
    if (first == kNone) {
        byMark_.insert(mark, place);
    } else {
        groups_[place].alike = std::exchange(groups_[first].alike, place);
    }
}

void HopGroups::takeFromIndex(std::uint32_t place) {
    const std::uint32_t behind = std::exchange(groups_[place].alike, kNone);
    std::uint32_t before = byMark_.find(marks_[place]);
    if (before == place) {
        byMark_.erase(marks_[place]);
        if (behind != kNone) byMark_.insert(marks_[place], behind);
        return;
    }
    while (groups_[before].alike != place)
        before = groups_[before].alike;
    groups_[before].alike = behind;
}

HopGroupId HopGroups::acquire(const NextHops& hops) {
    if (hops.empty()) return HopGroupId::none();
    if (const auto known = find(spanOf(hops))) {
        ++groups_[*known].users;
        return HopGroupId(*known);
    }
    auto place = static_cast<std::uint32_t>(groups_.size());
    if (free_.empty()) {
        groups_.emplace_back();
        marks_.emplace_back();
    } else {
        place = free_.back();
        free_.pop_back();
    }
    const bool isFirstOfMany = place == kFew && byMark_.size() == 0;
    groups_[place] = {Hops(hops.begin(), hops.end()), 1, kNone};
    marks_[place] = markOf(spanOf(hops));
    if (isFirstOfMany) {
        for (std::uint32_t i = 0; i < groups_.size(); ++i) {
            if (groups_[i].users != 0) addToIndex(i);
        }
    } else if (groups_.size() > kFew) {
        addToIndex(place);
    }
    return HopGroupId(place);
}

void HopGroups::release(HopGroupId id) {
    if (!id.isSome()) return;
    Group& group = groups_[id.value()];
    PEERSCAPE_CHECK(group.users > 0);
    if (--group.users > 0) return;
    if (groups_.size() > kFew) takeFromIndex(id.value());
    group.hops.clear();
    free_.push_back(id.value());
}

std::span<const NextHop> HopGroups::hops(HopGroupId id) const {
    if (!id.isSome()) return {};
    return groups_[id.value()].hops;
}

}  // namespace peerscape
