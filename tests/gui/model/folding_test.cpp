#include "gui/model/folding.hpp"

#include <gmock/gmock.h>

#include "gui/model/edits.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

/// A building in an AS, a site in another.
const std::string kNested =
    "peerscape: 1\n"
    "groups:\n"
    "  net: {kind: as, asn: 65001}\n"
    "  house: {kind: building, parent: net}\n"
    "  other: {kind: as, asn: 65002}\n"
    "routers:\n"
    "  A: {group: house}\n"
    "  B: {group: net}\n"
    "  C: {group: other}\n"
    "  D: {}\n"
    "hosts:\n"
    "  h: {group: house}\n"
    "links:\n"
    "  - {name: ab, ends: [A, B]}\n"
    "  - {name: bc, ends: [B, C], relation: customer-provider}\n";

TEST(Folding, ShowsTheOutermostClosedGroupInsteadOfWhatLiesInIt) {
    const LabFile lab = labOf(kNested);
    Folding folding;
    EXPECT_THAT(folding.standInsOfNodes(lab), IsEmpty());
    folding.set("house", true);
    EXPECT_THAT(folding.standInsOfNodes(lab), ElementsAre(Pair("A", "house"), Pair("h", "house")));
    folding.set("net", true);
    EXPECT_THAT(folding.standInsOfNodes(lab),
                ElementsAre(Pair("A", "net"), Pair("B", "net"), Pair("h", "net")));
    EXPECT_THAT(folding.standInsOfGroups(lab),
                ElementsAre(Pair("house", "net"), Pair("net", "net"), Pair("other", "")));
    folding.set("net", false);
    EXPECT_THAT(folding.standInsOfNodes(lab), ElementsAre(Pair("A", "house"), Pair("h", "house")));
}

TEST(Folding, ForgetsGroupsThatAreGone) {
    Folding folding;
    folding.set("house", true);
    folding.keepOnly(labOf(kNested));
    EXPECT_FALSE(folding.isEmpty());
    folding.keepOnly(without(labOf(kNested), {{}, {}, {"house"}}));
    EXPECT_TRUE(folding.isEmpty());
}

TEST(Folding, KnowsWhoIsInAGroup) {
    const LabFile lab = labOf(kNested);
    EXPECT_THAT(membersOf(lab, "house"), ElementsAre("A", "h"));
    EXPECT_THAT(membersOf(lab, "net"), ElementsAre("A", "B", "h"));
    EXPECT_THAT(membersOf(lab, "nobody"), IsEmpty());
}

TEST(GroupEdits, PutAGroupIntoTheOneInWhichItsNodesLie) {
    const auto made = withGroup(labOf(kNested), {"A", "h"}, "building");
    ASSERT_TRUE(made);
    ASSERT_TRUE(made->lab.group(made->name)->parent);
    EXPECT_EQ(made->lab.group(made->name)->parent->name, "house");
    const auto mixed = withGroup(labOf(kNested), {"A", "D"}, "building");
    ASSERT_TRUE(mixed);
    EXPECT_FALSE(mixed->lab.group(mixed->name)->parent);
}

TEST(GroupEdits, MoveNodesIntoGroupsAndOutOfThem) {
    const LabFile moved = withHomes(labOf(kNested), {{"A", ""}, {"D", "house"}});
    EXPECT_FALSE(moved.router("A")->group);
    ASSERT_TRUE(moved.router("D")->group);
    EXPECT_EQ(moved.router("D")->group->name, "house");
}

TEST(GroupEdits, DropARelationThatNoLongerJoinsTwoASes) {
    const LabFile moved = withHomes(labOf(kNested), {{"C", "net"}});
    EXPECT_EQ(moved.links[1].relation, Relation::None);
    EXPECT_FALSE(whyUnreadable(moved));
}

TEST(GroupEdits, NestGroupsButNeverInThemselves) {
    const auto nested = withParent(labOf(kNested), "net", "other");
    ASSERT_TRUE(nested);
    EXPECT_EQ(nested->group("net")->parent->name, "other");
    const auto freed = withParent(labOf(kNested), "house", "");
    ASSERT_TRUE(freed);
    EXPECT_FALSE(freed->group("house")->parent);
    EXPECT_FALSE(withParent(labOf(kNested), "net", "house"));
    EXPECT_FALSE(withParent(labOf(kNested), "net", "net"));
    EXPECT_FALSE(withParent(labOf(kNested), "nobody", ""));
    EXPECT_FALSE(withParent(labOf(kNested), "net", "nobody"));
}

}  // namespace
}  // namespace peerscape::gui
