#pragma once

#include <optional>
#include <string>

#include <QString>

#include "gui/session/snapshot.hpp"

namespace peerscape::gui {

/// Which events are meant; what is empty does not matter.
struct EventFilter {
    std::string node;
    std::string protocol;  ///< as `redistribute` names it
    std::optional<EventRow::Kind> kind;
    QString words;             ///< anywhere in the event as the list shows it, in small letters or capitals
    bool isRoutineToo = true;  ///< hellos, keepalives and acknowledgements as well
};

bool matches(const EventRow& row, const EventFilter& filter);

/// The kind in the language of the window: "route", "message" …
QString nameOf(EventRow::Kind kind);

}  // namespace peerscape::gui
