// What handling an UPDATE will read, asked for while the router's turn has not come yet.
#include <algorithm>
#include <span>
#include <utility>

#include "engine/base/prefetch.hpp"
#include "engine/routing/rib.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/bgp/update_payload.hpp"

namespace peerscape::bgp {
namespace {

/// As many of the neighbours as the hardware does not find by itself.
constexpr std::size_t kListenerBytes = 256;
/// So many neighbours are looked at for the first of each audience.
constexpr std::size_t kFew = 8;

const UpdateMessage* updateOf(const Message& message) {
    const UpdatePayload* payload = UpdatePayload::from(message);
    return payload == nullptr ? nullptr : &payload->update();
}

/// The first one: nearly always there is only one.
const Prefix* firstPrefixOf(const UpdateMessage& update) {
    if (!update.announced.empty() && !update.announced.front().prefixes.empty())
        return &update.announced.front().prefixes.front().prefix;
    if (!update.withdrawn.empty() && !update.withdrawn.front().prefixes.empty())
        return &update.withdrawn.front().prefixes.front().prefix;
    return nullptr;
}

/// They tell of the same prefix, so that most of what the second one reads has been read already.
bool areAboutTheSame(const Message& first, const Prefix& second) {
    const UpdateMessage* update = updateOf(first);
    const Prefix* prefix = update == nullptr ? nullptr : firstPrefixOf(*update);
    return prefix != nullptr && *prefix == second;
}

/// The path that is used next should the one from the sender of an UPDATE, which is used now, be of no use
/// any more; null: another one is used. Only the beginning of the decision process is asked.
const Path* likelyNext(const Destination& destination, PeerId sender) {
    const Path* best = destination.bestPath();
    if (best == nullptr || best->peer != sender) return nullptr;
    const Path* next = nullptr;
    for (const Path& path : destination.paths) {
        if (&path == best) continue;
        const JudgedAttributes::Rank& rank = path.attributes.rank();
        const bool isBetter = next == nullptr ||
                              rank.localPreference > next->attributes.rank().localPreference ||
                              (rank.localPreference == next->attributes.rank().localPreference &&
                               rank.length < next->attributes.rank().length);
        if (isBetter) next = &path;
    }
    return next;
}

}  // namespace

void BgpProcess::prefetchFor(const Rib& rib, StreamId stream, const Message& message, const Message* before,
                             int step) const {
    if (step == 0) {
        if (before == nullptr) prefetchBetween(*this, random_);
        return;
    }
    const UpdateMessage* update = updateOf(message);
    const Prefix* prefix = update == nullptr ? nullptr : firstPrefixOf(*update);
    if (prefix == nullptr) return;
    if (step == 1) {
        streams_.prefetch(stream.value());
        update->attributes.prefetch();
    }
    if (step == 2) {
        update->attributes->asPath.prefetch();
        update->attributes->communities.prefetch();
    }
    const std::uint32_t sender = step > 1 ? streams_.find(stream.value()) : FlatIndex::kNone;
    prefetchPeer(sender, prefix->family(), step);
    if (before != nullptr && areAboutTheSame(*before, *prefix)) return;
    if (step == 1) {
        if (!wakeUps_.empty()) prefetchLine(&*wakeUps_.begin());
        peerscape::prefetch(listeners_[prefix->family()].data(), kListenerBytes);
        prefetchConfig(prefix->family());
    }
    if (step >= 4) prefetchAudiences(prefix->family(), step);
    prefetchDestination(*prefix, sender, step);
    if (step <= 3) rib.prefetch(*prefix, step - 1);
}

/// What every UPDATE asks of it.
void BgpProcess::prefetchConfig(Family family) const {
    const BgpConfig& settings = config();
    prefetchBetween(settings, settings.notation);
    peerscape::prefetch(settings.families[family]);
}

void BgpProcess::prefetchPeer(std::uint32_t number, Family family, int step) const {
    if (number == FlatIndex::kNone) return;
    if (step == 2) return peers_.prefetch(PeerId(number));
    const Peer& peer = peers_.at(PeerId(number));
    if (step == 3) return peer.prefetch(family);
    // What the configuration says of the family is the same for most neighbours, and near.
    if (step == 4) peer.session.prefetchNegotiated();
    if (step == 4) nextHops_.prefetch(peer.hop);
}

/// The first neighbour of each audience, for which export policy will be asked.
void BgpProcess::prefetchAudiences(Family family, int step) const {
    std::uint32_t seen = 0;
    for (const Listener& listener :
         std::span(listeners_[family]).first(std::min(listeners_[family].size(), kFew))) {
        if (!listener.audience || *listener.audience >= 32) continue;
        const std::uint32_t mark = std::uint32_t{1} << *listener.audience;
        if ((std::exchange(seen, seen | mark) & mark) != 0) continue;
        if (step == 4) {
            peers_.prefetch(listener.peer);
            nextHops_.prefetch(listener.ownHop);
        } else {
            peers_.at(listener.peer).prefetchForPolicy();
        }
    }
}

void BgpProcess::prefetchDestination(const Prefix& prefix, std::uint32_t sender, int step) const {
    const PrefixMap<Destination>& table = tables_[prefix.family()];
    if (step == 1) return table.prefetch(prefix);
    if (step == 2) return table.prefetchEntry(prefix);
    const Destination* destination = table.find(prefix);
    if (destination == nullptr) return;
    if (step == 3) return destination->prefetch();
    const Path* next = likelyNext(*destination, sender == FlatIndex::kNone ? PeerId() : PeerId(sender));
    if (step == 4) {
        for (const Path& path : destination->paths)
            nextHops_.prefetch(path.nextHop);
        if (next != nullptr) next->attributes.prefetch();
        if (!destination->advertised.empty()) destination->advertised.front().attributes.prefetch();
    } else if (next != nullptr) {
        next->attributes->asPath.prefetch();
        next->attributes->communities.prefetch();
    }
}

}  // namespace peerscape::bgp
