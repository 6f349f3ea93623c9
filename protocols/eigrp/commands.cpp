/// The blocks `router eigrp` and `ipv6 router eigrp`, and with whom and where EIGRP is spoken.
#include "protocols/eigrp/commands.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "protocols/eigrp/command_list.hpp"

namespace peerscape::eigrp {
namespace {

std::uint16_t autonomousSystemIn(const Arguments& arguments) {
    return static_cast<std::uint16_t>(arguments.number("as"));
}

Result<void> openRouter(EigrpConfig& config, std::uint16_t number) {
    if (config.autonomousSystem.value_or(number) != number) {
        return failure(
            fmt::format("the router is in autonomous system {} already: expected that number, or 'no' of "
                        "that block first",
                        *config.autonomousSystem));
    }
    return CommandList::set(config.autonomousSystem, number);
}

Result<void> removeRouter(EigrpConfig& config, std::uint16_t number) {
    if (config.autonomousSystem != number)
        return failure(fmt::format("there is no autonomous system {} here", number));
    // What interfaces say stays, as in FRR.
    EigrpConfig fresh;
    fresh.family = config.family;
    fresh.interfaces = std::move(config.interfaces);
    config = std::move(fresh);
    return {};
}

Result<void> setPassive(EigrpConfig& config, const Arguments& arguments, bool isPassive) {
    const std::string name(arguments.text("interface"));
    return isPassive != config.isPassiveByDefault ? include(config.passiveExceptions, name)
                                                  : exclude(config.passiveExceptions, name);
}

Result<void> setPassiveByDefault(EigrpConfig& config, bool isPassive) {
    config.isPassiveByDefault = isPassive;
    config.passiveExceptions.clear();
    return {};
}

/// By FRR's `A.B.C.D/M`; host bits do not count.
void addNetwork(CommandList& list) {
    list.addToRouter(
        "network " + list.prefixPattern(), "Runs on all interfaces that have an address in the network.",
        [](EigrpConfig& c, auto&, const Arguments& a) { return include(c.networks, a.prefix("prefix")); },
        [](EigrpConfig& c, auto&, const Arguments& a) { return exclude(c.networks, a.prefix("prefix")); });
}

void addPassiveInterfaces(CommandList& list) {
    list.addToRouter(
        "passive-interface IFNAME$interface",
        "Announces the interface's network but has no neighbours there.",
        [](EigrpConfig& c, auto&, const Arguments& a) { return setPassive(c, a, true); },
        [](EigrpConfig& c, auto&, const Arguments& a) { return setPassive(c, a, false); });
    list.addToRouter(
        "passive-interface default", "Makes all interfaces passive that are not said to be active.",
        [](EigrpConfig& c, auto&, auto&) { return setPassiveByDefault(c, true); },
        [](EigrpConfig& c, auto&, auto&) { return setPassiveByDefault(c, false); });
}

void addNeighbors(CommandList& list) {
    const auto neighborIn = [](const Arguments& a) {
        return StaticNeighbor{a.address("address"), std::string(a.text("interface"))};
    };
    // IPv6 neighbours are named by link-local addresses, which say nothing without the interface.
    list.addToRouter(
        list.isV4() ? "neighbor A.B.C.D$address [IFNAME$interface]"
                    : "neighbor X:X::X:X$address IFNAME$interface",
        "Speaks with this neighbour by unicast.",
        [=](EigrpConfig& c, auto&, const Arguments& a) { return include(c.neighbors, neighborIn(a)); },
        [=](EigrpConfig& c, auto&, const Arguments& a) { return exclude(c.neighbors, neighborIn(a)); });
}

}  // namespace

EigrpConfig& configIn(ConfigSession& session, Family family) {
    return family == Family::IPv4 ? session.process<Eigrp4Config>().value
                                  : session.process<Eigrp6Config>().value;
}

ConfigCommand& CommandList::add(std::string mode, std::string pattern, std::string help, Change apply,
                                Change undo, std::string undoPattern) {
    const auto onConfig = [family = family_](Change change) {
        return [change = std::move(change), family](ConfigSession& session, const Arguments& arguments) {
            return change(configIn(session, family), session, arguments);
        };
    };
    ConfigCommand command;
    command.mode = std::move(mode);
    command.pattern = std::move(pattern);
    command.help = std::move(help);
    command.apply = onConfig(std::move(apply));
    command.undo = onConfig(std::move(undo));
    command.undoPattern = std::move(undoPattern);
    return commands_.emplace_back(std::move(command));
}

void addRouter(CommandList& list) {
    auto& enter = list.add(
        "", list.routerMode() + " (1-65535)$as", "Runs EIGRP in this autonomous system.",
        [](EigrpConfig& c, auto&, const Arguments& a) { return openRouter(c, autonomousSystemIn(a)); },
        [](EigrpConfig& c, auto&, const Arguments& a) { return removeRouter(c, autonomousSystemIn(a)); });
    enter.enters = list.routerMode();
    enter.entersArgument = "as";
    list.addToRouter(
        "eigrp router-id A.B.C.D$address", "The router's name in external routes; none may have it twice.",
        [](EigrpConfig& c, auto&, const Arguments& a) {
            return CommandList::set(c.routerId, a.address("address"));
        },
        [](EigrpConfig& c, auto&, auto&) { return CommandList::set(c.routerId, std::nullopt); },
        "eigrp router-id [A.B.C.D$address]");
    list.addFlag("shutdown", "Keeps the configuration and stops the process.", &EigrpConfig::isShutdown);
    list.addFlag("eigrp log-neighbor-changes", "Accepted; a lab's record has them anyway.",
                 &EigrpConfig::logsNeighborChanges);
}

void addNetworks(CommandList& list) {
    if (list.isV4()) addNetwork(list);
    addPassiveInterfaces(list);
    addNeighbors(list);
}

std::vector<ConfigCommand> configCommands(Family family) {
    CommandList list(family);
    addRouter(list);
    addNetworks(list);
    addMetrics(list);
    addRoutes(list);
    addInterfaces(list);
    return list.take();
}

}  // namespace peerscape::eigrp
