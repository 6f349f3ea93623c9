#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocols/bgp/neighbor_view.hpp"
#include "protocols/bgp/show_parts.hpp"

namespace peerscape::bgp {

/// `show bgp [ipv4|ipv6] neighbors [A.B.C.D|IFNAME]`: with a family those that it is activated for, with a
/// name that one.
std::string showNeighbors(const ShowContext& context, std::optional<Family> family, std::string_view name,
                          Format format);

/// What is said of one neighbour.
std::string neighborText(const ShowContext& context, const BgpProcess& process, const Peer& peer);
Json neighborJson(const ShowContext& context, const BgpProcess& process, const Peer& peer);

/// "BGP neighbor is 10.0.0.2, remote AS 65002, local AS 65001, external link", with its newline.
std::string neighborHeading(const NeighborView& view);
/// "  BGP state = Established, up for 00:01:00", with its newline.
std::string neighborStateLine(const NeighborView& view);

}  // namespace peerscape::bgp
