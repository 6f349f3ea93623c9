#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/command/command_table.hpp"
#include "engine/routing/config_session.hpp"

namespace peerscape {

/// All commands of the configuration language, ready to be looked up: the router's own, the shared policy's
/// and those of every protocol in the catalogue.
class ConfigLanguage {
  public:
    explicit ConfigLanguage(std::vector<ConfigCommand> commands);

    /// A line that was understood.
    struct Match {
        const ConfigCommand* command = nullptr;
        bool isNegated = false;  ///< a `no` line: `command->undo` carries it out
        Arguments arguments;
    };

    /// What the words mean in exactly this mode.
    std::expected<Match, CommandMismatch> match(std::string_view mode,
                                                std::span<const std::string_view> words) const;

    /// What may follow the words in this mode (see CommandMatcher::complete); `no` among it.
    std::vector<Completion> complete(std::string_view mode, std::span<const std::string_view> words,
                                     bool lastIsPartial) const;

    /// The modes, in the order of their names, that understand the words.
    std::vector<std::string> modesThatKnow(std::span<const std::string_view> words) const;

    bool hasMode(std::string_view mode) const { return modes_.contains(mode); }
    const std::vector<ConfigCommand>& commands() const { return commands_; }

  private:
    struct Mode {
        CommandMatcher lines;
        std::vector<std::size_t> lineCommands;  ///< which command each pattern of `lines` is of
        CommandMatcher negations;               ///< the words behind `no`
        std::vector<std::size_t> negationCommands;
        bool hasLinesWithNo = false;  ///< some pattern itself begins with `no`
    };

    std::expected<Match, CommandMismatch> matchNegation(const Mode& mode,
                                                        std::span<const std::string_view> words) const;

    std::vector<ConfigCommand> commands_;
    std::map<std::string, Mode, std::less<>> modes_;
};

/// The language of this build; it never changes.
const ConfigLanguage& configLanguage();

}  // namespace peerscape
