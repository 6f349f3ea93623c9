// RFC 4271 section 8.2.2 as a table: every state, every event that can happen there, the state it leads to,
// what is done, ConnectRetryCounter (it is 2 before) and the timers that run afterwards: connect-Retry, Hold,
// Keepalive, Delay-open, Idle-hold.
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/protocols/bgp/session_helpers.hpp"

namespace peerscape::bgp {
namespace {

/// States, with and without DelayOpenTimer running.
enum class From {
    Idle,
    Connect,
    ConnectDelaying,
    Active,
    ActiveDelaying,
    OpenSent,
    OpenConfirm,
    Established
};

State stateOf(From from) {
    switch (from) {
        case From::Idle:
            return State::Idle;
        case From::Connect:
        case From::ConnectDelaying:
            return State::Connect;
        case From::Active:
        case From::ActiveDelaying:
            return State::Active;
        case From::OpenSent:
            return State::OpenSent;
        case From::OpenConfirm:
            return State::OpenConfirm;
        case From::Established:
            break;
    }
    return State::Established;
}

SessionSettings rfcSettings() {
    SessionSettings settings = plainSettings();
    settings.waitsInActive = false;
    settings.acceptsInIdleHold = false;
    return settings;
}

constexpr std::uint32_t kSecondStream = 2000;

Lone sessionIn(From from) {
    SessionSettings settings = rfcSettings();
    Lone lone(settings);
    lone.handle(input::ManualStart{});
    for (int failure = 0; failure < 2; ++failure) {
        lone.handle(input::OpenCollisionDump{});
        if (failure == 0) lone.wait(Duration::seconds(1));
    }
    if (from == From::Idle) return lone;
    settings.delayOpen = from == From::ConnectDelaying || from == From::ActiveDelaying ? 10 : 0;
    settings.waitsInActive = from == From::Active || from == From::ActiveDelaying;
    lone.configure(settings);
    lone.wait(Duration::seconds(2));
    switch (from) {
        case From::Idle:
        case From::Connect:
            break;
        case From::ConnectDelaying:
            lone.connected();
            break;
        case From::Active:
            lone.failed(StreamEnd::Refused);
            break;
        case From::ActiveDelaying:
            lone.failed(StreamEnd::Refused);
            lone.accepted();
            break;
        case From::Established:
        case From::OpenConfirm:
        case From::OpenSent:
            lone.connected();
            if (from == From::OpenSent) break;
            lone.opened();
            if (from == From::Established) lone.keptAlive();
            break;
    }
    settings.waitsInActive = false;
    lone.configure(settings);
    return lone;
}

std::string raise(Lone& lone, int event) {
    const StreamId stream = lone.stream();
    const NotificationMessage badLength{ErrorCode::MessageHeader, subcode::kBadMessageLength, {}};
    OpenMessage wrongAs = Lone::open();
    wrongAs.capabilities.fourOctetAs = Asn::number(65099);
    const auto restart = [&](bool isPassive, bool isDamped, const SessionInput& input) {
        SessionSettings settings = lone.session.settings();
        settings.dampsOscillations = isDamped;
        lone.configure(settings);
        if (isPassive && lone.session.state() == State::Idle) {
            // A change of passiveness is a reset; in Idle it starts the back-off anew, and nothing else.
            settings.isPassive = true;
            lone.configure(settings);
        }
        return lone.handle(input);
    };
    switch (event) {
        case 1:
            return lone.handle(input::ManualStart{});
        case 2:
            return lone.handle(input::ManualStop{});
        case 3:
            return restart(false, false, input::AutomaticStart{});
        case 4:
            return restart(true, true, input::ManualStart{});
        case 5:
            return restart(true, false, input::AutomaticStart{});
        case 6:
            return restart(false, true, input::AutomaticStart{});
        case 7:
            return restart(true, true, input::AutomaticStart{});
        case 8:
            return lone.handle(
                input::AutomaticStop{{ErrorCode::Cease, subcode::kAdministrativeReset, {}}, {}, false});
        case 9:
            return lone.handle(input::TimerExpired{Timer::ConnectRetry});
        case 10:
            return lone.handle(input::TimerExpired{Timer::Hold});
        case 11:
            return lone.handle(input::TimerExpired{Timer::Keepalive});
        case 12:
            return lone.handle(input::TimerExpired{Timer::DelayOpen});
        case 13:
            return lone.handle(input::TimerExpired{Timer::IdleHold});
        case 14:
            return lone.handle(input::TcpConnectionValid{});
        case 15:
            return lone.handle(input::TcpRequestInvalid{});
        case 16:
            return lone.connected();
        case 17:
            return lone.accepted(kSecondStream);
        case 18:
            return lone.failed(StreamEnd::ResetByPeer);
        case 19:
        case 20:
            return lone.opened();
        case 21:
            return lone.handle(input::MessageError{stream, badLength});
        case 22:
            return lone.opened(wrongAs);
        case 23:
            return lone.handle(input::OpenCollisionDump{});
        case 24:
            return lone.notified({ErrorCode::OpenMessage, subcode::kUnsupportedVersionNumber, {}});
        case 25:
            return lone.notified({ErrorCode::Cease, subcode::kOutOfResources, {}});
        case 26:
            return lone.keptAlive();
        case 27:
            return lone.handle(input::UpdateReceived{stream});
        case 28:
            return lone.handle(input::MessageError{
                stream, {ErrorCode::UpdateMessage, subcode::kMalformedAttributeList, {}}});
        default:
            return "no such event";
    }
}

std::string timersOf(const Session& session) {
    std::string text;
    for (const auto& [timer, letter] :
         {std::pair{Timer::ConnectRetry, 'R'}, std::pair{Timer::Hold, 'H'}, std::pair{Timer::Keepalive, 'K'},
          std::pair{Timer::DelayOpen, 'D'}, std::pair{Timer::IdleHold, 'I'}})
        if (session.deadline(timer)) text += letter;
    return text;
}

struct TransitionRow {
    From from;
    std::vector<int> events;
    State to;
    std::string actions;
    std::uint32_t counter;
    std::string timers;
};

const std::vector<TransitionRow> kTable = {
    // Idle, after a failure: IdleHoldTimer runs.
    {From::Idle, {1, 3}, State::Connect, "connect", 0, "R"},
    {From::Idle, {4, 5}, State::Active, "", 0, ""},
    {From::Idle, {6, 7}, State::Idle, "", 2, "I"},
    {From::Idle, {2}, State::Idle, "", 2, ""},
    {From::Idle, {8, 9, 10, 11, 12, 14, 15, 16}, State::Idle, "", 2, "I"},
    {From::Idle, {13}, State::Connect, "connect", 2, "R"},
    {From::Idle, {17}, State::Idle, "close@other", 2, "I"},
    {From::Idle, {18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28}, State::Idle, "", 2, "I"},

    {From::Connect, {1, 3, 4, 5, 6, 7, 14, 15}, State::Connect, "", 2, "R"},
    {From::Connect, {2}, State::Idle, "close", 0, ""},
    {From::Connect, {9}, State::Connect, "close, connect", 2, "R"},
    {From::Connect, {16}, State::OpenSent, "OPEN", 2, "H"},
    {From::Connect, {17}, State::OpenSent, "OPEN@other", 2, "H"},
    {From::Connect, {18}, State::Idle, "", 2, "I"},
    {From::Connect, {8, 10, 11, 13, 19, 21, 22, 23, 24, 25, 26, 27, 28}, State::Idle, "close", 3, "I"},

    {From::ConnectDelaying, {1, 3, 4, 5, 6, 7, 14, 15, 17}, State::Connect, "", 2, "D"},
    {From::ConnectDelaying, {2}, State::Idle, "close", 0, ""},
    {From::ConnectDelaying, {9}, State::Connect, "close, connect", 2, "R"},
    {From::ConnectDelaying, {12}, State::OpenSent, "OPEN", 2, "H"},
    {From::ConnectDelaying, {18}, State::Active, "", 2, "R"},
    {From::ConnectDelaying, {20}, State::OpenConfirm, "OPEN, KEEPALIVE", 2, "HK"},
    {From::ConnectDelaying, {21}, State::Idle, "NOTIFICATION 1/2, close", 3, "I"},
    {From::ConnectDelaying, {22}, State::Idle, "NOTIFICATION 2/2, close", 3, "I"},
    {From::ConnectDelaying, {24}, State::Idle, "close", 2, "I"},
    {From::ConnectDelaying, {8, 10, 11, 13, 23, 25, 26, 27, 28}, State::Idle, "close", 3, "I"},

    {From::Active, {1, 3, 4, 5, 6, 7, 14, 15}, State::Active, "", 2, "R"},
    {From::Active, {2}, State::Idle, "", 0, ""},
    {From::Active, {9}, State::Connect, "connect", 2, "R"},
    {From::Active, {17}, State::OpenSent, "OPEN", 2, "H"},
    {From::Active, {8, 10, 11, 13, 23}, State::Idle, "", 3, "I"},

    {From::ActiveDelaying, {1, 3, 4, 5, 6, 7, 14, 15}, State::Active, "", 2, "D"},
    {From::ActiveDelaying, {2}, State::Idle, "NOTIFICATION 6/2, close", 0, ""},
    {From::ActiveDelaying, {12}, State::OpenSent, "OPEN", 2, "H"},
    {From::ActiveDelaying, {18}, State::Idle, "", 3, "I"},
    {From::ActiveDelaying, {20}, State::OpenConfirm, "OPEN, KEEPALIVE", 2, "HK"},
    {From::ActiveDelaying, {21}, State::Idle, "NOTIFICATION 1/2, close", 3, "I"},
    {From::ActiveDelaying, {22}, State::Idle, "NOTIFICATION 2/2, close", 3, "I"},
    {From::ActiveDelaying, {24}, State::Idle, "close", 2, "I"},
    {From::ActiveDelaying, {8, 10, 11, 13, 23, 25, 26, 27, 28}, State::Idle, "close", 3, "I"},

    {From::OpenSent, {1, 3, 4, 5, 6, 7, 14, 15, 16}, State::OpenSent, "", 2, "H"},
    {From::OpenSent, {2}, State::Idle, "NOTIFICATION 6/2, close", 0, ""},
    {From::OpenSent, {8}, State::Idle, "NOTIFICATION 6/4, close", 3, "I"},
    {From::OpenSent, {10}, State::Idle, "NOTIFICATION 4/0, close", 3, "I"},
    {From::OpenSent, {17}, State::OpenSent, "OPEN@other", 2, "H"},
    {From::OpenSent, {18}, State::Active, "", 2, "R"},
    {From::OpenSent, {19}, State::OpenConfirm, "KEEPALIVE", 2, "HK"},
    {From::OpenSent, {21}, State::Idle, "NOTIFICATION 1/2, close", 3, "I"},
    {From::OpenSent, {22}, State::Idle, "NOTIFICATION 2/2, close", 3, "I"},
    {From::OpenSent, {23}, State::Idle, "NOTIFICATION 6/7, close", 3, "I"},
    {From::OpenSent, {24}, State::Idle, "close", 2, "I"},
    {From::OpenSent, {25}, State::Idle, "close", 3, "I"},  // unlike the RFC: no answer to a NOTIFICATION
    {From::OpenSent, {9, 11, 12, 13}, State::Idle, "NOTIFICATION 5/0, close", 3, "I"},
    {From::OpenSent, {26, 27, 28}, State::Idle, "NOTIFICATION 5/1, close", 3, "I"},

    {From::OpenConfirm, {1, 3, 4, 5, 6, 7, 14, 15, 16}, State::OpenConfirm, "", 2, "HK"},
    {From::OpenConfirm, {2}, State::Idle, "NOTIFICATION 6/2, close", 0, ""},
    {From::OpenConfirm, {8}, State::Idle, "NOTIFICATION 6/4, close", 3, "I"},
    {From::OpenConfirm, {10}, State::Idle, "NOTIFICATION 4/0, close", 3, "I"},
    {From::OpenConfirm, {11}, State::OpenConfirm, "KEEPALIVE", 2, "HK"},
    {From::OpenConfirm, {17}, State::OpenConfirm, "OPEN@other", 2, "HK"},
    {From::OpenConfirm, {18}, State::Idle, "", 3, "I"},
    {From::OpenConfirm, {21}, State::Idle, "NOTIFICATION 1/2, close", 3, "I"},
    {From::OpenConfirm, {22}, State::Idle, "NOTIFICATION 2/2, close", 3, "I"},
    {From::OpenConfirm, {23}, State::Idle, "NOTIFICATION 6/7, close", 3, "I"},
    {From::OpenConfirm, {24}, State::Idle, "close", 2, "I"},
    {From::OpenConfirm, {25}, State::Idle, "close", 3, "I"},
    {From::OpenConfirm, {26}, State::Established, "up", 2, "HK"},
    {From::OpenConfirm, {9, 12, 13}, State::Idle, "NOTIFICATION 5/0, close", 3, "I"},
    {From::OpenConfirm, {19, 27, 28}, State::Idle, "NOTIFICATION 5/2, close", 3, "I"},

    {From::Established, {1, 3, 4, 5, 6, 7, 14, 15, 16, 26}, State::Established, "", 2, "HK"},
    {From::Established, {2}, State::Idle, "NOTIFICATION 6/2, close, down", 0, ""},
    {From::Established, {8}, State::Idle, "NOTIFICATION 6/4, close, down", 3, "I"},
    {From::Established, {10}, State::Idle, "NOTIFICATION 4/0, close, down", 3, "I"},
    {From::Established, {11}, State::Established, "KEEPALIVE", 2, "HK"},
    {From::Established, {17}, State::Established, "OPEN@other", 2, "HK"},
    {From::Established, {18}, State::Idle, "down", 3, "I"},
    {From::Established, {21}, State::Idle, "NOTIFICATION 1/2, close, down", 3, "I"},
    {From::Established, {23}, State::Idle, "NOTIFICATION 6/7, close, down", 3, "I"},
    {From::Established, {24, 25}, State::Idle, "close, down", 3, "I"},
    {From::Established, {27}, State::Established, "update", 2, "HK"},
    {From::Established, {28}, State::Idle, "NOTIFICATION 3/1, close, down", 3, "I"},
    {From::Established, {9, 12, 13}, State::Idle, "NOTIFICATION 5/0, close, down", 3, "I"},
    {From::Established, {19, 22}, State::Idle, "NOTIFICATION 5/3, close, down", 3, "I"},
};

TEST(Rfc4271, Sec8_2_2_EveryEventInEveryStateLeadsWhereTheRfcSays) {
    for (const TransitionRow& row : kTable) {
        for (const int event : row.events) {
            Lone lone = sessionIn(row.from);
            ASSERT_EQ(lone.session.state(), stateOf(row.from));
            ASSERT_EQ(lone.session.connectRetryCounter(), 2U);
            const std::string actions = raise(lone, event);
            const std::string where = fmt::format("event {} in {} ({})", event, name(stateOf(row.from)),
                                                  static_cast<int>(row.from));
            EXPECT_EQ(name(lone.session.state()), name(row.to)) << where;
            EXPECT_EQ(actions, row.actions) << where;
            EXPECT_EQ(lone.session.connectRetryCounter(), row.counter) << where;
            EXPECT_EQ(timersOf(lone.session), row.timers) << where;
        }
    }
}

TEST(Rfc4271, Sec8_1_EveryEventIsInTheTableOfEveryStateWhereItCanHappen) {
    // DelayOpenTimer does not run after the OPEN was sent (12 can be raised there all the same, 20 cannot);
    // without a connection nothing comes from one.
    const std::map<From, std::set<int>> impossible{
        {From::Idle, {}},
        {From::Connect, {12, 20}},
        {From::ConnectDelaying, {16, 19}},
        {From::Active, {12, 16, 18, 19, 20, 21, 22, 24, 25, 26, 27, 28}},
        {From::ActiveDelaying, {9, 16, 17, 19}},
        {From::OpenSent, {20}},
        {From::OpenConfirm, {20}},
        {From::Established, {20}},
    };
    std::set<std::pair<From, int>> covered;
    for (const TransitionRow& row : kTable)
        for (const int event : row.events)
            EXPECT_TRUE(covered.insert({row.from, event}).second) << event;
    for (const auto& [from, missing] : impossible)
        for (int event = 1; event <= 28; ++event)
            EXPECT_NE(covered.contains({from, event}), missing.contains(event))
                << "event " << event << " in " << static_cast<int>(from);
}

TEST(Rfc4271, Sec8_2_2_DelayOpenIsKeptInConnectAndActive) {
    SessionSettings settings = rfcSettings();
    settings.delayOpen = 10;
    Lone connecting(settings);
    connecting.handle(input::ManualStart{});
    EXPECT_EQ(connecting.connected(), "");
    EXPECT_EQ(connecting.session.state(), State::Connect);
    EXPECT_EQ(timersOf(connecting.session), "D");
    EXPECT_EQ(connecting.wait(Duration::seconds(10)), "OPEN");
    EXPECT_EQ(connecting.session.state(), State::OpenSent);

    settings.isPassive = true;
    Lone waiting(settings);
    waiting.handle(input::ManualStart{});
    EXPECT_EQ(waiting.accepted(), "");
    EXPECT_EQ(waiting.session.state(), State::Active);
    EXPECT_EQ(timersOf(waiting.session), "D");
    EXPECT_EQ(waiting.opened(), "OPEN, KEEPALIVE");
}

TEST(Rfc4271, Sec8_1_1_WithoutSendNotificationWithoutOpenThereIsNone) {
    SessionSettings settings = rfcSettings();
    settings.delayOpen = 10;
    settings.notifiesWithoutOpen = false;
    settings.isPassive = true;
    OpenMessage wrong = Lone::open();
    wrong.holdTime = 1;
    Lone lone(settings);
    lone.handle(input::ManualStart{});
    lone.accepted();
    EXPECT_EQ(lone.opened(wrong), "close");
    Lone stopped(settings);
    stopped.handle(input::ManualStart{});
    stopped.accepted();
    EXPECT_EQ(stopped.handle(input::ManualStop{}), "close");
}

TEST(Rfc4271, Sec8_2_2_AHoldTimeOfZeroStartsNoTimers) {
    OpenMessage open = Lone::open();
    open.holdTime = 0;
    Lone lone(rfcSettings());
    lone.establish(open);
    EXPECT_EQ(lone.session.state(), State::Established);
    EXPECT_EQ(timersOf(lone.session), "");
    lone.keptAlive();
    lone.handle(input::UpdateReceived{lone.stream()});
    EXPECT_EQ(lone.wait(Duration::hours(10)), "");
}

TEST(Rfc4271, Sec8_2_2_TimersHaveTheirTimes) {
    SessionSettings settings = rfcSettings();
    settings.holdTime = 30;
    settings.keepalive = 7;
    settings.connectRetry = 50;
    Lone lone(settings);
    const auto left = [&](Timer timer) { return *lone.session.deadline(timer) - lone.now; };
    lone.handle(input::ManualStart{});
    EXPECT_EQ(left(Timer::ConnectRetry), Duration::seconds(50));
    lone.connected();
    EXPECT_EQ(left(Timer::Hold), Duration::minutes(4));
    lone.opened();
    EXPECT_EQ(left(Timer::Hold), Duration::seconds(30));
    EXPECT_EQ(left(Timer::Keepalive), Duration::seconds(7));
    lone.wait(Duration::seconds(5));
    lone.keptAlive();
    EXPECT_EQ(left(Timer::Hold), Duration::seconds(30));
    EXPECT_EQ(left(Timer::Keepalive), Duration::seconds(2));
    lone.session.updatesSent(lone.now);
    EXPECT_EQ(left(Timer::Keepalive), Duration::seconds(7));
    lone.wait(Duration::seconds(5));
    lone.handle(input::UpdateReceived{lone.stream()});
    EXPECT_EQ(left(Timer::Hold), Duration::seconds(30));
    EXPECT_EQ(lone.wait(Duration::seconds(30)),
              "KEEPALIVE, KEEPALIVE, KEEPALIVE, KEEPALIVE, NOTIFICATION 4/0, close, down");
}

TEST(Rfc4271, Sec10_TimersAreJitteredByAQuarter) {
    SessionSettings settings = rfcSettings();
    settings.jittersTimers = true;
    Lone lone(settings);
    lone.handle(input::ManualStart{});
    std::set<std::int64_t> seen;
    for (int round = 0; round < 50; ++round) {
        const Duration left = *lone.session.deadline(Timer::ConnectRetry) - lone.now;
        EXPECT_GE(left, Duration::seconds(90));
        EXPECT_LE(left, Duration::seconds(120));
        seen.insert(left.count());
        lone.wait(left);
    }
    EXPECT_GT(seen.size(), 45U);
    lone.connected();
    lone.opened();
    lone.keptAlive();
    const Duration keepalive = *lone.session.deadline(Timer::Keepalive) - lone.now;
    EXPECT_GE(keepalive, Duration::seconds(45));
    EXPECT_LT(keepalive, Duration::seconds(60));
    EXPECT_EQ(*lone.session.deadline(Timer::Hold) - lone.now, Duration::seconds(180));
}

}  // namespace
}  // namespace peerscape::bgp
