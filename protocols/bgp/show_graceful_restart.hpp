#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocols/bgp/neighbor_view.hpp"
#include "protocols/bgp/show_parts.hpp"

/// What `show bgp neighbors` says of graceful restart (RFC 4724), and `… graceful-restart`, which says
/// nothing else.
namespace peerscape::bgp {

/// The capability, as a part of the neighbour's capabilities.
std::string gracefulCapabilityText(const NeighborView& view);
/// The modes, bits and timers, and of each family how far it has come.
std::string gracefulRestartText(const NeighborView& view);
Json gracefulRestartJson(const NeighborView& view);

/// `show bgp [ipv4|ipv6] neighbors [A.B.C.D|IFNAME] graceful-restart`.
std::string showGracefulRestart(const ShowContext& context, std::optional<Family> family,
                                std::string_view name, Format format);

}  // namespace peerscape::bgp
