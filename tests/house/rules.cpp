#include "tests/house/rules.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

namespace peerscape::house {

namespace {

/// Height of each room; includes may go to the same room or to a lower one that is not a neighbour at the
/// same height.
const std::map<std::string, int, std::less<>>& heights() {
    static const std::map<std::string, int, std::less<>> rooms{
        {"engine/base", 0},        {"engine/command", 1},
        {"engine/routing", 2},     {"engine/topology", 3},
        {"engine/record", 4},      {"engine/sim", 5},
        {"engine/lab", 6},         {"engine/live", 7},
        {"protocols/policy", 8},   {"protocols/static_routes", 9},
        {"protocols/rip", 9},      {"protocols/eigrp", 9},
        {"protocols/bgp", 9},      {"protocols/catalogue", 10},
        {"scenarios/config", 11},  {"scenarios/format", 12},
        {"scenarios/shell", 13},   {"scenarios/import", 13},
        {"scenarios/explain", 14}, {"scenarios/report", 15},
        {"scenarios/capture", 15}, {"scenarios/mrt", 16},
        {"scenarios/world", 17},   {"scenarios/runner", 18},
        {"gui/translations", 18},  {"gui/style", 18},
        {"gui/model", 18},         {"gui/session", 19},
        {"gui/canvas", 20},        {"gui/panels", 20},
        {"gui/app", 21},
    };
    return rooms;
}

std::string roomOf(std::string_view path) {
    const auto first = path.find('/');
    if (first == std::string_view::npos) return {};
    return std::string(path.substr(0, path.find('/', first + 1)));
}

bool isHeader(const SourceFile& file) { return file.path.ends_with(".hpp") || file.path.ends_with(".h"); }
bool isProduct(const SourceFile& file) {
    return std::any_of(heights().begin(), heights().end(),
                       [&](const auto& room) { return file.path.starts_with(room.first + "/"); });
}

/// Calls `visit(number, line)` for every line, counted from 1.
template <typename Visit>
void eachLine(const SourceFile& file, Visit visit) {
    std::istringstream lines(file.text);
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number)
        visit(number, line);
}

std::string at(const SourceFile& file, std::size_t line) {
    return file.path + ":" + std::to_string(line) + ": ";
}

/// The included path of a line, with the kind of its quotes; empty when it is no include.
std::string includedBy(const std::string& line) {
    static const std::regex include(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
    std::smatch match;
    return std::regex_search(line, match, include) ? match[1].str() : std::string();
}

bool mayInclude(const std::string& from, const std::string& to) {
    if (from == to) return true;
    // Protocols see what a router and a process say to each other, and nothing of the world around.
    if (from.starts_with("protocols/") && to.starts_with("engine/"))
        return heights().at(to) <= heights().at("engine/routing");
    // The window knows values, lab files, and what makes lab files of others; whatever runs, only its session
    // sees.
    if (from.starts_with("gui/") && from != "gui/session" && !to.starts_with("gui/")) {
        static const std::set<std::string> values{"engine/base",      "engine/topology",  "scenarios/config",
                                                  "scenarios/format", "scenarios/import", "scenarios/report"};
        return values.contains(to);
    }
    return heights().at(to) < heights().at(from);
}

Offences linesThatMatch(const SourceFile& file, const std::regex& pattern, const std::string& complaint) {
    Offences offences;
    eachLine(file, [&](std::size_t number, const std::string& line) {
        if (std::regex_search(line, pattern)) offences.push_back(at(file, number) + complaint);
    });
    return offences;
}

void append(Offences& to, Offences from) { to.insert(to.end(), from.begin(), from.end()); }

}  // namespace

std::vector<SourceFile> readTree(const std::filesystem::path& root) {
    std::vector<SourceFile> files;
    constexpr std::array kFolders{"engine", "protocols", "scenarios", "gui", "tests"};
    for (const char* folder : kFolders) {
        if (!std::filesystem::exists(root / folder)) continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            const auto extension = entry.path().extension();
            if (!entry.is_regular_file() || (extension != ".hpp" && extension != ".cpp" && extension != ".h"))
                continue;
            std::ifstream in(entry.path(), std::ios::binary);
            std::ostringstream text;
            text << in.rdbuf();
            files.push_back({std::filesystem::relative(entry.path(), root).generic_string(), text.str()});
        }
    }
    std::sort(files.begin(), files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return files;
}

Offences includesUpward(const SourceFile& file) {
    Offences offences;
    if (!isProduct(file)) return offences;
    const std::string room = roomOf(file.path);
    eachLine(file, [&](std::size_t number, const std::string& line) {
        const std::string included = includedBy(line);
        const bool isOurs = included.starts_with("engine/") || included.starts_with("protocols/") ||
                            included.starts_with("scenarios/") || included.starts_with("gui/") ||
                            included.starts_with("tests/");
        if (!isOurs) return;
        const std::string other = roomOf(included);
        if (!heights().contains(other)) {
            offences.push_back(at(file, number) + "includes " + included +
                               ", which is in no room of the house");
        } else if (!mayInclude(room, other)) {
            offences.push_back(at(file, number) + "includes " + included + ", which " + room +
                               " may not see");
        }
    });
    return offences;
}

Offences misplacedLibraries(const SourceFile& file) {
    Offences offences;
    if (!isProduct(file)) return offences;
    eachLine(file, [&](std::size_t number, const std::string& line) {
        const std::string included = includedBy(line);
        static const std::regex qt("^Q[A-Z]|^Qt");
        if (std::regex_search(included, qt) && !file.path.starts_with("gui/"))
            offences.push_back(at(file, number) + "Qt belongs into gui only");
        if (included.starts_with("boost/asio") && !file.path.starts_with("engine/live/"))
            offences.push_back(at(file, number) + "Boost.Asio belongs into engine/live only");
        const bool isYamlFile = file.path.starts_with("scenarios/format/yaml_");
        if (included.starts_with("yaml-cpp/") && !isYamlFile)
            offences.push_back(at(file, number) + "yaml-cpp belongs into scenarios/format/yaml_* only");
        if (included == "pugixml.hpp" && file.path != "scenarios/import/graphml.cpp")
            offences.push_back(at(file, number) + "pugixml belongs into scenarios/import/graphml.cpp only");
        if (!isHeader(file)) return;
        if (included.starts_with("boost/graph"))
            offences.push_back(at(file, number) + "Boost.Graph costs seconds to compile: only in .cpp files");
        const bool isJson = included.starts_with("nlohmann/") && included != "nlohmann/json_fwd.hpp";
        if (isJson) offences.push_back(at(file, number) + included + " belongs into .cpp files only");
    });
    return offences;
}

Offences tooLong(const SourceFile& file) {
    constexpr std::ptrdiff_t kMostLines = 600;
    const auto lines = std::count(file.text.begin(), file.text.end(), '\n');
    if (!isProduct(file) || lines <= kMostLines) return {};
    return {file.path + " has " + std::to_string(lines) + " lines; past 600 a file wants splitting"};
}

Offences badHeader(const SourceFile& file) {
    if (!isHeader(file)) return {};
    Offences offences;
    if (!file.text.starts_with("#pragma once\n"))
        offences.push_back(file.path + ":1: a header begins with #pragma once");
    append(offences,
           linesThatMatch(file, std::regex(R"(^\s*using namespace\b)"), "a header pulls in no namespace"));
    return offences;
}

Offences undeterministic(const SourceFile& file) {
    Offences offences;
    const bool decides = file.path.starts_with("engine/") || file.path.starts_with("protocols/");
    static const std::regex clocks(
        R"(\b(system_clock|steady_clock|high_resolution_clock|random_device|mt19937|std::rand|srand|uniform_int_distribution|bernoulli_distribution)\b)");
    static const std::regex unordered(R"(\bstd::(unordered_\w+)\b|\babsl::flat_hash)");
    static const std::regex waits(R"(\b(sleep_for|sleep_until|usleep|qWait)\b)");
    const bool isThisRule = file.path.starts_with("tests/house/");
    if (decides && !file.path.starts_with("engine/live/")) {
        append(offences,
               linesThatMatch(file, clocks, "no clock and no foreign random numbers here: runs must repeat"));
        append(offences, linesThatMatch(file, unordered,
                                        "no unordered container here: its order could reach a decision"));
    }
    if (!isThisRule) append(offences, linesThatMatch(file, waits, "nothing waits for the wall clock"));
    return offences;
}

Offences lostPrefetch(const SourceFile& file) {
    static const std::regex builtin(R"(\b__builtin_prefetch\b)");
    if (file.path == "engine/base/prefetch.hpp" || file.path.starts_with("tests/house/")) return {};
    return linesThatMatch(file, builtin,
                          "prefetchLine(), of which the compiler does not leave out the calls");
}

Offences leftOvers(const SourceFile& file) {
    if (file.path.starts_with("tests/house/")) return {};
    static const std::regex markers(R"(\b(TODO|FIXME|XXX|HACK)\b|not implemented|unimplemented)");
    static const std::regex machine(R"((^|[^.[:alnum:]_/])/(work|farm|root|home)/[a-z])");
    Offences offences = linesThatMatch(file, markers, "a marker of something unfinished");
    append(offences, linesThatMatch(file, machine, "a path of one machine"));
    static const std::regex empty(
        R"(DISABLED_|GTEST_SKIP|EXPECT_TRUE\(true\)|ASSERT_TRUE\(true\)|\bSUCCEED\(\))");
    append(offences, linesThatMatch(file, empty, "a test that does not test"));
    return offences;
}

Offences numbersUnderOneName(const std::vector<SourceFile>& files) {
    static const std::regex function(
        R"(^(?:(?:constexpr|inline|static) )*[\w:<>]+ (\w+)\((?:const )?(?:std::)?)"
        R"((?:u?int(?:\d+_t)?|size_t|double|float|unsigned|long|short|char|bool)\b[^;]*\{)");
    Offences offences;
    std::map<std::string, std::string> homes;  // of names in folders
    for (const SourceFile& file : files) {
        // All tests of the window are one program.
        const std::string folder =
            file.path.starts_with("tests/gui/") ? "tests/gui" : file.path.substr(0, file.path.rfind('/'));
        eachLine(file, [&](std::size_t number, const std::string& line) {
            std::smatch match;
            if (!std::regex_search(line, match, function) || match[1] == "main") return;
            const auto home = homes.emplace(folder + " " + match[1].str(), file.path).first;
            if (home->second != file.path)
                offences.push_back(at(file, number) + match[1].str() + "() is in " + home->second +
                                   ", too: both are compiled at once, so one of them wants another name");
        });
    }
    return offences;
}

Offences undocumentedProcess(const SourceFile& file) {
    static const std::regex process(R"(^protocols/\w+/process\.hpp$)");
    if (!std::regex_match(file.path, process)) return {};
    const bool saysInputs = file.text.find("/// Inputs:") != std::string::npos;
    const bool saysSupported = file.text.find("/// Supported:") != std::string::npos;
    const bool saysLeftOut = file.text.find("Left out:") != std::string::npos;
    if (saysInputs && saysSupported && saysLeftOut) return {};
    return {file.path + ": the comment block must say its inputs, what is supported, and what is left out"};
}

std::set<std::string> testNames(const std::vector<SourceFile>& files) {
    static const std::regex test(R"(TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\))");
    std::set<std::string> names;
    for (const SourceFile& file : files) {
        if (!file.path.ends_with("_test.cpp")) continue;
        for (auto found = std::sregex_iterator(file.text.begin(), file.text.end(), test);
             found != std::sregex_iterator(); ++found)
            names.insert((*found)[1].str() + "." + (*found)[2].str());
    }
    return names;
}

Offences unknownTests(const SourceFile& document, const std::set<std::string>& tests) {
    static const std::regex named("`((?:\xE2\x80\xA6|[A-Z]\\w*\\.)(?:\\w|\\*|\xE2\x80\xA6)+)`");
    Offences offences;
    eachLine(document, [&](std::size_t number, const std::string& line) {
        for (auto found = std::sregex_iterator(line.begin(), line.end(), named);
             found != std::sregex_iterator(); ++found) {
            const std::string name = (*found)[1].str();
            const bool hasSuite = name.find('.') != std::string::npos;
            std::string pattern = std::regex_replace(name, std::regex("\\."), "\\.");
            pattern = std::regex_replace(pattern, std::regex("\\*"), "\\w+");
            pattern = std::regex_replace(pattern, std::regex("\xE2\x80\xA6"), "\\w*");
            const std::regex wanted(hasSuite ? pattern : "\\w+\\." + pattern);
            const bool isThere = std::ranges::any_of(
                tests, [&](const std::string& test) { return std::regex_match(test, wanted); });
            if (!isThere) offences.push_back(at(document, number) + "no test is called " + name);
        }
    });
    return offences;
}

}  // namespace peerscape::house
