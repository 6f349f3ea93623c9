// Groups that are closed to one icon, and the bundles of links that are then seen.
#include <algorithm>
#include <array>
#include <utility>

#include "gui/canvas/bundle_item.hpp"
#include "gui/canvas/group_item.hpp"
#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/lan_item.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/canvas/overlays.hpp"
#include "gui/model/text.hpp"

namespace peerscape::gui {

void LabScene::setFolded(const QString& group, bool folded) {
    if (isFolded(group) == folded) return;
    folding_.set(group.toStdString(), folded);
    showLab();
}

void LabScene::toggleFolded(const std::set<std::string>& groups) {
    const bool opens =
        std::ranges::any_of(groups, [this](const std::string& group) { return folding_.isFolded(group); });
    for (const std::string& group : groups)
        folding_.set(group, !opens);
    showLab();
}

void LabScene::showFolding() {
    const LabFile& lab = editor_.lab();
    folding_.keepOnly(lab);
    hidden_.clear();
    for (const auto& [node, group] : folding_.standInsOfNodes(lab))
        hidden_[q(node)] = q(group);
    for (const auto& [name, item] : nodes_)
        item->setVisible(!hidden_.contains(name));
    for (const auto& [name, item] : lans_) {
        std::set<QString> seen;
        bool isHidden = true;
        for (const QString& node : lanNodes_[name]) {
            const auto found = hidden_.find(node);
            isHidden = isHidden && found != hidden_.end();
            seen.insert(found == hidden_.end() ? node : found->second);
        }
        // A LAN inside one closed group is hidden with it.
        item->setVisible(!isHidden || seen.size() > 1);
    }
    std::map<QString, GroupItem::Hidden> inside;
    for (const auto& [node, group] : hidden_)
        ++inside[group].nodes;
    for (const auto& [name, item] : groups_)
        item->showHidden(inside[name]);
    showBundles();
}

void LabScene::showBundles() {
    const auto seenAt = [&](const QString& node) {
        const auto found = hidden_.find(node);
        return found == hidden_.end() ? node : found->second;
    };
    std::map<std::pair<QString, QString>, QStringList> wanted;
    bundleOf_.clear();
    for (const auto& [name, ends] : ends_) {
        const bool isInSight = !hidden_.contains(ends.first) && !hidden_.contains(ends.second);
        if (const auto link = links_.find(name); link != links_.end()) link->second->setVisible(isInSight);
        const QString first = seenAt(ends.first);
        const QString second = seenAt(ends.second);
        if (isInSight || first == second) continue;
        const auto [low, high] = std::minmax(first, second);
        wanted[{low, high}] << name;
        bundleOf_[name].isReversed = first != low;
    }
    std::erase_if(bundles_, [&](const auto& entry) {
        const bool isStale = !wanted.contains(entry.first);
        if (isStale) delete entry.second;
        return isStale;
    });
    const auto titleOf = [&](const QString& seen) {
        const GroupEntry* group = nodes_.contains(seen) ? nullptr : editor_.lab().group(seen.toStdString());
        return group == nullptr || group->title.empty() ? seen : q(group->title);
    };
    for (const auto& [ends, links] : wanted) {
        BundleItem*& item = bundles_[ends];
        if (item == nullptr) {
            item = new BundleItem(*theme_);
            addItem(item);
        }
        item->showLinks(titleOf(ends.first), titleOf(ends.second), links);
        for (const QString& link : links)
            bundleOf_[link].bundle = item;
    }
    std::map<BundleItem*, BundleItem::Relations> relations;
    for (const LinkEntry& link : editor_.lab().links) {
        const auto found = bundleOf_.find(q(link.name));
        if (found == bundleOf_.end()) continue;
        BundleItem::Relations& of = relations[found->second.bundle];
        switch (link.relation) {
            case Relation::None:
                break;
            case Relation::CustomerProvider:
                ++(found->second.isReversed ? of.firstProvides : of.secondProvides);
                break;
            case Relation::Peer:
                ++of.peers;
                break;
            case Relation::Sibling:
                ++of.siblings;
                break;
        }
    }
    for (const auto& [ends, item] : bundles_)
        item->showRelations(relations[item]);
}

/// A bundle takes the colours of its links, and what BGP says at their ends.
void LabScene::showLayerOfBundles(const Overlay& overlay) {
    std::map<BundleItem*, std::vector<CableTint>> tints;
    std::map<BundleItem*, std::array<BundleItem::Sessions, 2>> sessions;
    for (const auto& [name, bundled] : bundleOf_) {
        if (const auto tint = overlay.tints.find(name); tint != overlay.tints.end())
            tints[bundled.bundle].push_back(tint->second);
        const auto link = links_.find(name);
        if (link == links_.end()) continue;
        for (std::size_t end = 0; end < 2; ++end) {
            const QString& state = link->second->sessions()[end];
            if (state.isEmpty()) continue;
            BundleItem::Sessions& seen = sessions[bundled.bundle][bundled.isReversed ? 1 - end : end];
            ++seen.all;
            if (state == "Established") ++seen.established;
        }
    }
    for (const auto& [ends, item] : bundles_) {
        const std::vector<CableTint>& some = tints[item];
        item->setTint(some.empty() ? std::nullopt : std::optional(tintOfAll(some, *theme_)));
        item->setSessions(sessions[item][0], sessions[item][1]);
    }
}

void LabScene::showRunOfFolded(const Snapshot& shot) {
    if (hidden_.empty()) return;
    std::map<QString, GroupItem::Hidden> inside;
    for (const NodeView& view : shot.nodes) {
        const auto found = hidden_.find(q(view.name));
        if (found == hidden_.end()) continue;
        GroupItem::Hidden& group = inside[found->second];
        ++group.nodes;
        group.isUnsettled = group.isUnsettled || view.isUnsettled;
        group.isCutOff = group.isCutOff || view.isCutOff;
    }
    for (const auto& [name, item] : groups_) {
        if (item->isFolded()) item->showHidden(inside[name]);
    }
    std::map<const BundleItem*, std::size_t> failed;
    for (const LinkView& view : shot.links) {
        const auto found = bundleOf_.find(q(view.name));
        if (found != bundleOf_.end() && !view.isUp) ++failed[found->second.bundle];
    }
    for (const auto& [ends, item] : bundles_)
        item->showFailed(failed[item]);
}

std::optional<QPointF> LabScene::placeOnLink(const QString& link, const QString& from, double part) const {
    const auto ends = ends_.find(link);
    if (ends == ends_.end()) return std::nullopt;
    const bool isForward = ends->second.first == from;
    if (const auto bundled = bundleOf_.find(link); bundled != bundleOf_.end()) {
        const bool isAlong = isForward != bundled->second.isReversed;
        return bundled->second.bundle->pointAt(isAlong ? part : 1 - part);
    }
    const auto item = links_.find(link);
    if (item == links_.end() || !item->second->isVisible()) return std::nullopt;
    return item->second->pointAt(isForward ? part : 1 - part);
}

std::optional<QPointF> LabScene::middleOfLink(const QString& link) const {
    const auto item = links_.find(link);
    const bool isCable = item != links_.end() && !bundleOf_.contains(link) && item->second->isVisible();
    return isCable ? item->second->along(item->second->middle()) : placeOnLink(link, {}, 0.5);
}

}  // namespace peerscape::gui
