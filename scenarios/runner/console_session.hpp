#pragma once

#include <iosfwd>

#include "scenarios/runner/console.hpp"

namespace peerscape {

enum class Framing { None, Nul };

/// Reads lines until the input ends or `quit`, and writes the answers. With Framing::Nul every answer, an
/// empty one too, ends with one NUL byte; lines inside `configure` have no answer of their own.
void converse(Console& console, std::istream& in, std::ostream& out, Framing framing);

/// The same for a person: prompt, history, Tab and `?`.
void converseOnTerminal(Console& console);

}  // namespace peerscape
