#pragma once

#include "engine/routing/protocol.hpp"

namespace peerscape::eigrp {

/// EIGRP for IPv4 ("eigrp") and for IPv6 ("eigrp6") for the catalogue.
Protocol eigrpProtocol();
Protocol eigrp6Protocol();

}  // namespace peerscape::eigrp
