#pragma once

#include <optional>
#include <string>

#include "engine/base/ip_address.hpp"
#include "protocols/bgp/show_parts.hpp"

namespace peerscape::bgp {

/// `show bgp nexthop [ADDRESS]`: the next hops of paths, and the addresses of neighbours, as next-hop
/// tracking knows them; of one address also the paths that need it.
std::string showNextHops(const ShowContext& context, const std::optional<IpAddress>& only, Format format);

}  // namespace peerscape::bgp
