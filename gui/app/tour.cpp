#include "gui/app/tour.hpp"

#include <algorithm>
#include <utility>

#include <QBoxLayout>
#include <QDockWidget>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include "gui/style/theme.hpp"

namespace peerscape::gui {

namespace {

constexpr int kBubbleWidth = 360;
constexpr int kGap = 14;
constexpr int kFrame = 4;  ///< between a thing and the light around it

}  // namespace

Tour::Tour(QWidget& window, std::vector<TourStop> stops)
    : QWidget(&window),
      stops_(std::move(stops)),
      bubble_(new QFrame(this)),
      text_(new QLabel),
      count_(new QLabel),
      back_(new QPushButton(tr("Back"))),
      next_(new QPushButton(tr("Next"))) {
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Guided tour"));
    auto* skip = new QPushButton(tr("Skip the tour"));
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::RichText);
    bubble_->setFrameShape(QFrame::StyledPanel);
    bubble_->setAutoFillBackground(true);
    for (QPushButton* button : {skip, back_, next_})
        button->setFocusPolicy(Qt::TabFocus);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(skip);
    buttons->addStretch(1);
    buttons->addWidget(count_);
    buttons->addWidget(back_);
    buttons->addWidget(next_);
    auto* column = new QVBoxLayout(bubble_);
    column->setContentsMargins(16, 14, 16, 12);
    column->addWidget(text_);
    column->addSpacing(8);
    column->addLayout(buttons);
    connect(skip, &QPushButton::clicked, this, &QWidget::close);
    connect(back_, &QPushButton::clicked, this, [this] { goTo(place_ - 1); });
    connect(next_, &QPushButton::clicked, this, [this] { goTo(place_ + 1); });
    window.installEventFilter(this);
    show();
    raise();
    setFocus();
    goTo(0);
}

void Tour::goTo(int place) {
    if (place >= length()) {
        close();
        return;
    }
    place_ = std::max(0, place);
    const TourStop& stop = stops_[static_cast<std::size_t>(place_)];
    if (auto* dock = qobject_cast<QDockWidget*>(stop.target)) {
        dock->show();
        dock->raise();
    }
    text_->setText(
        QString("<h3>%1</h3><p>%2</p>").arg(stop.title.toHtmlEscaped(), stop.text.toHtmlEscaped()));
    setAccessibleDescription(stop.title + ". " + stop.text);
    count_->setText(QString("%1 / %2").arg(place_ + 1).arg(length()));
    back_->setEnabled(place_ > 0);
    next_->setText(place_ + 1 == length() ? tr("Done") : tr("Next"));
    arrange();
}

QRect Tour::lit() const {
    const QWidget* target = stops_[static_cast<std::size_t>(place_)].target;
    if (target == nullptr || !target->isVisible()) return {};
    const QPoint corner = mapFromGlobal(target->mapToGlobal(QPoint(0, 0)));
    return QRect(corner, target->size()).adjusted(-kFrame, -kFrame, kFrame, kFrame).intersected(rect());
}

void Tour::arrange() {
    setGeometry(parentWidget()->rect());
    const QSize size(kBubbleWidth, std::max(bubble_->layout()->heightForWidth(kBubbleWidth),
                                            bubble_->layout()->minimumSize().height()) +
                                       kFrame);
    const QRect light = lit();
    QRect place(rect().center() - QPoint(size.width() / 2, size.height() / 2), size);
    if (!light.isEmpty()) {
        // Beside it where there is room, else above or below it, else inside.
        if (width() - light.right() > size.width() + kGap) {
            place.moveTopLeft({light.right() + kGap, light.center().y() - size.height() / 2});
        } else if (light.left() > size.width() + kGap) {
            place.moveTopRight({light.left() - kGap, light.center().y() - size.height() / 2});
        } else if (height() - light.bottom() > size.height() + kGap) {
            place.moveTopLeft({light.center().x() - size.width() / 2, light.bottom() + kGap});
        } else if (light.top() > size.height() + kGap) {
            place.moveBottomLeft({light.center().x() - size.width() / 2, light.top() - kGap});
        }
    }
    const QRect free = rect().adjusted(kGap, kGap, -kGap, -kGap);
    place.moveLeft(std::clamp(place.left(), free.left(), std::max(free.left(), free.right() - size.width())));
    place.moveTop(std::clamp(place.top(), free.top(), std::max(free.top(), free.bottom() - size.height())));
    bubble_->setGeometry(place);
    update();
}

void Tour::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shade;
    shade.addRect(rect());
    const QRect light = lit();
    if (!light.isEmpty()) shade.addRoundedRect(light, 6, 6);
    QColor dim(Qt::black);
    dim.setAlpha(theme.isDark ? 170 : 120);
    painter.fillPath(shade, dim);
    if (light.isEmpty()) return;
    painter.setPen(QPen(theme.accent, 3));
    painter.drawRoundedRect(light, 6, 6);
}

void Tour::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Escape:
            close();
            return;
        case Qt::Key_Right:
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            goTo(place_ + 1);
            return;
        case Qt::Key_Left:
            goTo(place_ - 1);
            return;
        default:
            event->accept();  // Shortcuts of the window wait until the tour is over.
    }
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) arrange();
    return QWidget::eventFilter(watched, event);
}

}  // namespace peerscape::gui
