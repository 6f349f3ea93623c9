#include "protocols/bgp/next_hop_table.hpp"

#include <utility>

#include "engine/base/check.hpp"

namespace peerscape::bgp {
namespace {

void put(NextHopTable::Entry& entry, const NextHopState& state) {
    entry.isReachable = state.isReachable;
    entry.isConnected = state.isReachable && state.protocol == kConnected;
    entry.igpMetric = state.isReachable ? state.metric : 0;
}

}  // namespace

/// An unspecified next hop is the router itself; a link-local one is on its interface or nowhere.
bool NextHopTable::isTrackable(const Entry& entry) {
    return !entry.value.address.isUnspecified() && !entry.value.address.isLinkLocal();
}

NextHopId NextHopTable::acquire(const BgpNextHop& value, InterfaceId interface) {
    const auto [at, isNew] = byValue_.try_emplace(Key{value, interface});
    if (isNew) {
        if (free_.empty()) {
            free_.push_back(static_cast<std::uint32_t>(entries_.size()));
            entries_.emplace_back();
        }
        at->second = NextHopId(free_.back());
        free_.pop_back();
        Entry& entry = entries_[at->second.value()];
        entry = Entry{};
        entry.value = value;
        entry.interface = interface;
        entry.isReachable = entry.isConnected = !isTrackable(entry);
    }
    ++entries_[at->second.value()].uses;
    return at->second;
}

NextHopId NextHopTable::acquire(const BgpNextHop& value, InterfaceId interface, NextHopId guess) {
    if (!guess.isSome()) return acquire(value, interface);
    Entry& entry = entries_[guess.value()];
    if (entry.interface != interface || !(entry.value == value)) return acquire(value, interface);
    ++entry.uses;
    return guess;
}

void NextHopTable::release(NextHopId id) {
    Entry& entry = entries_[id.value()];
    PEERSCAPE_CHECK(entry.uses > 0);
    if (--entry.uses > 0) return;
    byValue_.erase(Key{entry.value, entry.interface});
    free_.push_back(id.value());
}

void NextHopTable::track(NextHopId id, const Env& env, Outbox& out) {
    Entry& entry = entries_[id.value()];
    if (entry.tracks++ > 0 || !isTrackable(entry)) return;
    out.add(TrackNextHop{entry.value.address, true});
    if (env.rib != nullptr) put(entry, env.rib->resolve(entry.value.address));
}

void NextHopTable::untrack(NextHopId id, Outbox& out) {
    Entry& entry = entries_[id.value()];
    PEERSCAPE_CHECK(entry.tracks > 0);
    if (--entry.tracks > 0 || !isTrackable(entry)) return;
    // Another entry of the same address, with another link-local one beside it, may still want to know.
    for (const NextHopId other : withAddress(entry.value.address)) {
        if (entries_[other.value()].tracks > 0) return;
    }
    out.add(TrackNextHop{entry.value.address, false});
}

bool NextHopTable::learn(const NextHopState& state) {
    bool hasChanged = false;
    for (const NextHopId id : withAddress(state.address)) {
        Entry& entry = entries_[id.value()];
        const Entry before = entry;
        put(entry, state);
        hasChanged = hasChanged || before.isReachable != entry.isReachable ||
                     before.isConnected != entry.isConnected || before.igpMetric != entry.igpMetric;
    }
    return hasChanged;
}

std::vector<NextHopId> NextHopTable::withAddress(const IpAddress& address) const {
    std::vector<NextHopId> ids;
    const Key first{{address, std::nullopt}, InterfaceId(0)};
    for (auto at = byValue_.lower_bound(first); at != byValue_.end() && at->first.value.address == address;
         ++at)
        ids.push_back(at->second);
    return ids;
}

}  // namespace peerscape::bgp
