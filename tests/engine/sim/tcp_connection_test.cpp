// Transcripts: what is put in, and what comes out.
#include "engine/sim/tcp_connection.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

#include <gtest/gtest.h>

namespace peerscape {
namespace {

using State = TcpConnection::State;

SimTime atMillisecond(std::int64_t n) { return SimTime::after(Duration::milliseconds(n)); }

Bytes text(std::string_view letters) { return Bytes(letters.begin(), letters.end()); }

constexpr std::uint32_t kOurs = 1'000;    // our initial sequence number
constexpr std::uint32_t kTheirs = 5'000;  // the peer's

/// A connection from port 40001 to 179, with our segments and events as text.
class TcpTranscript : public testing::Test {
  protected:
    /// "FIN,ACK" and so on, as the peer sends it.
    static TcpSegment from(std::string_view flags, std::uint32_t sequence, std::uint32_t acknowledgment,
                           std::string_view payload = "", std::uint16_t window = 65535) {
        TcpSegment segment;
        segment.sourcePort = 179;
        segment.destinationPort = 40001;
        segment.sequence = TcpSequence(sequence);
        segment.acknowledgment = TcpSequence(acknowledgment);
        segment.syn = flags.find('S') != std::string_view::npos;
        segment.fin = flags.find('F') != std::string_view::npos;
        segment.rst = flags.find('R') != std::string_view::npos;
        segment.ack = flags.find('A') != std::string_view::npos;
        segment.window = window;
        segment.payload = text(payload);
        return segment;
    }

    static std::string told(const TcpOutput& out) {
        std::string lines;
        for (const TcpSegment& segment : out.segments) {
            EXPECT_EQ(segment.sourcePort, 40001);
            EXPECT_EQ(segment.destinationPort, 179);
            lines += toString(segment) + "\n";
        }
        if (out.opened) lines += "opened\n";
        if (!out.received.empty())
            lines += "got " + std::string(out.received.begin(), out.received.end()) + "\n";
        if (out.closed) lines += "closed " + std::to_string(static_cast<int>(*out.closed)) + "\n";
        return lines;
    }
    static std::string closedAs(StreamEnd why) {
        return "closed " + std::to_string(static_cast<int>(why)) + "\n";
    }

    std::string open() {
        TcpOutput out;
        tcp.open(now, out);
        return told(out);
    }
    std::string accept(const TcpSegment& syn) {
        TcpOutput out;
        tcp.accept(now, syn, out);
        return told(out);
    }
    std::string send(std::string_view bytes) {
        TcpOutput out;
        tcp.send(now, text(bytes), out);
        return told(out);
    }
    std::string close() {
        TcpOutput out;
        tcp.close(now, out);
        return told(out);
    }
    std::string reset() {
        TcpOutput out;
        tcp.reset(out);
        return told(out);
    }
    std::string receive(const TcpSegment& segment) {
        TcpOutput out;
        tcp.receive(now, segment, out);
        return told(out);
    }
    /// Lets time pass until the next deadline.
    std::string sleep() {
        now = tcp.nextDeadline();
        TcpOutput out;
        tcp.wake(now, out);
        return told(out);
    }
    void establish(std::uint16_t window = 65535) {
        open();
        receive(from("SA", kTheirs, kOurs + 1, "", window));
        ASSERT_EQ(tcp.state(), State::Established);
    }

    SimTime now = atMillisecond(0);
    TcpConnection tcp{TcpSettings{}, 40001, 179, TcpSequence(kOurs)};
};

TEST_F(TcpTranscript, ActiveOpen) {
    EXPECT_EQ(open(), "SYN seq 1000 win 65535 mss 1460 len 0\n");
    EXPECT_EQ(tcp.state(), State::SynSent);
    now = atMillisecond(10);
    EXPECT_EQ(receive(from("SA", kTheirs, kOurs + 1)), "ACK seq 1001 ack 5001 win 65535 len 0\nopened\n");
    EXPECT_EQ(tcp.state(), State::Established);
    EXPECT_TRUE(tcp.nextDeadline().isNever());
    EXPECT_FALSE(tcp.isSending());
}

TEST_F(TcpTranscript, PassiveOpen) {
    EXPECT_EQ(accept(from("S", kTheirs, 0)), "SYN,ACK seq 1000 ack 5001 win 65535 mss 1460 len 0\n");
    EXPECT_EQ(tcp.state(), State::SynReceived);
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1)), "opened\n");
    EXPECT_EQ(tcp.state(), State::Established);
}

TEST_F(TcpTranscript, PassiveOpenWhenTheFirstDataArrivesInPlaceOfTheAcknowledgment) {
    accept(from("S", kTheirs, 0));
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1, "hi")),
              "ACK seq 1001 ack 5003 win 65535 len 0\nopened\ngot hi\n");
}

TEST_F(TcpTranscript, PassiveOpenAnswersARepeatedSynAgain) {
    accept(from("S", kTheirs, 0));
    EXPECT_EQ(receive(from("S", kTheirs, 0)), "SYN,ACK seq 1000 ack 5001 win 65535 mss 1460 len 0\n");
}

TEST_F(TcpTranscript, PassiveOpenRefusesAWrongAcknowledgment) {
    accept(from("S", kTheirs, 0));
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 2)), "RST seq 1002 win 0 len 0\n");
    EXPECT_EQ(tcp.state(), State::SynReceived);
}

TEST_F(TcpTranscript, PassiveOpenThatIsResetVanishesSilently) {
    accept(from("S", kTheirs, 0));
    EXPECT_EQ(receive(from("R", kTheirs + 1, 0)), "");
    EXPECT_TRUE(tcp.isFinished());
}

// RFC 9293 section 3.5, figure 7.
TEST_F(TcpTranscript, SimultaneousOpen) {
    open();
    EXPECT_EQ(receive(from("S", kTheirs, 0)), "SYN,ACK seq 1000 ack 5001 win 65535 mss 1460 len 0\n");
    EXPECT_EQ(tcp.state(), State::SynReceived);
    EXPECT_EQ(receive(from("SA", kTheirs, kOurs + 1)), "ACK seq 1001 ack 5001 win 65535 len 0\nopened\n");
    EXPECT_EQ(tcp.state(), State::Established);
}

TEST_F(TcpTranscript, DataQueuedBeforeTheHandshakeFollowsIt) {
    open();
    EXPECT_EQ(send("early"), "");
    EXPECT_TRUE(tcp.isSending());
    EXPECT_EQ(receive(from("SA", kTheirs, kOurs + 1)),
              "ACK seq 1001 ack 5001 win 65535 len 0\nPSH,ACK seq 1001 ack 5001 win 65535 len 5\nopened\n");
}

TEST_F(TcpTranscript, NobodyListens) {
    open();
    EXPECT_EQ(receive(from("RA", 0, kOurs)), "");  // does not acknowledge our SYN: not believed
    EXPECT_EQ(receive(from("R", 0, 0)), "");
    EXPECT_EQ(tcp.state(), State::SynSent);
    EXPECT_EQ(receive(from("RA", 0, kOurs + 1)), closedAs(StreamEnd::Refused));
    EXPECT_TRUE(tcp.isFinished());
}

// RFC 9293 section 3.5.1, figure 8: an old duplicate.
TEST_F(TcpTranscript, AWrongAcknowledgmentOfTheSynIsReset) {
    open();
    EXPECT_EQ(receive(from("A", 90, 91)), "RST seq 91 win 0 len 0\n");
    EXPECT_EQ(tcp.state(), State::SynSent);
}

TEST_F(TcpTranscript, TheSynIsRepeatedSixTimesWithDoubledPatience) {
    open();
    std::string instants;
    while (!tcp.isFinished()) {
        const std::string last = sleep();
        instants += std::to_string(now.count() / 1'000'000'000) + " ";
        EXPECT_EQ(last, tcp.isFinished() ? closedAs(StreamEnd::TimedOut)
                                         : "SYN seq 1000 win 65535 mss 1460 len 0\n");
    }
    EXPECT_EQ(instants, "1 3 7 15 31 63 127 ");
    EXPECT_TRUE(tcp.nextDeadline().isNever());
}

TEST_F(TcpTranscript, DataIsRepeatedFifteenTimesAndThenGivenUp) {
    establish();
    EXPECT_EQ(send("x"), "PSH,ACK seq 1001 ack 5001 win 65535 len 1\n");
    int repeats = 0;
    std::string last;
    while (!tcp.isFinished()) {
        last = sleep();
        if (!tcp.isFinished()) ++repeats;
    }
    EXPECT_EQ(repeats, 15);
    EXPECT_EQ(last, closedAs(StreamEnd::TimedOut));
    // 200 ms doubled up to 120 s: 0.2 * (2^10 - 1) + 6 * 120 s, as on Linux.
    EXPECT_EQ(now, atMillisecond(924'600));
}

TEST_F(TcpTranscript, OnlyAnOpenConnectionHasBytesToWaitFor) {
    open();
    EXPECT_TRUE(tcp.isSending());
    EXPECT_FALSE(tcp.isDelivering()) << "a SYN may be repeated for long";
    receive(from("SA", kTheirs, kOurs + 1));
    EXPECT_FALSE(tcp.isDelivering());
    send("x");
    EXPECT_TRUE(tcp.isDelivering());
    close();
    EXPECT_TRUE(tcp.isSending());
    EXPECT_TRUE(tcp.isDelivering()) << "last words may still arrive";
    for (int repeated = 0; repeated < 5; ++repeated)
        sleep();
    EXPECT_TRUE(tcp.isSending());
    EXPECT_FALSE(tcp.isDelivering()) << "nobody is there to hear them";
}

TEST_F(TcpTranscript, SignsOfLifeAreNotWaitedFor) {
    establish();
    TcpOutput out;
    tcp.send(now, Bytes{1, 2}, out, false);
    EXPECT_TRUE(tcp.isSending());
    EXPECT_FALSE(tcp.isDelivering());
    tcp.send(now, Bytes{3}, out, true);
    tcp.send(now, Bytes{4, 5}, out, false);
    EXPECT_TRUE(tcp.isDelivering());
    receive(from("A", kTheirs + 1, kOurs + 1 + 2));
    EXPECT_TRUE(tcp.isDelivering()) << "only what was before the news has arrived";
    receive(from("A", kTheirs + 1, kOurs + 1 + 3));
    EXPECT_TRUE(tcp.isSending());
    EXPECT_FALSE(tcp.isDelivering());
}

TEST_F(TcpTranscript, ARepeatedSegmentTellsNothingAboutTheRoundTrip) {
    establish();
    send("x");
    sleep();  // after 200 ms: the handshake took no time
    now = now + Duration::seconds(50);
    receive(from("A", kTheirs + 1, kOurs + 2));
    EXPECT_FALSE(tcp.isSending());
    send("y");
    EXPECT_EQ(tcp.nextDeadline() - now, Duration::milliseconds(200));
}

TEST_F(TcpTranscript, TheRoundTripOfTheFirstSegmentUnderWayIsMeasured) {
    establish();
    send("x");
    now = atMillisecond(100);
    send("y");
    now = atMillisecond(180);
    receive(from("A", kTheirs + 1, kOurs + 2));
    // Handshake 0 ms, this one 180 ms: smoothed 22.5 ms, variation 45 ms.
    EXPECT_EQ(tcp.nextDeadline() - now, Duration::microseconds(22'500 + 4 * 45'000));
}

// RFC 6298 section 5.7.
TEST_F(TcpTranscript, AfterASlowHandshakeThreeSecondsAreAllowed) {
    open();
    sleep();
    receive(from("SA", kTheirs, kOurs + 1));
    send("x");
    EXPECT_EQ(tcp.nextDeadline() - now, Duration::seconds(3));
}

TEST_F(TcpTranscript, DataIsCutIntoSegmentsOfThePeersSize) {
    open();
    TcpSegment answer = from("SA", kTheirs, kOurs + 1);
    answer.maximumSegmentSize = 100;
    receive(answer);
    EXPECT_EQ(send(std::string(250, 'x')),
              "ACK seq 1001 ack 5001 win 65535 len 100\nACK seq 1101 ack 5001 win 65535 len 100\nPSH,ACK seq "
              "1201 ack 5001 win 65535 len 50\n");
}

TEST_F(TcpTranscript, APeerThatDoesNotSayItsSegmentSizeGetsTheAssumedOne) {
    establish();
    EXPECT_EQ(send(std::string(600, 'x')),
              "ACK seq 1001 ack 5001 win 65535 len 536\nPSH,ACK seq 1537 ack 5001 win 65535 len 64\n");
}

TEST_F(TcpTranscript, ThePeersWindowIsRespected) {
    establish(1'000);
    EXPECT_EQ(send(std::string(3'000, 'x')),
              "ACK seq 1001 ack 5001 win 65535 len 536\n");  // 464 more would be a silly part
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1 + 536, "", 1'000)),
              "ACK seq 1537 ack 5001 win 65535 len 536\n");
}

TEST_F(TcpTranscript, ThreeDuplicateAcknowledgmentsMeanLoss) {
    establish();
    send(std::string(536 * 5, 'x'));
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1)), "");
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1)), "");
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1)), "ACK seq 1001 ack 5001 win 65535 len 536\n");
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1)), "");
    // It fills one hole and shows the next (RFC 6582 section 3.2).
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1 + 2 * 536)),
              "ACK seq 2073 ack 5001 win 65535 len 536\n");
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1 + 5 * 536)), "");
    EXPECT_FALSE(tcp.isSending());
    EXPECT_TRUE(tcp.nextDeadline().isNever());
}

TEST_F(TcpTranscript, DuplicatesAreCountedAnewAfterEveryProgress) {
    establish();
    send(std::string(536 * 5, 'x'));
    receive(from("A", kTheirs + 1, kOurs + 1));
    receive(from("A", kTheirs + 1, kOurs + 1));
    receive(from("A", kTheirs + 1, kOurs + 1 + 536));
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1 + 536)), "");
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1 + 536)), "");
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1 + 536)), "ACK seq 1537 ack 5001 win 65535 len 536\n");
}

TEST_F(TcpTranscript, AShutWindowIsProbedUntilItOpens) {
    establish(0);
    EXPECT_EQ(send("abc"), "");
    for (int i = 0; i < 40; ++i) {
        // Much longer than a silent peer would be believed to live: this one answers.
        EXPECT_EQ(sleep(), "ACK seq 1001 ack 5001 win 65535 len 1\n") << i;
        EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1, "", 0)), "");
    }
    EXPECT_GT(now, atMillisecond(1'000'000));
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1, "", 500)),
              "ACK seq 1001 ack 5001 win 65535 len 1\nPSH,ACK seq 1002 ack 5001 win 65535 len 2\n");
    receive(from("A", kTheirs + 1, kOurs + 4, "", 500));
    EXPECT_FALSE(tcp.isSending());
}

TEST_F(TcpTranscript, RepeatedAnswersOfAShutWindowAreNoSignOfLoss) {
    establish(0);
    send("abc");
    sleep();
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1, "", 0)), "");
}

TEST_F(TcpTranscript, AShutWindowAndASilentPeerEndInATimeOut) {
    establish(0);
    send("abc");
    std::string last;
    for (int i = 0; i < 100 && !tcp.isFinished(); ++i)
        last = sleep();
    EXPECT_EQ(last, closedAs(StreamEnd::TimedOut));
}

TEST_F(TcpTranscript, BytesArriveInOrderWhateverTheOrderOfSegments) {
    establish();
    EXPECT_EQ(receive(from("A", kTheirs + 4, kOurs + 1, "def")), "ACK seq 1001 ack 5001 win 65535 len 0\n");
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1, "abcd")),
              "ACK seq 1001 ack 5007 win 65535 len 0\ngot abcdef\n");
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1, "abcd")), "ACK seq 1001 ack 5007 win 65535 len 0\n");
    EXPECT_EQ(receive(from("A", kTheirs + 5, kOurs + 1, "efgh")),
              "ACK seq 1001 ack 5009 win 65535 len 0\ngot gh\n");
    EXPECT_EQ(tcp.receivedBytes(), 8U);
}

TEST_F(TcpTranscript, ActiveClose) {
    establish();
    EXPECT_EQ(close(), "FIN,ACK seq 1001 ack 5001 win 65535 len 0\n");
    EXPECT_EQ(tcp.state(), State::FinWait1);
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 2)), "");
    EXPECT_EQ(tcp.state(), State::FinWait2);
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 2, "more")),
              "ACK seq 1002 ack 5005 win 65535 len 0\ngot more\n");
    EXPECT_EQ(receive(from("FA", kTheirs + 5, kOurs + 2)),
              "ACK seq 1002 ack 5006 win 65535 len 0\n" + closedAs(StreamEnd::ClosedByPeer));
    EXPECT_EQ(tcp.state(), State::TimeWait);
    // The peer's FIN again: our acknowledgement got lost.
    now = atMillisecond(30'000);
    EXPECT_EQ(receive(from("FA", kTheirs + 5, kOurs + 2)), "ACK seq 1002 ack 5006 win 65535 len 0\n");
    EXPECT_EQ(sleep(), "");
    EXPECT_EQ(now, atMillisecond(90'000));
    EXPECT_TRUE(tcp.isFinished());
}

TEST_F(TcpTranscript, TheFinTravelsWithTheLastBytes) {
    establish(4);
    EXPECT_EQ(send("abcdef"), "ACK seq 1001 ack 5001 win 65535 len 4\n");
    EXPECT_EQ(close(), "");
    EXPECT_EQ(send("too late"), "");
    EXPECT_EQ(tcp.state(), State::Established);
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 5, "", 4)),
              "FIN,PSH,ACK seq 1005 ack 5001 win 65535 len 2\n");
    EXPECT_EQ(tcp.state(), State::FinWait1);
    EXPECT_EQ(sleep(), "FIN,PSH,ACK seq 1005 ack 5001 win 65535 len 2\n");
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 7, "", 4)),
              "FIN,ACK seq 1007 ack 5001 win 65535 len 0\n");
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 8, "", 4)), "");
    EXPECT_EQ(tcp.state(), State::FinWait2);
    EXPECT_EQ(tcp.acknowledgedBytes(), 6U);
}

TEST_F(TcpTranscript, PassiveClose) {
    establish();
    EXPECT_EQ(receive(from("FA", kTheirs + 1, kOurs + 1, "bye")),
              "ACK seq 1001 ack 5005 win 65535 len 0\ngot bye\n" + closedAs(StreamEnd::ClosedByPeer));
    EXPECT_EQ(tcp.state(), State::CloseWait);
    EXPECT_EQ(send("ok"), "PSH,ACK seq 1001 ack 5005 win 65535 len 2\n");  // half-closed: our way is open
    EXPECT_EQ(close(), "FIN,ACK seq 1003 ack 5005 win 65535 len 0\n");
    EXPECT_EQ(tcp.state(), State::LastAck);
    EXPECT_EQ(receive(from("A", kTheirs + 5, kOurs + 4)), "");
    EXPECT_TRUE(tcp.isFinished());
    EXPECT_TRUE(tcp.nextDeadline().isNever());
}

TEST_F(TcpTranscript, AFinThatComesEarlyWaitsForTheBytesBeforeIt) {
    establish();
    EXPECT_EQ(receive(from("FA", kTheirs + 4, kOurs + 1, "d")), "ACK seq 1001 ack 5001 win 65535 len 0\n");
    EXPECT_EQ(tcp.state(), State::Established);
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1, "abc")),
              "ACK seq 1001 ack 5006 win 65535 len 0\ngot abcd\n" + closedAs(StreamEnd::ClosedByPeer));
}

// RFC 9293 section 3.6, figure 13.
TEST_F(TcpTranscript, SimultaneousClose) {
    establish();
    close();
    EXPECT_EQ(receive(from("FA", kTheirs + 1, kOurs + 1)),
              "ACK seq 1002 ack 5002 win 65535 len 0\n" + closedAs(StreamEnd::ClosedByPeer));
    EXPECT_EQ(tcp.state(), State::Closing);
    EXPECT_EQ(receive(from("A", kTheirs + 2, kOurs + 2)), "");
    EXPECT_EQ(tcp.state(), State::TimeWait);
    EXPECT_EQ(sleep(), "");
    EXPECT_EQ(now, atMillisecond(60'000));
    EXPECT_TRUE(tcp.isFinished());
}

TEST_F(TcpTranscript, APeerThatNeverClosesIsLeftAfterAMinute) {
    establish();
    close();
    receive(from("A", kTheirs + 1, kOurs + 2));
    now = atMillisecond(50'000);
    receive(from("A", kTheirs + 1, kOurs + 2, "still here"));
    EXPECT_EQ(sleep(), closedAs(StreamEnd::TimedOut));
    EXPECT_EQ(now, atMillisecond(110'000));
}

TEST_F(TcpTranscript, CloseBeforeTheAnswerEndsSilently) {
    open();
    EXPECT_EQ(close(), "");
    EXPECT_TRUE(tcp.isFinished());
    EXPECT_FALSE(tcp.isSending());
    EXPECT_TRUE(tcp.nextDeadline().isNever());
    EXPECT_EQ(receive(from("SA", kTheirs, kOurs + 1)), "RST seq 1001 win 0 len 0\n");
}

TEST_F(TcpTranscript, ResetTellsThePeer) {
    establish();
    send("x");
    EXPECT_EQ(reset(), "RST seq 1002 win 0 len 0\n");
    EXPECT_TRUE(tcp.isFinished());
    EXPECT_EQ(send("y"), "");
    EXPECT_EQ(reset(), "");
}

TEST_F(TcpTranscript, AbandoningSaysNothingToThePeer) {
    establish();
    TcpOutput out;
    tcp.abandon(StreamEnd::LocalAddressGone, out);
    EXPECT_EQ(told(out), closedAs(StreamEnd::LocalAddressGone));
    TcpOutput again;
    tcp.abandon(StreamEnd::NoRoute, again);
    EXPECT_EQ(told(again), "");
}

// RFC 5961 section 3.2.
TEST_F(TcpTranscript, OnlyAResetThatHitsExactlyIsBelieved) {
    establish();
    EXPECT_EQ(receive(from("R", kTheirs + 1 + 70'000, 0)), "");  // outside the window
    EXPECT_EQ(receive(from("R", kTheirs + 2, 0)), "ACK seq 1001 ack 5001 win 65535 len 0\n");  // challenged
    EXPECT_EQ(receive(from("R", kTheirs + 1, 0)), closedAs(StreamEnd::ResetByPeer));
    EXPECT_TRUE(tcp.isFinished());
}

// RFC 5961 section 4: a peer that restarted and opens again with the same ports.
TEST_F(TcpTranscript, ASynInsideAConnectionIsChallenged) {
    establish();
    EXPECT_EQ(receive(from("S", kTheirs + 100, 0)), "ACK seq 1001 ack 5001 win 65535 len 0\n");
    EXPECT_EQ(receive(from("S", 4'000'000'000, 0)), "ACK seq 1001 ack 5001 win 65535 len 0\n");
    EXPECT_EQ(tcp.state(), State::Established);
}

// RFC 5961 section 5.
TEST_F(TcpTranscript, AcknowledgmentsOfWhatWasNeverSentAreRefused) {
    establish();
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 500, "evil")),
              "ACK seq 1001 ack 5001 win 65535 len 0\n");
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1 - 70'000, "evil")),
              "ACK seq 1001 ack 5001 win 65535 len 0\n");
    EXPECT_EQ(tcp.receivedBytes(), 0U);
}

TEST_F(TcpTranscript, EmptyNonsenseIsAnsweredTwiceASecondAtMost) {
    establish();
    EXPECT_EQ(receive(from("A", kTheirs + 1 + 100'000, kOurs + 1)),
              "ACK seq 1001 ack 5001 win 65535 len 0\n");
    EXPECT_EQ(receive(from("A", kTheirs + 1 + 100'000, kOurs + 1)), "");
    now = atMillisecond(500);
    EXPECT_EQ(receive(from("A", kTheirs + 1 + 100'000, kOurs + 1)),
              "ACK seq 1001 ack 5001 win 65535 len 0\n");
}

TEST_F(TcpTranscript, WhatLiesBehindOurWindowIsCutOff) {
    TcpSettings small;
    small.receiveWindow = 4;
    tcp = TcpConnection(small, 40001, 179, TcpSequence(kOurs));
    establish();
    EXPECT_EQ(receive(from("FA", kTheirs + 1, kOurs + 1, "abcdef")),
              "ACK seq 1001 ack 5005 win 4 len 0\ngot abcd\n");
    // The FIN was cut off with the last bytes: it must come again.
    EXPECT_EQ(receive(from("A", kTheirs + 5, kOurs + 1, "ef")),
              "ACK seq 1001 ack 5007 win 4 len 0\ngot ef\n");
    EXPECT_EQ(tcp.state(), State::Established);
}

TEST_F(TcpTranscript, AnOwnerThatDoesNotReadShutsTheWindow) {
    TcpSettings small;
    small.receiveWindow = 4;
    tcp = TcpConnection(small, 40001, 179, TcpSequence(kOurs));
    establish();
    tcp.stopReading();
    EXPECT_FALSE(tcp.hasUnread());
    EXPECT_EQ(receive(from("A", kTheirs + 1, kOurs + 1, "abc")),
              "ACK seq 1001 ack 5004 win 1 len 0\ngot abc\n");
    EXPECT_EQ(receive(from("A", kTheirs + 4, kOurs + 1, "def")),
              "ACK seq 1001 ack 5005 win 0 len 0\ngot d\n");
    // A probe is answered, and takes nothing (RFC 9293 section 3.8.6.1).
    EXPECT_EQ(receive(from("A", kTheirs + 5, kOurs + 1, "e")), "ACK seq 1001 ack 5005 win 0 len 0\n");
    EXPECT_TRUE(tcp.hasUnread());
    // What says nothing but acknowledges is still heard (RFC 9293 section 3.4, table 6).
    send("hi");
    EXPECT_TRUE(tcp.isSending());
    receive(from("A", kTheirs + 5, kOurs + 3));
    EXPECT_FALSE(tcp.isSending());
    TcpOutput out;
    tcp.resumeReading(out);
    EXPECT_EQ(told(out), "ACK seq 1003 ack 5005 win 4 len 0\n");
    EXPECT_EQ(receive(from("A", kTheirs + 5, kOurs + 3, "ef")),
              "ACK seq 1003 ack 5007 win 4 len 0\ngot ef\n");
}

TEST_F(TcpTranscript, AnOpenWindowIsNotSaidTwice) {
    establish();
    tcp.stopReading();
    TcpOutput out;
    tcp.resumeReading(out);
    EXPECT_EQ(told(out), "");
}

TEST_F(TcpTranscript, LastWordsToAShutWindowAreNotWaitedFor) {
    establish(0);
    send("abc");
    EXPECT_TRUE(tcp.isDelivering());
    close();
    EXPECT_FALSE(tcp.isDelivering());
    EXPECT_TRUE(tcp.isSending());
}

TEST_F(TcpTranscript, SequenceNumbersWrap) {
    tcp = TcpConnection(TcpSettings{}, 40001, 179, TcpSequence(0xfffffffe));
    open();
    receive(from("SA", 0xffffffff, 0xffffffff));
    EXPECT_EQ(tcp.state(), State::Established);
    EXPECT_EQ(send("abcd"), "PSH,ACK seq 4294967295 ack 0 win 65535 len 4\n");
    EXPECT_EQ(receive(from("A", 0, 3, "xyz")), "ACK seq 3 ack 3 win 65535 len 0\ngot xyz\n");
    EXPECT_FALSE(tcp.isSending());
}

TEST_F(TcpTranscript, AnOvertakenSegmentDoesNotBringBackAnOldWindow) {
    establish(100);
    receive(from("A", kTheirs + 6, kOurs + 1, "later", 100));
    receive(from("A", kTheirs + 1, kOurs + 1, "older", 0));
    EXPECT_EQ(send("more"), "PSH,ACK seq 1001 ack 5011 win 65535 len 4\n");
}

TEST_F(TcpTranscript, ACopyGoesOnAsTheOriginal) {
    establish();
    send("abc");
    TcpConnection copy = tcp;
    const std::string original = sleep();
    TcpOutput out;
    copy.wake(now, out);
    EXPECT_EQ(told(out), original);
    EXPECT_EQ(copy.nextDeadline(), tcp.nextDeadline());
}

TEST_F(TcpTranscript, WakingEarlyHasNoEffect) {
    establish();
    send("abc");
    TcpOutput out;
    tcp.wake(now, out);
    EXPECT_EQ(told(out), "");
}

TEST(TcpConnection, StatesAreNamedAsTheRfcDoes) {
    EXPECT_EQ(toString(State::SynReceived), "SYN-RECEIVED");
    EXPECT_EQ(toString(State::FinWait1), "FIN-WAIT-1");
    EXPECT_EQ(toString(State::Closed), "CLOSED");
}

}  // namespace
}  // namespace peerscape
