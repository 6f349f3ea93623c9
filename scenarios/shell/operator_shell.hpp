#pragma once

#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "engine/command/command_table.hpp"
#include "engine/routing/protocol.hpp"
#include "engine/sim/simulation.hpp"
#include "scenarios/shell/shell_command.hpp"

namespace peerscape {

/// What a router answers to one operator's command, as `vtysh -c` would on FRR 8.4.4. It knows its own
/// commands (routes, interfaces, configuration, ping, traceroute) and those of every protocol.
///
/// Nothing here changes the world: a command that acts gives actions, and the caller carries them out.
class OperatorShell {
  public:
    using Answer = ShellAnswer;

    /// With the protocols of the catalogue.
    OperatorShell();
    explicit OperatorShell(std::vector<Protocol> protocols);

    /// One line, as typed; keywords may be abbreviated, and `| include REGEX` may follow (also exclude,
    /// begin, count). A failure's message is what the router would say of a line it does not understand.
    Result<Answer> run(const Simulation& world, NodeId node, std::string_view line) const;

    /// What may come next, for `?` and Tab. A line that ends in a blank asks for the next word, any other for
    /// the rest of its last one.
    std::vector<Completion> complete(std::string_view line) const;

  private:
    void add(std::vector<ShellCommand> commands);

    std::vector<Protocol> protocols_;
    CommandMatcher matcher_;
    std::vector<ShellCommand> commands_;  ///< by the matcher's index
};

}  // namespace peerscape
