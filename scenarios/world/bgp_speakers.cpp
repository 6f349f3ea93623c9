#include "scenarios/world/bgp_speakers.hpp"

#include <algorithm>
#include <utility>

#include "protocols/bgp/process_config.hpp"

namespace peerscape {

BgpSpeakers::BgpSpeakers(const Simulation& world) {
    for (std::size_t i = 0; i < world.topology().nodes().size(); ++i) {
        const NodeId node(static_cast<NodeId::Value>(i));
        const auto& processes = world.node(node).config->processes;
        const auto found = processes.find(bgp::kBgp);
        if (found == processes.end()) continue;
        const auto* config = dynamic_cast<const bgp::BgpProcessConfig*>(found->second.get());
        if (config == nullptr || !config->value.number) continue;
        speakers_.push_back({node, &config->value});
        for (const InterfaceState& interface : world.node(node).interfaces) {
            for (const InterfaceAddress& address : interface.addresses)
                owners_.emplace(address.address, speakers_.size() - 1);
        }
    }
    for (std::size_t i = 0; i < speakers_.size(); ++i)
        addSides(i);
    addListeners();
    joinSides(world);
    nameRemotes();
}

const BgpSpeaker* BgpSpeakers::of(NodeId node) const {
    const auto found = std::ranges::find(speakers_, node, &BgpSpeaker::node);
    return found == speakers_.end() ? nullptr : &*found;
}

void BgpSpeakers::addSides(std::size_t speaker) {
    const bgp::BgpConfig& config = *speakers_[speaker].config;
    if (config.isShutdown) return;
    for (const auto& [address, neighbor] : config.neighbors)
        addSide(speaker, address, config.effective(neighbor));
}

void BgpSpeakers::addSide(std::size_t speaker, const IpAddress& address,
                          const bgp::NeighborConfig& neighbor) {
    const auto& remote = neighbor.settings.remoteAs;
    if (!remote || neighbor.settings.shutdown) return;
    const bgp::BgpConfig& config = *speakers_[speaker].config;
    BgpSide side;
    side.speaker = speaker;
    side.address = address;
    side.config = neighbor;
    if (remote->kind == bgp::RemoteAs::Kind::Internal) {
        side.remote = *config.number;
    } else if (remote->kind == bgp::RemoteAs::Kind::External) {
        side.isExternal = true;
    } else {
        side.remote = remote->number;
        const bool isMember =
            config.confederation && config.confederationPeers.contains(remote->number.value());
        side.isExternal = remote->number != *config.number && !isMember;
    }
    sides_.push_back(std::move(side));
}

/// Who is taken in by a `bgp listen range` has a side there too.
void BgpSpeakers::addListeners() {
    const std::size_t written = sides_.size();
    for (std::size_t i = 0; i < written; ++i) {
        const auto owner = owners_.find(sides_[i].address);
        if (owner == owners_.end()) continue;
        const bgp::BgpConfig& config = *speakers_[owner->second].config;
        for (const auto& [range, group] : config.listenRanges) {
            const auto comesFrom = std::ranges::find_if(owners_, [&](const auto& entry) {
                return entry.second == sides_[i].speaker && range.contains(entry.first) &&
                       !config.neighbors.contains(entry.first);
            });
            const bgp::NeighborConfig* settings = config.find(group);
            if (comesFrom != owners_.end() && settings != nullptr)
                addSide(owner->second, comesFrom->first, *settings);
        }
    }
}

void BgpSpeakers::joinSides(const Simulation& world) {
    // Where two routers have several sessions, those on one network belong together.
    const auto isOnNetworkOf = [&](std::size_t speaker, const IpAddress& address) {
        const auto& interfaces = world.node(speakers_[speaker].node).interfaces;
        return std::ranges::any_of(
            interfaces, [&](const InterfaceState& i) { return i.addressFacing(address) != nullptr; });
    };
    const auto belongTogether = [&](const BgpSide& a, const BgpSide& b) {
        const auto owner = owners_.find(b.address);
        return owner != owners_.end() && owner->second == a.speaker &&
               isOnNetworkOf(b.speaker, b.address) == isOnNetworkOf(a.speaker, a.address) &&
               a.address.family() == b.address.family();
    };
    std::map<std::size_t, std::vector<std::size_t>> ofSpeaker;
    for (std::size_t i = 0; i < sides_.size(); ++i)
        ofSpeaker[sides_[i].speaker].push_back(i);
    for (BgpSide& side : sides_) {
        const auto owner = owners_.find(side.address);
        if (owner == owners_.end() || owner->second == side.speaker) continue;
        for (const std::size_t other : ofSpeaker[owner->second]) {
            if (!belongTogether(side, sides_[other])) continue;
            side.other = other;
            break;
        }
    }
}

void BgpSpeakers::nameRemotes() {
    for (BgpSide& side : sides_) {
        if (side.remote != Asn() || !side.other) continue;
        const BgpSide& there = sides_[*side.other];
        const auto& local = there.config.settings.localAs;
        side.remote = local ? local->number : speakers_[there.speaker].number();
    }
}

}  // namespace peerscape
