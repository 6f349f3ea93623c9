#pragma once

#include <QColor>
#include <QFont>
#include <QPainter>
#include <QPointF>
#include <QStaticText>
#include <QString>

namespace peerscape::gui {

/// A word on the drawing, on paper of its own since cables may run below it. It grows with the drawing by
/// whole points of the screen only: so its letters are sharp, and are drawn once for each size instead of
/// once for each zoom.
class Label {
  public:
    /// The font's pixel size is its height in units of the drawing.
    explicit Label(const QFont& font) : font_(font) {}

    void setText(const QString& text);
    QString text() const { return words_.text(); }
    /// `top`: the middle of its upper edge.
    void paint(QPainter& painter, QPointF top, const QColor& colour, const QColor& paper) const;

  private:
    QFont font_;
    // As it was painted last: preparing the words for a size costs more than painting them.
    mutable QStaticText words_;
    mutable QFont sized_;
    mutable int size_ = 0;
};

}  // namespace peerscape::gui
