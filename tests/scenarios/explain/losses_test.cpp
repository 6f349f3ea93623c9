// Lost packets: where, why, and why the router's table was so.
#include "scenarios/explain/losses.hpp"

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/explain/explain_fixture.hpp"

namespace peerscape {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::StartsWith;

/// The static line with a flow from A to C's network.
std::string lineWithFlow(const std::string& more = "") {
    return kStaticLine + "flows:\n  - {name: a-c, from: A, to: 10.3.0.1, source: 10.1.0.1, rate: 10/s}\n" +
           more;
}

RecordId lastLoss(Asked& asked, DropReason reason) {
    const auto& kept = asked.lab().log().kept();
    const auto found = std::find_if(kept.rbegin(), kept.rend(), [&](const Record& r) {
        const auto* dropped = std::get_if<record::PacketDropped>(&r.what);
        return dropped != nullptr && dropped->reason == reason && !dropped->packet->owner.isSome();
    });
    EXPECT_TRUE(found != kept.rend()) << toString(reason);
    return found == kept.rend() ? RecordId() : found->id;
}

std::string explained(Asked& asked, DropReason reason) {
    const auto text = explainLoss(asked.evidence(), lastLoss(asked, reason));
    EXPECT_TRUE(text.has_value());
    return text.value_or("");
}

TEST(ExplainLoss, NoRouteLeadsToTheFailedLink) {
    Asked asked(lineWithFlow());
    asked.converge().fail("bc").run(Duration::seconds(1));
    const std::string text = explained(asked, DropReason::NoRoute);
    EXPECT_THAT(text, HasSubstr("A sent out of eth0: measuring packet"));
    EXPECT_THAT(text, HasSubstr("B received on eth0: measuring packet"));
    EXPECT_THAT(text, HasSubstr("B dropped at eth0 (no route): measuring packet"));
    EXPECT_THAT(text, HasSubstr("Why B sent it that way (its last change towards 10.3.0.1):\n"));
    EXPECT_THAT(text, HasSubstr("Link bc failed."));
    EXPECT_THAT(text, HasSubstr("B took 10.3.0.0/16 out of its table"));
}

TEST(ExplainLoss, ASilentFailureLeadsToTheAction) {
    Asked asked(lineWithFlow());
    asked.converge().silence("bc").run(Duration::seconds(1));
    EXPECT_THAT(explained(asked, DropReason::SilentFailure),
                HasSubstr("Why the link failed it:\n    1.004000 s  Link bc failed silently.\n"));
}

TEST(ExplainLoss, APacketOnTheWireLeadsToTheFailedLink) {
    Asked asked(lineWithFlow());
    asked.converge();
    // A packet sets out every 100 ms and is 2 ms on its way.
    asked.lab().runUntil(SimTime::after(Duration::milliseconds(1101)));
    asked.fail("ab").run(Duration::seconds(1));
    const std::string text = explained(asked, DropReason::LinkFailed);
    EXPECT_THAT(text, HasSubstr("Link ab failed."));
    EXPECT_THAT(text, HasSubstr("B lost its interface eth0."));
}

TEST(ExplainLoss, ALoopNamesItsRouters) {
    Asked asked(lineWithFlow());
    asked.converge()
        .configure("B", {"ip route 10.3.0.0/17 1.1.1.1"})
        .configure("A", {"ip route 10.3.0.0/17 1.1.1.2"});
    asked.run(Duration::seconds(2));
    const std::string text = explained(asked, DropReason::TtlExpired);
    EXPECT_THAT(text, HasSubstr("passages more"));
    EXPECT_THAT(text, HasSubstr("It went round and round between A, B.\n"));
    EXPECT_THAT(text, HasSubstr("'ip route 10.3.0.0/17 1.1.1.1' (typed while the lab ran)"));
}

TEST(ExplainLoss, OfWhatIsNoLossFails) {
    Asked asked(kStaticLine);
    const auto text = explainLoss(asked.evidence(), RecordId(0));
    ASSERT_FALSE(text.has_value());
    EXPECT_EQ(text.error().message, "record 0 is no lost packet; 'drops' lists them");
}

TEST(ListLosses, GivesTheLastOnesWithTheirNumbers) {
    Asked asked(lineWithFlow());
    asked.converge().fail("bc").run(Duration::seconds(2));
    const std::string text = listLosses(asked.evidence(), 3);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
    const RecordId last = lastLoss(asked, DropReason::NoRoute);
    EXPECT_THAT(text, HasSubstr(std::to_string(last.value()) + " "));
    EXPECT_EQ(listLosses(asked.evidence(), 0), "");
}

TEST(ListFlowLosses, CountsByPlaceAndReason) {
    Asked asked(lineWithFlow());
    asked.converge().fail("bc").run(Duration::seconds(2));
    const FlowState& flow = asked.lab().simulation().flows().front();
    const std::string text = listFlowLosses(asked.evidence());
    EXPECT_THAT(text, StartsWith("a-c: " + std::to_string(flow.counters.sent) + " sent, "));
    EXPECT_THAT(text, ContainsRegex("  20 at B \\(no route\\), from [0-9.]+ s \\(record [0-9]+\\) to "));
}

}  // namespace
}  // namespace peerscape
