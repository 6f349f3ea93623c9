#include "gui/canvas/note_item.hpp"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace peerscape::gui {

namespace {

constexpr double kWidest = 300;  ///< of the text
constexpr double kNotePad = 10;
constexpr double kEar = 13;  ///< the corner that is turned down
constexpr int kWrap = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;

QFont noteFont() {
    QFont font;
    font.setPixelSize(15);
    return font;
}

/// `share` of `colour` on the other one.
QColor mixed(const QColor& colour, const QColor& other, double share) {
    const auto part = [share](int a, int b) {
        return static_cast<int>(std::lround(share * a + (1 - share) * b));
    };
    return {part(colour.red(), other.red()), part(colour.green(), other.green()),
            part(colour.blue(), other.blue())};
}

}  // namespace

NoteItem::NoteItem(std::size_t index, const Theme& theme) : index_(index), theme_(theme) {
    setFlags(ItemIsSelectable | ItemIsFocusable | ItemIsMovable);
    // Above hulls, and below everything that the note may be about.
    setZValue(-10);
}

QSizeF NoteItem::sizeOf(const QString& text) {
    const QFontMetricsF metrics(noteFont());
    const QRectF room(0, 0, kWidest, 1e6);
    // A word that is wider than the sheet makes it wider: nothing of a note is cut off.
    const QRectF words = metrics.boundingRect(room, kWrap, text);
    return {std::ceil(std::max(words.width(), 24.0)) + 2 * kNotePad + kEar / 2,
            std::ceil(words.height()) + 2 * kNotePad};
}

void NoteItem::showEntry(const NoteEntry& note) {
    QString text = QString::fromStdString(note.text);
    while (text.endsWith('\n'))
        text.chop(1);
    setPos(note.at[0], note.at[1]);
    if (text == text_) return;
    prepareGeometryChange();
    text_ = text;
    size_ = sizeOf(text_);
    setToolTip(QCoreApplication::translate("NoteItem", "Note: %1").arg(QString(text_).replace('\n', ' ')));
    update();
}

QRectF NoteItem::boundingRect() const { return sheet().adjusted(-5, -5, 5, 5); }

void NoteItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF box = sheet();
    const QPointF fold = box.topRight() + QPointF(-kEar, kEar);
    const QPolygonF paper{{box.topLeft(), box.topRight() + QPointF(-kEar, 0),
                           box.topRight() + QPointF(0, kEar), box.bottomRight(), box.bottomLeft()}};
    if (isSelected()) {
        QColor halo = theme_.accent;
        halo.setAlpha(80);
        painter->setPen(QPen(halo, 9, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolygon(paper);
    }
    const QColor edge = mixed(theme_.waiting, theme_.outline, 0.6);
    painter->setPen(
        QPen(isSelected() ? theme_.accent : edge, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(mixed(theme_.waiting, theme_.surface, theme_.isDark ? 0.16 : 0.14));
    painter->drawPolygon(paper);
    painter->setBrush(mixed(theme_.waiting, theme_.surface, theme_.isDark ? 0.4 : 0.45));
    painter->drawPolygon(
        QPolygonF{{box.topRight() + QPointF(-kEar, 0), fold, box.topRight() + QPointF(0, kEar)}});
    if (option->levelOfDetailFromTransform(painter->worldTransform()) < 0.2) return;
    painter->setFont(noteFont());
    painter->setPen(theme_.text);
    // As much wider than measured as no text engine rounds: a word must not wrap that did not when measured.
    painter->drawText(box.adjusted(kNotePad, kNotePad, -kNotePad + 2, kNotePad), kWrap, text_);
}

}  // namespace peerscape::gui
