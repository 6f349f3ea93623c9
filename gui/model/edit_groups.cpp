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
    const auto join = [&](auto& entries) {
        for (auto& node : entries) {
            if (nodes.contains(node.name)) node.group = NameRef{made.name, {}};
        }
    };
    join(made.lab.routers);
    join(made.lab.hosts);
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

}  // namespace peerscape::gui
