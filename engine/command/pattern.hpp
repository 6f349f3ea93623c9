#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/result.hpp"

namespace peerscape {

/// One thing that may stand at one position of a command line.
struct Token {
    enum class Kind : std::uint8_t {
        Keyword,   ///< a fixed word, may be abbreviated while unambiguous
        Number,    ///< (1-255)
        Address4,  ///< A.B.C.D
        Prefix4,   ///< A.B.C.D/M
        Address6,  ///< X:X::X:X
        Prefix6,   ///< X:X::X:X/M
        Word,      ///< WORD, or any other all-capitals name; IFNAME and INTERFACE refuse what looks like an
                   ///< address
        Line,      ///< LINE... (or any other such name with dots behind it): the rest of the line
    };
    Kind kind = Kind::Keyword;
    std::string
        text;  ///< the keyword, or how the pattern shows the variable: "A.B.C.D/M", "(1-255)", "IFNAME"
    /// What the argument is called: after `$`, else the lower-case text ("a.b.c.d/m", "1-255"), and for a
    /// keyword in a choice, an optional part or a set the keyword itself. Empty for a keyword that says
    /// nothing: one that must stand there anyway, or the label of a value of the same name (`[tag
    /// (1-9)$tag]`).
    std::string name;
    std::uint64_t least = 0;  ///< Number only
    std::uint64_t most = 0;
};

/// The shape of one command, written as FRR writes it:
///   `ip route A.B.C.D/M$prefix <A.B.C.D$gateway|IFNAME$interface|Null0> [(1-255)$distance] [tag
///   (1-4294967295)$tag]`
/// `<a|b>` one of them, `[a]` may be left out, `{a|b}` any of them in any order, each once, at least one
/// (`[{a|b}]`: maybe none). A `$name` behind a bracket names all in it that has no name of its own.
class Pattern {
  public:
    /// A malformed pattern is a bug of ours; commands are written in the source.
    explicit Pattern(std::string_view text);

    const std::string& text() const { return text_; }

    struct Node;
    const std::vector<Node>& nodes() const { return nodes_; }

  private:
    std::string text_;
    std::vector<Node> nodes_;
};

/// A piece of a pattern: a token, a choice, an optional part, or a set in any order.
struct Pattern::Node {
    enum class Kind : std::uint8_t { Token, Choice, Optional, Set };
    Kind kind = Kind::Token;
    Token token;
    std::vector<std::vector<Node>> branches;  ///< Choice, Set: the alternatives; Optional: one
};

/// What stood where in a command line that matched.
class Arguments {
  public:
    void add(std::string name, std::string value) { values_.emplace_back(std::move(name), std::move(value)); }

    bool has(std::string_view name) const { return find(name) != nullptr; }
    /// The text of the argument; empty when it was left out. For a keyword, the whole keyword.
    std::string_view text(std::string_view name) const;
    std::uint64_t number(std::string_view name, std::uint64_t otherwise = 0) const;
    /// The argument has matched a pattern of that kind, so it parses; asking for one left out is a bug.
    IpAddress address(std::string_view name) const;
    /// As routers read it: host bits are cleared.
    Prefix prefix(std::string_view name) const;

    const std::vector<std::pair<std::string, std::string>>& all() const { return values_; }

  private:
    const std::string* find(std::string_view name) const;
    std::vector<std::pair<std::string, std::string>> values_;
};

}  // namespace peerscape
