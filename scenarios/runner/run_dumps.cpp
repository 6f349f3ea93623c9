#include "scenarios/runner/run_dumps.hpp"

#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "scenarios/mrt/bgp_of.hpp"
#include "scenarios/mrt/rib_dump.hpp"

namespace peerscape {
namespace {

Result<void> makeFolder(const std::filesystem::path& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem)
        return failure(fmt::format("cannot make the folder {}: {}", folder.string(), problem.message()));
    return {};
}

}  // namespace

Result<std::unique_ptr<RunDumps>> RunDumps::open(const LabWorld& world, const std::filesystem::path& folder) {
    if (const auto made = makeFolder(folder); !made) return std::unexpected(made.error());
    return std::unique_ptr<RunDumps>(new RunDumps(world, folder));
}

RunDumps::RunDumps(const LabWorld& world, std::filesystem::path folder)
    : world_(world), folder_(std::move(folder)), updates_(folder_, world.simulation()) {}

void RunDumps::follow(StepRunner& runner) {
    runner.readAlong({{}, [this](std::span<const Record> records) { updates_.take(records); }});
}

Result<void> RunDumps::stepEnded(const StepResult& step) {
    const Simulation& world = world_.simulation();
    const std::filesystem::path folder =
        folder_ / capture::safeFileName(fmt::format("{}-{}", step.number, step.name));
    capture::FileNames names;
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
        const bgp::BgpProcess* process = mrt::processOf(world, NodeId(n));
        if (process == nullptr) continue;
        if (const auto made = makeFolder(folder); !made) return made;
        const std::string& name = world.node(NodeId(n)).name;
        const std::filesystem::path path = folder / names.next(name, ".rib.mrt");
        const Bytes dump = mrt::ribDump(*process, world.now(), name);
        std::ofstream file(path, std::ios::binary | std::ios::trunc);
        file.write(reinterpret_cast<const char*>(dump.data()), static_cast<std::streamsize>(dump.size()));
        file.close();
        if (!file) return failure(fmt::format("cannot write {}", path.string()));
    }
    return {};
}

}  // namespace peerscape
