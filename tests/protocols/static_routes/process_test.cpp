/// One input after the other, and what the process wants done.
#include "protocols/static_routes/process.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/protocols/static_routes/reader.hpp"

namespace peerscape::static_routes {
namespace {

using Effects = std::vector<std::string>;

std::string textOf(const NextHop& hop) {
    switch (hop.kind) {
        case NextHop::Kind::Interface:
            return fmt::format("out {}", hop.interface.value());
        case NextHop::Kind::Gateway: {
            const std::string on = hop.interface.isSome() ? fmt::format(" on {}", hop.interface.value()) : "";
            return "via " + toString(hop.gateway) + on + (hop.onLink ? " onlink" : "");
        }
        case NextHop::Kind::Blackhole:
            return "blackhole";
        case NextHop::Kind::Reject:
            return "reject";
    }
    return "?";
}

std::string textOf(const EffectAction& action) {
    if (const auto* track = std::get_if<TrackNextHop>(&action)) {
        return fmt::format("{} {}", track->wanted ? "track" : "untrack", toString(track->address));
    }
    if (const auto* gone = std::get_if<Withdraw>(&action)) {
        return fmt::format("withdraw {} slot {}", toString(gone->prefix), gone->slot);
    }
    if (const auto* announced = std::get_if<Announce>(&action)) {
        const RouteOffer& offer = announced->offer;
        std::string text = fmt::format("offer {} [{}]", toString(offer.prefix), offer.distance);
        if (offer.slot != offer.distance || !offer.allowRecursion || offer.metric != 0) text += " (odd)";
        if (offer.tag != 0) text += fmt::format(" tag {}", offer.tag);
        for (const NextHop& hop : offer.nextHops)
            text += " " + textOf(hop);
        return text;
    }
    return "?";
}

/// A router with eth0 (10.0.0.1/30, 2001:db8::1/64) and eth1 (10.0.1.1/30), both up.
class StaticProcessTest : public ::testing::Test {
  protected:
    StaticProcessTest() {
        addInterface("eth0", {"10.0.0.1/30", "2001:db8::1/64"});
        addInterface("eth1", {"10.0.1.1/30"});
    }
    InterfaceState& addInterface(std::string name, const std::vector<std::string>& addresses) {
        InterfaceState state;
        state.id = InterfaceId(static_cast<std::uint16_t>(interfaces.size()));
        state.name = std::move(name);
        state.hasCarrier = true;
        for (const auto& a : addresses)
            state.addresses.push_back(*InterfaceAddress::parse(a));
        return interfaces.emplace_back(std::move(state));
    }

    Effects start(std::string_view lines) {
        EXPECT_EQ(reader.read(lines), "");
        process = reader.shared()->start(reader.shared(), RandomStream(1, "R1", "static"));
        return handle(Started{});
    }
    Effects configure(std::string_view lines) {
        EXPECT_EQ(reader.read(lines), "");
        return handle(Configured{reader.shared()});
    }
    Effects handle(const Input& input) {
        const Env env{.now = {}, .cause = {}, .hostname = "R1", .interfaces = interfaces, .rib = nullptr};
        Outbox out;
        process->handle(env, input, out);
        Effects texts;
        for (const Effect& effect : out.effects())
            texts.push_back(textOf(effect.action));
        return texts;
    }
    Effects reach(const std::vector<std::string>& gateways, bool isReachable = true) {
        NextHopsChanged news;
        for (const auto& gateway : gateways) {
            NextHopState state;
            state.address = *IpAddress::parse(gateway);
            state.isReachable = isReachable;
            news.changes.push_back(state);
        }
        return handle(std::move(news));
    }
    Effects setUp(std::size_t index, bool isUp) {
        interfaces[index].hasCarrier = isUp;
        return handle(InterfaceChanged{interfaces[index].id});
    }

    std::vector<InterfaceState> interfaces;
    test::Reader reader;
    std::unique_ptr<Process> process;
};

TEST_F(StaticProcessTest, OffersAGatewayOnceItIsReached) {
    EXPECT_EQ(start("ip route 10.9.0.0/16 10.0.0.2"), Effects{"track 10.0.0.2"});
    EXPECT_EQ(reach({"10.0.0.2"}), Effects{"offer 10.9.0.0/16 [1] via 10.0.0.2"});
    EXPECT_EQ(reach({"10.0.0.2"}), Effects{}) << "another way to it changes nothing here";
    EXPECT_EQ(reach({"10.0.0.2"}, false), Effects{"withdraw 10.9.0.0/16 slot 1"});
    EXPECT_EQ(reach({"10.0.0.2"}), Effects{"offer 10.9.0.0/16 [1] via 10.0.0.2"});
}

TEST_F(StaticProcessTest, IsSettledWhenEveryGatewayIsAnswered) {
    start("ip route 10.9.0.0/16 10.0.0.2\nip route 10.9.0.0/16 10.0.1.2");
    EXPECT_FALSE(process->settled({}, {}));
    reach({"10.0.0.2"});
    EXPECT_FALSE(process->settled({}, {}));
    reach({"10.0.1.2"}, false);
    EXPECT_TRUE(process->settled({}, {}));
}

TEST_F(StaticProcessTest, OffersEqualCostHopsTogetherAndOnlyThoseThatWork) {
    EXPECT_EQ(start("ip route 10.9.0.0/16 10.0.0.2\nip route 10.9.0.0/16 10.0.1.2"),
              (Effects{"track 10.0.0.2", "track 10.0.1.2"}));
    EXPECT_EQ(reach({"10.0.0.2", "10.0.1.2"}), Effects{"offer 10.9.0.0/16 [1] via 10.0.0.2 via 10.0.1.2"});
    EXPECT_EQ(reach({"10.0.0.2"}, false), Effects{"offer 10.9.0.0/16 [1] via 10.0.1.2"});
}

TEST_F(StaticProcessTest, KeepsAFloatingRouteApart) {
    start("ip route 10.9.0.0/16 10.0.0.2\nip route 10.9.0.0/16 10.0.1.2 200 tag 7");
    EXPECT_EQ(reach({"10.0.0.2", "10.0.1.2"}),
              (Effects{"offer 10.9.0.0/16 [1] via 10.0.0.2", "offer 10.9.0.0/16 [200] tag 7 via 10.0.1.2"}));
    EXPECT_EQ(reach({"10.0.0.2"}, false), Effects{"withdraw 10.9.0.0/16 slot 1"});
}

TEST_F(StaticProcessTest, NeverTakesItselfForAGateway) {
    start("ip route 10.9.0.0/16 10.0.0.1");
    EXPECT_EQ(reach({"10.0.0.1"}), Effects{});
    interfaces[0].addresses = {*InterfaceAddress::parse("10.0.0.2/30")};
    EXPECT_EQ(handle(InterfaceChanged{InterfaceId(0)}), Effects{"offer 10.9.0.0/16 [1] via 10.0.0.1"});
}

TEST_F(StaticProcessTest, DropsPacketsWhateverHappens) {
    EXPECT_EQ(start("ip route 10.9.0.0/16 blackhole\nip route 10.8.0.0/16 reject 5\nipv6 route "
                    "2001:db8:9::/48 Null0"),
              (Effects{"offer 10.8.0.0/16 [5] reject", "offer 10.9.0.0/16 [1] blackhole",
                       "offer 2001:db8:9::/48 [1] blackhole"}));
    EXPECT_EQ(setUp(0, false), Effects{});
    EXPECT_TRUE(process->settled({}, {}));
}

TEST_F(StaticProcessTest, FollowsTheInterfaceOfAnInterfaceRoute) {
    EXPECT_EQ(start("ip route 10.9.0.0/16 eth1"), Effects{"offer 10.9.0.0/16 [1] out 1"});
    EXPECT_EQ(setUp(1, false), Effects{"withdraw 10.9.0.0/16 slot 1"});
    EXPECT_EQ(setUp(0, false), Effects{});
    EXPECT_EQ(setUp(1, true), Effects{"offer 10.9.0.0/16 [1] out 1"});
    interfaces[1].isAdminUp = false;
    EXPECT_EQ(handle(InterfaceChanged{InterfaceId(1)}), Effects{"withdraw 10.9.0.0/16 slot 1"});
}

TEST_F(StaticProcessTest, WaitsForAnInterfaceThatDoesNotExistYet) {
    EXPECT_EQ(start("ip route 10.9.0.0/16 eth2\nip route 10.8.0.0/16 10.0.2.2 eth2"), Effects{});
    addInterface("eth2", {"10.0.2.1/30"});
    EXPECT_EQ(handle(InterfaceChanged{InterfaceId(2)}),
              (Effects{"offer 10.8.0.0/16 [1] via 10.0.2.2 on 2", "offer 10.9.0.0/16 [1] out 2"}));
}

TEST_F(StaticProcessTest, WantsTheGatewayOnTheNetworkOfTheInterface) {
    // Never tracked: the interface is named, so there is nothing to look up.
    EXPECT_EQ(start("ip route 10.9.0.0/16 10.0.0.2 eth1\nip route 10.8.0.0/16 10.0.0.2 eth1 onlink\n"
                    "ip route 10.7.0.0/16 10.0.0.2 eth0"),
              (Effects{"offer 10.7.0.0/16 [1] via 10.0.0.2 on 0",
                       "offer 10.8.0.0/16 [1] via 10.0.0.2 on 1 onlink"}));
    interfaces[1].addresses.push_back(*InterfaceAddress::parse("10.0.0.3/30"));
    EXPECT_EQ(handle(InterfaceChanged{InterfaceId(1)}), Effects{"offer 10.9.0.0/16 [1] via 10.0.0.2 on 1"});
    EXPECT_EQ(setUp(1, false), (Effects{"withdraw 10.8.0.0/16 slot 1", "withdraw 10.9.0.0/16 slot 1"}));
}

TEST_F(StaticProcessTest, TakesALinkLocalGatewayAtItsInterfacesWord) {
    EXPECT_EQ(start("ipv6 route ::/0 fe80::9 eth1\nipv6 route 2001:db8:9::/48 2001:db8::2 eth1"),
              Effects{"offer ::/0 [1] via fe80::9 on 1"});
}

TEST_F(StaticProcessTest, TellsOnlyWhatANewConfigurationChanges) {
    start("ip route 10.9.0.0/16 10.0.0.2\nip route 10.8.0.0/16 10.0.0.2\nip route 10.7.0.0/16 eth0");
    reach({"10.0.0.2"});
    EXPECT_EQ(configure("ip route 10.6.0.0/16 eth1"), Effects{"offer 10.6.0.0/16 [1] out 1"});
    EXPECT_EQ(configure("no ip route 10.9.0.0/16 10.0.0.2"), Effects{"withdraw 10.9.0.0/16 slot 1"})
        << "another route still needs the gateway";
    EXPECT_EQ(configure("no ip route 10.8.0.0/16 10.0.0.2"),
              (Effects{"untrack 10.0.0.2", "withdraw 10.8.0.0/16 slot 1"}));
    EXPECT_EQ(configure("ip route 10.7.0.0/16 eth0 tag 9"), Effects{"offer 10.7.0.0/16 [1] tag 9 out 0"});
    EXPECT_EQ(configure("ip route 10.7.0.0/16 eth0 20"),
              (Effects{"withdraw 10.7.0.0/16 slot 1", "offer 10.7.0.0/16 [20] out 0"}));
    EXPECT_EQ(handle(Configured{reader.shared()}), Effects{});
}

TEST_F(StaticProcessTest, UsesAGatewayThatIsTrackedAlreadyAtOnce) {
    start("ip route 10.9.0.0/16 10.0.0.2");
    reach({"10.0.0.2"});
    EXPECT_EQ(configure("ip route 10.8.0.0/16 10.0.0.2"), Effects{"offer 10.8.0.0/16 [1] via 10.0.0.2"});
    EXPECT_TRUE(process->settled({}, {}));
}

TEST_F(StaticProcessTest, IgnoresALateAnswerForAGatewayItGaveUp) {
    start("ip route 10.9.0.0/16 10.0.0.2\nip route 10.8.0.0/16 eth0");
    configure("no ip route 10.9.0.0/16 10.0.0.2");
    EXPECT_EQ(reach({"10.0.0.2"}), Effects{});
    EXPECT_TRUE(process->settled({}, {}));
}

TEST_F(StaticProcessTest, TracksIPv6GatewaysInTheSameWay) {
    EXPECT_EQ(start("ipv6 route 2001:db8:9::/48 2001:db8::2"), Effects{"track 2001:db8::2"});
    EXPECT_EQ(reach({"2001:db8::2"}), Effects{"offer 2001:db8:9::/48 [1] via 2001:db8::2"});
}

TEST_F(StaticProcessTest, GoesOnAloneAfterCloning) {
    start("ip route 10.9.0.0/16 10.0.0.2");
    const auto checkpoint = process->clone();
    EXPECT_EQ(checkpoint->stateHash(), process->stateHash());
    reach({"10.0.0.2"});
    EXPECT_NE(checkpoint->stateHash(), process->stateHash());
    process = checkpoint->clone();
    EXPECT_FALSE(process->settled({}, {}));
    EXPECT_EQ(reach({"10.0.0.2"}), Effects{"offer 10.9.0.0/16 [1] via 10.0.0.2"});
}

TEST_F(StaticProcessTest, HashesRoutesThatDoNotWorkYet) {
    start("ip route 10.9.0.0/16 eth7");
    const auto before = process->stateHash();
    EXPECT_EQ(configure("ip route 10.9.0.0/16 eth8"), Effects{});
    EXPECT_NE(process->stateHash(), before);
}

}  // namespace
}  // namespace peerscape::static_routes
