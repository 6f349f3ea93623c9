#include <algorithm>
#include <map>
#include <utility>

#include "gui/model/edits.hpp"

namespace peerscape::gui {

namespace {

/// "R12" gives "R": the copy of R12 is the next free R.
std::string stemOf(const std::string& name) {
    const auto last = name.find_last_not_of("0123456789");
    return last == std::string::npos ? name : name.substr(0, last + 1);
}

void moveBy(std::optional<std::array<double, 2>>& at, CanvasPoint offset) {
    if (at) at = CanvasPoint{(*at)[0] + offset[0], (*at)[1] + offset[1]};
}

/// A copy keeps its group where that is still there, and no address: two nodes cannot have the same one.
template <typename Node>
Node copyOf(const LabFile& lab, const Node& node, const std::string& name, CanvasPoint offset) {
    Node copy = node;
    copy.name = name;
    moveBy(copy.at, offset);
    if (copy.group && lab.group(copy.group->name) == nullptr) copy.group.reset();
    // What stood in a file of its own stands in the lab: two nodes must not write to one file.
    for (ConfigSource& source : copy.config)
        source.path.clear();
    return copy;
}

}  // namespace

Pasted withCopies(const LabFile& lab, const LabFile& from, const Selection& what, CanvasPoint offset) {
    Pasted pasted{lab, {}};
    std::map<std::string, std::string> copies;
    const auto nameFor = [&](const std::string& name) {
        copies[name] = freeName(pasted.lab, stemOf(name));
        pasted.selection.nodes.insert(copies[name]);
        return copies[name];
    };
    for (const RouterEntry& router : from.routers) {
        if (!what.nodes.contains(router.name)) continue;
        RouterEntry copy = copyOf(lab, router, nameFor(router.name), offset);
        copy.loopback.clear();
        copy.networks.clear();
        pasted.lab.routers.push_back(std::move(copy));
    }
    for (const HostEntry& host : from.hosts) {
        if (!what.nodes.contains(host.name)) continue;
        HostEntry copy = copyOf(lab, host, nameFor(host.name), offset);
        copy.address.reset();
        if (copy.gateway && copies.contains(copy.gateway->name))
            copy.gateway->name = copies[copy.gateway->name];
        if (copy.gateway && lab.router(copy.gateway->name) == nullptr &&
            !pasted.selection.nodes.contains(copy.gateway->name))
            copy.gateway.reset();
        pasted.lab.hosts.push_back(std::move(copy));
    }
    const auto isCopied = [&](const EndEntry& end) { return copies.contains(end.node.name); };
    for (const LinkEntry& link : from.links) {
        if (link.ends.size() != 2 || !std::ranges::all_of(link.ends, isCopied)) continue;
        auto made = withLink(pasted.lab, copies[link.ends[0].node.name], copies[link.ends[1].node.name]);
        if (!made) continue;
        LinkEntry properties = link;
        properties.name = made->name;
        auto done = withLinkProperties(std::move(made->lab), properties);
        if (!done) continue;
        pasted.lab = std::move(*done);
        pasted.selection.links.insert(made->name);
    }
    for (const std::size_t index : what.notes) {
        if (index >= from.notes.size()) continue;
        NoteEntry note = from.notes[index];
        note.at = {note.at[0] + offset[0], note.at[1] + offset[1]};
        pasted.selection.notes.insert(pasted.lab.notes.size());
        pasted.lab.notes.push_back(std::move(note));
    }
    return pasted;
}

}  // namespace peerscape::gui
