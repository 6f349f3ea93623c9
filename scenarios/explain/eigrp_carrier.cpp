/// EIGRP for both address families, for those who explain.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/check.hpp"
#include "protocols/eigrp/describe.hpp"
#include "protocols/eigrp/process.hpp"
#include "scenarios/explain/carrier.hpp"

namespace peerscape {

namespace {

/// The packet as it is decoded; `storage` holds it when it came as bytes.
const eigrp::EigrpPacket* contentOf(const Packet& packet, eigrp::EigrpPacket& storage) {
    if (const auto* message = packet.payload.as<eigrp::EigrpMessage>()) return &message->content();
    if (packet.protocol != eigrp::kIpProtocolEigrp || packet.isFragment()) return nullptr;
    auto decoded = eigrp::decode(packet.destination.family(), packet.payload.bytes());
    if (!decoded) return nullptr;
    storage = std::move(*decoded);
    return &storage;
}

std::optional<News::Manner> mannerOf(eigrp::Opcode opcode) {
    switch (opcode) {
        case eigrp::Opcode::Update:
            return News::Manner::Tells;
        case eigrp::Opcode::Query:
            return News::Manner::Asks;
        case eigrp::Opcode::Reply:
            return News::Manner::Replies;
        case eigrp::Opcode::SiaQuery:
            return News::Manner::AsksForSign;
        case eigrp::Opcode::SiaReply:
            return News::Manner::GivesSign;
        case eigrp::Opcode::Request:
        case eigrp::Opcode::Hello:
            return std::nullopt;
    }
    return std::nullopt;
}

/// "10.4.0.0/16, 10.5.0.0/16 unreachable": a reader of the records wants to know what a packet is about.
std::string namesIn(const eigrp::EigrpPacket& packet) {
    constexpr std::size_t kMostPrefixes = 4;
    std::vector<std::string> names;
    std::size_t count = 0;
    for (const eigrp::Tlv& tlv : packet.tlvs) {
        const auto* route = std::get_if<eigrp::Route>(&tlv);
        if (route == nullptr) continue;
        for (const Prefix& network : route->destinations) {
            if (++count > kMostPrefixes) continue;
            names.push_back(toString(network) + (route->vector().isUnreachable() ? " unreachable" : ""));
        }
    }
    if (names.empty()) return "";
    const std::string more = count > kMostPrefixes ? fmt::format(" and {} more", count - kMostPrefixes) : "";
    return fmt::format(" ({}{})", fmt::join(names, ", "), more);
}

const eigrp::EigrpProcess& eigrpIn(const Process& process) {
    const auto* found = dynamic_cast<const eigrp::EigrpProcess*>(&process);
    PEERSCAPE_CHECK(found != nullptr);
    return *found;
}

const eigrp::Route& routeIn(const News& news) { return std::get<eigrp::Route>(news.said); }

class EigrpCarrier final : public Carrier {
  public:
    ProtocolId protocol(Family family) const override { return eigrp::protocolOf(family); }

    std::optional<std::string> summary(const Packet& packet) const override {
        eigrp::EigrpPacket storage;
        const eigrp::EigrpPacket* content = contentOf(packet, storage);
        if (content == nullptr) return std::nullopt;
        return eigrp::summary(*content);
    }
    std::string networksIn(const Packet& packet) const override {
        eigrp::EigrpPacket storage;
        const eigrp::EigrpPacket* content = contentOf(packet, storage);
        return content == nullptr ? "" : namesIn(*content);
    }
    std::optional<News> newsIn(const Packet& packet, const Prefix& network) const override {
        if (packet.destination.family() != network.family()) return std::nullopt;
        eigrp::EigrpPacket storage;
        const eigrp::EigrpPacket* content = contentOf(packet, storage);
        const auto manner = content == nullptr ? std::nullopt : mannerOf(content->opcode);
        if (!manner) return std::nullopt;
        for (const eigrp::Tlv& tlv : content->tlvs) {
            const auto* route = std::get_if<eigrp::Route>(&tlv);
            const bool isAbout = route != nullptr &&
                                 std::ranges::find(route->destinations, network) != route->destinations.end();
            if (isAbout) return News{*manner, !route->vector().isUnreachable(), *route};
        }
        return std::nullopt;
    }
    std::string metricText(const News& news, const Process* speaker) const override {
        if (!news.isReachable) return "";
        const eigrp::Route& route = routeIn(news);
        const eigrp::VectorMetric vector = route.vector();
        const eigrp::KValues k = speaker == nullptr ? eigrp::KValues() : eigrpIn(*speaker).config().k;
        const auto composite =
            route.isWide() ? eigrp::wideComposite(vector, k) : eigrp::classicComposite(vector, k);
        return fmt::format("metric {}", composite.number());
    }
    /// Any packet renews the hold time.
    bool provesLife(const Packet& packet, const Prefix&) const override { return isStatement(packet); }
    bool acknowledges(const Packet& packet) const override {
        eigrp::EigrpPacket storage;
        const eigrp::EigrpPacket* content = contentOf(packet, storage);
        return content != nullptr && content->acknowledgment != 0;
    }
    bool isStatement(const Packet& packet) const override {
        return packet.protocol == eigrp::kIpProtocolEigrp && !packet.isFragment();
    }

    bool runsOn(const Process& process, InterfaceId interface) const override {
        return eigrpIn(process).links().contains(interface);
    }
    bool holds(const Process& process, const Prefix& network) const override {
        return eigrpIn(process).topology().find(network) != nullptr;
    }
    bool holdsFrom(const Process& process, const Prefix& network, InterfaceId interface,
                   const IpAddress& from) const override {
        const eigrp::EigrpProcess& own = eigrpIn(process);
        const eigrp::dual::Entry* entry = own.topology().find(network);
        if (entry == nullptr) return false;
        return std::ranges::any_of(entry->paths.all(), [&](const eigrp::dual::Path& path) {
            const auto peer = own.peers().find(path.source);
            return peer != own.peers().end() && peer->second.interface == interface &&
                   peer->second.address == from;
        });
    }
    bool hasNeighbors() const override { return true; }
    bool isInContact(const Process& process, InterfaceId interface,
                     const InterfaceState& other) const override {
        const auto link = eigrpIn(process).links().find(interface);
        if (link == eigrpIn(process).links().end()) return false;
        return std::ranges::any_of(link->second.transport.neighbors(), [&](const auto& known) {
            return known.second.isUp() && other.hasAddress(known.first);
        });
    }
    SimTime nextUpdate(const Process&) const override { return SimTime::never(); }
    std::optional<Duration> timeout(const Process&) const override { return std::nullopt; }
    std::vector<std::string> reasonsAgainstSending(const Process& process, const Env& env,
                                                   InterfaceId interface,
                                                   const Prefix& network) const override {
        return eigrpIn(process).reasonsAgainstSending(env, interface, network);
    }
    std::optional<std::string> reasonToRefuse(const Process& process, const Env& env,
                                              const DatagramReceived& datagram) const override {
        return eigrpIn(process).reasonToRefuse(env, datagram);
    }
    std::vector<std::string> reasonsAgainstLearning(const Process& process, const Env& env,
                                                    InterfaceId interface, const IpAddress&, const News& news,
                                                    const Prefix& network) const override {
        return eigrpIn(process).reasonsAgainstLearning(env, interface, routeIn(news), network);
    }

    bool enables(const ProcessConfig& config, const InterfaceState& interface,
                 const Prefix& network) const override {
        const auto* settings = dynamic_cast<const eigrp::EigrpProcessConfig*>(&config);
        if (settings == nullptr) return false;
        if (settings->value.family == Family::IPv6) {
            // The interface's line counts whether or not the router's block is there yet.
            return std::ranges::any_of(settings->value.interface(interface.name).instances,
                                       [](const auto& instance) { return instance.second.isEnabled; });
        }
        return std::ranges::any_of(interface.addresses, [&](const InterfaceAddress& a) {
            return a.network() == network && settings->value.enables(a.address);
        });
    }
    bool redistributes(const ProcessConfig& config, ProtocolId protocol) const override {
        const auto* settings = dynamic_cast<const eigrp::EigrpProcessConfig*>(&config);
        return settings != nullptr && settings->value.redistribution(protocol) != nullptr;
    }
};

}  // namespace

const Carrier& eigrpCarrier() {
    static const EigrpCarrier kCarrier;
    return kCarrier;
}

}  // namespace peerscape
