/// MRT records against the layouts of RFC 6396 and RFC 8050.
#include "protocols/bgp/mrt.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/protocols/bgp/helpers.hpp"

namespace peerscape::bgp::mrt {
namespace {

const Timestamp kTime{0x5c000000, 250000};

Session session4() {
    return {Asn::number(4200000001), Asn::number(65002), 3, test::ip("192.0.2.1"), test::ip("192.0.2.2")};
}
Session session6() {
    return {Asn::number(65001), Asn::number(65002), 0, test::ip("2001:db8::1"), test::ip("2001:db8::2")};
}
constexpr const char* kKeepalive = "ffffffffffffffffffffffffffffffff 0013 04";
constexpr const char* kSession4 = "fa56ea01 0000fdea 0003 0001 c0000201 c0000202 ";

std::string hexOf(const std::string& text) { return toHex(test::hex(text)); }

TEST(BgpMrt, TimesAreCutToMicroseconds) {
    EXPECT_EQ(Timestamp::at(SimTime::atNanoseconds(3'250'000'999), 1000), (Timestamp{1003, 250000}));
    EXPECT_EQ(Timestamp::at(SimTime::start(), 1000), (Timestamp{1000, 0}));
}

TEST(BgpMrt, MessagesStandInBgp4mpEt) {
    const std::string head = "5c000000 0011 0004 0000002b 0003d090 ";
    EXPECT_EQ(toHex(message(kTime, session4(), {}, test::hex(kKeepalive))),
              hexOf(head + kSession4 + kKeepalive));
}

TEST(BgpMrt, SubtypesSayHowToReadTheMessage) {
    const auto subtype = [](bool hasFourOctetAs, bool hasPathIds, bool isSent) {
        const Bytes bytes =
            message(kTime, session4(), {hasFourOctetAs, hasPathIds, isSent}, test::hex(kKeepalive));
        return int{bytes[7]};
    };
    EXPECT_EQ(subtype(false, false, false), 1);
    EXPECT_EQ(subtype(true, false, false), 4);
    EXPECT_EQ(subtype(false, false, true), 6);
    EXPECT_EQ(subtype(true, false, true), 7);
    EXPECT_EQ(subtype(false, true, false), 8);
    EXPECT_EQ(subtype(true, true, false), 9);
    EXPECT_EQ(subtype(false, true, true), 10);
    EXPECT_EQ(subtype(true, true, true), 11);
}

TEST(BgpMrt, MessagesOfOldSpeakersHaveSmallNumbers) {
    EXPECT_EQ(
        toHex(message(kTime, session4(), {false, false, false}, test::hex(kKeepalive))),
        hexOf(std::string("5c000000 0011 0001 00000027 0003d090 5ba0 fdea 0003 0001 c0000201 c0000202") +
              kKeepalive));
}

TEST(BgpMrt, StateChangesHaveBothStates) {
    EXPECT_EQ(toHex(stateChange(kTime, session6(), State::OpenConfirm, State::Established)),
              hexOf("5c000000 0011 0005 00000034 0003d090 0000fde9 0000fdea 0000 0002"
                    "20010db8000000000000000000000001 20010db8000000000000000000000002 0005 0006"));
}

TEST(BgpMrt, PeersAreNumberedByATable) {
    const std::vector<Peer> peers{{RouterId(0x0a000001), test::ip("192.0.2.1"), Asn::number(65001)},
                                  {RouterId(0x0a000002), test::ip("2001:db8::1"), Asn::number(4200000001)}};
    EXPECT_EQ(toHex(peerIndexTable(kTime, RouterId(0x0a000009), "R1", peers)),
              hexOf("5c000000 000d 0001 00000030 0a000009 0002 5231 0002"
                    "02 0a000001 c0000201 0000fde9  03 0a000002 20010db8000000000000000000000001 fa56ea01"));
}

RibEntry entry(const BgpNextHop& nextHop) {
    PathAttributes attributes;
    attributes.origin = Origin::Igp;
    attributes.asPath = test::path({4200000001});
    attributes.med = 5;
    RibEntry entry;
    entry.peerIndex = 1;
    entry.originated = 0x5b000000;
    entry.pathId = 7;
    entry.nextHop = nextHop;
    entry.attributes = attributes;
    return entry;
}

TEST(BgpMrt, TablesHaveAllPathsToAPrefix) {
    const std::vector<RibEntry> entries{entry({test::ip("192.0.2.1"), std::nullopt})};
    const std::string attributes =
        "40 01 01 00  50 02 0006 02 01 fa56ea01  40 03 04 c0000201  80 04 04 00000005";
    EXPECT_EQ(toHex(rib(kTime, 9, test::net("10.1.0.0/16"), entries)),
              hexOf("5c000000 000d 0002 0000002d 00000009 10 0a01 0001 0001 5b000000 001c" + attributes));
    EXPECT_EQ(
        toHex(rib(kTime, 9, test::net("10.1.0.0/16"), entries, true)),
        hexOf("5c000000 000d 0008 00000031 00000009 10 0a01 0001 0001 5b000000 00000007 001c" + attributes));
}

// RFC 6396 section 4.3.4: of MP_REACH_NLRI only the next hop is there.
TEST(BgpMrt, TablesOfIpv6HaveAShortMpReachNlri) {
    const std::vector<RibEntry> entries{entry({test::ip("2001:db8::1"), test::ip("fe80::1")})};
    EXPECT_EQ(toHex(rib(kTime, 0, test::net("2001:db8:1::/48"), entries)),
              hexOf("5c000000 000d 0004 0000004e 00000000 30 20010db80001 0001 0001 5b000000 0039"
                    "40 01 01 00  50 02 0006 02 01 fa56ea01  80 04 04 00000005"
                    "80 0e 21 20 20010db8000000000000000000000001 fe800000000000000000000000000001"));
    EXPECT_EQ(rib(kTime, 0, test::net("2001:db8:1::/48"), entries, true)[7], 10);
}

}  // namespace
}  // namespace peerscape::bgp::mrt
