#pragma once

#include <string>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// How the node's EIGRP reckons the metric of its way to the network, link by link, which ways it knows
/// besides and why each may be taken or not (RFC 7868, 3.3 and 5.6), and while it is active, who has not
/// replied. Lines, each with its newline; empty when its topology table does not hold the network.
std::string weighing(const Evidence& evidence, NodeId node, const Prefix& network);

}  // namespace peerscape
