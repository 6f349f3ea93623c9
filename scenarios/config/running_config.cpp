#include "scenarios/config/running_config.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "engine/routing/config_session.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "protocols/policy/commands.hpp"

namespace peerscape {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// "eth2" before "eth10": letters first, then the number behind them.
bool comesBefore(std::string_view a, std::string_view b) {
    const auto letters = [](std::string_view name) {
        while (!name.empty() && isDigit(name.back()))
            name.remove_suffix(1);
        return name;
    };
    if (letters(a) != letters(b)) return letters(a) < letters(b);
    if (a.size() != b.size()) return a.size() < b.size();
    return a < b;
}

/// Ends a section that consists of single lines, as close() ends a block.
void endSection(ConfigPrinter& printer) {
    if (!printer.text().ends_with("!\n")) printer.line("!");
}

bool isBlock(const std::string& kept) { return kept.find('\n') != std::string::npos; }

void printRouterItself(const RouterConfig& config, ConfigPrinter& printer) {
    printer.line("frr version " + config.version);
    printer.line("frr defaults " + config.defaults);
    if (!config.hostname.empty()) printer.line("hostname " + config.hostname);
    for (const auto& kept : config.unmodelledLines) {
        if (!isBlock(kept)) printer.line(kept);
    }
    if (!config.forwards4) printer.line("no ip forwarding");
    if (!config.forwards6) printer.line("no ipv6 forwarding");
    printer.line("service integrated-vtysh-config");
    endSection(printer);
    if (config.resolvesViaDefault4) printer.line("ip nht resolve-via-default");
    if (config.resolvesViaDefault6) printer.line("ipv6 nht resolve-via-default");
    endSection(printer);
}

void printOwnLines(const InterfaceConfig& interface, ConfigPrinter& printer) {
    if (interface.isShutdown) printer.line("shutdown");
    if (!interface.description.empty()) printer.line("description " + interface.description);
    // What the lab file gives may be finer than the line can say: it counts whole Mbit/s.
    if (interface.bandwidth && interface.bandwidth->count() >= 1'000'000) {
        printer.line(fmt::format("bandwidth {}", interface.bandwidth->count() / 1'000'000));
    }
    if (interface.loadInterval)
        printer.line(fmt::format("load-interval {}", *interface.loadInterval / Duration::seconds(1)));
    for (const auto& address : interface.addresses) {
        printer.line((address.address.isV4() ? "ip address " : "ipv6 address ") + toString(address));
    }
}

/// The protocols that have a configuration here, in the catalogue's order.
template <typename Visit>
void forEachProtocol(const RouterConfig& config, Visit visit) {
    for (const Protocol& protocol : protocols()) {
        const auto found = config.processes.find(protocol.id);
        if (found != config.processes.end() && found->second != nullptr) visit(protocol, *found->second);
    }
}

std::vector<std::string> interfacesWithLines(const RouterConfig& config) {
    std::vector<std::string> names;
    for (const auto& [name, interface] : config.interfaces) {
        if (interface != InterfaceConfig{}) names.push_back(name);
    }
    forEachProtocol(config, [&](const Protocol& protocol, const ProcessConfig& process) {
        for (auto& name : protocol.interfacesNamed(process))
            names.push_back(std::move(name));
    });
    std::ranges::sort(names, comesBefore);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    return names;
}

void printInterfaces(const RouterConfig& config, ConfigPrinter& printer) {
    for (const auto& name : interfacesWithLines(config)) {
        printer.open("interface " + name);
        if (const auto found = config.interfaces.find(name); found != config.interfaces.end()) {
            printOwnLines(found->second, printer);
        }
        forEachProtocol(config, [&](const Protocol& protocol, const ProcessConfig& process) {
            protocol.printInterface(process, name, printer);
        });
        printer.close();
    }
}

/// Static routes stand before the interfaces, all other protocols behind them.
void printProtocols(const RouterConfig& config, bool staticRoutes, ConfigPrinter& printer) {
    forEachProtocol(config, [&](const Protocol& protocol, const ProcessConfig& process) {
        if ((protocol.name == "static") != staticRoutes) return;
        protocol.printRouter(process, printer);
        endSection(printer);
    });
}

void printUnmodelledBlocks(const RouterConfig& config, ConfigPrinter& printer) {
    for (const auto& kept : config.unmodelledLines) {
        if (!isBlock(kept)) continue;
        const auto lines = split(kept, '\n');
        printer.open(lines.front());
        for (const auto line : std::span(lines).subspan(1))
            printer.line(line);
        printer.close();
    }
}

}  // namespace

std::string showRunningConfig(const RouterConfig& config) {
    ConfigPrinter printer(protocolName);
    printRouterItself(config, printer);
    printProtocols(config, true, printer);
    if (config.policy != nullptr) policy::printKeyChains(*config.policy, printer);
    printInterfaces(config, printer);
    printProtocols(config, false, printer);
    printUnmodelledBlocks(config, printer);
    if (config.policy != nullptr) {
        policy::printPolicy(*config.policy, printer);
        endSection(printer);
    }
    printer.line("end");
    return "Building configuration...\n\nCurrent configuration:\n!\n" + printer.text();
}

}  // namespace peerscape
