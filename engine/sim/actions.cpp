// What a person, a step or a fault does to the network.
#include <algorithm>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "engine/base/overloaded.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

Result<void> Simulation::check(const Action& action) const {
    if (const auto* add = std::get_if<action::AddSegment>(&action.what)) {
        Topology trial = topology_;
        const auto added = trial.addSegment(add->name, add->kind, add->properties, add->ends);
        if (!added) return std::unexpected(added.error());
    }
    if (const auto* flow = std::get_if<action::StartFlow>(&action.what)) {
        if (flow->interval <= Duration())
            return failure(fmt::format("flow {} needs an interval above zero", flow->name));
        // Each packet of a flow is accounted for once, so it goes to one receiver.
        const bool isBroadcast = std::any_of(
            nodes_.begin(), nodes_.end(), [&](const NodeState& node) { return node.isBroadcast(flow->to); });
        if (!flow->to.isUnicast() || isBroadcast)
            return failure(fmt::format("flow {} cannot go to {}: it is not the address of one receiver",
                                       flow->name, toString(flow->to)));
    }
    if (const auto* set = std::get_if<action::SetProcess>(&action.what);
        set != nullptr && set->protocol.isSome()) {
        const NodeState& state = nodes_[set->node.value()];
        if (!state.config->processes.contains(set->protocol))
            return failure(fmt::format("{} does not run this protocol", state.name));
    }
    if (const auto* set = std::get_if<action::SetFrozen>(&action.what);
        set != nullptr && set->protocol.isSome()) {
        const NodeState& state = nodes_[set->node.value()];
        if (state.slotOf(set->protocol) == nullptr)
            return failure(fmt::format("{} has no process of this protocol", state.name));
    }
    return {};
}

Result<void> Simulation::apply(const Action& action, RecordLog& log) {
    if (auto possible = check(action); !possible) return possible;
    const RecordId cause = log.append(now_, NodeId::none(), RecordId::none(),
                                      record::ActionTaken{std::make_shared<const std::string>(action.text),
                                                          std::make_shared<const Action>(action)});
    staleUntil_ = latestArrival_;
    carryOut(action.what, cause, log);
    return {};
}

void Simulation::applyOrNote(const Action& action, RecordLog& log) {
    const auto done = apply(action, log);
    if (done) return;
    const auto text =
        std::make_shared<const std::string>(action.text + ": not possible: " + done.error().message);
    log.append(now_, NodeId::none(), RecordId::none(), record::ActionTaken{text});
}

void Simulation::carryOut(const ActionWhat& what, RecordId cause, RecordLog& log) {
    const auto refreshEnds = [&](SegmentId segment) {
        const auto ends = topology_.segment(segment).ends;
        for (const InterfaceRef end : ends)
            refreshInterface(end, cause, log);
    };
    const auto setPlug = [&](InterfaceRef end, bool plugged) {
        const SegmentId segment = topology_.interface(end).segment;
        if (!segment.isSome()) return;
        const auto& ends = topology_.segment(segment).ends;
        const auto index = static_cast<std::size_t>(std::find(ends.begin(), ends.end(), end) - ends.begin());
        segments_[segment.value()].ends[index].isPlugged = plugged;
        refreshInterface(end, cause, log);
    };
    std::visit(
        Overloaded{
            [&](const action::SetSegment& a) {
                SegmentState& state = segments_[a.segment.value()];
                if (state.isUp && !a.up) {
                    ++state.epoch;
                    // What waited for the wire is lost as well, and nobody waits behind it afterwards.
                    for (EndState& end : state.ends)
                        end.busyUntil = now_;
                }
                state.isUp = a.up;
                // Repairing a link also puts its plugs back and ends a silent failure: afterwards it works.
                if (a.up) {
                    for (EndState& end : state.ends) {
                        end.isPlugged = true;
                        end.isSilent = end.isDeaf = false;
                    }
                }
                refreshEnds(a.segment);
            },
            [&](const action::SetPlug& a) { setPlug(a.end, a.plugged); },
            [&](const action::SetNode& a) {
                nodes_[a.node.value()].isCutOff = !a.plugged;
                for (std::size_t i = 0; i < nodes_[a.node.value()].interfaces.size(); ++i) {
                    const InterfaceRef ref{a.node, InterfaceId(static_cast<InterfaceId::Value>(i))};
                    if (a.plugged) setPlug(ref, true);
                    if (!a.plugged) refreshInterface(ref, cause, log);
                }
            },
            [&](const action::SetSilence& a) {
                const auto& ends = topology_.segment(a.segment).ends;
                ++segments_[a.segment.value()].version;
                for (std::size_t i = 0; i < ends.size(); ++i) {
                    if (a.end.node.isSome() && ends[i] != a.end) continue;
                    EndState& end = segments_[a.segment.value()].ends[i];
                    if (a.sending) end.isSilent = a.silent;
                    if (a.hearing) end.isDeaf = a.silent;
                }
            },
            [&](const action::ChangeLink& a) {
                LinkProperties& properties = segments_[a.segment.value()].properties;
                if (a.delay) properties.delay = *a.delay;
                if (a.loss) properties.loss = *a.loss;
                if (a.duplicate) properties.duplicate = *a.duplicate;
                if (a.reorder) properties.reorder = *a.reorder;
                if (a.corrupt) properties.corrupt = *a.corrupt;
                if (a.bandwidth) properties.bandwidth = *a.bandwidth;
                if (a.mtu) properties.mtu = *a.mtu;
                if (a.queueBytes) properties.queueBytes = *a.queueBytes;
                refreshEnds(a.segment);
            },
            [&](const action::SetAdmin& a) { refreshInterface(a.interface, cause, log, a.up); },
            [&](const action::AddSegment& a) { addSegment(a, cause, log); },
            [&](const action::Configure& a) { configure(a.node, a.config, cause, log); },
            [&](const action::SetProcess& a) {
                NodeState& state = nodes_[a.node.value()];
                std::vector<ProtocolId> protocols;
                for (const auto& [protocol, config] : state.config->processes) {
                    if (!a.protocol.isSome() || protocol == a.protocol) protocols.push_back(protocol);
                }
                for (const ProtocolId protocol : protocols) {
                    if (a.running) {
                        state.stopped.erase(protocol);
                        startProcess(a.node, protocol, cause, log);
                    } else {
                        stopProcess(a.node, protocol, true, cause, log);
                        state.stopped.insert(protocol);
                    }
                }
            },
            [&](const action::SetFrozen& a) {
                std::vector<ProtocolId> protocols;
                for (const ProcessSlot& slot : nodes_[a.node.value()].processes) {
                    if (!a.protocol.isSome() || slot.protocol == a.protocol)
                        protocols.push_back(slot.protocol);
                }
                for (const ProtocolId protocol : protocols)
                    a.frozen ? freeze(a.node, protocol) : thaw(a.node, protocol, cause, log);
            },
            [&](const action::Command& a) { dispatch(a.node, a.protocol, Commanded{a.words}, cause, log); },
            [&](const action::StartFlow& a) { startFlow(a, cause); },
        },
        what);
}

void Simulation::addSegment(const action::AddSegment& add, RecordId cause, RecordLog& log) {
    const auto added = topology_.addSegment(add.name, add.kind, add.properties, add.ends);
    if (!added) return;
    const auto ends = topology_.segment(*added).ends;
    segments_.push_back({.properties = add.properties,
                         .ends = std::vector<EndState>(ends.size()),
                         .random = RandomStream(options_.seed, add.name, "link")});
    for (const InterfaceRef end : ends) {
        auto& interfaces = nodes_[end.node.value()].interfaces;
        if (end.interface.value() == interfaces.size()) addInterfaceState(end);
        interfaces[end.interface.value()].isStub = false;
        interfaces[end.interface.value()].isPointToPoint = add.kind == SegmentKind::PointToPoint;
    }
    for (const InterfaceRef end : ends)
        refreshInterface(end, cause, log);
}

void Simulation::configure(NodeId node, std::shared_ptr<const RouterConfig> config, RecordId cause,
                           RecordLog& log) {
    NodeState& state = nodes_[node.value()];
    const std::shared_ptr<const RouterConfig> old = std::exchange(state.config, std::move(config));
    const std::shared_ptr<const RouterConfig> present = state.config;

    addConfiguredInterfaces(node);
    state.rib.setResolvesViaDefault(Family::IPv4, present->resolvesViaDefault4, cause);
    state.rib.setResolvesViaDefault(Family::IPv6, present->resolvesViaDefault6, cause);
    for (std::size_t i = 0; i < nodes_[node.value()].interfaces.size(); ++i) {
        const InterfaceState& interface = nodes_[node.value()].interfaces[i];
        const auto isShutdown = [&](const RouterConfig& c) {
            const auto at = c.interfaces.find(interface.name);
            return at != c.interfaces.end() && at->second.isShutdown;
        };
        // Only a change of the line acts: what the administrator did by hand stays otherwise.
        const bool lineChanged = isShutdown(*present) != isShutdown(*old);
        refreshInterface({node, interface.id}, cause, log,
                         lineChanged ? std::optional(!isShutdown(*present)) : std::nullopt);
    }
    settleRib(node, log);
    // Next-hop tracking obeys resolve-via-default too, even where no route changes by it.
    for (const Family family : {Family::IPv4, Family::IPv6})
        tellTrackers(nodes_[node.value()], Prefix::defaultRoute(family), cause);
    announceNews(node);

    for (const auto& [protocol, settings] : old->processes) {
        const auto at = present->processes.find(protocol);
        if (at == present->processes.end() || !at->second->isEnabled())
            stopProcess(node, protocol, false, cause, log);
    }
    for (const auto& [protocol, settings] : present->processes) {
        if (!settings->isEnabled() || nodes_[node.value()].stopped.contains(protocol)) continue;
        if (nodes_[node.value()].slotOf(protocol) == nullptr) {
            startProcess(node, protocol, cause, log);
            continue;
        }
        const auto before = old->processes.find(protocol);
        if (before == old->processes.end() || before->second != settings || old->policy != present->policy) {
            dispatch(node, protocol, Configured{settings}, cause, log);
        }
    }
}

}  // namespace peerscape
