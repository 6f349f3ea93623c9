#include "gui/session/protocol_tables.hpp"

#include <algorithm>

#include "engine/lab/prober.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "protocols/rip/process.hpp"
#include "scenarios/explain/evidence.hpp"
#include "scenarios/explain/silence.hpp"
#include "scenarios/shell/route_view.hpp"

namespace peerscape::gui {

namespace {

FibRow rowOf(const RouteView& route, const HopView& hop) {
    FibRow row;
    row.prefix = toString(route.prefix);
    row.protocol = route.protocol;
    row.interface = hop.interfaceName;
    switch (hop.hop.kind) {
        case NextHop::Kind::Blackhole:
            row.interface = "blackhole";
            break;
        case NextHop::Kind::Reject:
            row.interface = "reject";
            break;
        case NextHop::Kind::Interface:
            break;
        case NextHop::Kind::Gateway:
            row.gateway = toString(hop.hop.gateway);
            break;
    }
    return row;
}

/// The routes of one RIP process.
class RipTable {
  public:
    RipTable(const LabWorld& world, NodeId node, const rip::RipProcess& process, ProtocolId protocol)
        : evidence_{world.simulation(), world.lab().log(), world.file()},
          node_(node),
          process_(process),
          protocol_(protocolName(protocol)) {}

    void addTo(std::vector<RipRow>& rows) const {
        const rip::RouteTable& table = process_.table();
        for (const std::uint32_t position : table.routes().sorted()) {
            const auto& [prefix, route] = table.routes().at(position);
            rows.push_back(rowOf(prefix, route));
            for (const rip::Route& other : table.alternatives(prefix))
                rows.push_back(rowOf(prefix, other));
        }
    }

  private:
    RipRow rowOf(const Prefix& prefix, const rip::Route& route) const {
        const rip::RouteOrigin& origin = process_.table().origin(route);
        RipRow row;
        row.protocol = protocol_;
        row.prefix = toString(prefix);
        row.metric = route.metric.value();
        if (origin.kind == rip::RouteKind::Learned) {
            row.gateway = toString(origin.gateway);
            row.from = nameOf(origin);
        }
        row.timer = static_cast<RipRow::Timer>(route.timer);
        if (route.timer == rip::RouteTimer::None) return row;
        const rip::Timers& timers = process_.config().timers;
        row.whole = route.timer == rip::RouteTimer::Timeout ? timers.timeout : timers.garbage;
        row.left = std::max(Duration(), route.deadline - evidence_.world.now());
        // The timers may have been configured anew since this one was started.
        row.whole = std::max(row.whole, row.left);
        return row;
    }
    std::string nameOf(const rip::RouteOrigin& origin) const {
        const auto neighbor = neighborAt(evidence_, {node_, origin.interface}, origin.from);
        return neighbor ? evidence_.nameOf(neighbor->node) : toString(origin.from);
    }

    Evidence evidence_;
    NodeId node_;
    const rip::RipProcess& process_;
    std::string protocol_;
};

static_assert(static_cast<int>(RipRow::Timer::GarbageCollection) ==
              static_cast<int>(rip::RouteTimer::GarbageCollection));

}  // namespace

std::string nameOrAddress(const LabWorld& world, const IpAddress& address) {
    const auto owner = ownerOf(world.simulation(), address);
    return owner ? world.nameOf(*owner) : toString(address);
}

std::vector<FibRow> fibOf(const LabWorld& world, NodeId node) {
    const ShellContext context{world.simulation(), node, protocols()};
    std::vector<FibRow> rows;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        RouteFilter filter;
        filter.family = family;
        for (const PrefixView& prefix : viewRoutes(context, filter)) {
            for (const RouteView& route : prefix.routes) {
                if (!route.isInstalled) continue;
                for (const HopView& hop : route.hops) {
                    if (hop.isInFib && !hop.isRecursive && !hop.isDuplicate)
                        rows.push_back(rowOf(route, hop));
                }
            }
        }
    }
    return rows;
}

std::vector<RipRow> ripOf(const LabWorld& world, NodeId node) {
    std::vector<RipRow> rows;
    for (const ProtocolId protocol : {rip::kRip, rip::kRipng}) {
        const ProcessSlot* slot = world.simulation().node(node).slotOf(protocol);
        const auto* process =
            slot == nullptr ? nullptr : dynamic_cast<const rip::RipProcess*>(slot->process.get());
        if (process != nullptr) RipTable(world, node, *process, protocol).addTo(rows);
    }
    return rows;
}

}  // namespace peerscape::gui
