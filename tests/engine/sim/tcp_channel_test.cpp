// Two connections over a bad line: whatever it does, bytes arrive in order, exactly once, and both ends
// close.
#include <array>
#include <map>
#include <utility>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "engine/sim/tcp_connection.hpp"

namespace peerscape {
namespace {

struct LossyLine {
    std::uint64_t lossPercent = 0;
    std::uint64_t doublePercent = 0;
    Duration least = Duration::milliseconds(1);
    Duration most = Duration::milliseconds(1);  ///< more than `least`: segments overtake each other
    SimTime cutFrom = SimTime::never();         ///< nothing passes any more
};

/// Two ends, the line between them, and owners that write pieces of random sizes at random times, and then
/// close.
class ChannelPair {
  public:
    ChannelPair(std::uint64_t seed, const LossyLine& line, std::array<Bytes, 2> texts)
        : random_(seed, "pair", "line"), line_(line), texts_(std::move(texts)), ends_{end(0), end(1)} {}

    void open(bool fromBothSides) {
        bothOpen_ = fromBothSides;
        act(0, [this](TcpOutput& out) { ends_[0].open(now_, out); });
        if (fromBothSides) act(1, [this](TcpOutput& out) { ends_[1].open(now_, out); });
    }

    /// Runs until nothing will happen any more.
    void run() {
        for (int steps = 0; steps < 200'000; ++steps) {
            const SimTime next = std::min(
                {arrivalTime(), ends_[0].nextDeadline(), ends_[1].nextDeadline(), writes_[0], writes_[1]});
            if (next.isNever()) return;
            now_ = next;
            if (arrivalTime() == now_) {
                arrive();
            } else if (const int writer = writes_[0] == now_ ? 0 : 1; writes_[writer] == now_) {
                write(writer);
            } else {
                const int sleeper = ends_[0].nextDeadline() == now_ ? 0 : 1;
                act(sleeper, [&](TcpOutput& out) { ends_[sleeper].wake(now_, out); });
            }
        }
        ADD_FAILURE() << "does not come to an end";
    }

    const Bytes& received(int side) const { return received_[side]; }
    std::optional<StreamEnd> closed(int side) const { return closed_[side]; }
    bool isFinished(int side) const { return ends_[side].isFinished(); }
    int opened(int side) const { return opened_[side]; }
    SimTime now() const { return now_; }
    std::uint64_t segments() const { return segments_; }
    std::uint64_t payloadBytes() const { return payloadBytes_; }

  private:
    TcpConnection end(int side) {
        TcpSettings settings;
        settings.maximumSegmentSize = static_cast<std::uint16_t>(1 + random_.below(300));
        settings.assumedSegmentSize = settings.maximumSegmentSize;
        settings.receiveWindow = static_cast<std::uint16_t>(1 + random_.below(2'000));
        settings.finWait2 = Duration::hours(10);  // here every peer closes in the end
        // Numbers near the wrap, often.
        const auto first =
            static_cast<std::uint32_t>(random_.below(2) == 0 ? random_.next() : 0U - random_.below(500));
        return TcpConnection(settings, side == 0 ? 40001 : 179, side == 0 ? 179 : 40001, TcpSequence(first));
    }

    template <typename Action>
    void act(int side, Action action) {
        TcpOutput out;
        action(out);
        for (const TcpSegment& segment : out.segments)
            transmit(side, segment);
        if (out.opened) {
            ++opened_[side];
            writes_[side] = now_;
        }
        received_[side].insert(received_[side].end(), out.received.begin(), out.received.end());
        if (out.closed) {
            EXPECT_FALSE(closed_[side].has_value()) << "an end was told twice";
            closed_[side] = out.closed;
        }
    }

    void transmit(int side, const TcpSegment& segment) {
        ++segments_;
        payloadBytes_ += segment.payload.size();
        if (now_ >= line_.cutFrom || random_.below(100) < line_.lossPercent) return;
        const int copies = random_.below(100) < line_.doublePercent ? 2 : 1;
        for (int i = 0; i < copies; ++i) {
            underWay_.emplace(std::pair(now_ + random_.between(line_.least, line_.most), number_++),
                              std::pair(1 - side, segment.encode(address(side), address(1 - side))));
        }
    }

    void arrive() {
        const auto [side, bytes] = std::move(underWay_.begin()->second);
        underWay_.erase(underWay_.begin());
        const auto segment = TcpSegment::decode(bytes, address(1 - side), address(side));
        ASSERT_TRUE(segment.has_value());
        act(side, [&, to = side](TcpOutput& out) {
            const bool isNew = ends_[to].state() == TcpConnection::State::Closed && !ends_[to].isFinished();
            if (isNew && to == 1 && !bothOpen_ && segment->syn && !segment->ack) {
                ends_[to].accept(now_, *segment, out);
            } else {
                ends_[to].receive(now_, *segment, out);
            }
        });
    }

    void write(int side) {
        const Bytes& text = texts_[side];
        const std::size_t size = std::min<std::size_t>(1 + random_.below(700), text.size() - written_[side]);
        const ByteView piece = ByteView(text).subspan(written_[side], size);
        written_[side] += size;
        const bool isLast = written_[side] == text.size();
        writes_[side] = isLast ? SimTime::never()
                               : now_ + Duration::milliseconds(static_cast<std::int64_t>(random_.below(50)));
        act(side, [&](TcpOutput& out) {
            ends_[side].send(now_, piece, out);
            if (isLast) ends_[side].close(now_, out);
        });
    }

    SimTime arrivalTime() const {
        return underWay_.empty() ? SimTime::never() : underWay_.begin()->first.first;
    }
    static IpAddress address(int side) {
        return IpAddress::v4(0x0a000001U + static_cast<std::uint32_t>(side));
    }

    RandomStream random_;
    LossyLine line_;
    std::array<Bytes, 2> texts_;
    std::array<TcpConnection, 2> ends_;
    bool bothOpen_ = false;
    SimTime now_;
    std::map<std::pair<SimTime, std::uint64_t>, std::pair<int, Bytes>> underWay_;
    std::uint64_t number_ = 0;
    std::uint64_t segments_ = 0;
    std::uint64_t payloadBytes_ = 0;
    std::array<SimTime, 2> writes_{SimTime::never(), SimTime::never()};
    std::array<std::size_t, 2> written_{};
    std::array<Bytes, 2> received_;
    std::array<std::optional<StreamEnd>, 2> closed_;
    std::array<int, 2> opened_{};
};

Bytes someText(RandomStream& random, std::size_t most) {
    Bytes text(random.below(most + 1));
    for (auto& byte : text)
        byte = static_cast<std::uint8_t>(random.next());
    return text;
}

LossyLine someLine(RandomStream& random) {
    LossyLine line;
    line.lossPercent = random.below(3) == 0 ? 0 : random.below(31);
    line.doublePercent = random.below(30);
    line.least = Duration::microseconds(static_cast<std::int64_t>(random.below(20'000)));
    line.most = line.least +
                Duration::microseconds(static_cast<std::int64_t>(random.below(2) * random.below(100'000)));
    return line;
}

TEST(TcpChannel, EverythingArrivesOnceAndInOrderAndBothEndsClose) {
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
        RandomStream random(seed, "test", "channel");
        const std::array<Bytes, 2> texts{someText(random, 8'000), someText(random, 8'000)};
        ChannelPair pair(seed, someLine(random), texts);
        pair.open(random.below(3) == 0);
        pair.run();
        for (const int side : {0, 1}) {
            ASSERT_EQ(pair.received(side), texts[1 - side]) << "seed " << seed << " side " << side;
            ASSERT_EQ(pair.opened(side), 1) << "seed " << seed;
            ASSERT_EQ(pair.closed(side), StreamEnd::ClosedByPeer) << "seed " << seed << " side " << side;
            ASSERT_TRUE(pair.isFinished(side)) << "seed " << seed;
        }
    }
}

TEST(TcpChannel, TheSameSeedGivesTheSameRun) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const std::array<Bytes, 2> texts{Bytes(5'000, 1), Bytes(3'000, 2)};
        LossyLine line;
        line.lossPercent = 15;
        line.most = Duration::milliseconds(20);
        ChannelPair first(seed, line, texts);
        ChannelPair second(seed, line, texts);
        for (ChannelPair* pair : {&first, &second}) {
            pair->open(false);
            pair->run();
        }
        EXPECT_EQ(first.now(), second.now());
        EXPECT_EQ(first.segments(), second.segments());
    }
}

TEST(TcpChannel, AGoodLineNeedsNoRepetition) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const std::array<Bytes, 2> texts{Bytes(8'000, 1), Bytes(500, 2)};
        ChannelPair pair(seed, LossyLine{}, texts);
        pair.open(false);
        pair.run();
        EXPECT_EQ(pair.received(1), texts[0]);
        EXPECT_EQ(pair.payloadBytes(), 8'500U) << seed;
        EXPECT_LT(pair.now(), SimTime::after(Duration::seconds(120))) << seed;
    }
}

TEST(TcpChannel, ALineThatDiesEndsInATimeOut) {
    int timedOut = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        RandomStream random(seed, "test", "blackout");
        LossyLine line = someLine(random);
        line.cutFrom = SimTime::after(Duration::milliseconds(static_cast<std::int64_t>(random.below(300))));
        const std::array<Bytes, 2> texts{Bytes(50'000, 1), Bytes(50'000, 2)};
        ChannelPair pair(seed, line, texts);
        pair.open(false);
        pair.run();
        EXPECT_EQ(pair.closed(0), StreamEnd::TimedOut) << seed;
        EXPECT_TRUE(pair.isFinished(0)) << seed;
        for (const int side : {0, 1}) {
            // What came before is right.
            const Bytes& got = pair.received(side);
            const Bytes& sent = texts[1 - side];
            ASSERT_LE(got.size(), sent.size());
            EXPECT_TRUE(std::equal(got.begin(), got.end(), sent.begin())) << seed;
        }
        if (pair.closed(1) == StreamEnd::TimedOut) ++timedOut;
    }
    EXPECT_GT(timedOut, 50);  // the other end too, where it had come up
}

}  // namespace
}  // namespace peerscape
