#pragma once

#include <string>
#include <string_view>

#include "engine/base/ids.hpp"
#include "engine/record/record.hpp"
#include "engine/routing/packet.hpp"
#include "engine/routing/rib.hpp"
#include "engine/topology/topology.hpp"

namespace peerscape {

/// What a record says, in one sentence without time: "B lost its interface eth0.", "C put 10.1.0.0/16 into
/// its table: rip, distance 120, metric 2, via 2.2.2.1 on eth0." `topology` is the lab's at any later moment:
/// names and numbers are never given twice.
std::string describe(const Record& record, const Topology& topology);

/// What a packet is and where it goes: "RIPv2 response, 3 routes, from 1.1.1.1 to 224.0.0.9".
std::string describe(const Packet& packet);

/// A route's protocol, distance, metric and ways: "rip, distance 120, metric 2, via 2.2.2.1 on eth0".
std::string describe(const SelectedRoute& route, const Topology& topology, NodeId node);

/// As people write it: "RIP", "EIGRP", "static routes"; other protocols by their name.
std::string titleOf(ProtocolId protocol);

/// "eth0" of the node; "itself" for none.
std::string_view interfaceName(const Topology& topology, NodeId node, InterfaceId interface);

}  // namespace peerscape
