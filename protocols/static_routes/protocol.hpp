#pragma once

#include "engine/routing/protocol.hpp"

namespace peerscape::static_routes {

/// Static routes for the catalogue.
Protocol staticProtocol();

}  // namespace peerscape::static_routes
