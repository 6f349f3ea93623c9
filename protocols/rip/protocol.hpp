#pragma once

#include "engine/routing/protocol.hpp"

namespace peerscape::rip {

/// RIP (IPv4) and RIPng (IPv6) for the catalogue.
Protocol ripProtocol();
Protocol ripngProtocol();

}  // namespace peerscape::rip
