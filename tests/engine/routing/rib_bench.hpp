#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/check.hpp"
#include "engine/routing/rib.hpp"
#include "tests/engine/base/values.hpp"

namespace peerscape {

inline constexpr ProtocolId kStaticForTest{2};
inline constexpr ProtocolId kRipForTest{3};
inline constexpr ProtocolId kBgpForTest{5};

/// A RIB with interfaces: eth0 to eth3 have 10.0.N.1/24 and 2001:db8:N::1/64, lo has 10.255.0.1/32; all are
/// up.
struct RibBench {
    static constexpr std::uint16_t kEthernets = 4;

    RibBench() {
        for (std::uint16_t n = 0; n <= kEthernets; ++n) {
            InterfaceState& added = interfaces.emplace_back();
            added.id = InterfaceId(n);
            added.isLoopback = n == kEthernets;
            added.name = added.isLoopback ? "lo" : "eth" + std::to_string(n);
            added.hasCarrier = true;
            if (added.isLoopback) {
                added.addresses = {InterfaceAddress::parse("10.255.0.1/32").value()};
            } else {
                added.addresses = {
                    InterfaceAddress::parse("10.0." + std::to_string(n) + ".1/24").value(),
                    InterfaceAddress::parse("2001:db8:" + std::to_string(n) + "::1/64").value()};
            }
            connect(n, true);
        }
        rib.settle(interfaces);
    }

    /// Offers or withdraws the connected routes of an interface.
    void connect(std::uint16_t n, bool up) {
        for (const InterfaceAddress& address : interfaces[n].addresses) {
            if (!up) {
                rib.withdraw(kConnected, address.network(), static_cast<std::uint8_t>(n), nextCause());
                continue;
            }
            RouteOffer offer;
            offer.prefix = address.network();
            offer.slot = static_cast<std::uint8_t>(n);
            offer.nextHops = {NextHop::through(InterfaceId(n))};
            rib.offer(kConnected, offer, now, nextCause());
        }
    }

    void setCarrier(std::uint16_t n, bool up) {
        if (interfaces[n].hasCarrier == up) return;
        interfaces[n].hasCarrier = up;
        connect(n, up);
        rib.interfacesChanged(nextCause());
    }

    std::vector<RibChange> settle() { return rib.settle(interfaces); }

    /// Offers a route and settles.
    std::vector<RibChange> add(ProtocolId protocol, std::string_view prefix, Distance distance, NextHops hops,
                               bool recursive = true, std::uint32_t metric = 0, std::uint8_t slot = 0) {
        RouteOffer offer;
        offer.prefix = net(prefix);
        offer.distance = distance;
        offer.metric = metric;
        offer.slot = slot;
        offer.allowRecursion = recursive;
        offer.nextHops = std::move(hops);
        now = now + Duration::seconds(1);
        rib.offer(protocol, offer, now, nextCause());
        return settle();
    }
    std::vector<RibChange> remove(ProtocolId protocol, std::string_view prefix, std::uint8_t slot = 0) {
        rib.withdraw(protocol, net(prefix), slot, nextCause());
        return settle();
    }

    NextHops way(std::string_view address) const {
        const auto hops = rib.lookUp(ip(address));
        return {hops.begin(), hops.end()};
    }
    bool isSelected(std::string_view prefix) const { return rib.selected(net(prefix)).exists(); }

    RecordId nextCause() { return RecordId(causes++); }

    Rib rib;
    std::vector<InterfaceState> interfaces;
    SimTime now;
    std::uint64_t causes = 0;
};

inline InterfaceId eth(std::uint16_t n) { return InterfaceId(n); }

}  // namespace peerscape
