// The labs that come with Peerscape keep what they promise.
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

TEST(ShippedLabs, MeetAllTheirExpectations) {
    int labs = 0;
    const auto folder = std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "scenarios/labs";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        SCOPED_TRACE(entry.path().filename().string());
        const WorldOutcome loaded = loadWorld(entry.path(), {});
        ASSERT_NE(loaded.world, nullptr);
        ++labs;
        StepRunner runner(*loaded.world, {});
        while (!runner.isDone()) {
            for (const ExpectationResult& result : runner.runNext().expectations)
                EXPECT_EQ(toString(result.verdict), "pass")
                    << result.expected << "; actual: " << result.actual;
        }
    }
    EXPECT_GE(labs, 61);
}

}  // namespace
}  // namespace peerscape
