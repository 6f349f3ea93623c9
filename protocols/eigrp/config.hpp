#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/route.hpp"
#include "protocols/eigrp/interface_config.hpp"
#include "protocols/eigrp/metric.hpp"
#include "protocols/eigrp/traffic_share.hpp"

namespace peerscape::eigrp {

/// The two protocols of this folder as the catalogue numbers them: EIGRP for IPv4 and for IPv6.
inline constexpr ProtocolId kEigrp{5};
inline constexpr ProtocolId kEigrp6{6};
constexpr ProtocolId protocolOf(Family family) { return family == Family::IPv4 ? kEigrp : kEigrp6; }

/// Administrative distances when none are configured: of routes from inside the autonomous system, and of
/// those redistributed into it.
inline constexpr Distance kInternalDistance = 90;
inline constexpr Distance kExternalDistance = 170;

/// The metric of routes that come from elsewhere, as `metric BW DELAY RELIABILITY LOAD MTU` gives it (RFC
/// 7868, 5.6). The numbers are kept as written, so that they are printed as written.
struct SeedMetric {
    std::uint32_t bandwidth = 1;     ///< kbit/s, 1 to 4294967295
    std::uint32_t delay = 0;         ///< tens of microseconds, 0 to 4294967295
    std::uint8_t reliability = 255;  ///< 255 is 100 %
    std::uint8_t load = 1;           ///< 1 to 255; 255 is 100 %
    std::uint16_t mtu = 1500;        ///< bytes, 1 to 65535

    /// A delay beyond what packets can say is unreachable.
    VectorMetric vector() const;
    /// "1000 10 255 1 1500".
    std::string text() const;
    friend bool operator==(const SeedMetric&, const SeedMetric&) = default;
};

struct Redistribution {
    std::string name;                  ///< "static", as `redistribute` names it
    ProtocolId protocol;               ///< none: this lab has no such protocol
    std::optional<SeedMetric> metric;  ///< none: `default-metric`
    std::string routeMap;              ///< empty: none
    friend bool operator==(const Redistribution&, const Redistribution&) = default;
};

enum class Direction : std::uint8_t { In, Out };

/// `offset-list`: what is added to the metric of routes that the access-list permits, as a longer delay.
struct OffsetList {
    std::string accessList;
    Direction direction = Direction::In;
    std::uint32_t offset = 0;  ///< in units of the composite metric, 0 to 2147483647
    std::string interface;     ///< empty: all that have none of their own
    friend bool operator==(const OffsetList&, const OffsetList&) = default;
};

/// `distribute-list` or `distribute-list prefix`.
struct DistributeList {
    bool isPrefixList = false;
    std::string list;
    Direction direction = Direction::In;
    std::string interface;  ///< empty: every interface, besides its own list
    friend bool operator==(const DistributeList&, const DistributeList&) = default;
};

/// `neighbor`: EIGRP is spoken with it by unicast.
struct StaticNeighbor {
    IpAddress address;
    std::string interface;  ///< empty (IPv4 only): the one whose network contains the address
    friend bool operator==(const StaticNeighbor&, const StaticNeighbor&) = default;
};

/// `eigrp stub`: what the router announces although it is not to be asked on the way to anywhere (the flags
/// of RFC 7868, 6.7.6, as routers send them).
struct StubSettings {
    bool announcesConnected = false;
    bool announcesStatic = false;
    bool announcesSummaries = false;
    bool announcesRedistributed = false;
    bool isReceiveOnly = false;  ///< announces nothing; excludes all others
    std::string leakMap{};       ///< a route-map of routes that are announced all the same; empty: none

    /// What stands in the peer information TLV (PeerInformation::stubFlags).
    std::uint16_t flags() const;
    /// "connected summary", "receive-only".
    std::string text() const;
    friend bool operator==(const StubSettings&, const StubSettings&) = default;
};

/// `summary-metric`: the metric of a summary, instead of the best one of the routes inside it.
struct SummaryMetric {
    Prefix prefix;
    SeedMetric metric;
    friend bool operator==(const SummaryMetric&, const SummaryMetric&) = default;
};

/// The configuration of EIGRP for one address family on one router: a value with FRR 8.4's defaults, and
/// Cisco's where FRR has no such command. Lists keep the order of the lines. What makes a process of it is
/// EigrpProcessConfig.
struct EigrpConfig {
    Family family = Family::IPv4;
    std::optional<std::uint16_t> autonomousSystem;  ///< `router eigrp N`, 1 to 65535; none: no such block
    bool isShutdown = false;
    std::optional<IpAddress> routerId;  ///< an IPv4 address in both families; none: chosen by the process
    KValues k;                          ///< `metric weights` (RFC 7868, 5.5)
    std::uint8_t variance = 1;          ///< 1 to 128
    std::uint8_t maximumPaths = 4;      ///< 1 to 32
    TrafficShare trafficShare = TrafficShare::Balanced;
    std::optional<Duration> activeTime = Duration::seconds(180);  ///< of a query; none: no limit
    std::uint8_t maximumHops = kMaxHops;                          ///< 1 to 255 (RFC 7868, 5.6.2.2)
    bool hasWideMetrics = false;               ///< `metric version 64bit` (RFC 7868, 5.6.2)
    std::uint8_t ribScale = kDefaultRibScale;  ///< wide metrics only, 1 to 255
    std::optional<SeedMetric> defaultMetric;   ///< of redistributed routes that get none otherwise
    Distance internalDistance = kInternalDistance;
    Distance externalDistance = kExternalDistance;
    std::optional<StubSettings> stub;
    bool logsNeighborChanges = true;  ///< without effect: a lab's record has them anyway
    std::vector<Prefix> networks;     ///< IPv4 only
    bool isPassiveByDefault = false;
    std::vector<std::string> passiveExceptions;  ///< interfaces that differ from the default
    std::vector<StaticNeighbor> neighbors;
    std::vector<Redistribution> redistributions;
    std::vector<OffsetList> offsetLists;
    std::vector<DistributeList> distributeLists;
    std::vector<SummaryMetric> summaryMetrics;
    /// Those that differ from the defaults.
    std::map<std::string, InterfaceSettings, std::less<>> interfaces;

    /// The interface's settings; the defaults when nothing is said of it.
    const InterfaceSettings& interface(std::string_view name) const;
    /// What it says of the own autonomous system; the defaults when nothing, or when there is none.
    const InstanceSettings& instance(std::string_view interfaceName) const;
    Duration helloInterval(std::string_view interfaceName) const;
    Duration holdTime(std::string_view interfaceName) const;
    bool isPassive(std::string_view interfaceName) const;
    /// IPv4: whether a `network` contains the address.
    bool enables(const IpAddress& address) const;
    /// IPv6: whether the interface says `ipv6 eigrp` with the own autonomous system.
    bool enables(std::string_view interfaceName) const;
    const Redistribution* redistribution(ProtocolId protocol) const;
    /// Whether any interface has a summary, of whatever autonomous system.
    bool hasSummaries() const;
    /// The one of the interface, else the one for all interfaces.
    const OffsetList* offsetList(Direction direction, std::string_view interfaceName) const;

    friend bool operator==(const EigrpConfig&, const EigrpConfig&) = default;
};

}  // namespace peerscape::eigrp
