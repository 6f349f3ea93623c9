#pragma once

#include <boost/graph/dijkstra_shortest_paths.hpp>

#include "engine/lab/forwarding_watch.hpp"
#include "protocols/eigrp/process.hpp"
#include "protocols/eigrp/remarks.hpp"
#include "tests/properties/drawing.hpp"
#include "tests/properties/graph_lab.hpp"

namespace peerscape::properties {

struct EigrpLabOptions {
    LinkProperties weather{};  ///< what every link does to packets; its delay is the link's own
    Duration holdTime = Duration::seconds(15);
    bool sharesLan = false;  ///< all routers are on one LAN as well, which is slower than most ways
    bool isWatched = true;   ///< by a watch that looks for forwarding loops at every instant
};

/// A lab that runs EIGRP on every router of a graph, with a random delay at each end of each link.
class EigrpLab {
  public:
    EigrpLab(const Graph& graph, std::uint64_t seed, const EigrpLabOptions& labOptions = {})
        : options_(labOptions), random_(seed, "graph", "eigrp"), routers_(boost::num_vertices(graph)) {
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
        if (!options_.isWatched) return;
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
    /// Other impairments for all links, delays as they are.
    void setWeather(const LinkProperties& weather) {
        for (std::uint32_t s = 0; s < lab_->simulation().topology().segments().size(); ++s) {
            action::ChangeLink change;
            change.segment = SegmentId(s);
            change.loss = weather.loss;
            change.duplicate = weather.duplicate;
            change.reorder = weather.reorder;
            change.corrupt = weather.corrupt;
            act(change);
        }
    }
    void runFor(Duration time) { lab_->runUntil(lab_->now() + time, hooks_); }
    void converge(const std::string& where) {
        const Convergence convergence = lab_->runUntilConverged(Duration::hours(1), hooks_);
        ASSERT_TRUE(convergence.isConverged) << where;
        expectNoLoop(where);
        check(where);
    }
    /// Where packets get lost a router may take it for quiet that nobody is there: so every neighbour that
    /// there should be is waited for.
    void meetEverybody(const std::string& where) {
        for (int seconds = 0; seconds < 3600 && !everybodyHasMet(); ++seconds)
            runFor(Duration::seconds(1));
        ASSERT_TRUE(everybodyHasMet()) << where;
    }
    /// The same, whatever went round meanwhile.
    void convergeSomehow(const std::string& where) {
        const Convergence convergence = lab_->runUntilConverged(Duration::hours(1), hooks_);
        ASSERT_TRUE(convergence.isConverged) << where;
        check(where);
    }
    /// Why adjacencies have ended, but for interfaces that were down.
    const std::vector<std::string>& brokenAdjacencies() const { return brokenAdjacencies_; }
    /// The watch has seen a forwarding loop at some instant.
    bool hasLooped() const { return !watch_->loops().empty(); }
    void expectNoLoop(const std::string& where) const {
        ASSERT_TRUE(watch_->loops().empty())
            << where << ": a loop for " << toString(watch_->loops().front().destination) << " at "
            << toString(watch_->loops().front().begin);
    }
    const eigrp::EigrpProcess& process(std::size_t router) const {
        return dynamic_cast<const eigrp::EigrpProcess&>(
            *lab_->simulation().node(node(router)).slotOf(eigrp::kEigrp)->process);
    }
    struct Row {
        std::string route;              ///< "R3 10.0.4.0/24 protocol 5 metric 43520"
        std::vector<std::string> hops;  ///< that are used
        std::vector<std::string> best;  ///< of EIGRP: all next hops whose way is as short as that
    };
    /// All tables.
    std::vector<Row> tables() const {
        std::vector<Row> rows;
        for (std::size_t r = 0; r < routers_; ++r) {
            const Rib& rib = lab_->simulation().node(node(r)).rib;
            for (const Prefix& prefix : rib.prefixes(Family::IPv4)) {
                const SelectedRoute route = rib.selected(prefix);
                Row row;
                row.route = fmt::format("R{} {} protocol {} metric {}", r, toString(prefix),
                                        route.protocol.value(), route.metric);
                for (const NextHop& hop : route.hops)
                    row.hops.push_back(toString(hop.gateway));
                if (route.protocol == eigrp::kEigrp) row.best = bestHops(r, prefix);
                rows.push_back(std::move(row));
            }
        }
        return rows;
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
    static Prefix lanNetwork() { return {IpAddress::v4(0xc0a80000U), 24}; }
    std::uint32_t randomDelay() { return static_cast<std::uint32_t>(1 + random_.below(50)); }

    template <typename What>
    void act(What what) {
        const auto done = lab_->apply({"act", std::move(what)});
        ASSERT_TRUE(done.has_value()) << done.error().message;
    }
    Topology draw() {
        Topology topology = drawGraph(routers_, links_, options_.weather, random_, linkNetwork, stubNetwork);
        if (options_.sharesLan) {
            std::vector<EndSpec> ends;
            for (std::size_t r = 0; r < routers_; ++r)
                ends.push_back(
                    {node(r),
                     "lan",
                     {InterfaceAddress{lanNetwork().address().plus(r + 1), lanNetwork().length()}}});
            LinkProperties properties = options_.weather;
            properties.delay = Duration::milliseconds(2);
            EXPECT_TRUE(topology.addSegment("lan", SegmentKind::Lan, properties, ends).has_value());
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
            auto& interface = eigrp->value.interfaces["l" + std::to_string(i)];
            interface.delay = eigrp::Delay::tensOfMicroseconds(delayAt(i, router));
            interface.holdTime = options_.holdTime;
        }
        eigrp->value.interfaces["lan"].delay = eigrp::Delay::tensOfMicroseconds(kLanDelay);
        eigrp->value.interfaces["lan"].holdTime = options_.holdTime;
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
        for (const Record& record : news) {
            const auto* note = std::get_if<record::Noted>(&record.what);
            const auto* remark =
                note == nullptr ? nullptr : dynamic_cast<const eigrp::NeighborRemark*>(note->remark.get());
            if (remark != nullptr && remark->kind() == eigrp::NeighborRemark::Kind::Down &&
                remark->reason() != eigrp::DownReason::InterfaceDown)
                brokenAdjacencies_.push_back(remark->text());
        }
        read_ = log.count();
        watch_->instantOver(lab_->simulation(), news);
    }

    std::vector<std::string> bestHops(std::size_t router, const Prefix& prefix) const {
        const auto paths = process(router).topology().find(prefix)->paths.all();
        const auto best = std::ranges::min(paths, {}, &eigrp::dual::Path::distance).distance;
        std::vector<std::string> hops;
        for (const auto& path : paths) {
            if (path.distance == best)
                hops.push_back(toString(process(router).attributes()[path.attributes].gateway));
        }
        return hops;
    }
    bool everybodyHasMet() const {
        std::vector<std::size_t> wanted(routers_, options_.sharesLan ? routers_ - 1 : 0);
        for (std::size_t i = 0; i < links_.size(); ++i) {
            if (!isUp(i)) continue;
            ++wanted[links_[i].first];
            ++wanted[links_[i].second];
        }
        for (std::size_t r = 0; r < routers_; ++r) {
            std::size_t met = 0;
            for (const auto& [id, link] : process(r).links()) {
                for (const auto& [address, neighbor] : link.transport.neighbors())
                    met += neighbor.isUp() ? 1 : 0;
            }
            if (met != wanted[r]) return false;
        }
        return true;
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
        for (std::size_t u = 0; options_.sharesLan && u < routers_; ++u) {
            for (std::size_t v = 0; v < routers_; ++v) {
                if (u != v && !downRouters_.contains(u) && !downRouters_.contains(v))
                    boost::add_edge(u, v, kLanDelay, reversed);
            }
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
                ASSERT_EQ(process(r).topology().activeCount(), 0U) << where;
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
    static constexpr std::uint32_t kLanDelay = 60;  ///< tens of microseconds

    EigrpLabOptions options_;
    RandomStream random_;
    std::size_t routers_;
    std::vector<Link> links_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> delays_;  ///< tens of microseconds, by link
    std::unique_ptr<Lab> lab_;
    std::optional<ForwardingWatch> watch_;
    RunHooks hooks_;
    std::uint64_t read_ = 0;
    std::vector<std::string> brokenAdjacencies_;
    std::set<std::size_t> downLinks_;
    std::set<std::size_t> downRouters_;
};

}  // namespace peerscape::properties
