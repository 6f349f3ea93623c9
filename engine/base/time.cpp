#include "engine/base/time.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"

namespace peerscape {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t nanoseconds;
};

constexpr std::array kUnits{
    Unit{"ns", 1},
    Unit{"us", 1'000},
    Unit{"ms", 1'000'000},
    Unit{"s", 1'000'000'000},
    Unit{"min", 60'000'000'000},
    Unit{"h", 3'600'000'000'000},
};

std::string inUnit(std::int64_t nanoseconds, const Unit& unit, std::string_view gap) {
    const bool negative = nanoseconds < 0;
    const auto magnitude = negative ? -nanoseconds : nanoseconds;
    std::string text = fmt::format("{}{}", negative ? "-" : "", magnitude / unit.nanoseconds);
    const auto rest = magnitude % unit.nanoseconds;
    if (rest != 0) {
        std::string decimals = fmt::format("{:0{}}", rest, fmt::format("{}", unit.nanoseconds).size() - 1);
        while (decimals.back() == '0') decimals.pop_back();
        text += "." + decimals;
    }
    return fmt::format("{}{}{}", text, gap, unit.name);
}

std::string print(Duration duration, std::string_view gap) {
    const auto n = duration.count();
    const auto magnitude = n < 0 ? -n : n;
    for (std::size_t i = 3; i > 0; --i) {
        const Unit& unit = kUnits[i];
        if (magnitude >= unit.nanoseconds && magnitude % (unit.nanoseconds / 1'000) == 0) return inUnit(n, unit, gap);
    }
    return n == 0 ? fmt::format("0{}s", gap) : inUnit(n, kUnits[0], gap);
}

}  // namespace

Result<Duration> Duration::parse(std::string_view text) {
    const auto quantity = readQuantity(text);
    if (quantity) {
        if (quantity->unit.empty() && quantity->isZero()) return Duration();
        for (const Unit& unit : kUnits) {
            if (quantity->unit != unit.name) continue;
            if (const auto n = quantity->times(unit.nanoseconds)) return Duration::nanoseconds(*n);
        }
    }
    return failure(fmt::format("'{}' is not a duration; write a number and a unit, such as 250us, 2ms, 10s, 5min, 1h", text));
}

std::string toString(Duration duration) {
    const auto magnitude = duration.count() < 0 ? -duration.count() : duration.count();
    if (magnitude == 0) return "0 s";
    // Seconds are the largest unit people compare at a glance; three decimals of the unit are enough to read.
    std::size_t index = 3;
    while (index > 0 && magnitude < kUnits[index].nanoseconds) --index;
    const Unit& unit = kUnits[index];
    const std::int64_t step = unit.nanoseconds >= 1'000 ? unit.nanoseconds / 1'000 : 1;
    const auto rounded = (magnitude + step / 2) / step * step;
    return inUnit(duration.count() < 0 ? -rounded : rounded, unit, " ");
}
std::string toLabText(Duration duration) { return print(duration, ""); }

std::string toString(SimTime time) {
    const auto microseconds = time.count() / 1'000;
    return fmt::format("{}.{:06} s", microseconds / 1'000'000, microseconds % 1'000'000);
}

}  // namespace peerscape
