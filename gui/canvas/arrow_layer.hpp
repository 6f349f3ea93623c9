#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include <QElapsedTimer>
#include <QGraphicsItem>
#include <QString>
#include <QTimer>

namespace peerscape::gui {

class LabScene;

/// An arrow on the drawing, before anybody knows where: along a link, or straight from node to node.
struct LayerArrow {
    enum class Look : std::uint8_t {
        Way,        ///< packets go there
        Nowhere,    ///< packets go there, and to no end
        Told,       ///< told, and used
        ToldAside,  ///< told, and not used
    };
    QString from;
    QString to;
    QString link;  ///< empty: straight from node to node
    Look look = Look::Way;
    QString protocol;  ///< Told, ToldAside: gives the colour

    friend std::weak_ordering operator<=>(const LayerArrow&, const LayerArrow&) = default;
};

/// The arrows of the data plane and of the control plane. What changes is seen to change: an arrow of a node
/// that turns elsewhere swings there, one that is withdrawn blinks and fades. Where much changes at once, or
/// nobody wants to see things move, the new picture stands there at once.
class ArrowLayer final : public QGraphicsItem {
  public:
    explicit ArrowLayer(LabScene& scene);

    QRectF boundingRect() const override;
    /// Nothing: what lies below it is what the mouse means.
    QPainterPath shape() const override { return {}; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    /// The next picture. `isNews`: what differs from the one before has changed in the run, and is shown to
    /// change; false: somebody looks at something else.
    void show(std::vector<LayerArrow> arrows, bool isNews);
    void setStill(bool isStill);
    /// Arrows as they are, without those that only fade.
    const std::vector<LayerArrow>& arrows() const { return arrows_; }
    /// How many of them are just swinging, fading, or growing.
    std::size_t moving() const;

  private:
    struct Place {
        QPointF begin;
        QPointF end;
    };
    struct Swing {
        Place from;
        Place to;
        LayerArrow arrow;
    };

    std::optional<Place> placeOf(const LayerArrow& arrow) const;
    void compare(const std::vector<LayerArrow>& next);
    void advanceArrows();
    void paintArrow(QPainter& painter, const Place& place, const LayerArrow& arrow, double opacity) const;
    QColor colourOf(const LayerArrow& arrow) const;

    LabScene& scene_;
    std::vector<LayerArrow> arrows_;  ///< sorted
    std::vector<Swing> swinging_;
    std::vector<Swing> fading_;    ///< `from` alone counts
    std::set<LayerArrow> hidden_;  ///< present ones that are drawn as swinging_
    bool isStill_ = false;
    QTimer timer_;
    QElapsedTimer since_;
};

}  // namespace peerscape::gui
