#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "engine/base/prefetch.hpp"
#include "engine/routing/env.hpp"
#include "engine/routing/outbox.hpp"
#include "engine/routing/route.hpp"
#include "protocols/bgp/path.hpp"

namespace peerscape::bgp {

/// The next hops that paths and announcements name, each kept once; those of received paths are tracked
/// through the RIB (RFC 4271 section 9.1.2).
class NextHopTable {
  public:
    struct Entry {
        BgpNextHop value;
        std::uint32_t uses = 0;
        std::uint32_t tracks = 0;  ///< uses that need to know whether it is reachable
        bool isReachable = false;
        bool isConnected = false;     ///< it lies on a network of this router
        std::uint32_t igpMetric = 0;  ///< of the route that leads there
        InterfaceId interface;        ///< by which the neighbour was heard, for link-local next hops
    };

    /// The number of this next hop, which counts one use more.
    NextHopId acquire(const BgpNextHop& value, InterfaceId interface = {});
    /// The same, where it is probably this one, which is in use.
    NextHopId acquire(const BgpNextHop& value, InterfaceId interface, NextHopId guess);
    void release(NextHopId id);
    /// One use more, or less, needs tracking; the first one asks the RIB at once.
    void track(NextHopId id, const Env& env, Outbox& out);
    void untrack(NextHopId id, Outbox& out);
    /// What the RIB says now; true when that is something else than before for any path.
    bool learn(const NextHopState& state);

    /// Asks memory for the entry; nothing with none.
    void prefetch(NextHopId id) const {
        if (id.isSome()) peerscape::prefetch(entries_[id.value()]);
    }
    const Entry& operator[](NextHopId id) const { return entries_[id.value()]; }
    /// All that resolve through the address.
    std::vector<NextHopId> withAddress(const IpAddress& address) const;

  private:
    struct Key {
        BgpNextHop value;
        InterfaceId interface;
        friend auto operator<=>(const Key&, const Key&) = default;
    };
    static bool isTrackable(const Entry& entry);

    std::map<Key, NextHopId> byValue_;
    std::vector<Entry> entries_;
    std::vector<std::uint32_t> free_;
};

}  // namespace peerscape::bgp
