#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/address_span.hpp"
#include "engine/base/clone_ptr.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/small_vector.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/input.hpp"
#include "engine/routing/interface_state.hpp"
#include "engine/routing/outbox.hpp"
#include "engine/routing/process.hpp"
#include "engine/routing/rib.hpp"
#include "engine/routing/router_config.hpp"
#include "engine/sim/fragments.hpp"
#include "engine/sim/stream_table.hpp"

namespace peerscape {

/// What a process that hangs has not handled yet.
struct HeldInput {
    Input input;
    RecordId cause;
};

/// One process on one node, and what the node does for it.
struct ProcessSlot {
    ProtocolId protocol;
    bool isFrozen = false;  ///< it hangs (action::SetFrozen)
    ClonePtr<Process> process;
    SimTime wakeAt = SimTime::never();  ///< when the agenda holds a Wake for it
    // What every change of a route asks comes first.
    SmallVector<std::pair<ProtocolId, Family>, 4> subscriptions;
    std::set<Prefix> trackedPrefixes;
    AddressSpan trackedSpan;             ///< of all in `tracked`
    std::vector<RouteChange> routeNews;  ///< to be told at the next Notify
    std::vector<NextHopState> nextHopNews;
    std::vector<RouteChange> prefixNews;
    std::map<IpAddress, NextHopState> tracked;
    RecordId newsCause;
    Duration retention{};  ///< so long its routes stay should it end (RetainRoutes)
    std::vector<BindUdp> udp;
    std::vector<BindIp> ip;
    std::vector<HeldInput> held;        ///< in the order in which it will be handled
    std::size_t heldDatagramBytes = 0;  ///< of datagrams in `held`

    bool hasNews() const { return !routeNews.empty() || !nextHopNews.empty() || !prefixNews.empty(); }
};

/// Everything one router or host is at one moment. A value.
struct NodeState {
    std::string name;
    bool isHost = false;
    bool isCutOff = false;  ///< all its cables are pulled, whatever happens to the links (action::SetNode)
    std::vector<InterfaceState> interfaces;  ///< by InterfaceId
    std::map<IpAddress, InterfaceId>
        localAddresses;  ///< those it answers for; link-local ones are asked per interface
    std::shared_ptr<const RouterConfig> config;
    Rib rib;
    std::vector<ProcessSlot> processes;  ///< by protocol
    std::set<ProtocolId> stopped;        ///< ended by the operator; configured all the same
    /// Until when routes stay of processes that have ended (RetainRoutes), unless others say them again.
    std::map<ProtocolId, SimTime> retainedUntil;
    bool notifyIsScheduled = false;
    std::uint16_t nextIdentification = 1;
    Reassembly reassembly;
    StreamTable streams;

    ProcessSlot* slotOf(ProtocolId protocol) {
        for (auto& slot : processes) {
            if (slot.protocol == protocol) return &slot;
        }
        return nullptr;
    }
    const ProcessSlot* slotOf(ProtocolId protocol) const {
        return const_cast<NodeState*>(this)->slotOf(protocol);
    }
    bool isLocal(const IpAddress& address) const { return localAddresses.contains(address); }
    /// The limited broadcast address, or that of any of the node's networks.
    bool isBroadcast(const IpAddress& address) const {
        if (address.isV6()) return false;
        if (address.isLimitedBroadcast()) return true;
        return std::any_of(interfaces.begin(), interfaces.end(), [&](const InterfaceState& interface) {
            return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                               [&](const InterfaceAddress& a) { return a.broadcast() == address; });
        });
    }
};

}  // namespace peerscape
