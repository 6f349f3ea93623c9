#include "protocols/bgp/as_numbers.hpp"

#include <gtest/gtest.h>

namespace peerscape::bgp {
namespace {

TEST(AsNumbers, AreWrittenInThreeNotations) {
    struct Case {
        std::uint32_t number;
        const char* plain;
        const char* dot;
        const char* dotPlus;
    };
    // RFC 5396 section 2 and its borders.
    constexpr Case kCases[] = {
        {1, "1", "1", "0.1"},
        {65526, "65526", "65526", "0.65526"},
        {65535, "65535", "65535", "0.65535"},
        {65536, "65536", "1.0", "1.0"},
        {65546, "65546", "1.10", "1.10"},
        {4294967295, "4294967295", "65535.65535", "65535.65535"},
    };
    for (const auto& [number, plain, dot, dotPlus] : kCases) {
        EXPECT_EQ(text(Asn::number(number), AsNotation::Plain), plain);
        EXPECT_EQ(text(Asn::number(number), AsNotation::Dot), dot);
        EXPECT_EQ(text(Asn::number(number), AsNotation::DotPlus), dotPlus);
        for (const char* written : {plain, dot, dotPlus})
            EXPECT_EQ(Asn::parse(written)->value(), number) << written;
    }
}

TEST(AsNumbers, AreReadSeveralAtATime) {
    EXPECT_EQ(readAsNumbers("65001  1.10 0.5").value(), (std::vector<std::uint32_t>{65001, 65546, 5}));
    for (const char* text : {"", "65001 x", "0", "4294967296", "1.65536", "1.2.3"})
        EXPECT_FALSE(readAsNumbers(text).has_value()) << text;
}

TEST(AsNumbers, KnowWhichMeanSomethingSpecial) {
    struct Case {
        std::uint32_t number;
        bool isPrivate;
        bool isReserved;
        bool isDocumentation;
    };
    constexpr Case kCases[] = {
        {0, false, true, false},          {1, false, false, false},          {23455, false, false, false},
        {23456, false, true, false},      {64495, false, false, false},      {64496, false, false, true},
        {64511, false, false, true},      {64512, true, false, false},       {65534, true, false, false},
        {65535, false, true, false},      {65536, false, false, true},       {65551, false, false, true},
        {65552, false, false, false},     {4199999999, false, false, false}, {4200000000, true, false, false},
        {4294967294, true, false, false}, {4294967295, false, true, false},
    };
    for (const auto& [number, isPrivateToo, isReservedToo, isDocumentationToo] : kCases) {
        EXPECT_EQ(isPrivate(Asn::number(number)), isPrivateToo) << number;
        EXPECT_EQ(isReserved(Asn::number(number)), isReservedToo) << number;
        EXPECT_EQ(isDocumentation(Asn::number(number)), isDocumentationToo) << number;
    }
}

}  // namespace
}  // namespace peerscape::bgp
