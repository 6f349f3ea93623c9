#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace peerscape {

/// An index that cannot be mixed up with another kind of index. `none()` names the absent one.
template <typename Tag, typename Number = std::uint32_t>
class Id {
  public:
    using Value = Number;

    constexpr Id() = default;
    constexpr explicit Id(Number value) : value_(value) {}

    static constexpr Id none() { return Id(); }
    constexpr bool isSome() const { return value_ != static_cast<Number>(-1); }
    constexpr Number value() const { return value_; }

    friend constexpr auto operator<=>(Id, Id) = default;

  private:
    Number value_ = static_cast<Number>(-1);
};

/// A router or a host of the topology.
using NodeId = Id<struct NodeTag>;
/// An interface of one node, as the kernel numbers them: unique within its node only.
using InterfaceId = Id<struct InterfaceTag, std::uint16_t>;
/// A point-to-point link, a LAN or a stub network: whatever interfaces attach to.
using SegmentId = Id<struct SegmentTag>;
/// A box of the drawing: building, AS, site, IXP.
using GroupId = Id<struct GroupTag>;
/// The place of a record in the log; records name their causes by it.
using RecordId = Id<struct RecordTag, std::uint64_t>;
/// A TCP connection of one node.
using StreamId = Id<struct StreamTag>;
/// A protocol as the catalogue numbers them. The engine itself knows only "local" and "connected".
using ProtocolId = Id<struct ProtocolTag, std::uint8_t>;

/// An interface of the whole lab.
struct InterfaceRef {
    NodeId node;
    InterfaceId interface;

    friend constexpr auto operator<=>(const InterfaceRef&, const InterfaceRef&) = default;
};

}  // namespace peerscape

template <typename Tag, typename Number>
struct std::hash<peerscape::Id<Tag, Number>> {
    std::size_t operator()(peerscape::Id<Tag, Number> id) const noexcept { return id.value(); }
};
