// Linked with a DUAL that takes the nearest way without asking whether it is feasible (tests/CMakeLists.txt).
// The networks of EigrpOnGraphs must loop then: a test of loop-freedom that passes here as well would test
// nothing.
#include <gtest/gtest.h>

#include "tests/properties/eigrp_lab.hpp"

namespace peerscape::properties {
namespace {

/// Whether packets could go round while each link fails in its turn.
bool loopsSomewhere(const Graph& graph, std::uint64_t seed) {
    EigrpLab lab(graph, seed);
    lab.runFor(Duration::seconds(10));
    for (std::size_t link = 0; link < lab.linkCount() && !lab.hasLooped(); ++link) {
        lab.setLink(link, false);
        lab.runFor(Duration::seconds(1));
        lab.setLink(link, true);
        lab.runFor(Duration::seconds(10));
    }
    return lab.hasLooped();
}

TEST(EigrpWithoutFeasibility, PacketsGoRound) {
    int loops = 0;
    constexpr int kGraphs = 20;
    for (std::uint64_t seed = 1; seed <= kGraphs; ++seed)
        loops += loopsSomewhere(randomGraph(seed), seed) ? 1 : 0;
    EXPECT_GT(loops, kGraphs / 2);
    EXPECT_TRUE(loopsSomewhere(ring(7), 7));
    EXPECT_TRUE(loopsSomewhere(grid(3, 3), 3));
    EXPECT_TRUE(loopsSomewhere(fullMesh(4), 4));
}

}  // namespace
}  // namespace peerscape::properties
