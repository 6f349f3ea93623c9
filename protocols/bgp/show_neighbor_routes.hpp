#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/bgp/show_parts.hpp"

namespace peerscape::bgp {

/// What one neighbour is told, and what it has said before policy looked at it (`soft-reconfiguration
/// inbound`): all of it, or what policy refuses.
enum class NeighborRoutes : std::uint8_t { Advertised, Received, Filtered };

/// `show bgp … neighbors A.B.C.D advertised-routes`, `… received-routes`, `… filtered-routes`.
std::string showNeighborRoutes(const ShowContext& context, Family family, std::string_view name,
                               NeighborRoutes which, Format format);
/// `show bgp … neighbors A.B.C.D routes`: what of it is in the table.
std::string showRoutesFrom(const ShowContext& context, Family family, std::string_view name, Format format);

}  // namespace peerscape::bgp
