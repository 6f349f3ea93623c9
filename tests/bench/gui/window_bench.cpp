// What a frame of the window costs with 1,000 routers and 2,000 links, painted without a screen.
#include <algorithm>
#include <ctime>
#include <vector>

#include <QApplication>
#include <QScrollBar>
#include <benchmark/benchmark.h>

#include "gui/app/main_window.hpp"
#include "scenarios/format/lab_writer.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape::gui {
namespace {

constexpr std::size_t kRows = 25;
constexpr std::size_t kColumns = 40;
constexpr std::size_t kLinks = 2000;
constexpr double kApart = 130;

std::string nameOf(std::size_t row, std::size_t column) {
    return "R" + std::to_string(row * kColumns + column);
}

LinkEntry linkBetween(const std::string& from, const std::string& to) {
    LinkEntry link;
    link.name = from + "-" + to;
    link.ends.resize(2);
    link.ends[0].node.name = from;
    link.ends[1].node.name = to;
    return link;
}

/// A grid under RIP, and diagonals until there are enough links.
LabFile campus() {
    LabFile lab;
    lab.title = "A thousand routers";
    for (std::size_t row = 0; row < kRows; ++row) {
        for (std::size_t column = 0; column < kColumns; ++column) {
            RouterEntry router;
            router.name = nameOf(row, column);
            router.at = {kApart * static_cast<double>(column), kApart * static_cast<double>(row)};
            router.protocols = {IntentProtocol::Rip};
            lab.routers.push_back(std::move(router));
            if (column > 0) lab.links.push_back(linkBetween(nameOf(row, column - 1), nameOf(row, column)));
            if (row > 0) lab.links.push_back(linkBetween(nameOf(row - 1, column), nameOf(row, column)));
        }
    }
    for (std::size_t i = 0; lab.links.size() < kLinks; ++i)
        lab.links.push_back(linkBetween(nameOf(i / 38, i % 38), nameOf(i / 38 + 1, i % 38 + 1)));
    return lab;
}

class CampusWindow {
  public:
    CampusWindow() {
        file_ = folder_.write("lab.yaml", writeLab(campus()));
        window_.resize(1400, 900);
        window_.show();
        QApplication::processEvents();
    }
    ~CampusWindow() { window_.session().finish(); }

    void open() {
        window_.openFile(QString::fromStdString(file_.string()));
        QApplication::processEvents();
        window_.view().viewport()->repaint();
    }
    /// What is due, and the drawing painted.
    void frame() {
        QApplication::processEvents();
        window_.view().viewport()->repaint();
    }
    MainWindow& window() { return window_; }

  private:
    TemporaryFolder folder_;
    std::filesystem::path file_;
    MainWindow window_;
};

/// The time that this thread has had the processor, in ms: what else the machine does is not the window's
/// doing.
double threadTime() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Every iteration is a frame; what 95 of 100 stay below is what is promised.
template <typename Move>
void measureFrames(benchmark::State& state, CampusWindow& campus, Move move) {
    std::vector<double> times;
    for (auto _ : state) {
        const double begin = threadTime();
        move(static_cast<int>(times.size()));
        campus.frame();
        times.push_back(threadTime() - begin);
    }
    std::ranges::sort(times);
    const auto at = [&](double part) {
        return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
    };
    state.counters["median_ms"] = at(0.5);
    state.counters["p95_ms"] = at(0.95);
    state.counters["worst_ms"] = times.back();
}

void open(benchmark::State& state) {
    CampusWindow campus;
    for (auto _ : state)
        campus.open();
}

void openUntilItCanRun(benchmark::State& state) {
    CampusWindow campus;
    for (auto _ : state) {
        campus.open();
        campus.window().session().finish();
    }
}

void pan(benchmark::State& state, bool isClose) {
    CampusWindow campus;
    campus.open();
    campus.window().session().finish();
    if (isClose) campus.window().view().resetZoom();
    QScrollBar& bar = *campus.window().view().horizontalScrollBar();
    measureFrames(state, campus, [&](int i) { bar.setValue(bar.value() + (i / 40 % 2 == 0 ? 15 : -15)); });
}

void zoom(benchmark::State& state) {
    CampusWindow campus;
    campus.open();
    campus.window().session().finish();
    measureFrames(state, campus,
                  [&](int i) { campus.window().view().zoomBy(i / 30 % 2 == 0 ? 1.08 : 1 / 1.08); });
}

void play(benchmark::State& state) {
    CampusWindow campus;
    campus.open();
    campus.window().session().finish();
    campus.window().session().play(Session::Pace::RealTime, 1);
    measureFrames(state, campus, [](int) {});
    campus.window().session().pause();
}

/// While the lab converges as fast as it goes, in its own thread: how long the window is deaf.
void converge(benchmark::State& state) {
    CampusWindow campus;
    campus.open();
    campus.window().session().finish();
    campus.window().scene().select({{nameOf(12, 20)}, {}, {}});
    campus.window().session().converge();
    measureFrames(state, campus, [](int) {});
    state.counters["still_runs"] = campus.window().session().isBusy() ? 1 : 0;
    campus.window().session().pause();
}

BENCHMARK(open)->Iterations(5)->Unit(benchmark::kMillisecond);
BENCHMARK(openUntilItCanRun)->Iterations(3)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(pan, all_in_sight, false)->Iterations(160)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(pan, close, true)->Iterations(160)->Unit(benchmark::kMillisecond);
BENCHMARK(zoom)->Iterations(180)->Unit(benchmark::kMillisecond);
BENCHMARK(converge)->Iterations(200)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(play)->Iterations(400)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace peerscape::gui

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setApplicationName("Peerscape benchmarks");
    QApplication::setOrganizationName("Peerscape tests");
    QApplication::setStyle("Fusion");
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
