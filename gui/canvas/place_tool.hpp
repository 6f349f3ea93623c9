#pragma once

#include <optional>

#include "gui/canvas/tool.hpp"

namespace peerscape::gui {

/// Every click places a router, or a host.
class PlaceTool final : public Tool {
  public:
    enum class Kind { Router, Host };
    explicit PlaceTool(Kind kind) : kind_(kind) {}

    QString hint() const override;
    void press(LabScene& scene, QPointF at) override;
    void move(LabScene& scene, QPointF at) override;
    void release(LabScene& scene, QPointF at) override;
    void paintPreview(QPainter& painter, const LabScene& scene) const override;

  private:
    Kind kind_;
    std::optional<QPointF> at_;
};

}  // namespace peerscape::gui
