// The files of `--mrt` as another program reads them: bgpdump, of Debian's package bgpdump.
#include "scenarios/runner/run_dumps.hpp"

#include <cstdio>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/text.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

/// AS 65001 and AS 4200000002 in a line; the link between them fails in the second step.
const std::string kTwoAses =
    "peerscape: 1\n"
    "title: Two ASes\n"
    "routers:\n"
    "  A: {config: \"router bgp 65001\\n bgp router-id 10.0.0.1\\n no bgp ebgp-requires-policy\\n"
    " timers bgp 3 9\\n neighbor 192.0.2.2 remote-as 4200000002\\n address-family ipv4 unicast\\n"
    "  network 198.51.100.0/24\\n\"}\n"
    "  B: {config: \"router bgp 4200000002\\n bgp router-id 10.0.0.2\\n no bgp ebgp-requires-policy\\n"
    " timers bgp 3 9\\n neighbor 192.0.2.1 remote-as 65001\\n address-family ipv4 unicast\\n"
    "  network 203.0.113.0/24\\n\"}\n"
    "links:\n"
    "  - {name: ab, ends: {\"A:eth0\": [192.0.2.1/30], \"B:eth0\": [192.0.2.2/30]}}\n"
    "lans:\n"
    "  - {name: lan-a, ends: {\"A:lan0\": [198.51.100.1/24]}}\n"
    "  - {name: lan-b, ends: {\"B:lan0\": [203.0.113.1/24]}}\n"
    "steps:\n"
    "  - {name: start}\n"
    "  - {name: cut, do: [{fail: ab}]}\n";

/// The lines that bgpdump prints of a file.
std::vector<std::string> bgpdump(const std::filesystem::path& file) {
    FILE* pipe = popen(("bgpdump -m -q '" + file.string() + "' 2>&1").c_str(), "r");
    std::string text;
    char part[4096];
    for (std::size_t n = 0; pipe != nullptr && (n = fread(part, 1, sizeof part, pipe)) > 0;)
        text.append(part, n);
    EXPECT_EQ(pipe == nullptr ? -1 : pclose(pipe), 0)
        << "bgpdump (Debian's package bgpdump) did not do its work: " << text;
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

class RunDumpsTest : public testing::Test {
  protected:
    RunDumpsTest() : world_(makeWorld(kTwoAses)) {
        auto dumps = RunDumps::open(*world_, folder_.path());
        EXPECT_TRUE(dumps.has_value());
        StepRunner runner(*world_, {});
        (*dumps)->follow(runner);
        while (!runner.isDone()) {
            const StepResult step = runner.runNext();
            EXPECT_TRUE((*dumps)->stepEnded(step).has_value());
        }
        EXPECT_TRUE((*dumps)->finish().has_value());
    }
    std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }

  private:
    TemporaryFolder folder_;
    std::unique_ptr<LabWorld> world_;
};

TEST_F(RunDumpsTest, TheTableOfEachStepHasAllPaths) {
    const auto before = bgpdump(file("0-start/A.rib.mrt"));
    ASSERT_EQ(before.size(), 2U);
    EXPECT_THAT(before, Contains(HasSubstr("|B|0.0.0.0|65001|198.51.100.0/24||IGP|0.0.0.0|")));
    EXPECT_THAT(before,
                Contains(HasSubstr("|B|192.0.2.2|4200000002|203.0.113.0/24|4200000002|IGP|192.0.2.2|")));
    const auto after = bgpdump(file("1-cut/A.rib.mrt"));
    EXPECT_THAT(after, ElementsAre(HasSubstr("198.51.100.0/24")));
}

TEST_F(RunDumpsTest, UpdatesAreThoseThatTheRouterHas) {
    const auto heard = bgpdump(file("A.updates.mrt"));
    EXPECT_THAT(heard,
                Contains(HasSubstr("|A|192.0.2.2|4200000002|203.0.113.0/24|4200000002|IGP|192.0.2.2|")));
    EXPECT_THAT(heard, Contains(HasSubstr("|STATE|192.0.2.2|4200000002|5|6")));
    EXPECT_THAT(heard, Contains(HasSubstr("|STATE|192.0.2.2|4200000002|6|1")));
    EXPECT_THAT(heard, Contains(HasSubstr("|A|192.0.2.2|4200000002|198.51.100.0/24|4200000002 65001|")))
        << "what its table refuses, the own number in the path, was heard all the same";
    EXPECT_THAT(bgpdump(file("B.updates.mrt")),
                Contains(HasSubstr("|A|192.0.2.1|65001|198.51.100.0/24|65001|")));
}

}  // namespace
}  // namespace peerscape
