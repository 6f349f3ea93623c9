#include "scenarios/config/config_language.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/base/check.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "protocols/policy/commands.hpp"
#include "scenarios/config/core_commands.hpp"

namespace peerscape {
namespace {

std::vector<ConfigCommand> allCommands() {
    std::vector<ConfigCommand> commands = coreCommands();
    std::ranges::move(policy::policyCommands(), std::back_inserter(commands));
    for (const Protocol& protocol : protocols()) {
        commands.insert(commands.end(), protocol.configCommands.begin(), protocol.configCommands.end());
    }
    return commands;
}

}  // namespace

ConfigLanguage::ConfigLanguage(std::vector<ConfigCommand> commands) : commands_(std::move(commands)) {
    modes_[""];
    for (std::size_t i = 0; i < commands_.size(); ++i) {
        const ConfigCommand& command = commands_[i];
        PEERSCAPE_CHECK(command.apply || command.undo);
        Mode& mode = modes_[command.mode];
        if (command.apply) {
            mode.lines.add(command.pattern, command.help);
            mode.lineCommands.push_back(i);
            mode.hasLinesWithNo = mode.hasLinesWithNo || command.pattern.starts_with("no ");
        }
        if (!command.enters.empty()) modes_[command.enters];
        if (!command.undo) continue;
        mode.negations.add(command.undoPattern.empty() ? command.pattern : command.undoPattern, command.help);
        mode.negationCommands.push_back(i);
    }
}

std::expected<ConfigLanguage::Match, CommandMismatch> ConfigLanguage::match(
    std::string_view modeName, std::span<const std::string_view> words) const {
    const auto found = modes_.find(modeName);
    PEERSCAPE_CHECK(found != modes_.end());
    const Mode& mode = found->second;
    const bool isNegation = !words.empty() && words.front() == "no";
    if (isNegation && !mode.hasLinesWithNo) return matchNegation(mode, words);
    auto match = mode.lines.match(words);
    if (match) return Match{&commands_[mode.lineCommands[match->index]], false, std::move(match->arguments)};
    if (isNegation) return matchNegation(mode, words);
    return std::unexpected(std::move(match.error()));
}

std::expected<ConfigLanguage::Match, CommandMismatch> ConfigLanguage::matchNegation(
    const Mode& mode, std::span<const std::string_view> words) const {
    auto match = mode.negations.match(words.subspan(1));
    if (match)
        return Match{&commands_[mode.negationCommands[match->index]], true, std::move(match->arguments)};
    CommandMismatch mismatch = std::move(match.error());
    ++mismatch.word;
    return std::unexpected(std::move(mismatch));
}

std::vector<std::string> ConfigLanguage::modesThatKnow(std::span<const std::string_view> words) const {
    std::vector<std::string> names;
    for (const auto& [name, mode] : modes_) {
        if (match(name, words)) names.push_back(name);
    }
    return names;
}

std::vector<Completion> ConfigLanguage::complete(std::string_view modeName,
                                                 std::span<const std::string_view> words,
                                                 bool lastIsPartial) const {
    const auto found = modes_.find(modeName);
    PEERSCAPE_CHECK(found != modes_.end());
    const Mode& mode = found->second;
    const bool behindNo = words.size() > (lastIsPartial ? 1U : 0U) && words.front() == "no";
    if (behindNo) return mode.negations.complete(words.subspan(1), lastIsPartial);
    auto completions = mode.lines.complete(words, lastIsPartial);
    const std::string_view partial = lastIsPartial && !words.empty() ? words.back() : std::string_view();
    const bool isFirstWord = words.size() == (lastIsPartial ? 1U : 0U);
    if (isFirstWord && mode.negations.size() > 0 && std::string_view("no").starts_with(partial)) {
        completions.push_back({.text = "no", .isVariable = false, .help = "Takes back what a line said."});
    }
    return completions;
}

const ConfigLanguage& configLanguage() {
    static const ConfigLanguage language(allCommands());
    return language;
}

}  // namespace peerscape
