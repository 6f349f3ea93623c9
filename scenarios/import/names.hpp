#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Names and texts of others, made fit for labs.
namespace peerscape {

/// The text with what is not printable, or not UTF-8, replaced by question marks, and line ends by blanks.
std::string printable(std::string_view text);

/// A word of a file for a message: in quotes, printable, and cut where it is long.
std::string quotedWord(std::string_view word);

/// A name that a lab may use, made of a label: letters of any script, digits, `-`, `_` and `.`, at most 48
/// bytes. Whatever else stands there becomes one `-` ("St. Louis, MO" becomes "St.-Louis-MO"). Empty when
/// nothing is left.
std::string legalName(std::string_view label);

/// The same names, but each once: from the second on they are numbered, "Paris", "Paris-2", leaving out what
/// is taken.
std::vector<std::string> uniqueNames(const std::vector<std::string>& names);

}  // namespace peerscape
