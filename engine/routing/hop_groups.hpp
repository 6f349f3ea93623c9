#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "engine/base/ids.hpp"
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
    std::size_t size() const { return byHops_.size(); }

  private:
    struct Group {
        std::vector<NextHop> hops;
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
    std::map<std::vector<NextHop>, std::uint32_t, Before> byHops_;
};

}  // namespace peerscape
