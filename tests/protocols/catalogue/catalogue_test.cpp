#include "protocols/catalogue/catalogue.hpp"

#include <set>

#include <gtest/gtest.h>

#include "engine/command/command_table.hpp"
#include "engine/routing/route.hpp"

namespace peerscape {
namespace {

TEST(Catalogue, GivesEachProtocolItsOwnNumberAndName) {
    std::set<ProtocolId> ids{kLocal, kConnected};
    std::set<std::string> names{"local", "connected"};
    for (const Protocol& protocol : protocols()) {
        EXPECT_TRUE(ids.insert(protocol.id).second) << protocol.name;
        EXPECT_TRUE(names.insert(protocol.name).second) << protocol.name;
    }
}

TEST(Catalogue, FindsByNameAndByNumber) {
    for (const Protocol& protocol : protocols()) {
        EXPECT_EQ(protocolNamed(protocol.name), protocol.id);
        EXPECT_EQ(protocolName(protocol.id), protocol.name);
        EXPECT_EQ(protocolById(protocol.id), &protocol);
    }
    EXPECT_EQ(protocolNamed("connected"), kConnected);
    EXPECT_EQ(protocolNamed("local"), kLocal);
    EXPECT_EQ(protocolName(kConnected), "connected");
    EXPECT_EQ(protocolName(kLocal), "local");
    EXPECT_EQ(protocolNamed("decnet"), std::nullopt);
    EXPECT_EQ(protocolById(kConnected), nullptr);
    EXPECT_EQ(protocolById(ProtocolId::none()), nullptr);
}

TEST(Catalogue, CallsForeignOnlyWhatItDoesNotHave) {
    for (const char* name :
         {"ospf", "ospf6", "isis", "kernel", "babel", "nhrp", "table", "sharp", "openfabric", "vnc"}) {
        EXPECT_TRUE(isForeignProtocol(name)) << name;
    }
    for (const char* name : {"rip", "ripng", "eigrp", "connected", "local", "decnet", ""})
        EXPECT_FALSE(isForeignProtocol(name)) << name;
}

TEST(Catalogue, HasOnlyWellFormedAndCompleteCommands) {
    for (const Protocol& protocol : protocols()) {
        EXPECT_FALSE(protocol.configCommands.empty()) << protocol.name;
        for (const ConfigCommand& command : protocol.configCommands) {
            EXPECT_FALSE(Pattern(command.pattern).nodes().empty());
            if (!command.undoPattern.empty()) {
                EXPECT_FALSE(Pattern(command.undoPattern).nodes().empty());
                EXPECT_TRUE(command.undo) << command.pattern;
            }
            EXPECT_TRUE(command.apply) << command.pattern;
            EXPECT_FALSE(command.help.empty()) << command.pattern;
        }
        for (const OperatorCommand& command : protocol.operatorCommands) {
            EXPECT_FALSE(Pattern(command.pattern).nodes().empty());
            // A command that acts may also answer, when it finds nothing to act on.
            EXPECT_TRUE(command.show != nullptr || !command.commanded.empty()) << command.pattern;
            EXPECT_FALSE(command.help.empty()) << command.pattern;
        }
        EXPECT_TRUE(protocol.printInterface && protocol.printRouter && protocol.interfacesNamed)
            << protocol.name;
        EXPECT_FALSE(protocol.showRouteLegend.empty()) << protocol.name;
    }
}

}  // namespace
}  // namespace peerscape
