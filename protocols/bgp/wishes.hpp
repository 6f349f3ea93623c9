#pragma once

#include <cstdint>

#include "protocols/bgp/attributes.hpp"

namespace peerscape::bgp {

/// A path as a neighbour is to have it.
struct Wish {
    std::uint32_t pathId = 0;
    SharedAttributes attributes;
    BgpNextHop nextHop;
};

}  // namespace peerscape::bgp
