#include "scenarios/world/bgp_expectations.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/lab/prober.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/policy/communities.hpp"

namespace peerscape {

namespace {

using bgp::BgpProcess;
using bgp::Path;
using bgp::Peer;

/// One router's BGP, and the names of the lab.
class Speaker {
  public:
    Speaker(const LabWorld& world, const NameRef& router) : world_(world) {
        const auto node = world.nodeNamed(router.name);
        if (!node) {
            absence_ = fmt::format("there is no node '{}'", router.name);
            return;
        }
        node_ = *node;
        const ProcessSlot* slot = world.simulation().node(*node).slotOf(bgp::kBgp);
        process_ = slot == nullptr ? nullptr : dynamic_cast<const BgpProcess*>(slot->process.get());
        if (process_ == nullptr) absence_ = "BGP does not run";
    }

    const BgpProcess* process() const { return process_; }
    /// Why there is none.
    const std::string& absence() const { return absence_; }

    /// Whether an address is meant by its own text or by the name of its node.
    bool isAt(const NameRef& name, const IpAddress& address) const {
        if (const auto written = IpAddress::parse(name.name)) return address == *written;
        const auto owner = ownerOf(world_.simulation(), address);
        return owner && world_.nameOf(*owner) == name.name;
    }
    /// A neighbour by interface is whoever is at the other end, also before it has said so.
    bool isAt(const NameRef& name, const Peer& peer) const {
        if (peer.name() == name.name || isAt(name, peer.address())) return true;
        const Topology& topology = world_.simulation().topology();
        const auto own = topology.interfaceNamed(world_.nameOf(node_) + ":" + peer.key.interface);
        if (!peer.isUnnumbered() || peer.isLocated() || !own) return false;
        const SegmentId segment = topology.interface(*own).segment;
        if (!segment.isSome()) return false;
        return std::ranges::any_of(topology.segment(segment).ends, [&](const InterfaceRef& end) {
            return end != *own && world_.nameOf(end.node) == name.name;
        });
    }
    /// "10.0.0.2 (B)".
    std::string describe(const IpAddress& address) const {
        const auto owner = ownerOf(world_.simulation(), address);
        return toString(address) + (owner ? " (" + world_.nameOf(*owner) + ")" : "");
    }

    std::string sessionText(const Peer& peer) const {
        const bgp::Session& session = peer.session;
        if (session.isEstablished()) return "Established";
        return fmt::format("{}: {}", name(session.state()), session.reason(world_.lab().now()));
    }

    /// "AS path 65002 65004, next hop 10.0.0.2 (B), local preference 100, MED 5, origin igp, from 10.0.0.2
    /// (B)".
    std::string describe(const Path& path) const {
        const bgp::PathAttributes& attributes = *path.attributes;
        const std::string asPath = attributes.asPath->text();
        std::string text = asPath.empty() ? "an empty AS path" : "AS path " + asPath;
        if (!path.isLocal()) text += fmt::format(", next hop {}", describe(nextHopOf(path)));
        text += fmt::format(", local preference {}", localPreferenceOf(path));
        if (attributes.med) text += fmt::format(", MED {}", *attributes.med);
        text += fmt::format(", origin {}", name(attributes.origin));
        const std::string communities = fmt::format("{}", fmt::join(communitiesOf(path), " "));
        if (!communities.empty()) text += fmt::format(", communities {}", communities);
        return text + (path.isLocal() ? ", its own" : ", from " + describe(process_->factsOf(path).address));
    }
    IpAddress nextHopOf(const Path& path) const { return process_->nextHops()[path.nextHop].value.address; }
    std::uint32_t localPreferenceOf(const Path& path) const {
        return path.attributes->localPreference.value_or(process_->config().defaultLocalPreference);
    }
    static std::vector<std::string> communitiesOf(const Path& path) {
        std::vector<std::string> texts;
        for (const bgp::Community community : *path.attributes->communities)
            texts.push_back(bgp::community::text(community));
        for (const bgp::LargeCommunity& community : path.attributes->rare->largeCommunities)
            texts.push_back(policy::textOf(community));
        return texts;
    }

    bool fits(const lab_expect::Best& claim, const Path& path) const {
        const bgp::PathAttributes& attributes = *path.attributes;
        if (claim.asPath && *claim.asPath != attributes.asPath->text()) return false;
        if (claim.nextHop && (path.isLocal() || !isAt(*claim.nextHop, nextHopOf(path)))) return false;
        if (claim.neighbor && (path.isLocal() || !isAt(*claim.neighbor, process_->factsOf(path).address)))
            return false;
        if (claim.localPreference && *claim.localPreference != localPreferenceOf(path)) return false;
        if (claim.med && attributes.med != *claim.med) return false;
        if (!claim.origin.empty() && claim.origin != name(attributes.origin)) return false;
        const auto held = communitiesOf(path);
        return std::ranges::all_of(claim.communities, [&](const std::string& wanted) {
            return std::ranges::find(held, wanted) != held.end();
        });
    }

    /// What is wrong with a claim that a neighbour's path lost; nothing when it did lose there.
    std::optional<std::string> contradiction(const bgp::Destination& destination,
                                             const lab_expect::Best::Loser& loser) const {
        std::vector<std::string> found;
        for (const Path& path : destination.paths) {
            if (path.isLocal() || !isAt(loser.neighbor, process_->factsOf(path).address)) continue;
            if (&path != destination.bestPath() && nameOf(path.lostBy) == loser.step) return std::nullopt;
            found.push_back(
                &path == destination.bestPath()
                    ? fmt::format("the path from {} is the best one", loser.neighbor.name)
                    : fmt::format("the path from {} lost by {}", loser.neighbor.name, nameOf(path.lostBy)));
        }
        if (found.empty()) return fmt::format("there is no path from {}", loser.neighbor.name);
        return fmt::format("{}", fmt::join(found, " and "));
    }

  private:
    const LabWorld& world_;
    NodeId node_;
    const BgpProcess* process_ = nullptr;
    std::string absence_;
};

std::string describe(const lab_expect::Best& claim) {
    std::string text;
    if (claim.asPath) text += claim.asPath->empty() ? ", an empty AS path" : ", AS path " + *claim.asPath;
    if (claim.nextHop) text += ", next hop " + claim.nextHop->name;
    if (claim.localPreference) text += fmt::format(", local preference {}", *claim.localPreference);
    if (claim.med) text += fmt::format(", MED {}", *claim.med);
    if (!claim.origin.empty()) text += ", origin " + claim.origin;
    if (!claim.communities.empty())
        text += fmt::format(", communities {}", fmt::join(claim.communities, " "));
    if (claim.neighbor) text += ", from " + claim.neighbor->name;
    for (const lab_expect::Best::Loser& loser : claim.lost)
        text += fmt::format(", while the path from {} lost by {}", loser.neighbor.name, loser.step);
    return text.empty() ? "" : ":" + text.substr(1);
}

}  // namespace

Finding judgeSession(const LabWorld& world, const lab_expect::Session& claim) {
    Finding finding;
    finding.expected =
        fmt::format("the session of {} with {} is {}", claim.router.name, claim.neighbor.name, claim.state);
    if (!claim.reason.empty()) finding.expected += fmt::format(" because '{}'", claim.reason);
    const Speaker speaker(world, claim.router);
    finding.actual = speaker.absence();
    if (speaker.process() == nullptr) return finding;
    std::vector<std::string> found;
    for (const auto& [id, peer] : speaker.process()->peers()) {
        if (!speaker.isAt(claim.neighbor, peer)) continue;
        found.push_back(speaker.sessionText(peer));
        const std::string reason = peer.session.reason(world.lab().now());
        finding.holds =
            finding.holds || (name(peer.session.state()) == claim.state &&
                              (claim.reason.empty() || reason.find(claim.reason) != std::string::npos));
    }
    finding.actual = found.empty() ? fmt::format("{} is no neighbor that is configured", claim.neighbor.name)
                                   : fmt::format("{}", fmt::join(found, " and "));
    return finding;
}

Finding judgeBest(const LabWorld& world, const lab_expect::Best& claim) {
    Finding finding;
    finding.expected =
        fmt::format("{} has a best path to {}{}", claim.router.name, toString(claim.prefix), describe(claim));
    const Speaker speaker(world, claim.router);
    finding.actual = speaker.absence();
    if (speaker.process() == nullptr) return finding;
    const bgp::Destination* destination = speaker.process()->table(claim.prefix.family()).find(claim.prefix);
    const Path* best = destination == nullptr ? nullptr : destination->bestPath();
    if (best == nullptr) {
        finding.actual = destination == nullptr || destination->paths.empty()
                             ? "no path"
                             : fmt::format("no path that can be used, of {}", destination->paths.size());
        return finding;
    }
    finding.actual = speaker.describe(*best);
    finding.holds = speaker.fits(claim, *best);
    for (const lab_expect::Best::Loser& loser : claim.lost) {
        const auto wrong = speaker.contradiction(*destination, loser);
        if (!wrong) continue;
        finding.holds = false;
        finding.actual += "; " + *wrong;
    }
    return finding;
}

}  // namespace peerscape
