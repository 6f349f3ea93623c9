#include "gui/session/packet_fields.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "engine/base/bytes.hpp"
#include "engine/sim/tcp_message.hpp"
#include "protocols/bgp/describe.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "protocols/eigrp/describe.hpp"
#include "protocols/rip/describe.hpp"
#include "scenarios/explain/describe.hpp"

namespace peerscape::gui {

namespace {

constexpr std::size_t kUdpHeader = 8;

/// Fields one behind the other in one layer.
class Layer {
  public:
    Layer(std::string name, ByteView bytes, std::size_t offset)
        : reader_(bytes.subspan(offset)), at_(offset) {
        view_.name = std::move(name);
        view_.offset = offset;
    }

    std::uint32_t number(std::string_view name, std::size_t size) {
        const std::uint32_t value = read(size);
        add(name, fmt::format("{}", value), size);
        return value;
    }
    std::uint32_t hex(std::string_view name, std::size_t size) {
        const std::uint32_t value = read(size);
        add(name, fmt::format("0x{:0{}x}", value, 2 * size), size);
        return value;
    }
    void address(std::string_view name, std::size_t size) {
        add(name, toString(IpAddress::fromBytes(reader_.take(size))), size);
    }
    /// The value of the field before, in other words.
    void say(std::string value) { view_.fields.back().value = std::move(value); }
    void rest(std::string_view name, std::size_t size) {
        if (size > 0) add(name, toHex(reader_.take(size)), size);
    }
    std::size_t at() const { return at_; }
    std::size_t length() const { return at_ - view_.offset; }
    FieldView take(std::string value) {
        view_.value = std::move(value);
        view_.size = at_ - view_.offset;
        return std::move(view_);
    }

  private:
    std::uint32_t read(std::size_t size) {
        switch (size) {
            case 1:
                return reader_.u8();
            case 2:
                return reader_.u16();
            default:
                return reader_.u32();
        }
    }
    void add(std::string_view name, std::string value, std::size_t size) {
        view_.fields.push_back({std::string(name), std::move(value), at_, size, {}});
        at_ += size;
    }

    ByteReader reader_;
    std::size_t at_;
    FieldView view_;
};

std::string protocolText(std::uint32_t number) {
    switch (number) {
        case kIpProtocolIcmp:
            return "1 (ICMP)";
        case kIpProtocolTcp:
            return "6 (TCP)";
        case kIpProtocolUdp:
            return "17 (UDP)";
        case kIpProtocolFragment6:
            return "44 (fragment)";
        case kIpProtocolIcmp6:
            return "58 (ICMPv6)";
        case 88:
            return "88 (EIGRP)";
        default:
            return fmt::format("{}", number);
    }
}

/// RFC 791 section 3.1.
FieldView ip4Header(const Packet& packet, ByteView bytes) {
    Layer layer("IPv4", bytes, 0);
    const std::uint32_t first = layer.hex("version, header length", 1);
    layer.say(fmt::format("{}, {} bytes", first >> 4, 4 * (first & 15)));
    layer.hex("differentiated services", 1);
    layer.number("total length", 2);
    layer.number("identification", 2);
    const std::uint32_t fragment = layer.hex("flags, fragment offset", 2);
    layer.say(fmt::format("{}{}offset {}", (fragment & 0x4000) != 0 ? "don't fragment, " : "",
                          (fragment & 0x2000) != 0 ? "more fragments, " : "", 8 * (fragment & 0x1fff)));
    layer.number("time to live", 1);
    const std::uint32_t protocol = layer.number("protocol", 1);
    layer.say(protocolText(protocol));
    layer.hex("header checksum", 2);
    layer.address("source", 4);
    layer.address("destination", 4);
    layer.rest("options", packet.headerSize() - layer.length());
    return layer.take(fmt::format("{} → {}", toString(packet.source), toString(packet.destination)));
}

/// RFC 8200 section 3, with the fragment header of section 4.5.
FieldView ip6Header(const Packet& packet, ByteView bytes) {
    Layer layer("IPv6", bytes, 0);
    const std::uint32_t first = layer.hex("version, traffic class, flow label", 4);
    layer.say(fmt::format("{}, {}, {}", first >> 28, first >> 20 & 0xff, first & 0xfffff));
    layer.number("payload length", 2);
    const std::uint32_t next = layer.number("next header", 1);
    layer.say(protocolText(next));
    layer.number("hop limit", 1);
    layer.address("source", 16);
    layer.address("destination", 16);
    layer.rest("fragment header", packet.headerSize() - layer.length());
    return layer.take(fmt::format("{} → {}", toString(packet.source), toString(packet.destination)));
}

/// RFC 768.
FieldView udpHeader(ByteView bytes, std::size_t offset) {
    Layer layer("UDP", bytes, offset);
    const std::uint32_t source = layer.number("source port", 2);
    const std::uint32_t destination = layer.number("destination port", 2);
    layer.number("length", 2);
    layer.hex("checksum", 2);
    return layer.take(fmt::format("{} → {}", source, destination));
}

std::string tcpFlags(std::uint32_t bits) {
    constexpr std::array<std::pair<std::uint32_t, std::string_view>, 6> kFlags{
        {{0x20, "URG"}, {0x10, "ACK"}, {0x08, "PSH"}, {0x04, "RST"}, {0x02, "SYN"}, {0x01, "FIN"}}};
    std::string text;
    for (const auto& [bit, name] : kFlags) {
        if ((bits & bit) != 0) text += (text.empty() ? "" : ", ") + std::string(name);
    }
    return text;
}

/// RFC 9293 section 3.1.
FieldView tcpHeader(ByteView bytes, std::size_t offset) {
    Layer layer("TCP", bytes, offset);
    const std::uint32_t source = layer.number("source port", 2);
    const std::uint32_t destination = layer.number("destination port", 2);
    layer.number("sequence number", 4);
    layer.number("acknowledgment number", 4);
    const std::uint32_t both = layer.hex("data offset, flags", 2);
    const std::size_t header = 4 * static_cast<std::size_t>(both >> 12);
    layer.say(fmt::format("{} bytes, {}", header, tcpFlags(both)));
    layer.number("window", 2);
    layer.hex("checksum", 2);
    layer.number("urgent pointer", 2);
    const std::size_t left = bytes.size() - layer.at();
    layer.rest("options", std::min(left, header - std::min(header, TcpSegment::kHeaderBytes)));
    return layer.take(fmt::format("{} → {}", source, destination));
}

FieldView layerOf(std::string name, const auto& fields, std::size_t offset, std::size_t size) {
    FieldView layer{std::move(name), {}, offset, size, {}};
    for (const auto& field : fields) {
        // What kind of message it is, as each protocol calls it.
        if (field.name == "command" || field.name == "opcode" || field.name == "type")
            layer.value = field.value;
        layer.fields.push_back({field.name, field.value, offset + field.offset, field.size, {}});
    }
    return layer;
}

/// Where the next message of BGP begins, at or behind `offset`: sixteen octets of ones, and a length that
/// is there (RFC 4271 section 4.1). The end where there is none.
std::pair<std::size_t, std::size_t> nextBgpMessage(ByteView bytes, std::size_t offset) {
    constexpr std::size_t kMarker = 16;
    constexpr std::size_t kHeader = 19;
    for (; offset + kHeader <= bytes.size(); ++offset) {
        const ByteView left = bytes.subspan(offset);
        if (!std::ranges::all_of(left.first(kMarker), [](auto octet) { return octet == 0xff; })) continue;
        const std::size_t length = ByteReader(left.subspan(kMarker)).u16();
        if (length >= kHeader && length <= left.size()) return {offset, length};
    }
    return {bytes.size(), 0};
}

/// The messages of a segment; what it begins or ends with may be a part of one.
std::vector<FieldView> bgpMessages(ByteView bytes, std::size_t offset) {
    std::vector<FieldView> layers;
    while (offset < bytes.size()) {
        const auto [begin, length] = nextBgpMessage(bytes, offset);
        if (begin > offset) layers.push_back({"BGP", "a part of a message", offset, begin - offset, {}});
        if (length > 0)
            layers.push_back(
                layerOf("BGP", bgp::fields(bytes.subspan(begin, length), bgp::WireOptions{}), begin, length));
        offset = begin + length;
    }
    return layers;
}

std::vector<FieldView> messageLayers(const Packet& packet, ByteView bytes, std::size_t offset) {
    if (offset >= bytes.size()) return {};
    const ByteView message = bytes.subspan(offset);
    const Family family = packet.source.family();
    const std::string owner = packet.owner.isSome() ? protocolName(packet.owner) : std::string();
    if (packet.isFragment() || packet.isDamaged) {
        const std::string_view what = packet.isDamaged ? "damaged" : "a fragment";
        return {{"data", std::string(what), offset, message.size(), {}}};
    }
    if (owner == "rip" || owner == "ripng")
        return {layerOf(titleOf(packet.owner), rip::fields(family, message), offset, message.size())};
    if (owner == "eigrp")
        return {layerOf(titleOf(packet.owner), eigrp::fields(family, message), offset, message.size())};
    if (owner == "bgp") return bgpMessages(bytes, offset);
    return {{"data",
             toHex(message.first(std::min<std::size_t>(message.size(), 32))),
             offset,
             message.size(),
             {}}};
}

/// RFC 792, RFC 4443.
FieldView icmpHeader(ByteView bytes, std::size_t offset) {
    Layer layer("ICMP", bytes, offset);
    layer.number("type", 1);
    layer.number("code", 1);
    layer.hex("checksum", 2);
    layer.hex("rest of header", 4);
    return layer.take({});
}

}  // namespace

std::vector<FieldView> fieldsOf(const Packet& packet, ByteView bytes) {
    std::vector<FieldView> layers;
    const bool isIp4 = packet.source.family() == Family::IPv4;
    layers.push_back(isIp4 ? ip4Header(packet, bytes) : ip6Header(packet, bytes));
    std::size_t offset = packet.headerSize();
    const std::size_t left = bytes.size() - std::min(offset, bytes.size());
    const bool isWhole = !packet.isFragment() && !packet.isDamaged;
    const bool isIcmp = packet.protocol == kIpProtocolIcmp || packet.protocol == kIpProtocolIcmp6;
    if (packet.hasUdpHeader() && left >= kUdpHeader) {
        layers.push_back(udpHeader(bytes, offset));
    } else if (isWhole && packet.protocol == kIpProtocolTcp && left >= TcpSegment::kHeaderBytes) {
        layers.push_back(tcpHeader(bytes, offset));
    } else if (isWhole && isIcmp && left >= kUdpHeader) {
        layers.push_back(icmpHeader(bytes, offset));
    }
    if (layers.size() > 1) offset += layers.back().size;
    for (FieldView& layer : messageLayers(packet, bytes, offset))
        layers.push_back(std::move(layer));
    return layers;
}

}  // namespace peerscape::gui
