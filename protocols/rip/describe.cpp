#include "protocols/rip/describe.hpp"

#include <fmt/format.h>

namespace peerscape::rip {
namespace {

std::string_view nameOf(Command command) { return command == Command::Request ? "request" : "response"; }

std::string nameOf(const RipContent& content) {
    return content.family == Family::IPv6 ? "RIPng" : fmt::format("RIPv{}", content.version);
}

PacketField authenticationField(const Authentication& authentication) {
    PacketField field{"authentication", "", kHeaderSize, kEntrySize};
    if (authentication.type == Authentication::kPassword) {
        field.value = "plain password";
    } else if (authentication.type == Authentication::kKeyedDigest) {
        field.value =
            fmt::format("keyed digest, key {}, sequence {}", authentication.keyId, authentication.sequence);
    } else {
        field.value = fmt::format("unknown type {}", authentication.type);
    }
    return field;
}

/// An entry as its own bytes say it; decoding alone cannot tell where a next hop of RIPng stood.
PacketField entryField(Family family, ByteView bytes, std::size_t offset) {
    PacketField field{"route", "", offset, kEntrySize};
    Bytes single(bytes.begin(), bytes.begin() + kHeaderSize);
    const ByteView entry = bytes.subspan(offset, kEntrySize);
    single.insert(single.end(), entry.begin(), entry.end());
    if (family == Family::IPv6 && entry[19] == 0xff) {
        field.name = "next hop";
        field.value = toString(IpAddress::fromBytes(entry.first(16)));
        return field;
    }
    const auto content = decode(family, single);
    if (!content) {
        field.value = content.error().message;
    } else if (content->asksForAll) {
        field.value = "the whole table";
    } else if (!content->badEntries.empty()) {
        field.value = std::string(toString(content->badEntries.front().fault));
    } else if (!content->entries.empty()) {
        field.value = describe(content->entries.front());
    }
    return field;
}

}  // namespace

std::string summary(const RipContent& content) {
    const std::string start = fmt::format("{} {}", nameOf(content), nameOf(content.command));
    if (content.asksForAll) return start + ", whole table";
    const auto count = content.entries.size();
    return fmt::format("{}, {} route{}", start, count, count == 1 ? "" : "s");
}

std::string describe(const RipEntry& entry) {
    std::string text = entry.lacksMask ? toString(entry.prefix.address()) : toString(entry.prefix);
    text += fmt::format(" metric {}", entry.metric);
    if (!entry.nextHop.isUnspecified()) text += " via " + toString(entry.nextHop);
    if (entry.tag != 0) text += fmt::format(" tag {}", entry.tag);
    return text;
}

std::vector<PacketField> fields(Family family, ByteView bytes) {
    const auto content = decode(family, bytes);
    if (!content) return {{"malformed", content.error().message, 0, bytes.size()}};
    std::vector<PacketField> all{{"command", std::string(nameOf(content->command)), 0, 1},
                                 {"version", fmt::format("{}", bytes[1]), 1, 1},
                                 {"zero", fmt::format("{}", ByteReader(bytes.subspan(2)).u16()), 2, 2}};
    std::size_t at = kHeaderSize;
    std::size_t end = bytes.size();
    if (content->authentication) {
        all.push_back(authenticationField(*content->authentication));
        at += kEntrySize;
        if (content->authentication->type == Authentication::kKeyedDigest) {
            end = ByteReader(bytes.subspan(kHeaderSize + 4)).u16();
        }
    }
    for (; at < end; at += kEntrySize)
        all.push_back(entryField(family, bytes, at));
    if (end < bytes.size()) {
        all.push_back({"digest", toHex(content->authentication->digest), end, bytes.size() - end});
    }
    return all;
}

}  // namespace peerscape::rip
