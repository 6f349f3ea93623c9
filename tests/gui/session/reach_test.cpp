#include "gui/session/reach.hpp"

#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

using Verdict = ReachMatrix::Verdict;
using Names = std::vector<std::string>;

TEST(Reach, ShowsWhoReachesWhomByWhichPath) {
    const auto world = makeWorld(kStaticLine);
    world->lab().runFor(Duration::seconds(1));
    const ReachMatrixPtr matrix = reachMatrixOf(*world);
    ASSERT_EQ(matrix->nodes, (Names{"A", "B", "C"}));
    EXPECT_EQ(matrix->furtherNodes, 0u);
    EXPECT_EQ(matrix->at(0, 0).verdict, Verdict::Itself);
    EXPECT_EQ(matrix->at(0, 2).verdict, Verdict::Reached);
    EXPECT_EQ(matrix->at(0, 2).path, (Names{"A", "B", "C"}));
    EXPECT_EQ(matrix->at(0, 2).links, (Names{"ab", "bc"}));
}

TEST(Reach, EndsThePathWherePacketsAreLost) {
    const auto world = makeWorld(kStaticLine);
    world->lab().runFor(Duration::seconds(1));
    ASSERT_TRUE(world->setTarget("bc", false).has_value());
    world->lab().runFor(Duration::seconds(1));
    const ReachMatrixPtr matrix = reachMatrixOf(*world);
    EXPECT_EQ(matrix->at(0, 1).verdict, Verdict::Reached);
    const ReachMatrix::Cell& lost = matrix->at(0, 2);
    EXPECT_EQ(lost.verdict, Verdict::Lost);
    EXPECT_EQ(lost.path, (Names{"A", "B"}));
}

TEST(Reach, MeansANodesOwnNetworkRatherThanACableToIt) {
    const auto world = makeWorld(
        "peerscape: 1\n"
        "routers:\n"
        "  A: {}\n"
        "  B: {}\n"
        "links:\n"
        "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}, delay: 2ms}\n"
        "lans:\n"
        "  - {name: lan, ends: {\"B:eth1\": [10.2.0.1/24]}}\n");
    world->lab().runFor(Duration::seconds(1));
    const ReachMatrixPtr matrix = reachMatrixOf(*world);
    EXPECT_EQ(matrix->addresses, (Names{"1.1.1.1", "10.2.0.1"}));
    EXPECT_EQ(matrix->at(0, 1).verdict, Verdict::Lost) << "nobody has told A of it";
}

TEST(Reach, NamesALoop) {
    const auto world = makeWorld(
        "peerscape: 1\n"
        "routers:\n"
        "  A: {config: \"ip route 9.9.9.9/32 1.1.1.2\\n\"}\n"
        "  B: {config: \"ip route 9.9.9.9/32 1.1.1.1\\n\"}\n"
        "  C: {loopback: [9.9.9.9/32]}\n"
        "links:\n"
        "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}, delay: 2ms}\n"
        "  - {name: bc, ends: {\"B:eth1\": [2.2.2.1/30], \"C:eth0\": [2.2.2.2/30]}, delay: 2ms}\n");
    world->lab().runFor(Duration::seconds(1));
    const ReachMatrixPtr matrix = reachMatrixOf(*world);
    EXPECT_EQ(matrix->addresses[2], "9.9.9.9") << "loopbacks first";
    EXPECT_EQ(matrix->at(0, 2).verdict, Verdict::Loops);
    EXPECT_EQ(matrix->at(0, 2).path, (Names{"A", "B", "A"}));
}

}  // namespace
}  // namespace peerscape::gui
