#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "scenarios/format/lab_file.hpp"

namespace peerscape::gui {

/// Which groups of a drawing are closed to one icon. A matter of looking: the lab does not know of it.
class Folding {
  public:
    bool isEmpty() const { return folded_.empty(); }
    bool isFolded(const std::string& group) const { return folded_.contains(group); }
    void set(const std::string& group, bool folded);
    /// Forgets groups that the lab does not have.
    void keepOnly(const LabFile& lab);

    /// What is seen of each group: the outermost closed group around it, itself included; empty: it is open,
    /// and so is all around it.
    std::map<std::string, std::string> standInsOfGroups(const LabFile& lab) const;
    /// The same for each node that is hidden in a closed group; nodes in sight are not in the map.
    std::map<std::string, std::string> standInsOfNodes(const LabFile& lab) const;

  private:
    std::set<std::string> folded_;
};

/// The routers and hosts in the group, and in all groups in it.
std::set<std::string> membersOf(const LabFile& lab, const std::string& group);

}  // namespace peerscape::gui
