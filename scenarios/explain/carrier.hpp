#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "engine/record/record_log.hpp"
#include "engine/routing/env.hpp"
#include "engine/routing/input.hpp"
#include "engine/routing/packet.hpp"
#include "engine/routing/process.hpp"
#include "protocols/bgp/attributes.hpp"
#include "protocols/eigrp/tlv.hpp"
#include "protocols/rip/wire.hpp"

namespace peerscape {

/// What a packet of a routing protocol says of one network.
struct News {
    enum class Manner : std::uint8_t {
        Tells,
        Asks,         ///< for a way there
        Replies,      ///< to such a question
        AsksForSign,  ///< whether the other one still looks for a way
        GivesSign,    ///< that it does
    };
    Manner manner = Manner::Tells;
    bool isReachable = false;
    std::variant<rip::RipEntry, eigrp::Route, bgp::SharedAttributes> said;
};

/// A routing protocol as far as its messages and configuration go. Processes and configurations that it is
/// given must be its own.
class Messenger {
  public:
    virtual ~Messenger() = default;

    virtual ProtocolId protocol(Family family) const = 0;

    /// "RIPv2 response, 3 routes"; nothing when the packet carries none of its messages.
    virtual std::optional<std::string> summary(const Packet& packet) const = 0;
    /// " (10.4.0.0/16, 10.5.0.0/16 unreachable)": what such a packet names, if that says more than its
    /// summary.
    virtual std::string networksIn(const Packet& packet) const = 0;
    /// What one of its packets says of the network; nothing when it does not name it.
    virtual std::optional<News> newsIn(const Packet& packet, const Prefix& network) const = 0;
    /// "metric 2". The process is the speaker's, null when it has none; empty: there is nothing to say.
    virtual std::string metricText(const News& news, const Process* speaker) const = 0;

    /// Whether the configuration makes it announce the network because the router is on it, by this
    /// interface.
    virtual bool enables(const ProcessConfig& config, const InterfaceState& interface,
                         const Prefix& network) const = 0;
    virtual bool redistributes(const ProcessConfig& config, ProtocolId protocol) const = 0;
};

/// One that carries news from router to router over the cable between them. BGP is none: its sessions may
/// reach across other routers.
class Carrier : public Messenger {
  public:
    /// Whether such a packet keeps the network's route alive at whoever hears it.
    virtual bool provesLife(const Packet& packet, const Prefix& network) const = 0;
    /// Whether it acknowledges what its receiver sent.
    virtual bool acknowledges(const Packet& packet) const = 0;
    /// Whether it is a packet by which a router makes itself known.
    virtual bool isStatement(const Packet& packet) const = 0;

    virtual bool runsOn(const Process& process, InterfaceId interface) const = 0;
    /// Whether the protocol's own table holds the network, reachable or not.
    virtual bool holds(const Process& process, const Prefix& network) const = 0;
    /// Whether its table has a path of the network from this neighbour.
    virtual bool holdsFrom(const Process& process, const Prefix& network, InterfaceId interface,
                           const IpAddress& from) const = 0;
    /// Whether routes last as long as the neighbour they came from.
    virtual bool hasNeighbors() const = 0;
    /// Whether the process takes the router on that interface of another node for its neighbour; true in
    /// protocols without neighbours.
    virtual bool isInContact(const Process& process, InterfaceId interface,
                             const InterfaceState& other) const = 0;
    /// When it tells all again by itself; never: it says things once.
    virtual SimTime nextUpdate(const Process& process) const = 0;
    /// For how long what was heard counts unless it is heard again; nothing: until it is taken back, or its
    /// neighbour is lost.
    virtual std::optional<Duration> timeout(const Process& process) const = 0;
    virtual std::vector<std::string> reasonsAgainstSending(const Process& process, const Env& env,
                                                           InterfaceId interface,
                                                           const Prefix& network) const = 0;
    virtual std::optional<std::string> reasonToRefuse(const Process& process, const Env& env,
                                                      const DatagramReceived& datagram) const = 0;
    virtual std::vector<std::string> reasonsAgainstLearning(const Process& process, const Env& env,
                                                            InterfaceId interface, const IpAddress& from,
                                                            const News& news,
                                                            const Prefix& network) const = 0;
};

const Carrier& ripCarrier();
const Carrier& eigrpCarrier();
const Messenger& bgpMessenger();
/// All of them, carriers first.
std::span<const Messenger* const> messengers();
/// Null: it sends no messages (connected, static).
const Messenger* messengerOf(ProtocolId protocol);
std::span<const Carrier* const> carriers();
/// Null: it carries no news over cables.
const Carrier* carrierOf(ProtocolId protocol);
/// Of whatever protocol the packet is.
std::optional<News> newsIn(const Packet& packet, const Prefix& network);

/// The last time a neighbour told a node something of a network.
struct Hearing {
    const Record* record = nullptr;  ///< the packet's arrival
    InterfaceId interface;
    IpAddress from;
    News news;
};

/// What each neighbour last told the node of the network by this protocol, the latest first, as far back as
/// `since`. A later message that does not name the network does not take it back.
std::vector<Hearing> latestNews(const Carrier& carrier, const RecordLog& log, NodeId node,
                                const Prefix& network, SimTime since);

}  // namespace peerscape
