/// Random messages survive the wire, whole and split.
#include "tests/protocols/bgp/random_messages.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "protocols/bgp/layout.hpp"
#include "tests/protocols/bgp/helpers.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::uint64_t kRuns = 3000;

void expectSurvival(const BgpMessage& message, const WireOptions& options) {
    const Bytes bytes = encode(message, options);
    EXPECT_EQ(bytes.size(), encodedSize(message, options));
    const auto result = decode(bytes, options);
    ASSERT_TRUE(result) << result.error().sentence;
    EXPECT_TRUE(result->problems.empty()) << result->problems.front().sentence;
    ASSERT_EQ(result->message, message) << toHex(bytes);
    EXPECT_EQ(layoutOf(bytes, *result->message, options), std::nullopt);
}

TEST(BgpRandomMessages, OpensSurvive) {
    for (std::uint64_t seed = 0; seed < kRuns; ++seed)
        expectSurvival(test::RandomMessages(seed).open(), {});
}

TEST(BgpRandomMessages, UpdatesSurvive) {
    for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
        test::RandomMessages random(seed);
        const WireOptions options = random.options();
        expectSurvival(random.update(options, 20), options);
    }
}

/// What the messages say together: every prefix with its kind, what is said of it, and in which order.
template <typename Groups>
NlriList prefixesOf(const Groups& groups, Family family, bool isMultiprotocol) {
    NlriList all;
    for (const auto& group : groups) {
        if (group.family == family && group.isMultiprotocol == isMultiprotocol)
            all.insert(all.end(), group.prefixes.begin(), group.prefixes.end());
    }
    return all;
}

template <typename Member>
NlriList together(const SmallVector<UpdateMessage, 1>& messages, Member member, Family family,
                  bool isMultiprotocol) {
    NlriList all;
    for (const UpdateMessage& message : messages) {
        const auto some = prefixesOf(message.*member, family, isMultiprotocol);
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

TEST(BgpRandomMessages, PartsOfASplitSayTheSameAndFit) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        test::RandomMessages random(seed);
        WireOptions options = random.options();
        options.hasExtendedMessage = seed % 4 == 0;
        const UpdateMessage update = random.update(options, 3000);
        if (update.endOfRibFamily()) continue;
        const SplitUpdate split = splitToFit(update, options);
        EXPECT_TRUE(split.tooLarge.empty());
        if (surelyFits(update)) {
            EXPECT_LE(encode(update, options).size(), WireOptions{}.largestMessage());
        }
        for (const UpdateMessage& message : split.messages) {
            EXPECT_LE(encode(message, options).size(), options.largestMessage());
            EXPECT_EQ(message.withdrawn.size() + message.announced.size(), 1U);
            if (!message.announced.empty()) {
                EXPECT_EQ(message.attributes, update.attributes);
            }
        }
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            for (const bool isMultiprotocol : {false, true}) {
                EXPECT_EQ(together(split.messages, &UpdateMessage::withdrawn, family, isMultiprotocol),
                          prefixesOf(update.withdrawn, family, isMultiprotocol));
                EXPECT_EQ(together(split.messages, &UpdateMessage::announced, family, isMultiprotocol),
                          prefixesOf(update.announced, family, isMultiprotocol));
            }
        }
    }
}

UpdateMessage hosts(std::size_t count) {
    UpdateMessage update;
    update.announced.push_back({Family::IPv4, false, {test::ip("192.0.2.1"), std::nullopt}, {}});
    for (std::uint32_t i = 0; i < count; ++i)
        update.announced[0].prefixes.push_back({Prefix::host(IpAddress::v4(0x0a000000 + i))});
    PathAttributes attributes;
    attributes.asPath = test::path({65001});
    update.attributes = attributes;
    return update;
}

TEST(BgpSplit, FillsMessagesToTheLastOctet) {
    // 23 octets, ORIGIN 4, AS_PATH 10, NEXT_HOP 7; then 810 prefixes of 5 octets leave 2 free.
    const auto split = splitToFit(hosts(811), {});
    ASSERT_EQ(split.messages.size(), 2U);
    EXPECT_EQ(split.messages[0].announced[0].prefixes.size(), 810U);
    EXPECT_EQ(encode(split.messages[0], {}).size(), 4094U);
    EXPECT_EQ(splitToFit(hosts(810), {}).messages, (SmallVector<UpdateMessage, 1>{hosts(810)}));
}

TEST(BgpSplit, LeavesEndOfRibAlone) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const auto marker = UpdateMessage::endOfRib(family);
        EXPECT_EQ(splitToFit(marker, {}).messages, (SmallVector<UpdateMessage, 1>{marker}));
    }
}

// RFC 8654 section 4.
TEST(BgpSplit, WithdrawsWhatNoMessageCanHold) {
    UpdateMessage update = hosts(2);
    update.announced[0].prefixes[1].prefix = Prefix();
    PathAttributes attributes = *update.attributes;
    CommunityValues communities;
    // 23 + 4 + 10 + 7 octets and 4 + 4 * 1011 leave room for a default route, but not for a host.
    for (Community i = 1; i <= 1011; ++i)
        communities.push_back(i);
    attributes.communities = communities;
    update.attributes = attributes;
    const auto split = splitToFit(update, {});
    EXPECT_EQ(split.tooLarge, (NlriList{{test::net("10.0.0.0/32")}}));
    ASSERT_EQ(split.messages.size(), 2U);
    EXPECT_EQ(split.messages[0].withdrawn[0].prefixes, split.tooLarge);
    EXPECT_EQ(split.messages[1].announced[0].prefixes, (NlriList{{Prefix()}}));
    EXPECT_LE(encode(split.messages[1], {}).size(), kLargestMessage);
    WireOptions extended;
    extended.hasExtendedMessage = true;
    EXPECT_TRUE(splitToFit(update, extended).tooLarge.empty());
}

}  // namespace
}  // namespace peerscape::bgp
