// Names and texts of others, made fit for labs.
#include "scenarios/import/names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape {
namespace {

using testing::ElementsAre;

TEST(ImportedNames, KeepLettersOfAnyScript) {
    EXPECT_EQ(legalName("Zürich"), "Zürich");
    EXPECT_EQ(legalName("東京"), "東京");
    EXPECT_EQ(legalName("core_1.a"), "core_1.a");
}

TEST(ImportedNames, WhateverElseBecomesOneHyphen) {
    EXPECT_EQ(legalName("New York"), "New-York");
    EXPECT_EQ(legalName("St. Louis, MO"), "St.-Louis-MO");
    EXPECT_EQ(legalName("  AT&T: (Core/1) "), "AT-T-Core-1");
    EXPECT_EQ(legalName("a\nb\x01"
                        "c"),
              "a-b-c");
}

TEST(ImportedNames, NothingMayBeLeft) {
    EXPECT_EQ(legalName(""), "");
    EXPECT_EQ(legalName("?"), "");
    EXPECT_EQ(legalName("\xFF"), "");
}

TEST(ImportedNames, AreShortAndEndWithAWholeCharacter) {
    EXPECT_EQ(legalName(std::string(100, 'x')), std::string(48, 'x'));
    std::string umlauts = "x";
    for (int i = 0; i < 50; ++i)
        umlauts += "ü";
    EXPECT_EQ(legalName(umlauts), umlauts.substr(0, 47));
}

TEST(ImportedNames, TheSameNameIsNumbered) {
    EXPECT_THAT(uniqueNames({"Paris", "Rome", "Paris", "Paris"}),
                ElementsAre("Paris", "Rome", "Paris-2", "Paris-3"));
    EXPECT_THAT(uniqueNames({"Paris", "Paris", "Paris-2"}), ElementsAre("Paris", "Paris-3", "Paris-2"));
    EXPECT_THAT(uniqueNames({"a", "a", "a-2", "a-2"}), ElementsAre("a", "a-3", "a-2", "a-2-2"));
}

TEST(ImportedNames, MessagesShowOddWordsHarmlessly) {
    EXPECT_EQ(printable("a\tb\r\nc\x7F\xFF"
                        "d"),
              "a b  c??d");
    EXPECT_EQ(quotedWord("x\x1B[2J"), "'x?[2J'");
    EXPECT_EQ(quotedWord(std::string(50, 'y')), "'" + std::string(40, 'y') + "…'");
}

}  // namespace
}  // namespace peerscape
