/// RFC 2385 and RFC 5082 as BGP uses them, on the cable.
#include <gmock/gmock.h>

#include "engine/sim/tcp_message.hpp"
#include "tests/properties/bgp_lab.hpp"

namespace peerscape::properties {
namespace {

using ::testing::HasSubstr;

BgpLabOptions withSettings(std::function<void(std::size_t, bgp::NeighborSettings&)> change) {
    BgpLabOptions options;
    options.changes = std::move(change);
    return options;
}

TEST(BgpPasswords, TheSameOnBothSidesBringsTheSessionUp) {
    BgpLab lab(line(3), 1, withSettings([](std::size_t, auto& s) { s.password = "secret"; }));
    lab.settle("passwords");
    lab.setLink(0, false);
    lab.settle("link down");
    lab.setLink(0, true);
    lab.settle("link back");
}

TEST(BgpPasswords, OneThatDiffersIsSaidToBePossible) {
    BgpLab lab(line(2), 1, withSettings([](std::size_t router, auto& s) {
                   s.password = router == 0 ? "secret" : "other";
               }));
    lab.runFor(Duration::seconds(30));
    for (const std::size_t router : {0U, 1U}) {
        const bgp::Peer& peer = lab.process(router)->peers().begin()->second;
        EXPECT_FALSE(peer.session.isEstablished());
        EXPECT_THAT(peer.session.reason(lab.lab().now()),
                    HasSubstr("connecting failed: the peer does not answer: its password may differ"));
    }
}

TEST(BgpPasswords, WithoutOneNobodySpeaksOfPasswords) {
    BgpLab lab(line(2), 1);
    lab.setSilent(0, true, false);
    lab.runFor(Duration::seconds(30));
    const std::string reason = lab.process(0)->peers().begin()->second.session.reason(lab.lab().now());
    EXPECT_THAT(reason, HasSubstr("connecting failed: the peer does not answer"));
    EXPECT_THAT(reason, ::testing::Not(HasSubstr("password")));
}

TEST(BgpPasswords, ThePeerThatHasTheOtherTtlIsTooFar) {
    BgpLab secure(line(2), 1, withSettings([](std::size_t, auto& s) { s.ttlSecurityHops = 1; }));
    secure.settle("both");
    BgpLab lab(line(2), 1, withSettings([](std::size_t router, auto& s) {
                   if (router == 0) s.ttlSecurityHops = 1;
               }));
    lab.runFor(Duration::seconds(60));
    EXPECT_FALSE(lab.process(0)->peers().begin()->second.session.isEstablished());
    lab.expectNothingHangs("one side only");
}

}  // namespace
}  // namespace peerscape::properties
