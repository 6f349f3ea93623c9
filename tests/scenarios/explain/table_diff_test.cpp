// Two tables of one router, compared row by row.
#include "scenarios/explain/table_diff.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/explain/explain_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::Not;

TableRow row(const std::string& text) { return {text + ", 00:00:01", text}; }

TEST(DiffTables, MarksWhatIsOnOneSideOnly) {
    const std::vector<TableRow> before{row("a"), row("b"), row("c")};
    const std::vector<TableRow> after{row("a"), row("c"), row("d")};
    EXPECT_EQ(diffTables(before, after), "- b, 00:00:01\n+ d, 00:00:01\n");
    EXPECT_EQ(diffTables(after, before), "+ b, 00:00:01\n- d, 00:00:01\n");
    EXPECT_EQ(diffTables({}, after), "+ a, 00:00:01\n+ c, 00:00:01\n+ d, 00:00:01\n");
    EXPECT_EQ(diffTables(before, {}), "- a, 00:00:01\n- b, 00:00:01\n- c, 00:00:01\n");
    EXPECT_EQ(diffTables(before, before), "");
}

TEST(DiffTables, AgeIsNoDifference) {
    Asked asked(kStaticLine);
    const auto before = tableRows(asked.converge().lab().simulation(), asked.node("A"));
    const auto after = tableRows(asked.run(Duration::hours(30)).lab().simulation(), asked.node("A"));
    ASSERT_FALSE(before.empty());
    EXPECT_NE(before.front().text, after.front().text);
    EXPECT_EQ(diffTables(before, after), "");
}

TEST(DiffTables, OfATableBeforeAndAfterAFailure) {
    Asked asked(kStaticLine);
    const auto before = tableRows(asked.converge().lab().simulation(), asked.node("A"));
    const auto after = tableRows(asked.fail("ab").lab().simulation(), asked.node("A"));
    const std::string text = diffTables(before, after);
    EXPECT_THAT(text, HasSubstr("- C>* 1.1.1.0/30 is directly connected, eth0, "));
    EXPECT_THAT(text, HasSubstr("- S>* 10.3.0.0/16 [1/0] via 1.1.1.2, eth0"));
    EXPECT_THAT(text, Not(HasSubstr("10.1.0.0/16")));
}

}  // namespace
}  // namespace peerscape
