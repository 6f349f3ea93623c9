#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "engine/lab/forwarding_check.hpp"
#include "engine/lab/lab.hpp"
#include "protocols/policy/policy_set.hpp"
#include "protocols/rip/config.hpp"
#include "tests/properties/drawing.hpp"
#include "tests/seed_count.hpp"

/// Labs drawn from graphs, and what Boost.Graph says that their tables must hold.
namespace peerscape::properties {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
using Link = std::pair<std::size_t, std::size_t>;

inline Graph graphOf(std::size_t routers, const std::vector<Link>& links) {
    Graph graph(routers);
    for (const auto& [u, v] : links)
        boost::add_edge(u, v, graph);
    return graph;
}
inline Graph line(std::size_t n) {
    std::vector<Link> links;
    for (std::size_t i = 0; i + 1 < n; ++i)
        links.emplace_back(i, i + 1);
    return graphOf(n, links);
}
inline Graph ring(std::size_t n) {
    Graph graph = line(n);
    boost::add_edge(n - 1, 0, graph);
    return graph;
}
inline Graph star(std::size_t n) {
    std::vector<Link> links;
    for (std::size_t i = 1; i < n; ++i)
        links.emplace_back(0, i);
    return graphOf(n, links);
}
inline Graph fullMesh(std::size_t n) {
    std::vector<Link> links;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; j < n; ++j)
            links.emplace_back(i, j);
    }
    return graphOf(n, links);
}
inline Graph grid(std::size_t width, std::size_t height) {
    std::vector<Link> links;
    for (std::size_t y = 0; y < height; ++y) {
        for (std::size_t x = 0; x < width; ++x) {
            const std::size_t at = y * width + x;
            if (x + 1 < width) links.emplace_back(at, at + 1);
            if (y + 1 < height) links.emplace_back(at, at + width);
        }
    }
    return graphOf(width * height, links);
}
/// A connected graph of 4 to 8 routers: a random tree and up to as many links more, some of them parallel.
inline Graph randomGraph(std::uint64_t seed) {
    RandomStream random(seed, "graph", "shape");
    const std::size_t n = 4 + random.below(5);
    std::vector<Link> links;
    for (std::size_t i = 1; i < n; ++i)
        links.emplace_back(random.below(i), i);
    for (std::size_t extra = random.below(n + 1); extra > 0; --extra) {
        const std::size_t u = random.below(n);
        const std::size_t v = random.below(n);
        if (u != v) links.emplace_back(std::min(u, v), std::max(u, v));
    }
    return graphOf(n, links);
}

/// A sixth of the usual times, so that routes time out soon.
inline rip::Timers quick() { return {Duration::seconds(5), Duration::seconds(30), Duration::seconds(20)}; }

struct GraphLabOptions {
    Family family = Family::IPv4;
    std::uint64_t seed = 1;
    LabOptions lab;  ///< its seed is the one above
    rip::Timers timers;
    rip::SplitHorizon splitHorizon = rip::SplitHorizon::Simple;
    bool allowsEcmp = false;
    std::map<std::size_t, std::uint8_t> costs;  ///< of links, in place of 1; check() knows nothing of them
    RecordLog::Kinds keeps = 0;                 ///< which records can be read afterwards
};

/// What works of the drawing: the complement of what a test has broken.
struct Damage {
    std::set<std::size_t> links;
    std::set<std::size_t> routers;
};

/// A lab that runs RIP or RIPng on every router of a graph. Link i has the network linkNetwork(i) and router
/// r the stub network stubNetwork(r); delays are random.
class GraphLab {
  public:
    GraphLab(const Graph& graph, const GraphLabOptions& options)
        : options_(options), routers_(boost::num_vertices(graph)) {
        const auto [begin, end] = boost::edges(graph);
        for (auto edge = begin; edge != end; ++edge)
            links_.emplace_back(boost::source(*edge, graph), boost::target(*edge, graph));
        LabOptions labOptions = options.lab;
        labOptions.simulation.seed = options.seed;
        lab_ = std::make_unique<Lab>(draw(), labOptions);
        lab_->log().keep(options.keeps);
        for (std::size_t r = 0; r < routers_; ++r)
            act("configure", action::Configure{node(r), configuration(r)});
    }

    Lab& lab() { return *lab_; }
    std::size_t routerCount() const { return routers_; }
    std::size_t linkCount() const { return links_.size(); }
    static NodeId node(std::size_t router) { return NodeId(static_cast<std::uint32_t>(router)); }
    /// Links come first among the segments.
    static SegmentId segment(std::size_t link) { return SegmentId(static_cast<std::uint32_t>(link)); }

    Prefix linkNetwork(std::size_t link) const {
        const auto i = static_cast<std::uint32_t>(link);
        if (options_.family == Family::IPv4) return {IpAddress::v4(0xac100000U + i * 4), 30};
        return Prefix::parse(fmt::format("2001:db8:1:{:x}::/64", i)).value();
    }
    Prefix stubNetwork(std::size_t router) const {
        const auto r = static_cast<std::uint32_t>(router);
        if (options_.family == Family::IPv4) return {IpAddress::v4(0x0a000000U + r * 256), 24};
        return Prefix::parse(fmt::format("2001:db8:2:{:x}::/64", r)).value();
    }

    template <typename What>
    void act(std::string text, What what) {
        const auto done = lab_->apply({std::move(text), std::move(what)});
        ASSERT_TRUE(done.has_value()) << done.error().message;
    }
    /// Both ends see it.
    void setLink(std::size_t link, bool up) {
        act("link", action::SetSegment{segment(link), up});
        if (up) damage_.links.erase(link);
        if (!up) damage_.links.insert(link);
    }
    /// Its neighbours keep their carriers, as behind a switch, and notice by silence only.
    void setRouter(std::size_t router, bool up) {
        act("router", action::SetNode{node(router), up});
        if (up) damage_.routers.erase(router);
        if (!up) damage_.routers.insert(router);
    }
    /// Nobody sees it.
    void setSilent(std::size_t link, bool silent) {
        act("silence", action::SetSilence{segment(link), silent, {}, true, false});
        if (!silent) damage_.links.erase(link);
        if (silent) damage_.links.insert(link);
        // The network stays connected at both ends, each on its own.
        if (silent) silent_.insert(link);
        if (!silent) silent_.erase(link);
    }
    /// What the router sends over the link is lost, and nobody sees it.
    void setDumb(std::size_t link, std::size_t router, bool dumb) {
        for (const InterfaceRef end : lab_->simulation().topology().segment(segment(link)).ends) {
            if (end.node == node(router))
                act("silence", action::SetSilence{segment(link), dumb, end, true, false});
        }
    }
    void converge() {
        const Convergence convergence = lab_->runUntilConverged(Duration::hours(2));
        ASSERT_TRUE(convergence.isConverged) << convergence.unsettled->node.value();
    }

    /// All tables are those that Boost.Graph's hop counts demand, and packets find their way.
    void check(const std::string& where) const;

    /// Selected routes of connected networks and of RIP, over all routers: what H of the oracles counts.
    std::size_t liveRoutes() const {
        std::size_t count = 0;
        for (std::size_t r = 0; r < routers_; ++r)
            count += tableOf(r).size();
        return count;
    }
    std::size_t liveStubRoutes() const {
        std::size_t count = 0;
        for (std::size_t r = 0; r < routers_; ++r) {
            const auto table = tableOf(r);
            for (std::size_t s = 0; s < routers_; ++s)
                count += table.count(stubNetwork(s));
        }
        return count;
    }

  private:
    Topology draw() {
        RandomStream random(options_.seed, "graph", "delays");
        return drawGraph(
            routers_, links_, {}, random, [this](std::size_t link) { return linkNetwork(link); },
            [this](std::size_t router) { return stubNetwork(router); });
    }
    static InterfaceAddress address(const Prefix& network, std::uint64_t host) {
        return {network.address().plus(host), network.length()};
    }
    std::shared_ptr<const RouterConfig> configuration(std::size_t router) const {
        auto config = std::make_shared<RouterConfig>();
        config->hostname = "R" + std::to_string(router);
        std::shared_ptr<rip::RipConfig> rip;
        if (options_.family == Family::IPv4) rip = std::make_shared<rip::Ripv2Config>();
        if (options_.family == Family::IPv6) rip = std::make_shared<rip::RipngConfig>();
        rip->isRouterPresent = true;
        rip->timers = options_.timers;
        rip->allowsEcmp = options_.allowsEcmp;
        for (std::size_t i = 0; i < links_.size(); ++i) {
            if (links_[i].first != router && links_[i].second != router) continue;
            rip->networkInterfaces.push_back("l" + std::to_string(i));
            rip->interfaces["l" + std::to_string(i)].splitHorizon = options_.splitHorizon;
        }
        rip->networkInterfaces.push_back("stub");
        setCosts(*rip, *config);
        config->processes[rip::protocolOf(options_.family)] = rip;
        return config;
    }

    void setCosts(rip::RipConfig& rip, RouterConfig& config) const {
        if (options_.costs.empty()) return;
        auto lists = std::make_shared<policy::PolicySet>();
        lists->accessLists(options_.family)["ALL"].entries.put(5,
                                                               {policy::Action::Permit, policy::AnyFilter{}});
        for (const auto& [link, cost] : options_.costs)
            rip.offsetLists.push_back({"ALL", rip::Direction::In, cost, "l" + std::to_string(link)});
        rip.policy = lists;
        config.policy = lists;
    }

    // What Boost.Graph says.
    bool isUp(std::size_t link) const {
        return !damage_.links.contains(link) && !damage_.routers.contains(links_[link].first) &&
               !damage_.routers.contains(links_[link].second);
    }
    /// Hops from the router to all others over what works; no entry for those it cannot reach.
    std::map<std::size_t, std::size_t> hopsFrom(std::size_t router) const {
        Graph alive(routers_);
        for (std::size_t i = 0; i < links_.size(); ++i) {
            if (isUp(i)) boost::add_edge(links_[i].first, links_[i].second, alive);
        }
        constexpr std::size_t kFar = SIZE_MAX;
        std::vector<std::size_t> hops(routers_, kFar);
        hops[router] = 0;
        boost::breadth_first_search(alive, router,
                                    boost::visitor(boost::make_bfs_visitor(
                                        boost::record_distances(hops.data(), boost::on_tree_edge()))));
        std::map<std::size_t, std::size_t> found;
        for (std::size_t r = 0; r < routers_; ++r) {
            if (hops[r] != kFar) found[r] = hops[r];
        }
        return found;
    }
    /// The routers that have a working interface in each network that exists.
    std::map<Prefix, std::set<std::size_t>> attachments() const {
        std::map<Prefix, std::set<std::size_t>> attached;
        for (std::size_t i = 0; i < links_.size(); ++i) {
            if (damage_.links.contains(i) && !silent_.contains(i)) continue;
            for (const std::size_t end : {links_[i].first, links_[i].second}) {
                if (!damage_.routers.contains(end)) attached[linkNetwork(i)].insert(end);
            }
        }
        for (std::size_t r = 0; r < routers_; ++r) {
            if (!damage_.routers.contains(r)) attached[stubNetwork(r)].insert(r);
        }
        return attached;
    }

    // What the simulator says.
    std::map<Prefix, SelectedRoute> tableOf(std::size_t router) const {
        std::map<Prefix, SelectedRoute> table;
        const Rib& rib = lab_->simulation().node(node(router)).rib;
        for (const Prefix& prefix : rib.prefixes(options_.family)) {
            const SelectedRoute route = rib.selected(prefix);
            const bool isOurs =
                route.protocol == kConnected || route.protocol == rip::protocolOf(options_.family);
            if (route.exists() && isOurs && !prefix.address().isLinkLocal()) table.emplace(prefix, route);
        }
        return table;
    }
    void checkMetrics(std::size_t router, const std::string& where) const;
    void checkNextHop(std::size_t router, const Prefix& prefix, const SelectedRoute& route, std::size_t hops,
                      const std::set<std::size_t>& attached, const std::string& where) const;
    void checkFib(std::size_t router, const std::string& where) const;

    GraphLabOptions options_;
    std::size_t routers_;
    std::vector<Link> links_;
    std::unique_ptr<Lab> lab_;
    Damage damage_;
    std::set<std::size_t> silent_;
};

inline void GraphLab::checkMetrics(std::size_t router, const std::string& where) const {
    constexpr std::size_t kInfinity = 16;
    const auto table = tableOf(router);
    const auto hops = hopsFrom(router);
    std::set<Prefix> expected;
    for (const auto& [prefix, attached] : attachments()) {
        std::size_t metric = kInfinity;
        for (const std::size_t at : attached) {
            if (hops.contains(at)) metric = std::min(metric, hops.at(at) + 1);
        }
        const auto found = table.find(prefix);
        const std::string what = fmt::format("{}: R{} {}", where, router, toString(prefix));
        if (metric >= kInfinity) continue;
        expected.insert(prefix);
        ASSERT_TRUE(found != table.end()) << what << " is missing, " << metric << " hops away";
        if (metric == 1) {
            EXPECT_EQ(found->second.protocol, kConnected) << what;
        } else {
            EXPECT_EQ(found->second.metric, metric) << what;
            checkNextHop(router, prefix, found->second, metric, attached, what);
        }
    }
    for (const auto& [prefix, route] : table) {
        EXPECT_TRUE(expected.contains(prefix))
            << fmt::format("{}: R{} still has {}, metric {}", where, router, toString(prefix), route.metric);
    }
}

inline void GraphLab::checkNextHop(std::size_t router, const Prefix& prefix, const SelectedRoute& route,
                                   std::size_t metric, const std::set<std::size_t>& attached,
                                   const std::string& what) const {
    (void)prefix;
    ASSERT_FALSE(route.hops.empty()) << what;
    if (!options_.allowsEcmp) {
        EXPECT_EQ(route.hops.size(), 1U) << what;
    }
    for (const NextHop& hop : route.hops) {
        const Simulation& world = lab_->simulation();
        const SegmentId segment = world.topology().interface({node(router), hop.interface}).segment;
        ASSERT_LT(segment.value(), links_.size()) << what;
        const auto [u, v] = links_[segment.value()];
        const std::size_t neighbor = u == router ? v : u;
        EXPECT_TRUE(isUp(segment.value())) << what;
        const auto& interfaces = world.node(node(neighbor)).interfaces;
        EXPECT_TRUE(std::any_of(interfaces.begin(), interfaces.end(),
                                [&](const InterfaceState& i) { return i.hasAddress(hop.gateway); }))
            << what << ": " << toString(hop.gateway) << " is not R" << neighbor;
        const auto onward = hopsFrom(neighbor);
        std::size_t rest = SIZE_MAX;
        for (const std::size_t at : attached) {
            if (onward.contains(at)) rest = std::min(rest, onward.at(at) + 1);
        }
        EXPECT_EQ(rest + 1, metric) << what << " goes by R" << neighbor;
    }
}

/// Of the routes that work the one with the least distance, then the least metric, is selected; and what a
/// packet gets is the selected route of the longest prefix that has one.
inline void GraphLab::checkFib(std::size_t router, const std::string& where) const {
    const Rib& rib = lab_->simulation().node(node(router)).rib;
    std::map<Prefix, NextHops> best;
    for (const Prefix& prefix : rib.prefixes(options_.family)) {
        const RibRoute* chosen = nullptr;
        for (const RibRoute* route : rib.routes(prefix)) {
            if (rib.hops(route->active).empty() || route->distance == kUnreachableDistance) continue;
            const auto rank = [](const RibRoute& r) { return std::pair(r.distance, r.metric); };
            if (chosen == nullptr || rank(*route) < rank(*chosen)) chosen = route;
        }
        const SelectedRoute selected = rib.selected(prefix);
        EXPECT_EQ(selected.exists(), chosen != nullptr) << where << ": R" << router << toString(prefix);
        if (chosen == nullptr) continue;
        const auto hops = rib.hops(chosen->active);
        best[prefix].assign(hops.begin(), hops.end());
        EXPECT_EQ(selected.hops, best[prefix]) << where << ": R" << router << toString(prefix);
    }
    for (const auto& [inside, hops] : best) {
        const IpAddress target = inside.address().plus(1);
        std::optional<Prefix> longest;
        for (const auto& [prefix, others] : best) {
            if (prefix.contains(target) && (!longest || prefix.length() > longest->length()))
                longest = prefix;
        }
        const auto got = rib.lookUp(target);
        EXPECT_EQ(NextHops(got.begin(), got.end()), best[*longest]) << where << ": R" << router;
    }
}

inline void GraphLab::check(const std::string& where) const {
    for (std::size_t r = 0; r < routers_; ++r) {
        checkMetrics(r, where);
        checkFib(r, where);
    }
    EXPECT_TRUE(findLoops(lab_->simulation()).empty()) << where;
    for (const BlackHole& hole : findBlackHoles(lab_->simulation())) {
        // Half of a link that died in silence is still a network, and its other half is black.
        const bool isHalf = std::any_of(silent_.begin(), silent_.end(), [&](std::size_t link) {
            return linkNetwork(link) == hole.destination;
        });
        EXPECT_TRUE(isHalf) << where << ": " << toString(hole.destination) << " at R" << hole.at.value();
    }
}

}  // namespace peerscape::properties
