#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"

namespace peerscape {

/// A length of time in whole nanoseconds; may be negative. Range: about ±292 years.
class Duration {
  public:
    constexpr Duration() = default;
    static constexpr Duration nanoseconds(std::int64_t n) { return Duration(n); }
    static constexpr Duration microseconds(std::int64_t n) { return Duration(n * 1'000); }
    static constexpr Duration milliseconds(std::int64_t n) { return Duration(n * 1'000'000); }
    static constexpr Duration seconds(std::int64_t n) { return Duration(n * 1'000'000'000); }
    static constexpr Duration minutes(std::int64_t n) { return seconds(n * 60); }
    static constexpr Duration hours(std::int64_t n) { return seconds(n * 3'600); }

    /// Reads "2ms", "1.5s", "30 s", "250us", "5ns", "2min", "1h"; a bare number is an error, except 0.
    static Result<Duration> parse(std::string_view text);

    constexpr std::int64_t count() const { return nanoseconds_; }
    /// For reports only; decisions use the integer.
    constexpr double inSeconds() const { return static_cast<double>(nanoseconds_) / 1e9; }

    friend constexpr auto operator<=>(Duration, Duration) = default;
    friend constexpr Duration operator+(Duration a, Duration b) {
        return Duration(a.nanoseconds_ + b.nanoseconds_);
    }
    friend constexpr Duration operator-(Duration a, Duration b) {
        return Duration(a.nanoseconds_ - b.nanoseconds_);
    }
    friend constexpr Duration operator*(Duration a, std::int64_t n) { return Duration(a.nanoseconds_ * n); }
    friend constexpr Duration operator/(Duration a, std::int64_t n) { return Duration(a.nanoseconds_ / n); }
    friend constexpr std::int64_t operator/(Duration a, Duration b) {
        return a.nanoseconds_ / b.nanoseconds_;
    }

  private:
    constexpr explicit Duration(std::int64_t n) : nanoseconds_(n) {}
    std::int64_t nanoseconds_ = 0;
};

/// An instant of the lab: nanoseconds since the lab was switched on.
class SimTime {
  public:
    constexpr SimTime() = default;
    static constexpr SimTime atNanoseconds(std::int64_t n) { return SimTime(Duration::nanoseconds(n)); }
    static constexpr SimTime after(Duration sinceStart) { return SimTime(sinceStart); }
    static constexpr SimTime start() { return SimTime(); }
    /// Later than every instant that a lab reaches: "never".
    static constexpr SimTime never() { return SimTime(Duration::nanoseconds(INT64_MAX)); }

    constexpr Duration sinceStart() const { return sinceStart_; }
    constexpr std::int64_t count() const { return sinceStart_.count(); }
    constexpr bool isNever() const { return *this == never(); }

    friend constexpr auto operator<=>(SimTime, SimTime) = default;
    friend constexpr SimTime operator+(SimTime t, Duration d) { return SimTime(t.sinceStart_ + d); }
    friend constexpr SimTime operator-(SimTime t, Duration d) { return SimTime(t.sinceStart_ - d); }
    friend constexpr Duration operator-(SimTime a, SimTime b) { return a.sinceStart_ - b.sinceStart_; }

  private:
    constexpr explicit SimTime(Duration d) : sinceStart_(d) {}
    Duration sinceStart_;
};

/// For people: rounded to three decimals of ns, us, ms or s: "2 ms", "1.25 s", "40.003 s".
std::string toString(Duration duration);
/// Exact, in the largest unit that needs at most three decimals and without a blank: Duration::parse reads it
/// back.
std::string toLabText(Duration duration);
/// Seconds with six decimals: "12.000350 s".
std::string toString(SimTime time);

}  // namespace peerscape
