#include "gui/panels/time_strip.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "gui/style/theme.hpp"

namespace peerscape::gui {

namespace {

constexpr double kMargin = 12;
constexpr double kNear = 6;  ///< pixels: what is meant by "at the mark"

/// 1, 2 or 5 times a power of ten: about `wanted` seconds.
double roundStep(double wanted) {
    const double power = std::pow(10, std::floor(std::log10(std::max(wanted, 1e-9))));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= wanted) return power * factor;
    }
    return power * 10;
}

}  // namespace

TimeStrip::TimeStrip(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Time of the lab"));
    setCursor(Qt::PointingHandCursor);
}

QRectF TimeStrip::lane() const {
    return {kMargin, 14, std::max(1.0, width() - 2 * kMargin), height() - 30.0};
}

void TimeStrip::show(const SnapshotPtr& shot) {
    shot_ = shot;
    constexpr Duration kLeast = Duration::seconds(1);
    if (shot) {
        const Duration furthest = shot->furthest.sinceStart();
        end_ = SimTime::after(std::max(kLeast, furthest + furthest / 20));
    }
    if (shot) {
        density_.show(*shot);
    } else {
        density_.clear();
    }
    update();
}

SimTime TimeStrip::timeAt(double x) const {
    const double part = std::clamp((x - lane().left()) / lane().width(), 0.0, 1.0);
    return SimTime::atNanoseconds(static_cast<std::int64_t>(part * static_cast<double>(end_.count())));
}

double TimeStrip::xOf(SimTime time) const {
    if (end_ == SimTime::start()) return lane().left();
    return lane().left() +
           lane().width() * static_cast<double>(time.count()) / static_cast<double>(end_.count());
}

void TimeStrip::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(lane(), 5, 5);
    if (!shot_) {
        painter.setPen(theme.faintText);
        painter.drawText(lane(), Qt::AlignCenter, tr("Draw a network or open a lab; then time can run."));
        return;
    }
    paintDensity(painter);
    paintScale(painter);
    paintMarks(painter);
    // What has been, and what is known to come.
    const double now = xOf(shot_->now);
    QColor past = theme.accent;
    past.setAlpha(34);
    painter.setPen(Qt::NoPen);
    painter.setBrush(past);
    painter.drawRect(QRectF(QPointF(lane().left(), lane().top()), QPointF(now, lane().bottom())));
    QColor beyond = palette().color(QPalette::Window);
    beyond.setAlpha(190);
    painter.setBrush(beyond);
    painter.drawRect(QRectF(QPointF(xOf(shot_->furthest), lane().top()), lane().bottomRight()));
    painter.setPen(QPen(theme.accent, 2));
    painter.drawLine(QPointF(now, lane().top() - 4), QPointF(now, lane().bottom() + 2));
    painter.setBrush(theme.accent);
    painter.setPen(QPen(palette().color(QPalette::Window), 1.5));
    painter.drawEllipse(QPointF(now, lane().top() - 4), 5.5, 5.5);
}

/// Messages as an area (square roots, so that few are seen beside many), changes of tables as strokes below.
void TimeStrip::paintDensity(QPainter& painter) const {
    const Theme& theme = Theme::of(palette());
    const std::vector<EventDensity::Step>& steps = density_.steps();
    int most = 1;
    for (const EventDensity::Step& step : steps)
        most = std::max(most, step.messages);
    const double width = lane().width() * density_.stepSeconds() / end_.sinceStart().inSeconds();
    QColor area = theme.ofProtocol("bgp");
    area.setAlpha(110);
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const double x = lane().left() + static_cast<double>(i) * width;
        if (x > lane().right()) break;
        const double seen = std::min(width, lane().right() - x);
        if (steps[i].messages > 0) {
            const double h = std::sqrt(static_cast<double>(steps[i].messages) / most) * (lane().height() - 6);
            painter.setBrush(area);
            painter.drawRect(QRectF(x, lane().bottom() - h, seen + 0.3, h));
        }
        if (steps[i].changes > 0) {
            painter.setBrush(theme.waiting);
            painter.drawRect(QRectF(x, lane().bottom() - 4, std::max(2.0, seen), 4));
        }
    }
}

void TimeStrip::paintScale(QPainter& painter) const {
    const double length = end_.sinceStart().inSeconds();
    const double step = roundStep(length * 90 / std::max(1.0, lane().width()));
    QFont font = painter.font();
    font.setPixelSize(10);
    painter.setFont(font);
    painter.setPen(Theme::of(palette()).faintText);
    for (double t = 0; t <= length; t += step) {
        const double x = lane().left() + lane().width() * t / length;
        painter.drawLine(QPointF(x, lane().bottom()), QPointF(x, lane().bottom() + 3));
        painter.drawText(QRectF(x - 40, lane().bottom() + 2, 80, 14), Qt::AlignHCenter | Qt::AlignTop,
                         tr("%1 s").arg(QString::number(t, 'g', 6)));
    }
}

/// A fault or edit: a triangle from above. A step of the lab file: a flag. Convergence: a tick.
void TimeStrip::paintMarks(QPainter& painter) const {
    const Theme& theme = Theme::of(palette());
    for (const TimeMark& mark : shot_->marks) {
        const double x = xOf(mark.time);
        const double top = lane().top();
        switch (mark.kind) {
            case TimeMark::Kind::Action:
                painter.setPen(Qt::NoPen);
                painter.setBrush(theme.bad);
                painter.drawPolygon(QPolygonF{{x - 5, top - 9}, {x + 5, top - 9}, {x, top}});
                painter.setPen(QPen(theme.bad, 1));
                painter.drawLine(QPointF(x, top), QPointF(x, lane().bottom()));
                break;
            case TimeMark::Kind::Step:
                painter.setPen(QPen(theme.accent, 1));
                painter.drawLine(QPointF(x, top - 10), QPointF(x, lane().bottom()));
                painter.setBrush(theme.accent);
                painter.drawPolygon(QPolygonF{{x, top - 10}, {x + 8, top - 7}, {x, top - 4}});
                break;
            case TimeMark::Kind::Converged:
                painter.setPen(QPen(theme.good, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
                painter.drawPolyline(QPolygonF{{x - 4, top + 8}, {x - 1, top + 11}, {x + 5, top + 4}});
                break;
        }
    }
}

const TimeMark* TimeStrip::markAt(double x) const {
    if (!shot_) return nullptr;
    for (const TimeMark& mark : shot_->marks) {
        if (std::abs(xOf(mark.time) - x) < kNear) return &mark;
    }
    return nullptr;
}

void TimeStrip::mousePressEvent(QMouseEvent* event) {
    if (!shot_ || event->button() != Qt::LeftButton) return;
    const TimeMark* mark = markAt(event->position().x());
    const SimTime time = mark != nullptr ? mark->time : timeAt(event->position().x());
    Q_EMIT picked(std::min(time, shot_->furthest).count());
}

void TimeStrip::mouseMoveEvent(QMouseEvent* event) {
    if (!shot_ || (event->buttons() & Qt::LeftButton) == 0) return;
    Q_EMIT picked(std::min(timeAt(event->position().x()), shot_->furthest).count());
}

void TimeStrip::keyPressEvent(QKeyEvent* event) {
    if (!shot_) return;
    if (event->key() == Qt::Key_Home) {
        Q_EMIT picked(0);
    } else if (event->key() == Qt::Key_End) {
        Q_EMIT picked(shot_->furthest.count());
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool TimeStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && shot_) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const TimeMark* mark = markAt(help->pos().x());
        const SimTime time = mark != nullptr ? mark->time : timeAt(help->pos().x());
        QString text = QString::fromStdString(toString(time));
        if (mark != nullptr) text += "\n" + QString::fromStdString(mark->text);
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QWidget::event(event);
}

}  // namespace peerscape::gui
