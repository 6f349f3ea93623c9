#pragma once

#include "gui/canvas/tool.hpp"

namespace peerscape::gui {

/// A click on a node gives it a LAN. Other nodes join it with the link tool.
class LanTool final : public Tool {
  public:
    QString hint() const override;
    void press(LabScene& scene, QPointF at) override;
    void move(LabScene&, QPointF) override {}
    void release(LabScene&, QPointF) override {}
    void paintPreview(QPainter&, const LabScene&) const override {}
};

}  // namespace peerscape::gui
