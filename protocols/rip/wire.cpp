#include "protocols/rip/wire.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include <fmt/format.h>

namespace peerscape::rip {

static_assert(sizeof(RipEntry) == 40, "25 of them, a full message, take one of the small blocks of memory");

namespace {

constexpr std::uint16_t kFamilyUnspecified = 0;
constexpr std::uint16_t kFamilyInternet = 2;
constexpr std::uint16_t kFamilyAuthentication = 0xffff;
constexpr std::uint16_t kTrailerTag = 1;
constexpr std::uint8_t kNextHopMetric = 0xff;  // RFC 2080, 2.1.1
constexpr std::size_t kMostBytes4 = 512;
constexpr std::uint32_t kInfinity = 16;

IpAddress addressFrom(ByteView bytes) { return IpAddress::fromBytes(bytes); }

/// RIPng names a next hop once, in an entry of its own in front of the routes that use it (RFC 2080, 2.1.1).
std::size_t countNextHopEntries(const RipContent& content) {
    if (content.family == Family::IPv4) return 0;
    std::size_t count = 0;
    IpAddress last = IpAddress::any(Family::IPv6);
    for (const RipEntry& entry : content.entries) {
        if (entry.nextHop == last) continue;
        last = entry.nextHop;
        ++count;
    }
    return count;
}

void encodeAuthentication(const RipContent& content, std::size_t packetLength, ByteWriter& out) {
    const Authentication& authentication = *content.authentication;
    out.u16(kFamilyAuthentication);
    out.u16(authentication.type);
    if (authentication.type != Authentication::kKeyedDigest) {
        out.append(authentication.password);
        return;
    }
    out.u16(static_cast<std::uint16_t>(packetLength));
    out.u8(authentication.keyId);
    out.u8(authentication.dataLength);
    out.u32(authentication.sequence);
    out.zeros(8);
}

void encodeEntry4(const RipEntry& entry, std::uint8_t version, ByteWriter& out) {
    // RIPv1 has no mask; its tag and next hop are zero in messages that make sense.
    const bool hasMask = version != 1 && !entry.lacksMask;
    out.u16(kFamilyInternet);
    out.u16(entry.tag);
    out.u32(entry.prefix.address().v4Number());
    out.u32(hasMask ? entry.prefix.netmask().v4Number() : 0);
    out.u32(entry.nextHop.v4Number());
    out.u32(entry.metric);
}

void encodeEntries6(const RipContent& content, ByteWriter& out) {
    IpAddress last = IpAddress::any(Family::IPv6);
    for (const RipEntry& entry : content.entries) {
        if (entry.nextHop != last) {
            last = entry.nextHop;
            out.append(last.bytes());
            out.u16(0);
            out.u8(0);
            out.u8(kNextHopMetric);
        }
        out.append(entry.prefix.address().bytes());
        out.u16(entry.tag);
        out.u8(entry.prefix.length());
        out.u8(static_cast<std::uint8_t>(entry.metric));
    }
}

/// An entry with a metric of infinity and no address: "send me everything".
void encodeAskForAll(Family family, ByteWriter& out) {
    if (family == Family::IPv4) {
        out.zeros(16);
        out.u32(kInfinity);
    } else {
        out.zeros(19);
        out.u8(kInfinity);
    }
}

/// Where decoding stands: what has been read, and what the next entries inherit.
struct Decoder {
    RipContent content;
    IpAddress nextHop = IpAddress::any(Family::IPv6);
    std::uint8_t index = 0;

    void refuse(EntryFault fault) { content.badEntries.push_back({index, fault}); }
};

void decodeEntry4(Decoder& decoder, ByteReader& in) {
    const auto family = in.u16();
    RipEntry entry;
    entry.tag = in.u16();
    const auto address = IpAddress::v4(in.u32());
    const auto mask = in.u32();
    entry.nextHop = IpAddress::v4(in.u32());
    entry.metric = static_cast<std::uint16_t>(std::min<std::uint32_t>(in.u32(), UINT16_MAX));
    if (family != kFamilyInternet) return decoder.refuse(EntryFault::UnknownFamily);
    if (decoder.content.version == 1 || mask == 0) {
        entry.lacksMask = !address.isUnspecified();
        entry.prefix = entry.lacksMask ? Prefix::host(address) : Prefix::defaultRoute(Family::IPv4);
    } else {
        const auto length = static_cast<std::uint8_t>(std::countl_one(mask));
        if (std::popcount(mask) != length) return decoder.refuse(EntryFault::BadMask);
        entry.prefix = Prefix(address, length);
        if (entry.prefix.address() != address) return decoder.refuse(EntryFault::HostBitsSet);
        // The default route has no mask, whatever stands there.
        if (address.isUnspecified()) entry.prefix = Prefix::defaultRoute(Family::IPv4);
    }
    decoder.content.entries.push_back(entry);
}

void decodeEntry6(Decoder& decoder, ByteReader& in) {
    const auto address = addressFrom(in.take(16));
    RipEntry entry;
    entry.tag = in.u16();
    const auto length = in.u8();
    entry.metric = in.u8();
    if (entry.metric == kNextHopMetric) {
        // RFC 2080, 2.1.1: a next hop that is not link-local is taken as "the sender"; tag and length are
        // ignored.
        decoder.nextHop = address.isLinkLocal() ? address : IpAddress::any(Family::IPv6);
        return;
    }
    if (length > 128) return decoder.refuse(EntryFault::BadLength);
    entry.prefix = Prefix(address, length);
    entry.nextHop = decoder.nextHop;
    decoder.content.entries.push_back(entry);
}

/// Reads the authentication that a first entry of family 0xffff holds; leaves in `end` where the routes end.
Result<void> decodeAuthentication(Decoder& decoder, ByteView bytes, std::size_t& end) {
    ByteReader in(bytes.subspan(kHeaderSize));
    in.u16();
    Authentication authentication;
    authentication.type = in.u16();
    if (authentication.type != Authentication::kKeyedDigest) {
        const auto password = in.take(16);
        std::copy(password.begin(), password.end(), authentication.password.begin());
        decoder.content.authentication = authentication;
        return {};
    }
    const std::size_t packetLength = in.u16();
    authentication.keyId = in.u8();
    authentication.dataLength = in.u8();
    authentication.sequence = in.u32();
    if (packetLength < kHeaderSize + kEntrySize || packetLength + kEntrySize > bytes.size()) {
        return failure(
            fmt::format("the digest should stand at byte {} of a message of {}", packetLength, bytes.size()));
    }
    if ((packetLength - kHeaderSize) % kEntrySize != 0) {
        return failure(fmt::format("the digest at byte {} does not follow a whole entry", packetLength));
    }
    ByteReader trailer(bytes.subspan(packetLength));
    if (trailer.u16() != kFamilyAuthentication || trailer.u16() != kTrailerTag) {
        return failure("the authentication trailer does not begin with ff ff 00 01");
    }
    const auto digest = trailer.take(16);
    std::copy(digest.begin(), digest.end(), authentication.digest.begin());
    decoder.content.authentication = authentication;
    end = packetLength;
    return {};
}

std::uint16_t familyAt(ByteView bytes, std::size_t at) { return ByteReader(bytes.subspan(at)).u16(); }

/// RFC 2453, 3.9.1 and RFC 2080, 2.4.1: exactly one entry, with no address and a metric of infinity.
bool asksForAll(Family family, ByteView entry) {
    ByteReader in(entry);
    if (family == Family::IPv4) {
        const bool hasNoFamily = in.u16() == kFamilyUnspecified;
        in.take(14);
        return hasNoFamily && in.u32() == kInfinity;
    }
    const bool hasNoAddress = addressFrom(in.take(16)).isUnspecified();
    in.u16();
    const bool hasNoLength = in.u8() == 0;
    return hasNoAddress && hasNoLength && in.u8() == kInfinity;
}

Result<void> checkHeader(Family family, ByteView bytes) {
    if (bytes.size() < kHeaderSize)
        return failure(fmt::format("{} bytes are too few for a header", bytes.size()));
    if (family == Family::IPv4 && bytes.size() > kMostBytes4) {
        return failure(
            fmt::format("{} bytes are more than the {} a message may have", bytes.size(), kMostBytes4));
    }
    if ((bytes.size() - kHeaderSize) % kEntrySize != 0) {
        return failure(fmt::format("{} bytes are no whole number of entries", bytes.size()));
    }
    if (bytes[0] != static_cast<std::uint8_t>(Command::Request) &&
        bytes[0] != static_cast<std::uint8_t>(Command::Response)) {
        return failure(fmt::format("command {} is neither request nor response", bytes[0]));
    }
    if (bytes[1] == 0 || (family == Family::IPv6 && bytes[1] != 1)) {
        return failure(fmt::format("version {} is not spoken here", bytes[1]));
    }
    return {};
}

}  // namespace

IpAddress groupOf(Family family) {
    return family == Family::IPv4 ? IpAddress::v4(0xe0000009) : IpAddress::v6(0xff02000000000000, 9);
}

std::string_view toString(EntryFault fault) {
    switch (fault) {
        case EntryFault::UnknownFamily:
            return "unknown address family";
        case EntryFault::HostBitsSet:
            return "host bits are set";
        case EntryFault::BadMask:
            return "the mask is not contiguous";
        case EntryFault::BadLength:
            return "the prefix is longer than an address";
    }
    return "unknown fault";
}

RipMessage::RipMessage(RipContent content) : content_(std::move(content)) {
    std::size_t entries = content_.entries.size() + countNextHopEntries(content_);
    if (content_.asksForAll) ++entries;
    if (content_.authentication) {
        entries += content_.authentication->type == Authentication::kKeyedDigest ? 2 : 1;
    }
    encodedSize_ = kHeaderSize + entries * kEntrySize;
}

void RipMessage::encode(ByteWriter& out) const {
    out.u8(static_cast<std::uint8_t>(content_.command));
    out.u8(content_.version);
    out.u16(0);
    if (content_.authentication) encodeAuthentication(content_, encodedSize_ - kEntrySize, out);
    if (content_.asksForAll) encodeAskForAll(content_.family, out);
    if (content_.family == Family::IPv6) {
        encodeEntries6(content_, out);
        return;
    }
    for (const RipEntry& entry : content_.entries)
        encodeEntry4(entry, content_.version, out);
    if (content_.authentication && content_.authentication->type == Authentication::kKeyedDigest) {
        out.u16(kFamilyAuthentication);
        out.u16(kTrailerTag);
        out.append(content_.authentication->digest);
    }
}

Result<RipContent> decode(Family family, ByteView bytes) {
    if (auto header = checkHeader(family, bytes); !header) return std::unexpected(header.error());
    Decoder decoder;
    decoder.content.family = family;
    decoder.content.command = static_cast<Command>(bytes[0]);
    // RFC 2453, 4.6 follows RFC 1058: a version that is newer than ours is read as ours.
    decoder.content.version = std::min<std::uint8_t>(bytes[1], 2);
    std::size_t at = kHeaderSize;
    std::size_t end = bytes.size();
    const bool mayAuthenticate = family == Family::IPv4 && decoder.content.version == 2 && at < end;
    if (mayAuthenticate && familyAt(bytes, at) == kFamilyAuthentication) {
        if (auto read = decodeAuthentication(decoder, bytes, end); !read)
            return std::unexpected(read.error());
        at += kEntrySize;
    }
    if (decoder.content.command == Command::Request && end - at == kEntrySize &&
        asksForAll(family, bytes.subspan(at, kEntrySize))) {
        decoder.content.asksForAll = true;
        return std::move(decoder.content);
    }
    decoder.content.entries.reserve((end - at) / kEntrySize);
    for (; at < end; at += kEntrySize, ++decoder.index) {
        ByteReader in(bytes.subspan(at, kEntrySize));
        family == Family::IPv4 ? decodeEntry4(decoder, in) : decodeEntry6(decoder, in);
    }
    return std::move(decoder.content);
}

}  // namespace peerscape::rip
