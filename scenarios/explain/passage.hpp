#pragma once

#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// Two ends of one link or LAN: news goes from one to the other.
struct Passage {
    SegmentId segment;
    InterfaceRef from;
    InterfaceRef to;
};

/// Whether BGP runs at both ends, and either `from` has the route by BGP or no protocol runs there that tells
/// news over cables: then sessions say why the route does not pass.
bool isLeftToBgp(const Evidence& evidence, const Passage& passage, const Prefix& prefix);

/// Why a route that `from` has does not become one of `to`: every rule that applies, in the order in which
/// news would meet them, each as a sentence. Never empty.
std::vector<std::string> whatStopsNews(const Evidence& evidence, const Passage& passage,
                                       const Prefix& prefix);

}  // namespace peerscape
