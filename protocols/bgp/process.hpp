#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/flat_index.hpp"
#include "engine/base/prefix_map.hpp"
#include "engine/base/random.hpp"
#include "engine/routing/process.hpp"
#include "engine/routing/recurrent.hpp"
#include "protocols/bgp/audience.hpp"
#include "protocols/bgp/flap_table.hpp"
#include "protocols/bgp/listener.hpp"
#include "protocols/bgp/next_hop_table.hpp"
#include "protocols/bgp/peer_table.hpp"
#include "protocols/bgp/policy_door.hpp"
#include "protocols/bgp/process_config.hpp"
#include "protocols/bgp/received_routes.hpp"
#include "protocols/bgp/remarks.hpp"
#include "protocols/bgp/update_queue.hpp"
#include "protocols/bgp/verdicts.hpp"
#include "protocols/bgp/wishes.hpp"
#include "protocols/policy/policy_set.hpp"

/// BGP-4 on one router (RFC 4271), for IPv4 and IPv6 unicast.
///
/// Parts, in this folder:
/// - process.cpp: life cycle, timers, settled, hash
/// - process_recurrence.cpp: whether it is again where it has been before
/// - process_peers.cpp: the configuration as neighbours and their sessions' settings; who can be reached
/// - process_interfaces.cpp: neighbours by interface; router_advertisement.*: how they find each other
/// - process_streams.cpp: bytes of streams to messages, sessions' effects to streams
/// - process_prefetch.cpp: what an UPDATE will read
/// - process_queue.cpp, update_queue.*: UPDATEs that wait for a router with a processing time
/// - process_learn.cpp: UPDATEs into the table; process_import.cpp: what import policy makes of a route
/// - process_select.cpp: the decision process over what has changed, and its routes for the RIB
/// - process_export.cpp: what a neighbour is to be told of a destination; audience.*: whom else one tells the
/// same
/// - process_send.cpp: telling it; process_news.cpp: telling all at once what has just changed;
/// process_listeners.cpp: what that asks of every neighbour
/// - process_originate.cpp: networks, redistribution; process_aggregates.cpp: aggregates
/// - process_refresh.cpp: changes of policy, soft and hard clears
/// - process_restart.cpp: graceful restart, of neighbours and of this process
/// - process_dampening.cpp, flap_table.*: routes that flap; process_conditions.cpp: conditional advertisement
/// - origin_validation.*: RFC 6811
/// - session*.*, negotiation.*: the state machine; wire.*, *_codec.*: messages from and to bytes
/// - decision.*: which path is best; next_hop_table.*, path.hpp, as_path.*, attributes.*: the values
/// - config.*, *commands.*, print.cpp: the configuration, and its lines
///
/// Inputs: Started, InterfaceChanged, DatagramReceived (of neighbor discovery), Stream…, Woken, RoutesChanged
/// (of redistributed protocols), NextHopsChanged, PrefixesChanged (of `network` statements), Configured,
/// Commanded. Outputs: ListenStream, OpenStream, SetStreamTtl, SetStreamKey, SendStream, CloseStream,
/// Announce and Withdraw, RetainRoutes and ReleaseRoutes, SubscribeRoutes, TrackNextHop, TrackPrefix, Note.
///
/// Supported: RFC 4271 with reflection, confederations, communities, ADD-PATH, both graceful restarts, route
/// refresh, roles, dampening and origin validation; docs/protocols/bgp-routes.md, bgp-sessions.md and
/// bgp-messages.md have the tables.
/// Left out: outbound route filters, tables per client of a route server.
namespace peerscape::bgp {

class BgpProcess final : public Process, public Recurrent {
  public:
    BgpProcess(std::shared_ptr<const BgpProcessConfig> config, RandomStream random);

    void handle(const Env& env, const Input& input, Outbox& out) override;
    SimTime nextDeadline() const override;
    std::unique_ptr<Process> clone() const override { return std::make_unique<BgpProcess>(*this); }
    bool settled(SimTime now, SimTime since) const override;
    std::uint64_t stateHash() const override;
    void prefetchFor(const Rib& rib, StreamId stream, const Message& message, const Message* before,
                     int step) const override;
    std::optional<std::uint64_t> recurrentHash(SimTime now, SimTime since) const override;

    // What panels and `show` commands read.
    const BgpConfig& config() const { return config_->value; }
    const policy::PolicySet* policySet() const { return policy_; }
    RouterId routerId() const { return routerId_; }
    const PeerTable& peers() const { return peers_; }
    const Peer* peerAt(const IpAddress& address) const;
    const Peer* peerNamed(std::string_view name) const;
    const PrefixMap<Destination>& table(Family family) const { return tables_[family]; }
    /// What neighbours with `soft-reconfiguration inbound` have said, before policy.
    const PrefixMap<ReceivedRoutes>& receivedRoutes(Family family) const { return received_[family]; }
    const NextHopTable& nextHops() const { return nextHops_; }
    /// The neighbour's facts; those of this router itself for its own paths.
    const PeerFacts& factsOf(const Path& path) const;
    bool isValid(const Path& path) const;
    /// Whether its origin may originate the prefix (RFC 6811); none: there is nothing to judge by.
    std::optional<policy::RpkiState> validate(const Prefix& prefix, const Path& path) const;
    /// The advertisement interval with the neighbour, without jitter; zero: it is told everything at once.
    Duration minimumInterval(const Peer& peer) const;
    /// What has flapped, and is watched or suppressed.
    const FlapTable& flaps(Family family) const { return flaps_[family]; }
    /// After a restart routes are not chosen yet (RFC 4724 section 4.1, `update-delay`).
    bool isDeferring(Family family) const { return !deferralUntil_[family].isNever(); }
    DecisionSettings decisionSettings(Family family) const;
    /// The version of the table: how often a best path has changed, as `show bgp` counts it.
    std::uint64_t tableVersion(Family family) const { return versions_[family]; }

    // For explanations: the same rules that the process goes by, asked without consequences.
    /// What import policy makes of an announcement.
    ImportVerdict import(const Env& env, const Peer& from, Family family, const Prefix& prefix,
                         const SharedAttributes& attributes, const BgpNextHop& nextHop) const;
    /// What a neighbour would be told of a path.
    ExportVerdict exportTo(const Env& env, const Peer& to, Family family, const Prefix& prefix,
                           const Path& path) const;

  private:
    /// The input being handled: what may be read and where effects go.
    struct Step {
        const Env& env;
        Outbox& out;
        const Input* input = nullptr;
    };

    // process.cpp
    void start(Step& step);
    void wake(Step& step);
    void finish(Step& step);
    void noteDeadline(Peer& peer, SimTime now);

    // process_recurrence.cpp
    bool isUpToChance() const;
    bool isSteady(const Peer& peer, SimTime now, SimTime since) const;
    void addDestination(StableHash& hash, const Prefix& prefix, const Destination& destination) const;

    // process_peers.cpp
    void configure(Step& step, std::shared_ptr<const BgpProcessConfig> config);
    void usePolicy();
    void refreshRouterId(const Env& env);
    void refreshPeers(Step& step);
    void refreshPeer(Step& step, const PeerKey& key, const NeighborConfig& config, bool isDynamic);
    void removePeer(Step& step, PeerId id);
    void removeLostDynamic(Step& step);
    void refreshKeys(Step& step);
    SessionSettings sessionSettings(const Env& env, const Peer& peer) const;
    PeerSort sortOf(const NeighborConfig& config) const;
    Asn localAsFor(PeerSort sort, const NeighborConfig& config) const;
    void refreshReachability(Step& step, Peer& peer);
    bool isCoveredByDefault(const Env& env, const Peer& peer) const;
    void changeInterface(Step& step, InterfaceId id);
    Peer* acceptDynamic(Step& step, const IpAddress& address);
    InterfaceId interfaceFacing(const Env& env, const IpAddress& address) const;
    std::optional<IpAddress> updateSource(const Env& env, const Peer& peer) const;

    // process_interfaces.cpp
    /// When this router says on an interface that it is there.
    struct Advertising {
        SimTime next = SimTime::never();
        std::uint32_t count = 0;  ///< since the interface came up
        /// The first ones come quickly; who has not answered them is not there.
        bool isStarting() const { return !next.isNever() && count < kInitialAdvertisements; }
    };
    static constexpr std::uint32_t kInitialAdvertisements = 4;
    void refreshAdvertising(Step& step);
    void startAdvertising(Step& step, const InterfaceState& interface, Advertising& advertising);
    void sendAdvertisement(Step& step, const InterfaceState& interface) const;
    void advertiseDue(Step& step);
    SimTime nextAdvertisement() const;
    bool isLookingForNeighbors() const;
    void hearDiscovery(Step& step, const DatagramReceived& received);
    void locate(Step& step, Peer& peer);
    Peer* peerOn(const Env& env, InterfaceId interface, const IpAddress& address);
    InterfaceId networkOf(const Env& env, const Peer& peer) const;

    // process_streams.cpp
    template <typename Action>
    void drive(Step& step, Peer& peer, Action action);
    void run(Step& step, Peer& peer, const SessionInput& input);
    void wakeSession(Step& step, Peer& peer);
    void configureSession(Step& step, Peer& peer);
    void act(Step& step, Peer& peer, const SessionOutbox& effects);
    void send(Step& step, Peer& peer, StreamId stream, const BgpMessage& message);
    Peer* ownerOf(StreamId stream);
    void opened(Step& step, const StreamOpened& opened);
    void accepted(Step& step, const StreamAccepted& accepted);
    void received(Step& step, const StreamReceived& received);
    void closed(Step& step, const StreamClosed& closed);
    bool readWhole(Step& step, Peer& peer, const StreamReceived& received);
    void readMessage(Step& step, Peer& peer, StreamId stream, ByteView bytes);
    void establish(Step& step, Peer& peer, const effect::SessionEstablished& established);
    void end(Step& step, Peer& peer, const effect::SessionEnded& ended);
    WireOptions wireOptions(const Peer& peer, const Negotiated* negotiated) const;
    OwnAddresses ownAddresses(const Env& env, const Peer& peer, const IpAddress& local) const;

    // process_prefetch.cpp
    void prefetchConfig(Family family) const;
    void prefetchAudiences(Family family, int step) const;
    void prefetchPeer(std::uint32_t number, Family family, int step) const;
    void prefetchDestination(const Prefix& prefix, std::uint32_t sender, int step) const;

    // process_queue.cpp
    template <typename Message>
    void takeIn(Step& step, Peer& peer, const Message& message);
    void process(Step& step, Peer& peer, const UpdateMessage& update);
    void process(Step& step, Peer& peer, const RouteRefreshMessage& refresh);
    void processDue(Step& step);
    void beginNext(SimTime now);
    void forgetQueued(const Peer& peer);

    // process_learn.cpp
    void learn(Step& step, Peer& peer, const UpdateMessage& update);
    void learnRoute(Step& step, Peer& peer, const Nlri& route, const SharedAttributes& attributes,
                    const BgpNextHop& nextHop);
    void forgetRoute(Step& step, Peer& peer, const Nlri& route, bool isWithdrawn = true);
    void putPath(Step& step, const Prefix& prefix, Path path, const BgpNextHop& nextHop,
                 InterfaceId interface = {});
    void removePath(Step& step, const Prefix& prefix, std::size_t place);
    /// Removes all paths that the predicate names, of one family.
    template <typename Condition>
    void removePaths(Step& step, Family family, Condition condition);
    void forgetPeer(Step& step, Peer& peer, Family family);
    PolicyAnswer askRouteMap(const PolicyDoor& door, const std::string& name, PolicyRoute& route) const;
    std::optional<Asn> ownNumberIn(const Peer& from, Family family, const AsPath& path) const;
    void checkMaximum(Step& step, Peer& peer, Family family);
    bool reimport(Step& step, Peer& peer, Family family);
    static std::uint32_t nextPathId(const Destination& destination);
    void keepReceived(Peer& peer, const Nlri& route, const SharedAttributes& attributes,
                      const BgpNextHop& nextHop);

    // process_restart.cpp
    bool keepStale(Step& step, Peer& peer, Family family);
    void forgetStale(Step& step, Peer& peer, Family family);
    void reachEndOfRib(Step& step, Peer& peer, Family family);
    void judgeStale(Step& step, Peer& peer, Family family);
    void expireStale(Step& step, Peer& peer, Family family);
    Duration longLivedTime(const Peer& peer, Family family) const;
    void keepLongLived(Step& step, const Peer& peer, Family family);
    bool restartsGracefully() const;
    void retainRoutes(Step& step);
    void releaseRoutes(Step& step);
    void beginRestart(SimTime now);
    bool restarts(const Peer& peer) const;
    bool isAwaited(const Peer& peer, Family family) const;
    void endDeferral(Step& step);

    // process_dampening.cpp
    const Dampening* dampingOf(const Peer& peer, Family family) const;
    bool dampAnnounced(const Step& step, const Peer& peer, const Nlri& route,
                       const SharedAttributes& attributes, const BgpNextHop& nextHop);
    void dampWithdrawn(const Step& step, const Peer& peer, const Nlri& route);
    void releaseDamped(Step& step);
    void changeDampening(Step& step, const BgpConfig& before);

    // process_conditions.cpp
    void noteConditions(SimTime now);
    void judgeConditions(Step& step);
    bool isConditionMet(const Env& env, const Peer& to, Family family) const;
    bool isHeldByCondition(const Env& env, const Peer& to, Family family, PolicyRoute route) const;

    // process_select.cpp
    /// A path has come, changed, or gone: neighbours hear of it if the decision changes.
    void markChanged(const Prefix& prefix, RecordId cause) { dirty_[prefix.family()].add(prefix, cause); }
    /// Something else has changed that a decision, or what is told of it, may hang on.
    void markDirty(const Prefix& prefix, RecordId cause);
    void markAll(Family family, RecordId cause);
    void selectDirty(Step& step);
    void select(Step& step, const Prefix& prefix);
    void updateRib(Step& step, const Prefix& prefix, Destination& destination);
    std::optional<RouteOffer> offerOf(const Env& env, const Prefix& prefix,
                                      const Destination& destination) const;
    NextHop ribHop(const Path& path) const;
    Distance distanceOf(const Prefix& prefix, const Path& path) const;
    void learnNextHops(Step& step, const NextHopsChanged& changed);

    // process_export.cpp
    std::optional<Withheld> mayTell(const Env& env, const Peer& to, Family family, const Prefix& prefix,
                                    const Path& path) const;
    std::vector<Wish> wishesFor(const Env& env, const Peer& to, const Prefix& prefix,
                                const Destination* destination) const;
    std::optional<Wish> defaultFor(const Env& env, const Peer& to, Family family) const;
    BgpNextHop nextHopFor(const Env& env, const Peer& to, Family family, const Path& path,
                          bool isReflected) const;
    static BgpNextHop ownNextHop(const Peer& to, Family family);
    static bool isOnSharedNetwork(const Env& env, const Peer& to, const IpAddress& address);
    void prepareAttributes(const Peer& to, Family family, const Path& path, PathAttributes& attributes) const;
    void finishAttributes(const Peer& to, bool keepsAsPath, PathAttributes& attributes) const;
    bool hasClients(Family family) const;
    ExportVerdict applyExportPolicy(const Env& env, const Peer& to, Family family, const Prefix& prefix,
                                    const Path& path, Reasons reasons = Reasons::Yes,
                                    const BgpNextHop* hop = nullptr) const;
    bool isBestOfItsAs(const Destination& destination, const Path& path) const;

    // process_send.cpp
    void enqueue(const Prefix& prefix, RecordId cause);
    void enqueueTable(Peer& peer, Family family, RecordId cause);
    struct PeerNews;
    class ExportMemo;
    void findAudience(Peer& peer);
    void findAudiences();
    std::vector<PeerNews> gatherNews(Step& step, Family family, const PendingPrefixes::Items& news);
    void gatherNews(Step& step, const PendingPrefixes::Item& item, std::vector<PeerNews>& told);
    void keepNews(Family family, const PendingPrefixes::Items& news, Peer& peer);
    void sendNews(Step& step, Peer& peer, Family family, PeerNews& news);
    void flushAll(Step& step);
    std::vector<PeerId> concernedBy(const PerFamily<std::vector<PeerNews>>& told) const;
    bool tellNews(Step& step, Peer& peer, Family family, const PendingPrefixes::Items& news);
    void flush(Step& step, Peer& peer, Family family);
    void tellWithdrawalsNow(Step& step, Peer& peer, Family family);
    bool tell(Step& step, Peer& peer, Family family, const PendingPrefixes::Items& items);
    template <typename Announce>
    void compare(Step& step, Peer& peer, const Prefix& prefix, NlriList& withdrawn, Announce announce);
    void sendUpdate(Step& step, Peer& peer, UpdateMessage&& update);
    void forgetAdvertised(Peer& peer, Family family);
    Duration advertisementInterval(const Peer& peer);

    // process_listeners.cpp
    bool hearsNewsAtOnce(const Peer& peer, Family family, SimTime now) const;
    Listener listenerOf(const Env& env, const Peer& peer, Family family) const;
    Listener* listener(PeerId peer, Family family);
    void noteListener(const Env& env, const Peer& peer);
    void noteListeners(const Env& env);
    bool isAtRest() const;
    void holdNewsBack(const Peer& peer, Family family);

    // process_originate.cpp
    void refreshOrigination(Step& step);
    void refreshNetworks(Step& step, Family family);
    void changePrefixes(Step& step, const PrefixesChanged& changed);
    void originateNetwork(Step& step, const Prefix& prefix);
    void changeRoutes(Step& step, const RoutesChanged& changed);
    void originateRedistributed(Step& step, const RouteChange& change);
    void subscribe(Step& step);
    void putLocal(Step& step, const PolicyRoute& route, Path path);
    void removeLocal(Step& step, const Prefix& prefix, PathSource source, ProtocolId protocol);

    // process_aggregates.cpp
    void refreshAggregates(Step& step);
    void refreshAggregate(Step& step, const Prefix& prefix, const AggregateAddress& aggregate,
                          std::set<Prefix>& suppressed);
    void suppress(Step& step, Family family, const std::set<Prefix>& suppressed);

    // process_refresh.cpp
    void command(Step& step, const Commanded& command);
    void notePolicyChanges(Step& step, const BgpProcessConfig& before);
    void refreshPolicies(Step& step);
    void judgeAllAgain(Step& step);
    void refreshAfterChange(Step& step, Peer& peer, const NeighborConfig& before);
    void askForRoutes(Step& step, Peer& peer, Family family);
    void sendRefreshMark(Step& step, Peer& peer, Family family, RouteRefreshMessage::Kind kind);
    bool markStale(const Peer& peer, Family family);
    void answerRefresh(Step& step, Peer& peer, const RouteRefreshMessage& refresh);

    // What nearly every UPDATE reads lies together, for prefetchFor().
    std::shared_ptr<const BgpProcessConfig> config_;
    const policy::PolicySet* policy_ = nullptr;  ///< of config_; null: nothing is configured
    RouterId routerId_;
    PeerFacts own_;
    bool hasConditions_ = false;  ///< some neighbour has an advertise-map
    bool mayChangeAggregates_ = false;
    bool mayHaveLostDynamic_ = false;  ///< a session of a dynamic neighbour may have ended
    bool isFlushDue_ = false;
    bool tellsSeveralPaths_ = false;               ///< some neighbour has, or had, ADD-PATH
    bool mayHaveFlaps_ = false;                    ///< flaps_ may have something
    PerFamily<bool> mayHaveRetained_{true, true};  ///< there may be routes of an earlier process
    SimTime policyChangesAt_ = SimTime::never();   ///< when changed lists and route-maps begin to count
    SimTime restartingUntil_ =
        SimTime::never();  ///< so long this process says that it has restarted; never: it does not
    SimTime peersAwaitedUntil_ = SimTime::never();  ///< so long those that are not there yet are waited for
    PerFamily<SimTime> deferralUntil_{SimTime::never(), SimTime::never()};  ///< never: routes are chosen
    SimTime conditionsAt_ = SimTime::never();
    SimTime processedAt_ = SimTime::never();  ///< when the first of queue_ is; never: it is empty
    UpdateQueue queue_;                       ///< what has arrived and is not processed yet
    std::set<std::pair<SimTime, PeerId>> wakeUps_;
    std::map<std::string, Advertising> advertising_;  ///< by the name of the interface
    PeerTable peers_;
    FlatIndex streams_;  ///< whose the stream is
    NextHopTable nextHops_;
    PerFamily<std::uint64_t> versions_;
    PerFamily<std::vector<Listener>> listeners_;  ///< by number
    PerFamily<PendingPrefixes> dirty_;
    PerFamily<PendingPrefixes> news_;  ///< of this input: what every neighbour is to be told of
    PerFamily<PrefixMap<Destination>> tables_;

    RandomStream random_;
    std::uint32_t nextPeer_ = 0;
    std::uint32_t nextStream_ = 1;
    Duration retention_{};  ///< so long the router would keep routes without this
    PerFamily<FlapTable> flaps_;
    PerFamily<PrefixMap<ReceivedRoutes>> received_;
    PerFamily<Audiences> audiences_;
    std::map<PeerKey, PeerId> byKey_;
    std::set<std::string> changedRouteMaps_;
    std::map<Prefix, RouteChange> igpRoutes_;  ///< what tracked prefixes are reached by
    std::map<std::pair<Prefix, ProtocolId>, RouteChange> redistributed_;
    std::set<std::pair<ProtocolId, Family>> subscriptions_;
    std::set<Prefix> defaultRoutes_;                        ///< tracked: a neighbour may be reached by them
    std::map<std::pair<PeerId, Family>, bool> conditions_;  ///< as they were last judged
    std::map<Prefix, std::string> keys_;  ///< passwords of those who may connect, as TCP knows them
};

}  // namespace peerscape::bgp
