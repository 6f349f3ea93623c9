#include "engine/sim/agenda.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/engine/base/values.hpp"

namespace peerscape {
namespace {

Event numbered(std::uint32_t n) {
    Event event;
    event.number = n;
    return event;
}

TEST(Agenda, IsEmptyAtFirstAndSaysNever) {
    Agenda agenda;
    EXPECT_TRUE(agenda.isEmpty());
    EXPECT_TRUE(agenda.nextTime().isNever());
}

TEST(Agenda, GivesEventsInTheOrderOfTimeAndThenOfScheduling) {
    Agenda agenda;
    agenda.schedule(at(5), numbered(1));
    agenda.schedule(at(3), numbered(2));
    agenda.schedule(at(5), numbered(3));
    agenda.schedule(at(3), numbered(4));
    EXPECT_EQ(agenda.size(), 4U);
    EXPECT_EQ(agenda.nextTime(), at(3));
    std::vector<std::uint32_t> order;
    while (!agenda.isEmpty())
        order.push_back(agenda.pop().number);
    EXPECT_EQ(order, (std::vector<std::uint32_t>{2, 4, 1, 3}));
}

TEST(Agenda, HoldsNoObjectOfAnEventThatIsOver) {
    Agenda agenda;
    auto object = std::make_shared<const int>(1);
    Event event;
    event.object = object;
    agenda.schedule(at(1), std::move(event));
    EXPECT_EQ(object.use_count(), 2);
    {
        const Event popped = agenda.pop();
    }
    EXPECT_EQ(object.use_count(), 1);
}

TEST(Agenda, CopiesGoOnIndependentlyAndAlike) {
    Agenda agenda;
    for (std::uint32_t n = 0; n < 10; ++n)
        agenda.schedule(at(n % 3), numbered(n));
    (void)agenda.pop();
    Agenda copy = agenda;
    EXPECT_EQ(copy.hash(), agenda.hash());
    copy.schedule(at(0), numbered(99));
    EXPECT_NE(copy.hash(), agenda.hash());
    EXPECT_EQ(agenda.size(), 9U);
    EXPECT_EQ(copy.size(), 10U);
}

TEST(AgendaProperty, EqualsAStablySortedList) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        RandomStream random(seed, "agenda", "property");
        Agenda agenda;
        std::vector<std::pair<SimTime, std::uint32_t>> list;
        std::int64_t now = 0;
        for (std::uint32_t n = 0; n < 300; ++n) {
            if (random.below(3) != 0) {
                const SimTime time = at(now + static_cast<std::int64_t>(random.below(20)));
                agenda.schedule(time, numbered(n));
                const auto behind =
                    std::upper_bound(list.begin(), list.end(), time,
                                     [](SimTime t, const auto& entry) { return t < entry.first; });
                list.insert(behind, {time, n});
            } else if (!list.empty()) {
                ASSERT_EQ(agenda.nextTime(), list.front().first);
                ASSERT_EQ(agenda.pop().number, list.front().second) << "seed " << seed;
                now = list.front().first.count();
                list.erase(list.begin());
            }
            ASSERT_EQ(agenda.size(), list.size());
            // What it says of the future comes true.
            for (std::size_t places = 0; const Event* event = agenda.ahead(places); ++places) {
                ASSERT_LT(places, list.size());
                ASSERT_EQ(event->number, list[places].second);
            }
        }
    }
}

TEST(Agenda, KnowsAheadWhatElseHappensAtThisInstant) {
    Agenda agenda;
    for (std::uint32_t n = 0; n < 4; ++n)
        agenda.schedule(at(n < 3 ? 1 : 2), numbered(n));
    EXPECT_EQ(agenda.ahead(0), nullptr) << "nothing is certain before the first event";
    EXPECT_EQ(agenda.pop().number, 0U);
    ASSERT_NE(agenda.ahead(0), nullptr);
    EXPECT_EQ(agenda.ahead(0)->number, 1U);
    ASSERT_NE(agenda.ahead(1), nullptr);
    EXPECT_EQ(agenda.ahead(1)->number, 2U);
    EXPECT_EQ(agenda.ahead(2), nullptr) << "of another instant";
}

TEST(AgendaDeathTest, PoppingNothingIsABug) {
    Agenda agenda;
    EXPECT_DEATH((void)agenda.pop(), "size_");
}

}  // namespace
}  // namespace peerscape
