#include "scenarios/config/config_choices.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> wordsAt(std::string_view text) {
    std::vector<std::string> words;
    for (const Completion& choice : choicesAtEnd(text))
        words.push_back(choice.text);
    return words;
}

TEST(ConfigChoices, OffersTheCommandsOfTheBlock) {
    EXPECT_THAT(wordsAt("router rip\n "), Contains("network"));
    EXPECT_THAT(wordsAt("router rip\n netw"), ElementsAre("network"));
    EXPECT_THAT(wordsAt("netw"), Not(Contains("network"))) << "not at the top";
    EXPECT_THAT(wordsAt("router rip\nexit\n"), Not(Contains("network"))) << "the block is over";
    EXPECT_THAT(wordsAt("router "), Contains("bgp"));
}

TEST(ConfigChoices, OffersWhatBelongsToTheBlocksAroundAfterwards) {
    const auto words = wordsAt("router bgp 65001\n address-family ipv4 unicast\n  ");
    const auto inner = std::ranges::find(words, "network");
    const auto outer = std::ranges::find(words, "router");
    ASSERT_NE(inner, words.end());
    ASSERT_NE(outer, words.end()) << "as FRR has it, a block needs no exit";
    EXPECT_LT(inner, outer);
}

TEST(ConfigChoices, SaysWhatIsAVariable) {
    const auto choices = choicesAtEnd("router rip\n network ");
    const auto prefix = std::ranges::find(choices, "A.B.C.D/M", &Completion::text);
    ASSERT_NE(prefix, choices.end());
    EXPECT_TRUE(prefix->isVariable);
    EXPECT_THAT(choicesAtEnd("! a comment"), IsEmpty());
}

}  // namespace
}  // namespace peerscape
