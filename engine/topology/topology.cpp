#include "engine/topology/topology.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"

namespace peerscape {

namespace {

template <typename IdType>
std::optional<IdType> findNamed(const std::map<std::string, IdType, std::less<>>& names,
                                std::string_view name) {
    const auto at = names.find(name);
    if (at == names.end()) return std::nullopt;
    return at->second;
}

/// Where the interface of this name stands among the names of the node's interfaces, or would stand.
auto whereNamed(const Node& node, std::string_view name) {
    return std::lower_bound(
        node.interfacesByName.begin(), node.interfacesByName.end(), name,
        [&](InterfaceId id, std::string_view n) { return node.interfaces[id.value()].name < n; });
}

/// 02:rr:rr:rr:ii:ii with both numbers counted from 1: locally administered, readable in a capture.
std::uint64_t makeMacAddress(std::uint64_t node, std::uint64_t interface) {
    return 0x020000000000ULL | (node & 0xffffff) << 16 | (interface & 0xffff);
}

}  // namespace

std::optional<InterfaceId> Node::interfaceNamed(std::string_view interfaceName) const {
    const auto at = whereNamed(*this, interfaceName);
    if (at == interfacesByName.end() || interfaces[at->value()].name != interfaceName) return std::nullopt;
    return *at;
}

Result<GroupId> Topology::addGroup(Group group) {
    if (groupNamed(group.name)) return failure(fmt::format("there is already a group '{}'", group.name));
    groups_.push_back(std::move(group));
    return GroupId(static_cast<std::uint32_t>(groups_.size() - 1));
}

Result<NodeId> Topology::addNode(std::string name, NodeKind kind) {
    const NodeId id(static_cast<std::uint32_t>(nodes_.size()));
    if (!nodesByName_.try_emplace(name, id).second)
        return failure(fmt::format("there is already a router or host '{}'", name));
    Node& added = nodes_.emplace_back();
    added.name = std::move(name);
    added.kind = kind;
    return id;
}

Result<InterfaceId> Topology::addInterface(NodeId node, std::string name, bool isLoopback,
                                           std::vector<InterfaceAddress> addresses) {
    Node& owner = nodes_[node.value()];
    if (owner.interfaceNamed(name))
        return failure(fmt::format("{} already has an interface '{}'", owner.name, name));
    if (owner.interfaces.size() >= std::numeric_limits<InterfaceId::Value>::max()) {
        return failure(fmt::format("{} has {} interfaces; there is no room for another", owner.name,
                                   owner.interfaces.size()));
    }
    const InterfaceId id(static_cast<InterfaceId::Value>(owner.interfaces.size()));
    owner.interfacesByName.insert(whereNamed(owner, name), id);
    // Loopbacks do not count, so that interface numbers follow the cables.
    const std::uint64_t nodeNumber = node.value() + 1;
    const std::uint64_t interfaceNumber = isLoopback ? 0 : ++owner.cables;
    Interface& added = owner.interfaces.emplace_back();
    added.name = std::move(name);
    added.isLoopback = isLoopback;
    added.addresses = std::move(addresses);
    added.macAddress = isLoopback ? 0 : makeMacAddress(nodeNumber, interfaceNumber);
    added.linkLocal = IpAddress::v6(0xfe80000000000000ULL, nodeNumber << 16 | interfaceNumber);
    return id;
}

Result<SegmentId> Topology::addSegment(std::string name, SegmentKind kind, const LinkProperties& properties,
                                       const std::vector<EndSpec>& ends) {
    if (segmentsByName_.contains(name))
        return failure(fmt::format("there is already a link or LAN '{}'", name));
    if (kind == SegmentKind::PointToPoint && ends.size() != 2)
        return failure(fmt::format("link '{}' has {} ends; a link has two", name, ends.size()));
    if (ends.empty()) return failure(fmt::format("LAN '{}' has no ends", name));
    for (std::size_t i = 0; i < ends.size(); ++i) {
        if (!canPlug(ends[i])) {
            return failure(fmt::format("the interface {}:{} is plugged in elsewhere already",
                                       node(ends[i].node).name, ends[i].interface));
        }
        for (std::size_t j = 0; j < i; ++j) {
            if (ends[i].node == ends[j].node && ends[i].interface == ends[j].interface) {
                return failure(fmt::format("'{}' names the interface {}:{} twice", name,
                                           node(ends[i].node).name, ends[i].interface));
            }
        }
    }
    const SegmentId id(static_cast<std::uint32_t>(segments_.size()));
    segmentsByName_.emplace(name, id);
    Segment& added = segments_.emplace_back();
    added.name = std::move(name);
    added.kind = kind;
    added.properties = properties;
    for (const EndSpec& end : ends) {
        Node& owner = nodes_[end.node.value()];
        std::optional<InterfaceId> interface = owner.interfaceNamed(end.interface);
        if (interface) {
            auto& addresses = owner.interfaces[interface->value()].addresses;
            addresses.insert(addresses.end(), end.addresses.begin(), end.addresses.end());
        } else {
            const auto fresh = addInterface(end.node, end.interface, false, end.addresses);
            PEERSCAPE_CHECK(fresh.has_value());
            interface = *fresh;
        }
        owner.interfaces[interface->value()].segment = id;
        segments_[id.value()].ends.push_back({end.node, *interface});
    }
    return id;
}

bool Topology::canPlug(const EndSpec& end) const {
    const Node& owner = node(end.node);
    const auto known = owner.interfaceNamed(end.interface);
    if (!known) return true;
    const Interface& interface = owner.interfaces[known->value()];
    return !interface.isLoopback && !interface.segment.isSome();
}

std::optional<NodeId> Topology::nodeNamed(std::string_view name) const {
    return findNamed(nodesByName_, name);
}

std::optional<SegmentId> Topology::segmentNamed(std::string_view name) const {
    return findNamed(segmentsByName_, name);
}

std::optional<GroupId> Topology::groupNamed(std::string_view name) const {
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        if (groups_[i].name == name) return GroupId(static_cast<std::uint32_t>(i));
    }
    return std::nullopt;
}

std::optional<InterfaceRef> Topology::interfaceNamed(std::string_view nodeAndInterface) const {
    const auto colon = nodeAndInterface.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto owner = nodeNamed(nodeAndInterface.substr(0, colon));
    if (!owner) return std::nullopt;
    const auto interface = node(*owner).interfaceNamed(nodeAndInterface.substr(colon + 1));
    if (!interface) return std::nullopt;
    return InterfaceRef{*owner, *interface};
}

std::string Topology::nameOf(InterfaceRef ref) const {
    return node(ref.node).name + ":" + interface(ref).name;
}

}  // namespace peerscape
