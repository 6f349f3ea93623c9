#include "scenarios/world/as_number_warnings.hpp"

#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> warnings(const std::string& text) {
    const auto world = makeWorld("peerscape: 1\n" + text);
    std::vector<std::string> all;
    for (const Diagnostic& diagnostic : asNumberWarnings(*world))
        all.push_back(toString(diagnostic));
    return all;
}

/// Routers in a line, one AS each, who tell each other everything; router i has 10.i.0.0/16.
struct Line {
    std::vector<std::string> numbers;
    std::map<std::size_t, std::string> more;  ///< lines of `router bgp` of that router

    std::string text() const {
        std::string routers = "routers:\n";
        std::string links = "links:\n";
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            routers += fmt::format("  {}:\n    config: |\n      router bgp {}\n", name(i), numbers[i]);
            routers += "       no bgp ebgp-requires-policy\n       no bgp network import-check\n";
            if (i > 0) routers += neighbor(i - 1, 1, i - 1);
            if (i + 1 < numbers.size()) routers += neighbor(i, 2, i + 1);
            routers += fmt::format("       network 10.{}.0.0/16\n", i);
            if (const auto at = more.find(i); at != more.end()) routers += at->second;
            if (i + 1 < numbers.size())
                links += fmt::format(
                    "  - {{ends: {{\"{}:eth1\": [192.0.{}.1/24], \"{}:eth0\": [192.0.{}.2/24]}}}}\n", name(i),
                    i, name(i + 1), i);
        }
        return routers + links;
    }
    static std::string name(std::size_t i) { return std::string(1, static_cast<char>('A' + i)); }

  private:
    std::string neighbor(std::size_t link, int host, std::size_t other) const {
        return fmt::format("       neighbor 192.0.{}.{} remote-as {}\n", link, host, numbers[other]);
    }
};

TEST(AsNumberLeaks, APrivateNumberMustNotPassItsProvider) {
    EXPECT_THAT(
        warnings(Line{{"65001", "3356", "174"}, {}}.text()),
        ElementsAre("lab.yaml:16:2: warning: AS 65001 is private (RFC 6996) and comes to C in the public AS "
                    "174, in the path 3356 65001 of 10.0.0.0/16: 'neighbor 192.0.1.2 remove-private-AS' "
                    "takes it out"));
}

TEST(AsNumberLeaks, RemovePrivateAsOrAFilterKeepsItIn) {
    EXPECT_THAT(
        warnings(
            Line{{"65001", "3356", "174"}, {{1, "       neighbor 192.0.1.2 remove-private-AS\n"}}}.text()),
        IsEmpty());
    const std::string filtered =
        "       neighbor 192.0.1.2 filter-list OWN out\n"
        "      bgp as-path access-list OWN permit ^$\n";
    EXPECT_THAT(warnings(Line{{"65001", "3356", "174"}, {{1, filtered}}}.text()), IsEmpty());
    const std::string marked =
        "       neighbor 192.0.0.1 route-map MARK in\n"
        "      route-map MARK permit 10\n       set community no-export\n";
    EXPECT_THAT(warnings(Line{{"65001", "3356", "174"}, {{1, marked}}}.text()), IsEmpty());
    // RFC 8212: without a policy nothing is told.
    EXPECT_THAT(warnings(Line{{"65001", "3356", "174"}, {{1, "       bgp ebgp-requires-policy\n"}}}.text()),
                IsEmpty());
}

TEST(AsNumberLeaks, WithoutAllMixedPathsKeepTheirPrivateNumbers) {
    const std::vector<std::string> numbers{"701", "65001", "3356", "174"};
    const auto found = warnings(Line{numbers, {{2, "       neighbor 192.0.2.2 remove-private-AS\n"}}}.text());
    ASSERT_EQ(found.size(), 1U) << testing::PrintToString(found);
    EXPECT_THAT(found[0], testing::HasSubstr("in the path 3356 65001 701 of 10.0.0.0/16: 'neighbor 192.0.2.2 "
                                             "remove-private-AS all' takes it out"));
    EXPECT_THAT(warnings(Line{numbers, {{2, "       neighbor 192.0.2.2 remove-private-AS all\n"}}}.text()),
                ElementsAre(testing::HasSubstr("comes to A in the public AS 701")));
}

TEST(AsNumberLeaks, AreNamedWhereTheyBegin) {
    EXPECT_EQ(warnings(Line{{"65001", "3356", "174", "701", "2914"}, {}}.text()).size(), 1U);
}

TEST(AsNumberLeaks, OneIslandAmongPublicNumbersIsNamedItself) {
    EXPECT_THAT(
        warnings(Line{{"65001", "3356"}, {}}.text()),
        ElementsAre("lab.yaml:8:2: warning: AS 65001 is private (RFC 6996) and comes to B in the "
                    "public AS 3356, in the path 65001 of 10.0.0.0/16: give AS 65001 a public number"));
    // Of a provider whose customers are all private nobody outside hears.
    EXPECT_THAT(warnings(Line{{"65001", "3356", "65002"}, {}}.text()), IsEmpty());
}

TEST(AsNumberLeaks, LabsOfOneKindAreLeftAlone) {
    EXPECT_THAT(warnings(Line{{"65001", "65002", "65003", "4200000001"}, {}}.text()), IsEmpty());
    EXPECT_THAT(warnings(Line{{"64496", "64500", "65001"}, {}}.text()), IsEmpty());
    EXPECT_THAT(warnings(Line{{"3356", "174", "701"}, {}}.text()), IsEmpty());
}

TEST(AsNumberLeaks, DocumentationNumbersHaveNoRemedyButAnother) {
    EXPECT_THAT(
        warnings(Line{{"64496", "3356", "174"}, {}}.text()),
        ElementsAre("lab.yaml:16:2: warning: AS 64496 is for documentation only (RFC 5398) and comes to "
                    "C in the public AS 174, in the path 3356 64496 of 10.0.0.0/16: give AS 64496 a "
                    "public number"));
}

TEST(AsNumberLeaks, MembersOfAConfederationAreNotSeenOutside) {
    const std::string member = "       bgp confederation identifier 3356\n";
    EXPECT_THAT(warnings(Line{{"65001", "174"}, {{0, member}}}.text()), IsEmpty());
}

TEST(AsNumberLeaks, LocalAsShowsTheRealNumberUnlessItIsReplaced) {
    const std::string local = "       neighbor 192.0.0.2 local-as 3356";
    EXPECT_THAT(warnings(Line{{"65001", "174"}, {{0, local + "\n"}}}.text()),
                ElementsAre(testing::HasSubstr("in the path 3356 65001 of 10.0.0.0/16")));
    EXPECT_THAT(warnings(Line{{"65001", "174"}, {{0, local + " no-prepend replace-as\n"}}}.text()),
                IsEmpty());
}

TEST(ReservedAsNumbers, AreFoundInConfigurations) {
    EXPECT_THAT(warnings("routers:\n  A:\n    config: |\n      router bgp 65535\n"
                         "       neighbor 10.0.0.1 remote-as 23456\n"),
                ElementsAre("lab.yaml:5:1: warning: AS 65535 is reserved (RFC 7300): nobody can have it",
                            "lab.yaml:6:2: warning: AS 23456 stands for numbers of four octets in old "
                            "messages (RFC 6793): nobody can have it"));
}

TEST(UnrelatedSpeakers, WithOneNumberAreNamed) {
    const Line apart{{"65001", "65002", "65001"}, {}};
    EXPECT_THAT(
        warnings(apart.text()),
        ElementsAre("lab.yaml:20:1: warning: C has the number of A, AS 65001, and neither a link inside "
                    "the AS nor an iBGP session leads from one to the other: each takes the other's "
                    "routes for a loop; give one of them a number of its own, or join them by iBGP"));
}

TEST(UnrelatedSpeakers, SessionsLinksAndIntentionsRelateThem) {
    const std::vector<std::string> numbers{"65001", "65002", "65001"};
    const std::string ibgp = "       neighbor 192.0.1.2 remote-as 65001\n";
    const std::string back = "       neighbor 192.0.0.1 remote-as 65001\n";
    EXPECT_THAT(warnings(Line{numbers, {{0, ibgp}, {2, back}}}.text()), IsEmpty());
    EXPECT_THAT(warnings(Line{numbers, {{2, "       neighbor 192.0.1.1 allowas-in\n"}}}.text()), IsEmpty());
    EXPECT_THAT(warnings(Line{numbers, {{1, "       neighbor 192.0.1.2 as-override\n"}}}.text()), IsEmpty());
    EXPECT_THAT(warnings(Line{numbers, {}}.text() +
                         "  - {ends: {\"A:eth7\": [192.0.9.1/24], \"C:eth7\": [192.0.9.2/24]}}\n"),
                IsEmpty());
    // Over a router without BGP.
    std::string joined = Line{numbers, {}}.text() +
                         "  - {ends: {\"A:eth7\": [192.0.9.1/24], \"X:eth0\": [192.0.9.2/24]}}\n"
                         "  - {ends: {\"X:eth1\": [192.0.8.1/24], \"C:eth7\": [192.0.8.2/24]}}\n";
    joined.insert(joined.find("  A:\n"), "  X: {}\n");
    EXPECT_THAT(warnings(joined), IsEmpty());
}

TEST(MultihomedNames, PromiseASecondUpstream) {
    const std::string one = Line{{"65001", "65002"}, {}}.text();
    const std::string grouped = "groups: {campus: {title: A Multi-Homed campus}}\n" + one;
    const std::size_t at = grouped.find("  A:\n") + 5;
    EXPECT_THAT(
        warnings(grouped.substr(0, at) + "    group: campus\n" + grouped.substr(at)),
        ElementsAre("lab.yaml:2:10: warning: group 'campus' is called multihomed, and has one upstream "
                    "only, AS 65002: add an eBGP session to a second AS, or call it by another name"));
    const std::string two =
        "groups: {campus: {title: A Multi-Homed campus}}\n" + Line{{"65003", "65001", "65002"}, {}}.text();
    const std::size_t middle = two.find("  B:\n") + 5;
    EXPECT_THAT(warnings(two.substr(0, middle) + "    group: campus\n" + two.substr(middle)), IsEmpty());
}

TEST(AsNumberWarnings, AreSaidWhenALabIsLoaded) {
    const TemporaryFolder folder;
    const auto lab = folder.write("lab.yaml", "peerscape: 1\n" + Line{{"65001", "3356", "174"}, {}}.text());
    const WorldOutcome loaded = loadWorld(lab, {});
    ASSERT_TRUE(loaded.world);
    ASSERT_EQ(loaded.diagnostics.size(), 1U);
    EXPECT_EQ(loaded.diagnostics[0].severity, Severity::Warning);
    EXPECT_EQ(loaded.diagnostics[0].place.line, 16U);
}

}  // namespace
}  // namespace peerscape
