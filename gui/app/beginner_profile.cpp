#include "gui/app/beginner_profile.hpp"

namespace peerscape::gui {

const QStringList& hiddenFromBeginners() {
    static const QStringList ids{
        "import",       "picture",    "report",         "copy",         "paste",
        "duplicate",    "selectAll",  "lock",           "lan",          "layoutForce",
        "layoutLayers", "layoutGrid", "layoutCircle",   "failSilently", "failOneWay",
        "flap",         "lossy",      "linkProperties", "capture",      "configure",
        "runUntil",     "stop",       "start",          "zoomReset",    "minimap"};
    return ids;
}

bool isForBeginners(const QString& actionId) { return !hiddenFromBeginners().contains(actionId); }

bool isPanelForBeginners(const QString& panel) {
    static const QStringList hidden{"message", "charts", "matrix", "console"};
    return !hidden.contains(panel);
}

}  // namespace peerscape::gui
