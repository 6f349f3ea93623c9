/// EIGRP's part of `show running-config`: the lines in FRR 8.4's order and Cisco's behind them, those that
/// say the default left out.
#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "protocols/eigrp/commands.hpp"
#include "protocols/eigrp/process_config.hpp"

namespace peerscape::eigrp {
namespace {

const EigrpConfig& eigrpConfig(const ProcessConfig& config) {
    const auto* ours = dynamic_cast<const EigrpProcessConfig*>(&config);
    PEERSCAPE_CHECK(ours != nullptr);
    return ours->value;
}

std::string_view word(Direction direction) { return direction == Direction::In ? "in" : "out"; }
std::int64_t seconds(Duration duration) { return duration / Duration::seconds(1); }

/// " eth0" behind a line that is about one interface.
std::string behind(const std::string& name) { return name.empty() ? "" : " " + name; }

void printPassiveInterfaces(const EigrpConfig& config, ConfigPrinter& printer) {
    if (config.isPassiveByDefault) printer.line("passive-interface default");
    for (const auto& interface : config.passiveExceptions) {
        printer.line(std::string(config.isPassiveByDefault ? "no " : "") + "passive-interface " + interface);
    }
}

void printActiveTime(const EigrpConfig& config, ConfigPrinter& printer) {
    if (config.activeTime == EigrpConfig().activeTime) return;
    printer.line("timers active-time " +
                 (config.activeTime ? fmt::format("{}", seconds(*config.activeTime)) : "disabled"));
}

void printNetworks(const EigrpConfig& config, ConfigPrinter& printer) {
    for (const auto& network : config.networks)
        printer.line("network " + toString(network));
    for (const auto& neighbor : config.neighbors)
        printer.line("neighbor " + toString(neighbor.address) + behind(neighbor.interface));
    for (const auto& entry : config.redistributions) {
        std::string line = "redistribute " + entry.name;
        if (entry.metric) line += " metric " + entry.metric->text();
        if (!entry.routeMap.empty()) line += " route-map " + entry.routeMap;
        printer.line(line);
    }
}

void printMetrics(const EigrpConfig& config, ConfigPrinter& printer) {
    if (config.maximumHops != kMaxHops)
        printer.line(fmt::format("metric maximum-hops {}", config.maximumHops));
    if (config.hasWideMetrics) printer.line("metric version 64bit");
    if (config.ribScale != kDefaultRibScale)
        printer.line(fmt::format("metric rib-scale {}", config.ribScale));
    if (config.defaultMetric) printer.line("default-metric " + config.defaultMetric->text());
    if (config.internalDistance != kInternalDistance || config.externalDistance != kExternalDistance) {
        printer.line(fmt::format("distance eigrp {} {}", config.internalDistance, config.externalDistance));
    }
    for (const auto& summary : config.summaryMetrics) {
        printer.line(fmt::format("summary-metric {} {}", toString(summary.prefix), summary.metric.text()));
    }
}

void printLists(const EigrpConfig& config, ConfigPrinter& printer) {
    for (const auto& list : config.offsetLists) {
        printer.line(fmt::format("offset-list {} {} {}{}", list.accessList, word(list.direction), list.offset,
                                 behind(list.interface)));
    }
    for (const auto& list : config.distributeLists) {
        printer.line(fmt::format("distribute-list {}{} {}{}", list.isPrefixList ? "prefix " : "", list.list,
                                 word(list.direction), behind(list.interface)));
    }
}

/// What both families share is printed by IPv4.
void printLink(const InterfaceSettings& settings, ConfigPrinter& printer) {
    constexpr std::uint64_t kTenMicroseconds = Delay::tensOfMicroseconds(1).count();
    if (settings.delay) printer.line(fmt::format("delay {}", settings.delay->count() / kTenMicroseconds));
    if (settings.bandwidth) printer.line(fmt::format("eigrp bandwidth {}", settings.bandwidth->count()));
    if (settings.load != InterfaceSettings().load) printer.line(fmt::format("eigrp load {}", settings.load));
    if (settings.reliability != InterfaceSettings().reliability)
        printer.line(fmt::format("eigrp reliability {}", settings.reliability));
}

void printAuthentication(const std::string& ip, std::uint16_t as, const InstanceSettings& settings,
                         ConfigPrinter& printer) {
    if (settings.authentication != AuthenticationMode::None) {
        printer.line(
            fmt::format("{}authentication mode eigrp {} {}", ip, as,
                        settings.authentication == AuthenticationMode::Md5 ? "md5" : "hmac-sha-256"));
    }
    if (!settings.keyChain.empty())
        printer.line(fmt::format("{}authentication key-chain eigrp {} {}", ip, as, settings.keyChain));
}

void printInstance(const std::string& ip, std::uint16_t as, const InstanceSettings& settings,
                   ConfigPrinter& printer) {
    if (settings.isEnabled) printer.line(fmt::format("ipv6 eigrp {}", as));
    printAuthentication(ip, as, settings, printer);
    if (settings.helloInterval) {
        printer.line(fmt::format("{}hello-interval eigrp {} {}", ip, as, seconds(*settings.helloInterval)));
    }
    if (settings.holdTime)
        printer.line(fmt::format("{}hold-time eigrp {} {}", ip, as, seconds(*settings.holdTime)));
    for (const auto& summary : settings.summaries)
        printer.line(fmt::format("{}summary-address eigrp {} {}", ip, as, toString(summary)));
    if (!settings.hasSplitHorizon) printer.line(fmt::format("no {}split-horizon eigrp {}", ip, as));
    if (settings.bandwidthPercent != InstanceSettings().bandwidthPercent) {
        printer.line(fmt::format("{}bandwidth-percent eigrp {} {}", ip, as, settings.bandwidthPercent));
    }
}

}  // namespace

void printRouter(const ProcessConfig& processConfig, ConfigPrinter& printer) {
    const EigrpConfig& config = eigrpConfig(processConfig);
    if (!config.autonomousSystem) return;
    printer.open(fmt::format("{} {}", config.family == Family::IPv4 ? "router eigrp" : "ipv6 router eigrp",
                             *config.autonomousSystem));
    if (config.routerId) printer.line("eigrp router-id " + toString(*config.routerId));
    printPassiveInterfaces(config, printer);
    printActiveTime(config, printer);
    if (config.variance != EigrpConfig().variance) printer.line(fmt::format("variance {}", config.variance));
    if (config.maximumPaths != EigrpConfig().maximumPaths)
        printer.line(fmt::format("maximum-paths {}", config.maximumPaths));
    if (config.trafficShare == TrafficShare::MinimumMetric)
        printer.line("traffic-share min across-interfaces");
    if (const KValues& k = config.k; k != KValues{}) {
        printer.line(fmt::format("metric weights {} {} {} {} {} {}", k.k1, k.k2, k.k3, k.k4, k.k5, k.k6));
    }
    printNetworks(config, printer);
    printMetrics(config, printer);
    if (config.stub) printer.line("eigrp stub " + config.stub->text());
    if (!config.logsNeighborChanges) printer.line("no eigrp log-neighbor-changes");
    printLists(config, printer);
    if (config.isShutdown) printer.line("shutdown");
    printer.close();
}

void printInterface(const ProcessConfig& processConfig, std::string_view interfaceName,
                    ConfigPrinter& printer) {
    const EigrpConfig& config = eigrpConfig(processConfig);
    const InterfaceSettings& settings = config.interface(interfaceName);
    const std::string ip = config.family == Family::IPv4 ? "ip " : "ipv6 ";
    if (config.family == Family::IPv4) printLink(settings, printer);
    if (settings.helloInterval)
        printer.line(fmt::format("{}hello-interval eigrp {}", ip, seconds(*settings.helloInterval)));
    if (settings.holdTime) printer.line(fmt::format("{}hold-time eigrp {}", ip, seconds(*settings.holdTime)));
    for (const auto& [as, instance] : settings.instances)
        printInstance(ip, as, instance, printer);
}

std::vector<std::string> interfacesNamed(const ProcessConfig& processConfig) {
    std::vector<std::string> names;
    for (const auto& entry : eigrpConfig(processConfig).interfaces)
        names.push_back(entry.first);
    return names;
}

}  // namespace peerscape::eigrp
