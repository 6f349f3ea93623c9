#include "engine/base/time.hpp"

#include <gtest/gtest.h>

#include "engine/base/random.hpp"

namespace peerscape {
namespace {

Duration ns(std::int64_t n) { return Duration::nanoseconds(n); }

TEST(Duration, ReadsNumbersWithUnits) {
    const std::pair<const char*, std::int64_t> table[] = {
        {"0", 0},
        {"0s", 0},
        {"0.000h", 0},
        {"5ns", 5},
        {"250us", 250'000},
        {"2ms", 2'000'000},
        {"1.5s", 1'500'000'000},
        {"30 s", 30'000'000'000},
        {"  10s ", 10'000'000'000},
        {".5s", 500'000'000},
        {"2min", 120'000'000'000},
        {"1h", 3'600'000'000'000},
        {"1.000000001s", 1'000'000'001},
        {"9223372036854775807ns", INT64_MAX},
        {"9223372036.854775807s", INT64_MAX},
    };
    for (const auto& [text, expected] : table) {
        const auto read = Duration::parse(text);
        ASSERT_TRUE(read.has_value()) << text;
        EXPECT_EQ(read->count(), expected) << text;
    }
}

TEST(Duration, RefusesWhatIsNone) {
    for (const char* text : {"",
                             " ",
                             "s",
                             "5",
                             "1.5",
                             "-1s",
                             "+1s",
                             "1,5s",
                             "1..5s",
                             "1.5.0s",
                             "5 seconds",
                             "5S",
                             "0x5s",
                             "1e3s",
                             "1s 2ms",
                             "5 m",
                             "1.5ns",
                             "0.0000000001s",
                             "9223372036854775808ns",
                             "2562048h",
                             "99999999999999999999s",
                             "."}) {
        const auto read = Duration::parse(text);
        ASSERT_FALSE(read.has_value()) << text;
        EXPECT_NE(read.error().message.find("is not a duration"), std::string::npos) << read.error().message;
    }
}

TEST(Duration, PrintsForPeopleWithThreeDecimals) {
    const std::pair<std::int64_t, const char*> table[] = {
        {0, "0 s"},
        {1, "1 ns"},
        {999, "999 ns"},
        {1'234, "1.234 us"},
        {2'000'000, "2 ms"},
        {1'234'567, "1.235 ms"},
        {1'250'000'000, "1.25 s"},
        {40'003'000'000, "40.003 s"},
        {7'200'000'000'000, "7200 s"},
        {-1'500'000, "-1.5 ms"},
        {999'999'499, "999.999 ms"},
        {999'999'500, "1 s"},
        {999'999, "999.999 us"},
        {999'999'999, "1 s"},
        {INT64_MAX, "9223372036.855 s"},
        {INT64_MIN, "-9223372036.855 s"},
    };
    for (const auto& [n, text] : table)
        EXPECT_EQ(toString(ns(n)), text) << n;
}

TEST(Duration, PrintsExactlyForLabFiles) {
    const std::pair<std::int64_t, const char*> table[] = {
        {0, "0s"},
        {1'500'000'000, "1.5s"},
        {1'234'567, "1234.567us"},
        {1'234'567'891, "1234567.891us"},
        {60'000'000'000, "60s"},
        {2'000'000, "2ms"},
        {1'001, "1.001us"},
        {INT64_MAX, "9223372036854775.807us"},
    };
    for (const auto& [n, text] : table)
        EXPECT_EQ(toLabText(ns(n)), text) << n;
}

TEST(Duration, WhatIsPrintedForLabFilesReadsBackTheSame) {
    RandomStream random(1, "test", "durations");
    for (int i = 0; i < 20'000; ++i) {
        // Magnitudes of all orders, with and without zeros at the end.
        std::int64_t n = static_cast<std::int64_t>(random.next() >> (1 + random.below(62)));
        if (random.below(2) == 0) n = n / 1'000'000 * 1'000'000;
        const auto read = Duration::parse(toLabText(ns(n)));
        ASSERT_TRUE(read.has_value()) << toLabText(ns(n));
        EXPECT_EQ(read->count(), n);
    }
}

TEST(SimTime, PrintsMicroseconds) {
    EXPECT_EQ(toString(SimTime::start()), "0.000000 s");
    EXPECT_EQ(toString(SimTime::atNanoseconds(12'000'350'999)), "12.000350 s");
    EXPECT_EQ(toString(SimTime::never()), "9223372036.854775 s");
}

TEST(SimTime, CalculatesWithDurations) {
    const SimTime at = SimTime::after(Duration::seconds(10));
    EXPECT_EQ((at + Duration::milliseconds(5)).count(), 10'005'000'000);
    EXPECT_EQ((at - Duration::minutes(1)).count(), -50'000'000'000);
    EXPECT_EQ(at - SimTime::start(), Duration::seconds(10));
    EXPECT_LT(at, SimTime::never());
    EXPECT_TRUE(SimTime::never().isNever());
    EXPECT_FALSE(at.isNever());
    EXPECT_EQ(Duration::hours(1) / Duration::minutes(1), 60);
    EXPECT_EQ(Duration::seconds(1) / 3, ns(333'333'333));
}

}  // namespace
}  // namespace peerscape
