#include "gui/session/link_capture.hpp"

#include "gui/session/lab_run.hpp"
#include "scenarios/runner/run_captures.hpp"
#include "tests/gui/gui_fixture.hpp"
#include "tests/scenarios/capture/tshark.hpp"

namespace peerscape::gui {
namespace {

class LinkCapture : public testing::Test {
  protected:
    LinkCapture() : run_(LabRun::load(labOf(kSquare)).run) {}

    void takeAllSteps() {
        while (run_->nextStep().has_value()) {
        }
    }
    std::string capture(const std::set<std::string>& links) {
        const auto outcome = run_->capture(file_, links);
        EXPECT_TRUE(outcome.has_value()) << outcome.error().message;
        return readFile(file_);
    }

    TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "chosen.pcapng";
    std::unique_ptr<LabRun> run_;
};

TEST_F(LinkCapture, OfAWholeRunIsByteForByteThatOfTheRunner) {
    const auto world = makeWorld(kSquare);
    StepRunner runner(*world, {});
    const auto captures = RunCaptures::open(*world, folder_.path() / "runner");
    ASSERT_TRUE(captures.has_value());
    (*captures)->follow(runner);
    while (!runner.isDone())
        (void)runner.runNext();
    ASSERT_TRUE((*captures)->finish().has_value());
    takeAllSteps();
    for (const char* link : {"ab", "cd", "lan-d"}) {
        const std::string byRunner = readFile(folder_.path() / "runner" / (std::string(link) + ".pcapng"));
        EXPECT_GT(byRunner.size(), 500U);
        EXPECT_TRUE(capture({link}) == byRunner) << link;
    }
}

TEST_F(LinkCapture, EndsAtTheInstantShownAndLeavesTheRunThere) {
    takeAllSteps();
    const std::string whole = capture({"bd"});
    const SimTime middle = SimTime::after(run_->now().sinceStart() / 2);
    ASSERT_TRUE(run_->seek(middle).has_value());
    const std::string half = capture({"bd"});
    EXPECT_EQ(run_->now(), middle);
    EXPECT_LT(half.size(), whole.size());
    EXPECT_GT(half.size(), whole.size() / 4);
    EXPECT_TRUE(whole.starts_with(half)) << "what was written by then stays the same";
}

TEST_F(LinkCapture, OfSeveralLinksIsOneFileInTheOrderOfTimeThatTsharkFindsNothingWrongWith) {
    takeAllSteps();
    capture({"ab", "cd", "lan-d"});
    std::vector<std::string> fields = capture::verdictFields();
    fields.emplace_back("frame.time_epoch");
    const std::vector<capture::SharkFrame> frames = capture::TsharkRun(file_, fields).frames();
    ASSERT_GT(frames.size(), 20U);
    std::set<std::string> interfaces;
    double last = 0;
    for (const capture::SharkFrame& frame : frames) {
        capture::expectFine(frame, "ab, cd, lan-d");
        interfaces.insert(frame.at("frame.interface_name"));
        const double time = std::stod(frame.at("frame.time_epoch"));
        EXPECT_GE(time, last);
        last = time;
    }
    EXPECT_EQ(interfaces, (std::set<std::string>{"A:eth0", "B:eth0", "C:eth1", "D:eth1", "D:lan0"}));
}

TEST_F(LinkCapture, HasALinkThatWasPluggedInLater) {
    ASSERT_TRUE(run_->seek(SimTime::start() + Duration::seconds(20)).has_value());
    LinkEntry link;
    link.name = "ad";
    for (const char* node : {"A", "D"}) {
        EndEntry end;
        end.node.name = node;
        end.interface = "eth7";
        link.ends.push_back(end);
    }
    ASSERT_TRUE(run_->perform({lab_action::AddLink{link}, {}}).has_value());
    ASSERT_TRUE(run_->seek(SimTime::start() + Duration::seconds(40)).has_value());
    capture({"ad", "ab"});
    EXPECT_NE(readFile(file_).find("A:eth7"), std::string::npos);
}

TEST_F(LinkCapture, GivenUpLeavesNoFile) {
    takeAllSteps();
    const auto outcome = run_->capture(file_, {"ab"}, [](double) { return false; });
    ASSERT_TRUE(outcome.has_value());
    EXPECT_TRUE(outcome->isGivenUp);
    EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(LinkCapture, RefusesWhatCannotBeCaptured) {
    const auto unknown = run_->capture(file_, {"xy"});
    ASSERT_FALSE(unknown.has_value());
    EXPECT_NE(unknown.error().message.find("'xy'"), std::string::npos);
    const auto nowhere = run_->capture(folder_.path() / "no" / "folder.pcapng", {"ab"});
    EXPECT_FALSE(nowhere.has_value());
    const auto whole = LabRun::load(labOf(kSquare + "tcp: messages\n")).run;
    ASSERT_NE(whole, nullptr);
    const auto messages = whole->capture(file_, {"ab"});
    ASSERT_FALSE(messages.has_value());
    EXPECT_NE(messages.error().message.find("tcp: messages"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(file_));
}

}  // namespace
}  // namespace peerscape::gui
