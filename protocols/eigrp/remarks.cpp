#include "protocols/eigrp/remarks.hpp"

#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/hash.hpp"
#include "protocols/eigrp/dual_machine.hpp"

namespace peerscape::eigrp {
namespace {

std::string whoIsAwaited(const ComputationRemark::Facts& facts) {
    std::vector<std::string> named;
    for (const IpAddress& address : facts.awaited)
        named.push_back(toString(address));
    const std::size_t more = facts.awaitedCount - named.size();
    return fmt::format("{}{}", fmt::join(named, ", "), more == 0 ? "" : fmt::format(" and {} more", more));
}

std::string stateAndEvent(const dual::Passed& passed) {
    return fmt::format("{}, IE{}", name(passed.to), static_cast<int>(passed.event));
}

/// Why no path may be taken without asking.
std::string whyNotFeasible(const ComputationRemark::Facts& facts) {
    if (!facts.neighbor) return "no way is left";
    return fmt::format(
        "the best way left, via {}, has reported distance {}, not less than the feasible distance {}",
        toString(*facts.neighbor), facts.passed.reported.metric(), facts.passed.feasibleDistance.metric());
}

std::string whoIsAsked(const ComputationRemark::Facts& facts) {
    return facts.awaited.empty() ? "there is nobody to ask" : "asked: " + whoIsAwaited(facts);
}

std::string outcomeOf(const ComputationRemark::Facts& facts) {
    if (!facts.distance.isFinite()) return "nobody knows a way";
    const bool isOwn = !facts.gateway || facts.gateway->isUnspecified();
    return fmt::format("the way is now {}, distance {}",
                       isOwn ? "its own" : "via " + toString(*facts.gateway), facts.distance.metric());
}

}  // namespace

NeighborRemark::NeighborRemark(Kind kind, const IpAddress& address, std::string interface, DownReason reason)
    : kind_(kind), reason_(reason), address_(address), interface_(std::move(interface)) {}

std::string NeighborRemark::text() const {
    const std::string who = fmt::format("neighbor {} ({})", toString(address_), interface_);
    switch (kind_) {
        case Kind::Pending:
            return who + " is pending: its hello was heard";
        case Kind::Up:
            return who + " is up: new adjacency";
        case Kind::Down:
            return fmt::format("{} is down: {}", who, toString(reason_));
    }
    return who;
}

void NeighborRemark::addTo(StableHash& hash) const {
    hash.add(static_cast<std::uint64_t>(kind_))
        .add(static_cast<std::uint64_t>(reason_))
        .add(address_.hash())
        .add(interface_);
}

ComputationRemark::ComputationRemark(Facts facts) : facts_(std::move(facts)) {}

std::string ComputationRemark::text() const {
    using dual::InputEvent;
    const std::string prefix = toString(facts_.prefix);
    const std::string state = stateAndEvent(facts_.passed);
    switch (facts_.passed.event) {
        case InputEvent::IE3:
            return fmt::format("{} goes active ({}): the successor asks, and {}; {}", prefix, state,
                               whyNotFeasible(facts_), whoIsAsked(facts_));
        case InputEvent::IE4:
            return fmt::format("{} goes active ({}): {}; {}", prefix, state, whyNotFeasible(facts_),
                               whoIsAsked(facts_));
        case InputEvent::IE5:
            return fmt::format("{} stays active ({}): the successor asks as well, and is answered at the end",
                               prefix, state);
        case InputEvent::IE8:
            return fmt::format("{}: {}; still awaited: {}", prefix,
                               facts_.neighbor ? toString(*facts_.neighbor) + " has replied"
                                               : "a neighbor is lost, which counts as its reply",
                               whoIsAwaited(facts_));
        case InputEvent::IE9:
        case InputEvent::IE10:
            return fmt::format("{} stays active ({}): the way through the successor grew or is lost", prefix,
                               state);
        case InputEvent::IE11:
        case InputEvent::IE12:
            return fmt::format("{} stays active ({}): all have replied, but {}; {}", prefix, state,
                               whyNotFeasible(facts_), whoIsAsked(facts_));
        case InputEvent::IE13:
        case InputEvent::IE14:
        case InputEvent::IE15:
        case InputEvent::IE16:
            return fmt::format("{} is passive again (IE{}): all replies are in; {}", prefix,
                               static_cast<int>(facts_.passed.event), outcomeOf(facts_));
        case InputEvent::IE1:
        case InputEvent::IE2:
        case InputEvent::IE6:
        case InputEvent::IE7:
            break;
    }
    return fmt::format("{}: {}", prefix, state);
}

void ComputationRemark::addTo(StableHash& hash) const {
    const dual::Passed& passed = facts_.passed;
    hash.add(facts_.prefix.hash())
        .add(std::uint64_t{static_cast<std::uint8_t>(passed.event)} << 16 |
             std::uint64_t{static_cast<std::uint8_t>(passed.from)} << 8 |
             static_cast<std::uint8_t>(passed.to))
        .add(passed.reported.metric())
        .add(passed.feasibleDistance.metric())
        .add(facts_.neighbor ? facts_.neighbor->hash() : 0)
        .add(facts_.gateway ? facts_.gateway->hash() : 0)
        .add(facts_.distance.metric())
        .add(facts_.awaitedCount);
    for (const IpAddress& one : facts_.awaited)
        hash.add(one.hash());
}

}  // namespace peerscape::eigrp
