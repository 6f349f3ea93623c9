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
    const Entry* known = find(prefix);
    if (known == nullptr && !offer.distance.isFinite()) {
        // Section 4.3: who asks about what we do not know is told that it is unreachable from here.
        if (cause == Cause::Query || cause == Cause::SiaQuery) send(prefix, source, Message::Reply, effects);
        return;
    }
    Entry& entry = entries_[prefix];
    const Told told = toldOf(prefix, entry);
    const Change change = note(entry, source, offer);
    if (entry.isActive()) {
        handleActive(prefix, change, cause, effects);
    } else {
        handlePassive(prefix, change, cause, told, effects);
    }
}

void TopologyTable::handlePassive(const Prefix& prefix, const Change& change, Cause cause, const Told& told,
                                  Effects& effects) {
    Entry& entry = *entries_.edit(prefix);
    const bool isQuery = cause == Cause::Query || cause == Cause::SiaQuery;
    const bool isOfSuccessor = entry.successor == change.source;
    if (!feasibilityConditionHolds(entry)) {
        pass(prefix, isQuery && isOfSuccessor ? InputEvent::IE3 : InputEvent::IE4, effects);
        if (cause == Cause::Lost && isOfSuccessor) entry.successor = NeighborId::none();
        effects.push_back({prefix, RouteChanged{}});
        ask(prefix, effects);
        if (isQuery && !isOfSuccessor) send(prefix, change.source, Message::Reply, effects);
        return;
    }
    const CompositeDistance feasibleBefore = entry.feasibleDistance;
    const NeighborId successorBefore = entry.successor;
    chooseSuccessor(entry);
    pass(prefix, isQuery && !isOfSuccessor ? InputEvent::IE1 : InputEvent::IE2, effects);
    if (change.touchesRoute || entry.feasibleDistance != feasibleBefore || entry.successor != successorBefore)
        effects.push_back({prefix, RouteChanged{}});
    if (isQuery) send(prefix, change.source, Message::Reply, effects);
    tellChanges(prefix, told, isQuery ? change.source : NeighborId::none(), false, effects);
    if (entry.paths.all().empty()) entries_.erase(prefix);
}

void TopologyTable::handleActive(const Prefix& prefix, const Change& change, Cause cause, Effects& effects) {
    const bool isQuery = cause == Cause::Query || cause == Cause::SiaQuery;
    if (find(prefix)->successor == change.source) {
        noteSuccessor(prefix, change, cause, effects);
    } else if (isQuery) {
        pass(prefix, InputEvent::IE6, effects);
        send(prefix, change.source, Message::Reply, effects);
    } else if (cause == Cause::Change) {
        pass(prefix, InputEvent::IE7, effects);
    }
    if (cause == Cause::Reply || cause == Cause::Lost) countReply(prefix, change.source, effects);
}

/// What the frozen successor's news mean for the computation: section 3.5, (5), (9) and (10).
void TopologyTable::noteSuccessor(const Prefix& prefix, const Change& change, Cause cause, Effects& effects) {
    Entry& entry = *entries_.edit(prefix);
    const bool isQuery = cause == Cause::Query || cause == Cause::SiaQuery;
    const bool hasGrown = change.after > change.before || cause == Cause::Lost;
    if (isQuery && (entry.state == State::Active0 || entry.state == State::Active1)) {
        pass(prefix, InputEvent::IE5, effects);
    } else if (hasGrown && entry.state == State::Active1) {
        pass(prefix, InputEvent::IE9, effects);
    } else if (hasGrown && entry.state == State::Active3) {
        pass(prefix, InputEvent::IE10, effects);
    } else if (cause != Cause::Reply && cause != Cause::Lost) {
        pass(prefix, InputEvent::IE7, effects);
    }
    if (cause == Cause::Lost) entry.successor = NeighborId::none();
    if (change.before.isFinite() != change.after.isFinite()) effects.push_back({prefix, RouteChanged{}});
}

/// Section 3.5, (8): a reply is in, or will never come. It may be the last.
void TopologyTable::countReply(const Prefix& prefix, NeighborId from, Effects& effects) {
    auto& awaited = computations_.edit(prefix)->awaited;
    const auto one = std::ranges::find(awaited, from, &Awaited::neighbor);
    if (one == awaited.end()) {
        pass(prefix, InputEvent::IE7, effects);
        return;
    }
    awaited.erase(one);
    if (!awaited.empty()) {
        pass(prefix, InputEvent::IE8, effects, from);
        return;
    }
    effects.push_back({prefix, ActiveTimerStopped{}});
    handleLastReply(prefix, effects);
}

void TopologyTable::pass(const Prefix& prefix, InputEvent event, Effects& effects, NeighborId neighbor) {
    Entry& entry = *entries_.edit(prefix);
    const auto after = stateAfter(entry.state, event);
    PEERSCAPE_CHECK(after.has_value());
    Passed passed{.event = event, .from = entry.state, .to = *after, .neighbor = neighbor};
    if (asks(event)) {
        passed.feasibleDistance = entry.feasibleDistance;
        const auto paths = entry.paths.all();
        const auto best = std::ranges::min_element(paths, {}, &Path::distance);
        if (best != paths.end()) {
            passed.neighbor = best->source;
            passed.reported = best->reported;
        }
    }
    effects.push_back({prefix, passed});
    entry.state = *after;
}

/// Freezes our distance as it is through the successor and asks all neighbours (3.5, (3), (4), (11), (12)).
void TopologyTable::ask(const Prefix& prefix, Effects& effects) {
    Entry& entry = *entries_.edit(prefix);
    reportSuccessor(entry);
    entry.feasibleDistance = entry.reported;
    Computation& computation = computations_[prefix];
    computation.poisoned = interfaceToPoison(entry);
    computation.awaited.clear();
    for (const auto& [neighbor, properties] : neighbors_) {
        if (!mustAsk(entry, neighbor, properties)) continue;
        computation.awaited.push_back({neighbor});
        send(prefix, neighbor, Message::Query, effects);
    }
    if (computation.awaited.empty()) {
        handleLastReply(prefix, effects);
    } else {
        effects.push_back({prefix, ActiveTimerStarted{}});
    }
}

/// Stubs are not asked, nor is a successor that asks us. All others on its interface are: that they have
/// heard its query says nothing of whether they have got what we told them, nor we what they told us.
bool TopologyTable::mustAsk(const Entry& entry, NeighborId neighbor, const Neighbor& properties) const {
    if (properties.isStub) return false;
    return entry.state != State::Active3 || neighbor != entry.successor;
}

void TopologyTable::handleLastReply(const Prefix& prefix, Effects& effects) {
    Entry& entry = *entries_.edit(prefix);
    switch (entry.state) {
        case State::Passive:
            PEERSCAPE_CHECK(false);
        case State::Active1:
            becomePassive(prefix, InputEvent::IE15, effects);
            return;
        case State::Active3:
            becomePassive(prefix, InputEvent::IE13, effects);
            return;
        case State::Active0:
        case State::Active2:
            break;
    }
    const bool isOwn = entry.state == State::Active0;
    if (feasibilityConditionHolds(entry)) {
        becomePassive(prefix, isOwn ? InputEvent::IE14 : InputEvent::IE16, effects);
        return;
    }
    pass(prefix, isOwn ? InputEvent::IE11 : InputEvent::IE12, effects);
    ask(prefix, effects);
}

/// Section 3.5, (13) to (16): chooses anew, answers the successor that waits, and tells what is new.
void TopologyTable::becomePassive(const Prefix& prefix, InputEvent event, Effects& effects) {
    Entry& entry = *entries_.edit(prefix);
    const Told told = toldOf(prefix, entry);
    const bool owesReply = entry.state == State::Active2 || entry.state == State::Active3;
    const NeighborId asker = owesReply ? entry.successor : NeighborId::none();
    if (event == InputEvent::IE13 || event == InputEvent::IE15)
        entry.feasibleDistance = CompositeDistance::infinity();
    computations_.erase(prefix);
    chooseSuccessor(entry);
    pass(prefix, event, effects);
    effects.push_back({prefix, RouteChanged{}});
    if (asker.isSome()) send(prefix, asker, Message::Reply, effects);
    tellChanges(prefix, told, asker, true, effects);
    if (entry.paths.all().empty()) entries_.erase(prefix);
}

void TopologyTable::send(const Prefix& prefix, NeighborId to, Message message, Effects& effects) const {
    effects.push_back({prefix, tellOf(prefix, to, message)});
}

/// Updates for all to whom something else is to be told than `before`. Stubs are told after every
/// computation, in which they were not asked: they know only what was before it.
void TopologyTable::tellChanges(const Prefix& prefix, const Told& before, NeighborId except, bool stubsAnyway,
                                Effects& effects) const {
    const Told now = toldOf(prefix, *find(prefix));
    const auto toldOn = [](const Told& told, InterfaceId interface) {
        const bool isPoisoned = told.poisoned.isSome() && told.poisoned == interface;
        const bool isFinite = told.reported.isFinite() && !isPoisoned;
        return isFinite ? std::pair(told.reported, told.attributes)
                        : std::pair(CompositeDistance::infinity(), AttributesId::none());
    };
    for (const auto& [neighbor, properties] : neighbors_) {
        if (neighbor == except) continue;
        const bool isNew = toldOn(before, properties.interface) != toldOn(now, properties.interface);
        if (isNew || (stubsAnyway && properties.isStub)) send(prefix, neighbor, Message::Update, effects);
    }
}

}  // namespace peerscape::eigrp::dual
