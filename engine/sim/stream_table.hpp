#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/address_span.hpp"
#include "engine/base/flat_index.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/prefetch.hpp"
#include "engine/base/time.hpp"
#include "engine/sim/tcp_connection.hpp"

namespace peerscape {

/// Such an address can mean another router on every link (RFC 4291 section 2.5.6).
inline bool needsInterface(const IpAddress& address) { return address.isV6() && address.isLinkLocal(); }

/// What tells one TCP connection of a node from all others (RFC 9293 section 3.3.1: the pair of sockets).
struct StreamEnds {
    IpAddress local;
    IpAddress remote;
    std::uint16_t localPort = 0;
    std::uint16_t remotePort = 0;
    InterfaceId interface{};  ///< where a link-local remote address is; none for all others

    friend auto operator<=>(const StreamEnds&, const StreamEnds&) = default;
    friend bool operator==(const StreamEnds&, const StreamEnds&) = default;
};

/// A stream of some node: its place in that node's table, and which one of those that ever had this place.
struct StreamPlace {
    NodeId node;  ///< none: there is no stream
    std::uint32_t slot = 0;
    std::uint32_t generation = 0;

    friend bool operator==(const StreamPlace&, const StreamPlace&) = default;
};

/// How whole messages reach the other end of an open connection over one link (StreamModel::Messages).
struct MessageLane {
    StreamPlace peer;                  ///< node none: it was never found
    SegmentId segment;                 ///< none: to be looked for anew, since the way there has changed
    std::uint32_t segmentVersion = 0;  ///< SegmentState::version for which this holds
};

/// One end of a TCP connection on a node, and who owns it.
struct Stream {
    StreamEnds ends;
    StreamId id;
    ProtocolId owner;  ///< none: its process has ended, and nobody listens to what still comes
    std::uint8_t ttl = 64;
    bool wasOpenedHere = true;
    // As its connection says, once that has been noted: whoever sends a message reads no further than this.
    bool isQuiet = false;
    bool isDelivering = false;
    MessageLane lane{};
    std::uint32_t messagesInFlight = 0;  ///< sent by this end on the lane, and not yet there
    SimTime lastMessageAt{};             ///< when the last of them will be
    SimTime lastNewsAt{};                ///< when the last of those that are news will be (SendStream)
    TcpConnection tcp;
    SimTime wakeAt = SimTime::never();   ///< when the agenda holds a StreamWake for it
    std::optional<StreamEnd> failure{};  ///< to be told at the next wake: it never came up
    std::uint8_t leastTtl = 0;           ///< of what it takes once it is up
    std::string key;                     ///< segments are signed with it; empty: they are not
};

/// All TCP connections and listeners of one node. A value.
class StreamTable {
  public:
    /// The process accepts connections to the port; a port has one listener of each family.
    void listen(Family family, std::uint16_t port, ProtocolId owner) { listeners_[{family, port}] = owner; }
    /// Who accepts connections there; none: nobody.
    ProtocolId listenerOn(Family family, std::uint16_t port) const;
    void stopListening(ProtocolId owner);
    /// For what the owner accepts from there; empty: no key any more.
    void setKey(ProtocolId owner, const Prefix& remote, std::string key);
    /// Of the longest prefix around the address; empty: none.
    std::string keyFor(ProtocolId owner, const IpAddress& remote) const;

    Stream* find(const StreamEnds& ends);
    /// The stream that its owner knows by this number; null when it is gone.
    Stream* find(ProtocolId owner, StreamId id);
    const Stream* find(ProtocolId owner, StreamId id) const;
    /// Asks memory for where find() by owner and number looks first.
    void prefetch(ProtocolId owner, StreamId id) const { byOwner_.prefetch(ownerKey(owner, id)); }
    /// The stream at this place of this table; null when it is gone.
    Stream* at(std::uint32_t slot, std::uint32_t generation);
    const Stream* at(std::uint32_t slot, std::uint32_t generation) const;
    /// Asks memory for what says where streams lie, and whether they have news under way.
    void prefetch() const { prefetchBetween(slots_, laneEnds_); }
    /// The next step: for what at() reads, and what a message reads of the stream.
    void prefetch(std::uint32_t slot) const;
    static void prefetch(const Stream& stream) { prefetchBetween(stream, stream.tcp); }
    /// By what at() finds it.
    StreamPlace placeOf(NodeId node, const StreamEnds& ends) const;
    /// There must be none between the stream's ends, nor one of its owner and number. References to other
    /// streams do not outlive this.
    Stream& add(Stream stream);
    void remove(const StreamEnds& ends);
    /// Its process has ended: nobody hears of it any more.
    void orphan(const StreamEnds& ends);
    /// The owner does not take what comes, on any of its connections.
    void stopReading(ProtocolId owner);

    /// A local port that is free for these ends, from the range RFC 6335 section 6 leaves for this.
    std::uint16_t freePort(StreamEnds ends);
    /// Numbers of accepted streams lie above those that processes choose.
    StreamId nextAcceptedId() { return StreamId(nextAccepted_++); }

    /// Every stream, by its ends.
    template <typename Visit>
    void forEach(Visit visit) const {
        for (const auto& [ends, slot] : byEnds_)
            visit(*slots_[slot].stream);
    }
    /// The first stream that the predicate names, wherever it is; null: none.
    template <typename Predicate>
    const Stream* findIf(Predicate predicate) const {
        for (const Slot& slot : slots_) {
            if (slot.stream && predicate(*slot.stream)) return &*slot.stream;
        }
        return nullptr;
    }
    /// The stream's connection has done something.
    void noteState(Stream& stream);
    /// A message with news is under way until then.
    void noteNews(SimTime arrival) { newsUntil_ = std::max(newsUntil_, arrival); }
    /// False: certainly none of the streams has news under way, which is so nearly always.
    bool mayDeliverNews(SimTime now) const { return delivering_ != 0 || newsUntil_ >= now; }
    std::size_t size() const { return byEnds_.size(); }
    /// The stream has a lane now.
    void setLane(Stream& stream, const MessageLane& lane);
    /// The way to this network has changed: lanes to ends in it are looked for anew.
    void forgetLanesTo(const Prefix& network);
    /// A number that differs when any connection or listener differs.
    std::uint64_t hash() const;

  private:
    static constexpr std::uint32_t kFirstAccepted = std::uint32_t{1} << 31;
    static constexpr std::uint16_t kFirstPort = 49152;

    /// Streams have places, which the other end of a lane knows, and which are used again.
    struct Slot {
        std::uint32_t generation = 0;
        bool isTaken = false;  ///< whether there is a stream, said before its end
        std::optional<Stream> stream;
    };
    static std::uint64_t ownerKey(ProtocolId owner, StreamId id) {
        return std::uint64_t{owner.value()} << 32 | id.value();
    }

    // What every message reads comes first.
    std::vector<Slot> slots_;
    FlatIndex byOwner_;
    SimTime newsUntil_{};           ///< the latest arrival of news in messages, of all that ever were
    std::uint32_t delivering_ = 0;  ///< streams whose connection is
    AddressSpan laneSpan_;          ///< of all of laneEnds_

    std::vector<IpAddress> laneEnds_;  ///< in order: remote ends to which there may be lanes
    std::vector<std::uint32_t> freeSlots_;
    std::map<StreamEnds, std::uint32_t> byEnds_;
    std::map<std::pair<Family, std::uint16_t>, ProtocolId> listeners_;
    std::map<std::pair<ProtocolId, Prefix>, std::string> keys_;
    std::uint32_t nextAccepted_ = kFirstAccepted;
    std::uint16_t nextPort_ = kFirstPort;
};

}  // namespace peerscape
