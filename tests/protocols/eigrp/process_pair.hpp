#pragma once

#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "engine/routing/protocol.hpp"
#include "protocols/eigrp/process.hpp"
#include "protocols/eigrp/show.hpp"
#include "tests/protocols/eigrp/config_reader.hpp"

namespace peerscape::eigrp::test {

/// One router that is nothing but its EIGRP process: eth0 is on the cable, lan0 has the network behind it.
struct LoneRouter {
    LoneRouter(std::string name, std::vector<std::string> addresses, std::string_view configuration)
        : hostname(std::move(name)) {
        for (const char* interfaceName : {"eth0", "lan0"}) {
            InterfaceState state;
            state.id = InterfaceId(static_cast<InterfaceId::Value>(interfaces.size()));
            state.name = interfaceName;
            state.hasCarrier = true;
            state.addresses.push_back(*InterfaceAddress::parse(addresses[interfaces.size()]));
            interfaces.push_back(state);
        }
        Reader reader;
        EXPECT_EQ(reader.read(configuration), "");
        auto own = std::make_shared<Eigrp4Config>();
        own->value = reader.config();
        process = std::make_unique<EigrpProcess>(std::move(own));
    }

    ShowContext context(SimTime now) const {
        ShowContext context;
        context.hostname = hostname;
        context.now = now;
        context.interfaces = interfaces;
        context.process = process.get();
        return context;
    }

    std::string hostname;
    std::vector<InterfaceState> interfaces;
    std::unique_ptr<EigrpProcess> process;
    std::vector<std::string> notes;
    bool isMute = false;  ///< what it sends vanishes
};

/// R1 (10.0.0.1) and R2 (10.0.0.2) on one cable, on which a packet takes a millisecond.
class ProcessPair {
  public:
    ProcessPair(std::string_view first, std::string_view second)
        : routers_{LoneRouter("R1", {"10.0.0.1/30", "10.1.0.1/16"}, first),
                   LoneRouter("R2", {"10.0.0.2/30", "10.2.0.1/16"}, second)} {}

    LoneRouter& router(std::size_t index) { return routers_[index]; }
    SimTime now() const { return now_; }
    ShowContext context(std::size_t index) const { return routers_[index].context(now_); }

    void start() {
        handle(0, Started{});
        handle(1, Started{});
    }
    void handle(std::size_t index, const Input& input) {
        LoneRouter& router = routers_[index];
        Outbox out;
        const Env env{now_, RecordId(++steps_), router.hostname, router.interfaces, nullptr};
        router.process->handle(env, input, out);
        for (const Effect& effect : out.effects()) {
            if (const auto* note = std::get_if<Note>(&effect.action))
                router.notes.push_back(note->remark->text());
            const auto* sent = std::get_if<SendDatagram>(&effect.action);
            const bool arrives = sent != nullptr && sent->interface == InterfaceId(0) && !router.isMute;
            if (arrives) wire_.push_back({now_ + Duration::milliseconds(1), 1 - index, received(*sent)});
        }
    }
    void setLan(std::size_t index, bool isUp) {
        routers_[index].interfaces[1].hasCarrier = isUp;
        handle(index, InterfaceChanged{InterfaceId(1)});
    }
    void runFor(Duration time) {
        const SimTime end = now_ + time;
        while (true) {
            SimTime next = end;
            if (!wire_.empty()) next = std::min(next, wire_.front().at);
            for (const LoneRouter& router : routers_)
                next = std::min(next, router.process->nextDeadline());
            now_ = std::max(now_, next);
            if (!doWhatIsDue()) {
                if (now_ >= end) return;
            }
        }
    }

  private:
    struct OnTheWire {
        SimTime at;
        std::size_t to = 0;
        DatagramReceived datagram;
    };

    static DatagramReceived received(const SendDatagram& sent) {
        DatagramReceived datagram;
        datagram.interface = InterfaceId(0);
        datagram.source = *sent.source;
        datagram.destination = sent.destination;
        datagram.ttl = 1;
        datagram.payload = sent.payload;
        return datagram;
    }
    bool doWhatIsDue() {
        if (!wire_.empty() && wire_.front().at <= now_) {
            const OnTheWire arriving = std::move(wire_.front());
            wire_.pop_front();
            handle(arriving.to, arriving.datagram);
            return true;
        }
        for (std::size_t i = 0; i < routers_.size(); ++i) {
            if (routers_[i].process->nextDeadline() > now_) continue;
            handle(i, Woken{});
            return true;
        }
        return false;
    }

    std::array<LoneRouter, 2> routers_;
    std::deque<OnTheWire> wire_;
    SimTime now_ = SimTime::start();
    std::uint64_t steps_ = 0;
};

inline constexpr const char* kPlain = "router eigrp 1\n network 10.0.0.0/8\n passive-interface lan0\n";

}  // namespace peerscape::eigrp::test
