#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/result.hpp"
#include "engine/routing/process.hpp"
#include "engine/routing/route.hpp"

namespace peerscape::static_routes {

/// Static routes as the catalogue numbers them.
inline constexpr ProtocolId kStatic{2};
/// Administrative distance of a line that names none.
inline constexpr Distance kDefaultDistance = 1;

/// The ways to drop packets. `Null0` is another name of `blackhole`, kept so that it is printed as it was
/// written.
enum class Discard : std::uint8_t { None, Blackhole, Null0, Reject };

/// One way of a static route: what one `ip route` line says besides the network, the distance and the tag.
struct StaticHop {
    Discard discard = Discard::None;
    std::optional<IpAddress> gateway;
    std::string interface;  ///< by name, since it may come to exist later; empty: none named
    bool onLink = false;    ///< the gateway is on `interface` whatever the addresses say

    /// Whether the line is another wording of the same next hop: it takes the place of the other one. All
    /// ways to drop packets are one next hop, and `onlink` does not make another one.
    bool isSameHopAs(const StaticHop& other) const;

    friend bool operator==(const StaticHop&, const StaticHop&) = default;
};

/// All lines of one prefix and distance: one route with one or more next hops (equal cost).
struct StaticRoute {
    Prefix prefix;
    Distance distance = kDefaultDistance;
    std::uint32_t tag = 0;        ///< 0: none; of the whole route: the line entered last decides
    std::vector<StaticHop> hops;  ///< as they are printed: interfaces, gateways, gateways on interfaces

    friend bool operator==(const StaticRoute&, const StaticRoute&) = default;
};

/// The `ip route` and `ipv6 route` lines of a router, with the rules by which FRR 8.4 keeps them. Two
/// configurations with the same routes are equal in whatever order the lines came.
class StaticConfig final : public ProcessConfig {
  public:
    static constexpr ProtocolId kProtocol = kStatic;

    using Key = std::pair<Prefix, Distance>;

    /// Ordered by prefix, then distance.
    const std::map<Key, StaticRoute>& routes() const { return routes_; }
    /// Null when there is none.
    const StaticRoute* find(const Prefix& prefix, Distance distance) const;

    /// A line. The same next hop at another distance is moved here. Fails, changing nothing, when the route
    /// would both drop packets and forward them.
    Result<void> add(const Prefix& prefix, Distance distance, std::uint32_t tag, StaticHop hop);
    /// Takes the next hop from the prefix, whatever its distance and tag. False when there is no such line.
    bool remove(const Prefix& prefix, const StaticHop& hop);

    ProtocolId protocol() const override { return kStatic; }
    bool isEnabled() const override { return !routes_.empty(); }
    std::unique_ptr<ProcessConfig> clone() const override { return std::make_unique<StaticConfig>(*this); }
    std::unique_ptr<Process> start(std::shared_ptr<const ProcessConfig> self,
                                   RandomStream random) const override;

    friend bool operator==(const StaticConfig& a, const StaticConfig& b) { return a.routes_ == b.routes_; }

  private:
    std::map<Key, StaticRoute> routes_;
};

}  // namespace peerscape::static_routes
