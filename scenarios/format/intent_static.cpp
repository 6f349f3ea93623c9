#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include <fmt/format.h>

#include "scenarios/format/intents.hpp"

namespace peerscape::intents {

namespace {

/// The first hop on the shortest way to another router.
struct FirstHop {
    std::size_t neighborInterface = 0;
    std::size_t hops = 0;
};

/// Breadth first over the links that are there from the start; of equally short ways the one by the earlier
/// link.
class ShortestWays {
  public:
    ShortestWays(const IntentView& view, std::size_t from, Family family)
        : view_(view), from_(from), family_(family) {
        std::deque<std::size_t> queue{from};
        ways_[from] = {};
        while (!queue.empty()) {
            const std::size_t node = queue.front();
            queue.pop_front();
            visitNeighbors(node, queue);
        }
    }

    /// Every router that can be reached, in the order of the lab; the start itself with 0 hops.
    const std::map<std::size_t, FirstHop>& ways() const { return ways_; }

    bool isInside(const IntentSegment& segment) const {
        const IntentNode& self = view_.nodes()[from_];
        if (!self.runs(IntentProtocol::Bgp)) return true;
        return std::ranges::all_of(segment.interfaces, [&](std::size_t i) {
            const IntentNode& node = view_.nodes()[view_.interfaces()[i].node];
            return node.router == nullptr || view_.isSameAs(self, node);
        });
    }

  private:
    void visitNeighbors(std::size_t node, std::deque<std::size_t>& queue) {
        for (const std::size_t own : view_.nodes()[node].interfaces) {
            const IntentSegment& segment = view_.segments()[view_.interfaces()[own].segment];
            if (!segment.isThereFromTheStart || !isInside(segment)) continue;
            for (const std::size_t other : segment.interfaces) {
                const IntentInterface& interface = view_.interfaces()[other];
                // A host forwards nothing, and a neighbour without an address is no next hop.
                if (view_.nodes()[interface.node].router == nullptr || !interface.hasFamily(family_))
                    continue;
                const FirstHop& before = ways_.at(node);
                const FirstHop way{node == from_ ? other : before.neighborInterface, before.hops + 1};
                if (ways_.try_emplace(interface.node, way).second) queue.push_back(interface.node);
            }
        }
    }

    const IntentView& view_;
    std::size_t from_;
    Family family_;
    std::map<std::size_t, FirstHop> ways_;
};

/// The networks of a router: of its links and LANs, and its loopbacks.
std::vector<Prefix> networksOf(const IntentView& view, std::size_t node, Family family,
                               const ShortestWays& ways) {
    std::vector<Prefix> networks;
    for (const std::size_t index : view.nodes()[node].interfaces) {
        const IntentInterface& interface = view.interfaces()[index];
        const IntentSegment& segment = view.segments()[interface.segment];
        if (!segment.isThereFromTheStart || !ways.isInside(segment)) continue;
        for (const Prefix& network : interface.networks(family))
            networks.push_back(network);
    }
    for (const PlacedAddress& address : view.nodes()[node].router->loopback) {
        if (address.value.address.family() == family) networks.push_back(address.value.network());
    }
    return networks;
}

std::string routesOf(const IntentView& view, std::size_t node, Family family) {
    const ShortestWays ways(view, node, family);
    std::set<Prefix> own;
    for (const Prefix& network : networksOf(view, node, family, ways))
        own.insert(network);
    // The nearest router of a network gives the way to it.
    std::map<Prefix, FirstHop> best;
    for (const auto& [router, way] : ways.ways()) {
        if (router == node) continue;
        for (const Prefix& network : networksOf(view, router, family, ways)) {
            if (own.contains(network)) continue;
            const auto [known, isNew] = best.try_emplace(network, way);
            if (!isNew && way.hops < known->second.hops) known->second = way;
        }
    }
    std::string text;
    for (const auto& [network, way] : best) {
        const IpAddress nextHop = *view.interfaces()[way.neighborInterface].address(family);
        text += fmt::format("{} route {} {}\n", family == Family::IPv4 ? "ip" : "ipv6", toString(network),
                            toString(nextHop));
    }
    return text;
}

}  // namespace

std::string staticRoutes(const IntentView& view, std::size_t node) {
    std::string text;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (view.needsStaticRoutes(view.nodes()[node], family)) text += routesOf(view, node, family);
    }
    return text.empty() ? text : text + "!\n";
}

std::string defaultRoute(const IntentView& view, std::size_t host, const std::string& gateway) {
    std::string text;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        std::optional<IpAddress> nextHop;
        for (const std::size_t own : view.nodes()[host].interfaces) {
            for (const std::size_t other : view.segments()[view.interfaces()[own].segment].interfaces) {
                const IntentInterface& interface = view.interfaces()[other];
                const bool isGateway = view.nodes()[interface.node].name == gateway;
                if (isGateway && !nextHop && view.interfaces()[own].hasFamily(family))
                    nextHop = interface.address(family);
            }
        }
        if (!nextHop) continue;
        text += fmt::format("{} route {} {}\n", family == Family::IPv4 ? "ip" : "ipv6",
                            toString(Prefix::defaultRoute(family)), toString(*nextHop));
    }
    return text;
}

}  // namespace peerscape::intents
