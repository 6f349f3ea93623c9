#include "scenarios/format/lab_keys.hpp"

#include <fstream>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/format/intents.hpp"
#include "scenarios/format/lab_reader.hpp"

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
    for (const std::string heading :
         {"## Groups", "## Routers", "## Hosts", "## Links", "## LANs", "## Probes", "## Flows", "## Steps",
          "## Actions", "## Expectations", "## Addresses", "## Intents", "## Errors"}) {
        EXPECT_THAT(text, testing::HasSubstr(heading));
    }
}

TEST(LabManual, ShowsOnlyLabsThatAreRead) {
    const std::string text = manual();
    std::size_t count = 0;
    const std::string opening = "```yaml\npeerscape: 1\n";
    for (auto at = text.find(opening); at != std::string::npos; at = text.find(opening, at + 1)) {
        const auto begin = at + std::string("```yaml\n").size();
        const LabOutcome outcome =
            readLab(text.substr(begin, text.find("```", begin) - begin), "lab-file.md");
        EXPECT_THAT(outcome.diagnostics, testing::IsEmpty());
        ASSERT_TRUE(outcome.lab.has_value());
        EXPECT_TRUE(expandLab(*outcome.lab).lab.has_value());
        ++count;
    }
    EXPECT_GE(count, 1U);
}

}  // namespace
}  // namespace peerscape
