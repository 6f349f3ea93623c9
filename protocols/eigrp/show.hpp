#pragma once

#include <string>

#include "engine/routing/protocol.hpp"

namespace peerscape::eigrp {

/// `show ip eigrp topology`, and with `all-links` also the paths that are not feasible, as FRR 8.4 lays them
/// out.
std::string showTopology(const ShowContext& context, Family family, bool allLinks);
/// `show ip eigrp neighbors`.
std::string showNeighbors(const ShowContext& context, Family family);
/// `show ip eigrp interfaces`.
std::string showInterfaces(const ShowContext& context, Family family);
/// Topology table and neighbours as JSON, for `run --state`.
std::string stateJson(const ShowContext& context);

}  // namespace peerscape::eigrp
