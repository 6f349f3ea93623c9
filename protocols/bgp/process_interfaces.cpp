// Neighbours by interface (`neighbor eth0 interface`): nobody configures their addresses, they say them.
//
// On such an interface a router sends what IPv6 routers send anyway, router advertisements, and takes the
// source of those it hears for its neighbour (as FRR does). On a network of two addresses, /30 or /31, the
// neighbour has the other one.
#include <algorithm>
#include <utility>

#include "engine/routing/packet.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/bgp/router_advertisement.hpp"

namespace peerscape::bgp {
namespace {

// FRR's: four quickly, then one every ten seconds, each believed for three intervals.
constexpr Duration kQuickInterval = Duration::seconds(1);
constexpr Duration kInterval = Duration::seconds(10);
constexpr Duration kRouterLifetime = Duration::seconds(30);

/// The other address of the interface's IPv4 network, where there is just one.
std::optional<IpAddress> otherEnd(const InterfaceState& interface) {
    const InterfaceAddress* own = interface.firstAddress(Family::IPv4);
    if (own == nullptr || (own->length != 30 && own->length != 31)) return std::nullopt;
    const IpAddress first = own->network().address().plus(own->length == 30 ? 1 : 0);
    return own->address == first ? first.plus(1) : first;
}

SendDatagram discovery(const InterfaceState& interface, DiscoveryMessage::Kind kind) {
    SendDatagram datagram;
    datagram.interface = interface.id;
    datagram.source = interface.linkLocal;
    datagram.destination = kind == DiscoveryMessage::Kind::Solicitation ? kAllRouters : kAllNodes;
    datagram.ipProtocol = kIpProtocolIcmp6;
    datagram.ttl = kDiscoveryHopLimit;
    const bool isSolicitation = kind == DiscoveryMessage::Kind::Solicitation;
    const DiscoveryMessage message{kind, isSolicitation ? Duration() : kRouterLifetime, interface.macAddress};
    datagram.payload = Payload(message.encode(*interface.linkLocal, datagram.destination));
    return datagram;
}

}  // namespace

/// Begins on interfaces that are up and have such neighbours, and ends on others.
void BgpProcess::refreshAdvertising(Step& step) {
    if (config().interfaceNeighbors.empty() && advertising_.empty()) return;
    std::erase_if(advertising_,
                  [&](const auto& entry) { return !config().interfaceNeighbors.contains(entry.first); });
    if (advertising_.empty() && !config().interfaceNeighbors.empty())
        step.out.add(BindIp{Family::IPv6, kIpProtocolIcmp6, {kAllNodes, kAllRouters}});
    for (const auto& [name, neighbor] : config().interfaceNeighbors) {
        Advertising& advertising = advertising_[name];
        const InterfaceState* interface = step.env.interfaceNamed(name);
        const bool canSpeak = interface != nullptr && interface->isUp() && interface->linkLocal;
        if (!canSpeak) {
            advertising = Advertising();
        } else if (advertising.next.isNever()) {
            startAdvertising(step, *interface, advertising);
        }
    }
}

void BgpProcess::startAdvertising(Step& step, const InterfaceState& interface, Advertising& advertising) {
    // Who has been there for long need not be waited for (RFC 4861 section 6.3.7).
    step.out.add(discovery(interface, DiscoveryMessage::Kind::Solicitation));
    sendAdvertisement(step, interface);
    advertising = {step.env.now + kQuickInterval, 1};
}

void BgpProcess::sendAdvertisement(Step& step, const InterfaceState& interface) const {
    step.out.add(discovery(interface, DiscoveryMessage::Kind::Advertisement));
}

void BgpProcess::advertiseDue(Step& step) {
    for (auto& [name, advertising] : advertising_) {
        if (advertising.next > step.env.now) continue;
        const InterfaceState* interface = step.env.interfaceNamed(name);
        ++advertising.count;
        advertising.next = step.env.now + (advertising.isStarting() ? kQuickInterval : kInterval);
        if (interface != nullptr && interface->linkLocal) sendAdvertisement(step, *interface);
    }
}

SimTime BgpProcess::nextAdvertisement() const {
    SimTime next = SimTime::never();
    for (const auto& [name, advertising] : advertising_)
        next = std::min(next, advertising.next);
    return next;
}

/// Somebody may still say for the first time that it is there.
bool BgpProcess::isLookingForNeighbors() const {
    if (advertising_.empty()) return false;
    return std::ranges::any_of(peers_, [&](const auto& entry) {
        const Peer& peer = entry.second;
        if (!peer.isUnnumbered() || peer.isLocated()) return false;
        const auto advertising = advertising_.find(peer.key.interface);
        return advertising != advertising_.end() && advertising->second.isStarting();
    });
}

void BgpProcess::hearDiscovery(Step& step, const DatagramReceived& received) {
    const InterfaceState& interface = step.env.interface(received.interface);
    const auto known = byKey_.find({{}, interface.name});
    if (known == byKey_.end() || !received.source.isLinkLocal() || received.ttl != kDiscoveryHopLimit) return;
    const auto message =
        DiscoveryMessage::decode(received.payload.bytes(), received.source, received.destination);
    if (!message) return step.out.note(message.error().message, Note::Level::Problem);
    if (!*message) return;
    if ((*message)->kind == DiscoveryMessage::Kind::Solicitation) return sendAdvertisement(step, interface);
    Peer& peer = peers_.at(known->second);
    if (peer.advertised == received.source) return;
    peer.advertised = received.source;
    locate(step, peer);
    configureSession(step, peer);
    refreshReachability(step, peer);
    noteDeadline(peer, step.env.now);
}

/// Where the neighbour is now, as far as that is known.
void BgpProcess::locate(Step& step, Peer& peer) {
    const InterfaceState* interface = step.env.interfaceNamed(peer.key.interface);
    std::optional<IpAddress> found;
    if (interface != nullptr && !peer.config.isV6Only) found = otherEnd(*interface);
    if (!found) found = peer.advertised;
    const IpAddress remote = found.value_or(IpAddress());
    peer.interface = networkOf(step.env, peer);
    if (peer.hop.isSome() && remote == peer.remote) return;
    if (peer.hop.isSome()) {
        nextHops_.untrack(peer.hop, step.out);
        nextHops_.release(peer.hop);
    }
    peer.remote = peer.facts.address = remote;
    peer.hop = nextHops_.acquire({remote, std::nullopt}, remote.isV6() ? peer.interface : InterfaceId());
    nextHops_.track(peer.hop, step.env, step.out);
    refreshKeys(step);
}

/// The neighbour by interface that has this address there; null: none has.
Peer* BgpProcess::peerOn(const Env& env, InterfaceId interface, const IpAddress& address) {
    for (auto [id, peer] : peers_) {
        if (!peer.isUnnumbered() || peer.address() != address) continue;
        if (!interface.isSome() || networkOf(env, peer) == interface) return &peer;
    }
    return nullptr;
}

/// The network that the neighbour and this router share, while it works.
InterfaceId BgpProcess::networkOf(const Env& env, const Peer& peer) const {
    if (!peer.isUnnumbered()) return interfaceFacing(env, peer.address());
    const InterfaceState* interface = env.interfaceNamed(peer.key.interface);
    return interface != nullptr && interface->isUp() ? interface->id : InterfaceId::none();
}

}  // namespace peerscape::bgp
