// The files of `--state` have the shape that docs/state-files.md describes: other programs read them.
#include "scenarios/world/state_writer.hpp"

#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::IsSubsetOf;
using testing::UnorderedElementsAre;

/// A lab's last step, written and read back.
class State {
  public:
    explicit State(const std::string& text) {
        const FinishedRun run = runLab(text);
        EXPECT_FALSE(run.last().actionFailure.has_value());
        const auto done = writeState(*run.world, run.last(), folder_.path());
        EXPECT_TRUE(done.has_value()) << done.error().message;
        step_ = folder_.path() / (std::to_string(run.last().number) + "-" + run.last().name);
    }
    Json read(const std::string& name) const { return Json::parse(readFile(step_ / name)); }
    std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(step_))
            names.push_back(entry.path().filename().string());
        return names;
    }

  private:
    TemporaryFolder folder_;
    std::filesystem::path step_;
};

std::vector<std::string> keysOf(const Json& json) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : json.items())
        keys.push_back(key);
    return keys;
}

TEST(StateFiles, AreOnePerNodeAndOneOfProbes) {
    const State state(withStep(kStaticLine, "{fail: bc}", ""));
    EXPECT_THAT(state.files(), UnorderedElementsAre("A.json", "B.json", "C.json", "probes.json"));
    EXPECT_EQ(state.read("probes.json"), Json::array());
    EXPECT_THAT(keysOf(state.read("A.json")), ElementsAre("router", "interfaces", "rib4", "rib6"));
    EXPECT_EQ(state.read("A.json").at("router"), "A");
}

TEST(StateFiles, OfInterfaces) {
    const State state(withStep(kStaticLine, "{fail: bc}, {shutdown: \"B:eth0\"}", ""));
    const Json interfaces = state.read("B.json").at("interfaces");
    EXPECT_EQ(interfaces.at("eth0").at("up"), false);
    EXPECT_EQ(interfaces.at("eth0").at("admin_down"), true);
    EXPECT_EQ(interfaces.at("eth1").at("up"), false);
    EXPECT_FALSE(interfaces.at("eth1").contains("admin_down"));
    EXPECT_EQ(interfaces.at("eth1").at("addresses").at(0), "2.2.2.1/30");
    EXPECT_EQ(state.read("A.json").at("interfaces").at("stub0").at("up"), true);
}

TEST(StateFiles, OfRoutes) {
    const State state(withStep(kStaticLine, "", ""));
    EXPECT_EQ(state.read("A.json").at("rib4").at("10.3.0.0/16").dump(),
              R"([{"proto":"static","distance":1,"metric":0,"selected":true,"installed":true,)"
              R"("nexthops":[{"ip":"1.1.1.2","router":"B","interface":"eth0"}]}])");
    EXPECT_EQ(state.read("A.json").at("rib4").at("1.1.1.0/30").dump(),
              R"([{"proto":"connected","distance":0,"metric":0,"selected":true,"installed":true,)"
              R"("nexthops":[{"interface":"eth0","connected":true}]}])");
}

TEST(StateFiles, OfRoutesThatAreNotUsedOrDiscardOrAreRecursive) {
    const State state(
        withStep(kStaticLine,
                 "{configure: {router: A, lines: [ip route 10.3.0.0/16 Null0 9 tag 7, ip route 10.8.0.0/16 "
                 "reject, ip route 10.7.0.0/16 10.3.0.9, ip route 10.6.0.0/16 99.9.9.9, ip route 10.3.0.0/16 "
                 "2.2.2.2]}}, {wait: 2s}",
                 ""));
    const Json rib = state.read("A.json").at("rib4");
    EXPECT_EQ(rib.at("10.8.0.0/16").at(0).at("nexthops").dump(), R"([{"discard":"reject"}])");
    EXPECT_EQ(rib.at("10.7.0.0/16").at(0).at("nexthops").at(0).at("recursive"), true);
    const Json resolved = rib.at("10.7.0.0/16").at(0).at("nexthops").at(1);
    EXPECT_EQ(resolved.at("resolved"), true);
    EXPECT_EQ(resolved.at("ip"), "1.1.1.2");
    // The selected one first, whatever the order they were offered in.
    const Json both = rib.at("10.3.0.0/16");
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both.at(0).at("selected"), true);
    EXPECT_EQ(both.at(0).at("distance"), 1);
    EXPECT_EQ(both.at(1).at("selected"), false);
    EXPECT_EQ(both.at(1).at("distance"), 9);
    EXPECT_EQ(both.at(1).at("tag"), 7);
    EXPECT_EQ(both.at(1).at("nexthops").dump(), R"([{"discard":"blackhole"}])");
}

TEST(StateFiles, HaveOnlyTheKeysThatAreDocumented) {
    const std::set<std::string> routeKeys{"proto",     "distance", "metric",  "selected",
                                          "installed", "tag",      "nexthops"};
    const std::set<std::string> hopKeys{"ip",     "router",    "interface", "connected", "discard",
                                        "onlink", "recursive", "active",    "duplicate", "resolved"};
    const std::set<std::string> ripKeys{"code",   "sub",  "prefix",    "nexthop",
                                        "metric", "from", "interface", "tag"};
    const State state(withStep(kRipLine, "{fail: bc}", ""));
    for (const char* router : {"A.json", "B.json", "C.json"}) {
        const Json json = state.read(router);
        for (const char* table : {"rib4", "rib6"}) {
            for (const auto& [prefix, routes] : json.at(table).items()) {
                for (const Json& route : routes) {
                    EXPECT_THAT(keysOf(route), IsSubsetOf(routeKeys));
                    for (const Json& hop : route.at("nexthops"))
                        EXPECT_THAT(keysOf(hop), IsSubsetOf(hopKeys));
                }
            }
        }
        for (const Json& entry : json.at("rip"))
            EXPECT_THAT(keysOf(entry), IsSubsetOf(ripKeys));
    }
}

TEST(StateFiles, HoldRipsOwnTable) {
    const State state(withStep(kRipLine, "{wait: 1ms}", ""));
    const Json rip = state.read("A.json").at("rip");
    std::vector<std::string> entries;
    for (const Json& entry : rip)
        entries.push_back(entry.dump());
    EXPECT_THAT(
        entries,
        ElementsAre(
            R"({"code":"C","sub":"i","prefix":"1.1.1.0/30","nexthop":"0.0.0.0","metric":1,"from":"self"})",
            R"({"code":"R","sub":"n","prefix":"2.2.2.0/30","nexthop":"1.1.1.2","metric":2,"from":"1.1.1.2"})",
            R"({"code":"R","sub":"n","prefix":"10.3.0.0/16","nexthop":"1.1.1.2","metric":3,"from":"1.1.1.2"})"));
}

TEST(StateFiles, OmitAProtocolThatWasStopped) {
    const State state(withStep(kRipLine, "{stop: {router: A, protocol: rip}}", ""));
    EXPECT_FALSE(state.read("A.json").contains("rip"));
    EXPECT_TRUE(state.read("B.json").contains("rip"));
}

const std::string kProbes =
    "probes:\n  - {from: A, to: 10.3.0.1, source: 10.1.0.1}\n  - {from: A, to: C}\n  - {from: A, to: "
    "99.9.9.9}\n";

TEST(StateFiles, OfProbesThatArrive) {
    const State state(withStep(kStaticLine + kProbes, "", ""));
    const Json probes = state.read("probes.json");
    EXPECT_EQ(probes.at(0).dump(),
              R"({"from":"A","to":"10.3.0.1","src":"10.1.0.1","ping":"ok","hops":["B","C"],"reached":true})");
    EXPECT_EQ(probes.at(1).dump(), R"({"from":"A","to":"C","ping":"ok","hops":["B","C"],"reached":true})");
    EXPECT_EQ(probes.at(2).dump(),
              R"({"from":"A","to":"99.9.9.9","ping":"no-route","hops":[],"reached":false})");
}

TEST(StateFiles, OfProbesThatAreRefusedOrVanish) {
    const State refused(withStep(kStaticLine + kProbes,
                                 "{configure: {router: B, lines: [no ip route 10.3.0.0/16 2.2.2.2]}}, {wait: "
                                 "1s}",
                                 ""));
    EXPECT_EQ(refused.read("probes.json").at(0).dump(),
              R"({"from":"A","to":"10.3.0.1","src":"10.1.0.1","ping":"unreachable","unreachable_from":"B",)"
              R"("hops":["B !N"],"reached":false})");
    const State vanished(withStep(kStaticLine + kProbes, "{fail_silently: bc}", ""));
    EXPECT_EQ(
        vanished.read("probes.json").at(0).dump(),
        R"({"from":"A","to":"10.3.0.1","src":"10.1.0.1","ping":"no-reply","hops":["B"],"reached":false})");
    const State discarded(
        withStep(kStaticLine + kProbes, "{configure: {router: A, lines: [ip route 99.9.9.9/32 Null0]}}", ""));
    EXPECT_EQ(discarded.read("probes.json").at(2).at("ping"), "discarded-locally");
}

TEST(StateFiles, OfProbesThatGoRound) {
    const State state(withStep(kStaticLine + kProbes,
                               "{configure: {router: B, lines: [no ip route 10.3.0.0/16 2.2.2.2, ip route "
                               "10.3.0.0/16 1.1.1.1]}}, {wait: 1s}",
                               ""));
    const Json probe = state.read("probes.json").at(0);
    EXPECT_EQ(probe.at("ping"), "ttl-exceeded");
    EXPECT_EQ(probe.at("loop"), true);
    EXPECT_EQ(probe.at("hops").dump(), R"(["B","A","B","A","B","A","..."])");
    EXPECT_EQ(probe.at("reached"), false);
}

TEST(StateFiles, AFolderThatCannotBeMadeIsAFailure) {
    const FinishedRun run = runLab(kStaticLine);
    const TemporaryFolder folder;
    const auto file = folder.write("taken", "a file");
    const auto done = writeState(*run.world, run.last(), file);
    ASSERT_FALSE(done.has_value());
    EXPECT_TRUE(done.error().message.starts_with("cannot make the folder ")) << done.error().message;
}

}  // namespace
}  // namespace peerscape
