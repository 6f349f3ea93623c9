#include "engine/lab/lab.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/lab/lab_bench.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

LabOptions seeded(std::uint64_t seed) {
    LabOptions options;
    options.simulation.seed = seed;
    return options;
}

TEST(Lab, TheSameLabAndSeedGiveTheSameFingerprint) {
    const RingPlan plan;
    const auto run = [&](std::uint64_t seed) {
        Lab lab = plan.lab(seeded(seed));
        lab.schedule(atMs(1500), {"cut", action::SetSegment{plan.links[1], false}});
        lab.runUntil(atMs(5000));
        return std::pair(lab.fingerprint(), lab.simulation().stateHash());
    };
    EXPECT_EQ(run(1), run(1));
    EXPECT_NE(run(1), run(2));
}

TEST(Lab, StepsAreTheSameAsRunning) {
    const RingPlan plan;
    Lab run = plan.lab();
    Lab steps = plan.lab();
    run.runUntil(atMs(2000));
    while (steps.simulation().nextEventTime() <= atMs(2000))
        ASSERT_TRUE(steps.step());
    steps.runUntil(atMs(2000));
    EXPECT_EQ(steps.fingerprint(), run.fingerprint());
    EXPECT_EQ(steps.simulation().stateHash(), run.simulation().stateHash());
}

TEST(Lab, RunningInPiecesIsTheSameAsInOne) {
    const RingPlan plan;
    Lab whole = plan.lab();
    Lab pieces = plan.lab();
    whole.runUntil(atMs(3000));
    for (int i = 0; i < 300; ++i)
        pieces.runFor(ms(10));
    EXPECT_EQ(pieces.fingerprint(), whole.fingerprint());
    EXPECT_EQ(pieces.simulation().stateHash(), whole.simulation().stateHash());
    EXPECT_EQ(pieces.now(), atMs(3000));
}

TEST(Lab, CheckpointsChangeNothing) {
    const RingPlan plan;
    LabOptions often;
    often.canSeek = true;
    often.eventsPerCheckpoint = 1;
    Lab plain = plan.lab();
    Lab seekable = plan.lab(often);
    plain.runUntil(atMs(3000));
    seekable.runUntil(atMs(3000));
    EXPECT_EQ(plain.fingerprint(), seekable.fingerprint());
}

TEST(Lab, ABookmarkIsReturnedToAsIfNothingHadHappened) {
    const RingPlan plan;
    LabOptions often;
    often.canSeek = true;
    often.eventsPerCheckpoint = 10;
    Lab straight = plan.lab(often);
    Lab lab = plan.lab(often);
    straight.runUntil(atMs(1500));
    lab.runUntil(atMs(1500));
    const Lab::Bookmark here = lab.bookmark();
    ASSERT_TRUE(lab.apply({"cut", action::SetSegment{plan.links[1], false}}).has_value());
    lab.runUntil(atMs(4000));
    ASSERT_NE(lab.lastDisturbance(), straight.lastDisturbance());
    lab.returnTo(here);
    EXPECT_EQ(lab.now(), atMs(1500));
    EXPECT_EQ(lab.fingerprint(), straight.fingerprint());
    EXPECT_EQ(lab.log().count(), straight.log().count());
    EXPECT_EQ(lab.lastDisturbance(), straight.lastDisturbance());
    // Neither does the cut come again, nor is there a way back to what came after it.
    lab.runUntil(atMs(3000));
    straight.runUntil(atMs(3000));
    EXPECT_EQ(lab.fingerprint(), straight.fingerprint());
    ASSERT_TRUE(lab.seek(atMs(2000)).has_value());
    ASSERT_TRUE(straight.seek(atMs(2000)).has_value());
    EXPECT_EQ(lab.simulation().stateHash(), straight.simulation().stateHash());
}

TEST(Lab, NothingLeftToHappenEndsTheSteps) {
    NetworkPlan plan;
    const NodeId a = plan.router("A");
    Lab lab(plan.topology, {});
    ASSERT_TRUE(lab.apply(plan.configure(a)).has_value());
    EXPECT_FALSE(lab.step());
    lab.runFor(Duration::seconds(5));
    EXPECT_EQ(lab.now(), SimTime::after(Duration::seconds(5)));
}

TEST(Lab, ScheduledActionsHappenAtTheirTime) {
    const RingPlan plan;
    Lab lab = plan.lab();
    lab.schedule(atMs(700), {"cut", action::SetSegment{plan.links[0], false}});
    EXPECT_EQ(lab.lastDisturbance(), atMs(700));
    lab.runUntil(atMs(699));
    EXPECT_TRUE(lab.simulation().segment(plan.links[0]).isUp);
    lab.runUntil(atMs(700));
    EXPECT_FALSE(lab.simulation().segment(plan.links[0]).isUp);
}

TEST(Lab, FailedActionsSayWhyOrLeaveANote) {
    const RingPlan plan;
    Lab lab = plan.lab();
    const std::uint64_t fingerprint = lab.fingerprint();
    const Action impossible{"stop it", action::SetProcess{plan.nodes[0], ProtocolId(77), false}};
    EXPECT_FALSE(lab.apply(impossible).has_value());
    EXPECT_EQ(lab.fingerprint(), fingerprint);
    // Scheduled, nobody is there to be told; neither now nor later may that end the program.
    lab.schedule(lab.now(), impossible);
    lab.schedule(atMs(10), impossible);
    lab.runUntil(atMs(10));
    std::size_t notes = 0;
    for (const Record& r : lab.log().kept()) {
        const auto* taken = std::get_if<record::ActionTaken>(&r.what);
        notes += taken != nullptr && taken->text->find("not possible") != std::string::npos ? 1 : 0;
    }
    EXPECT_EQ(notes, 2U);
}

TEST(Lab, OnChangeIsCalledOncePerInstantWithChanges) {
    const RingPlan plan;
    Lab lab = plan.lab();
    std::vector<SimTime> calls;
    RunHooks hooks;
    hooks.onChange = [&] { calls.push_back(lab.now()); };
    const RecordId begin(lab.log().count());
    lab.runUntil(atMs(3000), hooks);
    std::vector<SimTime> instants;
    for (std::size_t i = lab.log().positionOf(begin); i < lab.log().kept().size(); ++i) {
        const Record& r = lab.log().kept()[i];
        if (std::holds_alternative<record::RouteChanged>(r.what) &&
            (instants.empty() || instants.back() != r.time))
            instants.push_back(r.time);
    }
    EXPECT_GT(calls.size(), 20U);
    EXPECT_EQ(calls, instants);
}

/// One router whose toy announces a route after a while and is settled from then on.
class SlowToy final : public Process {
  public:
    void handle(const Env& env, const Input& input, Outbox& out) override {
        if (std::holds_alternative<Started>(input)) deadline_ = env.now + Duration::seconds(42);
        if (!std::holds_alternative<Woken>(input)) return;
        deadline_ = SimTime::never();
        RouteOffer offer;
        offer.prefix = net("203.0.113.0/24");
        offer.nextHops = {NextHop::blackhole()};
        out.announce(offer);
    }
    SimTime nextDeadline() const override { return deadline_; }
    std::unique_ptr<Process> clone() const override { return std::make_unique<SlowToy>(*this); }
    bool settled(SimTime, SimTime) const override { return deadline_.isNever(); }
    std::uint64_t stateHash() const override { return static_cast<std::uint64_t>(deadline_.count()); }

  private:
    SimTime deadline_ = SimTime::never();
};

class SlowConfig final : public ProcessConfig {
  public:
    ProtocolId protocol() const override { return ProtocolId(4); }
    bool isEnabled() const override { return true; }
    std::unique_ptr<ProcessConfig> clone() const override { return std::make_unique<SlowConfig>(*this); }
    std::unique_ptr<Process> start(std::shared_ptr<const ProcessConfig>, RandomStream) const override {
        return std::make_unique<SlowToy>();
    }
};

Lab slowLab() {
    Topology topology;
    const NodeId a = topology.addNode("A", NodeKind::Router).value();
    Lab lab(topology, {});
    auto config = std::make_shared<RouterConfig>();
    config->processes[ProtocolId(4)] = std::make_shared<const SlowConfig>();
    EXPECT_TRUE(lab.apply({"configure", action::Configure{a, config}}).has_value());
    return lab;
}

TEST(Convergence, IsKnownWhenTheLastProcessIsSettled) {
    Lab lab = slowLab();
    const Convergence result = lab.runUntilConverged(Duration::minutes(10));
    EXPECT_TRUE(result.isConverged);
    EXPECT_EQ(result.since, SimTime());
    EXPECT_EQ(result.lastChange, SimTime::after(Duration::seconds(42)));
    EXPECT_LE(result.knownAt, SimTime::after(Duration::seconds(43)));
    EXPECT_FALSE(result.unsettled.has_value());
    // Asked again, nothing has to pass.
    const SimTime before = lab.now();
    EXPECT_TRUE(lab.runUntilConverged(Duration::minutes(10)).isConverged);
    EXPECT_EQ(lab.now(), before);
}

TEST(Convergence, GivenUpNamesWhoStillExpectedChange) {
    Lab lab = slowLab();
    const Convergence result = lab.runUntilConverged(Duration::seconds(10));
    EXPECT_FALSE(result.isConverged);
    EXPECT_EQ(result.knownAt, SimTime::after(Duration::seconds(10)));
    ASSERT_TRUE(result.unsettled.has_value());
    EXPECT_EQ(result.unsettled->protocol, ProtocolId(4));
}

TEST(Convergence, WaitsForWhatIsScheduled) {
    Lab lab = slowLab();
    lab.schedule(SimTime::after(Duration::seconds(100)),
                 {"restart", action::SetProcess{NodeId(0), ProtocolId::none(), false}});
    lab.schedule(SimTime::after(Duration::seconds(101)),
                 {"restart", action::SetProcess{NodeId(0), ProtocolId::none(), true}});
    const Convergence result = lab.runUntilConverged(Duration::minutes(10));
    EXPECT_TRUE(result.isConverged);
    EXPECT_EQ(result.lastChange, SimTime::after(Duration::seconds(143)));
}

TEST(Convergence, CanBeGivenUpByWhoWatches) {
    Lab lab = slowLab();
    RunHooks hooks;
    hooks.onProgress = [](SimTime now) { return now < SimTime::after(Duration::seconds(5)); };
    const Convergence result = lab.runUntilConverged(Duration::minutes(10), hooks);
    EXPECT_FALSE(result.isConverged);
    EXPECT_EQ(result.knownAt, SimTime::after(Duration::seconds(5)));
}

}  // namespace
}  // namespace peerscape
