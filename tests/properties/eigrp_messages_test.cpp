// How much EIGRP says after a failure, against what the theory of diffusing computations allows.
#include <gtest/gtest.h>

#include "tests/properties/eigrp_count.hpp"

namespace peerscape::properties {
namespace {

/// In one diffusing computation a link carries, in each direction, at most one query and the reply to the
/// other's query.
void expectWithinTheBound(const EigrpLab& lab, const EigrpCount& count, const std::string& where) {
    const std::uint64_t directions = 2 * lab.linkCount();
    EXPECT_LE(count.queries + count.replies, 2 * directions * count.computations) << where;
    EXPECT_EQ(count.queries, count.replies) << where << ": on whole links each query is answered once";
}

TEST(EigrpMessages, QueriesAndRepliesStayWithinTheBoundOfDiffusingComputations) {
    std::uint64_t computations = 0;
    for (const Graph& graph : {grid(5, 5), ring(9), fullMesh(6)}) {
        EigrpLab lab(graph, 7, EigrpLabOptions{.isWatched = false});
        lab.lab().runUntilConverged(Duration::hours(1));
        for (std::size_t link = 0; link < lab.linkCount(); ++link) {
            const std::string where = "link " + std::to_string(link);
            const EigrpCount failure = countOf(lab, [&] { lab.setLink(link, false); });
            expectWithinTheBound(lab, failure, where + " fails");
            const EigrpCount repair = countOf(lab, [&] { lab.setLink(link, true); });
            expectWithinTheBound(lab, repair, where + " is back");
            computations += failure.computations;
        }
    }
    EXPECT_GT(computations, 100U) << "there was something to count";
}

TEST(EigrpMessages, ANetworkThatStartsAsksNobody) {
    EigrpLab lab(grid(5, 5), 7, EigrpLabOptions{.isWatched = false});
    const EigrpCount count = countOf(lab, [] {});
    EXPECT_EQ(count.queries, 0U) << "every news is good news";
    EXPECT_GE(count.updates, 2 * lab.linkCount() * lab.routerCount()) << "everybody hears of every network";
}

}  // namespace
}  // namespace peerscape::properties
