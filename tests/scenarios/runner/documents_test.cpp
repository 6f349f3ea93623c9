// What the documents tell people to type must work.
#include <fstream>
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

}  // namespace
}  // namespace peerscape
