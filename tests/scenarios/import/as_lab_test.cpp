// Labs made of graphs of ASes.
#include "scenarios/import/as_lab.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/format/intents.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/lab_writer.hpp"
#include "scenarios/import/as_relationships.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

AsGraph acyclicGraphOf(const std::string& text) { return readAsRelationships(text, "f").graph.value(); }

std::vector<std::string> prefixes(const std::vector<std::uint32_t>& numbers) {
    std::vector<Asn> asns;
    for (const std::uint32_t number : numbers)
        asns.push_back(Asn::number(number));
    std::vector<std::string> texts;
    const auto made = prefixesOf(asns);
    EXPECT_TRUE(made.has_value());
    if (made) {
        for (const Prefix& prefix : *made)
            texts.push_back(toString(prefix));
    }
    return texts;
}

TEST(AsLab, APrefixHasTheBytesOfTheAsNumber) {
    EXPECT_THAT(prefixes({1, 513, 65535}), ElementsAre("10.0.1.0/24", "10.2.1.0/24", "10.255.255.0/24"));
}

TEST(AsLab, LargeNumbersGetPrefixesThatNobodyHas) {
    EXPECT_THAT(prefixes({1, 3, 200'000, 100'000, 4'200'000'000}),
                ElementsAre("10.0.1.0/24", "10.0.3.0/24", "10.0.4.0/24", "10.0.2.0/24", "10.0.5.0/24"));
}

TEST(AsLab, ThereIsAnEndOfPrefixes) {
    std::vector<Asn> asns;
    for (std::uint32_t number = 1; number <= 65'535; ++number)
        asns.push_back(Asn::number(number));
    EXPECT_TRUE(prefixesOf(asns).has_value());
    asns.push_back(Asn::number(65'536));
    const auto made = prefixesOf(asns);
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().message, HasSubstr("65536 ASes are to announce prefixes"));
}

TEST(AsLab, HasARouterPerAsAndALinkPerRelation) {
    const auto lab = asLab(acyclicGraphOf("7|70000|-1\n8|7|0\n"), {"Two links", {}, EveryAs{}});
    ASSERT_TRUE(lab);
    EXPECT_EQ(writeLab(*lab),
              "peerscape: 1\n"
              "title: Two links\n"
              "\n"
              "routers:\n"
              "  AS7: {asn: 7, networks: [10.0.7.0/24], protocols: [bgp]}\n"
              "  AS8: {asn: 8, networks: [10.0.8.0/24], protocols: [bgp]}\n"
              "  AS70000: {asn: 70000, networks: [10.0.1.0/24], protocols: [bgp]}\n"
              "\n"
              "links:\n"
              "  - {name: AS70000-AS7, ends: [AS70000, AS7], relation: customer-provider}\n"
              "  - {name: AS8-AS7, ends: [AS8, AS7], relation: peer}\n");
}

TEST(AsLab, ReadsBackEqualAndExpands) {
    const auto lab = asLab(acyclicGraphOf("1 2 1\n2 3 2\n3 4 0\n"), {"T", "Text.\n", EveryAs{}});
    ASSERT_TRUE(lab);
    const LabOutcome read = readLab(writeLab(*lab), "lab.yaml");
    ASSERT_TRUE(read.lab.has_value());
    EXPECT_EQ(*read.lab, *lab);
    EXPECT_TRUE(expandLab(*lab).lab.has_value());
}

TEST(AsLab, OnlyNamedOriginsAnnounce) {
    const AsGraph graph = acyclicGraphOf("1|2|-1\n1|3|-1\n");
    const auto lab = asLab(graph, {"T", {}, std::vector<Asn>{Asn::number(3), Asn::number(3)}});
    ASSERT_TRUE(lab);
    EXPECT_TRUE(lab->routers[0].networks.empty());
    EXPECT_TRUE(lab->routers[1].networks.empty());
    EXPECT_EQ(lab->routers[2].networks.size(), 1U);
    const auto silent = asLab(graph, {"T", {}, NoAs{}});
    ASSERT_TRUE(silent);
    for (const RouterEntry& router : silent->routers)
        EXPECT_TRUE(router.networks.empty());
    const auto wrong = asLab(graph, {"T", {}, std::vector<Asn>{Asn::number(9)}});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().message, "AS 9 is to announce a prefix but is not in the lab");
}

TEST(AsLab, ALargeGraphHasOneOriginUnlessAskedFor) {
    std::string text;
    for (std::size_t i = 2; i <= kMostOriginsUnasked; ++i)
        text += "1|" + std::to_string(i) + "|-1\n";
    EXPECT_TRUE(std::holds_alternative<EveryAs>(usualOrigins(acyclicGraphOf(text))));
    text += "1|9999|-1\n";
    const AsOrigins origins = usualOrigins(acyclicGraphOf(text));
    ASSERT_TRUE(std::holds_alternative<std::vector<Asn>>(origins));
    EXPECT_THAT(std::get<std::vector<Asn>>(origins), ElementsAre(Asn::number(1)));
}

}  // namespace
}  // namespace peerscape
