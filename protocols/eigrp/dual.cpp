#include "protocols/eigrp/dual.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/base/check.hpp"

namespace peerscape::eigrp::dual {

static_assert(sizeof(Entry) == 40, "a large lab has millions of entries");

void TopologyTable::addNeighbor(NeighborId neighbor, const Neighbor& properties) {
    PEERSCAPE_CHECK(neighbor.isSome() && !isLocal(neighbor));
    PEERSCAPE_CHECK(neighbors_.emplace(neighbor, properties).second);
}

void TopologyTable::loseNeighbor(NeighborId neighbor, Effects& effects) {
    std::vector<Prefix> affected = prefixesThrough(neighbor);
    for (const auto& [prefix, computation] : computations_) {
        const bool owes =
            std::ranges::find(computation.awaited, neighbor, &Awaited::neighbor) != computation.awaited.end();
        if (owes || find(prefix)->successor == neighbor) affected.push_back(prefix);
    }
    std::ranges::sort(affected);
    const auto repeated = std::ranges::unique(affected);
    affected.erase(repeated.begin(), repeated.end());

    // What others have been told depends on the interface of this one, so that it leaves only now.
    std::vector<Told> told;
    told.reserve(affected.size());
    for (const Prefix& prefix : affected)
        told.push_back(toldOf(prefix, *find(prefix)));
    neighbors_.erase(neighbor);

    for (std::size_t i = 0; i < affected.size(); ++i) {
        const Destination at{affected[i], *entries_.edit(affected[i])};
        const Change change = note(at.entry, neighbor, {});
        if (at.entry.isActive()) {
            handleActive(at, change, Cause::Lost, effects);
        } else {
            handlePassive(at, change, Cause::Lost, told[i], effects);
        }
    }
}

void TopologyTable::receive(const Prefix& prefix, NeighborId from, Message message, const Offer& offer,
                            Effects& effects) {
    PEERSCAPE_CHECK(neighbors_.contains(from));
    const auto before = effects.size();
    switch (message) {
        case Message::Update:
            handle(prefix, from, offer, Cause::Change, effects);
            return;
        case Message::Query:
            handle(prefix, from, offer, Cause::Query, effects);
            return;
        case Message::Reply:
            handle(prefix, from, offer, Cause::Reply, effects);
            return;
        case Message::SiaReply:
            if (auto* computation = computations_.edit(prefix)) {
                const auto one = std::ranges::find(computation->awaited, from, &Awaited::neighbor);
                if (one != computation->awaited.end()) one->siaReplyMissing = false;
            }
            handle(prefix, from, offer, Cause::Change, effects);
            return;
        case Message::SiaQuery:
            break;
    }
    handle(prefix, from, offer, Cause::SiaQuery, effects);
    const auto isReply = [&](const EffectOn& one) {
        const auto* sent = std::get_if<Send>(&one.effect);
        return sent != nullptr && sent->message == Message::Reply && sent->to == from;
    };
    const bool hasReplied =
        std::any_of(effects.begin() + static_cast<std::ptrdiff_t>(before), effects.end(), isReply);
    if (!hasReplied) send(prefix, from, Message::SiaReply, effects);
}

void TopologyTable::changeLinkCost(const Prefix& prefix, NeighborId through, CompositeDistance distance,
                                   AttributesId attributes, Effects& effects) {
    const Entry* entry = find(prefix);
    const Path* path = entry == nullptr ? nullptr : entry->paths.find(through);
    if (path == nullptr) return;
    handle(prefix, through, {path->reported, distance, attributes}, Cause::Change, effects);
}

void TopologyTable::setLocal(const Prefix& prefix, NeighborId source, CompositeDistance distance,
                             AttributesId attributes, Effects& effects) {
    PEERSCAPE_CHECK(isLocal(source));
    handle(prefix, source, {CompositeDistance(0), distance, attributes}, Cause::Change, effects);
}

void TopologyTable::siaIntervalPassed(const Prefix& prefix, Effects& effects) {
    Computation* computation = computations_.edit(prefix);
    if (computation == nullptr) return;
    for (Awaited& one : computation->awaited) {
        if (one.siaReplyMissing || one.siaQueries == kMostSiaQueries) {
            effects.push_back({prefix, NeighborStuck{one.neighbor}});
            continue;
        }
        ++one.siaQueries;
        one.siaReplyMissing = true;
        send(prefix, one.neighbor, Message::SiaQuery, effects);
    }
}

std::uint64_t TopologyTable::noteOffer(const Prefix& prefix, std::uint64_t offered) {
    return std::exchange(entries_.edit(prefix)->offered, offered);
}

std::span<const Awaited> TopologyTable::awaited(const Prefix& prefix) const {
    const Computation* computation = computations_.find(prefix);
    if (computation == nullptr) return {};
    return computation->awaited;
}

std::vector<Prefix> TopologyTable::prefixesThrough(NeighborId neighbor) const {
    std::vector<Prefix> prefixes;
    for (const auto& [prefix, entry] : entries_) {
        if (entry.paths.find(neighbor) != nullptr) prefixes.push_back(prefix);
    }
    std::ranges::sort(prefixes);
    return prefixes;
}

Send TopologyTable::tellOf(const Prefix& prefix, NeighborId neighbor, Message message) const {
    Send told{message, neighbor, CompositeDistance::infinity(), AttributesId::none()};
    const Entry* entry = find(prefix);
    if (entry == nullptr) return told;
    const auto properties = neighbors_.find(neighbor);
    PEERSCAPE_CHECK(properties != neighbors_.end());
    std::tie(told.reported, told.attributes) = toldOn(toldOf(prefix, *entry), properties->second.interface);
    return told;
}

std::pair<CompositeDistance, AttributesId> TopologyTable::toldOn(const Told& told, InterfaceId interface) {
    const bool isPoisoned = told.poisoned.isSome() && told.poisoned == interface;
    if (isPoisoned || !told.reported.isFinite()) return {CompositeDistance::infinity(), AttributesId::none()};
    return {told.reported, told.attributes};
}

TopologyTable::Told TopologyTable::toldOf(const Prefix& prefix, const Entry& entry) const {
    const Computation* computation = entry.isActive() ? computations_.find(prefix) : nullptr;
    return {entry.reported, entry.reportedAttributes,
            computation != nullptr ? computation->poisoned : interfaceToPoison(entry)};
}

InterfaceId TopologyTable::interfaceToPoison(const Entry& entry) const {
    const auto successor = neighbors_.find(entry.successor);
    if (successor == neighbors_.end() || !successor->second.splitHorizon) return InterfaceId::none();
    return successor->second.interface;
}

std::vector<Path> TopologyTable::route(const Entry& entry) {
    const Path* successor = entry.paths.find(entry.successor);
    if (successor == nullptr) return {};
    std::vector<Path> paths{*successor};
    if (entry.isActive()) return paths;
    for (const Path& path : entry.paths.all()) {
        const bool isEqual = path.distance == successor->distance && entry.isFeasible(path);
        if (isEqual && path.source != entry.successor) paths.push_back(path);
    }
    return paths;
}

std::vector<Path> TopologyTable::feasiblePaths(const Entry& entry) {
    if (entry.isActive()) return route(entry);
    std::vector<Path> paths;
    for (const Path& path : entry.paths.all()) {
        if (entry.isFeasible(path)) paths.push_back(path);
    }
    return paths;
}

}  // namespace peerscape::eigrp::dual
