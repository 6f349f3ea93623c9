#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/result.hpp"
#include "engine/base/time.hpp"

namespace peerscape {

/// A box of the drawing. Boxes may nest.
struct Group {
    std::string name;
    std::string kind;  ///< building, as, site, ixp …
    std::string title;
    std::optional<Asn> asn;
    GroupId parent;  ///< none: on the canvas itself
};

/// What a cable or a LAN does to packets. Values of the lab file; a run may change them.
struct LinkProperties {
    Duration delay = Duration::milliseconds(1);  ///< one way
    Bandwidth bandwidth;                         ///< unlimited unless the lab says so
    Probability loss;
    Probability duplicate;     ///< arrive twice
    Probability reorder;       ///< come later by up to longestHold(), so that others overtake them
    Probability corrupt;       ///< arrive with one bit flipped
    std::uint32_t mtu = 1500;  ///< bytes of IP packet
    std::uint32_t queueBytes =
        1'000'000;  ///< what waits for the wire at most, per sending interface; the rest is dropped

    /// Whether anything is up to chance.
    bool isImpaired() const {
        return (loss.count() | duplicate.count() | reorder.count() | corrupt.count()) != 0;
    }
    /// How much later than the others a packet that is held back comes at most: ten times the delay, so that
    /// it may miss several questions and answers, and at least 10 ms.
    Duration longestHold() const { return std::max(Duration::milliseconds(10), delay * 10); }

    friend bool operator==(const LinkProperties&, const LinkProperties&) = default;
};

/// Who pays whom, for policies (the first end of the link is the customer).
enum class Relation : std::uint8_t { None, CustomerProvider, Peer, Sibling };

/// The plug of a node: its place, its name, and what the lab file gives it.
struct Interface {
    std::string name;
    SegmentId segment;  ///< none: a loopback, or named in a configuration only
    bool isLoopback = false;
    std::vector<InterfaceAddress> addresses;  ///< those of the lab file; the configuration may add others
    std::uint64_t macAddress = 0;
    IpAddress linkLocal;  ///< fe80::node:interface, both counted from 1
};

enum class NodeKind : std::uint8_t { Router, Host };

struct Node {
    std::string name;
    NodeKind kind = NodeKind::Router;
    GroupId group;
    std::optional<Asn> asn;
    std::optional<std::array<double, 2>> position;  ///< on the canvas; no meaning for the simulation
    std::vector<Interface> interfaces;              ///< by InterfaceId
    std::vector<InterfaceId> interfacesByName;      ///< in the order of their names; Topology keeps it so
    std::uint32_t cables = 0;                       ///< how many of the interfaces are no loopbacks
    /// Interfaces that a later action will plug in: a configuration that names one does not make it exist
    /// before.
    std::vector<std::string> awaitedInterfaces;

    std::optional<InterfaceId> interfaceNamed(std::string_view name) const;
};

enum class SegmentKind : std::uint8_t { PointToPoint, Lan };

/// A link or a LAN: what interfaces attach to. A LAN with one end is a stub network.
struct Segment {
    std::string name;
    SegmentKind kind = SegmentKind::PointToPoint;
    LinkProperties properties;
    Relation relation = Relation::None;
    std::vector<InterfaceRef> ends;
};

/// One end of a segment that is to be added.
struct EndSpec {
    NodeId node;
    std::string interface;
    std::vector<InterfaceAddress> addresses;
};

/// The drawing: nodes, interfaces, links and LANs, groups. Names are unique per kind; ids are positions and
/// never reused. A plain value; every edit either succeeds whole or changes nothing.
class Topology {
  public:
    Result<GroupId> addGroup(Group group);
    Result<NodeId> addNode(std::string name, NodeKind kind);
    /// An interface without a cable: a loopback, or one that only the configuration names.
    Result<InterfaceId> addInterface(NodeId node, std::string name, bool isLoopback,
                                     std::vector<InterfaceAddress> addresses);
    /// Plugs an interface of every end into a new link (two ends) or LAN (one or more): a new interface, or
    /// one that has no cable yet.
    Result<SegmentId> addSegment(std::string name, SegmentKind kind, const LinkProperties& properties,
                                 const std::vector<EndSpec>& ends);

    std::span<const Node> nodes() const { return nodes_; }
    std::span<const Segment> segments() const { return segments_; }
    std::span<const Group> groups() const { return groups_; }
    const Node& node(NodeId id) const { return nodes_[id.value()]; }
    Node& node(NodeId id) { return nodes_[id.value()]; }
    const Segment& segment(SegmentId id) const { return segments_[id.value()]; }
    Segment& segment(SegmentId id) { return segments_[id.value()]; }
    const Interface& interface(InterfaceRef ref) const {
        return node(ref.node).interfaces[ref.interface.value()];
    }

    std::optional<NodeId> nodeNamed(std::string_view name) const;
    std::optional<SegmentId> segmentNamed(std::string_view name) const;
    std::optional<GroupId> groupNamed(std::string_view name) const;
    /// "R1:eth0".
    std::optional<InterfaceRef> interfaceNamed(std::string_view nodeAndInterface) const;

    /// "R1:eth0".
    std::string nameOf(InterfaceRef ref) const;

  private:
    bool canPlug(const EndSpec& end) const;

    std::vector<Group> groups_;
    std::vector<Node> nodes_;
    std::vector<Segment> segments_;
    std::map<std::string, NodeId, std::less<>> nodesByName_;
    std::map<std::string, SegmentId, std::less<>> segmentsByName_;
};

}  // namespace peerscape
