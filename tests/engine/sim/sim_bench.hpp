#pragma once

#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/sim/simulation.hpp"
#include "tests/engine/base/values.hpp"
#include "tests/engine/sim/toy_process.hpp"

namespace peerscape {

constexpr SimTime atMs(std::int64_t n) { return SimTime::after(Duration::milliseconds(n)); }

inline constexpr Probability percent(std::uint32_t n) { return Probability::partsPerMillion(n * 10'000); }

inline LinkProperties cableOf(Duration delay, Bandwidth bandwidth = {}, Probability loss = {},
                              std::uint32_t queueBytes = 1'000'000) {
    LinkProperties properties;
    properties.delay = delay;
    properties.bandwidth = bandwidth;
    properties.loss = loss;
    properties.queueBytes = queueBytes;
    return properties;
}
inline LinkProperties cableWithMtu(std::uint32_t mtu) {
    LinkProperties properties;
    properties.mtu = mtu;
    return properties;
}
inline action::ChangeLink changeDelay(SegmentId segment, Duration delay) {
    action::ChangeLink change;
    change.segment = segment;
    change.delay = delay;
    return change;
}
inline action::ChangeLink changeLoss(SegmentId segment, Probability loss) {
    action::ChangeLink change;
    change.segment = segment;
    change.loss = loss;
    return change;
}
inline action::SetSilence silence(SegmentId segment, bool silent = true, InterfaceRef end = {}) {
    action::SetSilence set;
    set.segment = segment;
    set.silent = silent;
    set.end = end;
    return set;
}

/// A drawing and its configurations while they are put together.
class NetworkPlan {
  public:
    static constexpr ProtocolId kRoutes{2};  ///< the toy that announces what route() asks for
    static constexpr ProtocolId kToy{7};     ///< the toy that toy() asks for

    NodeId router(const std::string& name) { return topology.addNode(name, NodeKind::Router).value(); }
    NodeId host(const std::string& name) { return topology.addNode(name, NodeKind::Host).value(); }

    /// Ends are written "R1:eth0 10.0.0.1/24 2001:db8::1/64".
    SegmentId link(const std::string& name, const std::vector<std::string>& ends,
                   const LinkProperties& properties = {}) {
        return topology.addSegment(name, SegmentKind::PointToPoint, properties, readEnds(ends)).value();
    }
    SegmentId lan(const std::string& name, const std::vector<std::string>& ends,
                  const LinkProperties& properties = {}) {
        return topology.addSegment(name, SegmentKind::Lan, properties, readEnds(ends)).value();
    }
    void loopback(NodeId node, std::string_view address) {
        (void)topology.addInterface(node, "lo", true, {InterfaceAddress::parse(address).value()}).value();
    }

    /// A static route: `hops` are addresses, "null0" or "reject".
    void route(NodeId node, std::string_view prefix, const std::vector<std::string>& hops) {
        RouteOffer offer;
        offer.prefix = net(prefix);
        offer.distance = 1;
        offer.allowRecursion = true;
        for (const std::string& hop : hops) {
            if (hop == "null0") offer.nextHops.push_back(NextHop::blackhole());
            if (hop == "reject") offer.nextHops.push_back(NextHop::reject());
            if (hop != "null0" && hop != "reject") offer.nextHops.push_back(NextHop::via(ip(hop)));
        }
        routes[node].offers.push_back(offer);
    }
    void toy(NodeId node, ToySettings settings, ProtocolId protocol = kToy) {
        toys[{node, protocol}] = std::move(settings);
    }

    std::shared_ptr<const RouterConfig> config(NodeId node) const {
        auto result = std::make_shared<RouterConfig>(base.contains(node) ? base.at(node) : RouterConfig());
        result->hostname = topology.node(node).name;
        if (routes.contains(node))
            result->processes[kRoutes] = std::make_shared<const ToyConfig>(routes.at(node), kRoutes);
        for (const auto& [key, settings] : toys) {
            if (key.first == node)
                result->processes[key.second] = std::make_shared<const ToyConfig>(settings, key.second);
        }
        return result;
    }
    Action configure(NodeId node) const {
        return {"configure " + topology.node(node).name, action::Configure{node, config(node)}};
    }

    Topology topology;
    std::map<NodeId, ToySettings> routes;
    std::map<std::pair<NodeId, ProtocolId>, ToySettings> toys;
    std::map<NodeId, RouterConfig> base;

  private:
    std::vector<EndSpec> readEnds(const std::vector<std::string>& ends) const {
        std::vector<EndSpec> specs;
        for (const std::string& text : ends) {
            std::istringstream words(text);
            std::string place;
            words >> place;
            const auto colon = place.find(':');
            EndSpec spec{topology.nodeNamed(place.substr(0, colon)).value(), place.substr(colon + 1), {}};
            for (std::string address; words >> address;)
                spec.addresses.push_back(InterfaceAddress::parse(address).value());
            specs.push_back(std::move(spec));
        }
        return specs;
    }
};

/// A network that runs, and its log.
class SimBench : public NetworkPlan {
  public:
    void start(SimulationOptions options = {}) {
        sim.emplace(topology, options);
        for (std::uint32_t n = 0; n < topology.nodes().size(); ++n)
            apply(configure(NodeId(n)));
    }
    void apply(const Action& action) {
        const auto done = sim->apply(action, log);
        if (!done) throw std::runtime_error(done.error().message);
    }
    template <typename What>
    void act(What what) {
        apply({"test", std::move(what)});
    }
    void runTo(SimTime time) { sim->runUntil(time, log); }

    const ToyProcess& toyOf(NodeId node, ProtocolId protocol = kToy) const {
        return dynamic_cast<const ToyProcess&>(*sim->node(node).slotOf(protocol)->process);
    }
    InterfaceRef end(std::string_view name) const { return topology.interfaceNamed(name).value(); }

    /// A UDP packet without a protocol behind it.
    static Packet udp(std::string_view source, std::string_view destination, std::uint16_t port,
                      std::size_t bytes = 10) {
        Packet packet;
        packet.source = source.empty() ? IpAddress::any(ip(destination).family()) : ip(source);
        packet.destination = ip(destination);
        packet.protocol = kIpProtocolUdp;
        packet.sourcePort = 5000;
        packet.destinationPort = port;
        packet.payload = Payload(Bytes(bytes, 0xaa));
        return packet;
    }
    static Packet echo(std::string_view source, std::string_view destination, std::uint16_t bytes = 56) {
        return IcmpMessage::packet(IcmpMessage::echo(IcmpKind::EchoRequest, 1, 1, bytes), ip(source),
                                   ip(destination));
    }
    void send(NodeId from, Packet packet, InterfaceId interface = {}) {
        sim->sendFrom(from, std::move(packet), interface, RecordId::none(), log);
    }

    template <typename Fact>
    std::vector<std::pair<Record, Fact>> records() const {
        std::vector<std::pair<Record, Fact>> found;
        for (std::size_t i = log.positionOf(RecordId(forgotten_)); i < log.kept().size(); ++i) {
            const Record& r = log.kept()[i];
            if (const auto* fact = std::get_if<Fact>(&r.what)) found.emplace_back(r, *fact);
        }
        return found;
    }
    /// What was recorded up to now is no longer looked at.
    void forget() { forgotten_ = log.count(); }

    /// Why packets were dropped, in order.
    std::vector<DropReason> drops() const {
        std::vector<DropReason> reasons;
        for (const auto& [r, fact] : records<record::PacketDropped>())
            reasons.push_back(fact.reason);
        return reasons;
    }
    /// "10.0.0.1 HostUnreachable"-like: ICMP messages delivered to the node.
    std::vector<std::pair<IcmpKind, IpAddress>> icmpAt(NodeId node) const {
        std::vector<std::pair<IcmpKind, IpAddress>> found;
        for (const auto& [r, fact] : records<record::PacketDelivered>()) {
            const auto* icmp = fact.packet->payload.as<IcmpMessage>();
            if (r.node == node && icmp != nullptr) found.emplace_back(icmp->kind(), fact.packet->source);
        }
        return found;
    }

    std::optional<Simulation> sim;
    RecordLog log;

  private:
    std::uint64_t forgotten_ = 0;
};

}  // namespace peerscape
