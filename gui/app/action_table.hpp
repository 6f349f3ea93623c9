#pragma once

#include <cstdint>
#include <span>

#include <QString>

namespace peerscape::gui {

class MainWindow;

/// What must be there for an action to make sense.
enum class Needs : std::uint8_t {
    Nothing,
    Run,         ///< a lab that could be switched on
    Link,        ///< one link or LAN is selected
    Links,       ///< links or LANs, and nothing else
    Node,        ///< one router or host
    NodeOrLink,  ///< one of either
    Selection,   ///< anything
    Nodes,       ///< at least one router or host
    Copyable,    ///< at least one router, host or note
    Groups,      ///< at least one group
    Undo,
    Redo,
    Clipboard,
};

/// Everything the window can do, once: menus, context menus, tool bar, shortcuts and the list of shortcuts
/// are made from this table.
struct ActionEntry {
    const char* id;
    const char* menu;  ///< the title of its menu; a leading '-' puts a line before it
    const char* text;
    const char* shortcut;
    const char* icon;  ///< empty: none
    Needs needs;
    void (MainWindow::*act)();
    const char* tip;  ///< one sentence
};

std::span<const ActionEntry> actionTable();
/// A text of the table in the language of the window.
QString translated(const char* text);

}  // namespace peerscape::gui
