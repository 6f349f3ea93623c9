#pragma once

#include <cstdint>

namespace peerscape::gui {

/// What came of writing a capture.
struct Captured {
    std::uint64_t frames = 0;
    bool isGivenUp = false;  ///< the user did not want to wait for the end; there is no file
};

}  // namespace peerscape::gui
