#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace peerscape {

/// How many random rounds a test plays: `usual`, or that part of it which PEERSCAPE_SEEDS is of 200, but
/// never fewer than `least`. With sanitizers, which take their time, fewer do.
inline std::uint64_t seedCount(std::uint64_t usual = 200, std::uint64_t least = 1) {
    const char* wished = std::getenv("PEERSCAPE_SEEDS");
    return wished == nullptr ? usual : std::max<std::uint64_t>(least, usual * std::stoull(wished) / 200);
}

}  // namespace peerscape
