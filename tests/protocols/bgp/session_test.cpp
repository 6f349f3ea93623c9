#include "protocols/bgp/session.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/protocols/bgp/session_helpers.hpp"

namespace peerscape::bgp {
namespace {

TEST(BgpSession, StartsAboutASecondAfterItWasConfigured) {
    SessionSettings settings = plainSettings();
    settings.jittersTimers = true;
    Lone lone(settings);
    EXPECT_TRUE(lone.session.nextDeadline().isNever());
    EXPECT_EQ(lone.handle(input::AutomaticStart{}), "");
    EXPECT_EQ(lone.session.state(), State::Idle);
    const Duration wait = lone.session.nextDeadline() - lone.now;
    EXPECT_GE(wait, Duration::milliseconds(750));
    EXPECT_LE(wait, Duration::seconds(1));
    EXPECT_EQ(lone.wait(Duration::seconds(1)), "connect");
    EXPECT_EQ(lone.session.state(), State::Connect);
}

// Measured with FRR 8.4.4 and a peer whose OPEN it refuses: 1, 2, 4 … 120 s.
TEST(BgpSession, WaitsTwiceAsLongAfterEachFailure) {
    Lone lone;
    OpenMessage wrong = Lone::open();
    wrong.capabilities.fourOctetAs = Asn::number(65099);
    lone.handle(input::ManualStart{});
    for (const int seconds : {1, 2, 4, 8, 16, 32, 64, 120, 120}) {
        lone.connected();
        EXPECT_EQ(lone.opened(wrong), "NOTIFICATION 2/2, close");
        EXPECT_EQ(*lone.session.deadline(Timer::IdleHold) - lone.now, Duration::seconds(seconds));
        EXPECT_EQ(lone.wait(Duration::seconds(seconds) - Duration::nanoseconds(1)), "");
        EXPECT_EQ(lone.wait(Duration::nanoseconds(1)), "connect");
    }
    EXPECT_EQ(lone.session.connectRetryCounter(), 9U);
    // A success makes it patient again.
    lone.connected();
    lone.opened();
    lone.keptAlive();
    lone.failed(StreamEnd::ResetByPeer);
    EXPECT_EQ(*lone.session.deadline(Timer::IdleHold) - lone.now, Duration::seconds(1));
}

TEST(BgpSession, WithoutDampingAFailedSessionStaysIdle) {
    SessionSettings settings = plainSettings();
    settings.dampsOscillations = false;
    Lone lone(settings);
    EXPECT_EQ(lone.handle(input::AutomaticStart{}), "connect");
    lone.connected();
    lone.failed(StreamEnd::ClosedByPeer);
    lone.handle(input::OpenCollisionDump{});
    EXPECT_EQ(lone.session.state(), State::Idle);
    EXPECT_TRUE(lone.session.nextDeadline().isNever());
}

TEST(BgpSession, TriesAgainFromActiveWhenConnectRetryTimerExpires) {
    Lone lone;
    lone.handle(input::ManualStart{});
    EXPECT_EQ(lone.failed(StreamEnd::Refused), "");
    EXPECT_EQ(lone.session.state(), State::Active);
    EXPECT_EQ(lone.wait(Duration::seconds(119)), "");
    EXPECT_EQ(lone.wait(Duration::seconds(1)), "connect");
    EXPECT_EQ(lone.session.state(), State::Connect);
    // Nobody answers at all: it begins again.
    EXPECT_EQ(lone.wait(Duration::seconds(120)), "close, connect");
}

TEST(BgpSession, APassiveOneNeverConnects) {
    SessionSettings settings = plainSettings();
    settings.isPassive = true;
    Lone lone(settings);
    lone.handle(input::AutomaticStart{});
    EXPECT_EQ(lone.wait(Duration::hours(1)), "");
    EXPECT_EQ(lone.session.state(), State::Active);
    EXPECT_EQ(lone.accepted(), "OPEN");
    EXPECT_EQ(lone.opened(), "KEEPALIVE");
    EXPECT_EQ(lone.keptAlive(), "up");
    EXPECT_TRUE(lone.session.isStreamAccepted());
}

TEST(BgpSession, AcceptsThePeerWhileItWaitsInIdleAsFrrDoes) {
    Lone lone;
    lone.handle(input::AutomaticStart{});
    EXPECT_EQ(lone.accepted(), "OPEN");
    EXPECT_EQ(lone.session.state(), State::OpenSent);
    EXPECT_EQ(lone.opened(), "KEEPALIVE");
    EXPECT_EQ(lone.keptAlive(), "up");
    EXPECT_FALSE(lone.session.deadline(Timer::IdleHold));
}

TEST(BgpSession, AShutDownOneRefusesThePeer) {
    Lone lone;
    lone.handle(input::ManualStart{});
    SessionSettings settings = plainSettings();
    settings.isShutdown = true;
    settings.shutdownWords = "back at noon";
    lone.configure(settings);
    EXPECT_EQ(lone.session.state(), State::Idle);
    EXPECT_EQ(lone.accepted(), "close@other");
    EXPECT_EQ(lone.handle(input::AutomaticStart{}), "");
    EXPECT_EQ(lone.handle(input::ManualStart{}), "");
    EXPECT_TRUE(lone.session.nextDeadline().isNever());
    lone.configure(plainSettings());
    EXPECT_EQ(lone.wait(Duration::seconds(1)), "connect");
}

TEST(Rfc9003, Sec2_TheAdministratorsWordsGoToThePeer) {
    Lone lone;
    lone.establish();
    SessionSettings settings = plainSettings();
    settings.isShutdown = true;
    settings.shutdownWords = "back at noon";
    lone.session.configure(lone.now, std::make_shared<const SessionSettings>(settings), lone.out);
    const auto* sent = std::get_if<effect::SendMessage>(&lone.out.effects().front());
    ASSERT_NE(sent, nullptr);
    const auto& cease = std::get<NotificationMessage>(sent->message);
    EXPECT_EQ(cease.subcode, subcode::kAdministrativeShutdown);
    EXPECT_EQ(cease.shutdownText(), "back at noon");
}

TEST(BgpSession, IsNotStartedWithoutAnAddressFamily) {
    SessionSettings settings = plainSettings();
    settings.capabilities.families.clear();
    Lone lone(settings);
    EXPECT_EQ(lone.handle(input::AutomaticStart{}), "");
    EXPECT_EQ(lone.accepted(), "close@other");
    EXPECT_TRUE(lone.session.nextDeadline().isNever());
    EXPECT_EQ(lone.reason(), "no address family is activated");
    lone.configure(plainSettings());
    EXPECT_EQ(lone.wait(Duration::seconds(1)), "connect");
}

TEST(Rfc5082, Sec3_AConnectionFromTooFarAwayIsRefused) {
    SessionSettings settings = plainSettings();
    settings.leastTtl = 254;
    settings.isPassive = true;
    Lone lone(settings);
    lone.handle(input::ManualStart{});
    EXPECT_EQ(lone.accepted(1000, 253), "close@other");
    EXPECT_EQ(lone.session.state(), State::Active);
    EXPECT_EQ(lone.reason(),
              "a connection was refused: it came with TTL 253, from further away than allowed; waits for the "
              "peer to connect");
    EXPECT_EQ(lone.accepted(1001, 254), "OPEN");
}

TEST(BgpSession, DoesNotTryWithoutARouteAndTriesAtOnceWithOne) {
    Lone lone;
    lone.handle(input::Reachability{false, {}, false});
    EXPECT_EQ(lone.handle(input::ManualStart{}), "");
    EXPECT_EQ(lone.session.state(), State::Active);
    EXPECT_EQ(lone.reason(), "no route to the peer; connects again in 120 s, or the peer does");
    EXPECT_EQ(lone.wait(Duration::seconds(150)), "");
    EXPECT_EQ(lone.handle(input::Reachability{true, {}, false}), "connect");
    EXPECT_EQ(lone.session.state(), State::Connect);
    EXPECT_EQ(lone.handle(input::Reachability{false, "eth0 is down", false}), "close");
    EXPECT_EQ(lone.session.state(), State::Active);
    EXPECT_EQ(lone.reason(), "eth0 is down; connects again in 120 s, or the peer does");
}

TEST(BgpSession, FallsOverFastOnlyWhenTold) {
    Lone lone;
    lone.establish();
    EXPECT_EQ(lone.handle(input::Reachability{false, "eth0 is down", false}), "");
    lone.handle(input::Reachability{true, {}, false});
    EXPECT_EQ(lone.handle(input::Reachability{false, "eth0 is down", true}), "close, down");
    EXPECT_EQ(lone.reason(), "eth0 is down; waits 1 s before the next attempt");
    EXPECT_EQ(lone.session.lastReset()->lastResetDueTo(), "Interface down");
    lone.wait(Duration::milliseconds(500));
    // Reachable again: the wait is not longer than the first one.
    EXPECT_EQ(lone.handle(input::Reachability{true, {}, false}), "");
    EXPECT_EQ(lone.wait(Duration::seconds(1)), "connect");
}

TEST(BgpSession, SomeSettingsNeedANewSession) {
    struct Change {
        std::string why;  ///< empty: no reset
        void (*apply)(SessionSettings&);
    };
    const std::vector<Change> changes{
        {"Router ID changed", [](SessionSettings& one) { one.identifier = RouterId(9); }},
        {"Local AS change", [](SessionSettings& one) { one.localAs = Asn::number(9); }},
        {"Remote AS changed", [](SessionSettings& one) { one.remoteAs.kind = RemoteAs::Kind::External; }},
        {"Update source change", [](SessionSettings& one) { one.localAddress = IpAddress::v4(1); }},
        {"Address family activated",
         [](SessionSettings& one) { one.capabilities.families.push_back(Family::IPv6); }},
        {"Capability changed", [](SessionSettings& one) { one.capabilities.hasExtendedMessage = true; }},
        {"Capability changed", [](SessionSettings& one) { one.capabilities.role = Role::Peer; }},
        {"Passive config change", [](SessionSettings& one) { one.isPassive = true; }},
        {"Multihop config change", [](SessionSettings& one) { one.ttl = 2; }},
        {"Password config change", [](SessionSettings& one) { one.password = "secret"; }},
        {"", [](SessionSettings& one) { one.holdTime = 9; }},
        {"", [](SessionSettings& one) { one.keepalive = 3; }},
        {"", [](SessionSettings& one) { one.connectRetry = 9; }},
        {"", [](SessionSettings& one) { one.delayOpen = 9; }},
        {"", [](SessionSettings& one) { one.hasStrictRole = true; }},
        {"", [](SessionSettings&) {}},
    };
    for (const Change& change : changes) {
        Lone lone;
        lone.establish();
        SessionSettings settings = plainSettings();
        change.apply(settings);
        EXPECT_EQ(lone.configure(settings), change.why.empty() ? "" : "NOTIFICATION 6/6, close, down");
        EXPECT_EQ(lone.session.isEstablished(), change.why.empty());
        if (change.why.empty()) continue;
        EXPECT_EQ(lone.session.lastReset()->lastResetDueTo(), change.why);
        EXPECT_TRUE(lone.reason().starts_with(change.why)) << lone.reason();
        EXPECT_EQ(lone.wait(Duration::seconds(1)), settings.isPassive ? "" : "connect");
    }
}

TEST(BgpSession, ANewConfigurationEndsALongWait) {
    Lone lone;
    OpenMessage other = Lone::open();
    other.capabilities.fourOctetAs = Asn::number(65099);
    lone.handle(input::ManualStart{});
    for (int failure = 0; failure < 8; ++failure) {
        lone.connected();
        lone.opened(other);
        if (failure < 7) lone.wait(Duration::seconds(120));
    }
    EXPECT_EQ(lone.session.nextDeadline() - lone.now, Duration::seconds(120));
    SessionSettings settings = plainSettings();
    settings.remoteAs.number = Asn::number(65099);
    lone.configure(settings);
    EXPECT_EQ(lone.wait(Duration::seconds(1)), "connect");
    lone.connected();
    lone.opened(other);
    EXPECT_EQ(lone.keptAlive(), "up");
}

TEST(BgpSession, AStopForGoodWaitsForAStart) {
    Lone lone;
    lone.establish();
    EXPECT_EQ(lone.handle(input::AutomaticStop{{ErrorCode::Cease, subcode::kMaximumPrefixes, {}}, {}, true}),
              "NOTIFICATION 6/1, close, down");
    EXPECT_TRUE(lone.session.nextDeadline().isNever());
    EXPECT_EQ(lone.accepted(), "close@other");
    lone.handle(input::AutomaticStart{});
    EXPECT_EQ(lone.wait(Duration::seconds(1)), "connect");
}

TEST(BgpSession, CountsWhatFrrCounts) {
    Lone lone;
    lone.establish();
    lone.handle(input::UpdateReceived{lone.stream()});
    lone.handle(input::UpdateReceived{lone.stream()});
    lone.handle(input::RouteRefreshReceived{lone.stream()});
    lone.session.updatesSent(lone.now, 3);
    lone.session.routeRefreshSent(lone.now);
    lone.wait(Duration::seconds(61));
    lone.notified({ErrorCode::Cease, subcode::kAdministrativeReset, {}});
    const SessionCounts& counts = lone.session.counts();
    EXPECT_EQ(counts.sent, (MessageCounts{1, 3, 0, 2, 1}));
    EXPECT_EQ(counts.received, (MessageCounts{1, 2, 1, 1, 1}));
    EXPECT_EQ(counts.sent.total(), 7U);
    EXPECT_EQ(counts.connectionsEstablished, 1U);
    EXPECT_EQ(counts.connectionsDropped, 1U);
    EXPECT_EQ(lone.session.lastEstablished(), lone.now);
    EXPECT_EQ(lone.session.since(), lone.now);
}

TEST(BgpSession, WhatComesOnAStreamThatWasGivenUpIsIgnored) {
    Lone lone;
    lone.establish();
    const StreamId old = lone.stream();
    lone.failed(StreamEnd::ResetByPeer);
    lone.wait(Duration::seconds(1));
    lone.connected();
    EXPECT_EQ(lone.handle(input::UpdateReceived{old}), "");
    EXPECT_EQ(lone.handle(input::TcpConnectionFails{old, StreamEnd::ResetByPeer, {}}), "");
    EXPECT_EQ(lone.handle(input::OpenReceived{StreamId::none(), Lone::open()}), "");
    EXPECT_EQ(lone.session.state(), State::OpenSent);
    EXPECT_EQ(lone.session.counts().received.updates, 0U);
}

TEST(Rfc2918, Sec4_ARefreshIsDeliveredOnlyWhenItWasAgreedUpon) {
    Lone lone;
    lone.establish();
    EXPECT_EQ(lone.handle(input::RouteRefreshReceived{lone.stream()}), "refresh");
    OpenMessage open = Lone::open();
    open.capabilities.hasRouteRefresh = false;
    Lone without;
    without.establish(open);
    EXPECT_EQ(without.handle(input::RouteRefreshReceived{without.stream()}), "");
    EXPECT_TRUE(without.session.isEstablished());
}

TEST(Rfc6608, Sec4_AnUnexpectedMessageIsNamed) {
    const auto errorAfter = [](Lone& lone, const SessionInput& input) {
        lone.session.handle(lone.now, input, lone.out);
        for (const SessionEffect& one : lone.out.effects())
            if (const auto* sent = std::get_if<effect::SendMessage>(&one))
                if (const auto* error = std::get_if<NotificationMessage>(&sent->message)) return *error;
        return NotificationMessage{};
    };
    const auto expected = [](subcode::StateMachine code, std::uint8_t type) {
        return NotificationMessage{ErrorCode::FiniteStateMachine, code, {type}};
    };
    const auto openSent = [] {
        Lone lone;
        lone.handle(input::ManualStart{});
        lone.connected();
        return lone;
    };
    Lone one = openSent();
    EXPECT_EQ(errorAfter(one, input::UpdateReceived{one.stream()}),
              expected(subcode::kUnexpectedInOpenSent, 2));
    Lone two = openSent();
    EXPECT_EQ(errorAfter(two, input::KeepaliveReceived{two.stream()}),
              expected(subcode::kUnexpectedInOpenSent, 4));
    Lone three = openSent();
    EXPECT_EQ(errorAfter(three, input::RouteRefreshReceived{three.stream()}),
              expected(subcode::kUnexpectedInOpenSent, 5));
    Lone four = openSent();
    four.opened();
    EXPECT_EQ(errorAfter(four, input::OpenReceived{four.stream(), Lone::open()}),
              expected(subcode::kUnexpectedInOpenConfirm, 1));
    Lone five;
    five.establish();
    EXPECT_EQ(errorAfter(five, input::OpenReceived{five.stream(), Lone::open()}),
              expected(subcode::kUnexpectedInEstablished, 1));
}

SessionSettings gracefulSettings(bool signalsNotification) {
    SessionSettings settings = plainSettings();
    settings.capabilities.gracefulRestart = graceful(signalsNotification);
    return settings;
}

OpenMessage gracefulOpen(bool signalsNotification) {
    OpenMessage open = Lone::open();
    open.capabilities.gracefulRestart = graceful(signalsNotification);
    return open;
}

TEST(Rfc4724, Sec4_2_RoutesStayWhenTcpFailsAndGoWithANotification) {
    const auto ended = [](bool ours, bool theirs, const SessionInput& input) {
        Lone lone(ours ? gracefulSettings(false) : plainSettings());
        lone.establish(theirs ? gracefulOpen(false) : Lone::open());
        return lone.handle(input);
    };
    const input::TcpConnectionFails lost{StreamId(1), StreamEnd::TimedOut, {}};
    EXPECT_EQ(ended(true, true, lost), "down, routes stay");
    EXPECT_EQ(ended(true, false, lost), "down");
    EXPECT_EQ(ended(false, true, lost), "down");
    const input::NotificationReceived cease{StreamId(1),
                                            {ErrorCode::Cease, subcode::kAdministrativeReset, {}}};
    EXPECT_EQ(ended(true, true, cease), "close, down");
    EXPECT_EQ(ended(true, true, input::TimerExpired{Timer::Hold}), "NOTIFICATION 4/0, close, down");
    EXPECT_EQ(ended(true, true, input::ManualStop{}), "NOTIFICATION 6/2, close, down");
}

TEST(Rfc8538, Sec4_WithTheNBitOnlyAHardResetTakesTheRoutes) {
    const auto ended = [](const SessionInput& input, bool theirs = true) {
        Lone lone(gracefulSettings(true));
        lone.establish(gracefulOpen(theirs));
        return lone.handle(input);
    };
    const auto received = [](subcode::Cease code, Bytes data = {}) {
        return input::NotificationReceived{StreamId(1), {ErrorCode::Cease, code, std::move(data)}};
    };
    EXPECT_EQ(ended(received(subcode::kOutOfResources)), "close, down, routes stay");
    EXPECT_EQ(ended(received(subcode::kHardReset, {6, 2})), "close, down");
    EXPECT_EQ(ended(input::TimerExpired{Timer::Hold}), "NOTIFICATION 4/0, close, down, routes stay");
    EXPECT_EQ(ended(input::TimerExpired{Timer::Hold}, false), "NOTIFICATION 4/0, close, down");
    EXPECT_EQ(ended(input::MessageError{StreamId(1), {ErrorCode::UpdateMessage, 1, {}}}),
              "NOTIFICATION 3/1, close, down, routes stay");
    // What is meant for good is wrapped.
    EXPECT_EQ(ended(input::ManualStop{}), "NOTIFICATION 6/9, close, down");
    EXPECT_EQ(ended(input::ManualStop{}, false), "NOTIFICATION 6/2, close, down");
    const input::AutomaticStop reset{{ErrorCode::Cease, subcode::kAdministrativeReset, {}}, {}, false};
    EXPECT_EQ(ended(reset), "NOTIFICATION 6/9, close, down");
}

TEST(Rfc8538, Sec3_AHardResetCarriesTheErrorItStandsFor) {
    Lone lone(gracefulSettings(true));
    lone.establish(gracefulOpen(true));
    lone.session.handle(lone.now, input::ManualStop{"bye"}, lone.out);
    const auto& sent = std::get<effect::SendMessage>(lone.out.effects().front());
    EXPECT_EQ(std::get<NotificationMessage>(sent.message).data, (Bytes{6, 2, 3, 'b', 'y', 'e'}));
}

TEST(Rfc4724, Sec4_2_ANewConnectionOfARestartedPeerReplacesTheSession) {
    Lone lone(gracefulSettings(false));
    lone.establish(gracefulOpen(false));
    EXPECT_EQ(lone.accepted(), "close, down, routes stay, OPEN@other");
    EXPECT_EQ(lone.session.state(), State::OpenSent);
    EXPECT_EQ(lone.session.lastReset()->text(), "the peer has restarted: it opened a new connection");
    EXPECT_FALSE(lone.session.deadline(Timer::IdleHold));
    EXPECT_EQ(lone.opened(gracefulOpen(false)), "KEEPALIVE");
    EXPECT_EQ(lone.keptAlive(), "up");
}

TEST(Rfc4724, Sec3_ARestartedSpeakerSaysSo) {
    Lone lone(gracefulSettings(false));
    lone.session.setRestarting(true);
    lone.handle(input::ManualStart{});
    lone.session.handle(lone.now, input::TcpRequestAcked{lone.stream()}, lone.out);
    const auto& sent = std::get<effect::SendMessage>(lone.out.effects().front());
    EXPECT_TRUE(std::get<OpenMessage>(sent.message).capabilities.gracefulRestart->hasRestarted);
}

TEST(BgpSession, NotesWhatHappensAndWhy) {
    Lone lone;
    lone.handle(input::ManualStart{});
    lone.connected();
    OpenMessage wrong = Lone::open();
    wrong.capabilities.fourOctetAs = Asn::number(65099);
    lone.opened(wrong);
    lone.wait(Duration::seconds(1));
    lone.connected();
    lone.opened();
    lone.keptAlive();
    lone.wait(Duration::seconds(180));
    EXPECT_EQ(
        lone.notes,
        (std::vector<std::string>{
            "session with 10.0.0.2 goes from Idle to Connect (ManualStart)",
            "session with 10.0.0.2 goes from Connect to OpenSent (Tcp_CR_Acked)",
            "session with 10.0.0.2 goes from OpenSent to Idle (BGPOpenMsgErr): OPEN refused: the peer says "
            "AS 65099, 65002 was expected",
            "session with 10.0.0.2 goes from Idle to Connect (IdleHoldTimer_Expires)",
            "session with 10.0.0.2 goes from Connect to OpenSent (Tcp_CR_Acked)",
            "session with 10.0.0.2 goes from OpenSent to OpenConfirm (BGPOpen)",
            "session with 10.0.0.2 is established",
            "session with 10.0.0.2 is down, Idle (HoldTimer_Expires): hold time expired: nothing heard for "
            "180 s",
        }));
}

TEST(BgpSession, ACopyGoesOnAsTheOriginal) {
    SessionSettings settings = plainSettings();
    settings.jittersTimers = true;
    Lone lone(settings);
    lone.establish();
    Session copy = lone.session;
    std::uint32_t nextStream = lone.nextStream;
    SessionOutbox out(nextStream);
    std::vector<SimTime> first;
    std::vector<SimTime> second;
    for (int round = 0; round < 20; ++round) {
        first.push_back(lone.session.nextDeadline());
        lone.session.wake(first.back(), lone.out);
    }
    for (int round = 0; round < 20; ++round) {
        second.push_back(copy.nextDeadline());
        copy.wake(second.back(), out);
    }
    EXPECT_EQ(first, second);
}

}  // namespace
}  // namespace peerscape::bgp
