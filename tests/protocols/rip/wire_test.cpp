/// The codec against bytes that others wrote: the layouts of RFC 2453 section 4, RFC 2082 and RFC 2080
/// section 2.1, and messages that the test suites of holo (holo-rip/tests/packet) and tcpdump
/// (tests/ripv2_auth) record: facts, no code.
#include "protocols/rip/wire.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocols/rip/describe.hpp"
#include "tests/protocols/rip/harness.hpp"

namespace peerscape::rip {
namespace {

using test::entry;
using test::ip;
using test::net;

Bytes hex(std::string_view text) {
    Bytes bytes;
    std::string digits;
    for (const char c : text) {
        if (std::isxdigit(static_cast<unsigned char>(c)) != 0) digits += c;
    }
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

RipContent message(Family family, Command command, std::uint8_t version, RipEntries entries) {
    RipContent content;
    content.family = family;
    content.command = command;
    content.version = version;
    content.asksForAll = command == Command::Request && entries.empty();
    content.entries = std::move(entries);
    return content;
}

RipEntry withoutMask(std::string_view address, std::uint16_t metric) {
    RipEntry e;
    e.prefix = Prefix::host(ip(address));
    e.lacksMask = true;
    e.metric = metric;
    return e;
}

RipContent withPassword(RipContent content, std::string_view password) {
    Authentication& authentication = content.authentication.emplace();
    std::ranges::copy(password, authentication.password.begin());
    return content;
}

RipContent keyed(RipContent content, std::uint8_t keyId, std::uint32_t sequence, std::string_view digest) {
    Authentication& authentication = content.authentication.emplace();
    authentication.type = Authentication::kKeyedDigest;
    authentication.keyId = keyId;
    authentication.sequence = sequence;
    std::ranges::copy(hex(digest), authentication.digest.begin());
    return content;
}

struct WireCase {
    std::string name;
    std::string bytes;
    RipContent content;
};

constexpr auto k4 = Family::IPv4;
constexpr auto k6 = Family::IPv6;

/// holo, ripv2 RESPONSE5: secret "HOLO", sequence 69.
const char* const kHoloDigest =
    "02020000 ffff0003 007c0110 00000045 00000000 00000000"
    "00020000 01010101 ffffffff 00000000 00000001  00020000 03030303 ffffffff 00000000 00000002"
    "00020000 0a000100 ffffff00 00000000 00000001  00020000 0a000200 ffffff00 00000000 00000001"
    "00020000 0a000400 ffffff00 00000000 00000002  ffff0001 ecc9ca82 e075a02a e2275698 d16d1d5d";

std::vector<WireCase> wireCases() {
    return {
        {"request for the whole table (RFC 2453, 3.9.1; holo REQUEST1)",
         "01020000 00000000 00000000 00000000 00000000 00000010", message(k4, Command::Request, 2, {})},
        {"response of three routes (holo RESPONSE1)",
         "02020000 00020000 0a000200 ffffff00 00000000 00000001 00020000 0a000300 ffffff00 00000000 00000003"
         "00020000 0a000400 ffffff00 00000000 00000002",
         message(k4, Command::Response, 2,
                 {entry("10.0.2.0/24", 1), entry("10.0.3.0/24", 3), entry("10.0.4.0/24", 2)})},
        {"tag and next hop (RFC 2453, 4.2 and 4.4)", "02020000 00020037 c0000200 ffffff00 0a010001 00000007",
         message(k4, Command::Response, 2, {entry("192.0.2.0/24", 7, "10.1.0.1", 55)})},
        {"default route", "02020000 00020000 00000000 00000000 00000000 00000001",
         message(k4, Command::Response, 2, {entry("0.0.0.0/0", 1)})},
        {"request for one route", "01020000 00020000 0a000200 ffffff00 00000000 00000000",
         message(k4, Command::Request, 2, {entry("10.0.2.0/24", 0)})},
        {"RIPv1: address and metric only (RFC 1058, 3.1)",
         "02010000 00020000 0a000000 00000000 00000000 00000010",
         message(k4, Command::Response, 1, {withoutMask("10.0.0.0", 16)})},
        {"no entries at all", "02020000", message(k4, Command::Response, 2, {})},
        {"plain password (RFC 2453, 4.1)",
         "02020000 ffff0002 73656372 65740000 00000000 00000000 00020000 0a000200 ffffff00 00000000 00000001",
         withPassword(message(k4, Command::Response, 2, {entry("10.0.2.0/24", 1)}), "secret")},
        {"keyed MD5 (RFC 2082; holo RESPONSE5)", kHoloDigest,
         keyed(message(k4, Command::Response, 2,
                       {entry("1.1.1.1/32", 1), entry("3.3.3.3/32", 2), entry("10.0.1.0/24", 1),
                        entry("10.0.2.0/24", 1), entry("10.0.4.0/24", 2)}),
               1, 69, "ecc9ca82 e075a02a e2275698 d16d1d5d")},
        {"request with a plain password (tcpdump's test ripv2_auth, message 1)",
         "01020000 ffff0002 61626364 65666768 696a6b6c 6d6e6f70 00000000 00000000 00000000 00000000 00000010",
         withPassword(message(k4, Command::Request, 2, {}), "abcdefghijklmnop")},
        {"request with keyed MD5 (tcpdump's test ripv2_auth, message 3)",
         "01020000 ffff0003 002c2d10 4fd61338 00000000 00000000 00000000 00000000 00000000 00000000 00000010"
         "ffff0001 a2fec865 f1208808 23261369 d6c23593",
         keyed(message(k4, Command::Request, 2, {}), 45, 1339429688, "a2fec865 f1208808 23261369 d6c23593")},
        {"response with keyed MD5 (tcpdump's test ripv2_auth, message 4)",
         "02020000 ffff0003 002c2d10 4fd6133c 00000000 00000000 00020000 0a46b200 ffffff00 00000000 00000001"
         "ffff0001 6d215dd5 6d27a6f4 8a51e2c2 fcc2af0f",
         keyed(message(k4, Command::Response, 2, {entry("10.70.178.0/24", 1)}), 45, 1339429692,
               "6d215dd5 6d27a6f4 8a51e2c2 fcc2af0f")},
        {"RIPng request for the whole table (RFC 2080, 2.4.1; holo REQUEST1)",
         "01010000 00000000 00000000 00000000 00000000 00000010", message(k6, Command::Request, 1, {})},
        {"RIPng response (RFC 2080, 2.1; holo RESPONSE1)",
         "02010000 20010db8 10000000 00000000 00000001 00008001 20010db8 10000000 00000000 00000003 00008002"
         "20010db8 10000000 00000000 00000004 00008003",
         message(k6, Command::Response, 1,
                 {entry("2001:db8:1000::1/128", 1), entry("2001:db8:1000::3/128", 2),
                  entry("2001:db8:1000::4/128", 3)})},
        {"RIPng next hop (RFC 2080, 2.1.1; holo RESPONSE2)",
         "02010000 fe800000 00000000 50bfcfff febe9999 000000ff 20010db8 10000000 00000000 00000000 00004001",
         message(k6, Command::Response, 1, {entry("2001:db8:1000::/64", 1, "fe80::50bf:cfff:febe:9999")})},
    };
}

TEST(RipWire, EncodesAndDecodesTheBytesOfOthers) {
    for (const WireCase& c : wireCases()) {
        SCOPED_TRACE(c.name);
        const Bytes bytes = hex(c.bytes);
        const auto decoded = decode(c.content.family, bytes);
        ASSERT_TRUE(decoded.has_value()) << decoded.error().message;
        EXPECT_TRUE(*decoded == c.content);
        const RipMessage rip(c.content);
        ByteWriter writer;
        rip.encode(writer);
        EXPECT_EQ(toHex(writer.bytes()), toHex(bytes));
        EXPECT_EQ(rip.encodedSize(), bytes.size());
    }
}

TEST(RipWire, RefusesMessagesItCannotRead) {
    struct BadCase {
        Family family;
        std::string bytes;
        std::string reason;
    };
    const std::string entries(25 * 40, '0');
    const std::vector<BadCase> cases{
        {k4, "", "too few"},
        {k4, "020200", "too few"},
        {k4, "02020000 00", "whole number of entries"},
        {k4, "0202000000020000 0a000200 ffffff00 00000000 000001", "whole number of entries"},
        {k4, "02000000", "version 0"},
        {k4, "00020000", "command 0"},
        {k4, "03020000", "command 3"},
        {k4, "02020000" + entries + std::string(40, '0'), "more than the 512"},
        {k4, "02020000 ffff0003 00ff0110 00000045 00000000 00000000", "digest should stand"},
        {k4,
         "02020000 ffff0003 00000110 00000045 00000000 00000000 ffff0001 00000000 00000000 00000000 00000000",
         "digest should stand"},
        {k4,
         "02020000 ffff0003 00190110 00000045 00000000 00000000 00020000 0a000200 ffffff00 00000000 00000001"
         "ffff0001 00000000 00000000 00000000 00000000",
         "whole entry"},
        {k4,
         "02020000 ffff0003 00180110 00000045 00000000 00000000 00020000 00000000 00000000 00000000 00000000",
         "trailer"},
        // Keyed SHA-256 (RFC 4822), which is not spoken here: tcpdump's test ripv2_auth, message 8.
        {k4,
         "02020000 ffff0003 002c2d20 4fd61370 00000000 00000000 00020000 0a46b200 ffffff00 00000000 00000001"
         "ffff0001 3965b755 535a3375 e83a973c 60c91693 f2de8132 9e873f7f b7633cb0 b3dc3ba2",
         "whole number of entries"},
        {k6, "02020000", "version 2"},
        {k6, "03010000", "command 3"},
        {k6, "0201000000", "whole number of entries"},
    };
    for (const BadCase& c : cases) {
        const auto decoded = decode(c.family, hex(c.bytes));
        ASSERT_FALSE(decoded.has_value()) << c.bytes;
        EXPECT_THAT(decoded.error().message, ::testing::HasSubstr(c.reason));
    }
}

TEST(RipWire, LeavesOutEntriesItCannotTakeAndSaysWhy) {
    const auto four = decode(k4, hex("02020000 00010000 0a000200 ffffff00 00000000 00000001"
                                     "00020000 0a000201 ffffff00 00000000 00000001"
                                     "00020000 0a000200 ff00ff00 00000000 00000001"
                                     "00020000 0a000300 ffffff00 00000000 00000001"));
    ASSERT_TRUE(four.has_value());
    EXPECT_EQ(four->badEntries,
              (std::vector<BadEntry>{
                  {0, EntryFault::UnknownFamily}, {1, EntryFault::HostBitsSet}, {2, EntryFault::BadMask}}));
    EXPECT_EQ(four->entries, RipEntries{entry("10.0.3.0/24", 1)});
    // holo RESPONSE4: a family that is unknown. A foolish address, next hop or metric is the receiver's
    // business.
    const auto foolish = decode(k4, hex("02020000 00010000 0a000200 ffffff00 00000000 00000001"
                                        "00020000 7f000001 ffffffff 00000000 00000003"
                                        "00020000 0a000300 ffffff00 7f000001 00000003"
                                        "00020000 0a000400 ffffff00 00000000 00000014"));
    ASSERT_TRUE(foolish.has_value());
    EXPECT_EQ(foolish->badEntries, (std::vector<BadEntry>{{0, EntryFault::UnknownFamily}}));
    EXPECT_EQ(foolish->entries, (RipEntries{entry("127.0.0.1/32", 3), entry("10.0.3.0/24", 3, "127.0.0.1"),
                                            entry("10.0.4.0/24", 20)}));
    // holo RESPONSE5: a prefix length of 129.
    const auto six = decode(k6, hex("02010000 20010db8 10000000 00000000 00000003 00008102"
                                    "20010db8 10000000 00000000 00000004 00008003"));
    ASSERT_TRUE(six.has_value());
    EXPECT_EQ(six->badEntries, (std::vector<BadEntry>{{0, EntryFault::BadLength}}));
    EXPECT_EQ(six->entries.size(), 1U);
}

TEST(RipWire, ReadsNewerVersionsAsVersion2) {
    const auto decoded = decode(k4, hex("02030000 00020000 0a000200 ffffff00 00000000 00000001"));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->version, 2);
    EXPECT_EQ(decoded->entries.front().prefix, net("10.0.2.0/24"));
}

TEST(RipWire, NamesEachNextHopOnceAndReturnsToTheSender) {
    const RipContent content = message(k6, Command::Response, 1,
                                       {entry("2001:db8:1::/64", 1), entry("2001:db8:2::/64", 1, "fe80::2"),
                                        entry("2001:db8:3::/64", 1, "fe80::2"), entry("2001:db8:4::/64", 1)});
    const RipMessage rip(content);
    EXPECT_EQ(rip.encodedSize(), 4U + 6U * 20U);
    ByteWriter writer;
    rip.encode(writer);
    const auto decoded = decode(k6, writer.bytes());
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->entries, content.entries);
}

TEST(RipWire, TakesAnUnusableNextHopAsTheSender) {
    const auto decoded = decode(k6, hex("02010000 20010db8 00000000 00000000 00000001 000000ff"
                                        "20010db8 10000000 00000000 00000000 00004001"));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_TRUE(decoded->entries.front().nextHop.isUnspecified());
}

TEST(RipWire, VerifiesTheDigestOfAnotherImplementation) {
    Bytes bytes = hex(kHoloDigest);
    EXPECT_TRUE(hasValidDigest(bytes, "HOLO"));
    EXPECT_FALSE(hasValidDigest(bytes, "HOLA"));
    bytes[60] ^= 1;
    EXPECT_FALSE(hasValidDigest(bytes, "HOLO"));
    EXPECT_FALSE(hasValidDigest(hex("02020000"), "HOLO"));
}

TEST(RipWire, MakesTheDigestThatAnotherImplementationMade) {
    auto content = decode(k4, hex(kHoloDigest));
    ASSERT_TRUE(content.has_value());
    content->authentication->digest.fill(0);
    ByteWriter writer;
    RipMessage(withDigest(*content, "HOLO")).encode(writer);
    EXPECT_EQ(toHex(writer.bytes()), toHex(hex(kHoloDigest)));
}

TEST(RipDescribe, NamesEveryByteOfAMessage) {
    for (const WireCase& c : wireCases()) {
        SCOPED_TRACE(c.name);
        const Bytes bytes = hex(c.bytes);
        std::size_t at = 0;
        for (const PacketField& field : fields(c.content.family, bytes)) {
            EXPECT_EQ(field.offset, at) << field.name;
            EXPECT_FALSE(field.value.empty()) << field.name;
            at += field.size;
        }
        EXPECT_EQ(at, bytes.size());
    }
}

TEST(RipDescribe, SaysWhatAMessageIsInOneLine) {
    EXPECT_EQ(summary(message(k4, Command::Request, 2, {})), "RIPv2 request, whole table");
    EXPECT_EQ(summary(message(k6, Command::Response, 1, {entry("::/0", 1)})), "RIPng response, 1 route");
    EXPECT_EQ(describe(entry("192.0.2.0/24", 7, "10.1.0.1", 55)),
              "192.0.2.0/24 metric 7 via 10.1.0.1 tag 55");
    EXPECT_EQ(fields(k4, hex("0202000000")).front().name, "malformed");
}

}  // namespace
}  // namespace peerscape::rip
