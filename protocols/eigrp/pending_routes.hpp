#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include <boost/container/flat_map.hpp>

#include "engine/base/ip_address.hpp"
#include "engine/base/prefetch.hpp"
#include "protocols/eigrp/dual_types.hpp"

namespace peerscape::eigrp {

/// A route that waits to be told.
struct PendingRoute {
    Prefix prefix;
    std::optional<dual::NeighborId> to;  ///< none: all neighbours on the interface
    dual::Message message = dual::Message::Update;
    dual::CompositeDistance reported;  ///< infinity: that it is unreachable
    dual::AttributesId attributes;     ///< none with infinity
};

/// What the neighbours on one interface are still to be told.
///
/// Routes wait here, and not as packets, since the neighbour takes one packet per round trip (RFC
/// 7868, 5.3.1): whatever has come up meanwhile goes into the next packet, and of several updates about one
/// network only the last is ever told. A neighbour that misses the others has never heard of distances which
/// are not true any more; that hurts no one. Queries and replies are all told, in their order, and before
/// them no update, for they tell the distance as well.
///
/// Queries and replies go first, since others wait for them. Of the updates those go first that tell of short
/// ways: as in Dijkstra's algorithm, the nearer a network is the less likely something better is heard of it
/// while the farther ones wait. The RFC knows no order among different networks. Distances that differ by
/// less than an eighth count as the same, which is near enough and costs no sorting.
class PendingRoutes {
  public:
    void add(const PendingRoute& route);
    /// The neighbour is gone, and with it what only it was to be told.
    void forget(dual::NeighborId neighbor);
    void clear() { *this = PendingRoutes(); }

    bool isEmpty() const { return waiting_ == 0; }
    /// How many wait.
    std::size_t size() const { return waiting_; }
    /// How many have ever been added.
    std::uint32_t added() const { return added_; }
    /// For areToldBefore(): what waits now.
    std::uint32_t mark();
    /// Everything that waited when mark() gave this number has been taken.
    bool areToldBefore(std::uint32_t mark) const { return !marks_.contains(mark); }

    /// Ask memory, in two steps, for what add() will read about the network: for those who know a few of
    /// them ahead.
    void prefetch(const Prefix& prefix) const {
        if (!index_.empty()) prefetchLine(&index_[hashOf(prefix) & (index_.size() - 1)]);
    }
    void prefetchItem(const Prefix& prefix) const {
        if (index_.empty()) return;
        const Cell& cell = index_[hashOf(prefix) & (index_.size() - 1)];
        if (cell.hash == hashOf(prefix) && cell.place != kNone) prefetchLine(&items_[cell.place]);
    }

    /// The same for what takePacket() will read first.
    void prefetchHead() const {
        for (const auto& [lane, queue] : lanes_) {
            if (queue.isEmpty()) continue;
            return prefetchNext(queue);
        }
    }

    /// Hands over what makes one packet: routes for the same neighbours in the same kind of message, in their
    /// order. `isReady(to)` says whether a packet may go there now, `put(route)` takes a route, or returns
    /// false when the packet is full.
    template <typename IsReady, typename Put>
    void takePacket(IsReady isReady, Put put);

    /// Calls `visit(route)` for all that wait.
    template <typename Visit>
    void forEach(Visit visit) const;

  private:
    static constexpr std::uint32_t kNone = UINT32_MAX;
    /// One that waits, or a place for one. In a line of memory of its own: it is seldom read together with
    /// those beside it.
    struct alignas(64) Item {
        PendingRoute route;
        std::uint32_t number = kNone;  ///< in the order of adding; none: the place is free
        std::uint32_t next = kNone;    ///< place of the one behind it about the same network
        std::uint16_t nearness = 0;    ///< of its lane
        bool isBlocked = false;        ///< by one before it about the same network
    };
    /// What may go into one packet together, and is of the same urgency.
    struct Lane {
        std::uint16_t nearness = 0;  ///< of what updates tell; 0: queries and replies
        std::optional<dual::NeighborId> to;
        dual::Message message = dual::Message::Update;

        friend auto operator<=>(const Lane&, const Lane&) = default;
    };
    /// The order of a lane's items. Some of the turns have come to nothing, since the item is gone or has
    /// changed to another lane.
    struct Turn {
        std::uint32_t number;
        std::uint32_t place;
    };
    struct Queue {
        std::vector<Turn> turns;
        std::size_t begin = 0;  ///< those before it are over

        bool isEmpty() const { return begin == turns.size(); }
        const Turn& front() const { return turns[begin]; }
        /// Keeps the memory of a few.
        void clear() {
            constexpr std::size_t kFew = 32;
            if (turns.capacity() > kFew) turns = {};
            turns.clear();
            begin = 0;
        }
    };
    using Lanes = boost::container::flat_map<Lane, Queue>;

    static std::uint16_t nearnessOf(const PendingRoute& route);
    /// Of the index. Part of the hash stands here, so that seldom another item than the wanted one is read.
    struct Cell {
        std::uint32_t place = kNone;  ///< none: empty
        std::uint32_t hash = 0;
    };
    static std::uint32_t hashOf(const Prefix& prefix) { return static_cast<std::uint32_t>(prefix.hash()); }
    std::uint32_t newestAbout(const Prefix& prefix) const;
    std::uint32_t newPlace();
    void index(std::uint32_t place);
    void line(std::uint32_t place);
    void dropOld(const Lane& lane, Queue& queue) const;
    void prefetchNext(const Queue& queue) const;
    void countTold(std::uint32_t number);
    void take(std::uint32_t place);
    void vacate(std::uint32_t place);
    void giveMemoryBack();
    template <typename IsReady>
    Lanes::iterator nextLane(IsReady isReady);

    std::vector<Item> items_;
    std::vector<std::uint32_t> free_;  ///< places
    std::vector<Cell> index_;          ///< by hash of the prefix, while there are more than a few
    std::uint32_t indexed_ = 0;        ///< cells of it that are in use, be it for what waits no more
    Lanes lanes_;
    std::map<std::uint32_t, std::uint32_t> marks_;  ///< how many of those before the number still wait
    std::uint32_t waiting_ = 0;
    std::uint32_t added_ = 0;
};

/// The lane whose first item goes next; the end when none may.
template <typename IsReady>
PendingRoutes::Lanes::iterator PendingRoutes::nextLane(IsReady isReady) {
    auto best = lanes_.end();
    for (auto lane = lanes_.begin(); lane != lanes_.end(); ++lane) {
        const Lane& key = lane->first;
        Queue& queue = lane->second;
        if (best != lanes_.end() && best->first.nearness != key.nearness) break;
        dropOld(key, queue);
        if (queue.isEmpty() || !isReady(key.to)) continue;
        if (best == lanes_.end() || queue.front().number < best->second.front().number) best = lane;
    }
    return best;
}

template <typename IsReady, typename Put>
void PendingRoutes::takePacket(IsReady isReady, Put put) {
    const auto head = nextLane(isReady);
    // What waits behind these, about the same networks, does not go before the next packet.
    std::vector<std::uint32_t> taken;
    bool isFull = false;
    for (auto lane = head; lane != lanes_.end() && !isFull; ++lane) {
        const Lane& key = lane->first;
        Queue& queue = lane->second;
        if (key.to != head->first.to || key.message != head->first.message) continue;
        prefetchNext(queue);
        for (dropOld(key, queue); !queue.isEmpty(); dropOld(key, queue)) {
            const std::uint32_t place = queue.front().place;
            isFull = !put(static_cast<const PendingRoute&>(items_[place].route));
            if (isFull) break;
            take(place);
            taken.push_back(place);
        }
    }
    for (const std::uint32_t place : taken)
        vacate(place);
    if (isEmpty()) giveMemoryBack();  // most of the time nothing waits
}

template <typename Visit>
void PendingRoutes::forEach(Visit visit) const {
    for (const Item& item : items_) {
        if (item.number != kNone) visit(item.route);
    }
}

}  // namespace peerscape::eigrp
