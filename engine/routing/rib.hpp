#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "engine/base/chunked_vector.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/prefetch.hpp"
#include "engine/base/prefix_map.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/env.hpp"
#include "engine/routing/gateway_lookups.hpp"
#include "engine/routing/hop_groups.hpp"
#include "engine/routing/interface_state.hpp"
#include "engine/routing/route.hpp"

namespace peerscape {

/// One route in the RIB: what a process offered, and what became of it.
struct RibRoute {
    SimTime since;   ///< of the present offer
    RecordId cause;  ///< the record that says why it is as it is
    std::uint32_t metric = 0;
    std::uint32_t tag = 0;
    HopGroupId offered;  ///< the hops as offered
    HopGroupId active;  ///< what packets would use: resolved, only working ones, none twice; none: not usable
    ProtocolId protocol;
    std::uint8_t slot = 0;
    Distance distance = 0;
    bool allowRecursion = false;
};

/// The selected route of a prefix before and after something happened. `hops` are the active ones.
struct SelectedRoute {
    ProtocolId protocol;  ///< none: no route
    std::uint8_t slot = 0;
    Distance distance = 0;
    std::uint32_t metric = 0;
    std::uint32_t tag = 0;
    NextHops hops;

    bool exists() const { return protocol.isSome(); }
    friend bool operator==(const SelectedRoute&, const SelectedRoute&) = default;
};

struct RibChange {
    Prefix prefix;
    SelectedRoute before;
    SelectedRoute after;
    RecordId cause;  ///< of the offer, withdrawal or interface change that made it
};

/// The routing table of one router, both families: candidates by prefix, the selected one, and next hops
/// resolved. The FIB is not a second table: it is the active hops of the selected routes, so it cannot
/// disagree.
///
/// Rules as in FRR's zebra 8.4 (selection in chooseBest, resolution in rib_resolve.cpp).
/// Offers only mark prefixes; settle() evaluates them and everything that depends on them, and returns the
/// changes.
class Rib final : public RibView {
  public:
    void offer(ProtocolId protocol, const RouteOffer& offer, SimTime now, RecordId cause);
    /// Asks memory for what offers for many prefixes will read, all at once: `forEach(visit)` calls
    /// `visit(prefix)` for each of them.
    template <typename ForEach>
    void prefetch(ForEach forEach) const {
        forEach([this](const Prefix& prefix) { table_.prefetch(prefix); });
        forEach([this](const Prefix& prefix) { table_.prefetchEntry(prefix); });
        forEach([this](const Prefix& prefix) {
            const Entry* entry = table_.find(prefix);
            if (entry != nullptr && entry->first != kNone) prefetchLine(&cells_[entry->first]);
        });
    }
    /// The same for a single one, in steps that the caller lets time pass between: 0, 1, 2.
    void prefetch(const Prefix& prefix, int step) const {
        if (step == 0) return table_.prefetch(prefix);
        if (step == 1) return table_.prefetchEntry(prefix);
        const Entry* entry = table_.find(prefix);
        if (entry != nullptr && entry->first != kNone) prefetchLine(&cells_[entry->first]);
        if (entry == nullptr) cells_.prefetchNext();
        groups_.prefetch();
        lookUps_.prefetch();
    }
    void withdraw(ProtocolId protocol, const Prefix& prefix, std::uint8_t slot, RecordId cause);
    void withdrawAll(ProtocolId protocol, RecordId cause);
    /// The protocol's process has ended, but its routes stay, until they are offered again or let go of.
    void retain(ProtocolId protocol);
    /// Withdraws what has stayed of the protocol in this family and was not offered again.
    void release(ProtocolId protocol, Family family, RecordId cause);
    /// How many routes have stayed that nobody has offered again.
    std::size_t retainedCount(ProtocolId protocol) const;
    bool isRetained(const Prefix& prefix, const RibRoute& route) const;
    /// Interfaces went up or down, or their addresses changed: routes through them are looked at again.
    void interfacesChanged(RecordId cause);
    /// `ip nht resolve-via-default`.
    void setResolvesViaDefault(Family family, bool allowed, RecordId cause);

    /// Brings selection and resolution up to date. Every prefix whose selected route differs afterwards is
    /// returned once.
    std::vector<RibChange> settle(std::span<const InterfaceState> interfaces);
    bool isDirty() const { return !dirty_.empty(); }

    /// The FIB's answer: hops of the longest selected prefix around the address; empty when there is none.
    std::span<const NextHop> lookUp(const IpAddress& address) const;
    /// The longest selected prefix around the address.
    std::optional<Prefix> match(const IpAddress& address) const;

    NextHopState resolve(const IpAddress& address) const override;
    ProtocolId selectedProtocol(const Prefix& prefix) const override;
    SelectedRoute selected(const Prefix& prefix) const;

    /// Prefixes with at least one route, in printing order.
    std::vector<Prefix> prefixes(Family family) const;
    /// All routes of the prefix, the selected one first, then by distance, metric and age (oldest first).
    std::vector<const RibRoute*> routes(const Prefix& prefix) const;
    bool isSelected(const Prefix& prefix, const RibRoute& route) const;
    std::span<const NextHop> hops(HopGroupId id) const { return groups_.hops(id); }
    /// One offered hop and what it comes to: for `show ip route`.
    NextHops resolveHop(const Prefix& prefix, const RibRoute& route, const NextHop& hop,
                        std::span<const InterfaceState> interfaces) const;

    std::size_t size() const { return table_.size(); }
    /// A number that differs when any route, selection or next hop differs.
    std::uint64_t hash() const;

  private:
    static constexpr std::uint32_t kNone = UINT32_MAX >> 2;
    // A large lab has millions of both; their sizes are looked after in rib.cpp.
    struct Cell {
        [[no_unique_address]] RibRoute route;
        std::uint32_t next = kNone;  ///< the next older route of the same prefix
    };
    struct Entry {
        std::uint32_t first = kNone;
        std::uint32_t selected : 30 = kNone;
        std::uint32_t isDirty : 1 = 0;
        std::uint32_t isRemembered : 1 = 0;  ///< `before_` has it
    };

    std::uint32_t newCell();
    /// With their slots, in printing order.
    std::vector<std::pair<Prefix, std::uint8_t>> routesOf(ProtocolId protocol) const;
    void forgetRetained(ProtocolId protocol, const Prefix& prefix, std::uint8_t slot);
    void unlink(Entry& entry, std::uint32_t cell);
    void removeRoute(Entry& entry, std::uint32_t cell);
    void rememberBefore(const Prefix& prefix, Entry& entry);
    void markDirty(const Prefix& prefix, RecordId cause);
    void markDirty(const Prefix& prefix, Entry& entry, RecordId cause);
    void markDependents(const Prefix& prefix, RecordId cause);
    void markLookUpsIn(const Prefix& prefix, RecordId cause);
    /// What hangs on a dirty prefix through gateways, however deep, becomes dirty and inactive: routes can
    /// lean on each other in a circle, and only from nothing does it show whether one of them stands on the
    /// ground.
    void takeDownDependents();
    /// Whether packets, or look-ups of gateways, are now answered in another way.
    bool evaluate(const Prefix& prefix, Entry& entry, std::span<const InterfaceState> interfaces);
    std::uint32_t chooseBest(const Entry& entry, std::span<const InterfaceState> interfaces) const;
    NextHops activeHops(const Prefix& prefix, const RibRoute& route,
                        std::span<const InterfaceState> interfaces) const;
    SelectedRoute describe(std::uint32_t cell) const;
    NextHops resolveGateway(const Prefix& top, const RibRoute& route, const NextHop& hop) const;

    struct Dirty {
        Prefix prefix;
        RecordId cause;
    };

    struct Before;
    /// Which of the remembered routes are others now, and since what. Forgets that they were remembered.
    std::vector<RibChange> changesSince(std::vector<Before> before, std::vector<Dirty> evaluated);

    PrefixMap<Entry> table_;
    ChunkedVector<Cell> cells_;
    std::vector<std::uint32_t> freeCells_;
    HopGroups groups_;
    GatewayLookUps lookUps_;
    std::vector<Dirty> dirty_;
    /// What the last settle() left.
    struct Before {
        Prefix prefix;
        SelectedRoute route;
    };
    std::vector<Before> before_;  ///< where touched since; the first of a prefix counts
    bool viaDefault_[2] = {false, false};
    using Retained = std::set<std::pair<Prefix, std::uint8_t>>;  ///< with the slot
    std::map<ProtocolId, Retained> retained_;                    ///< none of them is empty
};

}  // namespace peerscape
