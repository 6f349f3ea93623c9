// Which items there are: what the lab file has, and the cables that the run has added.
#include <algorithm>
#include <utility>

#include "gui/canvas/group_item.hpp"
#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/lan_item.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/canvas/note_item.hpp"
#include "gui/model/text.hpp"

namespace peerscape::gui {

template <typename Item>
void LabScene::dropStale(std::map<QString, Item*>& items, const std::map<QString, bool>& present) {
    for (auto it = items.begin(); it != items.end();) {
        if (present.contains(it->first)) {
            ++it;
        } else {
            delete it->second;
            it = items.erase(it);
        }
    }
}

void LabScene::showNodes(const LabFile& lab) {
    std::map<QString, bool> present;
    for (const RouterEntry& router : lab.routers)
        present[q(router.name)] = false;
    for (const HostEntry& host : lab.hosts)
        present[q(host.name)] = true;
    std::erase_if(nodes_, [&](const auto& entry) {
        const auto found = present.find(entry.first);
        const bool stays = found != present.end() && found->second == entry.second->isHost();
        if (!stays) delete entry.second;
        return !stays;
    });
    const auto places = placesOf(lab);
    for (const auto& [name, isHost] : present) {
        NodeItem*& item = nodes_[name];
        if (item == nullptr) {
            item = new NodeItem(name, isHost, *theme_);
            addItem(item);
        }
        const CanvasPoint& at = places.at(name.toStdString());
        item->setPos(at[0], at[1]);
        item->setFlag(QGraphicsItem::ItemIsMovable, !editor_.isLocked());
    }
    for (const RouterEntry& router : lab.routers) {
        QStringList protocols;
        for (const IntentProtocol protocol : router.protocols)
            protocols << QString::fromUtf8(toString(protocol).data(),
                                           static_cast<qsizetype>(toString(protocol).size()));
        nodes_.at(q(router.name))->setProtocols(protocols);
    }
}

void LabScene::showCables(const LabFile& lab) {
    std::map<QString, bool> links;
    for (const LinkEntry& link : lab.links)
        links[q(link.name)] = true;
    dropStale(links_, links);
    std::erase_if(ends_, [&](const auto& entry) { return !links.contains(entry.first); });
    for (const LinkEntry& link : lab.links) {
        LinkItem*& item = links_[q(link.name)];
        if (item == nullptr) {
            item = new LinkItem(q(link.name), *theme_);
            addItem(item);
        }
        item->showEntry(link);
        ends_[q(link.name)] = {q(link.ends[0].node.name), q(link.ends[1].node.name)};
    }
    std::map<QString, bool> lans;
    for (const LinkEntry& lan : lab.lans)
        lans[q(lan.name)] = true;
    dropStale(lans_, lans);
    lanNodes_.clear();
    for (const LinkEntry& lan : lab.lans) {
        LanItem*& item = lans_[q(lan.name)];
        if (item == nullptr) {
            item = new LanItem(q(lan.name), *theme_);
            addItem(item);
        }
        item->showEntry(lan);
        for (const EndEntry& end : lan.ends)
            lanNodes_[q(lan.name)].push_back(q(end.node.name));
    }
}

void LabScene::showGroups(const LabFile& lab) {
    std::map<QString, bool> present;
    for (const GroupEntry& group : lab.groups)
        present[q(group.name)] = true;
    dropStale(groups_, present);
    int index = 0;
    for (const GroupEntry& group : lab.groups) {
        int depth = 0;
        for (const GroupEntry* around = &group; around->parent && depth < 20; ++depth) {
            const GroupEntry* next = lab.group(around->parent->name);
            if (next == nullptr) break;
            around = next;
        }
        GroupItem*& item = groups_[q(group.name)];
        if (item == nullptr) {
            item = new GroupItem(q(group.name), depth, index, *theme_);
            addItem(item);
        }
        ++index;
        item->showEntry(group);
    }
}

void LabScene::showNotes(const LabFile& lab) {
    while (notes_.size() > lab.notes.size()) {
        delete notes_.back();
        notes_.pop_back();
    }
    while (notes_.size() < lab.notes.size()) {
        notes_.push_back(new NoteItem(notes_.size(), *theme_));
        addItem(notes_.back());
    }
    for (std::size_t i = 0; i < notes_.size(); ++i) {
        notes_[i]->showEntry(lab.notes[i]);
        notes_[i]->setFlag(QGraphicsItem::ItemIsMovable, !editor_.isLocked());
    }
}

/// Cables that the lab file does not have come and go with time.
void LabScene::showAddedLinks(const Snapshot& shot) {
    // Most pictures have none, and then there is nothing to look for.
    const bool hasAdded = std::ranges::any_of(shot.links, &LinkView::isAdded);
    if (!hasAdded && links_.size() == editor_.lab().links.size()) return;
    std::map<QString, bool> wanted;
    for (const LinkEntry& link : editor_.lab().links)
        wanted[q(link.name)] = true;
    bool isNew = false;
    for (const LinkView& view : shot.links) {
        if (!view.isAdded || view.isLan || view.ends.size() != 2) continue;
        const QString name = q(view.name);
        wanted[name] = true;
        if (links_.contains(name)) continue;
        links_[name] = new LinkItem(name, *theme_);
        addItem(links_[name]);
        ends_[name] = {q(view.ends[0].node), q(view.ends[1].node)};
        isNew = true;
    }
    const auto before = links_.size();
    dropStale(links_, wanted);
    std::erase_if(ends_, [&](const auto& entry) { return !wanted.contains(entry.first); });
    if (!isNew && links_.size() == before) return;
    forgetOrder();
    showFolding();
    placeIcons();
    placeCables();
    placeBundles();
}

}  // namespace peerscape::gui
