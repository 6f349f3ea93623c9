#pragma once

#include <optional>

#include <QGraphicsItem>
#include <QString>
#include <QStringList>

#include "gui/canvas/label.hpp"
#include "gui/canvas/overlays.hpp"
#include "gui/session/snapshot.hpp"
#include "gui/style/theme.hpp"

namespace peerscape::gui {

/// A router or a host on the canvas.
class NodeItem final : public QGraphicsItem {
  public:
    enum { Type = UserType + 1 };
    static constexpr double kRadius = 26;  ///< of a router; a host fits into it

    NodeItem(const QString& name, bool isHost, const Theme& theme);

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    const QString& name() const { return name_; }
    bool isHost() const { return isHost_; }
    /// What stands below the name while nothing runs: what the lab file asks for.
    void setProtocols(const QStringList& protocols);
    /// What the run says of it.
    void showRun(const NodeView& view);
    void showNoRun();
    /// What it is in the picture over the cables.
    void setMark(NodeMark mark);
    NodeMark mark() const { return mark_; }

  private:
    void paintName(QPainter& painter) const;
    void paintRouter(QPainter& painter, bool isDetailed) const;
    void paintHost(QPainter& painter) const;
    void paintBadges(QPainter& painter) const;
    void drawBadges(QPainter& painter) const;
    void paintSymbol(QPainter& painter, double zoom) const;
    QString stampKey(double zoom) const;
    void paintMark(QPainter& painter, QPointF corner) const;
    void describe();

    QString name_;
    bool isHost_;
    const Theme& theme_;
    double nameWidth_;
    Label label_;
    QStringList protocols_;
    std::optional<NodeView> run_;  ///< what was shown last
    bool isCutOff_ = false;
    bool isUnsettled_ = false;
    NodeMark mark_ = NodeMark::None;
};

}  // namespace peerscape::gui
