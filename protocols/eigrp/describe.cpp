#include "protocols/eigrp/describe.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "protocols/eigrp/tlv_codec.hpp"

namespace peerscape::eigrp {
namespace {

using Bit = std::pair<std::uint32_t, std::string_view>;

constexpr std::array<Bit, 4> kPacketFlags{{{PacketFlag::kInit, "init"},
                                           {PacketFlag::kConditionalReceive, "conditional receive"},
                                           {PacketFlag::kRestart, "restart"},
                                           {PacketFlag::kEndOfTable, "end of table"}}};
constexpr std::array<Bit, 6> kStubFlags{{{PeerInformation::kConnected, "connected"},
                                         {PeerInformation::kStatic, "static"},
                                         {PeerInformation::kSummary, "summary"},
                                         {PeerInformation::kRedistributed, "redistributed"},
                                         {PeerInformation::kLeakMap, "leak-map"},
                                         {PeerInformation::kReceiveOnly, "receive-only"}}};

/// The names of the bits that are set, with a number for those that have none.
template <std::size_t N>
std::string names(std::uint32_t flags, const std::array<Bit, N>& bits) {
    std::vector<std::string> all;
    for (const auto& [bit, name] : bits) {
        if ((flags & bit) != 0) all.emplace_back(name);
        flags &= ~bit;
    }
    if (flags != 0) all.push_back(fmt::format("{:#x}", flags));
    return fmt::format("{}", fmt::join(all, ", "));
}

template <typename Range>
std::string listOf(const Range& items) {
    std::vector<std::string> all;
    for (const auto& item : items)
        all.push_back(toString(item));
    return fmt::format("{}", fmt::join(all, ", "));
}

std::string describeMetric(const VectorMetric& metric) {
    if (metric.isUnreachable()) return "unreachable";
    return fmt::format("delay {} us, {} kbit/s, MTU {}, {} hop{}",
                       static_cast<double>(metric.delay.count()) / 1e6, metric.bandwidth.count(), metric.mtu,
                       metric.hopCount, metric.hopCount == 1 ? "" : "s");
}

struct Describer {
    std::string operator()(const Parameter& parameter) const {
        const KValues& k = parameter.kValues;
        if (k.areGoodbye()) return "goodbye";
        return fmt::format("K {} {} {} {} {} {}, hold time {} s", k.k1, k.k2, k.k3, k.k4, k.k5, k.k6,
                           parameter.holdTime);
    }
    std::string operator()(const Authentication& authentication) const {
        const std::string type = authentication.type == Authentication::kMd5 ? "MD5"
                                 : authentication.type == Authentication::kSha256
                                     ? "SHA-256"
                                     : fmt::format("type {}", authentication.type);
        return fmt::format("{}, key {}", type, authentication.keyId);
    }
    std::string operator()(const Sequence& sequence) const { return "not for " + listOf(sequence.addresses); }
    std::string operator()(const SoftwareVersion& version) const {
        return fmt::format("release {}.{}, TLV version {}.{}", version.vendorMajor, version.vendorMinor,
                           version.tlvMajor, version.tlvMinor);
    }
    std::string operator()(const MulticastSequence& next) const {
        return fmt::format("{} is next", next.sequence);
    }
    std::string operator()(const PeerInformation& peer) const {
        return "stub: " + names(peer.stubFlags, kStubFlags);
    }
    std::string operator()(const PeerTermination& peers) const {
        return "ends with " + listOf(peers.addresses);
    }
    std::string operator()(const TidList& list) const {
        return fmt::format("topologies {}", fmt::join(list.topologies, ", "));
    }
    std::string operator()(const Route& route) const {
        std::string text = listOf(route.destinations);
        if (!route.nextHop.isUnspecified()) text += " via " + toString(route.nextHop);
        text += " " + describeMetric(route.vector());
        if (route.exterior) {
            text += fmt::format(", external: {} of {}", toString(route.exterior->protocol),
                                toString(IpAddress::v4(route.exterior->routerId)));
            if (route.exterior->administrativeTag != 0)
                text += fmt::format(", tag {}", route.exterior->administrativeTag);
        }
        return text;
    }
    std::string operator()(const Community& community) const {
        return fmt::format("{} communities of {}", community.communities.size(),
                           toString(community.destination));
    }
    std::string operator()(const OtherTlv& other) const {
        return fmt::format("type {:#06x}, {} bytes", other.type, other.value.size());
    }
};

struct Namer {
    std::string_view operator()(const Parameter&) const { return "parameter"; }
    std::string_view operator()(const Authentication&) const { return "authentication"; }
    std::string_view operator()(const Sequence&) const { return "sequence"; }
    std::string_view operator()(const SoftwareVersion&) const { return "software version"; }
    std::string_view operator()(const MulticastSequence&) const { return "multicast sequence"; }
    std::string_view operator()(const PeerInformation&) const { return "peer information"; }
    std::string_view operator()(const PeerTermination&) const { return "peer termination"; }
    std::string_view operator()(const TidList&) const { return "topologies"; }
    std::string_view operator()(const Route& route) const {
        return route.isExternal() ? "external route" : "route";
    }
    std::string_view operator()(const Community&) const { return "community"; }
    std::string_view operator()(const OtherTlv&) const { return "unknown"; }
};

std::string_view nameOf(const EigrpPacket& packet) {
    if (packet.isAcknowledgment()) return "acknowledgment";
    return packet.isGoodbye() ? "goodbye" : toString(packet.opcode);
}

std::size_t routesIn(const EigrpPacket& packet) {
    std::size_t count = 0;
    for (const Tlv& tlv : packet.tlvs) {
        if (const auto* route = std::get_if<Route>(&tlv)) count += route->destinations.size();
    }
    return count;
}

}  // namespace

std::string_view toString(ExternalProtocol protocol) {
    constexpr std::array<std::string_view, 12> kNames{"unknown", "IGRP",  "EIGRP", "static",
                                                      "RIP",     "HELLO", "OSPF",  "IS-IS",
                                                      "EGP",     "BGP",   "IDRP",  "connected"};
    const auto number = static_cast<std::size_t>(protocol);
    return kNames[number < kNames.size() ? number : 0];
}

std::string summary(const EigrpPacket& packet) {
    std::string text = fmt::format("EIGRP{} {}, AS {}", packet.family == Family::IPv6 ? " for IPv6" : "",
                                   nameOf(packet), packet.autonomousSystem);
    if (packet.sequence != 0) text += fmt::format(", sequence {}", packet.sequence);
    if (packet.acknowledgment != 0) text += fmt::format(", acknowledges {}", packet.acknowledgment);
    if (packet.flags != 0) text += ", " + names(packet.flags, kPacketFlags);
    if (packet.opcode != Opcode::Hello) {
        const std::size_t count = routesIn(packet);
        text += fmt::format(", {} route{}", count, count == 1 ? "" : "s");
    }
    return text;
}

std::string describe(const Tlv& tlv) { return std::visit(Describer{}, tlv); }

std::vector<PacketField> fields(Family family, ByteView bytes) {
    const auto packet = decode(family, bytes);
    if (!packet) return {{"malformed", packet.error().message, 0, bytes.size()}};
    std::vector<PacketField> all{
        {"version", fmt::format("{}", bytes[0]), 0, 1},
        {"opcode", std::string(nameOf(*packet)), 1, 1},
        {"checksum", fmt::format("{:#06x}", packetChecksum(bytes)), 2, 2},
        {"flags", packet->flags == 0 ? "none" : names(packet->flags, kPacketFlags), 4, 4},
        {"sequence", fmt::format("{}", packet->sequence), 8, 4},
        {"acknowledgment", fmt::format("{}", packet->acknowledgment), 12, 4},
        {"virtual router", fmt::format("{}", packet->virtualRouter), 16, 2},
        {"autonomous system", fmt::format("{}", packet->autonomousSystem), 18, 2}};
    std::size_t at = kHeaderSize;
    for (const Tlv& tlv : packet->tlvs) {
        const std::size_t size = encodedSize(tlv);
        all.push_back({std::string(std::visit(Namer{}, tlv)), describe(tlv), at, size});
        at += size;
    }
    return all;
}

}  // namespace peerscape::eigrp
