#include "scenarios/report/json_report.hpp"

#include <optional>
#include <ostream>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "scenarios/report/markup.hpp"

namespace peerscape::report {

namespace {

using Json = nlohmann::ordered_json;

double secondsOf(Duration duration) { return duration.inSeconds(); }
double secondsOf(SimTime time) { return time.sinceStart().inSeconds(); }
double shareOf(Probability share) { return share.count() / static_cast<double>(Probability::kMillion); }
template <typename Time>
Json secondsOrNull(const std::optional<Time>& time) {
    return time ? Json(secondsOf(*time)) : Json(nullptr);
}

Json countsJson(const Buckets& buckets, Buckets::Row row) {
    Json counts = Json::array();
    if (const auto at = buckets.rows().find(row); at != buckets.rows().end()) {
        for (const auto& [column, count] : at->second)
            counts.push_back({column, count});
    }
    return counts;
}

template <typename Counter>
Json verdictsJson(const Counter& counter) {
    Json json = Json::object();
    for (const Verdict v :
         {Verdict::Pass, Verdict::Fail, Verdict::Warning, Verdict::Inconclusive, Verdict::Skipped})
        json[std::string(peerscape::toString(v))] = counter.count(v);
    return json;
}

Json topologyJson(const Drawing& drawing) {
    Json groups = Json::array();
    for (const GroupBox& group : drawing.groups) {
        Json one = {{"name", group.name}, {"kind", group.kind}, {"title", group.title}};
        if (group.asn) one["asn"] = group.asn->value();
        if (group.parent) one["parent"] = drawing.groups[*group.parent].name;
        groups.push_back(std::move(one));
    }
    Json nodes = Json::array();
    for (const DrawnNode& node : drawing.nodes) {
        Json one = {{"name", node.name}, {"kind", node.kind == NodeKind::Router ? "router" : "host"}};
        if (node.group) one["group"] = drawing.groups[*node.group].name;
        if (node.asn) one["asn"] = node.asn->value();
        if (node.position) one["at"] = *node.position;
        nodes.push_back(std::move(one));
    }
    Json links = Json::array();
    for (const DrawnLink& link : drawing.links) {
        Json ends = Json::array();
        for (const DrawnEnd& end : link.ends)
            ends.push_back({{"node", drawing.nodes[end.node].name},
                            {"interface", end.interface},
                            {"addresses", end.addresses}});
        Json one = {{"name", link.name},
                    {"kind", link.kind == SegmentKind::Lan ? "lan" : "link"},
                    {"ends", std::move(ends)},
                    {"delay_s", secondsOf(link.delay)},
                    {"bandwidth_bit_per_s", nullptr},
                    {"loss", shareOf(link.loss)},
                    {"duplicate", shareOf(link.duplicate)},
                    {"reorder", shareOf(link.reorder)},
                    {"corrupt", shareOf(link.corrupt)},
                    {"up", link.isUp}};
        if (!link.bandwidth.isUnlimited()) one["bandwidth_bit_per_s"] = link.bandwidth.count();
        links.push_back(std::move(one));
    }
    return {{"groups", std::move(groups)}, {"nodes", std::move(nodes)}, {"links", std::move(links)}};
}

Json expectationJson(const Expectation& e) {
    Json json = {{"kind", e.kind},
                 {"verdict", peerscape::toString(e.verdict)},
                 {"expected", e.expected},
                 {"actual", e.actual},
                 {"weight", e.weight}};
    if (!e.claim.empty()) json["claim"] = e.claim;
    if (!e.remark.empty()) json["remark"] = e.remark;
    if (e.firstWrongAt) json["first_wrong_s"] = secondsOf(*e.firstWrongAt);
    if (!e.place.empty()) json["place"] = e.place;
    return json;
}

Json routersJson(const Step& step, const Drawing& drawing) {
    Json routers = Json::array();
    for (const RouterConvergence& r : step.routers) {
        routers.push_back({{"node", drawing.nodes[r.node].name},
                           {"route_changes", r.changes},
                           {"first_change_s", secondsOf(r.first)},
                           {"last_change_s", secondsOf(r.last)},
                           {"counts", countsJson(*step.changes, static_cast<Buckets::Row>(r.node))}});
    }
    Json json = {{"begin_s", secondsOf(step.begin)}, {"width_s", 0.0}, {"nodes", std::move(routers)}};
    if (step.changes) json["width_s"] = secondsOf(step.changes->width());
    return json;
}

Json cycleJson(const Cycle& cycle) {
    Json round = Json::array();
    for (const RouteTurn& turn : cycle.round) {
        round.push_back({{"time_s", secondsOf(turn.time)},
                         {"router", turn.router},
                         {"prefix", turn.prefix},
                         {"before", turn.before},
                         {"after", turn.after}});
    }
    return {{"returns", cycle.returns},
            {"last_s", secondsOf(cycle.last)},
            {"period_s", secondsOf(cycle.period)},
            {"for_ever", cycle.isForEver},
            {"round", std::move(round)},
            {"further_turns", cycle.furtherTurns}};
}

Json flowsJson(const Step& step) {
    Json flows = Json::array();
    for (const FlowOutcome& flow : step.flows) {
        flows.push_back({{"name", flow.name},
                         {"sent", flow.sent},
                         {"received", flow.received},
                         {"lost", flow.lost},
                         {"looped", flow.looped},
                         {"late", flow.late},
                         {"mean_delay_s", secondsOrNull(flow.meanDelay)}});
    }
    return flows;
}

Json probesJson(const Step& step) {
    Json probes = Json::array();
    for (const ProbeOutcome& probe : step.probes) {
        probes.push_back({{"from", probe.from},
                          {"to", probe.to},
                          {"reached", probe.isReached},
                          {"outcome", probe.outcome},
                          {"way", probe.way},
                          {"round_trip_s", secondsOrNull(probe.roundTrip)}});
    }
    return probes;
}

Json alarmsJson(const Step& step) {
    Json alarms = Json::array();
    for (const Alarm& alarm : step.alarms) {
        alarms.push_back({{"watched", alarm.watched},
                          {"prefix", alarm.prefix},
                          {"origin", alarm.origin},
                          {"begin_s", secondsOf(alarm.begin)},
                          {"end_s", secondsOrNull(alarm.end)},
                          {"routers", alarm.routers}});
    }
    return alarms;
}

void addPackets(Json& json, const Step& step) {
    Json messages = Json::object();
    for (const ProtocolTraffic& t : step.traffic)
        messages[t.protocol] = {{"messages", t.messages}, {"bytes", t.bytes}};
    json["messages"] = std::move(messages);
    Json drops = Json::object();
    for (const DropCount& drop : step.drops)
        drops[drop.reason] = drop.packets;
    json["dropped_packets"] = std::move(drops);
    json["dropped_protocol_packets"] = step.protocolPacketsDropped;
    json["flows"] = flowsJson(step);
    json["probes"] = probesJson(step);
}

Json stepJson(const Step& step, const Drawing& drawing) {
    Json json = {{"number", step.number},
                 {"name", step.name},
                 {"begin_s", secondsOf(step.begin)},
                 {"end_s", secondsOf(step.end)},
                 {"passed", !step.hasFailed},
                 {"converged", step.isConverged},
                 {"late", step.isLate},
                 {"convergence_s", step.isConverged ? Json(secondsOf(step.convergence)) : Json(nullptr)},
                 {"last_change_s", secondsOrNull(step.lastChange)},
                 {"route_changes", step.routeChanges}};
    if (!step.unsettled.empty()) json["unsettled"] = step.unsettled;
    if (step.cycle) json["cycle"] = cycleJson(*step.cycle);
    if (!step.brokenQuiet.empty()) json["broken_quiet"] = step.brokenQuiet;
    if (!step.actionFailure.empty()) json["action_failure"] = step.actionFailure;
    Json actions = Json::array();
    for (const ActionLine& action : step.actions)
        actions.push_back({{"time_s", secondsOf(action.time)}, {"text", action.text}});
    json["actions"] = std::move(actions);
    json["further_actions"] = step.furtherActions;
    addPackets(json, step);
    json["timeline"] = routersJson(step, drawing);
    Json expectations = Json::array();
    for (const Expectation& e : step.expectations)
        expectations.push_back(expectationJson(e));
    json["expectations"] = std::move(expectations);
    if (!step.alarms.empty()) json["alarms"] = alarmsJson(step);
    return json;
}

Json messagesJson(const ReportData& data) {
    Json protocols = Json::object();
    for (const ProtocolSeries& series : data.protocols)
        protocols[series.protocol] = countsJson(data.messages, series.row);
    return {{"begin_s", secondsOf(data.messages.begin())},
            {"width_s", secondsOf(data.messages.width())},
            {"protocols", std::move(protocols)}};
}

Json lossesJson(const ReportData& data) {
    return {{"begin_s", secondsOf(data.losses.begin())},
            {"width_s", secondsOf(data.losses.width())},
            {"counts", countsJson(data.losses, 0)}};
}

Json forwardingJson(const ReportData& data) {
    Json loops = Json::array();
    for (const Loop& loop : data.loops) {
        loops.push_back({{"destination", loop.destination},
                         {"routers", loop.routers},
                         {"begin_s", secondsOf(loop.begin)},
                         {"end_s", secondsOrNull(loop.end)},
                         {"packets_lost", loop.packetsLost}});
    }
    Json holes = Json::array();
    for (const BlackHole& hole : data.blackHoles) {
        holes.push_back({{"destination", hole.destination},
                         {"router", hole.router},
                         {"reason", hole.reason},
                         {"begin_s", secondsOf(hole.begin)},
                         {"end_s", secondsOrNull(hole.end)},
                         {"packets_lost", hole.packetsLost}});
    }
    Json reachability = Json::array();
    for (const Reachability& r : data.reachability)
        reachability.push_back({{"time_s", secondsOf(r.time)}, {"reachable", r.reachable}, {"all", r.all}});
    return {{"loops", std::move(loops)},
            {"further_loops", data.furtherLoops},
            {"black_holes", std::move(holes)},
            {"further_black_holes", data.furtherBlackHoles},
            {"reachability", std::move(reachability)}};
}

/// A member of the outermost object; the tree of one is thrown away before the next is built.
void writeMember(std::ostream& out, std::string_view key, const Json& value, bool isLast = false) {
    out << fmt::format("\"{}\": {}{}\n", key, value.dump(1, ' ', false, Json::error_handler_t::replace),
                       isLast ? "" : ",");
}

}  // namespace

void writeJson(const ReportData& data, std::ostream& out) {
    out << "{\n";
    writeMember(out, "version", kSchemaVersion);
    writeMember(out, "program", data.program);
    writeMember(out, "lab", {{"title", data.title}, {"about", data.about}, {"seed", data.seed}});
    writeMember(out, "run",
                {{"passed", !data.hasFailed},
                 {"fingerprint", fmt::format("{:016x}", data.fingerprint)},
                 {"end_s", secondsOf(data.end)},
                 {"records", data.records},
                 {"expectations", verdictsJson(data)}});
    writeMember(out, "topology", topologyJson(data.drawing));
    out << "\"steps\": [";
    for (std::size_t i = 0; i < data.steps.size(); ++i) {
        out << (i == 0 ? "\n" : ",\n")
            << stepJson(data.steps[i], data.drawing).dump(1, ' ', false, Json::error_handler_t::replace);
    }
    out << "],\n";
    writeMember(out, "messages", messagesJson(data));
    writeMember(out, "losses", lossesJson(data));
    writeMember(out, "forwarding", forwardingJson(data), true);
    out << "}\n";
}

}  // namespace peerscape::report
