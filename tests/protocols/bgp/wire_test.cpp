/// The codec against bytes put together by hand from the layouts of the RFCs, in both directions. What other
/// implementations really sent is in captures_test.cpp.
#include "protocols/bgp/wire.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "protocols/bgp/layout.hpp"
#include "tests/protocols/bgp/helpers.hpp"

namespace peerscape::bgp {
namespace {

using test::ip;
using test::net;

/// One message in both forms.
struct WireCase {
    const char* name;
    BgpMessage message;
    MessageType type;
    std::string body;
    WireOptions options{};
};

OpenMessage open(std::uint16_t as, Capabilities capabilities = {}) {
    OpenMessage message;
    message.myAs = as;
    message.holdTime = 90;
    message.identifier = RouterId(0x0a000001);
    message.capabilities = std::move(capabilities);
    return message;
}

OpenMessage openWithEverything() {
    Capabilities all;
    all.families = {Family::IPv4, Family::IPv6};
    all.hasExtendedNextHop = true;
    all.hasEarlyRouteRefresh = all.hasRouteRefresh = all.hasEnhancedRouteRefresh = true;
    all.fourOctetAs = Asn::number(4200000001);
    all.hasExtendedMessage = true;
    all.role = Role::Customer;
    all.addPath = {{Family::IPv4, AddPathMode::Both}, {Family::IPv6, AddPathMode::Receive}};
    all.hostname = "r1";
    all.domain = "lab";
    all.gracefulRestart = GracefulRestartCapability{true, true, 120, {{Family::IPv4, true}}};
    all.longLived = {{Family::IPv6, true, 0x012345}};
    all.unknown = {{99, {1, 2}}};
    return open(kAsTrans, all);
}

PathAttributes basic() {
    PathAttributes attributes;
    attributes.origin = Origin::Igp;
    attributes.asPath = test::path({65001, 65002});
    return attributes;
}

UpdateMessage announcingTwo(PathAttributes attributes) {
    UpdateMessage update;
    update.announced.push_back(
        {Family::IPv4, false, {ip("192.0.2.1"), std::nullopt}, {{net("10.0.0.0/9")}, {net("0.0.0.0/0")}}});
    update.attributes = std::move(attributes);
    return update;
}

/// The body with the lengths of its fields in front.
std::string updateBody(const std::string& attributes, const std::string& announced,
                       const std::string& withdrawn = "") {
    const Bytes bytes = test::update(attributes, announced, withdrawn);
    return toHex(ByteView(bytes).subspan(kHeaderSize));
}

constexpr const char* kOrigin = "40 01 01 00";
constexpr const char* kPath = "50 02 000a 02 02 0000fde9 0000fdea";
constexpr const char* kNextHop = "40 03 04 c0000201";
constexpr const char* kPrefixes = "09 0a00 00";

PathAttributes withEverything() {
    PathAttributes attributes = basic();
    attributes.med = 50;
    attributes.localPreference = 200;
    attributes.hasAtomicAggregate = true;
    attributes.communities = CommunityValues{0xfde90001, community::kNoExport};
    RareAttributes rare;
    rare.aggregator = Aggregator{Asn::number(4200000001), RouterId(0x0a000009)};
    rare.originatorId = RouterId(0x0a000002);
    rare.clusterList = {RouterId(2), RouterId(1)};
    rare.extendedCommunities = {0x0002fde900000007};
    rare.largeCommunities = {{65001, 1, 2}};
    rare.aigp = 77;
    rare.onlyToCustomer = Asn::number(65001);
    rare.unknown = {{0xe0, 99, {1, 2, 3}}};
    attributes.rare = rare;
    return attributes;
}
std::string everythingBody() {
    return updateBody(std::string(kOrigin) + kPath + kNextHop +
                          "80 04 04 00000032  40 05 04 000000c8  40 06 00  c0 07 08 fa56ea01 0a000009"
                          "c0 08 08 fde90001 ffffff01  80 09 04 0a000002  80 0a 08 00000002 00000001"
                          "c0 10 08 0002fde900000007  80 1a 0b 01 000b 000000000000004d"
                          "c0 20 0c 0000fde9 00000001 00000002  c0 23 04 0000fde9  e0 63 03 010203",
                      kPrefixes);
}

UpdateMessage ipv6Update() {
    UpdateMessage update;
    update.withdrawn.push_back({Family::IPv6, true, {{net("2001:db8:2::/48")}}});
    update.announced.push_back(
        {Family::IPv6, true, {ip("2001:db8::1"), ip("fe80::1")}, {{net("2001:db8:1::/48")}, {net("::/0")}}});
    update.attributes = basic();
    return update;
}
constexpr const char* kIpv6Attributes =
    "90 0e 002d 0002 01 20 20010db8000000000000000000000001 fe800000000000000000000000000001 00"
    "30 20010db80001 00  90 0f 000a 0002 01 30 20010db80002";

UpdateMessage withPathIds() {
    UpdateMessage update = announcingTwo(basic());
    update.announced[0].prefixes = {{net("10.0.0.0/9"), 7}, {net("10.0.0.0/9"), 8}};
    update.withdrawn.push_back({Family::IPv4, false, {{net("10.2.3.0/24"), 1}}});
    return update;
}

UpdateMessage overIpv6NextHop() {
    UpdateMessage update;
    update.announced.push_back(
        {Family::IPv4, true, {ip("2001:db8::1"), std::nullopt}, {{net("10.0.0.0/8")}}});
    update.attributes = basic();
    return update;
}

WireOptions inside() {
    WireOptions options;
    options.peer = PeerKind::Internal;
    options.isAigpSession = true;
    return options;
}
WireOptions withAddPath() {
    WireOptions options;
    options.sendsPathIds.ipv4 = options.receivesPathIds.ipv4 = true;
    return options;
}
WireOptions withExtendedNextHop() {
    WireOptions options;
    options.hasExtendedNextHop = true;
    return options;
}
WireOptions withMarkers() {
    WireOptions options;
    options.hasEnhancedRouteRefresh = true;
    return options;
}

class BgpWire : public testing::TestWithParam<WireCase> {};

TEST_P(BgpWire, ReadsWhatItWrites) {
    const WireCase& one = GetParam();
    const Bytes bytes = test::message(one.type, one.body);
    EXPECT_EQ(toHex(encode(one.message, one.options)), toHex(bytes));
    EXPECT_EQ(encodedSize(one.message, one.options), bytes.size());
    const auto result = decode(bytes, one.options);
    ASSERT_TRUE(result) << result.error().sentence;
    EXPECT_EQ(result->message, one.message);
    EXPECT_EQ(result->type, one.type);
    EXPECT_TRUE(result->problems.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Messages, BgpWire,
    testing::Values(
        WireCase{"Keepalive", KeepaliveMessage{}, MessageType::Keepalive, ""},
        WireCase{"OpenWithoutCapabilities", open(65001), MessageType::Open, "04 fde9 005a 0a000001 00"},
        WireCase{"OpenWithEverything", openWithEverything(), MessageType::Open,
                 "04 5ba0 005a 0a000001 69"
                 "02 06 01 04 0001 00 01  02 06 01 04 0002 00 01  02 08 05 06 0001 0001 0002"
                 "02 02 80 00  02 02 02 00  02 02 46 00  02 06 41 04 fa56ea01  02 02 06 00  02 03 09 01 03"
                 "02 0a 45 08 0001 01 03 0002 01 01  02 09 49 07 02 7231 03 6c6162"
                 "02 08 40 06 c078 0001 01 80  02 09 47 07 0002 01 80 012345  02 04 63 02 0102"},
        WireCase{"Notification", NotificationMessage{ErrorCode::OpenMessage, 2, {0xfd, 0xea}},
                 MessageType::Notification, "02 02 fdea"},
        WireCase{"RouteRefresh", RouteRefreshMessage{Family::IPv6}, MessageType::RouteRefresh, "0002 00 01"},
        WireCase{"EndOfRouteRefresh", RouteRefreshMessage{Family::IPv4, RouteRefreshMessage::Kind::End},
                 MessageType::RouteRefresh, "0001 02 01", withMarkers()},
        WireCase{"Update", announcingTwo(basic()), MessageType::Update,
                 updateBody(std::string(kOrigin) + kPath + kNextHop, kPrefixes)},
        WireCase{"UpdateWithEverything", announcingTwo(withEverything()), MessageType::Update,
                 everythingBody(), inside()},
        WireCase{"Ipv6", ipv6Update(), MessageType::Update,
                 updateBody(std::string(kIpv6Attributes) + kOrigin + kPath, "")},
        WireCase{"PathIdentifiers", withPathIds(), MessageType::Update,
                 updateBody(std::string(kOrigin) + kPath + kNextHop, "00000007 09 0a00 00000008 09 0a00",
                            "00000001 18 0a0203"),
                 withAddPath()},
        WireCase{"Ipv4OverIpv6NextHop", overIpv6NextHop(), MessageType::Update,
                 updateBody(std::string("90 0e 0017 0001 01 10 20010db8000000000000000000000001 00 08 0a") +
                                kOrigin + kPath,
                            ""),
                 withExtendedNextHop()},
        WireCase{"EndOfRibIpv4", UpdateMessage::endOfRib(Family::IPv4), MessageType::Update, "0000 0000"},
        WireCase{"EndOfRibIpv6", UpdateMessage::endOfRib(Family::IPv6), MessageType::Update,
                 "0000 0006 80 0f 03 0002 01"}),
    [](const auto& one) { return one.param.name; });

TEST(BgpWire, LongAttributesHaveAnExtendedLength) {
    PathAttributes attributes = basic();
    CommunityValues communities;
    for (Community i = 1; i <= 64; ++i)
        communities.push_back(i);
    attributes.communities = communities;
    const Bytes bytes = encode(announcingTwo(attributes), {});
    EXPECT_NE(toHex(bytes).find("d0 08 01 00 00 00 00 01"), std::string::npos);
    EXPECT_EQ(std::get<UpdateMessage>(*test::decoded(bytes).message), announcingTwo(attributes));
}

TEST(BgpWire, BitsBehindAPrefixAreReadAsZeros) {
    // 11.13.27.11/13, as in bgpdump's test of trailing bits.
    const Bytes bytes = test::update(std::string(kOrigin) + kPath + kNextHop, "0d 0b0f");
    const auto decoded = test::decoded(bytes);
    const auto& update = std::get<UpdateMessage>(*decoded.message);
    EXPECT_EQ(update.announced[0].prefixes, (NlriList{{net("11.8.0.0/13")}}));
    // A layout keeps them.
    const auto layout = layoutOf(bytes, update, {});
    ASSERT_TRUE(layout);
    EXPECT_EQ(encode(update, {}, *layout), bytes);
}

TEST(BgpWire, TheMessageIsAsLongAsItSays) {
    Bytes bytes = encode(KeepaliveMessage{}, {});
    bytes.push_back(0);
    EXPECT_FALSE(decode(bytes, {}));
    EXPECT_FALSE(decode(ByteView(bytes).first(18), {}));
}

TEST(BgpRouteRefresh, OfUnknownFamiliesAndKindsIsIgnored) {
    EXPECT_EQ(test::decoded(test::message(MessageType::RouteRefresh, "0001 00 80")).message, std::nullopt);
    EXPECT_EQ(test::decoded(test::message(MessageType::RouteRefresh, "0001 07 01"), withMarkers()).message,
              std::nullopt);
}

TEST(BgpRouteRefresh, HasNoMarkersWhereNobodyAgreedOnThem) {
    const auto decoded = test::decoded(test::message(MessageType::RouteRefresh, "0001 02 01"));
    EXPECT_EQ(decoded.message, BgpMessage(RouteRefreshMessage{Family::IPv4}));
}

TEST(BgpRouteRefresh, OfAnotherLengthIsAnError) {
    const Bytes marker = test::message(MessageType::RouteRefresh, "0001 01 01 ff");
    const auto failure = decode(marker, withMarkers());
    ASSERT_FALSE(failure);
    // RFC 7313 section 5: the data are the whole message.
    EXPECT_EQ(failure.error().notification,
              (NotificationMessage{ErrorCode::RouteRefresh, subcode::kInvalidMessageLength, marker}));
    const auto request = decode(test::message(MessageType::RouteRefresh, "0001 00 01 ff"), withMarkers());
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().notification,
              (NotificationMessage{ErrorCode::MessageHeader, subcode::kBadMessageLength, {0, 24}}));
}

}  // namespace
}  // namespace peerscape::bgp
