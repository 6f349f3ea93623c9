#include <gtest/gtest.h>

#include "scenarios/format/lab_reader.hpp"

namespace peerscape {
namespace {

std::vector<std::string> warnings(const std::string& text) {
    std::vector<std::string> all;
    for (const Diagnostic& diagnostic : readLab("peerscape: 1\n" + text, "lab.yaml").diagnostics)
        all.push_back(toString(diagnostic));
    return all;
}
using Lines = std::vector<std::string>;

TEST(AsNumberWarnings, NobodyCanHaveAReservedNumber) {
    EXPECT_EQ(warnings("groups:\n  g: {asn: 23456}\nrouters:\n  A: {asn: 65535}\n  B: {asn: 65534}\n"),
              (Lines{"lab.yaml:3:3: warning: AS 23456 stands for numbers of four octets in old messages "
                     "(RFC 6793): nobody can have it",
                     "lab.yaml:5:3: warning: AS 65535 is reserved (RFC 7300): nobody can have it"}));
}

TEST(AsNumberWarnings, TwoGroupsWithOneNumberNeedALink) {
    const std::string two =
        "groups: {one: {asn: 65001}, two: {asn: 65001}}\nrouters: {A: {group: one}, B: {group: two}}\n";
    EXPECT_EQ(
        warnings(two),
        (Lines{"lab.yaml:2:29: warning: group 'two' has the number of group 'one', AS 65001, and no link "
               "leads from one to the other: each takes the other's routes for a loop"}));
    EXPECT_EQ(warnings(two + "links: [{ends: [\"A:eth0\", \"B:eth0\"]}]\n"), Lines());
    EXPECT_EQ(warnings("groups: {as: {}, one: {asn: 65001, parent: as}, two: {asn: 65001, parent: as}}\n"),
              Lines());
    EXPECT_EQ(warnings("groups: {one: {asn: 65001}, two: {asn: 65001, parent: one}}\n"), Lines());
}

TEST(AsNumberWarnings, AMultihomedAsHasTwoProviders) {
    const std::string lab =
        "groups: {c: {asn: 65001, title: Multihomed customer}}\n"
        "routers: {C: {group: c}, P: {asn: 65002}, Q: {asn: 65003}}\n"
        "links:\n  - {ends: [\"C:eth0\", \"P:eth0\"], relation: customer-provider}\n"
        "  - {ends: [\"C:eth1\", \"P:eth1\"], relation: customer-provider}\n";
    EXPECT_EQ(warnings(lab),
              (Lines{"lab.yaml:2:10: warning: group 'c' is called multihomed, and has one provider "
                     "only, AS 65002"}));
    EXPECT_EQ(warnings(lab + "  - {ends: [\"C:eth2\", \"Q:eth0\"], relation: customer-provider}\n"), Lines());
}

}  // namespace
}  // namespace peerscape
