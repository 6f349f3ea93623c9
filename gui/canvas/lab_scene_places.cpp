// Where items stand.
#include <algorithm>
#include <cmath>
#include <utility>

#include "gui/canvas/arrow_layer.hpp"
#include "gui/canvas/bundle_item.hpp"
#include "gui/canvas/group_item.hpp"
#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/lan_item.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/node_item.hpp"

namespace peerscape::gui {

namespace {

QString q(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

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
    constexpr double kPad = 34;
    const auto hidden = hidden_.find(q(node));
    if (hidden != hidden_.end()) {
        const QPointF at = iconPlaceOf(hidden->second);
        return {at.x() - 52, at.y() - 44, 104, 104};
    }
    const QPointF at = nodes_.at(q(node))->pos();
    return {at.x() - kPad, at.y() - kPad, 2 * kPad, 2 * kPad + 18};
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
    for (const auto& [name, item] : groups_) {
        const auto standIn = standIns.find(name.toStdString());
        const QString seen = standIn == standIns.end() ? QString() : q(standIn->second);
        const bool isTorn = drag_ && drag_->torn.contains(name);
        if (isTorn) continue;
        if (seen.isEmpty()) {
            item->place(corners[name]);
        } else {
            item->placeIcon(iconPlaceOf(name));
            item->setVisible(seen == name && !corners[name].isEmpty());
        }
    }
}

}  // namespace peerscape::gui
