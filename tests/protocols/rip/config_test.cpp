/// The commands, read as lines, and printed back.
#include "protocols/rip/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/text.hpp"
#include "engine/command/command_table.hpp"
#include "protocols/rip/commands.hpp"
#include "protocols/rip/protocol.hpp"
#include "tests/protocols/rip/harness.hpp"

namespace peerscape::rip {
namespace {

using namespace test;
using ::testing::HasSubstr;

/// The least reader of a configuration: modes and `no`, nothing else.
class Reader {
  public:
    explicit Reader(Family family) : commands_(configCommands(family)) {
        session.protocolNamed = [](std::string_view name) -> std::optional<ProtocolId> {
            if (name == "connected") return kConnected;
            if (name == "static") return ProtocolId(2);
            return std::nullopt;
        };
    }
    /// The error of the first line that has one; empty: none.
    std::string read(std::string_view text) {
        for (const auto line : split(text, '\n')) {
            if (trim(line).empty()) continue;
            if (auto result = readLine(trim(line)); !result) return result.error().message;
        }
        return "";
    }
    const RipConfig& config(ProtocolId protocol) {
        return dynamic_cast<const RipConfig&>(*session.config().processes.at(protocol));
    }

    ConfigSession session{RouterConfig{}};

  private:
    Result<void> readLine(std::string_view line) {
        if (line.starts_with("interface ")) {
            session.mode = {"interface", std::string(line.substr(10))};
            return {};
        }
        for (const auto& mode : {session.mode.name, std::string()}) {
            auto result = readIn(mode, line);
            if (result) return std::move(*result);
        }
        return failure("not understood: " + std::string(line));
    }
    std::optional<Result<void>> readIn(const std::string& mode, std::string_view line) {
        const bool isUndo = line.starts_with("no ");
        auto words = splitWords(line);
        if (isUndo) words.erase(words.begin());
        CommandMatcher matcher;
        std::vector<const ConfigCommand*> candidates;
        for (const ConfigCommand& command : commands_) {
            if (command.mode != mode || (isUndo && !command.undo)) continue;
            const bool isOther = isUndo && !command.undoPattern.empty();
            matcher.add(isOther ? command.undoPattern : command.pattern, command.help);
            candidates.push_back(&command);
        }
        const auto match = matcher.match(words);
        if (!match) return std::nullopt;
        const ConfigCommand& command = *candidates[match->index];
        auto result =
            isUndo ? command.undo(session, match->arguments) : command.apply(session, match->arguments);
        if (result && !isUndo && !command.enters.empty()) {
            session.mode = {command.enters, std::string(match->arguments.text(command.entersArgument))};
        }
        return result;
    }

    std::vector<ConfigCommand> commands_;
};

std::string print(const RipConfig& config) {
    ConfigPrinter printer([](ProtocolId) { return "?"; });
    for (const auto& name : interfacesNamed(config)) {
        printer.open("interface " + name);
        printInterface(config, name, printer);
        printer.close();
    }
    printRouter(config, printer);
    return printer.text();
}

const char* const kAllOfRip = R"(interface eth0
 ip rip split-horizon poisoned-reverse
 ip rip v2-broadcast
 ip rip receive version 1 2
 ip rip send version none
 ip rip authentication mode md5 auth-length rfc
 ip rip authentication key-chain KC
exit
!
interface eth1
 no ip rip split-horizon
 ip rip send version 2
 ip rip authentication mode text
 ip rip authentication string two words
exit
!
router rip
 allow-ecmp
 default-information originate
 default-metric 4
 distance 130
 distance 90 10.0.13.0/24 ACL
 distance 91 10.0.14.0/24
 neighbor 192.168.1.7
 network 10.0.0.0/8
 network eth1
 offset-list OL in 3
 offset-list OM out 5 eth0
 passive-interface default
 no passive-interface eth0
 redistribute static metric 7 route-map S2R
 redistribute connected
 route 172.20.0.0/16
 timers basic 5 15 10
 version 2
 distribute-list AL in
 distribute-list prefix PL out eth0
 route-map RM in eth0
exit
!
)";

const char* const kAllOfRipng = R"(interface eth0
 no ipv6 ripng split-horizon
exit
!
router ripng
 allow-ecmp
 default-information originate
 default-metric 3
 network 2001:db8::/32
 network eth1
 offset-list OL out 2
 passive-interface lan0
 redistribute static
 route 2001:db8:1::/48
 aggregate-address 2001:db8:a0::/44
 timers basic 5 15 10
 ipv6 distribute-list prefix PL in
exit
!
)";

/// The lines that do not close a block: this reader leaves blocks by itself.
std::string withoutExits(std::string_view text) {
    std::string kept;
    for (const auto line : split(text, '\n')) {
        if (trim(line) != "exit" && trim(line) != "!") kept += std::string(line) + "\n";
    }
    return kept;
}

TEST(RipConfig, EveryCommandIsPrintedBackAsItWasRead) {
    for (const auto& [family, text] :
         {std::pair(Family::IPv4, kAllOfRip), std::pair(Family::IPv6, kAllOfRipng)}) {
        Reader reader(family);
        ASSERT_EQ(reader.read(withoutExits(text)), "");
        EXPECT_EQ(print(reader.config(protocolOf(family))), text);
    }
}

TEST(RipConfig, EveryCommandCanBeTakenBack) {
    Reader reader(Family::IPv4);
    ASSERT_EQ(reader.read(withoutExits(kAllOfRip)), "");
    EXPECT_EQ(reader.read(R"(interface eth0
 ip rip split-horizon
 no ip rip v2-broadcast
 no ip rip receive version
 no ip rip send version 1
 no ip rip authentication mode
 no ip rip authentication key-chain
interface eth1
 ip rip split-horizon
 no ip rip send version
 no ip rip authentication mode text
 no ip rip authentication string
router rip
 no allow-ecmp
 no default-information originate
 no default-metric
 no distance
 no distance 90 10.0.13.0/24
 no distance 91 10.0.14.0/24
 no neighbor 192.168.1.7
 no network 10.0.0.0/8
 no network eth1
 no offset-list OL in 3
 no offset-list OM out 5 eth0
 no passive-interface default
 no redistribute static
 no redistribute connected
 no route 172.20.0.0/16
 no timers basic
 no version
 no distribute-list AL in
 no distribute-list prefix PL out eth0
 no route-map RM in eth0
)"),
              "");
    EXPECT_EQ(print(reader.config(kRip)), "router rip\nexit\n!\n");
    EXPECT_EQ(reader.read("no router rip"), "");
    EXPECT_FALSE(reader.config(kRip).isEnabled());
}

TEST(RipConfig, TheDefaultsAreThoseOfFrr) {
    Reader reader(Family::IPv4);
    ASSERT_EQ(reader.read("router rip"), "");
    const RipConfig& config = reader.config(kRip);
    EXPECT_TRUE(config.isEnabled());
    EXPECT_EQ(config.timers, (Timers{Duration::seconds(30), Duration::seconds(180), Duration::seconds(120)}));
    EXPECT_EQ(config.interface("eth0").splitHorizon, SplitHorizon::Simple);
    EXPECT_EQ(toString(config.sendVersions("eth0")), "2");
    EXPECT_EQ(toString(config.receiveVersions("eth0")), "1 2");
    EXPECT_FALSE(config.interface("eth0").countsRfcLength);
}

TEST(RipConfig, PassiveInterfaceMeansTheOppositeWhereItIsTheDefault) {
    Reader reader(Family::IPv4);
    ASSERT_EQ(reader.read(
                  "router rip\n passive-interface eth0\n passive-interface eth1\n no passive-interface eth1"),
              "");
    EXPECT_TRUE(reader.config(kRip).isPassive("eth0"));
    EXPECT_FALSE(reader.config(kRip).isPassive("eth1"));
    ASSERT_EQ(reader.read("router rip\n passive-interface default\n no passive-interface eth2"), "");
    EXPECT_TRUE(reader.config(kRip).isPassive("eth0"));
    EXPECT_FALSE(reader.config(kRip).isPassive("eth2"));
}

TEST(RipConfig, SaysWhatIsWrong) {
    Reader reader(Family::IPv4);
    EXPECT_THAT(reader.read("interface eth0\n ip rip authentication string 12345678901234567"),
                HasSubstr("16 characters"));
    EXPECT_EQ(reader.read("interface eth0\n ip rip authentication string abc"), "");
    EXPECT_THAT(reader.read("interface eth0\n ip rip authentication key-chain KC"), HasSubstr("already has"));
    EXPECT_THAT(reader.read("router rip\n timers basic 4 15 10"), HasSubstr("not understood"));
    EXPECT_THAT(reader.read("router rip\n no distribute-list AL in"), HasSubstr("no such"));
    EXPECT_EQ(reader.read("router rip\n redistribute ospf"), "");
    EXPECT_THAT(reader.session.takeWarnings(), ::testing::ElementsAre(HasSubstr("ospf")));
}

TEST(RipConfig, ReadsRepeatedLinesOnce) {
    Reader reader(Family::IPv4);
    ASSERT_EQ(reader.read("router rip\n network 10.0.0.0/8\n network 10.0.0.1/8\n redistribute static\n "
                          "redistribute static metric 3"),
              "");
    EXPECT_EQ(reader.config(kRip).networks.size(), 1U);
    EXPECT_EQ(reader.config(kRip).redistributions.size(), 1U);
    EXPECT_EQ(reader.config(kRip).redistributions[0].metric, 3);
}

TEST(RipConfig, TheCatalogueGetsEverythingItNeeds) {
    for (const Protocol& protocol : {ripProtocol(), ripngProtocol()}) {
        EXPECT_EQ(protocol.letter, 'R');
        EXPECT_EQ(protocol.operatorCommands.size(), 3U);
        EXPECT_FALSE(protocol.configCommands.empty());
        for (const auto& command : protocol.configCommands) {
            EXPECT_FALSE(command.help.empty()) << command.pattern;
            EXPECT_TRUE(command.undo) << command.pattern;
        }
    }
    EXPECT_EQ(ripProtocol().id, ProtocolId(3));
    EXPECT_EQ(ripngProtocol().name, "ripng");
}

TEST(RipConfig, StartsAProcessAndCarriesThePolicy) {
    Reader reader(Family::IPv4);
    ASSERT_EQ(reader.read("router rip\n network eth0"), "");
    const auto config = reader.session.config().processes.at(kRip);
    EXPECT_NE(config->start(config, RandomStream(1, "R1", "rip")), nullptr);
    const auto policy = reader.session.config().policy;
    EXPECT_EQ(dynamic_cast<const RipConfig&>(*config->withPolicy(policy)).policy, policy);
}

}  // namespace
}  // namespace peerscape::rip
