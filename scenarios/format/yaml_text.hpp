#pragma once

#include <string>
#include <string_view>

/// Writing single words and texts as YAML. The rest of the layout is the writer's.
namespace peerscape {

/// The word as it is, or in double quotes where YAML (also that of other programs) would read something else.
std::string yamlWord(std::string_view text);

/// As yamlWord, but text that looks like a number, a truth value or null is quoted too: for free-form data.
std::string yamlValueWord(std::string_view text);

/// True when the text can stand in block style (`|`) and be read back exactly.
bool fitsYamlBlock(std::string_view text);

/// `|` and the lines, each behind `indent` blanks; the text must fit. Begins right after the colon of the
/// key.
std::string yamlBlock(std::string_view text, std::size_t indent);

}  // namespace peerscape
