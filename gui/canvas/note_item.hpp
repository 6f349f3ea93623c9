#pragma once

#include <cstddef>

#include <QGraphicsItem>
#include <QString>

#include "gui/style/theme.hpp"
#include "scenarios/format/lab_file.hpp"

namespace peerscape::gui {

/// A note: a sheet with words on it, as wide as they are up to a limit, where they wrap. It lies below cables
/// and nodes, and its place is that of its upper left corner.
class NoteItem final : public QGraphicsItem {
  public:
    enum { Type = UserType + 6 };

    /// `index`: its place in the lab's list.
    NoteItem(std::size_t index, const Theme& theme);

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    std::size_t index() const { return index_; }
    void showEntry(const NoteEntry& note);
    const QString& text() const { return text_; }
    /// The sheet, in the units of the drawing.
    QRectF sheet() const { return {QPointF(0, 0), size_}; }
    /// What a sheet for this text would take up.
    static QSizeF sizeOf(const QString& text);

  private:
    std::size_t index_;
    const Theme& theme_;
    QString text_;
    QSizeF size_;
};

}  // namespace peerscape::gui
