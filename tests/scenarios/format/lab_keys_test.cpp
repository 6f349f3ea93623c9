#include "scenarios/format/lab_keys.hpp"

#include <fstream>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape {
namespace {

std::string manual() {
    std::ifstream stream(std::string(PEERSCAPE_SOURCE_DIR) + "/docs/lab-file.md");
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

TEST(LabManual, NamesEveryKeyThatTheReaderKnows) {
    const std::string text = manual();
    ASSERT_FALSE(text.empty());
    for (const ObjectKeys* keys : lab_keys::all()) {
        for (const KeyInfo& key : keys->keys) {
            // Keys stand in the tables of the manual as `key`, at the beginning of a row.
            EXPECT_THAT(text, testing::HasSubstr(fmt::format("| `{}` |", key.name))) << "of " << keys->object;
        }
    }
}

TEST(LabManual, HasASectionForEveryObject) {
    const std::string text = manual();
    for (const std::string heading : {"## Groups", "## Routers", "## Hosts", "## Links", "## LANs", "## Probes", "## Flows", "## Steps",
                                      "## Actions", "## Expectations", "## Addresses", "## Intents", "## Errors"}) {
        EXPECT_THAT(text, testing::HasSubstr(heading));
    }
}

}  // namespace
}  // namespace peerscape
