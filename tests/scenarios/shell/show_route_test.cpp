// Answers are compared with those of real routers in data/frr; see the README there.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "scenarios/shell/route_view.hpp"
#include "tests/scenarios/shell/shell_fixture.hpp"

namespace peerscape {
namespace {

using Json = nlohmann::ordered_json;

/// What a real router numbers or dates by itself; that such a value stands there still shows.
Json withoutOwnNumbers(Json value) {
    for (auto& [prefix, routes] : value.items()) {
        for (Json& route : routes) {
            route["uptime"] = "";
            for (const char* key : {"nexthopGroupId", "installedNexthopGroupId"}) {
                if (route.contains(key)) route[key] = 0;
            }
        }
    }
    return value;
}

struct Sample {
    const char* command;
    const char* file;
};

/// The sample's file names the test.
std::string nameOf(const testing::TestParamInfo<Sample>& info) {
    return std::regex_replace(std::string(info.param.file), std::regex("\\.[a-z]+$"), "");
}

class SameTextAsFrr : public testing::TestWithParam<Sample> {};

TEST_P(SameTextAsFrr, WholeAnswer) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_EQ(withoutAges(world.ask("A", GetParam().command)),
              withoutAges(readData(std::string("frr/") + GetParam().file)));
}

INSTANTIATE_TEST_SUITE_P(
    ShowRoute, SameTextAsFrr,
    testing::Values(Sample{"show ip route", "ip_route.txt"}, Sample{"show ipv6 route", "ipv6_route.txt"},
                    Sample{"show ip route 10.12.0.0/16", "ip_route_prefix.txt"},
                    Sample{"show ip route 10.2.3.4", "ip_route_address.txt"},
                    Sample{"show ip route tag 77", "ip_route_tag.txt"},
                    Sample{"show ip route 10.0.0.0/8 longer-prefixes", "ip_route_longer.txt"},
                    Sample{"show ip route summary", "ip_route_summary.txt"},
                    Sample{"show ipv6 route fe80::/64", "ipv6_route_link_local.txt"}),
    nameOf);

class SameJsonAsFrr : public testing::TestWithParam<Sample> {};

TEST_P(SameJsonAsFrr, WholeAnswerWithTheOrderOfKeys) {
    const ShellWorld world = makeFrrWorld();
    const Json ours = withoutOwnNumbers(Json::parse(world.ask("A", GetParam().command)));
    const Json theirs = withoutOwnNumbers(Json::parse(readData(std::string("frr/") + GetParam().file)));
    EXPECT_EQ(ours.dump(1), theirs.dump(1));
}

INSTANTIATE_TEST_SUITE_P(ShowRoute, SameJsonAsFrr,
                         testing::Values(Sample{"show ip route json", "ip_route.json"},
                                         Sample{"show ipv6 route json", "ipv6_route.json"},
                                         Sample{"show ip route 10.12.0.0/16 json", "ip_route_prefix.json"}),
                         nameOf);

TEST(ShowRoute, JsonHasFrrsLayout) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_TRUE(world.ask("A", "show ip route connected json")
                    .starts_with("{\n  \"1.1.1.0/30\":[\n    {\n      \"prefix\":\"1.1.1.0/30\",\n"));
    EXPECT_EQ(world.ask("A", "show ip route rip json"), "{\n}\n");
}

TEST(ShowRoute, AfterAFailureIsAsInFrr) {
    ShellWorld world = makeFrrWorld();
    world.setLink("ab0", false);
    world.lab().runFor(Duration::seconds(1));
    EXPECT_EQ(withoutAges(world.ask("A", "show ip route")),
              withoutAges(readData("frr/ip_route_after_failure.txt")));
}

TEST(ShowRoute, NarrowsToAProtocol) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_THAT(world.ask("A", "show ip route connected | exclude ^ |^Codes|^$"),
                "C>* 1.1.1.0/30 is directly connected, eth0, 00:00:03\n"
                "C>* 2.2.2.0/30 is directly connected, eth1, 00:00:03\n"
                "C>* 10.0.0.1/32 is directly connected, lo, 00:00:03\n");
    EXPECT_EQ(world.ask("A", "show ip route rip"), "");
    EXPECT_EQ(world.ask("A", "show ip route supernets-only"), "");
}

TEST(ShowRoute, SaysWhenNothingIsThere) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_EQ(world.ask("A", "show ip route 99.0.0.0/8"), "% Network not in table\n");
    EXPECT_EQ(world.ask("A", "show ip route 99.9.9.9"), "% Network not in table\n");
    EXPECT_EQ(world.ask("A", "show ip route 99.9.9.9 json"), "{}\n");
    // 10.8.0.0/16 has only a next hop that nothing reaches: staticd does not offer it.
    EXPECT_EQ(world.ask("A", "show ip route 10.8.0.0/16"), "% Network not in table\n");
}

TEST(ShowRoute, NumbersOfGroupsTellSetsOfHopsApart) {
    const ShellWorld world = makeFrrWorld();
    const Json table = Json::parse(world.ask("A", "show ip route json"));
    const auto group = [&](const char* prefix) {
        return table.at(prefix).back().at("nexthopGroupId").get<int>();
    };
    EXPECT_EQ(group("10.2.0.0/16"), group("10.10.0.0/16"));
    EXPECT_NE(group("10.2.0.0/16"), group("10.9.0.0/16"));
    EXPECT_NE(table.at("10.4.0.0/16")[0].at("installedNexthopGroupId").get<int>(), group("10.4.0.0/16"));
    EXPECT_EQ(table.at("10.4.0.0/16")[0].at("installedNexthopGroupId").get<int>(), group("10.3.0.0/16"));
}

TEST(ShowRoute, EqualConnectedNetworksAreAllInstalledAndTheOldestIsSelected) {
    ShellWorld world = makeFrrWorld();
    world.configure("A",
                    "interface eth0\n ip address 3.3.3.2/24\nexit\ninterface eth1\n ip address 3.3.3.1/24\n");
    EXPECT_EQ(world.ask("A", "show ip route connected | include 3.3.3"),
              "C * 3.3.3.0/24 is directly connected, eth1, 00:00:00\n"
              "C>* 3.3.3.0/24 is directly connected, eth0, 00:00:00\n");
}

/// A process that offers one route through a gateway that nothing reaches, as RIP or BGP may.
class OneRouteConfig final : public ProcessConfig {
  public:
    explicit OneRouteConfig(RouteOffer offer) : offer_(std::move(offer)) {}
    ProtocolId protocol() const override { return ProtocolId(77); }
    bool isEnabled() const override { return true; }
    std::unique_ptr<ProcessConfig> clone() const override { return std::make_unique<OneRouteConfig>(*this); }
    std::unique_ptr<Process> start(std::shared_ptr<const ProcessConfig>, RandomStream) const override {
        return std::make_unique<OneRouteProcess>(offer_);
    }

  private:
    class OneRouteProcess final : public Process {
      public:
        explicit OneRouteProcess(RouteOffer offer) : offer_(std::move(offer)) {}
        void handle(const Env&, const Input& input, Outbox& out) override {
            if (std::holds_alternative<Started>(input)) out.add(Announce{offer_});
        }
        SimTime nextDeadline() const override { return SimTime::never(); }
        std::unique_ptr<Process> clone() const override { return std::make_unique<OneRouteProcess>(*this); }
        bool settled(SimTime, SimTime) const override { return true; }
        std::uint64_t stateHash() const override { return 0; }

      private:
        RouteOffer offer_;
    };
    RouteOffer offer_;
};

TEST(ShowRoute, HopsThatDoNotWorkAreInactive) {
    ShellWorld world = makeFrrWorld();
    RouteOffer offer;
    offer.prefix = Prefix::parse("77.0.0.0/8").value();
    offer.distance = 120;
    offer.metric = 3;
    offer.nextHops = {NextHop::via(IpAddress::v4(0x09090909))};
    auto config = *world.simulation().node(world.node("A")).config;
    config.processes[ProtocolId(77)] = std::make_shared<const OneRouteConfig>(offer);
    world.perform(action::Configure{world.node("A"), std::make_shared<const RouterConfig>(config)});

    Protocol protocol;
    protocol.id = ProtocolId(77);
    protocol.name = "rip";
    protocol.letter = 'R';
    const OperatorShell shell({protocol});
    const auto ask = [&](std::string_view line) {
        return shell.run(world.simulation(), world.node("A"), line)->text;
    };
    EXPECT_EQ(ask("show ip route rip | include 77"),
              "R   77.0.0.0/8 [120/3] via 9.9.9.9 inactive, weight 1, 00:00:00\n");
    const Json route = Json::parse(ask("show ip route 77.0.0.0/8 json")).at("77.0.0.0/8").at(0);
    EXPECT_FALSE(route.contains("installed"));
    EXPECT_EQ(route.at("internalNextHopActiveNum"), 0);
    EXPECT_EQ(route.at("nexthops").at(0),
              Json::parse(R"({"flags":0,"ip":"9.9.9.9","afi":"ipv4","weight":1})"));
}

TEST(UptimeText, HasFrrsThreeShapes) {
    EXPECT_EQ(uptimeText(Duration::milliseconds(3'999)), "00:00:03");
    EXPECT_EQ(uptimeText(Duration::hours(24) - Duration::seconds(1)), "23:59:59");
    EXPECT_EQ(uptimeText(Duration::hours(26) + Duration::minutes(3)), "1d02h03m");
    EXPECT_EQ(uptimeText(Duration::hours(24 * 7 - 1)), "6d23h00m");
    EXPECT_EQ(uptimeText(Duration::hours(24 * 9 + 3)), "01w2d03h");
}

}  // namespace
}  // namespace peerscape
