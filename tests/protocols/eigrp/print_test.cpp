/// The commands, printed back.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/protocols/eigrp/config_reader.hpp"

namespace peerscape::eigrp {
namespace {

using test::kEveryLine;
using test::Reader;

void expectEqualValues(Reader& a, Reader& b, const std::string& text) {
    EXPECT_TRUE(a.config() == b.config()) << text;
    EXPECT_TRUE(a.config(Family::IPv6) == b.config(Family::IPv6)) << text;
}

TEST(EigrpPrint, EveryLineIsPrintedBackAsItWasRead) {
    Reader reader;
    ASSERT_EQ(reader.read(kEveryLine), "");
    EXPECT_EQ(reader.print(), kEveryLine);
}

TEST(EigrpPrint, DefaultsAreLeftOut) {
    Reader reader;
    ASSERT_EQ(reader.read(R"(interface eth0
 eigrp load 1
 eigrp reliability 255
 ip split-horizon eigrp 7
 ip bandwidth-percent eigrp 7 50
router eigrp 7
 variance 1
 maximum-paths 4
 traffic-share balanced
 timers active-time 180
 metric weights 1 0 1 0 0
 metric maximum-hops 100
 metric rib-scale 128
 distance eigrp 90 170
 eigrp log-neighbor-changes
 no auto-summary
 no shutdown
)"),
              "");
    EXPECT_EQ(reader.print(), "router eigrp 7\nexit\n!\n");
}

/// A configuration with some of the lines, in any order within their block, some of them twice.
std::string someLines(RandomStream& random) {
    std::string text;
    std::vector<std::string> block;
    for (const auto line : split(kEveryLine, '\n')) {
        if (line.empty() || line == "!") continue;
        if (line != "exit") {
            const bool isHeader = line.front() != ' ';
            const std::uint64_t times = isHeader ? 1 : random.below(3);
            for (std::uint64_t i = 0; i < times; ++i) {
                const auto place = isHeader ? block.size() : 1 + random.below(block.size());
                block.insert(block.begin() + static_cast<std::ptrdiff_t>(place), std::string(line));
            }
            continue;
        }
        for (const auto& kept : block)
            text += kept + "\n";
        block.clear();
    }
    return text;
}

TEST(EigrpPrint, WhatIsPrintedReadsAsAnEqualValue) {
    RandomStream random(1, "EigrpPrint", "lines");
    for (int i = 0; i < 25; ++i) {
        const std::string text = someLines(random);
        Reader first;
        ASSERT_EQ(first.read(text), "") << text;
        const std::string printed = first.print();
        Reader second;
        ASSERT_EQ(second.read(printed), "") << printed;
        expectEqualValues(first, second, text);
        EXPECT_EQ(second.print(), printed);
    }
}

}  // namespace
}  // namespace peerscape::eigrp
