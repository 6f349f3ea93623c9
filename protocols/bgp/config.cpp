#include "protocols/bgp/config.hpp"

namespace peerscape::bgp {
namespace {

template <typename T>
void inherit(std::optional<T>& own, const std::optional<T>& of) {
    if (!own) own = of;
}
template <typename T>
void inherit(InAndOut<std::optional<T>>& own, const InAndOut<std::optional<T>>& of) {
    inherit(own.in, of.in);
    inherit(own.out, of.out);
}

/// All but the description, which FRR does not hand down either.
void inherit(NeighborSettings& own, const NeighborSettings& of) {
    inherit(own.remoteAs, of.remoteAs);
    inherit(own.localAs, of.localAs);
    inherit(own.shutdown, of.shutdown);
    inherit(own.password, of.password);
    inherit(own.updateSource, of.updateSource);
    inherit(own.ebgpMultihop, of.ebgpMultihop);
    inherit(own.ttlSecurityHops, of.ttlSecurityHops);
    inherit(own.disablesConnectedCheck, of.disablesConnectedCheck);
    inherit(own.enforcesMultihop, of.enforcesMultihop);
    inherit(own.isPassive, of.isPassive);
    inherit(own.timers, of.timers);
    inherit(own.connectRetry, of.connectRetry);
    inherit(own.delayOpen, of.delayOpen);
    inherit(own.advertisementInterval, of.advertisementInterval);
    inherit(own.enforcesFirstAs, of.enforcesFirstAs);
    inherit(own.hasDynamicCapability, of.hasDynamicCapability);
    inherit(own.negotiatesNoCapabilities, of.negotiatesNoCapabilities);
    inherit(own.overridesCapabilities, of.overridesCapabilities);
    inherit(own.matchesCapabilitiesStrictly, of.matchesCapabilitiesStrictly);
    inherit(own.hasExtendedNextHop, of.hasExtendedNextHop);
    inherit(own.isSolo, of.isSolo);
    inherit(own.port, of.port);
    inherit(own.localRole, of.localRole);
    inherit(own.hasStrictRole, of.hasStrictRole);
    // The three exclude each other: who says one of them inherits none.
    if (!own.gracefulRestart && !own.gracefulRestartHelperOnly && !own.gracefulRestartDisabled) {
        own.gracefulRestart = of.gracefulRestart;
        own.gracefulRestartHelperOnly = of.gracefulRestartHelperOnly;
        own.gracefulRestartDisabled = of.gracefulRestartDisabled;
    }
    inherit(own.detectsLoopsAtSender, of.detectsLoopsAtSender);
}

void inherit(NeighborFamilySettings& own, const NeighborFamilySettings& of) {
    inherit(own.isActivated, of.isActivated);
    inherit(own.routeMap, of.routeMap);
    inherit(own.prefixList, of.prefixList);
    inherit(own.filterList, of.filterList);
    inherit(own.distributeList, of.distributeList);
    inherit(own.unsuppressMap, of.unsuppressMap);
    inherit(own.conditionalAdvertisement, of.conditionalAdvertisement);
    inherit(own.nextHopSelf, of.nextHopSelf);
    inherit(own.nextHopSelfForced, of.nextHopSelfForced);
    inherit(own.isReflectorClient, of.isReflectorClient);
    inherit(own.isRouteServerClient, of.isRouteServerClient);
    inherit(own.keepsReceivedRoutes, of.keepsReceivedRoutes);
    inherit(own.sendCommunity, of.sendCommunity);
    inherit(own.removePrivateAs, of.removePrivateAs);
    inherit(own.allowAsIn, of.allowAsIn);
    inherit(own.allowAsInOrigin, of.allowAsInOrigin);
    inherit(own.overridesAs, of.overridesAs);
    inherit(own.attributeUnchanged, of.attributeUnchanged);
    inherit(own.defaultOriginate, of.defaultOriginate);
    inherit(own.maximumPrefix, of.maximumPrefix);
    inherit(own.maximumPrefixOut, of.maximumPrefixOut);
    inherit(own.weight, of.weight);
    inherit(own.sendsAllPaths, of.sendsAllPaths);
    inherit(own.sendsBestPathPerAs, of.sendsBestPathPerAs);
    inherit(own.refusesAddPath, of.refusesAddPath);
    inherit(own.hasAigp, of.hasAigp);
}

void inherit(SharedValue<NeighborFamilySettings>& own, const SharedValue<NeighborFamilySettings>& of) {
    // Most members of a group say nothing themselves, and have what it has.
    if (*own == NeighborFamilySettings()) {
        own = of;
    } else {
        inherit(own.edit(), *of);
    }
}

}  // namespace

BgpConfig BgpConfig::ofProfile(bool isDatacenter) {
    BgpConfig config;
    if (!isDatacenter) return config;
    config.hasDatacenterDefaults = true;
    config.timers = {3, 9};
    config.connectRetry = 10;
    config.showsHostname = true;
    config.showsNextHopHostname = true;
    config.logsNeighborChanges = true;
    config.requiresEbgpPolicy = false;
    config.bestPath.isDeterministicMed = true;
    return config;
}

NeighborConfig BgpConfig::effective(const NeighborConfig& neighbor) const {
    NeighborConfig whole = neighbor;
    if (const NeighborConfig* group = groupOf(neighbor)) {
        inherit(whole.settings, group->settings);
        inherit(whole.families.ipv4, group->families.ipv4);
        inherit(whole.families.ipv6, group->families.ipv6);
    }
    return whole;
}

const NeighborConfig* BgpConfig::groupOf(const NeighborConfig& neighbor) const {
    if (neighbor.group.empty()) return nullptr;
    const auto found = groups.find(neighbor.group);
    return found == groups.end() ? nullptr : &found->second;
}

const NeighborConfig* BgpConfig::find(std::string_view name) const {
    if (const auto address = IpAddress::parse(name)) {
        const auto found = neighbors.find(*address);
        return found == neighbors.end() ? nullptr : &found->second;
    }
    if (const auto found = interfaceNeighbors.find(name); found != interfaceNeighbors.end())
        return &found->second;
    const auto found = groups.find(name);
    return found == groups.end() ? nullptr : &found->second;
}

bool BgpConfig::isActivated(const NeighborConfig& neighbor, Family family) const {
    if (const auto said = neighbor.families[family]->isActivated) return *said;
    if (const NeighborConfig* group = groupOf(neighbor)) return isActivated(*group, family);
    return family == Family::IPv4 ? activatesIpv4 : activatesIpv6;
}

std::uint16_t BgpConfig::advertisementInterval(const NeighborConfig& effective, bool isInternal) const {
    const AdvertisementIntervals& all = advertisementIntervals.value_or(labPacing.intervals);
    return effective.settings.advertisementInterval.value_or(isInternal ? all.internal : all.external);
}

}  // namespace peerscape::bgp
