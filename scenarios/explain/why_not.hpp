#pragma once

#include <span>
#include <string>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// Why the node has no route to exactly this prefix: how it was lost if it had one, what the node's own
/// configuration and table say of it, and where on the way from those who have it the news stopped, by which
/// rule. When there is a route, says so. Lines, each with its newline.
std::string whyNot(const Evidence& evidence, NodeId node, const Prefix& prefix);

/// The same of an address: of the longest prefix around it that any node of the lab has a route to.
std::string whyNot(const Evidence& evidence, NodeId node, const IpAddress& address);

/// "this; and that".
std::string joinReasons(std::span<const std::string> reasons);

}  // namespace peerscape
