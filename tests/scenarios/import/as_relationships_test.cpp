// Files of AS relationships: three shapes, and what is wrong with a file, with line and column.
#include "scenarios/import/as_relationships.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

AsLink link(std::uint32_t first, std::uint32_t second, Relation relation, std::uint32_t line) {
    return {Asn::number(first), Asn::number(second), relation, line};
}

AsGraph cleanGraphOf(const std::string& text) {
    const AsGraphOutcome outcome = readAsRelationships(text, "f");
    for (const Diagnostic& d : outcome.diagnostics)
        ADD_FAILURE() << toString(d);
    return outcome.graph.value_or(AsGraph{});
}

std::vector<std::string> problemsOf(const std::string& text, const AsRelationshipOptions& options = {}) {
    std::vector<std::string> lines;
    for (const Diagnostic& d : readAsRelationships(text, "f", options).diagnostics)
        lines.push_back(toString(d));
    return lines;
}

TEST(AsRelationships, ReadsCaidaSerial1) {
    const AsGraph graph =
        cleanGraphOf("# source:topology|BGP|20180101\n# input clique: 3 5\n3|4|-1\n5|3|0\n");
    EXPECT_THAT(graph.links, ElementsAre(link(4, 3, Relation::CustomerProvider, 3),  //
                                         link(5, 3, Relation::Peer, 4)));
    EXPECT_THAT(graph.ases, ElementsAre(Asn::number(3), Asn::number(4), Asn::number(5)));
}

TEST(AsRelationships, ReadsCaidaSerial2WithItsFourthField) {
    EXPECT_THAT(cleanGraphOf("1|11537|0|bgp\n1|21616|-1|mlp\n1|34732|-1\n").links,
                ElementsAre(link(1, 11537, Relation::Peer, 1), link(21616, 1, Relation::CustomerProvider, 2),
                            link(34732, 1, Relation::CustomerProvider, 3)));
}

TEST(AsRelationships, ReadsTheOldFormInWhichEveryPairStandsTwice) {
    EXPECT_THAT(cleanGraphOf("# AS1 AS2 relation\n1 2 1\n1 3 0\n1\t4  2\n2 1 -1\n3 1 0\n4 1 2\n").links,
                ElementsAre(link(2, 1, Relation::CustomerProvider, 2), link(1, 3, Relation::Peer, 3),
                            link(1, 4, Relation::Sibling, 4)));
}

TEST(AsRelationships, MinusOneMeansTheContraryInTheOldForm) {
    EXPECT_EQ(cleanGraphOf("1 2 -1\n").links.front(), link(1, 2, Relation::CustomerProvider, 1));
    EXPECT_EQ(cleanGraphOf("1|2|-1\n").links.front(), link(2, 1, Relation::CustomerProvider, 1));
}

TEST(AsRelationships, ReadsWindowsLinesBlanksAByteOrderMarkAndALastLineWithoutEnd) {
    const auto expected =
        ElementsAre(link(2, 1, Relation::CustomerProvider, 3), link(2, 3, Relation::Peer, 5));
    EXPECT_THAT(cleanGraphOf("\xEF\xBB\xBF# comment\r\n\r\n1|2|-1\r\n  # another\r\n 2 | 3 | 0 ").links,
                expected);
}

TEST(AsRelationships, ReadsNumbersOf32Bits) {
    EXPECT_THAT(cleanGraphOf("4294967295|65536|0\n1.10|65550|-1\n").links,
                ElementsAre(link(4294967295, 65536, Relation::Peer, 1),
                            link(65550, 65546, Relation::CustomerProvider, 2)));
}

TEST(AsRelationships, TheSameRelationTwiceIsOneLink) {
    EXPECT_THAT(cleanGraphOf("1|2|0\n2|1|0\n3|1|-1\n3|1|-1\n").links.size(), 2U);
}

TEST(AsRelationships, NamesUnknownRelationsWithTheirPlace) {
    EXPECT_THAT(
        problemsOf("1|2|-1\n1|13|7\n"),
        ElementsAre("f:2:6: unknown relation '7'; expected -1 (the first AS is a provider of the second) or "
                    "0 (peers)"));
    EXPECT_THAT(problemsOf("1|2|1\n"), ElementsAre(HasSubstr("f:1:5: unknown relation '1'")));
    EXPECT_THAT(problemsOf("1 2 5\n"),
                ElementsAre(HasSubstr("f:1:5: unknown relation '5'; expected -1 (the first AS "
                                      "is a customer")));
    EXPECT_THAT(problemsOf("1|2|\n"), ElementsAre(HasSubstr("f:1:5: unknown relation ''")));
}

TEST(AsRelationships, NamesWhatIsNoAsNumber) {
    EXPECT_THAT(problemsOf("0|2|0\n1|4294967296|0\nA|2|0\n1||0\n"),
                ElementsAre("f:1:1: '0' is not an AS number; expected 1 to 4294967295",
                            "f:2:3: '4294967296' is not an AS number; expected 1 to 4294967295",
                            "f:3:1: 'A' is not an AS number; expected 1 to 4294967295",
                            "f:4:3: '' is not an AS number; expected 1 to 4294967295"));
}

TEST(AsRelationships, NamesLinesOfAnotherShape) {
    EXPECT_THAT(problemsOf("1|2\n1|2|0|bgp|x\n1 2\n1 2 0 bgp\n1|2|0|\n"),
                ElementsAre("f:1:1: expected 'AS|AS|relation', perhaps with a fourth field, found 2 fields",
                            HasSubstr("f:2:1: expected 'AS|AS|relation'"),
                            "f:3:1: expected 'AS AS relation', found 2 fields",
                            "f:4:1: expected 'AS AS relation', found 4 fields",
                            HasSubstr("f:5:1: expected 'AS|AS|relation'")));
    EXPECT_THAT(problemsOf("# a\n1|2|0\n2 3 0\n"),
                ElementsAre("f:3:1: this line separates its fields by blanks, but line 2 by '|'"));
}

TEST(AsRelationships, AnAsIsNotRelatedToItself) {
    EXPECT_THAT(problemsOf("5|5|0\n  12|12|-1\n"), ElementsAre("f:1:3: AS 5 is related to itself",  //
                                                               "f:2:6: AS 12 is related to itself"));
}

TEST(AsRelationships, APairHasOneRelation) {
    EXPECT_THAT(problemsOf("1|2|-1\n2|1|0\n"),
                ElementsAre("f:2:5: here AS 2 and AS 1 are peers, but in line 1 AS 1 is a provider of AS 2"));
    EXPECT_THAT(
        problemsOf("1|2|-1\n2|1|-1\n"),
        ElementsAre("f:2:5: here AS 2 is a provider of AS 1, but in line 1 AS 1 is a provider of AS 2"));
}

TEST(AsRelationships, BothDirectionsSayTheSame) {
    EXPECT_THAT(
        problemsOf("1 2 1\n2 1 1\n3 4 0\n4 3 2\n"),
        ElementsAre("f:2:5: here AS 2 is a provider of AS 1, but in line 1 AS 1 is a provider of AS 2",
                    "f:4:5: here AS 4 and AS 3 are siblings, but in line 3 AS 3 and AS 4 are peers"));
}

TEST(AsRelationships, NamesCyclesOfProviders) {
    EXPECT_THAT(problemsOf("4|1|-1\n2|3|-1\n3|1|-1\n1|2|-1\n"),
                ElementsAre("f:3:1: a cycle of providers, each of the next: AS 1 → 2 → 3 → 1"));
    EXPECT_THAT(problemsOf("1|2|-1\n2|3|-1\n3|1|-1\n", {.cyclesAreAllowed = true}),
                ElementsAre("f:3:1: warning: a cycle of providers, each of the next: AS 1 → 2 → 3 → 1"));
    EXPECT_TRUE(readAsRelationships("1|2|-1\n2|3|-1\n3|1|-1\n", "f", {.cyclesAreAllowed = true}).graph);
    EXPECT_FALSE(readAsRelationships("1|2|-1\n2|3|-1\n3|1|-1\n", "f").graph);
}

TEST(AsRelationships, PeersInARingAreNoCycle) {
    EXPECT_THAT(problemsOf("1|2|0\n2|3|0\n3|1|0\n4|1|-1\n4|2|-1\n"), IsEmpty());
}

TEST(AsRelationships, AFileWithoutRelationsIsNoGraph) {
    EXPECT_THAT(problemsOf(""), ElementsAre("f: the file names no relation between ASes"));
    EXPECT_THAT(problemsOf("# nothing\n\n"), ElementsAre("f: the file names no relation between ASes"));
}

TEST(AsRelationships, ManyMistakesAreCounted) {
    std::string text;
    for (int i = 0; i < 150; ++i)
        text += "x|y|0\n";
    const auto problems = problemsOf(text);
    ASSERT_EQ(problems.size(), 101U);
    EXPECT_EQ(problems.back(), "f: 200 more errors not shown");
}

TEST(AsRelationships, MessagesStayShortAndPrintable) {
    const auto problems = problemsOf("1|2|" + std::string(100'000, '\x01') + "\n");
    EXPECT_THAT(problems, ElementsAre(HasSubstr("unknown relation '????")));
    EXPECT_LT(problems.front().size(), 300U);
}

}  // namespace
}  // namespace peerscape
