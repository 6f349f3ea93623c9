#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gui/session/snapshot.hpp"

namespace peerscape::gui {

/// How many messages and changes of tables there were when, in steps of equal length from the start on. Only
/// what is new is counted: a lab that plays shows a picture twenty times a second, and has hundreds of
/// thousands of events.
class EventDensity {
  public:
    /// At most so many steps up to the furthest event; more than half as many where there are enough events.
    static constexpr std::size_t kMost = 400;

    struct Step {
        int messages = 0;
        int changes = 0;
    };

    /// The next picture of any run.
    void show(const Snapshot& shot);
    void clear();
    const std::vector<Step>& steps() const { return steps_; }
    /// The length of a step; doubles whenever there would be too many of them.
    double stepSeconds() const { return static_cast<double>(width_) / 1e9; }
    /// How many events the last picture made it look at.
    std::size_t looked() const { return looked_; }

  private:
    void count(const EventRow& row);

    std::vector<Step> steps_;
    std::int64_t width_ = kFinest;  ///< ns
    std::string timeline_;
    std::size_t counted_ = 0;  ///< events
    std::size_t forgotten_ = 0;
    std::uint64_t lastId_ = 0;  ///< of the last that was counted
    std::size_t looked_ = 0;

    static constexpr std::int64_t kFinest = 1 << 20;  ///< about a millisecond
};

}  // namespace peerscape::gui
