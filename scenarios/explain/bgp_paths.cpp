#include "scenarios/explain/bgp_paths.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/lab/prober.hpp"
#include "protocols/bgp/decision.hpp"
#include "protocols/bgp/verdicts.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/explain/bgp_values.hpp"

namespace peerscape {

namespace {

using bgp::BgpProcess;
using bgp::Candidate;
using bgp::DecisionStep;
using bgp::Path;
using bgp::PathSource;
using bgp::Peer;

std::string asPathText(const bgp::PathAttributes& attributes) {
    const std::string text = attributes.asPath->text();
    return text.empty() ? "an empty AS path" : "AS path " + text;
}

/// The paths of one destination, and the values by which they are compared.
class Decision {
  public:
    Decision(const Evidence& evidence, NodeId node, const Prefix& prefix, const BgpProcess& process,
             const bgp::Destination& destination)
        : evidence_(evidence), node_(node), prefix_(prefix), process_(process), destination_(destination) {}

    std::string text() const {
        const std::size_t count = destination_.paths.size();
        std::string text = fmt::format("How BGP of {} chooses ({} path{}):\n", evidence_.nameOf(node_), count,
                                       count == 1 ? "" : "s");
        if (const Path* best = destination_.bestPath()) text += lineOf(*best);
        for (const Path& path : destination_.paths) {
            if (&path != destination_.bestPath()) text += lineOf(path);
        }
        return text + missing();
    }

  private:
    std::string lineOf(const Path& path) const {
        const bgp::PathAttributes& attributes = *path.attributes;
        std::string text = fmt::format("  {}: {}", sourceOf(path), asPathText(attributes));
        if (!path.isLocal()) text += fmt::format(", next hop {}", toString(nextHopOf(path)));
        text += fmt::format(", since {}", toString(path.since));
        if (path.cause.isSome()) text += fmt::format(" (record {})", path.cause.value());
        return text + ": " + verdict(path) + ".\n";
    }
    std::string sourceOf(const Path& path) const {
        switch (path.source) {
            case PathSource::Network:
                return "its own, by a network statement";
            case PathSource::Redistributed:
                return fmt::format("its own, redistributed from {}", protocolName(path.protocol));
            case PathSource::Aggregate:
                return "its own aggregate";
            case PathSource::Neighbor:
                break;
        }
        const auto peer = process_.peers().find(path.peer);
        return "from " + (peer == process_.peers().end() ? toString(process_.factsOf(path).address)
                                                         : nameOfPeer(evidence_, peer->second));
    }
    IpAddress nextHopOf(const Path& path) const { return process_.nextHops()[path.nextHop].value.address; }

    std::string verdict(const Path& path) const {
        if (&path == destination_.bestPath()) return "the best one";
        if (!process_.isValid(path)) return whyInvalid(path);
        const Path* best = destination_.bestPath();
        if (best == nullptr || path.lostBy == DecisionStep::None) return "not judged yet";
        const Family family = prefix_.family();
        const std::string mine = valueAt(process_, family, path.lostBy, path);
        const std::string values = mine.empty() ? ""
                                                : fmt::format(" ({} against {})", mine,
                                                              valueAt(process_, family, path.lostBy, *best));
        return fmt::format("lost at the step {}: {}{}{}", nameOf(path.lostBy), sentenceOf(path.lostBy),
                           values, path.isMultipath ? "; used beside the best one all the same" : "");
    }

    std::string whyInvalid(const Path& path) const {
        const bgp::NextHopTable::Entry& hop = process_.nextHops()[path.nextHop];
        if (path.isDamped) return "cannot be used: it flaps, and is damped";
        if (!path.isLocal() && !hop.isReachable) {
            const std::string address = toString(hop.value.address);
            return fmt::format(
                "cannot be used: {} has no route to its next hop {} ('why-not {} {}' says why)",
                evidence_.nameOf(node_), address, evidence_.nameOf(node_), address);
        }
        return "cannot be used: what it hangs on is not there";
    }

    /// Neighbours who have a path, while the table has none from them.
    std::string missing() const {
        std::string text;
        for (const auto& [id, peer] : process_.peers()) {
            const auto isFrom = [&](const Path& path) { return path.peer == id; };
            if (!peer.session.isEstablished() || std::ranges::any_of(destination_.paths, isFrom)) continue;
            const auto link = linkFrom(evidence_, node_, peer);
            const auto why = link ? whatStopsPath(evidence_, *link, prefix_) : std::nullopt;
            if (why) text += fmt::format("  none from {}: {}\n", nameOfPeer(evidence_, peer), *why);
        }
        return text;
    }

    const Evidence& evidence_;
    NodeId node_;
    const Prefix& prefix_;
    const BgpProcess& process_;
    const bgp::Destination& destination_;
};

}  // namespace

bool hasAddress(const NodeState& node, const IpAddress& address) {
    return node.isLocal(address) || std::ranges::any_of(node.interfaces, [&](const InterfaceState& i) {
               return i.linkLocal == address;
           });
}

const BgpProcess* bgpOf(const Evidence& evidence, NodeId node) {
    return evidence.processOf<BgpProcess>(node, bgp::kBgp);
}

std::string nameOfPeer(const Evidence& evidence, const Peer& peer) {
    const auto owner = ownerOf(evidence.world, peer.address());
    return owner ? fmt::format("{} ({})", evidence.nameOf(*owner), peer.name()) : peer.name();
}

std::optional<BgpLink> linkFrom(const Evidence& evidence, NodeId listener, const Peer& speaker) {
    const auto owner = ownerOf(evidence.world, speaker.address());
    const BgpProcess* speaking = owner ? bgpOf(evidence, *owner) : nullptr;
    if (speaking == nullptr) return std::nullopt;
    const NodeState& state = evidence.world.node(listener);
    const Peer* best = nullptr;
    for (const auto& [id, peer] : speaking->peers()) {
        if (!hasAddress(state, peer.address())) continue;
        const bool isBetter =
            best == nullptr || (peer.session.isEstablished() && !best->session.isEstablished());
        if (isBetter) best = &peer;
    }
    if (best == nullptr) return std::nullopt;
    return BgpLink{*owner, listener, speaking, bgpOf(evidence, listener), best, &speaker};
}

std::optional<std::string> whatStopsPath(const Evidence& evidence, const BgpLink& link,
                                         const Prefix& prefix) {
    const Family family = prefix.family();
    const bgp::Destination* destination = link.speaking->table(family).find(prefix);
    const Path* best = destination == nullptr ? nullptr : destination->bestPath();
    if (best == nullptr) return std::nullopt;
    const std::string& speaker = evidence.nameOf(link.speaker);
    const std::string& listener = evidence.nameOf(link.listener);
    const auto told =
        link.speaking->exportTo(evidence.envOf(link.speaker), *link.toListener, family, prefix, *best);
    if (!told.isTold())
        return fmt::format("{} has it ({}) and does not tell {}: {}.", speaker, asPathText(*best->attributes),
                           listener, sentenceOf(told));
    const auto taken = link.listening->import(evidence.envOf(link.listener), *link.fromSpeaker, family,
                                              prefix, told.attributes, told.nextHop);
    if (taken.isAccepted()) return std::nullopt;
    return fmt::format("{} tells it with {}, and {} refuses it: {}.", speaker, asPathText(*told.attributes),
                       listener, sentenceOf(taken));
}

std::string decisionText(const Evidence& evidence, NodeId node, const Prefix& prefix) {
    const BgpProcess* process = bgpOf(evidence, node);
    const bgp::Destination* destination =
        process == nullptr ? nullptr : process->table(prefix.family()).find(prefix);
    if (destination == nullptr || destination->paths.empty()) return "";
    return Decision(evidence, node, prefix, *process, *destination).text();
}

}  // namespace peerscape
