#include "scenarios/shell/operator_shell.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/shell/shell_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(OperatorShell, TakesAbbreviations) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_EQ(world.ask("A", "sh ip ro"), world.ask("A", "show ip route"));
    EXPECT_EQ(world.ask("A", "  sho int br "), world.ask("A", "show interface brief"));
}

TEST(OperatorShell, AnswersAnEmptyLineWithNothing) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_EQ(world.ask("A", ""), "");
    EXPECT_EQ(world.ask("A", "   "), "");
}

TEST(OperatorShell, SaysWhatItDoesNotUnderstandAsVtyshDoes) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_THAT(world.refusal("A", "show foo"), StartsWith("% Unknown command: show foo"));
    EXPECT_THAT(world.refusal("A", "show ip rotue"), HasSubstr("did you mean 'route'?"));
    EXPECT_THAT(world.refusal("A", "show ip"), StartsWith("% Command incomplete: show ip"));
    EXPECT_THAT(world.refusal("A", "show ip route 10.2.0.0/33"),
                StartsWith("% Unknown command: show ip route 10.2.0.0/33"));
}

TEST(OperatorShell, SaysPlainlyWhatIsNotModelled) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_EQ(world.refusal("A", "show ip ospf neighbor"),
              "% 'show ip ospf' is a command of FRR that Peerscape does not model");
}

TEST(OperatorShell, KeepsTheLinesThatAreAskedFor) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_EQ(world.ask("A", "show ip route | include 10\\.4\\.0"),
              "S>  10.4.0.0/16 [1/0] via 10.3.0.9 (recursive), weight 1, 00:00:03\n");
    EXPECT_EQ(world.ask("A", "show interface brief | exclude ^(eth|lo| |-|$)"),
              "Interface       Status  VRF             Addresses\n");
    EXPECT_EQ(world.ask("A", "show interface description | begin eth1"),
              "eth1            up      up        \nlo              up      up        \n");
    EXPECT_EQ(world.ask("A", "show ip route | count ^C>"), "3\n");
    EXPECT_EQ(world.refusal("A", "show ip route | foo S"), "% Unknown action 'foo'");
    EXPECT_EQ(world.refusal("A", "show ip route | include"), "% 'include' needs a regular expression");
    EXPECT_EQ(world.refusal("A", "show ip route | include ("), "% '(' is not a regular expression");
}

TEST(OperatorShell, PrintsTheConfigurationWithTheRoutersName) {
    const ShellWorld world = makeFrrWorld();
    const std::string text = world.ask("A", "show running-config");
    EXPECT_THAT(text,
                StartsWith("Building configuration...\n\nCurrent configuration:\n!\nfrr version 8.4.4\n"));
    EXPECT_THAT(text, HasSubstr("\nhostname A\n"));
    EXPECT_THAT(text, HasSubstr("\nip route 10.3.0.0/16 1.1.1.2 tag 77\n"));
    EXPECT_TRUE(text.ends_with("\nend\n"));
    EXPECT_EQ(world.ask("A", "write terminal"), text);
    EXPECT_EQ(world.ask("A", "show version"), "FRRouting 8.4.4 (A), simulated by Peerscape.\n");
}

TEST(OperatorShell, ProtocolsShowAndAct) {
    const ShellWorld world = makeFrrWorld();
    Protocol protocol;
    protocol.id = ProtocolId(77);
    protocol.name = "test";
    protocol.operatorCommands = {
        {"show test [detail]",
         "Shows.",
         [](const ShowContext& context, const Arguments& arguments) {
             return std::string(context.hostname) + (context.process == nullptr ? " without process" : "") +
                    (arguments.has("detail") ? " in detail\n" : "\n");
         },
         {}},
        {"clear test", "Acts.", nullptr, {"clear", "all"}},
        {"clear test A.B.C.D$address IFNAME$interface", "Acts on one.", nullptr, {"clear"}},
    };
    const OperatorShell shell({protocol});
    EXPECT_EQ(shell.run(world.simulation(), world.node("B"), "show test det")->text,
              "B without process in detail\n");

    const auto acted = shell.run(world.simulation(), world.node("B"), "cl te");
    ASSERT_EQ(acted->actions.size(), 1U);
    EXPECT_EQ(acted->text, "");
    EXPECT_EQ(acted->actions[0].text, "B: clear test");
    const auto& command = std::get<action::Command>(acted->actions[0].what);
    EXPECT_EQ(command.node, world.node("B"));
    EXPECT_EQ(command.protocol, ProtocolId(77));
    EXPECT_EQ(command.words, (std::vector<std::string>{"clear", "all"}));

    // What the pattern names comes behind the words.
    const auto one = shell.run(world.simulation(), world.node("B"), "cl te 1.1.1.1 eth0");
    ASSERT_EQ(one->actions.size(), 1U);
    EXPECT_EQ(one->actions[0].text, "B: clear test 1.1.1.1 eth0");
    EXPECT_EQ(std::get<action::Command>(one->actions[0].what).words,
              (std::vector<std::string>{"clear", "1.1.1.1", "eth0"}));
}

TEST(OperatorShell, KnowsTheCataloguesCommandsAndThoseOfPolicies) {
    ShellWorld world = makeFrrWorld();
    world.configure("A", "router rip\n network eth0\nexit\nip prefix-list P seq 5 permit 10.0.0.0/8\n");
    EXPECT_THAT(world.ask("A", "show ip rip status"), HasSubstr("Routing Protocol is \"rip\""));
    EXPECT_THAT(world.ask("A", "show ip prefix-list"), HasSubstr("10.0.0.0/8"));
    EXPECT_EQ(world.run("A", "clear ip rip")->actions.size(), 1U);
}

TEST(OperatorShell, ProtocolsThatDoNotRunAnswerToo) {
    const ShellWorld world = makeFrrWorld();
    for (const char* line : {"show ip rip", "show ip rip status", "show ipv6 ripng", "show ipv6 ripng status",
                             "show route-map", "show ip prefix-list", "show ipv6 access-list",
                             "show ip eigrp traffic", "show ipv6 eigrp topology summary",
                             "show ip eigrp topology 10.0.0.0/8", "show ipv6 eigrp topology active"}) {
        EXPECT_TRUE(world.run("C", line).has_value()) << line;
    }
}

TEST(OperatorShell, AnyMixtureOfWordsIsAnsweredOrRefused) {
    const ShellWorld world = makeFrrWorld();
    const std::vector<std::string> words{"show",      "ip",
                                         "ipv6",      "route",
                                         "interface", "eth0",
                                         "json",      "10.2.0.0/16",
                                         "10.2.3.4",  "fe80::/64",
                                         "ping",      "traceroute",
                                         "-c",        "-I",
                                         "-",         "1",
                                         "0",         "99999999999999999999",
                                         "|",         "include",
                                         "(",         "count",
                                         "source",    "clear",
                                         "rip",       "longer-prefixes",
                                         "A",         "\xff",
                                         "%n"};
    RandomStream random(1, "shell", "nonsense");
    std::size_t refused = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string line;
        for (std::uint64_t length = random.below(7); length > 0; --length)
            line += words[random.below(words.size())] + " ";
        const auto answer = world.run("A", line);
        if (answer) continue;
        ++refused;
        EXPECT_FALSE(answer.error().message.empty()) << line;
    }
    EXPECT_GT(refused, 1000U);
    EXPECT_LT(refused, 3000U);
}

TEST(OperatorShell, CompletesTheNextWord) {
    const OperatorShell shell;
    const auto texts = [&](std::string_view line) {
        std::vector<std::string> result;
        for (const Completion& completion : shell.complete(line))
            result.push_back(completion.text);
        return result;
    };
    EXPECT_THAT(texts("show in"), testing::ElementsAre("interface"));
    EXPECT_THAT(texts("show interface "),
                testing::IsSupersetOf({"brief", "description", "json", "IFNAME", "<cr>"}));
    EXPECT_THAT(texts(""), testing::IsSupersetOf({"show", "ping", "traceroute", "clear"}));
}

}  // namespace
}  // namespace peerscape
