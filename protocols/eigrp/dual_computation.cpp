#include <algorithm>

#include "engine/base/check.hpp"
#include "protocols/eigrp/dual.hpp"
#include "protocols/eigrp/dual_machine.hpp"

namespace peerscape::eigrp::dual {

namespace {

CompositeDistance leastDistance(const Entry& entry) {
    CompositeDistance least;
    for (const Path& path : entry.paths.all())
        least = std::min(least, path.distance);
    return least;
}

/// Whether the path is one that a successor may be chosen from: of least distance, and feasible.
bool mayBeSuccessor(const Entry& entry, const Path& path, CompositeDistance least) {
    return path.distance == least && entry.isFeasible(path);
}

/// FC for the destination: some path of least distance is feasible. Where there is no path at all it holds
/// once FD is infinite: when every neighbour knows that we have none.
bool feasibilityConditionHolds(const Entry& entry) {
    const CompositeDistance least = leastDistance(entry);
    if (!least.isFinite()) return !entry.feasibleDistance.isFinite();
    return std::ranges::any_of(entry.paths.all(),
                               [&](const Path& path) { return mayBeSuccessor(entry, path, least); });
}

/// Our distance becomes the one through the successor; infinite when that offers no path.
void reportSuccessor(Entry& entry) {
    const Path* path = entry.paths.find(entry.successor);
    entry.reported = path == nullptr ? CompositeDistance::infinity() : path->distance;
    entry.reportedAttributes = path == nullptr ? AttributesId::none() : path->attributes;
}

/// Chooses the successor among feasible paths of least distance: the present one if it is among them, else
/// the one with the least id; and lowers FD to the distance through it.
void chooseSuccessor(Entry& entry) {
    const CompositeDistance least = leastDistance(entry);
    const Path* present = entry.paths.find(entry.successor);
    if (present == nullptr || !mayBeSuccessor(entry, *present, least)) {
        const auto all = entry.paths.all();
        const auto chosen =
            std::ranges::find_if(all, [&](const Path& path) { return mayBeSuccessor(entry, path, least); });
        entry.successor = chosen == all.end() ? NeighborId::none() : chosen->source;
    }
    entry.feasibleDistance = std::min(entry.feasibleDistance, least);
    reportSuccessor(entry);
}

}  // namespace

TopologyTable::Change TopologyTable::note(Entry& entry, NeighborId source, const Offer& offer) {
    const Path* old = entry.paths.find(source);
    Change change{source, old == nullptr ? CompositeDistance::infinity() : old->distance, offer.distance,
                  false};
    const Path path{offer.distance, offer.reported, offer.attributes, source};
    const bool isSame = old != nullptr ? *old == path : !offer.distance.isFinite();
    if (isSame) return change;
    const bool wasFeasible = old != nullptr && entry.isFeasible(*old);
    change.touchesRoute = wasFeasible || (offer.distance.isFinite() && entry.isFeasible(path));
    if (offer.distance.isFinite()) {
        entry.paths.set(path);
    } else {
        entry.paths.erase(source);
    }
    return change;
}

void TopologyTable::handle(Prefix prefix, NeighborId source, const Offer& offer, Cause cause,
                           Effects& effects) {
    Entry* const known = entries_.edit(prefix);
    if (known == nullptr && !offer.distance.isFinite()) {
        // Section 4.3: who asks about what we do not know is told that it is unreachable from here.
        if (cause == Cause::Query || cause == Cause::SiaQuery) send(prefix, source, Message::Reply, effects);
        return;
    }
    const Destination at{prefix, known == nullptr ? entries_[prefix] : *known};
    const Told told = toldOf(prefix, at.entry);
    const Change change = note(at.entry, source, offer);
    if (at.entry.isActive()) {
        handleActive(at, change, cause, effects);
    } else {
        handlePassive(at, change, cause, told, effects);
    }
}

void TopologyTable::handlePassive(Destination at, const Change& change, Cause cause, const Told& told,
                                  Effects& effects) {
    const bool isQuery = cause == Cause::Query || cause == Cause::SiaQuery;
    const bool isOfSuccessor = at.entry.successor == change.source;
    if (!feasibilityConditionHolds(at.entry)) {
        pass(at, isQuery && isOfSuccessor ? InputEvent::IE3 : InputEvent::IE4, effects);
        if (cause == Cause::Lost && isOfSuccessor) at.entry.successor = NeighborId::none();
        effects.push_back({at.prefix, RouteChanged{}});
        ask(at, effects);
        if (isQuery && !isOfSuccessor) send(at.prefix, change.source, Message::Reply, effects);
        return;
    }
    const CompositeDistance feasibleBefore = at.entry.feasibleDistance;
    const NeighborId successorBefore = at.entry.successor;
    chooseSuccessor(at.entry);
    pass(at, isQuery && !isOfSuccessor ? InputEvent::IE1 : InputEvent::IE2, effects);
    if (change.touchesRoute || at.entry.feasibleDistance != feasibleBefore ||
        at.entry.successor != successorBefore)
        effects.push_back({at.prefix, RouteChanged{}});
    if (isQuery) send(at.prefix, change.source, Message::Reply, effects);
    tellChanges(at, told, isQuery ? change.source : NeighborId::none(), false, effects);
    if (at.entry.paths.all().empty()) entries_.erase(at.prefix);
}

void TopologyTable::handleActive(Destination at, const Change& change, Cause cause, Effects& effects) {
    const bool isQuery = cause == Cause::Query || cause == Cause::SiaQuery;
    if (at.entry.successor == change.source) {
        noteSuccessor(at, change, cause, effects);
    } else if (isQuery) {
        pass(at, InputEvent::IE6, effects);
        send(at.prefix, change.source, Message::Reply, effects);
    } else if (cause == Cause::Change) {
        pass(at, InputEvent::IE7, effects);
    }
    if (cause == Cause::Reply || cause == Cause::Lost) countReply(at, change.source, effects);
}

/// What the frozen successor's news mean for the computation: section 3.5, (5), (9) and (10).
void TopologyTable::noteSuccessor(Destination at, const Change& change, Cause cause, Effects& effects) {
    const bool isQuery = cause == Cause::Query || cause == Cause::SiaQuery;
    const bool hasGrown = change.after > change.before || cause == Cause::Lost;
    if (isQuery && (at.entry.state == State::Active0 || at.entry.state == State::Active1)) {
        pass(at, InputEvent::IE5, effects);
    } else if (hasGrown && at.entry.state == State::Active1) {
        pass(at, InputEvent::IE9, effects);
    } else if (hasGrown && at.entry.state == State::Active3) {
        pass(at, InputEvent::IE10, effects);
    } else if (cause != Cause::Reply && cause != Cause::Lost) {
        pass(at, InputEvent::IE7, effects);
    }
    if (cause == Cause::Lost) at.entry.successor = NeighborId::none();
    if (change.before.isFinite() != change.after.isFinite()) effects.push_back({at.prefix, RouteChanged{}});
}

/// Section 3.5, (8): a reply is in, or will never come. It may be the last.
void TopologyTable::countReply(Destination at, NeighborId from, Effects& effects) {
    auto& awaited = computations_.edit(at.prefix)->awaited;
    const auto one = std::ranges::find(awaited, from, &Awaited::neighbor);
    if (one == awaited.end()) {
        pass(at, InputEvent::IE7, effects);
        return;
    }
    awaited.erase(one);
    if (!awaited.empty()) {
        pass(at, InputEvent::IE8, effects, from);
        return;
    }
    effects.push_back({at.prefix, ActiveTimerStopped{}});
    handleLastReply(at, effects);
}

void TopologyTable::pass(Destination at, InputEvent event, Effects& effects, NeighborId neighbor) {
    const auto after = stateAfter(at.entry.state, event);
    PEERSCAPE_CHECK(after.has_value());
    Passed passed{.event = event, .from = at.entry.state, .to = *after, .neighbor = neighbor};
    if (asks(event)) {
        passed.feasibleDistance = at.entry.feasibleDistance;
        const auto paths = at.entry.paths.all();
        const auto best = std::ranges::min_element(paths, {}, &Path::distance);
        if (best != paths.end()) {
            passed.neighbor = best->source;
            passed.reported = best->reported;
        }
    }
    effects.push_back({at.prefix, passed});
    at.entry.state = *after;
}

/// Freezes our distance as it is through the successor and asks all neighbours (3.5, (3), (4), (11), (12)).
void TopologyTable::ask(Destination at, Effects& effects) {
    reportSuccessor(at.entry);
    at.entry.feasibleDistance = at.entry.reported;
    Computation& computation = computations_[at.prefix];
    computation.poisoned = interfaceToPoison(at.entry);
    computation.awaited.clear();
    for (const auto& [neighbor, properties] : neighbors_) {
        if (!mustAsk(at.entry, neighbor, properties)) continue;
        computation.awaited.push_back({neighbor});
        send(at.prefix, neighbor, Message::Query, effects);
    }
    if (computation.awaited.empty()) {
        handleLastReply(at, effects);
    } else {
        effects.push_back({at.prefix, ActiveTimerStarted{}});
    }
}

/// Stubs are not asked, nor is a successor that asks us. All others on its interface are: that they have
/// heard its query says nothing of whether they have got what we told them, nor we what they told us.
bool TopologyTable::mustAsk(const Entry& entry, NeighborId neighbor, const Neighbor& properties) const {
    if (properties.isStub) return false;
    return entry.state != State::Active3 || neighbor != entry.successor;
}

void TopologyTable::handleLastReply(Destination at, Effects& effects) {
    switch (at.entry.state) {
        case State::Passive:
            PEERSCAPE_CHECK(false);
        case State::Active1:
            becomePassive(at, InputEvent::IE15, effects);
            return;
        case State::Active3:
            becomePassive(at, InputEvent::IE13, effects);
            return;
        case State::Active0:
        case State::Active2:
            break;
    }
    const bool isOwn = at.entry.state == State::Active0;
    if (feasibilityConditionHolds(at.entry)) {
        becomePassive(at, isOwn ? InputEvent::IE14 : InputEvent::IE16, effects);
        return;
    }
    pass(at, isOwn ? InputEvent::IE11 : InputEvent::IE12, effects);
    ask(at, effects);
}

/// Section 3.5, (13) to (16): chooses anew, answers the successor that waits, and tells what is new.
void TopologyTable::becomePassive(Destination at, InputEvent event, Effects& effects) {
    const Told told = toldOf(at.prefix, at.entry);
    const bool owesReply = at.entry.state == State::Active2 || at.entry.state == State::Active3;
    const NeighborId asker = owesReply ? at.entry.successor : NeighborId::none();
    if (event == InputEvent::IE13 || event == InputEvent::IE15)
        at.entry.feasibleDistance = CompositeDistance::infinity();
    computations_.erase(at.prefix);
    chooseSuccessor(at.entry);
    pass(at, event, effects);
    effects.push_back({at.prefix, RouteChanged{}});
    if (asker.isSome()) send(at.prefix, asker, Message::Reply, effects);
    tellChanges(at, told, asker, true, effects);
    if (at.entry.paths.all().empty()) entries_.erase(at.prefix);
}

void TopologyTable::send(const Prefix& prefix, NeighborId to, Message message, Effects& effects) const {
    effects.push_back({prefix, tellOf(prefix, to, message)});
}

/// Updates for all to whom something else is to be told than `before`. Stubs are told after every
/// computation, in which they were not asked: they know only what was before it.
void TopologyTable::tellChanges(Destination at, const Told& before, NeighborId except, bool stubsAnyway,
                                Effects& effects) const {
    const Told now = toldOf(at.prefix, at.entry);
    for (const auto& [neighbor, properties] : neighbors_) {
        if (neighbor == except) continue;
        const auto [reported, attributes] = toldOn(now, properties.interface);
        const bool isNew = toldOn(before, properties.interface) != std::pair(reported, attributes);
        if (isNew || (stubsAnyway && properties.isStub))
            effects.push_back({at.prefix, Send{Message::Update, neighbor, reported, attributes}});
    }
}

}  // namespace peerscape::eigrp::dual
