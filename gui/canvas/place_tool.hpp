#pragma once

#include <optional>
#include <vector>

#include "gui/canvas/tool.hpp"

namespace peerscape::gui {

/// Places a router, or a host, where the mouse is let go. With Shift held, dragging leaves one after the
/// other in its wake: all of them are one gesture.
class PlaceTool final : public Tool {
  public:
    enum class Kind { Router, Host };
    explicit PlaceTool(Kind kind) : kind_(kind) {}

    QString hint() const override;
    void setRepeating(bool isRepeating) override { isRepeating_ = isRepeating; }
    void press(LabScene& scene, QPointF at) override;
    void move(LabScene& scene, QPointF at) override;
    void release(LabScene& scene, QPointF at) override;
    bool cancel() override;
    void paintPreview(QPainter& painter, const LabScene& scene) const override;

  private:
    Kind kind_;
    bool isRepeating_ = false;
    std::optional<QPointF> at_;   ///< where the mouse is
    std::vector<QPointF> spots_;  ///< begun: where nodes will stand
};

}  // namespace peerscape::gui
