/// The bytes of every kind of packet, summed and put together here by the RFCs' rules and not by the engine's
/// code. What tshark says of the same files stands in tshark_test.cpp.
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/capture/traffic.hpp"

namespace peerscape::capture {
namespace {

constexpr std::size_t kEthernet = 14;

std::uint32_t u16At(ByteView bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) << 8 | bytes[at + 1];
}

/// RFC 1071: the sum of 16-bit words with its carries added in, 0xffff for a message whose checksum is right.
std::uint32_t sumOf(ByteView bytes, std::uint32_t start = 0) {
    std::uint64_t sum = start;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        sum += i % 2 == 0 ? static_cast<std::uint64_t>(bytes[i]) << 8 : bytes[i];
    while (sum > 0xffff)
        sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint32_t>(sum);
}

/// An IP packet taken apart.
struct Taken {
    bool isV6 = false;
    Bytes addresses;
    std::uint8_t protocol = 0;
    std::uint32_t identification = 0;
    std::uint32_t offset = 0;
    bool more = false;
    Bytes inner;

    bool isFragment() const { return more || offset != 0; }
    bool hasRightChecksum() const {
        const bool hasPseudoHeader = protocol != 1;
        const auto length = static_cast<std::uint32_t>(inner.size());
        return sumOf(inner, hasPseudoHeader ? sumOf(addresses, length + protocol) : 0) == 0xffff;
    }
};

Taken takeApart(const ReadFrame& frame) {
    const ByteView ip = ByteView(frame.bytes).subspan(kEthernet);
    Taken taken;
    taken.isV6 = ip[0] >> 4 == 6;
    EXPECT_EQ(u16At(frame.bytes, 12), taken.isV6 ? 0x86ddU : 0x0800U);
    std::size_t header = 20;
    if (taken.isV6) {
        header = 40;
        EXPECT_EQ(u16At(ip, 4) + 40, ip.size());
        taken.addresses.assign(ip.begin() + 8, ip.begin() + 40);
        taken.protocol = ip[6];
        if (taken.protocol == 44) {
            taken.protocol = ip[40];
            taken.offset = u16At(ip, 42) & 0xfff8;
            taken.more = (ip[43] & 1) != 0;
            taken.identification = u16At(ip, 46);
            header = 48;
        }
    } else {
        EXPECT_EQ(u16At(ip, 2), ip.size());
        EXPECT_EQ(sumOf(ip.first(20)), 0xffffU);
        taken.addresses.assign(ip.begin() + 12, ip.begin() + 20);
        taken.protocol = ip[9];
        taken.offset = (u16At(ip, 6) & 0x1fff) * 8;
        taken.more = (ip[6] & 0x20) != 0;
        taken.identification = u16At(ip, 4);
    }
    taken.inner.assign(ip.begin() + static_cast<std::ptrdiff_t>(header), ip.end());
    return taken;
}

/// "17", "6", "1/8/0": protocol, and of ICMP type and code.
std::string kindOf(const Taken& taken) {
    if (taken.isFragment()) return fmt::format("{} fragment", taken.protocol);
    if (taken.protocol != 1 && taken.protocol != 58) return fmt::format("{}", taken.protocol);
    return fmt::format("{}/{}/{}", taken.protocol, taken.inner[0], taken.inner[1]);
}

class Kinds : public testing::Test {
  protected:
    void SetUp() override { traffic_.run(); }
    std::vector<Taken> packets(const std::string& file) const {
        std::vector<Taken> all;
        for (const ReadFrame& frame : traffic_.read(file).frames)
            all.push_back(takeApart(frame));
        return all;
    }
    Traffic traffic_;
};

TEST_F(Kinds, AllKindsAreThere) {
    std::set<std::string> kinds;
    for (const char* file : {"ab.pcapng", "bc.pcapng"}) {
        for (const Taken& taken : packets(file))
            kinds.insert(kindOf(taken));
    }
    EXPECT_THAT(kinds, testing::IsSupersetOf({"6", "17", "1/8/0", "1/0/0", "1/11/0", "1/3/0", "1/3/3",
                                              "1/3/4", "58/128/0", "58/129/0", "58/3/0", "58/1/0", "58/1/4",
                                              "58/2/0", "1 fragment", "17 fragment", "58 fragment"}));
}

TEST_F(Kinds, EveryChecksumIsRight) {
    for (const char* file : {"ab.pcapng", "bc.pcapng"}) {
        std::size_t number = 0;
        for (const Taken& taken : packets(file)) {
            ++number;
            if (taken.isFragment()) continue;
            EXPECT_TRUE(taken.hasRightChecksum()) << file << " " << number << ": " << kindOf(taken);
        }
    }
}

TEST_F(Kinds, FragmentsPutTogetherHaveARightChecksum) {
    for (const char* file : {"ab.pcapng", "bc.pcapng"}) {
        std::map<std::string, std::map<std::uint32_t, Taken>> wholes;
        for (Taken& taken : packets(file)) {
            if (!taken.isFragment()) continue;
            auto& pieces =
                wholes[fmt::format("{} {} {}", toHex(taken.addresses), taken.protocol, taken.identification)];
            pieces.emplace(taken.offset, std::move(taken));
        }
        std::size_t complete = 0;
        for (const auto& [key, pieces] : wholes) {
            // B lets only the last one pass of those of IPv6 that are too big for bc.
            if (pieces.begin()->first != 0) continue;
            ++complete;
            Taken whole = pieces.begin()->second;
            whole.inner.clear();
            for (const auto& [offset, piece] : pieces) {
                EXPECT_EQ(offset, whole.inner.size());
                whole.inner.insert(whole.inner.end(), piece.inner.begin(), piece.inner.end());
            }
            EXPECT_FALSE(pieces.rbegin()->second.more);
            EXPECT_TRUE(whole.hasRightChecksum()) << file << ": " << int{whole.protocol};
        }
        EXPECT_GE(complete, 3U) << file;
    }
}

/// The packet in hexadecimal, without what a router changes when it passes it on: TTL and header checksum.
std::string withoutTtl(ByteView packet) {
    Bytes bytes(packet.begin(), packet.end());
    const bool isV6 = bytes[0] >> 4 == 6;
    bytes[isV6 ? 7 : 8] = 0;
    if (!isV6) bytes[10] = bytes[11] = 0;
    return toHex(bytes);
}

TEST_F(Kinds, ErrorsQuoteTheBeginningOfAPacketThatWasSent) {
    std::vector<std::string> sent;
    for (const ReadFrame& frame : traffic_.read("ab.pcapng").frames)
        sent.push_back(withoutTtl(ByteView(frame.bytes).subspan(kEthernet)));
    std::size_t errors = 0;
    for (const Taken& taken : packets("ab.pcapng")) {
        const std::string kind = kindOf(taken);
        const bool fromB = kind == "1/11/0" || kind == "1/3/4" || kind == "1/3/0" || kind == "58/3/0" ||
                           kind == "58/2/0" || kind == "58/1/0";
        if (!fromB) continue;
        ++errors;
        const ByteView quoted = ByteView(taken.inner).subspan(8);
        EXPECT_LE(quoted.size(), taken.isV6 ? 1232U : 548U);
        EXPECT_THAT(sent, testing::Contains(testing::StartsWith(withoutTtl(quoted)))) << kind;
    }
    EXPECT_GE(errors, 6U);
}

}  // namespace
}  // namespace peerscape::capture
