#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <boost/container/flat_map.hpp>

#include "engine/base/prefetch.hpp"
#include "engine/base/time.hpp"
#include "protocols/eigrp/neighbor.hpp"
#include "protocols/eigrp/transport_effects.hpp"

/// Neighbour discovery and the Reliable Transport Protocol of EIGRP (RFC 7868, 5.2 and 5.3) on one interface.
///
/// A neighbour is found by its hello, which is answered at once with our hello and a NULL UPDATE with the
/// INIT flag. It is lost when its hold time passes without a packet of it, and for the other reasons of
/// DownReason.
///
///             hello heard:                    our INIT acknowledged
///             send hello, INIT                and its INIT heard
///    (none) --------------------> Pending -------------------------> Up
///      ^                            |  ^                             |
///      |   hold time, goodbye,      |  |  another INIT heard:        |
///      +-- termination, retries ----+  |  it has restarted           |
///      |                               +-----------------------------+
///      +-------------------------------------------------------------+
///
/// Reliable packets have sequence numbers that grow, not necessarily by one. Each neighbour has a queue, and
/// only its head is under way: the next one follows when that is acknowledged (a window of one). So a
/// receiver may take whatever is newer than the last, acknowledges what is older again, and has everything
/// once and in order.
///
/// A multicast packet is in the queues of all neighbours that are up. When none of them lags behind, it is
/// just multicast. Otherwise a *sequenced hello* goes first: it names the laggards and the number of the
/// packet that follows with the CR flag. Who hears the hello and is not named goes into Conditional Receive
/// mode and takes that packet; all others leave it. Whoever has not acknowledged it when the multicast flow
/// timer ends, and the laggards in their turn, get it by unicast, again and again after RTO, which grows by
/// half each time.
namespace peerscape::eigrp {

/// What is configured on an interface.
struct TransportSettings {
    IpAddress address;  ///< ours on this interface, the source of our packets
    std::uint16_t autonomousSystem = 1;
    std::uint16_t virtualRouter = 0;
    KValues kValues;
    Duration helloInterval = Duration::seconds(5);  ///< 60 s on slow links without broadcast
    Duration holdTime = Duration::seconds(15);      ///< whole seconds up to 65535: what we ask neighbours for
    SoftwareVersion softwareVersion;
    std::optional<PeerInformation> stub;  ///< we are a stub

    friend bool operator==(const TransportSettings&, const TransportSettings&) = default;
};

/// A pending neighbour that has acknowledged our INIT is waited for so long: until its own INIT would have
/// reached the retry limit.
inline constexpr Duration kInitPatience = kMostRto * kRetryLimit;

/// One interface's neighbours and packets: a plain value. It has no clock: `now` never goes back, and wake()
/// is called when nextDeadline() has come. Inputs add to `effects` what is to be done.
class Transport {
  public:
    /// `firstSequence` is the number of the first reliable packet, not 0. A router that starts again begins
    /// well after the numbers it had, by its clock for instance: with older ones, what is still under way
    /// from before would be taken for new, and the new for old.
    explicit Transport(const TransportSettings& settings, std::uint32_t firstSequence = 1);

    /// The interface is up: hellos begin, the first one now.
    void start(SimTime now, TransportEffects& effects);
    /// EIGRP leaves the interface: says goodbye, and drops all neighbours.
    void stop(TransportEffects& effects);
    /// The interface is down: drops all neighbours; nobody can be told.
    void interfaceDown(TransportEffects& effects);
    /// K-values, stub flags or numbers that change reset all neighbours. A hello tells the news.
    void configure(const TransportSettings& settings, SimTime now, TransportEffects& effects);
    /// Drops a neighbour and tells it so: stuck in active, or somebody asked for it.
    void reset(dual::NeighborId neighbor, TransportEffects& effects);

    /// A packet from another address, its digest verified. `fresh` is the id of the neighbour, if this packet
    /// discovers one; it is in use when NeighborDiscovered says so.
    void hear(const IpAddress& from, const EigrpPacket& packet, dual::NeighborId fresh, SimTime now,
              TransportEffects& effects);
    /// A message for all neighbours that are up.
    void multicast(ReliableMessage message, SimTime now, TransportEffects& effects);
    /// A message for one neighbour; lost if it is not up.
    void unicast(dual::NeighborId to, ReliableMessage message, SimTime now, TransportEffects& effects);

    /// Does what is due.
    void wake(SimTime now, TransportEffects& effects);
    SimTime nextDeadline() const;

    const TransportSettings& settings() const { return settings_; }
    /// By address.
    using Neighbors = boost::container::flat_map<IpAddress, Neighbor>;
    const Neighbors& neighbors() const { return neighbors_; }
    /// Asks memory for what an input is likely to read; of many neighbours for the first.
    void prefetch() const {
        if (!neighbors_.empty()) peerscape::prefetch(*neighbors_.begin());
    }
    const Neighbor* find(dual::NeighborId neighbor) const;
    /// How many neighbours are up.
    std::size_t upCount() const;
    /// A message to this neighbour would go at once; one to all (none) would at least be the next to go.
    bool isReadyFor(std::optional<dual::NeighborId> to) const;
    /// Some neighbour has acknowledged everything. Cheap, where there are few.
    bool hasReadyNeighbor() const;
    /// Every neighbour is up and has acknowledged everything.
    bool isIdle() const;
    /// As it is now (RFC 7868, 5.2): from the mean SRTT of the neighbours that have one.
    Duration multicastFlowTimer() const;

  private:
    // transport.cpp: neighbours.
    EigrpPacket blankPacket(Opcode opcode) const;
    EigrpPacket helloPacket() const;
    void sendHello(SimTime now, TransportEffects& effects);
    void dropAll(DownReason reason, TransportEffects& effects);
    /// Ends the adjacency; whoever cannot know is told with a PEER TERMINATION.
    void drop(const IpAddress& address, DownReason reason, TransportEffects& effects);
    bool isForUs(const EigrpPacket& packet) const;
    void hearHello(const IpAddress& from, const EigrpPacket& packet, dual::NeighborId fresh, SimTime now,
                   TransportEffects& effects);
    Neighbor& discover(const IpAddress& address, dual::NeighborId id, SimTime now, TransportEffects& effects);
    void hearInit(Neighbor& neighbor, std::uint32_t sequence, SimTime now, TransportEffects& effects);
    void noteSequencedHello(Neighbor& neighbor, const EigrpPacket& packet) const;
    static void establish(Neighbor& neighbor, SimTime now, TransportEffects& effects);
    static void hearContent(Neighbor& neighbor, const EigrpPacket& packet, TransportEffects& effects);
    static bool missedItsInit(const Neighbor& neighbor, const EigrpPacket& packet);
    std::optional<DownReason> reasonToDrop(const Neighbor& neighbor, SimTime now) const;

    // transport_queues.cpp: reliable packets under way.
    std::uint32_t takeSequence();
    static void acknowledge(Neighbor& neighbor, std::uint32_t sequence, SimTime now);
    /// Sends whatever may go now.
    void transmit(SimTime now, TransportEffects& effects);
    bool isFlowOpen(SimTime now) const;
    void transmitMulticast(std::uint32_t sequence, SimTime now, TransportEffects& effects);
    void transmitUnicast(Neighbor& neighbor, TransportEffects& effects) const;
    void retransmit(Neighbor& neighbor, SimTime now, TransportEffects& effects) const;
    void sendOwed(Neighbor& neighbor, TransportEffects& effects) const;
    EigrpPacket packetOf(const QueuedPacket& queued) const;

    TransportSettings settings_;
    Neighbors neighbors_;
    std::uint32_t nextSequence_;
    SimTime helloDeadline_ = SimTime::never();  ///< never: not started
    std::optional<SimTime> lastHello_;
    std::vector<std::uint32_t> multicasts_;  ///< that have not been sent by multicast yet
    std::uint32_t flowing_ = 0;              ///< the last one that has
    SimTime flowDeadline_;                   ///< of the multicast flow timer
};

}  // namespace peerscape::eigrp
