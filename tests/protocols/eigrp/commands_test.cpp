/// The commands, read as lines, and taken back.
#include "protocols/eigrp/commands.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/protocols/eigrp/config_reader.hpp"

namespace peerscape::eigrp {
namespace {

using test::kEveryLine;
using test::Reader;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// The line's opposite.
std::string takenBack(std::string_view line) {
    line = trim(line);
    return line.starts_with("no ") ? std::string(line.substr(3)) : "no " + std::string(line);
}

TEST(EigrpCommands, EveryLineCanBeTakenBackByItself) {
    std::string block;
    for (const auto line : split(kEveryLine, '\n')) {
        if (line.empty() || line == "!" || line == "exit") continue;
        if (line.front() != ' ') {
            block = std::string(line) + "\n";
            continue;
        }
        Reader reader;
        ASSERT_EQ(reader.read(block), "");
        const auto untouched = reader.print();
        const EigrpConfig four = reader.config();
        const EigrpConfig six = reader.config(Family::IPv6);
        const bool needsDefault = line == " no passive-interface eth0";
        ASSERT_EQ(
            reader.read(std::string(needsDefault ? "passive-interface default\n" : "") + std::string(line)),
            "")
            << line;
        EXPECT_NE(reader.print(), untouched) << line;
        ASSERT_EQ(reader.read(takenBack(line)), "") << line;
        ASSERT_EQ(reader.read(needsDefault ? "no passive-interface default" : ""), "");
        EXPECT_EQ(reader.print(), untouched) << line;
        EXPECT_TRUE(reader.config() == four && reader.config(Family::IPv6) == six) << line;
    }
}

TEST(EigrpCommands, ValuesMayBeLeftOutOfNo) {
    Reader reader;
    ASSERT_EQ(reader.read(kEveryLine), "");
    EXPECT_EQ(reader.read(R"(interface eth0
 no delay
 no eigrp bandwidth
 no eigrp load
 no eigrp reliability
 no ip hello-interval eigrp
 no ip hold-time eigrp
 no ip authentication mode eigrp 7
 no ip authentication key-chain eigrp 7
 no ip bandwidth-percent eigrp 7
router eigrp 7
 no eigrp router-id
 no timers active-time
 no variance
 no maximum-paths
 no metric weights
 no metric maximum-hops
 no metric rib-scale
 no default-metric
 no distance eigrp
 no summary-metric 10.0.0.0/8
 no redistribute static
 no eigrp stub
)"),
              "");
    const EigrpConfig& config = reader.config();
    EXPECT_EQ(config.interface("eth0").link(1500), InterfaceSettings().link(1500));
    EXPECT_EQ(config.interface("eth0").helloInterval, std::nullopt);
    EXPECT_EQ(config.helloInterval("eth0"), Duration::seconds(3))
        << "that of the autonomous system is another line";
    EXPECT_EQ(config.instance("eth0").authentication, AuthenticationMode::None);
    EXPECT_EQ(config.instance("eth0").keyChain, "");
    EXPECT_EQ(config.k, KValues{});
    EXPECT_EQ(config.activeTime, Duration::seconds(180));
    EXPECT_EQ(config.redistributions.size(), 1U);
    EXPECT_TRUE(config.summaryMetrics.empty());
}

TEST(EigrpCommands, TheInterfaceIsALinkOfBothFamilies) {
    Reader reader;
    ASSERT_EQ(reader.read("interface eth0\n delay 20\n eigrp bandwidth 10000000\n eigrp load 255"), "");
    EXPECT_EQ(reader.config().interfaces, reader.config(Family::IPv6).interfaces);
    const VectorMetric link = reader.config(Family::IPv6).interface("eth0").link(1500);
    EXPECT_EQ(link.bandwidth, PathBandwidth::kilobitsPerSecond(10'000'000));
    EXPECT_EQ(link.delay, Delay::tensOfMicroseconds(20));
    EXPECT_EQ(reader.session.interface("eth0").delay, Duration::microseconds(200));
}

TEST(EigrpCommands, ARouterIsInOneAutonomousSystem) {
    Reader reader;
    ASSERT_EQ(reader.read("router eigrp 7\n network 10.0.0.0/8"), "");
    EXPECT_EQ(reader.read("router eigrp 7\n variance 2"), "");
    EXPECT_THAT(reader.read("router eigrp 8"), HasSubstr("autonomous system 7 already"));
    EXPECT_THAT(reader.read("no router eigrp 8"), HasSubstr("no autonomous system 8"));
    EXPECT_EQ(reader.read("ipv6 router eigrp 8"), "") << "the families are two worlds";
    EXPECT_EQ(reader.read("interface eth0\n ip hello-interval eigrp 9\nno router eigrp 7\nrouter eigrp 8"),
              "");
    EXPECT_TRUE(reader.config().networks.empty());
    EXPECT_EQ(reader.config().variance, 1);
    EXPECT_EQ(reader.config().helloInterval("eth0"), Duration::seconds(9)) << "interfaces keep their lines";
}

TEST(EigrpCommands, NetworksLoseTheirHostBitsAndStandOnce) {
    Reader reader;
    ASSERT_EQ(reader.read("router eigrp 7\n network 10.0.0.5/24\n network 10.0.0.0/24"), "");
    EXPECT_THAT(reader.config().networks, ElementsAre(*Prefix::parse("10.0.0.0/24")));
}

TEST(EigrpCommands, PassiveInterfaceMeansTheOppositeWhereItIsTheDefault) {
    Reader reader;
    ASSERT_EQ(reader.read("router eigrp 7\n passive-interface eth0\n passive-interface default\n "
                          "no passive-interface eth2"),
              "");
    EXPECT_TRUE(reader.config().isPassive("eth0"));
    EXPECT_FALSE(reader.config().isPassive("eth2"));
}

TEST(EigrpCommands, AStubThatSaysNothingAnnouncesConnectedNetworksAndSummaries) {
    for (const char* line : {"eigrp stub", "eigrp stub leak-map LEAK"}) {
        Reader reader;
        ASSERT_EQ(reader.read(std::string("router eigrp 7\n ") + line), "");
        const StubSettings& stub = reader.config().stub.value();
        EXPECT_TRUE(stub.announcesConnected && stub.announcesSummaries) << line;
        EXPECT_FALSE(stub.announcesStatic || stub.announcesRedistributed || stub.isReceiveOnly) << line;
    }
    Reader reader;
    ASSERT_EQ(reader.read("router eigrp 7\n eigrp stub redistributed static"), "");
    EXPECT_EQ(reader.config().stub->text(), "static redistributed");
    EXPECT_NE(reader.read("eigrp stub receive-only connected"), "");
}

TEST(EigrpCommands, IPv6RunsWhereTheInterfaceSaysSo) {
    Reader reader;
    ASSERT_EQ(
        reader.read("ipv6 router eigrp 7\ninterface eth0\n ipv6 eigrp 7\ninterface eth1\n ipv6 eigrp 8"), "");
    EXPECT_TRUE(reader.config(Family::IPv6).enables("eth0"));
    EXPECT_FALSE(reader.config(Family::IPv6).enables("eth1"));
    EXPECT_NE(reader.read("ipv6 router eigrp 7\n network 2001:db8::/32"), "");
}

TEST(EigrpCommands, SayWhatIsWrong) {
    Reader reader;
    EXPECT_THAT(reader.read("router eigrp 65536"), HasSubstr("(1-65535)"));
    ASSERT_EQ(reader.read("router eigrp 7"), "");
    EXPECT_THAT(reader.read("auto-summary"), HasSubstr("expected 'no auto-summary'"));
    EXPECT_EQ(reader.read("no auto-summary"), "");
    EXPECT_THAT(reader.read("metric weights 255 255 255 255 255"), HasSubstr("goodbye"));
    EXPECT_THAT(reader.read("metric weights 1 0 1 0"), HasSubstr("(0-255)"));
    EXPECT_THAT(reader.read("variance 129"), HasSubstr("(1-128)"));
    EXPECT_THAT(reader.read("network eth0"), HasSubstr("A.B.C.D/M"));
    EXPECT_THAT(reader.read("timers active-time 0"), HasSubstr("disabled"));
    EXPECT_THAT(reader.read("redistribute eigrp"), HasSubstr("connected"));
    EXPECT_THAT(reader.read("redistribute static metric 1000 10 255"), HasSubstr("(1-255)"));
    EXPECT_THAT(reader.read("no distribute-list AL in"), HasSubstr("no such"));
    EXPECT_THAT(reader.read("no offset-list AL in 3"), HasSubstr("no such"));
    EXPECT_THAT(reader.read("interface eth0\n eigrp bandwidth 200000001"), HasSubstr("(1-200000000)"));
    EXPECT_THAT(reader.read("interface eth0\n ip authentication mode eigrp 7 sha"),
                HasSubstr("hmac-sha-256"));
}

TEST(EigrpCommands, ASourceOfRoutesThatNobodyRunsIsAWarning) {
    Reader reader;
    ASSERT_EQ(
        reader.read(
            "router eigrp 7\n redistribute ospf\n redistribute static\n redistribute static route-map X"),
        "");
    EXPECT_THAT(reader.session.takeWarnings(), ElementsAre(HasSubstr("ospf")));
    EXPECT_EQ(reader.config().redistributions.size(), 2U);
    EXPECT_EQ(reader.config().redistribution(test::kStatic)->routeMap, "X");
}

}  // namespace
}  // namespace peerscape::eigrp
