#include <algorithm>
#include <utility>

#include "gui/model/edits.hpp"
#include "gui/model/refusal.hpp"

namespace peerscape::gui {

Result<Made> withGroup(const LabFile& lab, const std::set<std::string>& nodes, std::string_view kind) {
    if (nodes.empty()) return refusal(QT_TRANSLATE_NOOP("Refusal", "select what the group is to hold"));
    Made made{lab, freeName(lab, kind)};
    GroupEntry group;
    group.name = made.name;
    group.kind = std::string(kind);
    std::set<std::string> homes;
    const auto join = [&](auto& entries) {
        for (auto& node : entries) {
            if (!nodes.contains(node.name)) continue;
            homes.insert(node.group ? node.group->name : std::string());
            node.group = NameRef{made.name, {}};
        }
    };
    join(made.lab.routers);
    join(made.lab.hosts);
    if (homes.size() == 1 && !homes.begin()->empty()) group.parent = NameRef{*homes.begin(), {}};
    made.lab.groups.push_back(std::move(group));
    return made;
}

Result<LabFile> withGroupEntry(LabFile lab, const GroupEntry& group) {
    const auto found = std::ranges::find(lab.groups, group.name, &GroupEntry::name);
    if (found == lab.groups.end())
        return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no group '%1'"), group.name);
    *found = group;
    return lab;
}

LabFile withHomes(LabFile lab, const std::map<std::string, std::string>& homes) {
    const auto move = [&](auto& entries) {
        for (auto& node : entries) {
            const auto found = homes.find(node.name);
            if (found == homes.end()) continue;
            node.group = found->second.empty() ? std::nullopt : std::optional(NameRef{found->second, {}});
        }
    };
    move(lab.routers);
    move(lab.hosts);
    dropStaleRelations(lab);
    return lab;
}

Result<LabFile> withParent(LabFile lab, const std::string& group, const std::string& parent) {
    const auto found = std::ranges::find(lab.groups, group, &GroupEntry::name);
    if (found == lab.groups.end())
        return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no group '%1'"), group);
    const GroupEntry* around = parent.empty() ? nullptr : lab.group(parent);
    if (around == nullptr && !parent.empty())
        return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no group '%1'"), parent);
    for (std::size_t depth = 0; around != nullptr && depth <= lab.groups.size(); ++depth) {
        if (around->name == group)
            return refusal(QT_TRANSLATE_NOOP("Refusal", "'%1' lies in '%2'"), parent, group);
        around = around->parent ? lab.group(around->parent->name) : nullptr;
    }
    found->parent = parent.empty() ? std::nullopt : std::optional(NameRef{parent, {}});
    dropStaleRelations(lab);
    return lab;
}

}  // namespace peerscape::gui
