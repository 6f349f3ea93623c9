/// What the configuration answers.
#include "protocols/eigrp/config.hpp"

#include <gtest/gtest.h>

#include "protocols/eigrp/process_config.hpp"
#include "protocols/eigrp/protocol.hpp"
#include "protocols/eigrp/tlv.hpp"

namespace peerscape::eigrp {
namespace {

TEST(EigrpConfig, TheDefaultsAreThoseOfFrr) {
    const EigrpConfig config;
    EXPECT_EQ(config.k, (KValues{1, 0, 1, 0, 0, 0}));
    EXPECT_EQ(config.variance, 1);
    EXPECT_EQ(config.maximumPaths, 4);
    EXPECT_EQ(config.activeTime, Duration::seconds(180));
    EXPECT_EQ(config.helloInterval("eth0"), Duration::seconds(5));
    EXPECT_EQ(config.holdTime("eth0"), Duration::seconds(15));
    EXPECT_EQ(config.internalDistance, 90);
    EXPECT_EQ(config.externalDistance, 170);
    EXPECT_TRUE(config.instance("eth0").hasSplitHorizon);
    EXPECT_FALSE(config.isPassive("eth0"));
}

TEST(EigrpConfig, AnInterfaceIsAFastEthernetUnlessConfigured) {
    // 28160: what FRR and Cisco's routers show for a network on a FastEthernet interface.
    EXPECT_EQ(classicComposite(InterfaceSettings().link(1500), KValues{}), CompositeMetric::value(28160));
    InterfaceSettings serial;
    serial.bandwidth = PathBandwidth::kilobitsPerSecond(1544);
    serial.delay = Delay::tensOfMicroseconds(2000);
    // 2169856: a T1.
    EXPECT_EQ(classicComposite(serial.link(1500), KValues{}), CompositeMetric::value(2169856));
    serial.load = 9;
    serial.reliability = 200;
    EXPECT_EQ(serial.link(1400).load, 9);
    EXPECT_EQ(serial.link(1400).reliability, 200);
    EXPECT_EQ(serial.link(1400).mtu, 1400U);
}

TEST(EigrpConfig, TimersOfTheOwnAutonomousSystemGoBeforeThoseOfTheInterface) {
    EigrpConfig config;
    InterfaceSettings& eth0 = config.interfaces["eth0"];
    eth0.helloInterval = Duration::seconds(2);
    eth0.instances[7].helloInterval = Duration::seconds(3);
    eth0.instances[7].holdTime = Duration::seconds(9);
    EXPECT_EQ(config.helloInterval("eth0"), Duration::seconds(2));
    config.autonomousSystem = 7;
    EXPECT_EQ(config.helloInterval("eth0"), Duration::seconds(3));
    EXPECT_EQ(config.holdTime("eth0"), Duration::seconds(9));
    config.autonomousSystem = 8;
    EXPECT_EQ(config.helloInterval("eth0"), Duration::seconds(2));
    EXPECT_EQ(config.holdTime("eth0"), Duration::seconds(15));
}

TEST(EigrpConfig, SeedMetricsBecomeVectors) {
    const SeedMetric seed{.bandwidth = 1000, .delay = 10, .reliability = 200, .load = 3, .mtu = 1400};
    const VectorMetric vector = seed.vector();
    EXPECT_EQ(vector.bandwidth, PathBandwidth::kilobitsPerSecond(1000));
    EXPECT_EQ(vector.delay, Delay::tensOfMicroseconds(10));
    EXPECT_EQ(vector.reliability, 200);
    EXPECT_EQ(vector.load, 3);
    EXPECT_EQ(vector.mtu, 1400U);
    EXPECT_TRUE((SeedMetric{.bandwidth = 1, .delay = UINT32_MAX}).vector().isUnreachable());
}

TEST(EigrpConfig, StubsHaveTheFlagsThatRoutersSend) {
    StubSettings stub{.announcesConnected = true, .announcesSummaries = true};
    EXPECT_EQ(stub.flags(), PeerInformation::kConnected | PeerInformation::kSummary);
    stub = {.announcesStatic = true, .announcesRedistributed = true, .leakMap = "LEAK"};
    EXPECT_EQ(stub.flags(),
              PeerInformation::kStatic | PeerInformation::kRedistributed | PeerInformation::kLeakMap);
    stub = {.isReceiveOnly = true};
    EXPECT_EQ(stub.flags(), PeerInformation::kReceiveOnly);
}

TEST(EigrpConfig, FindsWhatIsAboutAnInterfaceOrAProtocol) {
    EigrpConfig config;
    config.offsetLists = {{"ALL", Direction::In, 1, ""}, {"ONE", Direction::In, 2, "eth0"}};
    EXPECT_EQ(config.offsetList(Direction::In, "eth0")->accessList, "ONE");
    EXPECT_EQ(config.offsetList(Direction::In, "eth1")->accessList, "ALL");
    EXPECT_EQ(config.offsetList(Direction::Out, "eth0"), nullptr);
    config.redistributions = {{"ospf", ProtocolId::none(), std::nullopt, ""},
                              {"static", ProtocolId(2), std::nullopt, ""}};
    EXPECT_EQ(config.redistribution(ProtocolId(2))->name, "static");
    EXPECT_EQ(config.redistribution(ProtocolId::none()), nullptr);
    config.networks = {*Prefix::parse("10.0.0.0/8")};
    EXPECT_TRUE(config.enables(*IpAddress::parse("10.9.9.9")));
    EXPECT_FALSE(config.enables(*IpAddress::parse("11.0.0.1")));
}

TEST(EigrpProcessConfig, RunsWhenThereIsABlockThatIsNotShutDown) {
    Eigrp4Config config;
    EXPECT_EQ(config.protocol(), kEigrp);
    EXPECT_EQ(Eigrp6Config().protocol(), kEigrp6);
    EXPECT_FALSE(config.isEnabled());
    config.value.autonomousSystem = 7;
    EXPECT_TRUE(config.isEnabled());
    config.value.isShutdown = true;
    EXPECT_FALSE(config.isEnabled());
}

TEST(EigrpProtocol, TheCatalogueGetsBothFamilies) {
    EXPECT_EQ(eigrpProtocol().name, "eigrp");
    EXPECT_EQ(eigrp6Protocol().name, "eigrp6");
    for (const Protocol& protocol : {eigrpProtocol(), eigrp6Protocol()}) {
        EXPECT_EQ(protocol.letter, 'E');
        for (const auto& command : protocol.configCommands) {
            EXPECT_FALSE(command.help.empty()) << command.pattern;
            EXPECT_TRUE(command.undo) << command.pattern;
        }
    }
}

}  // namespace
}  // namespace peerscape::eigrp
