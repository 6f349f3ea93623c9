#pragma once

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "engine/command/pattern.hpp"
#include "engine/routing/protocol.hpp"
#include "engine/sim/action.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

/// Where a command is typed: a node of the world, read only.
struct ShellContext {
    const Simulation& world;
    NodeId node;
    std::span<const Protocol> protocols;

    const NodeState& state() const { return world.node(node); }
};

/// What a command comes to: what is printed, and what the caller has to carry out on the lab.
struct ShellAnswer {
    std::string text;  ///< lines, each with its newline; empty when there is nothing to say
    std::vector<Action> actions;

    static ShellAnswer of(std::string text) { return {std::move(text), {}}; }
};

/// One command of the shell, from wherever it comes: the shell's own, or a protocol's.
struct ShellCommand {
    std::string pattern;  ///< see Pattern
    std::string help;     ///< one sentence
    std::function<Result<ShellAnswer>(const ShellContext&, const Arguments&)> run;
};

}  // namespace peerscape
