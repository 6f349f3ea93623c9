#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "engine/sim/tcp_connection.hpp"

namespace peerscape {

/// What tells one TCP connection of a node from all others (RFC 9293 section 3.3.1: the pair of sockets).
struct StreamEnds {
    IpAddress local;
    IpAddress remote;
    std::uint16_t localPort = 0;
    std::uint16_t remotePort = 0;

    friend auto operator<=>(const StreamEnds&, const StreamEnds&) = default;
    friend bool operator==(const StreamEnds&, const StreamEnds&) = default;
};

/// One end of a TCP connection on a node, and who owns it.
struct Stream {
    StreamId id;
    ProtocolId owner;  ///< none: its process has ended, and nobody listens to what still comes
    std::uint8_t ttl = 64;
    bool wasOpenedHere = true;
    TcpConnection tcp;
    SimTime wakeAt = SimTime::never();  ///< when the agenda holds a StreamWake for it
    std::optional<StreamEnd> failure;   ///< to be told at the next wake: it never came up
    std::uint8_t leastTtl = 0;          ///< of what it takes once it is up
    std::string key;                    ///< segments are signed with it; empty: they are not
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
    /// The ends of the stream that its owner knows by this number; null when it is gone.
    const StreamEnds* endsOf(ProtocolId owner, StreamId id) const;
    /// There must be none between these ends, nor one of this owner and number.
    Stream& add(const StreamEnds& ends, Stream stream);
    void remove(const StreamEnds& ends);
    /// Its process has ended: nobody hears of it any more.
    void orphan(const StreamEnds& ends);

    /// A local port that is free towards the remote end, from the range RFC 6335 section 6 leaves for this.
    std::uint16_t freePort(const IpAddress& local, const IpAddress& remote, std::uint16_t remotePort);
    /// Numbers of accepted streams lie above those that processes choose.
    StreamId nextAcceptedId() { return StreamId(nextAccepted_++); }

    const std::map<StreamEnds, Stream>& all() const { return streams_; }
    /// A number that differs when any connection or listener differs.
    std::uint64_t hash() const;

  private:
    static constexpr std::uint32_t kFirstAccepted = std::uint32_t{1} << 31;
    static constexpr std::uint16_t kFirstPort = 49152;

    std::map<std::pair<Family, std::uint16_t>, ProtocolId> listeners_;
    std::map<std::pair<ProtocolId, Prefix>, std::string> keys_;
    std::map<StreamEnds, Stream> streams_;
    std::map<std::pair<ProtocolId, StreamId>, StreamEnds> byOwner_;
    std::uint32_t nextAccepted_ = kFirstAccepted;
    std::uint16_t nextPort_ = kFirstPort;
};

}  // namespace peerscape
