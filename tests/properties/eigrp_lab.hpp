#pragma once

#include <boost/graph/dijkstra_shortest_paths.hpp>

#include "engine/lab/forwarding_watch.hpp"
#include "protocols/eigrp/process.hpp"
#include "tests/properties/graph_lab.hpp"

namespace peerscape::properties {

/// A lab that runs EIGRP on every router of a graph, with a random delay at each end of each link, and,
/// unless it is not wanted, with a watch that looks for forwarding loops at every instant.
class EigrpLab {
  public:
    EigrpLab(const Graph& graph, std::uint64_t seed, bool isWatched = true)
        : random_(seed, "graph", "eigrp"), routers_(boost::num_vertices(graph)) {
        const auto [begin, end] = boost::edges(graph);
        for (auto edge = begin; edge != end; ++edge) {
            links_.emplace_back(boost::source(*edge, graph), boost::target(*edge, graph));
            delays_.push_back({randomDelay(), randomDelay()});
        }
        LabOptions options;
        options.simulation.seed = seed;
        lab_ = std::make_unique<Lab>(draw(), options);
        for (std::size_t r = 0; r < routers_; ++r)
            configure(r);
        if (!isWatched) return;
        hooks_.onInstant = [this] { look(); };
        watch_.emplace(lab_->simulation());
    }

    Lab& lab() { return *lab_; }
    std::size_t linkCount() const { return links_.size(); }
    std::size_t routerCount() const { return routers_; }
    RandomStream& random() { return random_; }
    /// Null while the router is switched off.
    const eigrp::EigrpProcess* processOf(std::size_t router) const {
        const ProcessSlot* slot = lab_->simulation().node(node(router)).slotOf(eigrp::kEigrp);
        return slot == nullptr ? nullptr : dynamic_cast<const eigrp::EigrpProcess*>(slot->process.get());
    }

    void setLink(std::size_t link, bool up) {
        act(action::SetSegment{segment(link), up});
        if (up) downLinks_.erase(link);
        if (!up) downLinks_.insert(link);
    }
    void setRouter(std::size_t router, bool up) {
        act(action::SetNode{node(router), up});
        if (up) downRouters_.erase(router);
        if (!up) downRouters_.insert(router);
    }
    /// Another delay at both ends.
    void reweigh(std::size_t link) {
        delays_[link] = {randomDelay(), randomDelay()};
        configure(links_[link].first);
        configure(links_[link].second);
    }
    void runFor(Duration time) { lab_->runUntil(lab_->now() + time, hooks_); }
    void converge(const std::string& where) {
        const Convergence convergence = lab_->runUntilConverged(Duration::hours(1), hooks_);
        ASSERT_TRUE(convergence.isConverged) << where;
        ASSERT_TRUE(watch_->loops().empty())
            << where << ": a loop for " << toString(watch_->loops().front().destination) << " at "
            << toString(watch_->loops().front().begin);
        check(where);
    }

  private:
    static NodeId node(std::size_t router) { return NodeId(static_cast<std::uint32_t>(router)); }
    static SegmentId segment(std::size_t link) { return SegmentId(static_cast<std::uint32_t>(link)); }
    static Prefix linkNetwork(std::size_t link) {
        return {IpAddress::v4(0xac100000U + static_cast<std::uint32_t>(link) * 4), 30};
    }
    static Prefix stubNetwork(std::size_t router) {
        return {IpAddress::v4(0x0a000000U + static_cast<std::uint32_t>(router) * 256), 24};
    }
    std::uint32_t randomDelay() { return static_cast<std::uint32_t>(1 + random_.below(50)); }

    template <typename What>
    void act(What what) {
        const auto done = lab_->apply({"act", std::move(what)});
        ASSERT_TRUE(done.has_value()) << done.error().message;
    }
    Topology draw() {
        Topology topology;
        const auto at = [](const Prefix& network, std::uint64_t host) {
            return InterfaceAddress{network.address().plus(host), network.length()};
        };
        for (std::size_t r = 0; r < routers_; ++r)
            EXPECT_TRUE(topology.addNode("R" + std::to_string(r), NodeKind::Router).has_value());
        for (std::size_t i = 0; i < links_.size(); ++i) {
            LinkProperties properties;
            properties.delay = Duration::microseconds(static_cast<std::int64_t>(100 + random_.below(20'000)));
            const std::string name = "l" + std::to_string(i);
            EXPECT_TRUE(topology
                            .addSegment(name, SegmentKind::PointToPoint, properties,
                                        {{node(links_[i].first), name, {at(linkNetwork(i), 1)}},
                                         {node(links_[i].second), name, {at(linkNetwork(i), 2)}}})
                            .has_value());
        }
        for (std::size_t r = 0; r < routers_; ++r) {
            EXPECT_TRUE(topology
                            .addSegment("stub" + std::to_string(r), SegmentKind::Lan, {},
                                        {{node(r), "stub", {at(stubNetwork(r), 1)}}})
                            .has_value());
        }
        return topology;
    }
    void configure(std::size_t router) {
        auto config = std::make_shared<RouterConfig>();
        config->hostname = "R" + std::to_string(router);
        auto eigrp = std::make_shared<eigrp::Eigrp4Config>();
        eigrp->value.autonomousSystem = 1;
        eigrp->value.networks = {Prefix::defaultRoute(Family::IPv4)};
        for (std::size_t i = 0; i < links_.size(); ++i) {
            if (links_[i].first != router && links_[i].second != router) continue;
            eigrp->value.interfaces["l" + std::to_string(i)].delay =
                eigrp::Delay::tensOfMicroseconds(delayAt(i, router));
        }
        config->processes[eigrp::kEigrp] = eigrp;
        act(action::Configure{node(router), config});
    }
    std::uint32_t delayAt(std::size_t link, std::size_t router) const {
        return links_[link].first == router ? delays_[link].first : delays_[link].second;
    }
    void look() {
        const RecordLog& log = lab_->log();
        const auto& kept = log.kept();
        const std::vector<Record> news(
            kept.begin() + static_cast<std::ptrdiff_t>(log.positionOf(RecordId(read_))), kept.end());
        read_ = log.count();
        watch_->instantOver(lab_->simulation(), news);
    }

    // What Boost.Graph says.
    bool isUp(std::size_t link) const {
        return !downLinks_.contains(link) && !downRouters_.contains(links_[link].first) &&
               !downRouters_.contains(links_[link].second);
    }
    /// Delays from all routers to one, in tens of microseconds; the way of packets, so against the edges.
    std::vector<std::uint64_t> delaysTo(std::size_t router) const {
        using Weighted = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                               boost::property<boost::edge_weight_t, std::uint64_t>>;
        Weighted reversed(routers_);
        for (std::size_t i = 0; i < links_.size(); ++i) {
            if (!isUp(i)) continue;
            const auto [u, v] = links_[i];
            boost::add_edge(v, u, delayAt(i, u), reversed);
            boost::add_edge(u, v, delayAt(i, v), reversed);
        }
        std::vector<std::uint64_t> distance(routers_);
        boost::dijkstra_shortest_paths(
            reversed, router,
            boost::distance_map(distance.data()).distance_inf(kFar).distance_combine([](auto a, auto b) {
                return a == kFar ? kFar : a + b;
            }));
        return distance;
    }
    void check(const std::string& where) const {
        for (std::size_t target = 0; target < routers_; ++target) {
            if (downRouters_.contains(target)) continue;
            const auto delays = delaysTo(target);
            for (std::size_t r = 0; r < routers_; ++r) {
                if (downRouters_.contains(r)) continue;
                const auto& process = dynamic_cast<const eigrp::EigrpProcess&>(
                    *lab_->simulation().node(node(r)).slotOf(eigrp::kEigrp)->process);
                ASSERT_EQ(process.topology().activeCount(), 0U) << where;
                const SelectedRoute route =
                    lab_->simulation().node(node(r)).rib.selected(stubNetwork(target));
                if (r == target) continue;
                ASSERT_EQ(route.exists(), delays[r] != kFar)
                    << where << ": R" << r << " to " << toString(stubNetwork(target));
                if (!route.exists()) continue;
                // The stub itself has the default delay; every interface the default bandwidth.
                EXPECT_EQ(route.metric, 256 * (100 + delays[r] + 10))
                    << where << ": R" << r << " to R" << target;
            }
        }
    }

    static constexpr std::uint64_t kFar = UINT64_MAX;

    RandomStream random_;
    std::size_t routers_;
    std::vector<Link> links_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> delays_;  ///< tens of microseconds, by link
    std::unique_ptr<Lab> lab_;
    std::optional<ForwardingWatch> watch_;
    RunHooks hooks_;
    std::uint64_t read_ = 0;
    std::set<std::size_t> downLinks_;
    std::set<std::size_t> downRouters_;
};

}  // namespace peerscape::properties
