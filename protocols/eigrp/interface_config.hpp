#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "protocols/eigrp/metric.hpp"

namespace peerscape::eigrp {

/// What an interface has when nothing is configured, whatever it is connected to, as in FRR.
inline constexpr PathBandwidth kDefaultBandwidth = PathBandwidth::kilobitsPerSecond(100'000);
inline constexpr Delay kDefaultDelay = Delay::tensOfMicroseconds(10);
inline constexpr Duration kDefaultHelloInterval = Duration::seconds(5);
inline constexpr Duration kDefaultHoldTime = Duration::seconds(15);

/// RFC 7868, 6.7.2.
enum class AuthenticationMode : std::uint8_t { None, Md5, HmacSha256 };

/// What `interface NAME` says of one autonomous system.
struct InstanceSettings {
    bool isEnabled = false;                 ///< `ipv6 eigrp AS`; IPv6 only
    std::optional<Duration> helloInterval;  ///< 1 to 65535 s; none: the interface's
    std::optional<Duration> holdTime;       ///< 1 to 65535 s; none: the interface's
    AuthenticationMode authentication = AuthenticationMode::None;
    std::string keyChain;                 ///< empty: none
    bool hasSplitHorizon = true;          ///< RFC 7868, 5.4.2
    std::uint32_t bandwidthPercent = 50;  ///< that EIGRP may fill, 1 to 999999 (RFC 7868, 5.2.1)
    std::vector<Prefix> summaries;        ///< announced in place of the networks inside them

    friend bool operator==(const InstanceSettings&, const InstanceSettings&) = default;
};

/// What `interface NAME` says of EIGRP.
struct InterfaceSettings {
    std::optional<PathBandwidth> bandwidth;               ///< `eigrp bandwidth`, 1 to 200000000 kbit/s
    std::optional<Delay> delay;                           ///< `delay`, 1 to 16777215 tens of microseconds
    std::uint8_t load = 1;                                ///< 1 to 255; 255 is 100 %
    std::uint8_t reliability = 255;                       ///< 0 to 255; 255 is 100 %
    std::optional<Duration> helloInterval;                ///< of all autonomous systems, 1 to 65535 s
    std::optional<Duration> holdTime;                     ///< of all autonomous systems, 1 to 65535 s
    std::map<std::uint16_t, InstanceSettings> instances;  ///< by autonomous system

    /// The interface as a link of a path (RFC 7868, 5.6). Neither the lab's link nor zebra's `bandwidth`
    /// counts.
    VectorMetric link(std::uint32_t mtu) const;
    friend bool operator==(const InterfaceSettings&, const InterfaceSettings&) = default;
};

}  // namespace peerscape::eigrp
