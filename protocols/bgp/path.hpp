#pragma once

#include <cstdint>

#include "engine/base/ids.hpp"
#include "engine/base/prefetch.hpp"
#include "engine/base/small_vector.hpp"
#include "engine/base/time.hpp"
#include "protocols/bgp/attributes.hpp"
#include "protocols/bgp/judged_attributes.hpp"

namespace peerscape::bgp {

/// One neighbour of a process, for as long as it is configured.
using PeerId = Id<struct PeerTag>;
/// A next hop in the table of next hops.
using NextHopId = Id<struct NextHopTag>;

/// Where a path comes from.
enum class PathSource : std::uint8_t {
    Neighbor,
    Network,  ///< a `network` statement
    Redistributed,
    Aggregate,
};

/// The steps of the decision process, in the order in which they are asked (docs/protocols/bgp.md). The path
/// that loses knows at which.
enum class DecisionStep : std::uint8_t {
    None,  ///< it has not lost
    Invalid,
    LongLivedStale,
    Weight,
    LocalPreference,
    LocalRoute,
    Aigp,
    AsPathLength,
    Origin,
    Med,
    PeerType,
    IgpMetric,
    InternalClusterLength,
    ConfederationType,
    OlderPath,
    RouterId,
    ClusterLength,
    NeighborAddress,
    PathId,
};

/// The weight of what this router originates itself, as FRR has it.
inline constexpr std::uint32_t kOwnWeight = 32768;

/// One path to a destination: what a neighbour announced and import policy left of it, or what this router
/// originates.
struct Path {
    PeerId peer;                   ///< none: originated here
    std::uint32_t pathId = 0;      ///< as received (RFC 7911)
    std::uint32_t sentPathId = 0;  ///< as announced to neighbours that take several paths
    NextHopId nextHop;
    std::uint32_t weight = 0;
    JudgedAttributes attributes;
    SimTime since;
    RecordId cause;       ///< the record of the message, route or command that brought it
    ProtocolId protocol;  ///< of the route that is redistributed
    PathSource source = PathSource::Neighbor;
    DecisionStep lostBy = DecisionStep::None;
    bool isUsable = true;               ///< it may be chosen: not damped, and what it hangs on is there
    bool isMultipath : 1 = false;       ///< used together with the best one
    bool isSuppressed : 1 = false;      ///< inside an aggregate that stands for it
    bool isStale : 1 = false;           ///< kept while its neighbour restarts (RFC 4724)
    bool isLongLivedStale : 1 = false;  ///< RFC 9494
    bool isDamped : 1 = false;          ///< RFC 2439

    bool isLocal() const { return source != PathSource::Neighbor; }
};

/// What a neighbour has been told of a destination.
struct Advertised {
    PeerId peer;
    std::uint32_t pathId = 0;
    NextHopId nextHop;
    SharedAttributes attributes;
};

/// A prefix with its paths: the Adj-RIBs-In after policy, the Loc-RIB and the Adj-RIBs-Out in one place
/// (RFC 4271 section 3.2), since they are nearly always asked for together.
struct Destination {
    static constexpr std::uint32_t kNoPath = UINT32_MAX;

    SmallVector<Path, 0> paths;             ///< in the order of their arrival
    SmallVector<Advertised, 0> advertised;  ///< by neighbour and path identifier
    std::uint64_t offered = 0;              ///< hash of what the RIB was offered, to know news; 0: nothing
    std::uint32_t best = kNoPath;           ///< in `paths`
    std::uint32_t version = 0;      ///< of the table when the best path last changed; 0: never had one
    bool hasLostBest = false;       ///< it was replaced or removed since the decision
    bool hasLostMultipath = false;  ///< the same of one that was used beside it
    bool isToBeTold = false;        ///< at the next decision, even if the best path stays what it is

    /// Nobody needs it any more.
    bool isOver() const { return paths.empty() && advertised.empty() && offered == 0; }
    /// Asks memory for the paths, and for what neighbours have been told.
    void prefetch() const {
        peerscape::prefetch(paths.data(), paths.size() * sizeof(Path));
        peerscape::prefetch(advertised.data(), advertised.size() * sizeof(Advertised));
    }
    const Path* bestPath() const { return best == kNoPath ? nullptr : &paths[best]; }
};

}  // namespace peerscape::bgp
