// The RIB against one that knows no shortcuts: after every change it works everything out from nothing.
#include <algorithm>
#include <map>
#include <tuple>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/engine/routing/rib_bench.hpp"

namespace peerscape {
namespace {

using Selection = std::map<Prefix, SelectedRoute>;

/// Offers in a plain list, oldest first; selection and resolution by repeated passes over all of them.
class NaiveRib {
  public:
    struct Route {
        ProtocolId protocol;
        RouteOffer offer;
        NextHops active;
    };

    void offer(ProtocolId protocol, const RouteOffer& offer) {
        withdraw(protocol, offer.prefix, offer.slot);
        routes_.push_back({protocol, offer, {}});
    }
    void withdraw(ProtocolId protocol, const Prefix& prefix, std::uint8_t slot) {
        std::erase_if(routes_, [&](const Route& r) {
            return r.protocol == protocol && r.offer.prefix == prefix && r.offer.slot == slot;
        });
    }
    bool viaDefault = false;

    Selection solve(const std::vector<InterfaceState>& interfaces) {
        for (Route& r : routes_)
            r.active.clear();
        Selection selection;
        for (std::size_t pass = 0; pass < 40; ++pass) {
            for (Route& r : routes_) {
                r.active.clear();
                for (const NextHop& hop : r.offer.nextHops) {
                    for (const NextHop& found : resolve(r, hop, selection, interfaces)) {
                        if (std::find(r.active.begin(), r.active.end(), found) == r.active.end())
                            r.active.push_back(found);
                    }
                }
            }
            Selection next = select(interfaces);
            if (next == selection) break;
            selection = std::move(next);
        }
        return selection;
    }

  private:
    NextHops resolve(const Route& route, const NextHop& hop, const Selection& selection,
                     const std::vector<InterfaceState>& interfaces) const {
        if (hop.isDiscard()) return {hop};
        if (hop.interface.isSome()) {
            const InterfaceState& out = interfaces[hop.interface.value()];
            const bool reaches =
                hop.kind == NextHop::Kind::Interface || out.addressFacing(hop.gateway) != nullptr;
            return out.isUp() && reaches ? NextHops{hop} : NextHops{};
        }
        const Prefix& own = route.offer.prefix;
        if (own.isHost() && own.address() == hop.gateway) return {};
        for (int length = hop.gateway.bits(); length >= 0; --length) {
            const Prefix prefix(hop.gateway, static_cast<std::uint8_t>(length));
            if (prefix == own && !own.isHost()) return {};
            if (length == 0 && !viaDefault) return {};
            const auto found = selection.find(prefix);
            if (found == selection.end()) continue;
            if (found->second.protocol == kConnected)
                return {NextHop::via(hop.gateway, found->second.hops.front().interface)};
            if (!route.offer.allowRecursion) return {};
            NextHops hops = found->second.hops;
            for (NextHop& h : hops) {
                if (h.kind == NextHop::Kind::Interface) h = NextHop::via(hop.gateway, h.interface);
            }
            return hops;
        }
        return {};
    }

    Selection select(const std::vector<InterfaceState>& interfaces) const {
        Selection selection;
        const auto isLoopback = [&](const Route& r) {
            return std::any_of(r.active.begin(), r.active.end(), [&](const NextHop& h) {
                return h.interface.isSome() && interfaces[h.interface.value()].isLoopback;
            });
        };
        std::map<Prefix, const Route*> best;
        const auto rank = [&](const Route& r) {
            const bool connected = r.protocol == kConnected;
            return std::tuple(!connected, connected && !isLoopback(r), connected ? 0 : r.offer.distance,
                              r.offer.metric);
        };
        for (const Route& r : routes_) {
            if (r.active.empty() || r.offer.distance == kUnreachableDistance) continue;
            const Route*& present = best[r.offer.prefix];
            if (present == nullptr || rank(r) < rank(*present)) present = &r;
        }
        for (const auto& [prefix, r] : best) {
            if (r != nullptr)
                selection[prefix] = {r->protocol,     r->offer.slot, r->offer.distance,
                                     r->offer.metric, r->offer.tag,  r->active};
        }
        return selection;
    }

    std::vector<Route> routes_;
};

/// Both RIBs, fed with the same random history. Gateways lie in networks of a lower level than the route's
/// own, so that recursion has no circles and one right answer.
class Duel {
  public:
    explicit Duel(std::uint64_t seed) : random_(seed, "rib", "property") {
        for (std::uint16_t n = 0; n <= RibBench::kEthernets; ++n)
            connectNaively(n, true);
    }

    void act() {
        const std::uint64_t steps = 1 + random_.below(4);
        for (std::uint64_t i = 0; i < steps; ++i)
            actOnce();
    }

    void compare() {
        const auto changes = bench_.settle();
        const Selection right = naive_.solve(bench_.interfaces);
        Selection got;
        for (const Prefix& prefix : bench_.rib.prefixes(Family::IPv4)) {
            if (const SelectedRoute route = bench_.rib.selected(prefix); route.exists()) got[prefix] = route;
        }
        Selection right4 = right;
        std::erase_if(right4, [](const auto& entry) { return entry.first.family() != Family::IPv4; });
        ASSERT_EQ(got.size(), right4.size());
        for (const auto& [prefix, route] : right4)
            ASSERT_EQ(got[prefix], route) << toString(prefix);

        std::map<Prefix, std::pair<SelectedRoute, SelectedRoute>> differences;
        for (const auto& [prefix, route] : last_)
            differences[prefix].first = route;
        for (const auto& [prefix, route] : right)
            differences[prefix].second = route;
        std::erase_if(differences,
                      [](const auto& entry) { return entry.second.first == entry.second.second; });
        if (isFirst_) differences.clear();
        if (!isFirst_) {
            ASSERT_EQ(changes.size(), differences.size());
            for (const RibChange& change : changes) {
                ASSERT_TRUE(differences.contains(change.prefix)) << toString(change.prefix);
                ASSERT_EQ(change.before, differences[change.prefix].first) << toString(change.prefix);
                ASSERT_EQ(change.after, differences[change.prefix].second) << toString(change.prefix);
                ASSERT_TRUE(change.cause.isSome());
            }
        }
        isFirst_ = false;
        last_ = right;
    }

    void compareLookUps() {
        for (int i = 0; i < 10; ++i) {
            const IpAddress address = addressIn(static_cast<std::uint32_t>(random_.below(4)));
            const Prefix* longest = nullptr;
            for (const auto& [prefix, route] : last_) {
                if (prefix.contains(address) && (longest == nullptr || prefix.length() > longest->length()))
                    longest = &prefix;
            }
            ASSERT_EQ(bench_.rib.match(address), longest == nullptr ? std::nullopt : std::optional(*longest));
            const auto hops = bench_.rib.lookUp(address);
            const auto right = longest == nullptr ? NextHops() : last_[*longest].hops;
            ASSERT_TRUE(std::equal(hops.begin(), hops.end(), right.begin(), right.end()));
        }
    }

  private:
    /// Level 0 is 10.0.0.0/16, where the interfaces are; levels 1 to 3 are 20., 30. and 40.0.0.0/8.
    IpAddress addressIn(std::uint32_t level) {
        if (level == 0)
            return IpAddress::v4(0x0a000000U | static_cast<std::uint32_t>(random_.below(5)) << 8 |
                                 static_cast<std::uint32_t>(random_.below(4)));
        return IpAddress::v4((10 + 10 * level) << 24 | static_cast<std::uint32_t>(random_.below(3)) << 16 |
                             static_cast<std::uint32_t>(random_.below(3)));
    }
    Prefix prefixIn(std::uint32_t level) {
        static constexpr std::uint8_t kLengths[] = {8, 12, 16, 24, 32};
        return {addressIn(level), kLengths[random_.below(5)]};
    }

    void actOnce() {
        const std::uint64_t dice = random_.below(20);
        if (dice < 3) {
            const auto n = static_cast<std::uint16_t>(random_.below(RibBench::kEthernets));
            const bool up = !bench_.interfaces[n].hasCarrier;
            bench_.setCarrier(n, up);
            connectNaively(n, up);
            return;
        }
        if (dice == 3) {
            naive_.viaDefault = !naive_.viaDefault;
            bench_.rib.setResolvesViaDefault(Family::IPv4, naive_.viaDefault, bench_.nextCause());
            return;
        }
        const auto protocol = ProtocolId(static_cast<std::uint8_t>(2 + random_.below(3)));
        const auto level = static_cast<std::uint32_t>(1 + random_.below(3));
        const auto slot = static_cast<std::uint8_t>(random_.below(2));
        const bool isDefault = random_.below(12) == 0;
        const Prefix prefix = isDefault ? Prefix::defaultRoute(Family::IPv4) : prefixIn(level);
        if (dice < 9) {
            bench_.rib.withdraw(protocol, prefix, slot, bench_.nextCause());
            naive_.withdraw(protocol, prefix, slot);
            return;
        }
        RouteOffer offer;
        offer.prefix = prefix;
        offer.slot = slot;
        offer.distance = static_cast<Distance>(random_.below(8) == 0 ? 255 : 1 + random_.below(3));
        offer.metric = static_cast<std::uint32_t>(random_.below(3));
        offer.allowRecursion = random_.below(4) != 0;
        const std::uint64_t hops = 1 + random_.below(3);
        for (std::uint64_t i = 0; i < hops; ++i)
            offer.nextHops.push_back(hopBelow(isDefault ? 1 : level));
        bench_.rib.offer(protocol, offer, bench_.now, bench_.nextCause());
        naive_.offer(protocol, offer);
    }

    NextHop hopBelow(std::uint32_t level) {
        const auto interface = eth(static_cast<std::uint16_t>(random_.below(RibBench::kEthernets)));
        switch (random_.below(8)) {
            case 0:
                return random_.below(4) == 0 ? NextHop::blackhole() : NextHop::reject();
            case 1:
                return NextHop::through(interface);
            case 2:
                return NextHop::via(addressIn(0), interface);
            default:
                return NextHop::via(addressIn(static_cast<std::uint32_t>(random_.below(level))));
        }
    }

    void connectNaively(std::uint16_t n, bool up) {
        for (const InterfaceAddress& address : bench_.interfaces[n].addresses) {
            RouteOffer offer;
            offer.prefix = address.network();
            offer.slot = static_cast<std::uint8_t>(n);
            offer.nextHops = {NextHop::through(InterfaceId(n))};
            if (up) naive_.offer(kConnected, offer);
            if (!up) naive_.withdraw(kConnected, offer.prefix, offer.slot);
        }
    }

    RandomStream random_;
    RibBench bench_;
    NaiveRib naive_;
    Selection last_;
    bool isFirst_ = true;
};

TEST(RibProperty, EqualsTheNaiveRibAfterEveryChange) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Duel duel(seed);
        ASSERT_NO_FATAL_FAILURE(duel.compare()) << "seed " << seed;
        for (int round = 0; round < 25; ++round) {
            duel.act();
            ASSERT_NO_FATAL_FAILURE(duel.compare()) << "seed " << seed << ", round " << round;
            ASSERT_NO_FATAL_FAILURE(duel.compareLookUps()) << "seed " << seed << ", round " << round;
        }
    }
}

TEST(RibProperty, RandomCirclesOfGatewaysComeToAnEnd) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        RandomStream random(seed, "rib", "circles");
        RibBench bench;
        const auto address = [&] {
            return IpAddress::v4(20U << 24 | static_cast<std::uint32_t>(random.below(4)) << 16 |
                                 static_cast<std::uint32_t>(random.below(2)));
        };
        for (int round = 0; round < 25; ++round) {
            static constexpr std::uint8_t kLengths[] = {8, 16, 24, 32};
            RouteOffer offer;
            offer.prefix = Prefix(address(), kLengths[random.below(4)]);
            offer.distance = 1;
            offer.allowRecursion = true;
            offer.nextHops = {NextHop::via(random.below(4) == 0 ? ip("10.0.0.9") : address())};
            bench.rib.offer(kStaticForTest, offer, bench.now, bench.nextCause());
            if (random.below(5) == 0) bench.setCarrier(0, !bench.interfaces[0].hasCarrier);
            bench.settle();
            ASSERT_FALSE(bench.rib.isDirty());
            // Without the only interface that anything stands on, nothing may be left.
            if (bench.interfaces[0].hasCarrier) continue;
            for (const Prefix& prefix : bench.rib.prefixes(Family::IPv4)) {
                const bool isOurs = prefix.address().v4Number() >> 24 == 20;
                ASSERT_FALSE(isOurs && bench.rib.selected(prefix).exists())
                    << "seed " << seed << " " << toString(prefix);
            }
        }
    }
}

}  // namespace
}  // namespace peerscape
