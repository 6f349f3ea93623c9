// Why a session is not Established: one sentence for each way to fail.
#include <string>

#include <gtest/gtest.h>

#include "tests/protocols/bgp/session_helpers.hpp"

namespace peerscape::bgp {
namespace {

Lone connecting(const SessionSettings& settings = plainSettings()) {
    Lone lone(settings);
    lone.handle(input::ManualStart{});
    return lone;
}

Lone openSent() {
    Lone lone = connecting();
    lone.connected();
    return lone;
}

Lone established() {
    Lone lone;
    lone.establish();
    return lone;
}

std::string afterFailing(StreamEnd why, std::string detail = {}) {
    Lone lone = connecting();
    lone.failed(why, std::move(detail));
    return lone.reason();
}

constexpr const char* kRetry = "; connects again in 120 s, or the peer does";
constexpr const char* kHold = "; waits 1 s before the next attempt";

TEST(SessionReasons, TcpDidNotComeUp) {
    EXPECT_EQ(afterFailing(StreamEnd::Refused),
              std::string("connection refused: nobody listens there") + kRetry);
    EXPECT_EQ(afterFailing(StreamEnd::NoRoute), std::string("no route to the peer") + kRetry);
    EXPECT_EQ(afterFailing(StreamEnd::Unreachable, "TTL 1 ran out at R2"),
              std::string("TTL 1 ran out at R2") + kRetry);
    EXPECT_EQ(afterFailing(StreamEnd::TimedOut),
              std::string("connecting failed: the peer does not answer") + kRetry);
    Lone silent = connecting();
    silent.wait(Duration::seconds(120));
    EXPECT_EQ(silent.reason(), "connecting failed: the peer does not answer; connecting, no answer yet");
}

TEST(SessionReasons, NothingHasFailedYet) {
    EXPECT_EQ(Lone().reason(), "not started");
    Lone configured;
    configured.handle(input::AutomaticStart{});
    EXPECT_EQ(configured.reason(), "waits 1 s before the next attempt");
    EXPECT_EQ(connecting().reason(), "connecting, no answer yet");
    EXPECT_EQ(openSent().reason(), "connected; waits for the peer's OPEN");
    Lone confirm = openSent();
    confirm.opened();
    EXPECT_EQ(confirm.reason(), "connected; waits for the peer's first KEEPALIVE");
    EXPECT_EQ(established().reason(), "established");
    SessionSettings settings = plainSettings();
    settings.isPassive = true;
    EXPECT_EQ(connecting(settings).reason(), "waits for the peer to connect");
    settings.delayOpen = 7;
    Lone delaying = connecting(settings);
    delaying.accepted();
    EXPECT_EQ(delaying.reason(), "connected; waits 7 s more for the peer's OPEN before it sends its own");
}

TEST(SessionReasons, OpensAreRefusedHereAndThere) {
    Lone here = openSent();
    SessionSettings settings = plainSettings();
    settings.remoteAs.number = Asn::number(65020);
    here.configure(settings);
    here.wait(Duration::seconds(1));
    here.connected();
    here.opened();
    EXPECT_EQ(here.reason(), std::string("OPEN refused: the peer says AS 65002, 65020 was expected") + kHold);
    EXPECT_EQ(here.session.lastEnd()->lastResetDueTo(), "BGP Notification send");
    Lone there = openSent();
    there.notified({ErrorCode::OpenMessage, subcode::kBadPeerAs, {0xfd, 0xe9}});
    EXPECT_EQ(there.reason(), std::string("the peer refused our OPEN: Bad Peer AS") + kHold);
    EXPECT_EQ(there.session.lastEnd()->lastResetDueTo(), "BGP Notification received");
}

TEST(SessionReasons, ThePeerDoesNotKnowUs) {
    Lone closed = openSent();
    closed.failed(StreamEnd::ClosedByPeer);
    EXPECT_EQ(
        closed.reason(),
        std::string("the peer accepted the connection and closed it without an OPEN: probably it is not "
                    "configured on the other side") +
            kRetry);
    Lone rejected = openSent();
    rejected.notified({ErrorCode::Cease, subcode::kConnectionRejected, {}});
    EXPECT_EQ(
        rejected.reason(),
        std::string("the peer rejected the connection: it is not configured on the other side") + kHold);
}

TEST(SessionReasons, AdministratorsOfBothSidesAreQuoted) {
    Lone here = established();
    SessionSettings settings = plainSettings();
    settings.isShutdown = true;
    settings.shutdownWords = "maintenance until noon";
    here.configure(settings);
    EXPECT_EQ(here.reason(), "shut down by its administrator: maintenance until noon");
    EXPECT_EQ(here.session.lastReset()->lastResetDueTo(), "Admin. shutdown");
    Lone there = established();
    there.notified(NotificationMessage::shutdown(subcode::kAdministrativeShutdown, "new cables"));
    EXPECT_EQ(there.reason(), std::string("the peer was shut down by its administrator: new cables") + kHold);
    Lone reset = established();
    reset.notified(NotificationMessage::shutdown(subcode::kAdministrativeReset, ""));
    EXPECT_EQ(reset.reason(), std::string("the peer was reset by its administrator") + kHold);
    Lone hard = established();
    hard.notified({ErrorCode::Cease, subcode::kHardReset, {6, 2, 2, 'o', 'k'}});
    EXPECT_EQ(hard.reason(), std::string("the peer was shut down by its administrator: ok") + kHold);
    Lone cleared = established();
    cleared.handle(input::AutomaticStop{{ErrorCode::Cease, subcode::kAdministrativeReset, {}}, {}, false});
    EXPECT_EQ(cleared.session.lastReset()->lastResetDueTo(), "User reset");
}

TEST(SessionReasons, SilenceIsMeasured) {
    SessionSettings settings = plainSettings();
    settings.holdTime = 9;
    Lone quiet(settings);
    quiet.establish();
    quiet.wait(Duration::seconds(9));
    EXPECT_EQ(quiet.reason(), std::string("hold time expired: nothing heard for 9 s") + kHold);
    Lone mute = openSent();
    mute.wait(Duration::minutes(4));
    EXPECT_EQ(mute.reason(), std::string("no OPEN from the peer for 240 s") + kHold);
    Lone unheard = established();
    unheard.notified({ErrorCode::HoldTimerExpired, 0, {}});
    EXPECT_EQ(unheard.reason(),
              std::string("the peer's hold time expired: it heard nothing from us") + kHold);
}

TEST(SessionReasons, AnEstablishedSessionBreaks) {
    Lone reset = established();
    reset.failed(StreamEnd::ResetByPeer);
    EXPECT_EQ(reset.reason(), std::string("the peer reset the connection") + kHold);
    EXPECT_EQ(reset.session.lastReset()->lastResetDueTo(), "Peer closed the session");
    Lone lost = established();
    lost.failed(StreamEnd::TimedOut);
    EXPECT_EQ(lost.reason(), std::string("connection lost: the peer does not acknowledge any more") + kHold);
    Lone moved = established();
    moved.failed(StreamEnd::LocalAddressGone);
    EXPECT_EQ(moved.reason(),
              std::string("the address that the connection used is gone from this router") + kHold);
}

TEST(SessionReasons, TheWaitIsCountedDown) {
    Lone lone;
    OpenMessage wrong = Lone::open();
    wrong.holdTime = 1;
    lone.handle(input::ManualStart{});
    for (int failure = 0; failure < 5; ++failure) {
        lone.connected();
        lone.opened(wrong);
        if (failure < 4) lone.wait(Duration::seconds(16));
    }
    lone.wait(Duration::milliseconds(3500));
    EXPECT_EQ(lone.reason(),
              "OPEN refused: the peer says a hold time of 1 s, it must be 0 or at least 3; waits 13 s before "
              "the next attempt");
}

}  // namespace
}  // namespace peerscape::bgp
