#pragma once

#include <string>

#include "engine/base/result.hpp"

namespace peerscape {

/// Becomes the desktop program, `peerscape-gui`, which lies beside this one. Comes back only when it is not
/// there or cannot be started; `lab` empty: without a lab.
Result<void> becomeDesktop(const std::string& lab);

}  // namespace peerscape
