#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/config/diagnostic.hpp"

/// YAML text as a tree with places, free of yaml-cpp's types. Aliases and merge keys are already followed.
namespace peerscape::yaml {

/// Most bytes of a file that is read at all: enough for the graph of all ASes of the Internet.
inline constexpr std::size_t kMostBytes = 64 * 1024 * 1024;
/// Deepest nesting of lists and maps.
inline constexpr std::size_t kMostDepth = 100;
/// What aliases may add to a file, in nodes and in bytes of text: a few lines of YAML can stand for
/// terabytes.
inline constexpr std::size_t kMostAliasNodes = 100'000;
inline constexpr std::size_t kMostAliasBytes = 16 * 1024 * 1024;

struct Spot {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

struct Entry;

struct Value {
    enum class Kind : std::uint8_t { Null, Scalar, List, Map };
    Kind kind = Kind::Null;
    bool isPlain = true;   ///< a scalar without quotes, not a block
    bool isBlock = false;  ///< a block scalar, `|` or `>`: its text begins on the line below
    Spot spot;
    std::string text;            ///< of a scalar; of a null, the word that stands for it
    std::vector<Value> items;    ///< of a list
    std::vector<Entry> entries;  ///< of a map, in the order of the file; keys are unique

    const Value* find(std::string_view key) const;
};

struct Entry {
    std::string key;
    Spot keySpot;
    Value value;
};

/// "a list", "a map", "text", "nothing": for messages.
std::string_view describe(const Value& node);

/// The tree of a text, or nothing when the text is not YAML; what is wrong goes to `problems`.
/// A tree is also given when only duplicate keys and the like were found, so that the rest can be examined
/// too.
std::optional<Value> parse(std::string_view text, const std::string& file, DiagnosticList& problems);

}  // namespace peerscape::yaml
