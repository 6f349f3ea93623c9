#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/house/rules.hpp"

namespace peerscape::house {
namespace {

using Rule = Offences (*)(const SourceFile&);

const std::filesystem::path kRoot = PEERSCAPE_SOURCE_DIR;

std::string offencesIn(Rule rule) {
    std::string text;
    for (const SourceFile& file : readTree(kRoot)) {
        for (const std::string& offence : rule(file))
            text += offence + "\n";
    }
    return text;
}

std::string readFile(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(House, HasManySources) { EXPECT_GT(readTree(kRoot).size(), 100U); }
TEST(House, IncludesGoDownwardOnly) { EXPECT_EQ(offencesIn(includesUpward), ""); }
TEST(House, LibrariesStayInTheirRooms) { EXPECT_EQ(offencesIn(misplacedLibraries), ""); }
TEST(House, NoFileIsTooLong) { EXPECT_EQ(offencesIn(tooLong), ""); }
TEST(House, HeadersAreClean) { EXPECT_EQ(offencesIn(badHeader), ""); }
TEST(House, NothingDependsOnClockOrChance) { EXPECT_EQ(offencesIn(undeterministic), ""); }
TEST(House, MemoryIsAskedInOneWay) { EXPECT_EQ(offencesIn(lostPrefetch), ""); }
TEST(House, NothingIsLeftOver) { EXPECT_EQ(offencesIn(leftOvers), ""); }
TEST(House, ProcessesSayWhatTheyDo) { EXPECT_EQ(offencesIn(undocumentedProcess), ""); }

TEST(House, NoNumberIsTakenForAnother) {
    const auto offences = numbersUnderOneName(readTree(kRoot));
    EXPECT_TRUE(offences.empty()) << offences.front();
}

TEST(House, EveryDecisionIsListed) {
    const std::string list = readFile(kRoot / "docs/adr/README.md");
    for (const auto& entry : std::filesystem::directory_iterator(kRoot / "docs/adr")) {
        const std::string name = entry.path().filename().string();
        if (name == "README.md") continue;
        EXPECT_NE(list.find(name), std::string::npos) << name << " is not in docs/adr/README.md";
    }
}

TEST(House, EveryFuzzerHasSomethingToBeginWith) {
    const std::filesystem::path fuzzers = kRoot / "tests/fuzz";
    for (const auto& entry : std::filesystem::directory_iterator(fuzzers)) {
        const std::string stem = entry.path().stem().string();
        if (!stem.ends_with("_fuzz")) continue;
        const std::filesystem::path corpus = fuzzers / "corpus" / stem.substr(0, stem.size() - 5);
        EXPECT_TRUE(std::filesystem::is_directory(corpus) && !std::filesystem::is_empty(corpus)) << corpus;
    }
}

TEST(House, ReadmeNamesTheTwoCommandsAndTheyExist) {
    const std::string readme = readFile(kRoot / "README.md");
    EXPECT_NE(readme.find("./peerscape run scenarios/labs/four-buildings-rip"), std::string::npos);
    EXPECT_NE(readme.find("./peerscape test"), std::string::npos);
    EXPECT_TRUE(std::filesystem::exists(kRoot / "peerscape"));
    EXPECT_TRUE(std::filesystem::exists(kRoot / "scenarios/labs/four-buildings-rip/lab.yaml"));
}

TEST(House, LinksInDocsLeadSomewhere) {
    for (const auto& folder : {kRoot, kRoot / "docs", kRoot / "docs/protocols", kRoot / "docs/adr"}) {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.path().extension() != ".md") continue;
            const std::string text = readFile(entry.path());
            for (std::size_t begin = text.find("]("); begin != std::string::npos;
                 begin = text.find("](", begin + 1)) {
                std::string target = text.substr(begin + 2, text.find(')', begin) - begin - 2);
                target = target.substr(0, target.find('#'));
                if (target.empty() || target.find(':') != std::string::npos) continue;
                EXPECT_TRUE(std::filesystem::exists(entry.path().parent_path() / target))
                    << entry.path() << " links to " << target;
            }
        }
    }
}

TEST(House, TestsNamedInDocsExist) {
    const auto tests = testNames(readTree(kRoot));
    for (const auto& entry : std::filesystem::directory_iterator(kRoot / "docs/protocols")) {
        const SourceFile document{entry.path().filename().string(), readFile(entry.path())};
        for (const std::string& offence : unknownTests(document, tests))
            ADD_FAILURE() << offence;
    }
}

// Each rule must catch an offender: a check that cannot fail is none.
struct Offender {
    const char* name;
    Rule rule;
    SourceFile file;
};

class Rules : public testing::TestWithParam<Offender> {};

TEST_P(Rules, CatchTheirOffender) { EXPECT_FALSE(GetParam().rule(GetParam().file).empty()); }

INSTANTIATE_TEST_SUITE_P(
    House, Rules,
    testing::Values(
        Offender{"upward", includesUpward, {"engine/base/a.cpp", "#include \"engine/sim/agenda.hpp\"\n"}},
        Offender{"between protocols",
                 includesUpward,
                 {"protocols/rip/a.cpp", "#include \"protocols/static_routes/config.hpp\"\n"}},
        Offender{"protocol sees sim",
                 includesUpward,
                 {"protocols/rip/a.cpp", "#include \"engine/sim/simulation.hpp\"\n"}},
        Offender{"engine sees protocol",
                 includesUpward,
                 {"engine/lab/a.cpp", "#include \"protocols/rip/process.hpp\"\n"}},
        Offender{"gui sees the engine",
                 includesUpward,
                 {"gui/panels/a.cpp", "#include \"engine/sim/simulation.hpp\"\n"}},
        Offender{"gui sees the run",
                 includesUpward,
                 {"gui/canvas/a.cpp", "#include \"scenarios/world/lab_world.hpp\"\n"}},
        Offender{"canvas sees panels",
                 includesUpward,
                 {"gui/canvas/a.cpp", "#include \"gui/panels/time_bar.hpp\"\n"}},
        Offender{"runner sees gui",
                 includesUpward,
                 {"scenarios/runner/a.cpp", "#include \"gui/app/main_window.hpp\"\n"}},
        Offender{"unknown room", includesUpward, {"engine/lab/a.cpp", "#include \"engine/attic/x.hpp\"\n"}},
        Offender{"Qt in engine", misplacedLibraries, {"engine/lab/a.cpp", "#include <QString>\n"}},
        Offender{"Asio in sim", misplacedLibraries, {"engine/sim/a.cpp", "#include <boost/asio.hpp>\n"}},
        Offender{"Graph in header",
                 misplacedLibraries,
                 {"engine/topology/a.hpp", "#include <boost/graph/adjacency_list.hpp>\n"}},
        Offender{"JSON in header",
                 misplacedLibraries,
                 {"scenarios/shell/a.hpp", "#include <nlohmann/json.hpp>\n"}},
        Offender{"YAML elsewhere",
                 misplacedLibraries,
                 {"scenarios/format/lab_file.cpp", "#include <yaml-cpp/yaml.h>\n"}},
        Offender{"XML elsewhere", misplacedLibraries, {"scenarios/format/a.cpp", "#include <pugixml.hpp>\n"}},
        Offender{"long file", tooLong, {"engine/base/a.cpp", std::string(601, '\n')}},
        Offender{"no pragma", badHeader, {"engine/base/a.hpp", "#include <vector>\n"}},
        Offender{
            "namespace in header", badHeader, {"engine/base/a.hpp", "#pragma once\nusing namespace std;\n"}},
        Offender{
            "clock", undeterministic, {"engine/sim/a.cpp", "auto t = std::chrono::steady_clock::now();\n"}},
        Offender{"unordered", undeterministic, {"protocols/rip/a.hpp", "std::unordered_map<int, int> m;\n"}},
        Offender{"lost prefetch", lostPrefetch, {"engine/sim/a.cpp", "__builtin_prefetch(&table);\n"}},
        Offender{"sleep", undeterministic, {"tests/engine/a.cpp", "std::this_thread::sleep_for(1s);\n"}},
        Offender{"marker", leftOvers, {"engine/base/a.cpp", "// TODO: later\n"}},
        Offender{"machine path", leftOvers, {"tests/a_test.cpp", "open(\"/root/x\");\n"}},
        Offender{"empty test", leftOvers, {"tests/a_test.cpp", "SUCCEED();\n"}},
        Offender{"silent process", undocumentedProcess, {"protocols/x/process.hpp", "#pragma once\n"}}));

TEST(Rules, FindNumbersThatWouldBeTakenForOthers) {
    const SourceFile seconds{"tests/x/a_test.cpp", "SimTime at(int seconds) {\n"};
    const auto offencesBeside = [&](const char* path, const char* text) {
        return numbersUnderOneName({seconds, {path, text}});
    };
    EXPECT_EQ(
        offencesBeside("tests/x/b.hpp", "constexpr SimTime at(std::int64_t milliseconds) {\n"),
        Offences{"tests/x/b.hpp:1: at() is in tests/x/a_test.cpp, too: both are compiled at once, so one "
                 "of them wants another name"});
    EXPECT_EQ(offencesBeside("tests/y/b.hpp", "SimTime at(std::int64_t milliseconds) {\n"), Offences{});
    EXPECT_EQ(offencesBeside("tests/x/b.hpp", "SimTime at(const Clock& clock) {\n"), Offences{});
    EXPECT_EQ(offencesBeside("tests/x/b.hpp", "    SimTime at(int member) {\n"), Offences{});
    EXPECT_EQ(offencesBeside("tests/x/b.hpp", "SimTime after(int seconds) {\n"), Offences{});
}

TEST(Rules, FindTestsThatDocsNameAndNobodyHas) {
    const auto tests = testNames({{"tests/a_test.cpp", "TEST(Rip, SendsRoutes) {\nTEST_P(RipNet, Hears) {"}});
    EXPECT_EQ(tests, (std::set<std::string>{"Rip.SendsRoutes", "RipNet.Hears"}));
    const auto offences = [&](const std::string& text) {
        return unknownTests({"rip.md", text}, tests).size();
    };
    EXPECT_EQ(
        offences("`Rip.SendsRoutes`, `RipNet.*`, `Rip.Sends…`, `…Hears`, `AS`, `…Routes`, `show ip rip`"),
        0U);
    EXPECT_EQ(offences("`Rip.Hears`, `Bgp.*`, `Rip.Sends`, `…HearsNot`"), 4U);
}

TEST(Rules, LetGoodFilesPass) {
    const SourceFile good{
        "scenarios/runner/a.cpp",
        "#include <vector>\n#include \"engine/lab/lab.hpp\"\n#include \"scenarios/format/lab_file.hpp\"\n"};
    for (const Rule rule : {includesUpward, misplacedLibraries, tooLong, badHeader, undeterministic,
                            leftOvers, undocumentedProcess}) {
        EXPECT_TRUE(rule(good).empty());
    }
}

}  // namespace
}  // namespace peerscape::house
