// Where items stand.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "gui/canvas/arrow_layer.hpp"
#include "gui/canvas/bundle_item.hpp"
#include "gui/canvas/group_item.hpp"
#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/lan_item.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/model/text.hpp"

namespace peerscape::gui {

void LabScene::arrange() {
    placeIcons();
    placeCables();
    placeBundles();
    placeLans();
    placeGroups();
    arrows_->update();
    Q_EMIT arranged();
}

/// Cables between the same two nodes part: 0, 1, -1, 2 … steps beside the straight line.
void LabScene::placeCables() {
    constexpr double kApart = 26;
    std::map<std::pair<QString, QString>, int> seen;
    for (const auto& [name, ends] : ends_) {
        const auto link = links_.find(name);
        const auto from = nodes_.find(ends.first);
        const auto to = nodes_.find(ends.second);
        if (link == links_.end() || from == nodes_.end() || to == nodes_.end()) continue;
        const auto pair = std::minmax(ends.first, ends.second);
        const int number = seen[{pair.first, pair.second}]++;
        const int steps = (number + 1) / 2 * (number % 2 == 1 ? 1 : -1);
        // Both directions count the bend from the same side.
        const double side = ends.first == pair.first ? 1 : -1;
        link->second->place(from->second->pos(), to->second->pos(), steps * side * kApart);
    }
    placeNames();
}

/// Names of cables that cross would stand on each other, and be struck through: each takes the first place
/// along its cable that no other cable and no name is at, else the first without a name.
void LabScene::placeNames() {
    // More are not read all at once.
    constexpr std::size_t kMost = 150;
    constexpr QSizeF kName(46, 20);
    std::vector<QPointF> names;
    const auto hasName = [&](QPointF at) {
        return std::ranges::any_of(names, [&](QPointF other) {
            return std::abs(at.x() - other.x()) < kName.width() &&
                   std::abs(at.y() - other.y()) < kName.height();
        });
    };
    const auto hasOtherCable = [&](const LinkItem* own, QPointF at) {
        return std::ranges::any_of(links_, [&](const auto& other) {
            return other.second != own && other.second->passesNear(at, kName.height() * 0.7);
        });
    };
    const auto placeOn = [&](const LinkItem& link) {
        std::optional<double> onCable;
        for (const double part : {0.5, 0.36, 0.64, 0.27, 0.73}) {
            const QPointF at = link.along(part);
            if (hasName(at)) continue;
            if (!hasOtherCable(&link, at)) return part;
            if (!onCable) onCable = part;
        }
        return onCable.value_or(0.5);
    };
    for (const auto& [name, item] : links_) {
        item->setMiddle(links_.size() > kMost ? 0.5 : placeOn(*item));
        names.push_back(item->along(item->middle()));
    }
}

/// A LAN of several nodes stands in their middle; that of one node on the side away from its cables.
void LabScene::placeLans() {
    constexpr double kAway = 88;
    std::map<QString, QPointF> pulls;
    for (const auto& [name, ends] : ends_) {
        const auto from = nodes_.find(ends.first);
        const auto to = nodes_.find(ends.second);
        if (from == nodes_.end() || to == nodes_.end()) continue;
        const QPointF along = to->second->pos() - from->second->pos();
        const double length = std::max(1.0, std::hypot(along.x(), along.y()));
        pulls[ends.first] += along / length;
        pulls[ends.second] -= along / length;
    }
    std::map<QString, int> stubs;
    for (const auto& [name, item] : lans_) {
        std::vector<QPointF> spots;
        QPointF sum;
        for (const QString& node : lanNodes_[name]) {
            const auto found = nodes_.find(node);
            if (found == nodes_.end()) continue;
            const QPointF at = anchorOf(node);
            // Several nodes of one closed group are one place.
            if (std::ranges::find(spots, at) != spots.end()) continue;
            spots.push_back(at);
            sum += at;
        }
        if (spots.empty()) continue;
        QPointF centre = sum / static_cast<double>(spots.size());
        if (spots.size() == 1) {
            const QString& node = lanNodes_[name].front();
            const QPointF pull = pulls[node];
            double angle =
                std::hypot(pull.x(), pull.y()) < 0.05 ? -1.5707963 : std::atan2(-pull.y(), -pull.x());
            // Straight below stands the name.
            if (angle > 0.9 && angle < 2.24) angle = angle < 1.5707963 ? 0.7 : 2.44;
            const int number = stubs[node]++;
            angle += 0.7 * ((number + 1) / 2) * (number % 2 == 1 ? 1 : -1);
            centre += QPointF(std::cos(angle), std::sin(angle)) * kAway;
        }
        item->place(centre, spots);
    }
}

void LabScene::placeBundles() {
    const auto placeOf = [&](const QString& seen) {
        const auto node = nodes_.find(seen);
        return node != nodes_.end() && node->second->isVisible() ? node->second->pos() : iconPlaceOf(seen);
    };
    for (const auto& [ends, item] : bundles_)
        item->place(placeOf(ends.first), placeOf(ends.second));
}

QPointF LabScene::anchorOf(const QString& node) const {
    if (const auto hidden = hidden_.find(node); hidden != hidden_.end()) return iconPlaceOf(hidden->second);
    const auto found = nodes_.find(node);
    return found == nodes_.end() ? QPointF() : found->second->pos();
}

/// The icon of a closed group stands in the middle of what it hides.
void LabScene::placeIcons() {
    std::map<QString, QPolygonF> spots;
    for (const auto& [node, standIn] : hidden_)
        spots[standIn] << nodes_.at(node)->pos();
    icons_.clear();
    for (const auto& [group, hidden] : spots)
        icons_[group] = hidden.boundingRect().center();
}

QPointF LabScene::iconPlaceOf(const QString& group) const {
    const auto found = icons_.find(group);
    return found == icons_.end() ? QPointF() : found->second;
}

/// The corners of what a group must cover: its nodes, their own LANs, and the closed groups in it.
QRectF LabScene::boxOf(const std::string& node) const {
    constexpr double kPadding = 34;
    const auto hidden = hidden_.find(q(node));
    if (hidden != hidden_.end()) {
        const QPointF at = iconPlaceOf(hidden->second);
        return {at.x() - 52, at.y() - 44, 104, 104};
    }
    const QPointF at = nodes_.at(q(node))->pos();
    return {at.x() - kPadding, at.y() - kPadding, 2 * kPadding, 2 * kPadding + 18};
}

void LabScene::placeGroups() {
    std::map<QString, QPolygonF> corners;
    const LabFile& lab = editor_.lab();
    const auto cover = [&](const std::optional<NameRef>& home, const QRectF& box) {
        QString name = home ? q(home->name) : QString();
        double pad = 0;
        for (int depth = 0; !name.isEmpty() && depth < 20; ++depth) {
            const QRectF padded = box.adjusted(-pad, -pad, pad, pad);
            corners[name] << padded.topLeft() << padded.topRight() << padded.bottomRight()
                          << padded.bottomLeft();
            const GroupEntry* group = lab.group(name.toStdString());
            name = group != nullptr && group->parent ? q(group->parent->name) : QString();
            pad += 22;
        }
    };
    for (const RouterEntry& router : lab.routers)
        cover(router.group, boxOf(router.name));
    for (const HostEntry& host : lab.hosts)
        cover(host.group, boxOf(host.name));
    for (const auto& [name, nodes] : lanNodes_) {
        if (nodes.size() != 1 || !lans_.at(name)->isVisible()) continue;
        const RouterEntry* router = lab.router(nodes.front().toStdString());
        if (router == nullptr) continue;
        const QPointF at = lans_.at(name)->centre();
        cover(router->group, QRectF(at.x() - 30, at.y() - 10, 60, 28));
    }
    const auto standIns = folding_.standInsOfGroups(lab);
    std::vector<GroupItem*> innermostFirst;
    for (const auto& [name, item] : groups_)
        innermostFirst.push_back(item);
    std::ranges::stable_sort(innermostFirst, std::ranges::greater(), &GroupItem::depth);
    for (GroupItem* item : innermostFirst) {
        const QString& name = item->name();
        const auto standIn = standIns.find(name.toStdString());
        const QString seen = standIn == standIns.end() ? QString() : q(standIn->second);
        const bool isTorn = drag_ && drag_->torn.contains(name);
        if (isTorn) continue;
        if (!seen.isEmpty()) {
            item->placeIcon(iconPlaceOf(name));
            item->setVisible(seen == name && !corners[name].isEmpty());
            continue;
        }
        item->place(corners[name]);
        // Whoever lies around it lies around its title as well.
        const GroupEntry* group = lab.group(name.toStdString());
        if (corners[name].isEmpty() || group == nullptr || !group->parent) continue;
        const QRectF title = item->titleBox(GroupItem::TitleSide::Above);
        corners[q(group->parent->name)] << title.topLeft() << title.topRight();
    }
    placeTitles();
}

namespace {

bool crosses(const QLineF& line, const QRectF& box) {
    const std::array edges{QLineF(box.topLeft(), box.topRight()), QLineF(box.bottomLeft(), box.bottomRight()),
                           QLineF(box.topLeft(), box.bottomLeft()),
                           QLineF(box.topRight(), box.bottomRight())};
    return std::ranges::any_of(
        edges, [&](const QLineF& edge) { return line.intersects(edge) == QLineF::BoundedIntersection; });
}

}  // namespace

/// Titles stand above their groups; where nodes, icons, other groups, titles or cables are there already,
/// below, if less is.
void LabScene::placeTitles() {
    constexpr std::size_t kMostPairs = 400'000;  // more would be felt while one drags
    std::vector<QRectF> taken;
    for (const auto& [name, item] : nodes_) {
        const QPointF at = item->pos();
        if (item->isVisible()) taken.emplace_back(at.x() - 30, at.y() - 26, 60, 92);
    }
    for (const auto& [name, item] : groups_) {
        if (item->isVisible() && item->isFolded()) taken.push_back(item->sceneBoundingRect());
    }
    std::vector<QLineF> cables;
    for (const auto& [name, ends] : ends_) {
        const QLineF line(anchorOf(ends.first), anchorOf(ends.second));
        if (!line.isNull()) cables.push_back(line);
    }
    const bool isTooMuch = (taken.size() + cables.size() + groups_.size()) * groups_.size() > kMostPairs;
    const auto areaOf = [](const QRectF& box) { return box.isValid() ? box.width() * box.height() : 0; };
    const auto overlapOf = [&](const GroupItem& group, const QRectF& box) {
        constexpr double kAreaOfCable =
            300;  // a cable across the words, about as bad as a node at their edge
        double area = 0;
        for (const QLineF& cable : cables)
            area += crosses(cable, box) ? kAreaOfCable : 0;
        for (const QRectF& other : taken)
            area += areaOf(box & other);
        for (const auto& [name, item] : groups_) {
            const bool isBeside = item != &group && item->isVisible() && !item->isFolded() &&
                                  !item->hullBox().contains(group.hullBox());
            if (isBeside) area += areaOf(box & item->hullBox());
        }
        return area;
    };
    for (const auto& [name, item] : groups_) {
        if (!item->isVisible() || item->isFolded()) continue;
        const QRectF above = item->titleBox(GroupItem::TitleSide::Above);
        const QRectF below = item->titleBox(GroupItem::TitleSide::Below);
        const double inTheWay = isTooMuch ? 0 : overlapOf(*item, above);
        const bool isBelow = inTheWay > 0 && overlapOf(*item, below) < inTheWay;
        item->setTitleSide(isBelow ? GroupItem::TitleSide::Below : GroupItem::TitleSide::Above);
        taken.push_back(isBelow ? below : above);
    }
}

}  // namespace peerscape::gui
