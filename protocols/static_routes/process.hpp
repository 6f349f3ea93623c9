#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "engine/routing/process.hpp"
#include "engine/routing/recurrent.hpp"
#include "protocols/static_routes/config.hpp"

/// Static routes on one router, IPv4 and IPv6 alike: what an administrator has written down, as FRR's
/// staticd 8.4 carries it out.
///
/// Parts: config.* (the routes as configured), commands.* (how their lines read and print), process.* (which
/// of them work now).
///
/// Inputs: Started, Configured, InterfaceChanged, NextHopsChanged.
///
/// Outputs: TrackNextHop for gateways without an interface, Announce and Withdraw.
///
/// All lines of one prefix and distance are one route with several next hops; another distance is another
/// route (a "floating" one). A route is offered with those of its next hops that work, and withdrawn when
/// none does. What works:
/// - a gateway while the router reaches it (never by the default route, see Rib) and it is another router's;
/// - a gateway on an interface while that is up and the gateway is on its network, onlink or link-local;
/// - an interface while it exists and is up;
/// - blackhole and reject always.
///
/// Beyond the next hop nothing is looked at: a static route stays although the way behind its gateway is
/// dead.
///
/// Supported: no protocol, so no RFC of its own; next hops as RFC 1812 section 5.2.4 wants them.
///
/// Left out: VRFs, labels, tables other than the main one, source-specific routes, BFD.
namespace peerscape::static_routes {

class StaticProcess final : public Process, public Recurrent {
  public:
    explicit StaticProcess(std::shared_ptr<const StaticConfig> config) : config_(std::move(config)) {}

    void handle(const Env& env, const Input& input, Outbox& out) override;
    /// There are no timers.
    SimTime nextDeadline() const override { return SimTime::never(); }
    std::unique_ptr<Process> clone() const override { return std::make_unique<StaticProcess>(*this); }
    /// Once next-hop tracking has answered for every gateway.
    bool settled(SimTime now, SimTime since) const override;
    std::uint64_t stateHash() const override;
    std::optional<std::uint64_t> recurrentHash(SimTime /*now*/, SimTime /*since*/) const override {
        return stateHash();
    }

    const StaticConfig& config() const { return *config_; }

  private:
    using Key = std::pair<Prefix, Distance>;
    enum class Reachability : std::uint8_t { Unanswered, Unreachable, Reachable };

    void configure(const Env& env, std::shared_ptr<const StaticConfig> config, Outbox& out);
    void learn(const Env& env, const NextHopsChanged& news, Outbox& out);
    /// Tracks exactly the gateways that the configuration needs.
    void trackGateways(Outbox& out);
    void refreshAll(const Env& env, Outbox& out);
    /// Brings what the RIB has of the route up to date; says nothing when nothing changed.
    void refresh(const Env& env, const StaticRoute& route, Outbox& out);
    /// How packets would leave by this hop now; nothing when it does not work.
    std::optional<NextHop> workingHop(const Env& env, const StaticHop& hop) const;

    std::shared_ptr<const StaticConfig> config_;
    std::map<IpAddress, Reachability> gateways_;  ///< those that are tracked
    std::map<Key, RouteOffer> offered_;           ///< what the RIB has of us
};

}  // namespace peerscape::static_routes
