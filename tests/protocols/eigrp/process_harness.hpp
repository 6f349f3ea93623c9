#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "protocols/eigrp/authentication.hpp"
#include "protocols/eigrp/process.hpp"
#include "protocols/policy/policy_set.hpp"
#include "tests/protocols/eigrp/helpers.hpp"

/// One EIGRP process alone, and neighbours that the test plays packet by packet.
namespace peerscape::eigrp::test {

class ProcessBench;

/// A router at the other end of an interface. It acknowledges whatever it is sent.
class PlayedNeighbor {
  public:
    PlayedNeighbor(ProcessBench& bench, InterfaceId interface, IpAddress address)
        : bench_(&bench), interface_(interface), address_(address) {}

    InterfaceId interface() const { return interface_; }
    const IpAddress& address() const { return address_; }

    EigrpPacket hello() const;
    /// Sends the packet as it is, to the group or to the router itself.
    void send(const EigrpPacket& packet, bool isMulticast = false);
    void sendBytes(Bytes bytes, bool isMulticast = false);
    /// Hello and INIT: the adjacency comes up, and the table is told.
    void comeUp();
    void comeUp(const EigrpPacket& hello);
    /// A reliable packet with these routes.
    void say(Opcode opcode, const std::vector<Route>& routes, std::uint32_t flags = 0);

    /// Everything it has been sent, in order.
    std::vector<EigrpPacket> heard;
    std::vector<IpAddress> heardAt;  ///< the destinations
    bool isAcknowledging = true;
    std::uint16_t autonomousSystem = 1;

    std::vector<EigrpPacket> heardOf(Opcode opcode) const;
    /// What it was last told of the network, in whatever kind of packet; none: nothing, ever.
    std::optional<Route> lastTold(std::string_view prefix) const;
    /// Whether it was told, and last as reachable.
    bool knows(std::string_view prefix) const;
    bool wasAsked(std::string_view prefix) const;

  private:
    ProcessBench* bench_;
    InterfaceId interface_;
    IpAddress address_;
    std::uint32_t sequence_ = 1000;
};

/// Its interfaces: eth0 10.0.12.1/24, eth1 10.0.13.1/24, lan0 192.168.1.1/24, all in networks of EIGRP.
class ProcessBench {
  public:
    explicit ProcessBench(Family family = Family::IPv4) : family_(family) {
        if (family == Family::IPv4) {
            addInterface("eth0", {"10.0.12.1/24"});
            addInterface("eth1", {"10.0.13.1/24"});
            addInterface("lan0", {"192.168.1.1/24"});
            config.networks = {net("10.0.0.0/8"), net("192.168.0.0/16")};
        } else {
            addInterface("eth0", {"2001:db8:12::1/64"}, "fe80::12:1");
            addInterface("eth1", {"2001:db8:13::1/64"}, "fe80::13:1");
            addInterface("lan0", {"2001:db8:1::1/64"}, "fe80::1:1");
            for (const char* name : {"eth0", "eth1", "lan0"})
                config.interfaces[name].instances[1].isEnabled = true;
        }
        config.family = family;
        config.autonomousSystem = 1;
    }

    InterfaceId addInterface(std::string name, const std::vector<std::string>& addresses,
                             std::string_view linkLocal = "") {
        InterfaceState state;
        state.id = InterfaceId(static_cast<std::uint16_t>(interfaces.size()));
        state.name = std::move(name);
        state.hasCarrier = true;
        for (const auto& a : addresses)
            state.addresses.push_back(*InterfaceAddress::parse(a));
        if (!linkLocal.empty()) state.linkLocal = ip(linkLocal);
        interfaces.push_back(state);
        return state.id;
    }
    PlayedNeighbor& neighbor(std::uint16_t interface, std::string_view address) {
        neighbors_.push_back(std::make_unique<PlayedNeighbor>(*this, InterfaceId(interface), ip(address)));
        return *neighbors_.back();
    }
    /// The same, up.
    PlayedNeighbor& upNeighbor(std::uint16_t interface, std::string_view address) {
        PlayedNeighbor& added = neighbor(interface, address);
        added.comeUp();
        return added;
    }
    InstanceSettings& instance(const std::string& interface) {
        return config.interfaces[interface].instances[1];
    }

    void start() {
        process = std::make_unique<EigrpProcess>(wrapped());
        handle(Started{});
    }
    /// With what `config` and `policy` say now.
    void reconfigure() { handle(Configured{wrapped()}); }
    void handle(const Input& input) {
        Outbox out;
        const Env env{.now = now,
                      .cause = RecordId(++steps_),
                      .hostname = "R1",
                      .interfaces = interfaces,
                      .rib = nullptr};
        process->handle(env, input, out);
        for (const Effect& effect : out.effects())
            carryOut(effect.action);
    }
    /// Wakes the process whenever it wants. `hellos`: those who say hello every five seconds meanwhile.
    void run(Duration time, const std::vector<PlayedNeighbor*>& hellos = {}) {
        const SimTime end = now + time;
        SimTime nextHello = now;
        while (true) {
            const SimTime next = std::min(process->nextDeadline(), hellos.empty() ? end : nextHello);
            if (next >= end) break;
            now = std::max(now, next);
            if (!hellos.empty() && nextHello <= now) {
                for (PlayedNeighbor* one : hellos)
                    one->send(one->hello(), true);
                nextHello = now + Duration::seconds(5);
            } else {
                handle(Woken{});
            }
        }
        now = end;
        if (process->nextDeadline() <= now) handle(Woken{});
    }
    void setCarrier(std::uint16_t interface, bool hasCarrier) {
        interfaces[interface].hasCarrier = hasCarrier;
        handle(InterfaceChanged{InterfaceId(interface)});
    }
    void hear(InterfaceId interface, const IpAddress& from, bool isMulticast, Payload payload) {
        DatagramReceived received;
        received.interface = interface;
        received.source = from;
        received.destination =
            isMulticast ? groupOf(family_) : interfaces[interface.value()].addresses[0].address;
        received.ttl = 1;
        received.payload = std::move(payload);
        handle(received);
    }
    /// Routes of another protocol that it has subscribed to.
    void tellRoutes(ProtocolId protocol, std::string_view prefix, std::uint32_t tag = 0,
                    bool isWithdrawn = false) {
        RouteChange change;
        change.prefix = net(prefix);
        change.protocol = protocol;
        change.withdrawn = isWithdrawn;
        change.metric = 7;
        change.tag = tag;
        handle(RoutesChanged{{change}});
    }

    bool wasNoted(std::string_view part) const {
        return std::ranges::any_of(notes, [&](const auto& n) { return n.find(part) != std::string::npos; });
    }
    bool isUp(const PlayedNeighbor& neighbor) const {
        const auto link = process->links().find(neighbor.interface());
        if (link == process->links().end()) return false;
        const auto& known = link->second.transport.neighbors();
        const auto found = known.find(neighbor.address());
        return found != known.end() && found->second.isUp();
    }
    std::vector<std::string> hopsTo(std::string_view prefix) const {
        std::vector<std::string> hops;
        const auto found = rib.find(net(prefix));
        if (found == rib.end()) return hops;
        for (const NextHop& hop : found->second.nextHops)
            hops.push_back(hop.isDiscard() ? "Null0" : toString(hop.gateway));
        return hops;
    }

    SimTime now = SimTime::start();
    EigrpConfig config;
    policy::PolicySet policy;
    std::vector<InterfaceState> interfaces;
    std::unique_ptr<EigrpProcess> process;
    std::map<Prefix, RouteOffer> rib;
    std::vector<std::string> notes;
    std::vector<SubscribeRoutes> subscriptions;

  private:
    std::shared_ptr<const EigrpProcessConfig> wrapped() const {
        std::shared_ptr<EigrpProcessConfig> made;
        if (family_ == Family::IPv4) {
            made = std::make_shared<Eigrp4Config>();
        } else {
            made = std::make_shared<Eigrp6Config>();
        }
        made->value = config;
        made->policy = std::make_shared<policy::PolicySet>(policy);
        return made;
    }
    void carryOut(const EffectAction& action) {
        if (const auto* announced = std::get_if<Announce>(&action)) {
            rib[announced->offer.prefix] = announced->offer;
        } else if (const auto* withdrawn = std::get_if<Withdraw>(&action)) {
            rib.erase(withdrawn->prefix);
        } else if (const auto* note = std::get_if<Note>(&action)) {
            notes.push_back(note->remark->text());
        } else if (const auto* wish = std::get_if<SubscribeRoutes>(&action)) {
            subscriptions.push_back(*wish);
        } else if (const auto* send = std::get_if<SendDatagram>(&action)) {
            deliver(*send);
        }
    }
    void deliver(const SendDatagram& datagram) {
        const auto packet = decode(family_, datagram.payload.bytes());
        ASSERT_TRUE(packet.has_value()) << packet.error().message;
        EXPECT_LE(datagram.payload.size() + 40,
                  std::max<std::size_t>(interfaces[datagram.interface.value()].mtu, 200));
        for (std::size_t i = 0; i < neighbors_.size(); ++i) {
            PlayedNeighbor& to = *neighbors_[i];
            const bool isForIt = to.interface() == datagram.interface &&
                                 (datagram.destination.isMulticast() || datagram.destination == to.address());
            if (!isForIt) continue;
            to.heard.push_back(*packet);
            to.heardAt.push_back(datagram.destination);
            if (packet->sequence == 0 || !to.isAcknowledging || packet->has(PacketFlag::kInit)) continue;
            EigrpPacket acknowledgment;
            acknowledgment.family = family_;
            acknowledgment.autonomousSystem = to.autonomousSystem;
            acknowledgment.acknowledgment = packet->sequence;
            to.send(acknowledgment);
        }
    }

    Family family_;
    std::uint64_t steps_ = 0;
    std::vector<std::unique_ptr<PlayedNeighbor>> neighbors_;
};

inline EigrpPacket PlayedNeighbor::hello() const {
    EigrpPacket packet;
    packet.family = address_.family();
    packet.autonomousSystem = autonomousSystem;
    packet.tlvs = {Parameter{}, SoftwareVersion{}};
    return packet;
}
inline void PlayedNeighbor::sendBytes(Bytes bytes, bool isMulticast) {
    bench_->hear(interface_, address_, isMulticast, Payload(std::move(bytes)));
}
inline void PlayedNeighbor::send(const EigrpPacket& packet, bool isMulticast) {
    sendBytes(encoded(packet), isMulticast);
}
inline void PlayedNeighbor::comeUp() { comeUp(hello()); }
inline void PlayedNeighbor::comeUp(const EigrpPacket& first) {
    send(first, true);
    const auto updates = heardOf(Opcode::Update);
    const auto init = std::ranges::find_if(updates, [](const auto& p) { return p.has(PacketFlag::kInit); });
    if (init == updates.end()) return;
    EigrpPacket answer;
    answer.family = address_.family();
    answer.autonomousSystem = autonomousSystem;
    answer.opcode = Opcode::Update;
    answer.flags = PacketFlag::kInit;
    answer.sequence = sequence_++;
    answer.acknowledgment = init->sequence;
    send(answer);
}
inline void PlayedNeighbor::say(Opcode opcode, const std::vector<Route>& routes, std::uint32_t flags) {
    EigrpPacket packet;
    packet.family = address_.family();
    packet.autonomousSystem = autonomousSystem;
    packet.opcode = opcode;
    packet.flags = flags;
    packet.sequence = sequence_++;
    for (const Route& route : routes)
        packet.tlvs.push_back(route);
    send(packet);
}
inline std::vector<EigrpPacket> PlayedNeighbor::heardOf(Opcode opcode) const {
    std::vector<EigrpPacket> found;
    std::ranges::copy_if(heard, std::back_inserter(found), [&](const auto& p) { return p.opcode == opcode; });
    return found;
}
inline std::optional<Route> PlayedNeighbor::lastTold(std::string_view prefix) const {
    std::optional<Route> last;
    for (const EigrpPacket& packet : heard) {
        for (const Tlv& tlv : packet.tlvs) {
            const auto* route = std::get_if<Route>(&tlv);
            if (route != nullptr && route->destinations.front() == net(prefix)) last = *route;
        }
    }
    return last;
}
inline bool PlayedNeighbor::knows(std::string_view prefix) const {
    const auto told = lastTold(prefix);
    return told && !told->vector().isUnreachable();
}
inline bool PlayedNeighbor::wasAsked(std::string_view prefix) const {
    return std::ranges::any_of(heardOf(Opcode::Query), [&](const EigrpPacket& packet) {
        return std::ranges::any_of(packet.tlvs, [&](const Tlv& tlv) {
            const auto* route = std::get_if<Route>(&tlv);
            return route != nullptr && route->destinations.front() == net(prefix);
        });
    });
}

/// A path of so many tens of microseconds behind the neighbour, over FastEthernet.
inline Route routeOf(std::string_view prefix, std::uint64_t delay = 10, std::uint8_t hops = 1) {
    VectorMetric metric;
    metric.bandwidth = PathBandwidth::kilobitsPerSecond(100'000);
    metric.delay = Delay::tensOfMicroseconds(delay);
    metric.mtu = 1500;
    metric.hopCount = hops;
    Route route;
    route.family = net(prefix).family();
    route.nextHop = IpAddress::any(route.family);
    route.destinations = {net(prefix)};
    route.metric = ClassicMetric::from(metric);
    return route;
}
inline Route unreachable(std::string_view prefix) {
    Route route = routeOf(prefix);
    route.metric = ClassicMetric::from(VectorMetric::unreachable());
    return route;
}
inline Route externalOf(std::string_view prefix, std::string_view routerId, std::uint32_t tag = 0) {
    Route route = routeOf(prefix);
    route.exterior = Exterior{.routerId = ip(routerId).v4Number(),
                              .autonomousSystem = 0,
                              .administrativeTag = tag,
                              .metric = 0,
                              .protocol = ExternalProtocol::Static};
    return route;
}
inline std::uint32_t metricOf(const Route& route) {
    return static_cast<std::uint32_t>(classicComposite(route.vector(), {}).number());
}

}  // namespace peerscape::eigrp::test
