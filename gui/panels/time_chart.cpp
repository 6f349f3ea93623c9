#include "gui/panels/time_chart.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include <QApplication>
#include <QBarCategoryAxis>
#include <QBarSet>
#include <QCoreApplication>
#include <QHorizontalBarSeries>
#include <QLegendMarker>
#include <QMouseEvent>
#include <QValueAxis>

#include "gui/style/theme.hpp"

namespace peerscape::gui {

namespace {

/// So many routers have a line or a bar of their own; more could not be told apart.
constexpr std::size_t kMostRouters = 24;

QString said(const char* text) { return QCoreApplication::translate("Charts", text); }
double secondsOf(SimTime time) { return time.sinceStart().inSeconds(); }

QChart* newChart() {
    auto* chart = new QChart;
    const QPalette palette = QApplication::palette();
    chart->setBackgroundBrush(palette.color(QPalette::Base));
    chart->setBackgroundRoundness(0);
    chart->setMargins({4, 4, 4, 4});
    chart->legend()->setAlignment(Qt::AlignRight);
    chart->legend()->setLabelColor(palette.color(QPalette::Text));
    return chart;
}

void style(QAbstractAxis* axis) {
    const QPalette palette = QApplication::palette();
    axis->setLabelsColor(palette.color(QPalette::Text));
    axis->setTitleBrush(palette.color(QPalette::Text));
    axis->setGridLineColor(Theme::of(palette).grid);
}

/// Time below, whole numbers at the left.
void addAxes(QChart* chart, SimTime end, double most, const QString& what) {
    auto* time = new QValueAxis;
    time->setRange(0, std::max(1e-6, secondsOf(end)));
    time->setTitleText(said(QT_TRANSLATE_NOOP("Charts", "seconds of the lab")));
    auto* value = new QValueAxis;
    value->setRange(0, std::max(1.0, most * 1.05));
    value->setLabelFormat("%.0f");
    value->setTitleText(what);
    for (QAbstractAxis* axis : {time, value})
        style(axis);
    chart->addAxis(time, Qt::AlignBottom);
    chart->addAxis(value, Qt::AlignLeft);
    for (QAbstractSeries* series : chart->series()) {
        series->attachAxis(time);
        series->attachAxis(value);
    }
}

QLineSeries* addLine(QChart* chart, const QString& name, const QColor& colour, Qt::PenStyle pen) {
    auto* line = new QLineSeries;
    line->setName(name);
    line->setPen(QPen(colour, 2, pen));
    chart->addSeries(line);
    return line;
}

}  // namespace

TimeChart::TimeChart(QWidget* parent) : QChartView(parent) {
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
}

void TimeChart::show(QChart* chart, bool isOverTime) {
    QChart* old = this->chart();
    line_ = nullptr;
    setChart(chart);
    delete old;
    if (!isOverTime) return;
    line_ = new QLineSeries;
    line_->setPen(QPen(Theme::of(palette()).accent, 1.5, Qt::DashLine));
    chart->addSeries(line_);
    for (QAbstractAxis* axis : chart->axes())
        line_->attachAxis(axis);
    for (QLegendMarker* marker : chart->legend()->markers(line_))
        marker->setVisible(false);
    top_ = qobject_cast<QValueAxis*>(chart->axes(Qt::Vertical).front())->max();
    placeLine();
}

void TimeChart::setNow(SimTime now) {
    now_ = now;
    placeLine();
}

void TimeChart::placeLine() {
    if (line_ == nullptr) return;
    line_->replace(QList<QPointF>{{secondsOf(now_), 0}, {secondsOf(now_), top_}});
}

void TimeChart::mousePressEvent(QMouseEvent* event) {
    QChartView::mousePressEvent(event);
    if (line_ == nullptr || event->button() != Qt::LeftButton) return;
    const QPointF inChart = chart()->mapFromScene(mapToScene(event->position().toPoint()));
    if (!chart()->plotArea().contains(inChart)) return;
    const double seconds = std::max(0.0, chart()->mapToValue(inChart, line_).x());
    Q_EMIT picked(static_cast<qint64>(seconds * 1e9));
}

QChart* messagesChart(const Review& review) {
    QChart* chart = newChart();
    const report::Buckets& counts = review.data.messages;
    const Theme& theme = Theme::of(QApplication::palette());
    for (const report::ProtocolSeries& protocol : review.data.protocols) {
        const QString name = QString::fromStdString(protocol.protocol);
        QLineSeries* line = addLine(chart, name, theme.ofProtocol(name), Qt::SolidLine);
        const auto row = counts.rows().find(protocol.row);
        if (row == counts.rows().end()) continue;
        QList<QPointF> points;
        for (const auto& [column, count] : row->second) {
            const double begin = secondsOf(counts.beginOf(column));
            const double end = secondsOf(counts.beginOf(column + 1));
            if (points.isEmpty() || points.back().x() < begin) points << QPointF(begin, 0);
            points << QPointF(begin, static_cast<double>(count)) << QPointF(end, static_cast<double>(count));
            if (!row->second.contains(column + 1)) points << QPointF(end, 0);
        }
        line->replace(points);
    }
    addAxes(chart, review.data.end, static_cast<double>(counts.most()),
            said(QT_TRANSLATE_NOOP("Charts", "messages in %1"))
                .arg(QString::fromStdString(toString(counts.width()))));
    return chart;
}

QChart* reachabilityChart(const Review& review) {
    QChart* chart = newChart();
    const Theme& theme = Theme::of(QApplication::palette());
    QLineSeries* reachable =
        addLine(chart, said(QT_TRANSLATE_NOOP("Charts", "reachable")), theme.good, Qt::SolidLine);
    QLineSeries* all = addLine(chart, said(QT_TRANSLATE_NOOP("Charts", "all")), theme.muted, Qt::DashLine);
    double most = 0;
    const auto add = [](QLineSeries* line, double time, double value) {
        if (line->count() > 0) line->append(time, line->at(line->count() - 1).y());
        line->append(time, value);
    };
    for (const report::Reachability& point : review.data.reachability) {
        add(reachable, secondsOf(point.time), static_cast<double>(point.reachable));
        add(all, secondsOf(point.time), static_cast<double>(point.all));
        most = std::max(most, static_cast<double>(point.all));
    }
    for (QLineSeries* line : {reachable, all}) {
        if (line->count() > 0) line->append(secondsOf(review.data.end), line->at(line->count() - 1).y());
    }
    addAxes(chart, review.data.end, most, said(QT_TRANSLATE_NOOP("Charts", "pairs of a node and a network")));
    return chart;
}

QChart* metricChart(const Review& review, const QString& prefix) {
    QChart* chart = newChart();
    const Theme& theme = Theme::of(QApplication::palette());
    const auto place = std::ranges::find(review.prefixes, prefix.toStdString()) - review.prefixes.begin();
    struct Router {
        QColor colour;
        Qt::PenStyle pen = Qt::SolidLine;
        QLineSeries* piece = nullptr;  ///< null: it has no route at present
        bool isNamed = false;          ///< the legend has it
    };
    std::map<std::uint32_t, Router> routers;
    double most = 0;
    for (const Review::RouteChange& change : review.changes) {
        if (change.prefix != place) continue;
        auto found = routers.find(change.node);
        if (found == routers.end()) {
            if (routers.size() == kMostRouters) continue;
            const auto index = static_cast<int>(routers.size());
            constexpr std::array kPens{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
            const Router fresh{theme.ofGroup(index),
                               kPens[static_cast<std::size_t>(index / 6) % kPens.size()], nullptr, false};
            found = routers.emplace(change.node, fresh).first;
        }
        Router& router = found->second;
        const double time = secondsOf(change.time);
        if (router.piece != nullptr)
            router.piece->append(time, router.piece->at(router.piece->count() - 1).y());
        if (!change.metric) {
            router.piece = nullptr;
            continue;
        }
        if (router.piece == nullptr) {
            const QString name = QString::fromStdString(review.data.drawing.nodes[change.node].name);
            router.piece = addLine(chart, name, router.colour, router.pen);
            const bool isFurther = std::exchange(router.isNamed, true);
            for (QLegendMarker* marker : chart->legend()->markers(router.piece))
                marker->setVisible(!isFurther);
        }
        router.piece->append(time, *change.metric);
        most = std::max(most, static_cast<double>(*change.metric));
    }
    for (auto& [node, router] : routers) {
        if (router.piece != nullptr)
            router.piece->append(secondsOf(review.data.end), router.piece->at(router.piece->count() - 1).y());
    }
    addAxes(chart, review.data.end, most, said(QT_TRANSLATE_NOOP("Charts", "metric of %1")).arg(prefix));
    return chart;
}

QChart* changesChart(const Review& review) {
    QChart* chart = newChart();
    std::map<std::size_t, std::uint64_t> counts;
    for (const report::Step& step : review.data.steps) {
        for (const report::RouterConvergence& router : step.routers)
            counts[router.node] += router.changes;
    }
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    for (const auto& [node, count] : counts)
        order.emplace_back(count, node);
    std::ranges::sort(order, std::greater());
    order.resize(std::min(order.size(), kMostRouters));
    // A bar chart begins at the bottom.
    std::ranges::reverse(order);
    auto* set = new QBarSet(said(QT_TRANSLATE_NOOP("Charts", "changes of routes")));
    set->setColor(Theme::of(QApplication::palette()).accent);
    QStringList names;
    for (const auto& [count, node] : order) {
        *set << static_cast<double>(count);
        names << QString::fromStdString(review.data.drawing.nodes[node].name);
    }
    auto* bars = new QHorizontalBarSeries;
    bars->append(set);
    bars->setLabelsVisible(true);
    chart->addSeries(bars);
    auto* routers = new QBarCategoryAxis;
    routers->append(names);
    auto* value = new QValueAxis;
    value->setRange(0, order.empty() ? 1 : static_cast<double>(order.back().first) * 1.05);
    value->setLabelFormat("%.0f");
    for (QAbstractAxis* axis : std::initializer_list<QAbstractAxis*>{routers, value})
        style(axis);
    chart->addAxis(routers, Qt::AlignLeft);
    chart->addAxis(value, Qt::AlignBottom);
    bars->attachAxis(routers);
    bars->attachAxis(value);
    return chart;
}

}  // namespace peerscape::gui
