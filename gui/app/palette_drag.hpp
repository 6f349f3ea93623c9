#pragma once

#include <QAction>
#include <QEvent>
#include <QObject>
#include <QPoint>

#include "gui/canvas/canvas_view.hpp"

class QAbstractButton;

namespace peerscape::gui {

/// Things are dragged out of the palette onto the drawing: the tool is taken when the drag begins, used where
/// the mouse is let go, and put down again. With Shift held it stays in the hand for more.
class PaletteDrag final : public QObject {
    Q_OBJECT

  public:
    /// `tool` takes the tool whose button this is; `putDown` puts any tool down.
    PaletteDrag(QAbstractButton& button, QAction& tool, QAction& putDown, CanvasView& view);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    /// Has the drawing see the mouse there; false: it is not over the drawing.
    bool tell(QEvent::Type type, QPoint global, Qt::KeyboardModifiers modifiers) const;

    QAbstractButton& button_;
    QAction& tool_;
    QAction& putDown_;
    CanvasView& view_;
    QPoint begin_;
    bool isPressed_ = false;
    bool isDragging_ = false;
};

}  // namespace peerscape::gui
