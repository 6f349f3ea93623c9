#include "engine/lab/forwarding_watch.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "engine/lab/episodes.hpp"
#include "engine/lab/forwarding_paths.hpp"
#include "engine/lab/forwarding_walk.hpp"

namespace peerscape {

namespace {

bool contains(const std::vector<NodeId>& nodes, NodeId node) {
    return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

}  // namespace

class ForwardingWatch::Impl {
  public:
    explicit Impl(const Simulation& world);
    void instantOver(const Simulation& world, std::span<const Record> records);

    Episodes<LoopEpisode> loops_;
    Episodes<BlackHoleEpisode> holes_;
    std::vector<ReachablePairs> pairs_;

  private:
    /// What of an interface the ways of packets depend on, besides the RIB.
    struct Plug {
        bool isUp = false;
        bool isAdminUp = false;
        std::vector<InterfaceAddress> addresses;
        std::optional<IpAddress> linkLocal;
        SegmentId segment;

        friend bool operator==(const Plug&, const Plug&) = default;
    };

    struct Destination {
        explicit Destination(ForwardingPaths atFirst) : paths(std::move(atFirst)) {}

        std::optional<Representative> stands;  ///< nothing: longer prefixes take all its addresses
        ForwardingPaths paths;
        std::uint64_t reachable = 0;  ///< pairs with this destination
        std::uint64_t all = 0;
    };

    /// What the records of an instant may have changed for one destination.
    struct Concern {
        bool isNew = false;
        bool mayStandElsewhere = false;    ///< another address may be the one that stands for it
        RecordId cause;                    ///< of one of these
        std::map<NodeId, RecordId> nodes;  ///< that may send packets another way now
    };

    /// A node that sends packets another way than before.
    struct Turn {
        NodeId node;
        const Onward* before;
        RecordId cause;
    };

    /// Of several causes that together brought something about, the last did it; of several that ended it,
    /// the first.
    enum class Which : std::uint8_t { First, Last };

    using Concerns = std::map<Prefix, Concern>;

    static Plug plugOf(const Simulation& world, InterfaceRef ref);
    template <typename Predicate>
    static RecordId causeAmong(const std::vector<Turn>& turns, Which which, Predicate concerns);
    static RecordId causeOfHole(NodeId node, const Destination& destination, const std::vector<Turn>& turns,
                                Which which);

    // What is concerned.
    void followClasses(std::span<const Record> records, Concerns& concerns);
    void classEnded(const Prefix& prefix, RecordId cause);
    void enclosingClassConcerned(const Prefix& prefix, RecordId cause, Concerns& concerns);
    void followInterfaces(const Simulation& world, std::span<const Record> records, Concerns& concerns);
    std::map<NodeId, RecordId> nodesAtChangedPlugs(const Simulation& world, std::span<const Record> records);
    void followRoutes(const Simulation& world, std::span<const Record> records, Concerns& concerns) const;

    // What has become of it.
    void update(const Simulation& world, const Prefix& prefix, Concern concern);
    std::vector<Turn> turn(const Simulation& world, Destination& destination, const Concern& concern);
    void updateLoops(const Simulation& world, const Prefix& prefix, Destination& destination,
                     const std::vector<Turn>& turns);
    void updateHoles(const Simulation& world, const Prefix& prefix, const Destination& destination,
                     const Concern& concern, const std::vector<Turn>& turns);
    void updatePairs(Destination& destination);

    void countLosses(std::span<const Record> records, bool ofNewOnes);
    void notePairs();

    SimTime now_;
    std::size_t nodes_;
    ForwardingClasses classes_;
    AddressBook book_;
    std::vector<std::vector<Plug>> plugs_;
    OnwardSets onwards_;
    const Onward* nowhere_ = onwards_.keep({});
    std::map<Prefix, Destination> destinations_;
    std::uint64_t reachable_ = 0;
    std::uint64_t all_ = 0;
    CircleFinder finder_;
};

ForwardingWatch::Impl::Plug ForwardingWatch::Impl::plugOf(const Simulation& world, InterfaceRef ref) {
    const InterfaceState& state = world.node(ref.node).interfaces[ref.interface.value()];
    return {state.isUp(), state.isAdminUp, state.addresses, state.linkLocal,
            world.topology().interface(ref).segment};
}

template <typename Predicate>
RecordId ForwardingWatch::Impl::causeAmong(const std::vector<Turn>& turns, Which which, Predicate concerns) {
    RecordId found;
    for (const Turn& turn : turns) {
        if (!concerns(turn)) continue;
        const bool isBetter = which == Which::First ? turn.cause < found : turn.cause > found;
        if (!found.isSome() || isBetter) found = turn.cause;
    }
    return found;
}

/// The node's own turn, or that of one who sends to it, now or before.
RecordId ForwardingWatch::Impl::causeOfHole(NodeId node, const Destination& destination,
                                            const std::vector<Turn>& turns, Which which) {
    const RecordId own = causeAmong(turns, which, [&](const Turn& turn) { return turn.node == node; });
    if (own.isSome()) return own;
    return causeAmong(turns, which, [&](const Turn& turn) {
        return contains(turn.before->next, node) || contains(destination.paths.onward(turn.node).next, node);
    });
}

ForwardingWatch::Impl::Impl(const Simulation& world)
    : now_(world.now()),
      nodes_(world.topology().nodes().size()),
      classes_(forwardingClasses(world)),
      book_(world),
      plugs_(nodes_) {
    (void)nodesAtChangedPlugs(world, {});
    for (const std::uint32_t position : classes_.sorted()) {
        const Prefix& prefix = classes_.at(position).first;
        destinations_.emplace(prefix, ForwardingPaths(nodes_, nowhere_));
        Concern concern;
        concern.isNew = true;
        update(world, prefix, std::move(concern));
    }
    notePairs();
}

void ForwardingWatch::Impl::instantOver(const Simulation& world, std::span<const Record> records) {
    if (records.empty()) return;
    now_ = records.back().time;
    countLosses(records, false);
    Concerns concerns;
    followClasses(records, concerns);
    followInterfaces(world, records, concerns);
    followRoutes(world, records, concerns);
    for (auto& [prefix, concern] : concerns)
        update(world, prefix, std::move(concern));
    countLosses(records, true);
    if (!concerns.empty()) notePairs();
}

/// Classes come with the first router that selects a route for the prefix, and go with the last.
void ForwardingWatch::Impl::followClasses(std::span<const Record> records, Concerns& concerns) {
    std::map<Prefix, RecordId> touched;
    for (const Record& record : records) {
        const auto* changed = std::get_if<record::RouteChanged>(&record.what);
        if (changed == nullptr) continue;
        const RibChange& change = *changed->change;
        if (change.before.exists() == change.after.exists()) continue;
        touched[change.prefix] = record.id;
        std::uint32_t& routers = classes_[change.prefix];
        routers = change.after.exists() ? routers + 1 : routers - 1;
    }
    for (const auto& [prefix, cause] : touched) {
        if (*classes_.find(prefix) == 0) classes_.erase(prefix);
    }
    for (const auto& [prefix, cause] : touched) {
        const bool exists = classes_.find(prefix) != nullptr;
        if (exists == destinations_.contains(prefix)) continue;
        if (exists) {
            destinations_.emplace(prefix, ForwardingPaths(nodes_, nowhere_));
            concerns[prefix].isNew = true;
            concerns[prefix].cause = cause;
        } else {
            classEnded(prefix, cause);
        }
        enclosingClassConcerned(prefix, cause, concerns);
    }
}

void ForwardingWatch::Impl::classEnded(const Prefix& prefix, RecordId cause) {
    const auto loops = loops_.openOf(prefix);
    for (const auto& [place, position] : loops)
        loops_.end(prefix, place, now_, cause);
    const auto holes = holes_.openOf(prefix);
    for (const auto& [place, position] : holes)
        holes_.end(prefix, place, now_, cause);
    const auto at = destinations_.find(prefix);
    reachable_ -= at->second.reachable;
    all_ -= at->second.all;
    destinations_.erase(at);
}

/// It has lost addresses to the prefix, or has them back. Classes around that one never had them.
void ForwardingWatch::Impl::enclosingClassConcerned(const Prefix& prefix, RecordId cause,
                                                    Concerns& concerns) {
    const auto around = classes_.longestMatch(
        prefix.address(), [&](const auto& candidate) { return candidate.first.length() < prefix.length(); });
    if (!around) return;
    concerns[around->first].mayStandElsewhere = true;
    concerns[around->first].cause = cause;
}

/// Interfaces that differ, and who sends to them: the nodes, each with the record to blame.
std::map<NodeId, RecordId> ForwardingWatch::Impl::nodesAtChangedPlugs(const Simulation& world,
                                                                      std::span<const Record> records) {
    RecordId action;
    std::map<InterfaceRef, RecordId> recorded;
    for (const Record& record : records) {
        if (std::holds_alternative<record::ActionTaken>(record.what)) action = record.id;
        if (const auto* changed = std::get_if<record::InterfaceChanged>(&record.what))
            recorded[{record.node, changed->interface}] = record.id;
    }
    std::map<NodeId, RecordId> nodes;
    for (std::uint32_t n = 0; n < nodes_; ++n) {
        plugs_[n].resize(world.node(NodeId(n)).interfaces.size());
        for (std::size_t i = 0; i < plugs_[n].size(); ++i) {
            const InterfaceRef ref{NodeId(n), InterfaceId(static_cast<InterfaceId::Value>(i))};
            Plug present = plugOf(world, ref);
            if (present == plugs_[n][i]) continue;
            plugs_[n][i] = std::move(present);
            // Switching off what had no carrier leaves no record of its own.
            const auto at = recorded.find(ref);
            const RecordId cause = at == recorded.end() ? action : at->second;
            nodes[ref.node] = cause;
            if (!plugs_[n][i].segment.isSome()) continue;
            for (const InterfaceRef end : world.topology().segment(plugs_[n][i].segment).ends)
                nodes[end.node] = cause;
        }
    }
    return nodes;
}

void ForwardingWatch::Impl::followInterfaces(const Simulation& world, std::span<const Record> records,
                                             Concerns& concerns) {
    const bool mayHaveChanged = std::any_of(records.begin(), records.end(), [](const Record& record) {
        return std::holds_alternative<record::ActionTaken>(record.what) ||
               std::holds_alternative<record::InterfaceChanged>(record.what);
    });
    if (!mayHaveChanged) return;
    const auto nodes = nodesAtChangedPlugs(world, records);
    if (nodes.empty()) return;
    book_ = AddressBook(world);
    for (const auto& [prefix, destination] : destinations_) {
        Concern& concern = concerns[prefix];
        concern.mayStandElsewhere = true;
        if (!concern.cause.isSome()) concern.cause = nodes.begin()->second;
        concern.nodes.insert(nodes.begin(), nodes.end());
    }
}

/// A route of a router concerns its own class and all longer ones that the router has no longer route for.
void ForwardingWatch::Impl::followRoutes(const Simulation& world, std::span<const Record> records,
                                         Concerns& concerns) const {
    for (const Record& record : records) {
        const auto* changed = std::get_if<record::RouteChanged>(&record.what);
        if (changed == nullptr || changed->change->before.hops == changed->change->after.hops) continue;
        const Prefix& prefix = changed->change->prefix;
        const Rib& rib = world.node(record.node).rib;
        const IpAddress last = prefix.lastAddress();
        for (auto at = destinations_.lower_bound(prefix);
             at != destinations_.end() && at->first.address() <= last; ++at) {
            if (at->first != prefix) {
                const auto match = at->second.stands ? rib.match(at->second.stands->address) : std::nullopt;
                if (match && match->length() > prefix.length()) continue;
            }
            concerns[at->first].nodes[record.node] = record.id;
        }
    }
}

void ForwardingWatch::Impl::update(const Simulation& world, const Prefix& prefix, Concern concern) {
    Destination& destination = destinations_.at(prefix);
    if (concern.isNew || concern.mayStandElsewhere) {
        const auto stands = representative(prefix, classes_, book_);
        concern.mayStandElsewhere = stands != destination.stands;
        destination.stands = stands;
    }
    const std::vector<Turn> turns = turn(world, destination, concern);
    if (turns.empty() && !concern.mayStandElsewhere) return;
    updateLoops(world, prefix, destination, turns);
    updateHoles(world, prefix, destination, concern, turns);
    updatePairs(destination);
}

/// Looks the concerned nodes' ways up and returns those nodes that have another one, in order.
auto ForwardingWatch::Impl::turn(const Simulation& world, Destination& destination, const Concern& concern)
    -> std::vector<Turn> {
    std::vector<Turn> turns;
    const auto look = [&](NodeId node, RecordId cause) {
        const Onward* before = &destination.paths.onward(node);
        const Onward* now = destination.stands
                                ? onwards_.keep(onwardFrom(world, node, destination.stands->address))
                                : nowhere_;
        if (now == before) return;
        destination.paths.set(node, now);
        turns.push_back({node, before, cause});
    };
    if (!concern.isNew && !concern.mayStandElsewhere) {
        for (const auto& [node, cause] : concern.nodes)
            look(node, cause);
        return turns;
    }
    for (std::uint32_t n = 0; n < nodes_; ++n) {
        const auto own = concern.nodes.find(NodeId(n));
        look(NodeId(n), own == concern.nodes.end() ? concern.cause : own->second);
    }
    return turns;
}

/// A circle that was not there before goes through a node that turned, or was hidden among circles that did;
/// so only what can be reached from these is walked.
void ForwardingWatch::Impl::updateLoops(const Simulation& world, const Prefix& prefix,
                                        Destination& destination, const std::vector<Turn>& turns) {
    std::vector<NodeId> turned;
    for (const Turn& turn : turns)
        turned.push_back(turn.node);
    std::vector<NodeId> starts = turned;
    const auto open = loops_.openOf(prefix);
    for (const auto& [routers, position] : open)
        starts.insert(starts.end(), routers.begin(), routers.end());
    const auto circles = finder_.find(destination.paths.graph(), starts);

    const auto causeOf = [&](const std::vector<NodeId>& routers, Which which) {
        const RecordId own =
            causeAmong(turns, which, [&](const Turn& turn) { return contains(routers, turn.node); });
        return own.isSome() ? own : causeAmong(turns, which, [](const Turn&) { return true; });
    };
    for (const auto& [routers, position] : open) {
        if (!circles.contains(routers)) loops_.end(prefix, routers, now_, causeOf(routers, Which::First));
    }
    for (const auto& routers : circles) {
        if (open.contains(routers)) continue;
        LoopEpisode loop;
        loop.destination = prefix;
        loop.routers = routers;
        loop.begin = now_;
        loop.cause = causeOf(routers, Which::Last);
        loops_.begin(std::move(loop));
    }
    destination.paths.settle(turned, circles, world.topology());
}

/// Whether a node is a black hole hangs on its own way and on whether others send to it.
void ForwardingWatch::Impl::updateHoles(const Simulation& world, const Prefix& prefix,
                                        const Destination& destination, const Concern& concern,
                                        const std::vector<Turn>& turns) {
    std::set<NodeId> candidates;
    for (const Turn& turn : turns) {
        const auto& now = destination.paths.onward(turn.node).next;
        candidates.insert(turn.node);
        candidates.insert(turn.before->next.begin(), turn.before->next.end());
        candidates.insert(now.begin(), now.end());
    }
    for (std::uint32_t n = 0; concern.mayStandElsewhere && n < nodes_; ++n)
        candidates.insert(NodeId(n));
    const bool isAttached = destination.stands && destination.stands->isAttached;
    const auto open = holes_.openOf(prefix);
    for (const NodeId node : candidates) {
        const Onward& onward = destination.paths.onward(node);
        std::optional<DropReason> reason;
        if (isAttached && !onward.lost.empty())
            reason = holeIn(onward, destination.paths.isFed(node, world.topology()));
        const auto known = open.lower_bound({node, DropReason{}});
        const bool isOpen = known != open.end() && known->first.first == node;
        if (isOpen && reason == known->first.second) continue;

        const auto cause = [&](Which which) {
            const RecordId found = causeOfHole(node, destination, turns, which);
            return found.isSome() ? found : concern.cause;
        };
        if (isOpen) holes_.end(prefix, known->first, now_, cause(Which::First));
        if (!reason) continue;
        BlackHoleEpisode hole;
        hole.destination = prefix;
        hole.at = node;
        hole.reason = *reason;
        hole.begin = now_;
        hole.cause = cause(Which::Last);
        holes_.begin(std::move(hole));
    }
}

void ForwardingWatch::Impl::updatePairs(Destination& destination) {
    reachable_ -= destination.reachable;
    all_ -= destination.all;
    destination.reachable = destination.all = 0;
    if (destination.stands && destination.stands->isAttached) {
        destination.all = nodes_;
        destination.reachable = destination.paths.reachingCount();
        // The network is nowhere else for the only node that is in it.
        const NodeId only = destination.stands->onlyPlace;
        if (only.isSome()) --destination.all;
        if (only.isSome() && destination.paths.reaches(only)) --destination.reachable;
    }
    reachable_ += destination.reachable;
    all_ += destination.all;
}

void ForwardingWatch::Impl::notePairs() {
    if (!pairs_.empty() && pairs_.back().time == now_ && pairs_.size() > 1) pairs_.pop_back();
    const bool isFirst = pairs_.empty() || pairs_.back().time == now_;
    if (isFirst) pairs_.assign(1, {now_, reachable_, all_});
    if (pairs_.back().reachable != reachable_ || pairs_.back().all != all_)
        pairs_.push_back({now_, reachable_, all_});
}

/// Of episodes that were there before these records, or `ofNewOnes`, which count what came after their cause.
void ForwardingWatch::Impl::countLosses(std::span<const Record> records, bool ofNewOnes) {
    if (!loops_.anyOpen() && !holes_.anyOpen()) return;
    for (const Record& record : records) {
        const auto* dropped = std::get_if<record::PacketDropped>(&record.what);
        if (dropped == nullptr) continue;
        const auto match = classes_.longestMatch(dropped->packet->destination);
        if (!match) continue;
        const auto count = [&](auto& episode) {
            const bool isNew = episode.cause.isSome() && episode.cause >= records.front().id;
            if (isNew == ofNewOnes && (!isNew || episode.cause < record.id)) ++episode.packetsLost;
        };
        for (const auto& [routers, position] : loops_.openOf(match->first)) {
            if (dropped->reason == DropReason::TtlExpired && contains(routers, record.node))
                count(loops_.at(position));
        }
        const auto& holes = holes_.openOf(match->first);
        const auto hole = holes.find({record.node, dropped->reason});
        if (hole != holes.end()) count(holes_.at(hole->second));
    }
}

RecordLog::Kinds ForwardingWatch::kinds() {
    RecordLog::Kinds kinds = 0;
    for (const record::What& what :
         {record::What(record::ActionTaken{}), record::What(record::InterfaceChanged{}),
          record::What(record::PacketDropped{}), record::What(record::RouteChanged{})})
        kinds |= RecordLog::Kinds{1} << what.index();
    return kinds;
}

ForwardingWatch::ForwardingWatch(const Simulation& world) : impl_(std::make_unique<Impl>(world)) {}
ForwardingWatch::~ForwardingWatch() = default;
ForwardingWatch::ForwardingWatch(ForwardingWatch&&) noexcept = default;
ForwardingWatch& ForwardingWatch::operator=(ForwardingWatch&&) noexcept = default;

void ForwardingWatch::instantOver(const Simulation& world, std::span<const Record> records) {
    impl_->instantOver(world, records);
}

const std::vector<LoopEpisode>& ForwardingWatch::loops() const { return impl_->loops_.all(); }
const std::vector<BlackHoleEpisode>& ForwardingWatch::blackHoles() const { return impl_->holes_.all(); }
const std::vector<ReachablePairs>& ForwardingWatch::reachablePairs() const { return impl_->pairs_; }

}  // namespace peerscape
