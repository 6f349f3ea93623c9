#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace peerscape {

/// The beginning of a command that FRR has and Peerscape does not model, when the words begin with it.
std::optional<std::string> findUnmodelledCommand(std::span<const std::string_view> words);

}  // namespace peerscape
