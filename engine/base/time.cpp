#include "engine/base/time.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"

namespace peerscape {

namespace {

struct Unit {
    std::string_view name;
    std::uint64_t nanoseconds;
};

constexpr std::array kUnits{
    Unit{"ns", 1},
    Unit{"us", 1'000},
    Unit{"ms", 1'000'000},
    Unit{"s", 1'000'000'000},
    Unit{"min", 60'000'000'000},
    Unit{"h", 3'600'000'000'000},
};
constexpr std::size_t kSeconds = 3;

/// Without its sign; unsigned, so that also the least Duration has one.
std::uint64_t magnitudeOf(Duration duration) {
    const auto n = static_cast<std::uint64_t>(duration.count());
    return duration.count() < 0 ? 0 - n : n;
}

std::string inUnit(bool isNegative, std::uint64_t magnitude, const Unit& unit, std::string_view gap) {
    std::string text = fmt::format("{}{}", isNegative ? "-" : "", magnitude / unit.nanoseconds);
    const auto rest = magnitude % unit.nanoseconds;
    if (rest != 0) {
        std::string decimals = fmt::format("{:0{}}", rest, fmt::format("{}", unit.nanoseconds).size() - 1);
        while (decimals.back() == '0')
            decimals.pop_back();
        text += "." + decimals;
    }
    return fmt::format("{}{}{}", text, gap, unit.name);
}

}  // namespace

Result<Duration> Duration::parse(std::string_view text) {
    const auto quantity = readQuantity(text);
    if (quantity) {
        if (quantity->unit.empty() && quantity->isZero()) return Duration();
        for (const Unit& unit : kUnits) {
            if (quantity->unit != unit.name) continue;
            if (const auto n = quantity->times(static_cast<std::int64_t>(unit.nanoseconds)))
                return Duration::nanoseconds(*n);
        }
    }
    return failure(fmt::format(
        "'{}' is not a duration; write a number and a unit, such as 250us, 2ms, 10s, 5min, 1h", text));
}

std::string toString(Duration duration) {
    const std::uint64_t magnitude = magnitudeOf(duration);
    if (magnitude == 0) return "0 s";
    // Seconds are the largest unit people compare at a glance; three decimals of the unit are enough to read.
    for (std::size_t index = 0;; ++index) {
        const Unit& unit = kUnits[index];
        const std::uint64_t step = std::max<std::uint64_t>(1, unit.nanoseconds / 1'000);
        const std::uint64_t rounded = (magnitude + step / 2) / step * step;
        // Rounding may reach the next unit: 999.9996 ms are 1 s.
        if (index < kSeconds && rounded >= kUnits[index + 1].nanoseconds) continue;
        return inUnit(duration.count() < 0, rounded, unit, " ");
    }
}

std::string toLabText(Duration duration) {
    const std::uint64_t magnitude = magnitudeOf(duration);
    if (magnitude == 0) return "0s";
    std::size_t index = kSeconds;
    while (index > 0 &&
           (magnitude < kUnits[index].nanoseconds || magnitude % (kUnits[index].nanoseconds / 1'000) != 0))
        --index;
    return inUnit(duration.count() < 0, magnitude, kUnits[index], "");
}

std::string toString(SimTime time) {
    const auto microseconds = time.count() / 1'000;
    return fmt::format("{}.{:06} s", microseconds / 1'000'000, microseconds % 1'000'000);
}

}  // namespace peerscape
