#include "engine/command/command_table.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/text.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;

CommandMatcher table() {
    CommandMatcher matcher;
    for (const char* pattern : {
             "interface IFNAME$name",
             "ip route A.B.C.D/M$prefix <A.B.C.D$gateway|IFNAME$interface|Null0> "
             "[(1-255)$distance]",
             "ip rip send version <{1|2}|none>",
             "ip rip split-horizon [poisoned-reverse]",
             "ip forwarding",
             "ipv6 forwarding",
             "ipv6 ripng split-horizon",
             "router rip",
             "router ripng",
             "route-map WORD$name <permit|deny>$action (1-65535)$sequence",
             "network A.B.C.D/M$prefix",
             "network IFNAME$interface",
             "passive-interface default",
             "passive-interface IFNAME$interface",
             "distance (1-255)",
             "distance WORD",
         }) {
        matcher.add(pattern, fmt::format("help of {}", pattern));
    }
    return matcher;
}

/// The pattern that the line means, or why it means none.
std::string meaning(const CommandMatcher& matcher, std::string_view line) {
    const auto words = splitWords(line);
    const auto match = matcher.match(words);
    return match ? matcher.pattern(match->index).text() : "! " + describe(match.error(), words);
}

struct Meaning {
    const char* line;
    const char* meaning;
};

class CommandMeanings : public testing::TestWithParam<Meaning> {};

TEST_P(CommandMeanings, AreFound) { EXPECT_EQ(meaning(table(), GetParam().line), GetParam().meaning); }

INSTANTIATE_TEST_SUITE_P(
    Lines, CommandMeanings,
    testing::Values(
        Meaning{"router rip", "router rip"},  // an exact keyword beats an abbreviation
        Meaning{"router ripn", "router ripng"},
        Meaning{"router ri", "! 'ri' is ambiguous: it may mean rip or ripng"},
        Meaning{"int eth0", "interface IFNAME$name"}, Meaning{"ip f", "ip forwarding"},
        Meaning{"i f", "! 'i' is ambiguous: it may mean ip or ipv6"},
        Meaning{"ip ripng split", "ipv6 ripng split-horizon"},           // only one meaning is possible
        Meaning{"ip rip s", "ip rip split-horizon [poisoned-reverse]"},  // 'send' alone would be
                                                                         // no whole line
        Meaning{"network 10.0.0.0/8", "network A.B.C.D/M$prefix"},       // a prefix beats a name
        Meaning{"network eth0", "network IFNAME$interface"},
        Meaning{"network 10.0.0.0/33", "! '10.0.0.0/33' does not fit here: expected A.B.C.D/M or IFNAME"},
        Meaning{"passive-interface default", "passive-interface default"},
        Meaning{"passive-interface def", "passive-interface default"},  // a keyword beats a variable
        Meaning{"passive-interface eth0", "passive-interface IFNAME$interface"},
        Meaning{"distance 20", "distance (1-255)"},  // a number beats a word
        Meaning{"distance 256", "distance WORD"},
        Meaning{"ip roote 1.0.0.0/8 Null0", "! unknown word 'roote'; did you mean 'route'?"},
        Meaning{"nework 1.0.0.0/8", "! unknown word 'nework'; did you mean 'network'?"},
        Meaning{"ip route 1.0.0.0/8", "! the line ends too early: expected A.B.C.D, IFNAME or Null0"},
        Meaning{"ip route 1.0.0.0/8 eth0 256",
                "! '256' does not fit here: expected (1-255) or the end of the "
                "line"},
        Meaning{"ip forwarding now", "! 'now' is too much: the line should end before it"},
        Meaning{"",
                "! the line ends too early: expected distance, interface, "
                "ip, ipv6, network, "
                "passive-interface, route-map or router"},
        Meaning{"frobnicate", "! unknown command 'frobnicate'"},
        Meaning{"route-map A permit 0", "! '0' does not fit here: expected (1-65535)"}));

std::vector<std::string> completions(std::string_view line, bool lastIsPartial) {
    const CommandMatcher matcher = table();
    const auto words = splitWords(line);
    std::vector<std::string> texts;
    for (const auto& completion : matcher.complete(words, lastIsPartial))
        texts.push_back(completion.text);
    return texts;
}

TEST(CommandCompletion, ShowsKeywordsThenVariablesThenTheEnd) {
    EXPECT_THAT(completions("ip route 1.0.0.0/8", false), ElementsAre("Null0", "A.B.C.D", "IFNAME"));
    EXPECT_THAT(completions("ip route 1.0.0.0/8 eth0", false), ElementsAre("(1-255)", "<cr>"));
    EXPECT_THAT(completions("ip rip split-horizon", false), ElementsAre("poisoned-reverse", "<cr>"));
}

TEST(CommandCompletion, CompletesThePartialWord) {
    EXPECT_THAT(completions("ip r", true), ElementsAre("rip", "route"));
    EXPECT_THAT(completions("ip route 1", true), ElementsAre("A.B.C.D/M"));
    EXPECT_THAT(completions("rou", true), ElementsAre("route-map", "router"));
    EXPECT_THAT(completions("xyz", true), ElementsAre());
}

TEST(CommandCompletion, ExactKeywordHidesThoseItAbbreviates) {
    EXPECT_THAT(completions("ip", false), ElementsAre("forwarding", "rip", "route"));
    EXPECT_THAT(completions("ip", true), ElementsAre("ip", "ipv6"));
}

TEST(CommandMatcher, EqualReadingsMeanTheFirstPattern) {
    CommandMatcher matcher;
    matcher.add("key chain WORD", "");
    matcher.add("key chain NAME", "");
    EXPECT_EQ(meaning(matcher, "key chain A"), "key chain WORD");
}

TEST(CommandMatcher, PatternMayBeginWithAVariableOrAnOptionalPart) {
    CommandMatcher matcher;
    matcher.add("[quietly] <go|run>", "");
    matcher.add("A.B.C.D ping", "");
    EXPECT_EQ(meaning(matcher, "quietly run"), "[quietly] <go|run>");
    EXPECT_EQ(meaning(matcher, "go"), "[quietly] <go|run>");
    EXPECT_EQ(meaning(matcher, "10.0.0.1 p"), "A.B.C.D ping");
}

TEST(CommandMatcher, HostileLineIsRefusedWithAShortMessage) {
    const CommandMatcher matcher = table();
    const std::string longWord(10'000'000, 'x');
    EXPECT_LT(meaning(matcher, longWord).size(), 300U);
    std::string manyWords = "ip route 1.0.0.0/8 eth0";
    for (int i = 0; i < 1'000'000; ++i)
        manyWords += " 1";
    EXPECT_LT(meaning(matcher, manyWords).size(), 300U);
}

TEST(CommandMatcher, LongWordsAreCutBetweenCharacters) {
    std::string word(59, 'x');
    word += "äöü";
    EXPECT_EQ(meaning(table(), word).find("'" + std::string(59, 'x') + "…'"),
              std::string("! unknown command ").size());
}

}  // namespace
}  // namespace peerscape
