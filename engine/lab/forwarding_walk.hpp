#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/prefix_map.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

/// What those who walk the FIBs (forwarding_check, forwarding_watch) share: the classes of destinations, one
/// step of a packet, and the circles of a graph of steps.

/// Prefixes that some router has a selected route for, and how many routers have one. Each is a class: all
/// addresses of it that no longer prefix takes go the same way everywhere.
using ForwardingClasses = PrefixMap<std::uint32_t>;
ForwardingClasses forwardingClasses(const Simulation& world);

/// Which addresses nodes have.
class AddressBook {
  public:
    struct Place {
        NodeId node;
        IpAddress address;
    };

    explicit AddressBook(const Simulation& world);

    /// The working interfaces in the network, by node.
    std::span<const Place> placesIn(const Prefix& network) const;
    /// Whether some node takes packets for the address as its own.
    bool isLocal(const IpAddress& address) const { return locals_.contains(address); }

  private:
    std::map<Prefix, std::vector<Place>> places_;
    std::set<IpAddress> locals_;
};

/// An address that stands for its class.
struct Representative {
    IpAddress address;
    bool isAttached = false;  ///< some working interface is in the network
    NodeId onlyPlace;         ///< the node with that interface, when no other has one

    friend bool operator==(const Representative&, const Representative&) = default;
};

/// An address of the class that a working interface has, if any; otherwise one that no node has, if any.
/// Nothing when longer prefixes take all addresses of the network.
std::optional<Representative> representative(const Prefix& network, const ForwardingClasses& classes,
                                             const AddressBook& book);

/// Where one node sends packets for an address: other nodes, or to their end.
struct Onward {
    std::vector<NodeId> next;  ///< sorted, none twice
    std::vector<DropReason> lost;
    bool arrives = false;

    friend auto operator<=>(const Onward&, const Onward&) = default;
};
Onward onwardFrom(const Simulation& world, NodeId node, const IpAddress& address);

/// Why a node with a way on like this is a black hole, if it is one. `isFed`: some other node sends it the
/// packets. Routes that drop on purpose make none, and a router that nobody sends to and that has no route is
/// merely unconnected.
std::optional<DropReason> holeIn(const Onward& onward, bool isFed);

/// The ways of one class: by node.
using ForwardingGraph = std::vector<const Onward*>;

/// Finds circles. Holds memory between calls, so that a call costs no more than the part of the graph it
/// sees.
class CircleFinder {
  public:
    using Circles = std::set<std::vector<NodeId>>;  ///< each in the order of its steps, smallest node first

    /// The circles that can be reached from `starts`. Of nodes that reach one another in several ways, those
    /// circles are named that a walk from the smallest node closes; where each node has one way on, that is
    /// all there are.
    Circles find(const ForwardingGraph& graph, std::span<const NodeId> starts);

  private:
    struct Frame {
        NodeId node;
        std::size_t nextIndex = 0;
    };

    // Tarjan's algorithm: a component is a set of nodes that all reach one another.
    void enter(NodeId node);
    void leave(NodeId node);
    void walkFrom(NodeId start);
    void closeWays(const std::vector<NodeId>& component);

    enum class Mark : std::uint8_t { New, OnWay, Done };
    struct NodeMarks {
        std::uint32_t order = 0;  ///< of discovery; 0: not seen
        std::uint32_t low = 0;    ///< the earliest that can be reached within the component
        bool isOpen = false;      ///< its component is not complete
        std::uint32_t component = 0;
        Mark mark = Mark::New;
    };

    const ForwardingGraph* graph_ = nullptr;
    Circles found_;
    std::vector<NodeMarks> marks_;
    std::vector<NodeId> seen_;
    std::vector<NodeId> open_;
    std::vector<Frame> way_;
    std::uint32_t components_ = 0;
};

}  // namespace peerscape
