#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/small_vector.hpp"
#include "engine/base/time.hpp"

namespace peerscape {

/// The two kinds of routes a router has by itself. All other numbers are the catalogue's.
inline constexpr ProtocolId kLocal{0};
inline constexpr ProtocolId kConnected{1};

/// Where a packet goes next.
struct NextHop {
    enum class Kind : std::uint8_t {
        Interface,  ///< the destination is on the interface's own network
        Gateway,    ///< a neighbour, on `interface` when named, otherwise found by looking the gateway up
        Blackhole,  ///< dropped silently (Null0)
        Reject,     ///< dropped, and the sender told "host unreachable"
    };

    Kind kind = Kind::Interface;
    bool onLink = false;    ///< the gateway is taken to be on `interface` whatever the addresses say
    InterfaceId interface;  ///< none: to be found
    IpAddress gateway;      ///< meaningful for Kind::Gateway
    /// Its share of the route's packets, in proportion to the other hops' weights. 0: none, as long as a hop
    /// with a weight works.
    std::uint8_t weight = 1;

    static NextHop through(InterfaceId interface) { return {Kind::Interface, false, interface, {}, 1}; }
    static NextHop via(const IpAddress& gateway, InterfaceId interface = {}) {
        return {Kind::Gateway, false, interface, gateway, 1};
    }
    static NextHop blackhole() { return {Kind::Blackhole, false, {}, {}, 1}; }
    static NextHop reject() { return {Kind::Reject, false, {}, {}, 1}; }

    bool isDiscard() const { return kind == Kind::Blackhole || kind == Kind::Reject; }
    /// Packets go the same way, whatever the weights.
    bool isSameWayAs(const NextHop& other) const {
        return kind == other.kind && onLink == other.onLink && interface == other.interface &&
               gateway == other.gateway;
    }
    friend auto operator<=>(const NextHop&, const NextHop&) = default;
};
static_assert(sizeof(NextHop) == 22, "the weight lies where padding was: a large lab has millions of hops");

/// The next hops of one route: nearly always a single one, which costs no memory of its own.
using NextHops = SmallVector<NextHop, 1>;
inline std::span<const NextHop> spanOf(const NextHops& hops) { return {hops.data(), hops.size()}; }

/// Administrative distance: which protocol is believed first. 255 is never believed.
using Distance = std::uint8_t;
inline constexpr Distance kUnreachableDistance = 255;

/// A route that a process offers to its router's RIB. One offer per (prefix, protocol, slot); a new one
/// replaces it.
struct RouteOffer {
    Prefix prefix;
    Distance distance = 0;
    std::uint8_t slot =
        0;  ///< tells apart several offers of one process for one prefix (static routes: their distance)
    std::uint32_t metric = 0;
    std::uint32_t tag = 0;
    bool allowRecursion = false;  ///< a gateway may be reached by another route than a connected one
    NextHops nextHops;

    friend bool operator==(const RouteOffer&, const RouteOffer&) = default;
};

/// A selected route as other processes see it (redistribution). `withdrawn` means that the protocol no longer
/// has the selected route of the prefix.
struct RouteChange {
    Prefix prefix;
    ProtocolId protocol;
    bool withdrawn = false;
    std::uint8_t slot = 0;
    Distance distance = 0;
    std::uint32_t metric = 0;
    std::uint32_t tag = 0;
    NextHops nextHops;
};

/// What next-hop tracking says of an address.
struct NextHopState {
    IpAddress address;
    bool isReachable = false;
    ProtocolId protocol;       ///< of the route that resolves it
    std::uint32_t metric = 0;  ///< of that route: the "IGP metric" of BGP
    Distance distance = 0;
    NextHops nextHops;  ///< what packets to it would really use

    friend bool operator==(const NextHopState&, const NextHopState&) = default;
};

}  // namespace peerscape
