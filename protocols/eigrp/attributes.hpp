#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "protocols/eigrp/dual.hpp"
#include "protocols/eigrp/tlv.hpp"

namespace peerscape::eigrp {

/// What a path has besides its distances.
struct PathAttributes {
    VectorMetric reported;  ///< as the neighbour tells it; of an own path: as it begins here
    VectorMetric total;     ///< with the link to the neighbour
    SharedValue<std::optional<Exterior>> exterior;
    IpAddress gateway;      ///< unspecified: the interface itself, or nowhere
    InterfaceId interface;  ///< none: of no interface (redistributed)

    friend bool operator==(const PathAttributes&, const PathAttributes&) = default;
};

static_assert(sizeof(PathAttributes) <= 96, "a large lab has millions of paths");

/// The attributes of all paths of a router, by number. DUAL does not say when it lets go of one, so that
/// those which no path has any more are found by looking.
class AttributesTable {
  public:
    dual::AttributesId add(PathAttributes attributes);
    const PathAttributes& operator[](dual::AttributesId id) const { return slots_[id.value()]; }
    /// There is reason to believe that much is not used any more.
    bool isSweepDue() const { return slots_.size() - free_.size() >= sweepAt_; }
    /// Forgets what neither the table uses nor somebody else holds.
    void sweep(const dual::TopologyTable& table, std::span<const dual::AttributesId> held);

  private:
    std::vector<PathAttributes> slots_;
    std::vector<dual::AttributesId> free_;
    std::size_t sweepAt_ = 256;  ///< in attributes in use
};

}  // namespace peerscape::eigrp
