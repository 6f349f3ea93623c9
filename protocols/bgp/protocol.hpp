#pragma once

#include "engine/routing/protocol.hpp"

namespace peerscape::bgp {

/// BGP for the catalogue, both address families in one process.
Protocol bgpProtocol();

}  // namespace peerscape::bgp
