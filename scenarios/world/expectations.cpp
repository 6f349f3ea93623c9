// What each claim of a lab file means, looked at in the present state of the lab.
#include "scenarios/world/expectations.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "engine/base/text.hpp"
#include "engine/lab/forwarding_check.hpp"
#include "engine/lab/prober.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/config/running_config.hpp"
#include "scenarios/world/bgp_expectations.hpp"
#include "scenarios/world/json_subset.hpp"
#include "scenarios/world/origins.hpp"
#include "scenarios/world/path_match.hpp"

namespace peerscape {

namespace {

std::vector<std::string> namesOf(const std::vector<NameRef>& references) {
    std::vector<std::string> names;
    for (const NameRef& reference : references)
        names.push_back(reference.name);
    return names;
}

class Judge {
  public:
    Judge(const LabWorld& world, const Expectation& expectation, const StepSoFar& step)
        : world_(world), expectation_(expectation), step_(step) {}

    Finding operator()(const lab_expect::Converged&) const {
        Finding finding;
        finding.expected = expectation_.within
                               ? fmt::format("converged within {}", toString(*expectation_.within))
                               : "converged";
        if (!step_.convergence || !step_.convergence->isConverged) {
            finding.actual = "not converged";
            if (step_.convergence && step_.convergence->unsettled) {
                const auto& who = *step_.convergence->unsettled;
                finding.actual += fmt::format("; {} on {} still expects changes", protocolName(who.protocol),
                                              world_.nameOf(who.node));
            }
            return finding;
        }
        const Duration took = std::max(step_.convergence->lastChange, step_.begin) - step_.begin;
        finding.holds = !expectation_.within || took <= *expectation_.within;
        finding.actual = fmt::format("converged after {}", toString(took));
        return finding;
    }

    Finding operator()(const lab_expect::Oscillates&) const {
        Finding finding;
        finding.expected = "oscillates for ever";
        finding.holds = step_.oscillation != nullptr;
        if (finding.holds) {
            finding.actual =
                fmt::format("everything comes again every {}", toString(step_.oscillation->period()));
        } else if (step_.convergence && step_.convergence->isConverged) {
            finding.actual = "converged";
        } else {
            finding.actual = "not converged, but no state came again";
        }
        return finding;
    }

    Finding operator()(const lab_expect::Reaches& claim) const {
        Finding finding;
        finding.expected = fmt::format("{} reaches {}", claim.from.name, claim.to.text);
        if (!claim.path.empty())
            finding.expected += fmt::format(" by {}", fmt::join(namesOf(claim.path), ", "));
        if (!claim.via.empty())
            finding.expected += fmt::format(" via {}", fmt::join(namesOf(claim.via), ", "));
        if (!claim.avoids.empty())
            finding.expected += fmt::format(" avoiding {}", fmt::join(namesOf(claim.avoids), ", "));
        const Trip trip = travel(claim.from, claim.to, claim.source);
        finding.actual = trip.text;
        finding.holds = trip.arrives && (claim.path.empty() || matchesPath(namesOf(claim.path), trip.way));
        for (const NameRef& via : claim.via)
            finding.holds = finding.holds && std::count(trip.way.begin(), trip.way.end(), via.name) > 0;
        for (const NameRef& avoided : claim.avoids)
            finding.holds = finding.holds && std::count(trip.way.begin(), trip.way.end(), avoided.name) == 0;
        return finding;
    }

    Finding operator()(const lab_expect::Unreachable& claim) const {
        Finding finding;
        finding.expected = fmt::format("{} does not reach {}", claim.from.name, claim.to.text);
        if (claim.disposition) finding.expected += fmt::format(": {}", toString(*claim.disposition));
        const Trip trip = travel(claim.from, claim.to, claim.source);
        finding.actual = trip.text;
        finding.holds =
            !trip.arrives &&
            (!claim.disposition || *claim.disposition == trip.disposition ||
             (*claim.disposition == Disposition::TtlExceeded && trip.disposition == Disposition::Loop));
        return finding;
    }

    Finding operator()(const lab_expect::Route& claim) const {
        Finding finding;
        finding.expected = fmt::format("{} has a route to {}{}", claim.router.name, toString(claim.prefix),
                                       describeRoute(claim));
        const auto node = world_.nodeNamed(claim.router.name);
        if (!node) return unknownNode(finding, claim.router);
        const SelectedRoute route = world_.simulation().node(*node).rib.selected(claim.prefix);
        if (!route.exists()) {
            finding.actual = "no route";
            return finding;
        }
        finding.actual = describe(*node, route);
        finding.holds = fits(claim, *node, route);
        return finding;
    }

    Finding operator()(const lab_expect::NoLoops&) const {
        Finding finding;
        finding.expected = "no forwarding loop";
        const auto loops = findLoops(world_.simulation());
        finding.holds = loops.empty();
        finding.actual = loops.empty() ? "no loop" : describeLoop(loops.front());
        return finding;
    }

    Finding operator()(const lab_expect::NoBlackHoles&) const {
        Finding finding;
        finding.expected = "no black hole";
        const auto holes = findBlackHoles(world_.simulation());
        finding.holds = holes.empty();
        finding.actual = "none";
        if (!holes.empty()) {
            finding.actual = fmt::format("packets for {} end at {}: {}", toString(holes.front().destination),
                                         world_.nameOf(holes.front().at), toString(holes.front().reason));
        }
        return finding;
    }

    Finding operator()(const lab_expect::Lost& claim) const {
        Finding finding;
        finding.expected = "packets lost";
        if (claim.atLeast) finding.expected += fmt::format(", at least {}", *claim.atLeast);
        if (claim.atMost) finding.expected += fmt::format(", at most {}", *claim.atMost);
        const auto flows = world_.simulation().flows();
        std::uint64_t lost = 0;
        bool found = false;
        for (std::size_t i = 0; i < flows.size(); ++i) {
            if (!isMeant(claim, flows[i])) continue;
            found = true;
            const FlowCounters before =
                i < step_.flowsAtBegin.size() ? step_.flowsAtBegin[i] : FlowCounters{};
            lost += flows[i].counters.lost() - before.lost();
        }
        finding.actual = found ? fmt::format("{} lost", lost) : "no such flow is running";
        finding.holds =
            found && (!claim.atMost || lost <= *claim.atMost) && (!claim.atLeast || lost >= *claim.atLeast);
        return finding;
    }

    Finding operator()(const lab_expect::Show& claim) const {
        Finding finding;
        finding.expected = fmt::format("'{}' on {} shows what is claimed", claim.command, claim.router.name);
        const auto node = world_.nodeNamed(claim.router.name);
        if (!node) return unknownNode(finding, claim.router);
        const auto answer = world_.shell().run(world_.simulation(), *node, claim.command);
        if (!answer) {
            finding.actual = answer.error().message;
            return finding;
        }
        const std::string& text = answer->text;
        std::vector<std::string> wrong;
        if (claim.contains) {
            if (auto difference = jsonDifference(*claim.contains, text))
                wrong.push_back(std::move(*difference));
        }
        for (const std::string& line : claim.lines) {
            if (!hasLine(text, line)) wrong.push_back(fmt::format("there is no line '{}'", line));
        }
        for (const std::string& piece : claim.text) {
            if (text.find(piece) == std::string::npos)
                wrong.push_back(fmt::format("'{}' does not occur", piece));
        }
        for (const std::string& piece : claim.lacks) {
            if (text.find(piece) != std::string::npos) wrong.push_back(fmt::format("'{}' occurs", piece));
        }
        finding.holds = wrong.empty();
        finding.actual = wrong.empty() ? "as claimed" : fmt::format("{}", fmt::join(wrong, "; "));
        return finding;
    }

    Finding operator()(const lab_expect::Session& claim) const { return judgeSession(world_, claim); }
    Finding operator()(const lab_expect::Best& claim) const { return judgeBest(world_, claim); }

    Finding operator()(const lab_expect::Alarm& claim) const {
        Finding finding;
        finding.expected = fmt::format("an alarm: {}", toString(claim.prefix));
        if (claim.origin) finding.expected += fmt::format(" from AS {}", toString(*claim.origin));
        if (!claim.routers.empty())
            finding.expected += fmt::format(", believed by {}", fmt::join(namesOf(claim.routers), ", "));
        const auto alarms = originAlarms(world_);
        finding.actual = describeAlarms(alarms);
        finding.holds = std::ranges::any_of(alarms, [&](const OriginAlarm& alarm) {
            return alarm.prefix == claim.prefix && (!claim.origin || alarm.origin == *claim.origin) &&
                   std::ranges::all_of(claim.routers, [&](const NameRef& router) {
                       return std::ranges::any_of(alarm.believers, [&](const OriginAlarm::Believer& b) {
                           return world_.nameOf(b.router) == router.name;
                       });
                   });
        });
        return finding;
    }
    Finding operator()(const lab_expect::NoAlarms&) const {
        const auto alarms = originAlarms(world_);
        return {alarms.empty(), "what is watched comes from its own origins only", describeAlarms(alarms)};
    }

    /// Looks into RIP's own table, which also holds what RIP announces itself and what it is withdrawing.
    Finding operator()(const lab_expect::Rip& claim) const {
        Finding finding;
        finding.expected = fmt::format("RIP on {} has {}", claim.router.name, toString(claim.prefix));
        if (claim.metric) finding.expected += fmt::format(" with metric {}", *claim.metric);
        if (claim.from) finding.expected += fmt::format(" from {}", claim.from->name);
        const auto node = world_.nodeNamed(claim.router.name);
        if (!node) return unknownNode(finding, claim.router);
        const bool isV4 = claim.prefix.family() == Family::IPv4;
        const NodeState& state = world_.simulation().node(*node);
        const auto id = protocolNamed(isV4 ? "rip" : "ripng");
        const ProcessSlot* slot = id ? state.slotOf(*id) : nullptr;
        if (slot == nullptr) {
            finding.actual = isV4 ? "RIP does not run" : "RIPng does not run";
            return finding;
        }
        const ShowContext context{state.name, world_.lab().now(), state.interfaces, state.config.get(),
                                  slot->process.get()};
        std::vector<std::string> found;
        for (const auto& entry : nlohmann::json::parse(protocolById(*id)->stateJson(context))) {
            if (entry.at("prefix").get<std::string>() != toString(claim.prefix)) continue;
            const auto metric = entry.at("metric").get<std::uint32_t>();
            const auto from = IpAddress::parse(entry.at("from").get<std::string>());
            found.push_back(
                fmt::format("metric {}{}", metric, from ? " from " + describe(*from) : ", its own"));
            finding.holds = finding.holds || ((!claim.metric || metric == *claim.metric) &&
                                              (!claim.from || (from && isAt(*claim.from, *from))));
        }
        finding.actual = found.empty() ? "not in RIP's table" : fmt::format("{}", fmt::join(found, " and "));
        return finding;
    }

    Finding operator()(const lab_expect::Messages& claim) const {
        Finding finding;
        finding.expected = fmt::format("{} messages", claim.protocol);
        if (claim.router) finding.expected += fmt::format(" sent by {}", claim.router->name);
        if (claim.atLeast) finding.expected += fmt::format(", at least {}", *claim.atLeast);
        if (claim.atMost) finding.expected += fmt::format(", at most {}", *claim.atMost);
        const auto protocol = protocolNamed(claim.protocol);
        const std::uint64_t count = protocol ? messagesSent(*protocol, claim.router) : 0;
        finding.actual = fmt::format("{}", count);
        finding.holds = protocol && (!claim.atMost || count <= *claim.atMost) &&
                        (!claim.atLeast || count >= *claim.atLeast);
        return finding;
    }

    Finding operator()(const lab_expect::Config& claim) const {
        Finding finding;
        finding.expected = fmt::format("the running configuration of {} is as claimed", claim.router.name);
        const auto node = world_.nodeNamed(claim.router.name);
        if (!node) return unknownNode(finding, claim.router);
        const std::string text = showRunningConfig(*world_.simulation().node(*node).config);
        std::vector<std::string> wrong;
        for (const std::string& line : claim.contains) {
            if (!hasLine(text, line)) wrong.push_back(fmt::format("there is no line '{}'", line));
        }
        for (const std::string& line : claim.lacks) {
            if (hasLine(text, line)) wrong.push_back(fmt::format("there is a line '{}'", line));
        }
        finding.holds = wrong.empty();
        finding.actual = wrong.empty() ? "as claimed" : fmt::format("{}", fmt::join(wrong, "; "));
        return finding;
    }

  private:
    struct Trip {
        bool arrives = false;
        Disposition disposition = Disposition::NoReply;
        std::vector<std::string> way;  ///< names of nodes, the sender first
        std::string text;
    };

    Trip travel(const NameRef& from, const Destination& to, const std::optional<IpAddress>& source) const {
        const auto node = world_.nodeNamed(from.name);
        const auto address = world_.addressOf(to);
        Trip trip;
        if (!node || !address) {
            trip.text = "there is no such node or address";
            return trip;
        }
        const PingRequest echo{.from = *node, .to = *address, .source = source};
        const TracerouteRequest trace{.from = *node, .to = *address, .source = source};
        const PingResult answer = ping(world_.simulation(), std::span(&echo, 1)).front();
        const TracerouteResult hops = traceroute(world_.simulation(), std::span(&trace, 1)).front();
        trip.arrives = answer.isOk();
        trip.way = wayOf(world_.simulation(), *node, hops);
        trip.disposition = dispositionOf(answer, hops);
        const std::string outcome =
            trip.arrives ? std::string("reaches it") : std::string(toString(trip.disposition));
        trip.text = fmt::format("{}, way: {}", outcome, fmt::join(trip.way, ", "));
        return trip;
    }

    Finding unknownNode(Finding finding, const NameRef& name) const {
        finding.actual = fmt::format("there is no node '{}'", name.name);
        return finding;
    }

    std::string describeAlarms(const std::vector<OriginAlarm>& alarms) const {
        std::vector<std::string> texts;
        for (const OriginAlarm& alarm : alarms)
            texts.push_back(peerscape::describe(world_, alarm));
        return texts.empty() ? "no alarm" : fmt::format("{}", fmt::join(texts, "; "));
    }

    static bool hasLine(const std::string& text, std::string_view wanted) {
        for (const std::string_view line : split(text, '\n')) {
            if (trim(line) == trim(wanted)) return true;
        }
        return false;
    }

    std::string describeHop(NodeId node, const NextHop& hop) const {
        if (hop.kind == NextHop::Kind::Blackhole) return "blackhole";
        if (hop.kind == NextHop::Kind::Reject) return "reject";
        const auto& interfaces = world_.simulation().node(node).interfaces;
        const std::string out =
            hop.interface.isSome() ? interfaces[hop.interface.value()].name : std::string();
        if (hop.kind == NextHop::Kind::Interface) return "directly on " + out;
        return fmt::format("via {}{}", describe(hop.gateway), out.empty() ? "" : ", " + out);
    }
    /// "1.1.1.2 (B)".
    std::string describe(const IpAddress& address) const {
        const auto owner = ownerOf(world_.simulation(), address);
        return toString(address) + (owner ? " (" + world_.nameOf(*owner) + ")" : "");
    }
    std::string describeHops(NodeId node, std::span<const NextHop> hops) const {
        std::vector<std::string> texts;
        for (const NextHop& hop : hops)
            texts.push_back(describeHop(node, hop));
        return fmt::format("{}", fmt::join(texts, " and "));
    }
    std::string describe(NodeId node, const SelectedRoute& route) const {
        std::string text = fmt::format("{} [{}/{}] {}", protocolName(route.protocol), route.distance,
                                       route.metric, describeHops(node, spanOf(route.hops)));
        if (route.tag != 0) text += fmt::format(", tag {}", route.tag);
        return text;
    }
    static std::string describeRoute(const lab_expect::Route& claim) {
        std::string text;
        if (!claim.protocol.empty()) text += fmt::format(" by {}", claim.protocol);
        if (claim.distance) text += fmt::format(", distance {}", *claim.distance);
        if (claim.metric) text += fmt::format(", metric {}", *claim.metric);
        if (claim.tag) text += fmt::format(", tag {}", *claim.tag);
        if (!claim.via.empty()) text += fmt::format(", via {}", fmt::join(namesOf(claim.via), " and "));
        if (!claim.nextHops.empty())
            text += fmt::format(", next hops {}", fmt::join(namesOf(claim.nextHops), " and "));
        if (claim.nextHopCount) text += fmt::format(", {} next hops", *claim.nextHopCount);
        if (!claim.interface.empty()) text += fmt::format(", out of {}", claim.interface);
        return text;
    }
    std::string describeLoop(const ForwardingLoop& loop) const {
        std::vector<std::string> names;
        for (const NodeId node : loop.routers)
            names.push_back(world_.nameOf(node));
        return fmt::format("packets for {} go round {}", toString(loop.destination), fmt::join(names, ", "));
    }

    /// A next hop is named by its address, by its node, or by what it does ("blackhole", "reject").
    bool hopIs(const NameRef& name, const NextHop& hop) const {
        if (hop.kind == NextHop::Kind::Blackhole) return name.name == "blackhole" || name.name == "Null0";
        if (hop.kind == NextHop::Kind::Reject) return name.name == "reject";
        if (hop.kind != NextHop::Kind::Gateway) return name.name == "connected";
        return isAt(name, hop.gateway);
    }
    /// Whether an address is meant by its own text or by the name of its node.
    bool isAt(const NameRef& name, const IpAddress& address) const {
        if (const auto written = IpAddress::parse(name.name)) return address == *written;
        const auto owner = ownerOf(world_.simulation(), address);
        return owner && world_.nameOf(*owner) == name.name;
    }
    bool anyHopIs(const NameRef& name, std::span<const NextHop> hops) const {
        return std::any_of(hops.begin(), hops.end(), [&](const NextHop& hop) { return hopIs(name, hop); });
    }
    bool fits(const lab_expect::Route& claim, NodeId node, const SelectedRoute& route) const {
        if (!claim.protocol.empty() && protocolName(route.protocol) != claim.protocol) return false;
        if (claim.metric && route.metric != *claim.metric) return false;
        if (claim.distance && route.distance != *claim.distance) return false;
        if (claim.tag && route.tag != *claim.tag) return false;
        if (claim.nextHopCount && route.hops.size() != *claim.nextHopCount) return false;
        for (const NameRef& via : claim.via) {
            if (!anyHopIs(via, spanOf(route.hops))) return false;
        }
        if (!claim.nextHops.empty()) {
            if (route.hops.size() != claim.nextHops.size()) return false;
            for (const NameRef& hop : claim.nextHops) {
                if (!anyHopIs(hop, spanOf(route.hops))) return false;
            }
        }
        const auto& interfaces = world_.simulation().node(node).interfaces;
        return claim.interface.empty() ||
               std::any_of(route.hops.begin(), route.hops.end(), [&](const NextHop& hop) {
                   return hop.interface.isSome() && interfaces[hop.interface.value()].name == claim.interface;
               });
    }

    bool isMeant(const lab_expect::Lost& claim, const FlowState& flow) const {
        if (!claim.flow.empty()) return flow.name == claim.flow;
        if (claim.from && world_.nodeNamed(claim.from->name) != flow.from) return false;
        return !claim.to || world_.addressOf(*claim.to) == flow.to;
    }

    static std::uint64_t messagesIn(const Tally& tally, ProtocolId protocol, std::optional<NodeId> node) {
        const auto traffic = tally.sent.find(protocol);
        if (traffic == tally.sent.end()) return 0;
        if (!node) return traffic->second.messages;
        const auto& byNode = traffic->second.messagesOf;
        return node->value() < byNode.size() ? byNode[node->value()] : 0;
    }
    std::uint64_t messagesSent(ProtocolId protocol, const std::optional<NameRef>& router) const {
        const RecordLog& log = world_.lab().log();
        const auto node = router ? world_.nodeNamed(router->name) : std::nullopt;
        std::uint64_t count = step_.discarded == nullptr ? 0 : messagesIn(*step_.discarded, protocol, node);
        for (std::size_t i = log.positionOf(step_.firstRecord); i < log.kept().size(); ++i) {
            const auto* sent = std::get_if<record::PacketSent>(&log.kept()[i].what);
            if (sent != nullptr && sent->packet->owner == protocol && (!router || log.kept()[i].node == node))
                ++count;
        }
        return count;
    }

    const LabWorld& world_;
    const Expectation& expectation_;
    const StepSoFar& step_;
};

}  // namespace

Finding judge(const LabWorld& world, const Expectation& expectation, const StepSoFar& step) {
    Finding finding = std::visit(Judge(world, expectation, step), expectation.what);
    if (expectation.negated) {
        finding.holds = !finding.holds;
        finding.expected = "not: " + finding.expected;
    }
    return finding;
}

}  // namespace peerscape
