#include "gui/session/snapshot.hpp"

#include "engine/base/random.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

EventRow rowNumber(std::uint64_t id) {
    EventRow row;
    row.id = id;
    row.time = SimTime::atNanoseconds(static_cast<std::int64_t>(id / 3));
    return row;
}

void expectEqual(const EventRows& rows, const std::vector<EventRow>& plain) {
    ASSERT_EQ(rows.size(), plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i)
        ASSERT_EQ(rows[i].id, plain[i].id) << i;
}

TEST(EventRows, AreWhatAPlainListWouldBeAndCopiesStay) {
    RandomStream random(7, "rows", "test");
    EventRows rows;
    std::vector<EventRow> plain;
    std::uint64_t next = 0;
    for (int round = 0; round < 60; ++round) {
        const EventRows copy = rows;
        const std::vector<EventRow> plainCopy = plain;
        if (random.below(4) == 0) {
            const std::uint64_t from = random.below(next + 2);
            rows.cutFrom(from);
            std::erase_if(plain, [&](const EventRow& row) { return row.id >= from; });
        }
        for (std::uint64_t n = random.below(400); n > 0; --n) {
            next += 1 + random.below(3);
            rows.append(rowNumber(next));
            plain.push_back(rowNumber(next));
        }
        expectEqual(rows, plain);
        expectEqual(copy, plainCopy);
        const SimTime time = SimTime::atNanoseconds(static_cast<std::int64_t>(random.below(next + 1)));
        const auto happened =
            std::ranges::count_if(plain, [&](const EventRow& row) { return row.time <= time; });
        EXPECT_EQ(rows.countUpTo(time), static_cast<std::size_t>(happened));
    }
}

TEST(EventRows, ForgetTheOldestWhenThereAreTooMany) {
    EventRows rows;
    const std::uint64_t many = EventRows::kMost + 1000;
    for (std::uint64_t id = 0; id < many; ++id)
        rows.append(rowNumber(id));
    EXPECT_LE(rows.size(), EventRows::kMost);
    EXPECT_EQ(rows.size() + rows.forgotten(), many);
    EXPECT_EQ(rows[0].id, rows.forgotten());
    EXPECT_EQ(rows[rows.size() - 1].id, many - 1);
}

}  // namespace
}  // namespace peerscape::gui
