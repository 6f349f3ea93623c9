#pragma once

#include <string>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// Why the node's table holds the route of exactly this prefix: from the fault, the edit or the configuration
/// line to the row as it is, and what else it knows of the prefix and why that is not selected. Of a prefix
/// without a selected route: how it was lost, and then whyNot(). Lines, each with its newline.
std::string explainRoute(const Evidence& evidence, NodeId node, const Prefix& prefix);

/// The rows of the table for one prefix, as `show ip route` prints them; empty when there is none.
std::string rowsOf(const Evidence& evidence, NodeId node, const Prefix& prefix);

/// Why the RIB's other routes of the prefix are not selected; a line each. Empty when there is none.
std::string otherRoutes(const Evidence& evidence, NodeId node, const Prefix& prefix);

/// The node's last loss of its route to the prefix as a story; empty when the log keeps none.
std::string howItWasLost(const Evidence& evidence, NodeId node, const Prefix& prefix);

}  // namespace peerscape
