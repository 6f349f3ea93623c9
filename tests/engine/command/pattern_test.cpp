#include "engine/command/pattern.hpp"

#include <gtest/gtest.h>

#include "engine/base/text.hpp"
#include "engine/command/command_table.hpp"

namespace peerscape {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

struct Example {
    const char* claim;
    const char* pattern;
    const char* line;
    Values values;  ///< what Arguments::all() says; empty and `matches` false: the
                    ///< line does not fit
    bool matches = true;
};

class PatternExamples : public testing::TestWithParam<Example> {};

TEST_P(PatternExamples, GivesTheArguments) {
    const Example& example = GetParam();
    CommandMatcher matcher;
    matcher.add(example.pattern, "");
    const auto words = splitWords(example.line);
    const auto match = matcher.match(words);
    ASSERT_EQ(match.has_value(), example.matches) << example.claim;
    if (match) {
        EXPECT_EQ(match->arguments.all(), example.values) << example.claim;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, PatternExamples,
    testing::ValuesIn(std::vector<Example>{
        {"plain keywords give no arguments", "router rip", "router rip", {}},
        {"an unnamed variable has its lower-case text",
         "network A.B.C.D/M",
         "network 10.0.0.0/8",
         {{"a.b.c.d/m", "10.0.0.0/8"}}},
        {"a range is named without brackets", "metric (0-16)", "metric 7", {{"0-16", "7"}}},
        {"a dollar names", "metric (0-16)$hops", "metric 7", {{"hops", "7"}}},
        {"a number above the range does not fit", "metric (0-16)$hops", "metric 17", {}, false},
        {"a number below the range does not fit", "timers (5-99)", "timers 4", {}, false},
        {"a sign is no part of a number", "metric (0-16)", "metric +7", {}, false},
        {"a keyword of a choice is named after itself",
         "ip route A.B.C.D/M$p <A.B.C.D$gw|IFNAME$if|Null0>",
         "ip route 1.0.0.0/8 Null0",
         {{"p", "1.0.0.0/8"}, {"Null0", "Null0"}}},
        {"an address beats a name",
         "ip route A.B.C.D/M$p <A.B.C.D$gw|IFNAME$if|Null0>",
         "ip route 1.0.0.0/8 10.0.0.1",
         {{"p", "1.0.0.0/8"}, {"gw", "10.0.0.1"}}},
        {"an interface has a name",
         "ip route A.B.C.D/M$p <A.B.C.D$gw|IFNAME$if|Null0>",
         "ip route 1.0.0.0/8 eth0.100",
         {{"p", "1.0.0.0/8"}, {"if", "eth0.100"}}},
        {"a mistyped address is no interface",
         "ip route A.B.C.D/M$p <A.B.C.D$gw|IFNAME$if|Null0>",
         "ip route 1.0.0.0/8 10.0.0.300",
         {},
         false},
        {"an abbreviated keyword is given whole",
         "distribute-list WORD$list <in$direction|out$direction>",
         "dist L o",
         {{"list", "L"}, {"direction", "out"}}},
        {"a name behind brackets names all inside",
         "list WORD <in|out>$direction",
         "list L in",
         {{"word", "L"}, {"direction", "in"}}},
        {"an optional part may be left out",
         "distance (1-255)$d [A.B.C.D/M$p [WORD$l]]",
         "distance 5",
         {{"d", "5"}}},
        {"an optional part may be there",
         "distance (1-255)$d [A.B.C.D/M$p [WORD$l]]",
         "distance 5 1.2.3.4/8 x",
         {{"d", "5"}, {"p", "1.2.3.4/8"}, {"l", "x"}}},
        {"a label does not hide its value", "route [tag (1-9)$tag]", "route tag 3", {{"tag", "3"}}},
        {"alternatives in square brackets", "ip [rip|ospf] x", "ip ospf x", {{"ospf", "ospf"}}},
        {"a set takes its parts in any order",
         "r [{metric (0-16)$m|route-map WORD$map}]",
         "r route-map A metric 3",
         {{"route-map", "route-map"}, {"map", "A"}, {"metric", "metric"}, {"m", "3"}}},
        {"a set takes each part once",
         "r [{metric (0-16)$m|route-map WORD$map}]",
         "r metric 3 metric 4",
         {},
         false},
        {"a set needs one part", "v <{1$one|2$two}|none>", "v", {}, false},
        {"digits may be keywords", "v <{1$one|2$two}|none>", "v 2 1", {{"two", "2"}, {"one", "1"}}},
        {"a line takes all words",
         "description LINE...$text",
         "description to  the core",
         {{"text", "to the core"}}},
        {"a line takes at least one word", "description LINE...$text", "description", {}, false},
        {"a line may be left out", "no description [LINE...]", "no description a b", {{"line", "a b"}}},
        {"IPv6 prefixes", "x X:X::X:X/M$p", "x 2001:db8::1/64", {{"p", "2001:db8::1/64"}}},
        {"a prefix of the other family does not fit", "x X:X::X:X/M$p", "x 10.0.0.0/8", {}, false},
        {"a prefix needs its length", "x A.B.C.D/M$p", "x 10.0.0.0", {}, false},
        {"words beyond the pattern do not fit", "router rip", "router rip 1", {}, false},
        {"keywords are case sensitive", "router rip", "Router rip", {}, false},
    }));

TEST(Arguments, SayWhatWasLeftOut) {
    Arguments arguments;
    arguments.add("prefix", "10.1.2.3/8");
    arguments.add("distance", "20");
    EXPECT_EQ(arguments.prefix("prefix"), *Prefix::parse("10.0.0.0/8"));
    EXPECT_EQ(arguments.number("distance"), 20U);
    EXPECT_EQ(arguments.number("tag", 7), 7U);
    EXPECT_FALSE(arguments.has("tag"));
    EXPECT_EQ(arguments.text("tag"), "");
}

TEST(PatternDeathTest, AMalformedPatternIsABug) {
    for (const char* text : {"", "a <b|c", "a b]", "a [b}", "a <|b>", "a (5-1)", "a (x)", "a $", "{}"}) {
        EXPECT_EXIT(Pattern{text}, testing::ExitedWithCode(3), "") << text;
    }
}

}  // namespace
}  // namespace peerscape
