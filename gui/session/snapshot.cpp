#include "gui/session/snapshot.hpp"

#include <utility>

namespace peerscape::gui {

void EventRows::append(EventRow row) {
    tail_.push_back(std::move(row));
    if (tail_.size() < kChunk) return;
    chunks_.push_back(std::make_shared<const Chunk>(std::move(tail_)));
    tail_.clear();
    if (size() > kMost) {
        chunks_.erase(chunks_.begin());
        forgotten_ += kChunk;
    }
}

void EventRows::cutFrom(std::uint64_t id) {
    while (!isEmpty()) {
        while (!tail_.empty() && tail_.back().id >= id)
            tail_.pop_back();
        if (!tail_.empty() || chunks_.empty() || chunks_.back()->back().id < id) return;
        tail_ = *chunks_.back();
        chunks_.pop_back();
    }
}

std::size_t EventRows::countUpTo(SimTime time) const {
    std::size_t first = 0;
    std::size_t last = size();
    while (first < last) {
        const std::size_t middle = (first + last) / 2;
        if ((*this)[middle].time <= time) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    return first;
}

}  // namespace peerscape::gui
