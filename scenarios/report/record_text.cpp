#include "scenarios/report/record_text.hpp"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "protocols/catalogue/catalogue.hpp"

namespace peerscape::report {

namespace {

class Describer {
  public:
    Describer(const Simulation& world, const Record& record) : world_(world), record_(record) {}

    RecordText operator()(const record::ActionTaken& r) const { return {"action", "", "", {}, *r.text}; }
    RecordText operator()(const record::InterfaceChanged& r) const {
        return {"interface changed", nameOf(r.interface), "", {}, r.isUp ? "up" : "down"};
    }
    RecordText operator()(const record::ProcessStarted& r) const {
        return {"process started", "", protocolOf(r.protocol), {}, ""};
    }
    RecordText operator()(const record::ProcessStopped& r) const {
        return {"process stopped", "", protocolOf(r.protocol), {}, ""};
    }
    RecordText operator()(const record::ProcessWoken& r) const {
        return {"process woken", "", protocolOf(r.protocol), {}, "a deadline came"};
    }
    RecordText operator()(const record::ProcessNotified& r) const {
        return {"process notified", "", protocolOf(r.protocol), {}, "routes or next hops have changed"};
    }
    RecordText operator()(const record::PacketSent& r) const {
        return packet("packet sent", r.interface, *r.packet);
    }
    RecordText operator()(const record::PacketReceived& r) const {
        return packet("packet received", r.interface, *r.packet);
    }
    RecordText operator()(const record::PacketDelivered& r) const {
        return packet("packet delivered", InterfaceId::none(), *r.packet);
    }
    RecordText operator()(const record::PacketDropped& r) const {
        RecordText text = packet("packet dropped", r.interface, *r.packet);
        text.detail = fmt::format("{}: {}", peerscape::toString(r.reason), text.detail);
        return text;
    }
    RecordText operator()(const record::RouteChanged& r) const {
        const RibChange& change = *r.change;
        RecordText text{"route changed", "", "", {}, ""};
        if (change.after.exists()) {
            text.protocol = protocolName(change.after.protocol);
        } else if (change.before.exists()) {
            text.protocol = protocolName(change.before.protocol);
        }
        text.detail = fmt::format("{}: {}; before: {}", toString(change.prefix), routeText(change.after),
                                  routeText(change.before));
        return text;
    }
    RecordText operator()(const record::Noted& r) const {
        return {r.level == Note::Level::Problem ? "problem" : "note",
                "",
                protocolOf(r.protocol),
                {},
                r.remark->text()};
    }

  private:
    std::string nameOf(InterfaceId interface) const {
        if (!interface.isSome() || !record_.node.isSome()) return {};
        return world_.node(record_.node).interfaces[interface.value()].name;
    }
    static std::string protocolOf(ProtocolId protocol) {
        return protocol.isSome() ? protocolName(protocol) : std::string();
    }
    RecordText packet(std::string_view kind, InterfaceId interface, const Packet& packet) const {
        return {kind, nameOf(interface), protocolOf(packet.owner), packet.size(), packetText(packet)};
    }
    static std::string packetText(const Packet& packet) {
        const std::string ends =
            fmt::format("from {} to {}", toString(packet.source), toString(packet.destination));
        std::string what;
        switch (packet.protocol) {
            case kIpProtocolUdp:
                what = fmt::format("UDP port {} to {}", packet.sourcePort, packet.destinationPort);
                break;
            case kIpProtocolTcp:
                what = fmt::format("TCP port {} to {}", packet.sourcePort, packet.destinationPort);
                break;
            case kIpProtocolIcmp:
                what = "ICMP";
                break;
            case kIpProtocolIcmp6:
                what = "ICMPv6";
                break;
            default:
                what = fmt::format("IP protocol {}", packet.protocol);
        }
        if (packet.isFragment()) what += fmt::format(", fragment at byte {}", packet.fragmentOffset);
        return fmt::format("{}, {}, TTL {}", ends, what, packet.ttl);
    }
    std::string routeText(const SelectedRoute& route) const {
        if (!route.exists()) return "no route";
        std::vector<std::string> hops;
        for (const NextHop& hop : route.hops)
            hops.push_back(hopText(hop));
        return fmt::format("{} [{}/{}] {}", protocolName(route.protocol), route.distance, route.metric,
                           hops.empty() ? "without a next hop" : fmt::format("{}", fmt::join(hops, " and ")));
    }
    std::string hopText(const NextHop& hop) const {
        switch (hop.kind) {
            case NextHop::Kind::Blackhole:
                return "blackhole";
            case NextHop::Kind::Reject:
                return "reject";
            case NextHop::Kind::Interface:
                return "directly on " + nameOf(hop.interface);
            case NextHop::Kind::Gateway:
                break;
        }
        std::string text = "via " + toString(hop.gateway);
        if (hop.interface.isSome()) text += " on " + nameOf(hop.interface);
        if (hop.weight != 1) text += fmt::format(" (weight {})", hop.weight);
        return text;
    }

    const Simulation& world_;
    const Record& record_;
};

}  // namespace

RecordText describe(const Simulation& world, const Record& record) {
    return std::visit(Describer(world, record), record.what);
}

}  // namespace peerscape::report
