// Graphs of ASes: cycles of providers, and parts of large graphs.
#include "scenarios/import/as_graph.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/import/as_relationships.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

AsGraph graphOf(const std::string& text) {
    return readAsRelationships(text, "f", {.cyclesAreAllowed = true}).graph.value();
}

std::vector<std::uint32_t> numbers(const std::vector<Asn>& ases) {
    std::vector<std::uint32_t> values;
    for (const Asn asn : ases)
        values.push_back(asn.value());
    return values;
}

std::vector<std::vector<std::uint32_t>> cyclesOf(const std::string& text) {
    std::vector<std::vector<std::uint32_t>> cycles;
    for (const auto& cycle : providerCycles(graphOf(text)))
        cycles.push_back(numbers(cycle));
    return cycles;
}

std::vector<std::uint32_t> part(const std::string& text, const AsPart& wanted) {
    const auto chosen = partOf(graphOf(text), wanted);
    EXPECT_TRUE(chosen.has_value());
    return chosen ? numbers(chosen->ases) : std::vector<std::uint32_t>();
}

// 1 is a provider of 2 and 3, those of 4 and 5; 3 and 6 are peers; 7 and 8 lie apart.
constexpr const char* kTree = "1|2|-1\n1|3|-1\n2|4|-1\n3|5|-1\n3|6|0\n7|8|-1\n";

TEST(AsGraph, ProvidersWithoutCyclesHaveNone) { EXPECT_THAT(cyclesOf(kTree), IsEmpty()); }

TEST(AsGraph, EverySetOfCyclesIsNamedOnceByAShortCycle) {
    // 1 → 2 → 3 → 4 → 1 has the short cut 2 → 4; 10 → 11 → 10 cannot be said; 20 → 21 → 22 → 20 is another
    // set.
    EXPECT_THAT(cyclesOf("1|2|-1\n2|3|-1\n3|4|-1\n4|1|-1\n2|4|-1\n4|20|-1\n20|21|-1\n21|22|-1\n22|20|-1\n"),
                ElementsAre(ElementsAre(1, 2, 4), ElementsAre(20, 21, 22)));
}

TEST(AsGraph, ALongCycleIsFound) {
    std::string text = "5000|1|-1\n";
    for (int i = 1; i < 5000; ++i)
        text += std::to_string(i) + "|" + std::to_string(i + 1) + "|-1\n";
    const auto cycles = cyclesOf(text);
    ASSERT_EQ(cycles.size(), 1U);
    EXPECT_EQ(cycles.front().size(), 5000U);
    EXPECT_TRUE(std::ranges::is_sorted(cycles.front()));
}

TEST(AsGraph, TheLargestHasTheMostLinksThenTheLowestNumber) {
    EXPECT_EQ(largestAs(graphOf(kTree)), Asn::number(3));
    EXPECT_EQ(largestAs(graphOf("9|8|0\n7|6|0\n")), Asn::number(6));
    EXPECT_EQ(largestAs(AsGraph{}), std::nullopt);
}

TEST(AsGraph, APartIsWhatIsNear) {
    EXPECT_THAT(part(kTree, {}), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
    EXPECT_THAT(part(kTree, {.around = Asn::number(2), .hops = 1, .most = {}}), ElementsAre(1, 2, 4));
    EXPECT_THAT(part(kTree, {.around = Asn::number(2), .hops = 0, .most = {}}), ElementsAre(2));
    EXPECT_THAT(part(kTree, {.around = Asn::number(4), .hops = {}, .most = {}}),
                ElementsAre(1, 2, 3, 4, 5, 6));
    EXPECT_THAT(part(kTree, {.around = {}, .hops = 1, .most = {}}), ElementsAre(1, 3, 5, 6));
}

TEST(AsGraph, AMostTakesTheNearestAndOfThoseTheBestConnected) {
    EXPECT_THAT(part(kTree, {.around = {}, .hops = {}, .most = 2}), ElementsAre(1, 3));
    EXPECT_THAT(part(kTree, {.around = Asn::number(1), .hops = {}, .most = 2}), ElementsAre(1, 3));
    EXPECT_THAT(part(kTree, {.around = Asn::number(1), .hops = {}, .most = 4}), ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(part(kTree, {.around = Asn::number(1), .hops = {}, .most = 100}),
                ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(AsGraph, APartKeepsAllLinksInside) {
    const auto chosen =
        partOf(graphOf("1|2|-1\n1|3|-1\n2|3|0\n3|4|-1\n"), {.around = Asn::number(1), .hops = 1, .most = {}});
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->links.size(), 3U);
}

TEST(AsGraph, APartAroundNobodyFails) {
    const auto chosen = partOf(graphOf(kTree), {.around = Asn::number(99), .hops = {}, .most = {}});
    ASSERT_FALSE(chosen);
    EXPECT_EQ(chosen.error().message, "there is no AS 99 in the file");
}

}  // namespace
}  // namespace peerscape
