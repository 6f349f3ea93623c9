#pragma once

#include <span>
#include <string_view>

#include "engine/base/ids.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/interface_state.hpp"
#include "engine/routing/route.hpp"
#include "engine/routing/traffic.hpp"

namespace peerscape {

/// What a process may look up in its router's RIB.
class RibView {
  public:
    virtual ~RibView() = default;
    /// How the address is reached now, as next-hop tracking would say it.
    virtual NextHopState resolve(const IpAddress& address) const = 0;
    /// The protocol whose route of exactly this prefix is selected, or none.
    virtual ProtocolId selectedProtocol(const Prefix& prefix) const = 0;
};

/// What a process may read while it handles an input. Everything else it knows by itself.
struct Env {
    SimTime now;
    RecordId cause;  ///< the record of the step being handled: "because of this"
    std::string_view hostname;
    std::span<const InterfaceState> interfaces;  ///< all of the router, by id
    const RibView* rib = nullptr;
    const TrafficView* traffic = nullptr;  ///< null: nothing is measured

    const InterfaceState& interface(InterfaceId id) const { return interfaces[id.value()]; }
    const InterfaceState* interfaceNamed(std::string_view name) const {
        for (const auto& i : interfaces) {
            if (i.name == name) return &i;
        }
        return nullptr;
    }
};

}  // namespace peerscape
