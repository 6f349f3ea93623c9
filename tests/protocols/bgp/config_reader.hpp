#pragma once

#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/command/command_table.hpp"
#include "protocols/bgp/commands.hpp"
#include "protocols/bgp/process_config.hpp"
#include "protocols/policy/commands.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape::bgp::test {

inline constexpr ProtocolId kStatic{2};
inline constexpr ProtocolId kRip{3};

/// The least reader of a configuration: BGP's commands and the policy's, blocks and `no`.
class Reader {
  public:
    Reader() {
        for (auto& command : policy::policyCommands())
            commands_.push_back(std::move(command));
        for (const ConfigCommand& command : commands_) {
            if (command.apply) add(command.mode, command.pattern, command, false);
            if (command.undo)
                add(command.mode, command.undoPattern.empty() ? command.pattern : command.undoPattern,
                    command, true);
        }
        session.protocolNamed = [](std::string_view name) -> std::optional<ProtocolId> {
            if (name == "connected") return kConnected;
            if (name == "static") return kStatic;
            if (name == "rip") return kRip;
            return std::nullopt;
        };
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// The error of the first line that has one; empty: none.
    std::string read(std::string_view text) {
        for (const auto line : split(text, '\n')) {
            const auto words = splitWords(line);
            if (words.empty() || words.front() == "!") continue;
            if (words.front() == "frr") {
                session.config().defaults = words.back();
                continue;
            }
            if (words.front() == "exit" || words.front() == "exit-address-family") {
                if (modes_.size() > 1) modes_.pop_back();
                continue;
            }
            const auto result = readLine(words);
            for (auto& warning : session.takeWarnings())
                warnings.push_back(std::move(warning));
            if (!result) return result.error().message;
        }
        return "";
    }
    /// Lines of `router bgp 65001`.
    std::string readInRouter(std::string_view lines) {
        const std::string opened = read("router bgp 65001");
        return opened.empty() ? read(lines) : opened;
    }
    const BgpConfig& config() { return session.process<BgpProcessConfig>().value; }
    /// What `show running-config` has of BGP.
    std::string print() {
        ConfigPrinter printer([](ProtocolId id) -> std::string {
            return id == kConnected ? "connected" : id == kStatic ? "static" : "rip";
        });
        printRouter(session.process<BgpProcessConfig>(), printer);
        return printer.text();
    }
    std::string printPolicy() {
        ConfigPrinter printer([](ProtocolId) { return "?"; });
        policy::printPolicy(session.policy<policy::PolicySet>(), printer);
        return printer.text();
    }

    ConfigSession session{RouterConfig{}};
    std::vector<std::string> warnings;

  private:
    struct Language {
        CommandMatcher matcher;
        std::vector<const ConfigCommand*> commands;
    };
    void add(const std::string& mode, const std::string& pattern, const ConfigCommand& command, bool isUndo) {
        Language& language = languages_[{mode, isUndo}];
        language.matcher.add(pattern, command.help);
        language.commands.push_back(&command);
    }
    Result<void> readLine(std::vector<std::string_view> words) {
        const bool isUndo = words.front() == "no";
        if (isUndo) words.erase(words.begin());
        CommandMismatch why;
        for (std::size_t depth = modes_.size(); depth-- > 0;) {
            const Language& language = languages_[{modes_[depth].name, isUndo}];
            const auto match = language.matcher.match(words);
            if (!match) {
                if (match.error().word >= why.word) why = match.error();
                continue;
            }
            modes_.resize(depth + 1);
            return carryOut(*language.commands[match->index], isUndo, match->arguments);
        }
        return failure(describe(why, words));
    }
    Result<void> carryOut(const ConfigCommand& command, bool isUndo, const Arguments& arguments) {
        session.mode = modes_.back();
        auto done = (isUndo ? command.undo : command.apply)(session, arguments);
        if (!done || isUndo || command.enters.empty()) return done;
        std::vector<std::string> values;
        for (const auto name : splitWords(command.entersArgument))
            values.emplace_back(arguments.text(name));
        modes_.push_back({command.enters, join(values, " ")});
        return done;
    }

    std::vector<ConfigCommand> commands_ = configCommands();
    std::map<std::pair<std::string, bool>, Language> languages_;
    std::vector<ConfigMode> modes_{ConfigMode{}};
};

/// A file of tests/protocols/bgp/running_config.
inline std::string transcript(const std::string& name) {
    std::ifstream file(std::string(PEERSCAPE_SOURCE_DIR) + "/tests/protocols/bgp/running_config/" + name);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace peerscape::bgp::test
