#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.hpp"
#include "engine/base/time.hpp"

namespace peerscape {

/// A line that begins with '%'. A router's own refusals begin with it already.
std::string refusal(std::string_view message);
/// The refusal of a console command with the wrong number of words: what stands in the list of help is also
/// what was expected.
std::string misuse(std::string_view verb);
/// A length of time as in lab files: with a unit, at most 10000h.
Result<Duration> readDuration(std::string_view text);

}  // namespace peerscape
