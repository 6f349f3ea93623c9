#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/explain/evidence.hpp"
#include "scenarios/world/branches.hpp"
#include "scenarios/world/lab_world.hpp"

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
    Answer answerTo(std::string_view line);
    Answer handleConfigureLine(std::string_view line);
    std::string converge(std::string_view argument);
    std::string run(std::string_view argument);
    std::string seek(std::string_view argument);
    std::string setTarget(std::string_view target, bool up);
    std::string setProcess(const std::vector<std::string_view>& words, bool running);
    std::string setFrozen(const std::vector<std::string_view>& words, bool frozen);
    std::string step();
    std::string command(NodeId node, std::string_view line);
    std::string unknown(std::string_view word) const;

    // console_explain.cpp
    using Words = std::span<const std::string_view>;
    /// Answers the lines that only look and explain; nothing when it is none of them.
    std::optional<std::string> look(std::string_view verb, Words arguments);
    std::string explain(Words arguments, bool isAbsence) const;
    std::string records(Words arguments) const;
    std::string drops(Words arguments) const;
    std::string diff(Words arguments) const;
    std::string origins(Words arguments) const;
    std::string branch(std::string_view name);
    /// Carries out what changes the run; in the past, on a new timeline. A refusal leaves none behind.
    std::string act(const std::function<std::string()>& action);
    std::string switchTo(std::string_view name);
    Evidence evidence() const {
        return {world_.simulation(), std::as_const(world_).lab().log(), world_.file()};
    }

    LabWorld& world_;
    Branches branches_;
    std::optional<NodeId> configuring_;
    std::vector<std::string> lines_;
};

}  // namespace peerscape
