#include <gtest/gtest.h>

#include "tests/protocols/bgp/helpers.hpp"

namespace peerscape::bgp {
namespace {

NotificationMessage notification(ErrorCode code, std::uint8_t subcode, std::string_view data = "") {
    return {code, subcode, test::hex(data)};
}

TEST(BgpErrorText, IsWhatFrrPrints) {
    const auto text = [](ErrorCode code, std::uint8_t subcode) { return notification(code, subcode).text(); };
    EXPECT_EQ(text(ErrorCode::MessageHeader, subcode::kBadMessageType),
              "Message Header Error/Bad Message Type");
    EXPECT_EQ(text(ErrorCode::OpenMessage, subcode::kBadPeerAs), "OPEN Message Error/Bad Peer AS");
    EXPECT_EQ(text(ErrorCode::OpenMessage, subcode::kRoleMismatch), "OPEN Message Error/Role Mismatch");
    EXPECT_EQ(text(ErrorCode::UpdateMessage, subcode::kMalformedAsPath),
              "UPDATE Message Error/Malformed AS_PATH");
    EXPECT_EQ(text(ErrorCode::HoldTimerExpired, 0), "Hold Timer Expired");
    EXPECT_EQ(text(ErrorCode::FiniteStateMachine, subcode::kUnexpectedInEstablished),
              "Neighbor Events Error/Receive Unexpected Message in Established State");
    EXPECT_EQ(text(ErrorCode::Cease, subcode::kPeerDeconfigured), "Cease/Peer De-configured");
    EXPECT_EQ(text(ErrorCode::RouteRefresh, subcode::kInvalidMessageLength),
              "ROUTE-REFRESH Message Error/Invalid Message Length");
}

TEST(BgpErrorText, GivesNumbersWhereThereAreNoNames) {
    EXPECT_EQ(notification(ErrorCode::OpenMessage, 8).text(), "OPEN Message Error/8");
    EXPECT_EQ(notification(ErrorCode::Cease, 77).text(), "Cease/77");
    EXPECT_EQ(notification(ErrorCode::HoldTimerExpired, 3).text(), "Hold Timer Expired/3");
    EXPECT_EQ(notification(static_cast<ErrorCode>(0), 1).text(), "error 0/1");
    EXPECT_EQ(notification(static_cast<ErrorCode>(99), 1).text(), "error 99/1");
}

TEST(BgpShutdownText, IsCarriedAsRfc9003Says) {
    const auto shutdown =
        NotificationMessage::shutdown(subcode::kAdministrativeShutdown, "maintenance tonight");
    EXPECT_EQ(encode(shutdown, {}), test::hex("ffffffff ffffffff ffffffff ffffffff 0029 03 06 02"
                                              "13 6d61696e74656e616e636520746f6e69676874"));
    EXPECT_EQ(shutdown.shutdownText(), "maintenance tonight");
    EXPECT_EQ(shutdown.text(), "Cease/Administrative Shutdown: maintenance tonight");
    EXPECT_TRUE(NotificationMessage::shutdown(subcode::kAdministrativeReset, "").data.empty());
}

TEST(BgpShutdownText, NeverEndsInHalfACharacter) {
    const std::string umlauts = [] {
        std::string text = "x";
        for (int i = 0; i < 200; ++i)
            text += "\xc3\xa4";
        return text;
    }();
    const auto shutdown = NotificationMessage::shutdown(subcode::kAdministrativeShutdown, umlauts);
    EXPECT_EQ(shutdown.data.front(), 255);
    EXPECT_EQ(shutdown.shutdownText(), umlauts.substr(0, 255));
    const auto shifted = NotificationMessage::shutdown(subcode::kAdministrativeShutdown, umlauts.substr(1));
    EXPECT_EQ(shifted.data.front(), 254);
}

TEST(BgpShutdownText, OfPeersIsShownWithoutHarm) {
    const auto text = [](std::string_view data) {
        return notification(ErrorCode::Cease, subcode::kAdministrativeReset, data).shutdownText();
    };
    EXPECT_EQ(text("04 61 1b 62 7f"), "a?b?");
    // A length that says more or less than there is (RFC 9003 section 4).
    EXPECT_EQ(text("09 61 62"), "ab");
    EXPECT_EQ(text("01 61 62"), "a");
    EXPECT_EQ(text(""), "");
    EXPECT_EQ(notification(ErrorCode::Cease, subcode::kConnectionRejected, "01 61").shutdownText(), "");
}

TEST(BgpHardReset, HasAnotherNotificationInside) {
    const auto inner = NotificationMessage::shutdown(subcode::kAdministrativeShutdown, "bye");
    const NotificationMessage outer = inner.hardReset();
    EXPECT_EQ(outer, notification(ErrorCode::Cease, subcode::kHardReset, "06 02 03 627965"));
    EXPECT_EQ(outer.insideHardReset(), inner);
    EXPECT_EQ(outer.shutdownText(), "bye");
    EXPECT_EQ(outer.text(), "Cease/Hard Reset (Cease/Administrative Shutdown: bye)");
    // What FRR 8.4.4 sent for `neighbor … shutdown message maintenance tonight` with graceful restart.
    const auto frr =
        test::decoded(test::hex("ffffffff ffffffff ffffffff ffffffff 002b 03 06 09 06 02"
                                "13 6d61696e74656e616e636520746f6e69676874"));
    EXPECT_EQ(std::get<NotificationMessage>(*frr.message).text(),
              "Cease/Hard Reset (Cease/Administrative Shutdown: maintenance tonight)");
    EXPECT_EQ(inner.insideHardReset(), std::nullopt);
    EXPECT_EQ(outer.hardReset().insideHardReset(), std::nullopt);
    EXPECT_EQ(outer.hardReset().text(), "Cease/Hard Reset");
    EXPECT_EQ(notification(ErrorCode::Cease, subcode::kHardReset, "06").insideHardReset(), std::nullopt);
}

TEST(BgpEndOfRib, IsAnUpdateWithoutPrefixes) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const auto marker = UpdateMessage::endOfRib(family);
        EXPECT_EQ(marker.endOfRibFamily(), family);
        EXPECT_EQ(std::get<UpdateMessage>(*test::decoded(encode(marker, {})).message), marker);
    }
    UpdateMessage update;
    update.withdrawn.push_back({Family::IPv4, false, {{test::net("10.0.0.0/8")}}});
    EXPECT_EQ(update.endOfRibFamily(), std::nullopt);
    update.withdrawn.push_back({Family::IPv6, true, {}});
    EXPECT_EQ(update.endOfRibFamily(), std::nullopt);
    UpdateMessage announcing;
    announcing.announced.push_back({});
    EXPECT_EQ(announcing.endOfRibFamily(), std::nullopt);
}

// Prefixes that no route can have may still be withdrawn; without them the message would be a marker.
TEST(BgpEndOfRib, IsNoWithdrawalOfAStrangePrefix) {
    for (const Bytes& bytes : {test::update("80 0f 05 0002 01 08 ff", ""), test::update("", "", "08 e0")}) {
        const auto decoded = test::decoded(bytes);
        ASSERT_TRUE(decoded.message);
        EXPECT_EQ(std::get<UpdateMessage>(*decoded.message).endOfRibFamily(), std::nullopt);
    }
}

TEST(BgpEndOfRib, OfAnotherFamilyIsNotThatOfIpv4) {
    // VPN-IPv4: AFI 1, SAFI 128.
    const auto decoded = test::decoded(test::update("80 0f 03 0001 80", ""));
    EXPECT_EQ(decoded.message, std::nullopt);
    ASSERT_EQ(decoded.problems.size(), 1U);
    EXPECT_EQ(decoded.problems[0].reaction, Reaction::Ignore);
}

}  // namespace
}  // namespace peerscape::bgp
