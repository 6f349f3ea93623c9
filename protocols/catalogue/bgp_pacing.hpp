#pragma once

#include "engine/base/time.hpp"
#include "engine/routing/router_config.hpp"

namespace peerscape {

/// How BGP routers pace what they tell their neighbours (RFC 4271 section 9.2.1.1), as a lab says it of all.
struct AdvertisementPacing {
    Duration external;  ///< whole seconds, at most 600
    Duration internal;
    bool jitters = true;
};

/// What BGP begins with, before the router's own configuration is read on top. Where the lab wants what is
/// usual anyway, nothing is changed.
void giveBgpPacing(RouterConfig& config, const AdvertisementPacing& pacing);

}  // namespace peerscape
