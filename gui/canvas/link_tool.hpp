#pragma once

#include <vector>

#include "gui/canvas/tool.hpp"

namespace peerscape::gui {

/// Draws cables: from node to node by dragging, or by a click on each. Ending on a LAN joins it. With Shift
/// held, dragging over nodes links each to the next, in one gesture, and clicks go on from the node that was
/// clicked last. While the lab runs, the cable is plugged in now.
class LinkTool final : public Tool {
  public:
    QString hint() const override;
    void setRepeating(bool isRepeating) override { isRepeating_ = isRepeating; }
    void press(LabScene& scene, QPointF at) override;
    void move(LabScene& scene, QPointF at) override;
    void release(LabScene& scene, QPointF at) override;
    bool cancel() override;
    void paintPreview(QPainter& painter, const LabScene& scene) const override;

  private:
    /// Makes the cable, or cables, that the gesture has come to; the next one begins where it ends, or
    /// nowhere.
    void finish(LabScene& scene, QPointF at, bool goesOn);
    void joinLan(LabScene& scene, const QString& lan);
    void link(LabScene& scene) const;

    std::vector<QString> chain_;  ///< nodes from the one it begins at; empty: nothing begun
    QPointF at_;
    bool isRepeating_ = false;
    bool isPressed_ = false;
};

}  // namespace peerscape::gui
