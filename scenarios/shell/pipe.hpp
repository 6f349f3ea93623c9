#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"

namespace peerscape {

/// What stands behind `|` on a command line: which lines of the answer are wanted.
/// FRR 8.4 has `include` only; the others are those that operators know from other routers.
class Pipe {
  public:
    /// "include 10\.4": an action and a POSIX extended regular expression. Empty text: everything is wanted.
    static Result<Pipe> parse(std::string_view text);

    /// The lines that are wanted; for `count`, how many match.
    std::string apply(std::string text) const;

  private:
    enum class Action { None, Include, Exclude, Begin, Count };
    struct Regex;

    Action action_ = Action::None;
    std::shared_ptr<const Regex> regex_;  ///< null for Action::None
};

}  // namespace peerscape
