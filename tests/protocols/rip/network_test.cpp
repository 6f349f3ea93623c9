/// Several processes that talk to each other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocols/policy/policy_set.hpp"
#include "tests/protocols/rip/harness.hpp"

namespace peerscape::rip {
namespace {

using namespace test;

/// Sets the timers 5, 15 and 10 seconds everywhere, so that tests of failures end soon.
void hurry(TestRouter& router) {
    router.config->timers = {Duration::seconds(5), Duration::seconds(15), Duration::seconds(10)};
}

/// A ring of `size` routers R0, R1 …, each with a LAN 192.168.<n>.0/24; link n goes from Rn to the next.
void buildRing(TestNetwork& network, int size) {
    for (int i = 0; i < size; ++i) {
        TestRouter& router = network.add("R" + std::to_string(i));
        hurry(router);
        router.addInterface("lan0", {"192.168." + std::to_string(i) + ".1/24"});
        router.config->networks = {net("192.168.0.0/16")};
        router.config->passiveExceptions = {"lan0"};
    }
    for (int i = 0; i < size; ++i) {
        network.link(network["R" + std::to_string(i)], network["R" + std::to_string((i + 1) % size)]);
    }
}

std::string lan(int i) { return "192.168." + std::to_string(i) + ".0/24"; }

TEST(RipNetwork, ARingLearnsTheShortestWays) {
    TestNetwork network;
    buildRing(network, 5);
    network.start();
    network.runUntil(at(60));
    for (int i = 0; i < 5; ++i) {
        for (int j = 0; j < 5; ++j) {
            const int around = (j - i + 5) % 5;
            EXPECT_EQ(network["R" + std::to_string(i)].metric(lan(j)), 1 + std::min(around, 5 - around));
        }
    }
    EXPECT_TRUE(network.settled(at(40)));
}

TEST(RipNetwork, ARingHealsTheOtherWayRoundAndBack) {
    TestNetwork network;
    buildRing(network, 5);
    network.start();
    network.runUntil(at(60));
    network.setLink(0, false);  // R0 - R1
    EXPECT_FALSE(network["R0"].isInRib(lan(1))) << "out of the RIB at once";
    network.runUntil(at(120));
    EXPECT_EQ(network["R0"].metric(lan(1)), 5);
    EXPECT_EQ(network["R0"].rib.at(net(lan(1))).metric, 5U);
    EXPECT_EQ(network["R1"].metric(lan(0)), 5);
    EXPECT_EQ(network["R0"].route("10.1.0.0/30"), nullptr);
    EXPECT_TRUE(network.settled(at(100)));
    network.setLink(0, true);
    network.runUntil(at(180));
    EXPECT_EQ(network["R0"].metric(lan(1)), 2);
    EXPECT_EQ(network["R3"].metric("10.1.0.0/30"), 3);
}

TEST(RipNetwork, ASilentFailureIsNoticedByTimeout) {
    TestNetwork network;
    buildRing(network, 5);
    network.start();
    network.runUntil(at(60));
    network.breakSilently(0);
    network.runUntil(at(62));
    EXPECT_EQ(network["R0"].metric(lan(1)), 2);
    EXPECT_FALSE(network.settled(at(60)));
    network.runUntil(at(150));
    EXPECT_EQ(network["R0"].metric(lan(1)), 5);
    EXPECT_TRUE(network.settled(at(100)));
}

TEST(RipNetwork, BytesOnEveryHopMakeNoDifference) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        for (const auto mode :
             {AuthenticationMode::None, AuthenticationMode::Text, AuthenticationMode::Md5}) {
            std::vector<std::uint64_t> hashes;
            for (const bool forces : {false, true}) {
                TestNetwork network(family);
                network.forcesEncoding = forces;
                for (const char* name : {"A", "B", "C"})
                    hurry(network.add(name));
                network.link(network["A"], network["B"]);
                network.link(network["B"], network["C"]);
                network.link(network["C"], network["A"]);
                for (const char* name : {"A", "B", "C"}) {
                    for (const char* interface : {"eth0", "eth1"}) {
                        auto& settings = network[name].config->interfaces[interface];
                        settings.authentication = mode;
                        settings.authenticationString = "secret";
                        settings.splitHorizon = SplitHorizon::Off;
                        if (mode == AuthenticationMode::None)
                            settings.send = Versions{.v1 = true, .v2 = true};
                    }
                }
                network.start();
                network.runUntil(at(40));
                network.setLink(0, false);
                network.runUntil(at(43));
                network.setLink(0, true);
                network.runUntil(at(60));
                EXPECT_GT(network.messages, 20U);
                hashes.push_back(network.stateHash());
            }
            EXPECT_EQ(hashes[0], hashes[1]);
        }
    }
}

TEST(RipNetwork, TheSameSeedGivesTheSameRun) {
    std::vector<std::uint64_t> hashes;
    for (int run = 0; run < 2; ++run) {
        TestNetwork network;
        buildRing(network, 6);
        network.start();
        network.runUntil(at(50));
        network.setLink(2, false);
        network.runUntil(at(53));
        hashes.push_back(network.stateHash());
    }
    EXPECT_EQ(hashes[0], hashes[1]);
}

TEST(RipNetwork, NeighboursWithDifferentSecretsDoNotLearnFromEachOther) {
    for (const auto mode : {AuthenticationMode::Text, AuthenticationMode::Md5}) {
        for (const bool isSame : {true, false}) {
            TestNetwork network;
            for (const char* name : {"A", "B"}) {
                TestRouter& router = network.add(name);
                hurry(router);
                router.addInterface("lan0", {name[0] == 'A' ? "192.168.1.1/24" : "192.168.2.1/24"});
                router.config->networks = {net("192.168.0.0/16")};
                router.config->interfaces["eth1"].authentication = mode;
                router.config->interfaces["eth1"].authenticationString =
                    isSame || name[0] == 'A' ? "one" : "two";
            }
            network.link(network["A"], network["B"]);
            network.start();
            network.runUntil(at(20));
            EXPECT_EQ(network["A"].route("192.168.2.0/24") != nullptr, isSame);
            EXPECT_EQ(network["B"].route("192.168.1.0/24") != nullptr, isSame);
        }
    }
}

TEST(RipNetwork, KeyChainsAgreeByKeyNumber) {
    TestNetwork network;
    for (const char* name : {"A", "B"}) {
        TestRouter& router = network.add(name);
        router.addInterface("lan0", {name[0] == 'A' ? "192.168.1.1/24" : "192.168.2.1/24"});
        router.config->networks = {net("192.168.0.0/16")};
        auto& settings = router.config->interfaces["eth1"];
        settings.authentication = AuthenticationMode::Md5;
        settings.keyChain = "KC";
        auto policy = std::make_shared<policy::PolicySet>();
        policy->keyChains["KC"] = {{1, "old"}, {2, "new"}};
        // B sends with key 2, and takes key 1 for its own next one.
        if (name[0] == 'B') policy->keyChains["KC"].erase(1);
        router.config->policy = policy;
    }
    network.link(network["A"], network["B"]);
    network.start();
    network.runUntil(at(60));
    EXPECT_NE(network["A"].route("192.168.2.0/24"), nullptr);
    EXPECT_EQ(network["B"].route("192.168.1.0/24"), nullptr);
}

TEST(RipNetwork, Version1CarriesClassfulNetworksAndSubnetsOfTheSameMask) {
    TestNetwork network;
    for (const char* name : {"A", "B"}) {
        hurry(network.add(name));
        network[name].config->versions = Versions{.v1 = true, .v2 = false};
    }
    TestRouter& a = network["A"];
    a.addInterface("lan0", {"192.168.1.1/24"});
    a.addInterface("lan1", {"10.9.0.1/30"});
    a.addInterface("lan2", {"10.8.1.1/24"});
    a.addInterface("lan3", {"172.16.5.1/24"});
    a.config->networks = {net("192.168.0.0/16"), net("10.0.0.0/8"), net("172.16.0.0/12")};
    a.config->originatesDefault = true;
    network.link(a, network["B"]);
    network.start();
    network.runUntil(at(20));
    TestRouter& b = network["B"];
    EXPECT_EQ(b.metric("192.168.1.0/24"), 2) << "a whole class C network";
    EXPECT_EQ(b.metric("10.9.0.0/30"), 2) << "a subnet with the mask of the link";
    EXPECT_EQ(b.route("10.8.1.0/24"), nullptr) << "another mask cannot be told";
    EXPECT_EQ(b.route("172.16.5.0/24"), nullptr) << "a subnet of another network cannot be told";
    EXPECT_EQ(b.metric("0.0.0.0/0"), 2);
}

}  // namespace
}  // namespace peerscape::rip
