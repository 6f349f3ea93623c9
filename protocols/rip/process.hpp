#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/process.hpp"
#include "protocols/rip/config.hpp"
#include "protocols/rip/filters.hpp"
#include "protocols/rip/route_table.hpp"
#include "protocols/rip/wire.hpp"

/// RIP on one router: RIPv1/v2 for IPv4 and RIPng for IPv6, one state machine for both. It behaves as
/// FRR 8.4's ripd and ripngd do where the RFCs leave a choice.
///
/// Parts, in this folder:
/// - process.cpp: life cycle, timers, what is done to the database, settled, hash
/// - interfaces.cpp: on which interfaces it runs, and their networks as routes
/// - receive.cpp: which datagrams are believed; answers to requests
/// - learn.cpp: what a received route does to the database
/// - output*.cpp: what is sent where: split horizon, filters, metrics
/// - reconfigure.cpp: a new configuration, redistributed routes, `clear`
/// - wire.*: messages from and to bytes
/// - route_table.*: the database
/// - config.*, commands.*: the configuration, and its lines
/// - filters.*: lists and route-maps
/// - reasons.cpp: why a route is not said, or not believed, in words
/// - show.*, describe.*: for people
///
/// Inputs: Started, InterfaceChanged, DatagramReceived (UDP 520 / 521), Woken, RoutesChanged (of
/// redistributed protocols), Configured, Commanded ("clear"). Outputs: BindUdp, SendDatagram, Announce and
/// Withdraw (learned routes only), SubscribeRoutes, Note.
///
/// A learned route lives so (RFC 2453, 3.8; RFC 2080, 2.3):
///
/// - (none) to Timeout: heard with a metric below 16.
/// - Timeout to Timeout: heard again from the same neighbour; the timer starts anew.
/// - Timeout to GarbageCollection: not heard for the timeout, heard with 16, or its interface lost. It leaves
///   the RIB, and is still announced with metric 16.
/// - GarbageCollection to Timeout: heard with a metric below 16.
/// - GarbageCollection to (none): that timer ran out.
///
/// Updates: all routes to all neighbours every 30 s (± a quarter; RIPng ± half); changed routes at once, but
/// no sooner than 1 to 5 s after the triggered update before (RFC 2453, 3.10.1; RFC 2080, 2.5.1).
///
/// Supported: RFC 2453 (with RFC 1058's messages, sent and read with classful masks), RFC 2080, RFC 2082 and
/// of RFC 4822 the keyed MD5. Left out: RFC 4822's HMAC-SHA algorithms and sequence check, RFC 2091 (demand
/// circuits), key lifetimes, several instances (VRF). docs/protocols/rip.md has the list by section.
namespace peerscape::rip {

enum class InterfaceActivity : std::uint8_t {
    Off,
    Starting,  ///< one second until it asks its neighbours for their routes
    Running,
};

/// What RIP does on one interface.
struct InterfaceStatus {
    InterfaceActivity activity = InterfaceActivity::Off;
    bool isMatched = false;               ///< a `network` statement was found to cover it when it was last up
    SimTime startsAt = SimTime::never();  ///< when it sends its request
    RecordId cause;                       ///< why it starts
};

/// A neighbour we have heard, for `show … status`.
struct Peer {
    IpAddress address;
    std::uint32_t badPackets = 0;
    std::uint32_t badRoutes = 0;
    SimTime lastHeard{};
};
/// A neighbour is forgotten so long after its last message.
inline constexpr Duration kPeerLifetime = Duration::seconds(180);

class RipProcess final : public Process {
  public:
    RipProcess(std::shared_ptr<const RipConfig> config, RandomStream random);

    void handle(const Env& env, const Input& input, Outbox& out) override;
    SimTime nextDeadline() const override { return nextDeadline_; }
    std::unique_ptr<Process> clone() const override { return std::make_unique<RipProcess>(*this); }
    bool settled(SimTime now, SimTime since) const override;
    std::uint64_t stateHash() const override;

    // What panels and `show` commands read.
    Family family() const { return config_->family(); }
    const RipConfig& config() const { return *config_; }
    const RouteTable& table() const { return table_; }
    std::span<const InterfaceStatus> interfaces() const { return interfaces_; }
    std::span<const Peer> peers() const { return peers_; }
    SimTime nextUpdate() const { return updateAt_; }
    /// As `redistribute` names it; "?" for a protocol that never was redistributed here.
    std::string_view nameOf(ProtocolId protocol) const;
    /// Whether an aggregate-address covers the route and so keeps it from being sent.
    bool isSuppressed(const Prefix& prefix, const Route& route) const;

    // reasons.cpp: for explanations. Each lists every rule that applies, and nothing when none does.
    /// Why the network is not announced on the interface as reachable.
    std::vector<std::string> reasonsAgainstSending(const Env& env, InterfaceId id,
                                                   const Prefix& prefix) const;
    /// Why the datagram as a whole would be refused now.
    std::optional<std::string> reasonToRefuse(const Env& env, const DatagramReceived& datagram) const;
    /// Why an entry of a neighbour's response would not become a route now.
    std::vector<std::string> reasonsAgainstLearning(const Env& env, InterfaceId id, const IpAddress& from,
                                                    const RipEntry& entry) const;

  private:
    /// The input being handled: what may be read and where effects go.
    struct Step {
        const Env& env;
        Outbox& out;
    };
    struct Reception;
    struct Heard;
    struct OutputRules;
    class MessageWriter;
    using Positions = std::span<const std::uint32_t>;

    // process.cpp
    void start(Step& step);
    void wake(Step& step);
    void expireRoutes(Step& step);
    void planWakeUp();
    void scheduleUpdate(SimTime now);
    void trigger(const Step& step);
    void calmDown();
    void sendFullUpdate(Step& step);
    void sendTriggeredUpdate(Step& step);
    bool isLearned(const Route& route) const { return table_.origin(route).kind == RouteKind::Learned; }
    /// Appends the route to those of its prefix; without `allow-ecmp` only when there are none.
    void addRoute(Step& step, const Prefix& prefix, Route route);
    /// Makes it the only route of its prefix.
    void replaceRoute(Step& step, const Prefix& prefix, Route route);
    /// Takes a route out of use: the last one of a prefix stays with metric 16 until garbage collection.
    void poisonRoute(Step& step, const Prefix& prefix, std::size_t index);
    void markChanged(const Step& step, Route& route);
    void startTimeout(Route& route, SimTime now);
    void announce(Step& step, const Prefix& prefix);
    SimTime confirmedAt(const Route& route) const;

    // interfaces.cpp
    void changeInterface(Step& step, InterfaceId id);
    void matchAllInterfaces(Step& step);
    void matchInterface(Step& step, InterfaceId id);
    void addConnected(Step& step, const Prefix& network, InterfaceId id, RouteKind kind);
    void stopInterface(Step& step, InterfaceId id);
    void wakeInterfaces(Step& step);
    bool isMatched(const InterfaceState& interface) const;
    std::vector<Prefix> ownNetworks(const InterfaceState& interface) const;
    void poisonRoutesOf(Step& step, InterfaceId id);
    /// Whether RIP sends updates there.
    bool isActive(const InterfaceState& interface) const;

    // receive.cpp
    void receive(Step& step, const DatagramReceived& datagram);
    bool isFromNeighbor(Step& step, const DatagramReceived& datagram);
    /// Why RIP does not take the message; none: it does.
    std::optional<std::string> refusal(const Step& step, const DatagramReceived& datagram,
                                       const RipContent& content) const;
    std::optional<std::string> refusalOfAuthentication(const InterfaceSettings& settings,
                                                       const DatagramReceived& datagram,
                                                       const RipContent& content) const;
    void answerRequest(Step& step, const DatagramReceived& datagram, const RipContent& request);
    void readResponse(Step& step, const DatagramReceived& datagram, const RipContent& response);
    Peer& peer(const IpAddress& address, SimTime now);
    void refusePacket(Step& step, const DatagramReceived& datagram, std::string_view why);

    // learn.cpp
    Reception receptionOf(const InterfaceState& interface, const IpAddress& from);
    void learn(Step& step, Reception& reception, const RipEntry& entry);
    bool passesInbound(const Step& step, const Reception& reception, const RipEntry& entry,
                       Heard& heard) const;
    bool passesDistributeLists(Direction direction, std::string_view interfaceName,
                               const Prefix& prefix) const;
    OriginId originOf(const Step& step, const Reception& reception, const Prefix& prefix, const Heard& heard);
    const SourceDistance* sourceDistance(const IpAddress& from) const;
    Distance distanceOf(const IpAddress& from, const Prefix& prefix) const;
    Distance comparableDistance(const Route& route) const;
    void compareWithLocal(Step& step, const Prefix& prefix, const Route& existing, const Route& heard);
    void compareWithOthers(Step& step, const Prefix& prefix, const Route& first, const Route& heard);
    void updateFromSameNeighbor(Step& step, const Prefix& prefix, std::size_t index, const Route& heard);

    // output.cpp
    void sendRequest(Step& step, const InterfaceState& interface);
    void sendToAll(Step& step, Positions positions, bool isFull);
    void sendOn(Step& step, const InterfaceState& interface, Positions positions, bool isFull);
    void sendToNeighbors(Step& step, Positions positions, bool isFull);
    /// The whole table as one neighbour on that interface may see it: the answer to a request.
    void sendTableTo(Step& step, const InterfaceState& interface, const SendDatagram& envelope,
                     std::uint8_t version);
    void sendRoutes(Step& step, const OutputRules& rules, Positions positions, bool isFull,
                    MessageWriter& writer);
    void sendAggregates(Step& step, const OutputRules& rules, MessageWriter& writer);
    void sendContent(Step& step, const InterfaceState& interface, RipContent content, SendDatagram envelope);

    // output_rules.cpp
    OutputRules outputRules(const InterfaceState& interface, std::uint8_t version) const;
    /// What is said of the route on that interface; false when nothing is.
    bool makeEntry(const Step& step, const OutputRules& rules, const Prefix& prefix, const Route& route,
                   RipEntry& entry) const;
    bool isHiddenBySplitHorizon(const OutputRules& rules, const Prefix& prefix, const Route& route) const;
    MappedRoute mappedRoute(const OutputRules& rules, const Prefix& prefix, const Route& route) const;
    bool applyOutputMaps(const Step& step, const OutputRules& rules, const Route& route,
                         MappedRoute& mapped) const;

    // reasons.cpp
    void addReasonsOfInterface(std::vector<std::string>& reasons, const InterfaceState& interface) const;
    void addReasonsOfRules(std::vector<std::string>& reasons, const Env& env, const InterfaceState& interface,
                           const Prefix& prefix, const Route& route) const;
    void addReasonsOfHeld(std::vector<std::string>& reasons, const Prefix& prefix, const IpAddress& from,
                          InterfaceId id, RipMetric metric) const;

    // reconfigure.cpp
    void configure(Step& step, std::shared_ptr<const RipConfig> config);
    void applyLocalRoutes(Step& step, const RipConfig* before);
    void applyRedistribution(Step& step, const RipConfig& before);
    void disableEcmp(Step& step);
    void changeRoutes(Step& step, const RoutesChanged& changed);
    void addLocalRoute(Step& step, const Prefix& prefix, const RouteOrigin& origin, std::uint32_t tag);
    void removeLocalRoute(Step& step, const Prefix& prefix, ProtocolId protocol, RouteKind kind);
    void clearLearnedRoutes(Step& step);
    void rememberNames();

    Filters filters() const { return Filters(config_->policy.get(), family()); }
    ProtocolId ownProtocol() const { return config_->protocol(); }

    std::shared_ptr<const RipConfig> config_;
    RandomStream random_;
    RouteTable table_;
    std::vector<InterfaceStatus> interfaces_;  ///< by interface id
    std::vector<Peer> peers_;                  ///< by address
    std::vector<Duration> timeouts_;           ///< by Route::era
    std::uint8_t era_ = 0;
    std::map<ProtocolId, std::string> names_;  ///< of protocols redistributed now or before
    std::uint32_t sequence_ = 0;               ///< of keyed authentication
    bool isTriggered_ = false;                 ///< a triggered update is to be sent
    bool hasActiveInterface_ = false;
    RecordId triggerCause_;
    SimTime triggerAt_ = SimTime::never();
    SimTime quietUntil_;  ///< no triggered update before (RFC 2453, 3.10.1)
    SimTime updateAt_ = SimTime::never();
    SimTime lastFullUpdate_;
    bool hasSentFullUpdate_ = false;
    SimTime nextDeadline_ = SimTime::never();
};

}  // namespace peerscape::rip
