/// Metrics, distances, timers, and how many paths are used.
#include <string>

#include "protocols/eigrp/command_list.hpp"

namespace peerscape::eigrp {
namespace {

Result<void> setWeights(EigrpConfig& config, const Arguments& arguments) {
    const auto weight = [&](const char* name) { return static_cast<std::uint8_t>(arguments.number(name)); };
    const KValues k{weight("k1"), weight("k2"), weight("k3"), weight("k4"), weight("k5"), weight("k6")};
    if (k.areGoodbye()) return failure("expected other weights: K1 to K5 all 255 tell neighbours goodbye");
    return CommandList::set(config.k, k);
}

void addWeights(CommandList& list) {
    const std::string five = "(0-255)$k1 (0-255)$k2 (0-255)$k3 (0-255)$k4 (0-255)$k5 [(0-255)$k6]";
    list.addToRouter(
        "metric weights " + five, "The coefficients K1 to K6 of the metric; neighbours must have the same.",
        [](EigrpConfig& c, auto&, const Arguments& a) { return setWeights(c, a); },
        [](EigrpConfig& c, auto&, auto&) { return CommandList::set(c.k, KValues{}); },
        "metric weights [" + five + "]");
}

void addActiveTime(CommandList& list) {
    list.addToRouter(
        "timers active-time <(1-65535)$seconds|disabled$disabled>",
        "Seconds until a neighbour that does not answer a query is given up.",
        [](EigrpConfig& c, auto&, const Arguments& a) -> Result<void> {
            c.activeTime.reset();
            if (!a.has("disabled"))
                c.activeTime = Duration::seconds(static_cast<std::int64_t>(a.number("seconds")));
            return {};
        },
        [](EigrpConfig& c, auto&, auto&) { return CommandList::set(c.activeTime, EigrpConfig().activeTime); },
        "timers active-time [<(1-65535)$seconds|disabled$disabled>]");
}

void addTrafficShare(CommandList& list) {
    const auto setTo = [](TrafficShare share) {
        return [share](EigrpConfig& c, auto&, auto&) { return CommandList::set(c.trafficShare, share); };
    };
    list.addToRouter("traffic-share balanced", "Spreads packets in inverse proportion to the metrics.",
                     setTo(TrafficShare::Balanced), setTo(TrafficShare::Balanced));
    list.addToRouter("traffic-share min across-interfaces",
                     "Sends packets over the paths with the least metric only, one of each interface.",
                     setTo(TrafficShare::MinimumMetric), setTo(TrafficShare::Balanced));
}

void addDistance(CommandList& list) {
    list.addToRouter(
        "distance eigrp (1-255)$internal (1-255)$external",
        "The administrative distances of routes of this autonomous system, and from outside.",
        [](EigrpConfig& c, auto&, const Arguments& a) -> Result<void> {
            c.internalDistance = static_cast<Distance>(a.number("internal"));
            c.externalDistance = static_cast<Distance>(a.number("external"));
            return {};
        },
        [](EigrpConfig& c, auto&, auto&) -> Result<void> {
            c.internalDistance = kInternalDistance;
            c.externalDistance = kExternalDistance;
            return {};
        },
        "distance eigrp [(1-255)$internal (1-255)$external]");
}

void addSummaryMetric(CommandList& list) {
    const auto isOf = [](const Arguments& a) {
        return [prefix = a.prefix("prefix")](const SummaryMetric& s) { return s.prefix == prefix; };
    };
    const std::string words = "summary-metric " + list.prefixPattern();
    list.addToRouter(
        words + " " + kSeedMetricPattern, "The metric of a summary, whatever the routes inside it have.",
        [=](EigrpConfig& c, auto&, const Arguments& a) {
            return replaceOrAppend(c.summaryMetrics, SummaryMetric{a.prefix("prefix"), seedMetricIn(a)},
                                   isOf(a));
        },
        [=](EigrpConfig& c, auto&, const Arguments& a) -> Result<void> {
            std::erase_if(c.summaryMetrics, isOf(a));
            return {};
        },
        words + " [" + kSeedMetricPattern + "]");
}

}  // namespace

SeedMetric seedMetricIn(const Arguments& arguments) {
    return {.bandwidth = static_cast<std::uint32_t>(arguments.number("bandwidth")),
            .delay = static_cast<std::uint32_t>(arguments.number("delay")),
            .reliability = static_cast<std::uint8_t>(arguments.number("reliability")),
            .load = static_cast<std::uint8_t>(arguments.number("load")),
            .mtu = static_cast<std::uint16_t>(arguments.number("mtu"))};
}

void addMetrics(CommandList& list) {
    addWeights(list);
    list.addNumber("variance", "(1-128)",
                   "Uses feasible successors whose metric is up to so many times the best.",
                   &EigrpConfig::variance);
    list.addNumber("maximum-paths", "(1-32)", "How many next hops a route may have.",
                   &EigrpConfig::maximumPaths);
    addTrafficShare(list);
    addActiveTime(list);
    list.addNumber("metric maximum-hops", "(1-255)", "Routes of more hops are unreachable.",
                   &EigrpConfig::maximumHops);
    list.addFlag("metric version 64bit", "Counts with wide metrics.", &EigrpConfig::hasWideMetrics);
    list.addNumber("metric rib-scale", "(1-255)", "What wide metrics are divided by for the routing table.",
                   &EigrpConfig::ribScale);
    addDistance(list);
    addSummaryMetric(list);
}

}  // namespace peerscape::eigrp
