#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/text.hpp"
#include "protocols/policy/policy_set.hpp"

// Used inside this folder only.
namespace peerscape::policy {

/// Whether a community-list is one of those that have a number for a name.
inline bool isNumbered(std::string_view name) {
    const auto number = readNumber(name, 500);
    return number && *number > 0;
}

/// The lists in FRR's order: by number, then by name.
template <typename List>
std::vector<std::pair<std::string_view, const List*>> inListOrder(const PolicySet::Named<List>& lists) {
    std::vector<std::pair<std::string_view, const List*>> ordered;
    for (const auto& [name, list] : lists)
        ordered.emplace_back(name, &list);
    std::ranges::stable_sort(ordered, {}, [](const auto& named) {
        return isNumbered(named.first) ? *readNumber(named.first) : std::uint64_t{UINT64_MAX};
    });
    return ordered;
}

}  // namespace peerscape::policy
