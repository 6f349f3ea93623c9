/// Paths, multiprotocol attributes and capabilities by which FRR's bgpd tests itself
/// (tests/bgpd/test_aspath.c, test_mp_attr.c and test_capability.c of FRRouting/frr): the same octets, read
/// as FRR reads them.
#include <string>

#include <gtest/gtest.h>

#include "protocols/bgp/as_path_codec.hpp"
#include "tests/protocols/bgp/helpers.hpp"

namespace peerscape::bgp {
namespace {

struct PathVector {
    const char* octets;
    const char* text;  ///< none: malformed
    std::size_t length;
};

const PathVector kPaths[] = {
    {"0204 2112 0003 ce01 1000", "8466 3 52737 4096", 4},
    {"0201 2212 0201 0004", "8722 4", 2},
    {"0202 2122 c901 0101 1454", "8482 51457 {5204}", 3},
    {"0202 2113 e901 0102 1064 be12 0102 43aa 7819", "8467 59649 {4196,48658} {17322,30745}", 4},
    {"0203 1923 e810 54a1 0103 0999 f101 1111 0203 0732 a276 ca51",
     "6435 59408 21665 {2457,4369,61697} 1842 41590 51793", 7},
    {"0303 007b 01c8 0315", "(123 456 789)", 0},
    {"0303 007b 01c8 0315 0302 006f 00de", "(123 456 789) (111 222)", 0},
    {"0403 01c8 007b 0315", "[123,456,789]", 0},
    {"0303 007b 01c8 0315 0402 00de 006f 0201 2212 0102 1064 be12",
     "(123 456 789) [111,222] 8722 {4196,48658}", 2},
    {"", "", 0},
    {"0205 2112 0003 ce01 1000 0d80 0105 1bbb 1fd9 1fd9 1fd9 1bbb", "8466 3 52737 4096 3456 {7099,8153}", 6},
    {"0200 2112 0003 ce01 1000 0d80", nullptr, 0},
    {"0200 2112 0003 ce01 0202 1000 0d80", nullptr, 0},
    {"0802 1000 0d80 0000 0000 0000 0000", nullptr, 0},
};

TEST(BgpVectorsOfFrr, PathsAreReadAlike) {
    for (const PathVector& one : kPaths) {
        const auto path = decodeAsPath(test::hex(one.octets), NumberSize::Two);
        ASSERT_EQ(path.has_value(), one.text != nullptr) << one.octets;
        if (!path) continue;
        EXPECT_EQ(path->text(), one.text);
        EXPECT_EQ(path->length(), one.length);
    }
}

TEST(BgpVectorsOfFrr, PathsOfOldSpeakersAreJoinedAlike) {
    const auto path = [](const char* octets) { return *decodeAsPath(test::hex(octets), NumberSize::Two); };
    const AsPath newer = path("0103 0999 f101 1111 0203 0732 a277 ca51");
    EXPECT_EQ(merge(path("0203 1923 e810 54a1 0103 5ba0 5ba0 5ba0 0203 5ba0 5ba0 5ba0"), newer).text(),
              "6435 59408 21665 {2457,4369,61697} 1842 41591 51793");
    EXPECT_EQ(merge(path("0303 007b 01c8 0315 0403 01c8 007c 0314 0203 1923 e810 54a1 0103 5ba0 5ba0 5ba0"
                         "0203 5ba0 5ba0 5ba0"),
                    newer)
                  .text(),
              "(123 456 789) [124,456,788] 6435 59408 21665 {2457,4369,61697} 1842 41591 51793");
    EXPECT_EQ(merge(path("0203 5ba0 5ba0 5ba0 0203 1923 e810 54a1"),
                    path("0203 0732 a277 ca51 0203 1923 e810 54a1"))
                  .text(),
              "1842 41591 51793 6435 59408 21665");
}

struct AttributeVector {
    const char* name;
    std::uint8_t type;
    std::string value;
    int prefixes;  ///< less than 0: malformed
};

constexpr const char* kGlobal = "fffe0102 aabbccdd 03040506 a1a2a3a4 ";
constexpr const char* kLinkLocal = "fe800000 00000000 021002ff 01020304 ";
constexpr const char* kPrefixes = "20 fffe0102 40 fffe000100020003 00";

std::vector<AttributeVector> attributeVectors() {
    const std::string global = kGlobal;
    const std::string both = global + kLinkLocal;
    return {
        {"IPv6", 14, "0002 01 10" + global + "00 20 fffe0102", 1},
        {"IPv6-2", 14, "0002 01 10" + global + "00 20 fffe0102 40 fffe000100020003", 2},
        {"IPv6-default", 14, "0002 01 10" + global + "00" + kPrefixes, 3},
        {"IPv6-lnh", 14, "0002 01 20" + both + "00" + kPrefixes, 3},
        {"IPv6-nhlen", 14, "0002 01 04" + both + "00" + kPrefixes, -1},
        {"IPv6-nhlen2", 14, "0002 01 05" + both + "00" + kPrefixes, -1},
        {"IPv6-nhlen3", 14, "0002 01 20" + global, -1},
        {"IPv6-nhlen4", 14, "0002 01 10" + both + "00" + kPrefixes, -1},
        {"IPv6-nlri", 14, "0002 01 20" + both + "00 78 fffe0102 40 fffe000100020003 00", -1},
        {"IPv4", 14, "0001 01 04 c0a80001 00 10 0a01 11 0a0203 00", 3},
        {"IPv4-nhlen", 14, "0001 01 20 c0a80001 00 10 0a01 11 0a0203 00", -1},
        {"IPv4-nlrilen", 14, "0001 01 04 c0a80001 00 10 0a01 1e 0a00", -1},
        {"IPv4-VPNv4", 14,
         "0001 80 0c 0000000000000000 c0a80001 00 68 000102 0000000200ff0304 0a01 69 ff0000 0000c0a800010000"
         "0a0203",
         0},
        {"IPv6-bug", 14, "0002 01 20 20010470000100060000000000000001 fe80000000000000020cdbfffefeeb00 00",
         0},
        {"IPv6-unreach", 15, "0002 01 20 fffe0102", 1},
        {"IPv6-unreach2", 15, "0002 01 20 fffe0102 40 fffe000100020003", 2},
        {"IPv6-unreach-default", 15, std::string("0002 01") + kPrefixes, 3},
        {"IPv6-unreach-nlri", 15, "0002 01 78 fffe0102 40 fffe000100020003 00", -1},
        {"IPv4-unreach", 15, "0001 01 10 0a01 11 0a0203 00", 3},
        {"IPv4-unreach-nlrilen", 15, "0001 01 10 0a01 1e 0a00", -1},
    };
}

Bytes updateWith(const AttributeVector& one) {
    ByteWriter attribute;
    const Bytes value = test::hex(one.value);
    attribute.u8(0x90);
    attribute.u8(one.type);
    attribute.u16(static_cast<std::uint16_t>(value.size()));
    attribute.append(value);
    const std::string others = one.type == 14 ? "40 01 01 00  40 02 06 02 01 0000fde9" : "";
    return test::update(toHex(attribute.bytes()) + others, "");
}

TEST(BgpVectorsOfFrr, MultiprotocolAttributesAreReadAlike) {
    for (const AttributeVector& one : attributeVectors()) {
        const auto result = decode(updateWith(one), {});
        ASSERT_EQ(result.has_value(), one.prefixes >= 0) << one.name;
        if (!result || !result->message) continue;
        const auto& update = std::get<UpdateMessage>(*result->message);
        // Most of the prefixes are multicast ones, which are read, but make no routes.
        std::size_t count = 0;
        for (const auto& group : update.withdrawn)
            count += group.prefixes.size();
        for (const auto& group : update.announced)
            count += group.prefixes.size();
        for (const AttributeProblem& problem : result->problems)
            count += problem.reaction == Reaction::Ignore ? 1 : 0;
        EXPECT_EQ(count, static_cast<std::size_t>(one.prefixes)) << one.name;
    }
}

struct CapabilityVector {
    const char* name;
    const char* octets;
    bool isAccepted;
};

const CapabilityVector kCapabilities[] = {
    {"caphdr", "02 00", true},
    {"nodata", "01 0a", false},
    {"padded", "02 02 0000", true},
    {"MP4", "01 04 00010001", true},
    {"MPv6", "01 04 00020001", true},
    {"MP2", "01 04 00010002", true},
    {"MP3", "01 04 00020080", true},
    {"MP8", "01 04 000a0081", true},
    {"MP-short", "01 02 0001 0001", false},
    {"MP-overflow", "01 06 00010001", false},
    {"ORF", "03 07 00010001 01 4003", true},
    {"AS4-short", "41 04 abcdef", false},
    {"AS4-long", "41 04 abcdef12 12", false},
    {"GR", "40 0e f112 0001 01 0f 0002 01 00 0002 02 01", true},
    {"GR-short", "40 0a f112 0001 01 0f 0002 01 00 0002 02", false},
    {"GR-long", "40 0f f112 0001 01 0f 0002 01 00 0002 02 01", false},
    {"GR-empty", "40 00", false},
    {"MP-empty", "01 00", false},
    {"AS4-empty", "41 00", false},
    {"dyn-empty", "42 00", true},
};

Bytes openWith(const Bytes& parameters) {
    ByteWriter body;
    body.append(test::hex("04 5ba0 00b4 0a000001"));
    body.u8(static_cast<std::uint8_t>(parameters.size()));
    body.append(parameters);
    return test::message(MessageType::Open, toHex(body.bytes()));
}

TEST(BgpVectorsOfFrr, CapabilitiesAreReadAlike) {
    for (const CapabilityVector& one : kCapabilities) {
        // A number of four octets in front, since the OPEN says AS_TRANS.
        Bytes parameters = test::hex("02 06 41 04 00030006 02 00");
        const Bytes capability = test::hex(one.octets);
        parameters.back() = static_cast<std::uint8_t>(capability.size());
        parameters.insert(parameters.end(), capability.begin(), capability.end());
        EXPECT_EQ(decode(openWith(parameters), {}).has_value(), one.isAccepted) << one.name;
    }
}

TEST(BgpVectorsOfFrr, NumbersAreFoundAmongCapabilities) {
    const auto number = [](const char* parameters) {
        const auto decoded = test::decoded(openWith(test::hex(parameters)));
        return std::get<OpenMessage>(*decoded.message).number().value();
    };
    EXPECT_EQ(
        number("02 06 01 04 00010001 02 06 01 04 00020001 02 02 80 00 02 02 02 00 02 06 41 04 00030006"),
        196614U);
    EXPECT_EQ(number("02 16 01 04 00010001 01 04 00020001 80 00 02 00 41 04 00030006"), 196614U);
    EXPECT_EQ(number("02 06 01 04 00010001 02 06 01 04 00020001 02 02 80 00 02 02 02 00 02 06 41 04 0000fc03"
                     "02 09 82 07 00010001 01 8003 02 09 03 07 00010001 01 4003 02 02 42 00"),
              64515U);
}

}  // namespace
}  // namespace peerscape::bgp
