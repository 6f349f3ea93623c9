#include "tests/protocols/bgp/speakers.hpp"

namespace peerscape::bgp::test {
namespace {

/// R1 has 192.0.2.0/24 and 198.51.100.0/24, and tells R2 of the former while 203.0.113.0/24 of R3 is there,
/// or is not there.
std::string teller(const std::string& kind) {
    return router(65001, {{2, 65002}, {3, 65003}},
                  " network 192.0.2.0/24\n network 198.51.100.0/24\n address-family ipv4 unicast\n"
                  "  neighbor 10.0.0.2 advertise-map TELL " +
                      kind + " WATCH\n" +
                      "ip prefix-list OWN permit 192.0.2.0/24\nip prefix-list OTHER permit 203.0.113.0/24\n"
                      "route-map TELL permit 10\n match ip address prefix-list OWN\n"
                      "route-map WATCH permit 10\n match ip address prefix-list OTHER\n");
}
std::string watched(bool isThere) {
    return router(65003, {{1, 65001}}, isThere ? " network 203.0.113.0/24\n" : "");
}

TEST(ConditionalAdvertisement, ExistMapTellsWhileTheOtherRouteIsThere) {
    Speakers speakers({teller("exist-map"), router(65002, {{1, 65001}}), watched(false)});
    speakers.start();
    speakers.run(Duration::seconds(70));
    EXPECT_FALSE(speakers.hasRoute(2, "192.0.2.0/24"));
    EXPECT_TRUE(speakers.hasRoute(2, "198.51.100.0/24")) << "it is not in the advertise-map";
    EXPECT_EQ(speakers.exportTo(1, 2, "192.0.2.0/24").withheld, Withheld::Condition);
    speakers.reconfigure(3, watched(true));
    speakers.run(Duration::seconds(5));
    EXPECT_FALSE(speakers.hasRoute(2, "192.0.2.0/24")) << "conditions are looked at once a minute";
    EXPECT_FALSE(speakers.process(1).settled(speakers.now(), SimTime::start()));
    speakers.run(Duration::seconds(60));
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.2.0/24"));
    EXPECT_TRUE(speakers.process(1).settled(speakers.now(), SimTime::start()));
    speakers.reconfigure(3, watched(false));
    speakers.run(Duration::seconds(65));
    EXPECT_FALSE(speakers.hasRoute(2, "192.0.2.0/24"));
}

TEST(ConditionalAdvertisement, NonExistMapTellsWhileItIsNot) {
    Speakers speakers({teller("non-exist-map"), router(65002, {{1, 65001}}), watched(true)});
    speakers.start();
    speakers.run(Duration::seconds(70));
    EXPECT_FALSE(speakers.hasRoute(2, "192.0.2.0/24"));
    speakers.reconfigure(3, watched(false));
    speakers.run(Duration::seconds(65));
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.2.0/24"));
    speakers.reconfigure(3, watched(true));
    speakers.run(Duration::seconds(65));
    EXPECT_FALSE(speakers.hasRoute(2, "192.0.2.0/24"));
}

TEST(ConditionalAdvertisement, ThePeriodIsConfigurableAndItsEndFreesTheRoute) {
    const std::string often =
        teller("exist-map") + "router bgp 65001\n bgp conditional-advertisement timer 5\n";
    Speakers speakers({often, router(65002, {{1, 65001}}), watched(false)});
    speakers.start();
    speakers.run(Duration::seconds(20));
    speakers.reconfigure(3, watched(true));
    speakers.run(Duration::seconds(6));
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.2.0/24"));
    speakers.reconfigure(3, watched(false));
    speakers.run(Duration::seconds(6));
    EXPECT_FALSE(speakers.hasRoute(2, "192.0.2.0/24"));
    speakers.reconfigure(1, router(65001, {{2, 65002}, {3, 65003}}, " network 192.0.2.0/24\n"));
    speakers.run(Duration::seconds(1));
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.2.0/24"));
}

}  // namespace
}  // namespace peerscape::bgp::test
