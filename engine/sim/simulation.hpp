#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "engine/base/time.hpp"
#include "engine/record/record_log.hpp"
#include "engine/routing/outbox.hpp"
#include "engine/routing/packet.hpp"
#include "engine/routing/process.hpp"
#include "engine/routing/traffic.hpp"
#include "engine/sim/action.hpp"
#include "engine/sim/agenda.hpp"
#include "engine/sim/flow.hpp"
#include "engine/sim/icmp.hpp"
#include "engine/sim/node_state.hpp"
#include "engine/sim/segment_state.hpp"
#include "engine/topology/topology.hpp"

namespace peerscape {

/// How TCP carries what processes say.
enum class StreamModel : std::uint8_t {
    Segments,  ///< everything is segments in packets
    /// While nothing is lost or broken, the messages of an open connection between neighbours on one link
    /// travel whole: one event each, after the link's delay, without acknowledgements and without time for
    /// their bits. All else is segments: the handshake, the end, what meets a fault, connections over several
    /// hops. For labs of thousands; captures do not see these messages.
    Messages,
};

struct SimulationOptions {
    std::uint64_t seed = 1;
    StreamModel streams = StreamModel::Segments;
    /// Messages are encoded when sent and decoded when received, always; otherwise only where somebody looks
    /// at the bytes. Both must give the same fingerprint.
    bool bytesOnEveryHop = false;
};

/// The simulated world at one moment, and the step to the next one. A value: copying it is a checkpoint.
///
/// The log is handed in, since it belongs to the run and not to the moment: every call that can make
/// something happen takes it and appends what happened.
///
/// One event: the agenda pops the next one; its node handles it, a process fills its outbox;
/// the outbox is drained in order (drain.cpp); packets go to links (wire.cpp), routes to the RIB
/// (routes.cpp); what other processes should hear is scheduled, never called.
class Simulation {
  public:
    Simulation(Topology topology, SimulationOptions options);

    SimTime now() const { return now_; }
    const Topology& topology() const { return topology_; }
    const NodeState& node(NodeId id) const { return nodes_[id.value()]; }
    const SegmentState& segment(SegmentId id) const { return segments_[id.value()]; }
    std::span<const FlowState> flows() const { return flows_; }
    /// What the interface carries, where its configuration has a `load-interval`.
    std::optional<InterfaceTraffic> trafficOf(InterfaceRef ref) const;
    const SimulationOptions& options() const { return options_; }

    /// When the next event is due; SimTime::never() when nothing will ever happen again.
    SimTime nextEventTime() const { return agenda_.nextTime(); }
    /// Handles the next event. There must be one.
    void step(RecordLog& log);
    /// How many events have been handled since the start: with it an instant is exact even among events of
    /// one time.
    std::uint64_t eventsHandled() const { return eventsHandled_; }
    /// Lets time pass up to `time`, before which nothing must be due.
    void advanceTo(SimTime time);
    /// Handles everything up to and including `time`, then stands at `time`.
    void runUntil(SimTime time, RecordLog& log);

    /// Whether apply() would carry the action out, or why not.
    Result<void> check(const Action& action) const;
    /// Carries out an action now. A failure says what is wrong with it and changes nothing.
    Result<void> apply(const Action& action, RecordLog& log);
    /// Carries out an action now; of one that fails, a note is left in the log.
    void applyOrNote(const Action& action, RecordLog& log);
    /// Puts an action on the agenda for later; one that fails then leaves a note in the log.
    void schedule(SimTime time, std::shared_ptr<const Action> action);

    /// Sends a packet from a node, as one of its programs would. `interface` none: as the FIB says.
    void sendFrom(NodeId node, Packet packet, InterfaceId interface, RecordId cause, RecordLog& log);
    /// The address the node would take to send to `destination`; nothing when it has no route or no address.
    std::optional<IpAddress> sourceFor(NodeId node, const IpAddress& destination) const;

    /// The first process that is not settled (see Process::settled), or nothing. `since`: the last
    /// disturbance; news that was under way then does not count as confirmation.
    struct Unsettled {
        NodeId node;
        ProtocolId protocol;
    };
    std::optional<Unsettled> unsettled(SimTime since) const;
    /// Nobody does. Sooner known than who does: in a large lab each of them is asked.
    bool isSettled(SimTime since) const;
    /// The longest time a packet sent now or before may still take over one link, waiting for the wire
    /// included.
    Duration longestHop() const;
    /// A number that differs when any state that can influence the future differs (but for the agenda's
    /// numbering).
    std::uint64_t stateHash() const;

  private:
    // actions.cpp
    void carryOut(const ActionWhat& what, RecordId cause, RecordLog& log);
    void configure(NodeId node, std::shared_ptr<const RouterConfig> config, RecordId cause, RecordLog& log);
    void addSegment(const action::AddSegment& add, RecordId cause, RecordLog& log);

    // interfaces.cpp
    void addNodeState(NodeId node);
    void addInterfaceState(InterfaceRef ref);
    void addConfiguredInterfaces(NodeId node);
    bool carrierOf(InterfaceRef ref) const;
    /// The place among the ends of the interface's segment, which there must be.
    std::size_t endOf(InterfaceRef ref) const;
    /// Begins, changes or ends the measuring that the configuration asks for.
    void measureTraffic(InterfaceRef ref);
    /// A frame reaches the interface, or is damaged on its way there.
    void noteHeard(SegmentId id, InterfaceRef receiver, bool isIntact);
    /// Works out the interface's state anew and tells everybody concerned what changed. `isAdminUp`: switched
    /// on or off.
    void refreshInterface(InterfaceRef ref, RecordId cause, RecordLog& log,
                          std::optional<bool> isAdminUp = std::nullopt);
    void offerConnected(NodeId node, const InterfaceState& before, const InterfaceState& after,
                        RecordId cause);

    // processes.cpp
    void startProcess(NodeId node, ProtocolId protocol, RecordId cause, RecordLog& log);
    /// `mayComeBack`: it is not meant to be gone, and its routes may stay for it.
    void stopProcess(NodeId node, ProtocolId protocol, bool mayComeBack, RecordId cause, RecordLog& log);
    void retainRoutes(NodeId node, ProtocolId protocol, Duration time, RecordId cause, RecordLog& log);
    void releaseRoutes(NodeId node, ProtocolId protocol, Family family, RecordId cause);
    void endRetention(const Event& event, RecordLog& log);
    void freeze(NodeId node, ProtocolId protocol);
    void thaw(NodeId node, ProtocolId protocol, RecordId cause, RecordLog& log);
    void dispatch(NodeId node, ProtocolId protocol, const Input& input, RecordId cause, RecordLog& log);
    void dispatchToAll(NodeId node, const Input& input, RecordId cause, RecordLog& log);
    void scheduleWake(NodeId node, ProcessSlot& slot, RecordId cause);
    void drain(NodeId node, ProtocolId protocol, Outbox& outbox, RecordId cause, RecordLog& log);
    void perform(NodeId node, ProtocolId protocol, EffectAction& action, RecordId cause, RecordLog& log);
    void sendDatagram(NodeId node, ProtocolId protocol, const SendDatagram& send, RecordId cause,
                      RecordLog& log);

    // routes.cpp
    void settleRib(NodeId node, RecordLog& log);
    void tellSubscribers(NodeState& state, const RibChange& change, RecordId cause);
    void tellTrackers(NodeState& state, const Prefix& changed, RecordId cause);
    void announceNews(NodeId node);
    void subscribe(NodeId node, ProcessSlot& slot, const SubscribeRoutes& wish, RecordId cause);
    void track(NodeId node, ProcessSlot& slot, const TrackNextHop& wish, RecordId cause);
    void track(NodeId node, ProcessSlot& slot, const TrackPrefix& wish, RecordId cause);
    void scheduleNotify(NodeId node);
    void notify(NodeId node, RecordLog& log);

    // forwarding.cpp
    void receive(InterfaceRef at, const PacketPtr& packet, RecordId cause, RecordLog& log);
    void deliverToSelf(NodeId node, PacketPtr packet, RecordId cause);
    void reassemble(InterfaceRef at, const PacketPtr& fragment, RecordId cause, RecordLog& log);
    void giveUpReassembly(const Event& event, RecordLog& log);
    void forward(NodeId node, const PacketPtr& packet, InterfaceId cameIn, RecordId cause, RecordLog& log);
    void sendOver(NodeId node, const NextHop& hop, const PacketPtr& packet, InterfaceId cameIn,
                  RecordId cause, RecordLog& log);
    void deliver(NodeId node, const PacketPtr& packet, InterfaceId cameIn, RecordId cause, RecordLog& log);
    void deliverDatagram(NodeId node, const PacketPtr& packet, InterfaceId cameIn, RecordId cause,
                         RecordLog& log);
    void answerIcmp(NodeId node, const PacketPtr& packet, InterfaceId cameIn, RecordId cause, RecordLog& log);
    void sendIcmpError(NodeId node, IcmpKind kind, const PacketPtr& about, InterfaceId cameIn, RecordId cause,
                       RecordLog& log, std::uint32_t mtu = 0);
    void drop(NodeId node, InterfaceId interface, DropReason reason, const PacketPtr& packet, RecordId cause,
              RecordLog& log);
    std::optional<IpAddress> sourceVia(const NodeState& state, const NextHop& hop,
                                       const IpAddress& destination) const;

    // streams.cpp
    TcpSettings tcpSettings(NodeId node, const StreamEnds& ends, bool isSigned) const;
    /// What a stream would be sent from; none: it cannot be sent at all.
    std::optional<IpAddress> streamSource(NodeId node, const OpenStream& open) const;
    bool isOwnAddress(NodeId node, const IpAddress& address, InterfaceId interface) const;
    void openStream(NodeId node, ProtocolId protocol, const OpenStream& open, RecordId cause, RecordLog& log);
    void sendStream(NodeId node, ProtocolId protocol, const SendStream& send, RecordId cause, RecordLog& log);
    void closeStream(NodeId node, ProtocolId protocol, const CloseStream& close, RecordId cause,
                     RecordLog& log);
    void endStream(NodeId node, const StreamEnds& ends, bool reset, RecordId cause, RecordLog& log);
    void resumeReading(NodeId node, ProtocolId protocol, RecordId cause, RecordLog& log);
    void endStreamsOf(NodeId node, ProtocolId protocol, RecordId cause, RecordLog& log);
    void deliverSegment(NodeId node, const PacketPtr& packet, InterfaceId cameIn, RecordId cause,
                        RecordLog& log);
    void hearIcmpError(NodeId node, const Packet& packet, const IcmpMessage& error, InterfaceId cameIn,
                       RecordId cause, RecordLog& log);
    void wakeStream(const Event& event, RecordLog& log);
    void scheduleStreamWake(NodeId node, const StreamEnds& ends, RecordId cause);
    /// Does what a connection wants done. `ttl`: of the packet that came, `detail`: why it ended, for the
    /// owner.
    void followUp(NodeId node, const StreamEnds& ends, TcpOutput out, RecordId cause, RecordLog& log,
                  std::uint8_t ttl = 0, std::string detail = {});
    void sendSegment(NodeId node, const StreamEnds& ends, ProtocolId owner, std::uint8_t ttl,
                     std::string_view key, TcpSegment segment, RecordId cause, RecordLog& log);

    // message_lanes.cpp
    /// Sends a message whole, when that is possible.
    bool sendMessage(NodeId node, Stream& stream, const SendStream& send, RecordId cause);
    void closeBehindMessages(NodeId node, const Stream& stream, RecordId cause);
    void deliverMessage(const Event& event, RecordLog& log);
    bool hasLane(const Stream& stream) const;
    bool hasMessagesUnderWay(const Stream& stream) const;
    /// Something is under way from here on which somebody's tables may hang.
    bool isDeliveringNews(const Stream& stream) const;
    void prepareLane(NodeId node, const StreamEnds& ends);
    void findLane(NodeId node, Stream& stream);
    /// The segment carries everything in both directions.
    bool isFlawless(SegmentId segment) const;
    void scheduleMessage(SimTime time, const StreamPlace& to, std::shared_ptr<const void> message,
                         RecordId cause);

    // lookahead.cpp
    void lookAhead(const Event& present);
    void prefetchFor(const Event& event, int step) const;
    void prefetchFor(const Event& event, const Event& before, int step) const;
    void prefetchFor(NodeId node, ProtocolId protocol, const Outbox& outbox) const;

    // wire.cpp
    void transmit(InterfaceRef from, const PacketPtr& packet, const IpAddress& nextHop, InterfaceId cameIn,
                  RecordId cause, RecordLog& log);
    void arrive(const Event& event, RecordLog& log);
    void scheduleArrival(SegmentId segment, InterfaceRef receiver, PacketPtr packet, SimTime time,
                         RecordId sent);

    // impairments.cpp
    void carryImpaired(SegmentId segment, InterfaceRef receiver, const PacketPtr& packet, SimTime arrival,
                       RecordId sent, RecordLog& log);

    // flows.cpp
    void startFlow(const action::StartFlow& start, RecordId cause);
    void tickFlow(std::uint32_t flow, RecordId cause, RecordLog& log);
    void countFlowArrival(const FlowMessage& message, std::size_t bytes);
    void countFlowLoss(const Packet& packet, DropReason reason);
    /// A link has doubled the packet.
    void countFlowCopy(const Packet& packet);
    static void endDoubled(FlowState& flow, std::uint64_t sequence, std::size_t bytes,
                           std::optional<DropReason> reason);

    SimulationOptions options_;
    Topology topology_;
    SimTime now_;
    std::uint64_t eventsHandled_ = 0;
    SimTime latestArrival_;     ///< of all packets sent so far
    StreamPlace latestNewsTo_;  ///< where the latest message with news goes; none: not known
    /// Until then packets may arrive that were sent before the last action or change of a route, and say what
    /// was true then.
    SimTime staleUntil_;
    Agenda agenda_;
    std::vector<NodeState> nodes_;
    std::vector<SegmentState> segments_;
    std::vector<FlowState> flows_;
    Outbox spareOutbox_;  ///< empty; its memory serves the next process that handles something
};

}  // namespace peerscape
