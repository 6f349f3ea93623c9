// Where items stand.
#include <algorithm>
#include <cmath>
#include <utility>

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
    placeCables();
    placeLans();
    placeGroups();
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
            spots.push_back(found->second->pos());
            sum += found->second->pos();
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

void LabScene::placeGroups() {
    constexpr double kPad = 34;
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
    const auto boxOf = [&](const std::string& node) {
        const QPointF at = nodes_.at(q(node))->pos();
        return QRectF(at.x() - kPad, at.y() - kPad, 2 * kPad, 2 * kPad + 18);
    };
    for (const RouterEntry& router : lab.routers)
        cover(router.group, boxOf(router.name));
    for (const HostEntry& host : lab.hosts)
        cover(host.group, boxOf(host.name));
    for (const auto& [name, nodes] : lanNodes_) {
        if (nodes.size() != 1) continue;
        const RouterEntry* router = lab.router(nodes.front().toStdString());
        if (router == nullptr) continue;
        const QPointF at = lans_.at(name)->centre();
        cover(router->group, QRectF(at.x() - 30, at.y() - 10, 60, 28));
    }
    for (const auto& [name, item] : groups_)
        item->place(corners[name]);
}

}  // namespace peerscape::gui
