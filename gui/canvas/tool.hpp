#pragma once

#include <memory>

#include <QPainter>
#include <QPointF>
#include <QString>

namespace peerscape::gui {

class LabScene;

/// What the mouse does on the canvas while the tool is in the hand. One small file each; without a tool the
/// canvas selects and moves. A tool stays in the hand until Esc.
class Tool {
  public:
    virtual ~Tool() = default;

    /// What to do now, for the status bar.
    virtual QString hint() const = 0;
    /// Whether Shift is held, before each of the following: the gesture is to make several of its kind.
    virtual void setRepeating(bool) {}
    virtual void press(LabScene& scene, QPointF at) = 0;
    virtual void move(LabScene& scene, QPointF at) = 0;
    virtual void release(LabScene& scene, QPointF at) = 0;
    /// Esc. True: there was something begun, which is given up; the tool stays.
    virtual bool cancel() { return false; }
    /// What the gesture would make, on top of everything.
    virtual void paintPreview(QPainter& painter, const LabScene& scene) const = 0;
};

}  // namespace peerscape::gui
