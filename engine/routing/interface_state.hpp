#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/time.hpp"

namespace peerscape {

/// One interface of a router, as its own processes may read it.
struct InterfaceState {
    InterfaceId id;
    std::string name;
    std::string description;
    bool isLoopback = false;
    bool isStub = false;          ///< a network with nothing else on it: it has a carrier without a cable
    bool isPointToPoint = false;  ///< two ends, and can never have more
    bool isAdminUp = true;
    bool hasCarrier = false;
    std::uint32_t mtu = 1500;                 ///< bytes of IP packet
    Bandwidth bandwidth;                      ///< as configured or of the link
    Duration delay;                           ///< one way, of the link
    std::uint64_t macAddress = 0;             ///< lower 48 bits
    std::vector<InterfaceAddress> addresses;  ///< global ones, in the order they were given
    std::optional<IpAddress> linkLocal;       ///< IPv6, made by the lab

    bool isUp() const { return isAdminUp && hasCarrier; }
    /// The first address of the family; the link-local one is not among them.
    const InterfaceAddress* firstAddress(Family family) const {
        for (const auto& a : addresses) {
            if (a.address.family() == family) return &a;
        }
        return nullptr;
    }
    bool hasAddress(const IpAddress& address) const {
        if (linkLocal && *linkLocal == address) return true;
        for (const auto& a : addresses) {
            if (a.address == address) return true;
        }
        return false;
    }
    /// The address whose network contains `neighbor`, if any.
    const InterfaceAddress* addressFacing(const IpAddress& neighbor) const {
        for (const auto& a : addresses) {
            if (a.network().contains(neighbor)) return &a;
        }
        return nullptr;
    }
};

}  // namespace peerscape
