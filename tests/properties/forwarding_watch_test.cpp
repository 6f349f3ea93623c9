// The watch over the forwarding graph against a walk over every destination at every change.
#include "engine/lab/forwarding_watch.hpp"

#include "engine/lab/forwarding_walk.hpp"
#include "tests/engine/sim/toy_process.hpp"
#include "tests/properties/graph_lab.hpp"

namespace peerscape::properties {
namespace {

/// Everything that is open at one moment, by brute force.
struct Picture {
    SimTime time;
    std::set<std::pair<Prefix, std::vector<NodeId>>> loops;
    std::set<std::tuple<Prefix, NodeId, DropReason>> holes;
    std::uint64_t reachable = 0;
    std::uint64_t all = 0;
};

/// From where packets end up in circles, or get lost, or arrive.
struct Fates {
    bool allArrive = true;
    bool someCircle = false;
};

/// Follows all ways at once, step by step: who still walks after as many steps as there are nodes walks in a
/// circle.
Fates fatesFrom(const std::vector<Onward>& ways, NodeId start) {
    Fates fates;
    std::set<NodeId> walking{start};
    for (std::size_t step = 0; step <= ways.size() && !walking.empty(); ++step) {
        std::set<NodeId> onward;
        for (const NodeId node : walking) {
            const Onward& way = ways[node.value()];
            if (!way.lost.empty()) fates.allArrive = false;
            onward.insert(way.next.begin(), way.next.end());
        }
        walking = std::move(onward);
    }
    fates.someCircle = !walking.empty();
    if (fates.someCircle) fates.allArrive = false;
    return fates;
}

/// An address of the class; nothing when longer prefixes take all of them.
std::optional<IpAddress> addressOf(const Simulation& world, const Prefix& network,
                                   const std::set<Prefix>& classes) {
    const auto isTaken = [&](const IpAddress& address) {
        return std::any_of(classes.begin(), classes.end(), [&](const Prefix& other) {
            return other.length() > network.length() && other.contains(address);
        });
    };
    std::optional<IpAddress> free;
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
        for (const InterfaceState& interface : world.node(NodeId(n)).interfaces) {
            for (const InterfaceAddress& own : interface.addresses) {
                if (interface.isUp() && own.network() == network && !isTaken(own.address)) return own.address;
            }
        }
    }
    // Where addresses of the class may begin: behind the network's own, and behind each longer prefix.
    std::set<IpAddress> before{network.address()};
    for (const Prefix& other : classes) {
        if (network.contains(other)) before.insert(other.lastAddress());
    }
    for (const IpAddress& base : before) {
        constexpr std::uint64_t kMoreThanNodes = 20;
        for (std::uint64_t step = 1; step <= kMoreThanNodes; ++step) {
            const IpAddress candidate = base.plus(step);
            if (!network.contains(candidate) || candidate <= base || isTaken(candidate)) continue;
            bool isLocal = false;
            for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n)
                isLocal = isLocal || world.node(NodeId(n)).isLocal(candidate);
            if (!isLocal) return candidate;
            free = candidate;
        }
    }
    return isTaken(network.address()) ? free : network.address();
}

std::map<Prefix, std::set<NodeId>> placesOfNetworks(const Simulation& world) {
    std::map<Prefix, std::set<NodeId>> places;
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
        for (const InterfaceState& interface : world.node(NodeId(n)).interfaces) {
            for (const InterfaceAddress& own : interface.addresses) {
                if (interface.isUp()) places[own.network()].insert(NodeId(n));
            }
        }
    }
    return places;
}

std::set<Prefix> selectedPrefixes(const Simulation& world) {
    std::set<Prefix> selected;
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
        const Rib& rib = world.node(NodeId(n)).rib;
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            for (const Prefix& prefix : rib.prefixes(family)) {
                if (rib.selected(prefix).exists()) selected.insert(prefix);
            }
        }
    }
    return selected;
}

/// Counts the pairs, and sees that findLoops() names circles for just those destinations that have some.
void walkEveryPair(const Simulation& world, Picture& picture) {
    const auto nodes = static_cast<std::uint32_t>(world.topology().nodes().size());
    const auto places = placesOfNetworks(world);
    const auto classes = selectedPrefixes(world);
    for (const Prefix& prefix : classes) {
        const auto address = addressOf(world, prefix, classes);
        std::vector<Onward> ways;
        for (std::uint32_t n = 0; address && n < nodes; ++n)
            ways.push_back(onwardFrom(world, NodeId(n), *address));
        bool hasCircle = false;
        for (std::uint32_t n = 0; address && n < nodes; ++n) {
            const Fates fates = fatesFrom(ways, NodeId(n));
            hasCircle = hasCircle || fates.someCircle;
            if (!places.contains(prefix)) continue;
            const auto& in = places.at(prefix);
            if (in.size() == 1 && in.contains(NodeId(n))) continue;
            ++picture.all;
            if (fates.allArrive) ++picture.reachable;
        }
        const auto named = picture.loops.lower_bound({prefix, {}});
        EXPECT_EQ(named != picture.loops.end() && named->first == prefix, hasCircle) << toString(prefix);
    }
}

Picture bruteForce(const Simulation& world) {
    Picture picture;
    picture.time = world.now();
    for (const ForwardingLoop& loop : findLoops(world))
        picture.loops.emplace(loop.destination, loop.routers);
    for (const BlackHole& hole : findBlackHoles(world))
        picture.holes.emplace(hole.destination, hole.at, hole.reason);
    walkEveryPair(world, picture);
    return picture;
}

/// Episodes put together from pictures, one per instant: (what, begin, end).
template <typename What>
class History {
  public:
    void see(SimTime time, const std::set<What>& present) {
        for (auto at = open_.begin(); at != open_.end();) {
            if (!present.contains(at->first)) over_.emplace(at->first, at->second, time);
            at = present.contains(at->first) ? std::next(at) : open_.erase(at);
        }
        for (const What& what : present)
            open_.try_emplace(what, time);
    }
    std::set<std::tuple<What, SimTime, SimTime>> all() const {
        auto result = over_;
        for (const auto& [what, begin] : open_)
            result.emplace(what, begin, SimTime::never());
        return result;
    }

  private:
    std::map<What, SimTime> open_;
    std::set<std::tuple<What, SimTime, SimTime>> over_;
};

/// A lab, the watch over it, and brute force beside it.
class WatchedLab {
  public:
    WatchedLab(const Graph& graph, const GraphLabOptions& options)
        : lab_(graph, options), random_(options.seed, "watch", "events"), routes_(lab_.routerCount()) {
        lab_.lab().log().keep(ForwardingWatch::kinds());
        watch_.emplace(world());
        picture_ = bruteForce(world());
        compare();
    }

    /// Something happens, and a while passes.
    void goOn() {
        if (random_.below(2) == 0) {
            changeStaticRoutes();
        } else {
            breakOrMend();
        }
        look();
        const SimTime until =
            lab_.lab().now() + Duration::milliseconds(static_cast<std::int64_t>(1 + random_.below(20'000)));
        while (lab_.lab().simulation().nextEventTime() <= until && lab_.lab().step()) {
            if (world().nextEventTime() > world().now()) look();
        }
        lab_.lab().runUntil(until);
        look();
    }
    /// Episodes as a whole are those that the pictures tell of.
    void compareHistory() {
        remember();
        std::set<std::tuple<std::pair<Prefix, std::vector<NodeId>>, SimTime, SimTime>> loops;
        for (const LoopEpisode& loop : watch_->loops())
            loops.emplace(std::pair(loop.destination, loop.routers), loop.begin, loop.end);
        EXPECT_EQ(loops, loops_.all());
        EXPECT_EQ(loops.size(), watch_->loops().size());
        std::set<std::tuple<std::tuple<Prefix, NodeId, DropReason>, SimTime, SimTime>> holes;
        for (const BlackHoleEpisode& hole : watch_->blackHoles())
            holes.emplace(std::tuple(hole.destination, hole.at, hole.reason), hole.begin, hole.end);
        EXPECT_EQ(holes, holes_.all());
        EXPECT_EQ(holes.size(), watch_->blackHoles().size());
        checkOrder(watch_->loops());
        checkOrder(watch_->blackHoles());
    }
    std::size_t comparisons() const { return comparisons_; }
    const ForwardingWatch& watch() const { return *watch_; }

  private:
    const Simulation& world() { return lab_.lab().simulation(); }

    void look() {
        std::vector<Record> records;
        const auto& kept = lab_.lab().log().kept();
        for (; read_ < kept.size(); ++read_)
            records.push_back(kept[read_]);
        if (records.empty()) return;
        if (world().now() != picture_.time) remember();
        watch_->instantOver(world(), records);
        picture_ = bruteForce(world());
        compare();
    }
    void remember() {
        loops_.see(picture_.time, picture_.loops);
        holes_.see(picture_.time, picture_.holes);
    }
    void compare() {
        ++comparisons_;
        decltype(Picture::loops) loops;
        for (const LoopEpisode& loop : watch_->loops()) {
            if (loop.end.isNever()) loops.emplace(loop.destination, loop.routers);
        }
        EXPECT_EQ(loops, picture_.loops);
        decltype(Picture::holes) holes;
        for (const BlackHoleEpisode& hole : watch_->blackHoles()) {
            if (hole.end.isNever()) holes.emplace(hole.destination, hole.at, hole.reason);
        }
        EXPECT_EQ(holes, picture_.holes);
        EXPECT_EQ(watch_->reachablePairs().back().reachable, picture_.reachable);
        EXPECT_EQ(watch_->reachablePairs().back().all, picture_.all);
    }
    template <typename Episode>
    static void checkOrder(const std::vector<Episode>& episodes) {
        EXPECT_TRUE(std::is_sorted(episodes.begin(), episodes.end(), [](const auto& a, const auto& b) {
            return std::tuple(a.begin, a.destination) < std::tuple(b.begin, b.destination);
        }));
        for (const Episode& episode : episodes) {
            EXPECT_LT(episode.begin, episode.end);
            EXPECT_TRUE(episode.cause.isSome() || episode.begin == SimTime::start());
            EXPECT_EQ(episode.endCause.isSome(), !episode.end.isNever());
        }
    }

    /// Networks that exist, parts of them, networks around them, and one that nobody has.
    Prefix randomPrefix() {
        const Prefix stub = lab_.stubNetwork(random_.below(lab_.routerCount()));
        const Prefix link = lab_.linkNetwork(random_.below(lab_.linkCount()));
        const bool isV4 = stub.family() == Family::IPv4;
        const auto longer = [](const Prefix& p, int by) {
            return Prefix(p.address(), static_cast<std::uint8_t>(p.length() + by));
        };
        switch (random_.below(8)) {
            case 0:
            case 1:
                return stub;
            case 2:
                return link;
            case 3:
                return longer(stub, 1 + static_cast<int>(random_.below(2)));
            case 4:
                return longer(link, 1 + static_cast<int>(random_.below(2)));
            case 5:
                return Prefix(stub.address(), isV4 ? 8 : 32);
            case 6:
                return Prefix::defaultRoute(stub.family());
            default:
                return Prefix::parse(isV4 ? "192.0.2.0/24" : "2001:db8:ffff::/64").value();
        }
    }
    NextHop randomHop(std::size_t router) {
        const auto& interfaces = world().topology().node(GraphLab::node(router)).interfaces;
        const std::size_t chosen = random_.below(interfaces.size());
        const SegmentId segment = interfaces[chosen].segment;
        if (random_.below(12) == 0) return NextHop::blackhole();
        if (random_.below(12) == 0 && !interfaces[chosen].addresses.empty())
            return NextHop::through(InterfaceId(static_cast<InterfaceId::Value>(chosen)));
        for (const InterfaceRef end : world().topology().segment(segment).ends) {
            const auto& addresses = world().topology().interface(end).addresses;
            if (end.node != GraphLab::node(router) && !addresses.empty())
                return NextHop::via(addresses.front().address);
        }
        return NextHop::reject();
    }
    /// Static routes are written by somebody who has no plan.
    void changeStaticRoutes() {
        const std::size_t router = random_.below(lab_.routerCount());
        auto& offers = routes_[router];
        if (offers.size() > 3 || (!offers.empty() && random_.below(3) == 0)) {
            offers.erase(offers.begin() + static_cast<std::ptrdiff_t>(random_.below(offers.size())));
        } else {
            RouteOffer offer;
            offer.prefix = randomPrefix();
            offer.distance = static_cast<Distance>(random_.below(2) == 0 ? 1 : 200);
            offer.slot = offer.distance;
            offer.allowRecursion = true;
            for (std::size_t hops = 1 + random_.below(2); hops > 0; --hops)
                offer.nextHops.push_back(randomHop(router));
            // A route either drops packets or forwards them.
            if (offer.nextHops.front().isDiscard() || offer.nextHops.back().isDiscard())
                offer.nextHops.resize(1);
            offers.push_back(offer);
        }
        const NodeState& node = world().node(GraphLab::node(router));
        auto config = std::make_shared<RouterConfig>(*node.config);
        ToySettings settings;
        settings.offers = offers;
        config->processes[ToyConfig::kProtocol] = std::make_shared<const ToyConfig>(settings);
        lab_.act("static routes", action::Configure{GraphLab::node(router), config});
    }
    void breakOrMend() {
        const std::size_t link = random_.below(lab_.linkCount());
        const std::size_t router = random_.below(lab_.routerCount());
        const auto& ends = world().topology().segment(GraphLab::segment(link)).ends;
        const InterfaceRef end = ends[random_.below(ends.size())];
        const bool up = random_.below(5) < 3;
        switch (random_.below(6)) {
            case 0:
                return lab_.setLink(link, up);
            case 1:
                return lab_.setRouter(router, up);
            case 2:
                return lab_.act("plug", action::SetPlug{end, up});
            case 3:
                return lab_.act("admin", action::SetAdmin{end, up});
            case 4:
                return lab_.setSilent(link, !up);
            default:
                return addLink(router);
        }
    }
    void addLink(std::size_t router) {
        const std::size_t other = (router + 1) % lab_.routerCount();
        const std::string name = "new" + std::to_string(added_++);
        const bool isV4 = lab_.stubNetwork(0).family() == Family::IPv4;
        const auto address = [&](int host) {
            const std::string text = isV4 ? fmt::format("172.31.{}.{}/24", added_, host)
                                          : fmt::format("2001:db8:3:{:x}::{}/64", added_, host);
            return InterfaceAddress::parse(text).value();
        };
        action::AddSegment add;
        add.name = name;
        add.kind = SegmentKind::Lan;
        add.ends = {{GraphLab::node(router), name, {address(1)}},
                    {GraphLab::node(other), name, {address(2)}}};
        lab_.act("add", add);
    }

    GraphLab lab_;
    RandomStream random_;
    std::vector<std::vector<RouteOffer>> routes_;
    std::optional<ForwardingWatch> watch_;
    std::size_t read_ = 0;
    Picture picture_;
    History<std::pair<Prefix, std::vector<NodeId>>> loops_;
    History<std::tuple<Prefix, NodeId, DropReason>> holes_;
    std::size_t comparisons_ = 0;
    int added_ = 0;
};

TEST(ForwardingWatchOnGraphs, AgreesWithAWalkOverEveryDestinationAtEveryChange) {
    std::size_t comparisons = 0;
    std::size_t loops = 0;
    std::size_t holes = 0;
    for (std::uint64_t seed = 1; seed <= seedCount(); ++seed) {
        GraphLabOptions options;
        options.seed = seed;
        options.family = seed % 5 == 0 ? Family::IPv6 : Family::IPv4;
        options.timers = {Duration::seconds(5), Duration::seconds(30), Duration::seconds(20)};
        options.allowsEcmp = seed % 2 == 0;
        if (seed % 3 == 0) options.splitHorizon = rip::SplitHorizon::Off;
        WatchedLab lab(randomGraph(seed), options);
        for (int event = 0; event < 50; ++event)
            lab.goOn();
        lab.compareHistory();
        ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed;
        comparisons += lab.comparisons();
        loops += lab.watch().loops().size();
        holes += lab.watch().blackHoles().size();
    }
    // The labs are worth looking at.
    EXPECT_GT(comparisons, 50 * seedCount());
    EXPECT_GT(loops, 5 * seedCount());
    EXPECT_GT(holes, 5 * seedCount());
}

}  // namespace
}  // namespace peerscape::properties
