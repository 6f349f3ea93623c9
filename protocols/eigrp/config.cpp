#include "protocols/eigrp/config.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "protocols/eigrp/tlv.hpp"

namespace peerscape::eigrp {

VectorMetric SeedMetric::vector() const {
    VectorMetric metric;
    metric.bandwidth = PathBandwidth::kilobitsPerSecond(bandwidth);
    metric.delay = Delay::tensOfMicroseconds(delay);
    metric.reliability = reliability;
    metric.load = load;
    metric.mtu = mtu;
    return metric;
}

std::string SeedMetric::text() const {
    return fmt::format("{} {} {} {} {}", bandwidth, delay, reliability, load, mtu);
}

std::uint16_t StubSettings::flags() const {
    const auto bit = [](bool isSet, std::uint16_t flag) { return isSet ? flag : std::uint16_t{0}; };
    return static_cast<std::uint16_t>(
        bit(announcesConnected, PeerInformation::kConnected) |
        bit(announcesStatic, PeerInformation::kStatic) | bit(announcesSummaries, PeerInformation::kSummary) |
        bit(announcesRedistributed, PeerInformation::kRedistributed) |
        bit(!leakMap.empty(), PeerInformation::kLeakMap) | bit(isReceiveOnly, PeerInformation::kReceiveOnly));
}

std::string StubSettings::text() const {
    if (isReceiveOnly) return "receive-only";
    std::string words;
    const auto add = [&](bool isSet, const std::string& word) {
        if (isSet) words += (words.empty() ? "" : " ") + word;
    };
    add(announcesConnected, "connected");
    add(announcesStatic, "static");
    add(announcesSummaries, "summary");
    add(announcesRedistributed, "redistributed");
    add(!leakMap.empty(), "leak-map " + leakMap);
    return words;
}

VectorMetric InterfaceSettings::link(std::uint32_t mtu) const {
    VectorMetric metric;
    metric.bandwidth = bandwidth.value_or(kDefaultBandwidth);
    metric.delay = delay.value_or(kDefaultDelay);
    metric.reliability = reliability;
    metric.load = load;
    metric.mtu = mtu;
    return metric;
}

const InterfaceSettings& EigrpConfig::interface(std::string_view name) const {
    static const InterfaceSettings kDefaults;
    const auto found = interfaces.find(name);
    return found == interfaces.end() ? kDefaults : found->second;
}

const InstanceSettings& EigrpConfig::instance(std::string_view interfaceName) const {
    static const InstanceSettings kDefaults;
    const auto& instances = interface(interfaceName).instances;
    const auto found = autonomousSystem ? instances.find(*autonomousSystem) : instances.end();
    return found == instances.end() ? kDefaults : found->second;
}

bool EigrpConfig::hasSummaries() const {
    const auto hasSome = [](const auto& instance) { return !instance.second.summaries.empty(); };
    return std::ranges::any_of(
        interfaces, [&](const auto& item) { return std::ranges::any_of(item.second.instances, hasSome); });
}

Duration EigrpConfig::helloInterval(std::string_view interfaceName) const {
    const auto own = instance(interfaceName).helloInterval;
    return own ? *own : interface(interfaceName).helloInterval.value_or(kDefaultHelloInterval);
}

Duration EigrpConfig::holdTime(std::string_view interfaceName) const {
    const auto own = instance(interfaceName).holdTime;
    return own ? *own : interface(interfaceName).holdTime.value_or(kDefaultHoldTime);
}

bool EigrpConfig::isPassive(std::string_view interfaceName) const {
    const bool isException = std::ranges::find(passiveExceptions, interfaceName) != passiveExceptions.end();
    return isException != isPassiveByDefault;
}

bool EigrpConfig::enables(const IpAddress& address) const {
    return std::ranges::any_of(networks, [&](const Prefix& network) { return network.contains(address); });
}

bool EigrpConfig::enables(std::string_view interfaceName) const { return instance(interfaceName).isEnabled; }

const Redistribution* EigrpConfig::redistribution(ProtocolId protocol) const {
    for (const auto& entry : redistributions) {
        if (entry.protocol.isSome() && entry.protocol == protocol) return &entry;
    }
    return nullptr;
}

const OffsetList* EigrpConfig::offsetList(Direction direction, std::string_view interfaceName) const {
    const OffsetList* forAll = nullptr;
    for (const auto& list : offsetLists) {
        if (list.direction != direction) continue;
        if (list.interface == interfaceName) return &list;
        if (list.interface.empty()) forAll = &list;
    }
    return forAll;
}

}  // namespace peerscape::eigrp
