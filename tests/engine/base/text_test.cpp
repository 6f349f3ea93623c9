#include "engine/base/text.hpp"

#include <gtest/gtest.h>

#include "engine/base/result.hpp"

namespace peerscape {
namespace {

using Words = std::vector<std::string_view>;

TEST(Text, SplitsWordsAtBlanks) {
    EXPECT_EQ(splitWords(" ip  route\t10.0.0.0/8 \r\n"), (Words{"ip", "route", "10.0.0.0/8"}));
    EXPECT_EQ(splitWords(""), Words{});
    EXPECT_EQ(splitWords(" \t "), Words{});
    EXPECT_EQ(splitWords("one"), Words{"one"});
}

TEST(Text, SplitsAtSeparatorsKeepingEmptyPieces) {
    EXPECT_EQ(split("a:b", ':'), (Words{"a", "b"}));
    EXPECT_EQ(split(":a::", ':'), (Words{"", "a", "", ""}));
    EXPECT_EQ(split("", ':'), Words{""});
}

TEST(Text, TrimsJoinsAndLowers) {
    EXPECT_EQ(trim(" \ta b\r\n"), "a b");
    EXPECT_EQ(trim("  "), "");
    const std::vector<std::string> pieces{"a", "", "b"};
    EXPECT_EQ(join(pieces, ", "), "a, , b");
    EXPECT_EQ(join({}, ", "), "");
    EXPECT_EQ(toLower("Router-Ä1"), "router-Ä1");
}

TEST(Text, ReadsWholeNumbersOnly) {
    EXPECT_EQ(readNumber("0"), 0U);
    EXPECT_EQ(readNumber("18446744073709551615"), UINT64_MAX);
    EXPECT_EQ(readNumber("007"), 7U);
    EXPECT_EQ(readNumber("16", 16), 16U);
    for (const char* text : {"", " 1", "1 ", "+1", "-1", "1.0", "0x1", "a", "18446744073709551616"})
        EXPECT_EQ(readNumber(text), std::nullopt) << text;
    EXPECT_EQ(readNumber("17", 16), std::nullopt);
}

TEST(Text, ReadsQuantitiesExactly) {
    const auto quantity = readQuantity(" 1.50 Mbit ");
    ASSERT_TRUE(quantity.has_value());
    EXPECT_EQ(quantity->digits, 150U);
    EXPECT_EQ(quantity->decimals, 2U);
    EXPECT_EQ(quantity->unit, "Mbit");
    EXPECT_EQ(quantity->times(1'000), 1'500);
    EXPECT_EQ(quantity->times(10), 15);
    EXPECT_EQ(quantity->times(1), std::nullopt);  // 1.5 is not whole
    EXPECT_EQ(readQuantity("9223372036854775807")->times(1), INT64_MAX);
    EXPECT_EQ(readQuantity("9223372036854775808")->times(1), std::nullopt);
    EXPECT_EQ(readQuantity("9999999999999999999")->times(3'600'000'000'000), std::nullopt);
    EXPECT_EQ(readQuantity("99999999999999999999"), std::nullopt);
    for (const char* text : {"", "s", ".", "-1s"})
        EXPECT_FALSE(readQuantity(text).has_value()) << text;
}

TEST(Text, FindsTheWordThatWasMeant) {
    const std::vector<std::string> words{"neighbor", "network", "passive-interface", "R1", "R10"};
    EXPECT_EQ(nearestWord("nieghbor", words), "neighbor");
    EXPECT_EQ(nearestWord("NETWROK", words), "network");
    EXPECT_EQ(nearestWord("netwrok", words), "network");
    EXPECT_EQ(nearestWord("passiv-interface", words), "passive-interface");
    EXPECT_EQ(nearestWord("r1", words), "R1");
    EXPECT_EQ(nearestWord("redistribute", words), std::nullopt);
    EXPECT_EQ(nearestWord("", words), std::nullopt);
    EXPECT_EQ(nearestWord(std::string(100'000, 'n'), words), std::nullopt);
    EXPECT_EQ(nearestWord("network", {}), std::nullopt);
}

TEST(Text, AmongEquallyNearWordsTheFirstIsTaken) {
    const std::vector<std::string> words{"R2", "R3"};
    EXPECT_EQ(nearestWord("R1", words), "R2");
}

TEST(Text, TurnedLettersCountOnceWhateverTheirCase) {
    const std::vector<std::string> words{"eth"};
    EXPECT_EQ(nearestWord("EHT", words), "eth");
}

// Well-formed sequences: Unicode 15, table 3-7.
TEST(Utf8, AcceptsWhatIsWellFormed) {
    for (const char* text :
         {"", "abc", "Zürich", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
          "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
        EXPECT_EQ(findInvalidUtf8(text), std::nullopt) << text;
    }
}

TEST(Utf8, SaysWhereItIsNot) {
    const std::pair<std::string_view, std::size_t> table[] = {
        {"\x80", 0},      // continuation without a beginning
        {"ab\xff", 2},    // never a byte of UTF-8
        {"\xc0\x80", 0},  // overlong
        {"\xc1\xbf", 0},
        {"a\xe0\x9f\xbf", 1},     // overlong
        {"\xf0\x8f\xbf\xbf", 0},  // overlong
        {"\xed\xa0\x80", 0},      // surrogate
        {"\xf4\x90\x80\x80", 0},  // beyond U+10FFFF
        {"\xf8\x88\x80\x80\x80", 0},
        {"Z\xc3", 1},  // cut off
        {"\xe2\x82", 0},
        {"\xf0\x9f\x98", 0},
        {"\xc3(", 0},
        {"Z\xfcrich", 1},  // ISO 8859-1
    };
    for (const auto& [text, where] : table)
        EXPECT_EQ(findInvalidUtf8(text), where);
}

TEST(Error, NamesItsPlaceAsFarAsKnown) {
    EXPECT_EQ(toString(Error{"wrong", {}}), "wrong");
    EXPECT_EQ(toString(Error{"wrong", {"lab.yaml", 0, 0}}), "lab.yaml: wrong");
    EXPECT_EQ(toString(Error{"wrong", {"lab.yaml", 7, 0}}), "lab.yaml:7: wrong");
    EXPECT_EQ(toString(Error{"wrong", {"lab.yaml", 7, 3}}), "lab.yaml:7:3: wrong");
}

}  // namespace
}  // namespace peerscape
