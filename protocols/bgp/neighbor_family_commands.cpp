/// `neighbor …` in an address family: what is sent to it, taken from it and changed on the way.
#include <fmt/format.h>

#include "protocols/bgp/command_list.hpp"

namespace peerscape::bgp {
namespace {

using Settings = NeighborFamilySettings;

constexpr std::uint8_t kUsualOwnNumbers = 3;  // of `allowas-in` alone

/// Members of a group follow it in everything: a change of the group's activation is theirs, too.
void forgetOfMembers(BgpConfig& config, std::string_view group, Family family) {
    const auto forget = [&](NeighborConfig& neighbor) {
        if (neighbor.group == group) neighbor.families[family].edit().isActivated.reset();
    };
    for (auto& [name, neighbor] : config.interfaceNeighbors)
        forget(neighbor);
    for (auto& [address, neighbor] : config.neighbors)
        forget(neighbor);
}

Result<void> setActivated(const NeighborLine& n, bool isActivated) {
    auto& said = n.familySettings().isActivated;
    said.reset();  // what holds without saying it needs no saying
    if (n.config.isActivated(n.neighbor, n.family) != isActivated) said = isActivated;
    if (n.isGroup) forgetOfMembers(n.config, n.name(), n.family);
    return {};
}

/// Communities are sent unless said otherwise. What equals the group's setting, or the default, is not kept.
Result<void> setSendCommunity(const NeighborLine& n, bool isSent) {
    auto& own = n.familySettings().sendCommunity;
    const bool isAll = n.arguments.has("all");
    const bool isBoth = n.arguments.has("both");
    SendCommunity value = n.effective().families[n.family]->sendCommunity.value_or(SendCommunity{});
    const bool hasKind = n.arguments.has("extended") || n.arguments.has("large");
    if (isAll || isBoth || !hasKind) value.standard = isSent;
    if (isAll || isBoth || n.arguments.has("extended")) value.extended = isSent;
    if (isAll || n.arguments.has("large")) value.large = isSent;
    own.reset();
    if (n.effective().families[n.family]->sendCommunity.value_or(SendCommunity{}) != value) own = value;
    return {};
}

Result<void> refuseInternal(const NeighborLine& n, std::string_view what) {
    if (peerKind(n.config, n.neighbor) == PeerKind::Internal)
        return failure(fmt::format("{} cannot be configured for IBGP peers", what));
    return {};
}

void addNextHops(CommandList& list) {
    const auto forget = [](const NeighborLine& n) {
        n.familySettings().nextHopSelfForced.reset();
        return CommandList::set(n.familySettings().nextHopSelf, std::nullopt);
    };
    list.addNeighborFamily(
        "next-hop-self [force]", "Puts the speaker itself as next hop; with force into reflected routes too.",
        [](const NeighborLine& n) {
            n.familySettings().nextHopSelfForced =
                n.arguments.has("force") ? std::optional(true) : std::nullopt;
            return CommandList::set(n.familySettings().nextHopSelf, true);
        },
        forget);
    list.addNeighborFamily(
        "attribute-unchanged [{as-path|next-hop|med}]", "Passes attributes on as they came.",
        [](const NeighborLine& n) {
            AttributeUnchanged value{n.arguments.has("as-path"), n.arguments.has("next-hop"),
                                     n.arguments.has("med")};
            if (value == AttributeUnchanged{}) value = {true, true, true};
            return CommandList::set(n.familySettings().attributeUnchanged, value);
        },
        [](const NeighborLine& n) -> Result<void> {
            auto& own = n.familySettings().attributeUnchanged;
            const bool isAll =
                !n.arguments.has("as-path") && !n.arguments.has("next-hop") && !n.arguments.has("med");
            if (!own) return {};
            if (isAll || n.arguments.has("as-path")) own->asPath = false;
            if (isAll || n.arguments.has("next-hop")) own->nextHop = false;
            if (isAll || n.arguments.has("med")) own->med = false;
            if (*own == AttributeUnchanged{}) own.reset();
            return {};
        });
}

void addReflection(CommandList& list) {
    list.addNeighborFamily(
        "route-reflector-client", "Reflects the routes of iBGP to this neighbour (RFC 4456).",
        [](const NeighborLine& n) -> Result<void> {
            const auto kind = peerKind(n.config, n.neighbor);
            if (kind == PeerKind::External || kind == PeerKind::Confederation)
                return failure("Invalid command. Not an internal neighbor");
            return CommandList::set(n.familySettings().isReflectorClient, true);
        },
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().isReflectorClient, std::nullopt);
        });
    // As in FRR, the next hops of a route server's routes stay, and both lines are printed; except for a
    // member of a group.
    const auto keepNextHop = [](const NeighborLine& n, bool isKept) {
        if (n.isMember()) return;
        auto& own = n.familySettings().attributeUnchanged;
        AttributeUnchanged value = own.value_or(AttributeUnchanged{});
        value.nextHop = isKept;
        own = value == AttributeUnchanged{} ? std::nullopt : std::optional(value);
    };
    list.addNeighborFamily(
        "route-server-client", "Passes routes on without standing in them (RFC 7947).",
        [keepNextHop](const NeighborLine& n) {
            keepNextHop(n, true);
            return CommandList::set(n.familySettings().isRouteServerClient, true);
        },
        [keepNextHop](const NeighborLine& n) {
            if (n.familySettings().isRouteServerClient) keepNextHop(n, false);
            return CommandList::set(n.familySettings().isRouteServerClient, std::nullopt);
        });
}

void addAsNumbers(CommandList& list) {
    list.addNeighborFamily(
        "remove-private-AS [all] [replace-AS]",
        "Takes private AS numbers out of the path, or puts the own one in their place.",
        [](const NeighborLine& n) -> Result<void> {
            if (auto refused = refuseInternal(n, "remove-private-AS"); !refused) return refused;
            n.familySettings().removePrivateAs =
                RemovePrivateAs{n.arguments.has("all"), n.arguments.has("replace-AS")};
            return {};
        },
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().removePrivateAs, std::nullopt);
        });
    list.addNeighborFamily(
        "as-override", "Puts the own number in the place of the neighbour's in the path.",
        [](const NeighborLine& n) -> Result<void> {
            if (auto refused = refuseInternal(n, "as-override"); !refused) return refused;
            return CommandList::set(n.familySettings().overridesAs, true);
        },
        [](const NeighborLine& n) { return CommandList::set(n.familySettings().overridesAs, std::nullopt); });
    list.addNeighborFamily(
        "allowas-in [<(1-10)$count|origin>]", "Accepts paths in which the own number stands so often.",
        [](const NeighborLine& n) -> Result<void> {
            Settings& settings = n.familySettings();
            settings.allowAsInOrigin = n.arguments.has("origin") ? std::optional(true) : std::nullopt;
            settings.allowAsIn.reset();
            if (!n.arguments.has("origin"))
                settings.allowAsIn = static_cast<std::uint8_t>(n.arguments.number("count", kUsualOwnNumbers));
            return {};
        },
        [](const NeighborLine& n) {
            n.familySettings().allowAsInOrigin.reset();
            return CommandList::set(n.familySettings().allowAsIn, std::nullopt);
        });
}

Result<void> setMaximumPrefix(const NeighborLine& n) {
    MaximumPrefix value;
    value.limit = static_cast<std::uint32_t>(n.arguments.number("limit"));
    value.thresholdPercent =
        static_cast<std::uint8_t>(n.arguments.number("threshold", value.thresholdPercent));
    value.warnsOnly = n.arguments.has("warning-only");
    if (n.arguments.has("minutes"))
        value.restartMinutes = static_cast<std::uint16_t>(n.arguments.number("minutes"));
    value.countsFiltered = n.arguments.has("force");
    n.familySettings().maximumPrefix = value;
    return {};
}

void addLimits(CommandList& list) {
    list.addNeighborFamily(
        "maximum-prefix (1-4294967295)$limit [(1-100)$threshold] [<warning-only|restart (1-65535)$minutes>] "
        "[force]",
        "Ends the session when the neighbour has more routes.", setMaximumPrefix,
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().maximumPrefix, std::nullopt);
        },
        "maximum-prefix [(1-4294967295) [(1-100)] [restart (1-65535)] [warning-only] [force]]");
    list.addNeighborFamily(
        "maximum-prefix-out (1-4294967295)$limit", "Sends the neighbour no more routes than this.",
        [](const NeighborLine& n) {
            MaximumPrefix value;
            value.limit = static_cast<std::uint32_t>(n.arguments.number("limit"));
            return CommandList::set(n.familySettings().maximumPrefixOut, value);
        },
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().maximumPrefixOut, std::nullopt);
        },
        "maximum-prefix-out [(1-4294967295)]");
    list.addNeighborFamily(
        "weight (0-65535)$weight", "The weight of routes from the neighbour.",
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().weight,
                                    static_cast<std::uint16_t>(n.arguments.number("weight")));
        },
        [](const NeighborLine& n) { return CommandList::set(n.familySettings().weight, std::nullopt); },
        "weight [(0-65535)]");
}

/// The two ways of sending several paths exclude each other.
void addAddPath(CommandList& list) {
    list.addNeighborFamily(
        "addpath-tx-all-paths", "Sends all paths (RFC 7911).",
        [](const NeighborLine& n) {
            n.familySettings().sendsBestPathPerAs.reset();
            return CommandList::set(n.familySettings().sendsAllPaths, true);
        },
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().sendsAllPaths, std::nullopt);
        });
    list.addNeighborFamily(
        "addpath-tx-bestpath-per-AS", "Sends the best path of each neighbouring AS (RFC 7911).",
        [](const NeighborLine& n) {
            // Which path is the best of an AS is well-defined only so.
            n.config.bestPath.isDeterministicMed = true;
            n.familySettings().sendsAllPaths.reset();
            return CommandList::set(n.familySettings().sendsBestPathPerAs, true);
        },
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().sendsBestPathPerAs, std::nullopt);
        });
    list.addNeighborFamilyFlag("disable-addpath-rx", "Wants one path for each network only.",
                               &Settings::refusesAddPath);
}

/// Outside the families it holds for both.
void addAigp(CommandList& list) {
    const auto setBoth = [](const NeighborLine& n, std::optional<bool> value) {
        n.neighbor.families.ipv4.edit().hasAigp = value;
        return CommandList::set(n.neighbor.families.ipv6.edit().hasAigp, value);
    };
    list.addNeighbor(
        "aigp", "Exchanges accumulated IGP metrics with the neighbour (RFC 7311).",
        [setBoth](const NeighborLine& n) { return setBoth(n, true); },
        [setBoth](const NeighborLine& n) { return setBoth(n, std::nullopt); });
    list.addNeighborFamilyFlag("aigp", "Exchanges accumulated IGP metrics with the neighbour (RFC 7311).",
                               &Settings::hasAigp);
}

}  // namespace

void addNeighborFamilySettings(CommandList& list) {
    list.addNeighborFamily(
        "activate", "Exchanges routes of the family with the neighbour.",
        [](const NeighborLine& n) { return setActivated(n, true); },
        [](const NeighborLine& n) { return setActivated(n, false); });
    list.addNeighborFamily(
        "send-community [<both|all|extended|standard|large>]", "Sends communities; so it is by default.",
        [](const NeighborLine& n) { return setSendCommunity(n, true); },
        [](const NeighborLine& n) { return setSendCommunity(n, false); });
    list.addNeighborFamilyFlag("soft-reconfiguration inbound", "Keeps what the neighbour sends as it came.",
                               &Settings::keepsReceivedRoutes);
    addNextHops(list);
    addReflection(list);
    addAsNumbers(list);
    addLimits(list);
    addAddPath(list);
    addAigp(list);
}

}  // namespace peerscape::bgp
