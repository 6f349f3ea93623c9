#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/command/command_table.hpp"
#include "protocols/policy/commands.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape::policy::test {

inline IpAddress ip(std::string_view text) { return *IpAddress::parse(text); }
inline Prefix net(std::string_view text) { return *Prefix::parse(text); }

inline constexpr ProtocolId kStatic{2};
inline constexpr ProtocolId kRip{3};

/// The least reader of a configuration: the policy commands, the mode they enter, and `no`.
class Reader {
  public:
    Reader() {
        session_.protocolNamed = [](std::string_view name) -> std::optional<ProtocolId> {
            if (name == "static") return kStatic;
            if (name == "rip") return kRip;
            return std::nullopt;
        };
        for (const ConfigCommand& command : commands_) {
            if (command.apply) add(command.mode, command.pattern, command, false);
            if (command.undo) {
                add(command.mode, command.undoPattern.empty() ? command.pattern : command.undoPattern,
                    command, true);
            }
        }
    }

    /// The error of the first line that has one; empty: none.
    std::string read(std::string_view text) {
        for (const auto line : split(text, '\n')) {
            const auto words = splitWords(line);
            if (words.empty() || words.front() == "!") continue;
            const auto result = words.front() == "exit" ? leave() : readLine(words);
            for (auto& warning : session_.takeWarnings())
                warnings_.push_back(std::move(warning));
            if (!result) return result.error().message;
        }
        return "";
    }
    /// One policy for all tests of a fixture that only look.
    const PolicySet& policy() { return session_.policy<PolicySet>(); }
    const std::vector<std::string>& warnings() const { return warnings_; }
    std::string print() {
        ConfigPrinter printer([](ProtocolId) { return "?"; });
        printKeyChains(policy(), printer);
        printPolicy(policy(), printer);
        return printer.text();
    }
    /// What an operator's `show` command answers.
    std::string show(std::string_view line) {
        RouterConfig config;
        config.policy = std::make_shared<const PolicySet>(policy());
        ShowContext context;
        context.config = &config;
        const auto operators = policyOperatorCommands();
        CommandMatcher matcher;
        for (const auto& command : operators)
            matcher.add(command.pattern, command.help);
        const auto match = matcher.match(splitWords(line));
        return match ? operators[match->index].show(context, match->arguments) : "not understood";
    }

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
    Result<void> leave() {
        const std::string argument = session_.mode.argument;
        const bool isInChain = session_.mode.name == "key chain key";
        session_.mode =
            isInChain ? ConfigMode{"key chain", argument.substr(0, argument.find(' '))} : ConfigMode{};
        return {};
    }
    Result<void> readLine(std::vector<std::string_view> words) {
        const bool isUndo = words.front() == "no";
        if (isUndo) words.erase(words.begin());
        std::string why;
        for (const std::string& mode : {session_.mode.name, std::string()}) {
            const Language& language = languages_[{mode, isUndo}];
            const auto match = language.matcher.match(words);
            if (!match) {
                why = describe(match.error(), words);
                continue;
            }
            if (mode.empty()) session_.mode = {};
            const ConfigCommand& command = *language.commands[match->index];
            auto done = (isUndo ? command.undo : command.apply)(session_, match->arguments);
            if (done && !isUndo && !command.enters.empty()) enter(command, match->arguments);
            return done;
        }
        return failure(why);
    }
    void enter(const ConfigCommand& command, const Arguments& arguments) {
        std::vector<std::string> values;
        for (const auto name : splitWords(command.entersArgument))
            values.emplace_back(arguments.text(name));
        // A command may say itself what its block is called.
        if (session_.mode.name != command.enters || !command.entersArgument.empty())
            session_.mode = {command.enters, join(values, " ")};
    }

    std::vector<ConfigCommand> commands_ = policyCommands();
    std::map<std::pair<std::string, bool>, Language> languages_;
    ConfigSession session_{RouterConfig{}};
    std::vector<std::string> warnings_;
};

}  // namespace peerscape::policy::test
