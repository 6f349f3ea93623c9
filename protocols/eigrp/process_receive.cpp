/// Packets that EIGRP believes, neighbours that come and go, and what the routes of packets mean for DUAL.
#include <algorithm>

#include <fmt/format.h>

#include "engine/base/overloaded.hpp"
#include "engine/base/small_vector.hpp"
#include "protocols/eigrp/authentication.hpp"
#include "protocols/eigrp/process.hpp"
#include "protocols/eigrp/remarks.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape::eigrp {
namespace {

std::optional<dual::Message> messageOf(Opcode opcode) {
    switch (opcode) {
        case Opcode::Update:
            return dual::Message::Update;
        case Opcode::Query:
            return dual::Message::Query;
        case Opcode::Reply:
            return dual::Message::Reply;
        case Opcode::SiaQuery:
            return dual::Message::SiaQuery;
        case Opcode::SiaReply:
            return dual::Message::SiaReply;
        case Opcode::Request:
        case Opcode::Hello:
            return std::nullopt;
    }
    return std::nullopt;
}

template <typename Visit>
void forEachRoute(const EigrpPacket& packet, Visit visit) {
    for (const Tlv& tlv : packet.tlvs) {
        if (const Route* route = std::get_if<Route>(&tlv)) visit(*route);
    }
}

}  // namespace

void EigrpProcess::receive(Step& step, const DatagramReceived& datagram) {
    prefetch();
    const InterfaceState& interface = step.env.interface(datagram.interface);
    const auto link = links_.find(datagram.interface);
    if (link == links_.end() || link->second.isPassive) return;
    link->second.transport.prefetch();
    const auto refuse = [&](std::string_view why) {
        step.out.note(fmt::format("EIGRP packet from {} on {} refused: {}", toString(datagram.source),
                                  interface.name, why),
                      Note::Level::Problem);
    };
    if (const auto why = refusalOfSender(interface, link->second, datagram)) return refuse(*why);
    if (interface.hasAddress(datagram.source)) return;
    EigrpPacket decoded;
    const EigrpPacket* packet = nullptr;
    if (const auto* message = datagram.payload.as<EigrpMessage>()) {
        packet = &message->content();
    } else {
        auto result = decode(family(), datagram.payload.bytes());
        if (!result) return refuse(result.error().message);
        decoded = std::move(*result);
        packet = &decoded;
    }
    if (const auto why = refusalOfAuthentication(interface, *packet, datagram)) return refuse(*why);
    traffic_.countReceived(*packet);
    Transport& transport = link->second.transport;
    const bool isKnown = transport.neighbors().contains(datagram.source);
    const dual::NeighborId fresh = isKnown ? dual::NeighborId::none() : freshNeighborId();
    TransportEffects effects;
    transport.hear(datagram.source, *packet, fresh, step.env.now, effects);
    act(step, datagram.interface, effects);
}

std::optional<std::string> EigrpProcess::refusalOfSender(const InterfaceState& interface, const Link& link,
                                                         const DatagramReceived& datagram) const {
    const bool isOnNetwork = family() == Family::IPv4 ? interface.addressFacing(datagram.source) != nullptr
                                                      : datagram.source.isLinkLocal();
    if (!isOnNetwork) return "not on a common network";
    const auto& known = link.staticNeighbors;
    if (known.empty()) return std::nullopt;
    if (std::ranges::find(known, datagram.source) == known.end())
        return "it is none of the neighbors configured on the interface";
    if (datagram.destination.isMulticast())
        return "it is multicast, and neighbors are configured on the interface";
    return std::nullopt;
}

std::optional<std::string> EigrpProcess::refusalOfAuthentication(const InterfaceState& interface,
                                                                 const EigrpPacket& packet,
                                                                 const DatagramReceived& datagram) const {
    const InstanceSettings& settings = config().instance(interface.name);
    const Authentication* shown = packet.find<Authentication>();
    if (settings.authentication == AuthenticationMode::None) {
        if (shown != nullptr) return "it is authenticated, and no authentication is configured here";
        return std::nullopt;
    }
    const std::uint16_t wanted =
        settings.authentication == AuthenticationMode::Md5 ? Authentication::kMd5 : Authentication::kSha256;
    if (shown == nullptr) return "it is not authenticated";
    if (shown->type != wanted) return "it is authenticated by another method";
    const policy::KeyChain* chain = policy::policyOf(config_->policy.get()).keyChain(settings.keyChain);
    if (chain == nullptr || chain->empty())
        return fmt::format("key chain '{}' has no key", settings.keyChain);
    const auto key = wanted == Authentication::kMd5 ? chain->find(shown->keyId) : chain->begin();
    if (key == chain->end()) return fmt::format("there is no key {}", shown->keyId);
    if (!hasValidDigest(datagram.payload.bytes(), key->second, datagram.source)) return "its digest is wrong";
    return std::nullopt;
}

void EigrpProcess::act(Step& step, InterfaceId id, const TransportEffects& effects) {
    const std::string& name = step.env.interface(id).name;
    for (const TransportEffect& effect : effects) {
        std::visit(
            Overloaded{
                [&](const SendPacket& send) { sendPacket(step, id, send); },
                [&](const NeighborDiscovered& found) {
                    peers_[found.neighbor] = {id, found.address};
                    step.out.note(std::make_shared<const NeighborRemark>(NeighborRemark::Kind::Pending,
                                                                         found.address, name));
                },
                [&](const NeighborUp& up) { greet(step, id, up.neighbor); },
                [&](const NeighborDown& down) { loseNeighbor(step, id, down); },
                [&](const KValuesDiffer& differ) {
                    step.out.note(fmt::format("no neighbor {} ({}): K-value mismatch, {} here, {} there",
                                              toString(differ.from), name, toString(differ.ours),
                                              toString(differ.theirs)),
                                  Note::Level::Problem);
                },
                [&](const PacketIgnored& ignored) {
                    step.out.note(fmt::format("EIGRP packet from {} ({}) ignored: it is of autonomous system "
                                              "{}, and this is {}",
                                              toString(ignored.from), name, ignored.autonomousSystem,
                                              *config().autonomousSystem),
                                  Note::Level::Detail);
                },
                [&](const Deliver& delivered) { readRoutes(step, id, delivered); },
                [&](const EndOfTable&) {},
            },
            effect);
    }
}

/// A neighbour is up: it is told the whole table (RFC 7868, 5.3.4).
void EigrpProcess::greet(Step& step, InterfaceId id, dual::NeighborId neighbor) {
    Link& link = links_.at(id);
    const Neighbor& known = *link.transport.find(neighbor);
    const InterfaceState& interface = step.env.interface(id);
    step.out.note(
        std::make_shared<const NeighborRemark>(NeighborRemark::Kind::Up, known.address, interface.name));
    topology_.addNeighbor(neighbor, {.interface = id,
                                     .splitHorizon = config().instance(interface.name).hasSplitHorizon,
                                     .isStub = known.stub.has_value()});
    for (const std::uint32_t position : topology_.entries().sorted()) {
        const Prefix& prefix = topology_.entries().at(position).first;
        const dual::Send told = topology_.tellOf(prefix, neighbor, dual::Message::Update);
        // What it cannot use need not be said to one that knows nothing.
        if (told.reported.isFinite()) tell(prefix, std::span(&told, 1));
    }
    link.tablesUnderWay[neighbor] = link.pending.mark();
}

void EigrpProcess::loseNeighbor(Step& step, InterfaceId id, const NeighborDown& down) {
    step.out.note(std::make_shared<const NeighborRemark>(NeighborRemark::Kind::Down, down.address,
                                                         step.env.interface(id).name, down.reason));
    peers_.erase(down.neighbor);
    Link& link = links_.at(id);
    link.tablesUnderWay.erase(down.neighbor);
    link.pending.forget(down.neighbor);
    if (link.transport.upCount() == 0) link.pending.clear();
    // It may be back after its next hello; until then nothing is settled.
    if (down.reason != DownReason::InterfaceDown) link.since = step.env.now;
    dual::Effects effects;
    topology_.loseNeighbor(down.neighbor, effects);
    act(step, effects);
}

void EigrpProcess::readRoutes(Step& step, InterfaceId id, const Deliver& delivered) {
    const auto message = messageOf(delivered.packet.opcode);
    const auto peer = peers_.find(delivered.from);
    if (!message || peer == peers_.end()) return;
    const Peer from = peer->second;
    attributes_.prefetchUsual();
    for (const auto& [other, link] : links_)
        peerscape::prefetch(link);
    prefetchEntries(delivered.packet);
    const VectorMetric link = presentMetric(step, id);
    std::vector<Heard> heard;
    heard.reserve(delivered.packet.tlvs.size());
    forEachRoute(delivered.packet, [&](const Route& route) {
        for (const Prefix& prefix : route.destinations)
            heard.push_back({prefix, offerOf(step, from, link, route, prefix)});
    });
    prefetchPending(delivered.from, heard);
    dual::Effects effects;
    for (const auto& [prefix, offer] : heard)
        topology_.receive(prefix, delivered.from, *message, offer, effects);
    act(step, effects);
}

/// A large lab's tables lie in memory far away: asks for what the routes of the packet will need of the
/// topology table, for all at once.
void EigrpProcess::prefetchEntries(const EigrpPacket& packet) const {
    const auto forEach = [&](auto act) {
        forEachRoute(packet, [&](const Route& route) { act(route.destinations.front()); });
    };
    forEach([&](const Prefix& prefix) { topology_.entries().prefetch(prefix); });
    forEach([&](const Prefix& prefix) { topology_.entries().prefetchEntry(prefix); });
    forEach([&](const Prefix& prefix) {
        if (const dual::Entry* entry = topology_.find(prefix)) entry->paths.prefetch();
    });
}

/// The same of what waits for neighbours; only for routes that are likely to be told on.
void EigrpProcess::prefetchPending(dual::NeighborId from, std::span<const Heard> heard) const {
    const auto isNews = [&](const Heard& one) {
        const dual::Entry* entry = topology_.find(one.prefix);
        return entry == nullptr || entry->successor == from || one.offer.distance < entry->reported;
    };
    SmallVector<const Prefix*, 32> news;
    for (const Heard& one : heard) {
        if (isNews(one)) news.push_back(&one.prefix);
    }
    if (news.empty()) return;
    for (const auto& [id, link] : links_) {
        link.transport.prefetch();
        for (const Prefix* prefix : news)
            link.pending.prefetch(*prefix);
    }
    for (const auto& [id, link] : links_) {
        for (const Prefix* prefix : news)
            link.pending.prefetchItem(*prefix);
    }
}

/// An external route that we brought in ourselves has gone round (RFC 7868, 5.4.1.2). Routers without any
/// IPv4 address have no id to know it by; all of them say 0.
bool EigrpProcess::isBroughtInHere(const Env& env, const Route& route) const {
    const std::uint32_t ownId = route.exterior ? routerId(env.interfaces) : 0;
    return ownId != 0 && route.exterior->routerId == ownId;
}

dual::Offer EigrpProcess::offerOf(const Step& step, const Peer& peer, const VectorMetric& link,
                                  const Route& route, const Prefix& prefix) {
    const InterfaceState& interface = step.env.interface(peer.interface);
    const VectorMetric reported = route.vector();
    if (reported.isUnreachable() || isBroughtInHere(step.env, route) ||
        reported.hopCount >= config().maximumHops)
        return {};
    const policy::PolicySet& lists = policy::policyOf(config_->policy.get());
    for (const DistributeList& list : config().distributeLists) {
        if (list.direction != Direction::In || (!list.interface.empty() && list.interface != interface.name))
            continue;
        const auto* prefixes = list.isPrefixList ? lists.prefixList(family(), list.list) : nullptr;
        const auto* access = list.isPrefixList ? nullptr : lists.accessList(family(), list.list);
        if (prefixes != nullptr && prefixes->apply(prefix) != policy::Action::Permit) return {};
        if (access != nullptr && access->apply(prefix) != policy::Action::Permit) return {};
    }
    VectorMetric total = reported.through(link);
    total.delay = total.delay.plus(offsetFor(Direction::In, interface, prefix));
    IpAddress gateway = route.nextHop.isUnspecified() ? peer.address : route.nextHop;
    dual::Offer offer;
    offer.reported = distanceOf(reported, route.isExternal());
    offer.distance = distanceOf(total, route.isExternal());
    if (!offer.reported.isFinite() || !offer.distance.isFinite()) return {};
    offer.attributes = attributes_.add({.reported = reported,
                                        .total = std::move(total),
                                        .gateway = gateway,
                                        .interface = peer.interface,
                                        .exterior = route.exterior});
    return offer;
}

dual::CompositeDistance EigrpProcess::distanceOf(const VectorMetric& metric, bool isExternal) const {
    const CompositeMetric composite =
        config().hasWideMetrics ? wideComposite(metric, config().k) : classicComposite(metric, config().k);
    if (composite.isInfinite()) return {};
    return isExternal ? dual::CompositeDistance::external(composite.number())
                      : dual::CompositeDistance(composite.number());
}

}  // namespace peerscape::eigrp
