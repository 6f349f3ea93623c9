#include "protocols/bgp/judged_attributes.hpp"

#include <gtest/gtest.h>

namespace peerscape::bgp {
namespace {

TEST(JudgedAttributes, TheRankSaysWhatTheAttributesSay) {
    PathAttributes attributes;
    const JudgedAttributes::Rank nothing = JudgedAttributes(SharedAttributes(attributes)).rank();
    EXPECT_EQ(nothing, JudgedAttributes::Rank());
    EXPECT_EQ(nothing.origin, attributes.origin);

    attributes.origin = Origin::Egp;
    attributes.med = 7;
    attributes.localPreference = 0;
    attributes.asPath = AsPath::sequence(std::vector<std::uint32_t>{65001, 65002, 65003});
    attributes.asPath.edit().prepend(Asn::number(64512), 2, true);
    attributes.communities = CommunityValues{community::kLlgrStale};
    attributes.rare.edit().originatorId = RouterId(9);
    const JudgedAttributes::Rank rank = JudgedAttributes(SharedAttributes(attributes)).rank();
    EXPECT_EQ(rank.origin, Origin::Egp);
    EXPECT_TRUE(rank.hasMed);
    EXPECT_EQ(rank.med, 7U);
    EXPECT_TRUE(rank.hasLocalPreference) << "0 is a preference";
    EXPECT_EQ(rank.localPreference, 0U);
    EXPECT_EQ(rank.length, 3U);
    EXPECT_EQ(rank.lengthWithConfederation, 5U);
    EXPECT_TRUE(rank.isLongLivedStale);
    EXPECT_TRUE(rank.hasOriginator);
}

TEST(JudgedAttributes, OtherAttributesHaveAnotherRank) {
    PathAttributes attributes;
    attributes.localPreference = 100;
    JudgedAttributes judged = SharedAttributes(attributes);
    SharedAttributes changed = judged;
    changed.edit().localPreference = 200;
    EXPECT_EQ(judged.rank().localPreference, 100U) << "copies are of their own";
    judged = changed;
    EXPECT_EQ(judged.rank().localPreference, 200U);
    EXPECT_EQ(judged, JudgedAttributes(changed));
}

TEST(JudgedAttributes, APathThatIsTooLongToBeCountedIsAsLongAsCanBe) {
    PathAttributes attributes;
    for (int i = 0; i < 300; ++i)
        attributes.asPath.edit().prepend(Asn::number(65001), 255);
    EXPECT_EQ(JudgedAttributes(SharedAttributes(attributes)).rank().length, 65535U);
}

}  // namespace
}  // namespace peerscape::bgp
