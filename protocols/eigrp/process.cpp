#include "protocols/eigrp/process.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/hash.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape::eigrp {

namespace {

/// The configuration without what changes quietly: the metrics of links, and which paths are used.
EigrpConfig resettingPart(EigrpConfig config) {
    const EigrpConfig defaults;
    config.variance = defaults.variance;
    config.maximumPaths = defaults.maximumPaths;
    config.trafficShare = defaults.trafficShare;
    for (auto& [name, interface] : config.interfaces) {
        const InterfaceSettings plain;
        interface.bandwidth = plain.bandwidth;
        interface.delay = plain.delay;
        interface.load = plain.load;
        interface.reliability = plain.reliability;
    }
    std::erase_if(config.interfaces, [](const auto& item) { return item.second == InterfaceSettings(); });
    return config;
}

}  // namespace

EigrpProcess::EigrpProcess(std::shared_ptr<const EigrpProcessConfig> config)
    : config_(std::move(config)), hasSummaries_(config_->value.hasSummaries()) {}

std::unique_ptr<Process> EigrpProcessConfig::start(std::shared_ptr<const ProcessConfig> self,
                                                   RandomStream) const {
    return std::make_unique<EigrpProcess>(std::dynamic_pointer_cast<const EigrpProcessConfig>(self));
}

void EigrpProcess::handle(const Env& env, const Input& input, Outbox& out) {
    Step step{env, out};
    if (std::holds_alternative<Started>(input)) {
        out.add(BindIp{family(), kIpProtocolEigrp, {groupOf(family())}});
        subscribe(step, true);
        for (const InterfaceState& interface : env.interfaces)
            refreshInterface(step, interface.id);
    } else if (const auto* changed = std::get_if<InterfaceChanged>(&input)) {
        refreshInterface(step, changed->interface);
    } else if (const auto* datagram = std::get_if<DatagramReceived>(&input)) {
        receive(step, *datagram);
    } else if (std::holds_alternative<Woken>(input)) {
        wake(step);
    } else if (const auto* routes = std::get_if<RoutesChanged>(&input)) {
        changeRoutes(step, *routes);
    } else if (const auto* configured = std::get_if<Configured>(&input)) {
        configure(step, std::dynamic_pointer_cast<const EigrpProcessConfig>(configured->config));
    } else if (const auto* command = std::get_if<Commanded>(&input)) {
        clearNeighbors(step, *command);
    }
    refreshSummaries(step);
    for (auto& [id, link] : links_) {
        if (!link.pending.isEmpty() || !link.tablesUnderWay.empty()) transmit(step, id, link);
    }
    sweepAttributes();
}

void EigrpProcess::wake(Step& step) {
    for (auto& [id, link] : links_) {
        if (link.isPassive || link.transport.nextDeadline() > step.env.now) continue;
        TransportEffects effects;
        link.transport.wake(step.env.now, effects);
        act(step, id, effects);
    }
    for (const Prefix& prefix : activeTimers_.due(step.env.now)) {
        activeTimers_.start(prefix, step.env.now + *config().activeTime / 2);
        dual::Effects effects;
        topology_.siaIntervalPassed(prefix, effects);
        act(step, effects);
    }
}

SimTime EigrpProcess::nextDeadline() const {
    SimTime earliest = activeTimers_.next();
    for (const auto& [id, link] : links_) {
        if (!link.isPassive) earliest = std::min(earliest, link.transport.nextDeadline());
    }
    return earliest;
}

std::optional<SimTime> EigrpProcess::activeSince(const Prefix& prefix) const {
    const std::optional<SimTime> halfTime = activeTimers_.deadlineOf(prefix);
    if (!halfTime || !config().activeTime) return std::nullopt;
    const Duration half = *config().activeTime / 2;
    // Each SIA-query has moved the deadline by another half.
    int asked = 0;
    for (const dual::Awaited& one : topology_.awaited(prefix))
        asked = std::max<int>(asked, one.siaQueries);
    return *halfTime - half * (asked + 1);
}

/// `clear ip eigrp neighbors`: all neighbours, or those that the word names by address or interface. They are
/// told, and found again by their next hello.
void EigrpProcess::clearNeighbors(Step& step, const Commanded& command) {
    const std::string wanted = command.words.size() > 1 ? command.words[1] : std::string();
    for (auto& [id, link] : links_) {
        const bool isWholeInterface = wanted.empty() || step.env.interface(id).name == wanted;
        std::vector<dual::NeighborId> chosen;
        for (const auto& [address, neighbor] : link.transport.neighbors()) {
            if (isWholeInterface || toString(address) == wanted) chosen.push_back(neighbor.id);
        }
        TransportEffects effects;
        for (const dual::NeighborId neighbor : chosen)
            link.transport.reset(neighbor, effects);
        act(step, id, effects);
    }
}

void EigrpProcess::subscribe(Step& step, bool wanted) const {
    for (const Redistribution& source : config().redistributions) {
        if (source.protocol.isSome()) step.out.add(SubscribeRoutes{source.protocol, family(), wanted});
    }
}

/// A change begins anew with all neighbours, as routers do for most commands; other metrics of links are just
/// new distances, and other choices of paths just new routes.
void EigrpProcess::configure(Step& step, std::shared_ptr<const EigrpProcessConfig> next) {
    const bool isNew = resettingPart(next->value) != resettingPart(config()) || usesOtherListsThan(*next);
    if (isNew) {
        subscribe(step, false);
        while (!links_.empty())
            stopLink(step, links_.begin()->first, true);
        dual::Effects effects;
        const dual::TopologyTable before = topology_;
        for (const auto& [prefix, entry] : before.entries())
            topology_.setLocal(prefix, dual::kRedistributed, {}, {}, effects);
        act(step, effects);
    }
    const bool hasOtherPolicy = next->policy != config_->policy;
    config_ = std::move(next);
    hasSummaries_ = config().hasSummaries();
    if (!isNew) {
        refreshLinkMetrics(step);
        const auto& entries = topology_.entries();
        for (const std::uint32_t position : entries.sorted())
            updateRib(step, entries.at(position).first);
        // Routes that come from elsewhere are asked for once more, since route-maps may say otherwise now.
        const bool hasMaps =
            std::ranges::any_of(config().redistributions, [](const auto& r) { return !r.routeMap.empty(); });
        if (!hasOtherPolicy || !hasMaps) return;
        subscribe(step, false);
        return subscribe(step, true);
    }
    subscribe(step, true);
    for (const InterfaceState& interface : step.env.interfaces)
        refreshInterface(step, interface.id);
}

/// Whether the lists by which routes are filtered and made worse have other contents there.
bool EigrpProcess::usesOtherListsThan(const EigrpProcessConfig& other) const {
    const policy::PolicySet& before = policy::policyOf(config_->policy.get());
    const policy::PolicySet& after = policy::policyOf(other.policy.get());
    if (&before == &after) return false;
    const auto areEqual = [](const auto* a, const auto* b) {
        return a == nullptr || b == nullptr ? a == b : *a == *b;
    };
    const auto differs = [&](bool isPrefixList, const std::string& name) {
        return isPrefixList ? !areEqual(before.prefixList(family(), name), after.prefixList(family(), name))
                            : !areEqual(before.accessList(family(), name), after.accessList(family(), name));
    };
    return std::ranges::any_of(config().distributeLists,
                               [&](const auto& list) { return differs(list.isPrefixList, list.list); }) ||
           std::ranges::any_of(config().offsetLists,
                               [&](const auto& list) { return differs(false, list.accessList); });
}

bool EigrpProcess::settled(SimTime now, SimTime since) const {
    if (topology_.activeCount() != 0) return false;
    return std::ranges::all_of(links_, [&](const auto& item) {
        const Link& link = item.second;
        if (link.isPassive) return true;
        // Whoever is there says hello within its interval, which is ours unless the administrator differs.
        // What was on its way at that moment says nothing.
        const Duration onItsWay = std::max(Duration::seconds(1), link.delay * 2);
        const Duration patience = link.transport.settings().helloInterval + onItsWay;
        if (now < std::max(since, link.since) + patience || !link.transport.isIdle() ||
            !link.pending.isEmpty())
            return false;
        return std::ranges::all_of(link.transport.neighbors(), [&](const auto& known) {
            return known.second.holdDeadline - known.second.holdTime >= since + onItsWay;
        });
    });
}

std::uint64_t EigrpProcess::stateHash() const {
    StableHash hash;
    for (const std::uint32_t position : topology_.entries().sorted()) {
        const auto& [prefix, entry] = topology_.entries().at(position);
        hash.add(prefix.hash())
            .add(static_cast<std::uint64_t>(entry.state))
            .add(entry.successor.value())
            .add(entry.feasibleDistance.metric())
            .add(entry.reported.metric());
        for (const dual::Path& path : entry.paths.all())
            hash.add(path.source.value()).add(path.distance.metric()).add(path.reported.metric());
        for (const dual::Awaited& awaited : topology_.awaited(prefix))
            hash.add(awaited.neighbor.value()).add(awaited.siaQueries);
    }
    for (const auto& [id, link] : links_) {
        hash.add(id.value()).add(link.pending.added());
        for (const auto& [address, neighbor] : link.transport.neighbors()) {
            hash.add(address.hash())
                .add(static_cast<std::uint64_t>(neighbor.state))
                .add(neighbor.lastHeard)
                .add(neighbor.queue.size());
        }
    }
    return hash.value();
}

}  // namespace peerscape::eigrp
