#include "scenarios/world/origins.hpp"

#include <gmock/gmock.h>

#include "scenarios/world/summary.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// V (65001) – W (65002) – X (65003) – E (65004), each a router of its AS; V owns 192.0.2.0/24.
const std::string kLine =
    "peerscape: 1\n"
    "title: Line\n"
    "routers:\n"
    "  V: {asn: 65001, networks: [192.0.2.0/24], protocols: [bgp]}\n"
    "  W: {asn: 65002, protocols: [bgp]}\n"
    "  X: {asn: 65003, protocols: [bgp]}\n"
    "  E:\n"
    "    asn: 65004\n"
    "    config: |\n"
    "      ip route 192.0.2.0/24 blackhole\n"
    "      ip route 192.0.2.0/25 blackhole\n"
    "      router bgp 65004\n"
    "       bgp router-id 10.0.0.4\n"
    "       no bgp ebgp-requires-policy\n"
    "       neighbor 10.0.3.1 remote-as 65003\n"
    "links:\n"
    "  - {name: vw, ends: {\"V:eth0\": [10.0.1.1/30], \"W:eth0\": [10.0.1.2/30]}, delay: 2ms}\n"
    "  - {name: wx, ends: {\"W:eth1\": [10.0.2.1/30], \"X:eth0\": [10.0.2.2/30]}, delay: 2ms}\n"
    "  - {name: xe, ends: {\"X:eth1\": [10.0.3.1/30], \"E:eth0\": [10.0.3.2/30]}, delay: 2ms}\n";
const std::string kWatched = kLine + "watch: [{prefix: 192.0.2.0/24, origins: [65001]}]\n";

std::string announce(const std::string& prefix, const std::string& no = "") {
    return "{configure: {router: E, lines: [router bgp 65004, " + no + "network " + prefix + "]}}";
}

std::vector<std::string> believersOf(const LabWorld& world, const OriginAlarm& alarm) {
    std::vector<std::string> names;
    for (const OriginAlarm::Believer& believer : alarm.believers)
        names.push_back(world.nameOf(believer.router));
    return names;
}

TEST(OriginWatch, IsSilentWhileTheOwnerAnnounces) {
    const FinishedRun run = runLab(kWatched);
    EXPECT_THAT(run.last().alarms, IsEmpty());
    EXPECT_THAT(originAlarms(*run.world), IsEmpty());
}

TEST(OriginWatch, NamesThoseWhoBelieveAnotherOriginInTheirOrder) {
    const FinishedRun run = runLab(withStep(kWatched, announce("192.0.2.0/24"), ""));
    ASSERT_EQ(run.last().alarms.size(), 1U);
    const OriginAlarm& alarm = run.last().alarms[0];
    EXPECT_EQ(toString(alarm.prefix), "192.0.2.0/24");
    EXPECT_EQ(alarm.origin, Asn::number(65004));
    EXPECT_THAT(believersOf(*run.world, alarm), ElementsAre("E", "X")) << "W and V are nearer to the owner";
    EXPECT_EQ(alarm.begin, run.last().begin);
    EXPECT_EQ(alarm.believers[1].since, run.last().begin + Duration::milliseconds(2));
    EXPECT_TRUE(alarm.end.isNever());
    EXPECT_TRUE(alarm.cause.isSome());
    EXPECT_THAT(summarize(*run.world, run.last()),
                HasSubstr("  ALARM     192.0.2.0/24 from AS 65004, believed by E, X, since "));
}

TEST(OriginWatch, APartOfWhatIsWatchedIsWatched) {
    const FinishedRun run = runLab(withStep(kWatched, announce("192.0.2.0/25"), ""));
    ASSERT_EQ(run.last().alarms.size(), 1U);
    EXPECT_EQ(toString(run.last().alarms[0].prefix), "192.0.2.0/25");
    EXPECT_EQ(toString(run.last().alarms[0].watched), "192.0.2.0/24");
    EXPECT_THAT(believersOf(*run.world, run.last().alarms[0]), ElementsAre("E", "X", "W", "V"));
}

TEST(OriginWatch, AnAlarmEndsWithItsLastBelieverAndIsNotOfTheNextStep) {
    const std::string lab =
        withStep(kWatched, announce("192.0.2.0/25") + ", {wait: 5s}, " + announce("192.0.2.0/25", "no "), "");
    const FinishedRun run = runLab(lab + "  - {name: later, do: [{wait: 1s}]}\n");
    ASSERT_EQ(run.result.steps.size(), 3U);
    ASSERT_EQ(run.result.steps[1].alarms.size(), 1U);
    const OriginAlarm& alarm = run.result.steps[1].alarms[0];
    EXPECT_EQ(alarm.end, alarm.begin + Duration::seconds(5) + Duration::milliseconds(6));
    EXPECT_THAT(run.result.steps[2].alarms, IsEmpty());
}

TEST(OriginWatch, AnAlarmThatLastsIsOfEveryStep) {
    const FinishedRun run =
        runLab(withStep(kWatched, announce("192.0.2.0/25"), "") + "  - {name: later, do: [{wait: 1s}]}\n");
    ASSERT_EQ(run.last().alarms.size(), 1U);
    EXPECT_EQ(run.last().alarms[0].begin, run.result.steps[1].begin);
}

TEST(OriginWatch, SeveralOriginsAreAnycast) {
    const std::string lab = kLine + "watch: [{prefix: 192.0.2.0/24, origins: [65001, 65004]}]\n";
    const FinishedRun run = runLab(withStep(lab, announce("192.0.2.0/24"), ""));
    EXPECT_THAT(run.last().alarms, IsEmpty());
}

TEST(OriginWatch, TheLongestWatchJudges) {
    const std::string lab = kLine +
                            "watch:\n  - {prefix: 192.0.2.0/24, origins: [65001]}\n"
                            "  - {prefix: 192.0.2.0/25, origins: [65004]}\n";
    EXPECT_THAT(runLab(withStep(lab, announce("192.0.2.0/25"), "")).last().alarms, IsEmpty());
    EXPECT_EQ(runLab(withStep(lab, announce("192.0.2.0/24"), "")).last().alarms.size(), 1U);
}

TEST(OriginWatch, AStoppedProcessBelievesNothing) {
    const FinishedRun run = runLab(withStep(
        kWatched, announce("192.0.2.0/25") + ", {wait: 5s}, {stop: {router: E, protocol: bgp}}", ""));
    ASSERT_EQ(run.last().alarms.size(), 1U);
    EXPECT_FALSE(run.last().alarms[0].end.isNever());
    EXPECT_THAT(originAlarms(*run.world), IsEmpty());
}

TEST(OriginWatch, AnOriginThatChangesWithoutAnyRouteIsSeen) {
    // X hears of the prefix from the same neighbor as before, so neither its RIB nor its FIB changes.
    const std::string lie =
        "{configure: {router: E, lines: [route-map LIE permit 10, set as-path prepend 65009, exit, router "
        "bgp "
        "65004, neighbor 10.0.3.1 route-map LIE out]}}";
    const std::string lab = kLine + "watch: [{prefix: 192.0.2.0/25, origins: [65004]}]\n";
    const FinishedRun run = runLab(withStep(lab, announce("192.0.2.0/25") + ", {wait: 5s}, " + lie, ""));
    ASSERT_EQ(run.last().alarms.size(), 1U);
    EXPECT_EQ(run.last().alarms[0].origin, Asn::number(65009));
    EXPECT_THAT(believersOf(*run.world, run.last().alarms[0]), ElementsAre("X", "W", "V"));
}

TEST(OriginWatch, AWatchChangesNothingInTheRun) {
    EXPECT_EQ(runLab(withStep(kWatched, announce("192.0.2.0/24"), "")).result.fingerprint,
              runLab(withStep(kLine, announce("192.0.2.0/24"), "")).result.fingerprint);
}

/// What the watch tells a reader of the run, a line each; times in milliseconds since the last step began.
std::vector<std::string> newsOf(const std::string& lab) {
    const auto world = makeWorld(lab);
    StepRunner runner(*world, {});
    std::vector<std::string> lines;
    SimTime begin;
    SimTime latest;
    RunReader reader;
    reader.onStep = [&](SimTime time) { begin = time; };
    reader.onRecords = [&](std::span<const Record> records) {
        EXPECT_GE(records.front().time, latest) << "alarms come before the records of later instants";
        latest = records.back().time;
    };
    reader.onAlarm = [&](const AlarmNews& news) {
        EXPECT_GE(news.time, latest) << "alarms come behind the records of their instant";
        latest = news.time;
        EXPECT_EQ(news.cause.isSome(), news.begins);
        lines.push_back(std::to_string((news.time - begin).count() / 1'000'000) + " " +
                        world->nameOf(news.router) + (news.begins ? ": " : " no more: ") + describe(news));
    };
    runner.readAlong(reader);
    while (!runner.isDone())
        runner.runNext();
    return lines;
}

TEST(OriginWatch, TellsReadersWhoBeginsAndCeasesToBelieve) {
    EXPECT_THAT(
        newsOf(withStep(kWatched,
                        announce("192.0.2.0/25") + ", {wait: 5s}, " + announce("192.0.2.0/25", "no "), "")),
        ElementsAre("0 E: 192.0.2.0/25 from AS 65004, inside 192.0.2.0/24",
                    "2 X: 192.0.2.0/25 from AS 65004, inside 192.0.2.0/24",
                    "4 W: 192.0.2.0/25 from AS 65004, inside 192.0.2.0/24",
                    "6 V: 192.0.2.0/25 from AS 65004, inside 192.0.2.0/24",
                    "5000 E no more: 192.0.2.0/25 from AS 65004, inside 192.0.2.0/24",
                    "5002 X no more: 192.0.2.0/25 from AS 65004, inside 192.0.2.0/24",
                    "5004 W no more: 192.0.2.0/25 from AS 65004, inside 192.0.2.0/24",
                    "5006 V no more: 192.0.2.0/25 from AS 65004, inside 192.0.2.0/24"));
    EXPECT_THAT(newsOf(withStep(kWatched, announce("192.0.2.0/24"), "")),
                ElementsAre("0 E: 192.0.2.0/24 from AS 65004", "2 X: 192.0.2.0/24 from AS 65004"));
}

TEST(OriginWatch, WhatEndsInTheInstantInWhichItBeganIsNoNews) {
    EXPECT_THAT(
        newsOf(withStep(kWatched, announce("192.0.2.0/25") + ", " + announce("192.0.2.0/25", "no "), "")),
        IsEmpty());
}

TEST(OriginWatch, AnInstantMayBeLookedAtTwice) {
    const auto world = settledWorld(kWatched);
    const Lab& lab = std::as_const(*world).lab();
    OriginWatch watch(world->file(), world->simulation());
    std::uint64_t seen = lab.log().count();
    const auto change = [&](const std::string& line) {
        std::vector<std::string> warnings;
        EXPECT_TRUE(world->configure(*world->nodeNamed("E"), {"router bgp 65004", line}, warnings));
        world->lab().runUntil(lab.now());
        std::vector<Record> records;
        for (std::size_t i = lab.log().positionOf(RecordId(seen)); i < lab.log().kept().size(); ++i)
            records.push_back(lab.log().kept()[i]);
        seen = lab.log().count();
        watch.instantOver(world->simulation(), records);
    };
    change("network 192.0.2.0/25");
    EXPECT_EQ(watch.alarms().size(), 1U);
    EXPECT_THAT(watch.takeNewsBefore(lab.now()), IsEmpty()) << "the instant is not over";
    change("no network 192.0.2.0/25");
    EXPECT_THAT(watch.takeNewsBefore(SimTime::never()), IsEmpty());
    change("network 192.0.2.0/25");
    EXPECT_THAT(watch.takeNewsBefore(SimTime::never()), testing::SizeIs(1));
    EXPECT_THAT(watch.takeNewsBefore(SimTime::never()), IsEmpty()) << "taken is taken";
}

TEST(AlarmExpectations, AreJudged) {
    const auto verdict = [](const std::string& claim) {
        return runLab(withStep(kWatched, announce("192.0.2.0/24"), claim)).expectation().verdict;
    };
    EXPECT_EQ(verdict("{alarm: {prefix: 192.0.2.0/24}}"), Verdict::Pass);
    EXPECT_EQ(verdict("{alarm: {prefix: 192.0.2.0/24, origin: 65004, routers: [X, E]}}"), Verdict::Pass);
    EXPECT_EQ(verdict("{alarm: {prefix: 192.0.2.0/24, routers: [W]}}"), Verdict::Fail);
    EXPECT_EQ(verdict("{alarm: {prefix: 192.0.2.0/24, origin: 65003}}"), Verdict::Fail);
    EXPECT_EQ(verdict("{alarm: {prefix: 192.0.2.0/25}}"), Verdict::Fail);
    EXPECT_EQ(verdict("{no-alarms: true}"), Verdict::Fail);
    EXPECT_EQ(verdict("{no-alarms: true, not: true}"), Verdict::Pass);
}

TEST(AlarmExpectations, SayWhatThereIs) {
    const FinishedRun run = runLab(withStep(kWatched, announce("192.0.2.0/24"), "{no-alarms: true}"));
    EXPECT_EQ(run.expectation().expected, "what is watched comes from its own origins only");
    EXPECT_EQ(run.expectation().actual, "192.0.2.0/24 from AS 65004, believed by X, E");
    const FinishedRun calm = runLab(withStep(kWatched, "", "{alarm: {prefix: 192.0.2.0/24, origin: 65004}}"));
    EXPECT_EQ(calm.expectation().expected, "an alarm: 192.0.2.0/24 from AS 65004");
    EXPECT_EQ(calm.expectation().actual, "no alarm");
}

TEST(AlarmExpectations, HoldAtEveryInstantOrAtSome) {
    const std::string brief = announce("192.0.2.0/25") + ", {wait: 5s}, " + announce("192.0.2.0/25", "no ");
    const auto verdict = [&](const std::string& claim) {
        return runLab(withStep(kWatched, brief, claim)).expectation().verdict;
    };
    EXPECT_EQ(verdict("{no-alarms: true, at: always}"), Verdict::Fail);
    EXPECT_EQ(verdict("{no-alarms: true}"), Verdict::Pass);
    EXPECT_EQ(verdict("{alarm: {prefix: 192.0.2.0/25, routers: [V]}, at: eventually}"), Verdict::Pass);
}

TEST(Origins, AreShownRouterByRouter) {
    const FinishedRun run =
        runLab(withStep(kWatched, announce("192.0.2.0/24") + ", " + announce("192.0.2.0/25"), ""));
    run.world->lab().runFor(Duration::seconds(1));
    EXPECT_EQ(listOrigins(*run.world, Prefix::parse("192.0.2.0/24").value()),
              "192.0.2.0/24, expected from AS 65001\n"
              "  router  origin    AS path\n"
              "  V       AS 65001  its own\n"
              "  W       AS 65001  65001\n"
              "  X       AS 65004  65004    ALARM\n"
              "  E       AS 65004  its own  ALARM\n"
              "192.0.2.0/25 (part of 192.0.2.0/24), expected from AS 65001\n"
              "  router  origin    AS path\n"
              "  V       AS 65004  65002 65003 65004  ALARM\n"
              "  W       AS 65004  65003 65004        ALARM\n"
              "  X       AS 65004  65004              ALARM\n"
              "  E       AS 65004  its own            ALARM\n");
}

TEST(Origins, NameThoseWithoutAPath) {
    const auto world = settledWorld(kLine);
    ASSERT_TRUE(world->setTarget("wx", false).has_value());
    world->lab().runFor(Duration::seconds(1));
    const std::string text = listOrigins(*world, Prefix::parse("192.0.2.0/24").value());
    EXPECT_THAT(text, HasSubstr("  no path: X, E\n"));
    EXPECT_THAT(text, Not(HasSubstr("ALARM"))) << "nothing is watched";
    EXPECT_EQ(listOrigins(*world, Prefix::parse("10.0.0.0/8").value()),
              "No router has a BGP path to 10.0.0.0/8 or a part of it.\n");
}

}  // namespace
}  // namespace peerscape
