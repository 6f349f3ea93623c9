#pragma once

#include <QGraphicsItem>
#include <QString>

#include "gui/style/theme.hpp"
#include "scenarios/format/lab_file.hpp"

namespace peerscape::gui {

/// A building, an AS, a site: the hull around what lies in it, with its title and AS number.
class GroupItem final : public QGraphicsItem {
  public:
    enum { Type = UserType + 4 };

    /// `depth`: how many groups it lies in. `index`: its place in the lab, which gives its tint.
    GroupItem(const QString& name, int depth, int index, const Theme& theme);

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    const QString& name() const { return name_; }
    void showEntry(const GroupEntry& group);
    /// The corners of what lies in it. Fewer than one: the group is empty and not drawn.
    void place(const QPolygonF& corners);
    /// Closed: one icon there, for all that lies in it.
    void placeIcon(QPointF centre);
    bool isFolded() const { return isFolded_; }
    /// What the icon of a closed group says of what it hides.
    struct Hidden {
        std::size_t nodes = 0;
        bool isUnsettled = false;  ///< one of them still expects changes
        bool isCutOff = false;     ///< all cables of one of them are pulled

        friend bool operator==(const Hidden&, const Hidden&) = default;
    };
    void showHidden(const Hidden& hidden);
    const Hidden& hidden() const { return inside_; }
    /// Whether a point lies in the hull, or on the icon.
    bool covers(QPointF at) const;
    int depth() const { return depth_; }
    void setDepth(int depth);
    /// Where the title of an open group stands: at its upper edge, or where that is taken at its lower one.
    enum class TitleSide { Above, Below };
    void setTitleSide(TitleSide side);
    TitleSide titleSide() const { return titleSide_; }
    /// What the title takes up there, in the units of the drawing.
    QRectF titleBox(TitleSide side) const;
    /// What the open group takes up without its title.
    QRectF hullBox() const { return hull_.boundingRect(); }
    /// The lines of the title; no wider than the group where words can be parted.
    QString titleText() const;
    /// What is dragged would lie in it if it were dropped now.
    void setTarget(bool isTarget);

  private:
    void describe();
    void paintIcon(QPainter& painter) const;
    QRectF titleBox() const { return titleBox(titleSide_); }

    QString name_;
    QString title_;
    QString number_;  ///< "AS 65001"; empty: none, or the title says it
    QString kind_;
    QColor tint_;
    const Theme& theme_;
    QPainterPath hull_;  ///< closed: around the icon
    bool isFolded_ = false;
    bool isTarget_ = false;
    Hidden inside_;
    int depth_ = 0;
    TitleSide titleSide_ = TitleSide::Above;
};

}  // namespace peerscape::gui
