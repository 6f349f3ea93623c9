#include "scenarios/world/topology_builder.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace peerscape {

namespace {

constexpr std::string_view kLoopback = "lo";

void addGroups(const LabFile& file, Topology& topology, DiagnosticList& problems) {
    // Parents first, whatever the order of the file; the reader has refused circles.
    std::vector<const GroupEntry*> waiting;
    for (const GroupEntry& group : file.groups)
        waiting.push_back(&group);
    while (!waiting.empty()) {
        const std::size_t before = waiting.size();
        std::erase_if(waiting, [&](const GroupEntry* entry) {
            Group group{entry->name, entry->kind, entry->title, entry->asn, {}};
            if (entry->parent) {
                const auto parent = topology.groupNamed(entry->parent->name);
                if (!parent) return false;
                group.parent = *parent;
            }
            if (const auto added = topology.addGroup(std::move(group)); !added)
                problems.error(entry->place.at, added.error().message);
            return true;
        });
        if (waiting.size() == before) {
            problems.error(waiting.front()->place.at,
                           fmt::format("group '{}' lies in itself or in a group that does not exist",
                                       waiting.front()->name));
            return;
        }
    }
}

void addNode(Topology& topology, const std::string& name, NodeKind kind, const std::optional<NameRef>& group,
             const std::optional<std::array<double, 2>>& at, std::vector<InterfaceAddress> loopback,
             const Place& place, DiagnosticList& problems) {
    const auto added = topology.addNode(name, kind);
    if (!added) {
        problems.error(place.at, added.error().message);
        return;
    }
    Node& node = topology.node(*added);
    node.position = at;
    if (group) node.group = topology.groupNamed(group->name).value_or(GroupId::none());
    if (const auto lo = topology.addInterface(*added, std::string(kLoopback), true, std::move(loopback));
        !lo) {
        problems.error(place.at, lo.error().message);
    }
}

void addSegment(Topology& topology, const LinkEntry& link, DiagnosticList& problems) {
    const auto ends = endsOf(topology, link);
    if (!ends) {
        problems.error(link.place.at, ends.error().message);
        return;
    }
    const auto added = topology.addSegment(link.name, link.kind, link.properties(), *ends);
    if (!added) {
        problems.error(link.place.at, added.error().message);
        return;
    }
    topology.segment(*added).relation = link.relation;
}

void noteAwaitedInterfaces(const LabFile& file, Topology& topology) {
    for (const StepEntry& step : file.steps) {
        for (const LabAction& action : step.actions) {
            const auto* add = std::get_if<lab_action::AddLink>(&action.what);
            if (add == nullptr) continue;
            for (const EndEntry& end : add->link.ends) {
                const auto node = topology.nodeNamed(end.node.name);
                if (node && !end.interface.empty())
                    topology.node(*node).awaitedInterfaces.push_back(end.interface);
            }
        }
    }
}

}  // namespace

Result<std::vector<EndSpec>> endsOf(const Topology& topology, const LinkEntry& link) {
    std::vector<EndSpec> ends;
    for (const EndEntry& entry : link.ends) {
        const auto node = topology.nodeNamed(entry.node.name);
        if (!node)
            return failure(
                fmt::format("'{}' names the router '{}', which does not exist", link.name, entry.node.name),
                entry.place.at);
        EndSpec end{*node, entry.interface, {}};
        const auto isTaken = [&](const std::string& name) {
            return topology.node(*node).interfaceNamed(name).has_value() ||
                   std::any_of(ends.begin(), ends.end(),
                               [&](const EndSpec& e) { return e.node == *node && e.interface == name; });
        };
        for (std::size_t i = 0; end.interface.empty(); ++i) {
            if (std::string name = fmt::format("eth{}", i); !isTaken(name)) end.interface = std::move(name);
        }
        for (const PlacedAddress& address : entry.addresses)
            end.addresses.push_back(address.value);
        ends.push_back(std::move(end));
    }
    return ends;
}

Topology buildTopology(const LabFile& file, DiagnosticList& problems) {
    Topology topology;
    addGroups(file, topology, problems);
    for (const RouterEntry& router : file.routers) {
        std::vector<InterfaceAddress> loopback;
        for (const PlacedAddress& address : router.loopback)
            loopback.push_back(address.value);
        addNode(topology, router.name, NodeKind::Router, router.group, router.at, std::move(loopback),
                router.place, problems);
        if (const auto node = topology.nodeNamed(router.name)) topology.node(*node).asn = file.asnOf(router);
    }
    for (const HostEntry& host : file.hosts)
        addNode(topology, host.name, NodeKind::Host, host.group, host.at, {}, host.place, problems);
    for (const LinkEntry& link : file.links)
        addSegment(topology, link, problems);
    for (const LinkEntry& lan : file.lans)
        addSegment(topology, lan, problems);
    noteAwaitedInterfaces(file, topology);
    return topology;
}

}  // namespace peerscape
