// Every kind of expectation, satisfied and not: the verdict, and what a failure says was expected and found.
#include "scenarios/world/expectations.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;

/// One expectation of a step after the start.
struct Claim {
    const char* name;
    const std::string* lab;
    std::string actions;
    std::string claim;
    Verdict verdict;
    std::string expected;
    std::string actual;
};

void PrintTo(const Claim& claim, std::ostream* out) { *out << claim.claim; }

class EachClaim : public testing::TestWithParam<Claim> {};

TEST_P(EachClaim, IsJudgedAndExplained) {
    const Claim& p = GetParam();
    const FinishedRun run = runLab(withStep(*p.lab, p.actions, p.claim));
    ASSERT_FALSE(run.last().actionFailure.has_value()) << toString(*run.last().actionFailure);
    EXPECT_EQ(toString(run.expectation().verdict), toString(p.verdict));
    EXPECT_EQ(run.expectation().expected, p.expected);
    EXPECT_EQ(run.expectation().actual, p.actual);
    EXPECT_EQ(run.expectation().firstWrongAt.has_value(), p.verdict == Verdict::Fail);
    EXPECT_EQ(run.result.hasFailures(), p.verdict == Verdict::Fail);
}

std::string nameOf(const testing::TestParamInfo<Claim>& info) { return info.param.name; }

const std::string kCut = "{fail: bc}";
const std::string kForgetLink =
    "{configure: {router: C, lines: [no ip route 1.1.1.0/30 2.2.2.1]}}, {wait: 1s}";
constexpr Verdict kPass = Verdict::Pass;
constexpr Verdict kFail = Verdict::Fail;

INSTANTIATE_TEST_SUITE_P(Converged, EachClaim,
                         testing::Values(Claim{"Plain", &kStaticLine, kCut, "{converged: true}", kPass,
                                               "converged", "converged after 0 s"},
                                         Claim{"InTime", &kRipLine, kCut, "{converged: {within: 2ms}}", kPass,
                                               "converged within 2 ms", "converged after 2 ms"},
                                         Claim{"TooLate", &kRipLine, kCut, "{converged: {within: 1999us}}",
                                               kFail, "converged within 1.999 ms", "converged after 2 ms"},
                                         Claim{"Contrary", &kStaticLine, kCut, "{converged: true, not: true}",
                                               kFail, "not: converged", "converged after 0 s"}),
                         nameOf);

INSTANTIATE_TEST_SUITE_P(
    Reaches, EachClaim,
    testing::Values(Claim{"Plain", &kStaticLine, "", "{reaches: {from: A, to: 10.3.0.1}}", kPass,
                          "A reaches 10.3.0.1", "reaches it, way: A, B, C"},
                    Claim{"Not", &kStaticLine, kCut, "{reaches: {from: A, to: 10.3.0.1}}", kFail,
                          "A reaches 10.3.0.1", "unreachable, way: A, B"},
                    Claim{"ByName", &kStaticLine, "", "{reaches: {from: A, to: C}}", kPass, "A reaches C",
                          "reaches it, way: A, B, C"},
                    Claim{"Path", &kStaticLine, "", "{reaches: {from: A, to: 10.3.0.1, path: [A, \"?\", C]}}",
                          kPass, "A reaches 10.3.0.1 by A, ?, C", "reaches it, way: A, B, C"},
                    Claim{"OtherPath", &kStaticLine, "", "{reaches: {from: A, to: 10.3.0.1, path: [A, C]}}",
                          kFail, "A reaches 10.3.0.1 by A, C", "reaches it, way: A, B, C"},
                    Claim{"Via", &kStaticLine, "", "{reaches: {from: A, to: 10.3.0.1, via: [B]}}", kPass,
                          "A reaches 10.3.0.1 via B", "reaches it, way: A, B, C"},
                    Claim{"ViaOther", &kStaticLine, "", "{reaches: {from: B, to: 10.3.0.1, via: A}}", kFail,
                          "B reaches 10.3.0.1 via A", "reaches it, way: B, C"},
                    Claim{"Avoids", &kStaticLine, "", "{reaches: {from: B, to: 10.3.0.1, avoids: A}}", kPass,
                          "B reaches 10.3.0.1 avoiding A", "reaches it, way: B, C"},
                    Claim{"AvoidsWhatLiesOnTheWay", &kStaticLine, "",
                          "{reaches: {from: A, to: 10.3.0.1, avoids: B}}", kFail,
                          "A reaches 10.3.0.1 avoiding B", "reaches it, way: A, B, C"},
                    // C has a route back to 10.1.0.1, but none to the link between A and B.
                    Claim{"FromAnAddress", &kStaticLine, kForgetLink,
                          "{reaches: {from: A, to: 10.3.0.1, source: 10.1.0.1}}", kPass, "A reaches 10.3.0.1",
                          "reaches it, way: A, B, C"},
                    Claim{"FromTheInterface", &kStaticLine, kForgetLink, "{reaches: {from: A, to: 10.3.0.1}}",
                          kFail, "A reaches 10.3.0.1", "no-reply, way: A, B"}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Unreachable, EachClaim,
    testing::Values(
        Claim{"Plain", &kStaticLine, kCut, "{unreachable: {from: A, to: 10.3.0.1}}", kPass,
              "A does not reach 10.3.0.1", "unreachable, way: A, B"},
        Claim{"Reached", &kStaticLine, "", "{unreachable: {from: A, to: 10.3.0.1}}", kFail,
              "A does not reach 10.3.0.1", "reaches it, way: A, B, C"},
        Claim{"Disposition", &kStaticLine, kCut,
              "{unreachable: {from: A, to: 10.3.0.1, disposition: unreachable}}", kPass,
              "A does not reach 10.3.0.1: unreachable", "unreachable, way: A, B"},
        Claim{"OtherDisposition", &kStaticLine, "{fail_silently: bc}",
              "{unreachable: {from: A, to: 10.3.0.1, disposition: loop}}", kFail,
              "A does not reach 10.3.0.1: loop", "no-reply, way: A, B"},
        Claim{"ALoopExceedsTtlToo", &kStaticLine,
              "{configure: {router: A, lines: [ip route 10.9.0.0/16 1.1.1.2]}}, {configure: {router: B, "
              "lines: [ip route 10.9.0.0/16 1.1.1.1]}}, {wait: 1s}",
              "{unreachable: {from: A, to: 10.9.0.1, disposition: ttl-exceeded}}", kPass,
              "A does not reach 10.9.0.1: ttl-exceeded",
              "loop, way: A, B, A, B, A, B, A, B, A, B, A, B, A, B, A, B, A, B, A, B, A, B, A, B, A, B, A, "
              "B, A, B, A"}),
    nameOf);

const std::string kRoute = "{route: {router: A, prefix: 10.3.0.0/16";
const std::string kRipFound = "rip [120/3] via 1.1.1.2 (B), eth0";
const std::string kHas = "A has a route to 10.3.0.0/16";

const std::string kTwoHops =
    "{configure: {router: A, lines: [ip route 10.8.0.0/16 1.1.1.2, ip route 10.8.0.0/16 10.1.0.9]}}, {wait: "
    "1s}";
const std::string kTwoHopsFound = "static [1/0] via 1.1.1.2 (B), eth0 and via 10.1.0.9, stub0";

INSTANTIATE_TEST_SUITE_P(
    Route, EachClaim,
    testing::Values(
        Claim{"Plain", &kRipLine, "", kRoute + "}}", kPass, kHas, kRipFound},
        Claim{"None", &kRipLine, kCut, kRoute + "}}", kFail, kHas, "no route"},
        Claim{"NoneIsRight", &kRipLine, kCut, kRoute + "}, not: true}", kPass, "not: " + kHas, "no route"},
        Claim{"Protocol", &kRipLine, "", kRoute + ", protocol: rip}}", kPass, kHas + " by rip", kRipFound},
        Claim{"OtherProtocol", &kRipLine, "", kRoute + ", protocol: static}}", kFail, kHas + " by static",
              kRipFound},
        Claim{"Metric", &kRipLine, "", kRoute + ", metric: 3}}", kPass, kHas + ", metric 3", kRipFound},
        Claim{"OtherMetric", &kRipLine, "", kRoute + ", metric: 2}}", kFail, kHas + ", metric 2", kRipFound},
        Claim{"Distance", &kRipLine, "", kRoute + ", distance: 120}}", kPass, kHas + ", distance 120",
              kRipFound},
        Claim{"OtherDistance", &kRipLine, "", kRoute + ", distance: 1}}", kFail, kHas + ", distance 1",
              kRipFound},
        Claim{"Tag", &kRipLine, "", kRoute + ", tag: 0}}", kPass, kHas + ", tag 0", kRipFound},
        Claim{"OtherTag", &kRipLine, "", kRoute + ", tag: 7}}", kFail, kHas + ", tag 7", kRipFound},
        Claim{"ViaNode", &kRipLine, "", kRoute + ", via: B}}", kPass, kHas + ", via B", kRipFound},
        Claim{"ViaOtherNode", &kRipLine, "", kRoute + ", via: C}}", kFail, kHas + ", via C", kRipFound},
        Claim{"ViaAddress", &kRipLine, "", kRoute + ", via: 1.1.1.2}}", kPass, kHas + ", via 1.1.1.2",
              kRipFound},
        Claim{"ViaOtherAddress", &kRipLine, "", kRoute + ", via: 1.1.1.1}}", kFail, kHas + ", via 1.1.1.1",
              kRipFound},
        Claim{"Interface", &kRipLine, "", kRoute + ", interface: eth0}}", kPass, kHas + ", out of eth0",
              kRipFound},
        Claim{"OtherInterface", &kRipLine, "", kRoute + ", interface: eth1}}", kFail, kHas + ", out of eth1",
              kRipFound},
        Claim{"NextHopCount", &kRipLine, "", kRoute + ", next-hops: 1}}", kPass, kHas + ", 1 next hops",
              kRipFound},
        Claim{"OtherNextHopCount", &kRipLine, "", kRoute + ", next-hops: 2}}", kFail, kHas + ", 2 next hops",
              kRipFound},
        Claim{"NextHops", &kRipLine, "", kRoute + ", next-hops: [B]}}", kPass, kHas + ", next hops B",
              kRipFound},
        Claim{"MoreNextHops", &kRipLine, "", kRoute + ", next-hops: [B, C]}}", kFail,
              kHas + ", next hops B and C", kRipFound},
        Claim{"OneOfTwoNextHops", &kStaticLine, kTwoHops, "{route: {router: A, prefix: 10.8.0.0/16, via: B}}",
              kPass, "A has a route to 10.8.0.0/16, via B", kTwoHopsFound},
        Claim{"NotTheOnlyNextHop", &kStaticLine, kTwoHops,
              "{route: {router: A, prefix: 10.8.0.0/16, next-hops: [B]}}", kFail,
              "A has a route to 10.8.0.0/16, next hops B", kTwoHopsFound},
        Claim{"Connected", &kStaticLine, "",
              "{route: {router: A, prefix: 1.1.1.0/30, protocol: connected, via: connected}}", kPass,
              "A has a route to 1.1.1.0/30 by connected, via connected", "connected [0/0] directly on eth0"},
        Claim{"Blackhole", &kStaticLine,
              "{configure: {router: A, lines: [ip route 10.8.0.0/16 Null0 tag 5]}}, {wait: 1s}",
              "{route: {router: A, prefix: 10.8.0.0/16, via: blackhole, tag: 5}}", kPass,
              "A has a route to 10.8.0.0/16, tag 5, via blackhole", "static [1/0] blackhole, tag 5"},
        Claim{"RejectIsNoBlackhole", &kStaticLine,
              "{configure: {router: A, lines: [ip route 10.8.0.0/16 reject]}}, {wait: 1s}",
              "{route: {router: A, prefix: 10.8.0.0/16, via: blackhole}}", kFail,
              "A has a route to 10.8.0.0/16, via blackhole", "static [1/0] reject"}),
    nameOf);

const std::string kMakeLoop =
    "{configure: {router: B, lines: [no ip route 10.3.0.0/16 2.2.2.2, ip route 10.3.0.0/16 1.1.1.1]}}, "
    "{wait: 1s}";
const std::string kMakeHole =
    "{configure: {router: B, lines: [no ip route 10.3.0.0/16 2.2.2.2]}}, {wait: 1s}";

INSTANTIATE_TEST_SUITE_P(
    Forwarding, EachClaim,
    testing::Values(
        Claim{"NoLoops", &kStaticLine, "", "{no-loops: true}", kPass, "no forwarding loop", "no loop"},
        Claim{"ALoop", &kStaticLine, kMakeLoop, "{no-loops: true}", kFail, "no forwarding loop",
              "packets for 10.3.0.0/16 go round A, B"},
        Claim{"ALoopIsRight", &kStaticLine, kMakeLoop, "{no-loops: true, not: true}", kPass,
              "not: no forwarding loop", "packets for 10.3.0.0/16 go round A, B"},
        Claim{"NoBlackHoles", &kStaticLine, "", "{no-black-holes: true}", kPass, "no black hole", "none"},
        Claim{"ABlackHole", &kStaticLine, kMakeHole, "{no-black-holes: true}", kFail, "no black hole",
              "packets for 10.3.0.0/16 end at B: no route"}),
    nameOf);

const std::string kFlowLine =
    kStaticLine + "flows: [{name: f, from: A, to: 10.3.0.1, source: 10.1.0.1, rate: 10/s, start: 1s}]\n";

INSTANTIATE_TEST_SUITE_P(
    Lost, EachClaim,
    testing::Values(Claim{"None", &kFlowLine, "{wait: 2s}", "{lost: {flow: f, at-most: 0}}", kPass,
                          "packets lost, at most 0", "0 lost"},
                    Claim{"AsManyAsItFailed", &kFlowLine, "{fail_silently: bc, for: 2s}, {wait: 5s}",
                          "{lost: {flow: f, at-least: 20, at-most: 20}}", kPass,
                          "packets lost, at least 20, at most 20", "20 lost"},
                    Claim{"TooMany", &kFlowLine, "{fail_silently: bc, for: 2s}, {wait: 5s}",
                          "{lost: {flow: f, at-most: 19}}", kFail, "packets lost, at most 19", "20 lost"},
                    Claim{"TooFew", &kFlowLine, "{fail_silently: bc, for: 2s}, {wait: 5s}",
                          "{lost: {flow: f, at-least: 21}}", kFail, "packets lost, at least 21", "20 lost"},
                    Claim{"ByItsEnds", &kFlowLine, "{fail_silently: bc, for: 2s}, {wait: 5s}",
                          "{lost: {from: A, to: 10.3.0.1, at-most: 0}}", kFail, "packets lost, at most 0",
                          "20 lost"}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Show, EachClaim,
    testing::Values(
        Claim{"Contains", &kRipLine, "",
              "{show: {router: A, command: show ip route json, contains: {10.3.0.0/16: [{protocol: rip, "
              "metric: 3}]}}}",
              kPass, "'show ip route json' on A shows what is claimed", "as claimed"},
        Claim{"ContainsNot", &kRipLine, "",
              "{show: {router: A, command: show ip route json, contains: {10.9.0.0/16: []}}}", kFail,
              "'show ip route json' on A shows what is claimed", "10.9.0.0/16 is missing"},
        Claim{"Lines", &kStaticLine, "",
              "{show: {router: A, command: show ip prefix-list, lacks: [nothing], text: []}}", kPass,
              "'show ip prefix-list' on A shows what is claimed", "as claimed"},
        Claim{"WholeLine", &kStaticLine, "",
              "{show: {router: A, command: show version, lines: [\"FRRouting 8.4.4 (A), simulated by "
              "Peerscape.\"]}}",
              kPass, "'show version' on A shows what is claimed", "as claimed"},
        Claim{"PartOfALine", &kStaticLine, "",
              "{show: {router: A, command: show version, lines: [FRRouting 8.4.4]}}", kFail,
              "'show version' on A shows what is claimed", "there is no line 'FRRouting 8.4.4'"},
        Claim{"Text", &kStaticLine, "",
              "{show: {router: A, command: show version, text: [FRRouting, simulated]}}", kPass,
              "'show version' on A shows what is claimed", "as claimed"},
        Claim{"AllThatIsWrong", &kStaticLine, "",
              "{show: {router: A, command: show version, text: [Cisco], lacks: [simulated], contains: {}}}",
              kFail, "'show version' on A shows what is claimed",
              "the answer is not JSON; does the command end in 'json'?; 'Cisco' does not occur; 'simulated' "
              "occurs"},
        Claim{"NoSuchCommand", &kStaticLine, "", "{show: {router: A, command: show foo, text: [x]}}", kFail,
              "'show foo' on A shows what is claimed",
              "% Unknown command: show foo ('foo' does not fit here: expected bgp, interface, ip, ipv6, "
              "route-map, "
              "running-config or version)"}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Rip, EachClaim,
    testing::Values(
        Claim{"Learned", &kRipLine, "", "{rip: {router: A, prefix: 10.3.0.0/16, metric: 3, from: B}}", kPass,
              "RIP on A has 10.3.0.0/16 with metric 3 from B", "metric 3 from 1.1.1.2 (B)"},
        Claim{"FromAddress", &kRipLine, "", "{rip: {router: A, prefix: 10.3.0.0/16, from: 1.1.1.2}}", kPass,
              "RIP on A has 10.3.0.0/16 from 1.1.1.2", "metric 3 from 1.1.1.2 (B)"},
        Claim{"FromOther", &kRipLine, "", "{rip: {router: A, prefix: 10.3.0.0/16, from: C}}", kFail,
              "RIP on A has 10.3.0.0/16 from C", "metric 3 from 1.1.1.2 (B)"},
        Claim{"OtherMetric", &kRipLine, "", "{rip: {router: A, prefix: 10.3.0.0/16, metric: 2}}", kFail,
              "RIP on A has 10.3.0.0/16 with metric 2", "metric 3 from 1.1.1.2 (B)"},
        Claim{"Nothing", &kRipLine, "", "{rip: {router: A, prefix: 10.9.0.0/16}}", kFail,
              "RIP on A has 10.9.0.0/16", "not in RIP's table"},
        Claim{"NoRip", &kStaticLine, "", "{rip: {router: A, prefix: 10.3.0.0/16}}", kFail,
              "RIP on A has 10.3.0.0/16", "RIP does not run"},
        // What RIP announces itself stands in its table too, and so does what it is withdrawing.
        Claim{"Own", &kRipLine, "", "{rip: {router: C, prefix: 10.3.0.0/16, metric: 1}}", kPass,
              "RIP on C has 10.3.0.0/16 with metric 1", "metric 1, its own"},
        Claim{"Withdrawn", &kRipLine, kCut, "{rip: {router: A, prefix: 10.3.0.0/16, metric: 16}, at: 1s}",
              kPass, "RIP on A has 10.3.0.0/16 with metric 16", "metric 16 from 1.1.1.2 (B)"}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Messages, EachClaim,
    testing::Values(Claim{"None", &kStaticLine, "{wait: 10s}", "{messages: {protocol: rip, at-most: 0}}",
                          kPass, "rip messages, at most 0", "0"},
                    Claim{"TooFew", &kStaticLine, "", "{messages: {protocol: rip, router: A, at-least: 1}}",
                          kFail, "rip messages sent by A, at least 1", "0"}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Config, EachClaim,
    testing::Values(
        Claim{"Contains", &kRipLine, "",
              "{config: {router: A, contains: [router rip, timers basic 5 15 10], lacks: [redistribute "
              "static]}}",
              kPass, "the running configuration of A is as claimed", "as claimed"},
        Claim{"Lacks", &kRipLine, "", "{config: {router: A, contains: [router bgp 1], lacks: [router rip]}}",
              kFail, "the running configuration of A is as claimed",
              "there is no line 'router bgp 1'; there is a line 'router rip'"}),
    nameOf);

/// A (AS 65001) - ab - B (AS 65002) - bc - C (AS 65003): C's network has AS path 65002 65003 at A. B has a
/// path of its own to it, by a static route, that loses. B and A have a second neighbour that nobody answers
/// for.
const std::string kBgpLine =
    "peerscape: 1\n"
    "title: BGP line\n"
    "routers:\n"
    "  A:\n"
    "    config: |\n"
    "      router bgp 65001\n"
    "       no bgp ebgp-requires-policy\n"
    "       neighbor 1.1.1.2 remote-as 65002\n"
    "       neighbor 9.9.9.9 remote-as 65009\n"
    "  B:\n"
    "    config: |\n"
    "      route-map LOW permit 10\n"
    "       set local-preference 50\n"
    "       set metric 7\n"
    "       set community 65002:1 65002:2\n"
    "      router bgp 65002\n"
    "       no bgp ebgp-requires-policy\n"
    "       neighbor 1.1.1.1 remote-as 65001\n"
    "       neighbor 2.2.2.2 remote-as 65003\n"
    "       neighbor 2.2.2.6 remote-as 65003\n"
    "       address-family ipv4 unicast\n"
    "        neighbor 2.2.2.6 route-map LOW in\n"
    "  C:\n"
    "    config: |\n"
    "      router bgp 65003\n"
    "       no bgp ebgp-requires-policy\n"
    "       neighbor 2.2.2.1 remote-as 65002\n"
    "       neighbor 2.2.2.5 remote-as 65002\n"
    "       address-family ipv4 unicast\n"
    "        network 10.3.0.0/16\n"
    "links:\n"
    "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}, delay: 2ms}\n"
    "  - {name: bc, ends: {\"B:eth1\": [2.2.2.1/30], \"C:eth0\": [2.2.2.2/30]}, delay: 2ms}\n"
    "  - {name: bc2, ends: {\"B:eth2\": [2.2.2.5/30], \"C:eth2\": [2.2.2.6/30]}, delay: 2ms}\n"
    "lans:\n"
    "  - {name: lan-c, ends: {\"C:lan0\": [10.3.0.1/16]}}\n";
const std::string kPathOfA =
    "AS path 65002 65003, next hop 1.1.1.2 (B), local preference 100, origin igp, from 1.1.1.2 (B)";
const std::string kUnreachable =
    "Active: the peer is on no network of this router, and ebgp-multihop is not configured; connects again "
    "in "
    "44 s, or the peer does";
const std::string kPathOfB =
    "AS path 65003, next hop 2.2.2.2 (C), local preference 100, MED 0, origin igp, from 2.2.2.2 (C)";

INSTANTIATE_TEST_SUITE_P(
    Session, EachClaim,
    testing::Values(Claim{"Up", &kBgpLine, "", "{session: {router: A, neighbor: B}}", kPass,
                          "the session of A with B is Established", "Established"},
                    Claim{"ByAddress", &kBgpLine, "",
                          "{session: {router: A, neighbor: 1.1.1.2, state: Idle}}", kFail,
                          "the session of A with 1.1.1.2 is Idle", "Established"},
                    Claim{"Contrary", &kBgpLine, "", "{session: {router: A, neighbor: B}, not: true}", kFail,
                          "not: the session of A with B is Established", "Established"},
                    Claim{"ItsReason", &kBgpLine, "",
                          "{session: {router: A, neighbor: 9.9.9.9, state: Active, reason: on no network}}",
                          kPass, "the session of A with 9.9.9.9 is Active because 'on no network'",
                          kUnreachable},
                    Claim{"AnotherReason", &kBgpLine, "",
                          "{session: {router: A, neighbor: 9.9.9.9, state: Active, reason: hold time}}",
                          kFail, "the session of A with 9.9.9.9 is Active because 'hold time'", kUnreachable},
                    Claim{"Unknown", &kBgpLine, "", "{session: {router: A, neighbor: C}}", kFail,
                          "the session of A with C is Established", "C is no neighbor that is configured"},
                    Claim{"NoBgp", &kStaticLine, "", "{session: {router: A, neighbor: B}}", kFail,
                          "the session of A with B is Established", "BGP does not run"}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Best, EachClaim,
    testing::Values(
        Claim{"Path", &kBgpLine, "", "{best: {router: A, prefix: 10.3.0.0/16, as-path: [65002, 65003]}}",
              kPass, "A has a best path to 10.3.0.0/16: AS path 65002 65003", kPathOfA},
        Claim{"PathAsText", &kBgpLine, "", "{best: {router: A, prefix: 10.3.0.0/16, as-path: 65002 65003}}",
              kPass, "A has a best path to 10.3.0.0/16: AS path 65002 65003", kPathOfA},
        Claim{"AnotherPath", &kBgpLine, "", "{best: {router: A, prefix: 10.3.0.0/16, as-path: [65002]}}",
              kFail, "A has a best path to 10.3.0.0/16: AS path 65002", kPathOfA},
        Claim{"AllAttributes", &kBgpLine, "",
              "{best: {router: B, prefix: 10.3.0.0/16, next-hop: 2.2.2.2, neighbor: C, local-pref: 100, med: "
              "0, "
              "origin: igp}}",
              kPass,
              "B has a best path to 10.3.0.0/16: next hop 2.2.2.2, local preference 100, MED 0, origin igp, "
              "from C",
              kPathOfB},
        Claim{"NextHop", &kBgpLine, "", "{best: {router: A, prefix: 10.3.0.0/16, next-hop: C}}", kFail,
              "A has a best path to 10.3.0.0/16: next hop C", kPathOfA},
        Claim{"LocalPreference", &kBgpLine, "", "{best: {router: A, prefix: 10.3.0.0/16, local-pref: 50}}",
              kFail, "A has a best path to 10.3.0.0/16: local preference 50", kPathOfA},
        Claim{"Med", &kBgpLine, "", "{best: {router: A, prefix: 10.3.0.0/16, med: 0}}", kFail,
              "A has a best path to 10.3.0.0/16: MED 0", kPathOfA},
        Claim{"Origin", &kBgpLine, "", "{best: {router: A, prefix: 10.3.0.0/16, origin: incomplete}}", kFail,
              "A has a best path to 10.3.0.0/16: origin incomplete", kPathOfA},
        Claim{"Neighbor", &kBgpLine, "", "{best: {router: B, prefix: 10.3.0.0/16, neighbor: A}}", kFail,
              "B has a best path to 10.3.0.0/16: from A", kPathOfB},
        Claim{"Communities", &kBgpLine, "{fail: bc}",
              "{best: {router: A, prefix: 10.3.0.0/16, communities: [65002:1, 65002:2]}}", kPass,
              "A has a best path to 10.3.0.0/16: communities 65002:1 65002:2",
              "AS path 65002 65003, next hop 1.1.1.2 (B), local preference 100, origin igp, communities "
              "65002:1 65002:2, from 1.1.1.2 (B)"},
        Claim{"NoCommunities", &kBgpLine, "",
              "{best: {router: A, prefix: 10.3.0.0/16, communities: 65002:1}}", kFail,
              "A has a best path to 10.3.0.0/16: communities 65002:1", kPathOfA},
        Claim{"Lost", &kBgpLine, "", "{best: {router: B, prefix: 10.3.0.0/16, lost: {2.2.2.6: local-pref}}}",
              kPass, "B has a best path to 10.3.0.0/16: while the path from 2.2.2.6 lost by local-pref",
              kPathOfB},
        Claim{
            "LostElsewhere", &kBgpLine, "",
            "{best: {router: B, prefix: 10.3.0.0/16, lost: {2.2.2.6: med, A: med}}}", kFail,
            "B has a best path to 10.3.0.0/16: while the path from 2.2.2.6 lost by med, while the path from "
            "A lost by med",
            kPathOfB + "; the path from 2.2.2.6 lost by local-pref; there is no path from A"},
        Claim{"LostNot", &kBgpLine, "",
              "{best: {router: B, prefix: 10.3.0.0/16, lost: {2.2.2.2: local-pref}}}", kFail,
              "B has a best path to 10.3.0.0/16: while the path from 2.2.2.2 lost by local-pref",
              kPathOfB + "; the path from 2.2.2.2 is the best one"},
        Claim{"Own", &kBgpLine, "", "{best: {router: C, prefix: 10.3.0.0/16, as-path: []}}", kPass,
              "C has a best path to 10.3.0.0/16: an empty AS path",
              "an empty AS path, local preference 100, MED 0, origin igp, its own"},
        Claim{"None", &kBgpLine, "", "{best: {router: A, prefix: 10.4.0.0/16}}", kFail,
              "A has a best path to 10.4.0.0/16", "no path"},
        Claim{"Absent", &kBgpLine, "", "{best: {router: A, prefix: 10.4.0.0/16}, not: true}", kPass,
              "not: A has a best path to 10.4.0.0/16", "no path"}),
    nameOf);

TEST(Expectations, MessagesAreThoseThatTheRouterSent) {
    const FinishedRun run =
        runLab(withStep(kRipLine, "{wait: 60s}", "{messages: {protocol: rip, router: C, at-most: 3}}"));
    std::size_t sent = 0;
    const auto& log = run.world->lab().log();
    for (const Record& record : log.kept()) {
        const bool isPacket = std::holds_alternative<record::PacketSent>(record.what);
        const bool isOfStep = record.time >= run.last().begin;
        if (isPacket && isOfStep && record.node == run.world->nodeNamed("C")) ++sent;
    }
    EXPECT_GE(sent, 8U);
    EXPECT_EQ(run.expectation().verdict, Verdict::Fail);
    EXPECT_EQ(run.expectation().expected, "rip messages sent by C, at most 3");
    EXPECT_EQ(run.expectation().actual, std::to_string(sent));
}

TEST(Expectations, KnowTheLineOfTheLabFile) {
    const FinishedRun run = runLab(withStep(kStaticLine, kCut, "{reaches: {from: A, to: C}}"));
    const SourcePlace& place = run.expectation().expectation->place.at;
    EXPECT_EQ(place.file, "lab.yaml");
    EXPECT_EQ(place.line, 15U);
}

TEST(Expectations, MessagesAndLossesCountFromTheBeginningOfTheStep) {
    const std::string lab = kFlowLine +
                            "steps:\n"
                            "  - name: begin\n"
                            "  - {name: bad, do: [{fail_silently: bc, for: 1s}, {wait: 3s}], expect: "
                            "[{lost: {flow: f, at-least: 10, at-most: 10}}]}\n"
                            "  - {name: good, do: [{wait: 3s}], expect: [{lost: {flow: f, at-most: 0}}]}\n";
    const FinishedRun run = runLab(lab);
    ASSERT_EQ(run.result.steps.size(), 3U);
    EXPECT_EQ(run.result.steps[1].expectations[0].actual, "10 lost");
    EXPECT_EQ(run.result.steps[2].expectations[0].actual, "0 lost");
    EXPECT_FALSE(run.result.hasFailures());
    EXPECT_EQ(run.result.steps[1].flows[0].lost(), 10U);
    EXPECT_EQ(run.result.steps[2].flows[0].lost(), 0U);
}

TEST(Expectations, AnIPv6PrefixIsLookedUpInRipng) {
    const std::string lab =
        "peerscape: 1\ntitle: six\nrouters:\n"
        "  A: {networks: [\"2001:db8:1::/64\"], protocols: [ripng]}\n"
        "  B: {protocols: [ripng]}\nlinks:\n  - {name: ab, ends: [A, B]}\n";
    const FinishedRun run = runLab(
        withStep(lab, "{wait: 60s}", "{rip: {router: B, prefix: \"2001:db8:1::/64\", metric: 2, from: A}}"));
    EXPECT_EQ(run.expectation().verdict, Verdict::Pass) << run.expectation().actual;
}

}  // namespace
}  // namespace peerscape
