// RFC 2385: the digest against what Linux 6 wrote on its loopback, and signed connections in a network.
#include "engine/sim/tcp_signature.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/tcp_message.hpp"
#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

Bytes hello() { return {0x68, 0x65, 0x6c, 0x6c, 0x6f}; }

TcpSegment segment(std::uint16_t from, std::uint16_t to, std::uint32_t sequence, std::uint32_t acknowledgment,
                   Bytes payload) {
    TcpSegment made;
    made.sourcePort = from;
    made.destinationPort = to;
    made.sequence = TcpSequence(sequence);
    made.acknowledgment = TcpSequence(acknowledgment);
    made.ack = true;
    made.psh = !payload.empty();
    made.window = 64;
    made.payload = std::move(payload);
    return made;
}

struct LinuxCase {
    const char* address;
    TcpSegment segment;
    TcpSignature signature;
};
const std::vector<LinuxCase>& linuxCases() {
    static const std::vector<LinuxCase> cases{
        {"127.0.0.1",
         segment(0xcbfa, 0xeac9, 0xd627a122, 0x9073082b, hello()),
         {0x0d, 0x48, 0xff, 0xca, 0xed, 0x19, 0x91, 0x11, 0x40, 0x6d, 0xf2, 0xe7, 0x0f, 0xb8, 0x5c, 0x46}},
        {"127.0.0.1",
         segment(0xcbfa, 0xeac9, 0xd627a122, 0x9073082b, {}),
         {0xec, 0x17, 0xeb, 0x0b, 0xad, 0x9d, 0x15, 0x46, 0x52, 0x17, 0x36, 0x1b, 0x35, 0x4a, 0xaf, 0x75}},
        {"::1",
         segment(0x89cc, 0xad4d, 0xd2025bfa, 0x7162b5c2, hello()),
         {0xd2, 0x86, 0x94, 0xde, 0xd0, 0x6f, 0xe9, 0x7d, 0x1a, 0x3d, 0x9a, 0xad, 0x78, 0x20, 0xc0, 0x31}},
    };
    return cases;
}

TEST(TcpSignatureOption, TheDigestIsTheOneOfLinux) {
    for (const LinuxCase& one : linuxCases()) {
        const IpAddress address = ip(one.address);
        EXPECT_EQ(signatureOf(one.segment, address, address, "secret"), one.signature) << one.address;
        TcpSegment carried = one.segment;
        EXPECT_FALSE(isSignedWith("secret", carried, address, address));
        EXPECT_TRUE(isSignedWith("", carried, address, address));
        carried.signature = one.signature;
        EXPECT_TRUE(isSignedWith("secret", carried, address, address));
        EXPECT_FALSE(isSignedWith("Secret", carried, address, address));
        EXPECT_FALSE(isSignedWith("", carried, address, address));
        carried.window = 65;
        EXPECT_FALSE(isSignedWith("secret", carried, address, address)) << "the header is covered";
    }
}

TEST(TcpSignatureOption, ItIsEighteenOctetsBehindTwoOfPadding) {
    TcpSegment carried = linuxCases().front().segment;
    carried.signature = linuxCases().front().signature;
    const IpAddress address = ip("127.0.0.1");
    const Bytes bytes = carried.encode(address, address);
    EXPECT_EQ(bytes.size(), carried.encodedSize());
    EXPECT_EQ(bytes[12], 0xa0);
    EXPECT_THAT(Bytes(bytes.begin() + 20, bytes.begin() + 26), ElementsAre(1, 1, 19, 18, 0x0d, 0x48));
    EXPECT_EQ(TcpSegment::decode(bytes, address, address).value(), carried);
    EXPECT_THAT(toString(carried), testing::HasSubstr("md5"));
}

class SignedStreams : public SimBench, public ::testing::Test {
  protected:
    SignedStreams() {
        r3 = router("R3");
        r2 = router("R2");
        r1 = router("R1");
        link("first", {"R1:eth0 10.0.12.1/24", "R2:eth0 10.0.12.2/24"}, cableOf(ms(1)));
        link("second", {"R2:eth1 10.0.23.2/24", "R3:eth0 10.0.23.3/24"}, cableOf(ms(1)));
        route(r1, "10.0.23.0/24", {"10.0.12.2"});
        route(r3, "10.0.12.0/24", {"10.0.23.2"});
    }
    void talk(const std::string& clientKey, const std::string& serverKey, std::uint8_t leastTtl = 0) {
        ToySettings client, server;
        OpenStream open;
        open.stream = StreamId(1);
        open.remoteAddress = ip("10.0.23.3");
        open.remotePort = 179;
        open.key = clientKey;
        open.leastTtl = leastTtl;
        client.opens = {open};
        client.says = 5'000;
        server.says = 3'000;
        server.listens = ListenStream{Family::IPv4, 179};
        server.keys = {{net("0.0.0.0/0"), "everybody"}, {net("10.0.12.1/32"), serverKey}};
        if (serverKey.empty()) server.keys.clear();
        toy(r1, client);
        toy(r3, server);
        start();
    }
    std::vector<TcpSegment> segments() const {
        std::vector<TcpSegment> found;
        for (const auto& [r, fact] : records<record::PacketSent>())
            found.push_back(TcpMessage::segmentOf(*fact.packet).value());
        return found;
    }
    NodeId r1, r2, r3;
};

TEST_F(SignedStreams, WithTheSameKeyEverythingIsSigned) {
    talk("secret", "secret");
    runTo(atMs(200));
    EXPECT_EQ(toyOf(r3).received.size(), 5'000U);
    EXPECT_EQ(toyOf(r1).received.size(), 3'000U);
    EXPECT_THAT(segments(), Each(testing::Field(&TcpSegment::signature, testing::Ne(std::nullopt))));
    for (const TcpSegment& one : segments())
        EXPECT_LE(one.encodedSize() + 20, 1'500U) << "the option takes its room from the payload";
    EXPECT_THAT(drops(), IsEmpty());
}

TEST_F(SignedStreams, WhoSignsWronglyOrNotAtAllGetsNoAnswer) {
    for (const auto& [client, server] :
         {std::pair("secret", "other"), std::pair("", "secret"), std::pair("secret", "")}) {
        SignedStreams_WhoSignsWronglyOrNotAtAllGetsNoAnswer_Test bench;
        bench.talk(client, server);
        bench.runTo(atMs(500));
        EXPECT_THAT(bench.drops(), ElementsAre(DropReason::SignatureWrong)) << client << " and " << server;
        EXPECT_THAT(bench.toyOf(bench.r1).ends, IsEmpty());
        bench.runTo(atMs(200'000));
        EXPECT_THAT(bench.toyOf(bench.r1).ends, ElementsAre(StreamEnd::TimedOut));
        EXPECT_THAT(bench.toyOf(bench.r3).received, IsEmpty());
    }
}

TEST_F(SignedStreams, AForgedResetIsOfNoUse) {
    talk("secret", "secret");
    runTo(atMs(200));
    const TcpSegment last = segments().back();
    TcpSegment reset;
    reset.sourcePort = 179;
    reset.destinationPort = last.sourcePort == 179 ? last.destinationPort : last.sourcePort;
    reset.rst = true;
    // What R1 expects next: everything R3 has said is acknowledged.
    for (const TcpSegment& one : segments()) {
        if (one.destinationPort == 179 && one.ack) reset.sequence = one.acknowledgment;
    }
    send(r2, TcpMessage::packet(reset, ip("10.0.23.3"), ip("10.0.12.1")));
    runTo(atMs(300));
    EXPECT_THAT(drops(), ElementsAre(DropReason::SignatureWrong));
    EXPECT_THAT(toyOf(r1).ends, IsEmpty());
}

// RFC 5082 section 3: R3 is two hops away, and begins with 64.
TEST_F(SignedStreams, WhatComesFromTooFarIsDroppedOnceTheConnectionIsUp) {
    talk("", "", 64);
    runTo(atMs(200));
    EXPECT_THAT(toyOf(r1).heard, Contains(testing::HasSubstr("opened 1")));
    EXPECT_THAT(toyOf(r1).received, IsEmpty());
    EXPECT_THAT(drops(), Contains(DropReason::TtlTooLow));
}

TEST_F(SignedStreams, WhatComesFromNearEnoughIsTaken) {
    talk("", "", 63);
    runTo(atMs(200));
    EXPECT_EQ(toyOf(r1).received.size(), 3'000U);
    EXPECT_THAT(drops(), Not(Contains(DropReason::TtlTooLow)));
}

}  // namespace
}  // namespace peerscape
