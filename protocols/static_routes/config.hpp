#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/routing/process.hpp"
#include "engine/routing/protocol.hpp"
#include "engine/routing/route.hpp"

namespace peerscape::static_routes {

inline constexpr ProtocolId kStatic{2};
inline constexpr Distance kDefaultDistance = 1;

enum class Discard : std::uint8_t { None, Blackhole, Reject };

/// One way of a static route: one `ip route` line. Its tag is not part of what it is; see StaticConfig.
struct StaticHop {
    Discard discard = Discard::None;
    std::optional<IpAddress> gateway;
    std::string interface;          ///< by name, since it may come to exist later; empty: none named
    bool onLink = false;

    friend auto operator<=>(const StaticHop&, const StaticHop&) = default;
};

/// All lines of one prefix and distance: one route with one or more next hops (equal cost).
struct StaticRoute {
    Prefix prefix;
    Distance distance = kDefaultDistance;
    std::uint32_t tag = 0;          ///< of the route: the last line that was entered decides
    std::vector<StaticHop> hops;    ///< in the order they were entered

    friend bool operator==(const StaticRoute&, const StaticRoute&) = default;
};

/// The `ip route` and `ipv6 route` lines of a router.
class StaticConfig final : public ProcessConfig {
  public:
    static constexpr ProtocolId kProtocol = kStatic;

    /// Ordered by prefix, then distance.
    const std::vector<StaticRoute>& routes() const { return routes_; }
    const StaticRoute* find(const Prefix& prefix, Distance distance) const;
    void add(const Prefix& prefix, Distance distance, std::uint32_t tag, StaticHop hop);
    /// False when there is no such line.
    bool remove(const Prefix& prefix, Distance distance, const StaticHop& hop);

    ProtocolId protocol() const override { return kStatic; }
    bool isEnabled() const override { return !routes_.empty(); }
    std::unique_ptr<ProcessConfig> clone() const override { return std::make_unique<StaticConfig>(*this); }
    std::unique_ptr<Process> start(std::shared_ptr<const ProcessConfig> self, RandomStream random) const override;

  private:
    std::vector<StaticRoute> routes_;
};

/// `ip route` and `ipv6 route` with all shapes of FRR 8.4.
std::vector<ConfigCommand> configCommands();
/// The lines that show running-config prints.
void printRoutes(const ProcessConfig& config, ConfigPrinter& printer);

}  // namespace peerscape::static_routes
