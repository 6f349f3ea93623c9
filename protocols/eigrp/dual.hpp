#pragma once

#include <span>
#include <utility>
#include <vector>

#include <boost/container/flat_map.hpp>

#include "engine/base/prefix_map.hpp"
#include "protocols/eigrp/dual_effects.hpp"
#include "protocols/eigrp/dual_paths.hpp"
#include "protocols/eigrp/dual_types.hpp"

/// DUAL, the diffusing update algorithm (RFC 7868, section 3; Garcia-Luna-Aceves, "Loop-Free Routing Using
/// Diffusing Computations", 1993): which paths of a router are certainly free of loops, and how to find new
/// ones together with the neighbours when none is.
///
/// The words: a neighbour tells its distance RD; the distance through it, link included, is CD. FD is the
/// least distance this router has had, and told, since it last became passive. A path is *feasible* when
/// RD < FD (the feasibility condition, FC): such a neighbour was nearer than we ever were, so its way cannot
/// lead through us. The *successor* is the path of least CD, provided that it is feasible.
///
/// One machine per destination (3.5). Without help it stays in the upper box. When no path of least
/// distance is feasible it goes down: the successor is frozen, our distance through it (infinity when it is
/// lost) is told in queries, and until all have replied nothing is changed but notes. Only then FD may rise,
/// since by then every neighbour knows it.
///
///                      IE1, IE2 (FC holds: choose, tell)
///                        +--+
///                        |  v
///      +---------------------------------------------------------------------+
///      |                              Passive                                |
///      +---------------------------------------------------------------------+
///         ^               |      ^               ^               |      ^
///         | IE14          | IE4  | IE15          | IE16          | IE3  | IE13
///         | last reply    | FC   | last reply,   | last reply    | succ.| last reply,
///         | FC holds      | fails| FD anew       | FC holds      | asks,| FD anew
///         |               v      |               |               v FC f.|
///    +----------+ IE11 +----------+         +----------+ IE12 +----------+
///    | Active 0 |----->| Active 1 |         | Active 2 |----->| Active 3 |
///    | o=0      |  IE9 | o=1      |   IE5   | o=2      | IE10 | o=3      |
///    |          |<-----|          |-------->|          |<-----|          |
///    +----------+      +----------+         +----------+      +----------+
///         |                       IE5            ^
///         +--------------------------------------+
///    IE9, IE10: the way through the successor grew or is gone.   IE5: the successor asks too.
///    IE11, IE12: last reply, but FC fails with the FD of the queries: ask again with the distance of now.
///    IE6, IE7, IE8 keep every active state: another one asks (and is answered), a change, a reply of
///    several.
///
/// A query of the successor that made us active, or found us so, is answered when we become passive again
/// (states 2 and 3); all others at once.
///
/// Where the RFC leaves a choice, or proof demands care:
///  - FC holds when a path *of least distance* is feasible, as in the paper, and not when just any path is:
///    otherwise a router could rest on a longer way than it has.
///  - IE9 and IE10 count the successor's reply as received only when it is lost. When the distance grew, its
///    reply is on its way and is awaited; the RFC counts it as received, but then FD rises before the
///    successor knows, and networks were found that loop.
///  - Any growth of the distance through the successor counts, whether its link or its RD grew.
///  - The successor is one path; others of equal distance are used beside it while passive.
///  - A neighbour that comes up while the destination is active is told the frozen distance, and not asked.
namespace peerscape::eigrp::dual {

/// A destination: its paths and its machine; 40 bytes.
struct Entry {
    PathList paths;                      ///< all that are not infinite
    CompositeDistance feasibleDistance;  ///< FD. While active: the distance told in the queries
    CompositeDistance reported;          ///< what we tell: while active it does not change
    AttributesId reportedAttributes;     ///< of the path that `reported` is the distance of
    NeighborId successor;  ///< none: unreachable, or lost while active. Active: frozen, perhaps without path
    State state = State::Passive;
    std::uint64_t offered = 0;  ///< see TopologyTable::noteOffer()

    bool isActive() const { return state != State::Passive; }
    /// FC (3.3): RD < FD, or a path of this router itself.
    bool isFeasible(const Path& path) const {
        return isLocal(path.source) || path.reported < feasibleDistance;
    }
};

/// A neighbour whose reply is awaited: r_ijk = 1.
struct Awaited {
    NeighborId neighbor;
    std::uint8_t siaQueries = 0;   ///< sent so far, at most kMostSiaQueries
    bool siaReplyMissing = false;  ///< the last one has not been answered yet
};

/// SIA-queries a neighbour may answer before it must reply (RFC 7868, 4.4.1.1).
inline constexpr int kMostSiaQueries = 3;

/// The topology table: all destinations of one router. A plain value; copies share what does not change.
///
/// Inputs are its non-const functions; each adds to `effects` what is to be done. It knows no clock and no
/// packet. Destinations without any path are forgotten when they are passive.
class TopologyTable {
  public:
    /// Each with its prefix in a line of memory of its own: what a large lab waits for is memory.
    using Entries = PrefixMap<Entry, 64>;

    /// A neighbour that is up. It has told nothing yet; what it is to be told is tellOf() of each entry.
    void addNeighbor(NeighborId neighbor, const Neighbor& properties);
    /// Link down, hold time, goodbye, or reset: all its paths are gone and it owes nothing. Cost: the table.
    void loseNeighbor(NeighborId neighbor, Effects& effects);

    /// A route of a message from a neighbour that is up.
    void receive(const Prefix& prefix, NeighborId from, Message message, const Offer& offer,
                 Effects& effects);
    /// The distance through a neighbour, or the attributes, have changed, RD has not: link cost. Nothing
    /// happens when the neighbour offers no path.
    void changeLinkCost(const Prefix& prefix, NeighborId through, CompositeDistance distance,
                        AttributesId attributes, Effects& effects);
    /// A path of this router itself (`source` isLocal) appears, changes, or with infinity vanishes.
    void setLocal(const Prefix& prefix, NeighborId source, CompositeDistance distance,
                  AttributesId attributes, Effects& effects);
    /// Half of the active time has passed since the timer was started or this was last called (4.4.1.1):
    /// whoever still owes a reply is asked for a sign of life, or is stuck.
    void siaIntervalPassed(const Prefix& prefix, Effects& effects);

    /// Remembers what the caller has made of the route of a prefix in the table, to know news from what is
    /// old; 0: nothing. Returns what it made of it before. It is kept here since here it is at hand: in a
    /// large lab each table more is memory far away.
    std::uint64_t noteOffer(const Prefix& prefix, std::uint64_t offered);

    const Entries& entries() const { return entries_; }
    const Entry* find(const Prefix& prefix) const { return entries_.find(prefix); }
    /// Who has not replied yet; empty while passive.
    std::span<const Awaited> awaited(const Prefix& prefix) const;
    /// Cheap, since few destinations are.
    bool isActive(const Prefix& prefix) const { return computations_.find(prefix) != nullptr; }
    /// How many destinations are active.
    std::size_t activeCount() const { return computations_.size(); }
    /// The prefixes with a path through the neighbour, in order. Cost: the table.
    std::vector<Prefix> prefixesThrough(NeighborId neighbor) const;

    /// The paths that packets may take. Passive: all of least distance, the successor first. Active: the
    /// frozen successor, if it still offers a path.
    static std::vector<Path> route(const Entry& entry);
    /// Passive: all feasible paths, by source; variance may choose among them. Active: route().
    static std::vector<Path> feasiblePaths(const Entry& entry);

    /// What a neighbour is to be told about a destination now: our distance, or infinity on the interface
    /// that leads to the successor (split horizon with poison reverse).
    Send tellOf(const Prefix& prefix, NeighborId neighbor, Message message) const;

  private:
    /// A diffusing computation under way.
    struct Computation {
        std::vector<Awaited> awaited;
        InterfaceId poisoned;  ///< on which interface our distance is told as infinite
    };
    /// What all neighbours have been told.
    struct Told {
        CompositeDistance reported;
        AttributesId attributes;
        InterfaceId poisoned;
    };
    /// What an input changed.
    struct Change {
        NeighborId source;
        CompositeDistance before;  ///< CD of its path; infinity: it had none
        CompositeDistance after;
        bool touchesRoute = false;  ///< a feasible path appeared, changed, or went
    };
    enum class Cause : std::uint8_t { Change, Query, SiaQuery, Reply, Lost };

    /// A destination that is being handled, found once.
    struct Destination {
        const Prefix& prefix;
        Entry& entry;
    };

    void handle(Prefix prefix, NeighborId source, const Offer& offer, Cause cause, Effects& effects);
    static Change note(Entry& entry, NeighborId source, const Offer& offer);

    /// Afterwards the destination may be gone.
    void handlePassive(Destination at, const Change& change, Cause cause, const Told& told, Effects& effects);
    void handleActive(Destination at, const Change& change, Cause cause, Effects& effects);
    void noteSuccessor(Destination at, const Change& change, Cause cause, Effects& effects);
    void countReply(Destination at, NeighborId from, Effects& effects);

    static void pass(Destination at, InputEvent event, Effects& effects,
                     NeighborId neighbor = NeighborId::none());
    void ask(Destination at, Effects& effects);
    void handleLastReply(Destination at, Effects& effects);
    void becomePassive(Destination at, InputEvent event, Effects& effects);
    void send(const Prefix& prefix, NeighborId to, Message message, Effects& effects) const;
    void tellChanges(Destination at, const Told& before, NeighborId except, bool stubsAnyway,
                     Effects& effects) const;

    Told toldOf(const Prefix& prefix, const Entry& entry) const;
    /// What is told on the interface: infinity on that which leads to the successor.
    static std::pair<CompositeDistance, AttributesId> toldOn(const Told& told, InterfaceId interface);
    InterfaceId interfaceToPoison(const Entry& entry) const;
    bool mustAsk(const Entry& entry, NeighborId neighbor, const Neighbor& properties) const;

    Entries entries_;
    PrefixMap<Computation> computations_;  ///< of the active entries
    boost::container::flat_map<NeighborId, Neighbor> neighbors_;
};

}  // namespace peerscape::eigrp::dual
