// FIB = best of RIB, with real competition: besides RIP two other protocols offer routes of all distances,
// inside and around RIP's prefixes. What must win is worked out from what was offered (by the test, by RIP's
// own database, by the cables), not from what the RIB says of its candidates.
#include <array>
#include <tuple>

#include "protocols/rip/process.hpp"
#include "tests/engine/sim/toy_process.hpp"
#include "tests/properties/graph_lab.hpp"

namespace peerscape::properties {
namespace {

constexpr std::array<ProtocolId, 2> kOthers{ProtocolId{20}, ProtocolId{21}};

using Rank = std::tuple<bool, Distance, std::uint32_t>;  ///< not connected, distance, metric: least wins
struct Candidate {
    Rank rank;
    NextHops hops;
};
using BestRoutes = std::map<Prefix, Candidate>;

/// A network with rivals on every router, and the books that the test keeps on it.
class Rivals {
  public:
    explicit Rivals(std::uint64_t seed)
        : lab_(randomGraph(seed), options(seed)), random_(seed, "graph", "rivals") {
        for (std::size_t r = 0; r < lab_.routerCount(); ++r)
            addRivals(r);
    }

    GraphLab& lab() { return lab_; }

    void setRival(std::size_t router, ProtocolId protocol, bool isRunning) {
        lab_.act("rival", action::SetProcess{GraphLab::node(router), protocol, isRunning});
        if (isRunning) stopped_.erase({router, protocol});
        if (!isRunning) stopped_.insert({router, protocol});
    }

    void check(const std::string& where) {
        for (std::size_t r = 0; r < lab_.routerCount(); ++r)
            checkRouter(r, fmt::format("{}: R{}", where, r));
    }

  private:
    static GraphLabOptions options(std::uint64_t seed) {
        GraphLabOptions result;
        result.seed = seed;
        result.timers = {Duration::seconds(5), Duration::seconds(30), Duration::seconds(20)};
        return result;
    }
    const NodeState& state(std::size_t router) {
        return lab_.lab().simulation().node(GraphLab::node(router));
    }

    void addRivals(std::size_t router) {
        auto config = std::make_shared<RouterConfig>(*state(router).config);
        for (const ProtocolId protocol : kOthers) {
            ToySettings settings;
            std::set<Prefix> offered;
            for (int i = 0; i < 6; ++i) {
                const RouteOffer offer = randomOffer(router, protocol);
                if (offered.insert(offer.prefix).second) settings.offers.push_back(offer);
            }
            offers_[{router, protocol}] = settings.offers;
            config->processes[protocol] = std::make_shared<const ToyConfig>(settings, protocol);
        }
        lab_.act("configure", action::Configure{GraphLab::node(router), config});
    }
    RouteOffer randomOffer(std::size_t router, ProtocolId protocol) {
        constexpr std::array<Distance, 9> kDistances{0, 1, 20, 110, 119, 120, 121, 200, kUnreachableDistance};
        RouteOffer offer;
        offer.prefix = randomPrefix();
        offer.distance = kDistances[random_.below(kDistances.size())];
        // Never a metric of RIP's, nor the other rival's: which of two equals is older is another test's
        // matter.
        const bool isFirst = protocol == kOthers.front();
        offer.metric = random_.below(2) == 0 ? (isFirst ? 0 : 1) : (isFirst ? 100 : 101);
        offer.nextHops = {randomHop(router)};
        return offer;
    }
    /// A network that RIP knows, a half of one, one around all, or the default.
    Prefix randomPrefix() {
        const Prefix stub = lab_.stubNetwork(random_.below(lab_.routerCount()));
        switch (random_.below(5)) {
            case 0:
                return lab_.linkNetwork(random_.below(lab_.linkCount()));
            case 1:
                return {stub.address().plus(128 * random_.below(2)), 25};
            case 2:
                return {stub.address(), 16};
            case 3:
                return Prefix::defaultRoute(Family::IPv4);
            default:
                return stub;
        }
    }
    /// The neighbour on a link of the router, or nowhere.
    NextHop randomHop(std::size_t router) {
        NextHops hops{NextHop::blackhole()};
        for (std::size_t i = 0; i < lab_.linkCount(); ++i) {
            for (const InterfaceRef end : topology().segment(GraphLab::segment(i)).ends) {
                if (end.node != GraphLab::node(router)) continue;
                const IpAddress own = topology().interface(end).addresses.front().address;
                const IpAddress first = lab_.linkNetwork(i).address().plus(1);
                const IpAddress gateway = own == first ? first.plus(1) : first;
                hops.push_back(NextHop::via(gateway, end.interface));
            }
        }
        return hops[random_.below(hops.size())];
    }
    const Topology& topology() { return lab_.lab().simulation().topology(); }

    // What must be in the FIB.
    static void consider(BestRoutes& best, const Prefix& prefix, const Rank& rank, const NextHops& hops) {
        const auto [at, isNew] = best.try_emplace(prefix, Candidate{rank, hops});
        if (!isNew && rank < at->second.rank) at->second = {rank, hops};
    }
    BestRoutes bestOf(std::size_t router) {
        BestRoutes best;
        const auto isUp = [&](InterfaceId id) { return state(router).interfaces[id.value()].isUp(); };
        for (const InterfaceState& interface : state(router).interfaces) {
            for (const InterfaceAddress& address : interface.addresses) {
                if (interface.isUp())
                    consider(best, address.network(), {false, 0, 0}, {NextHop::through(interface.id)});
            }
        }
        for (const ProtocolId protocol : kOthers) {
            if (stopped_.contains({router, protocol})) continue;
            for (const RouteOffer& offer : offers_.at({router, protocol})) {
                const NextHop& hop = offer.nextHops.front();
                if (offer.distance == kUnreachableDistance || (!hop.isDiscard() && !isUp(hop.interface)))
                    continue;
                consider(best, offer.prefix, {true, offer.distance, offer.metric}, offer.nextHops);
            }
        }
        addRoutesOfRip(router, best);
        return best;
    }
    void addRoutesOfRip(std::size_t router, BestRoutes& best) {
        const auto& process = dynamic_cast<const rip::RipProcess&>(*state(router).slotOf(rip::kRip)->process);
        for (const auto& [prefix, route] : process.table().routes()) {
            const rip::RouteOrigin& origin = process.table().origin(route);
            if (origin.kind != rip::RouteKind::Learned || route.metric.isInfinite()) continue;
            consider(best, prefix, {true, rip::kDefaultDistance, route.metric.value()},
                     {NextHop::via(origin.gateway, origin.interface)});
        }
    }

    void checkRouter(std::size_t router, const std::string& where) {
        const Rib& rib = state(router).rib;
        const BestRoutes best = bestOf(router);
        for (const Prefix& prefix : rib.prefixes(Family::IPv4)) {
            EXPECT_EQ(rib.selected(prefix).exists(), best.contains(prefix))
                << where << " " << toString(prefix);
        }
        for (const auto& [prefix, candidate] : best) {
            const std::string what = where + " " + toString(prefix);
            EXPECT_EQ(rib.selected(prefix).hops, candidate.hops) << what;
            checkLookUp(rib, best, prefix.address().plus(1), what);
            checkLookUp(rib, best, prefix.lastAddress(), what);
        }
        for (const char* elsewhere : {"10.0.200.1", "10.1.0.0", "192.0.2.1"})
            checkLookUp(rib, best, IpAddress::parse(elsewhere).value(), where);
    }
    /// The longest prefix around the address decides.
    static void checkLookUp(const Rib& rib, const BestRoutes& best, const IpAddress& address,
                            const std::string& where) {
        const NextHops none;
        const NextHops* expected = &none;
        int longest = -1;
        for (const auto& [prefix, candidate] : best) {
            if (!prefix.contains(address) || prefix.length() <= longest) continue;
            longest = prefix.length();
            expected = &candidate.hops;
        }
        const auto got = rib.lookUp(address);
        EXPECT_EQ(NextHops(got.begin(), got.end()), *expected) << where << ", " << toString(address);
    }

    GraphLab lab_;
    RandomStream random_;
    std::map<std::pair<std::size_t, ProtocolId>, std::vector<RouteOffer>> offers_;
    std::set<std::pair<std::size_t, ProtocolId>> stopped_;
};

/// Breaks and mends everything; looks at once, in the middle of convergence, and after it.
void failEverything(Rivals& rivals, const std::string& name) {
    GraphLab& lab = rivals.lab();
    const auto look = [&](const std::string& what) {
        rivals.check(name + what + ", at once");
        lab.lab().runFor(Duration::seconds(3));
        rivals.check(name + what + ", 3 s later");
        lab.converge();
        rivals.check(name + what);
    };
    look("");
    for (std::size_t i = 0; i < lab.linkCount(); ++i) {
        for (const bool isUp : {false, true}) {
            lab.setLink(i, isUp);
            look(fmt::format(", link {} {}", i, isUp ? "restored" : "failed"));
        }
    }
    for (std::size_t r = 0; r < lab.routerCount(); ++r) {
        for (const bool isUp : {false, true}) {
            lab.setRouter(r, isUp);
            look(fmt::format(", router {} {}", r, isUp ? "restored" : "failed"));
            for (const ProtocolId rival : kOthers)
                rivals.setRival(r, rival, isUp);
            look(fmt::format(", rivals of {} {}", r, isUp ? "started" : "stopped"));
        }
    }
}

TEST(BestOfRib, IsWhatTheFibHoldsWhateverFails) {
    for (std::uint64_t seed = 1; seed <= seedCount(); ++seed) {
        Rivals rivals(seed);
        failEverything(rivals, fmt::format("random graph {}", seed));
        if (HasFailure()) return;
    }
}

using Fibs = std::vector<std::map<Prefix, SelectedRoute>>;

Fibs fibsOf(GraphLab& lab) {
    Fibs fibs(lab.routerCount());
    for (std::size_t r = 0; r < lab.routerCount(); ++r) {
        const Rib& rib = lab.lab().simulation().node(GraphLab::node(r)).rib;
        for (const Prefix& prefix : rib.prefixes(Family::IPv4)) {
            if (rib.selected(prefix).exists()) fibs[r][prefix] = rib.selected(prefix);
        }
    }
    return fibs;
}

/// Takes the changes that the log tells of, each of which must begin where the one before it ended.
void replay(const RecordLog& log, Fibs& fibs) {
    for (const Record& entry : log.kept()) {
        const auto* fact = std::get_if<record::RouteChanged>(&entry.what);
        if (fact == nullptr || fact->change->prefix.family() != Family::IPv4) continue;
        auto& fib = fibs[entry.node.value()];
        const Prefix& prefix = fact->change->prefix;
        EXPECT_EQ(fib.contains(prefix) ? fib.at(prefix) : SelectedRoute{}, fact->change->before)
            << toString(prefix);
        if (fact->change->after.exists()) fib[prefix] = fact->change->after;
        if (!fact->change->after.exists()) fib.erase(prefix);
    }
}

TEST(BestOfRib, EveryChangeOfAFibIsTold) {
    for (std::uint64_t seed = 1; seed <= seedCount(50); ++seed) {
        Rivals rivals(seed);
        GraphLab& lab = rivals.lab();
        lab.lab().log().keep(RecordLog::kAll);
        Fibs told = fibsOf(lab);
        for (std::size_t i = 0; i < lab.linkCount(); ++i) {
            lab.setLink(i, false);
            lab.converge();
            lab.setLink(i, true);
        }
        lab.converge();
        replay(lab.lab().log(), told);
        EXPECT_EQ(told, fibsOf(lab)) << "seed " << seed;
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace peerscape::properties
