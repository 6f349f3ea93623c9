#include "engine/routing/rib.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"

namespace peerscape {

namespace {

/// Sorts by prefix and leaves the first of each.
template <typename T>
void inOrderOfPrefixes(std::vector<T>& items) {
    const auto isBefore = [](const T& a, const T& b) { return a.prefix < b.prefix; };
    // Nearly always they come in order: so does what is announced.
    if (!std::is_sorted(items.begin(), items.end(), isBefore))
        std::stable_sort(items.begin(), items.end(), isBefore);
    items.erase(
        std::unique(items.begin(), items.end(), [](const T& a, const T& b) { return a.prefix == b.prefix; }),
        items.end());
}

}  // namespace

std::uint32_t Rib::newCell() {
    static_assert(sizeof(Cell) == 40 && sizeof(Prefix) == 18 && sizeof(Entry) == 8);
    if (freeCells_.empty()) {
        cells_.push_back({});
        return static_cast<std::uint32_t>(cells_.size() - 1);
    }
    const std::uint32_t cell = freeCells_.back();
    freeCells_.pop_back();
    cells_.edit(cell) = {};
    return cell;
}

void Rib::rememberBefore(const Prefix& prefix, Entry& entry) {
    if (entry.isRemembered != 0) return;
    entry.isRemembered = 1;
    before_.push_back({prefix, entry.selected == kNone ? SelectedRoute{} : describe(entry.selected)});
}

void Rib::markDirty(const Prefix& prefix, RecordId cause) {
    const Entry* entry = table_.find(prefix);
    if (entry == nullptr || entry->isDirty != 0) return;
    markDirty(prefix, *table_.edit(prefix), cause);
}

void Rib::markDirty(const Prefix& prefix, Entry& entry, RecordId cause) {
    if (entry.isDirty != 0) return;
    entry.isDirty = 1;
    dirty_.push_back({prefix, cause});
}

void Rib::markDependents(const Prefix& prefix, RecordId cause) {
    // Where gateways are not looked up by the default route, its coming and going changes nothing.
    if (prefix.isDefault() && !viaDefault_[static_cast<std::size_t>(prefix.family())]) return;
    markLookUpsIn(prefix, cause);
}

void Rib::markLookUpsIn(const Prefix& prefix, RecordId cause) {
    lookUps_.forEachInto(prefix, [&](const Prefix& dependent) { markDirty(dependent, cause); });
}

void Rib::offer(ProtocolId protocol, const RouteOffer& offer, SimTime now, RecordId cause) {
    if (!retained_.empty()) forgetRetained(protocol, offer.prefix, offer.slot);
    Entry& entry = table_[offer.prefix];
    rememberBefore(offer.prefix, entry);
    std::uint32_t cell = entry.first;
    while (cell != kNone &&
           (cells_[cell].route.protocol != protocol || cells_[cell].route.slot != offer.slot))
        cell = cells_[cell].next;
    const HopGroupId offered = groups_.acquire(offer.nextHops);
    if (cell == kNone) {
        cell = newCell();
    } else {
        const HopGroupId before = cells_[cell].route.offered;
        lookUps_.remove(cell, before, groups_.hops(before));
        groups_.release(before);
        // An offer that replaces another is as new as any: it goes to the head of the chain.
        unlink(entry, cell);
    }
    cells_.edit(cell).next = entry.first;
    entry.first = cell;
    RibRoute& route = cells_.edit(cell).route;
    route.protocol = protocol;
    route.slot = offer.slot;
    route.distance = offer.distance;
    route.allowRecursion = offer.allowRecursion;
    route.metric = offer.metric;
    route.tag = offer.tag;
    route.offered = offered;
    route.since = now;
    route.cause = cause;
    lookUps_.add(cell, offer.prefix, offered, spanOf(offer.nextHops));
    markDirty(offer.prefix, entry, cause);
}

void Rib::unlink(Entry& entry, std::uint32_t cell) {
    const std::uint32_t next = cells_[cell].next;
    if (entry.first == cell) {
        entry.first = next;
        return;
    }
    std::uint32_t before = entry.first;
    while (cells_[before].next != cell)
        before = cells_[before].next;
    cells_.edit(before).next = next;
}

void Rib::removeRoute(Entry& entry, std::uint32_t cell) {
    unlink(entry, cell);
    const RibRoute& route = cells_[cell].route;
    lookUps_.remove(cell, route.offered, groups_.hops(route.offered));
    groups_.release(route.offered);
    groups_.release(route.active);
    freeCells_.push_back(cell);
}

void Rib::withdraw(ProtocolId protocol, const Prefix& prefix, std::uint8_t slot, RecordId cause) {
    if (!retained_.empty()) forgetRetained(protocol, prefix, slot);
    Entry* entry = table_.edit(prefix);
    if (entry == nullptr) return;
    std::uint32_t cell = entry->first;
    while (cell != kNone && (cells_[cell].route.protocol != protocol || cells_[cell].route.slot != slot))
        cell = cells_[cell].next;
    if (cell == kNone) return;
    rememberBefore(prefix, *entry);
    if (entry->selected == cell) entry->selected = kNone;
    removeRoute(*entry, cell);
    markDirty(prefix, *entry, cause);
}

std::vector<std::pair<Prefix, std::uint8_t>> Rib::routesOf(ProtocolId protocol) const {
    std::vector<std::pair<Prefix, std::uint8_t>> found;
    for (const std::uint32_t position : table_.sorted()) {
        const auto& [prefix, entry] = table_.at(position);
        for (std::uint32_t cell = entry.first; cell != kNone; cell = cells_[cell].next) {
            if (cells_[cell].route.protocol == protocol) found.emplace_back(prefix, cells_[cell].route.slot);
        }
    }
    return found;
}

void Rib::withdrawAll(ProtocolId protocol, RecordId cause) {
    for (const auto& [prefix, slot] : routesOf(protocol))
        withdraw(protocol, prefix, slot, cause);
}

void Rib::retain(ProtocolId protocol) {
    const auto stay = routesOf(protocol);
    if (!stay.empty()) retained_[protocol] = Retained(stay.begin(), stay.end());
}

void Rib::release(ProtocolId protocol, Family family, RecordId cause) {
    const auto known = retained_.find(protocol);
    if (known == retained_.end()) return;
    std::vector<std::pair<Prefix, std::uint8_t>> doomed;
    std::ranges::copy_if(known->second, std::back_inserter(doomed),
                         [&](const auto& route) { return route.first.family() == family; });
    for (const auto& [prefix, slot] : doomed)
        withdraw(protocol, prefix, slot, cause);
}

void Rib::forgetRetained(ProtocolId protocol, const Prefix& prefix, std::uint8_t slot) {
    const auto known = retained_.find(protocol);
    if (known == retained_.end()) return;
    known->second.erase({prefix, slot});
    if (known->second.empty()) retained_.erase(known);
}

std::size_t Rib::retainedCount(ProtocolId protocol) const {
    const auto known = retained_.find(protocol);
    return known == retained_.end() ? 0 : known->second.size();
}

bool Rib::isRetained(const Prefix& prefix, const RibRoute& route) const {
    const auto known = retained_.find(route.protocol);
    return known != retained_.end() && known->second.contains({prefix, route.slot});
}

void Rib::interfacesChanged(RecordId cause) {
    for (const std::uint32_t position : table_.sorted()) {
        const auto& [prefix, entry] = table_.at(position);
        for (std::uint32_t cell = entry.first; cell != kNone; cell = cells_[cell].next) {
            const auto hops = groups_.hops(cells_[cell].route.offered);
            if (std::any_of(hops.begin(), hops.end(), [](const NextHop& h) { return h.interface.isSome(); }))
                markDirty(prefix, cause);
        }
    }
}

void Rib::setResolvesViaDefault(Family family, bool allowed, RecordId cause) {
    bool& present = viaDefault_[static_cast<std::size_t>(family)];
    if (present == allowed) return;
    present = allowed;
    markLookUpsIn(Prefix::defaultRoute(family), cause);
}

std::uint32_t Rib::chooseBest(const Entry& entry, std::span<const InterfaceState> interfaces) const {
    const auto isLoopback = [&](const RibRoute& route) {
        for (const NextHop& hop : groups_.hops(route.active)) {
            if (hop.interface.isSome() && interfaces[hop.interface.value()].isLoopback) return true;
        }
        return false;
    };
    std::uint32_t best = kNone;
    for (std::uint32_t cell = entry.first; cell != kNone; cell = cells_[cell].next) {
        const RibRoute& route = cells_[cell].route;
        // 1. Only routes with a working next hop take part; distance 255 is never believed.
        if (!route.active.isSome() || route.distance == kUnreachableDistance) continue;
        if (best == kNone) {
            best = cell;
            continue;
        }
        const RibRoute& other = cells_[best].route;
        // 2. Connected beats every other protocol; among connected ones a loopback, then the lower metric.
        if (route.protocol == kConnected) {
            if (other.protocol != kConnected || isLoopback(route) ||
                (!isLoopback(other) && route.metric <= other.metric))
                best = cell;
            continue;
        }
        if (other.protocol == kConnected) continue;
        // 3. The lower distance, 4. the lower metric, 5. the older one (the chain runs from new to old).
        if (route.distance != other.distance) {
            if (route.distance < other.distance) best = cell;
        } else if (route.metric <= other.metric) {
            best = cell;
        }
    }
    return best;
}

bool Rib::evaluate(const Prefix& prefix, Entry& entry, std::span<const InterfaceState> interfaces) {
    rememberBefore(prefix, entry);
    const auto waysOut = [&] {
        const auto hops = entry.selected == kNone ? std::span<const NextHop>()
                                                  : groups_.hops(cells_[entry.selected].route.active);
        const bool isConnected =
            entry.selected != kNone && cells_[entry.selected].route.protocol == kConnected;
        return std::pair(isConnected, NextHops(hops.begin(), hops.end()));
    };
    const bool isLookedUpInto = lookUps_.mayMeet(prefix);
    const auto before = isLookedUpInto ? waysOut() : decltype(waysOut()){};
    for (std::uint32_t cell = entry.first; cell != kNone; cell = cells_[cell].next) {
        RibRoute& route = cells_.edit(cell).route;
        const HopGroupId active = groups_.acquire(activeHops(prefix, route, interfaces));
        groups_.release(route.active);
        route.active = active;
    }
    entry.selected = chooseBest(entry, interfaces) & kNone;  // kNone has all bits that there are
    return isLookedUpInto && waysOut() != before;
}

void Rib::takeDownDependents() {
    // The list grows while it is walked: dependents have dependents of their own.
    for (std::size_t i = 0; i < dirty_.size(); ++i) {
        const Dirty item = dirty_[i];
        markDependents(item.prefix, item.cause);
    }
    for (const Dirty& item : dirty_) {
        if (!lookUps_.mayMeet(item.prefix)) continue;
        Entry* entry = table_.edit(item.prefix);
        if (entry == nullptr) continue;
        rememberBefore(item.prefix, *entry);
        entry->selected = kNone;
        for (std::uint32_t cell = entry->first; cell != kNone; cell = cells_[cell].next) {
            groups_.release(std::exchange(cells_.edit(cell).route.active, HopGroupId::none()));
        }
    }
}

std::vector<RibChange> Rib::settle(std::span<const InterfaceState> interfaces) {
    // Routes whose gateways lie in each other's networks may never come to rest; each prefix is looked at a
    // bounded number of times.
    constexpr std::uint32_t kMostVisits = 16;
    std::map<Prefix, std::uint32_t> visits;  // only of those rounds after which it may have been enough
    std::vector<Dirty> evaluated;
    if (!lookUps_.isEmpty()) takeDownDependents();
    for (std::uint32_t round = 1; !dirty_.empty(); ++round) {
        if (round == kMostVisits + 1) {
            for (const Dirty& item : evaluated)
                ++visits[item.prefix];
        }
        const std::vector<Dirty> asked = std::exchange(dirty_, {});
        for (const Dirty& item : asked) {
            Entry* entry = table_.edit(item.prefix);
            if (entry == nullptr) continue;
            entry->isDirty = 0;
            if (round > kMostVisits && ++visits[item.prefix] > kMostVisits) continue;
            const bool leadsElsewhere = evaluate(item.prefix, *entry, interfaces);
            evaluated.push_back(item);
            if (entry->first == kNone) table_.erase(item.prefix);
            if (leadsElsewhere) markDependents(item.prefix, item.cause);
        }
    }
    return changesSince(std::exchange(before_, {}), std::move(evaluated));
}

std::vector<RibChange> Rib::changesSince(std::vector<Before> before, std::vector<Dirty> evaluated) {
    inOrderOfPrefixes(before);
    inOrderOfPrefixes(evaluated);
    std::vector<RibChange> changes;
    auto reason = evaluated.begin();
    for (auto& [prefix, route] : before) {
        Entry* const entry = table_.edit(prefix);
        if (entry != nullptr) entry->isRemembered = 0;
        const bool isThere = entry != nullptr && entry->selected != kNone;
        SelectedRoute after = isThere ? describe(entry->selected) : SelectedRoute{};
        if (after == route) continue;
        reason = std::lower_bound(reason, evaluated.end(), prefix,
                                  [](const Dirty& item, const Prefix& p) { return item.prefix < p; });
        PEERSCAPE_CHECK(reason != evaluated.end() && reason->prefix == prefix);
        changes.push_back({prefix, std::move(route), std::move(after), reason->cause});
    }
    return changes;
}

SelectedRoute Rib::describe(std::uint32_t cell) const {
    const RibRoute& route = cells_[cell].route;
    const auto hops = groups_.hops(route.active);
    return {route.protocol, route.slot, route.distance, route.metric, route.tag, {hops.begin(), hops.end()}};
}

SelectedRoute Rib::selected(const Prefix& prefix) const {
    const Entry* entry = table_.find(prefix);
    return entry == nullptr || entry->selected == kNone ? SelectedRoute{} : describe(entry->selected);
}

std::vector<Prefix> Rib::prefixes(Family family) const {
    std::vector<Prefix> result;
    for (const std::uint32_t position : table_.sorted()) {
        const Prefix& prefix = table_.at(position).first;
        if (prefix.family() == family) result.push_back(prefix);
    }
    return result;
}

std::vector<const RibRoute*> Rib::routes(const Prefix& prefix) const {
    std::vector<const RibRoute*> result;
    const Entry* entry = table_.find(prefix);
    if (entry == nullptr) return result;
    for (std::uint32_t cell = entry->first; cell != kNone; cell = cells_[cell].next)
        result.push_back(&cells_[cell].route);
    std::reverse(result.begin(), result.end());
    const RibRoute* best = entry->selected == kNone ? nullptr : &cells_[entry->selected].route;
    std::stable_sort(result.begin(), result.end(), [best](const RibRoute* a, const RibRoute* b) {
        return std::tuple(a != best, a->distance, a->metric) < std::tuple(b != best, b->distance, b->metric);
    });
    return result;
}

bool Rib::isSelected(const Prefix& prefix, const RibRoute& route) const {
    const Entry* entry = table_.find(prefix);
    return entry != nullptr && entry->selected != kNone && &cells_[entry->selected].route == &route;
}

std::uint64_t Rib::hash() const {
    StableHash hash;
    for (const bool allowed : viaDefault_)
        hash.add(allowed ? 1 : 0);
    for (const auto& [protocol, routes] : retained_) {
        for (const auto& [prefix, slot] : routes)
            hash.add(protocol.value()).add(prefix.hash()).add(slot);
    }
    for (const std::uint32_t position : table_.sorted()) {
        const auto& [prefix, entry] = table_.at(position);
        hash.add(prefix.hash());
        for (std::uint32_t cell = entry.first; cell != kNone; cell = cells_[cell].next) {
            const RibRoute& route = cells_[cell].route;
            hash.add(route.protocol.value())
                .add(route.slot)
                .add(route.distance)
                .add(route.metric)
                .add(route.tag);
            hash.add(cell == entry.selected ? 1 : 0);
            for (const HopGroupId group : {route.offered, route.active}) {
                for (const NextHop& hop : groups_.hops(group)) {
                    hash.add(static_cast<std::uint64_t>(hop.kind))
                        .add(hop.interface.value())
                        .add(hop.gateway.hash());
                    if (hop.weight != 1) hash.add(hop.weight);
                }
            }
        }
    }
    return hash.value();
}

}  // namespace peerscape
