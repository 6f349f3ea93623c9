#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/chunked_vector.hpp"
#include "engine/base/flat_index.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/prefetch.hpp"
#include "protocols/eigrp/dual.hpp"
#include "protocols/eigrp/tlv.hpp"

namespace peerscape::eigrp {

/// What a path has besides its distances.
struct PathAttributes {
    VectorMetric reported;  ///< as the neighbour tells it; of an own path: as it begins here
    VectorMetric total;     ///< with the link to the neighbour; extended attributes are those of `reported`
    IpAddress gateway;      ///< unspecified: the interface itself, or nowhere
    InterfaceId interface;  ///< none: of no interface (redistributed)
    std::optional<Exterior> exterior;

    friend bool operator==(const PathAttributes&, const PathAttributes&) = default;
};

/// The attributes of all paths of a router, by number. DUAL does not say when it lets go of one, so that
/// those which no path has any more are found by looking. Copies share what does not change.
///
/// A large lab has millions of them, which differ by delays and hop counts. All the rest is one of a few
/// combinations, each of which is kept once: bandwidths are those of a few links, and so are the ways to go.
class AttributesTable {
  public:
    dual::AttributesId add(const PathAttributes& attributes);
    PathAttributes operator[](dual::AttributesId id) const;
    /// Asks memory for what `[]` will read; nothing with none.
    void prefetch(dual::AttributesId id) const {
        if (id.isSome()) prefetchLine(&slots_[id.value()]);
    }
    /// Asks memory for what add() is likely to read.
    void prefetchUsual() const {
        if (lastRest_ != kNoRest) peerscape::prefetch(rests_[lastRest_]);
        slots_.prefetchNext();
        free_.prefetchLast();
    }
    /// There is reason to believe that much is not used any more.
    bool isSweepDue() const { return slots_.size() - free_.size() >= sweepAt_; }
    /// Forgets what neither the table uses nor somebody else holds.
    void sweep(const dual::TopologyTable& table, std::span<const dual::AttributesId> held);

  private:
    /// Hop counts have eight bits; GCC 12 warns wrongly of two bytes beside each other.
    struct Slot {
        Delay reported;
        Delay total;
        std::uint16_t reportedHops = 0;
        std::uint16_t totalHops = 0;
        std::uint32_t rest = 0;
    };
    static_assert(sizeof(Slot) == 24);
    static constexpr std::uint32_t kNoRest = UINT32_MAX;

    std::uint32_t restOf(const PathAttributes& attributes);
    std::uint32_t newRest(PathAttributes rest);
    void indexRest(std::uint32_t number);

    ChunkedVector<Slot> slots_;
    ChunkedVector<dual::AttributesId> free_;
    std::vector<PathAttributes> rests_;  ///< whose delays and hop counts mean nothing
    std::vector<std::uint32_t> freeRests_;
    /// Their numbers by hash; of several with the same hash the second is at the next number, and so on.
    FlatIndex restsByHash_;
    std::uint32_t lastRest_ = kNoRest;  ///< most likely the next one, too: that of a packet's other routes
    std::size_t sweepAt_ = 256;         ///< in attributes in use
};

}  // namespace peerscape::eigrp
