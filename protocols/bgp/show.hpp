#pragma once

#include <string>

#include "engine/routing/protocol.hpp"

namespace peerscape::bgp {

/// The tables and sessions for `run --state`, see docs/state-files.md.
std::string stateJson(const ShowContext& context);

}  // namespace peerscape::bgp
