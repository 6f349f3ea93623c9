// `key chain NAME`, and the keys in it.
#include <string>
#include <utility>

#include "engine/base/check.hpp"
#include "engine/base/text.hpp"
#include "protocols/policy/command_parts.hpp"

namespace peerscape::policy {
namespace {

constexpr const char* kChainMode = "key chain";
/// Its argument is "CHAIN NUMBER".
constexpr const char* kKeyMode = "key chain key";

/// The chain whose block is being read; its name has no blank.
KeyChain& chainIn(ConfigSession& session) {
    const std::string& argument = session.mode.argument;
    return policyIn(session).keyChains[argument.substr(0, argument.find(' '))];
}

/// The secret of the key whose block is being read.
std::string& secretIn(ConfigSession& session) {
    const std::string_view argument = session.mode.argument;
    const auto number = readNumber(argument.substr(argument.find(' ') + 1), UINT32_MAX);
    PEERSCAPE_CHECK(number.has_value());
    return chainIn(session)[static_cast<std::uint32_t>(*number)];
}

ConfigCommand chainCommand() {
    ConfigCommand chain;
    chain.pattern = "key chain WORD$chain";
    chain.help = "A list of numbered secrets.";
    chain.enters = kChainMode;
    chain.entersArgument = "chain";
    chain.apply = [](ConfigSession& session, const Arguments& a) -> Result<void> {
        policyIn(session).keyChains[std::string(a.text("chain"))];
        return {};
    };
    chain.undo = [](ConfigSession& session, const Arguments& a) -> Result<void> {
        auto& chains = policyIn(session).keyChains;
        const auto found = chains.find(a.text("chain"));
        if (found == chains.end()) return failure("there is no such key chain");
        chains.erase(found);
        return {};
    };
    return chain;
}

ConfigCommand keyCommand(const char* mode) {
    ConfigCommand key;
    key.mode = mode;
    key.pattern = "key (0-2147483647)$key";
    key.help = "A key of the chain.";
    key.enters = kKeyMode;
    key.apply = [](ConfigSession& session, const Arguments& a) -> Result<void> {
        chainIn(session)[static_cast<std::uint32_t>(a.number("key"))];
        const std::string& argument = session.mode.argument;
        session.mode = {kKeyMode, argument.substr(0, argument.find(' ')) + " " + std::string(a.text("key"))};
        return {};
    };
    key.undo = [](ConfigSession& session, const Arguments& a) -> Result<void> {
        chainIn(session).erase(static_cast<std::uint32_t>(a.number("key")));
        return {};
    };
    return key;
}

ConfigCommand secretCommand() {
    ConfigCommand secret;
    secret.mode = kKeyMode;
    secret.pattern = "key-string LINE...$secret";
    secret.help = "The key's secret.";
    secret.undoPattern = "key-string [LINE...$secret]";
    secret.apply = [](ConfigSession& session, const Arguments& a) -> Result<void> {
        secretIn(session) = std::string(a.text("secret"));
        return {};
    };
    secret.undo = [](ConfigSession& session, const Arguments&) -> Result<void> {
        secretIn(session).clear();
        return {};
    };
    return secret;
}

}  // namespace

std::vector<ConfigCommand> keyChainCommands() {
    // Inside a key the next one may follow at once; otherwise `key 7` would read as an abbreviated
    // `key-string 7`.
    return {chainCommand(), keyCommand(kChainMode), keyCommand(kKeyMode), secretCommand()};
}

}  // namespace peerscape::policy
