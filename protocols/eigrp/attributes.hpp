#pragma once

#include <optional>
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
    IpAddress gateway;      ///< unspecified: the interface itself, or nowhere
    InterfaceId interface;  ///< none: of no interface (redistributed)
    std::optional<Exterior> exterior;

    friend bool operator==(const PathAttributes&, const PathAttributes&) = default;
};

/// The attributes of all paths of a router, by number. DUAL does not say when it lets go of one, so that
/// those which no path has any more are found by looking.
class AttributesTable {
  public:
    dual::AttributesId add(PathAttributes attributes);
    const PathAttributes& operator[](dual::AttributesId id) const { return slots_[id.value()]; }
    /// Forgets what the table does not use, when there is reason to believe that this is much.
    void sweep(const dual::TopologyTable& table);

  private:
    std::vector<PathAttributes> slots_;
    std::vector<dual::AttributesId> free_;
    std::size_t sweepAt_ = 256;  ///< in attributes in use
};

}  // namespace peerscape::eigrp
