#include "scenarios/explain/describe.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/text.hpp"
#include "engine/sim/flow.hpp"
#include "engine/sim/fragments.hpp"
#include "engine/sim/icmp.hpp"
#include "protocols/bgp/config.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "protocols/eigrp/config.hpp"
#include "protocols/rip/config.hpp"
#include "protocols/static_routes/config.hpp"
#include "scenarios/explain/carrier.hpp"

namespace peerscape {

namespace {

std::string_view describe(IcmpKind kind) {
    switch (kind) {
        case IcmpKind::EchoRequest:
            return "echo request";
        case IcmpKind::EchoReply:
            return "echo reply";
        case IcmpKind::TimeExceeded:
            return "ICMP 'time exceeded'";
        case IcmpKind::NetworkUnreachable:
            return "ICMP 'network unreachable'";
        case IcmpKind::HostUnreachable:
            return "ICMP 'host unreachable'";
        case IcmpKind::PortUnreachable:
            return "ICMP 'port unreachable'";
        case IcmpKind::TooBig:
            return "ICMP 'packet too big'";
        case IcmpKind::ReassemblyTimeExceeded:
            return "ICMP 'reassembly time exceeded'";
    }
    return "ICMP message";
}

/// What the packet carries, without its addresses.
std::string contentOf(const Packet& packet) {
    if (packet.isDamaged) return "a damaged " + contentOf(wholeOf(packet));
    const Packet& whole = wholeOf(packet);
    if (const auto* flow = whole.payload.as<FlowMessage>())
        return fmt::format("measuring packet {}", flow->sequence());
    if (const auto* icmp = whole.payload.as<IcmpMessage>()) {
        const std::string kind(describe(icmp->kind()));
        return icmp->isError() ? kind : fmt::format("{} {}", kind, icmp->sequence());
    }
    for (const Messenger* messenger : messengers()) {
        if (const auto summary = messenger->summary(whole)) return *summary + messenger->networksIn(whole);
    }
    switch (whole.protocol) {
        case kIpProtocolTcp:
            return "TCP segment";
        case kIpProtocolUdp:
            return fmt::format("UDP packet to port {}", whole.destinationPort);
        default:
            return fmt::format("packet of IP protocol {}", whole.protocol);
    }
}

std::string hopText(const NextHop& hop, const Topology& topology, NodeId node) {
    const std::string_view out = interfaceName(topology, node, hop.interface);
    switch (hop.kind) {
        case NextHop::Kind::Interface:
            return fmt::format("directly on {}", out);
        case NextHop::Kind::Gateway:
            return hop.interface.isSome() ? fmt::format("via {} on {}", toString(hop.gateway), out)
                                          : fmt::format("via {}", toString(hop.gateway));
        case NextHop::Kind::Blackhole:
            return "to nowhere (blackhole)";
        case NextHop::Kind::Reject:
            return "to nowhere (reject)";
    }
    return "";
}

std::string describe(const RibChange& change, const Topology& topology, NodeId node) {
    const auto route = [&](const SelectedRoute& r) { return peerscape::describe(r, topology, node); };
    const std::string& name = topology.node(node).name;
    const std::string prefix = toString(change.prefix);
    if (!change.before.exists())
        return fmt::format("{} put {} into its table: {}.", name, prefix, route(change.after));
    if (!change.after.exists())
        return fmt::format("{} took {} out of its table; it was: {}.", name, prefix, route(change.before));
    return fmt::format("{} changed its route to {} from: {}; to: {}.", name, prefix, route(change.before),
                       route(change.after));
}

std::string capitalized(std::string text) {
    // Names stay as they are written; only a word of our own language begins the sentence in capitals.
    static constexpr std::array kWords{"link ", "cable ", "flow ", "all protocols "};
    const bool isOurs =
        std::any_of(kWords.begin(), kWords.end(), [&](const char* w) { return text.starts_with(w); });
    if (isOurs) text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

struct Sentence {
    const Topology& topology;
    NodeId node;

    const std::string& name() const { return topology.node(node).name; }
    std::string_view on(InterfaceId id) const { return interfaceName(topology, node, id); }

    std::string operator()(const record::ActionTaken& r) const { return capitalized(*r.text) + "."; }
    std::string operator()(const record::InterfaceChanged& r) const {
        if (!r.isUp) return fmt::format("{} lost its interface {}.", name(), on(r.interface));
        return fmt::format("{}'s interface {} is up.", name(), on(r.interface));
    }
    std::string operator()(const record::ProcessStarted& r) const {
        return fmt::format("{} started {}.", name(), titleOf(r.protocol));
    }
    std::string operator()(const record::ProcessStopped& r) const {
        return fmt::format("{} ended {}.", name(), titleOf(r.protocol));
    }
    std::string operator()(const record::ProcessWoken& r) const {
        return fmt::format("A timer of {}'s {} ran out.", name(), titleOf(r.protocol));
    }
    std::string operator()(const record::ProcessNotified& r) const {
        return fmt::format("{}'s {} heard of changed routes.", name(), titleOf(r.protocol));
    }
    std::string operator()(const record::PacketSent& r) const {
        return fmt::format("{} sent out of {}: {}.", name(), on(r.interface), peerscape::describe(*r.packet));
    }
    std::string operator()(const record::PacketReceived& r) const {
        return fmt::format("{} received on {}: {}.", name(), on(r.interface), peerscape::describe(*r.packet));
    }
    std::string operator()(const record::PacketDelivered& r) const {
        return fmt::format("{} is the receiver of: {}.", name(), peerscape::describe(*r.packet));
    }
    std::string operator()(const record::PacketDropped& r) const {
        const std::string where = r.interface.isSome() ? fmt::format(" at {}", on(r.interface)) : "";
        return fmt::format("{} dropped{} ({}): {}.", name(), where, toString(r.reason),
                           peerscape::describe(*r.packet));
    }
    std::string operator()(const record::RouteChanged& r) const {
        return describe(*r.change, topology, node);
    }
    std::string operator()(const record::Noted& r) const {
        return fmt::format("{}'s {} noted: {}.", name(), titleOf(r.protocol), r.remark->text());
    }
};

}  // namespace

std::string_view interfaceName(const Topology& topology, NodeId node, InterfaceId interface) {
    if (!interface.isSome()) return "itself";
    return topology.node(node).interfaces[interface.value()].name;
}

std::string titleOf(ProtocolId protocol) {
    if (protocol == rip::kRip) return "RIP";
    if (protocol == rip::kRipng) return "RIPng";
    if (protocol == eigrp::kEigrp) return "EIGRP";
    if (protocol == eigrp::kEigrp6) return "EIGRP for IPv6";
    if (protocol == bgp::kBgp) return "BGP";
    if (protocol == static_routes::kStatic) return "static routes";
    return protocolName(protocol);
}

std::string describe(const Packet& packet) {
    return fmt::format("{}{} from {} to {}", packet.isFragment() ? "fragment of " : "", contentOf(packet),
                       toString(packet.source), toString(packet.destination));
}

std::string describe(const SelectedRoute& route, const Topology& topology, NodeId node) {
    if (!route.exists()) return "no route";
    std::vector<std::string> hops;
    for (const NextHop& hop : route.hops) {
        hops.push_back(hopText(hop, topology, node));
        if (hop.weight != 1) hops.back() += fmt::format(" (weight {})", hop.weight);
    }
    const std::string ways = fmt::format("{}", fmt::join(hops, " and "));
    if (route.protocol == kConnected) return fmt::format("connected, {}", ways);
    return fmt::format("{}, distance {}, metric {}, {}", protocolName(route.protocol), route.distance,
                       route.metric, ways);
}

std::string describe(const Record& record, const Topology& topology) {
    return std::visit(Sentence{topology, record.node}, record.what);
}

}  // namespace peerscape
