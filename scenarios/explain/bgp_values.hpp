#pragma once

#include <string>

#include "engine/base/ip_address.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape {

/// What a step of the decision process compares of a path, as words; empty where the step compares no value
/// of its own.
std::string valueAt(const bgp::BgpProcess& process, Family family, bgp::DecisionStep step,
                    const bgp::Path& path);

}  // namespace peerscape
