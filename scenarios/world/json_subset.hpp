#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/format/lab_value.hpp"

namespace peerscape {

/// Whether the JSON text holds everything that `wanted` names: maps may have more keys; every entry of a list
/// must be found among those of the answer's list; numbers and texts are equal. Returns what is missing, or
/// nothing.
std::optional<std::string> jsonDifference(const LabValue& wanted, std::string_view json);

}  // namespace peerscape
