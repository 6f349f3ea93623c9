#include "scenarios/report/events_csv.hpp"

#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/report/record_text.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape::report {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::SizeIs;
using testing::StartsWith;

using Row = std::vector<std::string>;

/// A reader as RFC 4180 has it; a quote inside a field that is not quoted is an error.
std::vector<Row> readCsv(const std::string& text) {
    std::vector<Row> rows(1, Row(1));
    for (std::size_t i = 0; i < text.size();) {
        std::string& field = rows.back().back();
        if (text[i] == '"') {
            EXPECT_TRUE(field.empty());
            for (++i; text[i] != '"' || text[i + 1] == '"'; ++i) {
                if (text[i] == '"') ++i;
                field += text[i];
            }
            ++i;
        } else if (text[i] == ',') {
            rows.back().emplace_back();
            ++i;
        } else if (text.compare(i, 2, "\r\n") == 0) {
            rows.emplace_back(1);
            i += 2;
        } else {
            field += text[i++];
        }
    }
    EXPECT_THAT(rows.back(), ElementsAre(""));  // the last line ends as all others
    rows.pop_back();
    return rows;
}

std::vector<Row> eventsOf(const std::string& lab) {
    const auto world = makeWorld(lab);
    StepRunner runner(*world, {});
    std::ostringstream out;
    EventsCsv csv(out, world->simulation());
    runner.readAlong({{}, [&](std::span<const Record> records) { csv.take(records); }});
    while (!runner.isDone())
        runner.runNext();
    return readCsv(out.str());
}

TEST(EventsCsv, HasTheColumnsThatAreDocumented) {
    EXPECT_THAT(eventsOf(kStaticLine).front(), ElementsAre("id", "cause", "time_ns", "time_s", "node", "kind",
                                                           "interface", "protocol", "bytes", "detail"));
}

TEST(EventsCsv, HasOneRowPerRecordInTheirOrder) {
    const auto rows = eventsOf(withStep(kRipLine, "{fail: bc}", ""));
    ASSERT_GT(rows.size(), 50U);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        ASSERT_THAT(rows[i], SizeIs(10));
        EXPECT_EQ(rows[i][0], std::to_string(i - 1));
    }
}

TEST(EventsCsv, TimesAreExact) {
    const auto rows = eventsOf(withStep(kRipLine, "{fail: bc}", ""));
    for (std::size_t i = 1; i < rows.size(); ++i) {
        std::string digits = rows[i][3];
        digits.erase(digits.size() - 10, 1);
        EXPECT_EQ(std::stoll(digits), std::stoll(rows[i][2]));
    }
}

TEST(EventsCsv, AConclusionIsARowWithoutANumber) {
    const auto world = makeWorld(kStaticLine);
    std::ostringstream out;
    EventsCsv csv(out, world->simulation());
    csv.take(Conclusion{SimTime::after(Duration::milliseconds(1500)), *world->nodeNamed("B"), RecordId(7),
                        "alarm", "10.0.0.0/8 from AS 1, inside 10.0.0.0/7"});
    csv.take(Conclusion{SimTime::after(Duration::seconds(2)), *world->nodeNamed("B"), RecordId::none(),
                        "alarm over", "gone"});
    const auto rows = readCsv(out.str());
    ASSERT_THAT(rows, SizeIs(3));
    EXPECT_THAT(rows[1], ElementsAre("", "7", "1500000000", "1.500000000", "B", "alarm", "", "", "",
                                     "10.0.0.0/8 from AS 1, inside 10.0.0.0/7"));
    EXPECT_THAT(rows[2],
                ElementsAre("", "", "2000000000", "2.000000000", "B", "alarm over", "", "", "", "gone"));
}

TEST(EventsCsv, AFailureLeadsToWhatItCaused) {
    const auto rows = eventsOf(withStep(kRipLine, "{fail: bc}", ""));
    std::map<std::string, Row> byId;
    const Row* change = nullptr;
    for (const Row& row : rows) {
        byId[row[0]] = row;
        if (row[5] == "route changed" && row[4] == "A" && row[9].starts_with("10.3.0.0/16: no route"))
            change = &row;
    }
    ASSERT_NE(change, nullptr);
    std::vector<std::string> kinds;
    for (Row row = *change; !row[1].empty(); row = byId[row[1]])
        kinds.push_back(row[5]);
    EXPECT_THAT(kinds, testing::IsSupersetOf({"packet received", "packet sent", "interface changed"}));
}

TEST(RecordText, RoutesSayWhatTheyWereAndWhatTheyAre) {
    const auto rows = eventsOf(withStep(kRipLine, "{fail: bc}", ""));
    std::vector<std::string> details;
    for (const Row& row : rows) {
        if (row[5] == "route changed" && row[4] == "A" && row[9].starts_with("10.3.0.0/16"))
            details.push_back(row[9]);
    }
    EXPECT_THAT(details, ElementsAre("10.3.0.0/16: rip [120/3] via 1.1.1.2 on eth0; before: no route",
                                     "10.3.0.0/16: no route; before: rip [120/3] via 1.1.1.2 on eth0"));
}

TEST(RecordText, PacketsSayTheirEndsAndTheirSize) {
    const auto rows = eventsOf(kRipLine);
    bool isSeen = false;
    for (const Row& row : rows) {
        if (row[5] != "packet sent") continue;
        isSeen = true;
        EXPECT_EQ(row[7], "rip");
        EXPECT_GE(std::stoi(row[8]), 52);  // IPv4, UDP, RIP with one entry: 20 + 8 + 4 + 20
        EXPECT_THAT(row[9], AnyOf(StartsWith("from 1.1.1."), StartsWith("from 2.2.2.")));
        EXPECT_THAT(row[9], testing::HasSubstr("UDP port 520 to 520, TTL "));
    }
    EXPECT_TRUE(isSeen);
}

}  // namespace
}  // namespace peerscape::report
