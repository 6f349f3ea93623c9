#include "tests/bench/as_graph_lab.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/base/check.hpp"
#include "protocols/bgp/process_config.hpp"
#include "scenarios/config/config_reader.hpp"

namespace peerscape::bench {
namespace {

/// As the intents of a lab file say it for `relation: customer-provider` and `peer`.
constexpr std::string_view kPolicy = R"(bgp community-list standard not-for-all permit 65000:2
bgp community-list standard not-for-all permit 65000:3
!
route-map from-customer permit 10
 set community 65000:1
 set local-preference 200
!
route-map to-customer permit 10
!
route-map from-peer permit 10
 set community 65000:2
 set local-preference 150
!
route-map to-peer deny 10
 match community not-for-all
!
route-map to-peer permit 20
!
route-map from-provider permit 10
 set community 65000:3
 set local-preference 50
!
route-map to-provider deny 10
 match community not-for-all
!
route-map to-provider permit 20
!
)";

std::shared_ptr<const policy::PolicySet> readPolicy() {
    auto outcome = readConfig(kPolicy, {}, {});
    PEERSCAPE_CHECK(outcome.diagnostics.empty());
    return std::dynamic_pointer_cast<const policy::PolicySet>(outcome.config.policy);
}

/// What the other end of the link is to this AS.
std::string_view roleOfOther(const AsGraph::Link& link, std::uint32_t as) {
    if (link.relation == AsGraph::Relation::Peers) return "peer";
    return link.first == as ? "customer" : "provider";
}

}  // namespace

AsGraphLab::AsGraphLab(const AsGraph& graph, const SimulationOptions& options)
    : graph_(graph), policy_(readPolicy()) {
    std::ranges::sort(graph_.links, {},
                      [](const AsGraph::Link& link) { return std::minmax(link.first, link.second); });
    Topology topology;
    for (const std::uint32_t as : graph_.numbers()) {
        const auto added = topology.addNode("AS" + std::to_string(as), NodeKind::Router);
        PEERSCAPE_CHECK(added.has_value());
        nodes_[as] = *added;
    }
    LinkProperties properties;
    properties.delay = Duration::milliseconds(1);
    for (std::size_t i = 0; i < graph_.links.size(); ++i) {
        const auto [low, high] = std::minmax(graph_.links[i].first, graph_.links[i].second);
        const std::string name = "l" + std::to_string(i);
        const Prefix network = linkNetwork(i);
        const auto at = [&](std::uint64_t host) {
            return std::vector<InterfaceAddress>{{network.address().plus(host), network.length()}};
        };
        const auto added = topology.addSegment(name, SegmentKind::PointToPoint, properties,
                                               {{node(low), name, at(1)}, {node(high), name, at(2)}});
        PEERSCAPE_CHECK(added.has_value());
        linksOf_[low].push_back(i);
        linksOf_[high].push_back(i);
    }
    lab_ = std::make_unique<Lab>(std::move(topology), LabOptions{.simulation = options});
    lab_->log().keep(0);
    for (const auto& [as, links] : linksOf_)
        configure(as);
}

Prefix AsGraphLab::networkOf(std::uint32_t as) { return {IpAddress::v4(0x60000000U + as * 256), 24}; }

Prefix AsGraphLab::linkNetwork(std::size_t link) {
    return {IpAddress::v4(0x0a000000U + static_cast<std::uint32_t>(link) * 4), 30};
}

void AsGraphLab::configure(std::uint32_t as) {
    auto config = std::make_shared<RouterConfig>();
    config->hostname = "AS" + std::to_string(as);
    config->policy = policy_;
    config->processes[bgp::kBgp] = bgpOf(as, false);
    const auto done = lab_->apply({"configure", action::Configure{node(as), std::move(config)}});
    PEERSCAPE_CHECK(done.has_value());
}

std::shared_ptr<const bgp::BgpProcessConfig> AsGraphLab::bgpOf(std::uint32_t as, bool isAnnounced) {
    auto config = std::make_shared<bgp::BgpProcessConfig>();
    config->policy = policy_;
    bgp::BgpConfig& value = config->value;
    value.number = Asn::number(as);
    value.routerId = bgp::RouterId(as);
    value.checksImport = false;
    value.timers = {0, 0};
    value.bestPath.comparesRouterId = true;
    value.families.ipv4.maximumPaths = 1;
    if (isAnnounced) value.families.ipv4.networks[networkOf(as)] = {};
    for (const std::size_t index : linksOf_.at(as)) {
        const AsGraph::Link& link = graph_.links[index];
        const std::uint32_t other = link.first == as ? link.second : link.first;
        const std::string role(roleOfOther(link, as));
        auto& neighbor = value.neighbors[linkNetwork(index).address().plus(as < other ? 2 : 1)];
        neighbor.settings.remoteAs = bgp::RemoteAs{bgp::RemoteAs::Kind::Number, Asn::number(other)};
        neighbor.settings.advertisementInterval = 0;
        neighbor.settings.detectsLoopsAtSender = true;
        neighbor.settings.isPassive = as > other;
        bgp::NeighborFamilySettings settings;
        settings.routeMap = {"from-" + role, "to-" + role};
        neighbor.families.ipv4 = shared_.same(settings);
    }
    return config;
}

const bgp::BgpProcess& AsGraphLab::process(std::uint32_t as) const {
    const ProcessSlot* slot = lab_->simulation().node(node(as)).slotOf(bgp::kBgp);
    PEERSCAPE_CHECK(slot != nullptr);
    return dynamic_cast<const bgp::BgpProcess&>(*slot->process);
}

void AsGraphLab::settle() {
    const Convergence convergence = lab_->runUntilConverged(Duration::hours(1));
    PEERSCAPE_CHECK(convergence.isConverged);
}

void AsGraphLab::establish() { settle(); }

void AsGraphLab::setNetworks(std::span<const std::uint32_t> ases, bool areAnnounced) {
    for (const std::uint32_t as : ases) {
        auto config = std::make_shared<RouterConfig>(*lab_->simulation().node(node(as)).config);
        config->processes[bgp::kBgp] = bgpOf(as, areAnnounced);
        const auto done = lab_->apply({"configure", action::Configure{node(as), std::move(config)}});
        PEERSCAPE_CHECK(done.has_value());
    }
    settle();
}

std::uint64_t AsGraphLab::updates() const {
    std::uint64_t count = 0;
    for (const auto& [as, links] : linksOf_) {
        for (const auto& [id, peer] : process(as).peers())
            count += peer.session.counts().sent.updates;
    }
    return count;
}

std::size_t AsGraphLab::pathsTo(std::uint32_t as) const {
    std::size_t count = 0;
    for (const auto& [at, links] : linksOf_) {
        const bgp::Destination* destination = process(at).table(Family::IPv4).find(networkOf(as));
        if (destination != nullptr) count += destination->paths.size();
    }
    return count;
}

std::vector<std::uint32_t> AsGraphLab::bestPath(std::uint32_t at, std::uint32_t to) const {
    const bgp::Destination* destination = process(at).table(Family::IPv4).find(networkOf(to));
    std::vector<std::uint32_t> numbers;
    if (destination == nullptr || destination->bestPath() == nullptr) return numbers;
    for (const auto& segment : destination->bestPath()->attributes->asPath->segments())
        numbers.insert(numbers.end(), segment.numbers.begin(), segment.numbers.end());
    return numbers;
}

}  // namespace peerscape::bench
