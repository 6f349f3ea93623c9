#pragma once

#include <array>
#include <optional>

#include <QGraphicsItem>
#include <QString>

#include "gui/canvas/label.hpp"
#include "gui/canvas/overlays.hpp"
#include "gui/session/snapshot.hpp"
#include "gui/style/theme.hpp"
#include "scenarios/format/lab_names.hpp"

namespace peerscape::gui {

/// A cable between two nodes on the canvas: a light at each end, its relation in the middle.
class LinkItem final : public QGraphicsItem {
  public:
    enum { Type = UserType + 2 };

    LinkItem(const QString& name, const Theme& theme);

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    const QString& name() const { return name_; }
    /// What the lab file says of it.
    void showEntry(const LinkEntry& link);
    void showRun(const LinkView& view);
    void showNoRun();
    /// From the centre of one node to that of the other. `bend`: how far its middle lies beside the straight
    /// line, so that parallel cables part.
    void place(QPointF from, QPointF to, double bend);
    /// Where its name and what is drawn in its middle stand, as a part (0 to 1) of the way: beside the middle
    /// where another cable or its name is there.
    void setMiddle(double part);
    double middle() const { return middle_; }
    /// A part (0 to 1) of the way from centre to centre.
    QPointF along(double part) const;
    /// The cable runs so near to the point. Not known of one that is bent: false.
    bool passesNear(QPointF at, double distance) const;
    /// Drawn like that instead of as it is; nothing: as it is.
    void setTint(const std::optional<CableTint>& tint);
    const std::optional<CableTint>& tint() const { return tint_; }
    /// BGP sessions over it, as each end sees them; an empty state: none.
    void setSessions(const QString& atFirst, const QString& atSecond);
    const std::array<QString, 2>& sessions() const { return sessions_; }
    /// The place of a message that has gone this part (0 to 1) of its way from the rim of the first node to
    /// that of the second.
    QPointF pointAt(double part) const;
    const QString& firstNode() const { return nodes_[0]; }

  private:
    void paintCable(QPainter& painter) const;
    void paintLights(QPainter& painter, double zoom) const;
    void paintLight(QPainter& painter, QPointF at, EndView::Light light) const;
    void paintMiddle(QPainter& painter) const;
    void paintSessions(QPainter& painter) const;
    void paintTexts(QPainter& painter, double zoom) const;
    void write(QPainter& painter, QPointF at, const QString& text, const QColor& colour) const;
    void describe();
    double partAt(double distance) const;
    QColor paper() const;

    QString name_;
    const Theme& theme_;
    Label nameLabel_;
    std::array<QString, 2> nodes_;
    std::array<QString, 2> endTexts_;  ///< "eth0 1.1.1.1/30"
    std::array<EndView::Light, 2> lights_{};
    std::array<QString, 2> sessions_;
    QString properties_;
    Relation relation_ = Relation::None;
    double width_ = 2;
    std::optional<LinkView> run_;  ///< what was shown last
    bool runs_ = false;
    bool isUp_ = true;
    bool isSilent_ = false;
    bool isAdded_ = false;
    std::optional<CableTint> tint_;
    QPainterPath path_;
    QLineF line_;  ///< from centre to centre
    bool isStraight_ = true;
    double length_ = 0;
    double middle_ = 0.5;
};

}  // namespace peerscape::gui
