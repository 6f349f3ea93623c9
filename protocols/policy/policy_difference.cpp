#include "protocols/policy/policy_difference.hpp"

#include <algorithm>
#include <vector>

#include "engine/base/text.hpp"
#include "protocols/policy/clauses.hpp"

namespace peerscape::policy {
namespace {

using Names = std::set<std::string, std::less<>>;

template <typename T>
void addOthers(Names& names, const PolicySet::Named<T>& before, const PolicySet::Named<T>& after) {
    for (const auto& [name, list] : before) {
        const auto found = after.find(name);
        if (found == after.end() || !(found->second == list)) names.insert(name);
    }
    for (const auto& [name, list] : after) {
        if (!before.contains(name)) names.insert(name);
    }
}

/// The lines of an entry that decide or change something.
std::vector<std::string> linesOf(const RouteMapEntry& entry) {
    std::vector<std::string> lines{std::string(toString(entry.action)), entry.call,
                                   std::to_string(static_cast<int>(entry.exitPolicy)),
                                   std::to_string(entry.gotoSequence)};
    for (const MatchClause& clause : entry.matches)
        lines.push_back("match " + textOf(clause));
    for (const SetClause& clause : entry.sets)
        lines.push_back("set " + textOf(clause));
    return lines;
}

bool haveSameLines(const RouteMap& a, const RouteMap& b) {
    return std::ranges::equal(a, b, [](const auto& x, const auto& y) {
        return x.first == y.first && linesOf(x.second) == linesOf(y.second);
    });
}

/// A word of its lines is the name of something else that differs.
bool namesOneOf(const RouteMap& map, const Names& lists, const Names& maps) {
    return std::ranges::any_of(map, [&](const auto& numbered) {
        if (maps.contains(numbered.second.call)) return true;
        const auto lines = linesOf(numbered.second);
        return std::ranges::any_of(lines, [&](const std::string& line) {
            const auto words = splitWords(line);
            return std::ranges::any_of(words, [&](std::string_view word) { return lists.contains(word); });
        });
    });
}

}  // namespace

PolicyDifference::PolicyDifference(const PolicySet& before, const PolicySet& after) {
    addOthers(lists_, before.prefixLists4, after.prefixLists4);
    addOthers(lists_, before.prefixLists6, after.prefixLists6);
    addOthers(lists_, before.accessLists4, after.accessLists4);
    addOthers(lists_, before.accessLists6, after.accessLists6);
    addOthers(lists_, before.asPathLists, after.asPathLists);
    addOthers(lists_, before.communityLists, after.communityLists);
    addOthers(lists_, before.largeCommunityLists, after.largeCommunityLists);
    addOthers(lists_, before.extendedCommunityLists, after.extendedCommunityLists);
    for (const auto& [name, map] : before.routeMaps) {
        const auto found = after.routeMaps.find(name);
        if (found == after.routeMaps.end() || !haveSameLines(map, found->second)) routeMaps_.insert(name);
    }
    for (const auto& [name, map] : after.routeMaps) {
        if (!before.routeMaps.contains(name)) routeMaps_.insert(name);
    }
    // Calls may be nested: until nothing is added.
    std::size_t known = 0;
    do {
        known = routeMaps_.size();
        for (const auto& [name, map] : after.routeMaps) {
            if (namesOneOf(map, lists_, routeMaps_)) routeMaps_.insert(name);
        }
    } while (routeMaps_.size() != known);
}

}  // namespace peerscape::policy
