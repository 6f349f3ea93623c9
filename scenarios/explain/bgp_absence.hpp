#pragma once

#include <string>
#include <string_view>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/result.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// Why the node's BGP has no path to the prefix that can be used: what is wrong with those it has, or where
/// between it and those who have one the news stops. It walks from session to session, outwards. Lines, each
/// with its newline; empty when the node does not run BGP.
std::string whyNoPath(const Evidence& evidence, NodeId node, const Prefix& prefix);

/// The session with a neighbour: its state and the reason, how the other side sees it, and the last events.
/// The neighbour is named by its address, or by its node. Fails when the node does not run BGP or has no such
/// neighbour.
Result<std::string> explainNeighbor(const Evidence& evidence, NodeId node, std::string_view neighbor);

}  // namespace peerscape
