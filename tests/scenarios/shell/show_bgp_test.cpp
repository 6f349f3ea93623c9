/// `show bgp …` beside what FRR 8.4.4 said in the same network: data/bgp-show has the configurations of five
/// routers, and the answers of the real R1 to the lines behind `###`.
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/base/text.hpp"
#include "tests/scenarios/shell/shell_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::ordered_json;

/// R1 with two links to R2, a session that R3 reflects routes on, R4 without policy, and two neighbours that
/// are not there.
ShellWorld makeBgpWorld() {
    Topology topology;
    for (const char* name : {"R1", "R2", "R3", "R4", "R5"})
        ShellWorld::addNode(topology, name);
    ShellWorld::link(topology, "l12", "R1:eth0", "R2:eth0");
    ShellWorld::link(topology, "l21", "R1:eth1", "R2:eth1");
    ShellWorld::link(topology, "l13", "R1:eth2", "R3:eth0");
    ShellWorld::link(topology, "l14", "R1:eth3", "R4:eth0");
    ShellWorld::link(topology, "l35", "R3:eth1", "R5:eth0");
    for (const std::string name : {"R1", "R2"}) {
        const NodeId node = topology.nodeNamed(name).value();
        EXPECT_TRUE(
            topology.addSegment("lan of " + name, SegmentKind::Lan, {}, {{node, "lan0", {}}}).has_value());
    }
    ShellWorld world(std::move(topology));
    for (const std::string name : {"R1", "R2", "R3", "R4", "R5"})
        world.configure(name, readData("bgp-show/" + name + ".conf"));
    world.lab().runFor(Duration::seconds(60));
    return world;
}

/// Lines that begin with `### ` are the commands, what follows is the answer.
std::vector<std::pair<std::string, std::string>> readAnswers(const std::string& name) {
    std::vector<std::pair<std::string, std::string>> answers;
    std::istringstream text(readData(name));
    for (std::string line; std::getline(text, line);) {
        if (line.starts_with("### ")) {
            answers.emplace_back(line.substr(4), "");
        } else {
            answers.back().second += line + "\n";
        }
    }
    return answers;
}

/// Without what depends on the moment: ages, dates, how often a table has changed, how many messages it took.
std::string timeless(std::string text) {
    text = withoutAges(std::regex_replace(text, std::regex("Last update: .*"), "Last update: D"));
    text = std::regex_replace(text, std::regex("version (is )?[0-9]+"), "version N");
    return std::regex_replace(text, std::regex("( 4 +[0-9]+)( +[0-9]+ +[0-9]+)(        0    0    0)"),
                              "$1   received sent$3");
}

/// Keys that have other values by nature, and those whose values are as they were in that minute.
bool isVolatile(const std::string& key) {
    static const std::regex kPattern(
        "hostname|version|tableVersion|bgpTableVersion|lastUpdate|msg.*|.*Uptime.*|.*Timer(Up|Last).*|"
        "opens.*|notifications.*|updates.*|keepalives.*|routeRefresh.*|total(Sent|Recv)|port.*|rBit|"
        "lastReset.*|.*HostName|next.*"
        "Msecs|"
        "bgpState|state");
    return std::regex_match(key, kPattern);
}
/// Keys that FRR does not have.
bool isOurs(const std::string& key) {
    // Whether two connections collided, which ends in a NOTIFICATION, is a matter of the moment.
    return key == "reason" || key == "lastResetReason" || key.starts_with("lastError") ||
           key.starts_with("lastNotification");
}

/// Everything that is said here, FRR says too, and in the same words.
void expectWithin(const Json& ours, const Json& real, const std::string& where) {
    ASSERT_EQ(ours.type(), real.type()) << where;
    if (ours.is_object()) {
        for (const auto& [key, value] : ours.items()) {
            if (isOurs(key)) continue;
            ASSERT_TRUE(real.contains(key)) << where << "/" << key;
            if (!isVolatile(key)) expectWithin(value, real[key], where + "/" + key);
        }
    } else if (ours.is_array()) {
        ASSERT_EQ(ours.size(), real.size()) << where;
        for (std::size_t i = 0; i < ours.size(); ++i)
            expectWithin(ours[i], real[i], where + "/" + std::to_string(i));
    } else {
        EXPECT_EQ(ours, real) << where;
    }
}

/// Paths of keys, but for those under the keys that are left out.
void collectKeys(const Json& json, const std::string& where, std::set<std::string>& keys) {
    for (const auto& [key, value] : json.items()) {
        const std::string path = json.is_array() ? where : where + "/" + key;
        keys.insert(path);
        if (value.is_structured()) collectKeys(value, path, keys);
    }
}

TEST(ShowBgp, AnswersAsTheRealRouter) {
    const ShellWorld world = makeBgpWorld();
    const auto answers = readAnswers("bgp-show/answers.txt");
    EXPECT_GT(answers.size(), 40U);
    for (const auto& [command, answer] : answers)
        EXPECT_EQ(timeless(world.ask("R1", command)), timeless(answer)) << command;
}

TEST(ShowBgp, JsonHasTheKeysAndValuesOfTheRealRouter) {
    const ShellWorld world = makeBgpWorld();
    const auto answers = readAnswers("bgp-show/json-answers.txt");
    EXPECT_GT(answers.size(), 15U);
    for (const auto& [command, answer] : answers) {
        const Json ours = Json::parse(world.ask("R1", command));
        const Json real = Json::parse(answer);
        expectWithin(ours, real, command);
        if (command.find("neighbors json") != std::string::npos) continue;
        // All that FRR says of routes and of summaries is said here as well.
        std::set<std::string> said;
        std::set<std::string> expected;
        collectKeys(ours, "", said);
        collectKeys(real, "", expected);
        for (const std::string& key : expected) {
            const bool isKnown = key.ends_with("/fibInstalled") || key.ends_with("/lastResetCode");
            EXPECT_TRUE(isKnown || said.contains(key)) << command << ": " << key;
        }
    }
}

TEST(ShowBgp, NeighborsSayNothingThatTheRealRouterDoesNotSay) {
    const ShellWorld world = makeBgpWorld();
    std::set<std::string> real;
    std::istringstream answer(timeless(readData("bgp-show/neighbors.txt")));
    for (std::string line; std::getline(answer, line);)
        real.insert(line);
    const std::regex volatileLine(
        ".*(Reason: |Last re|Local port|Foreign port|Hostname|Route refresh|timer due|R bit|BGP state).*|"
        " +(Opens|Notifications|Updates|Keepalives|Route Refresh|Total):.*");
    std::istringstream text(timeless(world.ask("R1", "show bgp neighbors")));
    std::size_t count = 0;
    for (std::string line; std::getline(text, line); ++count) {
        EXPECT_TRUE(std::regex_match(line, volatileLine) || real.contains(line)) << line;
    }
    EXPECT_GT(count, 300U);
}

TEST(ShowBgp, TellsWhatIsAgreedAboutRestarts) {
    const ShellWorld world = makeBgpWorld();
    // Each line but the heading's legend stands among FRR's answer to `show bgp neighbors`, too.
    const std::string text = world.ask("R1", "show bgp ipv4 neighbors 10.0.12.2 graceful-restart");
    EXPECT_THAT(text, HasSubstr("Codes: GR - Graceful Restart, * -  Inheriting Global GR Config,\n"));
    EXPECT_THAT(text, HasSubstr("BGP neighbor is 10.0.12.2, remote AS 65002, local AS 65001, external link\n"
                                "  BGP state = Established, up for "));
    EXPECT_THAT(text, HasSubstr("    IPv4 Unicast:\n      F bit: False\n      End-of-RIB sent: Yes\n"));
    EXPECT_THAT(text, Not(HasSubstr("Selection Deferral"))) << "R1 is a helper only";
    EXPECT_THAT(text, Not(HasSubstr("10.0.13.3")));
    const Json json = Json::parse(world.ask("R1", "show bgp neighbors graceful-restart json"));
    EXPECT_EQ(json["10.0.12.2"]["neighborAddr"], "10.0.12.2");
    EXPECT_EQ(json["10.0.12.2"]["localGrMode"], "Helper*");
    EXPECT_EQ(json["10.0.12.2"]["ipv4Unicast"]["timers"]["stalePathTimer"], 360);
    EXPECT_EQ(json["10.0.12.98"]["remoteGrMode"], "NotApplicable");
    EXPECT_EQ(world.ask("R1", "show bgp neighbors 9.9.9.9 graceful-restart"),
              "% No such neighbor in this view/vrf\n\n");
}

TEST(ShowBgp, SaysWhyANeighborIsNotEstablished) {
    const ShellWorld world = makeBgpWorld();
    EXPECT_THAT(world.ask("R1", "show bgp neighbors 10.0.12.98"),
                HasSubstr("  BGP state = Idle\n  Reason: shut down by its administrator\n"));
    const Json json = Json::parse(world.ask("R1", "show bgp neighbors 10.0.12.98 json"));
    EXPECT_EQ(json["10.0.12.98"]["reason"], "shut down by its administrator");
    EXPECT_EQ(json["10.0.12.98"]["adminShutDown"], true);
}

TEST(ShowBgp, NextHopsSayHowTheyAreReachedAndForWhom) {
    const ShellWorld world = makeBgpWorld();
    const std::string all = world.ask("R1", "show bgp nexthop");
    EXPECT_THAT(all, testing::StartsWith("Current BGP nexthop cache:\n"));
    EXPECT_THAT(all, HasSubstr(" 10.0.12.2 valid [IGP metric 0], #paths 5, peer 10.0.12.2\n"));
    EXPECT_THAT(all, HasSubstr(" 10.0.35.5 "));
    EXPECT_THAT(all, Not(HasSubstr("Paths:")));
    const std::string one = world.ask("R1", "show ip bgp nexthop 10.0.35.5");
    EXPECT_THAT(one, HasSubstr("    1/1 172.30.0.0/16\n"));
    EXPECT_THAT(one, Not(HasSubstr("10.0.12.2")));
    EXPECT_EQ(world.ask("R1", "show bgp nexthop 192.0.2.99"), "specified nexthop does not have entry\n");
    const Json json = Json::parse(world.ask("R1", "show bgp nexthop 10.0.35.5 json"));
    EXPECT_EQ(json["ipv4"]["10.0.35.5"]["valid"], true);
    EXPECT_EQ(json["ipv4"]["10.0.35.5"]["paths"][0]["prefix"], "10.0.35.0/24");
}

TEST(ShowBgp, WithoutBgpThereIsNothingToShow) {
    Topology topology;
    ShellWorld::addNode(topology, "A");
    const ShellWorld world(std::move(topology));
    EXPECT_EQ(world.ask("A", "show bgp"), "Default BGP instance not found\n");
    EXPECT_EQ(Json::parse(world.ask("A", "show bgp json"))["warning"], "Default BGP instance not found");
    EXPECT_EQ(world.ask("A", "show bgp summary"), "% BGP instance not found\n");
    EXPECT_EQ(world.ask("A", "show bgp neighbors json"), "{}\n");
}

/// Clears as an operator types them.
class ClearBgp : public testing::Test {
  protected:
    void clear(const std::string& line) {
        auto answer = world_.run("R1", line);
        ASSERT_TRUE(answer.has_value()) << answer.error().message;
        EXPECT_EQ(answer->text, "");
        for (Action& action : answer->actions) {
            labels_.push_back(action.text);
            ASSERT_TRUE(world_.lab().apply(action).has_value());
        }
        world_.lab().runFor(Duration::seconds(3));
    }
    Json neighbor(const std::string& name) {
        return Json::parse(world_.ask("R1", "show bgp neighbors " + name + " json"))[name];
    }
    int refreshes(const std::string& name) { return neighbor(name)["messageStats"]["routeRefreshSent"]; }
    int drops(const std::string& name) { return neighbor(name)["connectionsDropped"]; }

    ShellWorld world_ = makeBgpWorld();
    std::vector<std::string> labels_;
};

TEST_F(ClearBgp, EndsEverySession) {
    clear("clear bgp *");
    for (const std::string name : {"10.0.12.2", "10.0.13.3", "10.0.14.4", "2001:db8:12::2"})
        EXPECT_EQ(drops(name), 1) << name;
    EXPECT_EQ(labels_, std::vector<std::string>{"R1: clear bgp *"});
}

TEST_F(ClearBgp, EndsTheSessionsThatAreMeant) {
    clear("clear bgp 10.0.12.2");
    EXPECT_EQ(drops("10.0.12.2"), 1);
    EXPECT_EQ(drops("10.0.21.2"), 0);
    clear("clear bgp 65004");
    EXPECT_EQ(drops("10.0.14.4"), 1);
    clear("clear bgp peer-group CORE");
    EXPECT_EQ(drops("10.0.13.3"), 1);
    EXPECT_EQ(drops("2001:db8:13::3"), 0);
    clear("clear bgp ipv6 unicast external");
    EXPECT_EQ(drops("2001:db8:12::2"), 1);
    EXPECT_EQ(drops("10.0.21.2"), 0);
}

TEST_F(ClearBgp, SoftlyAsksForRoutesAgain) {
    clear("clear bgp * soft in");
    EXPECT_EQ(refreshes("10.0.21.2"), 1);
    EXPECT_EQ(refreshes("2001:db8:12::2"), 1);
    EXPECT_EQ(refreshes("10.0.12.2"), 0) << "what it says is kept here";
    clear("clear ip bgp * in");
    EXPECT_EQ(refreshes("10.0.21.2"), 2);
    EXPECT_EQ(refreshes("2001:db8:12::2"), 1);
    clear("clear bgp ipv6 unicast 2001:DB8:12:0::2 soft");
    EXPECT_EQ(refreshes("2001:db8:12::2"), 2);
    clear("clear bgp ipv4 10.0.21.2 soft out");
    EXPECT_EQ(refreshes("10.0.21.2"), 2);
    EXPECT_EQ(drops("10.0.21.2"), 0);
    EXPECT_EQ(labels_[2], "R1: clear bgp ipv6 unicast 2001:DB8:12:0::2 soft");
}

TEST_F(ClearBgp, WhoIsNotThereIsNamed) {
    EXPECT_EQ(world_.ask("R1", "clear bgp 1.2.3.4"), "% BGP: Unknown neighbor - \"1.2.3.4\"\n");
    EXPECT_EQ(world_.ask("R1", "clear bgp peer-group NOPE"), "% BGP: No such peer-group NOPE\n");
    EXPECT_EQ(world_.ask("R1", "clear bgp 65444"), "% BGP: No Unknown peer is configured with AS 65444\n");
    EXPECT_EQ(world_.ask("R1", "clear bgp eth7"), "Malformed address or name: eth7\n");
}

}  // namespace
}  // namespace peerscape
