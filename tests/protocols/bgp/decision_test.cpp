#include "protocols/bgp/decision.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace peerscape::bgp {
namespace {

/// A path with its neighbour, described by what makes it differ from an ordinary eBGP path.
struct Sample {
    Path path;
    PeerFacts peer;
    bool isValid = true;
    std::uint32_t igpMetric = 0;
};

PathAttributes attributes(std::vector<std::uint32_t> numbers) {
    PathAttributes result;
    result.origin = Origin::Igp;
    result.asPath = AsPath::sequence(numbers);
    return result;
}

Sample external(std::uint32_t as, std::uint8_t number) {
    Sample sample;
    sample.path.attributes = SharedAttributes(attributes({as, 64999}));
    sample.path.peer = PeerId(number);
    sample.path.nextHop = NextHopId(number);
    sample.peer = {PeerSort::External, Asn::number(as), RouterId(number),
                   IpAddress::v4(0x0a000000U + number)};
    return sample;
}
Sample internal(std::uint8_t number) {
    Sample sample = external(65001, number);
    sample.peer.sort = PeerSort::Internal;
    return sample;
}

template <typename Edit>
Sample with(Sample sample, Edit edit) {
    edit(sample);
    return sample;
}
template <typename Edit>
Sample withAttributes(Sample sample, Edit edit) {
    SharedAttributes changed = sample.path.attributes;
    edit(changed.edit());
    sample.path.attributes = changed;
    return sample;
}

struct Result {
    std::size_t best = 0;
    std::vector<Outcome> outcome;
};

/// The samples in the given order of arrival; the result is by the samples' own places.
Result chooseInOrder(const std::vector<Sample>& samples, const std::vector<std::size_t>& order,
                     const DecisionSettings& settings, const Path* selected = nullptr) {
    std::vector<Candidate> candidates;
    for (const std::size_t i : order)
        candidates.push_back({&samples[i].path, &samples[i].peer, samples[i].isValid, samples[i].igpMetric});
    std::vector<Outcome> outcome(candidates.size());
    const std::size_t best = choose(candidates, settings, selected, outcome);
    Result result{best < order.size() ? order[best] : samples.size(), std::vector<Outcome>(samples.size())};
    for (std::size_t i = 0; i < order.size(); ++i)
        result.outcome[order[i]] = outcome[i];
    return result;
}

/// In each row the first path wins, and the second one loses at the step.
struct StepRow {
    std::string name;
    DecisionStep step;
    Sample winner;
    Sample loser;
    DecisionSettings settings;
};

DecisionSettings routerIds() {
    DecisionSettings settings;
    settings.options.comparesRouterId = true;
    return settings;
}
DecisionSettings with(void (*edit)(DecisionSettings&)) {
    DecisionSettings settings = routerIds();
    edit(settings);
    return settings;
}

std::vector<StepRow> rows() {
    // The loser is better in everything that is asked later.
    std::vector<StepRow> rows;
    rows.push_back({"0 long-lived stale", DecisionStep::LongLivedStale, external(65002, 9),
                    with(external(65002, 1),
                         [](Sample& s) {
                             s.path.isLongLivedStale = true;
                             s.path.weight = 100;
                         }),
                    routerIds()});
    rows.push_back({"1 weight", DecisionStep::Weight,
                    with(external(65002, 9), [](Sample& s) { s.path.weight = 1; }),
                    withAttributes(external(65002, 1), [](PathAttributes& a) { a.localPreference = 900; }),
                    routerIds()});
    rows.push_back({"2 local preference", DecisionStep::LocalPreference,
                    withAttributes(internal(9), [](PathAttributes& a) { a.localPreference = 101; }),
                    external(65002, 1), routerIds()});
    rows.push_back(
        {"2 a missing one counts as the default", DecisionStep::LocalPreference, external(65002, 9),
         withAttributes(external(65002, 1), [](PathAttributes& a) { a.localPreference = 99; }), routerIds()});
    rows.push_back({"3 local route", DecisionStep::LocalRoute,
                    with(withAttributes(external(65002, 9),
                                        [](PathAttributes& a) {
                                            a.asPath = AsPath::sequence(std::vector<std::uint32_t>{1, 2, 3});
                                        }),
                         [](Sample& s) { s.path.source = PathSource::Network; }),
                    external(65002, 1), routerIds()});
    rows.push_back({"4 AIGP", DecisionStep::Aigp,
                    withAttributes(external(65002, 9),
                                   [](PathAttributes& a) {
                                       a.rare.edit().aigp = 5;
                                       a.asPath = AsPath::sequence(std::vector<std::uint32_t>{1, 2, 3});
                                   }),
                    withAttributes(external(65002, 1), [](PathAttributes& a) { a.rare.edit().aigp = 6; }),
                    with([](DecisionSettings& s) { s.options.hasAigp = true; })});
    rows.push_back(
        {"5 AS path", DecisionStep::AsPathLength,
         withAttributes(external(65002, 9), [](PathAttributes& a) { a.origin = Origin::Incomplete; }),
         withAttributes(external(65003, 1),
                        [](PathAttributes& a) { a.asPath.edit().prepend(Asn::number(65003)); }),
         routerIds()});
    rows.push_back({"6 origin", DecisionStep::Origin,
                    withAttributes(external(65002, 9), [](PathAttributes& a) { a.med = 10; }),
                    withAttributes(external(65002, 1), [](PathAttributes& a) { a.origin = Origin::Egp; }),
                    routerIds()});
    rows.push_back({"7 MED", DecisionStep::Med, internal(9),
                    withAttributes(external(65001, 1), [](PathAttributes& a) { a.med = 10; }), routerIds()});
    rows.push_back({"7 a missing MED as the worst", DecisionStep::Med,
                    withAttributes(external(65002, 9), [](PathAttributes& a) { a.med = 4'000'000'000; }),
                    external(65002, 1),
                    with([](DecisionSettings& s) { s.options.takesMissingMedAsWorst = true; })});
    rows.push_back({"7 MEDs of other ASes when asked for", DecisionStep::Med, external(65003, 9),
                    withAttributes(external(65002, 1), [](PathAttributes& a) { a.med = 10; }),
                    with([](DecisionSettings& s) { s.options.alwaysComparesMed = true; })});
    rows.push_back({"8 eBGP", DecisionStep::PeerType,
                    with(external(65002, 9), [](Sample& s) { s.igpMetric = 7; }), internal(1), routerIds()});
    rows.push_back({"9 IGP metric", DecisionStep::IgpMetric,
                    with(internal(9), [](Sample& s) { s.igpMetric = 6; }),
                    with(internal(1), [](Sample& s) { s.igpMetric = 7; }), routerIds()});
    rows.push_back(
        {"10 cluster list between iBGP paths", DecisionStep::InternalClusterLength, internal(9),
         withAttributes(internal(1), [](PathAttributes& a) { a.rare.edit().clusterList = {RouterId(1)}; }),
         routerIds()});
    rows.push_back({"11 confederation", DecisionStep::ConfederationType,
                    with(internal(9), [](Sample& s) { s.peer.sort = PeerSort::Confederation; }), internal(1),
                    with([](DecisionSettings& s) { s.isInConfederation = true; })});
    rows.push_back({"13 router-id", DecisionStep::RouterId, external(65002, 1),
                    with(external(65003, 9), [](Sample& s) { s.peer.address = IpAddress::v4(1); }),
                    routerIds()});
    rows.push_back(
        {"13 originator-id in its place", DecisionStep::RouterId,
         withAttributes(internal(9), [](PathAttributes& a) { a.rare.edit().originatorId = RouterId(1); }),
         internal(8), routerIds()});
    rows.push_back({"14 cluster list", DecisionStep::ClusterLength,
                    with(external(65002, 9), [](Sample& s) { s.peer.routerId = RouterId(5); }),
                    with(withAttributes(external(65003, 1),
                                        [](PathAttributes& a) { a.rare.edit().clusterList = {RouterId(1)}; }),
                         [](Sample& s) { s.peer.routerId = RouterId(5); }),
                    routerIds()});
    rows.push_back({"15 neighbour's address", DecisionStep::NeighborAddress, external(65002, 1),
                    with(external(65003, 9), [](Sample& s) { s.peer.routerId = RouterId(1); }), routerIds()});
    return rows;
}

TEST(Decision, EachStepDecidesWhenAllBeforeItAreEqual) {
    for (const StepRow& row : rows()) {
        const std::vector<Sample> samples{row.winner, row.loser};
        for (const std::vector<std::size_t>& order : {std::vector<std::size_t>{0, 1}, {1, 0}}) {
            const Result result = chooseInOrder(samples, order, row.settings);
            EXPECT_EQ(result.best, 0U) << row.name;
            EXPECT_EQ(result.outcome[1].lostBy, row.step) << row.name;
            EXPECT_EQ(result.outcome[0].lostBy, DecisionStep::None) << row.name;
        }
    }
}

TEST(Decision, EveryStepHasItsRow) {
    const auto table = rows();
    for (int step = static_cast<int>(DecisionStep::LongLivedStale);
         step < static_cast<int>(DecisionStep::PathId); ++step) {
        const auto wanted = static_cast<DecisionStep>(step);
        if (wanted == DecisionStep::OlderPath) continue;  // has its own test: it hangs on what is selected
        EXPECT_TRUE(std::ranges::any_of(table, [&](const StepRow& row) { return row.step == wanted; }))
            << nameOf(wanted);
    }
}

TEST(Decision, AllPathsTogetherComeOutTheSameInEveryOrderOfArrival) {
    // Seven paths, each of which loses against the first one at another step.
    std::vector<Sample> samples;
    samples.push_back(external(65002, 2));
    samples.push_back(with(external(65002, 3), [](Sample& s) { s.isValid = false; }));
    samples.push_back(withAttributes(external(65003, 4),
                                     [](PathAttributes& a) { a.asPath.edit().prepend(Asn::number(65003)); }));
    samples.push_back(
        withAttributes(external(65003, 5), [](PathAttributes& a) { a.origin = Origin::Incomplete; }));
    samples.push_back(internal(6));
    samples.push_back(external(65004, 7));
    samples.push_back(withAttributes(external(65005, 1), [](PathAttributes& a) { a.localPreference = 50; }));
    const DecisionStep expected[] = {
        DecisionStep::None,     DecisionStep::Invalid,  DecisionStep::AsPathLength,   DecisionStep::Origin,
        DecisionStep::PeerType, DecisionStep::RouterId, DecisionStep::LocalPreference};
    std::vector<std::size_t> order(samples.size());
    std::iota(order.begin(), order.end(), 0U);
    do {
        const Result result = chooseInOrder(samples, order, routerIds());
        ASSERT_EQ(result.best, 0U);
        for (std::size_t i = 0; i < samples.size(); ++i)
            ASSERT_EQ(result.outcome[i].lostBy, expected[i]) << i;
    } while (std::ranges::next_permutation(order).found);
}

TEST(Decision, TheEbgpPathInUseStaysUnlessRouterIdsAreCompared) {
    const std::vector<Sample> samples{external(65002, 9), external(65003, 1)};
    const DecisionSettings byAge;
    const Result kept = chooseInOrder(samples, {0, 1}, byAge, &samples[0].path);
    EXPECT_EQ(kept.best, 0U);
    EXPECT_EQ(kept.outcome[1].lostBy, DecisionStep::OlderPath);
    EXPECT_EQ(chooseInOrder(samples, {0, 1}, byAge, &samples[1].path).best, 1U);
    EXPECT_EQ(chooseInOrder(samples, {0, 1}, routerIds(), &samples[0].path).best, 1U);
    EXPECT_EQ(chooseInOrder(samples, {0, 1}, byAge).best, 1U) << "none is in use: the router-id decides";
}

TEST(Decision, WithoutDeterministicMedTheOrderOfArrivalMatters) {
    // Within AS 65002 B is better by MED; C beats B by router-id, and A beats C by it.
    const std::vector<Sample> samples{
        withAttributes(external(65002, 1), [](PathAttributes& a) { a.med = 20; }),
        withAttributes(external(65002, 9), [](PathAttributes& a) { a.med = 10; }),
        external(65003, 5),
    };
    const auto winnersOf = [&](const DecisionSettings& settings) {
        std::vector<std::size_t> winners;
        std::vector<std::size_t> order{0, 1, 2};
        do {
            winners.push_back(chooseInOrder(samples, order, settings).best);
        } while (std::ranges::next_permutation(order).found);
        std::ranges::sort(winners);
        const auto repeated = std::ranges::unique(winners);
        winners.erase(repeated.begin(), repeated.end());
        return winners;
    };
    EXPECT_GT(winnersOf(routerIds()).size(), 1U);
    const DecisionSettings deterministic =
        with([](DecisionSettings& s) { s.options.isDeterministicMed = true; });
    EXPECT_EQ(winnersOf(deterministic), std::vector<std::size_t>{2});
}

TEST(Decision, PathsEqualDownToTheIgpMetricAreUsedTogether) {
    const Sample best = external(65002, 1);
    const Sample sameAs = external(65002, 2);
    const Sample otherAs = external(65003, 3);
    const Sample longer = withAttributes(external(65002, 4),
                                         [](PathAttributes& a) { a.asPath.edit().prepend(Asn::number(1)); });
    const std::vector<Sample> samples{best, sameAs, otherAs, longer};
    const Result plain = chooseInOrder(samples, {0, 1, 2, 3}, routerIds());
    EXPECT_TRUE(plain.outcome[1].isMultipath);
    EXPECT_FALSE(plain.outcome[2].isMultipath) << "of another AS";
    EXPECT_FALSE(plain.outcome[3].isMultipath);
    const DecisionSettings relaxed = with([](DecisionSettings& s) { s.options.relaxesMultipath = true; });
    EXPECT_TRUE(chooseInOrder(samples, {0, 1, 2, 3}, relaxed).outcome[2].isMultipath);
    const DecisionSettings two = with([](DecisionSettings& s) {
        s.options.relaxesMultipath = true;
        s.maximumPaths = 2;
    });
    const Result limited = chooseInOrder(samples, {2, 1, 0, 3}, two);
    EXPECT_TRUE(limited.outcome[1].isMultipath) << "the better one of the two";
    EXPECT_FALSE(limited.outcome[2].isMultipath);
    const DecisionSettings one = with([](DecisionSettings& s) { s.maximumPaths = 1; });
    EXPECT_FALSE(chooseInOrder(samples, {0, 1, 2, 3}, one).outcome[1].isMultipath);
}

TEST(Decision, InternalPathsShareOnlyWithTheSameAsPath) {
    const std::vector<Sample> samples{
        internal(1), internal(2), withAttributes(internal(3), [](PathAttributes& a) {
            a.asPath = AsPath::sequence(std::vector<std::uint32_t>{65009, 64999});
        })};
    const Result result = chooseInOrder(samples, {0, 1, 2}, routerIds());
    EXPECT_TRUE(result.outcome[1].isMultipath);
    EXPECT_FALSE(result.outcome[2].isMultipath);
}

TEST(Decision, APathByTheSameNextHopAddsNothing) {
    std::vector<Sample> samples{external(65002, 1), external(65002, 2)};
    samples[1].path.nextHop = samples[0].path.nextHop;
    EXPECT_FALSE(chooseInOrder(samples, {0, 1}, routerIds()).outcome[1].isMultipath);
}

TEST(Decision, WithoutAValidPathThereIsNoBestOne) {
    std::vector<Sample> samples{external(65002, 1), external(65002, 2)};
    for (Sample& sample : samples)
        sample.isValid = false;
    const Result result = chooseInOrder(samples, {0, 1}, routerIds());
    EXPECT_EQ(result.best, samples.size());
    EXPECT_EQ(result.outcome[0].lostBy, DecisionStep::Invalid);
}

}  // namespace
}  // namespace peerscape::bgp
