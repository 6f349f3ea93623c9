#include "protocols/bgp/mrt.hpp"

#include "engine/base/check.hpp"
#include "protocols/bgp/attribute_codec.hpp"
#include "protocols/bgp/nlri_codec.hpp"

namespace peerscape::bgp::mrt {
namespace {

constexpr std::uint16_t kTableDumpV2 = 13;
constexpr std::uint16_t kBgp4mpEt = 17;
constexpr std::uint16_t kStateChangeAs4 = 5;
constexpr std::uint16_t kPeerIndexTable = 1;

/// The header of section 2, with the microseconds of section 3 where the type has them.
Bytes record(const Timestamp& time, std::uint16_t type, std::uint16_t subtype, const ByteWriter& body) {
    const bool hasMicroseconds = type == kBgp4mpEt;
    ByteWriter out;
    out.u32(time.seconds);
    out.u16(type);
    out.u16(subtype);
    out.u32(static_cast<std::uint32_t>(body.size() + (hasMicroseconds ? 4 : 0)));
    if (hasMicroseconds) out.u32(time.microseconds);
    out.append(body.bytes());
    return out.take();
}

std::uint16_t count16(std::size_t size) {
    PEERSCAPE_CHECK(size <= 0xffff);
    return static_cast<std::uint16_t>(size);
}

void writeAs(Asn number, bool hasFourOctets, ByteWriter& out) {
    if (hasFourOctets) {
        out.u32(number.value());
    } else {
        out.u16(static_cast<std::uint16_t>(number.value() > 0xffff ? kAsTrans : number.value()));
    }
}

void writeSession(const Session& session, bool hasFourOctets, ByteWriter& out) {
    PEERSCAPE_CHECK(session.peerAddress.family() == session.localAddress.family());
    writeAs(session.peerAs, hasFourOctets, out);
    writeAs(session.localAs, hasFourOctets, out);
    out.u16(session.interfaceIndex);
    out.u16(afiOf(session.peerAddress.family()));
    encode(session.peerAddress, out);
    encode(session.localAddress, out);
}

/// BGP4MP_MESSAGE and its seven relatives (RFC 6396 section 4.4, RFC 8050 section 3).
std::uint16_t subtypeOf(const MessageForm& form) {
    if (form.hasPathIds) {
        if (form.isSent) return form.hasFourOctetAs ? 11 : 10;
        return form.hasFourOctetAs ? 9 : 8;
    }
    if (form.isSent) return form.hasFourOctetAs ? 7 : 6;
    return form.hasFourOctetAs ? 4 : 1;
}

std::uint16_t ribSubtypeOf(Family family, bool hasPathIds) {
    if (family == Family::IPv4) return hasPathIds ? 8 : 2;
    return hasPathIds ? 10 : 4;
}

/// RFC 6396 section 4.3.4: numbers have four octets, and of MP_REACH_NLRI only the next hop is there.
Bytes attributesOf(const RibEntry& entry, Family family) {
    ByteWriter nextHop;
    const bool isMultiprotocol = family == Family::IPv6 || entry.nextHop.address.isV6();
    if (isMultiprotocol) {
        const auto& linkLocal = entry.nextHop.linkLocal;
        nextHop.u8(static_cast<std::uint8_t>(
            (entry.nextHop.address.bits() + (linkLocal ? linkLocal->bits() : 0)) / 8));
        encode(entry.nextHop.address, nextHop);
        if (linkLocal) encode(*linkLocal, nextHop);
    } else {
        encode(entry.nextHop.address, nextHop);
    }
    const auto type = isMultiprotocol ? AttributeType::MpReachNlri : AttributeType::NextHop;
    const auto number = static_cast<std::uint8_t>(type);
    ByteWriter out;
    bool isNextHopWritten = false;
    for (const RawAttribute& attribute : bgp::attributesOf(*entry.attributes, WireOptions{})) {
        if (attribute.type > number && !isNextHopWritten) {
            write({ruleOf(number)->flags, number, nextHop.take()}, out);
            isNextHopWritten = true;
        }
        write(attribute, out);
    }
    if (!isNextHopWritten) write({ruleOf(number)->flags, number, nextHop.take()}, out);
    return out.take();
}

}  // namespace

Timestamp Timestamp::at(SimTime time, std::uint32_t start) {
    const std::int64_t microseconds = time.count() / 1000;
    return {start + static_cast<std::uint32_t>(microseconds / 1'000'000),
            static_cast<std::uint32_t>(microseconds % 1'000'000)};
}

Bytes message(const Timestamp& time, const Session& session, const MessageForm& form, ByteView bytes) {
    ByteWriter body;
    writeSession(session, form.hasFourOctetAs, body);
    body.append(bytes);
    return record(time, kBgp4mpEt, subtypeOf(form), body);
}

Bytes stateChange(const Timestamp& time, const Session& session, State from, State to) {
    ByteWriter body;
    writeSession(session, true, body);
    body.u16(static_cast<std::uint16_t>(from));
    body.u16(static_cast<std::uint16_t>(to));
    return record(time, kBgp4mpEt, kStateChangeAs4, body);
}

Bytes peerIndexTable(const Timestamp& time, RouterId collector, std::string_view viewName,
                     const std::vector<Peer>& peers) {
    ByteWriter body;
    body.u32(collector.number());
    body.u16(count16(viewName.size()));
    for (const char c : viewName)
        body.u8(static_cast<std::uint8_t>(c));
    body.u16(count16(peers.size()));
    for (const Peer& peer : peers) {
        // Bit 1: the number has four octets, bit 0: the address is of IPv6.
        body.u8(peer.address.isV6() ? 3 : 2);
        body.u32(peer.identifier.number());
        encode(peer.address, body);
        body.u32(peer.number.value());
    }
    return record(time, kTableDumpV2, kPeerIndexTable, body);
}

Bytes rib(const Timestamp& time, std::uint32_t sequence, const Prefix& prefix,
          const std::vector<RibEntry>& entries, bool hasPathIds) {
    ByteWriter body;
    body.u32(sequence);
    encode(NlriList{{prefix}}, false, body);
    body.u16(count16(entries.size()));
    for (const RibEntry& entry : entries) {
        body.u16(entry.peerIndex);
        body.u32(entry.originated);
        if (hasPathIds) body.u32(entry.pathId);
        const Bytes attributes = attributesOf(entry, prefix.family());
        body.u16(count16(attributes.size()));
        body.append(attributes);
    }
    return record(time, kTableDumpV2, ribSubtypeOf(prefix.family(), hasPathIds), body);
}

}  // namespace peerscape::bgp::mrt
