#include "engine/base/ip_address.hpp"

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/engine/base/values.hpp"

namespace peerscape {
namespace {

// Left: as people may write it (RFC 4291 section 2.2). Right: the one way to print it (RFC 5952 section 4 and
// 5).
TEST(IpAddress, PrintsAsRfc5952Asks) {
    const std::pair<const char*, const char*> table[] = {
        {"::", "::"},
        {"::1", "::1"},
        {"1::", "1::"},
        {"0:0:0:0:0:0:0:0", "::"},
        {"2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"},
        {"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},
        {"2001:db8::0:1", "2001:db8::1"},
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:DB8::ABCD", "2001:db8::abcd"},
        {"FF01:0:0:0:0:0:0:101", "ff01::101"},
        {"ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcd:ef01:2345:6789:abcd:ef01:2345:6789"},
        {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
        {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
        {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
        {"::ffff:c000:201", "::ffff:192.0.2.1"},
        {"0:0:0:0:0:FFFF:129.144.52.38", "::ffff:129.144.52.38"},
        {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
        {"0:0:0:0:0:0:13.1.68.3", "::d01:4403"},
        {"0.0.0.0", "0.0.0.0"},
        {"255.255.255.255", "255.255.255.255"},
        {"10.1.0.7", "10.1.0.7"},
    };
    for (const auto& [written, printed] : table) {
        const auto read = IpAddress::parse(written);
        ASSERT_TRUE(read.has_value()) << written;
        EXPECT_EQ(toString(*read), printed) << written;
        EXPECT_EQ(ip(printed), *read) << printed;
    }
}

TEST(IpAddress, RefusesWhatIsNone) {
    for (const char* text : {"",
                             " ",
                             ".",
                             ":",
                             ":::",
                             "10.1",
                             "10.1.2",
                             "10.1.2.3.4",
                             "10.1.2.",
                             ".1.2.3",
                             "10..1.2",
                             "256.1.1.1",
                             "1.1.1.999",
                             "01.2.3.4",
                             "1.2.3.04",
                             "1.2.3.4 ",
                             " 1.2.3.4",
                             "+1.2.3.4",
                             "-1.2.3.4",
                             "0x1.2.3.4",
                             "1.2.3.a",
                             "1.2.3.4/24",
                             "167772161",
                             "1:2:3:4:5:6:7",
                             "1:2:3:4:5:6:7:8:9",
                             "1::2::3",
                             "1:2:3:4:5:6:7:8::",
                             "::1:2:3:4:5:6:7:8",
                             ":1:2:3:4:5:6:7",
                             "1:2:3:4:5:6:7:",
                             "12345::",
                             "g::",
                             "fe80::1%eth0",
                             "::1.2.3",
                             "::1.2.3.256",
                             "1.2.3.4::",
                             "1:2:3:4:5:6:7:1.2.3.4",
                             "::1.2.3.4:5",
                             "2001:db8::/32",
                             "[::1]"}) {
        EXPECT_FALSE(IpAddress::parse(text).has_value()) << text;
    }
    EXPECT_EQ(IpAddress::parse("10.1").error().message, "'10.1' is not an IP address");
    EXPECT_EQ(IpAddress::parse("1::2::3").error().message, "'1::2::3' is not an IPv6 address");
}

TEST(IpAddress, AnythingPrintedReadsBackTheSame) {
    RandomStream random(1, "test", "addresses");
    for (int i = 0; i < 20'000; ++i) {
        std::array<std::uint8_t, 16> bytes{};
        // Many zero bytes, so that runs of zero groups of every length and place occur.
        for (auto& byte : bytes)
            byte = random.below(3) == 0 ? static_cast<std::uint8_t>(random.next()) : 0;
        const IpAddress address = IpAddress::v6(bytes);
        EXPECT_EQ(IpAddress::parse(toString(address)), address);
    }
}

TEST(IpAddress, IsMadeOfNumbersAndBytes) {
    EXPECT_EQ(IpAddress::v4(0x0a010007), ip("10.1.0.7"));
    EXPECT_EQ(ip("10.1.0.7").v4Number(), 0x0a010007U);
    EXPECT_EQ(IpAddress::v6(0x20010db800000000, 7), ip("2001:db8::7"));
    const std::array<std::uint8_t, 4> four{192, 0, 2, 9};
    EXPECT_EQ(IpAddress::fromBytes(four), ip("192.0.2.9"));
    EXPECT_EQ(IpAddress::fromBytes(ip("2001:db8::9").bytes()), ip("2001:db8::9"));
    EXPECT_EQ(IpAddress(), IpAddress::any(Family::IPv4));
    EXPECT_EQ(IpAddress::any(Family::IPv6), ip("::"));
    EXPECT_EQ(toString(Family::IPv4), "ipv4");
    EXPECT_EQ(toString(Family::IPv6), "ipv6");
    EXPECT_TRUE(ip("128.0.0.0").bit(0));
    EXPECT_FALSE(ip("128.0.0.0").bit(1));
    EXPECT_TRUE(ip("::1").bit(127));
}

TEST(IpAddressDeathTest, FiveBytesAreABug) {
    const std::array<std::uint8_t, 5> five{};
    EXPECT_EXIT(IpAddress::fromBytes(five), testing::ExitedWithCode(3), "bug in Peerscape.*bytes.size");
}

TEST(IpAddress, IsOrderedByFamilyAndNumber) {
    const char* const ordered[] = {"0.0.0.0", "9.255.255.255", "10.0.0.0",   "10.0.0.1", "255.255.255.255",
                                   "::",      "::1",           "2001:db8::", "ff02::9"};
    for (std::size_t i = 0; i + 1 < std::size(ordered); ++i)
        EXPECT_LT(ip(ordered[i]), ip(ordered[i + 1]));
    EXPECT_NE(ip("0.0.0.0"), ip("::"));
    EXPECT_NE(ip("0.0.0.0").hash(), ip("::").hash());
}

struct Kind {
    const char* address;
    bool unspecified, loopback, multicast, linkLocal, unicast;
};

TEST(IpAddress, KnowsTheSpecialOnes) {
    const Kind table[] = {
        {"0.0.0.0", true, false, false, false, false},
        {"127.0.0.1", false, true, false, false, true},
        {"127.255.255.255", false, true, false, false, true},
        {"128.0.0.1", false, false, false, false, true},
        {"169.254.0.1", false, false, false, true, true},
        {"169.255.0.1", false, false, false, false, true},
        {"223.255.255.255", false, false, false, false, true},
        {"224.0.0.9", false, false, true, false, false},
        {"239.255.255.255", false, false, true, false, false},
        {"240.0.0.1", false, false, false, false, true},
        {"255.255.255.255", false, false, false, false, false},
        {"::", true, false, false, false, false},
        {"::1", false, true, false, false, true},
        {"fe80::1", false, false, false, true, true},
        {"febf::1", false, false, false, true, true},
        {"fec0::1", false, false, false, false, true},
        {"ff02::9", false, false, true, false, false},
        {"2001:db8::1", false, false, false, false, true},
    };
    for (const Kind& kind : table) {
        const IpAddress address = ip(kind.address);
        EXPECT_EQ(address.isUnspecified(), kind.unspecified) << kind.address;
        EXPECT_EQ(address.isLoopback(), kind.loopback) << kind.address;
        EXPECT_EQ(address.isMulticast(), kind.multicast) << kind.address;
        EXPECT_EQ(address.isLinkLocal(), kind.linkLocal) << kind.address;
        EXPECT_EQ(address.isUnicast(), kind.unicast) << kind.address;
    }
}

TEST(IpAddress, StepsOnAndWrapsAtTheEndOfItsFamily) {
    EXPECT_EQ(ip("10.0.0.255").plus(1), ip("10.0.1.0"));
    EXPECT_EQ(ip("255.255.255.255").plus(2), ip("0.0.0.1"));
    EXPECT_EQ(ip("2001:db8::ffff:ffff:ffff:ffff").plus(1), ip("2001:db8:0:1::"));
    EXPECT_EQ(ip("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff").plus(1), ip("::"));
    EXPECT_EQ(ip("::").plus(UINT64_MAX), ip("::ffff:ffff:ffff:ffff"));
}

TEST(IpAddress, HadClassesOnce) {
    EXPECT_EQ(classfulLength(ip("127.255.255.255")), 8);
    EXPECT_EQ(classfulLength(ip("128.0.0.0")), 16);
    EXPECT_EQ(classfulLength(ip("191.255.255.255")), 16);
    EXPECT_EQ(classfulLength(ip("192.0.0.0")), 24);
}

TEST(Prefix, ReadsAndPrints) {
    for (const char* text : {"0.0.0.0/0", "10.1.0.0/16", "10.1.0.128/25", "10.1.0.7/32", "::/0",
                             "2001:db8::/32", "2001:db8::1/128", "fe00::/7"}) {
        const auto read = Prefix::parse(text);
        ASSERT_TRUE(read.has_value()) << text;
        EXPECT_EQ(toString(*read), text);
    }
}

TEST(Prefix, RefusesHostBitsAndSaysTheNetwork) {
    EXPECT_EQ(Prefix::parse("10.1.0.7/16").error().message,
              "'10.1.0.7/16' has host bits set; the network is 10.1.0.0/16");
    EXPECT_EQ(Prefix::parse("2001:db8::1/64").error().message,
              "'2001:db8::1/64' has host bits set; the network is 2001:db8::/64");
    EXPECT_EQ(toString(Prefix::parseAnyHost("10.1.0.7/16").value()), "10.1.0.0/16");
    EXPECT_EQ(toString(Prefix::parseAnyHost("2001:db8::1/63").value()), "2001:db8::/63");
}

TEST(Prefix, RefusesWhatIsNone) {
    for (const char* text :
         {"", "/", "/8", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8",
          "10.0.0.0/255.0.0.0", "10.0.0.0 /8", "10.0.0.0/ 8", "10/8", "::/129", "::", "2001:db8::/0x20"}) {
        EXPECT_FALSE(Prefix::parse(text).has_value()) << text;
        EXPECT_FALSE(Prefix::parseAnyHost(text).has_value()) << text;
        EXPECT_FALSE(InterfaceAddress::parse(text).has_value()) << text;
    }
    EXPECT_NE(Prefix::parse("10.0.0.0").error().message.find("lacks a prefix length; write 10.0.0.0/32"),
              std::string::npos);
    EXPECT_NE(Prefix::parse("::/129").error().message.find("from 0 to 128"), std::string::npos);
}

TEST(Prefix, ContainsItsAddressesAndNoOthers) {
    EXPECT_TRUE(net("10.1.0.0/16").contains(ip("10.1.255.255")));
    EXPECT_FALSE(net("10.1.0.0/16").contains(ip("10.2.0.0")));
    EXPECT_TRUE(net("10.1.0.128/25").contains(ip("10.1.0.128")));
    EXPECT_FALSE(net("10.1.0.128/25").contains(ip("10.1.0.127")));
    EXPECT_TRUE(net("0.0.0.0/0").contains(ip("255.255.255.255")));
    EXPECT_FALSE(net("0.0.0.0/0").contains(ip("::")));
    EXPECT_FALSE(net("::/0").contains(ip("0.0.0.0")));
    EXPECT_TRUE(net("2001:db8::/33").contains(ip("2001:db8:7fff::")));
    EXPECT_FALSE(net("2001:db8::/33").contains(ip("2001:db8:8000::")));
    EXPECT_TRUE(net("10.0.0.1/32").contains(ip("10.0.0.1")));
    EXPECT_FALSE(net("10.0.0.1/32").contains(ip("10.0.0.2")));
}

TEST(Prefix, ContainsEqualAndMoreSpecificOnes) {
    EXPECT_TRUE(net("10.0.0.0/8").contains(net("10.0.0.0/8")));
    EXPECT_TRUE(net("10.0.0.0/8").contains(net("10.1.0.0/16")));
    EXPECT_FALSE(net("10.1.0.0/16").contains(net("10.0.0.0/8")));
    EXPECT_FALSE(net("10.0.0.0/8").contains(net("11.0.0.0/16")));
    EXPECT_TRUE(net("10.1.0.0/16").overlaps(net("10.0.0.0/8")));
    EXPECT_FALSE(net("10.1.0.0/16").overlaps(net("10.2.0.0/16")));
    EXPECT_FALSE(net("0.0.0.0/0").overlaps(net("::/0")));
}

TEST(Prefix, KnowsItsMaskItsLastAddressAndItsKind) {
    EXPECT_EQ(net("10.1.0.0/16").netmask(), ip("255.255.0.0"));
    EXPECT_EQ(net("10.1.4.0/22").netmask(), ip("255.255.252.0"));
    EXPECT_EQ(net("0.0.0.0/0").netmask(), ip("0.0.0.0"));
    EXPECT_EQ(net("2001:db8::/33").netmask(), ip("ffff:ffff:8000::"));
    EXPECT_EQ(net("10.1.4.0/22").lastAddress(), ip("10.1.7.255"));
    EXPECT_EQ(net("10.1.4.1/32").lastAddress(), ip("10.1.4.1"));
    EXPECT_EQ(net("2001:db8::/126").lastAddress(), ip("2001:db8::3"));
    EXPECT_EQ(net("::/0").lastAddress(), ip("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
    EXPECT_TRUE(Prefix().isDefault());
    EXPECT_EQ(Prefix::defaultRoute(Family::IPv6), net("::/0"));
    EXPECT_TRUE(Prefix::host(ip("::1")).isHost());
    EXPECT_FALSE(net("10.0.0.0/31").isHost());
}

TEST(Prefix, EveryLengthClearsExactlyTheHostBits) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const IpAddress ones = Prefix::defaultRoute(family).lastAddress();
        for (std::uint8_t length = 0; length <= addressBits(family); ++length) {
            const Prefix prefix(ones, length);
            for (std::uint8_t i = 0; i < addressBits(family); ++i)
                EXPECT_EQ(prefix.address().bit(i), i < length) << toString(prefix);
            EXPECT_EQ(prefix.lastAddress(), ones);
        }
    }
}

TEST(PrefixDeathTest, ALengthBeyondTheFamilyIsABug) {
    EXPECT_EXIT(Prefix(ip("10.0.0.0"), 33), testing::ExitedWithCode(3), "length <= address.bits");
}

TEST(Prefix, IsOrderedAsTablesArePrinted) {
    const char* const ordered[] = {"0.0.0.0/0",   "0.0.0.0/8",     "10.0.0.0/8",
                                   "10.0.0.0/16", "10.1.0.0/16",   "192.0.2.0/24",
                                   "::/0",        "2001:db8::/32", "2001:db8::/48"};
    for (std::size_t i = 0; i + 1 < std::size(ordered); ++i)
        EXPECT_LT(net(ordered[i]), net(ordered[i + 1]));
}

TEST(InterfaceAddress, KnowsItsNetworkAndBroadcast) {
    const auto address = InterfaceAddress::parse("10.1.0.7/16").value();
    EXPECT_EQ(address.address, ip("10.1.0.7"));
    EXPECT_EQ(address.network(), net("10.1.0.0/16"));
    EXPECT_EQ(address.broadcast(), ip("10.1.255.255"));
    EXPECT_EQ(toString(address), "10.1.0.7/16");
    EXPECT_EQ(InterfaceAddress::parse("10.0.0.1/30")->broadcast(), ip("10.0.0.3"));
}

// RFC 3021: both addresses of a /31 are hosts.
TEST(InterfaceAddress, HasNoBroadcastWhereNoneExists) {
    EXPECT_EQ(InterfaceAddress::parse("10.0.0.0/31")->broadcast(), std::nullopt);
    EXPECT_EQ(InterfaceAddress::parse("10.0.0.1/32")->broadcast(), std::nullopt);
    EXPECT_EQ(InterfaceAddress::parse("2001:db8::1/64")->broadcast(), std::nullopt);
}

}  // namespace
}  // namespace peerscape
