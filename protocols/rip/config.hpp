#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/process.hpp"
#include "engine/routing/route.hpp"
#include "engine/routing/router_config.hpp"
#include "protocols/rip/metric.hpp"

namespace peerscape::rip {

/// The two protocols of this folder as the catalogue numbers them.
inline constexpr ProtocolId kRip{3};
inline constexpr ProtocolId kRipng{4};
constexpr ProtocolId protocolOf(Family family) { return family == Family::IPv4 ? kRip : kRipng; }

/// Administrative distance when none is configured, of both protocols.
inline constexpr Distance kDefaultDistance = 120;

enum class SplitHorizon : std::uint8_t { Off, Simple, PoisonedReverse };
enum class Direction : std::uint8_t { In, Out };

/// A set of protocol versions (RIPv1, RIPv2), possibly none.
struct Versions {
    bool v1 = false;
    bool v2 = false;
    friend bool operator==(const Versions&, const Versions&) = default;
};
/// "1", "2", "1 2", "none".
std::string_view toString(Versions versions);

enum class AuthenticationMode : std::uint8_t { None, Text, Md5 };

/// What `interface NAME` says of RIP.
struct InterfaceSettings {
    SplitHorizon splitHorizon = SplitHorizon::Simple;
    bool v2Broadcast = false;
    std::optional<Versions> send;  ///< none: as the process
    std::optional<Versions> receive;
    AuthenticationMode authentication = AuthenticationMode::None;
    bool countsRfcLength = false;      ///< `auth-length rfc`: 16; by default 20, as ripd has always sent it
    std::string authenticationString;  ///< at most 16 characters; empty: none
    std::string keyChain;              ///< empty: none

    friend bool operator==(const InterfaceSettings&, const InterfaceSettings&) = default;
};

/// `timers basic UPDATE TIMEOUT GARBAGE` (RFC 2453, 3.8; RFC 2080, 2.3).
struct Timers {
    Duration update = Duration::seconds(30);
    Duration timeout = Duration::seconds(180);
    Duration garbage = Duration::seconds(120);
    friend bool operator==(const Timers&, const Timers&) = default;
};

struct Redistribution {
    std::string name;                    ///< "static", as `redistribute` names it
    ProtocolId protocol;                 ///< none: this lab has no such protocol
    std::optional<std::uint8_t> metric;  ///< 0 to 16
    std::string routeMap;                ///< empty: none
    friend bool operator==(const Redistribution&, const Redistribution&) = default;
};

/// `offset-list`: what is added to the metric of routes that the access-list permits.
struct OffsetList {
    std::string accessList;
    Direction direction = Direction::In;
    std::uint8_t offset = 0;  ///< 0 to 16
    std::string interface;    ///< empty: all that have none of their own
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

/// `route-map NAME in|out IFNAME` inside the router block.
struct InterfaceRouteMap {
    std::string routeMap;
    Direction direction = Direction::In;
    std::string interface;
    friend bool operator==(const InterfaceRouteMap&, const InterfaceRouteMap&) = default;
};

/// `distance N PREFIX [ACL]`: of routes from neighbours in the prefix.
struct SourceDistance {
    Prefix source;
    Distance distance = kDefaultDistance;
    std::string accessList;  ///< empty: all routes
    friend bool operator==(const SourceDistance&, const SourceDistance&) = default;
};

/// The configuration of RIP or RIPng on one router: a value with FRR 8.4's defaults. Lists keep the order of
/// the lines.
class RipConfig : public ProcessConfig {
  public:
    explicit RipConfig(Family family) : family_(family) {}

    Family family() const { return family_; }
    ProtocolId protocol() const override { return protocolOf(family_); }
    bool isEnabled() const override { return isRouterPresent; }
    std::unique_ptr<Process> start(std::shared_ptr<const ProcessConfig> self,
                                   RandomStream random) const override;
    std::shared_ptr<const ProcessConfig> withPolicy(
        std::shared_ptr<const SharedPolicy> policy) const override;

    /// The interface's settings; the defaults when nothing is said of it.
    const InterfaceSettings& interface(std::string_view name) const;
    bool isPassive(std::string_view interfaceName) const;
    /// Whether a `network` statement names the interface or contains the address.
    bool enables(std::string_view interfaceName) const;
    bool enables(const IpAddress& address) const;
    const Redistribution* redistribution(ProtocolId protocol) const;
    /// The one of the interface, else the one for all interfaces.
    const OffsetList* offsetList(Direction direction, std::string_view interfaceName) const;
    const InterfaceRouteMap* routeMap(Direction direction, std::string_view interfaceName) const;

    bool isRouterPresent = false;  ///< `router rip`, `router ripng`
    bool allowsEcmp = false;
    bool originatesDefault = false;
    std::uint8_t defaultMetric = 1;
    std::optional<Distance> distance;
    std::vector<SourceDistance> sourceDistances;
    std::vector<IpAddress> neighbors;
    std::vector<Prefix> networks;
    std::vector<std::string> networkInterfaces;
    std::vector<OffsetList> offsetLists;
    bool isPassiveByDefault = false;
    std::vector<std::string> passiveExceptions;  ///< interfaces that differ from the default
    std::vector<Redistribution> redistributions;
    std::vector<Prefix> staticRoutes;
    std::vector<Prefix> aggregates;  ///< RIPng only
    Timers timers;
    std::optional<Versions> versions;  ///< `version N`; none: send 2, receive both
    std::vector<DistributeList> distributeLists;
    std::vector<InterfaceRouteMap> routeMaps;
    std::map<std::string, InterfaceSettings, std::less<>> interfaces;
    std::shared_ptr<const SharedPolicy>
        policy;  ///< the router's lists, route-maps and key chains; see withPolicy()

    Versions sendVersions(std::string_view interfaceName) const;
    Versions receiveVersions(std::string_view interfaceName) const;

  private:
    Family family_;
};

/// What the configuration reader makes and edits: RipConfig with a number that is known when compiling.
template <Family kFamily>
class FamilyConfig final : public RipConfig {
  public:
    static constexpr ProtocolId kProtocol = protocolOf(kFamily);
    FamilyConfig() : RipConfig(kFamily) {}
    std::unique_ptr<ProcessConfig> clone() const override { return std::make_unique<FamilyConfig>(*this); }
};
using Ripv2Config = FamilyConfig<Family::IPv4>;
using RipngConfig = FamilyConfig<Family::IPv6>;

}  // namespace peerscape::rip
