#include "gui/model/edits.hpp"

#include "gui/model/editor.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

/// Whatever a gesture makes can be saved and read again.
void expectSound(const LabFile& lab) {
    for (const Diagnostic& d : problemsOf(lab)) {
        EXPECT_NE(d.severity, Severity::Error) << d.message << "\n" << writeLab(lab);
    }
    EXPECT_EQ(labOf(writeLab(lab)), lab);
}

TEST(Edits, NamesAreFreeAndInterfacesTheNext) {
    LabFile lab = labOf(kSquare);
    const Made router = withRouter(lab, {1, 2});
    EXPECT_EQ(router.name, "R1");
    EXPECT_EQ(withRouter(router.lab, {3, 4}).name, "R2");
    EXPECT_EQ(freeInterface(lab, "A"), "eth2");
    const auto link = withLink(router.lab, "A", "R1");
    ASSERT_TRUE(link.has_value());
    EXPECT_EQ(link->name, "A-R1");
    EXPECT_EQ(link->lab.links.back().ends[0].interface, "eth2");
    EXPECT_EQ(link->lab.links.back().ends[1].interface, "eth0");
    EXPECT_EQ(withLink(link->lab, "A", "R1")->name, "A-R1-2");
    expectSound(link->lab);
}

const std::string kIntended =
    "peerscape: 1\n"
    "routers:\n"
    "  A: {at: [0, 0], asn: 65001, protocols: [bgp], networks: [10.1.0.0/16]}\n"
    "  B: {at: [200, 0], asn: 65002, protocols: [bgp], route-reflector: true}\n"
    "links: [{name: ab, ends: [A, B], relation: customer-provider}]\n";

TEST(Edits, IntentsBecomeConfigurations) {
    const LabFile lab = labOf(kIntended);
    EXPECT_TRUE(hasIntents(lab, "A"));
    const std::string intended = intendedConfigurationOf(lab, "A");
    EXPECT_NE(intended.find("router bgp 65001\n"), std::string::npos);
    const auto written = withIntentsWrittenOut(lab);
    ASSERT_TRUE(written.has_value());
    expectSound(*written);
    EXPECT_FALSE(hasIntents(*written, "A"));
    EXPECT_EQ(configurationOf(*written, "A"), intended);
    EXPECT_EQ(written->router("B")->at, lab.router("B")->at);
    EXPECT_EQ(intendedConfigurationOf(*written, "A"), "") << "it has one of its own now";
    EXPECT_EQ(withIntentsWrittenOut(*written), *written) << "there is nothing more to write out";
}

TEST(Edits, ALinkNeedsTwoNodes) {
    const LabFile lab = labOf(kSquare);
    EXPECT_FALSE(withLink(lab, "A", "A").has_value());
    EXPECT_FALSE(withLink(lab, "A", "nobody").has_value());
}

TEST(Edits, LansGrowByNodesThatAreNotOnThem) {
    const LabFile lab = labOf(kSquare);
    const auto made = withLan(lab, "A");
    ASSERT_TRUE(made.has_value());
    const auto joined = withLanEnd(made->lab, made->name, "B");
    ASSERT_TRUE(joined.has_value());
    EXPECT_EQ(joined->lans.back().ends.size(), 2U);
    EXPECT_FALSE(withLanEnd(*joined, made->name, "B").has_value());
    expectSound(*joined);
}

/// The square, whose building A is an AS as well, and a customer of B's.
LabFile squareWithRelation() {
    LabFile lab = labOf(kSquare);
    lab.groups[0].asn = Asn::number(65001);
    lab.links[0].relation = Relation::CustomerProvider;
    return lab;
}

TEST(Edits, ARelationGoesWithTheAsOfOneOfItsEnds) {
    const LabFile lab = squareWithRelation();
    expectSound(lab);
    const LabFile rest = without(lab, {{}, {}, {"a"}});
    EXPECT_EQ(rest.links[0].relation, Relation::None);
    expectSound(rest);
    EXPECT_EQ(without(lab, {{"D"}, {}, {}}).links[0].relation, Relation::CustomerProvider);
}

TEST(Edits, WhatCouldNotBeOpenedAgainIsNotTaken) {
    LabFile lab = squareWithRelation();
    EXPECT_EQ(whyUnreadable(lab), std::nullopt);
    Editor editor;
    editor.apply("draw", lab);
    QString said;
    QObject::connect(&editor, &Editor::refused, &editor, [&](const QString& sentence) { said = sentence; });
    lab.groups[0].asn.reset();
    editor.apply("take the number away", lab);
    EXPECT_TRUE(said.contains("'A' has no 'asn'")) << said.toStdString();
    EXPECT_EQ(editor.lab(), squareWithRelation());
}

TEST(Edits, WhatSpokeOfSomethingRemovedGoesWithIt) {
    const LabFile lab = labOf(kSquare);
    const LabFile withoutLink = without(lab, {{}, {"ab"}, {}});
    EXPECT_EQ(withoutLink.links.size(), 3U);
    ASSERT_EQ(withoutLink.steps.size(), 2U);
    EXPECT_TRUE(withoutLink.steps[1].actions.empty()) << "it failed ab";
    EXPECT_EQ(withoutLink.steps[1].expectations.size(), 2U);
    expectSound(withoutLink);
    const LabFile withoutRouter = without(lab, {{"A"}, {}, {}});
    EXPECT_EQ(withoutRouter.links.size(), 2U);
    EXPECT_TRUE(withoutRouter.probes.empty());
    EXPECT_TRUE(withoutRouter.steps[0].expectations.empty());
    expectSound(withoutRouter);
}

TEST(Edits, WhatLayInARemovedGroupLiesInTheOneAroundIt) {
    LabFile lab = labOf(kSquare);
    lab.groups[0].parent = NameRef{"b", {}};
    const LabFile rest = without(lab, {{}, {}, {"a"}});
    EXPECT_EQ(rest.router("A")->group->name, "b");
    expectSound(rest);
    EXPECT_FALSE(without(rest, {{}, {}, {"b"}}).router("A")->group.has_value());
}

TEST(Edits, AGroupHoldsWhatWasSelected) {
    const LabFile lab = labOf(kSquare);
    const auto made = withGroup(lab, {"C", "D"}, "as");
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(made->lab.router("D")->group->name, made->name);
    expectSound(made->lab);
    EXPECT_FALSE(withGroup(lab, {}, "as").has_value());
}

TEST(Edits, CopiesHaveNamesOfTheirOwnAndTheLinksBetweenThem) {
    const LabFile lab = labOf(kSquare);
    const Pasted pasted = withCopies(lab, lab, {{"A", "B"}, {}, {}}, {50, 60});
    EXPECT_EQ(pasted.lab.routers.size(), 6U);
    EXPECT_EQ(pasted.lab.links.size(), 5U);
    EXPECT_EQ(pasted.selection.nodes, (std::set<std::string>{"A1", "B1"}));
    EXPECT_EQ(pasted.lab.router("A1")->at, (CanvasPoint{50, 60}));
    EXPECT_EQ(pasted.lab.links.back().delay, lab.links.front().delay);
    EXPECT_TRUE(pasted.lab.links.back().ends[0].addresses.empty()) << "they would collide";
    expectSound(pasted.lab);
}

TEST(Edits, PropertiesOfALinkChangeAndItsEndsStay) {
    const LabFile lab = labOf(kSquare);
    LinkEntry link = lab.links[0];
    link.delay = Duration::milliseconds(30);
    link.loss = Probability::partsPerMillion(50'000);
    link.ends.clear();
    const auto next = withLinkProperties(lab, link);
    ASSERT_TRUE(next.has_value());
    EXPECT_EQ(next->links[0].ends, lab.links[0].ends);
    EXPECT_EQ(next->links[0].delay, Duration::milliseconds(30));
    expectSound(*next);
}

}  // namespace
}  // namespace peerscape::gui
