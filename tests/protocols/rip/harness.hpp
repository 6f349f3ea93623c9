#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <queue>

#include "protocols/rip/config.hpp"
#include "protocols/rip/process.hpp"

/// A world in a page: routers that are nothing but one RIP process each, and segments between them.
namespace peerscape::rip::test {

inline IpAddress ip(std::string_view text) { return *IpAddress::parse(text); }
inline Prefix net(std::string_view text) { return *Prefix::parse(text); }
inline SimTime at(double seconds) { return SimTime::atNanoseconds(static_cast<std::int64_t>(seconds * 1e9)); }
inline std::shared_ptr<RipConfig> newConfig(Family family = Family::IPv4) {
    std::shared_ptr<RipConfig> config;
    if (family == Family::IPv4) {
        config = std::make_shared<Ripv2Config>();
    } else {
        config = std::make_shared<RipngConfig>();
    }
    config->isRouterPresent = true;
    return config;
}

/// One router: its interfaces, its process, and what the process has done.
class TestRouter {
  public:
    explicit TestRouter(std::string name = "R1", Family family = Family::IPv4)
        : config(newConfig(family)), name_(std::move(name)) {}

    /// Adds an interface that is up; addresses of IPv6 give it a link-local one as well.
    InterfaceId addInterface(std::string interfaceName, std::vector<std::string> addresses,
                             std::string linkLocal = "") {
        InterfaceState state;
        state.id = InterfaceId(static_cast<std::uint16_t>(interfaces.size()));
        state.name = std::move(interfaceName);
        state.hasCarrier = true;
        for (const auto& a : addresses)
            state.addresses.push_back(*InterfaceAddress::parse(a));
        if (!linkLocal.empty()) state.linkLocal = ip(linkLocal);
        interfaces.push_back(state);
        return state.id;
    }

    void start(SimTime time = at(0)) {
        now = time;
        process = std::make_unique<RipProcess>(config, RandomStream(1, name_, "rip"));
        handle(Started{});
    }
    /// The effects of one input.
    std::vector<Effect> handle(const Input& input) {
        Outbox out;
        const Env env{.now = now,
                      .cause = RecordId(++steps_),
                      .hostname = name_,
                      .interfaces = interfaces,
                      .rib = nullptr};
        process->handle(env, input, out);
        for (const Effect& effect : out.effects())
            record(effect);
        return out.effects();
    }
    /// Wakes the process whenever it wants, up to and at `until`.
    std::vector<Effect> runUntil(SimTime until) {
        std::vector<Effect> all;
        while (process->nextDeadline() <= until) {
            now = std::max(now, process->nextDeadline());
            const auto some = handle(Woken{});
            all.insert(all.end(), some.begin(), some.end());
        }
        now = until;
        return all;
    }
    /// A response as a neighbour would send it.
    std::vector<Effect> hear(InterfaceId interface, std::string_view from, RipEntries entries) {
        return handle(response(interface, from, std::move(entries)));
    }
    DatagramReceived response(InterfaceId interface, std::string_view from, RipEntries entries) const {
        RipContent content;
        content.family = config->family();
        content.version = content.family == Family::IPv4 ? 2 : 1;
        content.entries = std::move(entries);
        return datagram(interface, from, std::move(content));
    }
    DatagramReceived datagram(InterfaceId interface, std::string_view from, RipContent content) const {
        const Family family = config->family();
        DatagramReceived received;
        received.interface = interface;
        received.source = ip(from);
        received.destination = groupOf(family);
        received.sourcePort = received.destinationPort = portOf(family);
        received.ttl = family == Family::IPv4 ? 1 : 255;
        received.payload = Payload(std::make_shared<const RipMessage>(std::move(content)));
        return received;
    }
    void reconfigure() { handle(Configured{config}); }
    /// A configuration that may be changed, followed by reconfigure().
    RipConfig& edit() {
        config = std::shared_ptr<RipConfig>(dynamic_cast<RipConfig*>(config->clone().release()));
        return *config;
    }
    void setCarrier(InterfaceId id, bool hasCarrier) {
        interfaces[id.value()].hasCarrier = hasCarrier;
        handle(InterfaceChanged{id});
    }

    const Route* route(std::string_view prefix) const { return process->table().find(net(prefix)); }
    int metric(std::string_view prefix) const {
        const Route* found = route(prefix);
        return found == nullptr ? 0 : found->metric.value();
    }
    RouteKind kind(std::string_view prefix) const { return process->table().origin(*route(prefix)).kind; }
    std::string gateway(std::string_view prefix) const {
        return toString(process->table().origin(*route(prefix)).gateway);
    }
    bool isInRib(std::string_view prefix) const { return rib.contains(net(prefix)); }

    std::shared_ptr<RipConfig> config;
    std::vector<InterfaceState> interfaces;
    std::unique_ptr<RipProcess> process;
    SimTime now;
    std::map<Prefix, RouteOffer> rib;
    std::vector<std::string> notes;

    const std::string& name() const { return name_; }

  private:
    void record(const Effect& effect) {
        if (const auto* announced = std::get_if<Announce>(&effect.action))
            rib[announced->offer.prefix] = announced->offer;
        if (const auto* withdrawn = std::get_if<Withdraw>(&effect.action)) rib.erase(withdrawn->prefix);
        if (const auto* note = std::get_if<Note>(&effect.action)) notes.push_back(note->remark->text());
    }

    std::string name_;
    std::uint64_t steps_ = 0;
};

inline RipEntry entry(std::string_view prefix, std::uint16_t metric, std::string_view nextHop = "",
                      std::uint16_t tag = 0) {
    RipEntry e;
    e.prefix = net(prefix);
    e.metric = metric;
    e.tag = tag;
    e.nextHop = nextHop.empty() ? IpAddress::any(e.prefix.family()) : ip(nextHop);
    return e;
}

/// A datagram among effects, with its message.
struct Sent {
    SendDatagram datagram;
    RipContent content;
    RecordId cause;
};
inline std::vector<Sent> sent(const std::vector<Effect>& effects) {
    std::vector<Sent> all;
    for (const Effect& effect : effects) {
        if (const auto* datagram = std::get_if<SendDatagram>(&effect.action)) {
            all.push_back({*datagram, datagram->payload.as<RipMessage>()->content(), effect.cause});
        }
    }
    return all;
}
/// What is said of the prefix on the interface: 0 when nothing is.
inline int sentMetric(const std::vector<Effect>& effects, InterfaceId interface, std::string_view prefix) {
    for (const Sent& s : sent(effects)) {
        if (s.datagram.interface != interface) continue;
        for (const RipEntry& e : s.content.entries) {
            if (e.prefix == net(prefix)) return static_cast<int>(e.metric);
        }
    }
    return 0;
}

/// Several routers and the segments between them; packets take one millisecond.
class TestNetwork {
  public:
    explicit TestNetwork(Family family = Family::IPv4) : family_(family) {}

    TestRouter& add(const std::string& name) {
        routers_.push_back(std::make_unique<TestRouter>(name, family_));
        return *routers_.back();
    }
    TestRouter& operator[](const std::string& name) {
        return **std::ranges::find(routers_, name, [](const auto& r) { return r->name(); });
    }
    struct End {
        TestRouter* router;
        InterfaceId interface;
    };
    /// Cables interfaces together; two ends make a point-to-point link.
    std::size_t connect(std::vector<End> ends) {
        for (const End& end : ends)
            end.router->interfaces[end.interface.value()].isPointToPoint = ends.size() == 2;
        segments_.push_back({std::move(ends), false});
        return segments_.size() - 1;
    }
    /// A link 10.N.0.0/30 (or fe80 addresses) between two routers, RIP on both ends.
    std::size_t link(TestRouter& a, TestRouter& b) {
        const auto number = std::to_string(segments_.size() + 1);
        const auto addEnd = [&](TestRouter& router, int host) {
            const std::string name = "eth" + std::to_string(router.interfaces.size());
            router.config->networkInterfaces.push_back(name);
            if (family_ == Family::IPv4)
                return router.addInterface(name, {"10." + number + ".0." + std::to_string(host) + "/30"});
            return router.addInterface(name, {"2001:db8:" + number + "::" + std::to_string(host) + "/64"},
                                       "fe80::" + number + ":" + std::to_string(host));
        };
        const auto first = addEnd(a, 1);
        const auto second = addEnd(b, 2);
        return connect({{&a, first}, {&b, second}});
    }
    void start() {
        for (auto& router : routers_)
            router->start();
        for (auto& router : routers_)
            router->process->nextDeadline();
        for (auto& router : routers_)
            pump(*router, {});
    }
    void runUntil(SimTime until) {
        while (true) {
            TestRouter* next = nullptr;
            for (auto& router : routers_) {
                if (next == nullptr || router->process->nextDeadline() < next->process->nextDeadline())
                    next = router.get();
            }
            const SimTime wake = next->process->nextDeadline();
            const SimTime arrival = packets_.empty() ? SimTime::never() : packets_.top().time;
            if (std::min(wake, arrival) > until) break;
            now = std::max(now, std::min(wake, arrival));
            for (auto& router : routers_)
                router->now = now;
            if (arrival <= wake) {
                deliver();
            } else {
                pump(*next, next->handle(Woken{}));
            }
        }
        now = until;
        for (auto& router : routers_)
            router->now = now;
    }
    /// Both ends see it.
    void setLink(std::size_t segment, bool isUp) {
        segments_[segment].isBroken = !isUp;
        for (const End& end : segments_[segment].ends) {
            end.router->interfaces[end.interface.value()].hasCarrier = isUp;
            pump(*end.router, end.router->handle(InterfaceChanged{end.interface}));
        }
    }
    /// Nobody sees it.
    void breakSilently(std::size_t segment) { segments_[segment].isBroken = true; }
    void give(TestRouter& router, const Input& input) { pump(router, router.handle(input)); }

    std::uint64_t stateHash() const {
        StableHash hash;
        for (const auto& router : routers_)
            hash.add(router->process->stateHash());
        return hash.value();
    }
    bool settled(SimTime since) const {
        return std::ranges::all_of(routers_, [&](const auto& r) { return r->process->settled(now, since); });
    }

    SimTime now;
    bool forcesEncoding = false;
    std::size_t messages = 0;

  private:
    struct Segment {
        std::vector<End> ends;
        bool isBroken = false;
    };
    struct Packet {
        SimTime time;
        std::uint64_t sequence;
        TestRouter* router;
        DatagramReceived datagram;
        std::size_t segment;
        bool operator<(const Packet& o) const {
            return std::tie(o.time, o.sequence) < std::tie(time, sequence);
        }
    };

    void pump(TestRouter& router, const std::vector<Effect>& effects) {
        for (const Effect& effect : effects) {
            const auto* datagram = std::get_if<SendDatagram>(&effect.action);
            if (datagram != nullptr) transmit(router, *datagram);
        }
    }
    void transmit(TestRouter& router, const SendDatagram& datagram) {
        ++messages;
        for (std::size_t i = 0; i < segments_.size(); ++i) {
            const auto& ends = segments_[i].ends;
            const auto isOurs = [&](const End& end) {
                return end.router == &router && end.interface == datagram.interface;
            };
            if (segments_[i].isBroken || std::ranges::none_of(ends, isOurs)) continue;
            for (const End& end : ends) {
                if (isOurs(end)) continue;
                const auto& state = end.router->interfaces[end.interface.value()];
                const bool isForThem = datagram.destination.isMulticast() ||
                                       state.hasAddress(datagram.destination) ||
                                       state.addresses.front().broadcast() == datagram.destination;
                if (!isForThem) continue;
                DatagramReceived received{
                    .interface = end.interface,
                    .source = *datagram.source,
                    .destination = datagram.destination,
                    .sourcePort = datagram.sourcePort,
                    .destinationPort = datagram.destinationPort,
                    .ttl = datagram.ttl,
                    .payload = forcesEncoding ? Payload(datagram.payload.bytes()) : datagram.payload};
                packets_.push(
                    {now + Duration::milliseconds(1), sequence_++, end.router, std::move(received), i});
            }
        }
    }
    void deliver() {
        const Packet packet = packets_.top();
        packets_.pop();
        if (!segments_[packet.segment].isBroken) pump(*packet.router, packet.router->handle(packet.datagram));
    }

    Family family_;
    std::vector<std::unique_ptr<TestRouter>> routers_;
    std::vector<Segment> segments_;
    std::priority_queue<Packet> packets_;
    std::uint64_t sequence_ = 0;
};

}  // namespace peerscape::rip::test
