#include "scenarios/report/collector.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "protocols/catalogue/catalogue.hpp"

namespace peerscape::report {

namespace {

constexpr std::size_t kMostActions = 100;
constexpr std::size_t kMostEpisodes = 1'000;
constexpr std::size_t kMostPoints = 1'800;
constexpr std::uint32_t kColumnsPerStep = 200;
/// Of all routers of a step. Each costs about 50 bytes.
constexpr std::size_t kCountsPerStep = 50'000;
constexpr Duration kFinestColumn = Duration::microseconds(10);

Drawing drawingOf(const Simulation& world) {
    const Topology& topology = world.topology();
    const auto position = [](auto id) {
        return id.isSome() ? std::optional<std::size_t>(id.value()) : std::nullopt;
    };
    Drawing drawing;
    for (const Group& group : topology.groups())
        drawing.groups.push_back({group.name, group.kind, group.title, group.asn, position(group.parent)});
    for (const peerscape::Node& node : topology.nodes())
        drawing.nodes.push_back({node.name, node.kind, position(node.group), node.asn, node.position});
    for (std::uint32_t s = 0; s < topology.segments().size(); ++s) {
        const Segment& segment = topology.segments()[s];
        const SegmentState& state = world.segment(SegmentId(s));
        const LinkProperties& properties = state.properties;
        DrawnLink link{.name = segment.name,
                       .kind = segment.kind,
                       .ends = {},
                       .delay = properties.delay,
                       .bandwidth = properties.bandwidth,
                       .loss = properties.loss,
                       .duplicate = properties.duplicate,
                       .reorder = properties.reorder,
                       .corrupt = properties.corrupt,
                       .isUp = state.isUp};
        for (const InterfaceRef end : segment.ends) {
            const InterfaceState& interface = world.node(end.node).interfaces[end.interface.value()];
            DrawnEnd drawn{end.node.value(), interface.name, {}};
            for (const InterfaceAddress& address : interface.addresses)
                drawn.addresses.push_back(peerscape::toString(address));
            link.ends.push_back(std::move(drawn));
        }
        drawing.links.push_back(std::move(link));
    }
    return drawing;
}

std::optional<SimTime> endOf(SimTime time) { return time.isNever() ? std::nullopt : std::optional(time); }

}  // namespace

void ReportCollector::beginStep(SimTime begin) {
    isInStep_ = true;
    current_ = {};
    current_.begin = begin;
    current_.changes.emplace(begin, kFinestColumn, kColumnsPerStep, kCountsPerStep);
    routers_.clear();
}

void ReportCollector::noteAction(const Record& r, const record::ActionTaken& action) {
    if (current_.actions.size() < kMostActions) {
        current_.actions.push_back({r.time, *action.text});
    } else {
        ++current_.furtherActions;
    }
}

void ReportCollector::noteChange(const Record& r) {
    if (r.time < current_.begin) return;
    current_.changes->add(r.time, r.node.value());
    auto& router =
        routers_.try_emplace(r.node, RouterConvergence{r.node.value(), 0, r.time, r.time}).first->second;
    ++router.changes;
    router.last = r.time;
}

void ReportCollector::take(std::span<const Record> records) {
    data_.records += records.size();
    for (const Record& r : records) {
        data_.end = r.time;
        if (const auto* sent = std::get_if<record::PacketSent>(&r.what)) {
            const ProtocolId owner = sent->packet->owner;
            if (!owner.isSome()) continue;
            protocols_.insert(owner);
            data_.messages.add(r.time, owner.value());
        } else if (const auto* dropped = std::get_if<record::PacketDropped>(&r.what)) {
            if (!dropped->packet->owner.isSome()) data_.losses.add(r.time, 0);
        } else if (const auto* action = std::get_if<record::ActionTaken>(&r.what)) {
            if (isInStep_) noteAction(r, *action);
        } else if (std::holds_alternative<record::RouteChanged>(r.what)) {
            if (isInStep_) noteChange(r);
        }
    }
}

void ReportCollector::endStep(Step step) {
    step.actions = std::move(current_.actions);
    step.furtherActions = current_.furtherActions;
    step.changes = std::move(current_.changes);
    for (const auto& [node, router] : routers_)
        step.routers.push_back(router);
    data_.steps.push_back(std::move(step));
    isInStep_ = false;
    current_ = {};
}

ReportData ReportCollector::finish(const Simulation& world, const ForwardingHistory& history) {
    const auto nameOf = [&](NodeId node) { return world.topology().node(node).name; };
    data_.end = world.now();
    data_.drawing = drawingOf(world);
    for (const ProtocolId protocol : protocols_)
        data_.protocols.push_back({protocolName(protocol), protocol.value()});
    for (const LoopEpisode& loop : history.loops.first(std::min(history.loops.size(), kMostEpisodes))) {
        Loop one{peerscape::toString(loop.destination), {}, loop.begin, endOf(loop.end), loop.packetsLost};
        for (const NodeId router : loop.routers)
            one.routers.push_back(nameOf(router));
        data_.loops.push_back(std::move(one));
    }
    for (const BlackHoleEpisode& hole :
         history.blackHoles.first(std::min(history.blackHoles.size(), kMostEpisodes))) {
        data_.blackHoles.push_back({peerscape::toString(hole.destination), nameOf(hole.at),
                                    std::string(peerscape::toString(hole.reason)), hole.begin,
                                    endOf(hole.end), hole.packetsLost});
    }
    data_.furtherLoops = history.loops.size() - data_.loops.size();
    data_.furtherBlackHoles = history.blackHoles.size() - data_.blackHoles.size();
    data_.reachability = thinnedOut(history.reachablePairs, kMostPoints);
    return std::move(data_);
}

std::vector<Reachability> thinnedOut(std::span<const ReachablePairs> points, std::size_t most) {
    std::vector<Reachability> result;
    const auto keep = [&](const ReachablePairs& p) { result.push_back({p.time, p.reachable, p.all}); };
    if (points.size() <= most) {
        std::for_each(points.begin(), points.end(), keep);
        return result;
    }
    const auto stretches = static_cast<std::int64_t>(std::max<std::size_t>(1, most / 3));
    const SimTime begin = points.front().time;
    const Duration width = (points.back().time - begin) / stretches + Duration::nanoseconds(1);
    for (std::size_t i = 0; i < points.size();) {
        const std::int64_t stretch = (points[i].time - begin) / width;
        std::size_t least = i;
        std::size_t last = i;
        for (; last < points.size() && (points[last].time - begin) / width == stretch; ++last) {
            if (points[last].reachable < points[least].reachable) least = last;
        }
        --last;
        keep(points[i]);
        if (least != i) keep(points[least]);
        if (last != least && last != i) keep(points[last]);
        i = last + 1;
    }
    return result;
}

}  // namespace peerscape::report
