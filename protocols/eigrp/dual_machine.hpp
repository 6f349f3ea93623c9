#pragma once

#include <optional>

#include "protocols/eigrp/dual_types.hpp"

namespace peerscape::eigrp::dual {

/// The state after `event` in `state`; none where the event cannot happen (RFC 7868, 3.5, figure 1; the
/// picture is in dual.hpp).
std::optional<State> stateAfter(State state, InputEvent event);

}  // namespace peerscape::eigrp::dual
