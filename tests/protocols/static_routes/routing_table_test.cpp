/// The process together with a real routing table: what FRR 8.4 had in its table in the same places.
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/routing/rib.hpp"
#include "protocols/static_routes/process.hpp"
#include "tests/protocols/static_routes/reader.hpp"

namespace peerscape::static_routes {
namespace {

/// Stands for any other routing protocol.
constexpr ProtocolId kOther{9};

/// A router with nothing but connected and static routes.
class Router {
  public:
    void addInterface(std::string name, std::string_view address) {
        InterfaceState state;
        state.id = InterfaceId(static_cast<std::uint16_t>(interfaces_.size()));
        state.name = std::move(name);
        state.hasCarrier = true;
        state.addresses.push_back(*InterfaceAddress::parse(address));
        interfaces_.push_back(std::move(state));
        connect(interfaces_.back());
    }
    void configure(std::string_view lines) {
        ASSERT_EQ(reader_.read(lines), "");
        if (process_ == nullptr) {
            process_ = reader_.shared()->start(reader_.shared(), RandomStream(1, "R1", "static"));
            handle(Started{});
        } else {
            handle(Configured{reader_.shared()});
        }
        run();
    }
    void setCarrier(std::string_view name, bool hasCarrier) {
        auto& interface = *std::ranges::find(interfaces_, name, &InterfaceState::name);
        interface.hasCarrier = hasCarrier;
        connect(interface);
        rib_.interfacesChanged({});
        handle(InterfaceChanged{interface.id});
        run();
    }
    /// Another protocol learns or loses a network by a gateway on an interface.
    void learn(std::string_view network, std::string_view gateway, std::uint16_t interface) {
        const NextHop hop = NextHop::via(*IpAddress::parse(gateway), InterfaceId(interface));
        rib_.offer(kOther, {.prefix = *Prefix::parse(network), .distance = 120, .nextHops = {hop}}, {}, {});
        run();
    }
    void unlearn(std::string_view network) {
        rib_.withdraw(kOther, *Prefix::parse(network), 0, {});
        run();
    }
    void resolveViaDefault() {
        rib_.setResolvesViaDefault(Family::IPv4, true, {});
        // As the engine does: the answers are given again.
        run();
    }

    /// The static routes of the table, "*" before those that are used:
    /// "*10.0.0.0/8 [1] 192.0.2.1 eth0".
    std::vector<std::string> table() const {
        std::vector<std::string> lines;
        for (const Prefix& prefix : rib_.prefixes(Family::IPv4)) {
            for (const RibRoute* route : rib_.routes(prefix)) {
                if (route->protocol != kStatic) continue;
                std::string line = rib_.isSelected(prefix, *route) ? "*" : " ";
                line += fmt::format("{} [{}]", toString(prefix), route->distance);
                for (const NextHop& hop : rib_.hops(route->active))
                    line += " " + textOf(hop);
                lines.push_back(std::move(line));
            }
        }
        return lines;
    }

  private:
    std::string textOf(const NextHop& hop) const {
        if (hop.kind == NextHop::Kind::Blackhole) return "blackhole";
        if (hop.kind == NextHop::Kind::Reject) return "reject";
        const std::string& interface = interfaces_[hop.interface.value()].name;
        return hop.kind == NextHop::Kind::Gateway ? toString(hop.gateway) + " " + interface : interface;
    }
    void connect(const InterfaceState& interface) {
        const Prefix network = interface.addresses.front().network();
        if (!interface.isUp()) return rib_.withdraw(kConnected, network, 0, {});
        rib_.offer(kConnected, {.prefix = network, .nextHops = {NextHop::through(interface.id)}}, {}, {});
    }
    void handle(const Input& input) {
        const Env env{.now = {}, .cause = {}, .hostname = "R1", .interfaces = interfaces_, .rib = &rib_};
        Outbox out;
        process_->handle(env, input, out);
        for (const Effect& effect : out.effects()) {
            if (const auto* announced = std::get_if<Announce>(&effect.action)) {
                rib_.offer(kStatic, announced->offer, {}, {});
            } else if (const auto* gone = std::get_if<Withdraw>(&effect.action)) {
                rib_.withdraw(kStatic, gone->prefix, gone->slot, {});
            } else if (const auto* track = std::get_if<TrackNextHop>(&effect.action)) {
                if (track->wanted) {
                    tracked_.try_emplace(track->address);
                } else {
                    tracked_.erase(track->address);
                }
            }
        }
    }
    /// Settles the table and answers the process until nothing changes.
    void run() {
        for (int turn = 0; turn < 10; ++turn) {
            rib_.settle(interfaces_);
            NextHopsChanged news;
            for (auto& [address, known] : tracked_) {
                NextHopState present = rib_.resolve(address);
                if (known == present) continue;
                known = present;
                news.changes.push_back(std::move(present));
            }
            if (news.changes.empty() && !rib_.isDirty()) return;
            if (!news.changes.empty() && process_ != nullptr) handle(std::move(news));
        }
        FAIL() << "it never settles";
    }

    std::vector<InterfaceState> interfaces_;
    Rib rib_;
    test::Reader reader_;
    std::unique_ptr<Process> process_;
    std::map<IpAddress, std::optional<NextHopState>> tracked_;
};

using Lines = std::vector<std::string>;

TEST(StaticRoutingTable, HasBlackholesAndWhatIsBehindThemAsFrrHas) {
    // The reference case static-blackhole, router B.
    Router router;
    router.addInterface("eth0", "10.0.0.2/30");
    router.addInterface("eth1", "10.0.0.5/30");
    router.configure(
        "ip route 0.0.0.0/0 10.0.0.1\nip route 172.16.0.0/12 Null0\nip route 172.16.5.0/24 10.0.0.6\n"
        "ip route 172.17.0.0/16 reject\nip route 198.51.100.0/24 blackhole 5\n"
        "ip route 198.51.100.0/24 10.0.0.6 4");
    const Lines whole{"*0.0.0.0/0 [1] 10.0.0.1 eth0",       "*172.16.0.0/12 [1] blackhole",
                      "*172.16.5.0/24 [1] 10.0.0.6 eth1",   "*172.17.0.0/16 [1] reject",
                      "*198.51.100.0/24 [4] 10.0.0.6 eth1", " 198.51.100.0/24 [5] blackhole"};
    EXPECT_EQ(router.table(), whole);
    router.setCarrier("eth1", false);
    EXPECT_EQ(router.table(), (Lines{"*0.0.0.0/0 [1] 10.0.0.1 eth0", "*172.16.0.0/12 [1] blackhole",
                                     "*172.17.0.0/16 [1] reject", "*198.51.100.0/24 [5] blackhole"}));
    router.setCarrier("eth1", true);
    EXPECT_EQ(router.table(), whole);
}

TEST(StaticRoutingTable, HasFloatingAndEqualRoutesAsFrrHas) {
    // The reference case static-floating, router R1.
    Router router;
    router.addInterface("eth0", "172.16.12.1/24");
    router.addInterface("eth1", "172.16.13.1/24");
    router.configure(
        "ip route 192.168.4.0/24 172.16.12.2\nip route 192.168.4.0/24 172.16.13.3 200\n"
        "ip route 192.168.44.0/24 172.16.12.2\nip route 192.168.44.0/24 172.16.13.3\n"
        "ip route 0.0.0.0/0 172.16.13.3 250");
    const Lines whole{"*0.0.0.0/0 [250] 172.16.13.3 eth1", "*192.168.4.0/24 [1] 172.16.12.2 eth0",
                      " 192.168.4.0/24 [200] 172.16.13.3 eth1",
                      "*192.168.44.0/24 [1] 172.16.12.2 eth0 172.16.13.3 eth1"};
    EXPECT_EQ(router.table(), whole);
    router.setCarrier("eth0", false);
    EXPECT_EQ(router.table(),
              (Lines{"*0.0.0.0/0 [250] 172.16.13.3 eth1", "*192.168.4.0/24 [200] 172.16.13.3 eth1",
                     "*192.168.44.0/24 [1] 172.16.13.3 eth1"}))
        << "the lost gateway is not found by the default route";
    router.setCarrier("eth0", true);
    EXPECT_EQ(router.table(), whole);
}

TEST(StaticRoutingTable, ResolvesAGatewayByARouteOfAnotherProtocol) {
    Router router;
    router.addInterface("eth0", "10.0.0.1/30");
    router.configure("ip route 10.9.0.0/16 10.255.0.2");
    EXPECT_EQ(router.table(), Lines{});
    router.learn("10.255.0.2/32", "10.0.0.2", 0);
    EXPECT_EQ(router.table(), Lines{"*10.9.0.0/16 [1] 10.0.0.2 eth0"});
    router.unlearn("10.255.0.2/32");
    EXPECT_EQ(router.table(), Lines{});
}

TEST(StaticRoutingTable, ResolvesByTheDefaultRouteOnlyWhenToldTo) {
    Router router;
    router.addInterface("eth0", "10.0.0.1/30");
    router.configure("ip route 0.0.0.0/0 10.0.0.2\nip route 10.9.0.0/16 10.255.0.2");
    EXPECT_EQ(router.table(), Lines{"*0.0.0.0/0 [1] 10.0.0.2 eth0"});
    router.resolveViaDefault();
    EXPECT_EQ(router.table(), (Lines{"*0.0.0.0/0 [1] 10.0.0.2 eth0", "*10.9.0.0/16 [1] 10.0.0.2 eth0"}));
}

TEST(StaticRoutingTable, KeepsTheWayToItsOwnGatewayOutOfUse) {
    Router router;
    router.addInterface("eth0", "10.0.0.1/30");
    router.configure("ip route 10.9.0.0/16 10.9.0.1");
    EXPECT_EQ(router.table(), Lines{});
    router.configure("ip route 10.0.0.2/32 10.0.0.2");
    EXPECT_TRUE(
        std::ranges::none_of(router.table(), [](const std::string& line) { return line.front() == '*'; }));
}

}  // namespace
}  // namespace peerscape::static_routes
