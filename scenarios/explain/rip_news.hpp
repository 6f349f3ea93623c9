#pragma once

#include <optional>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "engine/record/record.hpp"
#include "engine/record/record_log.hpp"
#include "engine/routing/packet.hpp"
#include "protocols/rip/wire.hpp"

namespace peerscape {

/// What a response of RIP or RIPng in the packet says of the network; nothing when it is no response or does
/// not name it.
std::optional<rip::RipEntry> ripEntryFor(const Packet& packet, const Prefix& prefix);

/// The last time a neighbour told a node something of a network.
struct RipNews {
    const Record* record = nullptr;  ///< the packet's arrival
    InterfaceId interface;
    IpAddress from;
    rip::RipEntry entry;
};

/// What each neighbour last told the node of the network, the latest first, as far back as `since`. A later
/// message that does not name the network does not take it back.
std::vector<RipNews> latestNews(const RecordLog& log, NodeId node, const Prefix& prefix, SimTime since);

}  // namespace peerscape
