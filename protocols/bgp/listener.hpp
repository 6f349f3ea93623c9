#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "protocols/bgp/audience.hpp"
#include "protocols/bgp/path.hpp"

namespace peerscape::bgp {

/// What is asked of every neighbour whenever a best path changes, for one address family that its session
/// carries: side by side in memory, since a router may have thousands of neighbours, each of which takes
/// several kilobytes. Nothing in it that is not in Peer as well; process_listeners.cpp keeps it so.
struct Listener {
    PeerId peer;
    /// See BgpProcess::hearsNewsAtOnce.
    bool hearsAtOnce = false;
    /// Nothing more is expected of it by itself: it need not be heard again, and no route of it is stale.
    bool isAtRest = false;
    /// An external neighbour without a role and without wishes for the next hop, in IPv4. Of the rules before
    /// policy only those count that look at communities, and the one for loops.
    bool isPlain = false;
    bool detectsLoops = false;  ///< `sender-as-path-loop-detection`
    bool isOnNetwork = false;   ///< `network` is the one it shares with this router
    Asn remoteAs;
    AudienceId audience;
    NextHopId ownHop;  ///< this router itself, as the neighbour is told
    Prefix network;
};

}  // namespace peerscape::bgp
