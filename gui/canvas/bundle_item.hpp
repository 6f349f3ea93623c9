#pragma once

#include <array>
#include <optional>
#include <vector>

#include <QGraphicsItem>
#include <QString>
#include <QStringList>

#include "gui/canvas/overlays.hpp"
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
    /// Who pays whom: how many of the links say so.
    struct Relations {
        std::size_t secondProvides = 0;  ///< what is seen at the first end is customer
        std::size_t firstProvides = 0;
        std::size_t peers = 0;
        std::size_t siblings = 0;

        friend bool operator==(const Relations&, const Relations&) = default;
    };
    void showRelations(const Relations& relations);
    /// Drawn like that instead of as it is; nothing: as it is.
    void setTint(const std::optional<CableTint>& tint);
    const std::optional<CableTint>& tint() const { return tint_; }
    /// BGP sessions over its links as one end sees them.
    struct Sessions {
        std::size_t established = 0;
        std::size_t all = 0;

        friend bool operator==(const Sessions&, const Sessions&) = default;
    };
    void setSessions(const Sessions& atFirst, const Sessions& atSecond);
    const std::array<Sessions, 2>& sessions() const { return sessions_; }
    /// What stands at its middle: how many links, how many of them work, and who pays whom.
    QString middleText() const;
    void place(QPointF from, QPointF to);
    const QStringList& links() const { return links_; }
    std::size_t failed() const { return failed_; }
    /// `part` 0: at the rim of the first end; 1: at that of the second.
    QPointF pointAt(double part) const;

  private:
    void describe();
    void paintSessions(QPainter& painter, double width) const;
    void paintProviders(QPainter& painter) const;
    void paintMiddle(QPainter& painter) const;
    void paintText(QPainter& painter) const;
    bool isDown() const { return failed_ == static_cast<std::size_t>(links_.size()); }

    const Theme& theme_;
    Relations relations_;
    std::optional<CableTint> tint_;
    std::array<Sessions, 2> sessions_{};
    QString from_;
    QString to_;
    QStringList links_;
    std::size_t failed_ = 0;
    QLineF line_;
};

}  // namespace peerscape::gui
