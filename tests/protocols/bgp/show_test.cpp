/// Layouts that `show bgp` is made of. Whole answers stand beside the real router's in
/// tests/scenarios/shell/show_bgp_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "protocols/bgp/frr_json.hpp"
#include "protocols/bgp/show_commands.hpp"
#include "protocols/bgp/show_parts.hpp"
#include "protocols/bgp/show_table.hpp"

namespace peerscape::bgp {
namespace {

SimTime instant(std::int64_t seconds) { return SimTime::after(Duration::seconds(seconds)); }

TEST(BgpShow, UptimesAreAsFrrWritesThem) {
    constexpr std::int64_t kDay = 86'400;
    EXPECT_EQ(uptimeText(Duration::milliseconds(59'999)), "00:00:59");
    EXPECT_EQ(uptimeText(Duration::seconds(kDay - 1)), "23:59:59");
    EXPECT_EQ(uptimeText(Duration::seconds(kDay + 3 * 3600 + 120)), "1d03h02m");
    EXPECT_EQ(uptimeText(Duration::seconds(9 * kDay + 3600)), "01w2d01h");
    EXPECT_EQ(uptimeText(Duration::seconds((365 + 17) * kDay)), "01y02w3d");
}

TEST(BgpShow, TheLabBeginsAtTheUnixEpoch) {
    EXPECT_EQ(dateText(SimTime::start()), "Thu Jan  1 00:00:00 1970");
    EXPECT_EQ(dateText(instant(65)), "Thu Jan  1 00:01:05 1970");
    EXPECT_EQ(dateText(instant(31 * 86'400)), "Sun Feb  1 00:00:00 1970");
    EXPECT_EQ(dateText(instant(951'782'400)), "Tue Feb 29 00:00:00 2000");
    EXPECT_EQ(dateText(instant(1'795'300'327)), "Sat Nov 21 22:32:07 2026");
    EXPECT_EQ(epochOf(instant(1'795'300'327)), 1'795'300'327);
}

TEST(BgpShow, WhatDoesNotFitItsColumnIsWrapped) {
    TableLine line;
    line.marks = "*> ";
    line.network = "172.16.10.0/24";
    line.nextHop = IpAddress::parse("10.0.0.2").value();
    line.metric = 50;
    line.asPath = "65002 65003";
    line.origin = Origin::Igp;
    EXPECT_EQ(line.text(), "*> 172.16.10.0/24   10.0.0.2                50             0 65002 65003 i\n");
    line.network = "172.16.100.128/25";
    line.nextHop = IpAddress::parse("2001:db8:12::2:1").value();
    line.metric.reset();
    line.localPreference = 100;
    line.weight = 32768;
    line.asPath = "";
    line.origin = Origin::Incomplete;
    EXPECT_EQ(line.text(),
              "*> 172.16.100.128/25\n"
              "                    2001:db8:12::2:1\n"
              "                                                  100  32768 ?\n");
}

TEST(BgpShow, JsonIsLaidOutAsFrrDoesIt) {
    EXPECT_EQ(frrText({{"a", 1}, {"list", Json::array({1, "x"})}, {"empty", Json::object()}}),
              "{\n  \"a\":1,\n  \"list\":[\n    1,\n    \"x\"\n  ],\n  \"empty\":{\n  }\n}\n");
}

TEST(BgpShow, WithoutAProcessEveryCommandSaysSo) {
    const ShowContext context;
    for (const OperatorCommand& command : showCommands()) {
        const bool needsArguments = command.pattern.find("X:X::X:X") != std::string::npos;
        if (needsArguments) continue;
        EXPECT_THAT(command.show(context, {}), testing::HasSubstr("instance not found")) << command.pattern;
    }
}

}  // namespace
}  // namespace peerscape::bgp
