/// The lines, read, printed back and shown.
#include "protocols/policy/commands.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/protocols/policy/reader.hpp"

namespace peerscape::policy {
namespace {

using test::Reader;

constexpr const char* kEverything =
    R"(access-list 10 seq 5 permit 10.0.0.0 0.0.255.255
access-list 10 seq 10 deny 10.9.9.9
access-list 100 seq 5 permit ip host 10.0.0.0 255.255.0.0 0.0.255.0
access-list 100 seq 10 deny ip any any
access-list A remark the customers
access-list A seq 5 permit 10.0.0.0/8 exact-match
access-list A seq 10 deny any
ipv6 access-list A seq 5 permit 2001:db8::/32
!
ip prefix-list P description what we own
ip prefix-list P seq 5 permit 10.0.0.0/8 ge 16 le 24
ip prefix-list P seq 10 deny any
ipv6 prefix-list P seq 7 permit 2001:db8::/32 le 64
!
route-map RM permit 10
 description from customers
 match interface eth0
 match ip address A
 match ip address prefix-list P
 match ip next-hop prefix-len 32
 match ipv6 next-hop address 2001:db8::1
 match tag 5
 match source-protocol rip
 match ip next-hop type blackhole
 set metric +5
 set tag 9
 set distance 200
 set ip next-hop 192.0.2.1
 set ipv6 next-hop local fe80::1
 call SUB
 on-match goto 30
exit
!
route-map RM deny 20
 match metric 0
 on-match next
exit
!
route-map SUB permit 65535
exit
!
)";

TEST(PolicyCommands, PrintWhatTheyRead) {
    Reader reader;
    ASSERT_EQ(reader.read(kEverything), "");
    EXPECT_EQ(reader.print(), kEverything);
    EXPECT_TRUE(reader.warnings().empty());
}

TEST(PolicyCommands, PrintKeyChainsInFrontOfTheRest) {
    const std::string text = R"(key chain EMPTY
exit
!
key chain KC
 key 1
  key-string first one
 exit
 key 7
  key-string second
 exit
 key 9
 exit
exit
!
route-map RM permit 10
exit
!
)";
    Reader reader;
    ASSERT_EQ(reader.read(text), "");
    EXPECT_EQ(reader.print(), text);
}

TEST(PolicyCommands, KeysAreForgottenOneByOne) {
    Reader reader;
    ASSERT_EQ(reader.read("key chain KC\nkey 1\nkey-string a\nkey 2\nkey-string b\nno key-string\nno key 1"),
              "");
    EXPECT_EQ(reader.print(), "key chain KC\n key 2\n exit\nexit\n!\n");
    EXPECT_EQ(reader.read("exit\nexit\nno key chain OTHER"), "there is no such key chain");
}

TEST(PolicyCommands, PrintNothingWhenThereIsNothing) {
    Reader reader;
    EXPECT_EQ(reader.print(), "");
}

TEST(PolicyCommands, TakeBackEveryLineTheyPrint) {
    for (const auto line : split(kEverything, '\n')) {
        if (line.empty() || line == "!" || line == "exit" || line.front() == ' ') continue;
        Reader reader;
        EXPECT_EQ(reader.read(line), "") << line;
        EXPECT_EQ(reader.read("no " + std::string(line)), "") << line;
        EXPECT_EQ(reader.print(), "") << line;
    }
}

TEST(PolicyCommands, TakeBackEveryLineOfAnEntry) {
    for (const auto line : split(kEverything, '\n')) {
        if (line.empty() || line.front() != ' ') continue;
        Reader reader;
        ASSERT_EQ(reader.read("route-map RM permit 10"), "");
        const std::string empty = reader.print();
        EXPECT_EQ(reader.read(line), "") << line;
        EXPECT_NE(reader.print(), empty) << line;
        // FRR wants the jump taken back without its target.
        const std::string taken = line == " on-match goto 30" ? "on-match goto" : std::string(trim(line));
        EXPECT_EQ(reader.read("no " + taken), "") << line;
        EXPECT_EQ(reader.print(), empty) << line;
    }
}

TEST(PolicyCommands, NumberEntriesInStepsOfFive) {
    Reader reader;
    EXPECT_EQ(reader.read("ip prefix-list P permit 10.0.0.0/8\nip prefix-list P seq 12 permit 11.0.0.0/8\n"
                          "ip prefix-list P permit 12.0.0.0/8\naccess-list A permit any"),
              "");
    EXPECT_EQ(reader.print(),
              "access-list A seq 5 permit any\n!\nip prefix-list P seq 5 permit 10.0.0.0/8\n"
              "ip prefix-list P seq 12 permit 11.0.0.0/8\nip prefix-list P seq 17 permit 12.0.0.0/8\n!\n");
}

TEST(PolicyCommands, DoNotAddAnEntryTwice) {
    Reader reader;
    EXPECT_EQ(reader.read("ip prefix-list P permit 10.0.0.0/8\nip prefix-list P permit 10.0.0.0/8\n"
                          "ip prefix-list P seq 9 permit 10.0.0.0/8"),
              "");
    EXPECT_EQ(reader.print(), "ip prefix-list P seq 5 permit 10.0.0.0/8\n!\n");
}

TEST(PolicyCommands, ReplaceTheEntryOfTheSameNumber) {
    Reader reader;
    EXPECT_EQ(reader.read("ip prefix-list P seq 5 permit 10.0.0.0/8\nip prefix-list P seq 5 deny 11.0.0.0/8"),
              "");
    EXPECT_EQ(reader.print(), "ip prefix-list P seq 5 deny 11.0.0.0/8\n!\n");
}

TEST(PolicyCommands, RemoveByNumberAloneOrByContent) {
    Reader reader;
    EXPECT_EQ(
        reader.read("ip prefix-list P seq 5 permit 10.0.0.0/8\nip prefix-list P seq 6 permit 11.0.0.0/8\n"
                    "ip prefix-list P seq 7 permit any\nno ip prefix-list P seq 5\n"
                    "no ip prefix-list P permit 11.0.0.0/8"),
        "");
    EXPECT_EQ(reader.print(), "ip prefix-list P seq 7 permit any\n!\n");
    EXPECT_NE(reader.read("no ip prefix-list P seq 8"), "");
    EXPECT_NE(reader.read("no ip prefix-list Q"), "");
    EXPECT_EQ(reader.read("no ip prefix-list P"), "");
    EXPECT_EQ(reader.print(), "");
}

TEST(PolicyCommands, ReplaceAClauseOfTheSameKind) {
    Reader reader;
    EXPECT_EQ(reader.read("route-map RM permit 10\n match tag 5\n match tag 6\n match ip address A\n"
                          " match ip address prefix-list P\n set metric 5\n set metric -1"),
              "");
    EXPECT_EQ(reader.print(),
              "route-map RM permit 10\n match tag 6\n match ip address A\n"
              " match ip address prefix-list P\n set metric -1\nexit\n!\n");
}

TEST(PolicyCommands, ChangeTheActionOfAnEntryAndKeepWhatIsInIt) {
    Reader reader;
    EXPECT_EQ(reader.read("route-map RM permit 10\n match tag 5\nroute-map RM deny 10"), "");
    EXPECT_EQ(reader.print(), "route-map RM deny 10\n match tag 5\nexit\n!\n");
}

TEST(PolicyCommands, RefuseWhatMakesNoSense) {
    for (const char* line : {
             "ip prefix-list P permit 10.0.0.0/8 ge 7",
             "ip prefix-list P permit 10.0.0.0/8 le 7",
             "ip prefix-list P permit 10.0.0.0/8 ge 24 le 16",
             "ip prefix-list P permit 10.0.0.0/8 ge 33",
             "ip prefix-list P permit any le 24",
             "ip prefix-list P seq 0 permit any",
             "ipv6 prefix-list P permit 10.0.0.0/8",
             "access-list A permit 10.0.0.0/8 le 9",
             "ipv6 access-list A permit 10.0.0.0/8",
             "route-map RM permit 0",
             "route-map RM permit 65536",
             "route-map RM permit 10\n on-match goto 10",
             "route-map RM permit 10\n continue 9",
             "route-map RM permit 10\n set metric fast",
             "route-map RM permit 10\n set metric +",
             "route-map RM permit 10\n set metric 4294967296",
             "route-map RM permit 10\n match tag 0",
             "route-map RM permit 10\n set distance 0",
             "route-map RM permit 10\n match ipv6 address prefix-len 129",
             "route-map RM permit 10\n no match tag",
             "no route-map RM",
         }) {
        Reader reader;
        EXPECT_NE(reader.read(line), "") << line;
    }
}

TEST(PolicyCommands, WarnOfAProtocolThatNoRouterRuns) {
    Reader reader;
    EXPECT_EQ(reader.read("route-map RM permit 10\n match source-protocol ospf"), "");
    EXPECT_EQ(reader.warnings().size(), 1U);
    EXPECT_EQ(reader.print(), "route-map RM permit 10\n match source-protocol ospf\nexit\n!\n");
}

TEST(PolicyCommands, ReadLinesAboutBgpsAttributesWithoutAWord) {
    Reader reader;
    const std::string text =
        "route-map RM permit 10\n match as-path 1\n match community C exact-match\n match local-preference "
        "5\n"
        " set as-path prepend 65001 65001\n set local-preference 200\n set comm-list C delete\n"
        " set community 65000:1 additive\n set origin igp\nexit\n!\n";
    EXPECT_EQ(reader.read(text), "");
    EXPECT_EQ(reader.print(), text);
    EXPECT_TRUE(reader.warnings().empty());
}

TEST(PolicyShow, ShowsRouteMapsAsFrrDoes) {
    Reader reader;
    ASSERT_EQ(reader.read(kEverything), "");
    EXPECT_EQ(reader.show("show route-map SUB"),
              "ZEBRA:\nroute-map: SUB Invoked: 0 Optimization: enabled Processed Change: false\n"
              " permit, sequence 65535 Invoked 0\n  Match clauses:\n  Set clauses:\n  Call clause:\n"
              "  Action:\n    Exit routemap\n");
    const std::string all = reader.show("show route-map");
    EXPECT_NE(all.find("  Description:\n    from customers\n  Match clauses:\n    interface eth0\n"
                       "    ip address A\n    ip address prefix-list P\n"),
              std::string::npos);
    EXPECT_NE(all.find("  Call clause:\n    Call SUB\n  Action:\n    Goto 30\n"), std::string::npos);
    EXPECT_NE(all.find(" deny, sequence 20"), std::string::npos);
    EXPECT_NE(all.find("    Continue to next entry\n"), std::string::npos);
    EXPECT_EQ(reader.show("show route-map MISSING"), "ZEBRA: 'route-map MISSING' not found\n");
}

TEST(PolicyShow, ShowsPrefixListsAsFrrDoes) {
    Reader reader;
    ASSERT_EQ(reader.read(kEverything), "");
    EXPECT_EQ(reader.show("show ip prefix-list P"),
              "ZEBRA: ip prefix-list P: 2 entries\n   Description: what we own\n"
              "   seq 5 permit 10.0.0.0/8 ge 16 le 24\n   seq 10 deny any\n");
    EXPECT_EQ(reader.show("show ip prefix-list summary P"),
              "ZEBRA: ip prefix-list P:\n   Description: what we own\n"
              "   count: 2, range entries: 2, sequences: 5 - 10\n");
    EXPECT_EQ(reader.show("show ipv6 prefix-list detail"),
              "ZEBRA: ipv6 prefix-list P:\n   count: 1, range entries: 1, sequences: 7 - 7\n"
              "   seq 7 permit 2001:db8::/32 le 64 (hit count: 0, refcount: 0)\n");
    EXPECT_EQ(reader.show("show ip prefix-list MISSING"), "% Can't find specified prefix-list\n");
}

TEST(PolicyShow, ShowsAccessListsAsFrrDoes) {
    Reader reader;
    ASSERT_EQ(reader.read(kEverything), "");
    EXPECT_EQ(reader.show("show ip access-list"),
              "ZEBRA:\nStandard IP access list 10\n    seq 5 permit 10.0.0.0, wildcard bits 0.0.255.255\n"
              "    seq 10 deny   10.9.9.9\nExtended IP access list 100\n"
              "    seq 5 permit ip host 10.0.0.0 255.255.0.0 0.0.255.0\n    seq 10 deny   ip any any\n"
              "Zebra IP access list A\n    seq 5 permit 10.0.0.0/8 exact-match\n    seq 10 deny   any\n");
    EXPECT_EQ(reader.show("show ipv6 access-list A"),
              "ZEBRA:\nZebra IPv6  access list A\n    seq 5 permit 2001:db8::/32\n");
}

}  // namespace
}  // namespace peerscape::policy
