#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "scenarios/report/axis.hpp"
#include "scenarios/report/charts.hpp"
#include "scenarios/report/markup.hpp"
#include "scenarios/report/svg.hpp"

namespace peerscape::report {

namespace {

class Timeline {
  public:
    Timeline(const Step& step, const Drawing& drawing) : step_(step), drawing_(drawing), rows_(step.routers) {
        chooseRows();
        for (const RouterConvergence& r : step.routers)
            length_ = std::max(length_, r.last - step.begin);
        if (length_ == Duration()) length_ = Duration::milliseconds(1);
        for (const RouterConvergence& r : rows_)
            left_ = std::max(left_, widthOf(drawing.nodes[r.node].name, 13) + 18);
        axis_ = timeAxis(length_, 8);
        bottom_ = kTop + kRow * static_cast<double>(rows_.size());
    }

    std::string svg() {
        drawAxis();
        for (std::size_t i = 0; i < rows_.size(); ++i)
            drawRow(rows_[i], kTop + kRow * static_cast<double>(i + 1) - 5);
        return svg_.picture(fmt::format("timeline-{}", step_.number),
                            fmt::format("When routes changed in step {}", step_.number), description(),
                            {0, 0}, left_ + kPlotWidth + kRight, bottom_ + 44);
    }

  private:
    static constexpr double kPlotWidth = 560;
    static constexpr double kRight = 230;
    static constexpr double kRow = 26;
    static constexpr double kTallest = 16;
    static constexpr double kTop = 8;

    void chooseRows() {
        const auto byFirst = [](const auto& a, const auto& b) { return a.first < b.first; };
        std::stable_sort(rows_.begin(), rows_.end(), byFirst);
        if (rows_.size() <= kMostTimelineRows) return;
        std::stable_sort(rows_.begin() + kMostTimelineRows / 2, rows_.end(),
                         [](const auto& a, const auto& b) { return a.last > b.last; });
        rows_.resize(kMostTimelineRows);
        std::stable_sort(rows_.begin(), rows_.end(), byFirst);
    }

    double x(Duration sinceBegin) const {
        return left_ +
               kPlotWidth * static_cast<double>(sinceBegin.count()) / static_cast<double>(length_.count());
    }

    void drawAxis() {
        for (const Tick& tick : axis_.ticks) {
            const double at =
                left_ + kPlotWidth * tick.value * axis_.perUnit / static_cast<double>(length_.count());
            svg_.line({at, kTop}, {at, bottom_ + 5}, "grid");
            svg_.text({at, bottom_ + 19}, tick.text, "tick", Svg::Anchor::Middle);
        }
        svg_.line({left_, bottom_}, {left_ + kPlotWidth, bottom_}, "axis");
        svg_.text({left_ + kPlotWidth / 2, bottom_ + 38},
                  fmt::format("Time since the step began ({})", axis_.unit), "axis-title",
                  Svg::Anchor::Middle);
    }

    void drawRow(const RouterConvergence& row, double base) {
        const Duration first = row.first - step_.begin;
        const Duration last = row.last - step_.begin;
        svg_.text({left_ - 10, base}, drawing_.nodes[row.node].name, "row-name", Svg::Anchor::End);
        svg_.line({left_, base}, {left_ + kPlotWidth, base}, "grid");
        svg_.line({x(first), base}, {x(last), base}, "interval");
        const auto most = static_cast<double>(step_.changes->most());
        const double width = std::max(2.5, kPlotWidth * static_cast<double>(step_.changes->width().count()) /
                                               static_cast<double>(length_.count()));
        for (const auto& [column, count] : step_.changes->rows().at(static_cast<Buckets::Row>(row.node))) {
            const double at = std::min(x(step_.changes->beginOf(column) - step_.begin), left_ + kPlotWidth);
            const double height = 4 + (kTallest - 4) * std::sqrt(static_cast<double>(count) / most);
            svg_.rect({at, base - height}, width, height, "change");
        }
        svg_.path(fmt::format("M{:.1f} {:.1f}l4 5l-4 5l-4 -5z", x(last), base - 5), "last");
        svg_.text({left_ + kPlotWidth + 16, base},
                  fmt::format("{}, last after {}", counted(row.changes, "change", "changes"),
                              peerscape::toString(last)),
                  "row-figure");
    }

    std::string description() const {
        std::string text = "Each row is a node, in the order of their first changes.";
        for (const RouterConvergence& r : rows_) {
            text += fmt::format(" {}: {} from {} to {} after the step began.", drawing_.nodes[r.node].name,
                                counted(r.changes, "change", "changes"),
                                peerscape::toString(r.first - step_.begin),
                                peerscape::toString(r.last - step_.begin));
        }
        return text;
    }

    const Step& step_;
    const Drawing& drawing_;
    std::vector<RouterConvergence> rows_;
    Duration length_;
    double left_ = 60;
    double bottom_ = 0;
    TimeAxis axis_;
    Svg svg_;
};

}  // namespace

std::string stepTimelineSvg(const Step& step, const Drawing& drawing) {
    return Timeline(step, drawing).svg();
}

}  // namespace peerscape::report
