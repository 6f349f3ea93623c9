#include "gui/app/palette_drag.hpp"

#include <QAbstractButton>
#include <QApplication>
#include <QMouseEvent>

namespace peerscape::gui {

PaletteDrag::PaletteDrag(QAbstractButton& button, QAction& tool, QAction& putDown, CanvasView& view)
    : QObject(&button), button_(button), tool_(tool), putDown_(putDown), view_(view) {
    button.installEventFilter(this);
}

bool PaletteDrag::eventFilter(QObject* watched, QEvent* event) {
    const bool isOfMouse = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseMove ||
                           event->type() == QEvent::MouseButtonRelease;
    if (watched != &button_ || !isOfMouse) return false;
    const auto& mouse = static_cast<const QMouseEvent&>(*event);
    const QPoint global = mouse.globalPosition().toPoint();
    if (event->type() == QEvent::MouseButtonPress) {
        isPressed_ = mouse.button() == Qt::LeftButton;
        isDragging_ = false;
        begin_ = global;
        return false;
    }
    if (event->type() == QEvent::MouseMove) {
        const bool isFar = (global - begin_).manhattanLength() >= QApplication::startDragDistance();
        if (isPressed_ && !isDragging_ && isFar) {
            isDragging_ = true;
            tool_.trigger();
        }
        if (isDragging_) tell(QEvent::MouseMove, global, mouse.modifiers());
        return isDragging_;
    }
    isPressed_ = false;
    if (!isDragging_) return false;
    isDragging_ = false;
    button_.setDown(false);
    const bool isUsed = tell(QEvent::MouseButtonPress, global, mouse.modifiers()) &&
                        tell(QEvent::MouseButtonRelease, global, mouse.modifiers());
    const bool isWantedAgain = isUsed && (mouse.modifiers() & Qt::ShiftModifier) != 0;
    if (!isWantedAgain) putDown_.trigger();
    return true;
}

bool PaletteDrag::tell(QEvent::Type type, QPoint global, Qt::KeyboardModifiers modifiers) const {
    QWidget* drawing = view_.viewport();
    const QPoint at = drawing->mapFromGlobal(global);
    if (!drawing->rect().contains(at)) return false;
    const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
    const Qt::MouseButtons held = type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton;
    QMouseEvent event(type, at, global, button, held, modifiers);
    QApplication::sendEvent(drawing, &event);
    return true;
}

}  // namespace peerscape::gui
