#include "scenarios/explain/explain_route.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/explain/bgp_paths.hpp"
#include "scenarios/explain/carrier.hpp"
#include "scenarios/explain/causes.hpp"
#include "scenarios/explain/describe.hpp"
#include "scenarios/explain/silence.hpp"
#include "scenarios/explain/story.hpp"
#include "scenarios/explain/weighing.hpp"
#include "scenarios/explain/why_not.hpp"
#include "scenarios/shell/show_route.hpp"

namespace peerscape {

namespace {

/// Rule by rule as the RIB chooses, the first one that decides (see Rib::chooseBest).
std::string whyNotSelected(const Evidence& evidence, NodeId node, const RibRoute& route,
                           const RibRoute* selected) {
    const NodeState& state = evidence.world.node(node);
    if (!route.active.isSome()) {
        for (const NextHop& hop : state.rib.hops(route.offered)) {
            if (hop.interface.isSome() && !state.interfaces[hop.interface.value()].isUp())
                return fmt::format("its interface {} is down",
                                   interfaceName(evidence.topology(), node, hop.interface));
            if (hop.kind == NextHop::Kind::Gateway && !state.rib.resolve(hop.gateway).isReachable)
                return fmt::format("its next hop {} cannot be reached", toString(hop.gateway));
        }
        return "none of its next hops can be used";
    }
    if (route.distance == kUnreachableDistance) return "a distance of 255 is never believed";
    if (selected == nullptr) return "the table has not settled";
    if (selected->protocol == kConnected && route.protocol != kConnected)
        return "a connected network comes before every other route";
    if (route.distance != selected->distance)
        return fmt::format("its distance {} is higher than {}", route.distance, selected->distance);
    if (route.metric != selected->metric)
        return fmt::format("its metric {} is higher than {}", route.metric, selected->metric);
    return "the selected one is older, or on a loopback";
}

SelectedRoute asSelected(const Rib& rib, const RibRoute& route) {
    const auto hops = rib.hops(route.offered);
    return {route.protocol, route.slot, route.distance, route.metric, route.tag, {hops.begin(), hops.end()}};
}

/// The loss that made room for the present route, as a story; empty when there was none.
std::string whatWentBefore(const Evidence& evidence, const Record& change) {
    const RibChange& present = *std::get<record::RouteChanged>(change.what).change;
    const Record* before = lastRouteChange(evidence.log, change.node, present.prefix, change.id);
    if (before == nullptr || present.before.exists()) return "";
    const bool isSameOccasion = before->cause == change.cause && before->time == change.time;
    if (isSameOccasion) {
        return fmt::format("Before that it had another route and lost it:\n{}And now:\n",
                           lineOf(before->time, describe(*before, evidence.topology())));
    }
    return fmt::format("Before that it had another route and lost it:\n{}And now:\n",
                       tell(evidence, storyOf(evidence, *before, present.prefix)));
}

/// What the protocol was told by those whose route it did not take.
std::string otherOffers(const Evidence& evidence, const Carrier& carrier, NodeId node, const Prefix& prefix) {
    const Process* process = evidence.processOf(node, carrier.protocol(prefix.family()));
    if (process == nullptr) return "";
    const SimTime now = evidence.world.now();
    const auto timeout = carrier.timeout(*process);
    const SimTime since = timeout && now.sinceStart() > *timeout ? now - *timeout : SimTime::start();
    std::string text;
    for (const Hearing& heard : latestNews(carrier, evidence.log, node, prefix, since)) {
        if (carrier.holdsFrom(*process, prefix, heard.interface, heard.from)) continue;
        const bool isTakenBack = !timeout && !heard.news.isReachable;
        if (isTakenBack) continue;
        const auto neighbor = neighborAt(evidence, {node, heard.interface}, heard.from);
        const std::string who = neighbor ? evidence.nameOf(neighbor->node) : toString(heard.from);
        const Process* speaker =
            neighbor ? evidence.processOf(neighbor->node, carrier.protocol(prefix.family())) : nullptr;
        auto reasons = carrier.reasonsAgainstLearning(*process, evidence.envOf(node), heard.interface,
                                                      heard.from, heard.news, prefix);
        if (!evidence.world.node(node).interfaces[heard.interface.value()].isUp())
            reasons.insert(reasons.begin(), "that interface is down now");
        text +=
            lineOf(heard.record->time, fmt::format("{} offered it on {} with {}{}.", who,
                                                   interfaceName(evidence.topology(), node, heard.interface),
                                                   carrier.metricText(heard.news, speaker),
                                                   reasons.empty() ? "" : ": " + joinReasons(reasons)));
    }
    return text;
}

}  // namespace

std::string rowsOf(const Evidence& evidence, NodeId node, const Prefix& prefix) {
    const ShellContext context{evidence.world, node, protocols()};
    const PrefixView view = viewPrefix(context, prefix);
    const std::string table = printRoutes(prefix.family(), {&view, 1}, evidence.world.now(), false);
    // The legend ends with an empty line.
    const std::size_t legend = table.find("\n\n");
    return legend == std::string::npos ? "" : table.substr(legend + 2);
}

std::string otherRoutes(const Evidence& evidence, NodeId node, const Prefix& prefix) {
    const Rib& rib = evidence.world.node(node).rib;
    const auto routes = rib.routes(prefix);
    const auto best =
        std::ranges::find_if(routes, [&](const RibRoute* r) { return rib.isSelected(prefix, *r); });
    const RibRoute* selected = best == routes.end() ? nullptr : *best;
    std::string text;
    for (const RibRoute* route : routes) {
        if (route == selected) continue;
        text += lineOf(route->since, fmt::format("Not selected: {}: {}.",
                                                 describe(asSelected(rib, *route), evidence.topology(), node),
                                                 whyNotSelected(evidence, node, *route, selected)));
    }
    return text;
}

/// What is to be said of a selected route whose process is away, or has not got so far yet.
std::string whyItStays(const Evidence& evidence, NodeId node, const Prefix& prefix) {
    const NodeState& state = evidence.world.node(node);
    const auto routes = state.rib.routes(prefix);
    const RibRoute& selected = *routes.front();
    const auto until = state.retainedUntil.find(selected.protocol);
    if (until == state.retainedUntil.end() || !state.rib.isRetained(prefix, selected)) return "";
    const bool isBack = state.slotOf(selected.protocol) != nullptr;
    return fmt::format(
        "It stays from before {} was restarted: {}, and at {} it goes unless announced again.\n",
        protocolName(selected.protocol),
        isBack ? "the new process has not announced it yet" : "the process is away", toString(until->second));
}

std::string howItWasLost(const Evidence& evidence, NodeId node, const Prefix& prefix) {
    const Record* change = lastRouteChange(evidence.log, node, prefix, RecordId(evidence.log.count()));
    if (change == nullptr) return "";
    if (std::get<record::RouteChanged>(change->what).change->after.exists()) return "";
    return tell(evidence, storyOf(evidence, *change, prefix));
}

std::string explainRoute(const Evidence& evidence, NodeId node, const Prefix& prefix) {
    const NodeState& state = evidence.world.node(node);
    if (!state.rib.selected(prefix).exists()) return whyNot(evidence, node, prefix);
    const Record* change = lastRouteChange(evidence.log, node, prefix, RecordId(evidence.log.count()));
    std::string text;
    if (change == nullptr) {
        text = "The log no longer keeps how it came.\n";
    } else {
        const auto story = storyOf(evidence, *change, prefix);
        if (!isRoot(*story.front().record)) text += "The log keeps only the end of the story.\n";
        text += whatWentBefore(evidence, *change);
        text += tell(evidence, story);
    }
    text += fmt::format("The table of {} now:\n{}", state.name, rowsOf(evidence, node, prefix));
    text += whyItStays(evidence, node, prefix);
    std::string others = otherRoutes(evidence, node, prefix);
    for (const Carrier* carrier : carriers())
        others += otherOffers(evidence, *carrier, node, prefix);
    if (!others.empty()) text += "What else it knows of it:\n" + others;
    return text + weighing(evidence, node, prefix) + decisionText(evidence, node, prefix);
}

}  // namespace peerscape
