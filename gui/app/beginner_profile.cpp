#include "gui/app/beginner_profile.hpp"

#include <QStringList>

namespace peerscape::gui {

bool isForBeginners(const QString& actionId) {
    static const QStringList hidden{
        "import",       "picture",      "report",     "copy",          "paste",     "duplicate",
        "selectAll",    "lock",         "lan",        "previousEvent", "nextEvent", "failSilently",
        "failOneWay",   "flap",         "lossy",      "stop",          "start",     "zoomReset",
        "layoutForces", "layoutLayers", "layoutGrid", "layoutCircle",  "minimap"};
    return !hidden.contains(actionId);
}

bool isPanelForBeginners(const QString& panel) {
    static const QStringList hidden{"message", "charts", "matrix", "console"};
    return !hidden.contains(panel);
}

}  // namespace peerscape::gui
