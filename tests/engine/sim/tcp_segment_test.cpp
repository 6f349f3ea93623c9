#include "engine/sim/tcp_segment.hpp"

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/engine/base/values.hpp"

namespace peerscape {
namespace {

Bytes fromHex(std::string_view text) {
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 3) {
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
    }
    return bytes;
}

struct Example {
    const char* source;
    const char* destination;
    const char* bytes;
    const char* text;
    bool isOurs;  ///< we would write exactly these bytes; otherwise they carry options that we skip
};

// Made by an independent program and read without complaint, checksums included, by tshark.
constexpr Example kExamples[] = {
    {"192.0.2.1", "198.51.100.7", "9c 41 00 b3 01 02 03 04 00 00 00 00 60 02 ff ff 0a f0 00 00 02 04 05 b4",
     "SYN seq 16909060 win 65535 mss 1460 len 0", true},
    {"198.51.100.7", "192.0.2.1",
     "00 b3 9c 41 ff ff ff f0 01 02 03 05 80 12 72 10 6f c9 00 00 02 04 05 b4 04 02 01 03 03 07 01 00",
     "SYN,ACK seq 4294967280 ack 16909061 win 29200 mss 1460 len 0", false},
    {"2001:db8::1", "2001:db8::2",
     "00 b3 c3 50 00 00 00 07 00 00 00 09 50 19 02 00 4a 6c 00 00 68 65 6c 6c 6f",
     "FIN,PSH,ACK seq 7 ack 9 win 512 len 5", true},
    {"192.0.2.1", "198.51.100.7", "9c 41 00 b3 00 00 00 05 00 00 00 00 50 04 00 00 26 ab 00 00",
     "RST seq 5 win 0 len 0", true},
};

TEST(TcpSegment, ReadsAndWritesTheBytesOfOthers) {
    for (const Example& example : kExamples) {
        const auto read =
            TcpSegment::decode(fromHex(example.bytes), ip(example.source), ip(example.destination));
        ASSERT_TRUE(read.has_value()) << read.error().message;
        EXPECT_EQ(toString(*read), example.text);
        if (example.isOurs) {
            EXPECT_EQ(toHex(read->encode(ip(example.source), ip(example.destination))), example.bytes);
        }
    }
}

TEST(TcpSegment, AChangedByteOrAddressBreaksTheChecksum) {
    const Bytes good = fromHex(kExamples[2].bytes);
    for (std::size_t i = 0; i < good.size(); ++i) {
        Bytes bad = good;
        bad[i] ^= 0x20;
        EXPECT_FALSE(TcpSegment::decode(bad, ip("2001:db8::1"), ip("2001:db8::2")).has_value()) << i;
    }
    const auto read = TcpSegment::decode(good, ip("2001:db8::1"), ip("2001:db8::3"));
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().message, "the TCP checksum is wrong");
}

/// A SYN with these options, padded and with a right checksum.
Bytes withOptions(Bytes options) {
    while (options.size() % 4 != 0)
        options.push_back(0);
    TcpSegment segment;
    segment.syn = true;
    segment.payload = options;
    Bytes bytes = segment.encode(ip("10.0.0.1"), ip("10.0.0.2"));
    bytes[12] = static_cast<std::uint8_t>((20 + options.size()) / 4 << 4);
    bytes[16] = bytes[17] = 0;
    ByteWriter pseudo;
    pseudo.append(ip("10.0.0.1").bytes());
    pseudo.append(ip("10.0.0.2").bytes());
    pseudo.u16(6);
    pseudo.u16(static_cast<std::uint16_t>(bytes.size()));
    pseudo.append(bytes);
    const std::uint16_t checksum = internetChecksum(pseudo.bytes());
    bytes[16] = static_cast<std::uint8_t>(checksum >> 8);
    bytes[17] = static_cast<std::uint8_t>(checksum);
    return bytes;
}

Result<TcpSegment> decodeOptions(Bytes options) {
    return TcpSegment::decode(withOptions(std::move(options)), ip("10.0.0.1"), ip("10.0.0.2"));
}

// RFC 9293 section 3.1, MUST-7.
TEST(TcpSegment, RefusesIllegalOptionLengths) {
    EXPECT_EQ(decodeOptions({2, 4, 5, 0xb4})->maximumSegmentSize, 1460);
    EXPECT_EQ(decodeOptions({1, 1, 2, 4, 2, 0x18, 0, 99})->maximumSegmentSize, 536);
    EXPECT_EQ(decodeOptions({30, 6, 1, 2, 3, 4})->maximumSegmentSize, std::nullopt);
    EXPECT_EQ(decodeOptions({2, 0, 0, 0}).error().message, "TCP option 2 has the illegal length 0");
    EXPECT_EQ(decodeOptions({8, 1, 0, 0}).error().message, "TCP option 8 has the illegal length 1");
    EXPECT_EQ(decodeOptions({2, 3, 5, 0}).error().message, "TCP option 2 has the illegal length 3");
    EXPECT_EQ(decodeOptions({1, 1, 2, 4}).error().message, "TCP option 2 is cut off");
    EXPECT_EQ(decodeOptions({1, 1, 1, 8}).error().message, "TCP option 8 has the illegal length 0");
}

TEST(TcpSegment, RefusesCutHeaders) {
    const Bytes whole = fromHex(kExamples[0].bytes);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(
            TcpSegment::decode(ByteView(whole).first(size), ip("192.0.2.1"), ip("198.51.100.7")).has_value())
            << size;
    }
    Bytes bytes = whole;
    bytes[12] = 0x40;
    EXPECT_EQ(TcpSegment::decode(bytes, ip("192.0.2.1"), ip("198.51.100.7")).error().message,
              "the TCP header claims 16 bytes, of 24");
}

TEST(TcpSegment, WhatIsWrittenReadsBackTheSame) {
    RandomStream random(1, "test", "segments");
    for (int i = 0; i < 2'000; ++i) {
        TcpSegment segment;
        segment.sourcePort = static_cast<std::uint16_t>(random.next());
        segment.destinationPort = static_cast<std::uint16_t>(random.next());
        segment.sequence = TcpSequence(static_cast<std::uint32_t>(random.next()));
        segment.acknowledgment = TcpSequence(static_cast<std::uint32_t>(random.next()));
        segment.window = static_cast<std::uint16_t>(random.next());
        segment.fin = random.below(2) == 0;
        segment.syn = random.below(2) == 0;
        segment.rst = random.below(2) == 0;
        segment.psh = random.below(2) == 0;
        segment.ack = random.below(2) == 0;
        if (segment.syn && random.below(2) == 0)
            segment.maximumSegmentSize = static_cast<std::uint16_t>(random.next());
        segment.payload.resize(random.below(50));
        for (auto& byte : segment.payload)
            byte = static_cast<std::uint8_t>(random.next());
        const IpAddress source = i % 2 == 0 ? ip("10.0.0.1") : ip("fe80::1");
        const IpAddress destination = i % 2 == 0 ? ip("10.0.0.2") : ip("fe80::2");
        const Bytes bytes = segment.encode(source, destination);
        EXPECT_EQ(bytes.size(), segment.encodedSize());
        const auto read = TcpSegment::decode(bytes, source, destination);
        ASSERT_TRUE(read.has_value()) << read.error().message;
        EXPECT_EQ(*read, segment);
    }
}

// RFC 9293 section 3.4.
TEST(TcpSequence, ComparesAcrossTheWrap) {
    const TcpSequence last(0xffffffff);
    EXPECT_TRUE(last.isBefore(last + 1));
    EXPECT_TRUE((last + 1).isAfter(last));
    EXPECT_EQ((last + 5).since(last), 5);
    EXPECT_EQ(last.since(last + 5), -5);
    EXPECT_EQ((last + 5) - 5, last);
    EXPECT_FALSE(last.isBefore(last));
    EXPECT_FALSE(last.isAfter(last));
}

// RFC 9293 section 3.10.7.1.
TEST(TcpSegment, NobodyHereIsAnsweredWithAReset) {
    TcpSegment syn;
    syn.sourcePort = 40001;
    syn.destinationPort = 179;
    syn.sequence = TcpSequence(100);
    syn.syn = true;
    const auto toSyn = syn.resetForUnknown();
    ASSERT_TRUE(toSyn.has_value());
    EXPECT_EQ(toString(*toSyn), "RST,ACK seq 0 ack 101 win 0 len 0");
    EXPECT_EQ(toSyn->sourcePort, 179);
    EXPECT_EQ(toSyn->destinationPort, 40001);

    TcpSegment data;
    data.ack = true;
    data.acknowledgment = TcpSequence(700);
    data.payload = {1, 2, 3};
    EXPECT_EQ(toString(*data.resetForUnknown()), "RST seq 700 win 0 len 0");

    EXPECT_FALSE(toSyn->resetForUnknown().has_value());
}

}  // namespace
}  // namespace peerscape
