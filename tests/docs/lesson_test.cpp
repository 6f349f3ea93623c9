#include "tests/docs/lesson.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape::docs {
namespace {

using testing::HasSubstr;

std::vector<QuotedLine> quoted(const std::vector<std::string>& texts) {
    std::vector<QuotedLine> lines;
    for (const std::string& text : texts)
        lines.push_back({10 + lines.size(), text});
    return lines;
}

TEST(Lessons, AreReadWithTheirCommandsAndAnswers) {
    const Lesson lesson =
        readLesson("x.md",
                   "# Title\n```yaml\n# my.yaml\npeerscape: 1\n```\nText\n```\n$ ls\na\n\nb\n"
                   "$ ./peerscape console my.yaml\n> run 1s\n{}\n```\nMore\n```\n> help\n…\n```\n"
                   "```yaml\npeerscape: 2\n```\n```cpp\n$ no\n```\n");
    ASSERT_EQ(lesson.files.size(), 1U);
    EXPECT_EQ(lesson.files[0].name, "my.yaml");
    EXPECT_EQ(lesson.files[0].text, "peerscape: 1\n");
    ASSERT_EQ(lesson.sessions.size(), 2U);
    EXPECT_EQ(lesson.sessions[0].command.text, "ls");
    EXPECT_EQ(lesson.sessions[0].command.number, 8U);
    EXPECT_EQ(lesson.sessions[0].output.size(), 3U);
    EXPECT_TRUE(lesson.sessions[1].isConsole());
    ASSERT_EQ(lesson.sessions[1].exchanges.size(), 2U);
    EXPECT_EQ(lesson.sessions[1].exchanges[0].input.text, "run 1s");
    EXPECT_EQ(lesson.sessions[1].exchanges[0].output[0].text, "{}");
    EXPECT_EQ(lesson.sessions[1].exchanges[1].input.text, "help") << "a later block continues the session";
}

TEST(Lessons, WhatIsQuotedMustBeWhatCame) {
    EXPECT_EQ(difference("x.md", quoted({"a", "b"}), "a\nb\n"), "");
    EXPECT_EQ(difference("x.md", quoted({}), ""), "");
    EXPECT_EQ(difference("x.md", quoted({"a"}), "a  \n\n"), "");
    EXPECT_EQ(difference("x.md", quoted({"a", "b"}), "a\nc\n"), "x.md:11: expected 'b', got 'c'");
    EXPECT_EQ(difference("x.md", quoted({"a", "b"}), "a\n"), "x.md:11: expected 'b', got nothing");
    EXPECT_EQ(difference("x.md", quoted({"a"}), "a\nb\n"), "x.md: after line 10, there is more: 'b'");
    EXPECT_EQ(difference("x.md", quoted({}), "b\n"), "x.md: there is more: 'b'");
}

TEST(Lessons, LinesMayBeLeftOutWhereTheLessonSaysSo) {
    EXPECT_EQ(difference("x.md", quoted({"…"}), "a\nb\n"), "");
    EXPECT_EQ(difference("x.md", quoted({"a", "…"}), "a\nb\n"), "");
    EXPECT_EQ(difference("x.md", quoted({"…", "b"}), "b\na\nb\n"), "");
    EXPECT_EQ(difference("x.md", quoted({"a", "…", "c", "…", "e"}), "a\nb\nc\nd\ne\n"), "");
    EXPECT_EQ(difference("x.md", quoted({"a", "…", "c", "d", "…"}), "a\nc\nx\nc\nd\ne\n"), "");
    EXPECT_EQ(difference("x.md", quoted({"…", "b"}), "a\n"), "x.md:11: expected 'b', got 'a'");
    EXPECT_EQ(difference("x.md", quoted({"b", "…"}), "a\nb\n"), "x.md:10: expected 'b', got 'a'");
    EXPECT_THAT(difference("x.md", quoted({"a", "…", "c", "d", "…"}), "a\nb\nc\ne\n"),
                HasSubstr("x.md:13: expected 'd', got 'e'"));
}

}  // namespace
}  // namespace peerscape::docs
