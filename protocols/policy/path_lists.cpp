#include "protocols/policy/path_lists.hpp"

#include <algorithm>
#include <type_traits>

#include <fmt/format.h>

namespace peerscape::policy {
namespace {

/// `internet` is the community that every route has.
template <typename Value>
bool isEverything(const std::vector<Value>& wanted) {
    if constexpr (std::is_same_v<Value, CommunityValue>) return std::ranges::binary_search(wanted, kInternet);
    return false;
}

template <typename Value, typename Compare>
Action decide(const ValueList<Value>& list, std::span<const Value> values, Compare matchesValues) {
    const std::string text = list.isExpanded ? textOf(values) : std::string();
    for (const auto& [number, entry] : list.entries) {
        const auto* wanted = std::get_if<std::vector<Value>>(&entry.content);
        const bool matches = wanted != nullptr ? isEverything(*wanted) || matchesValues(*wanted)
                                               : std::get<RegularExpression>(entry.content).matches(text);
        if (matches) return entry.action;
    }
    return Action::Deny;
}

std::string contentText(const std::vector<CommunityValue>& values) {
    return textOf(std::span<const CommunityValue>(values));
}
std::string contentText(const std::vector<LargeCommunityValue>& values) {
    return textOf(std::span<const LargeCommunityValue>(values));
}
std::string contentText(const std::vector<ExtendedCommunityValue>& values) {
    std::string text;
    for (const auto value : values)
        text += (text.empty() ? "" : " ") + configTextOf(value);
    return text;
}

}  // namespace

std::string AsPathListEntry::text() const {
    return fmt::format("{} {}", toString(action), expression.text());
}

Action AsPathList::apply(std::string_view path) const {
    for (const auto& [number, entry] : entries) {
        if (entry.expression.matches(path)) return entry.action;
    }
    return Action::Deny;
}

template <typename Value>
std::string ValueListEntry<Value>::text() const {
    const auto* values = std::get_if<std::vector<Value>>(&content);
    return fmt::format(
        "{} {}", toString(action),
        values != nullptr ? contentText(*values) : std::get<RegularExpression>(content).text());
}

template <typename Value>
Action ValueList<Value>::apply(std::span<const Value> values) const {
    return decide(*this, values,
                  [&](const std::vector<Value>& wanted) { return std::ranges::includes(values, wanted); });
}

template <typename Value>
Action ValueList<Value>::applyExactly(std::span<const Value> values) const {
    return decide(*this, values,
                  [&](const std::vector<Value>& wanted) { return std::ranges::equal(values, wanted); });
}

template <typename Value>
bool ValueList<Value>::deletes(const Value& value) const {
    const auto matches = [&](const std::vector<Value>& wanted) {
        return std::ranges::binary_search(wanted, value);
    };
    return decide(*this, std::span(&value, 1), matches) == Action::Permit;
}

template struct ValueListEntry<CommunityValue>;
template struct ValueListEntry<ExtendedCommunityValue>;
template struct ValueListEntry<LargeCommunityValue>;
template struct ValueList<CommunityValue>;
template struct ValueList<ExtendedCommunityValue>;
template struct ValueList<LargeCommunityValue>;

}  // namespace peerscape::policy
