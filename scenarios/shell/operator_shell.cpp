#include "scenarios/shell/operator_shell.hpp"

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "protocols/policy/commands.hpp"
#include "scenarios/shell/pipe.hpp"
#include "scenarios/shell/probe_commands.hpp"
#include "scenarios/shell/router_commands.hpp"
#include "scenarios/shell/show_interface.hpp"
#include "scenarios/shell/show_route.hpp"
#include "scenarios/shell/unmodelled_commands.hpp"

namespace peerscape {

namespace {

std::string showByProtocol(const ShellContext& context, const OperatorCommand& command, ProtocolId protocol,
                           const Arguments& arguments) {
    const NodeState& node = context.state();
    const ProcessSlot* slot = node.slotOf(protocol);
    ShowContext show;
    show.hostname = node.config->hostname.empty() ? node.name : node.config->hostname;
    show.now = context.world.now();
    show.interfaces = node.interfaces;
    show.config = node.config.get();
    show.process = slot == nullptr ? nullptr : slot->process.get();
    return command.show(show, arguments);
}

/// The command as it was meant: its words and arguments in order. In a pattern with choices every word behind
/// the first choice is an argument.
std::string lineOf(std::string_view pattern, const Arguments& arguments) {
    std::string line;
    const auto add = [&](std::string_view word) {
        line += line.empty() ? "" : " ";
        line += word;
    };
    for (const std::string_view word : splitWords(pattern)) {
        if (word.find_first_of("[<{") != std::string_view::npos) {
            for (const auto& [name, value] : arguments.all())
                add(value);
            return line;
        }
        const std::size_t dollar = word.find('$');
        add(dollar == std::string_view::npos ? word : arguments.text(word.substr(dollar + 1)));
    }
    return line;
}

/// A protocol's command as one of the shell: it prints, or becomes an action for the protocol's process.
ShellCommand commandOf(const OperatorCommand& command, ProtocolId protocol) {
    return {
        command.pattern, command.help,
        [command, protocol](const ShellContext& context, const Arguments& arguments) -> Result<ShellAnswer> {
            ShellAnswer answer;
            if (command.show) answer.text = showByProtocol(context, command, protocol, arguments);
            if (!command.commanded.empty()) {
                std::vector<std::string> words = command.commanded;
                for (const auto& [name, value] : arguments.all())
                    words.push_back(value);
                answer.actions.push_back(
                    {fmt::format("{}: {}", context.state().name, lineOf(command.pattern, arguments)),
                     action::Command{context.node, protocol, std::move(words)}});
            }
            return answer;
        }};
}

/// In the words that vtysh has for it, and what was probably meant.
std::string explain(const CommandMismatch& mismatch, const std::vector<std::string_view>& words,
                    std::string_view line) {
    switch (mismatch.kind) {
        case CommandMismatch::Kind::Incomplete:
            return fmt::format("% Command incomplete: {} ({})", line, describe(mismatch, words));
        case CommandMismatch::Kind::Ambiguous:
            return fmt::format("% Ambiguous command: {} ({})", line, describe(mismatch, words));
        case CommandMismatch::Kind::Unknown:
            break;
    }
    if (const auto known = findUnmodelledCommand(words)) {
        return fmt::format("% '{}' is a command of FRR that Peerscape does not model", *known);
    }
    return fmt::format("% Unknown command: {} ({})", line, describe(mismatch, words));
}

}  // namespace

OperatorShell::OperatorShell() : OperatorShell(protocols()) {}

OperatorShell::OperatorShell(std::vector<Protocol> protocols) : protocols_(std::move(protocols)) {
    add(routeCommands(Family::IPv4));
    add(routeCommands(Family::IPv6));
    add(interfaceCommands());
    add(routerCommands());
    add(probeCommands());
    for (const OperatorCommand& command : policy::policyOperatorCommands())
        add({commandOf(command, ProtocolId::none())});
    for (const Protocol& protocol : protocols_) {
        for (const OperatorCommand& command : protocol.operatorCommands)
            add({commandOf(command, protocol.id)});
    }
}

void OperatorShell::add(std::vector<ShellCommand> commands) {
    for (ShellCommand& command : commands) {
        matcher_.add(command.pattern, command.help);
        commands_.push_back(std::move(command));
    }
}

Result<OperatorShell::Answer> OperatorShell::run(const Simulation& world, NodeId node,
                                                 std::string_view line) const {
    line = trim(line);
    const std::size_t bar = line.find('|');
    const std::string_view command = trim(line.substr(0, bar));
    const auto pipe = Pipe::parse(bar == std::string_view::npos ? std::string_view() : line.substr(bar + 1));
    if (!pipe) return std::unexpected(pipe.error());
    const auto words = splitWords(command);
    if (words.empty()) return Answer{};

    const ShellContext context{world, node, protocols_};
    auto answer = runProbeWithOptions(context, words);
    if (!answer) {
        const auto match = matcher_.match(words);
        if (!match) return failure(explain(match.error(), words, command));
        answer = commands_[match->index].run(context, match->arguments);
    }
    if (*answer) (*answer)->text = pipe->apply(std::move((*answer)->text));
    return *std::move(answer);
}

std::vector<Completion> OperatorShell::complete(std::string_view line) const {
    const auto words = splitWords(line);
    const bool lastIsPartial = !words.empty() && line.back() != ' ' && line.back() != '\t';
    return matcher_.complete(words, lastIsPartial);
}

}  // namespace peerscape
