#include "gui/canvas/note_tool.hpp"

#include <utility>

#include <QCoreApplication>

#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/note_item.hpp"

namespace peerscape::gui {

namespace {

QString firstWords() { return QCoreApplication::translate("NoteTool", "Note"); }

}  // namespace

QString NoteTool::hint() const {
    return QCoreApplication::translate("NoteTool", "Click where the note is to stand, and type. Esc: done.");
}

void NoteTool::press(LabScene& scene, QPointF at) {
    const QPointF spot = LabScene::snapped(at);
    const LabFile& lab = scene.editor().lab();
    const std::size_t index = lab.notes.size();
    scene.editor().apply(QCoreApplication::translate("NoteTool", "Add a note"),
                         withNote(lab, firstWords().toStdString(), {spot.x(), spot.y()}));
    scene.select({{}, {}, {}, {index}});
}

void NoteTool::move(LabScene&, QPointF at) { at_ = LabScene::snapped(at); }

/// Not before: the view would take the keyboard back.
void NoteTool::release(LabScene& scene, QPointF) {
    if (!scene.selection().notes.empty()) Q_EMIT scene.propertiesAsked();
}

void NoteTool::paintPreview(QPainter& painter, const LabScene& scene) const {
    if (!at_) return;
    QColor ghost = scene.theme().accent;
    painter.setPen(QPen(ghost, 1.5, Qt::DashLine));
    ghost.setAlpha(40);
    painter.setBrush(ghost);
    painter.drawRect(QRectF(*at_, NoteItem::sizeOf(firstWords())));
}

}  // namespace peerscape::gui
