/// The commands, printed back as FRR 8.4.4 does.
#include <gtest/gtest.h>

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

INSTANTIATE_TEST_SUITE_P(Transcripts, BgpRunningConfig, testing::Values("router", "defaults"),
                         [](const auto& named) { return std::string(named.param); });

}  // namespace
}  // namespace peerscape::bgp
