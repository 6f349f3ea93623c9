#pragma once

#include <vector>

#include "protocols/rip/process.hpp"

namespace peerscape::rip {

/// What decides on the routes sent on one interface, looked up once per update.
struct RipProcess::OutputRules {
    const InterfaceState& interface;
    std::uint8_t version = 2;
    SplitHorizon splitHorizon = SplitHorizon::Simple;
    const OffsetList* offset = nullptr;
    const InterfaceRouteMap* routeMap = nullptr;
    bool hasDistributeLists = false;
    /// RIPv1 only: the address that the message is sent from, whose mask the neighbours assume.
    const InterfaceAddress* source = nullptr;
};

}  // namespace peerscape::rip
