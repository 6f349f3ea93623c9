/// RIP's part of `show running-config`: the lines in FRR 8.4's order, those that say the default left out.
#include <algorithm>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "protocols/rip/commands.hpp"
#include "protocols/rip/config.hpp"

namespace peerscape::rip {
namespace {

const RipConfig& ripConfig(const ProcessConfig& config) {
    const auto* ours = dynamic_cast<const RipConfig*>(&config);
    PEERSCAPE_CHECK(ours != nullptr);
    return *ours;
}

std::string_view word(Direction direction) { return direction == Direction::In ? "in" : "out"; }

/// " eth0" behind a line that is about one interface.
std::string behind(const std::string& name) { return name.empty() ? "" : " " + name; }

void printNetworks(const RipConfig& config, ConfigPrinter& printer) {
    for (const auto& entry : config.sourceDistances) {
        printer.line(fmt::format("distance {} {}{}", entry.distance, toString(entry.source),
                                 behind(entry.accessList)));
    }
    for (const auto& neighbor : config.neighbors)
        printer.line("neighbor " + toString(neighbor));
    for (const auto& network : config.networks)
        printer.line("network " + toString(network));
    for (const auto& interface : config.networkInterfaces)
        printer.line("network " + interface);
    for (const auto& list : config.offsetLists) {
        printer.line(fmt::format("offset-list {} {} {}{}", list.accessList, word(list.direction), list.offset,
                                 behind(list.interface)));
    }
    if (config.isPassiveByDefault) printer.line("passive-interface default");
    for (const auto& interface : config.passiveExceptions) {
        printer.line(std::string(config.isPassiveByDefault ? "no " : "") + "passive-interface " + interface);
    }
}

void printFilters(const RipConfig& config, ConfigPrinter& printer) {
    const std::string_view start = config.family() == Family::IPv4 ? "" : "ipv6 ";
    for (const auto& list : config.distributeLists) {
        printer.line(fmt::format("{}distribute-list {}{} {}{}", start, list.isPrefixList ? "prefix " : "",
                                 list.list, word(list.direction), behind(list.interface)));
    }
    for (const auto& map : config.routeMaps) {
        printer.line(fmt::format("route-map {} {} {}", map.routeMap, word(map.direction), map.interface));
    }
}

}  // namespace

void printRouter(const ProcessConfig& processConfig, ConfigPrinter& printer) {
    const RipConfig& config = ripConfig(processConfig);
    if (!config.isRouterPresent) return;
    printer.open(config.family() == Family::IPv4 ? "router rip" : "router ripng");
    if (config.allowsEcmp) printer.line("allow-ecmp");
    if (config.originatesDefault) printer.line("default-information originate");
    if (config.defaultMetric != 1) printer.line(fmt::format("default-metric {}", config.defaultMetric));
    if (config.distance) printer.line(fmt::format("distance {}", *config.distance));
    printNetworks(config, printer);
    for (const auto& entry : config.redistributions) {
        std::string line = "redistribute " + entry.name;
        if (entry.metric) line += fmt::format(" metric {}", *entry.metric);
        if (!entry.routeMap.empty()) line += " route-map " + entry.routeMap;
        printer.line(line);
    }
    for (const auto& prefix : config.staticRoutes)
        printer.line("route " + toString(prefix));
    for (const auto& prefix : config.aggregates)
        printer.line("aggregate-address " + toString(prefix));
    if (config.timers != Timers{}) {
        const auto seconds = [](Duration d) { return d / Duration::seconds(1); };
        printer.line(fmt::format("timers basic {} {} {}", seconds(config.timers.update),
                                 seconds(config.timers.timeout), seconds(config.timers.garbage)));
    }
    if (config.versions) printer.line(fmt::format("version {}", toString(*config.versions)));
    printFilters(config, printer);
    printer.close();
}

void printInterface(const ProcessConfig& processConfig, std::string_view interfaceName,
                    ConfigPrinter& printer) {
    const RipConfig& config = ripConfig(processConfig);
    const InterfaceSettings& settings = config.interface(interfaceName);
    const std::string start = config.family() == Family::IPv4 ? "ip rip " : "ipv6 ripng ";
    if (settings.splitHorizon == SplitHorizon::Off) printer.line("no " + start + "split-horizon");
    if (settings.splitHorizon == SplitHorizon::PoisonedReverse)
        printer.line(start + "split-horizon poisoned-reverse");
    if (settings.v2Broadcast) printer.line("ip rip v2-broadcast");
    if (settings.receive) printer.line(fmt::format("ip rip receive version {}", toString(*settings.receive)));
    if (settings.send) printer.line(fmt::format("ip rip send version {}", toString(*settings.send)));
    if (settings.authentication == AuthenticationMode::Text) printer.line("ip rip authentication mode text");
    if (settings.authentication == AuthenticationMode::Md5) {
        printer.line(std::string("ip rip authentication mode md5") +
                     (settings.countsRfcLength ? " auth-length rfc" : ""));
    }
    if (!settings.authenticationString.empty()) {
        printer.line("ip rip authentication string " + settings.authenticationString);
    }
    if (!settings.keyChain.empty()) printer.line("ip rip authentication key-chain " + settings.keyChain);
}

std::vector<std::string> interfacesNamed(const ProcessConfig& processConfig) {
    std::vector<std::string> names;
    for (const auto& [name, settings] : ripConfig(processConfig).interfaces) {
        if (settings != InterfaceSettings{}) names.push_back(name);
    }
    return names;
}

}  // namespace peerscape::rip
