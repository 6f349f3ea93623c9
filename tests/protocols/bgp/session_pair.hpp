#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/protocols/bgp/session_helpers.hpp"

namespace peerscape::bgp {

/// Two sessions and what lies between them: connections that deliver in order or not at all, on a cable that
/// can be silently cut. Every effect is checked as it happens.
class SessionPair {
  public:
    static constexpr Duration kDelay = Duration::milliseconds(20);
    /// After so long without an acknowledgment a connection is given up by its sender.
    static constexpr Duration kPatience = Duration::seconds(90);

    SessionPair(SessionSettings first, SessionSettings second, std::uint64_t seed) : seed_(seed) {
        settings_[0] = std::make_shared<const SessionSettings>(std::move(first));
        settings_[1] = std::make_shared<const SessionSettings>(std::move(second));
        for (const int side : {0, 1})
            restart(side);
    }

    const Session& session(int side) const { return *sides_[side].session; }
    SimTime now() const { return now_; }
    bool areEstablished() const {
        if (!session(0).isEstablished() || !session(1).isEstablished()) return false;
        const Pipe* pipe = find(0, session(0).stream());
        return pipe != nullptr && pipe->ids[1] == session(1).stream();
    }

    /// The router loses power and comes back: its connections are unknown to it, and nobody has been told.
    void restart(int side) {
        Side& one = sides_[side];
        for (Pipe& pipe : pipes_)
            pipe.ids[side] = StreamId::none();
        one.isEstablished = false;
        one.session.emplace(settings_[side], RandomStream(seed_ + static_cast<std::uint64_t>(one.restarts++),
                                                          "pair", side == 0 ? "first" : "second"));
        handle(side, input::AutomaticStart{});
    }
    void handle(int side, const SessionInput& input) {
        act(side, [&](Session& session, SessionOutbox& out) { session.handle(now_, input, out); });
    }
    void setCable(bool isWhole) { isCableWhole_ = isWhole; }
    void setReading(int side, bool isReading) { sides_[side].isReading = isReading; }
    void setListening(int side, bool isListening) { sides_[side].isListening = isListening; }
    /// Something on the way resets all connections.
    void resetAll() {
        for (std::size_t at = 0; at < pipes_.size(); ++at)
            for (const int side : {0, 1})
                fail(side, at, StreamEnd::ResetByPeer);
    }

    void runFor(Duration duration) {
        const SimTime end = now_ + duration;
        while (true) {
            const SimTime next =
                std::min({nextDelivery(), session(0).nextDeadline(), session(1).nextDeadline()});
            if (next > end) break;
            now_ = std::max(now_, next);
            step();
            if (testing::Test::HasFailure()) return;
        }
        now_ = end;
    }

    int collisions = 0;
    int establishments = 0;

  private:
    /// What travels in one direction of a connection.
    struct Parcel {
        SimTime due;
        SimTime sent;
        std::variant<BgpMessage, StreamEnd> content;
    };
    struct Pipe {
        std::array<StreamId, 2> ids;  ///< none: that side has no such connection
        int opener = 0;
        bool isUp = false;
        SimTime due = SimTime::never();  ///< of the next step of the handshake
        SimTime begun;
        bool isAccepted = false;
        std::array<std::deque<Parcel>, 2> toward;
        std::array<int, 2> opensSent{};
    };
    struct Side {
        std::optional<Session> session;
        std::uint32_t nextStream = 1;
        std::uint32_t nextAccepted = 0x80000000;
        bool isEstablished = false;
        bool isReading = true;
        bool isListening = true;
        int restarts = 0;
    };

    const Pipe* find(int side, StreamId stream) const {
        for (const Pipe& pipe : pipes_)
            if (stream.isSome() && pipe.ids[side] == stream) return &pipe;
        return nullptr;
    }
    Pipe* find(int side, StreamId stream) {
        return const_cast<Pipe*>(std::as_const(*this).find(side, stream));
    }

    template <typename Action>
    void act(int side, Action action) {
        SessionOutbox out(sides_[side].nextStream);
        action(*sides_[side].session, out);
        for (const SessionEffect& one : out.effects())
            std::visit([&](const auto& effect) { apply(side, effect); }, one);
        // No connection is forgotten, and none is believed in that does not exist.
        int count = 0;
        for (const Pipe& pipe : pipes_) {
            if (!pipe.ids[side].isSome()) continue;
            ++count;
            EXPECT_TRUE(session(side).owns(pipe.ids[side])) << where(side);
        }
        EXPECT_LE(count, 2) << where(side);
        EXPECT_EQ(session(side).stream().isSome(), count > 0) << where(side);
        EXPECT_EQ(session(side).isEstablished(), sides_[side].isEstablished) << where(side);
        checkThatItCannotHang(side);
    }
    std::string where(int side) const {
        return fmt::format("seed {} at {}, side {}: {}, {}", seed_, toString(now_), side,
                           name(session(side).state()), session(side).reason(now_));
    }
    void checkThatItCannotHang(int side) const {
        const Session& one = session(side);
        if (stopped_[side] || one.settings().isPassive) return;
        const bool isWaitingForTcp = one.stream().isSome() && !find(side, one.stream())->isUp;
        EXPECT_TRUE(!one.nextDeadline().isNever() || isWaitingForTcp) << where(side);
    }

    void apply(int side, const effect::OpenTcp& open) {
        Pipe pipe;
        pipe.ids[side] = open.stream;
        pipe.opener = side;
        pipe.begun = now_;
        pipe.due = now_ + kDelay;
        pipes_.push_back(std::move(pipe));
    }
    void apply(int side, const effect::CloseTcp& closed) {
        Pipe* pipe = find(side, closed.stream);
        ASSERT_NE(pipe, nullptr) << where(side);
        pipe->ids[side] = StreamId::none();
        post(*pipe, 1 - side, closed.reset ? StreamEnd::ResetByPeer : StreamEnd::ClosedByPeer);
    }
    void apply(int side, const effect::SendMessage& sent) {
        Pipe* pipe = find(side, sent.stream);
        ASSERT_NE(pipe, nullptr) << where(side);
        EXPECT_TRUE(pipe->isUp) << where(side);
        const bool isOpen = std::holds_alternative<OpenMessage>(sent.message);
        const bool isError = std::holds_alternative<NotificationMessage>(sent.message);
        pipe->opensSent[side] += isOpen ? 1 : 0;
        EXPECT_TRUE(isError || pipe->opensSent[side] == 1) << where(side);
        // Two good speakers never find each other out of step.
        EXPECT_FALSE(isError &&
                     std::get<NotificationMessage>(sent.message).code == ErrorCode::FiniteStateMachine)
            << where(side);
        if (isError &&
            std::get<NotificationMessage>(sent.message).subcode == subcode::kConnectionCollisionResolution)
            ++collisions;
        post(*pipe, 1 - side, sent.message);
    }
    void apply(int side, const effect::SessionEstablished& up) {
        EXPECT_FALSE(sides_[side].isEstablished) << where(side);
        EXPECT_NE(find(side, up.stream), nullptr);
        sides_[side].isEstablished = true;
        ++establishments;
    }
    void apply(int side, const effect::SessionEnded&) {
        EXPECT_TRUE(sides_[side].isEstablished) << where(side);
        sides_[side].isEstablished = false;
    }
    template <typename Other>
    void apply(int, const Other&) {}

    void post(Pipe& pipe, int receiver, std::variant<BgpMessage, StreamEnd> content) {
        pipe.toward[receiver].push_back({now_ + kDelay, now_, std::move(content)});
    }

    SimTime nextDelivery() const {
        SimTime least = SimTime::never();
        for (const Pipe& pipe : pipes_) {
            least = std::min(least, pipe.due);
            for (const int side : {0, 1})
                if (!pipe.toward[side].empty()) least = std::min(least, pipe.toward[side].front().due);
        }
        return least;
    }

    void step() {
        for (const int side : {0, 1})
            if (session(side).nextDeadline() <= now_)
                act(side, [&](Session& session, SessionOutbox& out) { session.wake(now_, out); });
        for (std::size_t at = 0; at < pipes_.size(); ++at) {
            if (pipes_[at].due <= now_) shakeHands(at);
            for (const int side : {0, 1})
                if (!pipes_[at].toward[side].empty() && pipes_[at].toward[side].front().due <= now_)
                    deliver(side, at);
        }
        std::erase_if(pipes_,
                      [](const Pipe& pipe) { return !pipe.ids[0].isSome() && !pipe.ids[1].isSome(); });
    }

    void fail(int side, std::size_t at, StreamEnd why) {
        const StreamId stream = std::exchange(pipes_[at].ids[side], StreamId::none());
        if (stream.isSome()) handle(side, input::TcpConnectionFails{stream, why, {}});
    }

    void shakeHands(std::size_t at) {
        const int opener = pipes_[at].opener;
        pipes_[at].due = SimTime::never();
        if (!pipes_[at].ids[opener].isSome() && !pipes_[at].isAccepted) return;
        if (!isCableWhole_) {
            if (now_ - pipes_[at].begun > kPatience) return fail(opener, at, StreamEnd::TimedOut);
            pipes_[at].due = now_ + Duration::seconds(1);
            return;
        }
        if (!pipes_[at].isAccepted) {
            const int other = 1 - opener;
            if (!sides_[other].isListening) return fail(opener, at, StreamEnd::Refused);
            const StreamId stream(sides_[other].nextAccepted++);
            pipes_[at].isAccepted = true;
            pipes_[at].isUp = true;
            pipes_[at].ids[other] = stream;
            pipes_[at].due = now_ + kDelay;
            // What the acceptor says at once arrives after the handshake.
            act(other, [&](Session& session, SessionOutbox& out) {
                session.handle(now_, input::TcpConnectionConfirmed{stream, 255}, out);
            });
            return;
        }
        if (pipes_[at].ids[opener].isSome()) handle(opener, input::TcpRequestAcked{pipes_[at].ids[opener]});
    }

    void deliver(int side, std::size_t at) {
        Pipe& pipe = pipes_[at];
        Parcel& parcel = pipe.toward[side].front();
        if (!isCableWhole_) {
            if (now_ - parcel.sent > kPatience) {
                pipe.toward[side].clear();
                return fail(1 - side, at, StreamEnd::TimedOut);
            }
            parcel.due = now_ + Duration::seconds(1);
            return;
        }
        if (!pipe.due.isNever() || !sides_[side].isReading) {
            parcel.due = std::max(now_ + Duration::milliseconds(1), pipe.due.isNever() ? now_ : pipe.due);
            return;
        }
        const auto content = std::move(parcel.content);
        pipe.toward[side].pop_front();
        const StreamId stream = pipe.ids[side];
        if (!stream.isSome()) {
            // Nobody knows this connection here: a reset comes back.
            if (!std::holds_alternative<StreamEnd>(content)) post(pipe, 1 - side, StreamEnd::ResetByPeer);
            return;
        }
        if (const auto* end = std::get_if<StreamEnd>(&content)) return fail(side, at, *end);
        std::visit(
            [&](const auto& message) {
                using Message = std::decay_t<decltype(message)>;
                if constexpr (std::is_same_v<Message, OpenMessage>)
                    handle(side, input::OpenReceived{stream, message});
                else if constexpr (std::is_same_v<Message, NotificationMessage>)
                    handle(side, input::NotificationReceived{stream, message});
                else if constexpr (std::is_same_v<Message, KeepaliveMessage>)
                    handle(side, input::KeepaliveReceived{stream});
            },
            std::get<BgpMessage>(content));
    }

  public:
    /// That one was stopped by its administrator: nothing is expected of it.
    std::array<bool, 2> stopped_{};

  private:
    std::uint64_t seed_;
    SimTime now_;
    bool isCableWhole_ = true;
    std::array<std::shared_ptr<const SessionSettings>, 2> settings_;
    std::array<Side, 2> sides_;
    std::deque<Pipe> pipes_;
};

}  // namespace peerscape::bgp
