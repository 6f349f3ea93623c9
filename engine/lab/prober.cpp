#include "engine/lab/prober.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/record/record_log.hpp"

namespace peerscape {

namespace {

constexpr std::uint16_t kFirstTracePort = 33434;  // as traceroute has done since 1987
constexpr std::uint16_t kFirstSourcePort = 40000;
constexpr std::size_t kTraceDataBytes = 32;
constexpr std::uint16_t kFirstIdentifier = 1;

/// Deliveries and drops are all a prober reads.
RecordLog makeScratchLog() {
    RecordLog log = RecordLog::forCopy();
    const record::What delivered = record::PacketDelivered{};
    log.keep(RecordLog::Kinds{1} << delivered.index());
    return log;
}

LocalFailure whyNot(const Simulation& world, NodeId from, const IpAddress& to,
                    const std::optional<IpAddress>& source) {
    const NodeState& node = world.node(from);
    if (source && !node.isLocal(*source)) return LocalFailure::NoSource;
    if (node.isLocal(to)) return LocalFailure::None;
    const auto hops = node.rib.lookUp(to);
    if (hops.empty() || hops.front().kind == NextHop::Kind::Reject) return LocalFailure::NoRoute;
    if (hops.front().kind == NextHop::Kind::Blackhole) return LocalFailure::Discarded;
    if (!source && !world.sourceFor(from, to)) return LocalFailure::NoSource;
    return LocalFailure::None;
}

/// The ICMP messages that `node` received, each with its time and packet.
struct Received {
    SimTime time;
    PacketPtr packet;
    const IcmpMessage* icmp;
};

/// What was delivered where. With an address that several nodes have (anycast), only the place where the
/// probe itself arrived tells who answered it.
struct Deliveries {
    std::map<NodeId, std::vector<Received>> icmp;
    std::map<std::pair<std::uint16_t, std::uint16_t>, NodeId> echoes;     ///< by identifier and sequence
    std::map<std::pair<std::uint16_t, std::uint16_t>, NodeId> datagrams;  ///< by source and destination port

    explicit Deliveries(const RecordLog& log) {
        for (const Record& r : log.kept()) {
            const auto& packet = std::get<record::PacketDelivered>(r.what).packet;
            if (packet->protocol == kIpProtocolUdp)
                datagrams.try_emplace({packet->sourcePort, packet->destinationPort}, r.node);
            const auto* message = packet->payload.as<IcmpMessage>();
            if (message == nullptr) continue;
            icmp[r.node].push_back({r.time, packet, message});
            if (message->kind() == IcmpKind::EchoRequest)
                echoes.try_emplace({message->identifier(), message->sequence()}, r.node);
        }
    }
};

PingResult collectPing(const Simulation& world, const PingRequest& request, std::uint16_t identifier,
                       SimTime start, const Deliveries& deliveries) {
    PingResult result;
    result.sent = request.count;
    const auto received = deliveries.icmp.find(request.from);
    if (received == deliveries.icmp.end()) return result;
    for (const Received& r : received->second) {
        const IcmpMessage* echo =
            r.icmp->isError() ? wholeOf(*r.icmp->about()).payload.as<IcmpMessage>() : r.icmp;
        if (echo == nullptr || echo->identifier() != identifier || r.icmp->kind() == IcmpKind::EchoRequest)
            continue;
        const SimTime sentAt = start + request.interval * (echo->sequence() - 1);
        const auto place = deliveries.echoes.find({identifier, echo->sequence()});
        const bool isReply = r.icmp->kind() == IcmpKind::EchoReply && place != deliveries.echoes.end();
        result.answers.push_back({echo->sequence(), r.icmp->kind(), r.packet->source,
                                  isReply ? std::optional(place->second) : ownerOf(world, r.packet->source),
                                  r.packet->ttl, r.time - sentAt});
    }
    return result;
}

TracerouteResult collectTrace(const Simulation& world, const TracerouteRequest& request,
                              std::uint16_t sourcePort, SimTime start, const Deliveries& deliveries) {
    TracerouteResult result;
    result.hops.resize(request.mostHops);
    const auto received = deliveries.icmp.find(request.from);
    if (received == deliveries.icmp.end()) return result;
    for (const Received& r : received->second) {
        if (!r.icmp->isError() || wholeOf(*r.icmp->about()).sourcePort != sourcePort) continue;
        const std::uint16_t port = wholeOf(*r.icmp->about()).destinationPort;
        const int ttl = port - kFirstTracePort + 1;
        if (ttl < 1 || ttl > request.mostHops) continue;
        TracerouteHop& hop = result.hops[static_cast<std::size_t>(ttl - 1)];
        if (hop.from) continue;
        const auto place = deliveries.datagrams.find({sourcePort, port});
        hop = {r.packet->source,
               place == deliveries.datagrams.end() ? ownerOf(world, r.packet->source)
                                                   : std::optional(place->second),
               r.icmp->kind(), r.time - start};
    }
    for (std::size_t i = 0; i < result.hops.size(); ++i) {
        const TracerouteHop& hop = result.hops[i];
        if (!hop.from || hop.kind == IcmpKind::TimeExceeded) continue;
        result.isReached = hop.kind == IcmpKind::PortUnreachable;
        result.hops.resize(i + 1);
        return result;
    }
    for (std::size_t i = 0; i < result.hops.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (result.hops[i].node && result.hops[i].node == result.hops[j].node) result.isLoop = true;
        }
    }
    return result;
}

}  // namespace

std::uint32_t PingResult::received() const {
    return static_cast<std::uint32_t>(std::count_if(
        answers.begin(), answers.end(), [](const PingAnswer& a) { return a.kind == IcmpKind::EchoReply; }));
}

std::optional<NodeId> ownerOf(const Simulation& world, const IpAddress& address) {
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
        for (const InterfaceState& interface : world.node(NodeId(n)).interfaces) {
            if (interface.hasAddress(address)) return NodeId(n);
        }
    }
    return std::nullopt;
}

std::vector<PingResult> ping(const Simulation& world, std::span<const PingRequest> requests) {
    std::vector<PingResult> results(requests.size());
    Simulation copy = world;
    RecordLog log = makeScratchLog();
    const SimTime start = copy.now();
    // All echo requests of all pings, in the order of time.
    std::vector<std::pair<Duration, std::pair<std::size_t, std::uint32_t>>> plan;
    Duration end;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const PingRequest& request = requests[i];
        results[i].localFailure = whyNot(world, request.from, request.to, request.source);
        if (results[i].localFailure != LocalFailure::None || request.count == 0) continue;
        for (std::uint32_t k = 0; k < request.count; ++k)
            plan.push_back({request.interval * k, {i, k + 1}});
        end = std::max(end, request.interval * (request.count - 1) + request.timeout);
    }
    std::stable_sort(plan.begin(), plan.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [offset, which] : plan) {
        const PingRequest& request = requests[which.first];
        copy.runUntil(start + offset, log);
        const auto echo = IcmpMessage::echo(IcmpKind::EchoRequest,
                                            static_cast<std::uint16_t>(kFirstIdentifier + which.first),
                                            static_cast<std::uint16_t>(which.second), request.dataBytes);
        const IpAddress source =
            request.source
                ? *request.source
                : copy.sourceFor(request.from, request.to).value_or(IpAddress::any(request.to.family()));
        Packet packet = IcmpMessage::packet(echo, source, request.to);
        packet.ttl = request.ttl;
        packet.dontFragment = request.dontFragment;
        copy.sendFrom(request.from, std::move(packet), InterfaceId::none(), RecordId::none(), log);
    }
    copy.runUntil(start + end, log);
    const Deliveries deliveries(log);
    for (std::size_t i = 0; i < requests.size(); ++i) {
        if (results[i].localFailure != LocalFailure::None) continue;
        results[i] = collectPing(world, requests[i], static_cast<std::uint16_t>(kFirstIdentifier + i), start,
                                 deliveries);
    }
    return results;
}

std::vector<TracerouteResult> traceroute(const Simulation& world,
                                         std::span<const TracerouteRequest> requests) {
    std::vector<TracerouteResult> results(requests.size());
    Simulation copy = world;
    RecordLog log = makeScratchLog();
    const SimTime start = copy.now();
    Duration end;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const TracerouteRequest& request = requests[i];
        results[i].localFailure = whyNot(world, request.from, request.to, request.source);
        if (results[i].localFailure != LocalFailure::None) continue;
        for (std::uint8_t ttl = 1; ttl <= request.mostHops; ++ttl) {
            Packet packet;
            packet.source = request.source.value_or(IpAddress::any(request.to.family()));
            packet.destination = request.to;
            packet.ttl = ttl;
            packet.protocol = kIpProtocolUdp;
            packet.sourcePort = static_cast<std::uint16_t>(kFirstSourcePort + i);
            packet.destinationPort = static_cast<std::uint16_t>(kFirstTracePort + ttl - 1);
            packet.payload = Payload(Bytes(kTraceDataBytes, 0x40));
            copy.sendFrom(request.from, std::move(packet), InterfaceId::none(), RecordId::none(), log);
        }
        end = std::max(end, request.timeout);
    }
    copy.runUntil(start + end, log);
    const Deliveries deliveries(log);
    for (std::size_t i = 0; i < requests.size(); ++i) {
        if (results[i].localFailure != LocalFailure::None) continue;
        results[i] = collectTrace(world, requests[i], static_cast<std::uint16_t>(kFirstSourcePort + i), start,
                                  deliveries);
    }
    return results;
}

}  // namespace peerscape
