#include "gui/session/views.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <QCoreApplication>

#include "gui/session/protocol_tables.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/world/origins.hpp"

namespace peerscape::gui {

namespace {

bool isUnsettled(const LabWorld& world, const NodeState& node) {
    const SimTime now = world.simulation().now();
    return std::ranges::any_of(node.processes, [&](const ProcessSlot& slot) {
        return !slot.process->settled(now, world.lab().lastDisturbance());
    });
}

InterfaceView viewOf(const InterfaceState& state, const Interface& plug, const Topology& topology) {
    InterfaceView view;
    view.name = state.name;
    for (const InterfaceAddress& address : state.addresses)
        view.addresses.push_back(toString(address));
    if (plug.segment.isSome()) view.link = topology.segment(plug.segment).name;
    view.isUp = state.isUp();
    view.isAdminUp = state.isAdminUp;
    view.hasCarrier = state.hasCarrier;
    view.isLoopback = state.isLoopback;
    return view;
}

/// "2 ms, 1 Gbit, 5% lost".
std::string propertiesText(const LinkProperties& properties) {
    std::string text = toString(properties.delay);
    if (!properties.bandwidth.isUnlimited()) text += ", " + toString(properties.bandwidth);
    if (!properties.loss.isZero())
        text += QCoreApplication::translate("LabRun", ", %1 lost")
                    .arg(QString::fromStdString(toString(properties.loss)))
                    .toStdString();
    return text;
}

EndView viewOf(const LabWorld& world, InterfaceRef ref, const EndState& end) {
    const InterfaceState& interface = world.simulation().node(ref.node).interfaces[ref.interface.value()];
    EndView view;
    view.node = world.nameOf(ref.node);
    view.interface = interface.name;
    if (!interface.isAdminUp) {
        view.light = EndView::Light::AdminDown;
    } else if (!interface.hasCarrier) {
        view.light = EndView::Light::Down;
    } else if (end.isSilent || end.isDeaf) {
        view.light = EndView::Light::Silent;
    }
    return view;
}

}  // namespace

std::vector<NodeView> nodesOf(const LabWorld& world) {
    const Topology& topology = world.simulation().topology();
    std::vector<NodeView> views;
    for (std::uint32_t n = 0; n < topology.nodes().size(); ++n) {
        const NodeState& state = world.simulation().node(NodeId(n));
        NodeView view;
        view.name = state.name;
        view.isHost = state.isHost;
        view.isCutOff = state.isCutOff;
        view.isUnsettled = isUnsettled(world, state);
        for (const ProcessSlot& slot : state.processes)
            view.protocols.push_back(protocolName(slot.protocol));
        for (const InterfaceState& interface : state.interfaces) {
            const Interface& plug = topology.interface({NodeId(n), interface.id});
            view.interfaces.push_back(viewOf(interface, plug, topology));
        }
        views.push_back(std::move(view));
    }
    return views;
}

std::vector<AlarmView> alarmsOf(const LabWorld& world) {
    std::vector<AlarmView> views;
    if (world.file().watches.empty()) return views;
    for (const OriginAlarm& alarm : originAlarms(world)) {
        AlarmView view;
        view.announcement = QCoreApplication::translate("LabRun", "%1 from %2")
                                .arg(QString::fromStdString(toString(alarm.prefix)),
                                     QString::fromStdString(originText(alarm.origin)))
                                .toStdString();
        for (const OriginAlarm::Believer& believer : alarm.believers)
            view.believers.push_back(world.nameOf(believer.router));
        views.push_back(std::move(view));
    }
    return views;
}

void addAlarms(const std::vector<AlarmView>& alarms, std::vector<NodeView>& nodes) {
    for (const AlarmView& alarm : alarms) {
        for (NodeView& node : nodes) {
            if (std::ranges::find(alarm.believers, node.name) != alarm.believers.end())
                node.alarms.push_back(alarm.announcement);
        }
    }
}

std::vector<LinkView> linksOf(const LabWorld& world, std::size_t segmentsAtStart) {
    const Topology& topology = world.simulation().topology();
    std::vector<LinkView> views;
    for (std::uint32_t s = 0; s < topology.segments().size(); ++s) {
        const Segment& segment = topology.segment(SegmentId(s));
        const SegmentState& state = world.simulation().segment(SegmentId(s));
        LinkView view;
        view.name = segment.name;
        view.isLan = segment.kind == SegmentKind::Lan;
        view.isUp = state.isUp;
        view.isAdded = s >= segmentsAtStart;
        view.properties = propertiesText(state.properties);
        view.delay = toLabText(state.properties.delay);
        if (!state.properties.bandwidth.isUnlimited()) view.bandwidth = toString(state.properties.bandwidth);
        view.loss = toString(state.properties.loss);
        for (std::size_t end = 0; end < segment.ends.size(); ++end) {
            view.isSilent = view.isSilent || state.ends[end].isSilent || state.ends[end].isDeaf;
            view.ends.push_back(viewOf(world, segment.ends[end], state.ends[end]));
        }
        views.push_back(std::move(view));
    }
    return views;
}

std::vector<SessionView> sessionsOf(const LabWorld& world) {
    std::vector<SessionView> views;
    const std::size_t nodes = world.simulation().topology().nodes().size();
    for (std::uint32_t n = 0; n < nodes; ++n) {
        const ProcessSlot* slot = world.simulation().node(NodeId(n)).slotOf(bgp::kBgp);
        const auto* process =
            slot == nullptr ? nullptr : dynamic_cast<const bgp::BgpProcess*>(slot->process.get());
        if (process == nullptr) continue;
        for (const auto& [id, peer] : process->peers()) {
            SessionView view;
            view.node = world.nameOf(NodeId(n));
            view.neighbor = nameOrAddress(world, peer.address());
            view.state = std::string(bgp::name(peer.session.state()));
            if (!peer.session.isEstablished()) view.reason = peer.session.reason(world.lab().now());
            views.push_back(std::move(view));
        }
    }
    return views;
}

std::vector<std::string> prefixesOf(const LabWorld& world) {
    std::set<Prefix> prefixes;
    const std::size_t nodes = world.simulation().topology().nodes().size();
    for (std::uint32_t n = 0; n < nodes; ++n) {
        const Rib& rib = world.simulation().node(NodeId(n)).rib;
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            for (const Prefix& prefix : rib.prefixes(family)) {
                if (rib.selected(prefix).exists()) prefixes.insert(prefix);
            }
        }
    }
    std::vector<std::string> texts;
    for (const Prefix& prefix : prefixes)
        texts.push_back(toString(prefix));
    return texts;
}

std::vector<ExpectationView> viewOf(const StepResult& step) {
    std::vector<ExpectationView> views;
    for (const ExpectationResult& result : step.expectations) {
        const Expectation& claim = *result.expectation;
        ExpectationView view;
        view.step = step.name;
        view.claim = claim.name.empty() ? result.expected : claim.name;
        view.actual = result.actual;
        view.verdict = static_cast<ExpectationView::Verdict>(result.verdict);
        view.remark = result.verdict == Verdict::Pass ? claim.pass : claim.fail;
        if (result.verdict != Verdict::Pass && view.remark.empty()) view.remark = claim.hint;
        view.judgedAt = step.end;
        view.firstWrongAt = result.firstWrongAt;
        views.push_back(std::move(view));
    }
    if (step.actionFailure) {
        ExpectationView view;
        view.step = step.name;
        view.claim = QCoreApplication::translate("LabRun", "the step's actions are possible").toStdString();
        view.actual = toString(*step.actionFailure);
        view.verdict = ExpectationView::Verdict::Fail;
        view.judgedAt = step.end;
        views.push_back(std::move(view));
    }
    return views;
}

static_assert(static_cast<int>(ExpectationView::Verdict::Skipped) == static_cast<int>(Verdict::Skipped));

}  // namespace peerscape::gui
