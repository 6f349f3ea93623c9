#include "scenarios/world/json_subset.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape {
namespace {

LabValue word(std::string_view text) { return LabValue::fromPlainWord(text); }
LabValue text(const char* text) { return LabValue(std::string(text)); }
LabValue map(LabValue::Map entries) { return LabValue(std::move(entries)); }
LabValue list(LabValue::List items) { return LabValue(std::move(items)); }

/// What is missing, or "" when nothing is.
std::string missing(const LabValue& wanted, std::string_view json) {
    return jsonDifference(wanted, json).value_or("");
}

TEST(JsonSubset, AMapMayHaveMoreKeysThanAreAskedFor) {
    EXPECT_EQ(missing(map({{"a", word("1")}}), R"({"a":1,"b":2})"), "");
    EXPECT_EQ(missing(map({}), R"({"b":2})"), "");
    EXPECT_EQ(missing(map({{"a", word("1")}, {"c", word("1")}}), R"({"a":1,"b":2})"), "c is missing");
}

TEST(JsonSubset, NamesTheWayToWhatDiffers) {
    EXPECT_EQ(missing(map({{"a", map({{"b", word("2")}})}}), R"({"a":{"b":3}})"), "a.b: expected 2, found 3");
    EXPECT_EQ(missing(map({{"a", map({{"b", word("2")}})}}), R"({"a":{}})"), "a.b is missing");
    EXPECT_EQ(missing(word("2"), "3"), "the answer: expected 2, found 3");
}

TEST(JsonSubset, EveryEntryOfAListMustBeAmongThoseOfTheAnswer) {
    const std::string json = R"({"l":[{"p":"rip","m":2},{"p":"static","m":0}]})";
    EXPECT_EQ(missing(map({{"l", list({map({{"p", text("static")}})})}}), json), "");
    EXPECT_EQ(missing(map({{"l", list({map({{"m", word("0")}}), map({{"m", word("2")}})})}}), json), "");
    EXPECT_EQ(missing(map({{"l", list({})}}), json), "");
    // Both claims must hold of the same entry.
    EXPECT_EQ(missing(map({{"l", list({map({{"p", text("rip")}, {"m", word("0")}})})}}), json),
              "l: no entry is {p: rip, m: 0}; found [{\"p\":\"rip\",\"m\":2},{\"p\":\"static\",\"m\":0}]");
    EXPECT_EQ(missing(list({word("3")}), "[1,2]"), "the answer: no entry is 3; found [1,2]");
}

TEST(JsonSubset, KindsAreNotMixedUp) {
    EXPECT_EQ(missing(text("1"), "1"), "the answer: expected \"1\", found 1");
    EXPECT_EQ(missing(word("1"), "\"1\""), "the answer: expected 1, found \"1\"");
    EXPECT_EQ(missing(word("true"), "1"), "the answer: expected true, found 1");
    EXPECT_EQ(missing(word("1"), "true"), "the answer: expected 1, found true");
    EXPECT_EQ(missing(word("null"), "0"), "the answer: expected null, found 0");
    EXPECT_EQ(missing(map({}), "[]"), "the answer: expected {}, found []");
    EXPECT_EQ(missing(list({}), "{}"), "the answer: expected [], found {}");
}

TEST(JsonSubset, EqualScalarsAreEqual) {
    EXPECT_EQ(missing(text("x"), "\"x\""), "");
    EXPECT_EQ(missing(word("true"), "true"), "");
    EXPECT_EQ(missing(word("false"), "false"), "");
    EXPECT_EQ(missing(word("false"), "true"), "the answer: expected false, found true");
    EXPECT_EQ(missing(word("null"), "null"), "");
    EXPECT_EQ(missing(word("1.5"), "1.5"), "");
    EXPECT_EQ(missing(word("1"), "1.0"), "");
    EXPECT_EQ(missing(word("-7"), "-7"), "");
}

TEST(JsonSubset, LargeNumbersAreComparedExactly) {
    EXPECT_EQ(missing(word("9007199254740993"), "9007199254740993"), "");
    EXPECT_EQ(missing(word("9007199254740993"), "9007199254740992"),
              "the answer: expected 9007199254740993, found 9007199254740992");
    EXPECT_EQ(missing(word("-1"), "18446744073709551615"),
              "the answer: expected -1, found 18446744073709551615");
}

TEST(JsonSubset, SaysThatAnAnswerIsNotJson) {
    const std::string hint = "the answer is not JSON; does the command end in 'json'?";
    EXPECT_EQ(missing(map({}), "Codes: K - kernel route"), hint);
    EXPECT_EQ(missing(map({}), ""), hint);
    EXPECT_EQ(missing(map({}), "{} {}"), hint);
    EXPECT_EQ(missing(map({}), "{\"a\":\"\xff\"}"), hint);
}

TEST(JsonSubset, ALongAnswerIsCutBetweenCharacters) {
    // Characters of two bytes, at even and at odd places: either way none may be torn.
    for (const std::string lead : {"", "x"}) {
        std::string json = "\"" + lead;
        for (int i = 0; i < 200; ++i)
            json += "ü";
        json += "\"";
        const std::string difference = missing(word("1"), json);
        EXPECT_TRUE(difference.ends_with("ü...")) << difference;
        EXPECT_LT(difference.size(), 220U);
    }
}

}  // namespace
}  // namespace peerscape
