#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/prefetch.hpp"
#include "engine/base/small_vector.hpp"
#include "engine/routing/route.hpp"

namespace peerscape {

using HopGroupId = Id<struct HopGroupTag>;

/// Sets of next hops, each kept once: a router has thousands of routes and a handful of ways out.
class HopGroups {
  public:
    /// The group of exactly these hops in this order, with one more user. No hops give the empty group.
    HopGroupId acquire(const NextHops& hops);
    /// One user less of a group that is in use; the last one frees it.
    void release(HopGroupId id);

    std::span<const NextHop> hops(HopGroupId id) const;
    std::size_t size() const { return groups_.size() - free_.size(); }
    /// Asks memory for the groups, where they are few.
    void prefetch() const {
        if (groups_.size() <= kFew) peerscape::prefetch(groups_.data(), groups_.size() * sizeof(Group));
    }

  private:
    using Hops = SmallVector<NextHop, 1>;
    struct Group {
        Hops hops;
        std::uint32_t users = 0;
    };
    std::vector<Group> groups_;
    std::vector<std::uint32_t> free_;
    struct Before {
        using is_transparent = void;
        bool operator()(std::span<const NextHop> a, std::span<const NextHop> b) const {
            return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
        }
    };
    /// So many are compared one by one.
    static constexpr std::size_t kFew = 16;

    /// Its place among groups_; none: there is no such group.
    std::optional<std::uint32_t> find(std::span<const NextHop> hops) const;

    std::map<Hops, std::uint32_t, Before> byHops_;  ///< only when there are many
};

}  // namespace peerscape
