/// OPENs that are refused, and how capabilities may stand in them.
#include <string>

#include <gtest/gtest.h>

#include "protocols/bgp/layout.hpp"
#include "tests/protocols/bgp/helpers.hpp"

namespace peerscape::bgp {
namespace {

/// An OPEN of AS 65001 with these optional parameters.
Bytes open(const std::string& parameters) {
    const Bytes bytes = test::hex(parameters);
    const std::uint8_t size[1] = {static_cast<std::uint8_t>(bytes.size())};
    return test::message(MessageType::Open, "04 fde9 00b4 0a000001" + toHex(size) + parameters);
}
/// The same with one capability.
Bytes openWith(const std::string& capability) {
    const std::uint8_t head[2] = {2, static_cast<std::uint8_t>(test::hex(capability).size())};
    return open(toHex(head) + capability);
}

Capabilities capabilitiesOf(const Bytes& bytes) {
    return std::get<OpenMessage>(*test::decoded(bytes).message).capabilities;
}

struct RefusedOpen {
    const char* name;
    Bytes bytes;
    std::uint8_t subcode;
    Bytes data{};
};

class BgpOpen : public testing::TestWithParam<RefusedOpen> {};

TEST_P(BgpOpen, IsRefused) {
    const auto result = decode(GetParam().bytes, {});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().notification,
              (NotificationMessage{ErrorCode::OpenMessage, GetParam().subcode, GetParam().data}));
    EXPECT_FALSE(result.error().sentence.empty());
}

Bytes fixed(const std::string& body) { return test::message(MessageType::Open, body + "00"); }

// RFC 4271 section 6.2, RFC 6286, RFC 7607, RFC 6793.
INSTANTIATE_TEST_SUITE_P(
    Fields, BgpOpen,
    testing::Values(
        RefusedOpen{"Version3", fixed("03 fde9 00b4 0a000001"), subcode::kUnsupportedVersionNumber, {0, 4}},
        RefusedOpen{"Version5", fixed("05 fde9 00b4 0a000001"), subcode::kUnsupportedVersionNumber, {0, 4}},
        RefusedOpen{"As0", fixed("04 0000 00b4 0a000001"), subcode::kBadPeerAs},
        RefusedOpen{"HoldTime1", fixed("04 fde9 0001 0a000001"), subcode::kUnacceptableHoldTime},
        RefusedOpen{"HoldTime2", fixed("04 fde9 0002 0a000001"), subcode::kUnacceptableHoldTime},
        RefusedOpen{"Identifier0", fixed("04 fde9 00b4 00000000"), subcode::kBadBgpIdentifier},
        RefusedOpen{"AsTransAlone", fixed("04 5ba0 00b4 0a000001"), subcode::kBadPeerAs},
        RefusedOpen{"FourOctetAs0", openWith("41 04 00000000"), subcode::kBadPeerAs},
        RefusedOpen{"FourOctetAsTrans", openWith("41 04 00005ba0"), subcode::kBadPeerAs},
        RefusedOpen{"TwoDifferentNumbers", openWith("41 04 0000fdea"), subcode::kBadPeerAs}),
    [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Parameters, BgpOpen,
    testing::Values(
        RefusedOpen{"UnknownParameter", open("01 02 0000"), subcode::kUnsupportedOptionalParameter},
        RefusedOpen{"ParametersTooLong", test::message(MessageType::Open, "04 fde9 00b4 0a000001 05 0200"),
                    0},
        RefusedOpen{"ParametersTooShort",
                    test::message(MessageType::Open, "04 fde9 00b4 0a000001 02 02000200"), 0},
        RefusedOpen{"ParameterCut", open("02 06 02 00"), 0},
        RefusedOpen{"CapabilityCut", openWith("41 05 0000fde9"), 0},
        RefusedOpen{"CapabilityWithoutLength", openWith("02"), 0},
        RefusedOpen{"ExtendedCut", test::message(MessageType::Open, "04 fde9 00b4 0a000001 ff ff00"), 0}),
    [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(Capabilities, BgpOpen,
                         testing::Values(RefusedOpen{"MultiprotocolShort", openWith("01 03 000101"), 0},
                                         RefusedOpen{"ExtendedNextHopOdd", openWith("05 05 0001000100"), 0},
                                         RefusedOpen{"ExtendedMessageNotEmpty", openWith("06 01 00"), 0},
                                         RefusedOpen{"RoleEmpty", openWith("09 00"), 0},
                                         RefusedOpen{"GracefulRestartShort", openWith("40 01 00"), 0},
                                         RefusedOpen{"GracefulRestartOdd", openWith("40 04 0078 0001"), 0},
                                         RefusedOpen{"FourOctetAsShort", openWith("41 02 fde9"), 0},
                                         RefusedOpen{"AddPathOdd", openWith("45 03 000101"), 0},
                                         RefusedOpen{"FqdnCut", openWith("49 03 05 6162"), 0},
                                         RefusedOpen{"TwoRoles", openWith("09 01 00 09 01 03"),
                                                     subcode::kRoleMismatch}),
                         [](const auto& one) { return one.param.name; });

TEST(BgpOpenMessage, HoldTimesOfZeroAndThreeAreFine) {
    EXPECT_TRUE(decode(fixed("04 fde9 0000 0a000001"), {}));
    EXPECT_TRUE(decode(fixed("04 fde9 0003 0a000001"), {}));
}

TEST(BgpOpenMessage, CapabilitiesMayShareAParameterOrNot) {
    const std::string route = "02 00";
    const std::string as = "41 04 0000fde9";
    const Bytes together = openWith(as + route);
    const Bytes apart = open("02 06" + as + "02 02" + route);
    EXPECT_EQ(capabilitiesOf(together), capabilitiesOf(apart));
    EXPECT_TRUE(capabilitiesOf(together).hasRouteRefresh);
    EXPECT_EQ(capabilitiesOf(together).fourOctetAs, Asn::number(65001));
    for (const Bytes& bytes : {together, apart}) {
        const BgpMessage message = *test::decoded(bytes).message;
        const auto layout = layoutOf(bytes, message, {});
        ASSERT_TRUE(layout);
        EXPECT_EQ(toHex(encode(message, {}, *layout)), toHex(bytes));
        for (const auto& parameter : std::get<OpenLayout>(*layout).parameters) {
            for (const auto& capability : parameter)
                EXPECT_EQ(capability.value, std::nullopt);
        }
    }
}

TEST(BgpOpenMessage, OfSeveralCapabilitiesOfAKindTheLastCounts) {
    const Capabilities all =
        capabilitiesOf(openWith("40 02 0078 40 06 0010 0002 01 80 45 04 0001 01 01 45 04 0001 01 02"));
    EXPECT_EQ(all.gracefulRestart, (GracefulRestartCapability{false, false, 16, {{Family::IPv6, true}}}));
    EXPECT_EQ(all.addPath, (std::vector<std::pair<Family, AddPathMode>>{{Family::IPv4, AddPathMode::Send}}));
}

TEST(BgpOpenMessage, UnknownCapabilitiesAndFamiliesAreKept) {
    const Capabilities all =
        capabilitiesOf(openWith("01 04 0001 00 80  01 04 0001 00 01  01 04 0001 00 01  63 01 07"));
    EXPECT_EQ(all.families, std::vector<Family>{Family::IPv4});
    EXPECT_EQ(all.unknown, (std::vector<Capabilities::Unknown>{{1, {0, 1, 0, 128}}, {99, {7}}}));
}

// RFC 7911 section 4: with such a number the capability counts as not understood.
TEST(BgpOpenMessage, AddPathOfAnUnknownDirectionDoesNotCount) {
    for (const char* mode : {"00", "04"}) {
        const Capabilities all = capabilitiesOf(openWith(std::string("45 08 0001 01 03 0002 01") + mode));
        EXPECT_TRUE(all.addPath.empty());
        EXPECT_EQ(all.unknown.size(), 1U);
    }
}

// Like FRR 8.4.4, which was asked.
TEST(BgpOpenMessage, SomeStrangeLengthsAreForgiven) {
    const Capabilities all = capabilitiesOf(openWith("02 01 00 46 01 00 80 01 00 47 06 000101000000"));
    EXPECT_TRUE(all.hasRouteRefresh && all.hasEnhancedRouteRefresh && all.hasEarlyRouteRefresh);
    EXPECT_TRUE(all.longLived.empty());
    EXPECT_EQ(all.unknown.size(), 1U);
}

TEST(BgpOpenMessage, OffersIpv4WhereItNamesNoFamily) {
    EXPECT_TRUE(capabilitiesOf(open("")).offers(Family::IPv4));
    EXPECT_FALSE(capabilitiesOf(open("")).offers(Family::IPv6));
    const Capabilities vpn = capabilitiesOf(openWith("01 04 0001 00 80"));
    EXPECT_FALSE(vpn.offers(Family::IPv4));
    const Capabilities ipv6 = capabilitiesOf(openWith("01 04 0002 00 01"));
    EXPECT_FALSE(ipv6.offers(Family::IPv4));
    EXPECT_TRUE(ipv6.offers(Family::IPv6));
}

TEST(BgpOpenMessage, ExtendedParametersAreRead) {
    // RFC 9072 section 2: the length in front of the type 255 says nothing.
    for (const char* size : {"ff", "05"}) {
        const Bytes bytes = test::message(MessageType::Open, std::string("04 fde9 00b4 0a000001") + size +
                                                                 "ff 0009 02 0006 41 04 0000fde9");
        EXPECT_EQ(capabilitiesOf(bytes).fourOctetAs, Asn::number(65001));
    }
}

TEST(BgpOpenMessage, ManyCapabilitiesNeedExtendedParameters) {
    OpenMessage message;
    message.myAs = 65001;
    message.identifier = RouterId(1);
    for (std::uint8_t code = 200; code < 203; ++code)
        message.capabilities.unknown.push_back({code, Bytes(100, code)});
    const Bytes bytes = encode(message, {});
    // Three parameters of 3 + 2 + 100 octets.
    EXPECT_NE(toHex(bytes).find("ff ff 01 3b 02 00 66 c8 64"), std::string::npos);
    EXPECT_EQ(test::decoded(bytes).message, BgpMessage(message));
}

TEST(BgpOpenMessage, LongNamesAreCutToFit) {
    OpenMessage message;
    message.myAs = 65001;
    message.identifier = RouterId(1);
    message.capabilities.hostname = std::string(200, 'h');
    message.capabilities.domain = std::string(200, 'd');
    const Capabilities all = capabilitiesOf(encode(message, {}));
    EXPECT_EQ(all.hostname, std::string(200, 'h'));
    EXPECT_EQ(all.domain, std::string(53, 'd'));
}

}  // namespace
}  // namespace peerscape::bgp
