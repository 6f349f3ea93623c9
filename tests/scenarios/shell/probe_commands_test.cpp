#include "scenarios/shell/probe_commands.hpp"

#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/shell/shell_fixture.hpp"

namespace peerscape {
namespace {

/// Times of packets differ between a real network and a simulated one, and with them how much ping waited.
std::string withoutTimes(std::string text) {
    text = std::regex_replace(text, std::regex("time=[0-9.]+ ms"), "time=T ms");
    text = std::regex_replace(text, std::regex("mdev = [0-9./]+ ms"), "mdev = T ms");
    text = std::regex_replace(text, std::regex("time [0-9]+ms"), "time Tms");
    return std::regex_replace(text, std::regex("  [0-9.]+ ms"), "  T ms");
}

/// Every "$ command" of the file with what a real machine printed.
void compareAll(const ShellWorld& world, std::string_view router, const std::string& file) {
    std::istringstream lines(readData(file));
    std::string line;
    std::string command;
    std::string expected;
    int compared = 0;
    const auto compare = [&] {
        if (command.empty()) return;
        EXPECT_EQ(withoutTimes(world.ask(router, command)), withoutTimes(expected)) << command;
        ++compared;
    };
    while (std::getline(lines, line)) {
        if (line.starts_with("$ ")) {
            compare();
            command = line.substr(2);
            expected.clear();
        } else {
            expected += line + "\n";
        }
    }
    compare();
    EXPECT_GT(compared, 4);
}

TEST(Probes, PrintWhatLinuxPrints) {
    const ShellWorld world = makeFrrWorld();
    compareAll(world, "A", "frr/probes_from_A.txt");
    compareAll(world, "C", "frr/probes_from_C.txt");
}

/// A - B - C in a line, 2 ms a link; C's loopback is 10.4.0.1, A's 10.1.0.1.
ShellWorld makeLine() {
    Topology topology;
    for (const char* name : {"A", "B", "C"})
        ShellWorld::addNode(topology, name);
    LinkProperties properties;
    properties.delay = Duration::milliseconds(2);
    ShellWorld::link(topology, "ab", "A:eth0", "B:eth0", properties);
    ShellWorld::link(topology, "bc", "B:eth1", "C:eth0", properties);
    ShellWorld world(std::move(topology));
    world.configure("A",
                    "interface lo\n ip address 10.1.0.1/32\nexit\ninterface eth0\n ip address "
                    "1.1.1.1/30\nexit\nip route 0.0.0.0/0 1.1.1.2\n");
    world.configure(
        "B",
        "interface eth0\n ip address 1.1.1.2/30\nexit\ninterface eth1\n ip address 2.2.2.1/30\nexit\n"
        "ip route 10.4.0.1/32 2.2.2.2\nip route 10.1.0.1/32 1.1.1.1\n");
    world.configure("C",
                    "interface lo\n ip address 10.4.0.1/32\nexit\ninterface eth0\n ip address "
                    "2.2.2.2/30\nexit\nip route 0.0.0.0/0 2.2.2.1\n");
    world.lab().runFor(Duration::seconds(1));
    return world;
}

TEST(Ping, CountsTimesInTheLabsOwnTime) {
    const ShellWorld world = makeLine();
    EXPECT_EQ(world.ask("A", "ping C source 10.1.0.1 count 2"),
              "PING C (10.4.0.1) from 10.1.0.1 : 56(84) bytes of data.\n"
              "64 bytes from 10.4.0.1: icmp_seq=1 ttl=63 time=8.00 ms\n"
              "64 bytes from 10.4.0.1: icmp_seq=2 ttl=63 time=8.00 ms\n"
              "\n"
              "--- C ping statistics ---\n"
              "2 packets transmitted, 2 received, 0% packet loss, time 1000ms\n"
              "rtt min/avg/max/mdev = 8.000/8.000/8.000/0.000 ms\n");
}

TEST(Ping, AnswersAlikeInVtyshsWordsAndLinuxsOptions) {
    const ShellWorld world = makeLine();
    EXPECT_EQ(world.ask("A", "ping ip 10.4.0.1 count 3 size 100 ttl 9"),
              world.ask("A", "ping -c3 -s 100 -t 9 10.4.0.1"));
    EXPECT_EQ(world.ask("A", "ping 10.4.0.1 source eth0"), world.ask("A", "ping -I eth0 10.4.0.1"));
    EXPECT_EQ(world.ask("A", "traceroute 10.4.0.1 count 1"), world.ask("A", "traceroute -q 1 -n 10.4.0.1"));
}

TEST(Ping, LeavesTheRunAsItIs) {
    ShellWorld world = makeLine();
    const auto before = world.simulation().stateHash();
    const auto fingerprint = world.lab().fingerprint();
    world.ask("A", "ping 10.4.0.1");
    world.ask("A", "traceroute 10.4.0.1");
    EXPECT_EQ(world.simulation().stateHash(), before);
    EXPECT_EQ(world.lab().fingerprint(), fingerprint);
}

TEST(Ping, TellsWhatIsWrongWithTheCommand) {
    const ShellWorld world = makeLine();
    EXPECT_EQ(world.ask("A", "ping nosuchhost"), "ping: nosuchhost: Name or service not known\n");
    EXPECT_EQ(world.ask("A", "ping -I nosuch -c 1 10.4.0.1"),
              "ping: SO_BINDTODEVICE nosuch: No such device\n");
    EXPECT_EQ(world.refusal("A", "ping -c x 10.4.0.1"), "ping: invalid argument: 'x'");
    EXPECT_EQ(world.refusal("A", "ping -t 256 10.4.0.1"),
              "ping: invalid argument: '256': out of range: 1 <= value <= 255");
    EXPECT_EQ(world.refusal("A", "ping -Z 10.4.0.1"), "ping: invalid option -- 'Z'");
    EXPECT_EQ(world.refusal("A", "ping -c 1"), "ping: usage error: Destination address required");
    EXPECT_EQ(world.refusal("A", "ping 10.4.0.1 -c"), "ping: option -c needs a value");
}

TEST(Ping, ShowsTheShareThatWasLost) {
    ShellWorld world = makeLine();
    // C answers, but its answers take a way that is cut after the first second.
    world.lab().schedule(
        world.lab().now() + Duration::milliseconds(1500),
        {"cut", action::SetSegment{world.simulation().topology().segmentNamed("bc").value(), false}});
    EXPECT_THAT(world.ask("A", "ping -c 3 -W 1 10.4.0.1"),
                testing::HasSubstr("\n3 packets transmitted, 2 received, +1 errors, 33.3333% packet loss, "));
}

TEST(Traceroute, ListsTheRoutersOnTheWay) {
    const ShellWorld world = makeLine();
    EXPECT_EQ(world.ask("A", "traceroute 10.4.0.1"),
              "traceroute to 10.4.0.1 (10.4.0.1), 30 hops max, 60 byte packets\n"
              " 1  1.1.1.2  4.000 ms  4.000 ms  4.000 ms\n"
              " 2  10.4.0.1  8.000 ms  8.000 ms  8.000 ms\n");
}

TEST(Traceroute, ShowsALoopUpToTheLastHop) {
    ShellWorld world = makeLine();
    // What runs out at A itself need not travel back.
    world.configure("B", "ip route 10.9.0.0/16 1.1.1.1\n");
    world.lab().runFor(Duration::seconds(1));
    EXPECT_EQ(world.ask("A", "traceroute -q 1 -m 4 10.9.0.1"),
              "traceroute to 10.9.0.1 (10.9.0.1), 4 hops max, 60 byte packets\n"
              " 1  1.1.1.2  4.000 ms\n"
              " 2  1.1.1.1  4.000 ms\n"
              " 3  1.1.1.2  8.000 ms\n"
              " 4  1.1.1.1  8.000 ms\n");
}

TEST(Traceroute, ShowsEveryWayOfEqualCost) {
    Topology topology;
    for (const char* name : {"A", "B"})
        ShellWorld::addNode(topology, name);
    for (const std::string n : {"0", "1", "2"})
        ShellWorld::link(topology, "l" + n, "A:eth" + n, "B:eth" + n);
    ShellWorld world(std::move(topology));
    world.configure(
        "A",
        "interface eth0\n ip address 1.0.0.1/30\nexit\ninterface eth1\n ip address 1.0.1.1/30\nexit\n"
        "interface eth2\n ip address 1.0.2.1/30\nexit\nip route 10.0.0.0/8 1.0.0.2\nip route 10.0.0.0/8 "
        "1.0.1.2\n"
        "ip route 10.0.0.0/8 1.0.2.2\n");
    world.configure(
        "B",
        "interface eth0\n ip address 1.0.0.2/30\nexit\ninterface eth1\n ip address 1.0.1.2/30\nexit\n"
        "interface eth2\n ip address 1.0.2.2/30\nexit\ninterface lo\n ip address 10.0.0.1/32\n"
        "exit\nip route 0.0.0.0/0 1.0.0.1\n");
    world.configure("B", "ip route 10.9.0.0/16 1.0.0.1\n");
    world.lab().runFor(Duration::seconds(1));
    const std::string text = world.ask("A", "traceroute -q 10 -m 1 10.9.0.1");
    EXPECT_THAT(text, testing::AllOf(testing::HasSubstr("  1.0.0.2  2.000 ms"),
                                     testing::HasSubstr("  1.0.1.2  2.000 ms"),
                                     testing::HasSubstr("  1.0.2.2  2.000 ms")));
}

TEST(Traceroute, WorksFromAHost) {
    Topology topology;
    ShellWorld::addNode(topology, "R");
    ShellWorld::addNode(topology, "pc", NodeKind::Host);
    ShellWorld::link(topology, "l", "R:eth0", "pc:eth0");
    ShellWorld world(std::move(topology));
    world.configure("R",
                    "interface lo\n ip address 10.0.0.1/32\nexit\ninterface eth0\n ip address 1.1.1.1/30\n");
    world.configure("pc", "interface eth0\n ip address 1.1.1.2/30\nexit\nip route 0.0.0.0/0 1.1.1.1\n");
    world.lab().runFor(Duration::seconds(1));
    EXPECT_EQ(world.ask("pc", "traceroute -q 1 R"),
              "traceroute to R (10.0.0.1), 30 hops max, 60 byte packets\n 1  10.0.0.1  2.000 ms\n");
}

}  // namespace
}  // namespace peerscape
