#include "protocols/eigrp/pending_routes.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace peerscape::eigrp {

namespace {

/// So many are looked through as fast as an index.
constexpr std::size_t kFew = 8;
/// Routes in one Ethernet frame.
constexpr std::size_t kUsual = 28;

}  // namespace

void PendingRoutes::add(const PendingRoute& route) {
    const std::uint32_t newest = newestAbout(route.prefix);
    if (newest != kNone) {
        Item& before = items_[newest];
        const bool isStale = before.route.message == dual::Message::Update && before.route.to == route.to;
        if (isStale) {
            const bool isUpdate = route.message == dual::Message::Update;
            const bool keepsTurn = isUpdate && before.nearness == nearnessOf(route);
            if (!isUpdate) {
                countTold(before.number);
                before.number = added_++;
            }
            before.route = route;
            if (!before.isBlocked && !keepsTurn) line(newest);
            return;
        }
    }
    const std::uint32_t place = newPlace();
    items_[place] = {route, added_++, kNone, 0, newest != kNone};
    ++waiting_;
    if (newest == kNone) {
        line(place);
    } else {
        items_[newest].next = place;
    }
    index(place);
}

void PendingRoutes::forget(dual::NeighborId neighbor) {
    std::vector<Item> others;
    std::vector<std::uint32_t> gone;
    for (const Item& item : items_) {
        if (item.number == kNone) continue;
        if (item.route.to == neighbor) {
            gone.push_back(item.number);
        } else {
            others.push_back(item);
        }
    }
    if (gone.empty()) return;
    for (const std::uint32_t number : gone)
        countTold(number);
    std::ranges::sort(others, {}, &Item::number);
    PendingRoutes rest;
    rest.marks_ = marks_;
    for (const Item& item : others) {
        rest.added_ = item.number;
        rest.add(item.route);
    }
    rest.added_ = added_;
    *this = std::move(rest);
}

std::uint32_t PendingRoutes::mark() {
    if (waiting_ != 0) marks_[added_] = waiting_;
    return added_;
}

/// The last to be told of those about the network.
std::uint32_t PendingRoutes::newestAbout(const Prefix& prefix) const {
    const auto isIt = [&](const Item& item) {
        return item.number != kNone && item.next == kNone && item.route.prefix == prefix;
    };
    if (index_.empty()) {
        const auto found = std::ranges::find_if(items_, isIt);
        return found == items_.end() ? kNone : static_cast<std::uint32_t>(found - items_.begin());
    }
    const std::size_t mask = index_.size() - 1;
    const std::uint32_t hash = hashOf(prefix);
    for (std::size_t at = hash & mask; index_[at].place != kNone; at = (at + 1) & mask) {
        if (index_[at].hash == hash && isIt(items_[index_[at].place])) return index_[at].place;
    }
    return kNone;
}

std::uint32_t PendingRoutes::newPlace() {
    if (free_.empty()) {
        items_.emplace_back();
        return static_cast<std::uint32_t>(items_.size() - 1);
    }
    const std::uint32_t place = free_.back();
    free_.pop_back();
    return place;
}

/// From now on newestAbout() finds the item at the place. Cells of what waits no more stay where they are
/// until one is wanted for the same network again, or the index is made anew.
void PendingRoutes::index(std::uint32_t place) {
    if (items_.size() <= kFew) return;
    if ((indexed_ + 1) * 2 > index_.size()) {
        std::size_t size = 4 * kFew;
        while (size < std::size_t{waiting_} * 4)
            size *= 2;
        index_.assign(size, Cell());
        indexed_ = 0;
        for (std::uint32_t i = 0; i < items_.size(); ++i) {
            if (items_[i].number != kNone && items_[i].next == kNone) index(i);
        }
        return;
    }
    const Prefix prefix = items_[place].route.prefix;
    const std::size_t mask = index_.size() - 1;
    const std::uint32_t hash = hashOf(prefix);
    const auto isForOther = [&](const Cell& cell) {
        return cell.hash != hash ||
               (items_[cell.place].route.prefix != prefix && hashOf(items_[cell.place].route.prefix) == hash);
    };
    std::size_t at = hash & mask;
    while (index_[at].place != kNone && isForOther(index_[at]))
        at = (at + 1) & mask;
    if (index_[at].place == kNone) ++indexed_;
    index_[at] = {place, hash};
}

/// Logarithmic: eight steps from one power of two to the next.
std::uint16_t PendingRoutes::nearnessOf(const PendingRoute& route) {
    if (route.message != dual::Message::Update) return 0;
    constexpr std::uint64_t kSteps = 8;
    const std::uint64_t distance = std::max(route.reported.raw(), kSteps);
    const std::uint64_t shift = std::bit_width(distance) - std::bit_width(kSteps);
    return static_cast<std::uint16_t>(1 + shift * kSteps + (distance >> shift));
}

/// Gives the item at the place its turn.
void PendingRoutes::line(std::uint32_t place) {
    Item& item = items_[place];
    item.nearness = nearnessOf(item.route);
    lanes_[{item.nearness, item.route.to, item.route.message}].turns.push_back({item.number, place});
}

void PendingRoutes::dropOld(const Lane& lane, Queue& queue) const {
    const auto isOver = [&](const Turn& turn) {
        const Item& item = items_[turn.place];
        return item.number != turn.number || item.nearness != lane.nearness;
    };
    while (!queue.isEmpty() && isOver(queue.front()))
        ++queue.begin;
    if (queue.isEmpty()) queue.clear();
}

/// Asks memory for about as many of the lane's next items as a packet holds.
void PendingRoutes::prefetchNext(const Queue& queue) const {
    const std::size_t end = std::min(queue.turns.size(), queue.begin + kUsual);
    for (std::size_t i = queue.begin; i < end; ++i)
        prefetchLine(&items_[queue.turns[i].place]);
}

void PendingRoutes::countTold(std::uint32_t number) {
    for (auto mark = marks_.upper_bound(number); mark != marks_.end();) {
        mark = --mark->second == 0 ? marks_.erase(mark) : std::next(mark);
    }
}

/// From now on it does not wait, though its place is not free yet, nor what is behind it unblocked.
void PendingRoutes::take(std::uint32_t place) {
    countTold(items_[place].number);
    items_[place].number = kNone;
    --waiting_;
}

void PendingRoutes::vacate(std::uint32_t place) {
    const std::uint32_t next = std::exchange(items_[place].next, kNone);
    free_.push_back(place);
    if (next == kNone) return;
    items_[next].isBlocked = false;
    line(next);
}

/// But for a little, which is kept for what comes next.
void PendingRoutes::giveMemoryBack() {
    const bool isLittle = items_.size() <= kUsual && lanes_.size() <= kUsual;
    if (isLittle) {
        items_.clear();
        free_.clear();
        index_.clear();
        indexed_ = 0;
        for (auto& [lane, queue] : lanes_)
            queue.clear();
        return;
    }
    PendingRoutes empty;
    empty.added_ = added_;
    *this = std::move(empty);
}

}  // namespace peerscape::eigrp
