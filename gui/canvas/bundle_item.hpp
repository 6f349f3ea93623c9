#pragma once

#include <vector>

#include <QGraphicsItem>
#include <QString>
#include <QStringList>

#include "gui/style/theme.hpp"

namespace peerscape::gui {

/// What is seen of the links between a closed group and something outside it: one line, and how many they
/// are. To select it is to select them all.
class BundleItem final : public QGraphicsItem {
  public:
    enum { Type = UserType + 5 };

    explicit BundleItem(const Theme& theme);

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    /// `from` and `to`: what is seen at its ends, as people call it. `sorted` names of the links.
    void showLinks(const QString& from, const QString& to, const QStringList& sorted);
    /// How many of them have failed.
    void showFailed(std::size_t failed);
    void place(QPointF from, QPointF to);
    const QStringList& links() const { return links_; }
    std::size_t failed() const { return failed_; }
    /// `part` 0: at the rim of the first end; 1: at that of the second.
    QPointF pointAt(double part) const;

  private:
    void describe();

    const Theme& theme_;
    QString from_;
    QString to_;
    QStringList links_;
    std::size_t failed_ = 0;
    QLineF line_;
};

}  // namespace peerscape::gui
