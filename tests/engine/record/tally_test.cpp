#include "engine/record/tally.hpp"

#include <gtest/gtest.h>

namespace peerscape {
namespace {

constexpr ProtocolId kRip{3};

SimTime at(std::int64_t n) { return SimTime::atNanoseconds(n); }

PacketPtr packetOf(ProtocolId owner, std::size_t bytes) {
    Packet packet;
    packet.owner = owner;
    packet.payload = Payload(Bytes(bytes));
    return std::make_shared<const Packet>(packet);
}

record::RouteChanged someChange() { return {std::make_shared<const RibChange>()}; }

class TallyTest : public testing::Test {
  protected:
    RecordId add(std::int64_t time, NodeId node, record::What what) {
        return log.append(at(time), node, RecordId::none(), std::move(what));
    }
    RecordLog log;
};

TEST_F(TallyTest, CountsMessagesOfProtocolsAndNotOfUsers) {
    add(1, NodeId(0), record::PacketSent{InterfaceId(0), packetOf(kRip, 24)});
    add(2, NodeId(0), record::PacketSent{InterfaceId(0), packetOf(kRip, 44)});
    add(3, NodeId(0), record::PacketSent{InterfaceId(0), packetOf(ProtocolId::none(), 100)});
    add(3, NodeId(1), record::PacketReceived{InterfaceId(0), packetOf(kRip, 24)});
    const Tally result = tally(log, RecordId(0), RecordId(log.count()));
    ASSERT_EQ(result.sent.size(), 1U);
    EXPECT_EQ(result.sent.at(kRip).messages, 2U);
    EXPECT_EQ(result.sent.at(kRip).bytes, 24U + 44 + 2 * 20);
}

TEST_F(TallyTest, CountsRouteChangesByNodeWithTheFirstAndTheLast) {
    add(10, NodeId(0), someChange());
    add(20, NodeId(2), someChange());
    const RecordId last = add(30, NodeId(0), someChange());
    const Tally result = tally(log, RecordId(0), RecordId(log.count()));
    EXPECT_EQ(result.routeChanges, 3U);
    EXPECT_EQ(result.routeChangesAt.at(NodeId(0)), 2U);
    EXPECT_EQ(result.routeChangesAt.at(NodeId(2)), 1U);
    EXPECT_EQ(result.firstChange, at(10));
    EXPECT_EQ(result.lastChange, at(30));
    EXPECT_EQ(result.lastChangeRecord, last);
}

TEST_F(TallyTest, CountsLossesByReasonAndThoseOfProtocolsApart) {
    add(1, NodeId(0),
        record::PacketDropped{InterfaceId(0), DropReason::NoRoute, packetOf(ProtocolId::none(), 1)});
    add(1, NodeId(0),
        record::PacketDropped{InterfaceId(0), DropReason::LinkLoss, packetOf(ProtocolId::none(), 1)});
    add(1, NodeId(0),
        record::PacketDropped{InterfaceId(0), DropReason::LinkLoss, packetOf(ProtocolId::none(), 1)});
    add(1, NodeId(0), record::PacketDropped{InterfaceId(0), DropReason::LinkLoss, packetOf(kRip, 1)});
    const Tally result = tally(log, RecordId(0), RecordId(log.count()));
    EXPECT_EQ(result.dropped.at(DropReason::LinkLoss), 2U);
    EXPECT_EQ(result.dropped.at(DropReason::NoRoute), 1U);
    EXPECT_EQ(result.lost(), 3U);
    EXPECT_EQ(result.protocolPacketsDropped, 1U);
}

TEST_F(TallyTest, LooksAtTheStretchOnly) {
    const RecordId first = add(10, NodeId(0), someChange());
    const RecordId second = add(20, NodeId(0), someChange());
    const RecordId third = add(30, NodeId(0), someChange());
    EXPECT_EQ(tally(log, first, second).routeChanges, 1U);
    EXPECT_EQ(tally(log, second, third).lastChange, at(20)) << "the end is not part of it";
    EXPECT_EQ(tally(log, second, second).routeChanges, 0U);
    EXPECT_EQ(tally(log, second, second).firstChange, std::nullopt);
    EXPECT_EQ(tally(log, third, RecordId(log.count())).routeChanges, 1U);
}

}  // namespace
}  // namespace peerscape
