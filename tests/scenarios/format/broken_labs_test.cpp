#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scenarios/format/lab_reader.hpp"

namespace peerscape {
namespace {

namespace fs = std::filesystem;

std::string contentOf(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

fs::path corpus() { return fs::path(PEERSCAPE_SOURCE_DIR) / "tests/scenarios/format/broken"; }

std::vector<fs::path> brokenLabs() {
    std::vector<fs::path> labs;
    for (const auto& entry : fs::directory_iterator(corpus())) {
        if (entry.path().extension() == ".yaml") labs.push_back(entry.path());
    }
    std::ranges::sort(labs);
    return labs;
}

std::string diagnosticsOf(const LabOutcome& outcome) {
    std::string text;
    for (const Diagnostic& diagnostic : outcome.diagnostics)
        text += toString(diagnostic) + "\n";
    return text;
}

TEST(BrokenLabs, AreAtLeastSixty) { EXPECT_GE(brokenLabs().size(), 60U); }

TEST(BrokenLabs, AreRefusedWithTheExpectedMessages) {
    for (const fs::path& path : brokenLabs()) {
        SCOPED_TRACE(path.filename().string());
        const LabOutcome outcome = readLab(contentOf(path), path.filename().string());
        EXPECT_FALSE(outcome.lab.has_value());
        fs::path expected = path;
        expected.replace_extension(".expected");
        EXPECT_EQ(diagnosticsOf(outcome), contentOf(expected));
    }
}

TEST(BrokenLabs, EveryErrorHasAPlaceWithinTheFile) {
    for (const fs::path& path : brokenLabs()) {
        SCOPED_TRACE(path.filename().string());
        const std::string text = contentOf(path);
        const auto lines = static_cast<std::uint32_t>(std::ranges::count(text, '\n') + 1);
        for (const Diagnostic& diagnostic : readLab(text, path.filename().string()).diagnostics) {
            EXPECT_GE(diagnostic.place.line, 1U);
            EXPECT_LE(diagnostic.place.line, lines);
            EXPECT_GE(diagnostic.place.column, 1U);
        }
    }
}

}  // namespace
}  // namespace peerscape
