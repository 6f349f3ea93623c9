#include "scenarios/capture/ethernet.hpp"

#include <gtest/gtest.h>

#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape::capture {
namespace {

struct GroupCase {
    const char* destination;
    std::uint64_t mac;
};

TEST(Ethernet, GroupsHaveTheAddressesOfRfc1112And2464) {
    constexpr GroupCase kCases[] = {
        {"224.0.0.9", 0x01005e000009},         {"239.255.255.250", 0x01005e7ffffa},
        {"224.128.0.5", 0x01005e000005},       {"ff02::9", 0x333300000009},
        {"ff02::1:ff12:3456", 0x3333ff123456}, {"255.255.255.255", 0xffffffffffff},
        {"10.0.0.255", 0xffffffffffff},  // a network's broadcast address looks like any other
    };
    for (const GroupCase& c : kCases)
        EXPECT_EQ(groupMacAddress(ip(c.destination)), c.mac) << c.destination;
}

TEST(Ethernet, FrameNamesBothEndsAndTheFamily) {
    const Packet four = SimBench::udp("10.0.0.1", "10.0.0.2", 9, 1);
    EXPECT_EQ(toHex(ByteView(ethernetFrame(0x020000020001, 0x020000010001, four)).first(15)),
              "02 00 00 02 00 01 02 00 00 01 00 01 08 00 45");
    const Packet six = SimBench::udp("2001:db8::1", "2001:db8::2", 9, 1);
    EXPECT_EQ(toHex(ByteView(ethernetFrame(0x333300000009, 0x020000010001, six)).first(15)),
              "33 33 00 00 00 09 02 00 00 01 00 01 86 dd 60");
}

TEST(Ethernet, ShortFramesAreNotPadded) {
    const Packet packet = SimBench::udp("10.0.0.1", "10.0.0.2", 9, 1);
    EXPECT_EQ(ethernetFrame(1, 2, packet).size(), 14U + 20U + 8U + 1U);
}

}  // namespace
}  // namespace peerscape::capture
