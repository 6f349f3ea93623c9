#include "scenarios/mrt/stream_follower.hpp"

#include <string>

#include <gtest/gtest.h>

namespace peerscape::mrt {
namespace {

constexpr std::uint32_t kNearTheEnd = 0xfffffffe;

TcpSegment syn(std::uint32_t number) {
    TcpSegment segment;
    segment.syn = true;
    segment.sequence = TcpSequence(number);
    return segment;
}
TcpSegment data(std::uint32_t number, const std::string& text) {
    TcpSegment segment;
    segment.ack = true;
    segment.sequence = TcpSequence(number);
    segment.payload.assign(text.begin(), text.end());
    return segment;
}
std::string taken(StreamFollower& follower, const TcpSegment& segment) {
    const Bytes bytes = follower.take(segment);
    return {bytes.begin(), bytes.end()};
}

TEST(StreamFollower, PutsSegmentsInOrderAndGivesEachByteOnce) {
    StreamFollower follower;
    EXPECT_EQ(taken(follower, syn(99)), "");
    EXPECT_EQ(taken(follower, data(103, "def")), "") << "came early";
    EXPECT_EQ(taken(follower, data(100, "abc")), "abcdef");
    EXPECT_EQ(taken(follower, data(100, "abc")), "") << "sent again";
    EXPECT_EQ(taken(follower, data(104, "efgh")), "gh");
}

TEST(StreamFollower, CountsOverTheEndOfTheNumbers) {
    StreamFollower follower;
    follower.take(syn(kNearTheEnd - 1));
    EXPECT_EQ(taken(follower, data(kNearTheEnd, "abcd")), "abcd");
    EXPECT_EQ(taken(follower, data(2, "ef")), "ef");
}

TEST(StreamFollower, BeginsAnewWithANewConnectionOnly) {
    StreamFollower follower;
    follower.take(syn(10));
    EXPECT_TRUE(follower.hasBegunAnew());
    EXPECT_EQ(taken(follower, data(11, "old")), "old");
    follower.take(syn(10));
    EXPECT_FALSE(follower.hasBegunAnew()) << "the same SYN, sent again";
    follower.take(syn(500));
    EXPECT_TRUE(follower.hasBegunAnew());
    EXPECT_EQ(taken(follower, data(501, "new")), "new");
}

TEST(StreamFollower, KnowsNothingOfAStreamWhoseBeginningItHasNotSeen) {
    StreamFollower follower;
    EXPECT_EQ(taken(follower, data(100, "abc")), "");
}

}  // namespace
}  // namespace peerscape::mrt
