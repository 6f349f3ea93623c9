#pragma once

#include <optional>
#include <string>

#include <QString>

#include "engine/base/result.hpp"

/// What the pages of the inspector have in common: values of the lab as texts of fields, and back.
namespace peerscape::gui {

/// A value that may be missing, as a field shows it.
template <typename Value>
std::string textOf(const std::optional<Value>& value) {
    return value ? toString(*value) : std::string();
}

/// An empty field is none; one that cannot be understood is a failure that says what was expected.
template <typename Value>
Result<std::optional<Value>> readOptional(const std::string& text) {
    if (text.empty()) return std::optional<Value>();
    auto value = Value::parse(text);
    if (!value) return std::unexpected(value.error());
    return std::optional<Value>(*value);
}

}  // namespace peerscape::gui
