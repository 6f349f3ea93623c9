#include "scenarios/config/core_commands.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"

namespace peerscape {
namespace {

using Action = std::function<Result<void>(ConfigSession&, const Arguments&)>;
using InterfaceAction = std::function<Result<void>(InterfaceConfig&, const Arguments&)>;

/// A command of the top level.
ConfigCommand command(std::string pattern, std::string help, Action apply, Action undo = nullptr,
                      std::string undoPattern = "") {
    ConfigCommand result;
    result.pattern = std::move(pattern);
    result.help = std::move(help);
    result.apply = std::move(apply);
    result.undo = std::move(undo);
    result.undoPattern = std::move(undoPattern);
    return result;
}

/// A command that changes the interface whose block is being read.
ConfigCommand interfaceCommand(std::string pattern, std::string help, InterfaceAction apply,
                               InterfaceAction undo, std::string undoPattern = "") {
    const auto onInterface = [](InterfaceAction action) {
        return [action = std::move(action)](ConfigSession& session, const Arguments& arguments) {
            return action(session.interface(session.mode.argument), arguments);
        };
    };
    ConfigCommand result = command(std::move(pattern), std::move(help), onInterface(std::move(apply)),
                                   onInterface(std::move(undo)), std::move(undoPattern));
    result.mode = "interface";
    return result;
}

ConfigCommand flag(std::string pattern, std::string help, bool RouterConfig::* place) {
    const auto set = [place](bool value) {
        return [place, value](ConfigSession& session, const Arguments&) -> Result<void> {
            session.config().*place = value;
            return {};
        };
    };
    return command(std::move(pattern), std::move(help), set(true), set(false));
}

/// Stores the argument; an argument of no name stores nothing in its place.
Action setText(std::string RouterConfig::* place, std::string argument) {
    return [place, argument = std::move(argument)](ConfigSession& session,
                                                   const Arguments& arguments) -> Result<void> {
        session.config().*place = std::string(arguments.text(argument));
        return {};
    };
}

InterfaceAddress addressIn(const Arguments& arguments) {
    const auto address = InterfaceAddress::parse(arguments.text("address"));
    PEERSCAPE_CHECK(address.has_value());  // the pattern took it for a prefix
    return *address;
}

Result<void> addAddress(InterfaceConfig& interface, const Arguments& arguments) {
    const InterfaceAddress address = addressIn(arguments);
    if (!address.address.isUnicast() || (address.address.isV4() && address.address.isLoopback())) {
        return failure(fmt::format("{} is no address that an interface can have", toString(address.address)));
    }
    if (std::ranges::find(interface.addresses, address) == interface.addresses.end()) {
        interface.addresses.push_back(address);
    }
    return {};
}

Result<void> removeAddress(InterfaceConfig& interface, const Arguments& arguments) {
    const InterfaceAddress address = addressIn(arguments);
    if (std::erase(interface.addresses, address) == 0) {
        return failure(fmt::format("the interface has no address {}", toString(address)));
    }
    return {};
}

void addRouterCommands(std::vector<ConfigCommand>& commands) {
    const auto nothing = [](ConfigSession&, const Arguments&) -> Result<void> { return {}; };
    const auto setDefaults = [](ConfigSession& session, const Arguments& arguments) -> Result<void> {
        session.config().defaults = std::string(arguments.text("profile"));
        if (session.config().defaults == "datacenter") {
            session.warn(
                "the datacenter defaults are not modelled: the traditional "
                "ones apply");
        }
        return {};
    };
    commands.push_back(command("hostname WORD$name", "The router's name.",
                               setText(&RouterConfig::hostname, "name"), setText(&RouterConfig::hostname, ""),
                               "hostname [WORD]"));
    commands.push_back(command("frr version LINE...$version", "The version that wrote the configuration.",
                               setText(&RouterConfig::version, "version")));
    commands.push_back(
        command("frr defaults <traditional|datacenter>$profile", "The set of default values.", setDefaults));
    commands.push_back(flag("ip forwarding", "Forwards IPv4 packets.", &RouterConfig::forwards4));
    commands.push_back(flag("ipv6 forwarding", "Forwards IPv6 packets.", &RouterConfig::forwards6));
    commands.push_back(flag("ip nht resolve-via-default",
                            "Next hops may be reached by the IPv4 default route.",
                            &RouterConfig::resolvesViaDefault4));
    commands.push_back(flag("ipv6 nht resolve-via-default",
                            "Next hops may be reached by the IPv6 default route.",
                            &RouterConfig::resolvesViaDefault6));
    // Where the router keeps its file is no matter here, and nearly every file has the line: no word about
    // it.
    commands.push_back(command("service integrated-vtysh-config", "One file holds the whole configuration.",
                               nothing, nothing));
    commands.push_back(command("configure terminal", "Configuration lines follow; they do anyway.", nothing));
}

void addInterface(std::vector<ConfigCommand>& commands) {
    auto enter = command("interface IFNAME$name", "The settings of one interface.",
                         [](ConfigSession& session, const Arguments& arguments) -> Result<void> {
                             session.interface(arguments.text("name"));
                             return {};
                         });
    enter.enters = "interface";
    enter.entersArgument = "name";
    commands.push_back(std::move(enter));
}

void addAddressesAndState(std::vector<ConfigCommand>& commands) {
    commands.push_back(interfaceCommand("ip address A.B.C.D/M$address", "An IPv4 address and its network.",
                                        addAddress, removeAddress));
    commands.push_back(interfaceCommand("ipv6 address X:X::X:X/M$address", "An IPv6 address and its network.",
                                        addAddress, removeAddress));
    const auto shut = [](bool isShutdown) {
        return [isShutdown](InterfaceConfig& interface, const Arguments&) -> Result<void> {
            interface.isShutdown = isShutdown;
            return {};
        };
    };
    commands.push_back(
        interfaceCommand("shutdown", "Takes the interface out of service.", shut(true), shut(false)));
    const auto describe = [](InterfaceConfig& interface, const Arguments& arguments) -> Result<void> {
        interface.description = std::string(arguments.text("text"));
        return {};
    };
    const auto forget = [](InterfaceConfig& interface, const Arguments&) -> Result<void> {
        interface.description.clear();
        return {};
    };
    commands.push_back(interfaceCommand("description LINE...$text", "A remark.", describe, forget,
                                        "description [LINE...$text]"));
}

void addBandwidth(std::vector<ConfigCommand>& commands) {
    const auto setBandwidth = [](InterfaceConfig& interface, const Arguments& arguments) -> Result<void> {
        interface.bandwidth = Bandwidth::bitsPerSecond(arguments.number("megabits") * 1'000'000);
        return {};
    };
    const auto forgetBandwidth = [](InterfaceConfig& interface, const Arguments&) -> Result<void> {
        interface.bandwidth.reset();
        return {};
    };
    commands.push_back(interfaceCommand("bandwidth (1-100000)$megabits",
                                        "The bandwidth of the interface, in Mbit/s.", setBandwidth,
                                        forgetBandwidth, "bandwidth [(1-100000)$megabits]"));
}

void addLoadInterval(std::vector<ConfigCommand>& commands) {
    const auto setInterval = [](InterfaceConfig& interface, const Arguments& arguments) -> Result<void> {
        constexpr std::uint64_t kStep = 30;
        const std::uint64_t seconds = arguments.number("seconds");
        if (seconds % kStep != 0)
            return failure(fmt::format("expected a multiple of {} seconds, not {}", kStep, seconds));
        interface.loadInterval = Duration::seconds(static_cast<std::int64_t>(seconds));
        return {};
    };
    const auto forgetInterval = [](InterfaceConfig& interface, const Arguments&) -> Result<void> {
        interface.loadInterval.reset();
        return {};
    };
    commands.push_back(interfaceCommand("load-interval (30-600)$seconds",
                                        "Measures what the interface carries, averaged over so many seconds.",
                                        setInterval, forgetInterval, "load-interval [(30-600)$seconds]"));
}

}  // namespace

std::vector<ConfigCommand> coreCommands() {
    std::vector<ConfigCommand> commands;
    addRouterCommands(commands);
    addInterface(commands);
    addAddressesAndState(commands);
    addBandwidth(commands);
    addLoadInterval(commands);
    return commands;
}

}  // namespace peerscape
