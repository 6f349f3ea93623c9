/// The commands, printed back as FRR 8.4.4 does.
#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/protocols/bgp/config_reader.hpp"

namespace peerscape::bgp {
namespace {

using test::Reader;
using test::transcript;

/// NAME.conf is what FRR 8.4.4 was given, NAME.frr what its `show running-config` said then, without blanks
/// at the ends of lines.
class BgpRunningConfig : public testing::TestWithParam<const char*> {};

TEST_P(BgpRunningConfig, IsThatOfFrr) {
    Reader reader;
    ASSERT_EQ(reader.read(transcript(std::string(GetParam()) + ".conf")), "");
    EXPECT_EQ(reader.print(), transcript(std::string(GetParam()) + ".frr"));
}

TEST_P(BgpRunningConfig, ReadsAsAnEqualValue) {
    Reader first;
    ASSERT_EQ(first.read(transcript(std::string(GetParam()) + ".conf")), "");
    Reader second;
    second.session.config().defaults = first.session.config().defaults;
    ASSERT_EQ(second.read(first.print()), "");
    EXPECT_TRUE(first.config() == second.config());
    EXPECT_EQ(first.print(), second.print());
}

TEST(BgpPolicyConfig, IsThatOfFrr) {
    Reader reader;
    ASSERT_EQ(reader.read(transcript("policy.conf")), "");
    EXPECT_EQ(reader.printPolicy(), transcript("policy.frr"));
    Reader again;
    ASSERT_EQ(again.read(reader.printPolicy()), "");
    EXPECT_EQ(again.printPolicy(), reader.printPolicy());
}

/// The lines of a transcript's block, some of them left out and some said twice, in any order.
std::string someLines(const std::string& block, RandomStream& random) {
    std::vector<std::string> lines;
    std::string mode;
    for (const auto line : split(block, '\n')) {
        const auto words = splitWords(line);
        if (words.empty() || words.front() == "!" || words.front() == "exit" || words.front() == "router")
            continue;
        if (words.front() == "exit-address-family") {
            mode.clear();
        } else if (words.front() == "address-family") {
            mode = std::string(trim(line)) + "\n";
        } else {
            const std::string whole = mode + std::string(trim(line)) + (mode.empty() ? "" : "\nexit");
            for (std::uint64_t times = random.below(3); times > 0; --times)
                lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(random.below(lines.size() + 1)),
                             whole);
        }
    }
    return join(lines, "\n");
}

TEST(BgpRandomConfig, WhateverIsReadIsPrintedAsAnEqualValue) {
    RandomStream random(1, "BgpRunningConfig", "lines");
    const std::string all = transcript("router.conf");
    for (int i = 0; i < 50; ++i) {
        Reader first;
        ASSERT_EQ(first.read("router bgp 65001"), "");
        // In any order many lines come before the neighbour that they are about, and are refused.
        for (const auto line : split(someLines(all, random), '\n'))
            first.read(line);
        const std::string printed = first.print();
        Reader second;
        ASSERT_EQ(second.read(printed), "") << printed;
        EXPECT_EQ(second.print(), printed);
        EXPECT_TRUE(first.config() == second.config()) << printed;
    }
}

INSTANTIATE_TEST_SUITE_P(Transcripts, BgpRunningConfig,
                         testing::Values("router", "defaults", "datacenter", "datacenter_defaults"),
                         [](const auto& named) { return std::string(named.param); });

}  // namespace
}  // namespace peerscape::bgp
