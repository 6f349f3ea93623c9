#pragma once

#include <map>
#include <memory>
#include <tuple>

#include "engine/sim/tcp_message.hpp"
#include "protocols/bgp/process.hpp"
#include "tests/properties/graph_lab.hpp"

/// Labs for the figures that others have found: every router is an AS with eBGP on each link, all links are
/// alike, and one prefix comes and goes.
namespace peerscape::properties {

struct OracleOptions {
    std::uint16_t interval = 30;  ///< the advertisement interval, in seconds
    bool pacesWithdrawals = false;
    bool detectsLoopsAtSender = false;
    bool jittersIntervals = false;
    std::optional<bgp::ProcessingTime> processingTime{};
    std::uint64_t seed = 1;
};

/// UPDATEs on the wire. One that announces and withdraws is both.
struct UpdateCounts {
    std::uint64_t announcements = 0;
    std::uint64_t withdrawals = 0;
    std::uint64_t withdrawalsByOrigin = 0;  ///< of these
    std::uint64_t withdrawalsToOrigin = 0;
    SimTime last;  ///< when the last one was sent
};

class OracleLab {
  public:
    static constexpr Duration kDelay = Duration::milliseconds(1);

    OracleLab(const Graph& graph, std::size_t origin, const OracleOptions& options)
        : options_(options), origin_(origin), routers_(boost::num_vertices(graph)) {
        const auto [begin, end] = boost::edges(graph);
        for (auto edge = begin; edge != end; ++edge)
            links_.emplace_back(boost::source(*edge, graph), boost::target(*edge, graph));
        LabOptions labOptions;
        labOptions.simulation.seed = options_.seed;
        lab_ = std::make_unique<Lab>(draw(), labOptions);
        lab_->log().keep(RecordLog::Kinds{1} << record::What(record::PacketSent{}).index());
        for (std::size_t r = 0; r < routers_; ++r)
            configure(r, false);
        settle();
    }

    // What happens to the prefix, and everything that follows from it until nothing waits any more.
    UpdateCounts announce() {
        return after([this] { configure(origin_, true); });
    }
    UpdateCounts withdraw() {
        return after([this] { configure(origin_, false); });
    }
    UpdateCounts failLink(std::size_t link) {
        return after([&] { act(action::SetSegment{SegmentId(static_cast<std::uint32_t>(link)), false}); });
    }
    /// From the latest of these to the last UPDATE.
    Duration convergenceTime() const { return last_ - since_; }
    std::size_t linkBetween(std::size_t a, std::size_t b) const {
        const auto found = std::ranges::find_if(
            links_, [&](const Link& link) { return link == Link(a, b) || link == Link(b, a); });
        return static_cast<std::size_t>(found - links_.begin());
    }
    /// How many routers have a way to the prefix, the origin included.
    std::size_t routersWithRoute() const {
        std::size_t count = 0;
        for (std::uint32_t r = 0; r < routers_; ++r) {
            const ProcessSlot* slot = lab_->simulation().node(NodeId(r)).slotOf(bgp::kBgp);
            const auto& process = dynamic_cast<const bgp::BgpProcess&>(*slot->process);
            const bgp::Destination* found = process.table(Family::IPv4).find(target());
            if (found != nullptr && found->bestPath() != nullptr) ++count;
        }
        return count;
    }

  private:
    static Prefix target() { return {IpAddress::v4(0x0a000000U), 24}; }
    static Prefix linkNetwork(std::size_t link) {
        return {IpAddress::v4(0xac100000U + static_cast<std::uint32_t>(link) * 4), 30};
    }
    static Asn asOf(std::size_t router) { return Asn::number(static_cast<std::uint32_t>(65001 + router)); }
    static NodeId node(std::size_t router) { return NodeId(static_cast<std::uint32_t>(router)); }

    Topology draw() const {
        Topology topology;
        for (std::size_t r = 0; r < routers_; ++r)
            EXPECT_TRUE(topology.addNode("R" + std::to_string(r), NodeKind::Router).has_value());
        for (std::size_t i = 0; i < links_.size(); ++i) {
            LinkProperties properties;
            properties.delay = kDelay;
            const std::string name = "l" + std::to_string(i);
            const auto at = [&](std::uint64_t host) {
                return InterfaceAddress{linkNetwork(i).address().plus(host), linkNetwork(i).length()};
            };
            EXPECT_TRUE(topology
                            .addSegment(name, SegmentKind::PointToPoint, properties,
                                        {{node(links_[i].first), name, {at(1)}},
                                         {node(links_[i].second), name, {at(2)}}})
                            .has_value());
        }
        return topology;
    }

    void configure(std::size_t router, bool announces) {
        auto bgp = std::make_shared<bgp::BgpProcessConfig>();
        bgp::BgpConfig& config = bgp->value;
        config.number = asOf(router);
        config.routerId = bgp::RouterId(asOf(router).value());
        config.requiresEbgpPolicy = config.checksImport = false;
        config.timers = {0, 0};
        config.jittersIntervals = options_.jittersIntervals;
        config.pacesWithdrawals = options_.pacesWithdrawals;
        config.processingTime = options_.processingTime;
        config.bestPath.comparesRouterId = true;
        if (announces) config.families.ipv4.networks[target()] = {};
        for (std::size_t i = 0; i < links_.size(); ++i) {
            const bool isFirst = links_[i].first == router;
            if (!isFirst && links_[i].second != router) continue;
            const std::size_t other = isFirst ? links_[i].second : links_[i].first;
            auto& settings = config.neighbors[linkNetwork(i).address().plus(isFirst ? 2 : 1)].settings;
            settings.remoteAs = bgp::RemoteAs{bgp::RemoteAs::Kind::Number, asOf(other)};
            settings.advertisementInterval = options_.interval;
            settings.detectsLoopsAtSender = options_.detectsLoopsAtSender;
        }
        auto made = std::make_shared<RouterConfig>();
        made->hostname = "R" + std::to_string(router);
        made->processes[bgp::kBgp] = bgp;
        act(action::Configure{node(router), made});
    }
    template <typename What>
    void act(What what) {
        const auto done = lab_->apply({"act", std::move(what)});
        ASSERT_TRUE(done.has_value()) << done.error().message;
    }
    /// Until nothing moves, and every advertisement interval is over.
    void settle() {
        EXPECT_TRUE(lab_->runUntilConverged(Duration::hours(24)).isConverged);
        lab_->runFor(Duration::seconds(options_.interval) + Duration::seconds(1));
    }
    template <typename Event>
    UpdateCounts after(Event event) {
        lab_->log().discardBefore(RecordId(lab_->log().count()));
        since_ = lab_->now();
        event();
        settle();
        const UpdateCounts counts = count();
        last_ = counts.last;
        return counts;
    }

    /// Reads the bytes on the wire: type 2 is an UPDATE; what follows the withdrawn routes and the attributes
    /// is announced (RFC 4271 section 4.3). Nothing is lost here, so segments follow one another.
    UpdateCounts count() const {
        std::map<std::tuple<IpAddress, IpAddress, std::uint16_t, std::uint16_t>, Bytes> streams;
        UpdateCounts counts;
        counts.last = since_;
        for (const Record& record : lab_->log().kept()) {
            const Packet& packet = *std::get<record::PacketSent>(record.what).packet;
            const auto segment = TcpMessage::segmentOf(packet);
            if (!segment || segment->payload.empty()) continue;
            Bytes& bytes =
                streams[{packet.source, packet.destination, segment->sourcePort, segment->destinationPort}];
            bytes.insert(bytes.end(), segment->payload.begin(), segment->payload.end());
            const auto number = [&](std::size_t at) {
                return std::size_t{bytes[at]} * 256 + std::size_t{bytes[at + 1]};
            };
            while (bytes.size() >= 19 && bytes.size() >= number(16)) {
                const std::size_t length = number(16);
                const bool isUpdate = bytes[18] == 2;
                const std::size_t withdrawn = isUpdate ? number(19) : 0;
                const std::size_t attributes = isUpdate ? number(21 + withdrawn) : 0;
                const bool announces = isUpdate && 23 + withdrawn + attributes < length;
                const bool fromOrigin = record.node == node(origin_);
                if (announces) ++counts.announcements;
                if (withdrawn > 0) {
                    ++counts.withdrawals;
                    if (fromOrigin) ++counts.withdrawalsByOrigin;
                    if (isOrigins(packet.destination)) ++counts.withdrawalsToOrigin;
                }
                if (announces || withdrawn > 0) counts.last = record.time;
                bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
            }
        }
        return counts;
    }
    bool isOrigins(const IpAddress& address) const {
        return std::ranges::any_of(lab_->simulation().node(node(origin_)).interfaces,
                                   [&](const InterfaceState& i) { return i.hasAddress(address); });
    }

    OracleOptions options_;
    std::size_t origin_;
    std::size_t routers_;
    std::vector<Link> links_;
    std::unique_ptr<Lab> lab_;
    SimTime since_;
    SimTime last_;
};

}  // namespace peerscape::properties
