// What the console answers: every command, and every mistake with what was expected instead.
#include "scenarios/runner/console.hpp"

#include <algorithm>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/text.hpp"
#include "scenarios/runner/console_session.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

/// A console at a lab, and its answers.
class Typed {
  public:
    explicit Typed(const std::string& lab = kStaticLine)
        : world_(makeWorld(lab, {.seed = {}, .lenient = false, .canSeek = true, .bytesOnEveryHop = false})),
          console_(*world_) {}

    std::string operator()(std::string_view line) {
        const Console::Answer answer = console_.handle(line);
        EXPECT_FALSE(answer.expectsMore) << line;
        EXPECT_FALSE(answer.quits) << line;
        EXPECT_TRUE(answer.text.empty() || answer.text.back() == '\n') << line;
        return answer.text;
    }
    Console& console() { return console_; }
    LabWorld& world() { return *world_; }

  private:
    std::unique_ptr<LabWorld> world_;
    Console console_;
};

TEST(Console, BeginsAtTimeZero) {
    Typed type;
    EXPECT_EQ(type.world().lab().now(), SimTime::start());
    EXPECT_EQ(type.console().prompt(), "0 s> ");
}

TEST(Console, ConvergeTellsWhenTheLabCameToRest) {
    Typed type;
    EXPECT_THAT(type("converge"), StartsWith("{\"time\":"));
    EXPECT_THAT(type("converge"), HasSubstr("\"converged\":true,\"last_change\":0.0}\n"));
    EXPECT_THAT(type("converge 5s"), HasSubstr("\"converged\":true"));
}

TEST(Console, ConvergeGivesUpAtItsLimit) {
    Typed type(kRipLine);
    EXPECT_EQ(type("converge 500ms"), "{\"time\":0.5,\"converged\":false,\"last_change\":0.0}\n");
}

TEST(Console, RunLetsTimePass) {
    Typed type;
    EXPECT_EQ(type("run 30s"), "{\"time\":30.0}\n");
    EXPECT_EQ(type("run 1ms"), "{\"time\":30.001}\n");
    EXPECT_EQ(type("run 0"), "{\"time\":30.001}\n");
    EXPECT_EQ(type.console().prompt(), "30.001 s> ");
}

TEST(Console, SeekGoesBackAndForward) {
    Typed type(kRipLine);
    type("converge");
    const std::string route = type("A show ip rip");
    const std::string now = type("run 0");
    type("fail bc");
    type("run 60s");
    EXPECT_NE(type("A show ip rip"), route);
    EXPECT_EQ(type("seek 0s"), "{\"time\":0.0}\n");
    EXPECT_EQ(type("A show ip route rip"), "");
    EXPECT_EQ(type("seek 40s"), "{\"time\":40.0}\n");
}

TEST(Console, FailAndRestoreTakeLinksRoutersAndInterfaces) {
    Typed type;
    type("converge");
    for (const std::string target : {"ab", "B", "B:eth0"}) {
        EXPECT_EQ(type("fail " + target), "") << target;
        EXPECT_THAT(type("A ping 1.1.1.2 count 1"), Not(HasSubstr(" 0% packet loss"))) << target;
        EXPECT_EQ(type("restore " + target), "") << target;
        EXPECT_THAT(type("A ping 1.1.1.2 count 1"), HasSubstr(" 0% packet loss")) << target;
    }
}

TEST(Console, StepDoesTheLabsNextActions) {
    Typed type(kStaticLine +
               "steps:\n  - {name: one, do: [{fail: ab}]}\n  - {name: two, do: [{restore: ab}]}\n");
    EXPECT_EQ(type("step"), "step one\n");
    EXPECT_THAT(type("A show interface eth0"), HasSubstr("line protocol is down"));
    EXPECT_EQ(type("step"), "step two\n");
    EXPECT_THAT(type("A show interface eth0"), HasSubstr("line protocol is up"));
    EXPECT_EQ(type("step"), "% the lab file has no further step\n");
}

TEST(Console, ConfigureTakesLinesUpToEnd) {
    Typed type;
    EXPECT_TRUE(type.console().handle("configure A").expectsMore);
    EXPECT_EQ(type.console().prompt(), "A(config)# ");
    EXPECT_TRUE(type.console().handle("interface lo").expectsMore);
    EXPECT_TRUE(type.console().handle(" ip address 10.0.0.1/32").expectsMore);
    EXPECT_TRUE(type.console().handle("quit").expectsMore);
    EXPECT_TRUE(type.console().handle("").expectsMore);
    EXPECT_EQ(type("end"), "");
    EXPECT_THAT(type("A show running-config"), HasSubstr("\n ip address 10.0.0.1/32\n"));
}

TEST(Console, AConfigurationIsTakenWholeOrNotAtAll) {
    Typed type;
    const std::string before = type("A show running-config");
    (void)type.console().handle("configure A");
    (void)type.console().handle("hostname other");
    (void)type.console().handle("no such line");
    EXPECT_EQ(type("end"),
              "% A configure:2:4: 'such' does not fit here: expected access-list, bgp, hostname, ip, ipv6, "
              "key, route-map, router …\n");
    EXPECT_EQ(type("A show running-config"), before);
}

TEST(Console, ConfigureTellsWhatIsNotModelled) {
    Typed type;
    (void)type.console().handle("configure A");
    (void)type.console().handle("router ospf");
    EXPECT_THAT(type("end"), StartsWith("warning: "));
}

TEST(Console, StopAndStartEndAndBeginProcesses) {
    Typed type(kRipLine);
    (void)type.console().handle("configure A");
    (void)type.console().handle("ip route 10.77.0.0/16 Null0");
    type("end");
    type("converge");
    EXPECT_EQ(type("stop A rip"), "");
    EXPECT_EQ(type("A show ip rip"), "% RIP instance not found\n");
    EXPECT_THAT(type("A show ip route"), HasSubstr("10.77.0.0/16"));
    EXPECT_EQ(type("start A rip"), "");
    EXPECT_THAT(type("A show ip rip"), StartsWith("Codes:"));
    EXPECT_EQ(type("stop A"), "");
    EXPECT_EQ(type("A show ip rip"), "% RIP instance not found\n");
    EXPECT_EQ(type("start A"), "");
    EXPECT_THAT(type("A show ip rip"), StartsWith("Codes:"));
}

TEST(Console, FreezeAndThawStopAndWakeProcesses) {
    Typed type(kRipLine);
    type("converge");
    EXPECT_EQ(type("freeze B rip"), "");
    type("run 30s");
    EXPECT_THAT(type("A show ip route rip"), Not(HasSubstr("10.3.0.0/16"))) << "B has said nothing for 15 s";
    EXPECT_THAT(type("B show ip route rip"), HasSubstr("10.3.0.0/16"));
    EXPECT_EQ(type("thaw B"), "");
    type("converge");
    EXPECT_THAT(type("A show ip route rip"), HasSubstr("10.3.0.0/16"));
    EXPECT_THAT(type("records"), AllOf(HasSubstr("rip on B frozen"), HasSubstr("All protocols on B thawed")));
}

TEST(Console, FingerprintIsEqualForEqualRuns) {
    Typed one(kRipLine);
    Typed other(kRipLine);
    for (Typed* type : {&one, &other})
        (*type)("converge");
    const std::string fingerprint = one("fingerprint");
    EXPECT_EQ(fingerprint.size(), 17U);
    EXPECT_EQ(fingerprint, other("fingerprint"));
    one("run 30s");
    EXPECT_NE(one("fingerprint"), fingerprint);
}

TEST(Console, HelpListsEveryCommand) {
    Typed type;
    const std::string help = type("help");
    EXPECT_EQ(type("?"), help);
    for (const char* word : {"converge [T]:",
                             "run T:",
                             "seek T:",
                             "fail NAME:",
                             "restore NAME:",
                             "step:",
                             "configure ROUTER:",
                             "stop ROUTER [PROTOCOL]:",
                             "start ROUTER [PROTOCOL]:",
                             "freeze ROUTER [PROTOCOL]:",
                             "thaw ROUTER [PROTOCOL]:",
                             "explain ROUTER PREFIX:",
                             "why-not ROUTER PREFIX|ADDRESS:",
                             "records [ROUTER] [FROM TO]:",
                             "drops [N]:",
                             "flows:",
                             "branch [NAME]:",
                             "branches:",
                             "switch NAME:",
                             "diff ROUTER T1 T2,",
                             "fingerprint:",
                             "help:",
                             "quit:"}) {
        EXPECT_THAT(help, HasSubstr(word));
    }
}

TEST(Console, QuitAndExitLeave) {
    Typed type;
    EXPECT_TRUE(type.console().handle("quit").quits);
    EXPECT_TRUE(type.console().handle(" exit ").quits);
}

TEST(Console, RoutersAnswerTheirCommands) {
    Typed type;
    EXPECT_EQ(type("A show version"), "FRRouting 8.4.4 (A), simulated by Peerscape.\n");
    EXPECT_EQ(type("\tA   sh ver\t"), type("A show version"));
    EXPECT_EQ(type("A"), "");
}

TEST(Console, EmptyLinesAndRemarksHaveAnEmptyAnswer) {
    Typed type;
    for (const char* line : {"", "   ", "\t", "# a remark", "  #fail ab"})
        EXPECT_EQ(type(line), "") << line;
}

TEST(Console, EveryMistakeIsAnsweredWithWhatWasExpected) {
    const std::string duration =
        " is not a duration; write a number and a unit, such as 250us, 2ms, 10s, 5min, 1h\n";
    Typed type(kStaticLine);
    const auto before = type("fingerprint");
    const std::vector<std::pair<std::string, std::string>> mistakes{
        {"converge soon", "% 'soon'" + duration},
        {"converge 5s 6s",
         "% expected converge [T]: let time pass until nothing changes any more, at most T (1h)\n"},
        {"run", "% expected run T: let the time T pass, such as 500ms or 30s\n"},
        {"run 5", "% '5'" + duration},
        {"run -5s", "% '-5s'" + duration},
        {"run 5 s", "% expected run T: let the time T pass, such as 500ms or 30s\n"},
        {"run 10001h", "% '10001h' is too long; at most 10000h\n"},
        {"run 99999999999999999999h", "% '99999999999999999999h'" + duration},
        {"seek", "% expected seek T: go to the instant T after the start, back or forward\n"},
        {"seek x", "% 'x'" + duration},
        {"fail", "% expected fail NAME: fail a link, a LAN, a router (all its cables) or router:interface\n"},
        {"fail ab bc",
         "% expected fail NAME: fail a link, a LAN, a router (all its cables) or router:interface\n"},
        {"fail abb", "% there is no link, LAN, router or interface 'abb'; did you mean 'ab'?\n"},
        {"fail A:eth9", "% there is no link, LAN, router or interface 'A:eth9'\n"},
        {"restore", "% expected restore NAME: undo every failure of it\n"},
        {"restore nothing", "% there is no link, LAN, router or interface 'nothing'\n"},
        {"step 2", "% expected step: carry out the actions of the lab file's next step\n"},
        {"step", "% the lab file has no further step\n"},
        {"configure", "% expected configure ROUTER: configuration lines follow, up to a line 'end'\n"},
        {"configure Q", "% there is no router 'Q'\n"},
        {"stop", "% expected stop ROUTER [PROTOCOL]: end its processes, as killing the daemon would\n"},
        {"freeze", "% expected freeze ROUTER [PROTOCOL]: its processes hang, and handle nothing\n"},
        {"freeze Q", "% there is no router 'Q'\n"},
        {"thaw A ospf", "% there is no protocol 'ospf'\n"},
        {"stop Q", "% there is no router 'Q'\n"},
        {"stop A ospf", "% there is no protocol 'ospf'\n"},
        {"start A rip ripng", "% expected start ROUTER [PROTOCOL]: start them again\n"},
        {"fial ab",
         "% 'fial' is neither a console command nor a router; did you mean 'fail'?; 'help' lists the "
         "commands\n"},
        {"A show",
         "% Command incomplete: show (the line ends too early: expected bgp, interface, ip, ipv6, route-map, "
         "running-config or version)\n"},
        {"A foo", "% Unknown command: foo (unknown command 'foo')\n"},
    };
    for (const auto& [line, answer] : mistakes)
        EXPECT_EQ(type(line), answer) << line;
    EXPECT_EQ(type("fingerprint"), before);
}

TEST(Console, ExplainsARouteAsARouterOrByItself) {
    Typed type;
    type("converge");
    const std::string text = type("explain A 10.3.0.0/16");
    EXPECT_THAT(text, HasSubstr("A put 10.3.0.0/16 into its table: static"));
    EXPECT_THAT(text, HasSubstr("The table of A now:\nS>* 10.3.0.0/16 [1/0] via 1.1.1.2"));
    EXPECT_EQ(type("A explain 10.3.0.0/16"), text);
    EXPECT_EQ(type("explain A 10.3.0.7"), text);
    EXPECT_THAT(type("explain A 99.0.0.0/8"), StartsWith("A has no route to 99.0.0.0/8.\n"));
    EXPECT_EQ(type("A why-not 10.3.0.0/16"), type("why-not A 10.3.0.0/16"));
    EXPECT_THAT(type("why-not A 10.3.0.1"), StartsWith("A has a route to 10.3.0.1:\n"));
    EXPECT_EQ(type("explain Q 10.3.0.0/16"), "% there is no router 'Q'\n");
    EXPECT_EQ(type("explain A x"), "% 'x' is neither an address nor a prefix such as 10.1.0.0/16\n");
    EXPECT_THAT(type("explain A"), StartsWith("% expected explain ROUTER PREFIX: "));
}

TEST(Console, ListsRecordsAndLostPackets) {
    Typed type(kStaticLine +
               "flows:\n  - {name: a-c, from: A, to: 10.3.0.1, source: 10.1.0.1, rate: 10/s}\n");
    type("converge");
    type("fail bc");
    type("run 1s");
    EXPECT_THAT(type("records"), HasSubstr("Link bc failed."));
    EXPECT_THAT(type("records 1s 3s"), Not(HasSubstr("switched on")));
    EXPECT_THAT(type("records C 0s 3s"), Not(HasSubstr("B lost its interface")));
    EXPECT_EQ(type("records Q"), "% there is no router 'Q'\n");
    EXPECT_EQ(type("records 1s x"),
              "% 'x' is not a duration; write a number and a unit, such as 250us, 2ms, 10s, 5min, 1h\n");
    const std::string drops = type("drops 2");
    EXPECT_EQ(std::count(drops.begin(), drops.end(), '\n'), 2);
    const std::string number(splitWords(drops).front());
    EXPECT_THAT(type("explain drop " + number), HasSubstr("B dropped at eth0 (no route)"));
    EXPECT_EQ(type("explain drop 0"), "% record 0 is no lost packet; 'drops' lists them\n");
    EXPECT_EQ(type("explain drop x"), "% 'x' is no number of a lost packet; 'drops' lists them\n");
    EXPECT_EQ(type("drops x"), "% expected drops [N]: the last N lost packets (20), each with its number\n");
    EXPECT_THAT(type("flows"), StartsWith("a-c: "));
}

TEST(Console, AnActionInThePastBeginsABranch) {
    Typed type(kRipLine);
    type("converge");
    type("run 60s");
    const std::string end = type("fingerprint");
    const std::string furthest = type("run 0");
    type("seek 20s");
    EXPECT_THAT(type("branches"), StartsWith("* main, up to "));
    EXPECT_EQ(type("fail bc"), "branch-1 begins at 20.000000 s; main stays as it was\n");
    type("run 30s");
    EXPECT_EQ(type("A show ip route 10.3.0.0/16"), "% Network not in table\n");
    // A second action on the new timeline is not in the past.
    EXPECT_EQ(type("restore bc"), "");
    EXPECT_THAT(type("branches"), HasSubstr("* branch-1, from main at 20.000000 s, up to 50.000000 s\n"));
    EXPECT_EQ(type("switch main"), "main at 20.000000 s\n");
    EXPECT_THAT(type("branches"), StartsWith("* main, up to "));
    const std::string when = furthest.substr(8, furthest.size() - 10);
    type("seek " + when + "s");
    EXPECT_EQ(type("fingerprint"), end);
    EXPECT_EQ(type("switch branch-1"), "branch-1 at 50.000000 s\n");
}

TEST(Console, ARefusedActionInThePastBeginsNone) {
    Typed type;
    type("converge");
    type("run 60s");
    type("seek 20s");
    const std::string before = type("branches");
    for (const char* line : {"fail nothing", "stop A ospf", "step", "A clear nothing"})
        EXPECT_THAT(type(line), StartsWith("% ")) << line;
    (void)type.console().handle("configure A");
    (void)type.console().handle("no such line");
    EXPECT_THAT(type("end"), StartsWith("% "));
    EXPECT_THAT(type("A show ip route"), StartsWith("Codes:"));
    EXPECT_EQ(type("branches"), before);
}

TEST(Console, BranchesAreBegunNamedAndRefused) {
    Typed type;
    EXPECT_EQ(type("branch try"), "try begins at 0.000000 s\n");
    EXPECT_EQ(type("branch"), "branch-2 begins at 0.000000 s\n");
    EXPECT_EQ(type("branch try"), "% there is a branch 'try' already\n");
    EXPECT_EQ(type("branch 5s"), "% '5s' is a time, no name\n");
    EXPECT_EQ(type("switch other"), "% there is no branch 'other'\n");
    EXPECT_EQ(type("branches"),
              "  main, up to 0.000000 s\n"
              "  try, from main at 0.000000 s, up to 0.000000 s\n"
              "* branch-2, from try at 0.000000 s, up to 0.000000 s\n");
}

TEST(Console, ABranchTakesTheStepsThatItHasNotTaken) {
    Typed type(kStaticLine +
               "steps:\n  - {name: one, do: [{fail: ab}]}\n  - {name: two, do: [{restore: ab}]}\n");
    type("run 10s");
    EXPECT_EQ(type("step"), "step one\n");
    type("run 10s");
    EXPECT_EQ(type("step"), "step two\n");
    type("run 10s");
    type("seek 15s");
    EXPECT_EQ(type("step"), "step two\nbranch-1 begins at 15.000000 s; main stays as it was\n");
    type("switch main");
    type("seek 5s");
    EXPECT_EQ(type("step"), "step one\nbranch-2 begins at 5.000000 s; main stays as it was\n");
}

TEST(Console, ComparesTablesOfInstantsAndBranches) {
    Typed type;
    type("converge");
    type("run 60s");
    type("fail ab");
    type("run 10s");
    const std::string now = type("fingerprint");
    const std::string gone = type("diff A 30s 65s");
    EXPECT_THAT(gone, HasSubstr("- S>* 10.3.0.0/16 [1/0] via 1.1.1.2, eth0"));
    EXPECT_THAT(gone, Not(HasSubstr("+ S"))) << "only the link-local network is now another interface's";
    EXPECT_THAT(type("diff A 65s 30s"), HasSubstr("+ S>* 10.3.0.0/16 [1/0] via 1.1.1.2, eth0"));
    EXPECT_EQ(type("diff A 30s 40s"), "");
    EXPECT_EQ(type("fingerprint"), now);
    type("seek 20s");
    type("fail bc");
    type("run 45s");
    EXPECT_THAT(type("diff A main branch-1"), HasSubstr("+ S>* 10.3.0.0/16 [1/0] via 1.1.1.2, eth0"));
    EXPECT_EQ(type("diff Q 1s 2s"), "% there is no router 'Q'\n");
    EXPECT_THAT(type("diff A main other"), StartsWith("% 'other' is neither a branch nor a time: "));
    EXPECT_THAT(type("diff A 1s"), StartsWith("% expected diff ROUTER T1 T2, "));
}

TEST(Console, NoLabGetsOlderThanItsClock) {
    Typed type("peerscape: 1\nrouters: {A: {}}\n");
    std::string answer;
    for (int i = 0; i < 101; ++i)
        answer = type("run 10000h");
    EXPECT_EQ(answer, "% no lab gets older than 1000000h\n");
    EXPECT_EQ(type("run 0"), "{\"time\":3600000000.0}\n");
}

TEST(Console, AnyMixtureOfWordsIsAnswered) {
    Typed type(kRipLine);
    const std::vector<std::string> words{
        "converge", "run", "seek",    "fail",    "restore", "step",   "configure", "stop",   "start",
        "help",     "?",   "explain", "why-not", "records", "drops",  "branch",    "switch", "diff",
        "A",        "B",   "ab",      "A:eth0",  "rip",     "show",   "ip",        "ping",   "1.1.1.2",
        "1s",       "0",   "-1s",     "end",     "\xff",    "freeze", "thaw",      "%",      "{}",
        "json",     "|",   "clear",   "router",  "#"};
    RandomStream random(1, "console", "nonsense");
    for (int round = 0; round < 2000; ++round) {
        std::string line;
        for (std::uint64_t length = random.below(6); length > 0; --length)
            line += words[random.below(words.size())] + " ";
        const Console::Answer answer = type.console().handle(line);
        EXPECT_FALSE(answer.quits) << line;
        EXPECT_TRUE(answer.text.empty() || answer.text.back() == '\n') << line;
    }
}

TEST(Console, CompletesCommandsRoutersAndTargets) {
    Typed type;
    const auto texts = [&](std::string_view line) {
        std::vector<std::string> result;
        for (const Completion& completion : type.console().complete(line))
            result.push_back(completion.text);
        return result;
    };
    EXPECT_THAT(texts("st"), ElementsAre("step", "stop", "start"));
    EXPECT_THAT(texts(""), Contains("A"));
    EXPECT_THAT(texts("fail a"), ElementsAre("ab"));
    EXPECT_THAT(texts("fail "), Contains("bc"));
    EXPECT_THAT(texts("stop "), ElementsAre("A", "B", "C"));
    EXPECT_THAT(texts("A sh"), ElementsAre("show"));
    EXPECT_THAT(texts("A show ip ro"), ElementsAre("route"));
    EXPECT_THAT(texts("nothing"), IsEmpty());
}

/// A whole conversation from text to text.
std::string conversation(const std::string& lines, Framing framing) {
    const auto world = makeWorld(kStaticLine);
    Console console(*world);
    std::istringstream in(lines);
    std::ostringstream out;
    converse(console, in, out, framing);
    return out.str();
}

TEST(Converse, EndsEveryAnswerWithANulWhenAsked) {
    using namespace std::string_literals;
    EXPECT_EQ(conversation("run 1s\n\n# remark\nfoo bar\n", Framing::Nul),
              "{\"time\":1.0}\n\0\0\0% 'foo' is neither a console command nor a router; 'help' lists the "
              "commands\n\0"s);
    EXPECT_EQ(conversation("run 1s\n\nrun 1s\n", Framing::None), "{\"time\":1.0}\n{\"time\":2.0}\n");
}

TEST(Converse, AConfigurationHasOneAnswer) {
    using namespace std::string_literals;
    EXPECT_EQ(conversation("configure A\nhostname X\nend\nrun 1s\n", Framing::Nul), "\0{\"time\":1.0}\n\0"s);
}

TEST(Converse, TakesLineEndsOfOtherSystemsAndALastLineWithoutOne) {
    using namespace std::string_literals;
    EXPECT_EQ(conversation("run 1s\r\nrun 1s", Framing::Nul), "{\"time\":1.0}\n\0{\"time\":2.0}\n\0"s);
}

TEST(Converse, NothingIsAnsweredAfterQuit) {
    using namespace std::string_literals;
    EXPECT_EQ(conversation("quit\nrun 1s\n", Framing::Nul), "\0"s);
}

TEST(Converse, ANulThatWasTypedDoesNotEndAnAnswer) {
    using namespace std::string_literals;
    const std::string answers = conversation("fo\0o\nrun 1s\n"s, Framing::Nul);
    EXPECT_EQ(std::count(answers.begin(), answers.end(), '\0'), 2);
    EXPECT_THAT(answers, StartsWith("% 'fo?o' is neither"));
}

}  // namespace
}  // namespace peerscape
