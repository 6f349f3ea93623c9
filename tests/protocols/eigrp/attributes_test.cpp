#include "protocols/eigrp/attributes.hpp"

#include <gtest/gtest.h>

namespace peerscape::eigrp {
namespace {

PathAttributes attributes(std::uint64_t delay, std::uint32_t gateway = 1, std::uint32_t tag = 0) {
    PathAttributes result;
    result.reported.delay = Delay::tensOfMicroseconds(delay);
    result.reported.hopCount = static_cast<std::uint8_t>(delay % 100);
    result.total = result.reported;
    result.total.delay = Delay::tensOfMicroseconds(delay + 10);
    result.total.hopCount = static_cast<std::uint8_t>(delay % 100 + 1);
    result.gateway = IpAddress::v4(0x0a000000U + gateway);
    result.interface = InterfaceId(static_cast<std::uint16_t>(gateway));
    if (tag != 0) result.exterior = Exterior{.administrativeTag = tag};
    return result;
}

TEST(EigrpAttributes, AreReadAsTheyWereAdded) {
    AttributesTable table;
    std::vector<PathAttributes> added;
    std::vector<dual::AttributesId> ids;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        added.push_back(attributes(i, i % 3, i % 7 == 0 ? i : 0));
        added.back().reported.bandwidth = PathBandwidth::kilobitsPerSecond(1000 + i % 5);
        added.back().total.load = static_cast<std::uint8_t>(1 + i % 4);
        if (i % 11 == 0) {
            added.back().reported.extendedAttributes = Bytes{1, static_cast<std::uint8_t>(i)};
            added.back().total.extendedAttributes = added.back().reported.extendedAttributes;
        }
        ids.push_back(table.add(added.back()));
    }
    for (std::size_t i = 0; i < added.size(); ++i)
        ASSERT_EQ(table[ids[i]], added[i]) << i;
}

TEST(EigrpAttributes, OfWhatASweepForgetsThePlaceIsUsedAgain) {
    AttributesTable table;
    std::vector<dual::AttributesId> ids;
    for (std::uint32_t i = 0; i < 300; ++i)
        ids.push_back(table.add(attributes(i, 1, i + 1)));
    ASSERT_TRUE(table.isSweepDue());
    const std::vector<dual::AttributesId> held{ids[5], dual::AttributesId::none(), ids[290]};
    table.sweep({}, held);
    EXPECT_FALSE(table.isSweepDue());
    for (std::uint32_t i = 0; i < 200; ++i)
        EXPECT_LT(table.add(attributes(i, 2, 1000 + i)).value(), 300U);
    EXPECT_EQ(table[ids[5]], attributes(5, 1, 6));
    EXPECT_EQ(table[ids[290]], attributes(290, 1, 291));
    EXPECT_EQ(table[table.add(attributes(7, 1, 6))], attributes(7, 1, 6));
}

}  // namespace
}  // namespace peerscape::eigrp
