#include "protocols/rip/process.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"

namespace peerscape::rip {
namespace {

/// The first regular update follows the start after this time.
constexpr Duration kFirstUpdate = Duration::seconds(2);
/// RFC 2453, 3.10.1: between two triggered updates lies a random time of 1 to 5 seconds.
constexpr Duration kLeastQuiet = Duration::seconds(1);
constexpr Duration kMostQuiet = Duration::seconds(5);
/// FRR installs no more next hops than this for one prefix.
constexpr std::size_t kMostNextHops = 256;

}  // namespace

RipProcess::RipProcess(std::shared_ptr<const RipConfig> config, RandomStream random)
    : config_(std::move(config)), random_(random), timeouts_{config_->timers.timeout} {
    rememberNames();
}

void RipProcess::handle(const Env& env, const Input& input, Outbox& out) {
    Step step{env, out};
    if (const auto* datagram = std::get_if<DatagramReceived>(&input)) {
        receive(step, *datagram);
    } else if (std::holds_alternative<Woken>(input)) {
        wake(step);
    } else if (std::holds_alternative<Started>(input)) {
        start(step);
    } else if (const auto* changed = std::get_if<InterfaceChanged>(&input)) {
        changeInterface(step, changed->interface);
    } else if (const auto* routes = std::get_if<RoutesChanged>(&input)) {
        changeRoutes(step, *routes);
    } else if (const auto* configured = std::get_if<Configured>(&input)) {
        auto newConfig = std::dynamic_pointer_cast<const RipConfig>(configured->config);
        PEERSCAPE_CHECK(newConfig != nullptr && newConfig->family() == family());
        configure(step, std::move(newConfig));
    } else if (const auto* command = std::get_if<Commanded>(&input)) {
        if (!command->words.empty() && command->words.front() == "clear") clearLearnedRoutes(step);
    }
    const bool isFrequent = std::holds_alternative<DatagramReceived>(input);
    if (!isFrequent) {
        hasActiveInterface_ =
            std::any_of(env.interfaces.begin(), env.interfaces.end(),
                        [this](const InterfaceState& interface) { return isActive(interface); });
    }
    planWakeUp();
}

void RipProcess::start(Step& step) {
    step.out.add(BindUdp{family(), portOf(family()), {groupOf(family())}});
    updateAt_ = step.env.now + kFirstUpdate;
    applyLocalRoutes(step, nullptr);
    matchAllInterfaces(step);
    for (const auto& redistribution : config_->redistributions) {
        if (redistribution.protocol.isSome())
            step.out.add(SubscribeRoutes{redistribution.protocol, family(), true});
    }
}

void RipProcess::wake(Step& step) {
    expireRoutes(step);
    wakeInterfaces(step);
    if (updateAt_ <= step.env.now) {
        sendFullUpdate(step);
        scheduleUpdate(step.env.now);
    }
    if (isTriggered_ && triggerAt_ <= step.env.now) sendTriggeredUpdate(step);
}

void RipProcess::expireRoutes(Step& step) {
    if (table_.earliestDeadline() > step.env.now) return;
    for (const auto& [prefix, index] : table_.takeExpired(step.env.now)) {
        const Route& route = index == 0 ? *table_.find(prefix) : table_.alternatives(prefix)[index - 1];
        if (route.timer == RouteTimer::GarbageCollection) {
            table_.remove(prefix, index);
        } else {
            poisonRoute(step, prefix, index);
        }
    }
}

void RipProcess::planWakeUp() {
    nextDeadline_ = std::min({updateAt_, triggerAt_, table_.earliestDeadline()});
    for (const auto& status : interfaces_)
        nextDeadline_ = std::min(nextDeadline_, status.startsAt);
}

void RipProcess::scheduleUpdate(SimTime now) {
    // RFC 2453, 3.8 asks for a small random offset, so that routers do not fall into step.
    const Duration period = config_->timers.update;
    const Duration jitter = family() == Family::IPv4 ? period / 4 : period / 2;
    updateAt_ = now + random_.between(period - jitter, period + jitter);
}

void RipProcess::trigger(const Step& step) {
    if (isTriggered_) return;
    isTriggered_ = true;
    triggerCause_ = step.env.cause;
    triggerAt_ = std::max(step.env.now, quietUntil_);
}

void RipProcess::calmDown() {
    isTriggered_ = false;
    triggerAt_ = SimTime::never();
    triggerCause_ = RecordId::none();
}

void RipProcess::sendTriggeredUpdate(Step& step) {
    std::vector<std::uint32_t> changed;
    const auto& routes = table_.routes();
    for (std::uint32_t position = 0; position < routes.size(); ++position) {
        if (routes.at(position).second.isChanged) changed.push_back(position);
    }
    std::sort(changed.begin(), changed.end(),
              [&](auto a, auto b) { return routes.at(a).first < routes.at(b).first; });
    step.out.because(triggerCause_);
    sendToAll(step, changed, false);
    step.out.because(RecordId::none());
    for (const auto position : changed)
        table_.editAt(position).isChanged = false;
    calmDown();
    quietUntil_ = step.env.now + random_.between(kLeastQuiet, kMostQuiet);
}

void RipProcess::sendFullUpdate(Step& step) {
    table_.sort();
    sendToAll(step, table_.routes().sorted(), true);
    // RFC 2453, 3.10.1: a regular update makes the triggered one that was due unnecessary.
    for (std::uint32_t position = 0; position < table_.routes().size(); ++position) {
        if (table_.routes().at(position).second.isChanged) table_.editAt(position).isChanged = false;
    }
    calmDown();
    quietUntil_ = step.env.now;
    lastFullUpdate_ = step.env.now;
    hasSentFullUpdate_ = true;
}

void RipProcess::markChanged(const Step& step, Route& route) {
    route.isChanged = true;
    route.cause = step.env.cause;
    trigger(step);
}

void RipProcess::startTimeout(Route& route, SimTime now) {
    route.era = era_;
    table_.startTimer(route, RouteTimer::Timeout, now + config_->timers.timeout);
}

SimTime RipProcess::confirmedAt(const Route& route) const { return route.deadline - timeouts_[route.era]; }

void RipProcess::addRoute(Step& step, const Prefix& prefix, Route route) {
    if (table_.find(prefix) != nullptr && !config_->allowsEcmp) return;
    if (isLearned(route)) startTimeout(route, step.env.now);
    route.cause = step.env.cause;
    const bool isForRib = isLearned(route);
    table_.add(prefix, route);
    if (isForRib) announce(step, prefix);
    markChanged(step, table_.edit(prefix));
}

void RipProcess::replaceRoute(Step& step, const Prefix& prefix, Route route) {
    const Route* existing = table_.find(prefix);
    const bool wasInRib = existing != nullptr && isLearned(*existing) && !existing->metric.isInfinite();
    const bool isForRib = isLearned(route);
    route.timer = RouteTimer::None;
    route.deadline = SimTime::never();
    if (isForRib) startTimeout(route, step.env.now);
    if (wasInRib && !isForRib) step.out.withdraw(prefix);
    markChanged(step, table_.replace(prefix, route));
    if (isForRib) announce(step, prefix);
}

void RipProcess::poisonRoute(Step& step, const Prefix& prefix, std::size_t index) {
    if (!table_.alternatives(prefix).empty()) {
        table_.remove(prefix, index);
        announce(step, prefix);
        markChanged(step, table_.edit(prefix));
        return;
    }
    Route& route = table_.edit(prefix);
    if (route.metric.isInfinite()) return;
    route.metric = RipMetric::infinity();
    table_.startTimer(route, RouteTimer::GarbageCollection, step.env.now + config_->timers.garbage);
    if (isLearned(route)) step.out.withdraw(prefix);
    markChanged(step, route);
}

void RipProcess::announce(Step& step, const Prefix& prefix) {
    const Route& first = *table_.find(prefix);
    const auto distance = table_.origin(first).distance;
    RouteOffer offer;
    offer.prefix = prefix;
    offer.distance = distance == 0 ? kDefaultDistance : distance;
    offer.metric = first.metric.value();
    offer.tag = first.tag;
    const auto addHop = [&](const Route& route) {
        const RouteOrigin& origin = table_.origin(route);
        if (offer.nextHops.size() < kMostNextHops)
            offer.nextHops.push_back(NextHop::via(origin.gateway, origin.interface));
    };
    addHop(first);
    for (const Route& route : std::as_const(table_).alternatives(prefix))
        addHop(route);
    step.out.announce(std::move(offer));
}

bool RipProcess::settled(SimTime /*now*/, SimTime since) const {
    if (isTriggered_) return false;
    for (const auto& status : interfaces_) {
        if (!status.startsAt.isNever()) return false;
    }
    if (hasActiveInterface_ && (!hasSentFullUpdate_ || lastFullUpdate_ <= since)) return false;
    const auto expectsChange = [&](const Route& route) {
        return route.timer == RouteTimer::GarbageCollection ||
               (route.timer == RouteTimer::Timeout && confirmedAt(route) <= since);
    };
    for (const auto& [prefix, route] : table_.routes()) {
        if (expectsChange(route)) return false;
        if (config_->allowsEcmp && std::ranges::any_of(table_.alternatives(prefix), expectsChange))
            return false;
    }
    return true;
}

std::uint64_t RipProcess::stateHash() const {
    const auto hashRoute = [this](const Prefix& prefix, const Route& route) {
        const RouteOrigin& origin = table_.origin(route);
        StableHash hash;
        hash.add(prefix.hash()).add(static_cast<std::uint64_t>(route.deadline.count()));
        hash.add(route.tag)
            .add(route.metric.value())
            .add(static_cast<std::uint64_t>(route.timer))
            .add(route.isChanged);
        hash.add(origin.protocol.value()).add(static_cast<std::uint64_t>(origin.kind)).add(origin.distance);
        hash.add(origin.isDiscard)
            .add(origin.interface.value())
            .add(origin.from.hash())
            .add(origin.gateway.hash());
        return hash.add(origin.externalMetric).value();
    };
    // Routes are summed up, so that the order in which they came in does not count.
    std::uint64_t routes = 0;
    for (const auto& [prefix, route] : table_.routes()) {
        routes += hashRoute(prefix, route);
        std::uint64_t place = 1;
        for (const Route& other : table_.alternatives(prefix))
            routes += mixBits(hashRoute(prefix, other) + place++);
    }
    StableHash hash;
    hash.add(routes).add(random_.state()).add(sequence_).add(isTriggered_);
    for (const SimTime time : {triggerAt_, quietUntil_, updateAt_})
        hash.add(static_cast<std::uint64_t>(time.count()));
    for (const auto& status : interfaces_) {
        hash.add(static_cast<std::uint64_t>(status.activity)).add(status.isMatched);
        hash.add(static_cast<std::uint64_t>(status.startsAt.count()));
    }
    return hash.value();
}

}  // namespace peerscape::rip
