#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <boost/container/flat_map.hpp>

#include "engine/base/prefix_map.hpp"
#include "engine/base/random.hpp"
#include "engine/routing/process.hpp"
#include "protocols/eigrp/active_timers.hpp"
#include "protocols/eigrp/attributes.hpp"
#include "protocols/eigrp/dual.hpp"
#include "protocols/eigrp/pending_routes.hpp"
#include "protocols/eigrp/process_config.hpp"
#include "protocols/eigrp/traffic.hpp"
#include "protocols/eigrp/transport.hpp"

/// EIGRP on one router (RFC 7868), for one address family.
///
/// Parts, in this folder:
/// - process.cpp: life cycle, timers, settled, hash
/// - process_interfaces.cpp: where it runs; neighbours that come and go; connected and redistributed networks
/// - process_receive.cpp: packets that are believed, and what their routes mean for DUAL
/// - process_summaries.cpp: networks announced in place of those inside them
/// - process_send.cpp: what DUAL wants told, as packets; pending_routes.*: what waits for that
/// - process_rib.cpp: the paths of DUAL as routes for the RIB
/// - remarks.*: what is noted of neighbours and computations; reasons.cpp: why a route is not said or
/// believed
/// - dual*.*: the topology table and its machine; transport*.*, neighbor.hpp, round_trip.*: reliable packets
/// - wire.*, tlv*.*, route_codec.cpp, authentication.*: packets from and to bytes; metric.*: metrics
/// - config.*, interface_config.hpp, *commands.*, print.cpp: the configuration, and its lines
///
/// Inputs: Started, InterfaceChanged, DatagramReceived (IP protocol 88), Woken, RoutesChanged (of
/// redistributed protocols), Configured, Commanded ("clear", perhaps a neighbour). Outputs: BindIp,
/// SendDatagram, Announce and Withdraw, SubscribeRoutes, Note.
///
/// Supported: DUAL, reliable transport, classic and wide metrics, stubs, summaries, redistribution, filters,
/// offsets, unequal cost, MD5 and HMAC-SHA-256. docs/protocols/eigrp.md has the table by section.
/// Left out: service families, topologies other than the base one, communities.
namespace peerscape::eigrp {

class EigrpProcess final : public Process {
  public:
    /// EIGRP on one interface.
    struct Link {
        Transport transport;
        VectorMetric metric;     ///< of the link alone, as configured
        SimTime since;           ///< when it began here, or lost a neighbour
        Duration delay;          ///< of the lab's link, one way
        bool isPassive = false;  ///< its networks are announced, but nobody is spoken to
        PendingRoutes pending{};
        /// Neighbours that are being told the whole table: the mark of `pending` behind its last route.
        std::map<dual::NeighborId, std::uint32_t> tablesUnderWay{};
        /// Configured ones, which are spoken to by unicast, and nobody else; none: the group is.
        std::vector<IpAddress> staticNeighbors{};
    };
    struct Peer {
        InterfaceId interface;
        IpAddress address;
    };

    using Links = boost::container::flat_map<InterfaceId, Link>;
    using Peers = boost::container::flat_map<dual::NeighborId, Peer>;

    explicit EigrpProcess(std::shared_ptr<const EigrpProcessConfig> config);

    void handle(const Env& env, const Input& input, Outbox& out) override;
    SimTime nextDeadline() const override;
    std::unique_ptr<Process> clone() const override { return std::make_unique<EigrpProcess>(*this); }
    bool settled(SimTime now, SimTime since) const override;
    void prefetch() const override { peerscape::prefetch(*this); }
    std::uint64_t stateHash() const override;

    // What panels and `show` commands read.
    const EigrpConfig& config() const { return config_->value; }
    Family family() const { return config().family; }
    const dual::TopologyTable& topology() const { return topology_; }
    const AttributesTable& attributes() const { return attributes_; }
    const Links& links() const { return links_; }
    const Peers& peers() const { return peers_; }
    /// How often DUAL has taken this transition, over all destinations, since the process began.
    std::uint64_t countOf(dual::InputEvent event) const {
        return inputEvents_[static_cast<std::size_t>(event)];
    }
    /// As configured, else the highest IPv4 address of a loopback, else of any interface; 0: there is none.
    std::uint32_t routerId(std::span<const InterfaceState> interfaces) const;
    const Traffic& traffic() const { return traffic_; }
    /// Half of the active time after this the SIA-query goes out; none: the prefix is passive, or there is no
    /// limit.
    std::optional<SimTime> activeSince(const Prefix& prefix) const;
    /// As it is compared: infinite when unreachable.
    dual::CompositeDistance distanceOf(const VectorMetric& metric, bool isExternal) const;

    // reasons.cpp: for explanations. Each lists every rule that applies, and nothing when none does.
    /// Why the network is not announced on the interface as reachable.
    std::vector<std::string> reasonsAgainstSending(const Env& env, InterfaceId id,
                                                   const Prefix& prefix) const;
    /// Why a packet as a whole would be refused now, or would make no neighbour.
    std::optional<std::string> reasonToRefuse(const Env& env, const DatagramReceived& datagram) const;
    /// Why what a neighbour says of the network would not become a path now.
    std::vector<std::string> reasonsAgainstLearning(const Env& env, InterfaceId id, const Route& route,
                                                    const Prefix& prefix) const;

  private:
    /// The input being handled: what may be read and where effects go.
    struct Step {
        const Env& env;
        Outbox& out;
    };

    // process.cpp
    void wake(Step& step);
    void configure(Step& step, std::shared_ptr<const EigrpProcessConfig> config);
    void subscribe(Step& step, bool wanted) const;
    bool usesOtherListsThan(const EigrpProcessConfig& other) const;
    void clearNeighbors(Step& step, const Commanded& command);

    // process_interfaces.cpp
    void refreshInterface(Step& step, InterfaceId id);
    bool runsOn(const InterfaceState& interface) const;
    std::optional<IpAddress> speakingAddress(const InterfaceState& interface) const;
    std::vector<IpAddress> staticNeighborsOn(const InterfaceState& interface) const;
    TransportSettings settingsOf(const InterfaceState& interface, const IpAddress& address) const;
    void refreshNetworks(Step& step);
    void refreshLinkMetrics(Step& step);
    void changeLinkMetric(Step& step, InterfaceId id, const VectorMetric& configured);
    VectorMetric presentMetric(const Step& step, InterfaceId id) const;
    dual::AttributesId attributesOf(InterfaceId connected, const VectorMetric& metric);
    void stopLink(Step& step, InterfaceId id, bool isUp);
    void changeRoutes(Step& step, const RoutesChanged& changed);
    bool passesMap(const Step& step, const Redistribution& source, const RouteChange& change,
                   std::uint32_t& tag) const;
    dual::NeighborId freshNeighborId() const;

    // process_receive.cpp
    void receive(Step& step, const DatagramReceived& datagram);
    std::optional<std::string> refusalOfSender(const InterfaceState& interface, const Link& link,
                                               const DatagramReceived& datagram) const;
    std::optional<std::string> refusalOfAuthentication(const InterfaceState& interface,
                                                       const EigrpPacket& packet,
                                                       const DatagramReceived& datagram) const;
    void act(Step& step, InterfaceId id, const TransportEffects& effects);
    void greet(Step& step, InterfaceId id, dual::NeighborId neighbor);
    void loseNeighbor(Step& step, InterfaceId id, const NeighborDown& down);
    void readRoutes(Step& step, InterfaceId id, const Deliver& delivered);
    /// What a neighbour says of one destination.
    struct Heard {
        Prefix prefix;
        dual::Offer offer;
    };
    void prefetchEntries(const EigrpPacket& packet) const;
    void prefetchPending(dual::NeighborId from, std::span<const Heard> heard) const;
    bool isBroughtInHere(const Env& env, const Route& route) const;
    dual::Offer offerOf(const Step& step, const Peer& peer, const VectorMetric& link, const Route& route,
                        const Prefix& prefix);

    // process_summaries.cpp
    void refreshSummaries(Step& step);
    void compareSummaries(Step& step);
    std::set<Prefix> wantedSummaries(const Env& env) const;
    std::optional<VectorMetric> summaryMetric(const Prefix& summary) const;

    // process_send.cpp
    void act(Step& step, const dual::Effects& effects);
    void tell(const Prefix& prefix, std::span<const dual::Send> sends);
    void resetStuck(Step& step, dual::NeighborId neighbor);
    void transmit(Step& step, InterfaceId id, Link& link);
    void sweepAttributes();
    void sendPacket(Step& step, InterfaceId id, const SendPacket& send);
    void note(Step& step, const Prefix& prefix, const dual::Passed& passed) const;
    Route routeFor(const Step& step, InterfaceId id, const PendingRoute& pending, bool isWide) const;
    bool mayAnnounce(const InterfaceState& interface, const Prefix& prefix) const;
    bool isHiddenByStub(const Env& env, const Prefix& prefix, const PathAttributes& attributes) const;
    bool isHiddenBySummary(const InterfaceState& interface, const Prefix& prefix) const;
    Delay offsetFor(Direction direction, const InterfaceState& interface, const Prefix& prefix) const;
    bool usesWide(InterfaceId id) const;

    // process_rib.cpp
    void sortForRib(std::vector<dual::Path>& paths) const;
    void updateRib(Step& step, const Prefix& prefix);
    RouteOffer routeOf(const Prefix& prefix, std::span<const dual::Path> paths) const;

    // reasons.cpp
    void addReasonsOfInterface(std::vector<std::string>& reasons, const InterfaceState& interface) const;
    void addDenyingLists(std::vector<std::string>& reasons, Direction direction,
                         const InterfaceState& interface, const Prefix& prefix) const;

    std::shared_ptr<const EigrpProcessConfig> config_;
    Links links_;
    Peers peers_;
    dual::TopologyTable topology_;
    AttributesTable attributes_;
    std::map<Prefix, InterfaceId> connected_;  ///< own networks that are announced
    ActiveTimers activeTimers_;
    std::array<std::uint64_t, dual::kInputEvents + 1> inputEvents_{};
    std::map<Prefix, VectorMetric> summaries_;  ///< that have something inside them
    bool hasSummaries_ = false;                 ///< some are configured
    bool mayChangeSummaries_ = false;           ///< the table or the configuration has changed
    Traffic traffic_;
};

}  // namespace peerscape::eigrp
