/// Malformed UPDATEs, attribute by attribute, from external and from internal peers: what RFC 7606 and the
/// documents of the attributes ask.
#include <map>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocols/bgp/attribute_codec.hpp"
#include "tests/protocols/bgp/helpers.hpp"

namespace peerscape::bgp {
namespace {

using testing::ElementsAre;
using testing::Field;

using Attributes = std::map<std::uint8_t, std::string>;

WireOptions from(PeerKind peer) {
    WireOptions options;
    options.peer = peer;
    options.isAigpSession = true;
    return options;
}

/// The attributes that a route of such a peer must have.
Attributes valid(PeerKind peer) {
    Attributes all{{1, "40 01 01 00"}, {2, "40 02 06 02 01 0000fde9"}, {3, "40 03 04 c0000201"}};
    if (peer == PeerKind::Confederation) all[2] = "40 02 06 03 01 0000fde9";
    if (peer == PeerKind::Internal) all[5] = "40 05 04 00000064";
    return all;
}

std::string joined(const Attributes& attributes) {
    std::string text;
    for (const auto& [type, attribute] : attributes)
        text += attribute;
    return text;
}

/// One attribute in place of a valid one, or beside the valid ones; empty: it is missing.
struct Case {
    const char* name;
    std::uint8_t type;
    std::string attribute;
    std::optional<Reaction> external;  ///< none: nothing is wrong
    std::optional<Reaction> internal;
    std::uint8_t subcode = 0;  ///< of the NOTIFICATION, where nothing can be withdrawn
    bool hasData = true;       ///< the attribute itself
};

constexpr Reaction kWithdraw = Reaction::TreatAsWithdraw;
constexpr Reaction kDiscard = Reaction::AttributeDiscard;

class BgpMalformed : public testing::TestWithParam<std::tuple<Case, PeerKind>> {
  protected:
    static const Case& one() { return std::get<0>(GetParam()); }
    static PeerKind peer() { return std::get<1>(GetParam()); }
    static std::optional<Reaction> expected() {
        return peer() == PeerKind::External ? one().external : one().internal;
    }
    static std::string attributes() {
        Attributes all = valid(peer());
        all[one().type] = one().attribute;
        return joined(all);
    }
};

TEST_P(BgpMalformed, GetsItsReaction) {
    const auto decoded = test::decoded(test::update(attributes(), "08 0a"), from(peer()));
    const auto& update = std::get<UpdateMessage>(*decoded.message);
    if (!expected()) {
        EXPECT_TRUE(decoded.problems.empty());
        return;
    }
    ASSERT_EQ(decoded.problems.size(), 1U);
    EXPECT_EQ(decoded.problems[0].type, one().type);
    EXPECT_EQ(decoded.problems[0].reaction, *expected());
    EXPECT_NE(decoded.problems[0].sentence.find(nameOfAttribute(one().type)), std::string::npos);
    if (*expected() == kWithdraw) {
        EXPECT_EQ(update, (UpdateMessage{{{Family::IPv4, false, {{test::net("10.0.0.0/8")}}}}, {}, {}}));
        return;
    }
    Attributes others = valid(peer());
    others.erase(one().type);
    const auto without = test::decoded(test::update(joined(others), "08 0a"), from(peer()));
    EXPECT_EQ(decoded.message, without.message);
}

// RFC 7606 section 5.2: where no prefix can be withdrawn the session ends, as RFC 4271 has it.
TEST_P(BgpMalformed, EndsTheSessionWithoutPrefixes) {
    if (one().attribute.empty()) return;
    const auto result = decode(test::update(attributes(), ""), from(peer()));
    if (expected() != kWithdraw) {
        EXPECT_TRUE(result);
        return;
    }
    ASSERT_FALSE(result);
    const Bytes data = one().hasData ? test::hex(one().attribute) : Bytes{};
    EXPECT_EQ(result.error().notification,
              (NotificationMessage{ErrorCode::UpdateMessage, one().subcode, data}));
}

std::string nameOf(const testing::TestParamInfo<std::tuple<Case, PeerKind>>& info) {
    return std::string(std::get<0>(info.param).name) +
           (std::get<1>(info.param) == PeerKind::External ? "External" : "Internal");
}

constexpr auto kPeers = [] { return testing::Values(PeerKind::External, PeerKind::Internal); };

// RFC 7606 section 3 c: Optional and Transitive must be what the attribute asks for.
INSTANTIATE_TEST_SUITE_P(
    Flags, BgpMalformed,
    testing::Combine(
        testing::Values(Case{"OriginOptional", 1, "c0 01 01 00", kWithdraw, kWithdraw,
                             subcode::kAttributeFlagsError},
                        Case{"AsPathNotTransitive", 2, "00 02 06 02 01 0000fde9", kWithdraw, kWithdraw,
                             subcode::kAttributeFlagsError},
                        Case{"NextHopOptional", 3, "80 03 04 c0000201", kWithdraw, kWithdraw,
                             subcode::kAttributeFlagsError},
                        Case{"MedTransitive", 4, "c0 04 04 00000001", kWithdraw, kWithdraw,
                             subcode::kAttributeFlagsError},
                        Case{"LocalPrefOptional", 5, "c0 05 04 00000064", kWithdraw, kWithdraw,
                             subcode::kAttributeFlagsError},
                        Case{"AtomicAggregateOptional", 6, "c0 06 00", kDiscard, kDiscard},
                        Case{"AggregatorNotTransitive", 7, "80 07 08 0000fde9 0a000001", kDiscard, kDiscard},
                        Case{"CommunitiesNotTransitive", 8, "80 08 04 fde90001", kWithdraw, kWithdraw,
                             subcode::kAttributeFlagsError},
                        Case{"OriginatorIdTransitive", 9, "c0 09 04 0a000001", kWithdraw, kWithdraw,
                             subcode::kAttributeFlagsError},
                        Case{"ClusterListTransitive", 10, "c0 0a 04 0a000001", kWithdraw, kWithdraw,
                             subcode::kAttributeFlagsError},
                        Case{"AigpTransitive", 26, "c0 1a 0b 01 000b 0000000000000001", kDiscard, kDiscard},
                        Case{"LargeCommunityNotOptional", 32, "40 20 0c 0000fde9 00000001 00000002",
                             kWithdraw, kWithdraw, subcode::kAttributeFlagsError},
                        Case{"OtcNotTransitive", 35, "80 23 04 0000fde9", kWithdraw, kWithdraw,
                             subcode::kAttributeFlagsError},
                        // The Partial bit and the unused ones do not matter.
                        Case{"OriginPartial", 1, "6f 01 01 00", std::nullopt, std::nullopt}),
        kPeers()),
    nameOf);

// RFC 7606 sections 7.1 to 7.10.
INSTANTIATE_TEST_SUITE_P(
    Values, BgpMalformed,
    testing::Combine(
        testing::Values(
            Case{"OriginEmpty", 1, "40 01 00", kWithdraw, kWithdraw, subcode::kAttributeLengthError},
            Case{"OriginLong", 1, "40 01 02 0000", kWithdraw, kWithdraw, subcode::kAttributeLengthError},
            Case{"OriginThree", 1, "40 01 01 03", kWithdraw, kWithdraw, subcode::kInvalidOrigin},
            Case{"AsPathUnknownSegment", 2, "40 02 06 05 01 0000fde9", kWithdraw, kWithdraw,
                 subcode::kMalformedAsPath, false},
            Case{"AsPathOverrun", 2, "40 02 06 02 02 0000fde9", kWithdraw, kWithdraw,
                 subcode::kMalformedAsPath, false},
            Case{"AsPathUnderrun", 2, "40 02 07 02 01 0000fde9 02", kWithdraw, kWithdraw,
                 subcode::kMalformedAsPath, false},
            Case{"AsPathEmptySegment", 2, "40 02 08 02 00 02 01 0000fde9", kWithdraw, kWithdraw,
                 subcode::kMalformedAsPath, false},
            Case{"AsPathZero", 2, "40 02 06 02 01 00000000", kWithdraw, kWithdraw, subcode::kMalformedAsPath,
                 false},
            Case{"AsPathEmpty", 2, "40 02 00", std::nullopt, std::nullopt},
            // RFC 5065 section 5.
            Case{"AsPathOfConfederation", 2, "40 02 06 03 01 0000fde9", kWithdraw, std::nullopt,
                 subcode::kMalformedAsPath, false},
            Case{"NextHopShort", 3, "40 03 03 c00002", kWithdraw, kWithdraw, subcode::kAttributeLengthError},
            Case{"MedShort", 4, "80 04 03 000001", kWithdraw, kWithdraw, subcode::kAttributeLengthError},
            Case{"LocalPrefLong", 5, "40 05 05 0000006400", kDiscard, kWithdraw,
                 subcode::kAttributeLengthError},
            Case{"LocalPref", 5, "40 05 04 000000c8", kDiscard, std::nullopt},
            Case{"AtomicAggregateNotEmpty", 6, "40 06 01 00", kDiscard, kDiscard},
            Case{"AggregatorOfTwoOctets", 7, "c0 07 06 fde9 0a000001", kDiscard, kDiscard},
            Case{"AggregatorZero", 7, "c0 07 08 00000000 0a000001", kDiscard, kDiscard},
            Case{"CommunitiesEmpty", 8, "c0 08 00", kWithdraw, kWithdraw, subcode::kOptionalAttributeError},
            Case{"CommunitiesOdd", 8, "c0 08 06 fde900010000", kWithdraw, kWithdraw,
                 subcode::kOptionalAttributeError},
            Case{"OriginatorId", 9, "80 09 04 0a000001", kDiscard, std::nullopt},
            Case{"OriginatorIdShort", 9, "80 09 03 0a0000", kDiscard, kWithdraw,
                 subcode::kAttributeLengthError},
            Case{"ClusterList", 10, "80 0a 04 0a000001", kDiscard, std::nullopt},
            Case{"ClusterListEmpty", 10, "80 0a 00", kDiscard, kWithdraw, subcode::kAttributeLengthError},
            Case{"ClusterListOdd", 10, "80 0a 06 0a0000010a00", kDiscard, kWithdraw,
                 subcode::kAttributeLengthError}),
        kPeers()),
    nameOf);

// RFC 7606 sections 7.14 and 7.15, RFC 6793 section 6, RFC 7311, RFC 8092, RFC 9234.
INSTANTIATE_TEST_SUITE_P(
    LaterValues, BgpMalformed,
    testing::Combine(
        testing::Values(
            Case{"ExtendedCommunitiesEmpty", 16, "c0 10 00", kWithdraw, kWithdraw,
                 subcode::kOptionalAttributeError},
            Case{"ExtendedCommunitiesOdd", 16, "c0 10 0c 0002fde900000007 00000000", kWithdraw, kWithdraw,
                 subcode::kOptionalAttributeError},
            Case{"ExtendedCommunityOfUnknownType", 16, "c0 10 08 9902fde900000007", std::nullopt,
                 std::nullopt},
            Case{"As4PathFromNewSpeaker", 17, "c0 11 06 02 01 0000fde9", kDiscard, kDiscard},
            Case{"As4AggregatorFromNewSpeaker", 18, "c0 12 08 0000fde9 0a000001", kDiscard, kDiscard},
            Case{"Ipv6ExtendedCommunitiesOdd", 25, "c0 19 08 0002fde900000007", kWithdraw, kWithdraw,
                 subcode::kOptionalAttributeError},
            Case{"AigpOfAnotherLength", 26, "80 1a 0a 01 000a 00000000000001", kDiscard, kDiscard},
            Case{"AigpCut", 26, "80 1a 0b 01 000c 0000000000000001", kDiscard, kDiscard},
            Case{"AigpTlvTooShort", 26, "80 1a 03 01 0002", kDiscard, kDiscard},
            Case{"AigpWithUnknownTlvs", 26, "80 1a 0f 02 0004 ff 01 000b 0000000000000001", std::nullopt,
                 std::nullopt},
            Case{"LargeCommunityEmpty", 32, "c0 20 00", kWithdraw, kWithdraw,
                 subcode::kOptionalAttributeError},
            Case{"LargeCommunityOdd", 32, "c0 20 10 0000fde9 00000001 00000002 00000003", kWithdraw,
                 kWithdraw, subcode::kOptionalAttributeError},
            Case{"OtcShort", 35, "c0 23 02 fde9", kWithdraw, kWithdraw, subcode::kAttributeLengthError}),
        kPeers()),
    nameOf);

// RFC 7606 section 3 d; LOCAL_PREF is mandatory inside an AS (RFC 4271 section 5.1.5).
INSTANTIATE_TEST_SUITE_P(Missing, BgpMalformed,
                         testing::Combine(testing::Values(Case{"Origin", 1, "", kWithdraw, kWithdraw},
                                                          Case{"AsPath", 2, "", kWithdraw, kWithdraw},
                                                          Case{"NextHop", 3, "", kWithdraw, kWithdraw},
                                                          Case{"LocalPref", 5, "", std::nullopt, kWithdraw}),
                                          kPeers()),
                         nameOf);

NotificationMessage updateError(std::uint8_t subcode, std::string_view data = "") {
    return {ErrorCode::UpdateMessage, subcode, test::hex(data)};
}

std::string valid() { return joined(valid(PeerKind::External)); }

std::optional<NotificationMessage> notificationFor(const Bytes& bytes, const WireOptions& options = {}) {
    const auto result = decode(bytes, options);
    if (result) return std::nullopt;
    EXPECT_FALSE(result.error().sentence.empty());
    return result.error().notification;
}

auto hasProblem(std::uint8_t type, Reaction reaction) {
    return ElementsAre(
        testing::AllOf(Field(&AttributeProblem::type, type), Field(&AttributeProblem::reaction, reaction)));
}

TEST(BgpUpdateErrors, FieldsLongerThanTheMessageEndTheSession) {
    const auto malformed = updateError(subcode::kMalformedAttributeList);
    EXPECT_EQ(notificationFor(test::message(MessageType::Update, "0001 0000")), malformed);
    EXPECT_EQ(notificationFor(test::message(MessageType::Update, "0000 0004 400101")), malformed);
    EXPECT_EQ(notificationFor(test::message(MessageType::Update, "0003 0000 00")), malformed);
}

TEST(BgpUpdateErrors, PrefixesThatCannotBeReadEndTheSession) {
    const auto invalid = updateError(subcode::kInvalidNetworkField);
    EXPECT_EQ(notificationFor(test::update(valid(), "21 0a00000000")), invalid);
    EXPECT_EQ(notificationFor(test::update(valid(), "10 0a")), invalid);
    EXPECT_EQ(notificationFor(test::update("", "", "21 0a00000000")), invalid);
    EXPECT_EQ(notificationFor(test::update("", "", "18 0a00")), invalid);
    WireOptions withPathIds;
    withPathIds.receivesPathIds.ipv4 = true;
    EXPECT_EQ(notificationFor(test::update(valid(), "08 0a"), withPathIds), invalid);
}

// RFC 7606 section 4: the prefixes are found all the same.
TEST(BgpUpdateErrors, AttributesCutOffWithdrawTheRoutes) {
    for (const char* rest : {"80", "8004", "80 04 04 000001", "90 04 00"}) {
        const auto decoded = test::decoded(test::update(valid() + rest, "08 0a"));
        EXPECT_THAT(decoded.problems, hasProblem(0, kWithdraw)) << rest;
        EXPECT_TRUE(std::get<UpdateMessage>(*decoded.message).announced.empty()) << rest;
        EXPECT_EQ(std::get<UpdateMessage>(*decoded.message).withdrawn.size(), 1U) << rest;
        EXPECT_EQ(notificationFor(test::update(valid() + rest, "")),
                  updateError(subcode::kMalformedAttributeList))
            << rest;
    }
    // Nothing but the rest of an attribute.
    EXPECT_EQ(notificationFor(test::update("8004", "")), updateError(subcode::kMalformedAttributeList));
}

TEST(BgpUpdateErrors, OfAttributesThatStandThereTwiceTheFirstCounts) {
    const auto decoded = test::decoded(test::update(valid() + "40 01 01 02 80 04 04 00000001", "08 0a"));
    EXPECT_THAT(decoded.problems, hasProblem(1, kDiscard));
    const auto& update = std::get<UpdateMessage>(*decoded.message);
    EXPECT_EQ(update.attributes->origin, Origin::Igp);
    EXPECT_EQ(update.attributes->med, 1U);
}

TEST(BgpUpdateErrors, MultiprotocolAttributesThatStandThereTwiceEndTheSession) {
    const std::string unreachable = "80 0f 03 0002 01";
    EXPECT_EQ(notificationFor(test::update(unreachable + unreachable, "")),
              updateError(subcode::kMalformedAttributeList));
    const std::string reachable = "80 0e 15 0002 01 10 20010db8000000000000000000000001 00";
    EXPECT_EQ(notificationFor(test::update(reachable + reachable + valid(), "")),
              updateError(subcode::kMalformedAttributeList));
}

TEST(BgpUpdateErrors, TheStrongestReactionCounts) {
    // A discarded attribute, one that withdraws, and a next hop that ends the session (RFC 7606 section 3 h).
    const std::string weak = valid() + "c0 07 01 00 80 04 01 00";
    const auto decoded = test::decoded(test::update(weak, "08 0a"));
    EXPECT_EQ(decoded.problems.size(), 2U);
    EXPECT_TRUE(std::get<UpdateMessage>(*decoded.message).announced.empty());
    const std::string bad = "80 0e 06 0002 01 01 00 00";
    EXPECT_EQ(notificationFor(test::update(weak + bad, "08 0a")),
              updateError(subcode::kOptionalAttributeError, bad));
}

TEST(BgpUpdateErrors, UnknownWellKnownAttributesEndTheSession) {
    EXPECT_EQ(notificationFor(test::update(valid() + "40 63 01 07", "08 0a")),
              updateError(subcode::kUnrecognizedWellKnownAttribute, "40 63 01 07"));
}

TEST(BgpUpdateErrors, UnknownOptionalAttributesGoOnAsPartialOrNotAtAll) {
    const auto decoded = test::decoded(
        test::update(valid() + "80 64 01 08 d0 63 0001 07 c0 19 14 " + std::string(40, '1'), "08 0a"));
    EXPECT_TRUE(decoded.problems.empty());
    const auto& update = std::get<UpdateMessage>(*decoded.message);
    // Type 25 is known, though not what it says: it stays complete.
    EXPECT_THAT(update.attributes->rare->unknown,
                ElementsAre(UnknownAttribute{0xc0, 25, Bytes(20, 0x11)}, UnknownAttribute{0xe0, 99, {7}}));
}

TEST(BgpUpdateErrors, NextHopsThatNoRouterHasWithdraw) {
    for (const char* nextHop : {"00000000", "7f000001", "e0000005", "ffffffff"}) {
        Attributes attributes = valid(PeerKind::External);
        attributes[3] = std::string("40 03 04 ") + nextHop;
        const auto decoded = test::decoded(test::update(joined(attributes), "08 0a"));
        EXPECT_THAT(decoded.problems, hasProblem(3, kWithdraw)) << nextHop;
    }
}

TEST(BgpUpdateErrors, AttributesOfAnotherFamilyAnnounceNothing) {
    // MP_REACH_NLRI of a family that is not carried leaves nothing to withdraw, but nothing to announce
    // either.
    const auto decoded = test::decoded(test::update("80 0e 05 0001 80 00 00", ""));
    EXPECT_THAT(decoded.problems, hasProblem(14, Reaction::Ignore));
    EXPECT_EQ(decoded.message, std::nullopt);
}

TEST(BgpUpdateErrors, PrefixesThatNoRouteCanHaveAreLeftOut) {
    const auto decoded = test::decoded(test::update(valid(), "08 0a 08 e0 04 f0 03 e0 00"));
    EXPECT_EQ(decoded.problems.size(), 1U);
    EXPECT_EQ(std::get<UpdateMessage>(*decoded.message).announced[0].prefixes,
              (NlriList{{test::net("10.0.0.0/8")},
                        {test::net("240.0.0.0/4")},
                        {test::net("224.0.0.0/3")},
                        {test::net("0.0.0.0/0")}}));
}

TEST(BgpUpdateErrors, PathsOfTheConfederationBeginInside) {
    const auto confederation = from(PeerKind::Confederation);
    const auto inside =
        test::decoded(test::update(joined(valid(PeerKind::Confederation)), "08 0a"), confederation);
    EXPECT_TRUE(inside.problems.empty());
    const auto outside = test::decoded(test::update(valid(), "08 0a"), confederation);
    EXPECT_THAT(outside.problems, hasProblem(2, kWithdraw));
    // LOCAL_PREF crosses the borders of member ASes (RFC 5065 section 4.1).
    const auto preferred = test::decoded(
        test::update(joined(valid(PeerKind::Confederation)) + "40 05 04 000000c8", "08 0a"), confederation);
    EXPECT_EQ(std::get<UpdateMessage>(*preferred.message).attributes->localPreference, 200U);
}

constexpr const char* kGlobal = "20010db8000000000000000000000001";
constexpr const char* kLinkLocal = "fe800000000000000000000000000001";

std::string reachable(const std::string& family, const std::string& nextHop, const std::string& prefixes) {
    const Bytes hop = test::hex(nextHop);
    ByteWriter value;
    value.append(test::hex(family));
    value.u8(static_cast<std::uint8_t>(hop.size()));
    value.append(hop);
    value.u8(0);
    value.append(test::hex(prefixes));
    ByteWriter out;
    write({0x80, 14, value.take()}, out);
    return toHex(out.bytes());
}

// RFC 7606 section 7.11: behind a next hop of another length the prefixes cannot be found.
TEST(BgpMultiprotocolErrors, NextHopsOfOtherLengthsEndTheSession) {
    const std::string vpn = std::string("0000000000000000") + kGlobal;
    for (const std::string& nextHop : {std::string(""), std::string("c0000201"), vpn, vpn + vpn}) {
        const std::string attribute = reachable("0002 01", nextHop, "20 20010db8");
        EXPECT_EQ(notificationFor(test::update(attribute + valid(), "")),
                  updateError(subcode::kOptionalAttributeError, attribute));
    }
}

TEST(BgpMultiprotocolErrors, Ipv4HasIpv6NextHopsOnlyWhereBothAgreed) {
    WireOptions options;
    const Bytes bytes = test::update(reachable("0001 01", kGlobal, "08 0a") + valid(), "");
    EXPECT_TRUE(notificationFor(bytes, options).has_value());
    options.hasExtendedNextHop = true;
    EXPECT_EQ(std::get<UpdateMessage>(*test::decoded(bytes, options).message).announced[0].nextHop.address,
              test::ip("2001:db8::1"));
    const Bytes both =
        test::update(reachable("0001 01", std::string(kGlobal) + kLinkLocal, "08 0a") + valid(), "");
    EXPECT_EQ(std::get<UpdateMessage>(*test::decoded(both, options).message).announced[0].nextHop.linkLocal,
              test::ip("fe80::1"));
}

TEST(BgpMultiprotocolErrors, ASecondNextHopThatIsNotLinkLocalDoesNotCount) {
    const Bytes bytes =
        test::update(reachable("0002 01", std::string(kGlobal) + kGlobal, "20 20010db8") + valid(), "");
    const auto decoded = test::decoded(bytes);
    EXPECT_EQ(std::get<UpdateMessage>(*decoded.message).announced[0].nextHop,
              (BgpNextHop{test::ip("2001:db8::1"), std::nullopt}));
}

TEST(BgpMultiprotocolErrors, PrefixesThatCannotBeReadEndTheSession) {
    for (const std::string& attribute :
         {reachable("0002 01", kGlobal, "81 20010db8"), reachable("0002 01", kGlobal, "30 20010db8"),
          std::string("80 0f 08 0002 01 30 20010db8"), std::string("80 0f 02 0002"),
          std::string("80 0e 04 0002 01 10")}) {
        EXPECT_EQ(notificationFor(test::update(attribute + valid(), "08 0a")),
                  updateError(subcode::kOptionalAttributeError, attribute))
            << attribute;
    }
}

TEST(BgpMultiprotocolErrors, WrongFlagsWithdrawThePrefixes) {
    std::string attribute = reachable("0002 01", kGlobal, "20 20010db8");
    attribute.replace(0, 2, "c0");
    const auto decoded = test::decoded(test::update(attribute + valid(), "08 0a"));
    EXPECT_THAT(decoded.problems, hasProblem(14, kWithdraw));
    EXPECT_EQ(std::get<UpdateMessage>(*decoded.message),
              (UpdateMessage{{{Family::IPv4, false, {{test::net("10.0.0.0/8")}}},
                              {Family::IPv6, true, {{test::net("2001:db8::/32")}}}},
                             {},
                             {}}));
    // MP_UNREACH_NLRI alone withdraws anyway.
    const auto withdrawal = test::decoded(test::update("c0 0f 08 0002 01 20 20010db8", ""));
    EXPECT_THAT(withdrawal.problems, hasProblem(15, kWithdraw));
    EXPECT_EQ(std::get<UpdateMessage>(*withdrawal.message).withdrawn.size(), 1U);
}

TEST(BgpMultiprotocolErrors, WithdrawnPrefixesJoinThoseThatWereWithdrawnAnyway) {
    const std::string unreachable = "80 0f 08 0002 01 20 20010db9";
    const auto decoded = test::decoded(
        test::update(unreachable + reachable("0002 01", kGlobal, "20 20010db8") + valid() + "80 04 00", ""));
    EXPECT_EQ(std::get<UpdateMessage>(*decoded.message).withdrawn,
              (SmallVector<UpdateMessage::Unreachable, 1>{
                  {Family::IPv6, true, {{test::net("2001:db9::/32")}, {test::net("2001:db8::/32")}}}}));
}

// A message has one MP_UNREACH_NLRI at most: prefixes of IPv4 are withdrawn outside it.
TEST(BgpMultiprotocolErrors, BothFamiliesCanBeWithdrawnTogether) {
    WireOptions options;
    options.hasExtendedNextHop = true;
    const std::string unreachable = "80 0f 08 0002 01 20 20010db9";
    const auto decoded = test::decoded(
        test::update(unreachable + reachable("0001 01", kGlobal, "08 0a") + valid() + "80 04 00", "08 0b"),
        options);
    const auto& update = std::get<UpdateMessage>(*decoded.message);
    EXPECT_EQ(update.withdrawn,
              (SmallVector<UpdateMessage::Unreachable, 1>{
                  {Family::IPv4, false, {{test::net("11.0.0.0/8")}, {test::net("10.0.0.0/8")}}},
                  {Family::IPv6, true, {{test::net("2001:db9::/32")}}}}));
    EXPECT_EQ(test::decoded(encode(update, options), options).message, decoded.message);
}

TEST(BgpMultiprotocolErrors, FamiliesThatWereNotAgreedOnAreIgnored) {
    WireOptions options;
    options.families = {true, false};
    const Bytes bytes = test::update(reachable("0002 01", kGlobal, "20 20010db8") + valid(), "08 0a");
    const auto decoded = test::decoded(bytes, options);
    EXPECT_THAT(decoded.problems, hasProblem(14, Reaction::Ignore));
    EXPECT_EQ(std::get<UpdateMessage>(*decoded.message).announced.size(), 1U);
    options.families = {false, true};
    const auto other = test::decoded(bytes, options);
    EXPECT_THAT(other.problems, hasProblem(0, Reaction::Ignore));
    EXPECT_EQ(std::get<UpdateMessage>(*other.message).announced[0].family, Family::IPv6);
}

TEST(BgpAigp, IsNotForEverySession) {
    const auto decoded = test::decoded(test::update(valid() + "80 1a 0b 01 000b 0000000000000001", "08 0a"));
    EXPECT_THAT(decoded.problems, hasProblem(26, kDiscard));
    EXPECT_EQ(std::get<UpdateMessage>(*decoded.message).attributes->rare->aigp, std::nullopt);
}

TEST(BgpAigp, OfSeveralTlvsTheFirstCounts) {
    const auto decoded = test::decoded(
        test::update(valid() + "80 1a 16 01 000b 0000000000000005 01 000b 0000000000000001", "08 0a"),
        from(PeerKind::External));
    EXPECT_EQ(std::get<UpdateMessage>(*decoded.message).attributes->rare->aigp, 5U);
}

}  // namespace
}  // namespace peerscape::bgp
