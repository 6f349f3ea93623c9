// Every record's chain of causes ends in a root: a fault, an edit, or what a router was switched on with.
#include "scenarios/explain/causes.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scenarios/explain/describe.hpp"
#include "tests/properties/graph_lab.hpp"
#include "tests/scenarios/explain/explain_fixture.hpp"

namespace peerscape {
namespace {

/// Each record once: a chain that meets one that is known to end well ends well too.
void expectRoots(const RecordLog& log, const Topology& topology, const std::string& where) {
    std::set<RecordId> good;
    for (const Record& record : log.kept()) {
        if (isRoot(record)) {
            EXPECT_FALSE(record.cause.isSome()) << where;
            good.insert(record.id);
            continue;
        }
        ASSERT_TRUE(record.cause.isSome() && record.cause < record.id && good.contains(record.cause))
            << where << ": record " << record.id.value() << " (" << describe(record, topology)
            << ") follows from nothing";
        good.insert(record.id);
    }
    EXPECT_GT(good.size(), 10U) << where;
}

TEST(CauseChain, GoesFromEffectToRoot) {
    Asked asked(kRipLine);
    asked.converge().fail("ab").run(Duration::seconds(1));
    const auto& kept = asked.lab().log().kept();
    const auto last = std::find_if(kept.rbegin(), kept.rend(), [](const Record& r) {
        return std::holds_alternative<record::RouteChanged>(r.what);
    });
    const auto chain = causeChain(asked.lab().log(), last->id);
    ASSERT_GE(chain.size(), 3U);
    EXPECT_EQ(chain.front(), &*last);
    for (std::size_t i = 0; i + 1 < chain.size(); ++i)
        EXPECT_EQ(chain[i]->cause, chain[i + 1]->id);
    ASSERT_TRUE(isRoot(*chain.back()));
    EXPECT_EQ(*std::get<record::ActionTaken>(chain.back()->what).text, "link ab failed");
}

TEST(CauseChain, OfARecordThatIsNotKeptIsEmpty) {
    const RecordLog log;
    EXPECT_TRUE(causeChain(log, RecordId(7)).empty());
}

TEST(CauseChain, EndsEarlyWhereTheLogIsCut) {
    RecordLog log;
    log.append(SimTime::start(), NodeId::none(), RecordId::none(),
               record::ActionTaken{std::make_shared<std::string>("x")});
    const RecordId second =
        log.append(SimTime::start(), NodeId(0), RecordId(0), record::ProcessStarted{kConnected});
    const RecordId third = log.append(SimTime::start(), NodeId(0), second, record::ProcessWoken{kConnected});
    EXPECT_EQ(causeChain(log, third).size(), 3U);
    log.discardBefore(second);
    const auto chain = causeChain(log, third);
    ASSERT_EQ(chain.size(), 2U);
    EXPECT_FALSE(isRoot(*chain.back()));
}

TEST(CauseChain, OfEveryRecordOfEveryShippedLabEndsInARoot) {
    std::set<std::string> labs;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "scenarios/labs"))
        labs.insert(entry.path().filename().string());
    EXPECT_GE(labs.size(), 10U);
    for (const std::string& name : labs) {
        Asked asked = Asked::shipped(name);
        RunLimits whole;
        whole.mostKept = 10'000'000;
        StepRunner runner(asked.world(), whole);
        while (!runner.isDone())
            (void)runner.runNext();
        expectRoots(asked.lab().log(), asked.lab().simulation().topology(), name);
    }
}

TEST(CauseChain, OfEveryRecordOfRandomLabsEndsInARoot) {
    using namespace properties;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        RandomStream random(seed, "causes", "test");
        GraphLabOptions options;
        options.seed = seed;
        options.family = seed % 2 == 0 ? Family::IPv4 : Family::IPv6;
        options.timers = {Duration::seconds(5), Duration::seconds(15), Duration::seconds(10)};
        options.splitHorizon = static_cast<rip::SplitHorizon>(random.below(3));
        options.keeps = RecordLog::kAll;
        options.allowsEcmp = random.below(2) == 0;
        GraphLab graph(randomGraph(seed), options);
        graph.lab().runFor(Duration::seconds(20));
        graph.setLink(random.below(graph.linkCount()), false);
        graph.lab().runFor(Duration::seconds(3));
        graph.setSilent(random.below(graph.linkCount()), true);
        graph.setRouter(random.below(graph.routerCount()), false);
        graph.lab().runFor(Duration::seconds(30));
        expectRoots(graph.lab().log(), graph.lab().simulation().topology(), "seed " + std::to_string(seed));
    }
}

}  // namespace
}  // namespace peerscape
