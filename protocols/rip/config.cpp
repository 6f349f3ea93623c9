#include "protocols/rip/config.hpp"

#include <algorithm>

#include "engine/base/check.hpp"
#include "protocols/rip/process.hpp"

namespace peerscape::rip {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string_view toString(Versions versions) {
    if (versions.v1) return versions.v2 ? "1 2" : "1";
    return versions.v2 ? "2" : "none";
}

std::unique_ptr<Process> RipConfig::start(std::shared_ptr<const ProcessConfig> self,
                                          RandomStream random) const {
    auto config = std::dynamic_pointer_cast<const RipConfig>(std::move(self));
    PEERSCAPE_CHECK(config != nullptr);
    return std::make_unique<RipProcess>(std::move(config), random);
}

std::shared_ptr<const ProcessConfig> RipConfig::withPolicy(
    std::shared_ptr<const SharedPolicy> newPolicy) const {
    std::shared_ptr<ProcessConfig> copy = clone();
    dynamic_cast<RipConfig&>(*copy).policy = std::move(newPolicy);
    return copy;
}

const InterfaceSettings& RipConfig::interface(std::string_view name) const {
    static const InterfaceSettings kDefaults;
    const auto found = interfaces.find(name);
    return found == interfaces.end() ? kDefaults : found->second;
}

bool RipConfig::isPassive(std::string_view interfaceName) const {
    return contains(passiveExceptions, interfaceName) != isPassiveByDefault;
}

bool RipConfig::enables(std::string_view interfaceName) const {
    return contains(networkInterfaces, interfaceName);
}

bool RipConfig::enables(const IpAddress& address) const {
    return std::any_of(networks.begin(), networks.end(),
                       [&](const Prefix& n) { return n.contains(address); });
}

const Redistribution* RipConfig::redistribution(ProtocolId protocol) const {
    for (const auto& r : redistributions) {
        if (r.protocol.isSome() && r.protocol == protocol) return &r;
    }
    return nullptr;
}

const OffsetList* RipConfig::offsetList(Direction direction, std::string_view interfaceName) const {
    const OffsetList* forAll = nullptr;
    for (const auto& list : offsetLists) {
        if (list.direction != direction) continue;
        if (list.interface == interfaceName) return &list;
        if (list.interface.empty()) forAll = &list;
    }
    return forAll;
}

const InterfaceRouteMap* RipConfig::routeMap(Direction direction, std::string_view interfaceName) const {
    for (const auto& map : routeMaps) {
        if (map.direction == direction && map.interface == interfaceName) return &map;
    }
    return nullptr;
}

Versions RipConfig::sendVersions(std::string_view interfaceName) const {
    return interface(interfaceName).send.value_or(versions.value_or(Versions{.v1 = false, .v2 = true}));
}

Versions RipConfig::receiveVersions(std::string_view interfaceName) const {
    return interface(interfaceName).receive.value_or(versions.value_or(Versions{.v1 = true, .v2 = true}));
}

}  // namespace peerscape::rip
