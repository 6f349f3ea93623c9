#include "engine/routing/traffic.hpp"

#include <algorithm>

#include "engine/base/check.hpp"
#include "engine/base/wide.hpp"

namespace peerscape {

std::uint8_t InterfaceTraffic::load(std::uint64_t bitsPerSecond) const {
    constexpr Wide kFull = 255;
    PEERSCAPE_CHECK(bitsPerSecond > 0);
    const Wide load = std::clamp<Wide>(kFull * outputRate / bitsPerSecond, 1, kFull);
    return static_cast<std::uint8_t>(load);
}

}  // namespace peerscape
