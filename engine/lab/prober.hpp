#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

/// Pings and traceroutes: real packets, sent in a copy of the world. Looking never changes what is looked at:
/// the run itself, its time and its fingerprint stay as they are.

/// Why a ping or traceroute could not even start.
enum class LocalFailure : std::uint8_t {
    None,
    NoRoute,    ///< "Network is unreachable"
    Discarded,  ///< the sender's own blackhole route: "Invalid argument"
    NoSource,   ///< the source address is not the sender's, or it has none
};

struct PingRequest {
    NodeId from;
    IpAddress to;
    std::optional<IpAddress> source;
    std::uint32_t count = 1;
    Duration interval = Duration::seconds(1);
    Duration timeout = Duration::seconds(1);  ///< how long the last one is waited for
    std::uint16_t dataBytes = 56;
    std::uint8_t ttl = 64;
    bool dontFragment = true;  ///< too large for a link: an error comes back, instead of fragments going on
};

/// What came back for one echo request.
struct PingAnswer {
    std::uint32_t sequence = 0;  ///< from 1
    IcmpKind kind = IcmpKind::EchoReply;
    IpAddress from;
    /// Whose address that is; of several nodes with it (anycast) the one that answered.
    std::optional<NodeId> node;
    std::uint8_t ttl = 0;
    Duration roundTrip;
};

struct PingResult {
    LocalFailure localFailure = LocalFailure::None;
    std::uint32_t sent = 0;
    std::vector<PingAnswer> answers;  ///< in the order they came

    std::uint32_t received() const;  ///< echo replies only
    bool isOk() const { return received() > 0; }
};

struct TracerouteRequest {
    NodeId from;
    IpAddress to;
    std::optional<IpAddress> source;
    std::uint8_t mostHops = 30;
    Duration timeout = Duration::seconds(5);
};

struct TracerouteHop {
    std::optional<IpAddress> from;  ///< nothing: no answer ("*")
    std::optional<NodeId> node;
    IcmpKind kind = IcmpKind::TimeExceeded;
    Duration roundTrip;
};

struct TracerouteResult {
    LocalFailure localFailure = LocalFailure::None;
    std::vector<TracerouteHop>
        hops;  ///< hop i has TTL i + 1; ends with the destination or the first "unreachable"
    bool isReached = false;
    bool isLoop = false;  ///< some router answered twice and the destination never did
};

/// All of them at once, in one copy of the world.
std::vector<PingResult> ping(const Simulation& world, std::span<const PingRequest> requests);
std::vector<TracerouteResult> traceroute(const Simulation& world,
                                         std::span<const TracerouteRequest> requests);

/// The node that has the address, link-local ones included; the first where several have it.
std::optional<NodeId> ownerOf(const Simulation& world, const IpAddress& address);

}  // namespace peerscape
