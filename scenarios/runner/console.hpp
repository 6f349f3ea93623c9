#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/runner/lab_world.hpp"
#include "scenarios/runner/step_runner.hpp"

namespace peerscape {

/// What a lab answers to lines typed at it, without a terminal: the console's logic, one line in, one answer
/// out. docs/console.md lists the lines. An answer that begins with '%' is a refusal; nothing was changed
/// then.
class Console {
  public:
    explicit Console(LabWorld& world);

    struct Answer {
        std::string text;
        bool expectsMore = false;  ///< inside `configure`: more lines follow, there is no answer yet
        bool quits = false;
    };
    Answer handle(std::string_view line);
    /// "R1(config)# " inside `configure`, otherwise the lab's time: "12.5 s> ".
    std::string prompt() const;
    /// What the last word of a line may become.
    std::vector<Completion> complete(std::string_view line) const;

  private:
    Answer handleConfigureLine(std::string_view line);
    std::string converge(std::string_view argument);
    std::string run(std::string_view argument);
    std::string seek(std::string_view argument);
    std::string setTarget(std::string_view target, bool up);
    std::string setProcess(const std::vector<std::string_view>& words, bool running);
    std::string step();
    std::string command(NodeId node, std::string_view line);
    std::string unknown(std::string_view word) const;

    LabWorld& world_;
    StepRunner steps_;
    std::optional<NodeId> configuring_;
    std::vector<std::string> lines_;
};

}  // namespace peerscape
