#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "scenarios/report/axis.hpp"
#include "scenarios/report/charts.hpp"
#include "scenarios/report/markup.hpp"
#include "scenarios/report/svg.hpp"

namespace peerscape::report {

namespace {

constexpr double kLeft = 92;
constexpr double kPlotWidth = 820;
constexpr double kRight = 20;
constexpr double kTop = 34;
constexpr double kPanel = 92;
constexpr double kPanelTitle = 26;
constexpr double kBetween = 14;
constexpr double kLane = 24;
constexpr std::uint32_t kMostColumns = 280;

class RunChart {
  public:
    explicit RunChart(const ReportData& data)
        : data_(data), length_(std::max(data.end.sinceStart(), Duration::milliseconds(1))) {}

    std::string svg() {
        for (const ProtocolSeries& series : data_.protocols)
            drawCounts(protocolTitle(series.protocol) + ": messages sent", data_.messages, series.row);
        if (!data_.reachability.empty()) drawReachability();
        if (data_.losses.size() > 0) drawCounts("Packets of flows and users lost", data_.losses, 0);
        drawLane("Converging", convergences(), "converging");
        drawLane("Loops", spansOf(data_.loops), "episode");
        drawLane("Black holes", spansOf(data_.blackHoles), "episode");
        drawTime();
        Svg all = steps();
        all.raw(svg_.body());
        return all.picture("run-chart", "Messages and reachability over the whole run", description(), {0, 0},
                           kLeft + kPlotWidth + kRight, y_ + 46);
    }

  private:
    double x(SimTime time) const {
        return kLeft + kPlotWidth * static_cast<double>(time.count()) / static_cast<double>(length_.count());
    }

    /// The frame of a panel with its scale; returns pixels per count.
    double beginPanel(const std::string& title, std::uint64_t most) {
        if (y_ > kTop) y_ += kBetween;
        svg_.text({kLeft + 6, y_ + 18}, title, "panel-title");
        y_ += kPanelTitle;
        const std::vector<Tick> ticks = countAxis(most, 3);
        const double perCount = (kPanel - 4) / ticks.back().value;
        for (const Tick& tick : ticks) {
            const double at = y_ + kPanel - tick.value * perCount;
            svg_.line({kLeft, at}, {kLeft + kPlotWidth, at}, tick.value == 0 ? "axis" : "grid");
            svg_.text({kLeft - 8, at + 4}, tick.text, "tick", Svg::Anchor::End);
        }
        y_ += kPanel;
        return perCount;
    }

    void drawCounts(std::string_view what, const Buckets& buckets, Buckets::Row row) {
        const auto columns = static_cast<std::uint32_t>(length_ / buckets.width()) + 1;
        const std::uint32_t factor = niceFactor(columns);
        Buckets::Counts counts;
        std::uint64_t most = 0;
        for (const auto& [column, count] : buckets.rows().at(row)) {
            auto& sum = counts[column / factor];
            sum += count;
            most = std::max(most, sum);
        }
        const double perCount =
            beginPanel(fmt::format("{} per {}", what, peerscape::toString(buckets.width() * factor)), most);
        std::string path;
        for (const auto& [column, count] : counts) {
            const double left = x(buckets.beginOf(column * factor));
            const double right = std::min(x(buckets.beginOf((column + 1) * factor)), kLeft + kPlotWidth);
            path += fmt::format("M{:.1f} {:.1f}V{:.1f}H{:.1f}V{:.1f}z", left, y_,
                                y_ - static_cast<double>(count) * perCount, std::max(right, left + 1.5), y_);
        }
        svg_.path(path, "messages");
    }

    /// How many columns become one in the picture: 1, 2, 5, 10 …, so that their width is a round number.
    static std::uint32_t niceFactor(std::uint32_t columns) {
        for (std::uint32_t power = 1;; power *= 10) {
            for (const std::uint32_t digit : {1U, 2U, 5U}) {
                if (columns <= kMostColumns * digit * power) return digit * power;
            }
        }
    }

    void drawReachability() {
        std::uint64_t most = 0;
        for (const Reachability& r : data_.reachability)
            most = std::max(most, r.all);
        const double perCount =
            beginPanel("Pairs of a node and a network: reachable (solid) of all (dotted)", most);
        std::string area = fmt::format("M{:.1f} {:.1f}", x(data_.reachability.front().time), y_);
        std::string all;
        const auto height = [&](std::uint64_t count) { return y_ - static_cast<double>(count) * perCount; };
        for (std::size_t i = 0; i < data_.reachability.size(); ++i) {
            const Reachability& r = data_.reachability[i];
            const bool isLast = i + 1 == data_.reachability.size();
            const double right = x(isLast ? data_.end : data_.reachability[i + 1].time);
            area += fmt::format("V{:.1f}H{:.1f}", height(r.reachable), right);
            all += i == 0 ? fmt::format("M{:.1f} {:.1f}H{:.1f}", x(r.time), height(r.all), right)
                          : fmt::format("V{:.1f}H{:.1f}", height(r.all), right);
        }
        svg_.path(area + fmt::format("V{:.1f}z", y_), "reachable");
        svg_.path(all, "all-pairs");
    }

    struct Span {
        SimTime begin;
        SimTime end;
    };

    /// From the beginning of each step to its last change; to its end where it did not come to rest.
    std::vector<Span> convergences() const {
        std::vector<Span> spans;
        for (const Step& step : data_.steps) {
            const SimTime end = step.isConverged ? step.begin + step.convergence : step.end;
            if (end > step.begin) spans.push_back({step.begin, end});
        }
        return spans;
    }

    template <typename Episode>
    std::vector<Span> spansOf(const std::vector<Episode>& episodes) const {
        std::vector<Span> spans;
        for (const Episode& e : episodes) {
            const SimTime end = e.end.value_or(data_.end);
            // Many at once are one stretch of time.
            if (!spans.empty() && e.begin <= spans.back().end) {
                spans.back().end = std::max(spans.back().end, end);
            } else {
                spans.push_back({e.begin, end});
            }
        }
        return spans;
    }

    void drawLane(std::string_view title, const std::vector<Span>& spans, std::string_view classes) {
        if (spans.empty()) return;
        y_ += 8;
        svg_.text({kLeft - 8, y_ + 16}, title, "tick", Svg::Anchor::End);
        svg_.line({kLeft, y_ + kLane}, {kLeft + kPlotWidth, y_ + kLane}, "axis");
        for (const Span& span : spans) {
            const double left = x(span.begin);
            svg_.rect({left, y_ + 6}, std::max(x(span.end) - left, 2.5), kLane - 10, classes);
        }
        y_ += kLane;
    }

    void drawTime() {
        y_ += 6;
        const TimeAxis axis = timeAxis(length_, 10);
        for (const Tick& tick : axis.ticks) {
            const double at =
                kLeft + kPlotWidth * tick.value * axis.perUnit / static_cast<double>(length_.count());
            svg_.line({at, y_}, {at, y_ + 5}, "axis");
            svg_.text({at, y_ + 19}, tick.text, "tick", Svg::Anchor::Middle);
        }
        svg_.line({kLeft, y_}, {kLeft + kPlotWidth, y_}, "axis");
        svg_.text({kLeft + kPlotWidth / 2, y_ + 38}, fmt::format("Lab time ({})", axis.unit), "axis-title",
                  Svg::Anchor::Middle);
    }

    /// Behind everything else.
    Svg steps() const {
        constexpr double kApart = 22;
        double lastLabel = -HUGE_VAL;
        Svg svg;
        for (const Step& step : data_.steps) {
            const double at = x(step.begin);
            svg.line({at, kTop - 12}, {at, y_}, "step-line");
            if (at - lastLabel < kApart) continue;
            svg.circle({at, kTop - 20}, 10, "step-mark");
            svg.text({at, kTop - 16}, fmt::format("{}", step.number), "step-number", Svg::Anchor::Middle);
            lastLabel = at;
        }
        return svg;
    }

    std::string description() const {
        std::string text = fmt::format("Lab time from 0 s to {}. Dashed lines with numbers: the steps begin.",
                                       peerscape::toString(data_.end));
        for (const ProtocolSeries& series : data_.protocols) {
            std::uint64_t sum = 0;
            for (const auto& [column, count] : data_.messages.rows().at(series.row))
                sum += count;
            text += fmt::format(" {}: {} in all.", protocolTitle(series.protocol),
                                counted(sum, "message", "messages"));
        }
        for (const Step& step : data_.steps) {
            text += fmt::format(" Step {} began at {} and {}.", step.number, peerscape::toString(step.begin),
                                step.isConverged ? "converged after " + peerscape::toString(step.convergence)
                                                 : std::string("did not converge"));
        }
        if (!data_.reachability.empty()) {
            const Reachability& end = data_.reachability.back();
            text += fmt::format(" At the end {} of {} are reachable.", grouped(end.reachable),
                                counted(end.all, "pair", "pairs"));
        }
        return text;
    }

    const ReportData& data_;
    Duration length_;
    double y_ = kTop;
    Svg svg_;
};

}  // namespace

std::string runChartSvg(const ReportData& data) { return RunChart(data).svg(); }

}  // namespace peerscape::report
