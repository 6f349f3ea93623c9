#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class Interfaces : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        a = router("A");
        b = router("B");
        cable = link("cable", {"A:eth0 10.0.0.1/24 2001:db8::1/64", "B:eth0 10.0.0.2/24"});
        loopback(a, "10.255.0.1/32");
        toy(a, {});
    }
    const InterfaceState& eth0() const { return sim->node(a).interfaces[0]; }
    bool has(std::string_view prefix) const { return sim->node(a).rib.selected(net(prefix)).exists(); }
    NodeId a, b;
    SegmentId cable;
};

TEST_F(Interfaces, HaveWhatTheDrawingGivesThem) {
    LinkProperties properties = cableOf(ms(3), Bandwidth::bitsPerSecond(64'000));
    properties.mtu = 1280;
    topology.segment(cable).properties = properties;
    start();
    EXPECT_EQ(eth0().name, "eth0");
    EXPECT_TRUE(eth0().isUp());
    EXPECT_TRUE(eth0().isPointToPoint);
    EXPECT_FALSE(eth0().isStub);
    EXPECT_EQ(eth0().mtu, 1280U);
    EXPECT_EQ(eth0().delay, ms(3));
    EXPECT_EQ(eth0().bandwidth, Bandwidth::bitsPerSecond(64'000));
    EXPECT_EQ(eth0().macAddress, 0x020000010001U);
    EXPECT_EQ(eth0().linkLocal, ip("fe80::1:1"));
    EXPECT_EQ(sim->node(b).interfaces[0].linkLocal, ip("fe80::2:1"));
    const InterfaceState& lo = sim->node(a).interfaces[1];
    EXPECT_TRUE(lo.isLoopback);
    EXPECT_TRUE(lo.isUp());
    EXPECT_EQ(lo.linkLocal, std::nullopt);
}

TEST_F(Interfaces, ConnectedRoutesFollowTheCarrier) {
    start();
    EXPECT_TRUE(has("10.0.0.0/24"));
    EXPECT_TRUE(has("2001:db8::/64"));
    EXPECT_TRUE(has("10.255.0.1/32"));
    EXPECT_EQ(sim->node(a).rib.selectedProtocol(net("10.0.0.0/24")), kConnected);
    act(action::SetSegment{cable, false});
    EXPECT_FALSE(has("10.0.0.0/24"));
    EXPECT_FALSE(has("2001:db8::/64"));
    EXPECT_TRUE(has("10.255.0.1/32"));
    EXPECT_TRUE(sim->node(a).isLocal(ip("10.0.0.1"))) << "without a carrier the address is still its own";
    act(action::SetSegment{cable, true});
    EXPECT_TRUE(has("10.0.0.0/24"));
    EXPECT_THAT(toyOf(a).heard,
                ElementsAre("0.000000 s Started", "0.000000 s eth0 down", "0.000000 s eth0 up"));
}

TEST_F(Interfaces, ShutDownByTheAdministratorTheAddressIsGone) {
    start();
    act(action::SetAdmin{end("A:eth0"), false});
    EXPECT_FALSE(eth0().isUp());
    EXPECT_FALSE(has("10.0.0.0/24"));
    EXPECT_FALSE(sim->node(a).isLocal(ip("10.0.0.1")));
    EXPECT_TRUE(sim->node(b).interfaces[0].isUp());
    act(action::SetAdmin{end("A:eth0"), true});
    EXPECT_TRUE(has("10.0.0.0/24"));
    EXPECT_TRUE(sim->node(a).isLocal(ip("10.0.0.1")));
}

TEST_F(Interfaces, AnAddressOfTwoInterfacesStaysWhileOneHasIt) {
    link("second", {"A:eth1 10.0.0.1/32", "B:eth1 10.9.0.2/24"});
    start();
    act(action::SetAdmin{end("A:eth0"), false});
    EXPECT_TRUE(sim->node(a).isLocal(ip("10.0.0.1")));
    act(action::SetAdmin{end("A:eth1"), false});
    EXPECT_FALSE(sim->node(a).isLocal(ip("10.0.0.1")));
}

TEST_F(Interfaces, ConfigurationAddsAddressesDescriptionBandwidthAndDelay) {
    InterfaceConfig settings;
    settings.description = "to B";
    settings.bandwidth = Bandwidth::bitsPerSecond(1'000);
    settings.delay = ms(20);
    settings.addresses = {InterfaceAddress::parse("10.7.0.1/24").value(),
                          InterfaceAddress::parse("10.0.0.1/24").value(),
                          InterfaceAddress::parse("fe80::77/64").value()};
    base[a].interfaces["eth0"] = settings;
    start();
    EXPECT_EQ(eth0().description, "to B");
    EXPECT_EQ(eth0().bandwidth.count(), 1000U);
    EXPECT_EQ(eth0().delay, ms(20));
    EXPECT_EQ(eth0().addresses.size(), 3U) << "the one of the drawing is not there twice";
    EXPECT_EQ(eth0().linkLocal, ip("fe80::77"));
    EXPECT_TRUE(has("10.7.0.0/24"));
    // Taken out again.
    base[a].interfaces["eth0"].addresses.clear();
    apply(configure(a));
    EXPECT_FALSE(has("10.7.0.0/24"));
    EXPECT_FALSE(sim->node(a).isLocal(ip("10.7.0.1")));
    EXPECT_TRUE(has("10.0.0.0/24"));
    EXPECT_EQ(eth0().linkLocal, ip("fe80::1:1"));
}

TEST_F(Interfaces, ShutdownLineActsWhenItChanges) {
    base[a].interfaces["eth0"].isShutdown = true;
    start();
    EXPECT_FALSE(eth0().isUp());
    act(action::SetAdmin{end("A:eth0"), true});
    apply(configure(a));
    EXPECT_TRUE(eth0().isUp()) << "the line was there before";
    base[a].interfaces["eth0"].isShutdown = false;
    apply(configure(a));
    EXPECT_TRUE(has("10.0.0.0/24"));
    base[a].interfaces["eth0"].isShutdown = true;
    apply(configure(a));
    EXPECT_FALSE(eth0().isUp());
    EXPECT_FALSE(has("10.0.0.0/24"));
}

TEST_F(Interfaces, ConfigurationMayNameInterfacesThatAreNotDrawn) {
    base[a].interfaces["lo1"].addresses = {InterfaceAddress::parse("10.3.3.3/32").value()};
    base[a].interfaces["dummy0"].addresses = {InterfaceAddress::parse("10.4.0.1/24").value()};
    base[a].interfaces["eth9"].description = "no address: does not exist";
    topology.node(a).awaitedInterfaces = {"eth5"};
    base[a].interfaces["eth5"].addresses = {InterfaceAddress::parse("10.5.0.1/24").value()};
    start();
    EXPECT_TRUE(has("10.3.3.3/32"));
    EXPECT_TRUE(has("10.4.0.0/24"));
    EXPECT_FALSE(has("10.5.0.0/24")) << "it will be plugged in later";
    std::vector<std::string> names;
    for (const InterfaceState& i : sim->node(a).interfaces)
        names.push_back(i.name);
    EXPECT_THAT(names, ElementsAre("eth0", "lo", "dummy0", "lo1"));
    EXPECT_TRUE(sim->node(a).interfaces[2].isStub);
    EXPECT_TRUE(sim->node(a).interfaces[3].isLoopback);
    EXPECT_THAT(sim->topology().node(a).interfaceNamed("eth9"), std::nullopt);
}

TEST_F(Interfaces, TwoWithOneNetworkShareTheConnectedRoute) {
    link("second", {"A:eth1 10.0.0.3/24", "B:eth1 10.0.0.4/24"});
    start();
    act(action::SetAdmin{end("A:eth0"), false});
    EXPECT_TRUE(has("10.0.0.0/24"));
    EXPECT_EQ(sim->node(a).rib.lookUp(ip("10.0.0.9"))[0].interface, end("A:eth1").interface);
}

TEST_F(Interfaces, ChangesAreRecordedOnce) {
    start();
    forget();
    act(action::SetSegment{cable, false});
    act(action::SetSegment{cable, false});
    const auto changes = records<record::InterfaceChanged>();
    ASSERT_EQ(changes.size(), 2U) << "one for each end";
    EXPECT_EQ(changes[0].first.cause, records<record::ActionTaken>()[0].first.id);
    const auto lost = records<record::RouteChanged>();
    ASSERT_FALSE(lost.empty());
    EXPECT_EQ(lost[0].first.cause, changes[0].first.id);
}

}  // namespace
}  // namespace peerscape
