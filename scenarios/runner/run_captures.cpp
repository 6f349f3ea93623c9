#include "scenarios/runner/run_captures.hpp"

#include <string>
#include <system_error>

#include <fmt/format.h>

#include "scenarios/world/version.hpp"

namespace peerscape {

Result<std::unique_ptr<RunCaptures>> RunCaptures::open(const LabWorld& world,
                                                       const std::filesystem::path& folder) {
    if (world.file().sendsWholeMessages)
        return failure(
            "the lab says 'tcp: messages', so that most of BGP travels without packets: take that line "
            "out to capture them");
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem)
        return failure(fmt::format("cannot make the folder {}: {}", folder.string(), problem.message()));
    std::unique_ptr<RunCaptures> captures(new RunCaptures(world, folder));
    if (const auto begun = captures->captures_.begin(); !begun) return std::unexpected(begun.error());
    return captures;
}

RunCaptures::RunCaptures(const LabWorld& world, const std::filesystem::path& folder)
    : captures_(folder, world.simulation(),
                capture::sectionOfRun(world.file().title, world.simulation().options().seed,
                                      std::string("Peerscape ") + kVersion)) {}

void RunCaptures::follow(StepRunner& runner) {
    runner.readAlong({{}, [this](std::span<const Record> records) { captures_.take(records); }});
}

Result<void> RunCaptures::finish() { return captures_.finish(); }

}  // namespace peerscape
