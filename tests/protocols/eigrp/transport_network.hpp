#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "engine/base/check.hpp"
#include "engine/base/random.hpp"
#include "tests/protocols/eigrp/transport_helpers.hpp"

namespace peerscape::eigrp::test {

/// What a wire does to packets, each copy for itself: per cent, and the time it takes.
struct Weather {
    int lost = 0;
    int copied = 0;
    int corrupted = 0;
    Duration least = Duration::milliseconds(1);
    Duration most = Duration::milliseconds(1);  ///< more than `least`: packets overtake each other
};

/// Transports on one LAN (or a link: two of them), with a clock driven by hand. They hand over numbered
/// messages, and what arrives is written down, session by session.
class TransportNetwork {
  public:
    TransportNetwork(std::size_t routers, std::uint64_t seed, const Weather& weather, Duration holdTime)
        : random_(seed, "transport", "network"), weather_(weather) {
        for (std::size_t i = 0; i < routers; ++i) {
            TransportSettings settings = settingsOf("10.0.0." + std::to_string(i + 1));
            settings.holdTime = holdTime;
            // Some wrap around soon.
            const auto first = static_cast<std::uint32_t>(1 - random_.below(3) * random_.below(20));
            routers_.push_back({Transport(settings, first == 0 ? 1 : first)});
        }
        for (std::size_t i = 0; i < routers; ++i)
            plan(random_.between(Duration{}, Duration::seconds(5)), {Event::Start, i, {}, {}});
    }

    void setWeather(const Weather& weather) { weather_ = weather; }
    RandomStream& random() { return random_; }
    SimTime now() const { return now_; }
    std::size_t size() const { return routers_.size(); }
    const Transport& transport(std::size_t router) const { return routers_[router].transport; }
    int downs() const { return downs_; }

    /// A message of one router, to all its neighbours or to one of them.
    void handOver(std::size_t router, std::optional<std::size_t> to) {
        const auto& neighbors = routers_[router].transport.neighbors();
        const std::uint32_t number = ++numbers_;
        for (const auto& [address, neighbor] : neighbors) {
            const std::size_t other = indexOf(address);
            if (neighbor.isUp() && (!to || *to == other)) sessions_[{router, other}].told.push_back(number);
        }
        TransportEffects effects;
        ReliableMessage what{kOpcodes[random_.below(kOpcodes.size())], {numberTlv(number)}, 0};
        if (to) {
            routers_[router].transport.unicast(idOf(*to), std::move(what), now_, effects);
        } else {
            routers_[router].transport.multicast(std::move(what), now_, effects);
        }
        carryOut(router, effects);
    }
    void reset(std::size_t router, std::size_t other) {
        TransportEffects effects;
        routers_[router].transport.reset(idOf(other), effects);
        carryOut(router, effects);
    }
    /// Power off and on within an instant, so that nobody hears of it. Numbers go on far from the old ones:
    /// what is still under way would otherwise be taken for new.
    void restart(std::size_t router) {
        Transport& transport = routers_[router].transport;
        for (const auto& [address, neighbor] : transport.neighbors())
            sessions_[{router, indexOf(address)}] = {};
        transport = Transport(transport.settings(), ++restarts_ << 20);
        TransportEffects effects;
        transport.start(now_, effects);
        carryOut(router, effects);
    }

    /// Everything that happens in this time.
    void run(Duration time) {
        const SimTime end = now_ + time;
        while (step(end)) {
        }
        now_ = end;
    }
    bool isIdle() const {
        return std::ranges::all_of(routers_, [this](const Router& router) {
            return router.transport.neighbors().size() + 1 == routers_.size() && router.transport.isIdle();
        });
    }
    /// Whether everybody is idle within this time.
    bool settlesWithin(Duration time) {
        for (const SimTime end = now_ + time; now_ < end && !isIdle();)
            run(Duration::milliseconds(100));
        return isIdle();
    }
    /// Of the sessions that last, each has everything once and in order.
    void expectEverythingDelivered() const {
        for (std::size_t from = 0; from < size(); ++from) {
            for (std::size_t to = 0; to < size(); ++to) {
                if (from == to) continue;
                const auto& told = sessions_.at({from, to}).told;
                const auto& heard = sessions_.at({to, from}).heard;
                EXPECT_EQ(told, heard) << "from " << from << " to " << to;
            }
        }
    }

  private:
    struct Router {
        Transport transport;
    };
    /// One router's view of another while that is up.
    struct Session {
        std::vector<std::uint32_t> told;   ///< what it was to be told, in order
        std::vector<std::uint32_t> heard;  ///< what was delivered of it
    };
    enum class Event : std::uint8_t { Start, Arrival };
    struct Planned {
        Event event;
        std::size_t router;
        IpAddress from;
        EigrpPacket packet;
    };
    static constexpr std::array kOpcodes{Opcode::Update, Opcode::Query, Opcode::Reply, Opcode::SiaQuery,
                                         Opcode::SiaReply};

    static Tlv numberTlv(std::uint32_t number) {
        ByteWriter writer;
        writer.u32(number);
        return OtherTlv{0x7fff, writer.take()};
    }
    static std::uint32_t numberIn(const EigrpPacket& packet) {
        return ByteReader(packet.find<OtherTlv>()->value).u32();
    }
    static std::size_t indexOf(const IpAddress& address) { return (address.v4Number() & 0xff) - 1; }
    static NeighborId idOf(std::size_t router) { return NeighborId(static_cast<std::uint16_t>(router)); }
    const IpAddress& addressOf(std::size_t router) const {
        return routers_[router].transport.settings().address;
    }
    bool happens(int percent) { return random_.below(100) < static_cast<std::uint64_t>(percent); }
    void plan(Duration after, Planned what) {
        agenda_.emplace(std::pair(now_ + after, planned_++), std::move(what));
    }

    /// The earliest arrival or deadline, if it is not after `end`.
    bool step(SimTime end) {
        SimTime next = agenda_.empty() ? SimTime::never() : agenda_.begin()->first.first;
        std::optional<std::size_t> due;
        for (std::size_t i = 0; i < routers_.size(); ++i) {
            const SimTime deadline = routers_[i].transport.nextDeadline();
            if (deadline >= next) continue;
            next = deadline;
            due = i;
        }
        if (next > end) return false;
        now_ = next;
        TransportEffects effects;
        if (due) {
            routers_[*due].transport.wake(now_, effects);
            carryOut(*due, effects);
            PEERSCAPE_CHECK(routers_[*due].transport.nextDeadline() > now_);  // or it wakes for ever
            return true;
        }
        const Planned what = std::move(agenda_.extract(agenda_.begin()).mapped());
        Transport& transport = routers_[what.router].transport;
        if (what.event == Event::Start) {
            transport.start(now_, effects);
        } else {
            transport.hear(what.from, what.packet, idOf(indexOf(what.from)), now_, effects);
        }
        carryOut(what.router, effects);
        return true;
    }

    void carryOut(std::size_t router, const TransportEffects& effects) {
        for (const TransportEffect& effect : effects) {
            if (const auto* send = std::get_if<SendPacket>(&effect)) {
                this->send(router, *send);
            } else if (const auto* up = std::get_if<NeighborUp>(&effect)) {
                sessions_[{router, up->neighbor.value()}] = {};
                for (int i = 0; i < 3; ++i)
                    handOver(router, up->neighbor.value());
            } else if (std::holds_alternative<NeighborDown>(effect)) {
                ++downs_;
            } else if (const auto* deliver = std::get_if<Deliver>(&effect)) {
                auto& heard = sessions_[{router, deliver->from.value()}].heard;
                const std::uint32_t number = numberIn(deliver->packet);
                EXPECT_TRUE(heard.empty() || heard.back() < number) << "twice, or out of order";
                heard.push_back(number);
            }
        }
    }
    void send(std::size_t from, const SendPacket& send) {
        const Bytes bytes = encoded(send.packet);
        for (std::size_t to = 0; to < size(); ++to) {
            if (to == from || (send.to && *send.to != addressOf(to))) continue;
            const int copies = happens(weather_.copied) ? 2 : 1;
            for (int i = 0; i < copies; ++i)
                sendCopy(from, to, bytes);
        }
    }
    void sendCopy(std::size_t from, std::size_t to, Bytes bytes) {
        if (happens(weather_.lost)) return;
        if (happens(weather_.corrupted)) {
            bytes[random_.below(bytes.size())] ^= static_cast<std::uint8_t>(1U << random_.below(8));
        }
        auto packet = decode(Family::IPv4, bytes);
        if (!packet) return;
        plan(random_.between(weather_.least, weather_.most),
             {Event::Arrival, to, addressOf(from), std::move(*packet)});
    }

    RandomStream random_;
    Weather weather_;
    SimTime now_;
    std::vector<Router> routers_;
    std::map<std::pair<SimTime, std::uint64_t>, Planned> agenda_;
    std::uint64_t planned_ = 0;
    std::map<std::pair<std::size_t, std::size_t>, Session> sessions_;  ///< by router and neighbour
    std::uint32_t numbers_ = 0;
    std::uint32_t restarts_ = 0;
    int downs_ = 0;
};

}  // namespace peerscape::eigrp::test
