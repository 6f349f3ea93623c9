#pragma once

#include <optional>

#include "gui/canvas/tool.hpp"

namespace peerscape::gui {

/// Draws cables: from node to node by dragging, or by a click on each. Ending on a LAN joins it. While the
/// lab runs, the cable is plugged in now.
class LinkTool final : public Tool {
  public:
    QString hint() const override;
    void press(LabScene& scene, QPointF at) override;
    void move(LabScene& scene, QPointF at) override;
    void release(LabScene& scene, QPointF at) override;
    bool cancel() override;
    void paintPreview(QPainter& painter, const LabScene& scene) const override;

  private:
    void finish(LabScene& scene, QPointF at);

    QString from_;  ///< empty: nothing begun
    QPointF begin_;
    QPointF at_;
};

}  // namespace peerscape::gui
