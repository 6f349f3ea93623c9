#pragma once

#include <cstddef>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"
#include "protocols/bgp/message.hpp"
#include "protocols/bgp/path.hpp"

namespace peerscape::bgp {

/// A message that has arrived and whose turn has not come: what it says counts for nothing yet. Refreshes
/// stand in the same line, since their marks lose their meaning when UPDATEs overtake them.
struct QueuedMessage {
    PeerId peer;
    RecordId cause;  ///< the record of its arrival
    using What = std::variant<UpdateMessage, RouteRefreshMessage>;
    What message;
};

/// The messages of all neighbours that wait for a router with a processing time, in the order of their
/// arrival.
class UpdateQueue {
  public:
    bool isEmpty() const { return first_ == items_.size(); }
    std::size_t size() const { return items_.size() - first_; }
    const QueuedMessage& operator[](std::size_t place) const { return items_[first_ + place]; }

    void add(QueuedMessage message) { items_.push_back(std::move(message)); }
    /// Removes and returns the one that has waited longest; the queue must not be empty.
    QueuedMessage pop() {
        PEERSCAPE_CHECK(!isEmpty());
        QueuedMessage popped = std::move(items_[first_++]);
        // Moved up now and then only, so that each message moves at most twice.
        if (first_ * 2 >= items_.size()) {
            items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(first_));
            first_ = 0;
        }
        return popped;
    }
    /// The session with the neighbour is over: what it said has no meaning any more.
    void forget(PeerId peer) {
        items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(first_));
        first_ = 0;
        std::erase_if(items_, [&](const QueuedMessage& one) { return one.peer == peer; });
    }

    /// What waits, and in which order.
    void addTo(StableHash& hash) const;

  private:
    std::vector<QueuedMessage> items_;
    std::size_t first_ = 0;  ///< those before have been popped
};

}  // namespace peerscape::bgp
