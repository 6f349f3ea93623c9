/// What DUAL wants done: packets in as few pieces as possible, and routes for the RIB.
#include <algorithm>

#include <fmt/format.h>

#include "engine/base/block_pool.hpp"
#include "protocols/eigrp/authentication.hpp"
#include "protocols/eigrp/process.hpp"
#include "protocols/eigrp/remarks.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape::eigrp {
namespace {

/// Of the route to Null0 that keeps packets to the gaps of a summary from going round.
constexpr Distance kSummaryDistance = 5;

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
std::size_t sizeOf(const Route& route) {
    std::size_t size = kTlvHeaderSize + 8 + 4 + 24 + 17 + (route.exterior ? 20 : 0);
    if (route.family == Family::IPv6) size += 12;
    return size;
}

}  // namespace

/// Collects routes into packets, interface by interface, in the order in which DUAL wants them told.
class EigrpProcess::Telling {
  public:
    Telling(EigrpProcess& process, Step& step) : process_(process), step_(step) {}

    /// What several neighbours are told about one prefix by one kind of message.
    void tell(const Prefix& prefix, std::span<const dual::Send> sends) {
        std::map<InterfaceId, std::vector<const dual::Send*>> byInterface;
        for (const dual::Send& send : sends) {
            const auto peer = process_.peers_.find(send.to);
            if (peer != process_.peers_.end()) byInterface[peer->second.interface].push_back(&send);
        }
        for (const auto& [id, told] : byInterface) {
            if (areAllToldTheSame(id, told)) {
                add(id, std::nullopt, prefix, *told.front());
            } else {
                for (const dual::Send* send : told)
                    add(id, send->to, prefix, *send);
            }
        }
    }
    void finish() {
        for (auto& [id, item] : open_)
            flush(id, item);
        open_.clear();
    }

  private:
    /// A packet in the making.
    struct Item {
        std::optional<dual::NeighborId> to;  ///< none: all
        ReliableMessage message;
        std::size_t size = 0;
    };

    bool areAllToldTheSame(InterfaceId id, const std::vector<const dual::Send*>& told) const {
        const auto& neighbors = process_.links_.at(id).transport.neighbors();
        const auto up = std::ranges::count_if(neighbors, [](const auto& n) { return n.second.isUp(); });
        return told.size() == static_cast<std::size_t>(up) && up > 1 &&
               std::ranges::all_of(told, [&](const dual::Send* send) {
                   return send->reported == told.front()->reported &&
                          send->attributes == told.front()->attributes;
               });
    }
    void add(InterfaceId id, std::optional<dual::NeighborId> to, const Prefix& prefix,
             const dual::Send& send) {
        Route route = process_.routeFor(step_, id, prefix, send, process_.usesWide(id));
        const std::size_t size = sizeOf(route);
        const Opcode opcode = opcodeOf(send.message);
        const std::size_t most = step_.env.interface(id).mtu - kOverhead;
        const auto open = open_.find(id);
        if (open != open_.end()) {
            Item& item = open->second;
            if (item.to == to && item.message.opcode == opcode && item.size + size <= most) {
                item.message.tlvs.emplace_back(std::move(route));
                item.size += size;
                return;
            }
            flush(id, item);
        }
        Item item{.to = to, .message = {opcode, {}, 0}, .size = size};
        item.message.tlvs.emplace_back(std::move(route));
        open_.insert_or_assign(id, std::move(item));
    }
    void flush(InterfaceId id, Item& item) {
        Transport& transport = process_.links_.at(id).transport;
        TransportEffects effects;
        if (item.to) {
            transport.unicast(*item.to, std::move(item.message), step_.env.now, effects);
        } else {
            transport.multicast(std::move(item.message), step_.env.now, effects);
        }
        process_.act(step_, id, effects);
    }

    EigrpProcess& process_;
    Step& step_;
    std::map<InterfaceId, Item> open_;
};

void EigrpProcess::act(Step& step, const dual::Effects& effects) {
    Telling telling(*this, step);
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
            telling.tell(prefix, sends);
        } else if (const auto* passed = std::get_if<dual::Passed>(&effect)) {
            note(step, prefix, *passed);
        } else if (std::holds_alternative<dual::RouteChanged>(effect)) {
            changed.push_back(prefix);
        } else if (std::holds_alternative<dual::ActiveTimerStarted>(effect)) {
            if (config().activeTime) activeDeadlines_[prefix] = step.env.now + *config().activeTime / 2;
        } else if (std::holds_alternative<dual::ActiveTimerStopped>(effect)) {
            activeDeadlines_.erase(prefix);
        } else if (const auto* verdict = std::get_if<dual::NeighborStuck>(&effect)) {
            stuck.push_back(verdict->neighbor);
        }
    }
    telling.finish();
    std::ranges::sort(changed);
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    for (const Prefix& prefix : changed)
        updateRib(step, prefix);
    for (const dual::NeighborId neighbor : stuck) {
        const auto peer = peers_.find(neighbor);
        if (peer == peers_.end()) continue;
        const InterfaceId id = peer->second.interface;
        step.out.note(
            fmt::format("neighbor {} is stuck in active: it has not replied", toString(peer->second.address)),
            Note::Level::Problem);
        TransportEffects reset;
        links_.at(id).transport.reset(neighbor, reset);
        act(step, id, reset);
    }
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
        packet.tlvs.insert(packet.tlvs.begin(),
                           blankAuthentication(isMd5 ? Authentication::kMd5 : Authentication::kSha256,
                                               isMd5 ? chain->begin()->first : 0));
        packet = withDigest(std::move(packet), chain->begin()->second, source);
    }
    traffic_.countSent(packet);
    SendDatagram datagram;
    datagram.interface = id;
    datagram.source = source;
    datagram.destination = send.to.value_or(groupOf(family()));
    datagram.ipProtocol = kIpProtocolEigrp;
    datagram.ttl = 1;
    datagram.payload = Payload(makePooled<EigrpMessage>(std::move(packet)));
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

/// RFC 7868, 6.7.6: a stub announces what it was told to of its own, and nothing that it learned.
bool EigrpProcess::isHiddenByStub(const dual::Entry* entry, const PathAttributes& attributes) const {
    if (!config().stub) return false;
    const StubSettings& stub = *config().stub;
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

Route EigrpProcess::routeFor(const Step& step, InterfaceId id, const Prefix& prefix, const dual::Send& send,
                             bool isWide) const {
    Route route;
    route.family = family();
    route.nextHop = IpAddress::any(family());
    route.destinations = {prefix};
    VectorMetric metric = VectorMetric::unreachable();
    const InterfaceState& interface = step.env.interface(id);
    const dual::Entry* entry = topology_.find(prefix);
    bool isHidden =
        !send.reported.isFinite() || !mayAnnounce(interface, prefix) || isHiddenBySummary(interface, prefix);
    if (send.attributes.isSome()) {
        const PathAttributes& attributes = attributes_[send.attributes];
        metric = attributes.total;
        route.exterior = attributes.exterior;
        isHidden = isHidden || isHiddenByStub(entry, attributes);
        metric.delay = metric.delay.plus(offsetFor(Direction::Out, interface, prefix));
    }
    if (isHidden) metric.delay = Delay::unreachable();
    const std::uint8_t flags = entry != nullptr && entry->isActive() ? RouteFlag::kActive : 0;
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

void EigrpProcess::updateRib(Step& step, const Prefix& prefix) {
    const dual::Entry* entry = topology_.find(prefix);
    std::vector<dual::Path> paths;
    if (entry != nullptr) {
        paths = config().variance > 1 ? dual::TopologyTable::feasiblePaths(*entry)
                                      : dual::TopologyTable::route(*entry);
    }
    std::ranges::stable_sort(paths, {}, &dual::Path::distance);
    const auto isForRib = [&](const dual::Path& path) {
        if (path.source == dual::kRedistributed) return false;
        const bool isBest = path.distance == paths.front().distance;
        return isBest ||
               path.distance.metric() < paths.front().distance.metric() * std::uint64_t{config().variance};
    };
    if (paths.empty() || paths.front().source == dual::kRedistributed) {
        if (offered_.erase(prefix)) step.out.withdraw(prefix);
        return;
    }
    if (paths.front().source == dual::kSummary) paths.resize(1);
    const dual::CompositeDistance best = paths.front().distance;
    const PathAttributes& first = attributes_[paths.front().attributes];
    RouteOffer offer;
    offer.prefix = prefix;
    const bool isSummary = paths.front().source == dual::kSummary;
    offer.distance = isSummary           ? kSummaryDistance
                     : best.isExternal() ? config().externalDistance
                                         : config().internalDistance;
    offer.metric = CompositeMetric::value(best.metric())
                       .ribMetric(config().hasWideMetrics ? config().ribScale : std::uint8_t{1});
    offer.tag = first.exterior ? first.exterior->administrativeTag : 0;
    for (const dual::Path& path : paths) {
        if (offer.nextHops.size() >= config().maximumPaths || !isForRib(path)) break;
        const PathAttributes& attributes = attributes_[path.attributes];
        offer.nextHops.push_back(isSummary ? NextHop::blackhole()
                                 : attributes.gateway.isUnspecified()
                                     ? NextHop::through(attributes.interface)
                                     : NextHop::via(attributes.gateway, attributes.interface));
    }
    if (const RouteOffer* known = std::as_const(offered_).find(prefix); known != nullptr && *known == offer)
        return;
    offered_[prefix] = offer;
    step.out.announce(std::move(offer));
}

}  // namespace peerscape::eigrp
