#include "protocols/eigrp/pending_routes.hpp"

namespace peerscape::eigrp {

void PendingRoutes::add(const PendingRoute& route) {
    std::uint32_t previous = kNone;
    if (const std::uint32_t* last = std::as_const(last_).find(route.prefix); last != nullptr && waits(*last))
        previous = *last;
    if (previous != kNone) {
        Item& before = at(previous);
        const bool isStale = before.route.message == dual::Message::Update && before.route.to == route.to;
        if (isStale && route.message == dual::Message::Update) {
            before.route = route;
            return;
        }
        if (isStale) {
            before.isTaken = true;
            previous = before.previous;
        }
    }
    last_[route.prefix] = added();
    items_.push_back({route, previous, false});
    dropTaken();
}

void PendingRoutes::forget(dual::NeighborId neighbor) {
    for (Item& item : items_) {
        if (item.route.to == neighbor) item.isTaken = true;
    }
    dropTaken();
}

bool PendingRoutes::areToldBefore(std::uint32_t added) const {
    return isEmpty() || first_ + static_cast<std::uint32_t>(begin_) >= added;
}

bool PendingRoutes::waits(std::uint32_t number) const {
    return number != kNone && number >= first_ + begin_ && !items_[number - first_].isTaken;
}

void PendingRoutes::dropTaken() {
    constexpr std::size_t kWorthIt = 256;
    while (begin_ < items_.size() && items_[begin_].isTaken)
        ++begin_;
    const bool isDone = isEmpty();
    if (!isDone && (begin_ < kWorthIt || begin_ * 2 < items_.size())) return;
    first_ += static_cast<std::uint32_t>(begin_);
    items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
    if (!isDone) return;
    items_ = {};  // gives its memory back: most of the time nothing waits
    last_.clear();
}

}  // namespace peerscape::eigrp
