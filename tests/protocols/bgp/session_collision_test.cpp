// RFC 4271 section 6.8: two connections at once.
#include <string>

#include <gtest/gtest.h>

#include "tests/protocols/bgp/session_helpers.hpp"

namespace peerscape::bgp {
namespace {

constexpr StreamId kOurs{1};
constexpr StreamId kTheirs{1000};

/// A session with the identifier 1.1.1.1 and a peer whose identifier is higher, or lower.
class Collision {
  public:
    explicit Collision(bool isPeerHigher, SessionSettings settings = plainSettings()) : lone(settings) {
        settings_ = peerSettings();
        if (!isPeerHigher) settings_.identifier = RouterId(0x00010101);
        lone.handle(input::ManualStart{});
    }
    void oursComesUp() { said += lone.handle(input::TcpRequestAcked{kOurs}) + "|"; }
    void theirsComesUp() { said += lone.accepted(kTheirs.value()) + "|"; }
    void openOn(StreamId stream) {
        said += lone.handle(input::OpenReceived{stream, openFor(settings_)}) + "|";
    }
    void keepaliveOn(StreamId stream) { said += lone.handle(input::KeepaliveReceived{stream}) + "|"; }

    Lone lone;
    std::string said;

  private:
    SessionSettings settings_;
};

/// Both connections are up and both OPENs come, in an order given by two bits; then the KEEPALIVE on whatever
/// is left.
StreamId survivor(bool isPeerHigher, bool isOursFirstUp, bool isOursFirstOpened, std::string& said) {
    Collision one(isPeerHigher);
    if (isOursFirstUp) one.oursComesUp();
    one.theirsComesUp();
    if (!isOursFirstUp) one.oursComesUp();
    one.openOn(isOursFirstOpened ? kOurs : kTheirs);
    one.openOn(isOursFirstOpened ? kTheirs : kOurs);
    const StreamId left = one.lone.stream();
    one.keepaliveOn(left);
    EXPECT_TRUE(one.lone.session.isEstablished()) << one.said;
    EXPECT_NE(one.lone.session.owns(kOurs), one.lone.session.owns(kTheirs)) << one.said;
    said = one.said;
    return left;
}

TEST(Rfc4271, Sec6_8_TheConnectionOfTheHigherIdentifierIsKeptInEveryOrder) {
    for (const bool isPeerHigher : {true, false})
        for (const bool isOursFirstUp : {true, false})
            for (const bool isOursFirstOpened : {true, false}) {
                std::string said;
                EXPECT_EQ(survivor(isPeerHigher, isOursFirstUp, isOursFirstOpened, said),
                          isPeerHigher ? kTheirs : kOurs)
                    << said;
                EXPECT_NE(said.find("NOTIFICATION 6/7"), std::string::npos) << said;
            }
}

TEST(Rfc4271, Sec6_8_TheLoserIsToldAndTheSessionGoesOn) {
    Collision one(true);
    one.oursComesUp();
    one.openOn(kOurs);
    one.theirsComesUp();
    EXPECT_EQ(one.lone.stream(), kOurs);
    EXPECT_EQ(one.lone.handle(input::OpenReceived{kTheirs, Lone::open()}),
              "NOTIFICATION 6/7, close, KEEPALIVE@other");
    EXPECT_EQ(one.lone.stream(), kTheirs);
    EXPECT_EQ(one.lone.session.state(), State::OpenConfirm);
    EXPECT_EQ(one.lone.session.connectRetryCounter(), 0U);
    EXPECT_FALSE(one.lone.session.deadline(Timer::IdleHold));
}

TEST(Rfc4271, Sec6_8_AConnectionInOpenSentIsAlreadyCompared) {
    Collision one(true);
    one.oursComesUp();
    one.theirsComesUp();
    EXPECT_EQ(one.lone.handle(input::OpenReceived{kTheirs, Lone::open()}),
              "NOTIFICATION 6/7, close, KEEPALIVE@other");
    EXPECT_FALSE(one.lone.session.owns(kOurs));
}

TEST(Rfc6286, Sec2_3_WithEqualIdentifiersTheHigherAsWins) {
    for (const std::uint32_t number : {65000U, 65002U}) {
        SessionSettings settings = plainSettings();
        settings.remoteAs.number = Asn::number(number);
        OpenMessage open = Lone::open();
        open.identifier = settings.identifier;
        open.capabilities.fourOctetAs = Asn::number(number);
        Lone lone(settings);
        lone.handle(input::ManualStart{});
        lone.handle(input::TcpRequestAcked{kOurs});
        lone.accepted(kTheirs.value());
        lone.handle(input::OpenReceived{kOurs, open});
        lone.handle(input::OpenReceived{kTheirs, open});
        EXPECT_EQ(lone.stream(), number > 65001 ? kTheirs : kOurs);
    }
}

TEST(Rfc4271, Sec6_8_AnEstablishedSessionIsKept) {
    for (const bool isPeerHigher : {true, false}) {
        Collision one(isPeerHigher);
        one.oursComesUp();
        one.openOn(kOurs);
        one.keepaliveOn(kOurs);
        one.theirsComesUp();
        one.said.clear();
        one.openOn(kTheirs);
        EXPECT_EQ(one.said, "NOTIFICATION 6/7@other, close@other|");
        EXPECT_TRUE(one.lone.session.isEstablished());
        EXPECT_EQ(one.lone.stream(), kOurs);
    }
}

TEST(Rfc4271, Sec6_8_WithCollisionDetectEstablishedStateItMayLose) {
    for (const bool isPeerHigher : {true, false}) {
        SessionSettings settings = plainSettings();
        settings.detectsCollisionWhenEstablished = true;
        Collision one(isPeerHigher, settings);
        one.oursComesUp();
        one.openOn(kOurs);
        one.keepaliveOn(kOurs);
        one.theirsComesUp();
        one.said.clear();
        one.openOn(kTheirs);
        EXPECT_EQ(one.said, isPeerHigher ? "NOTIFICATION 6/7, close, down, KEEPALIVE@other|"
                                         : "NOTIFICATION 6/7@other, close@other|");
        EXPECT_EQ(one.lone.session.state(), isPeerHigher ? State::OpenConfirm : State::Established);
    }
}

TEST(BgpCollision, AConnectionThatFailsLeavesTheFieldToTheOther) {
    Collision one(true);
    one.oursComesUp();
    one.theirsComesUp();
    one.lone.handle(input::TcpConnectionFails{kOurs, StreamEnd::ResetByPeer, {}});
    EXPECT_EQ(one.lone.stream(), kTheirs);
    EXPECT_EQ(one.lone.session.state(), State::OpenSent);
    one.openOn(kTheirs);
    one.keepaliveOn(kTheirs);
    EXPECT_TRUE(one.lone.session.isEstablished());
}

TEST(BgpCollision, AnAttemptUnderWayIsGivenUpWhenThePeersConnectionIsEstablished) {
    Collision one(false);
    one.theirsComesUp();
    EXPECT_EQ(one.lone.session.state(), State::OpenSent);
    EXPECT_TRUE(one.lone.session.owns(kOurs));
    one.openOn(kTheirs);
    one.said.clear();
    one.keepaliveOn(kTheirs);
    EXPECT_EQ(one.said, "up, close@other|");
    EXPECT_FALSE(one.lone.session.owns(kOurs));
}

TEST(BgpCollision, AnAttemptUnderWayIsLeftWhenThePeersConnectionFails) {
    Collision one(false);
    one.theirsComesUp();
    one.openOn(kTheirs);
    one.lone.handle(input::TcpConnectionFails{kTheirs, StreamEnd::ResetByPeer, {}});
    EXPECT_EQ(one.lone.session.state(), State::Connect);
    EXPECT_EQ(one.lone.stream(), kOurs);
    EXPECT_TRUE(one.lone.session.deadline(Timer::ConnectRetry));
    EXPECT_FALSE(one.lone.session.deadline(Timer::IdleHold));
    one.oursComesUp();
    one.openOn(kOurs);
    one.keepaliveOn(kOurs);
    EXPECT_TRUE(one.lone.session.isEstablished());
}

TEST(BgpCollision, ASecondConnectionOfThePeerReplacesItsFirst) {
    Collision one(true);
    one.oursComesUp();
    one.theirsComesUp();
    EXPECT_EQ(one.lone.accepted(1001), "NOTIFICATION 6/7@other, close@other, OPEN@other");
    EXPECT_FALSE(one.lone.session.owns(kTheirs));
    EXPECT_TRUE(one.lone.session.owns(StreamId(1001)));
    EXPECT_TRUE(one.lone.session.owns(kOurs));
    SessionSettings settings = plainSettings();
    settings.isPassive = true;
    Lone passive(settings);
    passive.handle(input::ManualStart{});
    passive.accepted(1);
    passive.accepted(2);
    EXPECT_EQ(passive.stream(), StreamId(2));
    EXPECT_EQ(passive.session.state(), State::OpenSent);
}

TEST(BgpCollision, AnAttemptUnderWayIsNotRepeatedBesideAnotherConnection) {
    Collision one(false);
    one.theirsComesUp();
    ASSERT_TRUE(one.lone.session.owns(kOurs));
    EXPECT_EQ(one.lone.wait(Duration::seconds(200)), "");
    EXPECT_TRUE(one.lone.session.owns(kOurs));
}

TEST(BgpCollision, AThirdConnectionReplacesTheSecond) {
    Collision one(true);
    one.theirsComesUp();
    one.openOn(kTheirs);
    one.oursComesUp();
    one.keepaliveOn(kTheirs);
    ASSERT_TRUE(one.lone.session.isEstablished());
    ASSERT_TRUE(one.lone.session.owns(kOurs));
    EXPECT_EQ(one.lone.accepted(1001), "NOTIFICATION 6/7@other, close@other, OPEN@other");
    EXPECT_TRUE(one.lone.session.isEstablished());
    EXPECT_FALSE(one.lone.session.owns(kOurs));
    EXPECT_TRUE(one.lone.session.owns(StreamId(1001)));
}

TEST(BgpCollision, AStopEndsBoth) {
    Collision one(true);
    one.oursComesUp();
    one.theirsComesUp();
    EXPECT_EQ(one.lone.handle(input::ManualStop{}),
              "NOTIFICATION 6/2@other, close@other, NOTIFICATION 6/2, close");
    EXPECT_EQ(one.lone.session.state(), State::Idle);
    EXPECT_FALSE(one.lone.session.owns(kOurs));
    EXPECT_FALSE(one.lone.session.owns(kTheirs));
    EXPECT_TRUE(one.lone.session.nextDeadline().isNever());
}

}  // namespace
}  // namespace peerscape::bgp
