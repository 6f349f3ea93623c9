/// BGP's part of `show running-config`: the lines in FRR 8.4's order and newer ones beside their like, those
/// that say the default left out.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "protocols/bgp/commands.hpp"
#include "protocols/bgp/print_lines.hpp"
#include "protocols/bgp/process_config.hpp"

namespace peerscape::bgp {
namespace {

/// A switch that is printed when it differs from the default.
template <typename T>
void printFlag(Lines& lines, const T& value, bool T::* flag, std::string_view words) {
    if (value.*flag != T().*flag) lines.push_back((value.*flag ? "" : "no ") + std::string(words));
}
template <typename T, typename Number>
void printNumber(Lines& lines, const T& value, Number T::* number, std::string_view words) {
    if (value.*number != T().*number) lines.push_back(fmt::format("{} {}", words, value.*number));
}

void printIdentity(const BgpConfig& c, Lines& lines) {
    printFlag(lines, c, &BgpConfig::fallsOverFast, "bgp fast-external-failover");
    if (c.routerId) lines.push_back("bgp router-id " + toString(c.routerId->address()));
    printFlag(lines, c, &BgpConfig::logsNeighborChanges, "bgp log-neighbor-changes");
    printFlag(lines, c.bestPath, &BestPathOptions::alwaysComparesMed, "bgp always-compare-med");
    printFlag(lines, c, &BgpConfig::requiresEbgpPolicy, "bgp ebgp-requires-policy");
    printFlag(lines, c, &BgpConfig::rejectsAsSets, "bgp reject-as-sets");
    printFlag(lines, c, &BgpConfig::suppressesDuplicates, "bgp suppress-duplicates");
    printFlag(lines, c, &BgpConfig::activatesIpv4, "bgp default ipv4-unicast");
    printFlag(lines, c, &BgpConfig::activatesIpv6, "bgp default ipv6-unicast");
    printNumber(lines, c, &BgpConfig::defaultLocalPreference, "bgp default local-preference");
    printFlag(lines, c, &BgpConfig::showsHostname, "bgp default show-hostname");
    printFlag(lines, c, &BgpConfig::showsNextHopHostname, "bgp default show-nexthop-hostname");
    printFlag(lines, c, &BgpConfig::reflectsBetweenClients, "bgp client-to-client reflection");
    if (c.clusterId) lines.push_back("bgp cluster-id " + toString(c.clusterId->address()));
    printFlag(lines, c, &BgpConfig::disablesConnectedCheck, "bgp disable-ebgp-connected-route-check");
}

void printConfederation(const BgpConfig& c, Lines& lines) {
    if (c.confederation)
        lines.push_back("bgp confederation identifier " + text(*c.confederation, c.notation));
    if (c.confederationPeers.empty()) return;
    std::string line = "bgp confederation peers";
    for (const auto number : c.confederationPeers)
        line += " " + text(Asn::number(number), c.notation);
    lines.push_back(line);
}

void printGracefulRestart(const GracefulRestart& restart, Lines& lines) {
    using G = GracefulRestart;
    printNumber(lines, restart, &G::longLivedStaleTime, "bgp long-lived-graceful-restart stale-time");
    printNumber(lines, restart, &G::stalePathTime, "bgp graceful-restart stalepath-time");
    printNumber(lines, restart, &G::restartTime, "bgp graceful-restart restart-time");
    printFlag(lines, restart, &G::notifies, "bgp graceful-restart notification");
    printNumber(lines, restart, &G::selectionDeferralTime, "bgp graceful-restart select-defer-time");
    printFlag(lines, restart, &G::isEnabled, "bgp graceful-restart");
    printFlag(lines, restart, &G::isDisabled, "bgp graceful-restart-disable");
    printFlag(lines, restart, &G::preservesForwarding, "bgp graceful-restart preserve-fw-state");
}

void printBestPath(const BgpConfig& c, Lines& lines) {
    using O = BestPathOptions;
    const O& options = c.bestPath;
    printFlag(lines, options, &O::ignoresAsPath, "bgp bestpath as-path ignore");
    printFlag(lines, options, &O::countsConfederation, "bgp bestpath as-path confed");
    if (options.relaxesMultipath) {
        lines.push_back(std::string("bgp bestpath as-path multipath-relax") +
                        (options.relaxesWithAsSet ? " as-set" : ""));
    }
    printFlag(lines, c, &BgpConfig::changesReflectedRoutes, "bgp route-reflector allow-outbound-policy");
    printFlag(lines, options, &O::comparesRouterId, "bgp bestpath compare-routerid");
    if (options.comparesMedInConfederation || options.takesMissingMedAsWorst) {
        lines.push_back(std::string("bgp bestpath med") +
                        (options.comparesMedInConfederation ? " confed" : "") +
                        (options.takesMissingMedAsWorst ? " missing-as-worst" : ""));
    }
    printFlag(lines, options, &O::acceptsPeerTypeMultipath, "bgp bestpath peer-type multipath-relax");
    printFlag(lines, options, &O::hasAigp, "bgp bestpath aigp");
}

void printTimers(const BgpConfig& c, Lines& lines) {
    printFlag(lines, c, &BgpConfig::checksImport, "bgp network import-check");
    if (c.timers != SessionTimers{})
        lines.push_back(fmt::format("timers bgp {} {}", c.timers.keepalive, c.timers.hold));
    printNumber(lines, c, &BgpConfig::minimumHoldTime, "bgp minimum-holdtime");
    printNumber(lines, c, &BgpConfig::conditionalPeriod, "bgp conditional-advertisement timer");
    printFlag(lines, c, &BgpConfig::pacesWithdrawals, "bgp withdraw-interval");
    printFlag(lines, c, &BgpConfig::jittersIntervals, "bgp timers jitter");
}

void printListening(const BgpConfig& c, Lines& lines) {
    printNumber(lines, c, &BgpConfig::listenLimit, "bgp listen limit");
    for (const auto& [name, group] : c.groups) {
        for (const auto& [range, listener] : c.listenRanges) {
            if (listener == name)
                lines.push_back(fmt::format("bgp listen range {} peer-group {}", toString(range), name));
        }
    }
    printFlag(lines, c, &BgpConfig::shutsDownNewNeighbors, "bgp default shutdown");
    if (c.isShutdown) {
        lines.push_back("bgp shutdown" + (c.shutdownMessage.empty() ? "" : " message " + c.shutdownMessage));
    }
}

std::string textOf(const Prefix& prefix, const AggregateAddress& entry) {
    std::string line = "aggregate-address " + toString(prefix);
    if (entry.hasAsSet) line += " as-set";
    if (entry.isSummaryOnly) line += " summary-only";
    if (!entry.routeMap.empty()) line += " route-map " + entry.routeMap;
    if (entry.origin) {
        line += *entry.origin == Origin::Igp   ? " origin igp"
                : *entry.origin == Origin::Egp ? " origin egp"
                                               : " origin incomplete";
    }
    if (entry.matchesMed) line += " matching-MED-only";
    if (!entry.suppressMap.empty()) line += " suppress-map " + entry.suppressMap;
    return line;
}

std::string textOf(const Dampening& dampening) {
    if (dampening == Dampening{}) return "bgp dampening";
    Dampening ofHalfLife;
    ofHalfLife.halfLifeMinutes = dampening.halfLifeMinutes;
    ofHalfLife.maximumMinutes = static_cast<std::uint8_t>(4 * dampening.halfLifeMinutes);
    if (dampening == ofHalfLife) return fmt::format("bgp dampening {}", dampening.halfLifeMinutes);
    return fmt::format("bgp dampening {} {} {} {}", dampening.halfLifeMinutes, dampening.reuse,
                       dampening.suppress, dampening.maximumMinutes);
}

/// FRR lists redistributed protocols in the order of its own numbers.
std::size_t placeInFrr(std::string_view name) {
    constexpr std::array<std::string_view, 6> kOrder{"connected", "static", "rip",
                                                     "ripng",     "eigrp",  "eigrp6"};
    return static_cast<std::size_t>(std::ranges::find(kOrder, name) - kOrder.begin());
}

void printRedistributions(const FamilyConfig& family, const ConfigPrinter& printer, Lines& lines) {
    auto entries = family.redistributions;
    std::ranges::stable_sort(
        entries, {}, [&](const Redistribution& r) { return placeInFrr(printer.protocolName(r.protocol)); });
    for (const Redistribution& entry : entries) {
        std::string line = "redistribute " + printer.protocolName(entry.protocol);
        if (entry.metric) line += fmt::format(" metric {}", *entry.metric);
        if (!entry.routeMap.empty()) line += " route-map " + entry.routeMap;
        lines.push_back(line);
    }
}

Lines linesOf(const BgpConfig& config, Family which, const ConfigPrinter& printer) {
    Lines lines;
    const FamilyConfig& family = config.families[which];
    const BgpDistances& distances = family.distances;
    if (distances != BgpDistances{}) {
        lines.push_back(
            fmt::format("distance bgp {} {} {}", distances.external, distances.internal, distances.local));
    }
    for (const auto& [source, entry] : family.sourceDistances) {
        lines.push_back(fmt::format("distance {} {}{}", entry.distance, toString(source),
                                    entry.accessList.empty() ? "" : " " + entry.accessList));
    }
    for (const auto& [prefix, entry] : family.networks) {
        lines.push_back("network " + toString(prefix) +
                        (entry.routeMap.empty() ? "" : " route-map " + entry.routeMap) +
                        (entry.isBackdoor ? " backdoor" : ""));
    }
    for (const auto& [prefix, entry] : family.aggregates)
        lines.push_back(textOf(prefix, entry));
    printRedistributions(family, printer, lines);
    if (family.dampening) lines.push_back(textOf(*family.dampening));
    printNeighborsOf(config, which, lines);
    printNumber(lines, family, &FamilyConfig::maximumPaths, "maximum-paths");
    if (family.maximumPathsInternal != FamilyConfig().maximumPathsInternal ||
        family.requiresEqualClusterLength) {
        lines.push_back(fmt::format("maximum-paths ibgp {}{}", family.maximumPathsInternal,
                                    family.requiresEqualClusterLength ? " equal-cluster-length" : ""));
    }
    if (!family.tableMap.empty()) lines.push_back("table-map " + family.tableMap);
    return lines;
}

void printFamily(const BgpConfig& config, Family family, ConfigPrinter& printer) {
    const Lines lines = linesOf(config, family, printer);
    if (lines.empty()) return;
    printer.line("!");
    printer.line(family == Family::IPv4 ? kIpv4Mode : kIpv6Mode);
    for (const auto& line : lines)
        printer.line(" " + line);
    printer.line("exit-address-family");
}

const BgpConfig& bgpConfig(const ProcessConfig& config) {
    const auto* ours = dynamic_cast<const BgpProcessConfig*>(&config);
    PEERSCAPE_CHECK(ours != nullptr);
    return ours->value;
}

}  // namespace

void printRouter(const ProcessConfig& processConfig, ConfigPrinter& printer) {
    const BgpConfig& config = bgpConfig(processConfig);
    const bool hasDelay = config.routeMapDelay != BgpConfig().routeMapDelay;
    const bool isShutAbove = config.hasGracefulShutdown && !config.number;
    if (hasDelay) printer.line(fmt::format("bgp route-map delay-timer {}", config.routeMapDelay));
    if (isShutAbove) printer.line("bgp graceful-shutdown");
    if (hasDelay || isShutAbove) printer.line("!");
    if (!config.number) return;
    const bool isPlain = config.notation == AsNotation::Plain;
    printer.open(fmt::format("router bgp {}{}{}", text(*config.number, config.notation),
                             isPlain ? "" : " as-notation ", isPlain ? "" : toString(config.notation)));
    Lines lines;
    printIdentity(config, lines);
    printConfederation(config, lines);
    printFlag(lines, config.bestPath, &BestPathOptions::isDeterministicMed, "bgp deterministic-med");
    if (config.updateDelay != 0) {
        lines.push_back(fmt::format("update-delay {}{}", config.updateDelay,
                                    config.establishWait ? fmt::format(" {}", *config.establishWait) : ""));
    }
    printFlag(lines, config, &BgpConfig::hasGracefulShutdown, "bgp graceful-shutdown");
    printGracefulRestart(config.gracefulRestart, lines);
    printBestPath(config, lines);
    printTimers(config, lines);
    printNeighbors(config, lines);
    printListening(config, lines);
    for (const auto& line : lines)
        printer.line(line);
    for (const Family family : {Family::IPv4, Family::IPv6})
        printFamily(config, family, printer);
    printer.close();
}

void printInterface(const ProcessConfig&, std::string_view, ConfigPrinter&) {}

std::vector<std::string> interfacesNamed(const ProcessConfig&) { return {}; }

}  // namespace peerscape::bgp
