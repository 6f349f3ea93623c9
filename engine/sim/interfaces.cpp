// Interfaces of nodes: their addresses, whether they work, and the connected routes that follow.
#include <algorithm>
#include <set>
#include <utility>

#include "engine/base/check.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

namespace {

void addOnce(std::vector<InterfaceAddress>& addresses, const InterfaceAddress& address) {
    if (std::find(addresses.begin(), addresses.end(), address) == addresses.end())
        addresses.push_back(address);
}

std::set<Prefix> connectedNetworks(const InterfaceState& interface) {
    std::set<Prefix> networks;
    if (!interface.isUp()) return networks;
    for (const InterfaceAddress& address : interface.addresses)
        networks.insert(address.network());
    return networks;
}

/// Two interfaces may have one address (an unnumbered link borrows its loopback's): the first of them that is
/// switched on answers for it.
void updateLocalAddresses(NodeState& state, const InterfaceState& before, const InterfaceState& present) {
    if (before.isAdminUp == present.isAdminUp && before.addresses == present.addresses) return;
    const auto has = [](const InterfaceState& interface, const IpAddress& address) {
        return interface.isAdminUp &&
               std::ranges::find(interface.addresses, address, &InterfaceAddress::address) !=
                   interface.addresses.end();
    };
    for (const InterfaceAddress& gone : before.addresses) {
        const auto at = state.localAddresses.find(gone.address);
        if (at == state.localAddresses.end() || at->second != present.id || has(present, gone.address))
            continue;
        state.localAddresses.erase(at);
        const auto other = std::ranges::find_if(
            state.interfaces, [&](const InterfaceState& each) { return has(each, gone.address); });
        if (other != state.interfaces.end()) state.localAddresses.emplace(gone.address, other->id);
    }
    if (!present.isAdminUp) return;
    for (const InterfaceAddress& own : present.addresses) {
        InterfaceId& owner = state.localAddresses.emplace(own.address, present.id).first->second;
        owner = std::min(owner, present.id);
    }
}

std::uint8_t connectedSlot(InterfaceId interface) { return static_cast<std::uint8_t>(interface.value()); }

}  // namespace

void Simulation::addNodeState(NodeId id) {
    PEERSCAPE_CHECK(id.value() == nodes_.size());
    const Node& node = topology_.node(id);
    NodeState& state = nodes_.emplace_back();
    state.name = node.name;
    state.isHost = node.kind == NodeKind::Host;
    state.config = std::make_shared<const RouterConfig>();
    for (std::size_t i = 0; i < node.interfaces.size(); ++i)
        addInterfaceState({id, InterfaceId(static_cast<InterfaceId::Value>(i))});
}

void Simulation::addInterfaceState(InterfaceRef ref) {
    NodeState& state = nodes_[ref.node.value()];
    PEERSCAPE_CHECK(ref.interface.value() == state.interfaces.size());
    const Interface& interface = topology_.interface(ref);
    InterfaceState& added = state.interfaces.emplace_back();
    added.id = ref.interface;
    added.name = interface.name;
    added.isLoopback = interface.isLoopback;
    added.isStub = !interface.isLoopback && !interface.segment.isSome();
    added.macAddress = interface.macAddress;
    added.isAdminUp = true;
    if (interface.segment.isSome())
        added.isPointToPoint = topology_.segment(interface.segment).kind == SegmentKind::PointToPoint;
}

std::size_t Simulation::endOf(InterfaceRef ref) const {
    const auto& ends = topology_.segment(topology_.interface(ref).segment).ends;
    return static_cast<std::size_t>(std::find(ends.begin(), ends.end(), ref) - ends.begin());
}

bool Simulation::carrierOf(InterfaceRef ref) const {
    const SegmentId segment = topology_.interface(ref).segment;
    if (!segment.isSome()) return true;
    const SegmentState& state = segments_[segment.value()];
    return state.isUp && !nodes_[ref.node.value()].isCutOff && state.ends[endOf(ref)].isPlugged;
}

void Simulation::addConfiguredInterfaces(NodeId id) {
    NodeState& state = nodes_[id.value()];
    for (const auto& [name, settings] : state.config->interfaces) {
        const auto& awaited = topology_.node(id).awaitedInterfaces;
        const bool comesLater = std::find(awaited.begin(), awaited.end(), name) != awaited.end();
        if (topology_.node(id).interfaceNamed(name) || settings.addresses.empty() || comesLater) continue;
        const bool isLoopback = name.starts_with("lo");
        const auto added = topology_.addInterface(id, name, isLoopback, {});
        if (added) addInterfaceState({id, *added});
    }
}

void Simulation::measureTraffic(InterfaceRef ref) {
    const SegmentId id = topology_.interface(ref).segment;
    if (!id.isSome()) return;
    const NodeState& state = nodes_[ref.node.value()];
    const auto configured = state.config->interfaces.find(state.interfaces[ref.interface.value()].name);
    const auto interval =
        configured == state.config->interfaces.end() ? std::nullopt : configured->second.loadInterval;
    SegmentState& segment = segments_[id.value()];
    if (!interval && segment.meters.empty()) return;
    segment.meters.resize(segment.ends.size());
    auto& meter = segment.meters[endOf(ref)];
    if (!interval) {
        meter.reset();
    } else if (meter) {
        meter->setInterval(*interval, now_, segment.wireOf(endOf(ref)));
    } else {
        meter.emplace(*interval, now_);
    }
}

void Simulation::noteHeard(SegmentId id, InterfaceRef receiver, bool isIntact) {
    SegmentState& segment = segments_[id.value()];
    if (segment.meters.empty()) return;
    const std::size_t end = endOf(receiver);
    if (LoadMeter* meter = segment.meterOf(end)) meter->hear(isIntact, now_, segment.wireOf(end));
}

std::optional<InterfaceTraffic> Simulation::trafficOf(InterfaceRef ref) const {
    const SegmentId id = topology_.interface(ref).segment;
    if (!id.isSome()) return std::nullopt;
    const SegmentState& segment = segments_[id.value()];
    if (segment.meters.empty()) return std::nullopt;
    const std::size_t end = endOf(ref);
    const auto& meter = segment.meters[end];
    return meter ? std::optional(meter->traffic(now_, segment.wireOf(end))) : std::nullopt;
}

void Simulation::refreshInterface(InterfaceRef ref, RecordId cause, RecordLog& log,
                                  std::optional<bool> isAdminUp) {
    NodeState& state = nodes_[ref.node.value()];
    InterfaceState& interface = state.interfaces[ref.interface.value()];
    const InterfaceState before = interface;
    const Interface& drawn = topology_.interface(ref);
    const auto configured = state.config->interfaces.find(interface.name);

    measureTraffic(ref);
    interface.isAdminUp = isAdminUp.value_or(interface.isAdminUp);
    interface.hasCarrier = carrierOf(ref);
    interface.addresses = drawn.addresses;
    interface.linkLocal = drawn.isLoopback ? std::nullopt : std::optional(drawn.linkLocal);
    if (drawn.segment.isSome()) {
        ++segments_[drawn.segment.value()].version;
        const LinkProperties& properties = segments_[drawn.segment.value()].properties;
        interface.mtu = properties.mtu;
        interface.bandwidth = properties.bandwidth;
        interface.delay = properties.delay;
    }
    if (configured != state.config->interfaces.end()) {
        const InterfaceConfig& settings = configured->second;
        interface.description = settings.description;
        if (settings.bandwidth) interface.bandwidth = *settings.bandwidth;
        if (settings.delay) interface.delay = *settings.delay;
        for (const InterfaceAddress& address : settings.addresses) {
            if (address.address.isV6() && address.address.isLinkLocal()) {
                interface.linkLocal = address.address;
            } else {
                addOnce(interface.addresses, address);
            }
        }
    }

    updateLocalAddresses(state, before, interface);
    if (before.isUp() == interface.isUp() && before.addresses == interface.addresses &&
        before.linkLocal == interface.linkLocal)
        return;

    const RecordId changed =
        log.append(now_, ref.node, cause, record::InterfaceChanged{ref.interface, interface.isUp()});
    const InterfaceState after = interface;
    offerConnected(ref.node, before, after, changed);
    // Before any process has run all routes are those of interfaces, each through its own. So a router with
    // thousands of interfaces is switched on in linear time.
    if (!state.processes.empty() || !state.stopped.empty()) state.rib.interfacesChanged(changed);
    settleRib(ref.node, log);
    dispatchToAll(ref.node, peerscape::InterfaceChanged{ref.interface}, changed, log);
}

void Simulation::offerConnected(NodeId node, const InterfaceState& before, const InterfaceState& after,
                                RecordId cause) {
    Rib& rib = nodes_[node.value()].rib;
    const std::set<Prefix> had = connectedNetworks(before);
    const std::set<Prefix> has = connectedNetworks(after);
    for (const Prefix& network : had) {
        if (!has.contains(network)) rib.withdraw(kConnected, network, connectedSlot(before.id), cause);
    }
    for (const Prefix& network : has) {
        if (had.contains(network)) continue;
        RouteOffer offer;
        offer.prefix = network;
        offer.slot = connectedSlot(after.id);
        offer.nextHops = {NextHop::through(after.id)};
        rib.offer(kConnected, offer, now_, cause);
    }
}

}  // namespace peerscape
