#include "scenarios/format/lab_value.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/format/yaml_text.hpp"

namespace peerscape {

namespace {

/// The grammar of JSON's numbers: what from_chars accepts beyond it ("inf", "0x1p3", "1.") stays text.
bool looksLikeNumber(std::string_view word) {
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t begin = i;
        while (i < word.size() && word[i] >= '0' && word[i] <= '9')
            ++i;
        return i - begin;
    };
    if (i < word.size() && word[i] == '-') ++i;
    const std::size_t first = i;
    const std::size_t whole = digits();
    if (whole == 0 || (whole > 1 && word[first] == '0')) return false;
    if (i < word.size() && word[i] == '.') {
        ++i;
        if (digits() == 0) return false;
    }
    if (i < word.size() && (word[i] == 'e' || word[i] == 'E')) {
        ++i;
        if (i < word.size() && (word[i] == '-' || word[i] == '+')) ++i;
        if (digits() == 0) return false;
    }
    return i == word.size();
}

std::string decimalText(double number) {
    std::string text = fmt::format("{}", number);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    // "1e+20" needs no point to be a number of JSON, but it must not be taken for a whole one.
    return text;
}

struct Printer {
    std::string operator()(LabValue::Null) const { return "null"; }
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
    std::string operator()(double number) const { return decimalText(number); }
    std::string operator()(const std::string& text) const { return yamlValueWord(text); }
    std::string operator()(const LabValue::List& list) const {
        std::string text = "[";
        for (const LabValue& item : list) {
            if (text.size() > 1) text += ", ";
            text += toString(item);
        }
        return text + "]";
    }
    std::string operator()(const LabValue::Map& map) const {
        std::string text = "{";
        for (const auto& [key, value] : map) {
            if (text.size() > 1) text += ", ";
            text += yamlWord(key) + ": " + toString(value);
        }
        return text + "}";
    }
};

}  // namespace

LabValue::LabValue() = default;
LabValue::LabValue(Content content) : content_(std::move(content)) {}
LabValue::LabValue(const LabValue&) = default;
LabValue::LabValue(LabValue&&) noexcept = default;
LabValue& LabValue::operator=(const LabValue&) = default;
LabValue& LabValue::operator=(LabValue&&) noexcept = default;
LabValue::~LabValue() = default;

LabValue LabValue::fromPlainWord(std::string_view word) {
    if (word.empty() || word == "~" || word == "null" || word == "Null" || word == "NULL") return LabValue();
    if (word == "true" || word == "True" || word == "TRUE") return LabValue(true);
    if (word == "false" || word == "False" || word == "FALSE") return LabValue(false);
    if (looksLikeNumber(word)) {
        const char* end = word.data() + word.size();
        std::int64_t whole = 0;
        if (const auto [at, code] = std::from_chars(word.data(), end, whole);
            code == std::errc() && at == end) {
            return LabValue(whole);
        }
        double number = 0;
        const auto [at, code] = std::from_chars(word.data(), end, number);
        if (code == std::errc() && at == end && std::isfinite(number)) return LabValue(number);
    }
    return LabValue(std::string(word));
}

bool operator==(const LabValue& a, const LabValue& b) { return a.content_ == b.content_; }

std::string toString(const LabValue& value) { return std::visit(Printer(), value.content()); }

}  // namespace peerscape
