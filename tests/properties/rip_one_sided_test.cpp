// Faults that one end does not see: a direction that loses everything, a plug pulled at one end, a stub
// network that dies. Information then flows along arcs, not edges, so Boost.Graph judges by a directed graph.
#include "tests/properties/graph_lab.hpp"

namespace peerscape::properties {
namespace {

using Arcs = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

constexpr std::size_t kInfinity = 16;

/// One end of a link: the router that sends there, or whose plug it is.
struct LinkEnd {
    std::size_t link;
    std::size_t router;
    friend auto operator<=>(const LinkEnd&, const LinkEnd&) = default;
};

/// A lab whose faults have a side, and what must become of its tables.
class OneSided {
  public:
    OneSided(const Graph& graph, const GraphLabOptions& options) : lab_(graph, options) {
        const auto [begin, end] = boost::edges(graph);
        for (auto edge = begin; edge != end; ++edge)
            links_.emplace_back(boost::source(*edge, graph), boost::target(*edge, graph));
        for (const LinkEnd& side : ends()) {
            for (const InterfaceRef ref : topology().segment(GraphLab::segment(side.link)).ends) {
                if (ref.node == GraphLab::node(side.router)) interfaces_[side] = ref;
            }
        }
    }

    GraphLab& lab() { return lab_; }
    std::vector<LinkEnd> ends() const {
        std::vector<LinkEnd> all;
        for (std::size_t i = 0; i < links_.size(); ++i) {
            all.push_back({i, links_[i].first});
            all.push_back({i, links_[i].second});
        }
        return all;
    }
    /// What the router sends over the link is lost; what it hears is not.
    void setMute(const LinkEnd& end, bool isMute) {
        lab_.setDumb(end.link, end.router, isMute);
        put(mute_, end, isMute);
    }
    /// Only this end loses its carrier.
    void setPlug(const LinkEnd& end, bool isPlugged) {
        lab_.act("plug", action::SetPlug{interfaces_.at(end), isPlugged});
        put(unplugged_, end, !isPlugged);
    }
    void setStub(std::size_t router, bool up) {
        lab_.act("stub", action::SetSegment{GraphLab::segment(links_.size() + router), up});
        put(deadStubs_, router, !up);
    }

    void checkAfterConvergence(const std::string& where) {
        lab_.converge();
        std::map<Prefix, std::set<std::size_t>> attached;
        for (std::size_t i = 0; i < links_.size(); ++i)
            attached[lab_.linkNetwork(i)] = attachedTo(i);
        for (std::size_t r = 0; r < lab_.routerCount(); ++r) {
            attached[lab_.stubNetwork(r)];
            if (!deadStubs_.contains(r)) attached[lab_.stubNetwork(r)].insert(r);
        }
        for (const auto& [prefix, routers] : attached)
            checkPrefix(prefix, metrics(routers), where);
        EXPECT_TRUE(findLoops(lab_.lab().simulation()).empty()) << where;
        EXPECT_TRUE(findBlackHoles(lab_.lab().simulation()).empty()) << where;
    }

  private:
    template <typename T>
    static void put(std::set<T>& set, const T& what, bool isIn) {
        if (isIn) set.insert(what);
        if (!isIn) set.erase(what);
    }
    LinkEnd opposite(const LinkEnd& end) const {
        const auto [u, v] = links_[end.link];
        return {end.link, end.router == u ? v : u};
    }
    const Topology& topology() { return lab_.lab().simulation().topology(); }
    std::set<std::size_t> attachedTo(std::size_t link) const {
        std::set<std::size_t> routers;
        for (const std::size_t router : {links_[link].first, links_[link].second}) {
            if (!unplugged_.contains({link, router})) routers.insert(router);
        }
        return routers;
    }
    /// Whether what is sent at this end is heard at the other.
    bool carries(const LinkEnd& end) const {
        return !mute_.contains(end) && !unplugged_.contains(end) && !unplugged_.contains(opposite(end));
    }

    /// RIP's metric of a network at every router, from the routers attached to it: breadth first along the
    /// arcs, from a vertex that stands for the network. Infinity where nothing is heard of it.
    std::vector<std::size_t> metrics(const std::set<std::size_t>& attached) const {
        const std::size_t network = lab_.routerCount();
        Arcs arcs(network + 1);
        for (const LinkEnd& end : ends()) {
            if (carries(end)) boost::add_edge(end.router, opposite(end).router, arcs);
        }
        for (const std::size_t router : attached)
            boost::add_edge(network, router, arcs);
        std::vector<std::size_t> found(network + 1, kInfinity);
        found[network] = 0;
        boost::breadth_first_search(arcs, network,
                                    boost::visitor(boost::make_bfs_visitor(
                                        boost::record_distances(found.data(), boost::on_tree_edge()))));
        for (std::size_t& metric : found)
            metric = std::min(metric, kInfinity);
        return found;
    }

    void checkPrefix(const Prefix& prefix, const std::vector<std::size_t>& metric, const std::string& where) {
        for (std::size_t r = 0; r < lab_.routerCount(); ++r) {
            const std::string what = fmt::format("{}: R{} {}", where, r, toString(prefix));
            const SelectedRoute route = lab_.lab().simulation().node(GraphLab::node(r)).rib.selected(prefix);
            ASSERT_EQ(route.exists(), metric[r] < kInfinity) << what << " metric " << metric[r];
            if (!route.exists()) continue;
            if (metric[r] == 1) {
                EXPECT_EQ(route.protocol, kConnected) << what;
                continue;
            }
            EXPECT_EQ(route.metric, metric[r]) << what;
            ASSERT_EQ(route.hops.size(), 1U) << what;
            checkNextHop(r, route.hops.front(), metric, what);
        }
    }

    /// The next hop is a neighbour that the router hears, and that is one hop nearer.
    void checkNextHop(std::size_t router, const NextHop& hop, const std::vector<std::size_t>& metric,
                      const std::string& what) {
        const SegmentId segment = topology().interface({GraphLab::node(router), hop.interface}).segment;
        ASSERT_LT(segment.value(), links_.size()) << what;
        const LinkEnd neighbor = opposite({segment.value(), router});
        const InterfaceRef there = interfaces_.at(neighbor);
        const auto& interfaces = lab_.lab().simulation().node(there.node).interfaces;
        EXPECT_TRUE(interfaces[there.interface.value()].hasAddress(hop.gateway)) << what;
        EXPECT_TRUE(carries(neighbor)) << what << " goes to R" << neighbor.router << ", who is not heard";
        EXPECT_EQ(metric[neighbor.router] + 1, metric[router]) << what << " goes to R" << neighbor.router;
    }

    GraphLab lab_;
    std::vector<Link> links_;
    std::map<LinkEnd, InterfaceRef> interfaces_;
    std::set<LinkEnd> mute_;
    std::set<LinkEnd> unplugged_;
    std::set<std::size_t> deadStubs_;
};

GraphLabOptions oneSidedOptions(std::uint64_t seed, Family family = Family::IPv4) {
    GraphLabOptions result;
    result.seed = seed;
    result.family = family;
    result.timers = quick();
    return result;
}

using SetEnd = void (OneSided::*)(const LinkEnd&, bool);

/// Breaks and mends each end of each link in 200 random graphs; every fourth of them runs RIPng.
void failEveryEnd(SetEnd set, bool broken, const std::string& how) {
    for (std::uint64_t seed = 1; seed <= seedCount(); ++seed) {
        OneSided lab(randomGraph(seed), oneSidedOptions(seed, seed % 4 == 0 ? Family::IPv6 : Family::IPv4));
        lab.checkAfterConvergence(fmt::format("random graph {}", seed));
        for (const LinkEnd& end : lab.ends()) {
            const auto what =
                fmt::format("random graph {}, link {}, {} R{}", seed, end.link, how, end.router);
            (lab.*set)(end, broken);
            lab.checkAfterConvergence(what);
            (lab.*set)(end, !broken);
            lab.checkAfterConvergence(what + ", mended");
            if (testing::Test::HasFailure()) return;
        }
    }
}

TEST(RipOneSidedFaults, OneDirectionOfEveryLinkLosesEverything) {
    failEveryEnd(&OneSided::setMute, true, "silent from");
}

TEST(RipOneSidedFaults, EveryPlugIsPulledAtOneEnd) {
    failEveryEnd(&OneSided::setPlug, false, "unplugged at");
}

TEST(RipOneSidedFaults, EveryStubNetworkDies) {
    for (std::uint64_t seed = 1; seed <= seedCount(); ++seed) {
        OneSided lab(randomGraph(seed), oneSidedOptions(seed));
        lab.checkAfterConvergence(fmt::format("random graph {}", seed));
        for (std::size_t r = 0; r < lab.lab().routerCount(); ++r) {
            lab.setStub(r, false);
            lab.checkAfterConvergence(fmt::format("random graph {}, stub of R{} died", seed, r));
            lab.setStub(r, true);
            lab.checkAfterConvergence(fmt::format("random graph {}, stub of R{} lives", seed, r));
            if (HasFailure()) return;
        }
    }
}

TEST(RipOneSidedFaults, ManyAtOnceAndInTheMiddleOfConvergence) {
    for (std::uint64_t seed = 1; seed <= seedCount(); ++seed) {
        OneSided lab(randomGraph(seed), oneSidedOptions(seed));
        RandomStream random(seed, "graph", "one-sided faults");
        const auto ends = lab.ends();
        // One draw per statement: the order of a call's arguments is the compiler's.
        const auto disturb = [&] {
            const LinkEnd mute = ends[random.below(ends.size())];
            lab.setMute(mute, random.below(2) == 0);
            const LinkEnd plug = ends[random.below(ends.size())];
            const bool isPlugged = random.below(2) == 0;
            // A plug goes back only where the request that follows it is heard: a router that has lost both
            // its request and, in its interface's first second, the neighbour's update, is called converged
            // although the next update brings routes.
            if (isPlugged) lab.setMute(plug, false);
            lab.setPlug(plug, isPlugged);
            const std::size_t stub = random.below(lab.lab().routerCount());
            lab.setStub(stub, random.below(2) == 0);
        };
        for (int round = 0; round < 6; ++round) {
            disturb();
            lab.lab().lab().runFor(random.between(Duration(), Duration::seconds(40)));
            disturb();
            lab.checkAfterConvergence(fmt::format("random graph {}, round {}", seed, round));
        }
        if (HasFailure()) return;
    }
}

/// RFC 2453 section 3.8: a route that is not refreshed for 180 s dies. The last update was heard at most one
/// update interval (30 s and a quarter) before the link fell silent, so the route lives on for 142.5 to 180
/// s.
TEST(RipOneSidedFaults, SilenceIsNoticedByTheTimeoutAndNotBefore) {
    for (std::uint64_t seed = 1; seed <= seedCount(50); ++seed) {
        GraphLabOptions slow = oneSidedOptions(seed);
        slow.timers = {};
        OneSided lab(line(2), slow);
        lab.checkAfterConvergence("line of 2");
        lab.setMute({0, 0}, true);
        const SimTime silence = lab.lab().lab().now();
        const auto hasRoute = [&](std::size_t router, std::size_t stub) {
            const Rib& rib = lab.lab().lab().simulation().node(GraphLab::node(router)).rib;
            return rib.selected(lab.lab().stubNetwork(stub)).exists();
        };
        lab.lab().lab().runUntil(silence + Duration::milliseconds(142'500));
        EXPECT_TRUE(hasRoute(1, 0)) << "seed " << seed;
        lab.lab().lab().runUntil(silence + Duration::milliseconds(180'100));
        EXPECT_FALSE(hasRoute(1, 0)) << "seed " << seed;
        EXPECT_TRUE(hasRoute(0, 1)) << "the other direction carries, seed " << seed;
    }
}

}  // namespace
}  // namespace peerscape::properties
