#pragma once

#include <functional>

#include "protocols/bgp/process.hpp"
#include "tests/properties/graph_lab.hpp"

/// Labs that run BGP on every router of a graph, and what must be true of them.
namespace peerscape::properties {

enum class BgpShape : std::uint8_t {
    Ases,        ///< every router is an AS, with an eBGP session on every link
    Mesh,        ///< all routers are one AS over RIP, with iBGP sessions between all of them
    Reflectors,  ///< the same, but only the first two routers are everybody's peers, and reflect
};

struct BgpLabOptions {
    BgpShape shape = BgpShape::Ases;
    LinkProperties weather{};  ///< what every link does to packets; its delay is the link's own
    bgp::SessionTimers timers{3, 9};
    bool restartsGracefully = false;
    bool bytesOnEveryHop = false;
    StreamModel streams = StreamModel::Segments;
    bool canSeek = false;
    bool hangs = false;  ///< processes hang, and go on, among the other troubles
    std::uint16_t advertisementInterval = 0;
    /// What else a router says of its neighbours; empty: nothing.
    std::function<void(std::size_t router, bgp::NeighborSettings& settings)> changes{};
};

class BgpLab {
  public:
    /// Two routers that are to have a session, and the link it runs over; without one it goes as RIP says.
    struct Pair {
        std::size_t first;
        std::size_t second;
        std::optional<std::size_t> link;
    };

    BgpLab(const Graph& graph, std::uint64_t seed, const BgpLabOptions& labOptions = {});

    Lab& lab() { return *lab_; }
    const Lab& lab() const { return *lab_; }
    RunHooks& hooks() { return hooks_; }
    RandomStream& random() { return random_; }
    std::size_t linkCount() const { return links_.size(); }
    std::size_t routerCount() const { return routers_; }
    static NodeId node(std::size_t router) { return NodeId(static_cast<std::uint32_t>(router)); }
    static SegmentId segment(std::size_t link) { return SegmentId(static_cast<std::uint32_t>(link)); }
    /// Null while the process is stopped.
    const bgp::BgpProcess* process(std::size_t router) const {
        const ProcessSlot* slot = lab_->simulation().node(node(router)).slotOf(bgp::kBgp);
        return slot == nullptr ? nullptr : dynamic_cast<const bgp::BgpProcess*>(slot->process.get());
    }

    // What can be done to the network. Each can be undone.
    void setLink(std::size_t link, bool up);
    void setRouter(std::size_t router, bool up);
    void setProcess(std::size_t router, bool runs);
    /// What the link's first end sends is lost, or what both do; nobody sees it.
    void setSilent(std::size_t link, bool silent, bool isOneWay);
    /// The router's BGP hangs: it reads nothing and says nothing.
    void setFrozen(std::size_t router, bool frozen);
    /// Of every link, one way.
    void setDelay(Duration delay);
    void setWeather(const LinkProperties& weather);
    /// One of these, chosen by chance.
    void makeTrouble();
    /// Everything works again.
    void heal();
    void clear(std::size_t router, const std::vector<std::string>& words) {
        act(action::Command{node(router), bgp::kBgp, words});
    }

    void runFor(Duration time) { lab_->runUntil(lab_->now() + time, hooks_); }
    /// Waits until just those sessions are up that can be, then for quiet, and asks for everything below.
    void settle(const std::string& where);

    /// Every session is Established or on its way there: it can say why not, and a timer of it runs.
    void expectNothingHangs(const std::string& where) const;
    /// No table and no RIB has anything from a neighbour whose session is down.
    void expectNoOrphans(const std::string& where) const;
    std::string orphan() const;
    BgpShape shape() const { return options_.shape; }
    /// What one side has told is what the other side has, but for what it must refuse.
    void expectAgreement(const std::string& where) const;
    /// AS paths are Boost.Graph's shortest ways; inside an AS everybody knows everything.
    void expectShortestPaths(const std::string& where) const;
    /// All sessions that are not as they should be.
    std::vector<std::string> wrongSessions() const;

  private:
    Prefix linkNetwork(std::size_t link) const {
        return {IpAddress::v4(0xac100000U + static_cast<std::uint32_t>(link) * 4), 30};
    }
    static Prefix stubNetwork(std::size_t router) {
        return {IpAddress::v4(0x0a000000U + static_cast<std::uint32_t>(router) * 256), 24};
    }
    /// What the router tells the others of: its stub or, where RIP tells of that, something that only BGP
    /// knows.
    Prefix own(std::size_t router) const {
        if (options_.shape == BgpShape::Ases) return stubNetwork(router);
        return {IpAddress::v4(0xcb000000U + static_cast<std::uint32_t>(router) * 256), 24};
    }
    static Asn asOf(std::size_t router) { return Asn::number(static_cast<std::uint32_t>(65001 + router)); }
    IpAddress addressOf(const Pair& pair, bool isFirst) const {
        if (!pair.link) return stubNetwork(isFirst ? pair.first : pair.second).address().plus(1);
        return linkNetwork(*pair.link)
            .address()
            .plus(isFirst == (links_[*pair.link].first == pair.first) ? 1 : 2);
    }
    template <typename What>
    void act(What what) {
        const auto done = lab_->apply({"act", std::move(what)});
        ASSERT_TRUE(done.has_value()) << done.error().message;
    }
    Topology draw();
    void configure(std::size_t router);
    std::shared_ptr<bgp::BgpProcessConfig> bgpOf(std::size_t router) const;

    bool isUp(std::size_t link) const {
        return !damage_.links.contains(link) && !silent_.contains(link) &&
               !damage_.routers.contains(links_[link].first) &&
               !damage_.routers.contains(links_[link].second);
    }
    /// Hops between the router and all others over links that work; with `mindsProcesses` only through
    /// routers that run BGP.
    std::map<std::size_t, std::size_t> hopsFrom(std::size_t router, bool mindsProcesses) const;
    bool canBeUp(const Pair& pair) const;
    const bgp::Peer* peerOf(const Pair& pair, bool atFirst) const {
        const bgp::BgpProcess* at = process(atFirst ? pair.first : pair.second);
        return at == nullptr ? nullptr : at->peerAt(addressOf(pair, !atFirst));
    }
    void expectToldEverything(const Pair& pair, bool byFirst, const std::string& where) const;
    bool mustRefuse(std::size_t router, const bgp::PathAttributes& attributes) const;

    BgpLabOptions options_;
    RandomStream random_;
    std::size_t routers_;
    std::vector<Link> links_;
    std::vector<Pair> pairs_;
    std::unique_ptr<Lab> lab_;
    RunHooks hooks_;
    Damage damage_;
    std::set<std::size_t> stopped_;
    std::set<std::size_t> frozen_;
    std::map<std::size_t, bool> silent_;  ///< links, and whether one way only
};

}  // namespace peerscape::properties
