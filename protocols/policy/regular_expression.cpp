#include "protocols/policy/regular_expression.hpp"

#include <array>
#include <regex.h>

#include <fmt/format.h>

#include "engine/base/quantities.hpp"

namespace peerscape::policy {
namespace {

constexpr std::string_view kUnderscore = "(^|[,{}() ]|$)";

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view digitsAt(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    return text.substr(at, end - at);
}

/// What the library understands: `_` written out, and `1\.10` as 65546.
std::string forLibrary(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '_') {
            out += kUnderscore;
            ++at;
            continue;
        }
        const auto high = digitsAt(text, at);
        if (high.empty()) {
            out += text[at++];
            continue;
        }
        const std::size_t behind = at + high.size();
        const auto low =
            text.substr(behind).starts_with("\\.") ? digitsAt(text, behind + 2) : std::string_view();
        const auto number =
            low.empty() ? Result<Asn>(std::unexpected(Error{})) : Asn::parse(fmt::format("{}.{}", high, low));
        out += number ? toString(*number) : std::string(high);
        at = number ? behind + 2 + low.size() : behind;
    }
    return out;
}

}  // namespace

/// Owns what the library has compiled.
class RegularExpression::Compiled {
  public:
    explicit Compiled(const std::string& pattern)
        : status_(regcomp(&regex_, pattern.c_str(), REG_EXTENDED | REG_NOSUB)) {}
    ~Compiled() {
        if (status_ == 0) regfree(&regex_);
    }
    Compiled(const Compiled&) = delete;
    Compiled& operator=(const Compiled&) = delete;

    bool isValid() const { return status_ == 0; }
    std::string why() const {
        std::array<char, 128> words{};
        regerror(status_, &regex_, words.data(), words.size());
        return words.data();
    }
    bool matches(const std::string& subject) const {
        return regexec(&regex_, subject.c_str(), 0, nullptr, 0) == 0;
    }

  private:
    regex_t regex_{};
    int status_;
};

RegularExpression::RegularExpression() : text_(".*"), compiled_(std::make_shared<const Compiled>(text_)) {}

Result<RegularExpression> RegularExpression::compile(std::string_view text) {
    RegularExpression expression;
    expression.text_ = std::string(text);
    expression.compiled_ = std::make_shared<const Compiled>(forLibrary(text));
    if (!expression.compiled_->isValid())
        return failure(fmt::format("can't compile regexp {}: {}", text, expression.compiled_->why()));
    return expression;
}

bool RegularExpression::matches(std::string_view subject) const {
    return compiled_->matches(std::string(subject));
}

}  // namespace peerscape::policy
