#pragma once

namespace peerscape {

/// The version of the program, as CMakeLists.txt has it.
inline constexpr const char* kVersion = PEERSCAPE_VERSION;

}  // namespace peerscape
