// How neighbours by interface find each other (RFC 4861).
#include "protocols/bgp/router_advertisement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/routing/packet.hpp"
#include "tests/protocols/bytes.hpp"

namespace peerscape::bgp {
namespace {

using peerscape::test::hex;
using peerscape::test::ip;
using testing::HasSubstr;

const IpAddress kSource = ip("fe80::14a1:9eff:fe4f:16c6");
constexpr std::uint64_t kMac = 0x16a19e4f16c6;

struct Vector {
    const char* from;
    DiscoveryMessage message;
    const char* bytes;
};

const Vector kVectors[] = {
    {"Linux 6",
     {DiscoveryMessage::Kind::Solicitation, Duration(), kMac},
     "85 00 e7 c0 00 00 00 00 01 01 16 a1 9e 4f 16 c6"},
    {"Scapy 2.5",
     {DiscoveryMessage::Kind::Advertisement, Duration::seconds(30), kMac},
     "86 00 a6 9b 40 00 00 1e 00 00 00 00 00 00 00 00 01 01 16 a1 9e 4f 16 c6"},
};

const IpAddress& destinationOf(const DiscoveryMessage& message) {
    return message.kind == DiscoveryMessage::Kind::Solicitation ? kAllRouters : kAllNodes;
}

TEST(RouterAdvertisement, ItsBytesAreThoseOfOthers) {
    for (const auto& [from, message, text] : kVectors) {
        const Bytes bytes = hex(text);
        EXPECT_EQ(message.encode(kSource, destinationOf(message)), bytes) << from;
        const auto decoded = DiscoveryMessage::decode(bytes, kSource, destinationOf(message));
        ASSERT_TRUE(decoded.has_value()) << from << ": " << decoded.error().message;
        EXPECT_EQ(*decoded, message) << from;
    }
}

TEST(RouterAdvertisement, OptionsForHostsArePassedOver) {
    // Scapy's, with an MTU, its sender's link-layer address and a prefix.
    const auto decoded = DiscoveryMessage::decode(
        hex("86 00 64 81 ff 88 07 08 00 00 00 00 00 00 00 00 05 01 00 00 00 00 05 00 01 01 16 a1 9e 4f 16 c6"
            "03 04 40 c0 ff ff ff ff ff ff ff ff 00 00 00 00 20 01 0d b8 00 01 00 00 00 00 00 00 00 00 00 "
            "00"),
        kSource, kAllNodes);
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message;
    EXPECT_EQ(*decoded,
              (DiscoveryMessage{DiscoveryMessage::Kind::Advertisement, Duration::seconds(1800), kMac}));
}

TEST(RouterAdvertisement, OtherMessagesOfIcmpAreNoneOfItsBusiness) {
    // A neighbor solicitation of Linux.
    const auto decoded = DiscoveryMessage::decode(
        hex("87 00 ce 50 00 00 00 00 fe 80 00 00 00 00 00 00 14 a1 9e ff fe 4f 16 c6"), kSource, kAllNodes);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_FALSE(decoded->has_value());
    EXPECT_FALSE(DiscoveryMessage::decode({}, kSource, kAllNodes)->has_value());
}

TEST(RouterAdvertisement, WhatIsInvalidIsRefused) {
    const auto why = [](Bytes bytes, bool isRepaired = true) {
        if (isRepaired && bytes.size() >= 4) {
            bytes[2] = bytes[3] = 0;
            const std::uint16_t sum = upperLayerChecksum(kSource, kAllNodes, kIpProtocolIcmp6, bytes);
            bytes[2] = static_cast<std::uint8_t>(sum >> 8);
            bytes[3] = static_cast<std::uint8_t>(sum);
        }
        const auto decoded = DiscoveryMessage::decode(bytes, kSource, kAllNodes);
        return decoded ? std::string() : decoded.error().message;
    };
    const Bytes good = hex(kVectors[1].bytes);
    EXPECT_EQ(why(good), "");
    Bytes bad = good;
    bad.back() ^= 1;
    EXPECT_THAT(why(bad, false), HasSubstr("checksum"));
    EXPECT_THAT(why(Bytes(good.begin(), good.begin() + 15)), HasSubstr("cut off"));
    bad = good;
    bad[1] = 1;
    EXPECT_THAT(why(bad), HasSubstr("code"));
    bad = good;
    bad[17] = 0;
    EXPECT_THAT(why(bad), HasSubstr("length"));
    bad[17] = 2;
    EXPECT_THAT(why(bad), HasSubstr("length"));
}

}  // namespace
}  // namespace peerscape::bgp
