#include "gui/session/event_filter.hpp"

#include <QCoreApplication>

namespace peerscape::gui {

bool matches(const EventRow& row, const EventFilter& filter) {
    if (row.isRoutine && !filter.isRoutineToo) return false;
    if (!filter.node.empty() && row.node != filter.node) return false;
    if (!filter.protocol.empty() && row.protocol != filter.protocol) return false;
    if (filter.kind && row.kind != *filter.kind) return false;
    if (filter.words.isEmpty()) return true;
    const QString whole = QString("%1 %2 %3 %4")
                              .arg(QString::fromStdString(row.node), QString::fromStdString(row.protocol),
                                   nameOf(row.kind), QString::fromStdString(row.text));
    return whole.contains(filter.words, Qt::CaseInsensitive);
}

QString nameOf(EventRow::Kind kind) {
    switch (kind) {
        case EventRow::Kind::Action:
            return QCoreApplication::translate("EventModel", "action");
        case EventRow::Kind::Interface:
            return QCoreApplication::translate("EventModel", "interface");
        case EventRow::Kind::Process:
            return QCoreApplication::translate("EventModel", "process");
        case EventRow::Kind::Message:
            return QCoreApplication::translate("EventModel", "message");
        case EventRow::Kind::Drop:
            return QCoreApplication::translate("EventModel", "loss");
        case EventRow::Kind::Route:
            return QCoreApplication::translate("EventModel", "route");
        case EventRow::Kind::Note:
            return QCoreApplication::translate("EventModel", "note");
        case EventRow::Kind::Problem:
            return QCoreApplication::translate("EventModel", "problem");
    }
    return {};
}

}  // namespace peerscape::gui
