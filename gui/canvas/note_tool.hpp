#pragma once

#include <optional>

#include "gui/canvas/tool.hpp"

namespace peerscape::gui {

/// Every click places a note, whose words are then typed in its properties.
class NoteTool final : public Tool {
  public:
    QString hint() const override;
    void press(LabScene& scene, QPointF at) override;
    void move(LabScene& scene, QPointF at) override;
    void release(LabScene& scene, QPointF at) override;
    void paintPreview(QPainter& painter, const LabScene& scene) const override;

  private:
    std::optional<QPointF> at_;
};

}  // namespace peerscape::gui
