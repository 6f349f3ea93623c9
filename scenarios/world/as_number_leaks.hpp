#pragma once

#include <cstddef>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "protocols/bgp/as_path.hpp"
#include "scenarios/explain/evidence.hpp"
#include "scenarios/world/bgp_speakers.hpp"

namespace peerscape {

/// A session on which a neighbour with a public AS number hears of a number that is private, reserved, or for
/// documentation.
struct AsNumberLeak {
    std::size_t side = 0;  ///< in BgpSpeakers::sides(): the sender's
    Asn number;
    Prefix prefix;     ///< one of the routes that say it
    bgp::AsPath path;  ///< as the neighbour gets it

    /// Whether it is the sender's own number that stands first in the path.
    bool isSendersOwn() const { return path.first() == number; }
};

/// Follows routes of every router from AS to AS, through the lists and route-maps of the configurations, as
/// if all sessions were up and every router used what it hears first. So a leak is what may happen, not what
/// must. One leak for each session and number, where the number first gets past
/// its neighbours. In a huge lab the search ends after 200,000 steps.
std::vector<AsNumberLeak> findAsNumberLeaks(const Evidence& evidence, const BgpSpeakers& speakers);

}  // namespace peerscape
