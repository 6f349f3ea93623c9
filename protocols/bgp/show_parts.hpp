#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/routing/env.hpp"
#include "engine/routing/protocol.hpp"
#include "protocols/bgp/frr_json.hpp"
#include "protocols/bgp/process.hpp"

/// What the `show` commands of BGP share.
namespace peerscape::bgp {

/// How an answer is to look.
enum class Format : std::uint8_t { AsText, AsJson };

/// The protocol's process; null when it does not run.
const BgpProcess* processOf(const ShowContext& context);
/// The process's surroundings, for rules that are only asked.
Env envOf(const ShowContext& context);
/// What FRR answers about routes, and what about neighbours, where BGP is not configured.
std::string noInstance(Format format);
std::string noInstanceForNeighbors(Format format);

/// "00:00:59", "1d02h03m", "01w2d03h", "01y02w3d".
std::string uptimeText(Duration time);
std::int64_t wholeSeconds(Duration time);
std::int64_t wholeMilliseconds(Duration time);
/// The lab's clock is one that was at the Unix epoch when the lab was switched on: seconds since then.
std::int64_t epochOf(SimTime time);
/// The same as FRR prints dates: "Thu Jan  1 00:01:05 1970".
std::string dateText(SimTime time);

/// "IPv4 Unicast".
std::string_view titleOf(Family family);
/// "ipv4Unicast": how JSON calls it.
std::string_view keyOf(Family family);

/// Those that have the family activated, in the order in which FRR lists neighbours: members of groups first,
/// then by address.
std::vector<const Peer*> peersInOrder(const BgpProcess& process);
std::vector<const Peer*> peersInOrder(const BgpProcess& process, Family family);
bool isActivated(const BgpProcess& process, const Peer& peer, Family family);
/// Whether RFC 8212 keeps an external neighbour's routes out, or ours from it, for want of a policy.
bool lacksPolicy(const BgpProcess& process, const Peer& peer, Family family, Direction direction);
/// The neighbour's number: what it has said, else what it is expected to say; 0 while only `external` is
/// known.
Asn remoteAsOf(const BgpProcess& process, const Peer& peer);
/// What the neighbour calls itself (the FQDN capability); empty: it has not said it.
std::string hostnameOf(const Peer& peer);

/// As FRR lists them: the latest one first.
std::vector<const Path*> pathsInOrder(const Destination& destination);
/// Why the best path is the best one, in FRR's words, which name the step of the last comparison.
std::string_view selectionReason(const BgpProcess& process, Family family, const Destination& destination);
/// It is used together with others, or is one of those used together with the best one.
bool isInMultipath(const Destination& destination, const Path& path);
bool isBest(const Destination& destination, const Path& path);
/// "IGP", "EGP", "incomplete".
std::string_view wordOf(Origin origin);
/// 'i', 'e', '?'.
char letterOf(Origin origin);
/// As FRR prints the next hop of the path: that of an aggregate is "::", also for IPv4.
IpAddress shownNextHop(const BgpProcess& process, const Path& path);

}  // namespace peerscape::bgp
