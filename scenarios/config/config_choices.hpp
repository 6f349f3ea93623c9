#pragma once

#include <string_view>
#include <vector>

#include "engine/command/command_table.hpp"

namespace peerscape {

/// What the word at the end of a configuration may become; where the text ends with a blank, what may follow
/// there. What the block of the last line knows comes first, then what the blocks around it know.
std::vector<Completion> choicesAtEnd(std::string_view text);

}  // namespace peerscape
