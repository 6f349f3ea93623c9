#pragma once

#include <string>

#include "engine/routing/protocol.hpp"

namespace peerscape::eigrp {

/// What `show ip eigrp topology` is to show.
enum class TopologyRows : std::uint8_t {
    Feasible,        ///< all destinations, with the paths that are feasible
    AllLinks,        ///< all destinations, with all paths
    Active,          ///< destinations with a computation under way, with all paths
    ZeroSuccessors,  ///< destinations without a successor, with all paths
};
/// `show ip eigrp topology [all-links|active|zero-successors]`, as FRR 8.4 lays it out; of an active
/// destination, as IOS has it, who has not replied.
std::string showTopology(const ShowContext& context, Family family, TopologyRows rows);
/// `show ip eigrp topology PREFIX`: one destination with the vector metric of each path.
std::string showEntry(const ShowContext& context, Family family, const Prefix& prefix);
/// `show ip eigrp topology summary`: how many there are of what.
std::string showTopologySummary(const ShowContext& context, Family family);
/// `show ip eigrp traffic`: packets sent and received.
std::string showTraffic(const ShowContext& context, Family family);
/// `show ip eigrp neighbors`.
std::string showNeighbors(const ShowContext& context, Family family);
/// `show ip eigrp interfaces`.
std::string showInterfaces(const ShowContext& context, Family family);
/// Topology table and neighbours as JSON, for `run --state`.
std::string stateJson(const ShowContext& context);

}  // namespace peerscape::eigrp
