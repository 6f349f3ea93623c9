#include "scenarios/shell/show_interface.hpp"

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/scenarios/shell/shell_fixture.hpp"

namespace peerscape {
namespace {

using Json = nlohmann::ordered_json;

/// Leaves out of a real answer what the simulation does not model: counters of link changes, and which veth
/// is the other end. The real routers were set up to ignore routes without carrier for IPv4 only.
Json modelled(Json interfaces) {
    for (auto& [name, interface] : interfaces.items()) {
        for (const char* key : {"linkUps", "linkDowns", "lastLinkUp", "lastLinkDown", "parentInterface"})
            interface.erase(key);
        interface["linkDownV6"] = true;
    }
    return interfaces;
}

std::string modelledLines(const std::string& text) {
    const std::string without =
        std::regex_replace(text, std::regex("  (Link (ups|downs)|Parent interface):.*\n"), "");
    return std::regex_replace(without, std::regex("(  Ignore all v)4( routes with linkdown\n)"),
                              "$014$02$016$02");
}

TEST(ShowInterface, TextIsAsInFrr) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_EQ(world.ask("A", "show interface"), modelledLines(readData("frr/interface.txt")));
}

TEST(ShowInterface, JsonIsAsInFrr) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_EQ(Json::parse(world.ask("A", "show interface json")).dump(1),
              modelled(Json::parse(readData("frr/interface.json"))).dump(1));
    EXPECT_EQ(world.ask("A", "show interface brief json"), readData("frr/interface_brief.json"));
}

TEST(ShowInterface, ShortFormsAreAsInFrr) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_EQ(world.ask("A", "show interface brief"), readData("frr/interface_brief.txt"));
    EXPECT_EQ(world.ask("A", "show interface description"), readData("frr/interface_description.txt"));
}

TEST(ShowInterface, WithoutCarrierIsAsInFrr) {
    ShellWorld world = makeFrrWorld();
    world.setLink("ab0", false);
    EXPECT_EQ(Json::parse(world.ask("A", "show interface eth0 json")).dump(1),
              modelled(Json::parse(readData("frr/interface_after_failure.json"))).dump(1));
    EXPECT_TRUE(
        world.ask("A", "show interface eth0").starts_with("Interface eth0 is up, line protocol is down\n"));
}

TEST(ShowInterface, ShutDownIsAsInFrr) {
    ShellWorld world = makeFrrWorld();
    world.setLink("ab0", false);
    world.configure("A", "interface eth1\n shutdown\n");
    EXPECT_EQ(world.ask("A", "show interface description"),
              readData("frr/interface_description_shutdown.txt"));
    EXPECT_TRUE(world.ask("A", "show interface eth1").starts_with("Interface eth1 is down\n"));
    EXPECT_FALSE(
        Json::parse(world.ask("A", "show interface eth1 json")).at("eth1").contains("operationalStatus"));
}

TEST(ShowInterface, MarksFurtherAddressesOfANetwork) {
    ShellWorld world = makeFrrWorld();
    world.configure("B",
                    "interface eth2\n ip address 10.2.0.5/16\n ip address 20.2.0.5/16\n"
                    " ipv6 address 2001:db8:99::1/64\n ipv6 address 2001:db8:98::1/64\n");
    EXPECT_EQ(world.ask("B", "show interface brief | begin eth2"),
              "eth2            up      default         + 10.2.0.1/16\n"
              "                                        20.2.0.5/16\n"
              "                                        + 2001:db8:99::1/64\n"
              "lo              up      default         \n"
              "\n");
    EXPECT_EQ(world.ask("B", "show interface eth2 | include inet [0-9]"),
              "  inet 10.2.0.1/16\n  inet 10.2.0.5/16 secondary\n  inet 20.2.0.5/16\n");
}

TEST(ShowInterface, SaysThatThereIsNoSuchInterface) {
    const ShellWorld world = makeFrrWorld();
    EXPECT_EQ(world.ask("A", "show interface nosuch"), "% Can't find interface nosuch\n");
    EXPECT_EQ(world.ask("A", "show interface nosuch json"), "{}\n");
}

TEST(InterfaceNames, AreSortedByTheirNumbers) {
    EXPECT_TRUE(interfaceNameLess("eth2", "eth10"));
    EXPECT_FALSE(interfaceNameLess("eth10", "eth2"));
    EXPECT_TRUE(interfaceNameLess("eth10", "lo"));
    EXPECT_TRUE(interfaceNameLess("eth1", "eth1.5"));
    EXPECT_TRUE(interfaceNameLess("eth1.5", "eth1.40"));
    EXPECT_FALSE(interfaceNameLess("eth1", "eth1"));
}

}  // namespace
}  // namespace peerscape
