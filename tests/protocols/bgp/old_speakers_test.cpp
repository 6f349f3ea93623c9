/// Four-octet AS numbers beside speakers that know only two (RFC 6793).
#include <gtest/gtest.h>

#include "protocols/bgp/as_path_codec.hpp"
#include "tests/protocols/bgp/helpers.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::uint32_t kLarge = 4200000001;

WireOptions old() {
    WireOptions options;
    options.hasFourOctetAs = false;
    return options;
}

AsSegment sequence(std::vector<std::uint32_t> numbers) { return {SegmentType::Sequence, std::move(numbers)}; }
AsSegment set(std::vector<std::uint32_t> numbers) { return {SegmentType::Set, std::move(numbers)}; }
AsSegment confed(std::vector<std::uint32_t> numbers) {
    return {SegmentType::ConfedSequence, std::move(numbers)};
}

/// What an update with these attributes beside the mandatory ones says.
PathAttributes readAttributes(const std::string& attributes, PeerKind peer = PeerKind::External) {
    WireOptions options = old();
    options.peer = peer;
    const auto decoded = test::decoded(
        test::update("40 01 01 00 40 03 04 c0000201 40 05 04 00000064" + attributes, "08 0a"), options);
    return *std::get<UpdateMessage>(*decoded.message).attributes;
}

UpdateMessage announcing(PathAttributes attributes) {
    UpdateMessage update;
    update.announced.push_back(
        {Family::IPv4, false, {test::ip("192.0.2.1"), std::nullopt}, {{test::net("10.0.0.0/8")}}});
    attributes.origin = Origin::Igp;
    update.attributes = std::move(attributes);
    return update;
}

TEST(BgpOldSpeakers, AreToldOfLargeNumbersInAs4Path) {
    PathAttributes attributes;
    attributes.asPath = test::path({65001, kLarge});
    RareAttributes rare;
    rare.aggregator = Aggregator{Asn::number(kLarge), RouterId(0x0a000009)};
    attributes.rare = rare;
    const UpdateMessage update = announcing(attributes);
    const Bytes bytes = encode(update, old());
    EXPECT_EQ(toHex(bytes), toHex(test::update("40 01 01 00  50 02 0006 02 02 fde9 5ba0  40 03 04 c0000201"
                                               "c0 07 06 5ba0 0a000009  c0 11 0a 02 02 0000fde9 fa56ea01"
                                               "c0 12 08 fa56ea01 0a000009",
                                               "08 0a")));
    EXPECT_EQ(test::decoded(bytes, old()).message, BgpMessage(update));
}

TEST(BgpOldSpeakers, AreToldNothingMoreOfSmallNumbers) {
    PathAttributes attributes;
    attributes.asPath = test::path({65001, 65002});
    EXPECT_EQ(toHex(encode(announcing(attributes), old())),
              toHex(test::update("40 01 01 00  50 02 0006 02 02 fde9 fdea  40 03 04 c0000201", "08 0a")));
}

// RFC 6793 section 3: segments of the confederation stay out of AS4_PATH.
TEST(BgpOldSpeakers, HearNothingOfTheConfederationInAs4Path) {
    const AsPath path = test::pathOf({confed({64512, kLarge}), sequence({65001, kLarge})});
    EXPECT_EQ(withoutConfederation(path), test::path({65001, kLarge}));
    PathAttributes attributes;
    attributes.asPath = test::pathOf({confed({64512, kLarge})});
    attributes.localPreference = 100;
    WireOptions options = old();
    options.peer = PeerKind::Internal;
    EXPECT_EQ(toHex(encode(announcing(attributes), options)),
              toHex(test::update(
                  "40 01 01 00  50 02 0006 03 02 fc00 5ba0  40 03 04 c0000201  40 05 04 00000064", "08 0a")));
}

TEST(BgpOldSpeakers, As4PathReplacesTheEndOfThePath) {
    // Section 4.2.3: 65003 is an OLD speaker that put itself in front of what AS4_PATH knows.
    EXPECT_EQ(*readAttributes("40 02 08 02 03 fdeb fde9 5ba0  c0 11 0a 02 02 0000fde9 fa56ea01").asPath,
              test::path({65003, 65001, kLarge}));
}

TEST(BgpOldSpeakers, ALongerAs4PathDoesNotCount) {
    EXPECT_EQ(*readAttributes("40 02 04 02 01 5ba0  c0 11 0a 02 02 0000fde9 fa56ea01").asPath,
              test::path({kAsTrans}));
}

TEST(BgpOldSpeakers, PathsAreMergedBySegments) {
    const AsPath as4 = test::path({kLarge});
    EXPECT_EQ(merge(test::pathOf({sequence({1, 2, kAsTrans})}), as4), test::path({1, 2, kLarge}));
    // A set counts one, and is taken whole.
    EXPECT_EQ(merge(test::pathOf({set({7, 8}), sequence({kAsTrans})}), as4),
              test::pathOf({set({7, 8}), sequence({kLarge})}));
    EXPECT_EQ(merge(test::pathOf({sequence({1}), set({7, kAsTrans})}), test::pathOf({set({7, kLarge})})),
              test::pathOf({sequence({1}), set({7, kLarge})}));
    EXPECT_EQ(merge(test::path({5}), AsPath()), test::path({5}));
    // Segments of the confederation in front, and beside those that are taken, are taken too.
    EXPECT_EQ(merge(test::pathOf({confed({64512}), sequence({kAsTrans})}), as4),
              test::pathOf({confed({64512}), sequence({kLarge})}));
    EXPECT_EQ(merge(test::pathOf({sequence({1}), confed({64512}), sequence({kAsTrans})}), as4),
              test::pathOf({sequence({1}), confed({64512}), sequence({kLarge})}));
}

TEST(BgpOldSpeakers, ConfederationSegmentsInAs4PathAreLeftOut) {
    const auto attributes =
        readAttributes("40 02 06 02 02 fdeb 5ba0  c0 11 0c 03 01 0000fc00 02 01 fa56ea01");
    EXPECT_EQ(*attributes.asPath, test::path({65003, kLarge}));
}

TEST(BgpOldSpeakers, AMalformedAs4PathDoesNotCount) {
    for (const char* as4Path : {"c0 11 00", "c0 11 05 02 01 fa56ea", "c0 11 06 05 01 fa56ea01",
                                "c0 11 02 02 00", "c0 11 06 02 01 00000000", "80 11 06 02 01 fa56ea01"}) {
        EXPECT_EQ(*readAttributes(std::string("40 02 04 02 01 5ba0 ") + as4Path).asPath,
                  test::path({kAsTrans}))
            << as4Path;
    }
}

TEST(BgpOldSpeakers, AnAggregatorOfAnOldSpeakerMakesTheOthersOutdated) {
    const std::string path = "40 02 06 02 02 fde9 5ba0  c0 11 0a 02 02 0000fde9 fa56ea01";
    const auto outdated = readAttributes(path + "c0 07 06 fdeb 0a000003  c0 12 08 fa56ea01 0a000009");
    EXPECT_EQ(outdated.rare->aggregator, (Aggregator{Asn::number(65003), RouterId(0x0a000003)}));
    EXPECT_EQ(*outdated.asPath, test::path({65001, kAsTrans}));
    const auto current = readAttributes(path + "c0 07 06 5ba0 0a000009  c0 12 08 fa56ea01 0a000009");
    EXPECT_EQ(current.rare->aggregator, (Aggregator{Asn::number(kLarge), RouterId(0x0a000009)}));
    EXPECT_EQ(*current.asPath, test::path({65001, kLarge}));
}

TEST(BgpOldSpeakers, As4PathCountsBesideAnAggregatorWithoutTwin) {
    const auto attributes =
        readAttributes("40 02 06 02 02 fde9 5ba0  c0 07 06 fdeb 0a000003  c0 11 0a 02 02 0000fde9 fa56ea01");
    EXPECT_EQ(*attributes.asPath, test::path({65001, kLarge}));
    EXPECT_EQ(attributes.rare->aggregator, (Aggregator{Asn::number(65003), RouterId(0x0a000003)}));
}

TEST(BgpOldSpeakers, AMalformedAs4AggregatorDoesNotCount) {
    for (const char* bad : {"c0 12 06 fa56ea01 0a00", "c0 12 08 00000000 0a000009"}) {
        const auto attributes =
            readAttributes(std::string("40 02 04 02 01 5ba0  c0 07 06 5ba0 0a000009 ") + bad);
        EXPECT_EQ(attributes.rare->aggregator, (Aggregator{Asn::number(kAsTrans), RouterId(0x0a000009)}));
    }
}

TEST(BgpAsPathBytes, LongSegmentsAreSeveral) {
    std::vector<std::uint32_t> numbers(600, 65001);
    AsPath path;
    path.append({SegmentType::Sequence, numbers});
    const Bytes bytes = encodeAsPath(path, NumberSize::Two);
    EXPECT_EQ(bytes.size(), 3U * 2 + 600 * 2);
    const auto again = decodeAsPath(bytes, NumberSize::Two);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->length(), 600U);
    EXPECT_EQ(again->segments().size(), 3U);
}

}  // namespace
}  // namespace peerscape::bgp
