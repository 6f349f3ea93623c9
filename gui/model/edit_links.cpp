#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gui/model/edits.hpp"
#include "gui/model/refusal.hpp"
#include "scenarios/format/lab_walk.hpp"

namespace peerscape::gui {

namespace {

EndEntry endAt(const LabFile& lab, const std::string& node) {
    EndEntry end;
    end.node.name = node;
    end.interface = freeInterface(lab, node);
    return end;
}

bool hasNode(const LabFile& lab, std::string_view name) {
    return lab.router(name) != nullptr || lab.host(name) != nullptr;
}

bool hasLink(const LabFile& lab, std::string_view name) {
    bool has = false;
    forEachLink(lab, [&](const LinkEntry& link) { has = has || link.name == name; });
    return has;
}

/// "A-B"; of the second between the same two "A-B-2".
std::string linkName(const LabFile& lab, const std::string& from, const std::string& to) {
    std::string name = fmt::format("{}-{}", from, to);
    for (int number = 2; hasLink(lab, name); ++number)
        name = fmt::format("{}-{}-{}", from, to, number);
    return name;
}

LinkEntry* linkNamed(LabFile& lab, std::string_view name) {
    for (std::vector<LinkEntry>* list : {&lab.links, &lab.lans}) {
        const auto found = std::ranges::find(*list, name, &LinkEntry::name);
        if (found != list->end()) return &*found;
    }
    return nullptr;
}

}  // namespace

std::string freeInterface(const LabFile& lab, std::string_view node) {
    std::set<std::string> used;
    forEachLink(lab, [&](const LinkEntry& link) {
        for (const EndEntry& end : link.ends) {
            if (end.node.name == node) used.insert(end.interface);
        }
    });
    for (int number = 0;; ++number) {
        std::string name = fmt::format("eth{}", number);
        if (!used.contains(name)) return name;
    }
}

Result<Made> withLink(const LabFile& lab, const std::string& from, const std::string& to) {
    for (const std::string& end : {from, to}) {
        if (!hasNode(lab, end)) return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no node '%1'"), end);
    }
    if (from == to)
        return refusal(
            QT_TRANSLATE_NOOP("Refusal", "a link needs two nodes; '%1' cannot be linked to itself"), from);
    Made made{lab, linkName(lab, from, to)};
    LinkEntry link;
    link.name = made.name;
    link.ends = {endAt(lab, from), endAt(lab, to)};
    made.lab.links.push_back(std::move(link));
    return made;
}

Result<Made> withLan(const LabFile& lab, const std::string& node) {
    if (!hasNode(lab, node)) return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no node '%1'"), node);
    Made made{lab, freeName(lab, "lan")};
    LinkEntry lan;
    lan.name = made.name;
    lan.kind = SegmentKind::Lan;
    lan.ends = {endAt(lab, node)};
    made.lab.lans.push_back(std::move(lan));
    return made;
}

Result<LabFile> withLanEnd(LabFile lab, std::string_view lan, const std::string& node) {
    if (!hasNode(lab, node)) return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no node '%1'"), node);
    const auto found = std::ranges::find(lab.lans, lan, &LinkEntry::name);
    if (found == lab.lans.end()) return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no LAN '%1'"), lan);
    const bool isThere =
        std::ranges::any_of(found->ends, [&](const EndEntry& end) { return end.node.name == node; });
    if (isThere) return refusal(QT_TRANSLATE_NOOP("Refusal", "'%1' is on the LAN '%2' already"), node, lan);
    found->ends.push_back(endAt(lab, node));
    return lab;
}

Result<LabFile> withLinkProperties(LabFile lab, const LinkEntry& link) {
    LinkEntry* present = linkNamed(lab, link.name);
    if (present == nullptr) return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no link '%1'"), link.name);
    const auto ends = std::move(present->ends);
    const SegmentKind kind = present->kind;
    *present = link;
    present->ends = ends;
    present->kind = kind;
    return lab;
}

}  // namespace peerscape::gui
