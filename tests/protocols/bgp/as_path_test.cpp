#include "protocols/bgp/as_path.hpp"

#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "tests/protocols/bgp/helpers.hpp"

namespace peerscape::bgp {
namespace {

const AsSegment kSequence{SegmentType::Sequence, {65001, 65002, 65001}};
const AsSegment kSet{SegmentType::Set, {9, 7, 9, 8}};
const AsSegment kConfedSequence{SegmentType::ConfedSequence, {64512, 64513}};

TEST(AsPath, CountsASetAsOneAndConfederationsAsNothing) {
    const AsPath path = test::pathOf({kConfedSequence, kSequence, kSet});
    EXPECT_EQ(path.length(), 4U);
    EXPECT_EQ(path.length(true), 6U);
}

TEST(AsPath, IsWrittenAsRoutersWriteIt) {
    EXPECT_EQ(test::pathOf({kConfedSequence, kSequence, kSet}).text(),
              "(64512 64513) 65001 65002 65001 {7,8,9}");
    EXPECT_EQ(AsPath().text(), "");
}

TEST(AsPath, KnowsItsFirstAndItsOrigin) {
    EXPECT_EQ(test::pathOf({kConfedSequence, kSequence}).first(), Asn::number(65001));
    EXPECT_EQ(test::pathOf({kSet, kSequence}).first(), std::nullopt);
    EXPECT_EQ(test::pathOf({kConfedSequence}).first(), std::nullopt);
    EXPECT_EQ(test::pathOf({kSequence, kSet}).origin(), std::nullopt);
    EXPECT_EQ(test::pathOf({kSet, kSequence}).origin(), Asn::number(65001));
    EXPECT_EQ(test::pathOf({kSequence}).countOf(Asn::number(65001)), 2U);
}

TEST(AsPath, PrependsIntoTheFirstSegmentWhereItFits) {
    AsPath path = test::pathOf({kSet});
    path.prepend(Asn::number(65003), 2);
    EXPECT_EQ(path.text(), "65003 65003 {7,8,9}");
    path.prepend(Asn::number(64512), 1, true);
    path.prepend(Asn::number(64513), 1, true);
    EXPECT_EQ(path.text(), "(64513 64512) 65003 65003 {7,8,9}");
    path.removeConfederation();
    path.prepend(test::pathOf({{SegmentType::Sequence, {1, 2}}}));
    EXPECT_EQ(path.text(), "1 2 65003 65003 {7,8,9}");
    EXPECT_EQ(path.segments().size(), 2U);
}

TEST(AsPath, BeginsANewSegmentBehind255Numbers) {
    AsPath path = AsPath::sequence(std::vector<std::uint32_t>(255, 1));
    ASSERT_EQ(path.segments().size(), 1U);
    path.prepend(Asn::number(2));
    ASSERT_EQ(path.segments().size(), 2U);
    EXPECT_EQ(path.segments()[0].numbers.size(), 1U);
    EXPECT_EQ(path.length(), 256U);
}

TEST(AsPath, ReplacesAndRemovesNumbersWhereverTheyStand) {
    AsPath path = test::pathOf({kSequence, {SegmentType::Set, {65001}}});
    path.replace(Asn::number(65001), Asn::number(3));
    EXPECT_EQ(path.text(), "3 65002 3 {3}");
    path.remove(Asn::number(3));
    EXPECT_EQ(path.text(), "65002");
    EXPECT_EQ(path.segments().size(), 1U);
}

}  // namespace
}  // namespace peerscape::bgp
