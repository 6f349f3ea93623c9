// The `peerscape` command: exit codes, which scripts rely on, and what goes to which stream.
#include "scenarios/runner/command_line.hpp"

#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using testing::UnorderedElementsAre;

struct Outcome {
    int code = -1;
    std::string out;
    std::string err;
};

Outcome call(std::vector<std::string> arguments, const std::string& input = "") {
    std::vector<const char*> words{"peerscape"};
    for (const std::string& argument : arguments)
        words.push_back(argument.c_str());
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    const int code = runCommandLine(static_cast<int>(words.size()), words.data(), in, out, err);
    return {code, out.str(), err.str()};
}

/// Labs in a folder of their own.
class CommandLine : public testing::Test {
  protected:
    std::string lab(const std::string& name, const std::string& text) { return folder_.write(name, text); }
    std::string goodLab() { return lab("good.yaml", withStep(kStaticLine, "", "{no-loops: true}")); }
    std::string failingLab() {
        return lab("failing.yaml", withStep(kStaticLine, "", "{no-loops: true, not: true}"));
    }
    std::string brokenLab() { return lab("broken.yaml", "peerscape: 1\ntitel: Oops\n"); }
    std::string path(const std::string& name) const { return folder_.path() / name; }
    std::vector<std::string> entries(const std::string& name) const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(path(name)))
            names.push_back(entry.path().filename().string());
        return names;
    }

    TemporaryFolder folder_;
};

TEST_F(CommandLine, UsageThatIsWrongIsCode2) {
    for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
             {},
             {"nonsense"},
             {"--nonsense"},
             {"run"},
             {"check"},
             {"console"},
             {"expand"},
             {"run", "--nonsense", goodLab()},
             {"run", goodLab(), "--seed", "many"},
             {"run", goodLab(), "--seed", "-1"},
             {"run", goodLab(), "--seed"},
             {"run", goodLab(), "--until", "soon"},
             {"run", goodLab(), "--until"},
             {"console", goodLab(), "--framing", "json"},
             {"console", goodLab(), goodLab()},
         }) {
        const Outcome outcome = call(arguments);
        EXPECT_EQ(outcome.code, 2) << testing::PrintToString(arguments);
        EXPECT_THAT(outcome.out, IsEmpty()) << testing::PrintToString(arguments);
        EXPECT_FALSE(outcome.err.empty()) << testing::PrintToString(arguments);
    }
}

TEST_F(CommandLine, HelpAndVersionAreCode0) {
    const Outcome help = call({"--help"});
    EXPECT_EQ(help.code, 0);
    for (const char* word : {"run", "check", "console"})
        EXPECT_THAT(help.out, HasSubstr(word));
    EXPECT_THAT(help.err, IsEmpty());
    EXPECT_EQ(call({"run", "--help"}).code, 0);
    const Outcome version = call({"--version"});
    EXPECT_EQ(version.code, 0);
    EXPECT_THAT(version.out, StartsWith("peerscape " PEERSCAPE_VERSION));
}

TEST_F(CommandLine, WithoutTheDesktopProgramBesideItGuiSaysHowToGetIt) {
    const Outcome outcome = call({"gui", goodLab()});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("./peerscape gui"));
}

TEST_F(CommandLine, RunIs0WhenEverythingIsMetAnd1WhenNot) {
    const Outcome good = call({"run", goodLab()});
    EXPECT_EQ(good.code, 0);
    EXPECT_THAT(good.out, StartsWith("Line\nStep 0 begin: converged "));
    EXPECT_THAT(good.out, HasSubstr("\nLine: 2 steps, 1 expectations met; fingerprint "));
    EXPECT_THAT(good.err, IsEmpty());
    const Outcome failing = call({"run", failingLab()});
    EXPECT_EQ(failing.code, 1);
    EXPECT_THAT(failing.out, HasSubstr("  FAIL  not: no forwarding loop\n"));
    EXPECT_THAT(failing.err, IsEmpty());
}

TEST_F(CommandLine, RunIs1WhenTheLabDidNotConvergeInItsTimeLimit) {
    const std::string lab1 = lab("late.yaml", withStep(kRipLine, "{fail_silently: bc}", "", "within: 2s"));
    EXPECT_EQ(call({"run", lab1}).code, 1);
    const std::string lab2 = lab("long.yaml", withStep(kRipLine, "{fail_silently: bc}", ""));
    EXPECT_EQ(call({"run", lab2}).code, 0);
    EXPECT_EQ(call({"run", lab2, "--until", "6s"}).code, 1);
}

TEST_F(CommandLine, BadLabsAreCode2WithFileLineAndColumn) {
    for (const char* verb : {"run", "check", "console"}) {
        const Outcome broken = call({verb, brokenLab()});
        EXPECT_EQ(broken.code, 2) << verb;
        EXPECT_EQ(broken.err,
                  path("broken.yaml") + ":2:1: unknown key 'titel' in the lab; did you mean 'title'?\n")
            << verb;
        EXPECT_THAT(broken.out, IsEmpty()) << verb;
        const Outcome missing = call({verb, path("nowhere.yaml")});
        EXPECT_EQ(missing.code, 2) << verb;
        EXPECT_THAT(missing.err, HasSubstr("nowhere.yaml")) << verb;
        EXPECT_EQ(call({verb, folder_.path()}).code, 2) << verb;
    }
}

TEST_F(CommandLine, AFolderThatHoldsLabYamlIsALab) {
    lab("campus/lab.yaml", kStaticLine);
    EXPECT_EQ(call({"run", path("campus")}).code, 0);
    EXPECT_EQ(call({"check", path("campus") + "/"}).code, 0);
}

TEST_F(CommandLine, WarningsGoToTheOtherStream) {
    const std::string warned =
        lab("warned.yaml", "peerscape: 1\nrouters:\n  A: {config: \"router ospf\\n\"}\n");
    const Outcome outcome = call({"run", warned});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.err, HasSubstr("warning: "));
}

TEST_F(CommandLine, UnknownConfigurationIsAnErrorOrWhenLenientAWarning) {
    const std::string odd = lab("odd.yaml", "peerscape: 1\nrouters:\n  A: {config: \"no such line\\n\"}\n");
    EXPECT_EQ(call({"check", odd}).code, 2);
    const Outcome lenient = call({"check", "--lenient", odd});
    EXPECT_EQ(lenient.code, 0);
    EXPECT_THAT(lenient.err, HasSubstr("warning: "));
    EXPECT_EQ(call({"run", odd, "--lenient"}).code, 0);
    EXPECT_EQ(call({"console", odd, "--lenient"}).code, 0);
}

TEST_F(CommandLine, CheckNamesTheValidOnesAndRunsNothing) {
    const std::string good = goodLab();
    const Outcome one = call({"check", good});
    EXPECT_EQ(one.code, 0);
    EXPECT_EQ(one.out, good + ": valid\n");
    // A failed expectation is no invalid lab.
    EXPECT_EQ(call({"check", failingLab()}).code, 0);
    const Outcome both = call({"check", brokenLab(), good});
    EXPECT_EQ(both.code, 2);
    EXPECT_EQ(both.out, good + ": valid\n");
}

TEST_F(CommandLine, CheckReadsTheTextsInOtherLanguagesAndARunDoesNot) {
    const std::string named = lab("named.yaml", "peerscape: 1\ntitle: A cable\nrouters: {A: }\n");
    const std::string texts = lab("named.fr.yaml", "language: fr\ntexts: {A cable: Un câble}\n");
    EXPECT_EQ(call({"check", named}).code, 0);
    lab("named.fr.yaml", "language: fr\ntexts: {A cabel: Un câble}\n");
    const Outcome wrong = call({"check", named});
    EXPECT_EQ(wrong.code, 2);
    EXPECT_THAT(wrong.out, IsEmpty());
    EXPECT_EQ(wrong.err, texts + ":2:9: the lab has no text 'A cabel'; did you mean 'A cable'?\n");
    EXPECT_EQ(call({"run", named}).code, 0);
}

TEST_F(CommandLine, SeveralLabsRunInTurnAndTheWorstCodeCounts) {
    const Outcome outcome = call({"run", failingLab(), goodLab()});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.out, HasSubstr("1 FAILED"));
    EXPECT_THAT(outcome.out, HasSubstr("1 expectations met"));
    EXPECT_EQ(call({"run", goodLab(), goodLab()}).code, 0);
}

TEST_F(CommandLine, OfSeveralLabsNoneRunsWhenOneIsWrong) {
    const Outcome outcome = call({"run", goodLab(), brokenLab(), "--state", path("state")});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.out, IsEmpty());
    EXPECT_THAT(outcome.err, HasSubstr("unknown key 'titel'"));
    EXPECT_FALSE(std::filesystem::exists(path("state")));
}

TEST_F(CommandLine, AnActionThatCannotBeDoneIsBadInput) {
    const std::string bad = lab("bad.yaml", withStep(kStaticLine, "{command: {router: A, line: foo}}", ""));
    EXPECT_EQ(call({"run", bad}).code, 2);
}

TEST_F(CommandLine, TheSeedMayBeChosen) {
    const std::string rip = lab("rip.yaml", kRipLine);
    const std::string one = call({"run", rip}).out;
    EXPECT_EQ(call({"run", rip}).out, one);
    EXPECT_EQ(call({"run", rip, "--seed", "1"}).out, one);
    EXPECT_NE(call({"run", rip, "--seed", "2"}).out, one);
}

TEST_F(CommandLine, StateIsWrittenAfterEveryStep) {
    EXPECT_EQ(call({"run", goodLab(), "--state", path("state")}).code, 0);
    EXPECT_THAT(entries("state"), UnorderedElementsAre("0-begin", "1-act"));
    EXPECT_THAT(entries("state/1-act"), UnorderedElementsAre("A.json", "B.json", "C.json", "probes.json"));
}

TEST_F(CommandLine, StateOfSeveralLabsStaysApart) {
    const std::string one = lab("one/lab.yaml", kStaticLine);
    lab("two/lab.yaml", kStaticLine);
    const std::string other = lab("more/one/lab.yaml", kStaticLine);
    EXPECT_EQ(call({"run", one, path("two") + "/", other, goodLab(), "--state", path("state")}).code, 0);
    EXPECT_THAT(entries("state"), UnorderedElementsAre("one", "two", "one-2", "good"));
    EXPECT_THAT(entries("state/one-2"), ElementsAre("0-start"));
}

TEST_F(CommandLine, StateThatCannotBeWrittenIsCode2) {
    lab("taken", "a file");
    const Outcome outcome = call({"run", goodLab(), "--state", path("taken")});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("peerscape: cannot make the folder "));
}

TEST_F(CommandLine, CapturesAreWrittenAFileALink) {
    EXPECT_EQ(call({"run", goodLab(), "--pcap", path("pcap")}).code, 0);
    EXPECT_THAT(entries("pcap"),
                UnorderedElementsAre("ab.pcapng", "bc.pcapng", "A-stub0.pcapng", "C-stub0.pcapng"));
    const std::string rip = lab("rip/lab.yaml", kRipLine);
    const Outcome with = call({"run", rip, goodLab(), "--pcap", path("two"), "--report", path("report")});
    EXPECT_EQ(with.code, 0);
    EXPECT_EQ(with.out, call({"run", rip, goodLab()}).out) << "looking changes nothing";
    EXPECT_THAT(entries("two"), UnorderedElementsAre("rip", "good"));
    EXPECT_THAT(entries("two/rip"), UnorderedElementsAre("ab.pcapng", "bc.pcapng", "lan-c.pcapng"));
    EXPECT_GT(std::filesystem::file_size(path("two/rip/ab.pcapng")),
              std::filesystem::file_size(path("two/rip/lan-c.pcapng")))
        << "the other is passive";
}

TEST_F(CommandLine, CapturesThatCannotBeWrittenAreCode2) {
    lab("taken", "a file");
    const Outcome outcome = call({"run", goodLab(), "--pcap", path("taken")});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("peerscape: cannot make the folder "));
    std::filesystem::create_directories(path("pcap/ab.pcapng"));
    const Outcome inTheWay = call({"run", goodLab(), "--pcap", path("pcap")});
    EXPECT_EQ(inTheWay.code, 2);
    EXPECT_THAT(inTheWay.err, HasSubstr("peerscape: cannot write " + path("pcap/ab.pcapng")));
}

TEST_F(CommandLine, ConsoleReadsLinesAndIsCode0) {
    using namespace std::string_literals;
    const Outcome plain = call({"console", goodLab()}, "run 1s\nnonsense\nrun 1s\n");
    EXPECT_EQ(plain.code, 0);
    EXPECT_THAT(plain.out, StartsWith("{\"time\":1.0}\n% 'nonsense'"));
    const Outcome framed = call({"console", "--framing", "nul", goodLab()}, "run 1s\nrun 1s\n");
    EXPECT_EQ(framed.code, 0);
    EXPECT_EQ(framed.out, "{\"time\":1.0}\n\0{\"time\":2.0}\n\0"s);
}

}  // namespace
}  // namespace peerscape
