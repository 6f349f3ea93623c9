#include "engine/record/record_log.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/engine/base/values.hpp"

namespace peerscape {
namespace {

PacketPtr packetTo(std::uint32_t number, std::uint8_t ttl = 64) {
    Packet packet;
    packet.source = IpAddress::v4(1);
    packet.destination = IpAddress::v4(number);
    packet.ttl = ttl;
    return std::make_shared<const Packet>(packet);
}

record::RouteChanged routeChanged(std::uint32_t metric) {
    RibChange change;
    change.prefix = Prefix::parse("10.0.0.0/8").value();
    change.after.protocol = kConnected;
    change.after.metric = metric;
    return {std::make_shared<const RibChange>(change)};
}

record::ActionTaken action(const char* text) { return {std::make_shared<const std::string>(text)}; }

TEST(RecordLog, NumbersRecordsAndFindsThem) {
    RecordLog log;
    const RecordId first = log.append(at(1), NodeId::none(), RecordId::none(), action("cut"));
    const RecordId second =
        log.append(at(2), NodeId(3), first, record::InterfaceChanged{InterfaceId(1), false});
    EXPECT_EQ(first, RecordId(0));
    EXPECT_EQ(log.count(), 2U);
    ASSERT_NE(log.find(second), nullptr);
    EXPECT_EQ(log.find(second)->cause, first);
    EXPECT_EQ(log.find(second)->node, NodeId(3));
    EXPECT_EQ(log.find(second)->time, at(2));
    EXPECT_EQ(log.find(RecordId(2)), nullptr);
    EXPECT_EQ(log.find(RecordId::none()), nullptr);
}

TEST(RecordLog, WhatIsKeptChangesNeitherNumbersNorFingerprint) {
    const auto fill = [](RecordLog& log) {
        const RecordId cause = log.append(at(1), NodeId::none(), RecordId::none(), action("cut"));
        log.append(at(2), NodeId(1), cause, record::PacketSent{InterfaceId(0), packetTo(2)});
        return log.append(at(3), NodeId(1), cause, routeChanged(1));
    };
    RecordLog all;
    RecordLog some;
    RecordLog none;
    some.keep(RecordLog::Kinds{1} << record::What(routeChanged(1)).index());
    none.keep(0);
    const RecordId last = fill(all);
    EXPECT_EQ(fill(some), last);
    EXPECT_EQ(fill(none), last);
    EXPECT_EQ(all.fingerprint(), some.fingerprint());
    EXPECT_EQ(all.fingerprint(), none.fingerprint());
    EXPECT_EQ(all.kept().size(), 3U);
    ASSERT_EQ(some.kept().size(), 1U);
    EXPECT_EQ(some.kept()[0].id, last);
    EXPECT_EQ(some.find(RecordId(0)), nullptr);
    EXPECT_EQ(some.positionOf(RecordId(1)), 0U);
    EXPECT_TRUE(none.kept().empty());
    EXPECT_EQ(none.lastRouteChange(), at(3));
    EXPECT_EQ(none.routeChanges(), 1U);
}

TEST(RecordLog, FingerprintDiffersWithAnyField) {
    std::vector<record::What> facts = {
        action("cut"),
        action("mend"),
        record::InterfaceChanged{InterfaceId(1), false},
        record::InterfaceChanged{InterfaceId(1), true},
        record::InterfaceChanged{InterfaceId(2), true},
        record::ProcessStarted{ProtocolId(2)},
        record::ProcessStarted{ProtocolId(3)},
        record::ProcessStopped{ProtocolId(2)},
        record::ProcessWoken{ProtocolId(2)},
        record::ProcessNotified{ProtocolId(2)},
        record::PacketSent{InterfaceId(0), packetTo(2)},
        record::PacketSent{InterfaceId(1), packetTo(2)},
        record::PacketSent{InterfaceId(0), packetTo(3)},
        record::PacketSent{InterfaceId(0), packetTo(2, 63)},
        record::PacketReceived{InterfaceId(0), packetTo(2)},
        record::PacketDelivered{packetTo(2)},
        record::PacketDropped{InterfaceId(0), DropReason::NoRoute, packetTo(2)},
        record::PacketDropped{InterfaceId(0), DropReason::Reject, packetTo(2)},
        routeChanged(1),
        routeChanged(2),
        record::Noted{ProtocolId(2), Note::Level::Event, std::make_shared<const PlainRemark>("x")},
        record::Noted{ProtocolId(2), Note::Level::Problem, std::make_shared<const PlainRemark>("x")},
        record::Noted{ProtocolId(2), Note::Level::Event, std::make_shared<const PlainRemark>("y")},
    };
    std::set<std::uint64_t> seen;
    for (const record::What& what : facts) {
        RecordLog log;
        log.append(at(1), NodeId(1), RecordId::none(), what);
        EXPECT_TRUE(seen.insert(log.fingerprint()).second) << "kind " << what.index();
    }
    const auto one = [](std::int64_t time, std::uint32_t node, bool caused) {
        RecordLog log;
        const RecordId first = log.append(at(0), NodeId(0), RecordId::none(), action("a"));
        log.append(at(time), NodeId(node), caused ? first : RecordId::none(), action("b"));
        return log.fingerprint();
    };
    EXPECT_EQ(one(1, 1, true), one(1, 1, true));
    EXPECT_NE(one(1, 1, true), one(2, 1, true));
    EXPECT_NE(one(1, 1, true), one(1, 2, true));
    EXPECT_NE(one(1, 1, true), one(1, 1, false));
}

TEST(RecordLog, FragmentsOfOnePacketAreToldApart) {
    auto fragment = std::make_shared<Packet>(*packetTo(2));
    fragment->moreFragments = true;
    auto later = std::make_shared<Packet>(*fragment);
    later->fragmentOffset = 8;
    EXPECT_NE(hashOf(*fragment), hashOf(*later));
}

TEST(RecordLog, RewindsToAMarkAsIfNothingHadFollowed) {
    RecordLog log;
    log.append(at(1), NodeId(1), RecordId::none(), routeChanged(1));
    const RecordLog::Mark mark = log.mark();
    const auto goOn = [&] {
        const RecordId cause = log.append(at(5), NodeId(1), RecordId::none(), action("cut"));
        log.append(at(6), NodeId(1), cause, routeChanged(7));
        return log.fingerprint();
    };
    const std::uint64_t fingerprint = goOn();
    log.rewindTo(mark);
    EXPECT_EQ(log.count(), 1U);
    EXPECT_EQ(log.kept().size(), 1U);
    EXPECT_EQ(log.lastRouteChange(), at(1));
    EXPECT_EQ(log.routeChanges(), 1U);
    EXPECT_EQ(goOn(), fingerprint);
    log.rewindTo(RecordLog().mark());
    EXPECT_EQ(log.count(), 0U);
    EXPECT_EQ(log.fingerprint(), RecordLog().fingerprint());
    EXPECT_EQ(log.lastRouteChange(), std::nullopt);
}

TEST(RecordLogDeathTest, ACauseLiesBeforeItsEffect) {
    RecordLog log;
    EXPECT_DEATH(log.append(at(1), NodeId(1), RecordId(0), action("cut")), "cause");
    RecordLog longer;
    longer.append(at(1), NodeId(1), RecordId::none(), action("cut"));
    EXPECT_DEATH(log.rewindTo(longer.mark()), "count");
}

TEST(DropReason, EachHasItsWords) {
    std::set<std::string_view> words;
    for (std::uint8_t r = 0; r <= static_cast<std::uint8_t>(DropReason::ChecksumWrong); ++r) {
        const auto text = toString(static_cast<DropReason>(r));
        EXPECT_NE(text, "unknown");
        EXPECT_TRUE(words.insert(text).second) << text;
    }
}

}  // namespace
}  // namespace peerscape
