#include "gui/session/reach.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/lab/forwarding_walk.hpp"

namespace peerscape::gui {

namespace {

/// No other router is on it: what its router has of its own, and others learn of.
bool isOwnNetwork(const Topology& topology, const InterfaceRef& at) {
    const SegmentId segment = topology.interface(at).segment;
    if (!segment.isSome()) return true;
    return std::ranges::all_of(topology.segment(segment).ends, [&](const InterfaceRef& end) {
        return end.node == at.node || topology.node(end.node).kind != NodeKind::Router;
    });
}

/// What others would send packets to if they mean this node: rather into its own network than to an end of a
/// cable between routers, whose network need not be announced to anybody.
std::optional<IpAddress> addressOf(const Topology& topology, NodeId id, const NodeState& node) {
    std::optional<IpAddress> best;
    int bestRank = -1;
    for (const InterfaceState& interface : node.interfaces) {
        if (!interface.isUp()) continue;
        const bool isOwn = !interface.isLoopback && isOwnNetwork(topology, {id, interface.id});
        for (const InterfaceAddress& address : interface.addresses) {
            const IpAddress& own = address.address;
            if (own.isLinkLocal() || own.isLoopback()) continue;
            const int rank = (isOwn                  ? 4
                              : interface.isLoopback ? 2
                                                     : 0) +
                             (own.family() == Family::IPv4 ? 1 : 0);
            if (rank > bestRank) {
                best = own;
                bestRank = rank;
            }
        }
    }
    return best;
}

/// Where all packets for one address go.
class Walk {
  public:
    Walk(const LabWorld& world, const IpAddress& address) : world_(world), address_(address) {
        const Simulation& simulation = world.simulation();
        for (std::uint32_t n = 0; n < simulation.topology().nodes().size(); ++n)
            ways_.push_back(onwardFrom(simulation, NodeId(n), address));
        fates_.resize(ways_.size());
    }

    ReachMatrix::Cell from(NodeId sender) {
        ReachMatrix::Cell cell;
        const Fate fate = fateOf(sender);
        cell.verdict = fate.loops ? ReachMatrix::Verdict::Loops
                       : fate.arrives
                           ? (fate.isLost ? ReachMatrix::Verdict::Partly : ReachMatrix::Verdict::Reached)
                           : ReachMatrix::Verdict::Lost;
        std::vector<bool> seen(ways_.size(), false);
        NodeId at = sender;
        cell.path.push_back(world_.nameOf(at));
        while (!ways_[at.value()].next.empty() && !seen[at.value()]) {
            seen[at.value()] = true;
            const NodeId next = onTheWay(at);
            cell.links.push_back(linkBetween(world_, at, next, address_));
            cell.path.push_back(world_.nameOf(next));
            at = next;
        }
        return cell;
    }

  private:
    struct Fate {
        bool isKnown = false;
        bool isOpen = false;  ///< being found: who comes here again goes round
        bool arrives = false;
        bool isLost = false;
        bool loops = false;
    };

    /// Of several ways the one that leads where the verdict says.
    NodeId onTheWay(NodeId at) {
        const std::vector<NodeId>& next = ways_[at.value()].next;
        const auto loops = std::ranges::find_if(next, [&](NodeId n) { return fates_[n.value()].loops; });
        if (loops != next.end()) return *loops;
        const auto arrives = std::ranges::find_if(next, [&](NodeId n) { return fates_[n.value()].arrives; });
        return arrives != next.end() ? *arrives : next.front();
    }

    Fate fateOf(NodeId node) {
        Fate& fate = fates_[node.value()];
        if (fate.isKnown) return fate;
        if (fate.isOpen) {
            Fate round;
            round.loops = true;
            return round;
        }
        fate.isOpen = true;
        const Onward& way = ways_[node.value()];
        Fate found;
        found.arrives = way.arrives;
        found.isLost = !way.lost.empty() || (way.next.empty() && !way.arrives);
        for (const NodeId next : way.next) {
            const Fate onward = fateOf(next);
            found.arrives = found.arrives || onward.arrives;
            found.isLost = found.isLost || onward.isLost;
            found.loops = found.loops || onward.loops;
        }
        found.isKnown = true;
        return fates_[node.value()] = found;
    }

    const LabWorld& world_;
    IpAddress address_;
    std::vector<Onward> ways_;
    std::vector<Fate> fates_;
};

}  // namespace

std::string linkBetween(const LabWorld& world, NodeId from, NodeId to, const IpAddress& address) {
    const Topology& topology = world.simulation().topology();
    for (const NextHop& hop : world.simulation().node(from).rib.lookUp(address)) {
        if (!hop.interface.isSome()) continue;
        const SegmentId segment = topology.interface({from, hop.interface}).segment;
        if (!segment.isSome()) continue;
        const auto& ends = topology.segment(segment).ends;
        const bool leadsThere =
            std::ranges::any_of(ends, [&](const InterfaceRef& end) { return end.node == to; });
        if (leadsThere) return topology.segment(segment).name;
    }
    return {};
}

ReachMatrixPtr reachMatrixOf(const LabWorld& world) {
    const Simulation& simulation = world.simulation();
    const std::size_t all = simulation.topology().nodes().size();
    const std::size_t count = std::min(all, ReachMatrix::kMostNodes);
    auto matrix = std::make_shared<ReachMatrix>();
    matrix->furtherNodes = all - count;
    matrix->cells.resize(count * count);
    for (std::uint32_t n = 0; n < count; ++n)
        matrix->nodes.push_back(world.nameOf(NodeId(n)));
    for (std::uint32_t to = 0; to < count; ++to) {
        const auto address = addressOf(simulation.topology(), NodeId(to), simulation.node(NodeId(to)));
        matrix->addresses.push_back(address ? toString(*address) : std::string());
        std::optional<Walk> walk;
        if (address) walk.emplace(world, *address);
        for (std::uint32_t from = 0; from < count; ++from) {
            ReachMatrix::Cell& cell = matrix->cells[from * count + to];
            if (from == to) {
                cell.verdict = ReachMatrix::Verdict::Itself;
            } else if (walk) {
                cell = walk->from(NodeId(from));
            } else {
                cell.verdict = ReachMatrix::Verdict::NoAddress;
            }
        }
    }
    return matrix;
}

}  // namespace peerscape::gui
