#include "engine/sim/agenda.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

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

Event message(std::uint32_t to, std::uint32_t n) {
    Event event = numbered(n);
    event.kind = Event::Kind::Message;
    event.node = NodeId(to);
    return event;
}

std::vector<std::uint32_t> takeAll(Agenda& agenda) {
    std::vector<std::uint32_t> order;
    while (!agenda.isEmpty())
        order.push_back(agenda.pop().number);
    return order;
}

using Seen = std::vector<std::pair<std::uint32_t, int>>;

Seen foreseen(Agenda& agenda, std::uint8_t steps) {
    Seen seen;
    agenda.foresee(steps, [&](const Event& event, int step) { seen.emplace_back(event.number, step); });
    return seen;
}

TEST(Agenda, ForeseesEachOfTheNextEventsStepByStep) {
    Agenda agenda;
    agenda.schedule(at(1), numbered(1));
    agenda.schedule(at(1), numbered(2));
    EXPECT_EQ(foreseen(agenda, 2), Seen()) << "what an event is must be asked for first";
    agenda.schedule(at(2), numbered(3));
    EXPECT_EQ(foreseen(agenda, 2), (Seen{{1, 0}, {2, 0}}));
    EXPECT_EQ(foreseen(agenda, 2), (Seen{{1, 1}, {2, 1}, {3, 0}}));
    EXPECT_EQ(foreseen(agenda, 2), (Seen{{3, 1}}));
    EXPECT_EQ(foreseen(agenda, 2), Seen());
    // The place of one that is over is another one's.
    EXPECT_EQ(agenda.pop().number, 1U);
    agenda.schedule(at(1), numbered(4));
    EXPECT_EQ(foreseen(agenda, 2), Seen());
    EXPECT_EQ(foreseen(agenda, 2), (Seen{{4, 0}}));
    EXPECT_EQ(agenda.pop().number, 2U);
    EXPECT_EQ(agenda.pop().number, 4U);
    EXPECT_EQ(agenda.pop().number, 3U);
}

TEST(Agenda, ForeseesAboutADozenAndNoMessages) {
    Agenda agenda;
    for (std::uint32_t i = 0; i < 1000; ++i)
        agenda.schedule(at(0), numbered(i));
    foreseen(agenda, 1);
    EXPECT_EQ(foreseen(agenda, 1).size(), 12U);
    Agenda messages;
    Event message = numbered(1);
    message.kind = Event::Kind::Message;
    message.node = NodeId(0);
    messages.schedule(at(0), std::move(message));
    foreseen(messages, 1);
    EXPECT_EQ(foreseen(messages, 1), Seen());
}

TEST(AgendaRounds, MessagesOfAnInstantAreGivenOutNodeByNode) {
    Agenda agenda;
    agenda.schedule(at(1), message(7, 1));
    agenda.schedule(at(1), message(3, 2));
    agenda.schedule(at(1), message(7, 3));
    agenda.schedule(at(2), message(7, 4));
    agenda.schedule(at(1), message(3, 5));
    EXPECT_EQ(takeAll(agenda), (std::vector<std::uint32_t>{1, 3, 2, 5, 4}));
}

TEST(AgendaRounds, OtherEventsStayWhereTheyAre) {
    Agenda agenda;
    agenda.schedule(at(1), message(7, 1));
    agenda.schedule(at(1), message(3, 2));
    agenda.schedule(at(1), numbered(3));
    agenda.schedule(at(1), message(7, 4));
    agenda.schedule(at(1), message(3, 5));
    agenda.schedule(at(1), message(7, 6));
    EXPECT_EQ(takeAll(agenda), (std::vector<std::uint32_t>{1, 2, 3, 4, 6, 5}));
}

TEST(AgendaRounds, WhatTheyLeadToComesAsIfThereWereNone) {
    Agenda agenda;
    agenda.schedule(at(1), message(7, 1));
    agenda.schedule(at(1), message(3, 2));
    agenda.schedule(at(1), message(7, 3));
    agenda.schedule(at(1), numbered(4));
    for (const std::uint32_t n : {1U, 3U, 2U}) {
        EXPECT_EQ(agenda.pop().number, n);
        agenda.schedule(at(2), numbered(10 * n));
        agenda.schedule(at(1), numbered(10 * n + 1));
    }
    EXPECT_EQ(agenda.size(), 7U);
    EXPECT_EQ(agenda.nextTime(), at(1));
    EXPECT_EQ(takeAll(agenda), (std::vector<std::uint32_t>{4, 11, 21, 31, 10, 20, 30}));
}

TEST(AgendaRounds, TheNextTimeIsKnownWhenTheRoundIsOver) {
    Agenda agenda;
    agenda.schedule(at(1), message(7, 1));
    agenda.schedule(at(1), message(7, 2));
    (void)agenda.pop();
    agenda.schedule(at(5), numbered(3));
    EXPECT_EQ(agenda.nextTime(), at(1));
    (void)agenda.pop();
    EXPECT_EQ(agenda.nextTime(), at(5));
    agenda.schedule(at(4), numbered(4));
    EXPECT_EQ(agenda.nextTime(), at(4));
    EXPECT_EQ(takeAll(agenda), (std::vector<std::uint32_t>{4, 3}));
}

TEST(AgendaRounds, CopiesInTheMiddleOfOneGoOnAlike) {
    Agenda agenda;
    for (std::uint32_t n = 0; n < 6; ++n)
        agenda.schedule(at(1), message(n % 2, n));
    (void)agenda.pop();
    agenda.schedule(at(2), numbered(10));
    (void)agenda.pop();
    Agenda copy = agenda;
    EXPECT_EQ(copy.hash(), agenda.hash());
    Agenda other = agenda;
    other.schedule(at(2), numbered(11));
    EXPECT_NE(other.hash(), agenda.hash()) << "what waits for the end of the round counts";
    (void)other.pop();
    EXPECT_EQ(takeAll(copy), takeAll(agenda));
}

/// What a node hears, in its order.
using Heard = std::map<std::uint32_t, std::vector<std::uint32_t>>;

/// Each message leads to up to two others, at once or later, and to something that is none; all of that
/// hangs on nothing but its number.
template <typename Schedule>
void answer(const Event& event, std::int64_t now, Schedule schedule) {
    if (now >= 60) return;
    RandomStream random(event.number, "agenda", "answer");
    const std::size_t count = random.below(10) == 0 ? 0 : random.below(3);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::int64_t later = now + static_cast<std::int64_t>(random.below(3));
        const std::uint32_t number = event.number * 3 + i;
        if (random.below(8) == 0) {
            schedule(later, numbered(number));
        } else {
            schedule(later, message(static_cast<std::uint32_t>(random.below(6)), number));
        }
    }
}

TEST(AgendaRoundsProperty, EachNodeHearsTheSameInTheSameOrderAsWithoutRounds) {
    std::size_t regrouped = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        RandomStream random(seed, "agenda", "rounds");
        Agenda agenda;
        // The plain order: by time, and then by scheduling.
        std::multimap<std::int64_t, Event> plain;
        for (std::uint32_t n = 0; n < 12; ++n) {
            const auto time = static_cast<std::int64_t>(random.below(4));
            const Event event = message(static_cast<std::uint32_t>(random.below(6)),
                                        static_cast<std::uint32_t>(random.below(1U << 20)));
            agenda.schedule(at(time), event);
            plain.emplace(time, event);
        }
        Heard expected;
        std::vector<std::uint32_t> plainOrder;
        while (!plain.empty()) {
            const auto [now, event] = *plain.begin();
            plain.erase(plain.begin());
            plainOrder.push_back(event.number);
            expected[event.node.value()].push_back(event.number);
            answer(event, now, [&](std::int64_t time, const Event& next) { plain.emplace(time, next); });
        }
        Heard heard;
        std::vector<std::uint32_t> order;
        while (!agenda.isEmpty()) {
            const SimTime now = agenda.nextTime();
            const Event event = agenda.pop();
            order.push_back(event.number);
            heard[event.node.value()].push_back(event.number);
            answer(event, now.count(),
                   [&](std::int64_t time, const Event& next) { agenda.schedule(at(time), next); });
        }
        if (order != plainOrder) ++regrouped;
        ASSERT_EQ(heard, expected) << "seed " << seed;
    }
    EXPECT_GT(regrouped, 100U);
}

TEST(AgendaDeathTest, PoppingNothingIsABug) {
    Agenda agenda;
    EXPECT_DEATH((void)agenda.pop(), "size_");
}

}  // namespace
}  // namespace peerscape
