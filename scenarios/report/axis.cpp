#include "scenarios/report/axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/report/markup.hpp"

namespace peerscape::report {

namespace {

/// 1, 2 or 5 times a power of ten, so that at most `mostTicks` of them cover `length`.
double niceStep(double length, int mostTicks) {
    const double least = length / mostTicks;
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least * (1 - 1e-9)) return factor * power;
    }
    return 10 * power;
}

}  // namespace

TimeAxis timeAxis(Duration length, int mostTicks) {
    struct Unit {
        std::string_view name;
        std::int64_t nanoseconds;
    };
    constexpr std::array kUnits{Unit{"s", 1'000'000'000}, Unit{"ms", 1'000'000}, Unit{"µs", 1'000},
                                Unit{"ns", 1}};
    const std::int64_t n = std::max<std::int64_t>(1, length.count());
    const Unit& unit = *std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& u) {
        return n >= 2 * u.nanoseconds || u.nanoseconds == 1;
    });
    TimeAxis axis{unit.name, static_cast<double>(unit.nanoseconds), {}};
    const double end = static_cast<double>(n) / axis.perUnit;
    const double step = niceStep(end, mostTicks);
    for (int i = 0; i * step <= end * (1 + 1e-9); ++i) {
        const double value = i * step;
        const bool isWhole = step >= 1;
        axis.ticks.push_back(
            {value,
             isWhole ? grouped(static_cast<std::uint64_t>(std::llround(value)))
                     : fmt::format("{:.{}f}", value, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)))});
    }
    return axis;
}

std::vector<Tick> countAxis(std::uint64_t most, int mostTicks) {
    const double end = static_cast<double>(std::max<std::uint64_t>(1, most));
    const double step = std::max(1.0, niceStep(end, mostTicks));
    std::vector<Tick> ticks;
    for (int i = 0;; ++i) {
        const double value = i * step;
        ticks.push_back({value, grouped(static_cast<std::uint64_t>(std::llround(value)))});
        if (value >= end) return ticks;
    }
}

}  // namespace peerscape::report
