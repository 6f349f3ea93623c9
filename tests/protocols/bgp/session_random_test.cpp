// A session whose peer, process and network say anything at any time.
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/protocols/bgp/session_helpers.hpp"
#include "tests/seed_count.hpp"

namespace peerscape::bgp {
namespace {

/// Follows the effects of one session: nothing is sent where there is no connection, nobody comes up twice.
class Watcher {
  public:
    void watch(const SessionOutbox& out) {
        for (const SessionEffect& one : out.effects())
            std::visit([&](const auto& effect) { note(effect); }, one);
    }
    std::set<StreamId> streams;    ///< asked for or accepted, and not closed
    std::set<StreamId> connected;  ///< those of them that are up
    bool isEstablished = false;
    int establishments = 0;
    int refusals = 0;

  private:
    void note(const effect::OpenTcp& open) { EXPECT_TRUE(streams.insert(open.stream).second); }
    void note(const effect::CloseTcp& closed) {
        EXPECT_EQ(streams.erase(closed.stream), 1U);
        connected.erase(closed.stream);
    }
    void note(const effect::SendMessage& sent) {
        EXPECT_TRUE(connected.contains(sent.stream));
        const auto* error = std::get_if<NotificationMessage>(&sent.message);
        refusals += error != nullptr ? 1 : 0;
    }
    void note(const effect::SessionEstablished& up) {
        EXPECT_FALSE(isEstablished);
        EXPECT_TRUE(connected.contains(up.stream));
        EXPECT_NE(up.negotiated, nullptr);
        isEstablished = true;
        ++establishments;
    }
    void note(const effect::SessionEnded& ended) {
        EXPECT_TRUE(isEstablished);
        EXPECT_NE(ended.why, nullptr);
        isEstablished = false;
    }
    void note(const effect::DeliverUpdate&) { EXPECT_TRUE(isEstablished); }
    void note(const effect::DeliverRouteRefresh&) { EXPECT_TRUE(isEstablished); }
    void note(const effect::Note& note) {
        ASSERT_NE(note.remark, nullptr);
        EXPECT_FALSE(note.remark->text().empty());
    }
};

OpenMessage anyOpen(RandomStream& random) {
    OpenMessage open = Lone::open();
    if (random.below(2) == 0) open.identifier = RouterId(0x00000101);
    open.holdTime = static_cast<std::uint16_t>(random.below(8) == 0 ? random.below(4) : 3 + random.below(90));
    if (random.below(12) == 0) open.capabilities.fourOctetAs = Asn::number(65099);
    if (random.below(12) == 0) open.capabilities.families = {Family::IPv6};
    if (random.below(3) == 0) open.capabilities.gracefulRestart = graceful(random.below(2) == 0);
    return open;
}

NotificationMessage anyError(RandomStream& random) {
    return {static_cast<ErrorCode>(1 + random.below(7)), static_cast<std::uint8_t>(random.below(10)),
            Bytes(random.below(4), 1)};
}

SessionSettings anySettings(RandomStream& random) {
    SessionSettings settings = plainSettings();
    settings.isPassive = random.below(5) == 0;
    settings.isShutdown = random.below(8) == 0;
    settings.delayOpen = random.below(2) == 0 ? 5 : 0;
    settings.connectRetry = 30;
    settings.waitsInActive = random.below(2) == 0;
    settings.acceptsInIdleHold = random.below(2) == 0;
    settings.detectsCollisionWhenEstablished = random.below(2) == 0;
    if (random.below(8) == 0) settings.capabilities.families.clear();
    if (random.below(3) == 0) settings.capabilities.gracefulRestart = graceful(random.below(2) == 0);
    settings.leastTtl = random.below(8) == 0 ? 255 : 0;
    return settings;
}

/// Most of what is drawn belongs to a connection that exists, so that something comes of it.
class Anything {
  public:
    explicit Anything(std::uint64_t seed) : random_(seed, "random", "session"), lone_(anySettings(random_)) {}

    void run(int steps) {
        lone_.session.handle(lone_.now, input::ManualStart{}, lone_.out);
        look();
        for (int step = 0; step < steps && !testing::Test::HasFailure(); ++step) {
            act();
            look();
        }
    }
    Watcher watcher;

  private:
    StreamId anyStream(const std::set<StreamId>& from) {
        if (from.empty() || random_.below(40) == 0) return StreamId(77777);
        return *std::next(from.begin(), static_cast<std::ptrdiff_t>(random_.below(from.size())));
    }
    void handle(const SessionInput& input) { lone_.session.handle(lone_.now, input, lone_.out); }

    void act() {
        switch (random_.below(18)) {
            case 0:
            case 1: {
                lone_.now = lone_.now + random_.between(Duration{}, Duration::seconds(20));
                lone_.session.wake(lone_.now, lone_.out);
                EXPECT_GT(lone_.session.nextDeadline(), lone_.now);
                return;
            }
            case 2:
                if (random_.below(6) != 0) return;
                return lone_.session.configure(
                    lone_.now, std::make_shared<const SessionSettings>(anySettings(random_)), lone_.out);
            case 3:
                if (random_.below(6) != 0) return handle(input::AutomaticStart{});
                handle(input::ManualStop{"words"});
                EXPECT_EQ(lone_.session.state(), State::Idle);
                EXPECT_TRUE(lone_.session.nextDeadline().isNever());
                return;
            case 4:
                if (random_.below(4) != 0) return handle(input::ManualStart{});
                return handle(input::AutomaticStop{anyError(random_), "why", random_.below(2) == 0});
            case 5:
            case 6: {
                const StreamId stream(nextAccepted_++);
                watcher.streams.insert(stream);
                watcher.connected.insert(stream);
                return handle(input::TcpConnectionConfirmed{
                    stream, static_cast<std::uint8_t>(random_.below(2) == 0 ? 255 : 64)});
            }
            case 7:
            case 8:
            case 9:
                return connect();
            case 10: {
                if (random_.below(3) != 0) return;
                const StreamId stream = anyStream(watcher.streams);
                watcher.streams.erase(stream);
                watcher.connected.erase(stream);
                return handle(input::TcpConnectionFails{stream, static_cast<StreamEnd>(random_.below(7)),
                                                        random_.below(2) == 0 ? "detail" : ""});
            }
            case 11:
                if (random_.below(4) != 0) return;
                return handle(input::Reachability{random_.below(3) != 0, {}, random_.below(2) == 0});
            default:
                return speak();
        }
    }
    void connect() {
        for (const StreamId stream : watcher.streams) {
            if (watcher.connected.contains(stream)) continue;
            watcher.connected.insert(stream);
            return handle(input::TcpRequestAcked{stream});
        }
    }
    void speak() {
        const StreamId stream = anyStream(watcher.connected);
        switch (random_.below(12)) {
            case 0:
            case 1:
            case 2:
            case 3:
                return handle(input::OpenReceived{stream, anyOpen(random_)});
            case 4:
                if (random_.below(3) != 0) return;
                return handle(input::MessageError{stream, anyError(random_)});
            case 5:
                if (random_.below(3) != 0) return;
                return handle(input::NotificationReceived{stream, anyError(random_)});
            case 6:
                return handle(input::RouteRefreshReceived{stream});
            case 7:
                return handle(input::UpdateReceived{stream});
            default:
                return handle(input::KeepaliveReceived{stream});
        }
    }
    void look() {
        watcher.watch(lone_.out);
        lone_.out.clear();
        const Session& session = lone_.session;
        EXPECT_EQ(session.isEstablished(), watcher.isEstablished);
        EXPECT_LE(watcher.streams.size(), 2U);
        for (const StreamId stream : watcher.streams)
            EXPECT_TRUE(session.owns(stream));
        EXPECT_EQ(session.stream().isSome(), !watcher.streams.empty());
        EXPECT_EQ(session.state() >= State::OpenConfirm, session.negotiated() != nullptr);
        EXPECT_FALSE(lone_.reason().empty());
        EXPECT_FALSE(session.state() == State::Idle && !watcher.streams.empty());
    }

    RandomStream random_;
    Lone lone_;
    std::uint32_t nextAccepted_ = 0x80000000;
};

TEST(BgpSession, KeepsOrderWhateverIsSaid) {
    std::uint64_t establishments = 0;
    std::uint64_t refusals = 0;
    const std::uint64_t seeds = seedCount(2000, 100);
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        Anything one(seed);
        one.run(300);
        ASSERT_FALSE(HasFailure()) << "seed " << seed;
        establishments += static_cast<std::uint64_t>(one.watcher.establishments);
        refusals += static_cast<std::uint64_t>(one.watcher.refusals);
    }
    EXPECT_GT(establishments, seeds);
    EXPECT_GT(refusals, seeds);
}

}  // namespace
}  // namespace peerscape::bgp
