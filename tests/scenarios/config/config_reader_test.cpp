#include "scenarios/config/config_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/text.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "protocols/rip/config.hpp"
#include "scenarios/config/running_config.hpp"
#include "scenarios/config/unmodelled.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string fileText(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

ConfigOutcome readText(std::string_view text, RouterConfig base = {}, bool lenient = false,
                       std::uint32_t firstLine = 0) {
    return readConfig(text, {"r.conf", firstLine, 0}, std::move(base), {.lenient = lenient});
}

std::vector<std::string> messages(const ConfigOutcome& outcome) {
    std::vector<std::string> list;
    for (const auto& diagnostic : outcome.diagnostics)
        list.push_back(toString(diagnostic));
    return list;
}

/// Reads a text that has nothing wrong in it.
RouterConfig readWell(std::string_view text, RouterConfig base = {}) {
    ConfigOutcome outcome = readText(text, std::move(base));
    EXPECT_THAT(messages(outcome), IsEmpty()) << text;
    return std::move(outcome.config);
}

const rip::RipConfig& ripOf(const RouterConfig& config) {
    return dynamic_cast<const rip::RipConfig&>(*config.processes.at(*protocolNamed("rip")));
}

TEST(ConfigReader, ReadsTheRouterAndItsInterfaces) {
    const RouterConfig config = readWell(R"(frr version 8.5.1
frr defaults traditional
hostname R7
no ip forwarding
no ipv6 forwarding
ip nht resolve-via-default
ipv6 nht resolve-via-default
service integrated-vtysh-config
!
interface eth0
 description to  the core
 ip address 10.0.0.1/30
 ip address 10.0.1.1/24
 ipv6 address 2001:db8::1/64
 bandwidth 100
 load-interval 60
 delay 20
 shutdown
exit
)");
    EXPECT_EQ(config.version, "8.5.1");
    EXPECT_EQ(config.defaults, "traditional");
    EXPECT_EQ(config.hostname, "R7");
    EXPECT_FALSE(config.forwards4 || config.forwards6);
    EXPECT_TRUE(config.resolvesViaDefault4 && config.resolvesViaDefault6);
    const InterfaceConfig& eth0 = config.interfaces.at("eth0");
    EXPECT_EQ(eth0.description, "to the core");
    EXPECT_EQ(eth0.addresses,
              (std::vector{*InterfaceAddress::parse("10.0.0.1/30"), *InterfaceAddress::parse("10.0.1.1/24"),
                           *InterfaceAddress::parse("2001:db8::1/64")}));
    EXPECT_EQ(eth0.bandwidth, Bandwidth::bitsPerSecond(100'000'000));
    EXPECT_EQ(eth0.loadInterval, Duration::seconds(60));
    EXPECT_EQ(eth0.delay, Duration::microseconds(200));
    EXPECT_TRUE(eth0.isShutdown);
}

TEST(ConfigReader, NoTakesBack) {
    const RouterConfig base = readWell(
        "hostname A\nip nht resolve-via-default\nno ip "
        "forwarding\ninterface eth0\nip address 10.0.0.1/30\n"
        "ip address 10.0.1.1/30\ndescription x\nshutdown\nbandwidth "
        "10\nload-interval 90\ndelay 5\nrouter rip\nnetwork eth0\n");
    const RouterConfig config = readWell(
        "no hostname\nno ip nht resolve-via-default\nip "
        "forwarding\ninterface eth0\nno ip address 10.0.0.1/30\n"
        "no description\nno shutdown\nno bandwidth\nno load-interval\nno delay 5\nrouter "
        "rip\nno network eth0\n",
        base);
    EXPECT_EQ(config.hostname, "");
    EXPECT_FALSE(config.resolvesViaDefault4);
    EXPECT_TRUE(config.forwards4);
    InterfaceConfig left;
    left.addresses = {*InterfaceAddress::parse("10.0.1.1/30")};
    EXPECT_EQ(config.interfaces.at("eth0"), left);
    EXPECT_THAT(ripOf(config).networkInterfaces, IsEmpty());
    EXPECT_THAT(ripOf(base).networkInterfaces,
                ElementsAre("eth0"));  // the base is untouched
}

TEST(ConfigReader, ABlockNeedsNoExit) {
    const RouterConfig config = readWell(
        "router rip\nnetwork eth0\ninterface eth0\nip address "
        "10.0.0.1/30\nrouter rip\nnetwork eth1\n");
    EXPECT_THAT(ripOf(config).networkInterfaces, ElementsAre("eth0", "eth1"));
    EXPECT_EQ(config.interfaces.at("eth0").addresses.size(), 1U);
}

TEST(ConfigReader, EveryFormOfLineEndGivesTheSame) {
    const std::string text = "hostname A\nrouter rip\n network eth0\n";
    const std::string expected = showRunningConfig(readWell(text));
    std::string withReturns;
    for (const char c : text)
        withReturns += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_EQ(showRunningConfig(readWell(withReturns)), expected);
    EXPECT_EQ(showRunningConfig(readWell("\xef\xbb\xbf" + text)), expected);
    EXPECT_EQ(showRunningConfig(readWell(text.substr(0, text.size() - 1))), expected);
    EXPECT_EQ(showRunningConfig(readWell("! remark\n\n# remark\n" + text + "end\n")), expected);
    EXPECT_EQ(showRunningConfig(readWell("hostname A\n\t  router   rip\nnetwork\teth0\nquit\nexit\nexit\n")),
              expected);
}

TEST(ConfigReader, CountsLinesFromTheOrigin) {
    EXPECT_THAT(messages(readText("hostname A\nfrob\n", {}, false, 40)),
                ElementsAre("r.conf:41:1: unknown command 'frob'"));
    EXPECT_THAT(messages(readText("frob", {}, false, 0)), ElementsAre("r.conf:1:1: unknown command 'frob'"));
}

TEST(ConfigReader, LenientReadingLeavesUnknownLinesOut) {
    const auto outcome =
        readText("hostname A\nfrobnicate 1\n frobnicate 2\nrouter rip\n network eth0\n", {}, true);
    EXPECT_THAT(messages(outcome), ElementsAre("r.conf:2:1: warning: unknown command 'frobnicate'; "
                                               "the line is left out",
                                               "r.conf:3:2: warning: unknown command 'frobnicate'; "
                                               "the line is left out"));
    EXPECT_THAT(ripOf(outcome.config).networkInterfaces, ElementsAre("eth0"));
}

TEST(ConfigReader, WarnsOnceOfABlockThatIsNotModelled) {
    const auto outcome = readText(
        "router ospf\n network 10.0.0.0/8 area 0\n exit\nexit\nhostname B\n"
        "router isis X\nnet 49.0001\nis-type level-1\nrouter rip\nnetwork eth0\n"
        "interface eth0\n link-params\n  admin-grp 0x1\n exit-link-params\n ip "
        "address 10.0.0.1/30\n"
        "line vty\n!\nend\n");
    EXPECT_THAT(messages(outcome), ElementsAre("r.conf:1:1: warning: 'router ospf' is understood "
                                               "but not modelled: the block has no effect",
                                               "r.conf:6:1: warning: 'router isis' is understood "
                                               "but not modelled: the block has no effect",
                                               "r.conf:12:2: warning: 'link-params' is understood "
                                               "but not modelled: the block has no effect",
                                               "r.conf:16:1: warning: 'line vty' is understood but "
                                               "not modelled: the block has no effect"));
    EXPECT_EQ(outcome.config.hostname, "B");
    EXPECT_THAT(ripOf(outcome.config).networkInterfaces, ElementsAre("eth0"));
    EXPECT_EQ(outcome.config.interfaces.at("eth0").addresses.size(), 1U);
}

TEST(ConfigReader, ReadsEigrpButNotInAVrf) {
    const auto outcome =
        readText("router eigrp 7 vrf RED\n network 10.0.0.0/8\nrouter eigrp 8\n network 11.0.0.0/8\n");
    EXPECT_THAT(messages(outcome), ElementsAre(HasSubstr("understood but not modelled")));
    const std::string printed = showRunningConfig(outcome.config);
    EXPECT_THAT(printed, HasSubstr("router eigrp 8\n network 11.0.0.0/8\nexit\n"));
    EXPECT_THAT(printed, HasSubstr("router eigrp 7 vrf RED\n network 10.0.0.0/8\nexit\n"));
}

TEST(ConfigReader, NamesAnUnmodelledLineInItsOwnWords) {
    const ConfigOutcome outcome = readText("interface eth0 vrf RED\nexit\nbgp session-dscp 10\n");
    EXPECT_THAT(messages(outcome), ElementsAre(HasSubstr("'interface eth0 vrf' is understood"),
                                               HasSubstr("'bgp session-dscp' is understood")));
}

TEST(ConfigReader, UnderstandsWhatOfBgpIsNotModelled) {
    struct Line {
        const char* mode;
        const char* line;
        bool isBlock;
    };
    constexpr Line kLines[] = {
        {"", "router bgp 65001 vrf RED", true},
        {"", "router bgp 65001 view V", true},
        {"", "rpki", true},
        {"router bgp", "address-family ipv4 vpn", true},
        {"router bgp", "address-family l2vpn evpn", true},
        {"router bgp", "neighbor 10.0.0.1 bfd profile P", false},
        {"router bgp", "neighbor 10.0.0.1 capability orf prefix-list both", false},
        {"router bgp", "bgp max-med on-startup 10", false},
        {"address-family ipv4 unicast", "rd vpn export 1:1", false},
        {"address-family ipv6 unicast", "neighbor 2001:db8::1 nexthop-local unchanged", false},
    };
    for (const auto& [mode, line, isBlock] : kLines) {
        const UnmodelledCommand* command = findUnmodelled(mode, splitWords(line));
        ASSERT_NE(command, nullptr) << line;
        EXPECT_EQ(command->opensBlock, isBlock) << line;
    }
    EXPECT_EQ(findUnmodelled("router bgp", splitWords("neighbor 10.0.0.1 weight 5")), nullptr);
    EXPECT_EQ(findUnmodelled("", splitWords("bgp community-list 1 permit 1:1")), nullptr);
}

TEST(ConfigReader, KeepsLinesWithoutEffectForShowRunningConfig) {
    const auto outcome = readText(
        "log syslog informational\npassword secret\nno "
        "log syslog\ndebug rip events\n");
    EXPECT_THAT(outcome.config.unmodelledLines, ElementsAre("password secret", "debug rip events"));
    EXPECT_EQ(outcome.diagnostics.size(), 4U);
    for (const auto& message : messages(outcome))
        EXPECT_THAT(message, testing::Not(HasSubstr("secret")));
}

TEST(ConfigReader, GivesUpAfterAHundredErrors) {
    std::string text;
    for (int i = 0; i < 100'000; ++i)
        text += "frobnicate\n";
    const auto outcome = readText(text);
    ASSERT_EQ(outcome.diagnostics.size(), 100U);
    EXPECT_EQ(messages(outcome).back(), "r.conf:100:1: too many errors: the text is not read from here on");
}

TEST(ConfigReader, ReadsLongConfigurations) {
    std::string text;
    for (int i = 0; i < 20'000; ++i)
        text += fmt::format("interface eth{}\n ip address 10.{}.{}.1/24\n", i, i / 250, i % 250);
    EXPECT_EQ(readWell(text).interfaces.size(), 20'000U);
}

TEST(ConfigReader, SurvivesHugeLines) {
    std::string words = "hostname A\nip route";
    for (int i = 0; i < 2'000'000; ++i)
        words += " 1.2";
    const auto outcome = readText(words + "\nhostname B\n");
    EXPECT_THAT(messages(outcome),
                ElementsAre("r.conf:2:1: the line has 8000008 bytes; at most 65536 are read"));
    EXPECT_EQ(outcome.config.hostname, "B");
}

TEST(ConfigReader, ReportsBytesThatAreNoText) {
    EXPECT_THAT(messages(readText(std::string_view("hostname \xc3\xa4\0x\n", 14))),
                ElementsAre("r.conf:1:11: a NUL byte: this is not a text"));
    EXPECT_THAT(messages(readText("hostname A\n desc\xff\n")),
                ElementsAre("r.conf:2:6: not valid UTF-8 from here on"));
}

TEST(ConfigReader, GivesTheProcessesTheirPolicy) {
    const RouterConfig before = readWell("router rip\n redistribute connected route-map M\n");
    const RouterConfig after = readWell("route-map M permit 10\n set metric 5\n", before);
    EXPECT_NE(ripOf(after).policy, nullptr);
    EXPECT_EQ(ripOf(after).policy, after.policy);
    EXPECT_NE(ripOf(before).policy, after.policy);
}

// A running configuration, as read from the files below, is printed so that reading it gives the same print.
class GoodConfigurations : public testing::TestWithParam<std::string> {};

std::vector<std::string> configFiles(const char* folder) {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(PEERSCAPE_SOURCE_DIR) /
                                                                 "tests/scenarios/config" / folder)) {
        if (entry.path().extension() == ".conf") files.push_back(entry.path().filename().string());
    }
    std::ranges::sort(files);
    return files;
}

std::string testName(const testing::TestParamInfo<std::string>& info) {
    std::string name = info.param.substr(0, info.param.find('.'));
    std::ranges::replace_if(name, [](char c) { return c == '-' || c == '_'; }, '0');
    return name;
}

TEST_P(GoodConfigurations, AreReadAndPrintedTheSame) {
    const std::string text =
        fileText(std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "tests/scenarios/config/data" / GetParam());
    ASSERT_FALSE(text.empty());
    const std::string printed = showRunningConfig(readWell(text));
    EXPECT_EQ(showRunningConfig(readWell(printed)), printed);
}

INSTANTIATE_TEST_SUITE_P(Files, GoodConfigurations, testing::ValuesIn(configFiles("data")), testName);

// Beside each broken configuration stands what is said of it.
class BrokenConfigurations : public testing::TestWithParam<std::string> {};

TEST_P(BrokenConfigurations, AreDiagnosed) {
    const auto path =
        std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "tests/scenarios/config/broken" / GetParam();
    const auto outcome = readConfig(fileText(path), {GetParam(), 0, 0}, {}, {});
    std::string said;
    for (const auto& message : messages(outcome))
        said += message + "\n";
    EXPECT_EQ(said, fileText(std::filesystem::path(path).replace_extension(".expected")));
    EXPECT_TRUE(std::ranges::any_of(outcome.diagnostics,
                                    [](const auto& d) { return d.severity == Severity::Error; }));
}

INSTANTIATE_TEST_SUITE_P(Files, BrokenConfigurations, testing::ValuesIn(configFiles("broken")), testName);

}  // namespace
}  // namespace peerscape
