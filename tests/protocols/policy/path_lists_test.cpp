/// As-path lists and lists of communities: what they permit, how they are read, printed and shown.
#include "protocols/policy/path_lists.hpp"

#include <gtest/gtest.h>

#include "tests/protocols/policy/reader.hpp"

namespace peerscape::policy {
namespace {

using test::Reader;

struct Expression {
    const char* expression;
    const char* subject;
    bool isMatch;
};

constexpr Expression kExpressions[] = {
    {"^$", "", true},
    {"^$", "65001", false},
    {"_65002_", "65001 65002 65003", true},
    {"_65002_", "65002", true},
    {"_65002_", "65001 165002", false},
    {"_65002_", "65001 {65002,65003}", true},
    {"_65003_", "65001 {65002,65003}", true},
    {"_65004_", "(65004 65005) 65001", true},
    {"^65001_", "65001", true},
    {"^65001_", "65001 65002", true},
    {"^65001_", "650011", false},
    {"_65002$", "65001 65002", true},
    {"^65001_65002_65003$", "65001 65002 65003", true},
    {"^(65001_)+65002$", "65001 65001 65002", true},
    {"65[0-9]+$", "65001", true},
    {"^.*$", "", true},
    {"_1\\.10_", "65001 65546", true},
    {"_1\\.10_", "65001 1", false},
    {"^1\\.0_0\\.65002$", "65536 65002", true},
    {"1\\.70000", "1.70000", true},
};

TEST(RegularExpressions, ReadUnderscoresAndAsNumbersAsRoutersDo) {
    for (const auto& [text, subject, isMatch] : kExpressions) {
        const auto expression = RegularExpression::compile(text);
        ASSERT_TRUE(expression.has_value()) << text;
        EXPECT_EQ(expression->matches(subject), isMatch) << text << " on '" << subject << "'";
        EXPECT_EQ(expression->text(), text);
    }
}

TEST(RegularExpressions, CopiesShareAndSurviveTheOriginal) {
    auto original = std::make_unique<RegularExpression>(*RegularExpression::compile("_5$"));
    const RegularExpression copy = *original;
    original.reset();
    EXPECT_TRUE(copy.matches("4 5"));
    EXPECT_FALSE(copy.matches("5 4"));
}

TEST(RegularExpressions, AreRefusedWhenTheyAreNone) {
    for (const char* text : {"[1", "(", "1{2", "*("})
        EXPECT_FALSE(RegularExpression::compile(text).has_value()) << text;
}

using Values = std::vector<CommunityValue>;
constexpr CommunityValue community(std::uint32_t high, std::uint32_t low) { return high << 16 | low; }

struct Decision {
    const char* list;
    Values values;
    Action usual;
    Action exact;
};

TEST(CommunityLists, PermitWhatTheirEntriesSay) {
    Reader reader;
    ASSERT_EQ(
        reader.read("bgp community-list standard TWO permit 1:1 1:2\n"
                    "bgp community-list standard NOT deny 1:1\nbgp community-list standard NOT permit 1:2\n"
                    "bgp community-list standard ANY permit internet\n"
                    "bgp community-list expanded TEXT permit ^1:1_\n"
                    "bgp community-list expanded NONE permit ^$\n"),
        "");
    const Values one{community(1, 1)};
    const Values two{community(1, 1), community(1, 2)};
    const Values three{community(1, 1), community(1, 2), community(1, 3)};
    const Values second{community(1, 2)};
    const Decision kDecisions[] = {
        {"TWO", {}, Action::Deny, Action::Deny},        {"TWO", one, Action::Deny, Action::Deny},
        {"TWO", two, Action::Permit, Action::Permit},   {"TWO", three, Action::Permit, Action::Deny},
        {"NOT", two, Action::Deny, Action::Deny},       {"NOT", second, Action::Permit, Action::Permit},
        {"NOT", one, Action::Deny, Action::Deny},       {"ANY", {}, Action::Permit, Action::Permit},
        {"ANY", three, Action::Permit, Action::Permit}, {"TEXT", two, Action::Permit, Action::Permit},
        {"TEXT", second, Action::Deny, Action::Deny},   {"NONE", {}, Action::Permit, Action::Permit},
        {"NONE", one, Action::Deny, Action::Deny},
    };
    for (const auto& [name, values, usual, exact] : kDecisions) {
        const CommunityList* list = reader.policy().communityList(name);
        ASSERT_NE(list, nullptr);
        const std::span<const CommunityValue> span(values);
        EXPECT_EQ(list->apply(span), usual) << name << " on '" << textOf(span) << "'";
        EXPECT_EQ(list->applyExactly(span), exact) << name << " on '" << textOf(span) << "'";
    }
}

TEST(CommunityLists, DeleteWhatTheyPermitAlone) {
    Reader reader;
    ASSERT_EQ(
        reader.read("bgp community-list standard L deny 1:2\nbgp community-list standard L permit 1:1 1:2\n"
                    "bgp large-community-list expanded G permit :7$\n"),
        "");
    const CommunityList* list = reader.policy().communityList("L");
    EXPECT_TRUE(list->deletes(community(1, 1)));
    EXPECT_FALSE(list->deletes(community(1, 2)));
    EXPECT_FALSE(list->deletes(community(1, 3)));
    const LargeCommunityList* large = reader.policy().largeCommunityList("G");
    EXPECT_TRUE(large->deletes({1, 2, 7}));
    EXPECT_FALSE(large->deletes({1, 7, 2}));
}

TEST(AsPathLists, TheFirstEntryThatMatchesDecides) {
    Reader reader;
    ASSERT_EQ(reader.read("bgp as-path access-list L deny _65002_\nbgp as-path access-list L permit ^65001_"),
              "");
    const AsPathList* list = reader.policy().asPathList("L");
    EXPECT_EQ(list->apply("65001 65003"), Action::Permit);
    EXPECT_EQ(list->apply("65001 65002"), Action::Deny);
    EXPECT_EQ(list->apply("65004"), Action::Deny);
    EXPECT_EQ(list->apply(""), Action::Deny);
}

TEST(Communities, AreReadAndWrittenInEveryForm) {
    EXPECT_EQ(readCommunity("65001:100"), community(65001, 100));
    EXPECT_EQ(readCommunity("no-export"), 0xffffff01);
    EXPECT_EQ(textOf(CommunityValue{0xffffff01}), "no-export");
    EXPECT_EQ(readLargeCommunity("1.10:2:3"), (LargeCommunityValue{65546, 2, 3}));
    EXPECT_EQ(readLargeCommunity("4294967295:0:1"), (LargeCommunityValue{4294967295, 0, 1}));
    // Octets as in RFC 4360 section 4, RFC 5668 section 3.
    EXPECT_EQ(readExtendedCommunity(ExtendedKind::RouteTarget, "65001:100"), 0x0002fde900000064U);
    EXPECT_EQ(readExtendedCommunity(ExtendedKind::SiteOfOrigin, "10.0.0.1:5"), 0x01030a0000010005U);
    EXPECT_EQ(readExtendedCommunity(ExtendedKind::RouteTarget, "70000:5"), 0x0202000111700005U);
    EXPECT_EQ(readExtendedCommunity(ExtendedKind::RouteTarget, "1.10:5"), 0x02020001000a0005U);
    EXPECT_EQ(textOf(ExtendedCommunityValue{0x0202000111700005}), "RT:70000:5");
    EXPECT_EQ(textOf(ExtendedCommunityValue{0x01030a0000010005}), "SoO:10.0.0.1:5");
    EXPECT_EQ(textOf(linkBandwidth(65001, 12'500'000, true)), "LB:65001:12500000 (100.000 Mbps)");
    EXPECT_EQ(textOf(ExtendedCommunityValue{0x0304000000000000}), "UNK:3, 4");
    for (const char* word : {"", "655", "6553900", "70000:1", "1:70000", "1:2:3", "no-exp", "a:b", ":", "1:"})
        EXPECT_FALSE(readCommunity(word).has_value()) << word;
    for (const char* word : {"1:2", "1:2:3:4", "1:2:x", "4294967296:1:1"})
        EXPECT_FALSE(readLargeCommunity(word).has_value()) << word;
    for (const char* word : {"5", "65536:65536", "1.2.3.4:65536", "1:4294967296", "x:1"})
        EXPECT_FALSE(readExtendedCommunity(ExtendedKind::RouteTarget, word).has_value()) << word;
}

struct Refused {
    const char* before;
    const char* line;
    const char* why;
};

constexpr const char* kMalformed = "Malformed community-list value";
constexpr Refused kRefusedLists[] = {
    {"", "bgp as-path access-list X permit a", "Invalid character in as-path access-list a"},
    {"", "bgp community-list 5 permit 5:5:5", kMalformed},
    {"", "bgp community-list 5 permit 70000:1", kMalformed},
    {"", "bgp community-list standard foo permit no-exp", kMalformed},
    {"", "bgp large-community-list 5 permit 5:5", kMalformed},
    {"", "bgp extcommunity-list 5 permit rt 5", kMalformed},
    {"", "bgp extcommunity-list 5 permit 5:5", kMalformed},
    {"", "bgp extcommunity-list standard E permit foo 1:1", kMalformed},
    {"bgp community-list standard S permit 1:1", "bgp community-list expanded S permit 1:1",
     "Community name conflict, previously defined as standard community"},
    {"", "no bgp as-path access-list NONE", "bgp as-path access-list NONE doesn't exist"},
    {"bgp as-path access-list A permit 1", "no bgp as-path access-list A permit 2",
     "bgp as-path access-list A doesn't exist"},
    {"", "no bgp community-list 9", "Can't find community-list"},
    {"bgp community-list 9 permit 1:1", "no bgp community-list 9 deny 1:1", "Can't find community-list"},
    {"", "no bgp large-community-list standard NONE", "Can't find community-list"},
};

TEST(PathListCommands, RefuseWhatFrrRefuses) {
    for (const auto& [before, line, why] : kRefusedLists) {
        Reader reader;
        ASSERT_EQ(reader.read(before), "") << before;
        const std::string unchanged = reader.print();
        EXPECT_EQ(reader.read(line), why) << line;
        EXPECT_EQ(reader.print(), unchanged) << line;
    }
    Reader reader;
    EXPECT_TRUE(reader.read("bgp as-path access-list X permit [1").starts_with("can't compile regexp [1: "));
    EXPECT_TRUE(reader.read("bgp community-list expanded X permit (").starts_with(kMalformed));
}

TEST(PathListCommands, RemoveByWhatTheLineSays) {
    Reader reader;
    ASSERT_EQ(
        reader.read("bgp as-path access-list S seq 7 permit 1\nbgp as-path access-list S permit 2\n"
                    "bgp as-path access-list S seq 20 permit 1\nbgp as-path access-list S seq 7 deny 3\n"),
        "");
    EXPECT_EQ(reader.print(),
              "bgp as-path access-list S seq 7 deny 3\nbgp as-path access-list S seq 10 permit 2\n!\n");
    ASSERT_EQ(reader.read("no bgp as-path access-list S seq 9 deny 3"), "");
    EXPECT_EQ(reader.print(), "bgp as-path access-list S seq 10 permit 2\n!\n");
    ASSERT_EQ(reader.read("no bgp as-path access-list S permit 2"), "");
    EXPECT_EQ(reader.print(), "");
    ASSERT_EQ(reader.read("bgp community-list 5 permit 1:1\nbgp large-community-list expanded L deny 1\n"
                          "bgp extcommunity-list 6 permit rt 1:1\nno bgp community-list 5\n"
                          "no bgp large-community-list expanded L deny 1\n"
                          "no bgp extcommunity-list 6 seq 5 permit rt 1:1"),
              "");
    EXPECT_EQ(reader.print(), "");
}

TEST(PathListShow, SaysWhatFrrSays) {
    Reader reader;
    ASSERT_EQ(reader.read("bgp as-path access-list AP permit ^65001_\nbgp as-path access-list AP deny .*\n"
                          "bgp community-list 1 permit 65001:100 no-export\n"
                          "bgp community-list 100 permit 6500[0-9]:.*\n"
                          "bgp community-list expanded CE deny _65001:1_\n"
                          "bgp large-community-list 5 permit 65001:1:2\n"
                          "bgp large-community-list standard LS permit 1:2:3\n"
                          "bgp extcommunity-list 107 permit RT:65001:.*\n"
                          "bgp extcommunity-list standard ES permit rt 65001:100\n"),
              "");
    EXPECT_EQ(reader.show("show bgp as-path-access-list"),
              "AS path access list AP\n    permit ^65001_\n    deny .*\n");
    EXPECT_EQ(reader.show("show bgp as-path-access-list NO"), "");
    EXPECT_EQ(reader.show("show bgp community-list"),
              "Community standard list 1\n    permit 65001:100 no-export\n"
              "Community (expanded) access list 100\n    permit 6500[0-9]:.*\n"
              "Named Community expanded list CE\n    deny _65001:1_\n");
    EXPECT_EQ(reader.show("show bgp community-list CE detail"),
              "Named Community expanded list CE\n    deny _65001:1_\n");
    EXPECT_EQ(reader.show("show bgp community-list NO detail"), "% Can't find community-list\n");
    EXPECT_EQ(reader.show("show bgp large-community-list"),
              "Large community standard list 5\n    permit 65001:1:2\n"
              "Named large community standard list LS\n    permit 1:2:3\n");
    EXPECT_EQ(reader.show("show bgp extcommunity-list"),
              "Extended community (expanded) access list 107\n    permit RT:65001:.*\n"
              "Named extended community standard list ES\n    permit rt 65001:100\n");
}

}  // namespace
}  // namespace peerscape::policy
