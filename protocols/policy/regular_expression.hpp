#pragma once

#include <compare>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"

namespace peerscape::policy {

/// A regular expression as routers use them on paths and communities: POSIX extended, and `_` stands for a
/// blank, comma, bracket, the beginning or the end. An AS number of four octets may be written as asdot with
/// the dot escaped (`_1\.10_`), since the texts matched have plain numbers. Copies share what was compiled.
class RegularExpression {
  public:
    /// Matches everything, as `.*`.
    RegularExpression();
    /// The error says what the expression lacks, in the words of the system's library.
    static Result<RegularExpression> compile(std::string_view text);

    /// As it was written.
    const std::string& text() const { return text_; }
    bool matches(std::string_view subject) const;

    friend bool operator==(const RegularExpression& a, const RegularExpression& b) {
        return a.text_ == b.text_;
    }
    friend auto operator<=>(const RegularExpression& a, const RegularExpression& b) {
        return a.text_ <=> b.text_;
    }

  private:
    class Compiled;

    std::string text_;
    std::shared_ptr<const Compiled> compiled_;
};

}  // namespace peerscape::policy
