#pragma once

#include <optional>
#include <string>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "protocols/bgp/process.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// The node's BGP; null when none runs.
const bgp::BgpProcess* bgpOf(const Evidence& evidence, NodeId node);

/// "B (192.0.2.2)", or the address when nobody of the lab has it.
std::string nameOfPeer(const Evidence& evidence, const bgp::Peer& peer);

/// Whether it answers for the address, a link-local one on any of its links.
bool hasAddress(const NodeState& node, const IpAddress& address);

/// One session as both of its ends have it.
struct BgpLink {
    NodeId speaker;
    NodeId listener;
    const bgp::BgpProcess* speaking = nullptr;
    const bgp::BgpProcess* listening = nullptr;
    const bgp::Peer* toListener = nullptr;   ///< at the speaker
    const bgp::Peer* fromSpeaker = nullptr;  ///< at the listener
};

/// The speaker at the other end of a session of the listener; nothing when it is not in the lab, runs no
/// BGP, or does not know the listener.
std::optional<BgpLink> linkFrom(const Evidence& evidence, NodeId listener, const bgp::Peer& speaker);

/// Why the speaker's best path of the prefix does not become one of the listener's: what keeps the speaker
/// from telling it, or by which rule the listener refuses it. A sentence; nothing when the speaker has no
/// path, or no rule speaks against it.
std::optional<std::string> whatStopsPath(const Evidence& evidence, const BgpLink& link, const Prefix& prefix);

/// How the node's BGP chooses among its paths to the prefix: of each path where it came from, and at which
/// step of the decision process it lost, with both values (RFC 4271 section 9.1.2); then which neighbours
/// have a path of which the node has none, and why. Lines, each with its newline; empty without paths.
std::string decisionText(const Evidence& evidence, NodeId node, const Prefix& prefix);

}  // namespace peerscape
