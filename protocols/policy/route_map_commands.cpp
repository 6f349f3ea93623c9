// `route-map NAME permit|deny N` and the lines in it that say what happens after a match.
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/base/text.hpp"
#include "protocols/policy/command_parts.hpp"
#include "protocols/policy/commands.hpp"

namespace peerscape::policy {
namespace {

constexpr const char* kMode = "route-map";

std::uint32_t sequenceIn(const Arguments& arguments) {
    return static_cast<std::uint32_t>(arguments.number("sequence"));
}

using Change = std::function<Result<void>(RouteMapEntry&, const Arguments&)>;

ConfigCommand entryCommand(std::string pattern, std::string help, Change apply, Change undo,
                           std::string undoPattern) {
    ConfigCommand command;
    command.mode = kMode;
    command.pattern = std::move(pattern);
    command.help = std::move(help);
    command.apply = [apply = std::move(apply)](ConfigSession& session, const Arguments& a) {
        return apply(entryIn(session), a);
    };
    command.undo = [undo = std::move(undo)](ConfigSession& session, const Arguments& a) {
        return undo(entryIn(session), a);
    };
    command.undoPattern = std::move(undoPattern);
    return command;
}

Result<void> exitWith(RouteMapEntry& entry, ExitPolicy policy, std::uint32_t sequence = 0) {
    entry.exitPolicy = policy;
    entry.gotoSequence = sequence;
    return {};
}

/// Entries are only ever left downwards: otherwise a route would go round for ever.
Result<void> goTo(ConfigSession& session, std::uint64_t target) {
    const auto own =
        readNumber(std::string_view(session.mode.argument).substr(session.mode.argument.rfind(' ') + 1));
    PEERSCAPE_CHECK(own.has_value());
    if (target <= *own) return failure("Can't jump backwards in route-maps");
    return exitWith(entryIn(session), ExitPolicy::Goto, static_cast<std::uint32_t>(target));
}

}  // namespace

RouteMapEntry& entryIn(ConfigSession& session) {
    const std::string& argument = session.mode.argument;
    const std::size_t blank = argument.rfind(' ');
    PEERSCAPE_CHECK(blank != std::string::npos);
    const auto sequence = readNumber(std::string_view(argument).substr(blank + 1), UINT32_MAX);
    PEERSCAPE_CHECK(sequence.has_value());
    return policyIn(session).routeMaps[argument.substr(0, blank)][static_cast<std::uint32_t>(*sequence)];
}

std::vector<ConfigCommand> routeMapCommands() {
    ConfigCommand entry;
    entry.pattern = "route-map RMAP_NAME$name <deny$action|permit$action> (1-65535)$sequence";
    entry.help = "An entry of a route-map: what it matches and what it sets stands below.";
    entry.enters = kMode;
    entry.entersArgument = "name sequence";
    entry.apply = [](ConfigSession& session, const Arguments& a) -> Result<void> {
        policyIn(session).routeMaps[std::string(a.text("name"))][sequenceIn(a)].action = actionIn(a);
        return {};
    };
    entry.undo = [](ConfigSession& session, const Arguments& a) -> Result<void> {
        auto& maps = policyIn(session).routeMaps;
        const auto map = maps.find(a.text("name"));
        if (map == maps.end() || map->second.erase(sequenceIn(a)) == 0)
            return failure("there is no such route-map entry");
        if (map->second.empty()) maps.erase(map);
        return {};
    };

    ConfigCommand whole;
    whole.pattern = "route-map RMAP_NAME$name";
    whole.help = "Removes the route-map with all its entries.";
    whole.undo = [](ConfigSession& session, const Arguments& a) -> Result<void> {
        auto& maps = policyIn(session).routeMaps;
        const auto map = maps.find(a.text("name"));
        if (map == maps.end()) return failure(fmt::format("there is no route-map '{}'", a.text("name")));
        maps.erase(map);
        return {};
    };

    ConfigCommand optimization;
    optimization.pattern = "route-map RMAP_NAME$name optimization";
    optimization.help = "Has no influence on what a route-map says.";
    optimization.apply = [](ConfigSession&, const Arguments&) -> Result<void> { return {}; };
    optimization.undo = optimization.apply;
    return {entry, whole, optimization};
}

std::vector<ConfigCommand> exitCommands() {
    std::vector<ConfigCommand> commands;
    const auto exitPlainly = [](RouteMapEntry& entry, const Arguments&) {
        return exitWith(entry, ExitPolicy::Exit);
    };
    const auto exitToNext = [](RouteMapEntry& entry, const Arguments&) {
        return exitWith(entry, ExitPolicy::Next);
    };
    commands.push_back(entryCommand("on-match next", "After a match, the next entry is asked too.",
                                    exitToNext, exitPlainly, ""));
    commands.push_back(
        entryCommand("continue", "As `on-match next`.", exitToNext, exitPlainly, "continue [(1-65535)]"));
    const auto addGoto = [&](std::string pattern, std::string undoPattern) {
        ConfigCommand command = entryCommand(
            std::move(pattern), "After a match, the first entry of this number or above is asked too.",
            exitToNext, exitPlainly, std::move(undoPattern));
        command.apply = [](ConfigSession& session, const Arguments& a) {
            return goTo(session, a.number("target"));
        };
        commands.push_back(std::move(command));
    };
    addGoto("on-match goto (1-65535)$target", "on-match goto [(1-65535)]");
    addGoto("continue (1-65535)$target", "continue (1-65535)");
    commands.push_back(entryCommand(
        "call WORD$map", "Asks another route-map as well; when it denies, that is the verdict.",
        [](RouteMapEntry& entry, const Arguments& a) -> Result<void> {
            entry.call = std::string(a.text("map"));
            return {};
        },
        [](RouteMapEntry& entry, const Arguments&) -> Result<void> {
            entry.call.clear();
            return {};
        },
        "call [WORD]"));
    commands.push_back(entryCommand(
        "description LINE...$text", "A description of the entry.",
        [](RouteMapEntry& entry, const Arguments& a) -> Result<void> {
            entry.description = std::string(a.text("text"));
            return {};
        },
        [](RouteMapEntry& entry, const Arguments&) -> Result<void> {
            entry.description.clear();
            return {};
        },
        "description [LINE...]"));
    return commands;
}

std::vector<ConfigCommand> policyCommands() {
    std::vector<ConfigCommand> all;
    for (auto&& part :
         {prefixListCommands(Family::IPv4), prefixListCommands(Family::IPv6),
          accessListCommands(Family::IPv4), accessListCommands(Family::IPv6), pathListCommands(),
          keyChainCommands(), routeMapCommands(), matchCommands(), setCommands(), exitCommands()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace peerscape::policy
