/// `bgp …` and `timers …`: what concerns the whole speaker, and the options of the decision process.
#include <fmt/format.h>

#include "protocols/bgp/command_list.hpp"

namespace peerscape::bgp {
namespace {

constexpr auto kDone = [] { return Result<void>(); };

/// A change of what new neighbours begin with leaves the others as they are: they say it themselves from now
/// on, or no longer need to.
Result<void> setActivates(BgpConfig& config, Family family, bool activates) {
    bool& present = family == Family::IPv4 ? config.activatesIpv4 : config.activatesIpv6;
    if (present == activates) return {};
    const auto keep = [&](NeighborConfig& neighbor) {
        if (!neighbor.group.empty()) return;
        auto& said = neighbor.families[family].edit().isActivated;
        const bool isActive = said.value_or(present);
        said = isActive == activates ? std::nullopt : std::optional(isActive);
    };
    for (auto& [name, group] : config.groups)
        keep(group);
    for (auto& [address, neighbor] : config.neighbors)
        keep(neighbor);
    for (auto& [name, neighbor] : config.interfaceNeighbors)
        keep(neighbor);
    present = activates;
    return {};
}

/// A cluster is named by an address or a number.
RouterId clusterIn(const Arguments& a) {
    return a.has("number") ? RouterId(static_cast<std::uint32_t>(a.number("number")))
                           : RouterId(a.address("address").v4Number());
}

void addIdentity(CommandList& list) {
    list.addToRouter(
        "bgp router-id A.B.C.D$id", "The speaker's name; none may have it twice.",
        [](BgpConfig& c, auto&, const Arguments& a) {
            c.routerId = RouterId(a.address("id").v4Number());
            if (c.routerId->isZero()) c.routerId.reset();
            return kDone();
        },
        [](BgpConfig& c, auto&, const Arguments& a) -> Result<void> {
            if (a.has("id") && c.routerId != RouterId(a.address("id").v4Number()))
                return failure("BGP router-id doesn't match");
            c.routerId.reset();
            return {};
        },
        "bgp router-id [A.B.C.D$id]");
    list.addToRouter(
        "bgp cluster-id <A.B.C.D$address|(1-4294967295)$number>",
        "The name of the cluster that this route reflector serves.",
        [](BgpConfig& c, auto&, const Arguments& a) {
            c.clusterId = clusterIn(a);
            if (c.clusterId->isZero()) c.clusterId.reset();
            return kDone();
        },
        [](BgpConfig& c, auto&, auto&) { return CommandList::set(c.clusterId, std::nullopt); },
        "bgp cluster-id [<A.B.C.D|(1-4294967295)>]");
    list.addToRouter(
        "bgp asnotation <dot|dot+|plain>", "How AS numbers are written.",
        [](BgpConfig& c, auto&, const Arguments& a) {
            return CommandList::set(c.notation, a.has("dot")    ? AsNotation::Dot
                                                : a.has("dot+") ? AsNotation::DotPlus
                                                                : AsNotation::Plain);
        },
        [](BgpConfig& c, auto&, auto&) { return CommandList::set(c.notation, AsNotation::Plain); },
        "bgp asnotation [<dot|dot+|plain>]");
}

void addConfederation(CommandList& list) {
    list.addToRouter(
        "bgp confederation identifier ASN$as", "The number that the confederation shows to others.",
        [](BgpConfig& c, auto&, const Arguments& a) -> Result<void> {
            const auto number = asNumberIn(a, "as");
            if (!number) return std::unexpected(number.error());
            c.confederation = *number;
            return {};
        },
        [](BgpConfig& c, auto&, auto&) { return CommandList::set(c.confederation, std::nullopt); },
        "bgp confederation identifier [ASN]");
    list.addToRouter(
        "bgp confederation peers ASN...$numbers", "The other member ASes of the confederation.",
        [](BgpConfig& c, auto&, const Arguments& a) -> Result<void> {
            const auto numbers = readAsNumbers(a.text("numbers"));
            if (!numbers) return std::unexpected(numbers.error());
            for (const auto number : *numbers) {
                if (c.number && number == c.number->value())
                    return failure("Local member-AS not allowed in confed peer list");
            }
            c.confederationPeers.insert(numbers->begin(), numbers->end());
            return {};
        },
        [](BgpConfig& c, auto&, const Arguments& a) -> Result<void> {
            const auto numbers = readAsNumbers(a.text("numbers"));
            if (!numbers) return std::unexpected(numbers.error());
            for (const auto number : *numbers)
                c.confederationPeers.erase(number);
            return {};
        });
}

void addDefaults(CommandList& list) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        list.addToRouter(
            family == Family::IPv4 ? "bgp default ipv4-unicast" : "bgp default ipv6-unicast",
            "New neighbours exchange routes of this family.",
            [family](BgpConfig& c, auto&, auto&) { return setActivates(c, family, true); },
            [family](BgpConfig& c, auto&, auto&) { return setActivates(c, family, false); });
    }
    list.addFlag("bgp default show-hostname", "Kept, without effect.", &BgpConfig::showsHostname);
    list.addFlag("bgp default show-nexthop-hostname", "Kept, without effect.",
                 &BgpConfig::showsNextHopHostname);
    list.addFlag("bgp default shutdown", "New neighbours begin shut down.",
                 &BgpConfig::shutsDownNewNeighbors);
    list.addNumber("bgp default local-preference", "(0-4294967295)",
                   "The local preference of routes that come without one.",
                   &BgpConfig::defaultLocalPreference);
}

void addTimers(CommandList& list) {
    list.addToRouter(
        "timers bgp (0-65535)$keepalive (0-65535)$hold",
        "Seconds between keepalives, and after which a silent peer is gone.",
        [](BgpConfig& c, auto&, const Arguments& a) -> Result<void> {
            const auto hold = static_cast<std::uint16_t>(a.number("hold"));
            if (hold != 0 && hold < 3) return failure("hold time value must be either 0 or greater than 3");
            c.timers = {static_cast<std::uint16_t>(a.number("keepalive")), hold};
            return {};
        },
        [](BgpConfig& c, auto&, auto&) {
            return CommandList::set(c.timers, BgpConfig::ofProfile(c.hasDatacenterDefaults).timers);
        },
        "timers bgp [(0-65535) (0-65535)]");
    list.addNumber("bgp minimum-holdtime", "(1-65535)", "The least hold time that a peer may want, seconds.",
                   &BgpConfig::minimumHoldTime);
    list.addToRouter(
        "update-delay (0-3600)$delay [(1-3600)$wait]",
        "Seconds that the first updates wait for the neighbours to come up.",
        [](BgpConfig& c, auto&, const Arguments& a) -> Result<void> {
            const auto delay = static_cast<std::uint16_t>(a.number("delay"));
            const auto wait = static_cast<std::uint16_t>(a.number("wait", delay));
            if (wait > delay) return failure("Failed: update-delay less than the establish-wait!");
            c.updateDelay = delay;
            c.establishWait = wait == delay ? std::nullopt : std::optional(wait);
            return {};
        },
        [](BgpConfig& c, auto&, auto&) {
            c.establishWait.reset();
            return CommandList::set(c.updateDelay, std::uint16_t{0});
        },
        "update-delay [(0-3600) [(1-3600)]]");
    list.addNumber("bgp conditional-advertisement timer", "(5-240)",
                   "Seconds between looks at the conditions of `advertise-map`.",
                   &BgpConfig::conditionalPeriod);
    list.addToRouter(
        "bgp advertisement-interval <rfc$rfc|(0-600)$external (0-600)$internal>",
        "Seconds between announcements to external and internal neighbors; rfc: 30 and 5.",
        [](BgpConfig& c, auto&, const Arguments& a) {
            AdvertisementIntervals intervals = AdvertisementIntervals::ofRfc();
            if (!a.has("rfc")) {
                intervals.external = static_cast<std::uint16_t>(a.number("external"));
                intervals.internal = static_cast<std::uint16_t>(a.number("internal"));
            }
            return CommandList::set(c.advertisementIntervals, std::optional(intervals));
        },
        [](BgpConfig& c, auto&, auto&) { return CommandList::set(c.advertisementIntervals, std::nullopt); },
        "bgp advertisement-interval [<rfc|(0-600) (0-600)>]");
    list.addFlag("bgp withdraw-interval",
                 "Withdrawals wait for the advertisement interval as announcements do (RFC 4271 9.2.1.1).",
                 &BgpConfig::pacesWithdrawals);
    list.addFlag("bgp timers jitter", "Timers are shortened by up to a quarter at random (RFC 4271, 10).",
                 &BgpConfig::jittersIntervals);
    list.addToRouter(
        "bgp processing-time (1-60000)$least [(1-60000)$most]",
        "Milliseconds that each UPDATE takes; the others wait. Two numbers: anything between them.",
        [](BgpConfig& c, auto&, const Arguments& a) -> Result<void> {
            const auto least = a.number("least");
            const auto most = a.number("most", least);
            if (most < least) return failure("the second number is the longer time");
            c.processingTime = {Duration::milliseconds(static_cast<std::int64_t>(least)),
                                Duration::milliseconds(static_cast<std::int64_t>(most))};
            return {};
        },
        [](BgpConfig& c, auto&, auto&) { return CommandList::set(c.processingTime, std::nullopt); },
        "bgp processing-time [(1-60000) [(1-60000)]]");
}

/// FRR takes some lines at the top as well: they hold for all speakers of the router, which is one here.
void addTopAndRouter(CommandList& list, const std::string& pattern, const std::string& help,
                     const CommandList::Change& apply, const CommandList::Change& undo,
                     const std::string& undoPattern = "") {
    for (const std::string_view mode : {std::string_view(), kRouterMode})
        list.add(mode, pattern, help, apply, undo, undoPattern);
}

void addShutdown(CommandList& list) {
    addTopAndRouter(
        list, "bgp graceful-shutdown", "Asks the neighbours to take other ways (RFC 8326).",
        [](BgpConfig& c, auto&, auto&) { return CommandList::set(c.hasGracefulShutdown, true); },
        [](BgpConfig& c, auto&, auto&) { return CommandList::set(c.hasGracefulShutdown, false); });
    addTopAndRouter(
        list, "bgp route-map delay-timer (0-600)$value",
        "Seconds until a changed route-map acts; 0: not by itself.",
        [](BgpConfig& c, auto&, const Arguments& a) {
            return CommandList::set(c.routeMapDelay, static_cast<std::uint16_t>(a.number("value")));
        },
        [](BgpConfig& c, auto&, auto&) {
            return CommandList::set(c.routeMapDelay, BgpConfig().routeMapDelay);
        },
        "bgp route-map delay-timer [(0-600)]");
    list.addToRouter(
        "bgp shutdown [message MSG...$message]", "Closes all sessions and opens none.",
        [](BgpConfig& c, auto&, const Arguments& a) {
            c.isShutdown = true;
            return CommandList::set(c.shutdownMessage, std::string(a.text("message")));
        },
        [](BgpConfig& c, auto&, auto&) {
            c.isShutdown = false;
            return CommandList::set(c.shutdownMessage, std::string());
        });
}

}  // namespace

void addOptions(CommandList& list) {
    addIdentity(list);
    addConfederation(list);
    addDefaults(list);
    addTimers(list);
    addShutdown(list);
    list.addFlag("bgp ebgp-requires-policy", "eBGP passes nothing without a policy (RFC 8212).",
                 &BgpConfig::requiresEbgpPolicy);
    list.addFlag("bgp network import-check", "`network` announces only what the routing table has.",
                 &BgpConfig::checksImport);
    list.addFlag("bgp client-to-client reflection", "Reflects routes between clients.",
                 &BgpConfig::reflectsBetweenClients);
    list.addFlag("bgp fast-external-failover", "A link that fails ends the session over it at once.",
                 &BgpConfig::fallsOverFast);
    list.addFlag("bgp log-neighbor-changes", "Accepted; a lab's record has them anyway.",
                 &BgpConfig::logsNeighborChanges);
    list.addFlag("bgp disable-ebgp-connected-route-check", "eBGP peers need not be on a connected network.",
                 &BgpConfig::disablesConnectedCheck);
    list.addFlag("bgp reject-as-sets", "Refuses and makes no paths with AS_SET (RFC 6472).",
                 &BgpConfig::rejectsAsSets);
    list.addFlag("bgp route-reflector allow-outbound-policy", "Route-maps may change reflected routes.",
                 &BgpConfig::changesReflectedRoutes);
    list.addFlag("bgp suppress-duplicates", "Does not send what the neighbour has already.",
                 &BgpConfig::suppressesDuplicates);
    list.addNumber("bgp listen limit", "(1-65535)", "The most neighbours of `bgp listen range`.",
                   &BgpConfig::listenLimit);
}

void addBestPath(CommandList& list) {
    const auto addOption = [&](const std::string& pattern, std::string help, bool BestPathOptions::* flag) {
        list.addToRouter(
            pattern, std::move(help),
            [flag](BgpConfig& c, auto&, auto&) { return CommandList::set(c.bestPath.*flag, true); },
            [flag](BgpConfig& c, auto&, auto&) { return CommandList::set(c.bestPath.*flag, false); });
    };
    using Options = BestPathOptions;
    addOption("bgp always-compare-med", "Compares MEDs of different ASes.", &Options::alwaysComparesMed);
    addOption("bgp deterministic-med", "Compares MEDs first among the paths of one AS.",
              &Options::isDeterministicMed);
    addOption("bgp bestpath as-path confed", "Confederation segments count in the length.",
              &Options::countsConfederation);
    addOption("bgp bestpath as-path ignore", "The length of the path does not matter.",
              &Options::ignoresAsPath);
    addOption("bgp bestpath compare-routerid", "Equal eBGP paths: by router-id rather than by age.",
              &Options::comparesRouterId);
    addOption("bgp bestpath peer-type multipath-relax", "Paths of eBGP and iBGP share the load.",
              &Options::acceptsPeerTypeMultipath);
    addOption("bgp bestpath aigp", "Compares accumulated IGP metrics (RFC 7311).", &Options::hasAigp);
    list.addToRouter(
        "bgp bestpath as-path multipath-relax [<as-set|no-as-set>]",
        "Paths of equal length through different ASes share the load.",
        [](BgpConfig& c, auto&, const Arguments& a) {
            c.bestPath.relaxesMultipath = true;
            return CommandList::set(c.bestPath.relaxesWithAsSet, a.has("as-set"));
        },
        [](BgpConfig& c, auto&, auto&) {
            c.bestPath.relaxesMultipath = false;
            return CommandList::set(c.bestPath.relaxesWithAsSet, false);
        });
    const auto setMed = [](BgpConfig& c, const Arguments& a, bool isOn) {
        if (a.has("confed")) c.bestPath.comparesMedInConfederation = isOn;
        if (a.has("missing-as-worst")) c.bestPath.takesMissingMedAsWorst = isOn;
        return kDone();
    };
    list.addToRouter(
        "bgp bestpath med {confed|missing-as-worst}",
        "MEDs inside the confederation count; a missing MED is the worst.",
        [setMed](BgpConfig& c, auto&, const Arguments& a) { return setMed(c, a, true); },
        [setMed](BgpConfig& c, auto&, const Arguments& a) { return setMed(c, a, false); });
}

}  // namespace peerscape::bgp
