#include "protocols/eigrp/tlv_codec.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/base/overloaded.hpp"

namespace peerscape::eigrp {
namespace {

constexpr std::size_t kAuthenticationSize = Authentication::kDigestOffset - kTlvHeaderSize;
constexpr std::size_t kCommunitySize = 8;

std::uint16_t typeOf(const Tlv& tlv) {
    const TlvType type = std::visit(
        Overloaded{
            [](const Parameter&) { return TlvType::Parameter; },
            [](const Authentication&) { return TlvType::Authentication; },
            [](const Sequence&) { return TlvType::Sequence; },
            [](const SoftwareVersion&) { return TlvType::SoftwareVersion; },
            [](const MulticastSequence&) { return TlvType::MulticastSequence; },
            [](const PeerInformation&) { return TlvType::PeerInformation; },
            [](const PeerTermination&) { return TlvType::PeerTermination; },
            [](const TidList& list) { return list.hasOldType ? TlvType::OldTidList : TlvType::TidList; },
            [](const Route& route) { return route.type(); },
            [](const Community& community) {
                return community.destination.isV4() ? TlvType::Community4 : TlvType::Community6;
            },
            [](const OtherTlv& other) { return static_cast<TlvType>(other.type); },
        },
        tlv);
    return static_cast<std::uint16_t>(type);
}

std::size_t sizeOf(const std::vector<IpAddress>& addresses) {
    std::size_t size = 0;
    for (const IpAddress& address : addresses)
        size += 1 + address.bytes().size();
    return size;
}

std::size_t valueSize(const Tlv& tlv) {
    return std::visit(Overloaded{
                          [](const Parameter&) { return std::size_t{8}; },
                          [](const Authentication& a) { return kAuthenticationSize + a.digest.size(); },
                          [](const Sequence& sequence) { return sizeOf(sequence.addresses); },
                          [](const SoftwareVersion&) { return std::size_t{4}; },
                          [](const MulticastSequence&) { return std::size_t{4}; },
                          [](const PeerInformation&) { return std::size_t{2}; },
                          [](const PeerTermination& peers) { return sizeOf(peers.addresses); },
                          [](const TidList& list) { return 4 + 2 * list.topologies.size(); },
                          [](const Route& route) { return valueSize(route); },
                          [](const Community& c) {
                              return c.destination.bytes().size() + 4 + kCommunitySize * c.communities.size();
                          },
                          [](const OtherTlv& other) { return other.value.size(); },
                      },
                      tlv);
}

void encodeAddresses(const std::vector<IpAddress>& addresses, ByteWriter& out) {
    for (const IpAddress& address : addresses) {
        out.u8(static_cast<std::uint8_t>(address.bytes().size()));
        out.append(address.bytes());
    }
}

struct ValueEncoder {
    ByteWriter& out;

    void operator()(const Parameter& parameter) const {
        const KValues& k = parameter.kValues;
        for (const std::uint8_t value : {k.k1, k.k2, k.k3, k.k4, k.k5, k.k6})
            out.u8(value);
        out.u16(parameter.holdTime);
    }
    void operator()(const Authentication& authentication) const {
        out.u16(authentication.type);
        out.u16(static_cast<std::uint16_t>(authentication.digest.size()));
        out.u32(authentication.keyId);
        out.u32(authentication.keySequence);
        out.append(authentication.padding);
        out.append(authentication.digest);
    }
    void operator()(const Sequence& sequence) const { encodeAddresses(sequence.addresses, out); }
    void operator()(const SoftwareVersion& version) const {
        out.u8(version.vendorMajor);
        out.u8(version.vendorMinor);
        out.u8(version.tlvMajor);
        out.u8(version.tlvMinor);
    }
    void operator()(const MulticastSequence& next) const { out.u32(next.sequence); }
    void operator()(const PeerInformation& peer) const { out.u16(peer.stubFlags); }
    void operator()(const PeerTermination& peers) const { encodeAddresses(peers.addresses, out); }
    void operator()(const TidList& list) const {
        out.u16(list.flags);
        out.u16(static_cast<std::uint16_t>(2 * list.topologies.size()));
        for (const std::uint16_t topology : list.topologies)
            out.u16(topology);
    }
    void operator()(const Route& route) const { encodeValue(route, out); }
    void operator()(const Community& community) const {
        out.append(community.destination.bytes());
        out.u16(community.reserved);
        out.u16(static_cast<std::uint16_t>(kCommunitySize * community.communities.size()));
        for (const std::uint64_t value : community.communities)
            out.u64(value);
    }
    void operator()(const OtherTlv& other) const { out.append(other.value); }
};

std::unexpected<Error> wrongLength(std::string_view name, std::size_t size) {
    return failure(fmt::format("{} cannot have {} bytes", name, size + kTlvHeaderSize));
}

Tlv kept(TlvType type, ByteView value) {
    return OtherTlv{static_cast<std::uint16_t>(type), {value.begin(), value.end()}};
}

Result<Tlv> decodeParameter(ByteView value) {
    if (value.size() != 8) return wrongLength("a parameter TLV", value.size());
    ByteReader in(value);
    Parameter parameter;
    KValues& k = parameter.kValues;
    for (std::uint8_t* field : {&k.k1, &k.k2, &k.k3, &k.k4, &k.k5, &k.k6})
        *field = in.u8();
    parameter.holdTime = in.u16();
    return parameter;
}

Result<Tlv> decodeAuthentication(ByteView value) {
    if (value.size() < kAuthenticationSize) return wrongLength("an authentication TLV", value.size());
    ByteReader in(value);
    Authentication authentication;
    authentication.type = in.u16();
    const std::size_t length = in.u16();
    authentication.keyId = in.u32();
    authentication.keySequence = in.u32();
    std::ranges::copy(in.take(authentication.padding.size()), authentication.padding.begin());
    if (length != in.left()) {
        return failure(fmt::format("authentication data should have {} bytes but has {}", length, in.left()));
    }
    const ByteView digest = in.take(length);
    authentication.digest.assign(digest.begin(), digest.end());
    return authentication;
}

/// Addresses of IPv4 and IPv6, each with its length in front; nothing, when it is anything else.
std::optional<std::vector<IpAddress>> decodeAddresses(ByteView value) {
    std::vector<IpAddress> addresses;
    ByteReader in(value);
    while (in.left() > 0) {
        const std::size_t size = in.u8();
        if ((size != 4 && size != 16) || size > in.left()) return std::nullopt;
        addresses.push_back(IpAddress::fromBytes(in.take(size)));
    }
    return addresses;
}

Result<Tlv> decodeSequence(ByteView value) {
    auto addresses = decodeAddresses(value);
    if (!addresses || addresses->empty()) return failure("a sequence TLV is no list of addresses");
    return Sequence{std::move(*addresses)};
}

Result<Tlv> decodeSoftwareVersion(ByteView value) {
    if (value.size() != 4) return wrongLength("a software version TLV", value.size());
    return SoftwareVersion{value[0], value[1], value[2], value[3]};
}

Result<Tlv> decodeMulticastSequence(ByteView value) {
    if (value.size() != 4) return wrongLength("a multicast sequence TLV", value.size());
    return MulticastSequence{ByteReader(value).u32()};
}

/// The RFC and the routers do not agree on what stands in it: what does not look like theirs is kept.
Tlv decodeTidList(TlvType type, ByteView value) {
    ByteReader in(value);
    TidList list;
    list.hasOldType = type == TlvType::OldTidList;
    list.flags = in.u16();
    const std::size_t length = in.u16();
    if (in.ranOut() || length != in.left() || length % 2 != 0) return kept(type, value);
    while (in.left() > 0)
        list.topologies.push_back(in.u16());
    return list;
}

Result<Tlv> decodeCommunity(Family family, ByteView value) {
    const std::size_t addressSize = addressBits(family) / 8U;
    if (value.size() < addressSize + 4) return wrongLength("a community TLV", value.size());
    ByteReader in(value);
    Community community;
    community.destination = IpAddress::fromBytes(in.take(addressSize));
    community.reserved = in.u16();
    const std::size_t length = in.u16();
    if (length != in.left() || length % kCommunitySize != 0) {
        return failure(fmt::format("{} bytes of communities are announced, {} are there", length, in.left()));
    }
    while (in.left() > 0)
        community.communities.push_back(in.u64());
    return community;
}

}  // namespace

std::size_t encodedSize(const Tlv& tlv) { return kTlvHeaderSize + valueSize(tlv); }

void encodeTlv(const Tlv& tlv, ByteWriter& out) {
    const std::size_t size = encodedSize(tlv);
    PEERSCAPE_CHECK(size <= UINT16_MAX);
    out.u16(typeOf(tlv));
    out.u16(static_cast<std::uint16_t>(size));
    std::visit(ValueEncoder{out}, tlv);
}

Result<Tlv> decodeTlv(std::uint16_t number, ByteView value) {
    const auto type = static_cast<TlvType>(number);
    switch (type) {
        case TlvType::Parameter:
            return decodeParameter(value);
        case TlvType::Authentication:
            return decodeAuthentication(value);
        case TlvType::Sequence:
            return decodeSequence(value);
        case TlvType::SoftwareVersion:
            return decodeSoftwareVersion(value);
        case TlvType::MulticastSequence:
            return decodeMulticastSequence(value);
        case TlvType::PeerInformation:
            if (value.size() != 2) break;
            return PeerInformation{ByteReader(value).u16()};
        case TlvType::PeerTermination:
            if (auto addresses = decodeAddresses(value)) return PeerTermination{std::move(*addresses)};
            break;
        case TlvType::TidList:
        case TlvType::OldTidList:
            return decodeTidList(type, value);
        case TlvType::Community4:
            return decodeCommunity(Family::IPv4, value);
        case TlvType::Community6:
            return decodeCommunity(Family::IPv6, value);
        case TlvType::Internal4:
        case TlvType::External4:
        case TlvType::Internal6:
        case TlvType::External6:
        case TlvType::WideInternal:
        case TlvType::WideExternal:
            return decodeRoute(type, value);
    }
    return kept(type, value);
}

}  // namespace peerscape::eigrp
