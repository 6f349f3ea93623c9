/// RIP and RIPng, for those who explain.
#include <algorithm>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "protocols/rip/describe.hpp"
#include "protocols/rip/process.hpp"
#include "scenarios/explain/carrier.hpp"

namespace peerscape {

namespace {

std::optional<rip::RipContent> ripContentOf(const Packet& packet) {
    if (const auto* message = packet.payload.as<rip::RipMessage>()) return message->content();
    const Family family = packet.destination.family();
    const std::uint16_t port = rip::portOf(family);
    const bool isRip = packet.protocol == kIpProtocolUdp && !packet.isFragment() &&
                       (packet.destinationPort == port || packet.sourcePort == port);
    if (!isRip) return std::nullopt;
    auto content = rip::decode(family, packet.payload.bytes());
    return content ? std::optional(std::move(*content)) : std::nullopt;
}

std::optional<News> newsOf(const rip::RipContent& content, const Prefix& network) {
    if (content.command != rip::Command::Response) return std::nullopt;
    const auto found = std::ranges::find_if(content.entries, [&](const rip::RipEntry& entry) {
        // RIPv1 tells no mask; the receiver takes that of its own link or of the address's class.
        return entry.lacksMask ? entry.prefix.address() == network.address() : entry.prefix == network;
    });
    if (found == content.entries.end()) return std::nullopt;
    return News{News::Manner::Tells, found->metric < rip::RipMetric::kInfinity, *found};
}

const rip::RipProcess& ripIn(const Process& process) {
    const auto* found = dynamic_cast<const rip::RipProcess*>(&process);
    PEERSCAPE_CHECK(found != nullptr);
    return *found;
}

const rip::RipEntry& entryIn(const News& news) { return std::get<rip::RipEntry>(news.said); }

class RipCarrier final : public Carrier {
  public:
    ProtocolId protocol(Family family) const override { return rip::protocolOf(family); }

    std::optional<std::string> summary(const Packet& packet) const override {
        const auto content = ripContentOf(packet);
        return content ? std::optional(rip::summary(*content)) : std::nullopt;
    }
    std::string networksIn(const Packet&) const override { return ""; }
    std::optional<News> newsIn(const Packet& packet, const Prefix& network) const override {
        if (packet.destination.family() != network.family()) return std::nullopt;
        if (const auto* message = packet.payload.as<rip::RipMessage>())
            return newsOf(message->content(), network);
        const auto content = ripContentOf(packet);
        return content ? newsOf(*content, network) : std::nullopt;
    }
    std::string metricText(const News& news, const Process*) const override {
        return fmt::format("metric {}", entryIn(news).metric);
    }
    bool provesLife(const Packet& packet, const Prefix& network) const override {
        const auto news = newsIn(packet, network);
        return news && news->isReachable;
    }
    bool acknowledges(const Packet&) const override { return false; }
    bool isStatement(const Packet& packet) const override {
        const auto content = ripContentOf(packet);
        return content && content->command == rip::Command::Response;
    }

    bool runsOn(const Process& process, InterfaceId interface) const override {
        const auto interfaces = ripIn(process).interfaces();
        return interface.value() < interfaces.size() &&
               interfaces[interface.value()].activity != rip::InterfaceActivity::Off;
    }
    bool holds(const Process& process, const Prefix& network) const override {
        return ripIn(process).table().find(network) != nullptr;
    }
    bool holdsFrom(const Process& process, const Prefix& network, InterfaceId interface,
                   const IpAddress& from) const override {
        const rip::RouteTable& table = ripIn(process).table();
        const auto isFrom = [&](const rip::Route& route) {
            const rip::RouteOrigin& origin = table.origin(route);
            return origin.from == from && origin.interface == interface;
        };
        const rip::Route* held = table.find(network);
        return held != nullptr && (isFrom(*held) || std::ranges::any_of(table.alternatives(network), isFrom));
    }
    bool hasNeighbors() const override { return false; }
    bool isInContact(const Process&, InterfaceId, const InterfaceState&) const override { return true; }
    SimTime nextUpdate(const Process& process) const override { return ripIn(process).nextUpdate(); }
    std::optional<Duration> timeout(const Process& process) const override {
        return ripIn(process).config().timers.timeout;
    }
    std::vector<std::string> reasonsAgainstSending(const Process& process, const Env& env,
                                                   InterfaceId interface,
                                                   const Prefix& network) const override {
        return ripIn(process).reasonsAgainstSending(env, interface, network);
    }
    std::optional<std::string> reasonToRefuse(const Process& process, const Env& env,
                                              const DatagramReceived& datagram) const override {
        return ripIn(process).reasonToRefuse(env, datagram);
    }
    std::vector<std::string> reasonsAgainstLearning(const Process& process, const Env& env,
                                                    InterfaceId interface, const IpAddress& from,
                                                    const News& news, const Prefix&) const override {
        return ripIn(process).reasonsAgainstLearning(env, interface, from, entryIn(news));
    }

    bool enables(const ProcessConfig& config, const InterfaceState& interface,
                 const Prefix& network) const override {
        const auto* settings = dynamic_cast<const rip::RipConfig*>(&config);
        if (settings == nullptr) return false;
        return settings->enables(interface.name) ||
               std::ranges::any_of(interface.addresses, [&](const InterfaceAddress& a) {
                   return a.network() == network && settings->enables(a.address);
               });
    }
    bool redistributes(const ProcessConfig& config, ProtocolId protocol) const override {
        const auto* settings = dynamic_cast<const rip::RipConfig*>(&config);
        return settings != nullptr && settings->redistribution(protocol) != nullptr;
    }
};

}  // namespace

const Carrier& ripCarrier() {
    static const RipCarrier kCarrier;
    return kCarrier;
}

}  // namespace peerscape
