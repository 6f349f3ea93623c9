#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/chunked_vector.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/shared_value.hpp"
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
class AttributesTable {
  public:
    dual::AttributesId add(const PathAttributes& attributes);
    PathAttributes operator[](dual::AttributesId id) const;
    /// There is reason to believe that much is not used any more.
    bool isSweepDue() const { return slots_.size() - free_.size() >= sweepAt_; }
    /// Forgets what neither the table uses nor somebody else holds.
    void sweep(const dual::TopologyTable& table, std::span<const dual::AttributesId> held);

  private:
    /// Where packets go; a router has few of them.
    struct Way {
        IpAddress gateway;
        InterfaceId interface;
        friend bool operator==(const Way&, const Way&) = default;
    };
    /// What most paths do not have.
    struct Rarities {
        SharedValue<Bytes> extendedAttributes;
        std::optional<Exterior> exterior;
        friend bool operator==(const Rarities&, const Rarities&) = default;
    };
    /// A vector metric without its extended attributes; 24 bytes.
    struct Plain {
        PathBandwidth bandwidth;
        Delay delay;
        std::uint32_t mtu = 0;
        std::uint8_t reliability = 0;
        std::uint8_t load = 0;
        std::uint8_t hopCount = 0;

        static Plain from(const VectorMetric& metric);
        VectorMetric with(const SharedValue<Bytes>& extendedAttributes) const;
    };
    /// A large lab has millions of them.
    struct Slot {
        Plain reported;
        Plain total;
        SharedValue<Rarities> rarities;
        std::uint32_t way = 0;
    };
    static_assert(sizeof(Slot) == 64);

    std::uint32_t wayOf(const Way& way);

    ChunkedVector<Slot> slots_;
    ChunkedVector<dual::AttributesId> free_;
    std::vector<Way> ways_;      ///< never forgotten
    std::size_t sweepAt_ = 256;  ///< in attributes in use
};

}  // namespace peerscape::eigrp
