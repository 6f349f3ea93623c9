#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "scenarios/format/intents.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/step_runner.hpp"

namespace peerscape {

/// Three routers in a line under static routes, which follow from `networks` without an accident of timers:
/// A (10.1.0.1) - B - C (10.3.0.1). The links are ab (1.1.1.0/30) and bc (2.2.2.0/30), 2 ms each.
inline const std::string kStaticLine =
    "peerscape: 1\n"
    "title: Line\n"
    "routers:\n"
    "  A: {networks: [10.1.0.0/16], protocols: [static]}\n"
    "  B: {protocols: [static]}\n"
    "  C: {networks: [10.3.0.0/16], protocols: [static]}\n"
    "links:\n"
    "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}, delay: 2ms}\n"
    "  - {name: bc, ends: {\"B:eth1\": [2.2.2.1/30], \"C:eth0\": [2.2.2.2/30]}, delay: 2ms}\n";

/// The same line under RIP, with timers of seconds: 5 s between updates, 15 s timeout, 10 s until a dead
/// route is forgotten. 10.3.0.0/16 has metric 3 at A.
inline const std::string kRipLine =
    "peerscape: 1\n"
    "title: RIP line\n"
    "routers:\n"
    "  A: {config: \"router rip\\n timers basic 5 15 10\\n network 0.0.0.0/0\\n\"}\n"
    "  B: {config: \"router rip\\n timers basic 5 15 10\\n network 0.0.0.0/0\\n\"}\n"
    "  C: {config: \"router rip\\n timers basic 5 15 10\\n network 0.0.0.0/0\\n passive-interface "
    "lan0\\n\"}\n"
    "links:\n"
    "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}, delay: 2ms}\n"
    "  - {name: bc, ends: {\"B:eth1\": [2.2.2.1/30], \"C:eth0\": [2.2.2.2/30]}, delay: 2ms}\n"
    "lans:\n"
    "  - {name: lan-c, ends: {\"C:lan0\": [10.3.0.1/16]}}\n";

/// Reads, expands and switches on; every diagnostic is a failure of the test.
inline std::unique_ptr<LabWorld> makeWorld(const std::string& text, const WorldOptions& options = {}) {
    const auto report = [](const std::vector<Diagnostic>& diagnostics) {
        for (const Diagnostic& d : diagnostics)
            ADD_FAILURE() << toString(d);
    };
    const LabOutcome read = readLab(text, "lab.yaml");
    report(read.diagnostics);
    if (!read.lab) throw std::runtime_error("the lab of this test cannot be read");
    LabOutcome expanded = expandLab(*read.lab);
    report(expanded.diagnostics);
    if (!expanded.lab) throw std::runtime_error("the lab of this test cannot be expanded");
    DiagnosticList problems;
    auto world = std::make_unique<LabWorld>(std::move(*expanded.lab), options, problems);
    report(problems.take());
    return world;
}

/// The same, when everything has come to rest.
inline std::unique_ptr<LabWorld> settledWorld(const std::string& text, const WorldOptions& options = {}) {
    auto world = makeWorld(text, options);
    EXPECT_TRUE(world->lab().runUntilConverged(Duration::minutes(5)).isConverged);
    return world;
}

/// A lab that has run all its steps. The runner stays, for the results point to its steps.
struct FinishedRun {
    std::unique_ptr<LabWorld> world;
    std::unique_ptr<StepRunner> runner;
    RunResult result;

    const StepResult& last() const { return result.steps.back(); }
    const ExpectationResult& expectation(std::size_t index = 0) const {
        return last().expectations.at(index);
    }
    /// The answer of a router, as `vtysh -c` would print it.
    std::string ask(std::string_view router, std::string_view line) const {
        auto answer = world->command(world->nodeNamed(router).value(), line);
        EXPECT_TRUE(answer.has_value()) << answer.error().message;
        return answer.value_or("");
    }
};

inline FinishedRun runLab(const std::string& text, RunLimits limits = {}) {
    FinishedRun run{makeWorld(text), nullptr, {}};
    run.runner = std::make_unique<StepRunner>(*run.world, limits);
    while (!run.runner->isDone())
        run.result.steps.push_back(run.runner->runNext());
    run.result.fingerprint = run.world->lab().fingerprint();
    run.result.end = run.world->lab().now();
    return run;
}

/// A lab plus one step after the start: its actions and its expectations, in the flow style of the lab file.
inline std::string withStep(const std::string& lab, const std::string& actions, const std::string& expected,
                            const std::string& more = "") {
    std::string text = lab + "steps:\n  - name: begin\n  - name: act\n";
    if (!more.empty()) text += "    " + more + "\n";
    text += "    do: [" + (actions.empty() ? "{wait: 1ms}" : actions) + "]\n";
    if (!expected.empty()) text += "    expect:\n      - " + expected + "\n";
    return text;
}

/// A folder of its own that is gone after the test.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "peerscape-test-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path write(const std::string& name, const std::string& text) const {
        const auto file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }

  private:
    std::filesystem::path path_;
};

inline std::string readFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace peerscape
