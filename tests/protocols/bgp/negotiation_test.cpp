#include "protocols/bgp/negotiation.hpp"

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "tests/protocols/bgp/session_helpers.hpp"

namespace peerscape::bgp {
namespace {

OpenMessage peerOpen() { return openFor(peerSettings()); }

/// "2/2 …", or "accepted".
std::string outcome(const SessionSettings& settings, const OpenMessage& open) {
    const auto result = negotiate(settings, open);
    if (result) return "accepted";
    return fmt::format("{}/{} {}", static_cast<int>(result.error().notification.code),
                       result.error().notification.subcode, result.error().why);
}

TEST(Negotiation, AcceptsWhatIsExpected) {
    const auto result = negotiate(plainSettings(), peerOpen());
    ASSERT_TRUE(result);
    EXPECT_EQ(result->remoteAs, Asn::number(65002));
    EXPECT_EQ(result->remoteIdentifier, RouterId(0x02020202));
    EXPECT_FALSE(result->isInternal);
    EXPECT_TRUE(result->families.ipv4);
    EXPECT_FALSE(result->families.ipv6);
    EXPECT_TRUE(result->hasFourOctetAs);
    EXPECT_TRUE(result->hasRouteRefresh);
    EXPECT_FALSE(result->hasEnhancedRouteRefresh);
    EXPECT_EQ(result->longestMessage(), 4096U);
}

TEST(Rfc4271, Sec6_2_AWrongVersionIsToldOurs) {
    OpenMessage open = peerOpen();
    open.version = 5;
    const auto result = negotiate(plainSettings(), open);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().notification.subcode, subcode::kUnsupportedVersionNumber);
    EXPECT_EQ(result.error().notification.data, (Bytes{0, 4}));
    EXPECT_EQ(result.error().why, "the peer says version 5, we speak 4");
}

TEST(Rfc4271, Sec6_2_TheAsHasToBeTheExpectedOne) {
    using Kind = RemoteAs::Kind;
    const auto said = [](std::uint32_t number, RemoteAs expected) {
        SessionSettings settings = plainSettings();
        settings.remoteAs = expected;
        OpenMessage open = peerOpen();
        open.myAs = static_cast<std::uint16_t>(number > 0xffff ? 23456 : number);
        open.capabilities.fourOctetAs = Asn::number(number);
        return outcome(settings, open);
    };
    const auto exactly = [](std::uint32_t number) { return RemoteAs{Kind::Number, Asn::number(number)}; };
    EXPECT_EQ(said(65002, exactly(65002)), "accepted");
    EXPECT_EQ(said(65002, exactly(65020)), "2/2 the peer says AS 65002, 65020 was expected");
    EXPECT_EQ(said(4200000001, exactly(4200000001)), "accepted");
    EXPECT_EQ(said(4200000001, exactly(65002)), "2/2 the peer says AS 4200000001, 65002 was expected");
    EXPECT_EQ(said(65002, {Kind::External, {}}), "accepted");
    EXPECT_EQ(said(65001, {Kind::External, {}}),
              "2/2 the peer says AS 65001, which is our own: an external one was expected");
    EXPECT_EQ(said(65001, {Kind::Internal, {}}), "accepted");
    EXPECT_EQ(said(65002, {Kind::Internal, {}}), "2/2 the peer says AS 65002, our own 65001 was expected");
    EXPECT_EQ(said(23456, exactly(23456)), "2/2 the peer says AS 23456, which is nobody's");
}

TEST(Rfc4271, Sec6_2_BadPeerAsHasTheNumberThatWasSaidAsData) {
    OpenMessage open = peerOpen();
    open.capabilities.fourOctetAs = std::nullopt;
    open.myAs = 65099;
    const auto result = negotiate(plainSettings(), open);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().notification.data, (Bytes{0xfe, 0x4b}));
}

TEST(Rfc7607, Sec2_AsZeroIsRefused) {
    SessionSettings settings = plainSettings();
    settings.remoteAs = {RemoteAs::Kind::External, {}};
    OpenMessage open = peerOpen();
    open.myAs = 0;
    EXPECT_EQ(outcome(settings, open), "2/2 the peer says AS 0");
    open.capabilities.fourOctetAs = std::nullopt;
    EXPECT_EQ(outcome(settings, open), "2/2 the peer says AS 0");
    open = peerOpen();
    open.capabilities.fourOctetAs = Asn::number(0);
    EXPECT_EQ(outcome(settings, open), "2/2 the peer says AS 0");
}

TEST(Rfc6286, Sec2_2_IdentifiersAreNotZeroAndUniqueInsideAnAs) {
    SessionSettings settings = plainSettings();
    OpenMessage open = peerOpen();
    open.identifier = RouterId(0);
    EXPECT_EQ(outcome(settings, open), "2/3 the peer says identifier 0.0.0.0");
    open.identifier = settings.identifier;
    EXPECT_EQ(outcome(settings, open), "accepted");
    open.identifier = RouterId(0xe0000001);  // no valid address of a host, which RFC 4271 wanted
    EXPECT_EQ(outcome(settings, open), "accepted");
    settings.remoteAs = {RemoteAs::Kind::Internal, {}};
    open.capabilities.fourOctetAs = settings.localAs;
    EXPECT_EQ(outcome(settings, open), "accepted");
    open.identifier = settings.identifier;
    EXPECT_EQ(outcome(settings, open), "2/3 the peer says identifier 1.1.1.1, which is our own");
}

TEST(Rfc4271, Sec4_2_HoldAndKeepaliveTimesAreTheSmallerOnes) {
    // ours, theirs, our keepalive; agreed hold time and keepalive
    const std::vector<std::tuple<int, int, int, int, int>> table{
        {180, 180, 60, 180, 60}, {180, 90, 60, 90, 30}, {30, 180, 60, 30, 10},
        {180, 180, 10, 180, 10}, {10, 10, 60, 10, 3},   {0, 180, 60, 0, 0},
        {180, 0, 60, 0, 0},      {9, 3, 3, 3, 1},       {30, 30, 0, 30, 10},
    };
    for (const auto& [ours, theirs, keepalive, hold, agreed] : table) {
        SessionSettings settings = plainSettings();
        settings.holdTime = static_cast<std::uint16_t>(ours);
        settings.keepalive = static_cast<std::uint16_t>(keepalive);
        OpenMessage open = peerOpen();
        open.holdTime = static_cast<std::uint16_t>(theirs);
        const auto result = negotiate(settings, open);
        ASSERT_TRUE(result);
        EXPECT_EQ(result->holdTime, hold) << ours << " " << theirs;
        EXPECT_EQ(result->keepalive, agreed) << ours << " " << theirs << " " << keepalive;
    }
    for (const std::uint16_t tooShort : {std::uint16_t{1}, std::uint16_t{2}}) {
        OpenMessage open = peerOpen();
        open.holdTime = tooShort;
        EXPECT_EQ(outcome(plainSettings(), open),
                  fmt::format("2/6 the peer says a hold time of {} s, it must be 0 or at least 3", tooShort));
    }
}

TEST(Rfc9234, Sec4_2_RolesHaveToBelongTogether) {
    using enum Role;
    const std::set<std::pair<Role, Role>> good{{Provider, Customer},
                                               {Customer, Provider},
                                               {RouteServer, RouteServerClient},
                                               {RouteServerClient, RouteServer},
                                               {Peer, Peer}};
    for (const Role local : {Provider, RouteServer, RouteServerClient, Customer, Peer}) {
        for (const Role remote : {Provider, RouteServer, RouteServerClient, Customer, Peer}) {
            SessionSettings settings = plainSettings();
            settings.capabilities.role = local;
            OpenMessage open = peerOpen();
            open.capabilities.role = remote;
            const std::string expected =
                good.contains({local, remote})
                    ? "accepted"
                    : fmt::format("2/11 the peer says it is {}, but we are {}", name(remote), name(local));
            EXPECT_EQ(outcome(settings, open), expected);
        }
    }
}

TEST(Rfc9234, Sec4_2_OnlyAStrictSideMissesARole) {
    SessionSettings settings = plainSettings();
    OpenMessage open = peerOpen();
    settings.capabilities.role = Role::Provider;
    auto result = negotiate(settings, open);
    ASSERT_TRUE(result);
    EXPECT_FALSE(result->localRole);
    settings.hasStrictRole = true;
    EXPECT_EQ(outcome(settings, open), "2/11 the peer says no role, we are provider and want one");
    open.capabilities.role = Role::Customer;
    result = negotiate(settings, open);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->localRole, Role::Provider);
    EXPECT_EQ(result->remoteRole, Role::Customer);
    // We say none: the peer's means nothing. Inside an AS none does.
    settings.capabilities.role = std::nullopt;
    EXPECT_EQ(outcome(settings, open), "accepted");
    settings.capabilities.role = Role::Provider;
    settings.remoteAs = {RemoteAs::Kind::Internal, {}};
    open.capabilities.fourOctetAs = settings.localAs;
    open.capabilities.role = Role::Provider;
    EXPECT_EQ(outcome(settings, open), "accepted");
}

TEST(Rfc4760, Sec8_WithoutTheCapabilityOnlyIpv4IsMeant) {
    SessionSettings settings = plainSettings();
    settings.capabilities.families = {Family::IPv4, Family::IPv6};
    OpenMessage open = peerOpen();
    open.capabilities = {};
    auto result = negotiate(settings, open);
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->families.ipv4);
    EXPECT_FALSE(result->families.ipv6);
    // We do not offer any either.
    open = peerOpen();
    open.capabilities.families = {Family::IPv4, Family::IPv6};
    settings.offersCapabilities = false;
    result = negotiate(settings, open);
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->families.ipv4);
    EXPECT_FALSE(result->families.ipv6);
    EXPECT_FALSE(result->hasFourOctetAs);
    EXPECT_FALSE(result->hasRouteRefresh);
}

TEST(Rfc5492, Sec3_WithoutACommonFamilyTheSessionIsRefused) {
    SessionSettings settings = plainSettings();
    OpenMessage open = peerOpen();
    open.capabilities.families = {Family::IPv6};
    const auto result = negotiate(settings, open);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().notification.subcode, subcode::kUnsupportedCapability);
    // FRR 8.4.4 answers with these octets: the capability that is missing.
    EXPECT_EQ(result.error().notification.data, (Bytes{1, 4, 0, 1, 0, 1}));
    EXPECT_EQ(result.error().why, "no address family in common: the peer says IPv6, we have IPv4");
    // A family that nobody knows here is one that we lack, too.
    open.capabilities.families = {};
    open.capabilities.unknown = {{1, {0, 25, 0, 70}}};
    EXPECT_EQ(outcome(settings, open),
              "2/7 no address family in common: the peer says none that we have, we have IPv4");
    settings.overridesCapabilities = true;
    EXPECT_EQ(outcome(settings, open), "accepted");
}

TEST(Rfc5492, Sec3_StrictMatchingNamesWhatIsMissing) {
    SessionSettings settings = plainSettings();
    settings.matchesCapabilitiesStrictly = true;
    EXPECT_EQ(outcome(settings, peerOpen()), "accepted");
    settings.capabilities.hasExtendedMessage = true;
    EXPECT_EQ(outcome(settings, peerOpen()),
              "2/7 the peer lacks extended messages, and capabilities have to match");
    settings.capabilities.families = {Family::IPv4, Family::IPv6};
    EXPECT_EQ(outcome(settings, peerOpen()),
              "2/7 the peer lacks IPv6 unicast, and capabilities have to match");
}

TEST(Rfc7911, Sec4_PathIdentifiersGoInTheDirectionsThatBothWant) {
    using enum AddPathMode;
    for (const AddPathMode ours : {Receive, Send, Both}) {
        for (const AddPathMode theirs : {Receive, Send, Both}) {
            SessionSettings settings = plainSettings();
            settings.capabilities.addPath = {{Family::IPv4, ours}, {Family::IPv6, Both}};
            OpenMessage open = peerOpen();
            open.capabilities.addPath = {{Family::IPv6, Both}, {Family::IPv4, theirs}};
            const auto result = negotiate(settings, open);
            ASSERT_TRUE(result);
            EXPECT_EQ(result->receivesPathIds.ipv4, ours != Send && theirs != Receive);
            EXPECT_EQ(result->sendsPathIds.ipv4, ours != Receive && theirs != Send);
            // IPv6 itself was not agreed upon.
            EXPECT_FALSE(result->receivesPathIds.ipv6);
            EXPECT_FALSE(result->sendsPathIds.ipv6);
        }
    }
}

TEST(Negotiation, WhatOnlyOneSideOffersIsNotUsed) {
    const auto agreed = [](bool ours, bool theirs) {
        const auto offer = [](SessionSettings settings, bool all) {
            Capabilities& capabilities = settings.capabilities;
            capabilities.fourOctetAs = all ? std::optional(settings.localAs) : std::nullopt;
            capabilities.hasRouteRefresh = all;
            capabilities.hasEnhancedRouteRefresh = all;
            capabilities.hasExtendedMessage = all;
            capabilities.hasExtendedNextHop = all;
            if (all) capabilities.gracefulRestart = graceful(true);
            return settings;
        };
        return negotiate(offer(plainSettings(), ours), openFor(offer(peerSettings(), theirs))).value();
    };
    const Negotiated both = agreed(true, true);
    EXPECT_TRUE(both.hasFourOctetAs);
    EXPECT_TRUE(both.hasRouteRefresh);
    EXPECT_TRUE(both.hasEnhancedRouteRefresh);
    EXPECT_TRUE(both.hasExtendedMessage);
    EXPECT_EQ(both.longestMessage(), 65535U);
    EXPECT_TRUE(both.hasExtendedNextHop);
    EXPECT_TRUE(both.isGraceful(Family::IPv4));
    EXPECT_FALSE(both.isGraceful(Family::IPv6));
    EXPECT_TRUE(both.hasGracefulNotification);
    for (const Negotiated& one : {agreed(true, false), agreed(false, true), agreed(false, false)}) {
        EXPECT_FALSE(one.hasFourOctetAs);
        EXPECT_FALSE(one.hasRouteRefresh);
        EXPECT_FALSE(one.hasEnhancedRouteRefresh);
        EXPECT_FALSE(one.hasExtendedMessage);
        EXPECT_FALSE(one.hasExtendedNextHop);
        EXPECT_FALSE(one.isGraceful());
        EXPECT_FALSE(one.hasGracefulNotification);
    }
}

TEST(Rfc6793, Sec9_NumbersOfFourOctetsAreSaidAsAsTrans) {
    SessionSettings settings = plainSettings();
    settings.localAs = Asn::number(4200000001);
    settings.capabilities.fourOctetAs = settings.localAs;
    const OpenMessage open = openFor(settings);
    EXPECT_EQ(open.myAs, 23456);
    EXPECT_EQ(open.number(), settings.localAs);
    EXPECT_EQ(openFor(plainSettings()).myAs, 65001);
    settings.offersCapabilities = false;
    EXPECT_EQ(openFor(settings).capabilities, Capabilities{});
}

}  // namespace
}  // namespace peerscape::bgp
