#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/flat_index.hpp"
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
        if (groups_.size() > kFew) return;
        peerscape::prefetch(marks_.data(), marks_.size() * sizeof(std::uint64_t));
        peerscape::prefetch(groups_.data(), groups_.size() * sizeof(Group));
    }

  private:
    static constexpr std::uint32_t kNone = UINT32_MAX;
    /// So many are looked through; for more there is an index.
    static constexpr std::size_t kFew = 16;

    using Hops = SmallVector<NextHop, 1>;
    struct Group {
        Hops hops;
        std::uint32_t users = 0;
        std::uint32_t alike = kNone;  ///< behind it in the index: another one of the same mark
    };

    /// Equal hops have equal marks, others nearly always others.
    static std::uint64_t markOf(std::span<const NextHop> hops);
    /// Its place among groups_; none: there is no such group.
    std::optional<std::uint32_t> find(std::span<const NextHop> hops) const;
    void addToIndex(std::uint32_t place);
    void takeFromIndex(std::uint32_t place);

    std::vector<Group> groups_;
    std::vector<std::uint64_t> marks_;  ///< of the groups: few of them are read to find one
    FlatIndex byMark_;                  ///< of those in use, when there are many
    std::vector<std::uint32_t> free_;
};

}  // namespace peerscape
