#include "engine/lab/forwarding_walk.hpp"

#include <algorithm>
#include <utility>

namespace peerscape {

ForwardingClasses forwardingClasses(const Simulation& world) {
    ForwardingClasses classes;
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
        const Rib& rib = world.node(NodeId(n)).rib;
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            for (const Prefix& prefix : rib.prefixes(family)) {
                if (rib.selectedProtocol(prefix).isSome()) ++classes[prefix];
            }
        }
    }
    return classes;
}

AddressBook::AddressBook(const Simulation& world) {
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
        const NodeState& node = world.node(NodeId(n));
        for (const auto& [address, interface] : node.localAddresses)
            locals_.insert(address);
        for (const InterfaceState& interface : node.interfaces) {
            if (!interface.isUp()) continue;
            for (const InterfaceAddress& address : interface.addresses)
                places_[address.network()].push_back({NodeId(n), address.address});
        }
    }
}

std::span<const AddressBook::Place> AddressBook::placesIn(const Prefix& network) const {
    const auto at = places_.find(network);
    return at == places_.end() ? std::span<const Place>() : at->second;
}

namespace {

/// The longer prefix that takes the address out of the network's class, if any.
const Prefix* takenBy(const IpAddress& address, const Prefix& network, const ForwardingClasses& classes) {
    const auto around = classes.longestMatch(
        address, [&](const auto& candidate) { return candidate.first.length() > network.length(); });
    return !around ? nullptr : &around->first;
}

/// An address of the class, rather one that no node has: an interface that is down still answers for its own.
std::optional<IpAddress> anyAddress(const Prefix& network, const ForwardingClasses& classes,
                                    const AddressBook& book) {
    if (network.isHost()) return network.address();
    std::optional<IpAddress> occupied;
    IpAddress candidate = network.address();
    do {
        const Prefix* taker = takenBy(candidate, network, classes);
        // The network's own address comes last: no machine has it.
        if (taker == nullptr && candidate != network.address()) {
            if (!book.isLocal(candidate)) return candidate;
            if (!occupied) occupied = candidate;
        }
        candidate = taker == nullptr ? candidate.plus(1) : taker->lastAddress().plus(1);
    } while (network.contains(candidate) && candidate > network.address());
    return takenBy(network.address(), network, classes) == nullptr ? network.address() : occupied;
}

}  // namespace

std::optional<Representative> representative(const Prefix& network, const ForwardingClasses& classes,
                                             const AddressBook& book) {
    Representative result;
    const auto places = book.placesIn(network);
    result.isAttached = !places.empty();
    if (result.isAttached && places.front().node == places.back().node)
        result.onlyPlace = places.front().node;
    for (const AddressBook::Place& place : places) {
        if (takenBy(place.address, network, classes) != nullptr) continue;
        result.address = place.address;
        return result;
    }
    const auto address = anyAddress(network, classes, book);
    if (!address) return std::nullopt;
    result.address = *address;
    return result;
}

namespace {

void addNeighbor(const Simulation& world, NodeId node, const NextHop& hop, const IpAddress& address,
                 Onward& result) {
    const IpAddress& wanted = hop.kind == NextHop::Kind::Gateway ? hop.gateway : address;
    const SegmentId segment = world.topology().interface({node, hop.interface}).segment;
    if (segment.isSome()) {
        for (const InterfaceRef end : world.topology().segment(segment).ends) {
            const InterfaceState& interface = world.node(end.node).interfaces[end.interface.value()];
            if (end.node == node || !interface.hasAddress(wanted)) continue;
            if (interface.isUp()) result.next.push_back(end.node);
            if (!interface.isUp()) result.lost.push_back(DropReason::InterfaceDown);
            return;
        }
    }
    // On its own network the destination may be a machine that the lab does not draw.
    if (hop.kind == NextHop::Kind::Interface) {
        result.arrives = true;
    } else {
        result.lost.push_back(DropReason::NeighborUnknown);
    }
}

}  // namespace

Onward onwardFrom(const Simulation& world, NodeId node, const IpAddress& address) {
    Onward result;
    const NodeState& state = world.node(node);
    if (state.isLocal(address)) {
        result.arrives = true;
        return result;
    }
    const auto hops = state.rib.lookUp(address);
    if (hops.empty()) result.lost.push_back(DropReason::NoRoute);
    for (const NextHop& hop : hops) {
        if (hop.isDiscard()) {
            result.lost.push_back(hop.kind == NextHop::Kind::Blackhole ? DropReason::Blackhole
                                                                       : DropReason::Reject);
            continue;
        }
        addNeighbor(world, node, hop, address, result);
    }
    std::sort(result.next.begin(), result.next.end());
    result.next.erase(std::unique(result.next.begin(), result.next.end()), result.next.end());
    return result;
}

std::optional<DropReason> holeIn(const Onward& onward, bool isFed) {
    for (const DropReason reason : onward.lost) {
        const bool onPurpose = reason == DropReason::Blackhole || reason == DropReason::Reject;
        if (!onPurpose && (isFed || reason != DropReason::NoRoute)) return reason;
    }
    return std::nullopt;
}

CircleFinder::Circles CircleFinder::find(const ForwardingGraph& graph, std::span<const NodeId> starts) {
    graph_ = &graph;
    marks_.resize(graph.size());
    for (const NodeId start : starts) {
        if (marks_[start.value()].order == 0) walkFrom(start);
    }
    for (const NodeId node : seen_)
        marks_[node.value()] = {};
    seen_.clear();
    components_ = 0;
    return std::exchange(found_, {});
}

void CircleFinder::enter(NodeId node) {
    seen_.push_back(node);
    open_.push_back(node);
    way_.push_back({node, 0});
    const auto order = static_cast<std::uint32_t>(seen_.size());
    marks_[node.value()].order = marks_[node.value()].low = order;
    marks_[node.value()].isOpen = true;
}

void CircleFinder::walkFrom(NodeId start) {
    enter(start);
    while (!way_.empty()) {
        Frame& frame = way_.back();
        NodeMarks& here = marks_[frame.node.value()];
        const auto& next = (*graph_)[frame.node.value()]->next;
        if (frame.nextIndex == next.size()) {
            leave(frame.node);
            continue;
        }
        const NodeId to = next[frame.nextIndex++];
        const NodeMarks& there = marks_[to.value()];
        if (there.order == 0) {
            enter(to);
        } else if (there.isOpen) {
            here.low = std::min(here.low, there.order);
        }
    }
}

void CircleFinder::leave(NodeId node) {
    const NodeMarks& here = marks_[node.value()];
    way_.pop_back();
    if (!way_.empty()) {
        NodeMarks& before = marks_[way_.back().node.value()];
        before.low = std::min(before.low, here.low);
    }
    if (here.low != here.order) return;
    const auto first = std::find(open_.rbegin(), open_.rend(), node).base() - 1;
    const std::vector<NodeId> component(first, open_.end());
    open_.erase(first, open_.end());
    ++components_;
    for (const NodeId member : component) {
        marks_[member.value()].isOpen = false;
        marks_[member.value()].component = components_;
    }
    if (component.size() > 1) closeWays(component);
}

/// Depth-first search inside the component, with the way walked so far.
void CircleFinder::closeWays(const std::vector<NodeId>& component) {
    const NodeId start = *std::min_element(component.begin(), component.end());
    std::vector<Frame> way{{start, 0}};
    marks_[start.value()].mark = Mark::OnWay;
    while (!way.empty()) {
        Frame& frame = way.back();
        const auto& next = (*graph_)[frame.node.value()]->next;
        if (frame.nextIndex == next.size()) {
            marks_[frame.node.value()].mark = Mark::Done;
            way.pop_back();
            continue;
        }
        const NodeId to = next[frame.nextIndex++];
        if (marks_[to.value()].component != components_) continue;
        Mark& mark = marks_[to.value()].mark;
        if (mark == Mark::New) {
            mark = Mark::OnWay;
            way.push_back({to, 0});
        } else if (mark == Mark::OnWay) {
            const auto first =
                std::find_if(way.begin(), way.end(), [&](const Frame& f) { return f.node == to; });
            std::vector<NodeId> circle;
            for (auto at = first; at != way.end(); ++at)
                circle.push_back(at->node);
            std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
            found_.insert(std::move(circle));
        }
    }
}

}  // namespace peerscape
