#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "protocols/eigrp/dual.hpp"

/// Routers that run DUAL for one destination and exchange messages, one delivery at a time, in any order that
/// keeps each channel's own: as a reliable transport would bring them.
namespace peerscape::eigrp::dual {

/// Two routers that can hear each other, over an interface of each.
struct Wire {
    int a = 0;
    int b = 0;
    std::uint16_t interfaceOfA = 0;
    std::uint16_t interfaceOfB = 0;
};

/// Links are numbered; so are their interfaces, that no two links share.
inline std::vector<Wire> wiresOf(const std::vector<std::pair<int, int>>& links) {
    std::vector<Wire> wires;
    for (const auto& [a, b] : links) {
        const auto number = static_cast<std::uint16_t>(wires.size());
        wires.push_back({a, b, number, number});
    }
    return wires;
}

class DualNetwork {
  public:
    /// What one router has sent another: queries and replies, in one computation or all.
    using Traffic = std::map<std::pair<int, int>, int>;

    DualNetwork(int routers, const std::vector<Wire>& wires, std::uint64_t seed, bool splitHorizon = true)
        : splitHorizon_(splitHorizon),
          random_(seed, "network", "dual"),
          nodes_(static_cast<std::size_t>(routers)) {
        for (const Wire& wire : wires)
            links_.push_back({wire});
        for (const Link& link : links_) {
            cost(link.wire.a, link.wire.interfaceOfA) = drawCost();
            cost(link.wire.b, link.wire.interfaceOfB) = drawCost();
        }
        for (std::size_t i = 0; i < links_.size(); ++i)
            restore(i);
    }

    int size() const { return static_cast<int>(nodes_.size()); }
    std::size_t linkCount() const { return links_.size(); }
    RandomStream& random() { return random_; }
    const TopologyTable& table(int router) const { return at(router).table; }

    /// The router is where the destination is, at this distance; infinity: no longer.
    void attach(int router, CompositeDistance distance) {
        at(router).connected = distance;
        Effects effects;
        at(router).table.setLocal(kPrefix, kConnected, distance, AttributesId::none(), effects);
        carryOut(router, effects);
    }

    bool isUp(std::size_t link) const { return links_[link].isUp; }
    /// What is under way is lost; the ends notice when notice() says so.
    void fail(std::size_t link) {
        Link& one = links_[link];
        if (!one.isUp) return;
        one.isUp = false;
        channels_.erase({one.wire.a, one.wire.b});
        channels_.erase({one.wire.b, one.wire.a});
        unnoticed_.insert({link, true});
        unnoticed_.insert({link, false});
    }
    /// The interface at one end of the link goes down, and with it all links through it; or comes back.
    void failEnd(std::size_t link, bool isA) {
        const auto end = endOf(links_[link].wire, isA);
        down_.insert(end);
        for (const std::size_t other : linksAt(end))
            fail(other);
    }
    /// Does nothing while an end of these links has not noticed that they failed.
    void restoreEnd(std::size_t link, bool isA) {
        const auto end = endOf(links_[link].wire, isA);
        const auto links = linksAt(end);
        if (std::ranges::any_of(links, [&](std::size_t one) { return isUnnoticed(one); })) return;
        down_.erase(end);
        for (const std::size_t other : links) {
            const Wire& wire = links_[other].wire;
            if (!down_.contains(endOf(wire, true)) && !down_.contains(endOf(wire, false))) restore(other);
        }
    }
    bool hasUnnoticed() const { return !unnoticed_.empty(); }
    /// One end of one failed link notices.
    void notice() {
        auto one = unnoticed_.begin();
        std::advance(one, random_.below(unnoticed_.size()));
        const auto [link, isA] = *one;
        unnoticed_.erase(one);
        const Wire& wire = links_[link].wire;
        lose(isA ? wire.a : wire.b, isA ? wire.b : wire.a);
    }
    void restore(std::size_t link) {
        Link& one = links_[link];
        if (one.isUp || isUnnoticed(link)) return;
        one.isUp = true;
        greet(one.wire.a, one.wire.b, one.wire.interfaceOfA);
        greet(one.wire.b, one.wire.a, one.wire.interfaceOfB);
        tellAll(one.wire.a, one.wire.b);
        tellAll(one.wire.b, one.wire.a);
    }
    /// The interface of one end of the link gets another cost.
    void changeCost(std::size_t link, bool ofA, std::uint64_t newCost) {
        const Wire& wire = links_[link].wire;
        const int router = ofA ? wire.a : wire.b;
        const std::uint16_t interface = ofA ? wire.interfaceOfA : wire.interfaceOfB;
        cost(router, interface) = newCost;
        for (const auto& [neighbor, through] : at(router).interfaces) {
            if (through != interface) continue;
            const Entry* entry = table(router).find(kPrefix);
            const Path* path = entry == nullptr ? nullptr : entry->paths.find(idOf(neighbor));
            if (path == nullptr) continue;
            Effects effects;
            at(router).table.changeLinkCost(kPrefix, idOf(neighbor), plus(path->reported, newCost),
                                            AttributesId::none(), effects);
            carryOut(router, effects);
        }
    }
    std::uint64_t drawCost() { return 1 + random_.below(20); }

    bool isQuiet() const { return channels_.empty() && unnoticed_.empty(); }
    /// The next message of any channel arrives.
    void deliver() {
        auto channel = channels_.begin();
        std::advance(channel, random_.below(channels_.size()));
        const auto [from, to] = channel->first;
        const Letter letter = channel->second.front();
        channel->second.pop_front();
        if (channel->second.empty()) channels_.erase(channel);
        const std::uint64_t linkCost = cost(to, at(to).interfaces.at(from));
        Effects effects;
        at(to).table.receive(kPrefix, idOf(from), letter.message,
                             {letter.reported, plus(letter.reported, linkCost), AttributesId::none()},
                             effects);
        carryOut(to, effects);
    }
    bool canDeliver() const { return !channels_.empty(); }

    /// Whether packets can go round, over any installed path.
    bool hasLoop() const {
        std::vector<int> colour(nodes_.size(), 0);
        for (int router = 0; router < size(); ++router) {
            if (reachesItself(router, colour)) return true;
        }
        return false;
    }
    /// "4>2,0, " for every router: for messages of failed tests.
    std::string routes() const {
        std::string text;
        for (int router = 0; router < size(); ++router) {
            text += std::to_string(router) + ">";
            for (const int next : nextHops(router))
                text += std::to_string(next) + ",";
            text += " ";
        }
        return text;
    }

    /// Our distance; infinity when there is no entry.
    CompositeDistance distance(int router) const {
        const Entry* entry = table(router).find(kPrefix);
        return entry == nullptr ? CompositeDistance::infinity() : entry->reported;
    }
    bool isPassive(int router) const { return table(router).activeCount() == 0; }
    CompositeDistance connected(int router) const { return at(router).connected; }

    /// Calls `visit(from, to, cost)` for both directions of every link that is up.
    template <typename Visit>
    void eachDirection(Visit visit) const {
        for (const Link& link : links_) {
            if (!link.isUp) continue;
            visit(link.wire.a, link.wire.b, at(link.wire.a).costs.at(link.wire.interfaceOfA));
            visit(link.wire.b, link.wire.a, at(link.wire.b).costs.at(link.wire.interfaceOfB));
        }
    }

    /// Queries and replies since the last call, by direction.
    Traffic takeTraffic() { return std::exchange(traffic_, {}); }
    /// How often each event has happened in each state since the last call.
    using Census = std::map<std::pair<State, InputEvent>, int>;
    Census takeCensus() { return std::exchange(census_, {}); }
    /// How often each router has asked its neighbours since the last call.
    std::map<int, int> takeRounds() { return std::exchange(rounds_, {}); }

  private:
    struct Letter {
        Message message;
        CompositeDistance reported;
    };
    struct Node {
        TopologyTable table;
        std::map<std::uint16_t, std::uint64_t> costs;  ///< by interface
        std::map<int, std::uint16_t> interfaces;       ///< by neighbour that it believes to be up
        CompositeDistance connected;
        std::vector<Path> installed;  ///< paths that packets take, as the last RouteChanged left them
    };
    struct Link {
        Wire wire;
        bool isUp = false;
    };

    static NeighborId idOf(int router) { return NeighborId(static_cast<std::uint16_t>(router)); }
    static CompositeDistance plus(CompositeDistance distance, std::uint64_t cost) {
        return distance.isFinite() ? CompositeDistance(distance.metric() + cost) : distance;
    }
    Node& at(int router) { return nodes_[static_cast<std::size_t>(router)]; }
    const Node& at(int router) const { return nodes_[static_cast<std::size_t>(router)]; }
    std::uint64_t& cost(int router, std::uint16_t interface) { return at(router).costs[interface]; }

    using End = std::pair<int, std::uint16_t>;  ///< a router and its interface

    static End endOf(const Wire& wire, bool isA) {
        return isA ? End(wire.a, wire.interfaceOfA) : End(wire.b, wire.interfaceOfB);
    }
    std::vector<std::size_t> linksAt(const End& end) const {
        std::vector<std::size_t> links;
        for (std::size_t i = 0; i < links_.size(); ++i) {
            const Wire& wire = links_[i].wire;
            if (endOf(wire, true) == end || endOf(wire, false) == end) links.push_back(i);
        }
        return links;
    }
    bool isUnnoticed(std::size_t link) const {
        return unnoticed_.contains({link, true}) || unnoticed_.contains({link, false});
    }

    void greet(int router, int neighbor, std::uint16_t interface) {
        at(router).interfaces[neighbor] = interface;
        at(router).table.addNeighbor(idOf(neighbor),
                                     {.interface = InterfaceId(interface), .splitHorizon = splitHorizon_});
    }
    void tellAll(int router, int neighbor) {
        if (table(router).find(kPrefix) == nullptr) return;
        post(router, table(router).tellOf(kPrefix, idOf(neighbor), Message::Update));
    }
    void lose(int router, int neighbor) {
        at(router).interfaces.erase(neighbor);
        Effects effects;
        at(router).table.loseNeighbor(idOf(neighbor), effects);
        carryOut(router, effects);
    }

    void carryOut(int router, const Effects& effects) {
        for (const EffectOn& one : effects) {
            if (const auto* passed = std::get_if<Passed>(&one.effect)) {
                ++census_[{passed->from, passed->event}];
                const InputEvent event = passed->event;
                const bool asks = event == InputEvent::IE3 || event == InputEvent::IE4 ||
                                  event == InputEvent::IE11 || event == InputEvent::IE12;
                if (asks) ++rounds_[router];
            }
            if (const auto* sent = std::get_if<Send>(&one.effect)) post(router, *sent);
            if (std::holds_alternative<RouteChanged>(one.effect)) at(router).installed = usable(router);
        }
        expectNothingUnsaid(router);
    }
    /// The paths that DUAL lets packets take, those for variance included.
    std::vector<Path> usable(int router) const {
        const Entry* entry = table(router).find(kPrefix);
        return entry == nullptr ? std::vector<Path>() : TopologyTable::feasiblePaths(*entry);
    }
    /// What is installed is what may be: RouteChanged has come in time. While active the distance may differ.
    void expectNothingUnsaid(int router) const {
        const auto now = usable(router);
        if (isPassive(router)) {
            EXPECT_EQ(at(router).installed, now) << "router " << router;
        }
        EXPECT_TRUE(std::ranges::equal(at(router).installed, now, {}, &Path::source, &Path::source))
            << "router " << router;
    }
    void post(int router, const Send& sent) {
        const int to = sent.to.value();
        if (sent.message != Message::Update) ++traffic_[{router, to}];
        if (areConnected(router, to)) channels_[{router, to}].push_back({sent.message, sent.reported});
    }
    bool areConnected(int router, int other) const {
        return std::ranges::any_of(links_, [&](const Link& link) {
            const bool isIt = (link.wire.a == router && link.wire.b == other) ||
                              (link.wire.b == router && link.wire.a == other);
            return isIt && link.isUp;
        });
    }

    std::vector<int> nextHops(int router) const {
        std::vector<int> next;
        for (const Path& path : at(router).installed) {
            const bool goesOn = !isLocal(path.source) && areConnected(router, path.source.value());
            if (goesOn) next.push_back(path.source.value());
        }
        return next;
    }
    /// Depth first; 1 is on the way, 2 is done.
    bool reachesItself(int router, std::vector<int>& colour) const {
        int& mine = colour[static_cast<std::size_t>(router)];
        if (mine != 0) return mine == 1;
        mine = 1;
        for (const int next : nextHops(router)) {
            if (reachesItself(next, colour)) return true;
        }
        mine = 2;
        return false;
    }

    inline static const Prefix kPrefix = *Prefix::parse("10.9.0.0/16");

    bool splitHorizon_;
    RandomStream random_;
    std::vector<Node> nodes_;
    std::vector<Link> links_;
    std::map<std::pair<int, int>, std::deque<Letter>> channels_;  ///< without empty ones
    std::set<std::pair<std::size_t, bool>> unnoticed_;            ///< failed link, end a
    std::set<End> down_;
    Traffic traffic_;
    Census census_;
    std::map<int, int> rounds_;
};

}  // namespace peerscape::eigrp::dual
