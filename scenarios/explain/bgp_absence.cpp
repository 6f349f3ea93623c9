#include "scenarios/explain/bgp_absence.hpp"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/lab/prober.hpp"
#include "protocols/bgp/session_remarks.hpp"
#include "scenarios/explain/bgp_paths.hpp"
#include "scenarios/explain/describe.hpp"

namespace peerscape {

namespace {

using bgp::BgpProcess;
using bgp::Peer;

constexpr std::size_t kMostEvents = 8;

std::string sessionText(const Evidence& evidence, const Peer& peer) {
    const bgp::Session& session = peer.session;
    if (session.isEstablished()) return fmt::format("Established since {}", toString(session.since()));
    return fmt::format("{}: {}", name(session.state()), session.reason(evidence.world.now()));
}

bool hasBestPath(const BgpProcess& process, const Prefix& prefix) {
    const bgp::Destination* destination = process.table(prefix.family()).find(prefix);
    return destination != nullptr && destination->bestPath() != nullptr;
}

/// From the node that lacks the path along its sessions, and on from those who lack it too.
class SessionWalk {
  public:
    SessionWalk(const Evidence& evidence, NodeId start, const Prefix& prefix)
        : evidence_(evidence), start_(start), prefix_(prefix), seen_{start}, waiting_{start} {}

    std::string text() {
        addMissingOrigin(start_, *bgpOf(evidence_, start_));
        while (!waiting_.empty()) {
            const NodeId node = waiting_.front();
            waiting_.pop_front();
            if (node != start_) without_.push_back(evidence_.nameOf(node));
            const BgpProcess* process = bgpOf(evidence_, node);
            for (const auto& [id, peer] : process->peers())
                inspect(node, peer);
            inspectStrangers(node, *process);
        }
        if (!without_.empty())
            text_ += fmt::format("  BGP has no path to it either on: {}.\n", fmt::join(without_, ", "));
        if (text_.empty()) text_ += "  It has no neighbor in BGP.\n";
        return std::move(text_);
    }

  private:
    template <typename... Arguments>
    void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
        text_ += "  " + fmt::format(format, std::forward<Arguments>(arguments)...) + "\n";
    }

    void inspect(NodeId node, const Peer& peer) {
        const auto other = ownerOf(evidence_.world, peer.address());
        const bool isDown = !peer.session.isEstablished();
        if (isDown && isNew(node, other))
            add("{} has no session with {}: {}.", evidence_.nameOf(node), nameOfPeer(evidence_, peer),
                sessionText(evidence_, peer));
        if (!isDown && !peer.families[prefix_.family()].isUp)
            add("{} and {} do not exchange this address family.", evidence_.nameOf(node),
                nameOfPeer(evidence_, peer));
        const BgpProcess* remote = other ? bgpOf(evidence_, *other) : nullptr;
        if (remote == nullptr) return;
        if (!hasBestPath(*remote, prefix_)) {
            if (seen_.insert(*other).second) {
                addMissingOrigin(*other, *remote);
                waiting_.push_back(*other);
            }
            return;
        }
        const auto link = linkFrom(evidence_, node, peer);
        if (isDown || !link) {
            add("{} has a path to it.", evidence_.nameOf(*other));
        } else if (const auto why = whatStopsPath(evidence_, *link, prefix_)) {
            add("{}", *why);
        } else {
            add("{} has a path to it and no rule keeps it from {}.", evidence_.nameOf(*other),
                evidence_.nameOf(node));
        }
    }

    /// Whoever wants a session with the node, which does not know it.
    void inspectStrangers(NodeId node, const BgpProcess& process) {
        const NodeState& state = evidence_.world.node(node);
        for (std::size_t i = 0; i < evidence_.topology().nodes().size(); ++i) {
            const NodeId other(static_cast<NodeId::Value>(i));
            const BgpProcess* remote = other == node ? nullptr : bgpOf(evidence_, other);
            if (remote == nullptr) continue;
            const NodeState& theirs = evidence_.world.node(other);
            const bool isKnown = std::ranges::any_of(process.peers(), [&](const auto& entry) {
                return hasAddress(theirs, entry.second.address());
            });
            for (const auto& [id, peer] : remote->peers()) {
                if (!isKnown && hasAddress(state, peer.address()) && isNew(node, other))
                    add("{} wants a session with {}, which has no such neighbor in its configuration.",
                        theirs.name, nameOfPeer(evidence_, peer));
            }
        }
    }

    /// Why BGP of a router that has the route, or a statement for it, has no path.
    void addMissingOrigin(NodeId node, const BgpProcess& process) {
        const auto& networks = process.config().families[prefix_.family()].networks;
        const SelectedRoute route = evidence_.world.node(node).rib.selected(prefix_);
        const std::string& who = evidence_.nameOf(node);
        if (networks.contains(prefix_) && !route.exists()) {
            add("{} has 'network {}', but no such route in its table, and announces only what it has.", who,
                toString(prefix_));
        } else if (route.exists() && route.protocol != bgp::kBgp) {
            add("{} has it ({}), but not in BGP: no network statement names it, and no redistribute "
                "statement "
                "takes it.",
                who, describe(route, evidence_.topology(), node));
        }
    }

    /// Each pair is spoken of once.
    bool isNew(NodeId a, std::optional<NodeId> b) { return !b || pairs_.insert(std::minmax(a, *b)).second; }

    const Evidence& evidence_;
    NodeId start_;
    const Prefix& prefix_;
    std::set<NodeId> seen_;
    std::deque<NodeId> waiting_;
    std::set<std::pair<NodeId, NodeId>> pairs_;
    std::vector<std::string> without_;
    std::string text_;
};

/// The last events that the node noted of its session with the address.
std::string eventsOf(const Evidence& evidence, NodeId node, const IpAddress& address) {
    std::vector<std::string> events;
    const auto& kept = evidence.log.kept();
    for (auto at = kept.rbegin(); at != kept.rend() && events.size() < kMostEvents; ++at) {
        const auto* noted = at->node == node ? std::get_if<record::Noted>(&at->what) : nullptr;
        const auto* remark =
            noted == nullptr ? nullptr : dynamic_cast<const bgp::SessionRemark*>(noted->remark.get());
        if (remark == nullptr || remark->facts().peer != address) continue;
        events.push_back(lineOf(at->time, fmt::format("{} (record {}).", remark->text(), at->id.value())));
    }
    std::string text;
    for (auto event = events.rbegin(); event != events.rend(); ++event)
        text += *event;
    return text;
}

const Peer* peerMeant(const Evidence& evidence, const BgpProcess& process, std::string_view neighbor) {
    if (const Peer* peer = process.peerNamed(neighbor)) return peer;
    if (const auto address = IpAddress::parse(neighbor)) return process.peerAt(*address);
    for (const auto& [id, peer] : process.peers()) {
        const auto owner = ownerOf(evidence.world, peer.address());
        if (owner && evidence.nameOf(*owner) == neighbor) return &peer;
    }
    return nullptr;
}

}  // namespace

std::string whyNoPath(const Evidence& evidence, NodeId node, const Prefix& prefix) {
    const BgpProcess* process = bgpOf(evidence, node);
    if (process == nullptr) return "";
    std::string text = decisionText(evidence, node, prefix);
    if (!text.empty()) return text;
    return fmt::format("In BGP, {} knows no path to it:\n", evidence.nameOf(node)) +
           SessionWalk(evidence, node, prefix).text();
}

Result<std::string> explainNeighbor(const Evidence& evidence, NodeId node, std::string_view neighbor) {
    const std::string& who = evidence.nameOf(node);
    const BgpProcess* process = bgpOf(evidence, node);
    if (process == nullptr) return failure(fmt::format("{} does not run BGP", who));
    const Peer* peer = peerMeant(evidence, *process, neighbor);
    if (peer == nullptr) return failure(fmt::format("{} has no neighbor '{}'", who, neighbor));
    std::string text = fmt::format("The session of {} with {} is {}.\n", who, nameOfPeer(evidence, *peer),
                                   sessionText(evidence, *peer));
    const auto other = ownerOf(evidence.world, peer->address());
    const auto link = linkFrom(evidence, node, *peer);
    if (link) {
        text +=
            fmt::format("For {} its session with {} is {}.\n", evidence.nameOf(link->speaker),
                        nameOfPeer(evidence, *link->toListener), sessionText(evidence, *link->toListener));
    } else if (!other) {
        text += fmt::format("No node of the lab has the address {}.\n", toString(peer->address()));
    } else if (bgpOf(evidence, *other) == nullptr) {
        text += fmt::format("{} does not run BGP.\n", evidence.nameOf(*other));
    } else {
        text += fmt::format("{} has no neighbor with an address of {}.\n", evidence.nameOf(*other), who);
    }
    const std::string events = eventsOf(evidence, node, peer->address());
    return text + (events.empty() ? "The log keeps no event of it.\n" : "What happened last:\n" + events);
}

}  // namespace peerscape
