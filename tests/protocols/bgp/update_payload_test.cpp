#include "protocols/bgp/update_payload.hpp"

#include <functional>

#include <gtest/gtest.h>

#include "tests/protocols/bgp/helpers.hpp"
#include "tests/protocols/bgp/random_messages.hpp"

namespace peerscape::bgp {
namespace {

using test::ip;
using test::net;

/// An UPDATE as one AS sends it to another, and what may be unusual about it.
UpdateMessage ordinary() {
    UpdateMessage update;
    update.announced.push_back(
        {Family::IPv4, false, {ip("10.0.0.1"), std::nullopt}, {{net("192.0.2.0/24")}}});
    PathAttributes attributes;
    attributes.asPath = test::path({65001, 65002});
    attributes.communities = CommunityValues{1, 2};
    attributes.med = 5;
    update.attributes = attributes;
    return update;
}

/// Whether the reader has the very message; when so, its bytes must give that as well.
bool isReadAsSent(const UpdateMessage& update, const WireOptions& sender, const WireOptions& reader) {
    const UpdatePayload payload(UpdateMessage(update), sender);
    const UpdateMessage* read = payload.asReadBy(reader);
    if (read == nullptr) return false;
    EXPECT_EQ(*read, update);
    const auto decoded = decode(Payload(std::make_shared<const UpdatePayload>(payload)).bytes(), reader);
    EXPECT_TRUE(decoded.has_value());
    if (decoded) {
        EXPECT_TRUE(decoded->problems.empty());
        EXPECT_EQ(decoded->message, BgpMessage(update));
    }
    return true;
}

TEST(BgpUpdatePayload, AnOrdinaryUpdateNeedsNoReading) {
    EXPECT_TRUE(isReadAsSent(ordinary(), {}, {}));
    UpdateMessage withdrawal;
    withdrawal.withdrawn.push_back({Family::IPv4, false, {{net("192.0.2.0/24")}, {net("0.0.0.0/0")}}});
    EXPECT_TRUE(isReadAsSent(withdrawal, {}, {}));
}

TEST(BgpUpdatePayload, WhatADecoderMightChangeIsRead) {
    struct Row {
        const char* name;
        std::function<void(UpdateMessage&)> change;
    };
    const auto attributes = [](auto change) {
        return [change](UpdateMessage& update) { change(update.attributes.edit()); };
    };
    const Row rows[] = {
        {"a multicast prefix",
         [](UpdateMessage& u) { u.announced[0].prefixes[0].prefix = net("224.0.0.0/8"); }},
        {"a path identifier", [](UpdateMessage& u) { u.announced[0].prefixes[0].pathId = 1; }},
        {"no prefix", [](UpdateMessage& u) { u.announced[0].prefixes.clear(); }},
        {"End-of-RIB", [](UpdateMessage& u) { u = UpdateMessage::endOfRib(Family::IPv4); }},
        {"both kinds",
         [](UpdateMessage& u) { u.withdrawn.push_back({Family::IPv4, false, {{net("10.0.0.0/8")}}}); }},
        {"MP_REACH_NLRI", [](UpdateMessage& u) { u.announced[0].isMultiprotocol = true; }},
        {"a next hop that no router has",
         [](UpdateMessage& u) { u.announced[0].nextHop.address = ip("127.0.0.1"); }},
        {"a next hop of IPv6", [](UpdateMessage& u) { u.announced[0].nextHop.address = ip("2001:db8::1"); }},
        {"LOCAL_PREF", attributes([](PathAttributes& a) { a.localPreference = 100; })},
        {"no AS path", attributes([](PathAttributes& a) { a.asPath = AsPath(); })},
        {"AS 0", attributes([](PathAttributes& a) { a.asPath = test::path({0}); })},
        {"a cluster", attributes([](PathAttributes& a) { a.rare.edit().clusterList = {RouterId(1)}; })},
    };
    for (const Row& row : rows) {
        UpdateMessage update = ordinary();
        row.change(update);
        EXPECT_FALSE(isReadAsSent(update, {}, {})) << row.name;
    }
}

TEST(BgpUpdatePayload, AmongUnequalSpeakersEverythingIsRead) {
    const std::function<void(WireOptions&)> changes[] = {
        [](WireOptions& o) { o.peer = PeerKind::Internal; },
        [](WireOptions& o) { o.hasFourOctetAs = false; },
        [](WireOptions& o) { o.families.ipv4 = false; },
        [](WireOptions& o) { o.sendsPathIds.ipv4 = o.receivesPathIds.ipv4 = true; },
        [](WireOptions& o) { o.isAigpSession = true; },
    };
    for (const auto& change : changes) {
        WireOptions options;
        change(options);
        EXPECT_FALSE(isReadAsSent(ordinary(), options, options));
        EXPECT_FALSE(isReadAsSent(ordinary(), options, {}));
        EXPECT_FALSE(isReadAsSent(ordinary(), {}, options));
    }
}

TEST(BgpUpdatePayload, RandomOnesAreWhatTheirBytesSay) {
    std::size_t unread = 0;
    for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
        test::RandomMessages random(seed);
        WireOptions options = random.options();
        if (random.flip())
            options.isAigpSession = options.sendsPathIds.ipv4 = options.receivesPathIds.ipv4 = false;
        UpdateMessage update = random.update(options, 5);
        if (random.flip() && !update.announced.empty()) {
            update.attributes.edit().rare = {};
            update.attributes.edit().localPreference.reset();
        }
        unread += isReadAsSent(update, options, options.mirrored()) ? 1 : 0;
    }
    EXPECT_GT(unread, 50U);
}

}  // namespace
}  // namespace peerscape::bgp
