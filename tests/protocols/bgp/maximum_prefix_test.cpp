#include "tests/protocols/bgp/speakers.hpp"

namespace peerscape::bgp::test {
namespace {

std::string networks(int count) {
    std::string text;
    for (int i = 1; i <= count; ++i)
        text += " network 192.0." + std::to_string(i) + ".0/24\n";
    return text;
}
std::string limited(const std::string& words, const std::string& more = "") {
    return router(65001, {{2, 65002}},
                  " address-family ipv4 unicast\n  neighbor 10.0.0.2 " + words + "\n" + more);
}
std::string teller(int count) { return router(65002, {{1, 65001}}, networks(count)); }

TEST(MaximumPrefix, EndsTheSessionForGood) {
    // FRR 8.4.4 lets one more pass than the limit says.
    Speakers speakers({limited("maximum-prefix 3"), teller(5)});
    speakers.start();
    speakers.run(Duration::minutes(30));
    EXPECT_FALSE(speakers.isEstablished(1, 2));
    EXPECT_EQ(speakers.peer(1, 2).session.counts().connectionsEstablished, 1U);
    EXPECT_TRUE(speakers.process(1).settled(speakers.now(), SimTime::start()));
    speakers.reconfigure(2, teller(2));
    speakers.command(1, {"clear", "10.0.0.2"});
    speakers.run(Duration::minutes(3));
    EXPECT_TRUE(speakers.isEstablished(1, 2));
}

TEST(MaximumPrefix, RestartsAfterTheMinutesThatAreConfigured) {
    Speakers speakers({limited("maximum-prefix 3 restart 2"), teller(5)});
    speakers.start();
    speakers.run(Duration::seconds(110));
    EXPECT_FALSE(speakers.isEstablished(1, 2));
    EXPECT_EQ(speakers.peer(1, 2).session.counts().connectionsEstablished, 1U) << "not before two minutes";
    speakers.reconfigure(2, teller(2));
    speakers.run(Duration::minutes(3));
    EXPECT_TRUE(speakers.isEstablished(1, 2));
    EXPECT_TRUE(speakers.hasRoute(1, "192.0.1.0/24"));
}

TEST(MaximumPrefix, WarnsOnlyWhenAskedTo) {
    Speakers speakers({limited("maximum-prefix 3 warning-only"), teller(5)});
    speakers.start();
    speakers.run(Duration::seconds(10));
    EXPECT_TRUE(speakers.isEstablished(1, 2));
    EXPECT_TRUE(speakers.hasRoute(1, "192.0.5.0/24"));
    EXPECT_TRUE(speakers.at(1).wasNoted("3 are allowed"));
}

TEST(MaximumPrefix, WarnsAtTheThreshold) {
    Speakers speakers({limited("maximum-prefix 10 50"), teller(5)});
    speakers.start();
    speakers.run(Duration::seconds(10));
    EXPECT_FALSE(speakers.at(1).wasNoted("10 are allowed"));
    speakers.reconfigure(2, teller(6));
    speakers.run(Duration::seconds(1));
    EXPECT_TRUE(speakers.at(1).wasNoted("10 are allowed"));
}

TEST(MaximumPrefix, ForceCountsWhatPolicyRefuses) {
    const std::string nothing = " neighbor 10.0.0.2 prefix-list NONE in\nip prefix-list NONE deny any\n";
    Speakers plain({limited("maximum-prefix 3", nothing), teller(5)});
    plain.start();
    plain.run(Duration::seconds(10));
    EXPECT_TRUE(plain.isEstablished(1, 2));
    Speakers forced({limited("maximum-prefix 3 force", nothing), teller(5)});
    forced.start();
    forced.run(Duration::seconds(10));
    EXPECT_FALSE(forced.isEstablished(1, 2));
}

TEST(MaximumPrefixOut, TellsNoMoreThanSoMany) {
    Speakers speakers({limited("maximum-prefix-out 2", networks(4)), router(65002, {{1, 65001}})});
    speakers.start();
    speakers.run(Duration::seconds(10));
    EXPECT_EQ(speakers.sent(1, 2), 2U);
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.1.0/24"));
    EXPECT_FALSE(speakers.hasRoute(2, "192.0.3.0/24"));
    // One goes, the next one gets its place.
    speakers.reconfigure(1, limited("maximum-prefix-out 2",
                                    " network 192.0.2.0/24\n network 192.0.3.0/24\n network 192.0.4.0/24\n"));
    speakers.run(Duration::seconds(1));
    EXPECT_EQ(speakers.sent(1, 2), 2U);
    EXPECT_FALSE(speakers.hasRoute(2, "192.0.1.0/24"));
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.2.0/24"));
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.3.0/24"));
}

}  // namespace
}  // namespace peerscape::bgp::test
