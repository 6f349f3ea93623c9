/// What DUAL wants done, and packets in as few pieces as possible.
#include <algorithm>

#include <fmt/format.h>

#include "engine/base/block_pool.hpp"
#include "protocols/eigrp/authentication.hpp"
#include "protocols/eigrp/process.hpp"
#include "protocols/eigrp/remarks.hpp"
#include "protocols/policy/policy_set.hpp"
#include "protocols/policy/route_map.hpp"

namespace peerscape::eigrp {
namespace {

/// IP header, EIGRP header and the longest authentication.
constexpr std::size_t kOverhead = 40 + kHeaderSize + 56;

Opcode opcodeOf(dual::Message message) {
    switch (message) {
        case dual::Message::Update:
            return Opcode::Update;
        case dual::Message::Query:
            return Opcode::Query;
        case dual::Message::Reply:
            return Opcode::Reply;
        case dual::Message::SiaQuery:
            return Opcode::SiaQuery;
        case dual::Message::SiaReply:
            return Opcode::SiaReply;
    }
    return Opcode::Update;
}

/// At least what the TLV takes.
std::size_t sizeOf(const PendingRoute& route) {
    std::size_t size = kTlvHeaderSize + 8 + 4 + 24 + 17 + (route.reported.isExternal() ? 20 : 0);
    if (route.prefix.family() == Family::IPv6) size += 12;
    return size;
}

}  // namespace

void EigrpProcess::act(Step& step, const dual::Effects& effects) {
    if (effects.empty()) return;
    mayChangeSummaries_ = true;
    std::vector<Prefix> changed;
    std::vector<dual::NeighborId> stuck;
    std::vector<dual::Send> sends;
    for (std::size_t i = 0; i < effects.size(); ++i) {
        const auto& [prefix, effect] = effects[i];
        if (const auto* send = std::get_if<dual::Send>(&effect)) {
            sends.assign(1, *send);
            while (i + 1 < effects.size() && effects[i + 1].prefix == prefix) {
                const auto* next = std::get_if<dual::Send>(&effects[i + 1].effect);
                if (next == nullptr || next->message != send->message) break;
                sends.push_back(*next);
                ++i;
            }
            tell(prefix, sends);
        } else if (const auto* passed = std::get_if<dual::Passed>(&effect)) {
            ++inputEvents_[static_cast<std::size_t>(passed->event)];
            note(step, prefix, *passed);
        } else if (std::holds_alternative<dual::RouteChanged>(effect)) {
            changed.push_back(prefix);
        } else if (std::holds_alternative<dual::ActiveTimerStarted>(effect)) {
            if (config().activeTime) activeTimers_.start(prefix, step.env.now + *config().activeTime / 2);
        } else if (std::holds_alternative<dual::ActiveTimerStopped>(effect)) {
            activeTimers_.stop(prefix);
        } else if (const auto* verdict = std::get_if<dual::NeighborStuck>(&effect)) {
            stuck.push_back(verdict->neighbor);
        }
    }
    std::ranges::sort(changed);
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    for (const Prefix& prefix : changed)
        updateRib(step, prefix);
    for (const dual::NeighborId neighbor : stuck)
        resetStuck(step, neighbor);
}

void EigrpProcess::resetStuck(Step& step, dual::NeighborId neighbor) {
    const auto peer = peers_.find(neighbor);
    if (peer == peers_.end()) return;
    const InterfaceId id = peer->second.interface;
    step.out.note(
        fmt::format("neighbor {} is stuck in active: it has not replied", toString(peer->second.address)),
        Note::Level::Problem);
    TransportEffects reset;
    links_.at(id).transport.reset(neighbor, reset);
    act(step, id, reset);
}

/// What several neighbours are to be told about one prefix by one kind of message: all of an interface
/// together, when it is the same for all.
void EigrpProcess::tell(const Prefix& prefix, std::span<const dual::Send> sends) {
    const auto add = [&](Link& link, std::optional<dual::NeighborId> to, const dual::Send& send) {
        link.pending.add({prefix, to, send.message, send.reported, send.attributes});
    };
    std::vector<InterfaceId> isDone;
    for (std::size_t i = 0; i < sends.size(); ++i) {
        const auto peer = peers_.find(sends[i].to);
        if (peer == peers_.end()) continue;
        const InterfaceId id = peer->second.interface;
        Link& link = links_.at(id);
        const std::size_t up = link.transport.upCount();
        if (up <= 1) {
            add(link, sends[i].to, sends[i]);
            continue;
        }
        if (std::ranges::find(isDone, id) != isDone.end()) continue;
        isDone.push_back(id);
        std::vector<const dual::Send*> here;
        for (const dual::Send& send : sends.subspan(i)) {
            const auto other = peers_.find(send.to);
            if (other != peers_.end() && other->second.interface == id) here.push_back(&send);
        }
        const bool areAllToldTheSame =
            here.size() == up && std::ranges::all_of(here, [&](const dual::Send* send) {
                return send->reported == here.front()->reported &&
                       send->attributes == here.front()->attributes;
            });
        if (areAllToldTheSame) {
            add(link, std::nullopt, *here.front());
        } else {
            for (const dual::Send* send : here)
                add(link, send->to, *send);
        }
    }
}

/// Makes packets of what waits, as far as neighbours can take them now.
void EigrpProcess::transmit(Step& step, InterfaceId id, Link& link) {
    const auto isReady = [&](std::optional<dual::NeighborId> to) { return link.transport.isReadyFor(to); };
    // Over a link that has room for a single route, each has a packet of its own.
    const std::uint32_t mtu = step.env.interface(id).mtu;
    const std::size_t most = mtu > kOverhead ? mtu - kOverhead : 0;
    const bool isWide = usesWide(id);
    TransportEffects effects;
    if (link.transport.hasReadyNeighbor()) link.pending.prefetchHead();
    while (!link.pending.isEmpty() && link.transport.hasReadyNeighbor()) {
        std::vector<PendingRoute> told;
        std::size_t size = 0;
        link.pending.takePacket(isReady, [&](const PendingRoute& pending) {
            size += sizeOf(pending);
            if (size > most && !told.empty()) return false;
            attributes_.prefetch(pending.attributes);
            told.push_back(pending);
            return true;
        });
        if (told.empty()) break;
        const std::optional<dual::NeighborId> to = told.front().to;
        ReliableMessage message{.opcode = opcodeOf(told.front().message), .tlvs = {}};
        std::vector<Tlv>& tlvs = message.tlvs.edit();
        tlvs.reserve(told.size());
        for (const PendingRoute& pending : told)
            tlvs.emplace_back(routeFor(step, id, pending, isWide));
        if (to) {
            link.transport.unicast(*to, std::move(message), step.env.now, effects);
        } else {
            link.transport.multicast(std::move(message), step.env.now, effects);
        }
    }
    std::erase_if(link.tablesUnderWay, [&](const auto& table) {
        if (!link.pending.areToldBefore(table.second)) return false;
        link.transport.unicast(table.first, {Opcode::Update, {}, PacketFlag::kEndOfTable}, step.env.now,
                               effects);
        return true;
    });
    act(step, id, effects);
}

/// Lets go of the attributes that neither a path nor a waiting message has.
void EigrpProcess::sweepAttributes() {
    if (!attributes_.isSweepDue()) return;
    std::vector<dual::AttributesId> held;
    for (const auto& [id, link] : links_)
        link.pending.forEach([&](const PendingRoute& route) { held.push_back(route.attributes); });
    attributes_.sweep(topology_, held);
}

/// What a reader of the records needs to follow a diffusing computation. Inputs that keep a machine where it
/// is are not noted, but for replies.
void EigrpProcess::note(Step& step, const Prefix& prefix, const dual::Passed& passed) const {
    if (passed.from == passed.to && passed.event != dual::InputEvent::IE8) return;
    const auto addressOf = [&](dual::NeighborId neighbor) -> std::optional<IpAddress> {
        const auto peer = peers_.find(neighbor);
        return peer == peers_.end() ? std::nullopt : std::optional(peer->second.address);
    };
    ComputationRemark::Facts facts{.prefix = prefix,
                                   .passed = passed,
                                   .neighbor = addressOf(passed.neighbor),
                                   .awaited = {},
                                   .awaitedCount = 0,
                                   .gateway = std::nullopt,
                                   .distance = {}};
    const auto awaited = topology_.awaited(prefix);
    facts.awaitedCount = awaited.size();
    for (const dual::Awaited& one : awaited.first(std::min(awaited.size(), ComputationRemark::kMostNamed))) {
        if (const auto address = addressOf(one.neighbor)) facts.awaited.push_back(*address);
    }
    const dual::Entry* entry = topology_.find(prefix);
    const dual::Path* path = entry == nullptr ? nullptr : entry->paths.find(entry->successor);
    if (passed.to == dual::State::Passive && path != nullptr) {
        facts.gateway = attributes_[path->attributes].gateway;
        facts.distance = path->distance;
    }
    step.out.note(std::make_shared<const ComputationRemark>(std::move(facts)), Note::Level::Detail);
}

void EigrpProcess::sendPacket(Step& step, InterfaceId id, const SendPacket& send) {
    const InterfaceState& interface = step.env.interface(id);
    const InstanceSettings& settings = config().instance(interface.name);
    EigrpPacket packet = send.packet;
    const IpAddress& source = links_.at(id).transport.settings().address;
    if (settings.authentication != AuthenticationMode::None) {
        const policy::KeyChain* chain = policy::policyOf(config_->policy.get()).keyChain(settings.keyChain);
        // Without a key nothing is sent: an empty one would look like protection.
        if (chain == nullptr || chain->empty()) return;
        const bool isMd5 = settings.authentication == AuthenticationMode::Md5;
        std::vector<Tlv>& tlvs = packet.tlvs.edit();
        tlvs.insert(tlvs.begin(), blankAuthentication(isMd5 ? Authentication::kMd5 : Authentication::kSha256,
                                                      isMd5 ? chain->begin()->first : 0));
        packet = withDigest(std::move(packet), chain->begin()->second, source);
    }
    traffic_.countSent(packet);
    SendDatagram datagram;
    datagram.interface = id;
    datagram.source = source;
    datagram.ipProtocol = kIpProtocolEigrp;
    datagram.ttl = 1;
    datagram.payload = Payload(makePooled<EigrpMessage>(std::move(packet)));
    const std::vector<IpAddress>& known = links_.at(id).staticNeighbors;
    if (!send.to) {
        // What is for everybody goes to each of the configured neighbours.
        for (const IpAddress& neighbor : known) {
            datagram.destination = neighbor;
            step.out.add(datagram);
        }
        if (!known.empty()) return;
    }
    datagram.destination = send.to.value_or(groupOf(family()));
    step.out.add(std::move(datagram));
}

bool EigrpProcess::usesWide(InterfaceId id) const {
    if (!config().hasWideMetrics) return false;
    return std::ranges::all_of(links_.at(id).transport.neighbors(),
                               [](const auto& n) { return n.second.readsWideMetrics(); });
}

bool EigrpProcess::mayAnnounce(const InterfaceState& interface, const Prefix& prefix) const {
    const policy::PolicySet& lists = policy::policyOf(config_->policy.get());
    return std::ranges::all_of(config().distributeLists, [&](const DistributeList& list) {
        if (list.direction != Direction::Out || (!list.interface.empty() && list.interface != interface.name))
            return true;
        if (list.isPrefixList) {
            const auto* prefixes = lists.prefixList(family(), list.list);
            return prefixes == nullptr || prefixes->apply(prefix) == policy::Action::Permit;
        }
        const auto* access = lists.accessList(family(), list.list);
        return access == nullptr || access->apply(prefix) == policy::Action::Permit;
    });
}

/// RFC 7868, 6.7.6: a stub announces what it was told to of its own, and nothing that it learned, but for
/// what the leak-map permits.
bool EigrpProcess::isHiddenByStub(const Env& env, const Prefix& prefix,
                                  const PathAttributes& attributes) const {
    if (!config().stub) return false;
    const StubSettings& stub = *config().stub;
    if (!stub.leakMap.empty()) {
        const bool hasInterface = attributes.interface.isSome();
        const policy::RouteFacts facts{
            .prefix = prefix,
            .protocol = protocolOf(family()),
            .tag = attributes.exterior ? attributes.exterior->administrativeTag : 0,
            .interface = hasInterface ? &env.interface(attributes.interface).name : nullptr,
            .messageInterface = nullptr,
            .nextHop = attributes.gateway,
            .attributes = nullptr};
        if (evaluate(policy::policyOf(config_->policy.get()), stub.leakMap, facts, {}).isPermitted)
            return false;
    }
    const dual::Entry* entry = topology_.find(prefix);
    if (stub.isReceiveOnly || entry == nullptr || !dual::isLocal(entry->successor)) return true;
    if (entry->successor == dual::kConnected) return !stub.announcesConnected;
    if (entry->successor == dual::kSummary) return !stub.announcesSummaries;
    const bool isStatic = attributes.exterior && attributes.exterior->protocol == ExternalProtocol::Static;
    return !stub.announcesRedistributed && !(isStatic && stub.announcesStatic);
}

Delay EigrpProcess::offsetFor(Direction direction, const InterfaceState& interface,
                              const Prefix& prefix) const {
    const OffsetList* list = config().offsetList(direction, interface.name);
    if (list == nullptr) return {};
    const auto* access = policy::policyOf(config_->policy.get()).accessList(family(), list->accessList);
    // A list that does not exist matches nothing.
    if (access == nullptr || access->apply(prefix) != policy::Action::Permit) return {};
    return Delay::fromScaled(list->offset);
}

Route EigrpProcess::routeFor(const Step& step, InterfaceId id, const PendingRoute& pending,
                             bool isWide) const {
    const Prefix& prefix = pending.prefix;
    Route route;
    route.family = family();
    route.nextHop = IpAddress::any(family());
    route.destinations = {prefix};
    VectorMetric metric = VectorMetric::unreachable();
    const InterfaceState& interface = step.env.interface(id);
    bool isHidden = !pending.reported.isFinite() || !mayAnnounce(interface, prefix) ||
                    isHiddenBySummary(interface, prefix);
    if (pending.attributes.isSome()) {
        const PathAttributes attributes = attributes_[pending.attributes];
        metric = attributes.total;
        route.exterior = attributes.exterior;
        isHidden = isHidden || isHiddenByStub(step.env, prefix, attributes);
        metric.delay = metric.delay.plus(offsetFor(Direction::Out, interface, prefix));
    }
    if (isHidden) metric.delay = Delay::unreachable();
    const std::uint8_t flags = topology_.isActive(prefix) ? RouteFlag::kActive : 0;
    if (isWide) {
        route.wide = WideHeader{.topology = 0, .routerId = routerId(step.env.interfaces)};
        WideMetric wide = WideMetric::from(metric);
        wide.opaqueFlags = flags;
        route.metric = std::move(wide);
    } else {
        ClassicMetric classic = ClassicMetric::from(metric);
        classic.flags = flags;
        route.metric = classic;
    }
    return route;
}

}  // namespace peerscape::eigrp
