#include "gui/session/packet_fields.hpp"

#include <algorithm>

#include "gui/session/lab_run.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

const std::string kBgpPair =
    "peerscape: 1\n"
    "routers:\n"
    "  A: {asn: 65001, config: \"router bgp 65001\\n no bgp ebgp-requires-policy\\n neighbor 1.1.1.2 "
    "remote-as "
    "65002\\n network 1.1.1.0/30\\n\"}\n"
    "  B: {asn: 65002, config: \"router bgp 65002\\n no bgp ebgp-requires-policy\\n neighbor 1.1.1.1 "
    "remote-as "
    "65001\\n\"}\n"
    "links:\n"
    "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}, delay: 2ms}\n";
const std::string kEigrpPair =
    "peerscape: 1\n"
    "routers:\n"
    "  A: {config: \"router eigrp 100\\n network 0.0.0.0/0\\n\"}\n"
    "  B: {config: \"router eigrp 100\\n network 0.0.0.0/0\\n\"}\n"
    "links:\n"
    "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}, delay: 2ms}\n";

/// Fields lie in their bytes: in order, in their layer, and nothing of the packet is without one.
void expectSound(const MessageView& view) {
    std::size_t end = 0;
    for (const FieldView& layer : view.layers) {
        EXPECT_EQ(layer.offset, end) << layer.name << " in " << view.text;
        end = layer.offset + layer.size;
        std::size_t at = layer.offset;
        for (const FieldView& field : layer.fields) {
            if (field.size == 0) continue;
            EXPECT_GE(field.offset, at) << field.name << " in " << view.text;
            at = field.offset + field.size;
            EXPECT_LE(at, end) << field.name << " in " << view.text;
        }
    }
    EXPECT_EQ(end, view.bytes.size()) << view.text;
}

std::string valueOf(const MessageView& view, std::string_view layer, std::string_view field) {
    for (const FieldView& part : view.layers) {
        if (part.name != layer) continue;
        for (const FieldView& one : part.fields) {
            if (one.name == field) return one.value;
        }
    }
    return "none";
}

/// Every message of a lab in its first ten seconds, closely.
std::vector<MessageViewPtr> messagesOf(const std::string& lab) {
    auto run = LabRun::load(labOf(lab)).run;
    std::vector<MessageViewPtr> views;
    if (!run || !run->seek(SimTime::after(Duration::seconds(10)))) return views;
    const SnapshotPtr shot = run->snapshot({});
    for (std::size_t i = 0; i < shot->events.size(); ++i) {
        if (shot->events[i].kind != EventRow::Kind::Message) continue;
        const auto view = run->examine(shot->events[i].id);
        EXPECT_TRUE(view.has_value());
        if (view) views.push_back(*view);
    }
    return views;
}

TEST(PacketFields, OfRipNameEveryRoute) {
    const auto views = messagesOf(kSquare);
    ASSERT_GT(views.size(), 10u);
    bool hasRoute = false;
    for (const MessageViewPtr& view : views) {
        expectSound(*view);
        EXPECT_EQ(valueOf(*view, "IPv4", "protocol"), "17 (UDP)");
        EXPECT_EQ(valueOf(*view, "UDP", "destination port"), "520");
        hasRoute = hasRoute || valueOf(*view, "RIP", "route").starts_with("10.4.0.0/16 metric");
    }
    EXPECT_TRUE(hasRoute);
}

TEST(PacketFields, OfEigrpNameItsHeaderAndTlvs) {
    const auto views = messagesOf(kEigrpPair);
    ASSERT_GT(views.size(), 5u);
    for (const MessageViewPtr& view : views) {
        expectSound(*view);
        EXPECT_EQ(valueOf(*view, "IPv4", "protocol"), "88 (EIGRP)");
        EXPECT_NE(valueOf(*view, "EIGRP", "opcode"), "none") << view->text;
    }
}

TEST(PacketFields, OfBgpAreThoseOfEveryMessageInTheSegment) {
    const auto views = messagesOf(kBgpPair);
    ASSERT_GT(views.size(), 5u);
    bool hasOpen = false;
    bool hasUpdate = false;
    for (const MessageViewPtr& view : views) {
        expectSound(*view);
        EXPECT_EQ(valueOf(*view, "IPv4", "protocol"), "6 (TCP)");
        const bool isToOrFrom179 = valueOf(*view, "TCP", "destination port") == "179" ||
                                   valueOf(*view, "TCP", "source port") == "179";
        EXPECT_TRUE(isToOrFrom179) << view->text;
        hasOpen = hasOpen || valueOf(*view, "BGP", "type").find("OPEN") != std::string::npos;
        hasUpdate = hasUpdate || valueOf(*view, "BGP", "prefixes").find("1.1.1.0/30") != std::string::npos;
    }
    EXPECT_TRUE(hasOpen);
    EXPECT_TRUE(hasUpdate);
}

TEST(PacketFields, OfAFragmentAreItsHeaderAndData) {
    Packet packet;
    packet.source = *IpAddress::parse("1.1.1.1");
    packet.destination = *IpAddress::parse("1.1.1.2");
    packet.protocol = kIpProtocolUdp;
    packet.moreFragments = true;
    packet.payload = Payload(Bytes(16, std::uint8_t{7}));
    MessageView view;
    view.bytes = packet.encode();
    view.layers = fieldsOf(packet, view.bytes);
    expectSound(view);
    ASSERT_EQ(view.layers.size(), 2u);
    EXPECT_EQ(view.layers[1].name, "data");
    EXPECT_EQ(valueOf(view, "IPv4", "flags, fragment offset"), "don't fragment, more fragments, offset 0");
}

}  // namespace
}  // namespace peerscape::gui
