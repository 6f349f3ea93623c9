#include "gui/panels/charts_panel.hpp"

#include <QBarSet>
#include <QDockWidget>
#include <QHorizontalBarSeries>
#include <QValueAxis>

#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class ChartsWindow : public WindowTest {
  protected:
    void openCharts() {
        open(kSquare);
        auto* dock = window_.findChild<QDockWidget*>("charts");
        ASSERT_NE(dock, nullptr);
        dock->raise();
        settle();
        act("step");
        act("step");
        settle();
    }
    ChartsPanel& charts() { return window_.charts(); }
    const QLineSeries* line(const QString& name) {
        for (const QAbstractSeries* series : charts().chart().chart()->series()) {
            const auto* found = qobject_cast<const QLineSeries*>(series);
            if (found != nullptr && found->name() == name) return found;
        }
        ADD_FAILURE() << "no line " << name.toStdString();
        return nullptr;
    }
    static double mostOf(const QLineSeries& series) {
        double most = 0;
        for (const QPointF& point : series.points())
            most = std::max(most, point.y());
        return most;
    }
};

TEST_F(ChartsWindow, CountEveryMessageOfTheProtocol) {
    openCharts();
    const QLineSeries* rip = line("rip");
    ASSERT_NE(rip, nullptr);
    double area = 0;
    for (int i = 1; i < rip->count(); ++i)
        area += (rip->at(i).x() - rip->at(i - 1).x()) * rip->at(i).y();
    int messages = 0;
    for (std::size_t i = 0; i < shot().events.size(); ++i) {
        const EventRow& row = shot().events[i];
        if (row.kind == EventRow::Kind::Message && row.protocol == "rip") ++messages;
    }
    // An area of steps: how many messages times how long a column lasts.
    double width = 1e9;
    for (int i = 1; i < rip->count(); ++i) {
        const double step = rip->at(i).x() - rip->at(i - 1).x();
        if (step > 0 && rip->at(i).y() > 0) width = std::min(width, step);
    }
    EXPECT_NEAR(area / width, messages, 0.01);
}

TEST_F(ChartsWindow, DrawTheMetricAndReachability) {
    openCharts();
    charts().choose(ChartsPanel::Kind::Metric);
    charts().choosePrefix("10.4.0.0/16");
    const QLineSeries* atA = line("A");
    ASSERT_NE(atA, nullptr);
    EXPECT_EQ(mostOf(*atA), 3);
    charts().choose(ChartsPanel::Kind::Reachability);
    const QLineSeries* reachable = line("reachable");
    const QLineSeries* all = line("all");
    ASSERT_TRUE(reachable != nullptr && all != nullptr);
    EXPECT_EQ(reachable->points().back().y(), all->points().back().y()) << "healed";
    EXPECT_LT(reachable->points().front().y(), all->points().front().y());
}

TEST_F(ChartsWindow, CountChangesOfEveryRouter) {
    openCharts();
    charts().choose(ChartsPanel::Kind::Changes);
    const auto* bars = qobject_cast<QHorizontalBarSeries*>(charts().chart().chart()->series().front());
    ASSERT_NE(bars, nullptr);
    const QBarSet* set = bars->barSets().front();
    EXPECT_EQ(set->count(), 4);
    double changes = 0;
    for (int i = 0; i < set->count(); ++i)
        changes += set->at(i);
    int wanted = 0;
    for (std::size_t i = 0; i < shot().events.size(); ++i)
        wanted += shot().events[i].kind == EventRow::Kind::Route ? 1 : 0;
    EXPECT_EQ(changes, wanted);
}

TEST_F(ChartsWindow, AClickGoesToItsInstant) {
    openCharts();
    const SimTime end = shot().now;
    charts().chart().grab();
    const QRectF area = charts().chart().chart()->plotArea();
    const QPoint at = charts().chart().mapFromScene(charts().chart().chart()->mapToScene(area.center()));
    QTest::mouseClick(charts().chart().viewport(), Qt::LeftButton, {}, at);
    settle();
    EXPECT_NEAR(shot().now.sinceStart().inSeconds(), end.sinceStart().inSeconds() / 2, 1);
}

TEST_F(ChartsWindow, HaveNothingToDrawWithoutARun) {
    for (const auto kind : {ChartsPanel::Kind::Messages, ChartsPanel::Kind::Reachability,
                            ChartsPanel::Kind::Metric, ChartsPanel::Kind::Changes}) {
        charts().choose(kind);
        EXPECT_FALSE(charts().chart().grab().isNull());
    }
}

}  // namespace
}  // namespace peerscape::gui
