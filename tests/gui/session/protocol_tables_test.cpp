#include "gui/session/protocol_tables.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gui/session/lab_run.hpp"
#include "gui/session/ladder.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

std::unique_ptr<LabRun> shipped(const std::string& lab) {
    const auto path = std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "scenarios/labs" / lab / "lab.yaml";
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto run = LabRun::load(labOf(text)).run;
    EXPECT_NE(run, nullptr) << lab;
    return run;
}

NodeTables tablesAt(LabRun& run, const std::string& node) { return run.snapshot({node, ""})->tables; }

template <typename Row>
const Row* find(const std::vector<Row>& rows, const std::string& prefix, const std::string& via,
                std::string Row::* who) {
    const auto found = std::ranges::find_if(
        rows, [&](const Row& row) { return row.prefix == prefix && (via.empty() || row.*who == via); });
    return found == rows.end() ? nullptr : &*found;
}
/// What it points into must stay.
template <typename Row>
const Row* find(std::vector<Row>&&, const std::string&, const std::string&, std::string Row::*) = delete;

TEST(ProtocolTables, ARipRouteAgesUntilItIsHeardOfAgain) {
    const auto run = LabRun::load(labOf(kSquare)).run;
    ASSERT_TRUE(run->nextStep().has_value());
    const auto rows = tablesAt(*run, "A").rip;
    const RipRow* heard = find(rows, "10.4.0.0/16", "", &RipRow::from);
    ASSERT_NE(heard, nullptr);
    EXPECT_EQ(heard->metric, 3U);
    EXPECT_TRUE(heard->from == "B" || heard->from == "C");
    EXPECT_EQ(heard->timer, RipRow::Timer::Timeout);
    EXPECT_EQ(heard->whole, Duration::seconds(15));
    EXPECT_LE(heard->left, Duration::seconds(15));
    EXPECT_GE(heard->left, Duration::seconds(7)) << "its neighbour tells it every 5 s or so";
    const auto own = tablesAt(*run, "D").rip;
    EXPECT_EQ(find(own, "10.4.0.0/16", "", &RipRow::from)->timer, RipRow::Timer::None);
}

TEST(ProtocolTables, ASilentFailureShowsTimeoutThenGarbageCollection) {
    const auto run = LabRun::load(labOf(kSquare)).run;
    ASSERT_TRUE(run->nextStep().has_value());
    const std::vector<NameRef> all{NameRef{"bd", {}}, NameRef{"cd", {}}};
    ASSERT_TRUE(run->perform({lab_action::FailSilently{all, std::nullopt, std::nullopt}, {}}).has_value());
    const SimTime cut = run->now();
    Duration least = Duration::seconds(15);
    bool hasSeenGarbage = false;
    for (int i = 1; i <= 29; ++i) {
        ASSERT_TRUE(run->seek(cut + Duration::seconds(i)).has_value());
        const auto rows = tablesAt(*run, "B").rip;
        const RipRow* row = find(rows, "10.4.0.0/16", "", &RipRow::from);
        if (row == nullptr) continue;
        if (row->timer == RipRow::Timer::GarbageCollection) {
            hasSeenGarbage = true;
            EXPECT_EQ(row->metric, 16U);
            EXPECT_EQ(row->whole, Duration::seconds(10));
            EXPECT_LE(row->left, row->whole);
        } else if (!hasSeenGarbage) {
            least = std::min(least, row->left);
        }
    }
    EXPECT_LT(least, Duration::seconds(4)) << "the bar has run down";
    EXPECT_TRUE(hasSeenGarbage);
}

TEST(ProtocolTables, TheFibSaysWherePacketsGo) {
    const auto run = LabRun::load(labOf(kSquare)).run;
    ASSERT_TRUE(run->nextStep().has_value());
    const auto fib = tablesAt(*run, "B").fib;
    const FibRow* far = find(fib, "10.4.0.0/16", "", &FibRow::gateway);
    ASSERT_NE(far, nullptr);
    EXPECT_EQ(*far, (FibRow{"10.4.0.0/16", "2.2.2.2", "eth1", "rip"}));
    EXPECT_EQ(*find(fib, "2.2.2.0/30", "", &FibRow::gateway),
              (FibRow{"2.2.2.0/30", "", "eth1", "connected"}));
}

TEST(ProtocolTables, EigrpShowsBothDistancesOfTheFeasibilityCondition) {
    const auto run = shipped("eigrp-feasible-successor");
    ASSERT_TRUE(run->nextStep().has_value());
    bool hasFeasibleSuccessor = false;
    std::size_t tested = 0;
    for (const char* node : {"A", "B", "C", "D"}) {
        for (const EigrpRow& row : tablesAt(*run, node).eigrp) {
            if (row.isOwn) continue;
            ASSERT_TRUE(row.feasibleDistance.has_value());
            const bool isFeasible = row.reportedDistance < *row.feasibleDistance;
            EXPECT_EQ(row.role != EigrpRow::Role::NotFeasible, isFeasible) << node << " " << row.prefix;
            EXPECT_GT(row.distance, row.reportedDistance);
            hasFeasibleSuccessor = hasFeasibleSuccessor || row.role == EigrpRow::Role::FeasibleSuccessor;
            ++tested;
        }
    }
    EXPECT_GT(tested, 6U);
    EXPECT_TRUE(hasFeasibleSuccessor);
}

TEST(ProtocolTables, TheLadderSaysAtWhichStepAPathLost) {
    const auto run = shipped("bgp-local-preference");
    ASSERT_TRUE(run->nextStep().has_value());
    const auto bgp = tablesAt(*run, "A").bgp;
    const BgpRow* direct = find(bgp, "198.51.100.192/26", "D", &BgpRow::from);
    const BgpRow* round = find(bgp, "198.51.100.192/26", "B", &BgpRow::from);
    ASSERT_TRUE(direct != nullptr && round != nullptr);
    EXPECT_TRUE(direct->isBest);
    EXPECT_FALSE(round->isBest);
    EXPECT_EQ(direct->verdict, "");
    EXPECT_EQ(round->verdict, "its AS path is longer");
    const auto steps = ladderSteps();
    ASSERT_EQ(round->ladder.size(), steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const LadderRung& rung = round->ladder[i];
        EXPECT_EQ(direct->ladder[i].verdict, LadderRung::Verdict::Passed);
        const bool isLost = steps[i].name == "AS path length";
        EXPECT_EQ(rung.verdict == LadderRung::Verdict::Lost, isLost) << steps[i].name;
        if (!isLost) continue;
        EXPECT_EQ(rung.value, "3");
        EXPECT_EQ(direct->ladder[i].value, "1");
        EXPECT_EQ(round->ladder[i - 1].verdict, LadderRung::Verdict::Passed);
        EXPECT_EQ(round->ladder[i + 1].verdict, LadderRung::Verdict::Out);
    }
}

TEST(ProtocolTables, NeighborsHaveTheirStateAndWhyTheyAreInIt) {
    const auto run = shipped("bgp-stuck-neighbors");
    ASSERT_TRUE(run->seek(SimTime::start() + Duration::seconds(30)).has_value());
    std::size_t stuck = 0;
    const SnapshotPtr shot = run->snapshot({});
    for (const NodeView& node : shot->nodes) {
        for (const NeighborRow& row : tablesAt(*run, node.name).neighbors) {
            EXPECT_EQ(row.protocol, "bgp");
            EXPECT_EQ(row.isWell, row.state == "Established");
            EXPECT_NE(row.reason, "");
            stuck += row.isWell ? 0 : 1;
        }
    }
    EXPECT_GT(stuck, 0U);
}

TEST(ProtocolTables, EigrpAndRipHaveNeighborsToo) {
    const auto eigrp = shipped("eigrp-feasible-successor");
    ASSERT_TRUE(eigrp->nextStep().has_value());
    const auto neighbors = tablesAt(*eigrp, "A").neighbors;
    ASSERT_FALSE(neighbors.empty());
    for (const NeighborRow& row : neighbors) {
        EXPECT_EQ(row.state, "Up");
        EXPECT_TRUE(row.name == "B" || row.name == "C" || row.name == "D") << row.name;
    }
    const auto rip = LabRun::load(labOf(kSquare)).run;
    ASSERT_TRUE(rip->nextStep().has_value());
    const auto heard = tablesAt(*rip, "A").neighbors;
    ASSERT_EQ(heard.size(), 2U);
    EXPECT_EQ(heard[0].state, "") << "RIP has no states";
    EXPECT_EQ(heard[0].interface, heard[0].name == "B" ? "eth0" : "eth1");
}

}  // namespace
}  // namespace peerscape::gui
