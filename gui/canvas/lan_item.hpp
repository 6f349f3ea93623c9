#pragma once

#include <vector>

#include <QGraphicsItem>
#include <QString>

#include "gui/session/snapshot.hpp"
#include "gui/style/theme.hpp"
#include "scenarios/format/lab_names.hpp"

namespace peerscape::gui {

/// A LAN on the canvas: a bar, and a spoke to every node on it. Stands where its nodes leave room; the lab
/// file gives it no place of its own.
class LanItem final : public QGraphicsItem {
  public:
    enum { Type = UserType + 3 };

    LanItem(const QString& name, const Theme& theme);

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    const QString& name() const { return name_; }
    void showEntry(const LinkEntry& lan);
    void showRun(const LinkView& view);
    void showNoRun();
    /// The centre of the bar, and the centres of its nodes.
    void place(QPointF centre, const std::vector<QPointF>& nodes);
    QPointF centre() const { return centre_; }

  private:
    QRectF bar() const;
    QRectF label() const;

    QString name_;
    const Theme& theme_;
    QString network_;
    bool isUp_ = true;
    QPointF centre_;
    std::vector<QPointF> nodes_;
};

}  // namespace peerscape::gui
