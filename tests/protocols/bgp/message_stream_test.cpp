#include "protocols/bgp/message_stream.hpp"

#include <gtest/gtest.h>

#include "tests/protocols/bgp/helpers.hpp"

namespace peerscape::bgp {
namespace {

using test::hex;

constexpr const char* kMarker = "ffffffff ffffffff ffffffff ffffffff ";

Bytes header(const std::string& sizeAndType) { return hex(kMarker + sizeAndType); }

NotificationMessage headerError(std::uint8_t subcode, Bytes data) {
    return {ErrorCode::MessageHeader, subcode, std::move(data)};
}

TEST(BgpMessageStream, CutsTheStreamWhereverItBreaks) {
    const WireOptions options;
    Bytes all = encode(KeepaliveMessage{}, options);
    const Bytes refresh = encode(RouteRefreshMessage{Family::IPv6}, options);
    all.insert(all.end(), refresh.begin(), refresh.end());
    all.insert(all.end(), all.begin(), all.end());
    for (std::size_t piece = 1; piece <= all.size(); ++piece) {
        MessageStream stream;
        std::vector<std::size_t> sizes;
        for (std::size_t at = 0; at < all.size(); at += piece) {
            stream.append(ByteView(all).subspan(at, std::min(piece, all.size() - at)));
            for (auto next = stream.next(options); next && *next; next = stream.next(options)) {
                sizes.push_back((**next).size());
                EXPECT_TRUE(decode(**next, options));
            }
        }
        EXPECT_EQ(sizes, (std::vector<std::size_t>{19, 23, 19, 23})) << piece;
        EXPECT_EQ(stream.pending(), 0U);
    }
}

TEST(BgpMessageStream, EqualsAnotherThatWaitsForTheSame) {
    MessageStream one;
    MessageStream other;
    one.append(encode(KeepaliveMessage{}, {}));
    one.append(hex("ffff"));
    other.append(hex("ffff"));
    EXPECT_FALSE(one == other);
    EXPECT_TRUE(one.next({})->has_value());
    EXPECT_TRUE(one == other);
}

struct BadHeader {
    const char* name;
    const char* sizeAndType;
    NotificationMessage expected;
};

class BgpHeaders : public testing::TestWithParam<BadHeader> {};

// RFC 4271 section 6.1: the data are the erroneous field.
TEST_P(BgpHeaders, AreRefusedAsSoonAsTheyAreThere) {
    MessageStream stream;
    stream.append(header(GetParam().sizeAndType));
    for (int i = 0; i < 2; ++i) {
        const auto next = stream.next({});
        ASSERT_FALSE(next);
        EXPECT_EQ(next.error().notification, GetParam().expected);
        EXPECT_FALSE(next.error().sentence.empty());
    }
}

INSTANTIATE_TEST_SUITE_P(
    Rfc4271, BgpHeaders,
    testing::Values(
        BadHeader{"TooShort", "0012 04", headerError(subcode::kBadMessageLength, {0x00, 0x12})},
        BadHeader{"TooLong", "1001 02", headerError(subcode::kBadMessageLength, {0x10, 0x01})},
        BadHeader{"TooLongOfNoType", "1001 06", headerError(subcode::kBadMessageLength, {0x10, 0x01})},
        BadHeader{"ShortOpen", "001c 01", headerError(subcode::kBadMessageLength, {0x00, 0x1c})},
        BadHeader{"ShortUpdate", "0016 02", headerError(subcode::kBadMessageLength, {0x00, 0x16})},
        BadHeader{"ShortNotification", "0014 03", headerError(subcode::kBadMessageLength, {0x00, 0x14})},
        BadHeader{"LongKeepalive", "0014 04", headerError(subcode::kBadMessageLength, {0x00, 0x14})},
        BadHeader{"ShortRouteRefresh", "0016 05", headerError(subcode::kBadMessageLength, {0x00, 0x16})},
        BadHeader{"TypeZero", "0013 00", headerError(subcode::kBadMessageType, {0x00})},
        BadHeader{"TypeSix", "0017 06", headerError(subcode::kBadMessageType, {0x06})}),
    [](const auto& one) { return one.param.name; });

TEST(BgpMessageStream, RefusesAnotherMarker) {
    Bytes bytes = encode(KeepaliveMessage{}, {});
    bytes[7] = 0xfe;
    MessageStream stream;
    stream.append(bytes);
    const auto next = stream.next({});
    ASSERT_FALSE(next);
    EXPECT_EQ(next.error().notification, headerError(subcode::kConnectionNotSynchronized, {}));
}

TEST(BgpMessageStream, TakesExtendedMessagesWhereBothAgreed) {
    WireOptions options;
    options.hasExtendedMessage = true;
    // RFC 8654 section 4: not OPEN and KEEPALIVE.
    EXPECT_EQ(headerFailure(header("ffff 02"), options), std::nullopt);
    EXPECT_EQ(headerFailure(header("ffff 03"), options), std::nullopt);
    EXPECT_NE(headerFailure(header("1001 01"), options), std::nullopt);
    EXPECT_EQ(headerFailure(header("1000 01"), options), std::nullopt);
    EXPECT_NE(headerFailure(header("1001 02"), {}), std::nullopt);
}

}  // namespace
}  // namespace peerscape::bgp
