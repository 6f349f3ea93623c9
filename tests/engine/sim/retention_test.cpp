// Routes that stay when their process ends, for one that comes back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

RouteOffer offerOf(std::string_view prefix, std::string_view gateway) {
    RouteOffer offer;
    offer.prefix = net(prefix);
    offer.distance = 20;
    offer.nextHops.push_back(NextHop::via(ip(gateway)));
    return offer;
}

class Retention : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        a = router("A");
        b = router("B");
        ab = link("ab", {"A:eth0 10.0.0.1/24 2001:db8::1/64", "B:eth0 10.0.0.2/24 2001:db8::2/64"});
    }
    void begin(std::optional<Duration> retains, const std::vector<std::string>& prefixes = {"192.0.2.0/24"}) {
        ToySettings settings;
        settings.retains = retains;
        for (const std::string& prefix : prefixes)
            settings.offers.push_back(offerOf(prefix, prefix.contains(':') ? "2001:db8::2" : "10.0.0.2"));
        toy(a, settings);
        start();
        runTo(atMs(1000));
        EXPECT_TRUE(isThere(prefixes.front()));
    }
    void setProcess(bool isRunning) { act(action::SetProcess{a, kToy, isRunning}); }
    /// Packets go there.
    bool isThere(std::string_view prefix) const {
        return !sim->node(a).rib.lookUp(net(prefix).address()).empty();
    }
    std::size_t changes() const { return records<record::RouteChanged>().size(); }
    bool isSettled() const { return !sim->unsettled(SimTime::start()).has_value(); }

    NodeId a, b;
    SegmentId ab;
};

TEST_F(Retention, WithoutItRoutesGoWithTheirProcess) {
    begin(std::nullopt);
    setProcess(false);
    EXPECT_FALSE(isThere("192.0.2.0/24"));
}

TEST_F(Retention, RoutesStayUntilTheirTimeIsOver) {
    begin(Duration::seconds(60));
    setProcess(false);
    forget();
    runTo(atMs(60'999));
    EXPECT_TRUE(isThere("192.0.2.0/24"));
    EXPECT_FALSE(isSettled()) << "something is going to change";
    EXPECT_EQ(changes(), 0U);
    runTo(atMs(61'000));
    EXPECT_FALSE(isThere("192.0.2.0/24"));
    EXPECT_TRUE(isSettled());
    const auto notes = records<record::Noted>();
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes[0].second.remark->text(), "1 routes go that nobody has announced again");
    ASSERT_EQ(changes(), 1U);
    EXPECT_EQ(records<record::RouteChanged>()[0].first.cause, notes[0].first.id);
}

TEST_F(Retention, WhatIsAnnouncedAgainStaysAndTheRestGoesWhenReleased) {
    begin(Duration::seconds(60), {"192.0.2.0/24", "198.51.100.0/24", "2001:db8:2::/48"});
    setProcess(false);
    runTo(atMs(5000));
    toys.at({a, kToy}).offers.pop_back();
    toys.at({a, kToy}).offers.pop_back();
    apply(configure(a));
    forget();
    setProcess(true);
    EXPECT_TRUE(isThere("198.51.100.0/24"));
    act(action::Command{a, kToy, {"release"}});
    EXPECT_TRUE(isThere("192.0.2.0/24"));
    EXPECT_FALSE(isThere("198.51.100.0/24"));
    EXPECT_TRUE(isThere("2001:db8:2::/48")) << "only IPv4 was released";
    EXPECT_EQ(changes(), 1U) << "nothing happened to what was announced again";
    runTo(atMs(61'000));
    EXPECT_TRUE(isThere("192.0.2.0/24"));
    EXPECT_FALSE(isThere("2001:db8:2::/48"));
    EXPECT_TRUE(isSettled());
}

TEST_F(Retention, ASecondEndBeginsTheTimeAnew) {
    begin(Duration::seconds(60));
    setProcess(false);
    runTo(atMs(41'000));
    setProcess(true);
    setProcess(false);
    runTo(atMs(100'999));
    EXPECT_TRUE(isThere("192.0.2.0/24"));
    runTo(atMs(101'000));
    EXPECT_FALSE(isThere("192.0.2.0/24"));
}

TEST_F(Retention, WhatIsConfiguredAwayDoesNotStay) {
    begin(Duration::seconds(60));
    toys.erase({a, kToy});
    apply(configure(a));
    EXPECT_FALSE(isThere("192.0.2.0/24"));
}

TEST_F(Retention, NorDoesWhatIsConfiguredAwayWhileItIsStopped) {
    begin(Duration::seconds(60));
    setProcess(false);
    EXPECT_TRUE(isThere("192.0.2.0/24"));
    toys.erase({a, kToy});
    apply(configure(a));
    EXPECT_FALSE(isThere("192.0.2.0/24"));
    EXPECT_TRUE(isSettled());
}

TEST_F(Retention, ARouteThatStaysStillFollowsItsInterface) {
    begin(Duration::seconds(60));
    setProcess(false);
    act(action::SetSegment{ab, false});
    EXPECT_FALSE(isThere("192.0.2.0/24"));
    act(action::SetSegment{ab, true});
    EXPECT_TRUE(isThere("192.0.2.0/24"));
}

TEST_F(Retention, ACopyOfTheWorldGoesTheSameWay) {
    begin(Duration::seconds(60));
    setProcess(false);
    runTo(atMs(30'000));
    Simulation copy = *sim;
    EXPECT_EQ(copy.stateHash(), sim->stateHash());
    copy.runUntil(atMs(70'000), log);
    EXPECT_TRUE(copy.node(a).rib.lookUp(ip("192.0.2.1")).empty());
    EXPECT_TRUE(isThere("192.0.2.0/24"));
}

}  // namespace
}  // namespace peerscape
