#include "scenarios/format/group_tree.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "scenarios/format/lab_walk.hpp"

namespace peerscape {

bool isInside(const LabFile& lab, const GroupEntry* inner, const GroupEntry& outer) {
    // A chain of parents is no longer than there are groups, unless it is a circle.
    for (std::size_t level = 0; inner != nullptr && level <= lab.groups.size(); ++level) {
        if (inner == &outer) return true;
        inner = inner->parent ? lab.group(inner->parent->name) : nullptr;
    }
    return false;
}

const GroupEntry* groupOf(const LabFile& lab, std::string_view router) {
    const RouterEntry* entry = lab.router(router);
    return entry == nullptr || !entry->group ? nullptr : lab.group(entry->group->name);
}

bool isInGroup(const LabFile& lab, std::string_view router, const GroupEntry& group) {
    return isInside(lab, groupOf(lab, router), group);
}

const GroupEntry* numberedGroupOf(const LabFile& lab, std::string_view router) {
    const GroupEntry* group = groupOf(lab, router);
    for (std::size_t level = 0; group != nullptr && level <= lab.groups.size(); ++level) {
        if (group->asn) return group;
        group = group->parent ? lab.group(group->parent->name) : nullptr;
    }
    return nullptr;
}

bool areRelated(const LabFile& lab, const GroupEntry& first, const GroupEntry& second) {
    return isInside(lab, &first, second) || isInside(lab, &second, first) ||
           (first.parent && second.parent && first.parent->name == second.parent->name);
}

bool areLinked(const LabFile& lab, const GroupEntry& first, const GroupEntry& second) {
    bool areLinked = false;
    forEachLink(lab, [&](const LinkEntry& link) {
        const auto hasEndIn = [&](const GroupEntry& group) {
            return std::ranges::any_of(
                link.ends, [&](const EndEntry& end) { return isInGroup(lab, end.node.name, group); });
        };
        areLinked = areLinked || (hasEndIn(first) && hasEndIn(second));
    });
    return areLinked;
}

bool saysMultihomed(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        if (std::isalpha(static_cast<unsigned char>(c)) != 0)
            letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    constexpr std::array kWords{"multihomed", "multihoming", "dualhomed", "dualhoming"};
    return std::ranges::any_of(kWords,
                               [&](const char* word) { return letters.find(word) != std::string::npos; });
}

bool isCalledMultihomed(const GroupEntry& group) {
    return saysMultihomed(group.name) || saysMultihomed(group.kind) || saysMultihomed(group.title);
}

bool hasProviderLink(const LabFile& lab, const std::function<bool(const RouterEntry&)>& isMember) {
    bool found = false;
    forEachLink(lab, [&](const LinkEntry& link) {
        if (link.relation != Relation::CustomerProvider || link.ends.empty()) return;
        const RouterEntry* customer = lab.router(link.ends.front().node.name);
        found = found || (customer != nullptr && isMember(*customer));
    });
    return found;
}

}  // namespace peerscape
