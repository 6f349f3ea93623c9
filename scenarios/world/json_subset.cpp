#include "scenarios/world/json_subset.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace peerscape {

namespace {

using Json = nlohmann::ordered_json;

std::string shorten(const Json& json) {
    constexpr std::size_t kLongest = 160;
    std::string text = json.dump();
    if (text.size() <= kLongest) return text;
    // A character of several bytes stays whole: its later bytes begin with the bits 10.
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
        --end;
    return text.substr(0, end) + "...";
}

/// Whole numbers exactly: a double would not tell neighbours above 2^53 apart.
bool equals(const Json& json, std::int64_t number) {
    if (json.is_number_unsigned())
        return number >= 0 && json.get<std::uint64_t>() == static_cast<std::uint64_t>(number);
    if (json.is_number_integer()) return json.get<std::int64_t>() == number;
    return json.is_number() && json.get<double>() == static_cast<double>(number);
}

std::optional<std::string> compare(const LabValue& wanted, const Json& json, const std::string& where) {
    const std::string place = where.empty() ? "the answer" : where;
    const auto differs = [&] {
        return fmt::format("{}: expected {}, found {}", place, toString(wanted), shorten(json));
    };
    if (const auto* map = wanted.map()) {
        if (!json.is_object()) return differs();
        for (const auto& [key, value] : *map) {
            const std::string path = where.empty() ? key : where + "." + key;
            const auto found = json.find(key);
            if (found == json.end()) return fmt::format("{} is missing", path);
            if (auto difference = compare(value, *found, path)) return difference;
        }
        return std::nullopt;
    }
    if (const auto* list = wanted.list()) {
        if (!json.is_array()) return differs();
        for (const LabValue& value : *list) {
            bool found = false;
            for (const Json& element : json)
                found = found || !compare(value, element, where);
            if (!found)
                return fmt::format("{}: no entry is {}; found {}", place, toString(value), shorten(json));
        }
        return std::nullopt;
    }
    bool equal = false;
    if (const auto* text = wanted.text()) {
        equal = json.is_string() && json.get_ref<const std::string&>() == *text;
    } else if (const auto* integer = wanted.integer()) {
        equal = equals(json, *integer);
    } else if (const auto* decimal = wanted.decimal()) {
        equal = json.is_number() && json.get<double>() == *decimal;
    } else if (const auto* boolean = wanted.boolean()) {
        equal = json.is_boolean() && json.get<bool>() == *boolean;
    } else {
        equal = json.is_null();
    }
    return equal ? std::nullopt : std::optional(differs());
}

}  // namespace

std::optional<std::string> jsonDifference(const LabValue& wanted, std::string_view json) {
    const Json parsed = Json::parse(json, nullptr, false);
    if (parsed.is_discarded()) return "the answer is not JSON; does the command end in 'json'?";
    return compare(wanted, parsed, "");
}

}  // namespace peerscape
