#include "tests/properties/bgp_lab.hpp"

#include "tests/properties/drawing.hpp"

namespace peerscape::properties {
namespace {

constexpr Asn kOneAs = Asn::number(65000);

bool isBothEstablished(const bgp::Peer* a, const bgp::Peer* b) {
    return a != nullptr && b != nullptr && a->session.isEstablished() && b->session.isEstablished();
}

}  // namespace

BgpLab::BgpLab(const Graph& graph, std::uint64_t seed, const BgpLabOptions& labOptions)
    : options_(labOptions), random_(seed, "graph", "bgp"), routers_(boost::num_vertices(graph)) {
    const auto [begin, end] = boost::edges(graph);
    for (auto edge = begin; edge != end; ++edge)
        links_.emplace_back(boost::source(*edge, graph), boost::target(*edge, graph));
    if (options_.shape == BgpShape::Ases) {
        for (std::size_t i = 0; i < links_.size(); ++i)
            pairs_.push_back({links_[i].first, links_[i].second, i});
    }
    const std::size_t centres = options_.shape == BgpShape::Reflectors ? std::min<std::size_t>(2, routers_)
                                : options_.shape == BgpShape::Mesh     ? routers_
                                                                       : 0;
    for (std::size_t i = 0; i < centres; ++i) {
        for (std::size_t j = i + 1; j < routers_; ++j)
            pairs_.push_back({i, j, std::nullopt});
    }
    LabOptions options;
    options.simulation.seed = seed;
    options.simulation.bytesOnEveryHop = options_.bytesOnEveryHop;
    options.simulation.streams = options_.streams;
    options.canSeek = options_.canSeek;
    lab_ = std::make_unique<Lab>(draw(), options);
    for (std::size_t r = 0; r < routers_; ++r)
        configure(r);
    hooks_.onInstant = [this] {
        if (!testing::Test::HasFailure()) expectNoOrphans("in between");
    };
}

Topology BgpLab::draw() {
    return drawGraph(
        routers_, links_, options_.weather, random_, [this](std::size_t link) { return linkNetwork(link); },
        stubNetwork);
}

void BgpLab::configure(std::size_t router) {
    auto config = std::make_shared<RouterConfig>();
    config->hostname = "R" + std::to_string(router);
    config->processes[bgp::kBgp] = bgpOf(router);
    if (options_.shape != BgpShape::Ases) {
        auto rip = std::make_shared<rip::Ripv2Config>();
        rip->isRouterPresent = true;
        rip->timers = {Duration::seconds(2), Duration::seconds(12), Duration::seconds(8)};
        for (std::size_t i = 0; i < links_.size(); ++i) {
            if (links_[i].first == router || links_[i].second == router)
                rip->networkInterfaces.push_back("l" + std::to_string(i));
        }
        rip->networkInterfaces.push_back("stub");
        config->processes[rip::protocolOf(Family::IPv4)] = rip;
    }
    act(action::Configure{node(router), config});
}

std::shared_ptr<bgp::BgpProcessConfig> BgpLab::bgpOf(std::size_t router) const {
    auto config = std::make_shared<bgp::BgpProcessConfig>();
    const bool isOneAs = options_.shape != BgpShape::Ases;
    config->value.number = isOneAs ? kOneAs : asOf(router);
    config->value.requiresEbgpPolicy = false;
    config->value.checksImport = !isOneAs;
    config->value.timers = options_.timers;
    config->value.connectRetry = 5;
    config->value.gracefulRestart.isEnabled = options_.restartsGracefully;
    config->value.families.ipv4.networks[own(router)] = {};
    for (const Pair& pair : pairs_) {
        if (pair.first != router && pair.second != router) continue;
        const bool isFirst = pair.first == router;
        const std::size_t other = isFirst ? pair.second : pair.first;
        auto& neighbor = config->value.neighbors[addressOf(pair, !isFirst)];
        neighbor.settings.remoteAs =
            bgp::RemoteAs{bgp::RemoteAs::Kind::Number, isOneAs ? kOneAs : asOf(other)};
        neighbor.settings.advertisementInterval = options_.advertisementInterval;
        if (options_.changes) options_.changes(router, neighbor.settings);
        if (!isOneAs) continue;
        neighbor.settings.updateSource = addressOf(pair, isFirst);
        if (options_.shape == BgpShape::Reflectors && isFirst && other > 1)
            neighbor.families.ipv4.edit().isReflectorClient = true;
    }
    return config;
}

void BgpLab::setLink(std::size_t link, bool up) {
    act(action::SetSegment{segment(link), up});
    if (up) damage_.links.erase(link);
    if (!up) damage_.links.insert(link);
}

void BgpLab::setRouter(std::size_t router, bool up) {
    act(action::SetNode{node(router), up});
    if (up) damage_.routers.erase(router);
    if (!up) damage_.routers.insert(router);
}

void BgpLab::setProcess(std::size_t router, bool runs) {
    act(action::SetProcess{node(router), bgp::kBgp, runs});
    if (runs) stopped_.erase(router);
    if (!runs) stopped_.insert(router);
    frozen_.erase(router);  // nobody hangs who has been killed
}

void BgpLab::setFrozen(std::size_t router, bool frozen) {
    act(action::SetFrozen{node(router), bgp::kBgp, frozen});
    if (frozen) frozen_.insert(router);
    if (!frozen) frozen_.erase(router);
}

void BgpLab::setDelay(Duration delay) {
    for (std::size_t link = 0; link < links_.size(); ++link) {
        action::ChangeLink change;
        change.segment = segment(link);
        change.delay = delay;
        act(change);
    }
}

void BgpLab::setSilent(std::size_t link, bool silent, bool isOneWay) {
    const InterfaceRef end =
        isOneWay ? lab_->simulation().topology().segment(segment(link)).ends.front() : InterfaceRef{};
    act(action::SetSilence{segment(link), silent, end, true, false});
    if (silent) silent_[link] = isOneWay;
    if (!silent) silent_.erase(link);
}

void BgpLab::setWeather(const LinkProperties& weather) {
    for (std::size_t link = 0; link < links_.size(); ++link) {
        action::ChangeLink change;
        change.segment = segment(link);
        change.loss = weather.loss;
        change.duplicate = weather.duplicate;
        change.reorder = weather.reorder;
        change.corrupt = weather.corrupt;
        act(change);
    }
}

void BgpLab::makeTrouble() {
    const std::size_t link = random_.below(links_.size());
    const std::size_t router = random_.below(routers_);
    switch (random_.below(options_.hangs ? 8 : 6)) {
        case 0:
        case 1:
            return setLink(link, damage_.links.contains(link));
        case 2:
            return setRouter(router, damage_.routers.contains(router));
        case 3:
            return setProcess(router, stopped_.contains(router));
        case 4: {
            const auto known = silent_.find(link);
            if (known != silent_.end()) return setSilent(link, false, known->second);
            return setSilent(link, true, random_.below(2) == 0);
        }
        case 6:
        case 7:
            if (!stopped_.contains(router)) setFrozen(router, !frozen_.contains(router));
            return;
        default:
            if (!stopped_.contains(router)) clear(router, {"*"});
    }
}

void BgpLab::heal() {
    while (!frozen_.empty())
        setFrozen(*frozen_.begin(), false);
    while (!damage_.links.empty())
        setLink(*damage_.links.begin(), true);
    while (!damage_.routers.empty())
        setRouter(*damage_.routers.begin(), true);
    while (!stopped_.empty())
        setProcess(*stopped_.begin(), true);
    while (!silent_.empty())
        setSilent(silent_.begin()->first, false, silent_.begin()->second);
}

std::map<std::size_t, std::size_t> BgpLab::hopsFrom(std::size_t router, bool mindsProcesses) const {
    Graph alive(routers_);
    const auto takesPart = [&](std::size_t r) { return !mindsProcesses || !stopped_.contains(r); };
    for (std::size_t i = 0; i < links_.size(); ++i) {
        if (isUp(i) && takesPart(links_[i].first) && takesPart(links_[i].second))
            boost::add_edge(links_[i].first, links_[i].second, alive);
    }
    constexpr std::size_t kFar = SIZE_MAX;
    std::vector<std::size_t> hops(routers_, kFar);
    hops[router] = 0;
    boost::breadth_first_search(
        alive, router,
        boost::visitor(boost::make_bfs_visitor(boost::record_distances(hops.data(), boost::on_tree_edge()))));
    std::map<std::size_t, std::size_t> found;
    for (std::size_t r = 0; r < routers_; ++r) {
        if (hops[r] != kFar) found[r] = hops[r];
    }
    return found;
}

bool BgpLab::canBeUp(const Pair& pair) const {
    if (stopped_.contains(pair.first) || stopped_.contains(pair.second)) return false;
    if (pair.link) return isUp(*pair.link);
    return hopsFrom(pair.first, false).contains(pair.second);
}

std::vector<std::string> BgpLab::wrongSessions() const {
    std::vector<std::string> wrong;
    for (const Pair& pair : pairs_) {
        const bool isWanted = canBeUp(pair);
        for (const bool atFirst : {true, false}) {
            const bgp::Peer* peer = peerOf(pair, atFirst);
            const bool isThere = peer != nullptr && peer->session.isEstablished();
            if (isThere == isWanted) continue;
            wrong.push_back(fmt::format("R{} with R{}: {}", atFirst ? pair.first : pair.second,
                                        atFirst ? pair.second : pair.first,
                                        peer == nullptr ? "no process" : peer->session.reason(lab_->now())));
        }
    }
    return wrong;
}

void BgpLab::settle(const std::string& where) {
    if (testing::Test::HasFatalFailure()) return;
    for (int seconds = 0; seconds < 1800 && !wrongSessions().empty(); ++seconds) {
        runFor(Duration::seconds(1));
        expectNothingHangs(where);
        if (testing::Test::HasFailure()) return;
    }
    const auto wrong = wrongSessions();
    ASSERT_TRUE(wrong.empty()) << where << ": " << wrong.front();
    const Convergence convergence = lab_->runUntilConverged(Duration::hours(1), hooks_);
    ASSERT_TRUE(convergence.isConverged) << where;
    expectNothingHangs(where);
    expectNoOrphans(where);
    expectAgreement(where);
    expectShortestPaths(where);
    EXPECT_TRUE(findLoops(lab_->simulation()).empty()) << where;
}

void BgpLab::expectNothingHangs(const std::string& where) const {
    for (std::size_t r = 0; r < routers_; ++r) {
        const bgp::BgpProcess* at = process(r);
        if (at == nullptr || frozen_.contains(r)) continue;
        for (const auto& [id, peer] : at->peers()) {
            const std::string what =
                fmt::format("{}: R{} with {}, {}", where, r, peer.name(), name(peer.session.state()));
            ASSERT_FALSE(peer.session.reason(lab_->now()).empty()) << what;
            ASSERT_FALSE(peer.session.nextDeadline().isNever()) << what;
            ASSERT_LE(at->nextDeadline(), peer.session.nextDeadline()) << what << ": nobody wakes it";
            ASSERT_GE(peer.session.nextDeadline(), lab_->now()) << what << ": it overslept";
        }
    }
}

/// Asked at every instant: words are made only for what is wrong.
std::string BgpLab::orphan() const {
    for (std::size_t r = 0; r < routers_; ++r) {
        const bgp::BgpProcess* at = process(r);
        const Rib& rib = lab_->simulation().node(node(r)).rib;
        for (const Prefix& prefix : rib.prefixes(Family::IPv4)) {
            for (const RibRoute* route : rib.routes(prefix)) {
                if (route->protocol != bgp::kBgp) continue;
                const bgp::Destination* known =
                    at == nullptr ? nullptr : at->table(Family::IPv4).find(prefix);
                if (known == nullptr || known->bestPath() == nullptr)
                    return fmt::format("R{} has {} in its RIB only", r, toString(prefix));
            }
        }
        if (at == nullptr) continue;
        for (const auto& [prefix, destination] : at->table(Family::IPv4)) {
            for (const bgp::Path& path : destination.paths) {
                if (path.isLocal()) continue;
                const auto from = at->peers().find(path.peer);
                if (from == at->peers().end())
                    return fmt::format("R{} has {} from nobody", r, toString(prefix));
                const bool isKept = options_.restartsGracefully && path.isStale &&
                                    !from->second.families.ipv4.staleUntil.isNever();
                if (from->second.session.isEstablished() ? path.isStale && !isKept : !isKept)
                    return fmt::format("R{} has {} from {}, which is down", r, toString(prefix),
                                       from->second.name());
            }
            for (const bgp::Advertised& told : destination.advertised) {
                const auto to = at->peers().find(told.peer);
                if (to == at->peers().end() || !to->second.session.isEstablished())
                    return fmt::format("R{} thinks that somebody who is down knows {}", r, toString(prefix));
            }
        }
    }
    return "";
}

void BgpLab::expectNoOrphans(const std::string& where) const { EXPECT_EQ(orphan(), "") << where; }

bool BgpLab::mustRefuse(std::size_t router, const bgp::PathAttributes& attributes) const {
    if (options_.shape == BgpShape::Ases) return attributes.asPath->contains(asOf(router));
    const bgp::RouterId self = process(router)->routerId();
    const auto& clusters = attributes.rare->clusterList;
    return attributes.rare->originatorId == self || std::ranges::find(clusters, self) != clusters.end();
}

void BgpLab::expectToldEverything(const Pair& pair, bool byFirst, const std::string& where) const {
    const bgp::Peer* told = peerOf(pair, byFirst);
    const bgp::Peer* heard = peerOf(pair, !byFirst);
    const std::size_t speaker = byFirst ? pair.first : pair.second;
    const std::size_t listener = byFirst ? pair.second : pair.first;
    const bgp::BgpProcess& from = *process(speaker);
    const bgp::BgpProcess& to = *process(listener);
    std::uint32_t sent = 0;
    std::uint32_t kept = 0;
    for (const auto& [prefix, destination] : from.table(Family::IPv4)) {
        for (const bgp::Advertised& one : destination.advertised) {
            if (one.peer != told->id) continue;
            ++sent;
            const std::string what =
                fmt::format("{}: R{} has told R{} of {}", where, speaker, listener, toString(prefix));
            const bgp::Destination* known = to.table(Family::IPv4).find(prefix);
            const bgp::Path* path = nullptr;
            for (std::size_t i = 0; known != nullptr && i < known->paths.size(); ++i) {
                if (known->paths[i].peer == heard->id) path = &known->paths[i];
            }
            ASSERT_EQ(path == nullptr, mustRefuse(listener, *one.attributes)) << what;
            if (path == nullptr) continue;
            ++kept;
            EXPECT_EQ(path->attributes->asPath->text(), one.attributes->asPath->text()) << what;
            EXPECT_EQ(path->attributes->origin, one.attributes->origin) << what;
            EXPECT_EQ(path->attributes->med, one.attributes->med) << what;
            EXPECT_EQ(path->attributes->rare->originatorId, one.attributes->rare->originatorId) << what;
            EXPECT_EQ(path->attributes->rare->clusterList, one.attributes->rare->clusterList) << what;
            EXPECT_EQ(to.nextHops()[path->nextHop].value, from.nextHops()[one.nextHop].value) << what;
        }
    }
    EXPECT_EQ(told->families.ipv4.sent, sent) << where << ": R" << speaker << " miscounts what it has told";
    EXPECT_EQ(heard->families.ipv4.accepted, kept)
        << where << ": R" << listener << " has more from R" << speaker << " than that has told";
}

void BgpLab::expectAgreement(const std::string& where) const {
    for (const Pair& pair : pairs_) {
        const bgp::Peer* first = peerOf(pair, true);
        const bgp::Peer* second = peerOf(pair, false);
        if (!isBothEstablished(first, second)) continue;
        expectToldEverything(pair, true, where);
        expectToldEverything(pair, false, where);
        for (const bgp::Peer* one : {first, second}) {
            EXPECT_TRUE(one->families.ipv4.hasReceivedEndOfRib) << where << ": " << one->name();
            EXPECT_TRUE(one->families.ipv4.pending.isEmpty()) << where << ": " << one->name();
        }
    }
}

void BgpLab::expectShortestPaths(const std::string& where) const {
    const bool isOneAs = options_.shape != BgpShape::Ases;
    for (std::size_t r = 0; r < routers_; ++r) {
        if (stopped_.contains(r)) continue;
        const auto hops = hopsFrom(r, !isOneAs);
        for (std::size_t target = 0; target < routers_; ++target) {
            if (target == r || stopped_.contains(target)) continue;
            const std::string what = fmt::format("{}: R{} to R{}", where, r, target);
            const bgp::Destination* known = process(r)->table(Family::IPv4).find(own(target));
            const bgp::Path* best = known == nullptr ? nullptr : known->bestPath();
            const bool isThere =
                lab_->simulation().node(node(r)).rib.selected(own(target)).protocol == bgp::kBgp;
            bool isWanted = hops.contains(target);
            if (options_.shape == BgpShape::Reflectors) {
                // Through a reflector that both have a session with, or from one.
                const auto speaksWith = [&](std::size_t reflector) {
                    return !stopped_.contains(reflector) && hops.contains(reflector);
                };
                isWanted = isWanted && (speaksWith(0) || speaksWith(1) || r < 2 || target < 2);
            }
            ASSERT_EQ(best != nullptr && isThere, isWanted) << what;
            if (best == nullptr || !isWanted) continue;
            EXPECT_EQ(best->attributes->asPath->length(), isOneAs ? 0 : hops.at(target)) << what;
            if (isOneAs) {
                const IpAddress origin = stubNetwork(target).address().plus(1);
                EXPECT_EQ(process(r)->nextHops()[best->nextHop].value.address, origin) << what;
                continue;
            }
            for (const NextHop& hop : lab_->simulation().node(node(r)).rib.selected(own(target)).hops) {
                const std::size_t link =
                    lab_->simulation().topology().interface({node(r), hop.interface}).segment.value();
                ASSERT_LT(link, links_.size()) << what;
                const std::size_t next = links_[link].first == r ? links_[link].second : links_[link].first;
                EXPECT_EQ(hopsFrom(next, true).at(target) + 1, hops.at(target))
                    << what << " goes by R" << next;
            }
        }
    }
}

}  // namespace peerscape::properties
