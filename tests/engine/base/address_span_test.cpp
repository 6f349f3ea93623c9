#include "engine/base/address_span.hpp"

#include <gtest/gtest.h>

namespace peerscape {
namespace {

IpAddress address(std::string_view text) { return *IpAddress::parse(text); }
Prefix network(std::string_view text) { return *Prefix::parse(text); }

TEST(AddressSpan, MeetsNothingWhileItIsEmpty) { EXPECT_FALSE(AddressSpan().mayMeet(network("0.0.0.0/0"))); }

TEST(AddressSpan, ReachesFromTheSmallestToTheLargest) {
    AddressSpan span;
    span.include(address("10.0.2.1"));
    span.include(address("10.0.0.9"));
    span.include(address("10.0.1.1"));
    for (const char* met :
         {"10.0.0.9/32", "10.0.2.1/32", "10.0.0.0/8", "0.0.0.0/0", "10.0.0.0/24", "10.0.1.128/25"})
        EXPECT_TRUE(span.mayMeet(network(met))) << met;
    for (const char* other :
         {"10.0.0.8/32", "10.0.0.0/29", "10.0.2.2/32", "10.0.3.0/24", "9.0.0.0/8", "2001:db8::/32"})
        EXPECT_FALSE(span.mayMeet(network(other))) << other;
}

TEST(AddressSpan, TellsFamiliesApart) {
    AddressSpan span;
    span.include(address("2001:db8::1"));
    EXPECT_TRUE(span.mayMeet(network("2001:db8::/64")));
    EXPECT_FALSE(span.mayMeet(network("0.0.0.0/0")));
    span.include(address("10.0.0.1"));
    EXPECT_TRUE(span.mayMeet(network("10.0.0.0/30")));
}

}  // namespace
}  // namespace peerscape
