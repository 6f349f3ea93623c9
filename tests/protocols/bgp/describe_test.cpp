#include "protocols/bgp/describe.hpp"

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/protocols/bgp/helpers.hpp"
#include "tests/protocols/bgp/random_messages.hpp"

namespace peerscape::bgp {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;

/// "name: value" of the fields behind the header.
std::vector<std::string> described(const Bytes& bytes, const WireOptions& options = {}) {
    std::vector<std::string> lines;
    for (const MessageField& field : fields(bytes, options)) {
        if (field.offset >= kHeaderSize || field.size == 0) lines.push_back(field.name + ": " + field.value);
    }
    return lines;
}

/// From FRR 8.4.4 (captures/frr.txt): an announcement with communities of all kinds and path identifiers.
Bytes frrsUpdate() {
    return test::hex(
        "ffffffff ffffffff ffffffff ffffffff 0081 02 0000 0063 40010100 5002000e0203fa56ea01fa56ea010000fde9"
        "400304c0000201 80040400000032 400600 c00708c9f3686e0a000009 c00808fde90001ffffff01"
        "c020180000fde900000001000000020000fde90000000300000004 c010080002fde900000007 00000002 10 0a01");
}

TEST(BgpDescribe, ShowsAnUpdateFieldByField) {
    WireOptions options;
    options.receivesPathIds.ipv4 = true;
    EXPECT_THAT(
        described(frrsUpdate(), options),
        testing::ElementsAre(
            "withdrawn routes length: 0", "path attributes length: 99",
            "ORIGIN: IGP (well-known, transitive)",
            "AS_PATH: 4200000001 4200000001 65001 (well-known, transitive, extended length)",
            "NEXT_HOP: 192.0.2.1 (well-known, transitive)", "MULTI_EXIT_DISC: 50 (optional, non-transitive)",
            "ATOMIC_AGGREGATE: set (well-known, transitive)",
            "AGGREGATOR: AS 3388172398, 10.0.0.9 (optional, transitive)",
            "COMMUNITIES: 65001:1 no-export (optional, transitive)",
            "LARGE_COMMUNITY: 65001:1:2 65001:3:4 (optional, transitive)",
            "EXTENDED_COMMUNITIES: RT:65001:7 (optional, transitive)", "prefixes: 10.1.0.0/16 (path 2)"));
}

TEST(BgpDescribe, ShowsAnOpenCapabilityByCapability) {
    // From FRR 8.4.4, with a role and a domain.
    const auto lines = described(test::hex(
        "ffffffff ffffffff ffffffff ffffffff 006d 01 04 fdea 0009 0a000002 50 0206010400010001 02028000 "
        "02020200"
        "02024600 020641040000fdea 02020600 0203090104 0206450400010101 0210490e01620b6578616d706c652e6f7267"
        "02044002c078 0209470700010180000000"));
    EXPECT_THAT(lines,
                testing::IsSupersetOf(
                    {"version: 4", "my AS: 65002", "hold time: 9 s", "BGP identifier: 10.0.0.2",
                     "capability multiprotocol: IPv4 unicast", "capability early route refresh: set",
                     "capability four-octet AS: 65002", "capability role: peer",
                     "capability ADD-PATH: IPv4 unicast receives", "capability FQDN: b.example.org",
                     "capability graceful restart: 120 s, has restarted, keeps routes after a NOTIFICATION",
                     "capability long-lived graceful restart: IPv4 unicast 0 s still forwarded"}));
}

TEST(BgpDescribe, ShowsTheOtherMessages) {
    EXPECT_THAT(described(encode(NotificationMessage{ErrorCode::OpenMessage, 2, {1, 2}}, {})),
                testing::ElementsAre("error: OPEN Message Error/Bad Peer AS", "data: 01 02"));
    EXPECT_THAT(
        described(encode(RouteRefreshMessage{Family::IPv6}, {})),
        testing::ElementsAre("address family: IPv6", "kind: request", "subsequent address family: unicast"));
    EXPECT_TRUE(described(encode(KeepaliveMessage{}, {})).empty());
}

TEST(BgpDescribe, SaysWhatIsWrong) {
    const auto withdrawn = described(test::update("40 01 01 07 40 02 00 40 03 04 c0000201", "08 0a"));
    EXPECT_THAT(withdrawn, Contains("ORIGIN: 07 (well-known, transitive)"));
    EXPECT_THAT(withdrawn, Contains("treated as withdrawn: ORIGIN has the value 7"));
    const auto refused = described(test::update("40 63 01 07", "08 0a"));
    EXPECT_THAT(refused, Contains(HasSubstr("malformed: UPDATE Message Error/Unrecognized Well-known")));
    EXPECT_THAT(fields(test::hex("ffff"), {}), testing::ElementsAre(Field(&MessageField::name, "cut off")));
}

// Whatever the message: its fields lie behind one another, and leave nothing out.
TEST(BgpDescribe, FieldsCoverEveryByteOnce) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        test::RandomMessages random(seed);
        const WireOptions options = random.options();
        Bytes bytes =
            seed % 2 == 0 ? encode(random.open(), options) : encode(random.update(options, 5), options);
        // Also of what is malformed.
        if (seed % 3 == 0) bytes[kHeaderSize + random.below(bytes.size() - kHeaderSize)] ^= 0x55;
        std::size_t at = 0;
        for (const MessageField& field : fields(bytes, options)) {
            if (field.size == 0) continue;
            EXPECT_EQ(field.offset, at) << field.name;
            at += field.size;
        }
        EXPECT_EQ(at, bytes.size()) << toHex(bytes);
    }
}

TEST(BgpDescribe, SumsUpInALine) {
    WireOptions options;
    options.receivesPathIds.ipv4 = true;
    EXPECT_EQ(summary(*test::decoded(frrsUpdate(), options).message),
              "UPDATE, 1 prefix, path 4200000001 4200000001 65001, next hop 192.0.2.1");
    EXPECT_EQ(summary(UpdateMessage::endOfRib(Family::IPv6)), "UPDATE, End-of-RIB of IPv6 unicast");
    EXPECT_EQ(summary(KeepaliveMessage{}), "KEEPALIVE");
    OpenMessage open;
    open.myAs = 65001;
    open.identifier = RouterId(0x0a000001);
    EXPECT_EQ(summary(open), "OPEN, AS 65001, hold time 180 s, identifier 10.0.0.1");
    EXPECT_EQ(summary(NotificationMessage{ErrorCode::HoldTimerExpired, 0, {}}),
              "NOTIFICATION, Hold Timer Expired");
    EXPECT_EQ(summary(RouteRefreshMessage{Family::IPv4, RouteRefreshMessage::Kind::End}),
              "ROUTE-REFRESH, end of IPv4 unicast");
}

}  // namespace
}  // namespace peerscape::bgp
