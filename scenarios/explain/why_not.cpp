#include "scenarios/explain/why_not.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "protocols/rip/process.hpp"
#include "protocols/static_routes/config.hpp"
#include "scenarios/explain/bgp_absence.hpp"
#include "scenarios/explain/config_origin.hpp"
#include "scenarios/explain/describe.hpp"
#include "scenarios/explain/explain_route.hpp"
#include "scenarios/explain/passage.hpp"
#include "scenarios/explain/weighing.hpp"

namespace peerscape {

namespace {

bool hasRoute(const Evidence& evidence, NodeId node, const Prefix& prefix) {
    return evidence.world.node(node).rib.selected(prefix).exists();
}

/// Why a configured static route is not offered to the table.
std::string whyStaticIsIdle(const NodeState& state, const static_routes::StaticHop& hop) {
    if (!hop.interface.empty()) {
        const auto found = std::ranges::find(state.interfaces, hop.interface, &InterfaceState::name);
        if (found == state.interfaces.end()) return fmt::format("there is no interface {}", hop.interface);
        if (!found->isUp()) return fmt::format("its interface {} is down", hop.interface);
        if (hop.gateway)
            return fmt::format("{} is not on a network of {}", toString(*hop.gateway), hop.interface);
    }
    if (hop.gateway && state.isLocal(*hop.gateway))
        return fmt::format("its next hop {} is the router itself", toString(*hop.gateway));
    if (hop.gateway) return fmt::format("its next hop {} cannot be reached", toString(*hop.gateway));
    return "its process does not run";
}

/// Static routes of the prefix that stand in the configuration.
std::string idleStaticRoutes(const Evidence& evidence, NodeId node, const Prefix& prefix) {
    const NodeState& state = evidence.world.node(node);
    const auto found = state.config->processes.find(static_routes::kStatic);
    if (found == state.config->processes.end()) return "";
    const auto* config = dynamic_cast<const static_routes::StaticConfig*>(found->second.get());
    if (config == nullptr) return "";
    std::string text;
    for (const auto& [key, route] : config->routes()) {
        if (route.prefix != prefix) continue;
        const auto origin = lineOfStaticRoute(evidence, node, prefix, route.distance);
        for (const static_routes::StaticHop& hop : route.hops) {
            const std::string why = state.stopped.contains(static_routes::kStatic)
                                        ? std::string("its process was stopped")
                                        : whyStaticIsIdle(state, hop);
            text += fmt::format("  Its static route {}is not used: {}.\n",
                                origin ? toString(*origin) + " " : std::string(), why);
        }
    }
    return text;
}

/// The nodes without the route around the one that is asked about, nearest first, and the passages into them
/// from nodes that have it.
class Frontier {
  public:
    Frontier(const Evidence& evidence, NodeId start, const Prefix& prefix) {
        std::set<NodeId> seen{start};
        std::deque<NodeId> waiting{start};
        while (!waiting.empty()) {
            const NodeId to = waiting.front();
            waiting.pop_front();
            if (to != start) without_.push_back(to);
            const auto& interfaces = evidence.topology().node(to).interfaces;
            for (std::size_t i = 0; i < interfaces.size(); ++i) {
                const InterfaceRef at{to, InterfaceId(static_cast<InterfaceId::Value>(i))};
                if (!interfaces[i].segment.isSome()) continue;
                for (const InterfaceRef end : evidence.topology().segment(interfaces[i].segment).ends) {
                    if (end.node == to) continue;
                    if (hasRoute(evidence, end.node, prefix)) {
                        passages_.push_back({interfaces[i].segment, end, at});
                    } else if (seen.insert(end.node).second &&
                               evidence.topology().node(end.node).kind == NodeKind::Router) {
                        waiting.push_back(end.node);
                    }
                }
            }
        }
    }

    const std::vector<NodeId>& without() const { return without_; }
    const std::vector<Passage>& passages() const { return passages_; }

  private:
    std::vector<NodeId> without_;
    std::vector<Passage> passages_;
};

std::string neighborsText(const Evidence& evidence, NodeId node, const Prefix& prefix) {
    const Frontier frontier(evidence, node, prefix);
    std::string text;
    for (const Passage& passage : frontier.passages()) {
        if (isLeftToBgp(evidence, passage, prefix)) continue;
        const SelectedRoute route = evidence.world.node(passage.from.node).rib.selected(prefix);
        text += fmt::format(
            "  {} has it ({}), and it stops on the way to {} over {}:\n", evidence.nameOf(passage.from.node),
            describe(route, evidence.topology(), passage.from.node), evidence.nameOf(passage.to.node),
            evidence.topology().segment(passage.segment).name);
        for (const std::string& sentence : whatStopsNews(evidence, passage, prefix))
            text += fmt::format("    {}\n", sentence);
    }
    if (!frontier.without().empty()) {
        std::vector<std::string> names;
        for (const NodeId other : frontier.without())
            names.push_back(evidence.nameOf(other));
        text += fmt::format("  Routers around it that have no route either: {}.\n", fmt::join(names, ", "));
    }
    if (frontier.passages().empty()) text += "  No node of the lab that it is cabled to has the route.\n";
    return text;
}

/// What RIP itself still holds of it.
std::string ripGarbage(const Evidence& evidence, NodeId node, const Prefix& prefix) {
    const rip::RipProcess* process =
        evidence.processOf<rip::RipProcess>(node, rip::protocolOf(prefix.family()));
    const rip::Route* held = process == nullptr ? nullptr : process->table().find(prefix);
    if (held == nullptr || !held->metric.isInfinite()) return "";
    return fmt::format("  {} holds it with metric 16, out of reach, and forgets it at {}.\n",
                       titleOf(rip::protocolOf(prefix.family())), toString(held->deadline));
}

}  // namespace

std::string joinReasons(std::span<const std::string> reasons) {
    return fmt::format("{}", fmt::join(reasons, "; and "));
}

std::string whyNot(const Evidence& evidence, NodeId node, const Prefix& prefix) {
    const std::string& name = evidence.nameOf(node);
    if (hasRoute(evidence, node, prefix))
        return fmt::format("{} has a route to {}:\n{}", name, toString(prefix),
                           rowsOf(evidence, node, prefix));
    std::string text = fmt::format("{} has no route to {}.\n", name, toString(prefix));
    if (const std::string lost = howItWasLost(evidence, node, prefix); !lost.empty())
        text += "How it was lost:\n" + lost;
    text += "Why there is none now:\n";
    text += otherRoutes(evidence, node, prefix);
    text += idleStaticRoutes(evidence, node, prefix);
    text += ripGarbage(evidence, node, prefix);
    return text + neighborsText(evidence, node, prefix) + weighing(evidence, node, prefix) +
           whyNoPath(evidence, node, prefix);
}

std::string whyNot(const Evidence& evidence, NodeId node, const IpAddress& address) {
    const Rib& rib = evidence.world.node(node).rib;
    if (const auto match = rib.match(address))
        return fmt::format("{} has a route to {}:\n{}", evidence.nameOf(node), toString(address),
                           rowsOf(evidence, node, *match));
    std::optional<Prefix> longest;
    for (std::size_t i = 0; i < evidence.topology().nodes().size(); ++i) {
        const auto match = evidence.world.node(NodeId(static_cast<NodeId::Value>(i))).rib.match(address);
        if (match && (!longest || match->length() > longest->length())) longest = match;
    }
    if (longest) return whyNot(evidence, node, *longest);
    return fmt::format("{} has no route to {}, and neither has any other node of the lab.\n",
                       evidence.nameOf(node), toString(address));
}

}  // namespace peerscape
