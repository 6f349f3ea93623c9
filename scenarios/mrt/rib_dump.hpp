#pragma once

#include "engine/base/bytes.hpp"
#include "engine/base/time.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape::mrt {

/// The whole table of a router, both families, with all paths: TABLE_DUMP_V2 of RFC 6396. What the router
/// originates itself is from a peer with the address 0.0.0.0, as FRR writes it.
Bytes ribDump(const bgp::BgpProcess& process, SimTime now, std::string_view routerName);

}  // namespace peerscape::mrt
