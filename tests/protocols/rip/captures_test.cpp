/// The codec against messages that FRR's daemons sent to each other, recorded for this project (see
/// captures/README.md): every one is read, and written again as the same bytes.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocols/rip/wire.hpp"
#include "tests/protocols/rip/harness.hpp"

namespace peerscape::rip {
namespace {

using test::entry;
using test::ip;
using test::net;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Not;

const std::filesystem::path kCaptures =
    std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "tests/protocols/rip/captures";

/// A message of a capture: what stood behind the UDP header, and what was read from it.
struct Recorded {
    Bytes bytes;
    RipContent content;
};

Bytes readBytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The UDP payload of an Ethernet frame, by the lengths in its headers.
ByteView payloadOf(ByteView frame, Family family) {
    constexpr std::size_t kEthernet = 14;
    const std::size_t ipHeader = family == Family::IPv4 ? std::size_t{frame[kEthernet]} % 16 * 4 : 40;
    const std::size_t udp = kEthernet + ipHeader;
    const std::size_t length = ByteReader(frame.subspan(udp + 4)).u16();
    return frame.subspan(udp + 8, length - 8);
}

/// All messages of a pcap file in the byte order of the machine that recorded it: little-endian.
std::vector<Recorded> messagesOf(const std::string& name, Family family = Family::IPv4) {
    const Bytes file = readBytes(kCaptures / name);
    const auto u32 = [&file](std::size_t at) {
        return file.at(at) | file.at(at + 1) << 8 | file.at(at + 2) << 16 | file.at(at + 3) << 24;
    };
    EXPECT_EQ(u32(0), static_cast<int>(0xa1b2c3d4)) << name;
    std::vector<Recorded> messages;
    for (std::size_t at = 24; at + 16 < file.size();) {
        const auto length = static_cast<std::size_t>(u32(at + 8));
        const ByteView payload = payloadOf(ByteView(file).subspan(at + 16, length), family);
        at += 16 + length;
        auto content = decode(family, payload);
        EXPECT_TRUE(content.has_value()) << name << ": " << toHex(payload);
        if (content) messages.push_back({{payload.begin(), payload.end()}, std::move(*content)});
    }
    return messages;
}

std::vector<RipContent> contentsOf(const std::string& name, Family family = Family::IPv4) {
    std::vector<RipContent> contents;
    for (Recorded& recorded : messagesOf(name, family))
        contents.push_back(std::move(recorded.content));
    return contents;
}

Bytes encoded(const RipContent& content) {
    ByteWriter writer;
    RipMessage(content).encode(writer);
    return writer.take();
}

/// The entries of all messages of a capture.
RipEntries entriesOf(const std::string& name, Family family = Family::IPv4) {
    RipEntries entries;
    for (const RipContent& content : contentsOf(name, family))
        entries.insert(entries.end(), content.entries.begin(), content.entries.end());
    return entries;
}

struct Capture {
    const char* name;
    Family family;
    std::size_t messages;
};

constexpr Capture kAll[] = {
    {"ripv1.pcap", Family::IPv4, 15},         {"ripv2.pcap", Family::IPv4, 14},
    {"ripv2-password.pcap", Family::IPv4, 7}, {"ripv2-md5.pcap", Family::IPv4, 18},
    {"ripv2-md5-old.pcap", Family::IPv4, 7},  {"ripv2-many-routes.pcap", Family::IPv4, 16},
    {"ripng.pcap", Family::IPv6, 12},
};

TEST(RipCaptures, EveryMessageIsReadAndWrittenAgainAsTheSameBytes) {
    for (const Capture& capture : kAll) {
        const auto messages = messagesOf(capture.name, capture.family);
        EXPECT_EQ(messages.size(), capture.messages) << capture.name;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            SCOPED_TRACE(testing::Message() << capture.name << " message " << i + 1);
            EXPECT_THAT(messages[i].content.badEntries, IsEmpty());
            EXPECT_EQ(toHex(encoded(messages[i].content)), toHex(messages[i].bytes));
            EXPECT_EQ(RipMessage(messages[i].content).encodedSize(), messages[i].bytes.size());
        }
    }
}

TEST(RipCaptures, BothDaemonsBeginWithARequestForTheWholeTable) {
    for (const Capture& capture : kAll) {
        const auto contents = contentsOf(capture.name, capture.family);
        const auto requests = std::count_if(contents.begin(), contents.end(), [](const RipContent& content) {
            return content.command == Command::Request && content.asksForAll;
        });
        EXPECT_EQ(requests, 2) << capture.name;
    }
}

TEST(RipCaptures, Ripv2HasTagsNextHopsADefaultRouteAndPoison) {
    const auto entries = entriesOf("ripv2.pcap");
    EXPECT_THAT(entries, Contains(entry("0.0.0.0/0", 1)));
    EXPECT_THAT(entries, Contains(entry("10.1.0.0/16", 1)));
    EXPECT_THAT(entries, Contains(entry("203.0.113.0/24", 1, "192.0.2.77", 4711)));
    EXPECT_THAT(entries, Contains(entry("10.1.0.0/16", 16))) << "the network failed";
    EXPECT_THAT(entries, Contains(entry("10.1.0.0/16", 16, "192.0.2.1"))) << "poisoned reverse";
}

TEST(RipCaptures, Ripv1HasNoMasks) {
    for (const RipContent& content : contentsOf("ripv1.pcap"))
        EXPECT_EQ(content.version, 1);
    const auto entries = entriesOf("ripv1.pcap");
    EXPECT_FALSE(entries.empty());
    EXPECT_THAT(entries, Each(Field(&RipEntry::lacksMask, true)));
}

TEST(RipCaptures, RoutesThatDoNotFitFillSeveralMessages) {
    std::vector<std::size_t> sizes;
    for (const RipContent& content : contentsOf("ripv2-many-routes.pcap"))
        sizes.push_back(content.entries.size());
    EXPECT_EQ(std::vector(sizes.begin() + 1, sizes.begin() + 4), (std::vector<std::size_t>{25, 25, 11}));
}

TEST(RipCaptures, ThePasswordIsThatOfTheConfiguration) {
    Digest password{};
    std::ranges::copy(std::string_view("secret"), password.begin());
    for (const RipContent& content : contentsOf("ripv2-password.pcap")) {
        if (content.command == Command::Request) continue;  // FRR sends requests without it
        ASSERT_TRUE(content.authentication.has_value());
        EXPECT_EQ(content.authentication->type, Authentication::kPassword);
        EXPECT_EQ(content.authentication->password, password);
    }
}

/// Digests of FRR are right under its key, wrong under another, and ours are the same.
void expectDigests(const std::string& name, std::string_view key, std::uint8_t keyId,
                   std::uint8_t dataLength) {
    std::size_t count = 0;
    for (const Recorded& recorded : messagesOf(name)) {
        if (recorded.content.command == Command::Request) continue;  // FRR sends requests without one
        SCOPED_TRACE(testing::Message() << name << " digest " << ++count);
        ASSERT_TRUE(recorded.content.authentication.has_value());
        EXPECT_EQ(recorded.content.authentication->keyId, keyId);
        EXPECT_EQ(recorded.content.authentication->dataLength, dataLength);
        EXPECT_TRUE(hasValidDigest(recorded.bytes, key));
        EXPECT_FALSE(hasValidDigest(recorded.bytes, "another key"));
        RipContent again = recorded.content;
        again.authentication->digest.fill(0);
        EXPECT_EQ(toHex(encoded(withDigest(again, key))), toHex(recorded.bytes));
    }
    EXPECT_GE(count, 5U);
}

TEST(RipCaptures, DigestsOfRfc4822AreThoseOfTheKey) { expectDigests("ripv2-md5.pcap", "peerscape", 7, 16); }

// FRR's `auth-length old-ripd`; of the key only 16 bytes count.
TEST(RipCaptures, DigestsWithTheOldLengthAreThoseOfTheKey) {
    expectDigests("ripv2-md5-old.pcap", "sixteenormorebytes", 1, 20);
}

TEST(RipCaptures, RipngHasManyRoutesANextHopAndPoison) {
    const auto entries = entriesOf("ripng.pcap", Family::IPv6);
    EXPECT_THAT(entries, Contains(entry("2001:db8:7::/48", 1, "fe80::77")));
    EXPECT_THAT(entries, Contains(entry("2001:db8:1:5::/64", 16)));
    EXPECT_THAT(contentsOf("ripng.pcap", Family::IPv6),
                Contains(Field(&RipContent::entries, testing::SizeIs(testing::Ge(30U)))));
}

}  // namespace
}  // namespace peerscape::rip
