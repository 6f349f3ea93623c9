#pragma once

#include <span>
#include <string_view>

namespace peerscape {

/// A command of FRR that Peerscape understands but that has no effect here.
struct UnmodelledCommand {
    std::string_view mode;    ///< "" or "interface"
    std::string_view words;   ///< how its lines begin; a word "*" stands for any
    bool opensBlock = false;  ///< the lines up to its `exit` belong to it
};

std::span<const UnmodelledCommand> unmodelledCommands();

/// The command of the mode that the words begin with; null for none. `router X` of a foreign protocol is one
/// of them.
const UnmodelledCommand* findUnmodelled(std::string_view mode, std::span<const std::string_view> words);

}  // namespace peerscape
