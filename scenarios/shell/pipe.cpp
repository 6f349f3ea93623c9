#include "scenarios/shell/pipe.hpp"

#include <cstdint>
#include <regex.h>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"

namespace peerscape {

/// A compiled expression of the C library, whose matching needs no deep recursion on long lines.
struct Pipe::Regex {
    Regex() = default;
    Regex(const Regex&) = delete;
    Regex& operator=(const Regex&) = delete;
    ~Regex() {
        if (isCompiled) regfree(&compiled);
    }

    bool matches(const std::string& line) const {
        return regexec(&compiled, line.c_str(), 0, nullptr, 0) == 0;
    }

    regex_t compiled{};
    bool isCompiled = false;
};

Result<Pipe> Pipe::parse(std::string_view text) {
    Pipe pipe;
    text = trim(text);
    if (text.empty()) return pipe;
    const std::size_t end = text.find_first_of(" \t");
    const std::string_view word = text.substr(0, end);
    if (word == "include") {
        pipe.action_ = Action::Include;
    } else if (word == "exclude") {
        pipe.action_ = Action::Exclude;
    } else if (word == "begin") {
        pipe.action_ = Action::Begin;
    } else if (word == "count") {
        pipe.action_ = Action::Count;
    } else {
        return failure(fmt::format("% Unknown action '{}'", word));
    }
    const std::string expression(end == std::string_view::npos ? std::string_view() : trim(text.substr(end)));
    if (expression.empty()) return failure(fmt::format("% '{}' needs a regular expression", word));
    auto regex = std::make_shared<Regex>();
    regex->isCompiled = regcomp(&regex->compiled, expression.c_str(), REG_EXTENDED | REG_NOSUB) == 0;
    if (!regex->isCompiled) return failure(fmt::format("% '{}' is not a regular expression", expression));
    pipe.regex_ = std::move(regex);
    return pipe;
}

std::string Pipe::apply(std::string text) const {
    if (action_ == Action::None) return text;
    std::string kept;
    std::uint64_t count = 0;
    bool hasBegun = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        at = end + 1;
        const bool matches = regex_->matches(line);
        if (matches) ++count;
        hasBegun = hasBegun || matches;
        const bool isWanted = action_ == Action::Include   ? matches
                              : action_ == Action::Exclude ? !matches
                                                           : hasBegun;
        if (isWanted) kept += line + "\n";
    }
    return action_ == Action::Count ? fmt::format("{}\n", count) : kept;
}

}  // namespace peerscape
