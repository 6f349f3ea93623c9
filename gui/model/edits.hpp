#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.hpp"
#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/lab_file.hpp"

/// What gestures do to a lab: each takes the lab as it was and gives it as it is afterwards. A failure says
/// in a sentence why the gesture is not possible.
namespace peerscape::gui {

/// A place on the canvas, in the units of the lab file's `at`.
using CanvasPoint = std::array<double, 2>;

/// What a gesture made, and its name.
struct Made {
    LabFile lab;
    std::string name;
};

/// The lab alone, for who does not ask for the name.
inline Result<LabFile> labOf(Result<Made> made) {
    if (!made) return std::unexpected(std::move(made.error()));
    return std::move(made->lab);
}

// Nodes (edit_nodes.cpp)
Made withRouter(const LabFile& lab, CanvasPoint at);
Made withHost(const LabFile& lab, CanvasPoint at);
/// The nodes stand where the map says; the others where they were.
LabFile withPositions(LabFile lab, const std::map<std::string, CanvasPoint>& positions);
Result<LabFile> withRouterEntry(LabFile lab, const RouterEntry& router);
/// The router's configuration is this text: in the file where it stood, or else in the lab file. An empty
/// text is none.
Result<LabFile> withConfiguration(LabFile lab, std::string_view node, const std::string& text);
/// What the intents of the lab mean, written out: every interface, address and configuration. Refused as long
/// as they mean nothing.
Result<LabFile> withIntentsWrittenOut(const LabFile& lab);
/// Whether it is a router whose protocols are only named.
bool hasIntents(const LabFile& lab, std::string_view node);
/// The configuration that the node's intents mean; empty when it has none, or they mean nothing.
std::string intendedConfigurationOf(const LabFile& lab, std::string_view node);
/// The texts of a node's configuration, one after the other.
std::string configurationOf(const LabFile& lab, std::string_view node);

// Links and LANs (edit_links.cpp)
/// A link between two nodes, by the next free interface of each.
Result<Made> withLink(const LabFile& lab, const std::string& from, const std::string& to);
/// A LAN that only this node is on.
Result<Made> withLan(const LabFile& lab, const std::string& node);
/// The node joins a LAN that is there.
Result<LabFile> withLanEnd(LabFile lab, std::string_view lan, const std::string& node);
/// The link or LAN of that name has these properties and this relation. Its ends stay.
Result<LabFile> withLinkProperties(LabFile lab, const LinkEntry& link);
/// The next interface `ethN` of the node that nothing uses.
std::string freeInterface(const LabFile& lab, std::string_view node);

// Groups (edit_groups.cpp)
/// A box around these nodes; where they all lie in one group, inside that.
Result<Made> withGroup(const LabFile& lab, const std::set<std::string>& nodes, std::string_view kind);
Result<LabFile> withGroupEntry(LabFile lab, const GroupEntry& group);
/// The nodes lie in these groups from now on, by their names; an empty name: in none. Relations of links that
/// do not join two ASes any more are dropped.
LabFile withHomes(LabFile lab, const std::map<std::string, std::string>& homes);
/// The group lies in another one; an empty name: in none. Not possible when that one lies in it.
Result<LabFile> withParent(LabFile lab, const std::string& group, const std::string& parent);
/// A relation joins two ASes; where that has ceased to be so there is none any more.
void dropStaleRelations(LabFile& lab);

// Notes (edit_notes.cpp); `index`: the place in the lab's list
/// One more note, the last of the list.
LabFile withNote(LabFile lab, const std::string& text, CanvasPoint at);
/// The note says this; line ends and blanks at its end are dropped. A note without any text is not possible.
Result<LabFile> withNoteText(LabFile lab, std::size_t index, const std::string& text);
/// The notes stand where the map says; the others where they were.
LabFile withNotePlaces(LabFile lab, const std::map<std::size_t, CanvasPoint>& places);

// Everything (edit_remove.cpp, edit_paste.cpp)
struct Selection {
    std::set<std::string> nodes;
    std::set<std::string> links;       ///< LANs as well
    std::set<std::string> groups;      ///< the box, not what lies in it
    std::set<std::size_t> notes = {};  ///< places in the lab's list

    bool isEmpty() const { return nodes.empty() && links.empty() && groups.empty() && notes.empty(); }
    friend bool operator==(const Selection&, const Selection&) = default;
};
/// Without these, the links of the nodes, and the probes, flows, actions and expectations that spoke of any
/// of them.
LabFile without(const LabFile& lab, const Selection& selection);
struct Pasted {
    LabFile lab;
    Selection selection;  ///< the copies
};
/// Copies of the nodes and notes of `from` and the links between the nodes, `offset` away from the originals,
/// under free names. Addresses that would collide are left out; links and groups of the selection do not
/// matter.
Pasted withCopies(const LabFile& lab, const LabFile& from, const Selection& what, CanvasPoint offset);

/// A name that no node, link, LAN or group has: the stem and the least number that is free.
std::string freeName(const LabFile& lab, std::string_view stem);
/// What is wrong with a lab, as the reader of its file would say it. Lines and columns mean nothing.
std::vector<Diagnostic> problemsOf(const LabFile& lab);
/// The first reason why a lab, written to a file, could not be opened again; looks at the lab alone, and is
/// quick. Nothing: it could.
std::optional<std::string> whyUnreadable(const LabFile& lab);

}  // namespace peerscape::gui
