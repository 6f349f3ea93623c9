#pragma once

#include "engine/routing/protocol.hpp"

namespace peerscape::static_routes {

/// What the catalogue needs to know of static routes.
Protocol staticProtocol();

}  // namespace peerscape::static_routes
