#include "gui/panels/event_density.hpp"

#include <utility>

namespace peerscape::gui {

void EventDensity::clear() { *this = EventDensity(); }

void EventDensity::show(const Snapshot& shot) {
    const EventRows& rows = shot.events;
    const bool goesOn = counted_ > 0 && shot.timeline == timeline_ && rows.forgotten() == forgotten_ &&
                        rows.size() >= counted_ && rows[counted_ - 1].id == lastId_;
    if (!goesOn) clear();
    timeline_ = shot.timeline;
    forgotten_ = rows.forgotten();
    looked_ = rows.size() - counted_;
    for (; counted_ < rows.size(); ++counted_)
        count(rows[counted_]);
    if (counted_ > 0) lastId_ = rows[counted_ - 1].id;
}

void EventDensity::count(const EventRow& row) {
    while (static_cast<std::size_t>(row.time.count() / width_) >= kMost) {
        // Two steps become one.
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            const Step step = std::exchange(steps_[i], {});
            steps_[i / 2].messages += step.messages;
            steps_[i / 2].changes += step.changes;
        }
        steps_.resize((steps_.size() + 1) / 2);
        width_ *= 2;
    }
    const auto at = static_cast<std::size_t>(row.time.count() / width_);
    if (at >= steps_.size()) steps_.resize(at + 1);
    if (row.kind == EventRow::Kind::Message) ++steps_[at].messages;
    if (row.kind == EventRow::Kind::Route) ++steps_[at].changes;
}

}  // namespace peerscape::gui
