#include "protocols/bgp/private_numbers.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace peerscape::bgp {
namespace {

constexpr Asn kOwn = Asn::number(3356);
constexpr Asn kNeighbor = Asn::number(65009);

std::string without(const RemovePrivateAs& how, const std::vector<std::uint32_t>& numbers) {
    AsPath path = AsPath::sequence(numbers);
    removePrivate(path, how, kOwn, kNeighbor);
    return path.text();
}

TEST(PrivateNumbers, GoWhenAllAreOfTheirKind) {
    const RemovePrivateAs plain;
    EXPECT_EQ(without(plain, {65001, 4200000000, 65001}), "");
    EXPECT_EQ(without(plain, {65001, 174}), "65001 174");
    EXPECT_EQ(without(plain, {64500}), "64500");
}

TEST(PrivateNumbers, GoFromMixedPathsWithAll) {
    EXPECT_EQ(without({true, false}, {65001, 174, 65002}), "174");
}

TEST(PrivateNumbers, BecomeTheOwnNumberWithReplaceAs) {
    EXPECT_EQ(without({false, true}, {65001, 65002}), "3356 3356");
    EXPECT_EQ(without({true, true}, {65001, 174, 65009}), "3356 174 3356");
}

TEST(PrivateNumbers, TheNeighborsOwnStays) { EXPECT_EQ(without({false, false}, {65001, 65009}), "65009"); }

}  // namespace
}  // namespace peerscape::bgp
