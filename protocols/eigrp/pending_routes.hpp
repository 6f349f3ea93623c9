#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/prefix_map.hpp"
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
class PendingRoutes {
  public:
    void add(const PendingRoute& route);
    /// The neighbour is gone, and with it what only it was to be told.
    void forget(dual::NeighborId neighbor);
    void clear() { *this = PendingRoutes(); }

    bool isEmpty() const { return begin_ == items_.size(); }
    /// No more than these wait.
    std::size_t atMost() const { return items_.size() - begin_; }
    /// How many have ever been added; see areToldBefore().
    std::uint32_t added() const { return first_ + static_cast<std::uint32_t>(items_.size()); }
    /// Everything that was added when added() gave this number has been taken.
    bool areToldBefore(std::uint32_t added) const;

    /// Hands over what makes one packet: routes for the same neighbours in the same kind of message, the
    /// oldest first. `isReady(to)` says whether a packet may go there now, `put(route)` takes a route, or
    /// returns false when the packet is full.
    template <typename IsReady, typename Put>
    void takePacket(IsReady isReady, Put put);

    /// Calls `visit(route)` for all that wait.
    template <typename Visit>
    void forEach(Visit visit) const;

  private:
    static constexpr std::uint32_t kNone = UINT32_MAX;
    struct Item {
        PendingRoute route;
        std::uint32_t previous = kNone;  ///< number of the one before it about the same network
        bool isTaken = false;
    };

    bool waits(std::uint32_t number) const;
    Item& at(std::uint32_t number) { return items_[number - first_]; }
    void dropTaken();

    std::vector<Item> items_;
    std::size_t begin_ = 0;          ///< those before it are taken
    std::uint32_t first_ = 0;        ///< number of the first item; numbers are never used again
    PrefixMap<std::uint32_t> last_;  ///< number of the newest item about a network
};

template <typename IsReady, typename Put>
void PendingRoutes::takePacket(IsReady isReady, Put put) {
    const PendingRoute* head = nullptr;
    for (std::size_t i = begin_; i < items_.size(); ++i) {
        Item& item = items_[i];
        if (item.isTaken || waits(item.previous)) continue;
        if (head == nullptr ? !isReady(item.route.to)
                            : item.route.to != head->to || item.route.message != head->message)
            continue;
        if (!put(static_cast<const PendingRoute&>(item.route))) break;
        if (head == nullptr) head = &item.route;
        item.isTaken = true;
    }
    dropTaken();
}

template <typename Visit>
void PendingRoutes::forEach(Visit visit) const {
    for (std::size_t i = begin_; i < items_.size(); ++i) {
        if (!items_[i].isTaken) visit(items_[i].route);
    }
}

}  // namespace peerscape::eigrp
