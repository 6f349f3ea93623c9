// Equal labs run equally: twice in one process, in every build, with every compiler. Builds are compared
// through fingerprints.txt, which each of them must reproduce.
//
// A change that is meant to alter what happens in a lab alters its fingerprint. Then the failure of
// Determinism.FingerprintsAreThoseWrittenDown shows the lines to put into fingerprints.txt; that diff belongs
// into the same commit, for it shows which labs the change reaches.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/step_runner.hpp"

namespace peerscape {
namespace {

const std::filesystem::path kSource = PEERSCAPE_SOURCE_DIR;
const std::filesystem::path kLabs = kSource / "scenarios/labs";
const std::filesystem::path kFingerprints = kSource / "tests/determinism/fingerprints.txt";

/// Fingerprints by the names of labs.
using Fingerprints = std::map<std::string, std::string>;

std::string fingerprintOf(const std::filesystem::path& lab, const WorldOptions& options) {
    const WorldOutcome loaded = loadWorld(lab, options);
    for (const Diagnostic& d : loaded.diagnostics)
        ADD_FAILURE() << toString(d);
    if (!loaded.world) return "none";
    StepRunner runner(*loaded.world, {});
    while (!runner.isDone())
        runner.runNext();
    return fmt::format("{:016x}", loaded.world->lab().fingerprint());
}

/// Every lab under scenarios/labs, run with these options.
Fingerprints runAll(const WorldOptions& options) {
    Fingerprints result;
    for (const auto& entry : std::filesystem::directory_iterator(kLabs)) {
        if (std::filesystem::exists(entry.path() / "lab.yaml"))
            result.emplace(entry.path().filename().string(), fingerprintOf(entry.path(), options));
    }
    return result;
}

std::string asLines(const Fingerprints& fingerprints) {
    std::string text;
    for (const auto& [lab, fingerprint] : fingerprints)
        text += fmt::format("{} {}\n", lab, fingerprint);
    return text;
}

std::string writtenDown() {
    std::ifstream file(kFingerprints);
    EXPECT_TRUE(file) << kFingerprints;
    std::string lines;
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with('#')) lines += line + "\n";
    }
    return lines;
}

/// The run that the others are compared with.
const Fingerprints& plainRun() {
    static const Fingerprints run = runAll({});
    return run;
}

TEST(Determinism, ThereAreLabs) { EXPECT_GE(plainRun().size(), 15U); }

// One comparison of the whole text: a lab without a line and a line without a lab are differences too.
TEST(Determinism, FingerprintsAreThoseWrittenDown) {
    EXPECT_EQ(writtenDown(), asLines(plainRun()))
        << "If the labs are meant to run differently now, these are the lines of " << kFingerprints << ":\n\n"
        << asLines(plainRun());
}

TEST(Determinism, ASecondRunInTheSameProcessIsTheSame) {
    EXPECT_EQ(asLines(runAll({})), asLines(plainRun()));
}

// Messages usually cross a hop as values; this run encodes and decodes each of them on every hop.
TEST(Determinism, EncodingEveryMessageOnEveryHopChangesNothing) {
    WorldOptions options;
    options.bytesOnEveryHop = true;
    EXPECT_EQ(asLines(runAll(options)), asLines(plainRun()));
}

TEST(Determinism, TakingCheckpointsChangesNothing) {
    WorldOptions options;
    options.canSeek = true;
    EXPECT_EQ(asLines(runAll(options)), asLines(plainRun()));
}

TEST(Determinism, AnotherSeedIsAnotherRun) {
    WorldOptions options;
    options.seed = 4711;
    // Without this the comparisons above might compare nothing: chance must reach the fingerprint. Labs with
    // static routes only leave nothing to chance.
    for (const std::string lab : {"four-buildings-rip", "ipv6-campus-ripng"})
        EXPECT_NE(fingerprintOf(kLabs / lab, options), plainRun().at(lab)) << lab;
}

}  // namespace
}  // namespace peerscape
