#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "engine/base/hash.hpp"
#include "engine/base/time.hpp"
#include "protocols/bgp/config.hpp"
#include "protocols/bgp/path.hpp"

/// Route flap dampening (RFC 2439) with FRR's figures.
namespace peerscape::bgp {

/// The route of one external neighbour that is watched.
struct FlapKey {
    Prefix prefix;
    PeerId peer;
    std::uint32_t pathId = 0;
    friend auto operator<=>(const FlapKey&, const FlapKey&) = default;
};

/// What is remembered of a route that has flapped. The figure of merit halves every half-life, in steps of
/// five seconds.
struct FlapRecord {
    std::uint32_t penalty = 0;  ///< the figure of merit, as it was at `updated`
    SimTime updated;
    SimTime since;                               ///< of the first flap
    std::uint32_t flaps = 0;                     ///< withdrawals and changes of attributes
    SimTime suppressedSince = SimTime::never();  ///< never: it may be used
    SimTime reusedAt = SimTime::never();         ///< when it may be used again, if nothing more happens
    bool isAnnounced = false;                    ///< the neighbour has the route now

    bool isSuppressed() const { return !suppressedSince.isNever(); }
};

class FlapTable {
  public:
    static constexpr std::uint32_t kWithdrawalPenalty = 1000;
    static constexpr std::uint32_t kChangePenalty = 500;

    /// The neighbour has withdrawn the route.
    void withdraw(const Dampening& settings, SimTime now, const FlapKey& key);
    /// It has announced it with other attributes; announce() follows.
    void change(const Dampening& settings, SimTime now, const FlapKey& key);
    /// It has announced it, as new or with other attributes. True: the route is suppressed.
    bool announce(const Dampening& settings, SimTime now, const FlapKey& key);
    /// Lets go what may be used again by now, and forgets what is good again.
    std::vector<FlapKey> release(const Dampening& settings, SimTime now);
    void forgetPeer(PeerId peer);
    void clear();

    /// When release() has something to do; never(): nothing is suppressed.
    SimTime nextRelease() const { return queue_.empty() ? SimTime::never() : queue_.begin()->first; }
    /// An announced route waits to be used again.
    bool isWaiting() const;
    const std::map<FlapKey, FlapRecord>& records() const { return records_; }
    /// The figure of merit now.
    static std::uint32_t penaltyAt(const Dampening& settings, const FlapRecord& record, SimTime now);
    /// The highest figure of merit there is: with it a route is suppressed for the maximum time.
    static std::uint32_t ceiling(const Dampening& settings);
    void addTo(StableHash& hash) const;

  private:
    FlapRecord& punish(const Dampening& settings, SimTime now, const FlapKey& key, std::uint32_t penalty);
    void enqueue(const Dampening& settings, const FlapKey& key, FlapRecord& record);
    void dequeue(const FlapKey& key, FlapRecord& record);

    std::map<FlapKey, FlapRecord> records_;
    std::set<std::pair<SimTime, FlapKey>> queue_;  ///< of those suppressed
};

}  // namespace peerscape::bgp
