// `peerscape expand`: what intents mean, as a lab file.
#include "scenarios/runner/expand_command.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Expand : public testing::Test {
  protected:
    ExitCode expand(const std::filesystem::path& lab, const std::string& target = "") {
        out_.str("");
        err_.str("");
        return expandLabFile(lab, target, {}, out_, err_);
    }

    TemporaryFolder folder_;
    std::ostringstream out_;
    std::ostringstream err_;
};

const std::string kIntents =
    "peerscape: 1\n"
    "title: Reflected\n"
    "routers:\n"
    "  R: {asn: 7, protocols: [rip, bgp], route-reflector: true}\n"
    "  C1: {asn: 7, protocols: [rip, bgp]}\n"
    "  C2: {asn: 7, protocols: [rip, bgp]}\n"
    "  X: {asn: 8, protocols: [bgp], networks: [10.8.0.0/16]}\n"
    "links: [{ends: [R, C1]}, {ends: [R, C2]}, {ends: [C1, X], relation: customer-provider}]\n"
    "steps:\n"
    "  - name: start\n"
    "    expect: [{best: {router: C2, prefix: 10.8.0.0/16, as-path: [8]}}]\n";

TEST_F(Expand, PrintsALabThatRunsAsTheOneItIsMadeOf) {
    const auto lab = folder_.write("lab.yaml", kIntents);
    ASSERT_EQ(expand(lab), ExitCode::Ok) << err_.str();
    EXPECT_THAT(out_.str(), HasSubstr("route-reflector-client"));
    EXPECT_THAT(out_.str(), Not(HasSubstr("protocols:")));
    const FinishedRun before = runLab(kIntents);
    const FinishedRun after = runLab(out_.str());
    EXPECT_FALSE(before.result.hasFailures()) << "C2 hears of X's network from the reflector alone";
    EXPECT_EQ(after.result.fingerprint, before.result.fingerprint);
    EXPECT_FALSE(after.result.hasFailures());
}

TEST_F(Expand, BringsInWhatStandsInFiles) {
    folder_.write("zebra.conf", "ip route 10.7.0.0/16 blackhole");
    folder_.write("ripd.conf", "router rip\n redistribute static\n");
    const auto lab =
        folder_.write("lab.yaml", "peerscape: 1\nrouters: {A: {config: [zebra.conf, ripd.conf]}}\n");
    const std::string target = folder_.path() / "made/by/hand";
    ASSERT_EQ(expand(lab, target), ExitCode::Ok) << err_.str();
    EXPECT_THAT(out_.str(), HasSubstr("made/by/hand/lab.yaml: 1 routers, 0 links, 0 LANs\n"));
    const LabOutcome read = readLabFile(target + "/lab.yaml");
    ASSERT_TRUE(read.lab.has_value());
    ASSERT_EQ(read.lab->routers.front().config.size(), 1U);
    EXPECT_EQ(read.lab->routers.front().config.front().text,
              "ip route 10.7.0.0/16 blackhole\nrouter rip\n redistribute static\n");
}

TEST_F(Expand, WritesNothingOfALabWithMistakes) {
    const auto lab = folder_.write("lab.yaml", "peerscape: 1\nrouters: {A: {protocols: [bgp]}}\n");
    EXPECT_EQ(expand(lab, folder_.path() / "other.yaml"), ExitCode::BadInput);
    EXPECT_THAT(out_.str(), IsEmpty());
    EXPECT_THAT(err_.str(), HasSubstr("lab.yaml:2:11: router 'A' runs BGP but has no 'asn'"));
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "other.yaml"));
    const auto good = folder_.write("good.yaml", "peerscape: 1\nrouters: {A: {}}\n");
    EXPECT_EQ(expand(good, lab / "below/a/file.yaml"), ExitCode::BadInput) << "there is no such folder";
}

}  // namespace
}  // namespace peerscape
