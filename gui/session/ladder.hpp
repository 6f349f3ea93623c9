#pragma once

#include <vector>

#include "gui/session/protocol_rows.hpp"

namespace peerscape::gui {

/// The steps that a path has to pass, in the order of LadderRung lists, in the language of the window.
std::vector<LadderStep> ladderSteps();

}  // namespace peerscape::gui
