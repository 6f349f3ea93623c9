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

/// Writes the lines of what differs from the defaults of its kind.
template <typename T>
class Differences {
  public:
    Differences(const T& value, const T& usual, Lines& lines) : value_(value), usual_(usual), lines_(lines) {}

    void flag(bool T::* flag, std::string_view words) {
        if (value_.*flag != usual_.*flag) lines_.push_back((value_.*flag ? "" : "no ") + std::string(words));
    }
    template <typename Number>
    void number(Number T::* number, std::string_view words) {
        if (value_.*number != usual_.*number) lines_.push_back(fmt::format("{} {}", words, value_.*number));
    }

  private:
    const T& value_;
    const T& usual_;
    Lines& lines_;
};

BgpConfig usualOf(const BgpConfig& config) { return BgpConfig::ofProfile(config.hasDatacenterDefaults); }

void printIdentity(const BgpConfig& c, Lines& lines) {
    const BgpConfig usual = usualOf(c);
    Differences<BgpConfig> all(c, usual, lines);
    Differences<BestPathOptions> options(c.bestPath, usual.bestPath, lines);
    all.flag(&BgpConfig::fallsOverFast, "bgp fast-external-failover");
    if (c.routerId) lines.push_back("bgp router-id " + toString(c.routerId->address()));
    all.flag(&BgpConfig::logsNeighborChanges, "bgp log-neighbor-changes");
    options.flag(&BestPathOptions::alwaysComparesMed, "bgp always-compare-med");
    all.flag(&BgpConfig::requiresEbgpPolicy, "bgp ebgp-requires-policy");
    all.flag(&BgpConfig::rejectsAsSets, "bgp reject-as-sets");
    all.flag(&BgpConfig::suppressesDuplicates, "bgp suppress-duplicates");
    all.flag(&BgpConfig::activatesIpv4, "bgp default ipv4-unicast");
    all.flag(&BgpConfig::activatesIpv6, "bgp default ipv6-unicast");
    all.number(&BgpConfig::defaultLocalPreference, "bgp default local-preference");
    all.flag(&BgpConfig::showsHostname, "bgp default show-hostname");
    all.flag(&BgpConfig::showsNextHopHostname, "bgp default show-nexthop-hostname");
    all.flag(&BgpConfig::reflectsBetweenClients, "bgp client-to-client reflection");
    if (c.clusterId) lines.push_back("bgp cluster-id " + toString(c.clusterId->address()));
    all.flag(&BgpConfig::disablesConnectedCheck, "bgp disable-ebgp-connected-route-check");
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
    const G usual;
    Differences<G> all(restart, usual, lines);
    all.number(&G::longLivedStaleTime, "bgp long-lived-graceful-restart stale-time");
    all.number(&G::stalePathTime, "bgp graceful-restart stalepath-time");
    all.number(&G::restartTime, "bgp graceful-restart restart-time");
    all.flag(&G::notifies, "bgp graceful-restart notification");
    all.number(&G::selectionDeferralTime, "bgp graceful-restart select-defer-time");
    all.flag(&G::isEnabled, "bgp graceful-restart");
    all.flag(&G::isDisabled, "bgp graceful-restart-disable");
    all.flag(&G::preservesForwarding, "bgp graceful-restart preserve-fw-state");
    all.number(&G::ribStaleTime, "bgp graceful-restart rib-stale-time");
}

void printBestPath(const BgpConfig& c, Lines& lines) {
    using O = BestPathOptions;
    const BgpConfig usual = usualOf(c);
    const O& options = c.bestPath;
    Differences<BgpConfig> all(c, usual, lines);
    Differences<O> changed(options, usual.bestPath, lines);
    changed.flag(&O::ignoresAsPath, "bgp bestpath as-path ignore");
    changed.flag(&O::countsConfederation, "bgp bestpath as-path confed");
    if (options.relaxesMultipath) {
        lines.push_back(std::string("bgp bestpath as-path multipath-relax") +
                        (options.relaxesWithAsSet ? " as-set" : ""));
    }
    all.flag(&BgpConfig::changesReflectedRoutes, "bgp route-reflector allow-outbound-policy");
    changed.flag(&O::comparesRouterId, "bgp bestpath compare-routerid");
    if (options.comparesMedInConfederation || options.takesMissingMedAsWorst) {
        lines.push_back(std::string("bgp bestpath med") +
                        (options.comparesMedInConfederation ? " confed" : "") +
                        (options.takesMissingMedAsWorst ? " missing-as-worst" : ""));
    }
    changed.flag(&O::acceptsPeerTypeMultipath, "bgp bestpath peer-type multipath-relax");
    changed.flag(&O::hasAigp, "bgp bestpath aigp");
}

void printTimers(const BgpConfig& c, Lines& lines) {
    const BgpConfig usual = usualOf(c);
    Differences<BgpConfig> all(c, usual, lines);
    all.flag(&BgpConfig::checksImport, "bgp network import-check");
    if (c.timers != usual.timers)
        lines.push_back(fmt::format("timers bgp {} {}", c.timers.keepalive, c.timers.hold));
    all.number(&BgpConfig::minimumHoldTime, "bgp minimum-holdtime");
    all.number(&BgpConfig::conditionalPeriod, "bgp conditional-advertisement timer");
    if (const auto& intervals = c.advertisementIntervals) {
        lines.push_back(
            fmt::format("bgp advertisement-interval {} {}", intervals->external, intervals->internal));
    }
    all.flag(&BgpConfig::pacesWithdrawals, "bgp withdraw-interval");
    all.flag(&BgpConfig::jittersIntervals, "bgp timers jitter");
    if (const auto& time = c.processingTime) {
        const auto [least, most] =
            std::pair(time->least / Duration::milliseconds(1), time->most / Duration::milliseconds(1));
        lines.push_back(least == most ? fmt::format("bgp processing-time {}", least)
                                      : fmt::format("bgp processing-time {} {}", least, most));
    }
}

void printListening(const BgpConfig& c, Lines& lines) {
    const BgpConfig usual = usualOf(c);
    Differences<BgpConfig> all(c, usual, lines);
    all.number(&BgpConfig::listenLimit, "bgp listen limit");
    for (const auto& [name, group] : c.groups) {
        for (const auto& [range, listener] : c.listenRanges) {
            if (listener == name)
                lines.push_back(fmt::format("bgp listen range {} peer-group {}", toString(range), name));
        }
    }
    all.flag(&BgpConfig::shutsDownNewNeighbors, "bgp default shutdown");
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
    const FamilyConfig usual;
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
    Differences<FamilyConfig>(family, usual, lines).number(&FamilyConfig::maximumPaths, "maximum-paths");
    if (family.maximumPathsInternal != usual.maximumPathsInternal || family.requiresEqualClusterLength) {
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
    const BgpConfig usual = usualOf(config);
    printIdentity(config, lines);
    printConfederation(config, lines);
    Differences<BestPathOptions>(config.bestPath, usual.bestPath, lines)
        .flag(&BestPathOptions::isDeterministicMed, "bgp deterministic-med");
    if (config.updateDelay != 0) {
        lines.push_back(fmt::format("update-delay {}{}", config.updateDelay,
                                    config.establishWait ? fmt::format(" {}", *config.establishWait) : ""));
    }
    if (config.hasGracefulShutdown) lines.push_back("bgp graceful-shutdown");
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
