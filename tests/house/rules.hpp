#pragma once

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// The rules of the house, as functions of a path and a text, so that they can be tried on made-up files too.
namespace peerscape::house {

struct SourceFile {
    std::string path;  ///< from the root, with '/'
    std::string text;
};

/// "engine/sim/wire.cpp:12: includes scenarios/…, which lies above it".
using Offences = std::vector<std::string>;

/// All C++ files of the checkout, but for build folders.
std::vector<SourceFile> readTree(const std::filesystem::path& root);

/// The rooms go downward only: who may include whom.
Offences includesUpward(const SourceFile& file);
/// Qt only in gui, Boost.Asio only in engine/live, Boost.Graph, nlohmann and yaml-cpp never in headers.
Offences misplacedLibraries(const SourceFile& file);
/// Past 600 lines a file wants splitting.
Offences tooLong(const SourceFile& file);
/// Headers begin with #pragma once and pull in no namespace.
Offences badHeader(const SourceFile& file);
/// Wall clocks, foreign random numbers, unordered containers, sleeping.
Offences undeterministic(const SourceFile& file);
/// What asks memory past the function that does it so that the compiler keeps it.
Offences lostPrefetch(const SourceFile& file);
/// What is unfinished, or belongs to one machine.
Offences leftOvers(const SourceFile& file);
/// Free functions of a number that have one name in two files of a folder. The files are compiled at once,
/// and a call would silently take the one whose number fits better: seconds for milliseconds.
Offences numbersUnderOneName(const std::vector<SourceFile>& files);
/// A protocol's process.hpp begins with a comment that says what it supports.
Offences undocumentedProcess(const SourceFile& file);

/// "Suite.Name" of all tests in these files.
std::set<std::string> testNames(const std::vector<SourceFile>& files);
/// Tests that a document names between backquotes, and nobody has: `Suite.Name`, where `…` stands for any
/// letters and `*` for any name, and where `…` in front stands for the suite, too.
Offences unknownTests(const SourceFile& document, const std::set<std::string>& tests);

}  // namespace peerscape::house
