#include "engine/base/quantities.hpp"

#include <gtest/gtest.h>

#include "engine/base/random.hpp"

namespace peerscape {
namespace {

TEST(Bandwidth, ReadsAndPrints) {
    const std::tuple<const char*, std::uint64_t, const char*> table[] = {
        {"9600bit", 9'600, "9600bit"},     {"64kbit", 64'000, "64kbit"},
        {"64 Kbit", 64'000, "64kbit"},     {"10Mbit", 10'000'000, "10Mbit"},
        {"10mbit", 10'000'000, "10Mbit"},  {"1.544Mbit", 1'544'000, "1544kbit"},
        {"1Gbit", 1'000'000'000, "1Gbit"}, {"2500000000bit", 2'500'000'000, "2500Mbit"},
    };
    for (const auto& [text, n, printed] : table) {
        const auto read = Bandwidth::parse(text);
        ASSERT_TRUE(read.has_value()) << text;
        EXPECT_EQ(read->count(), n);
        EXPECT_EQ(toString(*read), printed);
        EXPECT_EQ(Bandwidth::parse(printed), *read);
    }
    EXPECT_EQ(toString(Bandwidth::unlimited()), "unlimited");
}

TEST(Bandwidth, RefusesWhatIsNone) {
    for (const char* text : {"", "0", "0Mbit", "10", "10MB", "10Mbps", "-1Mbit", "0.5bit", "Mbit",
                             "9999999999999999999Gbit", "1 Mbit/s"}) {
        EXPECT_FALSE(Bandwidth::parse(text).has_value()) << text;
    }
}

TEST(Bandwidth, SerialisationIsRoundedUp) {
    EXPECT_EQ(Bandwidth::bitsPerSecond(10'000'000).timeFor(1'500), Duration::microseconds(1'200));
    EXPECT_EQ(Bandwidth::bitsPerSecond(3).timeFor(1), Duration::nanoseconds(2'666'666'667));
    EXPECT_EQ(Bandwidth::bitsPerSecond(1'000'000'000'000).timeFor(1), Duration::nanoseconds(1));
    EXPECT_EQ(Bandwidth::bitsPerSecond(1'000).timeFor(0), Duration());
    EXPECT_EQ(Bandwidth::unlimited().timeFor(1'000'000), Duration());
}

TEST(Probability, ReadsAndPrints) {
    const std::tuple<const char*, std::uint32_t, const char*> table[] = {
        {"0", 0, "0%"},
        {"0%", 0, "0%"},
        {"2.5%", 25'000, "2.5%"},
        {"0.0001%", 1, "0.0001%"},
        {"100%", 1'000'000, "100%"},
        {"99.9999%", 999'999, "99.9999%"},
        {"10 %", 100'000, "10%"},
    };
    for (const auto& [text, n, printed] : table) {
        const auto read = Probability::parse(text);
        ASSERT_TRUE(read.has_value()) << text;
        EXPECT_EQ(read->count(), n);
        EXPECT_EQ(toString(*read), printed);
        EXPECT_EQ(Probability::parse(printed), *read);
    }
    EXPECT_EQ(Probability::partsPerMillion(2'000'000).count(), Probability::kMillion);
}

TEST(Probability, RefusesWhatIsNone) {
    for (const char* text :
         {"", "%", "5", "0 apples", "0s", "0.5", "100.0001%", "101%", "-1%", "0.00001%", "half"}) {
        EXPECT_FALSE(Probability::parse(text).has_value()) << text;
    }
}

// RFC 5396 section 2: asplain, asdot, asdot+.
TEST(Asn, ReadsAllThreeNotationsAndPrintsThePlainOne) {
    const std::pair<const char*, const char*> table[] = {
        {"1", "1"},
        {"65000", "65000"},
        {"65546", "65546"},
        {"1.10", "65546"},
        {"0.65001", "65001"},
        {"4294967295", "4294967295"},
        {"65535.65535", "4294967295"},
    };
    for (const auto& [text, printed] : table) {
        const auto read = Asn::parse(text);
        ASSERT_TRUE(read.has_value()) << text;
        EXPECT_EQ(toString(*read), printed);
    }
}

// RFC 7607: AS 0 is nobody's.
TEST(Asn, RefusesZeroAndWhatIsNone) {
    for (const char* text :
         {"", "0", "0.0", "4294967296", "65536.1", "1.65536", "1.", ".1", "1.2.3", "-1", "+1", "AS1", "1 "}) {
        EXPECT_FALSE(Asn::parse(text).has_value()) << text;
    }
}

TEST(Quantities, WhatIsPrintedReadsBackTheSame) {
    RandomStream random(1, "test", "quantities");
    for (int i = 0; i < 5'000; ++i) {
        const auto bandwidth = Bandwidth::bitsPerSecond(1 + (random.next() >> (1 + random.below(62))) / 2);
        EXPECT_EQ(Bandwidth::parse(toString(bandwidth)), bandwidth);
        const auto share = Probability::partsPerMillion(static_cast<std::uint32_t>(random.below(1'000'001)));
        EXPECT_EQ(Probability::parse(toString(share)), share);
        const auto asn = Asn::number(static_cast<std::uint32_t>(1 + random.below(UINT32_MAX)));
        EXPECT_EQ(Asn::parse(toString(asn)), asn);
    }
}

}  // namespace
}  // namespace peerscape
