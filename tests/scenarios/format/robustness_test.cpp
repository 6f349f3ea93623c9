#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/format/lab_reader.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;

std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    text.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        text += piece;
    return text;
}

/// All messages of a lab that must be refused.
std::string refusal(const std::string& text) {
    const LabOutcome outcome = readLab(text, "lab.yaml");
    EXPECT_FALSE(outcome.lab.has_value());
    std::string all;
    for (const Diagnostic& diagnostic : outcome.diagnostics)
        all += toString(diagnostic) + "\n";
    return all;
}

TEST(LabReaderRobustness, ReadsALineOfTenMegabytes) {
    const std::string title(10'000'000, 'x');
    const LabOutcome outcome = readLab("peerscape: 1\ntitle: " + title + "\n", "lab.yaml");
    ASSERT_TRUE(outcome.lab.has_value());
    EXPECT_EQ(outcome.lab->title, title);
}

TEST(LabReaderRobustness, ShortensALineOfTenMegabytesInItsMessage) {
    const std::string message = refusal("peerscape: 1\nseed: " + std::string(10'000'000, '9') + "\n");
    EXPECT_THAT(message, HasSubstr("lab.yaml:2:7: expected a whole number"));
    EXPECT_LT(message.size(), 300U);
}

TEST(LabReaderRobustness, ShortensAKeyOfTenMegabytesInItsMessage) {
    const std::string message = refusal("peerscape: 1\n? " + std::string(10'000'000, 'k') + "\n: 1\n");
    EXPECT_THAT(message, HasSubstr("lab.yaml:2:3: unknown key 'kkk"));
    EXPECT_LT(message.size(), 400U);
}

TEST(LabReaderRobustness, RefusesMoreThanSixtyFourMegabytes) {
    EXPECT_THAT(refusal("peerscape: 1\n#" + std::string(64 * 1024 * 1024, 'x')),
                HasSubstr("at most 64 MB are read"));
}

TEST(LabReaderRobustness, RefusesAMillionOpenBrackets) {
    EXPECT_THAT(refusal("peerscape: 1\ntitle: " + std::string(1'000'000, '[')),
                HasSubstr("nested more than 100 deep"));
    EXPECT_THAT(refusal("peerscape: 1\ntitle: " + std::string(1'000'000, '{')),
                HasSubstr("nested more than 100 deep"));
}

TEST(LabReaderRobustness, RefusesAMillionNestedDashesAndQuestionMarks) {
    EXPECT_THAT(refusal(repeated("- ", 1'000'000)), HasSubstr("nested more than 100 deep"));
    EXPECT_THAT(refusal(repeated("? ", 1'000'000)), HasSubstr("nested more than 100 deep"));
}

TEST(LabReaderRobustness, RefusesDeepIndentation) {
    std::string text = "peerscape: 1\n";
    for (std::size_t depth = 0; depth < 500; ++depth)
        text += std::string(depth, ' ') + "a:\n";
    EXPECT_THAT(refusal(text), HasSubstr("nested more than 100 deep"));
}

TEST(LabReaderRobustness, RefusesABillionLaughs) {
    std::string text = "peerscape: 1\nl0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
    for (int level = 1; level < 30; ++level) {
        const std::string before = "*l" + std::to_string(level - 1);
        text += "l" + std::to_string(level) + ": &l" + std::to_string(level) + " [" +
                repeated(before + ", ", 9) + before + "]\n";
    }
    EXPECT_THAT(refusal(text), HasSubstr("anchors and aliases stand for too much"));
}

TEST(LabReaderRobustness, RefusesAliasesOfALongText) {
    EXPECT_THAT(refusal("peerscape: 1\na: &a " + std::string(1'000'000, 'x') + "\nb: [" +
                        repeated("*a, ", 1000) + "*a]\n"),
                HasSubstr("anchors and aliases stand for too much"));
}

TEST(LabReaderRobustness, RefusesAnchorsAroundAnchors) {
    std::string text = "peerscape: 1\na: ";
    for (int depth = 0; depth < 90; ++depth)
        text += "&a" + std::to_string(depth) + " [";
    text += repeated("x, ", 1'000'000) + std::string(90, ']');
    EXPECT_THAT(refusal(text), HasSubstr("anchors and aliases stand for too much"));
}

TEST(LabReaderRobustness, ReportsTheFirstHundredErrorsAndCountsTheRest) {
    std::string text = "peerscape: 1\nrouters:\n";
    for (int i = 0; i < 250; ++i)
        text += "  R" + std::to_string(i) + ": {asn: x}\n";
    const LabOutcome outcome = readLab(text, "lab.yaml");
    ASSERT_EQ(outcome.diagnostics.size(), 101U);
    EXPECT_EQ(outcome.diagnostics[99].place.line, 102U);
    EXPECT_EQ(outcome.diagnostics[100].message, "150 more errors not shown");
}

TEST(LabReaderRobustness, SurvivesTheFileCutAtEveryByte) {
    const std::string text =
        "peerscape: 1\ntitle: \"Gebäude\"\nrouters:\n  A: &a {loopback: [10.0.0.1/32]}\n  B: {<<: *a, at: "
        "[1, 2]}\n"
        "links:\n  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], 'B:eth0': [1.1.1.2/30]}}\nsteps:\n  - do: "
        "[{fail: ab}]\n";
    for (std::size_t length = 0; length < text.size(); ++length) {
        const LabOutcome outcome = readLab(std::string_view(text).substr(0, length), "lab.yaml");
        bool hasError = false;
        for (const Diagnostic& diagnostic : outcome.diagnostics)
            hasError = hasError || diagnostic.severity == Severity::Error;
        EXPECT_EQ(outcome.lab.has_value(), !hasError) << length;
    }
}

TEST(LabReaderRobustness, SurvivesEveryByteReplaced) {
    const std::string text = "peerscape: 1\nrouters: {A: &a {}, B: *a}\nlinks:\n - {ends: [A, 'B']}\n";
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string broken = text;
            broken[at] = static_cast<char>(byte);
            const LabOutcome outcome = readLab(broken, "lab.yaml");
            ASSERT_TRUE(outcome.lab.has_value() || !outcome.diagnostics.empty());
        }
    }
}

TEST(LabReaderRobustness, SaysWhatIsWrongWithAPath) {
    const auto messageFor = [](const std::string& path) {
        return toString(readLabFile(path).diagnostics.at(0));
    };
    EXPECT_EQ(messageFor("/nowhere/at/all"), "/nowhere/at/all: there is no file '/nowhere/at/all'");
    EXPECT_EQ(messageFor("/dev/zero"), "/dev/zero: '/dev/zero' is not a file");
    const auto folder = std::filesystem::path(testing::TempDir()) / "folder_without_lab";
    std::filesystem::create_directories(folder);
    EXPECT_THAT(messageFor(folder.string()), HasSubstr("this folder has no lab.yaml"));
}

}  // namespace
}  // namespace peerscape
