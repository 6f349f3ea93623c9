/// The codec against packets that FRR's eigrpd sent, recorded for this project (see captures/README.md):
/// every one is read, and written again as the same bytes.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocols/eigrp/authentication.hpp"
#include "protocols/eigrp/transport.hpp"
#include "tests/protocols/eigrp/helpers.hpp"

namespace peerscape::eigrp {
namespace {

using test::encoded;
using test::ip;
using test::net;
using testing::AllOf;
using testing::Contains;
using testing::Field;

const std::filesystem::path kCaptures =
    std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "tests/protocols/eigrp/captures";

/// A packet of a capture: where it came from, what stood behind the IP header, and what was read from it.
struct Recorded {
    IpAddress source;
    Bytes bytes;
    EigrpPacket packet;
};

Bytes readBytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

/// All packets of a pcap file in the byte order of the machine that recorded it: little-endian.
std::vector<Recorded> packetsOf(const std::string& name) {
    constexpr std::size_t kEthernet = 14;
    const Bytes file = readBytes(kCaptures / name);
    const auto u32 = [&file](std::size_t at) {
        return file.at(at) | file.at(at + 1) << 8 | file.at(at + 2) << 16 | file.at(at + 3) << 24;
    };
    EXPECT_EQ(u32(0), static_cast<int>(0xa1b2c3d4)) << name;
    std::vector<Recorded> packets;
    for (std::size_t at = 24; at + 16 < file.size();) {
        const auto length = static_cast<std::size_t>(u32(at + 8));
        const ByteView header = ByteView(file).subspan(at + 16 + kEthernet, length - kEthernet);
        const std::size_t headerSize = std::size_t{header[0]} % 16 * 4;
        const std::size_t total = ByteReader(header.subspan(2)).u16();
        const ByteView payload = header.subspan(headerSize, total - headerSize);
        at += 16 + length;
        auto packet = decode(Family::IPv4, payload);
        EXPECT_TRUE(packet.has_value()) << name << ": " << toHex(payload);
        if (!packet) continue;
        packets.push_back({IpAddress::fromBytes(header.subspan(12, 4)),
                           {payload.begin(), payload.end()},
                           std::move(*packet)});
    }
    return packets;
}

TEST(EigrpCaptures, EveryPacketIsReadAndWrittenAgainAsTheSameBytes) {
    const std::pair<const char*, std::size_t> kAll[] = {
        {"classic.pcap", 35}, {"md5.pcap", 24}, {"sha.pcap", 24}};
    for (const auto& [name, count] : kAll) {
        const auto packets = packetsOf(name);
        EXPECT_EQ(packets.size(), count) << name;
        for (std::size_t i = 0; i < packets.size(); ++i) {
            SCOPED_TRACE(testing::Message() << name << " packet " << i + 1);
            EXPECT_EQ(toHex(encoded(packets[i].packet)), toHex(packets[i].bytes));
            EXPECT_EQ(EigrpMessage(packets[i].packet).encodedSize(), packets[i].bytes.size());
            for (const Tlv& tlv : packets[i].packet.tlvs)
                EXPECT_FALSE(std::holds_alternative<OtherTlv>(tlv));
        }
    }
}

/// The routes of all packets.
std::vector<Route> routesOf(const std::string& name) {
    std::vector<Route> routes;
    for (const Recorded& recorded : packetsOf(name)) {
        for (const Tlv& tlv : recorded.packet.tlvs) {
            if (const auto* route = std::get_if<Route>(&tlv)) routes.push_back(*route);
        }
    }
    return routes;
}

auto routeTo(std::string_view prefix, std::uint32_t composite) {
    return AllOf(
        Field(&Route::destinations, testing::ElementsAre(net(prefix))),
        testing::ResultOf(
            [](const Route& route) { return classicComposite(route.vector(), {}).ribMetric(1); }, composite));
}

// The composites are those that FRR's `show ip eigrp topology` printed as reported distances.
TEST(EigrpCaptures, RoutesOfAllLengthsHaveTheirMetrics) {
    const auto routes = routesOf("classic.pcap");
    for (const char* prefix : {"10.1.0.0/16", "11.0.0.0/8", "172.16.3.0/24", "198.51.100.128/25",
                               "203.0.113.77/32", "10.2.0.0/16", "192.0.3.0/30"}) {
        EXPECT_THAT(routes, Contains(routeTo(prefix, 28160))) << prefix;
    }
    EXPECT_THAT(routes, Contains(routeTo("10.3.0.0/16", 30720))) << "one hop further";
}

TEST(EigrpCaptures, AnAdjacencyBeginsWithInitAndEndsWithEndOfTable) {
    std::vector<std::uint32_t> flags;
    std::size_t acknowledgments = 0;
    for (const Recorded& recorded : packetsOf("classic.pcap")) {
        if (recorded.packet.opcode == Opcode::Update) flags.push_back(recorded.packet.flags);
        if (recorded.packet.isAcknowledgment()) ++acknowledgments;
    }
    EXPECT_THAT(flags, Contains(PacketFlag::kInit));
    EXPECT_THAT(flags, Contains(PacketFlag::kEndOfTable));
    EXPECT_GE(acknowledgments, 4U);
}

// We take the place of 192.0.2.1, whose INIT is number 1 and whose table is number 2, as ours.
TEST(EigrpCaptures, OurTransportGetsAnAdjacencyWithFrr) {
    auto packets = packetsOf("classic.pcap");
    std::erase_if(packets, [](const Recorded& r) { return r.source != ip("192.0.2.2"); });
    packets.resize(6);  // two hellos, INIT twice, its table, an acknowledgment
    TransportSettings settings;
    settings.address = ip("192.0.2.1");
    settings.autonomousSystem = 100;
    Transport transport(settings);
    TransportEffects effects;
    const dual::NeighborId frr(0);
    const SimTime now = SimTime::start();
    transport.start(now, effects);
    const auto hear = [&](const Recorded& one) { transport.hear(one.source, one.packet, frr, now, effects); };
    std::for_each_n(packets.begin(), 4, hear);
    EXPECT_THAT(effects, Contains(TransportEffect{NeighborUp{frr}}));
    transport.unicast(frr, {Opcode::Update, {}, PacketFlag::kEndOfTable}, now, effects);
    hear(packets[4]);
    EXPECT_THAT(effects, Contains(TransportEffect{Deliver{frr, packets[4].packet}}));
    EXPECT_THAT(effects, Contains(TransportEffect{EndOfTable{frr}}));
    hear(packets[5]);
    EXPECT_TRUE(transport.isIdle());
}

TEST(EigrpCaptures, ClearingNeighboursSaysGoodbye) {
    const auto packets = packetsOf("classic.pcap");
    const auto goodbyes =
        std::ranges::count_if(packets, [](const Recorded& r) { return r.packet.isGoodbye(); });
    EXPECT_EQ(goodbyes, 1);
}

/// The packets that have a digest; the first hellos were sent before it was configured.
std::vector<Recorded> withDigests(const std::string& name) {
    auto packets = packetsOf(name);
    std::erase_if(packets, [](const Recorded& r) { return r.packet.find<Authentication>() == nullptr; });
    return packets;
}

TEST(EigrpCaptures, Md5DigestsAreThoseOfTheKey) {
    const auto packets = withDigests("md5.pcap");
    EXPECT_EQ(packets.size(), 22U);
    for (const Recorded& recorded : packets) {
        SCOPED_TRACE(toHex(recorded.bytes));
        EXPECT_EQ(recorded.packet.find<Authentication>()->type, Authentication::kMd5);
        EXPECT_EQ(recorded.packet.find<Authentication>()->keyId, 7U);
        EXPECT_TRUE(hasValidDigest(recorded.bytes, "peerscape", recorded.source));
        const bool isInit = recorded.packet.has(PacketFlag::kInit);
        EXPECT_EQ(hasValidDigest(recorded.bytes, "another key", recorded.source), isInit);
        EigrpPacket again = recorded.packet;
        std::ranges::fill(std::get<Authentication>(again.tlvs.edit().front()).digest, std::uint8_t{0});
        EXPECT_EQ(toHex(encoded(withDigest(again, "peerscape", recorded.source))), toHex(recorded.bytes));
    }
}

// This version of FRR takes the first bytes of a structure for the key and digests two bytes of the packet
// (see captures/README.md). IOS does not (see authentication_test.cpp).
TEST(EigrpCaptures, Sha256DigestsOfFrrAreNotThoseOfTheKey) {
    const auto packets = withDigests("sha.pcap");
    EXPECT_GE(packets.size(), 10U);
    for (const Recorded& recorded : packets) {
        const auto& authentication = *recorded.packet.find<Authentication>();
        EXPECT_EQ(authentication.type, Authentication::kSha256);
        EXPECT_EQ(authentication.digest.size(), Authentication::kSha256Size);
        EXPECT_FALSE(hasValidDigest(recorded.bytes, "peerscape", recorded.source));
    }
}

}  // namespace
}  // namespace peerscape::eigrp
