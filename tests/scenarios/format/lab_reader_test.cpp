#include "scenarios/format/lab_reader.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

LabFile lab(const std::string& text) {
    LabOutcome outcome = readLab("peerscape: 1\n" + text, "lab.yaml");
    for (const Diagnostic& diagnostic : outcome.diagnostics)
        ADD_FAILURE() << toString(diagnostic);
    return outcome.lab.value_or(LabFile());
}

std::vector<std::string> diagnostics(const std::string& text) {
    std::vector<std::string> all;
    for (const Diagnostic& diagnostic : readLab("peerscape: 1\n" + text, "lab.yaml").diagnostics)
        all.push_back(toString(diagnostic));
    return all;
}

const std::string kTwo =
    "routers: {A: {}, B: {}}\nlinks:\n  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": "
    "[1.1.1.2/30]}}\n";

template <typename What>
What action(const std::string& text) {
    const LabFile read = lab(kTwo + "steps:\n  - do: [" + text + "]\n");
    if (read.steps.empty() || read.steps[0].actions.empty()) return {};
    const What* what = std::get_if<What>(&read.steps[0].actions[0].what);
    EXPECT_NE(what, nullptr) << text;
    return what == nullptr ? What() : *what;
}

Expectation expectation(const std::string& text) {
    const LabFile read =
        lab(kTwo + "flows: [{name: f, from: A, to: 1.1.1.2}]\nsteps:\n  - expect: [" + text + "]\n");
    if (read.steps.empty() || read.steps[0].expectations.empty()) return {};
    return read.steps[0].expectations[0];
}

template <typename What>
What claim(const std::string& text) {
    const Expectation read = expectation(text);
    const What* what = std::get_if<What>(&read.what);
    EXPECT_NE(what, nullptr) << text;
    return what == nullptr ? What() : *what;
}

TEST(LabReader, ReadsHowBgpIsPaced) {
    EXPECT_EQ(lab("").bgpPacing, BgpPacing());
    EXPECT_EQ(lab("bgp: {advertisement-interval: rfc}\n").bgpPacing,
              (BgpPacing{Duration::seconds(30), Duration::seconds(5), true}));
    EXPECT_EQ(lab("bgp: {advertisement-interval: {internal: 15s}, jitter: false}\n").bgpPacing,
              (BgpPacing{Duration(), Duration::seconds(15), false}));
    EXPECT_EQ(lab("bgp: {jitter: false}\n").bgpPacing, (BgpPacing{Duration(), Duration(), false}));
}

TEST(LabReader, SaysWhatIsWrongWithAnAdvertisementInterval) {
    const auto only = [](const std::string& text) {
        const auto all = diagnostics("bgp: " + text + "\n");
        return all.size() == 1 ? all.front() : std::string("none, or several");
    };
    constexpr const char* kRange = "an advertisement interval is a whole number of seconds, at most 600";
    EXPECT_THAT(only("{advertisement-interval: {external: 601s}}"), HasSubstr(kRange));
    EXPECT_THAT(only("{advertisement-interval: {external: 1500ms}}"), HasSubstr(kRange));
    EXPECT_THAT(only("{advertisement-interval: rcf}"), HasSubstr("rfc"));
    EXPECT_THAT(only("{advertisement-interval: {outside: 3s}}"), HasSubstr("outside"));
    EXPECT_THAT(only("{mrai: 3s}"), HasSubstr("mrai"));
    EXPECT_THAT(only("fast"), HasSubstr("bgp"));
}

TEST(LabReader, ReadsRoas) {
    const LabFile read =
        lab("roas:\n  - {prefix: 192.0.2.0/24, max_length: 25, origin: 1.10}\n"
            "  - {prefix: 2001:db8::/32, origin: 0}\n");
    ASSERT_EQ(read.roas.size(), 2U);
    EXPECT_EQ(toString(read.roas[0].prefix), "192.0.2.0/24");
    EXPECT_EQ(read.roas[0].maximumLength, 25);
    EXPECT_EQ(read.roas[0].origin, 65546U);
    EXPECT_EQ(read.roas[1].maximumLength, std::nullopt);
    EXPECT_EQ(read.roas[1].origin, 0U);
}

TEST(LabReader, SaysWhatIsWrongWithARoa) {
    const auto only = [](const std::string& roa) {
        const auto all = diagnostics("roas: [" + roa + "]\n");
        return all.empty() ? std::string() : all.front();
    };
    EXPECT_EQ(only("{prefix: 192.0.2.0/24, max_length: 23, origin: 1}"),
              "lab.yaml:2:43: expected a whole number from 24 to 32, not '23'");
    EXPECT_NE(only("{prefix: 192.0.2.1/24, origin: 1}").find("lab.yaml:2:17: "), std::string::npos);
    EXPECT_NE(only("{prefix: 192.0.2.0/24}").find("origin"), std::string::npos);
    EXPECT_NE(only("{prefix: 192.0.2.0/24, origin: R1}").find("AS number"), std::string::npos);
}

TEST(LabReader, TcpCarriesSegmentsOrMessages) {
    EXPECT_FALSE(lab("").sendsWholeMessages);
    EXPECT_FALSE(lab("tcp: segments\n").sendsWholeMessages);
    EXPECT_TRUE(lab("tcp: messages\n").sendsWholeMessages);
    EXPECT_THAT(diagnostics("tcp: bytes\n"), ::testing::ElementsAre(::testing::StartsWith("lab.yaml:2:6: ")));
}

TEST(LabReader, ReadsWatches) {
    const LabFile read =
        lab("watch:\n  - {prefix: 192.0.2.0/24, origins: [65001, 1.10]}\n"
            "  - {prefix: 2001:db8::/32, origins: 65002}\n  - {prefix: 192.0.2.0/25, origins: [65003]}\n");
    ASSERT_EQ(read.watches.size(), 3U);
    EXPECT_EQ(read.watches[0].origins, (std::vector{Asn::number(65001), Asn::number(65546)}));
    EXPECT_EQ(read.watches[1].origins, std::vector{Asn::number(65002)});
    EXPECT_TRUE(read.watches[0].allows(Asn::number(65546)));
    EXPECT_FALSE(read.watches[0].allows(Asn::number(65002)));
    EXPECT_FALSE(read.watches[0].allows(std::nullopt));
    const auto over = [&](const char* prefix) { return read.watchOver(Prefix::parse(prefix).value()); };
    EXPECT_EQ(over("192.0.2.128/25"), &read.watches[0]);
    EXPECT_EQ(over("192.0.2.0/26"), &read.watches[2]) << "the longest one judges";
    EXPECT_EQ(over("2001:db8:7::/48"), &read.watches[1]);
    EXPECT_EQ(over("192.0.0.0/16"), nullptr) << "what is around a watched prefix is no part of it";
    EXPECT_EQ(over("::/32"), nullptr);
}

TEST(LabReader, ReadsNotes) {
    const LabFile read =
        lab("notes:\n  - {text: Look here, at: [10, -20.5]}\n  - at: [0, 0]\n    text: |\n      Two\n      "
            "lines\n");
    ASSERT_EQ(read.notes.size(), 2U);
    EXPECT_EQ(read.notes[0].text, "Look here");
    EXPECT_EQ(read.notes[0].at, (std::array{10.0, -20.5}));
    EXPECT_EQ(read.notes[1].text, "Two\nlines\n");
}

TEST(LabReader, SaysWhatIsWrongWithANote) {
    const auto all = [](const std::string& note) { return diagnostics("notes: [" + note + "]\n"); };
    EXPECT_THAT(all("{at: [0, 0]}"), ElementsAre("lab.yaml:2:9: a note needs 'text'"));
    EXPECT_THAT(all("{text: Here}"), ElementsAre("lab.yaml:2:9: a note needs 'at'"));
    EXPECT_THAT(all("{text: \"\", at: [0, 0]}"),
                ElementsAre("lab.yaml:2:16: a note says something; take it out if it does not"));
    EXPECT_THAT(all("{text: [a], at: [0, 0]}"), ElementsAre(HasSubstr("lab.yaml:2:16: ")));
    EXPECT_THAT(all("{text: Here, at: [0]}"),
                ElementsAre("lab.yaml:2:26: expected the place on the canvas as [x, y]"));
    EXPECT_THAT(all("{text: Here, at: [0, 0], txet: There}"),
                ElementsAre(testing::AllOf(HasSubstr("lab.yaml:2:34: "), HasSubstr("did you mean 'text'?"))));
    EXPECT_THAT(all("Here"), ElementsAre(HasSubstr("lab.yaml:2:9: ")));
}

TEST(LabReader, SaysWhatIsWrongWithAWatch) {
    const auto all = [](const std::string& watch) { return diagnostics("watch: [" + watch + "]\n"); };
    EXPECT_THAT(all("{prefix: 192.0.2.0/24, origins: []}"),
                ElementsAre("lab.yaml:2:41: expected at least one AS that may originate the prefix"));
    EXPECT_THAT(all("{prefix: 192.0.2.0/24}"), ElementsAre(HasSubstr("lab.yaml:2:9: ")));
    EXPECT_THAT(all("{prefix: 192.0.2.1/24, origins: [1]}"), ElementsAre(HasSubstr("lab.yaml:2:18: ")));
    EXPECT_THAT(all("{prefix: 192.0.2.0/24, origins: [R1]}"), ElementsAre(HasSubstr("an AS number")));
    EXPECT_THAT(all("{prefix: 192.0.2.0/24, origin: [1]}"), testing::Contains(HasSubstr("origins")));
    EXPECT_THAT(
        all("{prefix: 192.0.2.0/24, origins: [1]}, {prefix: 192.0.2.0/24, origins: [2]}"),
        ElementsAre("lab.yaml:2:47: 192.0.2.0/24 is watched already, in line 2; name all origins there"));
}

TEST(LabReader, AnAlarmNeedsAWatchAroundItsPrefix) {
    const auto all = [](const std::string& claim) {
        return diagnostics(kTwo + "watch: [{prefix: 192.0.2.0/24, origins: [1]}]\nsteps: [{expect: [" +
                           claim + "]}]\n");
    };
    EXPECT_THAT(all("{alarm: {prefix: 192.0.2.0/25, origin: 2, routers: [A, B]}}, {no-alarms: true}"),
                IsEmpty());
    EXPECT_THAT(
        all("{alarm: {prefix: 192.0.0.0/16}}"),
        ElementsAre(HasSubstr("nothing under 'watch' is around 192.0.0.0/16, so there can be no alarm")));
    EXPECT_THAT(all("{alarm: {prefix: 192.0.2.0/24, routers: [C]}}"),
                ElementsAre(HasSubstr("there is no router 'C'")));
    EXPECT_THAT(all("{alarm: {origin: 2}}"), ElementsAre(HasSubstr("prefix")));
    EXPECT_THAT(diagnostics("steps: [{expect: [{no-alarms: true}]}]\n"),
                ElementsAre("lab.yaml:2:19: nothing is under 'watch', so there can be no alarm"));
}

TEST(LabReader, ReadsTheSmallestLab) {
    const LabFile read = lab("");
    EXPECT_EQ(read.seed, 1U);
    EXPECT_TRUE(read.routers.empty());
}

TEST(LabReader, TakesWordsOfYamlOneOneForNames) {
    // Norway's country code, among others, is no truth value here.
    const LabFile read =
        lab("title: no\nrouters: {no: , on: {}, y: {}, null: {}, true: {}, 7: {}}\nlinks: [{ends: [no, on]}, "
            "{ends: [y, 'null']}]\n");
    EXPECT_EQ(read.title, "no");
    ASSERT_EQ(read.routers.size(), 6U);
    EXPECT_EQ(read.routers[0].name, "no");
    EXPECT_EQ(read.routers[3].name, "null");
    EXPECT_EQ(read.links[0].name, "no-on");
}

TEST(LabReader, ReadsAsdotAsAnAsNumberAndNotAsADecimal) {
    EXPECT_EQ(lab("routers: {A: {asn: 1.10}}\n").routers[0].asn, Asn::number(65546));
    EXPECT_EQ(lab("routers: {A: {asn: 1.1}}\n").routers[0].asn, Asn::number(65537));
}

TEST(LabReader, KeepsPlacesOfEntries) {
    const LabFile read = lab("routers:\n  A: {}\n  B: {}\nlinks:\n  - ends: [A, B]\n");
    EXPECT_EQ(read.routers[1].place.at, (SourcePlace{"lab.yaml", 4, 3}));
    EXPECT_EQ(read.links[0].place.at, (SourcePlace{"lab.yaml", 6, 5}));
    EXPECT_EQ(read.links[0].ends[1].place.at, (SourcePlace{"lab.yaml", 6, 15}));
}

TEST(LabReader, CountsColumnsInCharacters) {
    EXPECT_THAT(diagnostics("routers: {Ä: {}, Ö: {asn: x}}\n"), ElementsAre(HasSubstr("lab.yaml:2:27: ")));
}

TEST(LabReader, CountsLinesAlikeWithAllLineEnds) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const LabOutcome outcome =
            readLab("peerscape: 1" + end + "title: x" + end + "titel: y" + end, "lab.yaml");
        ASSERT_EQ(outcome.diagnostics.size(), 1U);
        EXPECT_EQ(outcome.diagnostics[0].place, (SourcePlace{"lab.yaml", 3, 1}));
    }
}

TEST(LabReader, FollowsAliasesAndMergeKeys) {
    const LabFile read =
        lab("routers:\n  A: &a {asn: 7, protocols: [bgp]}\n  B: {<<: *a, asn: 8}\n  C: *a\n");
    EXPECT_EQ(read.routers[1].asn, Asn::number(8));
    EXPECT_THAT(read.routers[1].protocols, ElementsAre(IntentProtocol::Bgp));
    EXPECT_EQ(read.routers[2].asn, Asn::number(7));
}

TEST(LabReader, NamesLinksAfterTheirEnds) {
    const LabFile read =
        lab("routers: {B: , C: }\nlinks: [{ends: [B, C]}, {ends: [B, C]}, {name: B-C-2, ends: [B, "
            "C]}]\nlans: [{ends: [B]}]\n"
            "steps: [{do: [{fail: B-C}, {add_link: {ends: [B, C]}}, {fail: B-C-4}]}]\n");
    EXPECT_EQ(read.links[0].name, "B-C");
    EXPECT_EQ(read.links[1].name, "B-C-3");
    EXPECT_EQ(read.lans[0].name, "B-lan");
}

TEST(LabReader, NamesStepsByTheirNumber) {
    EXPECT_EQ(lab("steps: [{expect: []}, {}]\n").steps[0].name, "start");
    EXPECT_EQ(lab("steps: [{expect: []}, {}]\n").steps[1].name, "step-1");
    EXPECT_EQ(lab("steps: [{do: [{wait: 1s}]}]\n").steps[0].name, "step-1");
}

TEST(LabReader, InheritsTheAsnOfTheNearestGroup) {
    const LabFile read =
        lab("groups: {as: {asn: 65001}, house: {parent: as}}\nrouters: {A: {group: house}, B: {group: house, "
            "asn: 7}, C: {}}\n");
    EXPECT_EQ(read.asnOf(read.routers[0]), Asn::number(65001));
    EXPECT_EQ(read.asnOf(read.routers[1]), Asn::number(7));
    EXPECT_EQ(read.asnOf(read.routers[2]), std::nullopt);
}

TEST(LabReader, AllowsTheSameLoopbackOnSeveralRouters) {
    EXPECT_THAT(diagnostics("routers: {A: {loopback: [10.0.0.1/32]}, B: {loopback: [10.0.0.1/32]}}\n"),
                IsEmpty());
}

TEST(LabReader, AllowsTheSameLinkLocalAddressOnSeveralLinks) {
    EXPECT_THAT(diagnostics("routers: {A: , B: }\nlans:\n  - {ends: {\"A:l0\": [\"fe80::1/64\"]}}\n  - "
                            "{ends: {\"A:l1\": [\"fe80::1/64\"]}}\n"),
                IsEmpty());
}

TEST(LabReader, WarnsAboutEndsInDifferentNetworksAndGivesTheLab) {
    const LabOutcome outcome = readLab(
        "peerscape: 1\nrouters: {A: , B: }\nlinks:\n  - {ends: {\"A:e\": [10.0.0.1/24], \"B:e\": "
        "[10.0.1.1/24]}}\n",
        "lab.yaml");
    EXPECT_TRUE(outcome.lab.has_value());
    ASSERT_EQ(outcome.diagnostics.size(), 1U);
    EXPECT_EQ(outcome.diagnostics[0].severity, Severity::Warning);
}

TEST(LabReader, TellsConfigurationTextFromFileNames) {
    const FileLoader loader = [](const std::string& path) -> Result<std::string> {
        return "loaded " + path + "\n";
    };
    const LabOutcome outcome = readLab(
        "peerscape: 1\nrouters:\n  A: {config: A/frr.conf}\n  B: {config: [zebra.conf, /etc/ripd.conf]}\n"
        "  C:\n    config: |\n      hostname C\n      router rip\n",
        "labs/lab.yaml", loader);
    ASSERT_TRUE(outcome.lab.has_value());
    const auto& routers = outcome.lab->routers;
    EXPECT_EQ(routers[0].config[0].text, "loaded labs/A/frr.conf\n");
    EXPECT_EQ(routers[0].config[0].origin.at, (SourcePlace{"labs/A/frr.conf", 1, 0}));
    EXPECT_EQ(routers[1].config[1].text, "loaded /etc/ripd.conf\n");
    EXPECT_EQ(routers[2].config[0].text, "hostname C\nrouter rip\n");
    EXPECT_EQ(routers[2].config[0].origin.at.line, 7U);
}

TEST(LabReader, ReadsEveryAction) {
    using namespace lab_action;
    EXPECT_EQ(action<Fail>("{fail: [ab, B, 'A:eth0'], for: 30s}").targets.size(), 3U);
    EXPECT_EQ(action<Fail>("{fail: ab, for: 30s}").heals, Duration::seconds(30));
    EXPECT_EQ(action<Restore>("{restore: ab}").targets.at(0).name, "ab");
    EXPECT_EQ(action<FailSilently>("{fail_silently: ab, from: A}").from->name, "A");
    EXPECT_EQ(action<FailOneWay>("{fail_one_way: {link: ab, from: B}}").from.name, "B");
    EXPECT_EQ(action<Shutdown>("{shutdown: 'A:eth0'}").interfaces.at(0).name, "A:eth0");
    EXPECT_EQ(action<NoShutdown>("{no_shutdown: ['A:eth0']}").interfaces.size(), 1U);
    EXPECT_EQ(action<AddLink>("{add_link: {ends: [A, B]}}").link.kind, SegmentKind::PointToPoint);
    EXPECT_EQ(action<AddLink>("{add_lan: {ends: [A]}}").link.kind, SegmentKind::Lan);
    EXPECT_THAT(action<Configure>("{configure: {router: A, lines: [router rip, network eth0]}}").lines,
                ElementsAre("router rip", "network eth0"));
    EXPECT_THAT(action<Configure>("{configure: {router: A, lines: \"router rip\\n network eth0\\n\"}}").lines,
                ElementsAre("router rip", " network eth0"));
    EXPECT_EQ(action<Command>("{command: {router: A, line: clear ip rip}}").line, "clear ip rip");
    EXPECT_EQ(action<Wait>("{wait: 0.5s}").duration, Duration::milliseconds(500));
    EXPECT_EQ(action<Change>("{change: {link: ab, delay: 50ms, loss: 2%}}").loss,
              Probability::partsPerMillion(20'000));
    const auto change = action<Change>("{change: {link: ab, duplicate: 1%, reorder: 2%, corrupt: 3%}}");
    EXPECT_EQ(change.duplicate, Probability::partsPerMillion(10'000));
    EXPECT_EQ(change.reorder, Probability::partsPerMillion(20'000));
    EXPECT_EQ(change.corrupt, Probability::partsPerMillion(30'000));
    EXPECT_EQ(action<Flap>("{flap: {link: ab, down: 1s, up: 2s, times: 5}}").times, 5U);
    EXPECT_EQ(action<Stop>("{stop: {router: A, protocol: rip}}").protocol, "rip");
    EXPECT_EQ(action<Start>("{start: A}").router.name, "A");
    const auto freeze = action<Freeze>("{freeze: {router: A, protocol: bgp}, for: 200s}");
    EXPECT_EQ(freeze.protocol, "bgp");
    EXPECT_EQ(freeze.heals, Duration::seconds(200));
    EXPECT_EQ(action<Thaw>("{thaw: A}").router.name, "A");
}

TEST(LabReader, ReadsEveryExpectation) {
    using namespace lab_expect;
    EXPECT_EQ(expectation("{converged: {within: 10s}}").within, Duration::seconds(10));
    EXPECT_EQ(claim<Oscillates>("{oscillates: true}"), Oscillates{});
    EXPECT_THAT(
        claim<Reaches>("{reaches: {from: A, to: B, path: [A, '*', B], via: B, avoids: [A]}}").path.size(),
        3U);
    EXPECT_EQ(claim<Unreachable>("{unreachable: {from: A, to: 10.0.0.1, disposition: no-route}}").disposition,
              Disposition::NoRoute);
    const auto route = claim<Route>(
        "{route: {router: A, prefix: 10.0.0.0/8, protocol: rip, metric: 3, distance: 120, tag: 7, via: [B, "
        "1.1.1.2], interface: eth0, next-hops: 2}}");
    EXPECT_EQ(route.nextHopCount, 2U);
    EXPECT_EQ(route.via.size(), 2U);
    EXPECT_EQ(claim<Route>("{route: {router: A, prefix: 10.0.0.0/8, next-hops: [B]}}").nextHops.size(), 1U);
    EXPECT_EQ(claim<Route>("{route: {router: A, prefix: 10.0.0.0/8, via: blackhole}}").via.at(0).name,
              "blackhole");
    claim<NoLoops>("{no-loops: true}");
    claim<NoBlackHoles>("{no-black-holes: }");
    EXPECT_EQ(claim<Lost>("{lost: {from: A, to: 1.1.1.2, at-most: 12}}").atMost, 12U);
    EXPECT_EQ(claim<Lost>("{lost: {flow: f, at-least: 1}}").flow, "f");
    EXPECT_THAT(
        claim<Show>("{show: {router: A, command: show ip rip, lines: [a, b], text: c, lacks: d}}").lines,
        ElementsAre("a", "b"));
    EXPECT_EQ(claim<Session>("{session: {router: A, neighbor: B}}").state, "Established");
    EXPECT_EQ(claim<Session>("{session: {router: A, neighbor: B, state: Idle, reason: no route}}").reason,
              "no route");
    const Best best = claim<Best>(
        "{best: {router: A, prefix: 10.0.0.0/8, as-path: [65002, 1.10], local-pref: 200, origin: igp, "
        "neighbor: 1.1.1.2, lost: {B: as-path-length, 1.1.1.1: med}}}");
    EXPECT_EQ(best.asPath, "65002 65546");
    EXPECT_EQ(best.localPreference, 200U);
    EXPECT_EQ(best.neighbor->name, "1.1.1.2");
    ASSERT_EQ(best.lost.size(), 2U);
    EXPECT_EQ(best.lost[0].neighbor.name, "B");
    EXPECT_EQ(best.lost[0].step, "as-path-length");
    EXPECT_EQ(best.lost[1].step, "med");
    EXPECT_EQ(
        claim<Best>("{best: {router: A, prefix: 10.0.0.0/8, as-path: \"(65101)  65001 {1,2}\"}}").asPath,
        "(65101) 65001 {1,2}");
    EXPECT_EQ(claim<Best>("{best: {router: A, prefix: 10.0.0.0/8, as-path: []}}").asPath, "");
    EXPECT_EQ(claim<Rip>("{rip: {router: A, prefix: 10.0.0.0/8, metric: 16}}").metric, 16U);
    EXPECT_EQ(claim<Messages>("{messages: {protocol: rip, at-most: 100}}").protocol, "rip");
    EXPECT_THAT(claim<Config>("{config: {router: A, contains: [router rip], lacks: x}}").contains,
                ElementsAre("router rip"));
}

TEST(LabReader, ReadsWhatEveryExpectationMayCarryInsideAndBeside) {
    for (const std::string text : {"{reaches: {from: A, to: B}, name: n, at: always, within: 9s, not: true, "
                                   "weight: 3, pass: p, fail: f, hint: h, level: warning}",
                                   "{reaches: {from: A, to: B, name: n, at: always, within: 9s, not: true, "
                                   "weight: 3, pass: p, fail: f, hint: h, level: warning}}"}) {
        const Expectation read = expectation(text);
        EXPECT_EQ(read.name, "n");
        EXPECT_EQ(read.at, (ExpectationTime{ExpectationTime::Kind::Always, {}}));
        EXPECT_EQ(read.within, Duration::seconds(9));
        EXPECT_TRUE(read.negated);
        EXPECT_EQ(read.weight, 3U);
        EXPECT_EQ(read.pass + read.fail + read.hint, "pfh");
        EXPECT_EQ(read.level, ExpectationLevel::Warning);
    }
    EXPECT_EQ(expectation("{no-loops: true, at: 5s}").at,
              (ExpectationTime{ExpectationTime::Kind::After, Duration::seconds(5)}));
}

TEST(LabReader, KeepsTheKindsOfFreeFormValues) {
    const auto show = claim<lab_expect::Show>(
        "{show: {router: A, command: c, contains: {a: 1, b: '1', c: 1.5, d: true, e: no, f: null, g: [x], h: "
        "01}}}");
    EXPECT_EQ(toString(*show.contains),
              R"({a: 1, b: "1", c: 1.5, d: true, e: "no", f: null, g: [x], h: 01})");
}

TEST(MadeLabs, AreReadWithoutAWord) {
    const auto folder = std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "tests/scenarios/format/made";
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const LabOutcome outcome = readLabFile(entry.path().string());
        EXPECT_THAT(outcome.diagnostics, IsEmpty()) << entry.path();
        ASSERT_TRUE(outcome.lab.has_value()) << entry.path();
        EXPECT_GE(outcome.lab->routers.size(), 3U);
        EXPECT_GE(outcome.lab->steps.size(), 3U);
        ++count;
    }
    EXPECT_GE(count, 3U);
}

}  // namespace
}  // namespace peerscape
