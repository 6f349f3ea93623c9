#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace peerscape {

/// A piece of free-form data of the lab file: what `contains:` compares with a router's JSON answer.
/// Keeps the order of keys, so that a saved lab reads as it was written.
class LabValue {
  public:
    struct Null {
        friend bool operator==(Null, Null) = default;
    };
    using List = std::vector<LabValue>;
    /// Pairs of key and value in the order of the file; keys are unique.
    using Map = std::vector<std::pair<std::string, LabValue>>;
    using Content = std::variant<Null, bool, std::int64_t, double, std::string, List, Map>;

    LabValue();
    explicit LabValue(Content content);
    LabValue(const LabValue&);
    LabValue(LabValue&&) noexcept;
    LabValue& operator=(const LabValue&);
    LabValue& operator=(LabValue&&) noexcept;
    ~LabValue();

    /// What an unquoted word of the file means: null, true, a whole number, a decimal number, or else text.
    /// Only `true` and `false` are truth values: `no`, `on` and `y` are text.
    static LabValue fromPlainWord(std::string_view word);

    bool isNull() const { return std::holds_alternative<Null>(content_); }
    const bool* boolean() const { return std::get_if<bool>(&content_); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&content_); }
    const double* decimal() const { return std::get_if<double>(&content_); }
    const std::string* text() const { return std::get_if<std::string>(&content_); }
    const List* list() const { return std::get_if<List>(&content_); }
    const Map* map() const { return std::get_if<Map>(&content_); }
    const Content& content() const { return content_; }

    friend bool operator==(const LabValue& a, const LabValue& b);

  private:
    Content content_;
};

/// One line, in YAML's flow style: `{a: [1, text, null]}`. Reading it again gives the same value.
std::string toString(const LabValue& value);

}  // namespace peerscape
