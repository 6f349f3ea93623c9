#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/payload.hpp"
#include "engine/routing/remark.hpp"
#include "engine/routing/route.hpp"

namespace peerscape {

/// Receive UDP for the port; multicast only for the groups named, on every interface.
struct BindUdp {
    Family family = Family::IPv4;
    std::uint16_t port = 0;
    std::vector<IpAddress> groups;
};

/// Receive raw IP packets of this protocol number (EIGRP: 88).
struct BindIp {
    Family family = Family::IPv4;
    std::uint8_t protocol = 0;
    std::vector<IpAddress> groups;
};

/// Send UDP (ports not 0) or raw IP (`ipProtocol` not 0).
struct SendDatagram {
    InterfaceId interface;            ///< none: as the FIB says
    std::optional<IpAddress> source;  ///< none: the outgoing interface's address
    IpAddress destination;
    std::uint8_t ipProtocol = 0;  ///< 0 means UDP
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    std::uint8_t ttl = 64;
    std::uint8_t trafficClass = 0xc0;  ///< CS6, as routing protocols send
    Payload payload;
};

/// Accept connections to the port, from anybody.
struct ListenStream {
    Family family = Family::IPv4;
    std::uint16_t port = 0;
};

struct OpenStream {
    StreamId stream;  ///< chosen by the process, new for each connection it opens; accepted ones get theirs
                      ///< from above 2^31
    std::optional<IpAddress> localAddress;
    IpAddress remoteAddress;
    std::uint16_t remotePort = 0;
    std::uint8_t ttl = 64;
    std::uint8_t leastTtl = 0;  ///< as in SetStreamTtl
    std::string key{};          ///< as in SetStreamKey
    InterfaceId interface{};    ///< where a link-local address is; none for all others
};

/// The TTL of what is sent on the stream from now on; accepted streams begin with 64. Once it is up, segments
/// that come with less than `leastTtl` are dropped (RFC 5082).
struct SetStreamTtl {
    StreamId stream;
    std::uint8_t ttl = 64;
    std::uint8_t leastTtl = 0;
};

/// Connections that are accepted from these addresses are signed with the key from now on, as RFC 2385 says,
/// and whoever does not sign so gets no answer; the key of the longest prefix counts. Empty: none.
struct SetStreamKey {
    Prefix remote;
    std::string key;
};

struct SendStream {
    StreamId stream;
    Payload payload;
    /// False: it only says that the sender is alive, and nothing changes by its arrival. So nobody waits for
    /// it who wants to know whether the network has come to rest.
    bool isNews = true;
};

struct CloseStream {
    StreamId stream;
    bool reset = false;  ///< RST instead of FIN
};

struct Announce {
    RouteOffer offer;
};

struct Withdraw {
    Prefix prefix;
    std::uint8_t slot = 0;
};

/// Should the process end while it stays configured, its routes stay so long, and packets go on using them
/// (zero: they go with it). A process that is back announces anew what still holds, and then lets go of the
/// rest.
struct RetainRoutes {
    Duration time;
};

/// What has stayed of an earlier process of this protocol, and was not announced again, goes now.
struct ReleaseRoutes {
    Family family = Family::IPv4;
};

/// Be told of selected routes of the protocol (all present ones at once, then every change); or no longer.
struct SubscribeRoutes {
    ProtocolId protocol;
    Family family = Family::IPv4;
    bool wanted = true;
};

/// Be told how the address is reached (once at once, then every change); or no longer.
struct TrackNextHop {
    IpAddress address;
    bool wanted = true;
};

/// Be told which route of exactly this prefix is selected, whatever protocol it is of (once at once, then
/// every change); or no longer.
struct TrackPrefix {
    Prefix prefix;
    bool wanted = true;
};

/// Something worth a record: a change of state, a packet refused and why.
struct Note {
    enum class Level : std::uint8_t { Detail, Event, Problem };
    Level level = Level::Event;
    std::shared_ptr<const Remark> remark;  ///< never null
};

using EffectAction = std::variant<BindUdp, BindIp, SendDatagram, ListenStream, OpenStream, SetStreamTtl,
                                  SetStreamKey, SendStream, CloseStream, Announce, Withdraw, RetainRoutes,
                                  ReleaseRoutes, SubscribeRoutes, TrackNextHop, TrackPrefix, Note>;

/// One thing a process wants done. `cause` names the record it happens because of; none means the step being
/// handled.
struct Effect {
    EffectAction action;
    RecordId cause;
};

/// What a process does, in order. Nothing happens until its handler has returned.
class Outbox {
  public:
    /// What follows happens because of this record (and not of the step being handled) until the next call.
    void because(RecordId cause) { cause_ = cause; }
    void add(EffectAction action) { effects_.push_back({std::move(action), cause_}); }

    void note(std::string text, Note::Level level = Note::Level::Event) {
        note(std::make_shared<const PlainRemark>(std::move(text)), level);
    }
    void note(std::shared_ptr<const Remark> remark, Note::Level level = Note::Level::Event) {
        add(Note{level, std::move(remark)});
    }
    void announce(RouteOffer offer) { add(Announce{std::move(offer)}); }
    void withdraw(const Prefix& prefix, std::uint8_t slot = 0) { add(Withdraw{prefix, slot}); }

    const std::vector<Effect>& effects() const { return effects_; }
    std::vector<Effect>& effects() { return effects_; }
    void clear() {
        effects_.clear();
        cause_ = RecordId::none();
    }

  private:
    std::vector<Effect> effects_;
    RecordId cause_;
};

}  // namespace peerscape
