#include "gui/model/folding.hpp"

#include <algorithm>
#include <vector>

namespace peerscape::gui {

namespace {

/// The group and those around it, from inside out. A lab that is being edited never has circles of groups,
/// but a drawing must not hang on one.
std::vector<std::string> groupsAround(const LabFile& lab, std::string name) {
    std::vector<std::string> around;
    while (around.size() <= lab.groups.size()) {
        const GroupEntry* group = lab.group(name);
        if (group == nullptr) break;
        around.push_back(group->name);
        if (!group->parent) break;
        name = group->parent->name;
    }
    return around;
}

template <typename Visit>
void forEachNode(const LabFile& lab, Visit visit) {
    for (const RouterEntry& router : lab.routers)
        visit(router.name, router.group);
    for (const HostEntry& host : lab.hosts)
        visit(host.name, host.group);
}

}  // namespace

void Folding::set(const std::string& group, bool folded) {
    if (folded) {
        folded_.insert(group);
    } else {
        folded_.erase(group);
    }
}

void Folding::keepOnly(const LabFile& lab) {
    std::erase_if(folded_, [&](const std::string& name) { return lab.group(name) == nullptr; });
}

std::map<std::string, std::string> Folding::standInsOfGroups(const LabFile& lab) const {
    std::map<std::string, std::string> standIns;
    for (const GroupEntry& group : lab.groups) {
        std::string& outermost = standIns[group.name];
        for (const std::string& around : groupsAround(lab, group.name)) {
            if (isFolded(around)) outermost = around;
        }
    }
    return standIns;
}

std::map<std::string, std::string> Folding::standInsOfNodes(const LabFile& lab) const {
    std::map<std::string, std::string> hidden;
    if (isEmpty()) return hidden;
    const auto groups = standInsOfGroups(lab);
    forEachNode(lab, [&](const std::string& node, const std::optional<NameRef>& home) {
        const auto found = home ? groups.find(home->name) : groups.end();
        if (found != groups.end() && !found->second.empty()) hidden[node] = found->second;
    });
    return hidden;
}

std::set<std::string> membersOf(const LabFile& lab, const std::string& group) {
    std::set<std::string> members;
    forEachNode(lab, [&](const std::string& node, const std::optional<NameRef>& home) {
        if (!home) return;
        const auto around = groupsAround(lab, home->name);
        if (std::ranges::find(around, group) != around.end()) members.insert(node);
    });
    return members;
}

}  // namespace peerscape::gui
