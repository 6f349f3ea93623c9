#include "gui/panels/event_density.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace peerscape::gui {
namespace {

EventRow eventAt(double seconds, std::uint64_t id, EventRow::Kind kind = EventRow::Kind::Message) {
    EventRow row;
    row.id = id;
    row.time = SimTime::atNanoseconds(static_cast<std::int64_t>(seconds * 1e9));
    row.kind = kind;
    return row;
}

/// What one who counts all of them at once would say.
EventDensity countedAtOnce(const Snapshot& shot) {
    EventDensity density;
    density.show(shot);
    return density;
}

bool isSame(const EventDensity& a, const EventDensity& b) {
    const auto same = [](const EventDensity::Step& x, const EventDensity::Step& y) {
        return x.messages == y.messages && x.changes == y.changes;
    };
    return a.stepSeconds() == b.stepSeconds() &&
           std::equal(a.steps().begin(), a.steps().end(), b.steps().begin(), b.steps().end(), same);
}

TEST(EventDensity, CountsOnlyWhatIsNewAndComesToTheSame) {
    Snapshot shot;
    EventDensity density;
    for (int i = 0; i < 500; ++i) {
        shot.events.append(eventAt(i * i * 0.01, static_cast<std::uint64_t>(i),
                                   i % 3 == 0 ? EventRow::Kind::Route : EventRow::Kind::Message));
        density.show(shot);
        ASSERT_EQ(density.looked(), 1u);
        ASSERT_LE(density.steps().size(), EventDensity::kMost);
    }
    EXPECT_TRUE(isSame(density, countedAtOnce(shot)));
    int changes = 0;
    for (const EventDensity::Step& step : density.steps())
        changes += step.changes;
    EXPECT_EQ(changes, 167);
    // The last event lies in the last step.
    EXPECT_EQ(static_cast<std::size_t>(499 * 499 * 0.01 / density.stepSeconds()) + 1, density.steps().size());
}

TEST(EventDensity, BeginsAnewWithAnotherTimelineAndWithAnotherPast) {
    Snapshot shot;
    shot.timeline = "main";
    for (std::uint64_t i = 0; i < 10; ++i)
        shot.events.append(eventAt(static_cast<double>(i), i));
    EventDensity density;
    density.show(shot);
    Snapshot other = shot;
    other.timeline = "two";
    density.show(other);
    EXPECT_EQ(density.looked(), 10u);
    other.events.cutFrom(5);
    other.events.append(eventAt(5.5, 50));
    density.show(other);
    EXPECT_EQ(density.looked(), 6u);
    EXPECT_TRUE(isSame(density, countedAtOnce(other)));
}

}  // namespace
}  // namespace peerscape::gui
