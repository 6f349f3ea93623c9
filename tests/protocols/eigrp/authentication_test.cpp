/// Digests against those of Cisco's routers: the test values of the cracker john (src/eigrp_fmt_plug.c, by
/// Dhiru Kholia; "Redistribution and use in source and binary forms, with or without modification, are
/// permitted"), taken there from IOS.
#include "protocols/eigrp/authentication.hpp"

#include <gtest/gtest.h>

#include "tests/protocols/eigrp/helpers.hpp"

namespace peerscape::eigrp {
namespace {

using test::encoded;
using test::hex;
using test::ip;
using test::withChecksum;

/// Header and the authentication TLV up to its digest, of AS 42 and key 1.
constexpr const char* kMd5Start =
    "02050000 00000000 00000000 00000000 0000002a 0002 0028 0002 0010 00000001 00000000 00000000 00000000";
/// Parameters and a software version: the simplest hello.
constexpr const char* kHelloEnd = "0001 000c 010001000000 000f 0004 0008 05000300";

Bytes joined(std::initializer_list<std::string_view> parts) {
    std::string all;
    for (const std::string_view part : parts)
        all += std::string(part) + " ";
    return withChecksum(hex(all));
}

TEST(EigrpMd5, HellosOfIosAreAuthentic) {
    struct Known {
        const char* digest;
        const char* key;
    };
    constexpr Known kAll[] = {
        {"1a42aaf8ebe2f766100ea1fa05a5fa55", "password12345"},
        {"f29e7d44351d37e6fc71e2aacca63d28", "1234567812345"},
        {"61f237e29d28538a372f01121f2cd12f", "123456789012345678901234567890"},
    };
    for (const auto& [digest, key] : kAll) {
        const Bytes bytes = joined({kMd5Start, digest, kHelloEnd});
        EXPECT_TRUE(hasValidDigest(bytes, key, ip("10.0.0.1"))) << key;
        EXPECT_TRUE(hasValidDigest(bytes, key, ip("10.0.0.2"))) << "the source does not matter";
        EXPECT_FALSE(hasValidDigest(bytes, "another", ip("10.0.0.1"))) << key;
        EXPECT_FALSE(hasValidDigest(bytes, std::string(key) + "6", ip("10.0.0.1"))) << key;
    }
}

// Here 29 bytes behind the digest are covered; the last 20 of the packet are not, and are ours.
TEST(EigrpMd5, AHelloOfIosWithASequenceIsAuthentic) {
    const Bytes bytes =
        joined({kMd5Start, "560c87396267310978883da92c0cff90", kHelloEnd, "00f5 000c 0000 0004 0000 0001",
                "0003 0009 04 0a000002", "0005 0008 00000009"});
    EXPECT_TRUE(hasValidDigest(bytes, "password12345", ip("10.0.0.1")));
    Bytes changed = bytes;
    changed[60 + 28] ^= 1;
    EXPECT_FALSE(hasValidDigest(changed, "password12345", ip("10.0.0.1"))) << "the last byte that is covered";
    changed = bytes;
    changed[60 + 29] ^= 1;
    EXPECT_TRUE(hasValidDigest(changed, "password12345", ip("10.0.0.1"))) << "the first that is not";
}

TEST(EigrpMd5, AnInitUpdateNeedsNoKey) {
    EigrpPacket packet;
    packet.opcode = Opcode::Update;
    packet.flags = PacketFlag::kInit;
    packet.sequence = 7;
    packet.tlvs.push_back(blankAuthentication(Authentication::kMd5, 1));
    packet = withDigest(packet, "one", ip("10.0.0.1"));
    EXPECT_TRUE(hasValidDigest(encoded(packet), "another", ip("10.0.0.1")));
    packet.sequence = 8;
    EXPECT_FALSE(hasValidDigest(encoded(packet), "one", ip("10.0.0.1")));
}

/// A whole hello of IOS 15, as it left 10.0.0.2.
Bytes helloWithSha256() {
    return joined({"02050000 00000000 00000000 00000000 0000000a",
                   "0002 0038 0003 0020 00000000 00000000 00000000 00000000",
                   "cff66484cea20c6f58f175f8c004fc6d73be72090e53429c2616309aca38d5f3",
                   "0001 000c 010001000000 000f", "0004 0008 0f000200", "00f5 000a 0000 0002 0000"});
}

TEST(EigrpSha256, AHelloOfIosIsAuthentic) {
    const Bytes bytes = helloWithSha256();
    EXPECT_TRUE(hasValidDigest(bytes, "password12345", ip("10.0.0.2")));
    EXPECT_FALSE(hasValidDigest(bytes, "password12345", ip("10.0.0.3"))) << "the source counts";
    EXPECT_FALSE(hasValidDigest(bytes, "password1234", ip("10.0.0.2")));
    for (const std::size_t at : {std::size_t{4}, std::size_t{28}, std::size_t{44}, bytes.size() - 1}) {
        Bytes changed = bytes;
        changed[at] ^= 1;
        EXPECT_FALSE(hasValidDigest(changed, "password12345", ip("10.0.0.2"))) << at;
    }
}

TEST(EigrpSha256, TheHelloOfIosIsReadAndWrittenAgain) {
    const Bytes bytes = helloWithSha256();
    const auto packet = decode(Family::IPv4, bytes);
    ASSERT_TRUE(packet.has_value()) << packet.error().message;
    EXPECT_EQ(toHex(encoded(*packet)), toHex(bytes));
    ASSERT_EQ(packet->tlvs.size(), 4U);
    EXPECT_TRUE(packet->find<SoftwareVersion>()->readsWideMetrics());
    EXPECT_EQ(*packet->find<TidList>(), (TidList{true, 0, {0}}));
}

TEST(EigrpAuthentication, OurDigestsAreThoseOfIos) {
    for (const Bytes& bytes :
         {helloWithSha256(), joined({kMd5Start, "1a42aaf8ebe2f766100ea1fa05a5fa55", kHelloEnd})}) {
        EigrpPacket packet = *decode(Family::IPv4, bytes);
        auto& authentication = std::get<Authentication>(packet.tlvs.edit().front());
        authentication.digest = blankAuthentication(authentication.type, 0).digest;
        packet = withDigest(std::move(packet), "password12345", ip("10.0.0.2"));
        EXPECT_EQ(toHex(encoded(packet)), toHex(bytes));
    }
}

TEST(EigrpAuthentication, PacketsWithoutAWholeDigestAreNotAuthentic) {
    const auto isAuthentic = [](const Bytes& bytes) { return hasValidDigest(bytes, "key", ip("10.0.0.1")); };
    EXPECT_FALSE(isAuthentic({}));
    EXPECT_FALSE(isAuthentic(encoded(EigrpPacket{})));
    Bytes bytes = joined({kMd5Start, "1a42aaf8ebe2f766100ea1fa05a5fa55"});
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(isAuthentic(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))));
    bytes[25] = 9;
    EXPECT_FALSE(isAuthentic(bytes)) << "a type that nobody knows";
    bytes[25] = 3;
    EXPECT_FALSE(isAuthentic(bytes)) << "SHA-256 has 32 bytes";
}

}  // namespace
}  // namespace peerscape::eigrp
