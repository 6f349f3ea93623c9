#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <QCoreApplication>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/lab/forwarding_walk.hpp"
#include "gui/session/protocol_tables.hpp"
#include "gui/session/reach.hpp"
#include "gui/session/views.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/shell/route_view.hpp"

namespace peerscape::gui {

namespace {

/// The commands whose answers are shown as the router prints them.
struct TableCommand {
    std::string_view protocol;  ///< empty: every router has it
    const char* title;          ///< translated when it is shown
    std::string_view command;
};
constexpr std::array kTableCommands{
    TableCommand{"rip", QT_TRANSLATE_NOOP("TextTable", "RIP status"), "show ip rip status"},
    TableCommand{"ripng", QT_TRANSLATE_NOOP("TextTable", "RIPng status"), "show ipv6 ripng status"},
    TableCommand{"", QT_TRANSLATE_NOOP("TextTable", "Configuration"), "show running-config"},
};

std::string gatewayText(const std::string& gateway, const std::string& interface) {
    return QCoreApplication::translate("LabRun", "%1 on %2")
        .arg(QString::fromStdString(gateway), QString::fromStdString(interface))
        .toStdString();
}

std::string viaText(const RouteView& route) {
    std::vector<std::string> ways;
    for (const HopView& hop : route.hops) {
        if (hop.isDuplicate || hop.isResolver) continue;
        switch (hop.hop.kind) {
            case NextHop::Kind::Blackhole:
                ways.emplace_back("blackhole");
                break;
            case NextHop::Kind::Reject:
                ways.emplace_back("reject");
                break;
            case NextHop::Kind::Interface:
                ways.push_back(hop.interfaceName);
                break;
            case NextHop::Kind::Gateway:
                ways.push_back(hop.interfaceName.empty()
                                   ? toString(hop.hop.gateway)
                                   : gatewayText(toString(hop.hop.gateway), hop.interfaceName));
                break;
        }
    }
    return fmt::format("{}", fmt::join(ways, ", "));
}

std::vector<RouteRow> routesOf(const LabWorld& world, NodeId node) {
    const ShellContext context{world.simulation(), node, protocols()};
    std::vector<RouteRow> rows;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        RouteFilter filter;
        filter.family = family;
        for (const PrefixView& prefix : viewRoutes(context, filter)) {
            for (const RouteView& route : prefix.routes) {
                rows.push_back({toString(prefix.prefix), route.protocol,
                                fmt::format("{}/{}", route.distance, route.metric), viaText(route),
                                route.since, route.isSelected});
            }
        }
    }
    return rows;
}

bool runs(const NodeState& state, std::string_view protocol) {
    return std::ranges::any_of(
        state.processes, [&](const ProcessSlot& slot) { return protocolName(slot.protocol) == protocol; });
}

}  // namespace

std::vector<HopArrow> arrowsFor(const LabWorld& world, const std::string& prefix) {
    const auto network = Prefix::parse(prefix);
    if (!network) return {};
    const Simulation& simulation = world.simulation();
    const IpAddress address = network->address();
    std::vector<HopArrow> arrows;
    for (std::uint32_t n = 0; n < simulation.topology().nodes().size(); ++n) {
        const NodeId node(n);
        const std::string& name = world.nameOf(node);
        const Onward onward = onwardFrom(simulation, node, address);
        for (const NodeId next : onward.next)
            arrows.push_back(
                {name, world.nameOf(next), linkBetween(world, node, next, address), HopArrow::Kind::Forward});
        if (!onward.next.empty()) continue;
        const auto own = simulation.node(node).rib.selected(*network);
        if (onward.arrives || own.protocol == kConnected) {
            arrows.push_back({name, "", "", HopArrow::Kind::Local});
        } else {
            const bool discards = std::ranges::any_of(onward.lost, [](DropReason reason) {
                return reason == DropReason::Blackhole || reason == DropReason::Reject;
            });
            arrows.push_back({name, "", "", discards ? HopArrow::Kind::Discard : HopArrow::Kind::None});
        }
    }
    return arrows;
}

NodeTables tablesOf(const LabWorld& world, const std::string& node) {
    const auto id = world.nodeNamed(node);
    if (!id) return {};
    NodeTables tables;
    tables.node = node;
    tables.routes = routesOf(world, *id);
    tables.fib = fibOf(world, *id);
    tables.rip = ripOf(world, *id);
    tables.eigrp = eigrpOf(world, *id);
    tables.bgp = bgpOf(world, *id);
    tables.neighbors = neighborsOf(world, *id);
    const NodeState& state = world.simulation().node(*id);
    for (const TableCommand& table : kTableCommands) {
        if (!table.protocol.empty() && !runs(state, table.protocol)) continue;
        const auto answer = world.shell().run(world.simulation(), *id, table.command);
        if (answer)
            tables.texts.push_back({QCoreApplication::translate("TextTable", table.title).toStdString(),
                                    std::string(table.command), answer->text});
    }
    return tables;
}

}  // namespace peerscape::gui
