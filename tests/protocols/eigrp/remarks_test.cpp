/// What is noted of neighbours and computations, in words; and that the fingerprint sees every fact.
#include "protocols/eigrp/remarks.hpp"

#include <set>

#include <gtest/gtest.h>

namespace peerscape::eigrp {
namespace {

using dual::CompositeDistance;
using dual::InputEvent;
using dual::Passed;
using dual::State;

const IpAddress kOne = IpAddress::v4(0x0a000001);
const IpAddress kTwo = IpAddress::v4(0x0a000002);

ComputationRemark::Facts facts(Passed passed) {
    ComputationRemark::Facts facts;
    facts.prefix = Prefix::parse("10.4.0.0/16").value();
    facts.passed = passed;
    return facts;
}
std::string textOf(const ComputationRemark::Facts& facts) { return ComputationRemark(facts).text(); }

std::uint64_t hashOf(const Remark& remark) {
    StableHash hash;
    remark.addTo(hash);
    return hash.value();
}

TEST(EigrpRemarks, GoingActiveSaysWhyAndWhoIsAsked) {
    auto one = facts({InputEvent::IE4, State::Passive, State::Active1, dual::NeighborId(0),
                      CompositeDistance(300), CompositeDistance(200)});
    one.neighbor = kOne;
    one.awaited = {kOne, kTwo};
    one.awaitedCount = 2;
    EXPECT_EQ(textOf(one),
              "10.4.0.0/16 goes active (Active 1, IE4): the best way left, via 10.0.0.1, has reported "
              "distance 300, "
              "not less than the feasible distance 200; asked: 10.0.0.1, 10.0.0.2");
    EXPECT_EQ(
        textOf(facts({InputEvent::IE3, State::Passive, State::Active3})),
        "10.4.0.0/16 goes active (Active 3, IE3): the successor asks, and no way is left; there is nobody to "
        "ask");
}

TEST(EigrpRemarks, RepliesAreCounted) {
    auto one = facts({InputEvent::IE8, State::Active1, State::Active1});
    one.awaited = {kTwo};
    one.awaitedCount = 1;
    EXPECT_EQ(textOf(one),
              "10.4.0.0/16: a neighbor is lost, which counts as its reply; still awaited: 10.0.0.2");
    one.neighbor = kOne;
    EXPECT_EQ(textOf(one), "10.4.0.0/16: 10.0.0.1 has replied; still awaited: 10.0.0.2");
    one.awaitedCount = 300;
    EXPECT_EQ(textOf(one), "10.4.0.0/16: 10.0.0.1 has replied; still awaited: 10.0.0.2 and 299 more");
}

TEST(EigrpRemarks, TheEndSaysWhatCameOfIt) {
    auto one = facts({InputEvent::IE15, State::Active1, State::Passive});
    EXPECT_EQ(textOf(one), "10.4.0.0/16 is passive again (IE15): all replies are in; nobody knows a way");
    one.gateway = kOne;
    one.distance = CompositeDistance::external(500);
    EXPECT_EQ(textOf(one),
              "10.4.0.0/16 is passive again (IE15): all replies are in; the way is now via 10.0.0.1, "
              "distance 500");
    one.gateway = IpAddress::any(Family::IPv4);
    EXPECT_EQ(textOf(one),
              "10.4.0.0/16 is passive again (IE15): all replies are in; the way is now its own, distance "
              "500");
}

TEST(EigrpRemarks, EveryTransitionBetweenActiveStatesHasItsSentence) {
    EXPECT_EQ(
        textOf(facts({InputEvent::IE5, State::Active1, State::Active2})),
        "10.4.0.0/16 stays active (Active 2, IE5): the successor asks as well, and is answered at the end");
    EXPECT_EQ(textOf(facts({InputEvent::IE9, State::Active1, State::Active0})),
              "10.4.0.0/16 stays active (Active 0, IE9): the way through the successor grew or is lost");
    EXPECT_EQ(
        textOf(facts({InputEvent::IE12, State::Active2, State::Active3})),
        "10.4.0.0/16 stays active (Active 3, IE12): all have replied, but no way is left; there is nobody to "
        "ask");
}

TEST(EigrpRemarks, EveryFactChangesTheHash) {
    std::set<std::uint64_t> seen;
    auto one = facts({InputEvent::IE4, State::Passive, State::Active1});
    const auto isNew = [&] { return seen.insert(hashOf(ComputationRemark(one))).second; };
    EXPECT_TRUE(isNew());
    one.passed.reported = CompositeDistance(1);
    EXPECT_TRUE(isNew());
    one.passed.feasibleDistance = CompositeDistance(1);
    EXPECT_TRUE(isNew());
    one.passed.to = State::Active3;
    EXPECT_TRUE(isNew());
    one.neighbor = kOne;
    EXPECT_TRUE(isNew());
    one.awaited = {kTwo};
    EXPECT_TRUE(isNew());
    one.awaitedCount = 7;
    EXPECT_TRUE(isNew());
    one.gateway = kTwo;
    EXPECT_TRUE(isNew());
    one.distance = CompositeDistance(1);
    EXPECT_TRUE(isNew());
    one.prefix = Prefix::parse("10.5.0.0/16").value();
    EXPECT_TRUE(isNew());
    EXPECT_FALSE(isNew());
    for (const auto kind :
         {NeighborRemark::Kind::Pending, NeighborRemark::Kind::Up, NeighborRemark::Kind::Down})
        EXPECT_TRUE(seen.insert(hashOf(NeighborRemark(kind, kOne, "eth0"))).second);
    EXPECT_TRUE(seen.insert(hashOf(NeighborRemark(NeighborRemark::Kind::Up, kTwo, "eth0"))).second);
    EXPECT_TRUE(seen.insert(hashOf(NeighborRemark(NeighborRemark::Kind::Up, kOne, "eth1"))).second);
    EXPECT_TRUE(
        seen.insert(hashOf(NeighborRemark(NeighborRemark::Kind::Down, kOne, "eth0", DownReason::Goodbye)))
            .second);
}

}  // namespace
}  // namespace peerscape::eigrp
