/// What RFC 2453, RFC 2080 and RFC 4822 (with RFC 2082) say, section by section. docs/protocols/rip.md points
/// here.
#include <gtest/gtest.h>

#include "tests/protocols/rip/harness.hpp"

namespace peerscape::rip {
namespace {

using namespace test;

/// A router with two point-to-point links; N2 and N3 are its neighbours.
struct Fixture {
    explicit Fixture(Family family = Family::IPv4) : router("R1", family) {
        if (family == Family::IPv4) {
            router.addInterface("eth0", {"10.0.12.1/24"});
            router.addInterface("eth1", {"10.0.13.1/24"});
        } else {
            router.addInterface("eth0", {"2001:db8:12::1/64"}, "fe80::1:1");
            router.addInterface("eth1", {"2001:db8:13::1/64"}, "fe80::1:2");
            n2 = "fe80::2:1";
            n3 = "fe80::3:1";
            target = "2001:db8:a::/64";
        }
        router.config->networkInterfaces = {"eth0", "eth1"};
        router.start();
        router.runUntil(at(60));
    }
    std::vector<Effect> run(int seconds) { return router.runUntil(router.now + Duration::seconds(seconds)); }

    TestRouter router;
    InterfaceId eth0{0};
    InterfaceId eth1{1};
    std::string n2 = "10.0.12.2";
    std::string n3 = "10.0.13.3";
    std::string target = "172.16.0.0/16";
};

/// Several routers in rounds: in each, everybody sends its whole table to all neighbours at the same time.
class Rounds {
  public:
    struct Link {
        TestRouter* a;
        InterfaceId aEnd;
        TestRouter* b;
        InterfaceId bEnd;
        std::uint32_t cost;
    };
    TestRouter& add(const std::string& name) {
        routers_.push_back(std::make_unique<TestRouter>(name));
        return *routers_.back();
    }
    void connect(TestRouter& a, TestRouter& b, std::uint32_t cost) {
        const auto number = std::to_string(links.size() + 1);
        const auto addEnd = [&](TestRouter& router, const char* host, SplitHorizon mode) {
            const std::string name = "eth" + std::to_string(router.interfaces.size());
            router.config->networkInterfaces.push_back(name);
            router.config->interfaces[name].splitHorizon = mode;
            const auto id = router.addInterface(name, {"10." + number + ".0." + host + "/24"});
            router.interfaces.back().isPointToPoint = true;
            return id;
        };
        const auto aEnd = addEnd(a, "1", splitHorizon);
        const auto bEnd = addEnd(b, "2", splitHorizon);
        links.push_back({&a, aEnd, &b, bEnd, cost});
    }
    void start() {
        for (auto& router : routers_) {
            router->start();
            router->runUntil(at(1));
        }
    }
    void round() {
        struct Delivery {
            TestRouter* router;
            DatagramReceived datagram;
        };
        std::vector<Delivery> deliveries;
        const auto collect = [&](TestRouter& from, InterfaceId fromEnd, TestRouter& to, InterfaceId toEnd,
                                 std::uint32_t cost) {
            RipContent request;
            request.command = Command::Request;
            request.asksForAll = true;
            const std::string asker = toString(to.interfaces[toEnd.value()].addresses.front().address);
            for (const Sent& s : sent(from.handle(from.datagram(fromEnd, asker, request)))) {
                auto entries = s.content.entries;
                for (RipEntry& e : entries)
                    e.metric = static_cast<std::uint16_t>(std::min<std::uint32_t>(16, e.metric + cost - 1));
                const std::string source =
                    toString(from.interfaces[fromEnd.value()].addresses.front().address);
                deliveries.push_back({&to, to.response(toEnd, source, entries)});
            }
        };
        for (const Link& link : links) {
            if (!link.a->interfaces[link.aEnd.value()].isUp()) continue;
            collect(*link.a, link.aEnd, *link.b, link.bEnd, link.cost);
            collect(*link.b, link.bEnd, *link.a, link.aEnd, link.cost);
        }
        for (const Delivery& d : deliveries)
            d.router->handle(d.datagram);
    }
    void fail(const Link& link) {
        link.a->setCarrier(link.aEnd, false);
        link.b->setCarrier(link.bEnd, false);
    }

    std::vector<Link> links;
    SplitHorizon splitHorizon = SplitHorizon::Off;

  private:
    std::vector<std::unique_ptr<TestRouter>> routers_;
};

TEST(Rfc2453, Sec2_2_CountsToInfinityUntilTheCostlyLinkIsBetter) {
    Rounds net4;
    TestRouter& a = net4.add("A");
    TestRouter& b = net4.add("B");
    TestRouter& c = net4.add("C");
    TestRouter& d = net4.add("D");
    net4.connect(a, b, 1);
    net4.connect(a, c, 1);
    net4.connect(b, c, 1);
    net4.connect(b, d, 1);
    net4.connect(c, d, 10);
    d.addInterface("target", {"192.168.9.1/24"});
    d.config->networkInterfaces.push_back("target");
    net4.start();
    const char* const target = "192.168.9.0/24";
    for (int i = 0; i < 4; ++i)
        net4.round();
    EXPECT_EQ(b.metric(target), 2);
    EXPECT_EQ(a.metric(target), 3);
    EXPECT_EQ(c.metric(target), 3);
    net4.fail(net4.links[3]);
    std::vector<int> best;
    for (int i = 0; i < 10; ++i) {
        best.push_back(std::min({a.metric(target), b.metric(target), c.metric(target)}));
        net4.round();
    }
    EXPECT_EQ(best, (std::vector<int>{3, 4, 5, 6, 7, 8, 9, 10, 11, 11}));
    net4.round();
    EXPECT_EQ(a.metric(target), 12);
    EXPECT_EQ(b.metric(target), 12);
    EXPECT_EQ(c.metric(target), 11);
    EXPECT_EQ(a.gateway(target), "10.2.0.2");
    EXPECT_EQ(b.gateway(target), "10.3.0.2");
    EXPECT_EQ(c.gateway(target), "10.5.0.2");
}

/// The leaf behind A fails; its neighbour B speaks first. How many updates until both know?
int updatesUntilBothKnow(SplitHorizon mode) {
    Rounds two;
    two.splitHorizon = mode;
    TestRouter& a = two.add("A");
    TestRouter& b = two.add("B");
    two.connect(a, b, 1);
    const auto leaf = a.addInterface("leaf", {"192.168.9.1/24"});
    a.config->networkInterfaces.push_back("leaf");
    two.start();
    two.round();
    EXPECT_EQ(b.metric("192.168.9.0/24"), 2);
    a.setCarrier(leaf, false);
    int updates = 0;
    bool isTurnOfB = true;
    while (a.metric("192.168.9.0/24") != 16 || b.metric("192.168.9.0/24") != 16) {
        TestRouter& from = isTurnOfB ? b : a;
        TestRouter& to = isTurnOfB ? a : b;
        isTurnOfB = !isTurnOfB;
        RipContent request;
        request.command = Command::Request;
        request.asksForAll = true;
        const auto effects =
            from.handle(from.datagram(InterfaceId(0), &from == &b ? "10.1.0.1" : "10.1.0.2", request));
        const int metric = sentMetric(effects, InterfaceId(0), "192.168.9.0/24");
        if (metric == 0) continue;
        ++updates;
        to.hear(InterfaceId(0), &from == &b ? "10.1.0.2" : "10.1.0.1",
                {entry("192.168.9.0/24", static_cast<std::uint16_t>(metric))});
    }
    return updates;
}

TEST(Rfc2453, Sec3_4_3_SplitHorizonEndsTheLoopOfTwoRouters) {
    EXPECT_EQ(updatesUntilBothKnow(SplitHorizon::Off), 15);
    EXPECT_EQ(updatesUntilBothKnow(SplitHorizon::Simple), 1);
    // With poisoned reverse B's update says "not by me", and A's tells B.
    EXPECT_EQ(updatesUntilBothKnow(SplitHorizon::PoisonedReverse), 2);
}

TEST(Rfc2453, Sec3_4_4_ChangesAreToldAtOnce) {
    Fixture f;
    f.router.hear(f.eth0, f.n2, {entry(f.target, 1)});
    const auto effects = f.router.runUntil(f.router.now);
    EXPECT_EQ(sentMetric(effects, f.eth1, f.target), 2);
}

TEST(Rfc2453, Sec3_8_TheThreeTimers) {
    Fixture f;
    f.router.hear(f.eth0, f.n2, {entry(f.target, 1)});
    EXPECT_EQ(f.router.route(f.target)->deadline - f.router.now, Duration::seconds(180));
    f.run(180);
    EXPECT_EQ(f.router.metric(f.target), 16);
    EXPECT_EQ(f.router.route(f.target)->timer, RouteTimer::GarbageCollection);
    f.run(119);
    EXPECT_EQ(f.router.metric(f.target), 16);
    f.run(1);
    EXPECT_EQ(f.router.route(f.target), nullptr);
    const Duration toNext = f.router.process->nextUpdate() - f.router.now;
    EXPECT_LE(toNext, Duration::milliseconds(37500));
}

TEST(Rfc2453, Sec3_9_1_RequestsGetTheWholeTableOrSingleMetrics) {
    Fixture f;
    f.router.hear(f.eth1, f.n3, {entry(f.target, 1)});
    f.run(10);
    RipContent request;
    request.command = Command::Request;
    request.asksForAll = true;
    EXPECT_EQ(sentMetric(f.router.handle(f.router.datagram(f.eth0, f.n2, request)), f.eth0, f.target), 2);
    request.asksForAll = false;
    request.entries = {entry("172.31.0.0/16", 0)};
    EXPECT_EQ(sentMetric(f.router.handle(f.router.datagram(f.eth0, f.n2, request)), f.eth0, "172.31.0.0/16"),
              16);
}

TEST(Rfc2453, Sec3_9_2_ResponsesComeFromPort520OfANeighbour) {
    Fixture f;
    auto wrongPort = f.router.response(f.eth0, f.n2, {entry(f.target, 1)});
    wrongPort.sourcePort = 521;
    f.router.handle(wrongPort);
    f.router.hear(f.eth0, "10.0.99.9", {entry(f.target, 1)});
    f.router.hear(f.eth0, "10.0.12.1", {entry(f.target, 1)});
    EXPECT_EQ(f.router.route(f.target), nullptr);
}

TEST(Rfc2453, Sec3_9_2_MetricIsTheSendersPlusTheCostUpTo16) {
    Fixture f;
    f.router.hear(f.eth0, f.n2, {entry(f.target, 14)});
    EXPECT_EQ(f.router.metric(f.target), 15);
    f.router.hear(f.eth0, f.n2, {entry(f.target, 15)});
    EXPECT_EQ(f.router.metric(f.target), 16);
}

TEST(Rfc2453, Sec3_10_1_TriggeredUpdatesKeepADistanceOf1To5Seconds) {
    for (int round = 0; round < 20; ++round) {
        Fixture f;
        f.run(round);
        f.router.hear(f.eth0, f.n2, {entry(f.target, 1)});
        f.router.runUntil(f.router.now);
        const SimTime first = f.router.now;
        f.router.hear(f.eth0, f.n2, {entry(f.target, 2)});
        EXPECT_GE(f.router.process->nextDeadline() - first, Duration::milliseconds(1));
        EXPECT_LE(f.router.process->nextDeadline() - first, Duration::seconds(5));
        const auto effects = f.router.runUntil(f.router.process->nextDeadline());
        EXPECT_EQ(sentMetric(effects, f.eth1, f.target), 3);
    }
}

TEST(Rfc2453, Sec3_10_2_NoMoreThan25RoutesInAMessage) {
    Fixture f;
    RipEntries routes;
    for (int i = 0; i < 26; ++i)
        routes.push_back(entry("172.16." + std::to_string(i) + ".0/24", 1));
    f.router.hear(f.eth0, f.n2, routes);
    const auto messages = sent(f.router.runUntil(f.router.now));
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].datagram.payload.size(), 504U);
}

TEST(Rfc2453, Sec4_2_TheTagTravelsWithTheRoute) {
    Fixture f;
    f.router.hear(f.eth0, f.n2, {entry(f.target, 1, "", 77)});
    const auto messages = sent(f.router.runUntil(f.router.now));
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].content.entries.front().tag, 77);
}

TEST(Rfc2453, Sec4_4_ANextHopMustBeOnTheSameNetwork) {
    Fixture f;
    f.router.hear(f.eth0, f.n2, {entry(f.target, 1, "10.0.12.9")});
    EXPECT_EQ(f.router.gateway(f.target), "10.0.12.9");
    f.router.hear(f.eth0, f.n2, {entry(f.target, 1, "10.0.13.9")});
    EXPECT_EQ(f.router.gateway(f.target), f.n2);
}

TEST(Rfc2453, Sec5_1_TheSwitchOfVersionsPerInterface) {
    Fixture f;
    f.router.edit().interfaces["eth0"].receive = Versions{.v1 = true, .v2 = false};
    f.router.reconfigure();
    f.router.hear(f.eth0, f.n2, {entry(f.target, 1)});
    EXPECT_EQ(f.router.route(f.target), nullptr);
    f.router.edit().interfaces["eth0"].receive.reset();
    f.router.reconfigure();
    f.router.hear(f.eth0, f.n2, {entry(f.target, 1)});
    EXPECT_EQ(f.router.metric(f.target), 2);
}

TEST(Rfc2453, Sec5_2_WithoutAuthenticationAuthenticatedMessagesAreDiscardedAndTheOtherWayRound) {
    Fixture f;
    RipContent content;
    content.entries = {entry(f.target, 1)};
    content.authentication.emplace().password[0] = 'x';
    f.router.handle(f.router.datagram(f.eth0, f.n2, content));
    EXPECT_EQ(f.router.route(f.target), nullptr);
    f.router.edit().interfaces["eth0"].authentication = AuthenticationMode::Text;
    f.router.edit().interfaces["eth0"].authenticationString = "x";
    f.router.reconfigure();
    f.router.hear(f.eth0, f.n2, {entry(f.target, 1)});
    EXPECT_EQ(f.router.route(f.target), nullptr);
    f.router.handle(f.router.datagram(f.eth0, f.n2, content));
    EXPECT_EQ(f.router.metric(f.target), 2);
}

TEST(Rfc4822, Sec2_1_KeyedMessagesNameKeySequenceAndLength) {
    Fixture f;
    auto& settings = f.router.edit().interfaces["eth1"];
    settings.authentication = AuthenticationMode::Md5;
    settings.authenticationString = "secret";
    f.router.reconfigure();
    std::vector<std::uint32_t> sequences;
    for (int i = 0; i < 3; ++i) {
        for (const Sent& s : sent(f.router.runUntil(f.router.process->nextUpdate()))) {
            if (s.datagram.interface != f.eth1) continue;
            ASSERT_TRUE(s.content.authentication.has_value());
            EXPECT_EQ(s.content.authentication->keyId, 1);
            EXPECT_TRUE(hasValidDigest(s.datagram.payload.bytes(), "secret"));
            sequences.push_back(s.content.authentication->sequence);
        }
    }
    EXPECT_EQ(sequences, (std::vector<std::uint32_t>{1, 2, 3})) << "never decreasing";
}

TEST(Rfc4822, Sec3_2_AChangedMessageIsRefused) {
    Fixture f;
    auto& settings = f.router.edit().interfaces["eth0"];
    settings.authentication = AuthenticationMode::Md5;
    settings.authenticationString = "secret";
    f.router.reconfigure();
    RipContent content;
    content.entries = {entry(f.target, 1)};
    content.authentication.emplace().type = Authentication::kKeyedDigest;
    content = withDigest(content, "secret");
    RipContent changed = content;
    changed.entries[0].metric = 2;
    f.router.handle(f.router.datagram(f.eth0, f.n2, changed));
    EXPECT_EQ(f.router.route(f.target), nullptr);
    f.router.handle(f.router.datagram(f.eth0, f.n2, content));
    EXPECT_EQ(f.router.metric(f.target), 2);
}

TEST(Rfc2080, Sec2_1_AnInterfaceWithoutLinkLocalAddressDoesNotSpeak) {
    TestRouter router("R1", Family::IPv6);
    router.addInterface("eth0", {"2001:db8:12::1/64"});
    router.config->networkInterfaces = {"eth0"};
    router.start();
    EXPECT_TRUE(sent(router.runUntil(at(100))).empty());
}

TEST(Rfc2080, Sec2_4_2_ResponsesNeedALinkLocalSourceAndHopLimit255) {
    Fixture f(Family::IPv6);
    f.router.hear(f.eth0, "2001:db8:12::2", {entry(f.target, 1)});
    auto routed = f.router.response(f.eth0, f.n2, {entry(f.target, 1)});
    routed.ttl = 64;
    f.router.handle(routed);
    f.router.hear(f.eth0, "fe80::1:1", {entry(f.target, 1)});
    EXPECT_EQ(f.router.route(f.target), nullptr);
    f.router.hear(f.eth0, f.n2, {entry(f.target, 1)});
    EXPECT_EQ(f.router.metric(f.target), 2);
}

TEST(Rfc2080, Sec2_4_2_AnEqualRouteTakesOverHalfwayToTheTimeout) {
    Fixture f(Family::IPv6);
    f.router.hear(f.eth0, f.n2, {entry(f.target, 1)});
    f.run(89);
    f.router.hear(f.eth1, f.n3, {entry(f.target, 1)});
    EXPECT_EQ(f.router.gateway(f.target), f.n2);
    f.run(2);
    f.router.hear(f.eth1, f.n3, {entry(f.target, 1)});
    EXPECT_EQ(f.router.gateway(f.target), f.n3);
}

TEST(Rfc2080, Sec2_3_TheThreeTimers) {
    Fixture f(Family::IPv6);
    f.router.hear(f.eth0, f.n2, {entry(f.target, 1)});
    f.run(180);
    EXPECT_EQ(f.router.metric(f.target), 16);
    f.run(120);
    EXPECT_EQ(f.router.route(f.target), nullptr);
}

}  // namespace
}  // namespace peerscape::rip
