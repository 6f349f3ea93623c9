// What the documents tell people to type must work.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/world/summary.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

std::string textOf(const std::string& path) {
    std::ifstream file(std::string(PEERSCAPE_SOURCE_DIR) + "/" + path);
    EXPECT_TRUE(file.is_open()) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string firstBlock(const std::string& document, const std::string& language) {
    const std::string fence = "```" + language + "\n";
    const std::size_t begin = document.find(fence) + fence.size();
    return document.substr(begin, document.find("```", begin) - begin);
}

TEST(Readme, TheFirstLabMeetsItsExpectation) {
    const FinishedRun run = runLab(firstBlock(textOf("README.md"), "yaml"));
    ASSERT_EQ(run.result.steps.size(), 2U);
    EXPECT_EQ(run.expectation().verdict, Verdict::Pass) << summarize(*run.world, run.last());
    EXPECT_FALSE(run.result.hasFailures());
}

TEST(LabsPage, NamesEveryLabAndNoOther) {
    const std::string page = textOf("docs/labs.md");
    std::set<std::string> named;
    for (std::size_t at = page.find("\n| `"); at != std::string::npos; at = page.find("\n| `", at + 1)) {
        std::istringstream cell(page.substr(at + 3, page.find(" |", at + 3) - at - 3));
        for (std::string word; std::getline(cell, word, ',');)
            named.insert(word.substr(word.find('`') + 1, word.rfind('`') - word.find('`') - 1));
    }
    std::set<std::string> shipped;
    const auto folder = std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "scenarios/labs";
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        shipped.insert(entry.path().filename().string());
    EXPECT_THAT(named, testing::ContainerEq(shipped));
}

}  // namespace
}  // namespace peerscape
