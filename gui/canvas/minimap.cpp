#include "gui/canvas/minimap.hpp"

#include <algorithm>

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include "gui/canvas/bundle_item.hpp"
#include "gui/canvas/group_item.hpp"
#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/canvas/note_item.hpp"

namespace peerscape::gui {

namespace {

constexpr QSize kSize(190, 130);
constexpr int kMapMargin = 10;  ///< from the corner of the view
constexpr double kInset = 6;
constexpr double kAround = 60;  ///< units of the drawing that are left free around it
constexpr int kMoment = 120;    ///< ms

}  // namespace

Minimap::Minimap(LabScene& scene, CanvasView& view) : QWidget(&view), scene_(scene), view_(view) {
    setFixedSize(kSize);
    setAccessibleName(tr("Minimap"));
    setToolTip(tr("The whole drawing; a click brings its place into sight"));
    setCursor(Qt::PointingHandCursor);
    soon_.setSingleShot(true);
    soon_.setInterval(kMoment);
    connect(&soon_, &QTimer::timeout, this, [this] {
        picture_ = QPixmap();
        update();
    });
    const auto later = [this] {
        if (isVisible() && !soon_.isActive()) soon_.start();
    };
    // Not QGraphicsScene::changed(): as soon as anybody listens to that, every frame of the view costs more.
    connect(&scene_, &LabScene::arranged, this, later);
    connect(&scene_, &QGraphicsScene::selectionChanged, this, later);
    connect(&view_, &CanvasView::zoomed, this, later);
    for (QScrollBar* bar : {view_.horizontalScrollBar(), view_.verticalScrollBar()})
        connect(bar, &QScrollBar::valueChanged, this, later);
    view_.installEventFilter(this);
    place();
}

bool Minimap::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &view_ && event->type() == QEvent::Resize) place();
    return QWidget::eventFilter(watched, event);
}

void Minimap::place() {
    move(view_.width() - width() - kMapMargin, view_.height() - height() - kMapMargin);
    raise();
}

void Minimap::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    picture_ = QPixmap();
    place();
}

void Minimap::measure() {
    shown_ = {};
    for (const QGraphicsItem* item : scene_.items()) {
        const bool isDrawn = dynamic_cast<const NodeItem*>(item) != nullptr ||
                             dynamic_cast<const GroupItem*>(item) != nullptr ||
                             dynamic_cast<const NoteItem*>(item) != nullptr;
        if (isDrawn && item->isVisible()) shown_ |= item->sceneBoundingRect();
    }
    shown_.adjust(-kAround, -kAround, kAround, kAround);
}

QPointF Minimap::onMap(QPointF at) const {
    const double scale =
        std::min((width() - 2 * kInset) / shown_.width(), (height() - 2 * kInset) / shown_.height());
    return QPointF(width() / 2.0, height() / 2.0) + (at - shown_.center()) * scale;
}

QPointF Minimap::inDrawing(QPointF at) const {
    const double scale =
        std::min((width() - 2 * kInset) / shown_.width(), (height() - 2 * kInset) / shown_.height());
    return shown_.center() + (at - QPointF(width() / 2.0, height() / 2.0)) / scale;
}

void Minimap::paintItems(QPainter& painter) const {
    constexpr double kDot = 2.5;
    const Theme& theme = scene_.theme();
    const QList<QGraphicsItem*> items = scene_.items(Qt::AscendingOrder);
    for (const QGraphicsItem* item : items) {
        if (!item->isVisible()) continue;
        if (const auto* group = dynamic_cast<const GroupItem*>(item)) {
            const QRectF box = group->sceneBoundingRect();
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.grid);
            painter.drawRoundedRect(QRectF(onMap(box.topLeft()), onMap(box.bottomRight())), 3, 3);
        } else if (const auto* note = dynamic_cast<const NoteItem*>(item)) {
            const QRectF box = note->sceneBoundingRect();
            painter.setPen(QPen(theme.waiting, 0.8));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(QRectF(onMap(box.topLeft()), onMap(box.bottomRight())));
        } else if (const auto* link = dynamic_cast<const LinkItem*>(item)) {
            painter.setPen(QPen(theme.cable, 0.8));
            painter.drawLine(onMap(link->pointAt(0)), onMap(link->pointAt(1)));
        } else if (const auto* bundle = dynamic_cast<const BundleItem*>(item)) {
            painter.setPen(QPen(theme.cable, 1.6));
            painter.drawLine(onMap(bundle->pointAt(0)), onMap(bundle->pointAt(1)));
        }
    }
    for (const QGraphicsItem* item : items) {
        const auto* node = dynamic_cast<const NodeItem*>(item);
        if (node == nullptr || !node->isVisible()) continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(node->isSelected() ? theme.accent : theme.outline);
        painter.drawEllipse(onMap(node->pos()), kDot, kDot);
    }
}

/// What lies below moves with every frame, and then this is painted as well: hence the picture that is kept.
void Minimap::paintEvent(QPaintEvent*) {
    if (picture_.isNull()) draw();
    QPainter(this).drawPixmap(0, 0, picture_);
}

void Minimap::draw() {
    ++drawCount_;
    measure();
    const Theme& theme = scene_.theme();
    picture_ = QPixmap(size() * devicePixelRatioF());
    picture_.setDevicePixelRatio(devicePixelRatioF());
    picture_.fill(Qt::transparent);
    QPainter painter(&picture_);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.muted, 1));
    QColor paper = theme.surface;
    paper.setAlpha(235);
    painter.setBrush(paper);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setClipRect(rect().adjusted(2, 2, -2, -2));
    paintItems(painter);
    const QRectF sight = view_.mapToScene(view_.viewport()->rect()).boundingRect();
    painter.setPen(QPen(theme.accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(onMap(sight.topLeft()), onMap(sight.bottomRight())));
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) view_.centreOn(inDrawing(event->position()));
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
    if ((event->buttons() & Qt::LeftButton) != 0) view_.centreOn(inDrawing(event->position()));
}

}  // namespace peerscape::gui
