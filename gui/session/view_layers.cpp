#include "gui/session/view_layers.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <ranges>
#include <utility>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

#include "engine/lab/prober.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "protocols/eigrp/process.hpp"
#include "protocols/rip/process.hpp"

namespace peerscape::gui {

namespace {

using Ways = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

/// The nodes of arrows by numbers.
class Numbering {
  public:
    std::size_t of(const std::string& name) {
        return numbers_.try_emplace(name, numbers_.size()).first->second;
    }
    std::size_t count() const { return numbers_.size(); }

  private:
    std::map<std::string, std::size_t> numbers_;
};

/// What one node has been told of a prefix.
class Listener {
  public:
    Listener(const LabWorld& world, const std::map<IpAddress, NodeId>& owners, NodeId node,
             const Prefix& prefix, std::vector<Telling>& tellings)
        : world_(world),
          owners_(owners),
          node_(node),
          prefix_(prefix),
          tellings_(tellings),
          first_(tellings.size()) {}

    void listen() {
        const Simulation& simulation = world_.simulation();
        const NodeState& state = simulation.node(node_);
        for (const ProcessSlot& slot : state.processes) {
            if (const auto* rip = dynamic_cast<const rip::RipProcess*>(slot.process.get())) hear(*rip);
            if (const auto* eigrp = dynamic_cast<const eigrp::EigrpProcess*>(slot.process.get()))
                hear(*eigrp);
            if (const auto* bgp = dynamic_cast<const bgp::BgpProcess*>(slot.process.get())) hear(*bgp);
        }
        const auto own = state.rib.selected(prefix_);
        const bool isHeard = own.exists() && protocolById(own.protocol) != nullptr && hasHeard(own.protocol);
        if (!own.exists() || isHeard) return;
        const std::string& name = world_.nameOf(node_);
        tellings_.push_back({name, name, {}, protocolName(own.protocol), true});
    }

  private:
    bool hasHeard(ProtocolId protocol) const {
        const std::string name = protocolName(protocol);
        return std::ranges::any_of(tellings_ | std::views::drop(first_),
                                   [&](const Telling& telling) { return telling.protocol == name; });
    }

    void hear(const rip::RipProcess& process) {
        const rip::Route* best = process.table().find(prefix_);
        if (best == nullptr) return;
        hear(process, *best);
        for (const rip::Route& other : process.table().alternatives(prefix_))
            hear(process, other);
    }
    void hear(const rip::RipProcess& process, const rip::Route& route) {
        const rip::RouteOrigin& origin = process.table().origin(route);
        // A route that is being forgotten was told as well, but is not gone by any more.
        if (origin.kind == rip::RouteKind::Learned)
            add(rip::protocolOf(process.family()), origin.from, origin.interface,
                route.timer != rip::RouteTimer::GarbageCollection);
    }

    void hear(const eigrp::EigrpProcess& process) {
        const eigrp::dual::Entry* entry = process.topology().find(prefix_);
        if (entry == nullptr) return;
        const auto used = eigrp::dual::TopologyTable::route(*entry);
        for (const eigrp::dual::Path& path : entry->paths.all()) {
            const auto peer = process.peers().find(path.source);
            if (peer == process.peers().end()) continue;
            const bool isUsed = std::ranges::find(used, path) != used.end();
            add(process.family() == Family::IPv4 ? eigrp::kEigrp : eigrp::kEigrp6, peer->second.address,
                peer->second.interface, isUsed);
        }
    }

    void hear(const bgp::BgpProcess& process) {
        const bgp::Destination* destination = process.table(prefix_.family()).find(prefix_);
        if (destination == nullptr) return;
        for (const bgp::Path& path : destination->paths) {
            if (path.source != bgp::PathSource::Neighbor) continue;
            const bool isUsed = &path == destination->bestPath() || path.isMultipath;
            add(bgp::kBgp, process.peers().at(path.peer).address(), {}, isUsed);
        }
    }

    /// `interface`: where it was heard; none: the protocol does not say.
    void add(ProtocolId protocol, const IpAddress& from, InterfaceId interface, bool isUsed) {
        const Topology& topology = world_.simulation().topology();
        std::optional<SegmentId> segment;
        if (interface.isSome()) {
            const SegmentId there = topology.interface({node_, interface}).segment;
            if (there.isSome()) segment = there;
        }
        const std::optional<NodeId> teller = ownerOn(segment, from);
        if (!teller) return;
        if (!segment) segment = segmentTo(*teller);
        tellings_.push_back({world_.nameOf(*teller), world_.nameOf(node_),
                             segment ? topology.segment(*segment).name : std::string(),
                             protocolName(protocol), isUsed});
    }

    /// Who on that segment has the address; link-local ones may stand on others as well.
    std::optional<NodeId> ownerOn(std::optional<SegmentId> segment, const IpAddress& address) const {
        const Topology& topology = world_.simulation().topology();
        if (segment) {
            for (const InterfaceRef& end : topology.segment(*segment).ends) {
                const InterfaceState& state =
                    world_.simulation().node(end.node).interfaces[end.interface.value()];
                const bool hasIt = std::ranges::any_of(
                    state.addresses, [&](const InterfaceAddress& own) { return own.address == address; });
                if (hasIt && end.node != node_) return end.node;
            }
        }
        const auto found = owners_.find(address);
        if (found != owners_.end()) return found->second;
        return ownerOf(world_.simulation(), address);
    }

    std::optional<SegmentId> segmentTo(NodeId other) const {
        const Topology& topology = world_.simulation().topology();
        for (const Interface& interface : topology.node(node_).interfaces) {
            if (!interface.segment.isSome()) continue;
            const auto& ends = topology.segment(interface.segment).ends;
            if (std::ranges::any_of(ends, [&](const InterfaceRef& end) { return end.node == other; }))
                return interface.segment;
        }
        return std::nullopt;
    }

    const LabWorld& world_;
    const std::map<IpAddress, NodeId>& owners_;
    NodeId node_;
    const Prefix& prefix_;
    std::vector<Telling>& tellings_;
    std::size_t first_;  ///< in `tellings_`: the first of this node
};

std::map<IpAddress, NodeId> ownersOf(const Simulation& simulation) {
    std::map<IpAddress, NodeId> owners;
    for (std::uint32_t n = 0; n < simulation.topology().nodes().size(); ++n) {
        for (const InterfaceState& interface : simulation.node(NodeId(n)).interfaces) {
            for (const InterfaceAddress& own : interface.addresses)
                owners.try_emplace(own.address, NodeId(n));
        }
    }
    return owners;
}

}  // namespace

void markWaysForNothing(std::vector<HopArrow>& arrows) {
    Numbering numbers;
    Ways ways;
    std::vector<std::size_t> astray;  // nodes from which packets go nowhere
    for (const HopArrow& arrow : arrows) {
        const std::size_t from = numbers.of(arrow.from);
        if (arrow.kind == HopArrow::Kind::Forward) boost::add_edge(from, numbers.of(arrow.to), ways);
        if (arrow.kind == HopArrow::Kind::None || arrow.kind == HopArrow::Kind::Discard)
            astray.push_back(from);
    }
    while (boost::num_vertices(ways) < numbers.count())
        boost::add_vertex(ways);
    // Two nodes that reach each other are in a loop.
    std::vector<std::size_t> component(numbers.count());
    boost::strong_components(
        ways, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, ways)));
    std::vector<std::vector<std::size_t>> before(numbers.count());
    for (HopArrow& arrow : arrows) {
        if (arrow.kind != HopArrow::Kind::Forward) continue;
        const std::size_t from = numbers.of(arrow.from);
        const std::size_t to = numbers.of(arrow.to);
        before[to].push_back(from);
        arrow.isInLoop = component[from] == component[to];
        if (arrow.isInLoop) astray.push_back(from);
    }
    std::vector<bool> isAstray(numbers.count(), false);
    while (!astray.empty()) {
        const std::size_t node = astray.back();
        astray.pop_back();
        if (isAstray[node]) continue;
        isAstray[node] = true;
        astray.insert(astray.end(), before[node].begin(), before[node].end());
    }
    for (HopArrow& arrow : arrows) {
        if (arrow.kind == HopArrow::Kind::Forward) arrow.isForNothing = isAstray[numbers.of(arrow.to)];
    }
}

std::vector<Telling> tellingsFor(const LabWorld& world, const std::string& prefix) {
    std::vector<Telling> tellings;
    const auto network = Prefix::parse(prefix);
    if (!network) return tellings;
    const auto owners = ownersOf(world.simulation());
    for (std::uint32_t n = 0; n < world.simulation().topology().nodes().size(); ++n)
        Listener(world, owners, NodeId(n), *network, tellings).listen();
    return tellings;
}

std::vector<LinkLoad> loadsOf(const LabWorld& world, const RecordLog& log, SimTime now) {
    const Topology& topology = world.simulation().topology();
    const Duration passed = now - SimTime::start();
    const Duration window = std::clamp(passed, Duration::seconds(1), kLoadWindow);
    std::map<std::pair<SegmentId, NodeId>, std::size_t> bytes;  // by who sent
    const Records& kept = log.kept();
    for (auto record = kept.rbegin(); record != kept.rend() && now - record->time <= window; ++record) {
        const auto* sent = std::get_if<record::PacketSent>(&record->what);
        if (sent == nullptr || record->time > now) continue;
        const SegmentId segment = topology.interface({record->node, sent->interface}).segment;
        if (segment.isSome()) bytes[{segment, record->node}] += sent->packet->size();
    }
    std::vector<LinkLoad> loads;
    for (const auto& [where, count] : bytes) {
        const Segment& segment = topology.segment(where.first);
        const double rate = static_cast<double>(count) * 8 / window.inSeconds();
        const Bandwidth bandwidth = world.simulation().segment(where.first).properties.bandwidth;
        const double share = bandwidth.isUnlimited() ? 0 : rate / static_cast<double>(bandwidth.count());
        if (loads.empty() || loads.back().link != segment.name) loads.push_back({segment.name, 0, 0});
        if (rate > loads.back().bitsPerSecond) loads.back() = {segment.name, rate, share};
    }
    return loads;
}

}  // namespace peerscape::gui
