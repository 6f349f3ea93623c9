/// The lines of route-maps on BGP's attributes: read, printed and refused. What they mean is tested where BGP
/// evaluates them.
#include "protocols/policy/attribute_clauses.hpp"

#include <gtest/gtest.h>

#include "tests/protocols/policy/reader.hpp"

namespace peerscape::policy {
namespace {

using test::Reader;

struct Line {
    const char* line;
    const char* printed;  ///< null: as it was read
};

constexpr Line kLines[] = {
    {"match as-path 1", nullptr},
    {"match community C exact-match", nullptr},
    {"match community 501", nullptr},
    {"match large-community L", nullptr},
    {"match large-community L exact-match", nullptr},
    {"match extcommunity E", nullptr},
    {"match local-preference 5", nullptr},
    {"match origin egp", nullptr},
    {"match peer 10.0.0.1", nullptr},
    {"match peer 2001:db8:0::1", "match peer 2001:db8::1"},
    {"match peer eth0", nullptr},
    {"match peer local", nullptr},
    {"match ip route-source ACL", nullptr},
    {"match ip route-source prefix-list PL", nullptr},
    {"match rpki notfound", nullptr},
    {"match rpki-extcommunity valid", "match rpki valid"},
    {"set as-path prepend 65001 1.10", "set as-path prepend 65001 65546"},
    {"set as-path prepend last-as 10", nullptr},
    {"set as-path exclude 65001", nullptr},
    {"set as-path replace any", nullptr},
    {"set as-path replace 0.65001", "set as-path replace 65001"},
    {"set aggregator as 1.0 10.0.0.1", "set aggregator as 65536 10.0.0.1"},
    {"set community 5:5 no-export 5:5", "set community 5:5 no-export"},
    {"set community 1:1 additive 0:2", "set community 0:2 1:1 additive"},
    {"set community none", nullptr},
    {"set comm-list C delete", nullptr},
    {"set large-community 2:2:2 1:1:1 additive", "set large-community 1:1:1 2:2:2 additive"},
    {"set large-community none", nullptr},
    {"set large-comm-list 5 delete", nullptr},
    {"set extcommunity rt 1:1 70000:2 1.2.3.4:5", "set extcommunity rt 1:1 1.2.3.4:5 70000:2"},
    {"set extcommunity soo 65001:9", nullptr},
    {"set extcommunity none", nullptr},
    {"set extcommunity bandwidth 25600 non-transitive", nullptr},
    {"set extcommunity bandwidth cumulative", nullptr},
    {"set extcommunity bandwidth num-multipaths", nullptr},
    {"set local-preference +4294967295", nullptr},
    {"set local-preference -1", nullptr},
    {"set local-preference 200", nullptr},
    {"set weight 4294967295", nullptr},
    {"set origin incomplete", nullptr},
    {"set atomic-aggregate", nullptr},
    {"set originator-id 1.2.3.4", nullptr},
    {"set aigp-metric igp-metric", nullptr},
    {"set aigp-metric 77", nullptr},
    {"set ip next-hop peer-address", nullptr},
    {"set ip next-hop unchanged", nullptr},
    {"set ipv6 next-hop peer-address", nullptr},
    {"set ipv6 next-hop prefer-global", nullptr},
};

TEST(AttributeClauses, ArePrintedAsTheyAreReadAndTakenBack) {
    for (const auto& [line, printed] : kLines) {
        Reader reader;
        ASSERT_EQ(reader.read("route-map RM permit 10"), "");
        const std::string empty = reader.print();
        EXPECT_EQ(reader.read(line), "") << line;
        EXPECT_TRUE(reader.print().contains(" " + std::string(printed == nullptr ? line : printed) + "\n"))
            << reader.print();
        EXPECT_TRUE(reader.warnings().empty()) << line;
        EXPECT_EQ(reader.read("no " + std::string(line)), "") << line;
        EXPECT_EQ(reader.print(), empty) << line;
    }
}

constexpr Line kRefused[] = {
    {"set community foo", "Malformed communities attribute 'foo'"},
    {"set community 70000:1", "Malformed communities attribute '70000:1'"},
    {"set community additive", "Malformed communities attribute ''"},
    {"set large-community 1:2", "Malformed communities attribute '1:2'"},
    {"set extcommunity rt 5", "Argument form is unsupported or malformed."},
    {"set local-preference foo", "Argument form is unsupported or malformed."},
    {"set local-preference 5000000000", "Argument form is unsupported or malformed."},
    {"set as-path prepend 0", "'0' is not an AS number; write 1 to 4294967295, or 1.10 for 65546"},
    {"set as-path exclude 5 x", "'x' is not an AS number; write 1 to 4294967295, or 1.10 for 65546"},
    {"set aggregator as x 1.2.3.4", "'x' is not an AS number; write 1 to 4294967295, or 1.10 for 65546"},
    {"no set weight", "there is no such line in the route-map entry"},
};

TEST(AttributeClauses, AreRefusedAtTheirLine) {
    for (const auto& [line, why] : kRefused) {
        Reader reader;
        ASSERT_EQ(reader.read("route-map RM permit 10"), "");
        EXPECT_EQ(reader.read(line), why) << line;
    }
    for (const char* line : {"match origin foo", "match as-path A B", "set as-path prepend last-as 11",
                             "set extcommunity bandwidth 25601", "match rpki maybe", "set aggregator as 5"}) {
        Reader reader;
        ASSERT_EQ(reader.read("route-map RM permit 10"), "");
        EXPECT_NE(reader.read(line), "") << line;
    }
}

struct Replaced {
    const char* lines;
    const char* left;  ///< what the entry holds
};

constexpr Replaced kReplaced[] = {
    {"match community A\nmatch community B exact-match", " match community B exact-match\n"},
    {"match peer local\nmatch peer 10.0.0.1", " match peer 10.0.0.1\n"},
    {"match ip route-source A\nmatch ip route-source prefix-list P\nmatch ip route-source B",
     " match ip route-source B\n match ip route-source prefix-list P\n"},
    {"set as-path prepend 5\nset as-path prepend last-as 3", " set as-path prepend last-as 3\n"},
    {"set community none\nset community 1:1", " set community 1:1\n"},
    {"set extcommunity rt 1:1\nset extcommunity soo 1:1\nset extcommunity rt 2:2",
     " set extcommunity rt 2:2\n set extcommunity soo 1:1\n"},
    {"set comm-list A delete\nset large-comm-list B delete\nset comm-list C delete",
     " set comm-list C delete\n set large-comm-list B delete\n"},
    {"set ip next-hop 1.2.3.4\nset ip next-hop unchanged", " set ip next-hop unchanged\n"},
    {"set ip next-hop peer-address\nset ip next-hop 1.2.3.4", " set ip next-hop 1.2.3.4\n"},
    {"set ipv6 next-hop peer-address\nset ipv6 next-hop prefer-global\nset ip next-hop peer-address",
     " set ipv6 next-hop peer-address\n set ipv6 next-hop prefer-global\n set ip next-hop peer-address\n"},
};

TEST(AttributeClauses, ASecondLineOfAKindReplacesTheFirst) {
    for (const auto& [lines, left] : kReplaced) {
        Reader reader;
        ASSERT_EQ(reader.read("route-map RM permit 10\n" + std::string(lines)), "") << lines;
        EXPECT_EQ(reader.print(), "route-map RM permit 10\n" + std::string(left) + "exit\n!\n");
    }
}

TEST(AttributeClauses, WhatNobodyModelsIsKeptWithAWarning) {
    const std::string text =
        "route-map RM permit 10\n match probability 50\n match source-vrf X\n match alias A\n set table 5\n"
        " set metric rtt\nexit\n!\n";
    Reader reader;
    ASSERT_EQ(reader.read(text), "");
    EXPECT_EQ(reader.print(), text);
    EXPECT_EQ(reader.warnings().size(), 5U);
    EXPECT_EQ(reader.warnings().front(),
              "'match probability' concerns attributes that no protocol modelled here has");
}

}  // namespace
}  // namespace peerscape::policy
