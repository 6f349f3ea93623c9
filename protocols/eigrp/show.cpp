#include "protocols/eigrp/show.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "protocols/eigrp/process.hpp"
#include "protocols/eigrp/show_paths.hpp"

namespace peerscape::eigrp {
namespace {

std::string pathLine(const ShowContext& context, const ViewOfPath& view) {
    const std::string_view interface =
        view.attributes.interface.isSome()
            ? std::string_view(context.interfaces[view.attributes.interface.value()].name)
            : std::string_view("Null0");
    if (dual::isLocal(view.path->source)) {
        return view.path->source == dual::kRedistributed
                   ? fmt::format("       via Redistributed ({}/0)\n", view.path->distance.metric())
                   : fmt::format("       via {}, {}\n", sourceName(*view.path), interface);
    }
    return fmt::format("       via {} ({}/{}), {}\n", toString(view.attributes.gateway),
                       view.path->distance.metric(), view.path->reported.metric(), interface);
}

/// Whose questions it is that a computation answers (RFC 7868, 3.5: the QUERY origin flag), in IOS's words.
std::string_view originName(dual::State state) {
    constexpr std::array<std::string_view, dual::kStates.size()> kNames{
        "", "Clear", "Local origin", "Multiple Origins", "Successor Origin"};
    return kNames[static_cast<std::size_t>(state)];
}

bool isShown(TopologyRows rows, const dual::Entry& entry, std::ptrdiff_t successors) {
    switch (rows) {
        case TopologyRows::Feasible:
        case TopologyRows::AllLinks:
            return true;
        case TopologyRows::Active:
            return entry.isActive();
        case TopologyRows::ZeroSuccessors:
            return successors == 0;
    }
    return true;
}

/// Of an active destination: since when, and who has not replied.
std::string repliesText(const ShowContext& context, const EigrpProcess& process, const Prefix& prefix,
                        const dual::Entry& entry) {
    const auto awaited = process.topology().awaited(prefix);
    const auto since = process.activeSince(prefix);
    std::string text =
        fmt::format("    {} replies{}, query-origin: {}\n      Remaining replies:\n", awaited.size(),
                    since ? fmt::format(", active {}", durationText(context.now - *since)) : std::string(),
                    originName(entry.state));
    for (const dual::Awaited& one : awaited) {
        const auto peer = process.peers().find(one.neighbor);
        if (peer == process.peers().end()) continue;
        text += fmt::format("         via {}, r{}, {}\n", toString(peer->second.address),
                            one.siaReplyMissing ? "s" : "",
                            context.interfaces[peer->second.interface.value()].name);
    }
    return text;
}

}  // namespace

std::string showTopology(const ShowContext& context, Family family, TopologyRows rows) {
    const EigrpProcess* process = processOf(context);
    if (process == nullptr) return notRunning(family);
    std::string text = fmt::format("\nEIGRP Topology Table for AS({})/ID({})\n\n",
                                   *process->config().autonomousSystem, routerIdText(context, *process));
    text +=
        "Codes: P - Passive, A - Active, U - Update, Q - Query, R - Reply\n"
        "       r - reply Status, s - sia Status\n\n";
    const auto& entries = process->topology().entries();
    for (const std::uint32_t position : entries.sorted()) {
        const auto& [prefix, entry] = entries.at(position);
        const auto views = pathsOf(*process, entry, rows != TopologyRows::Feasible);
        const auto successors = std::ranges::count_if(views, &ViewOfPath::isSuccessor);
        if (!isShown(rows, entry, successors)) continue;
        text += fmt::format("{}  {}, {} successors, FD is {}", entry.isActive() ? 'A' : 'P', toString(prefix),
                            successors, distanceText(entry.feasibleDistance));
        const auto tagged = std::ranges::find_if(views, [](const ViewOfPath& v) {
            return v.attributes.exterior && v.attributes.exterior->administrativeTag != 0;
        });
        if (tagged != views.end())
            text += fmt::format(", tag is {}", tagged->attributes.exterior->administrativeTag);
        text += "\n";
        for (const ViewOfPath& view : views)
            text += pathLine(context, view);
        if (entry.isActive()) text += repliesText(context, *process, prefix, entry);
    }
    return text;
}

std::string showNeighbors(const ShowContext& context, Family family) {
    const EigrpProcess* process = processOf(context);
    if (process == nullptr) return notRunning(family);
    std::string text =
        fmt::format("\nEIGRP neighbors for AS({})\n\n", *process->config().autonomousSystem) +
        "H   Address           Interface            Hold   Uptime   SRTT   RTO   Q     Seq  \n"
        "                                           (sec)           (ms)        Cnt    Num   \n";
    for (const auto& [id, link] : process->links()) {
        for (const auto& [address, neighbor] : link.transport.neighbors()) {
            if (!neighbor.isUp()) continue;
            const auto milliseconds = [](Duration d) { return d / Duration::milliseconds(1); };
            const auto left =
                std::max<std::int64_t>(0, (neighbor.holdDeadline - context.now) / Duration::seconds(1));
            text += fmt::format("{:<3} {:<17} {:<20} {:<6} {:<8} {:<6} {:<5} {:<5} {}\n", neighbor.id.value(),
                                toString(address), context.interfaces[id.value()].name, left,
                                durationText(context.now - neighbor.since),
                                milliseconds(neighbor.roundTrip.smoothed().value_or(Duration())),
                                milliseconds(neighbor.roundTrip.retransmissionTimeout()),
                                neighbor.queue.size(), neighbor.lastHeard);
        }
    }
    return text;
}

std::string showInterfaces(const ShowContext& context, Family family) {
    const EigrpProcess* process = processOf(context);
    if (process == nullptr) return notRunning(family);
    std::string text = fmt::format("\nEIGRP interfaces for AS({})\n\n", *process->config().autonomousSystem) +
                       "Interface          Bandwidth   Delay   Peers   Pending Packets   Hello   Hold\n"
                       "                   (kbit/s)    (10us)                            (sec)   (sec)\n";
    for (const auto& [id, link] : process->links()) {
        const auto& neighbors = link.transport.neighbors();
        const auto up = std::ranges::count_if(neighbors, [](const auto& n) { return n.second.isUp(); });
        std::size_t pending = 0;
        for (const auto& [address, neighbor] : neighbors)
            pending += neighbor.queue.size();
        const TransportSettings& settings = link.transport.settings();
        text +=
            fmt::format("{:<18} {:<11} {:<7} {:<7} {:<17} {:<7} {}{}\n", context.interfaces[id.value()].name,
                        link.metric.bandwidth.count(), link.metric.delay.count() / 10'000'000, up, pending,
                        settings.helloInterval / Duration::seconds(1),
                        settings.holdTime / Duration::seconds(1), link.isPassive ? "   passive" : "");
    }
    return text;
}

std::string stateJson(const ShowContext& context) {
    const auto& process = dynamic_cast<const EigrpProcess&>(*context.process);
    const auto& entries = process.topology().entries();
    std::string topology;
    for (const std::uint32_t position : entries.sorted()) {
        const auto& [prefix, entry] = entries.at(position);
        std::string via;
        const auto views = pathsOf(process, entry, true);
        for (const ViewOfPath& view : views) {
            const std::string interface = view.attributes.interface.isSome()
                                              ? context.interfaces[view.attributes.interface.value()].name
                                              : std::string("Null0");
            via += via.empty() ? "" : ",";
            via += dual::isLocal(view.path->source)
                       ? fmt::format(R"({{"via":"{}","interface":"{}"}})", sourceName(*view.path), interface)
                       : fmt::format(R"({{"via":"{}","interface":"{}","metric":{},"rd":{}}})",
                                     toString(view.attributes.gateway), interface,
                                     view.path->distance.metric(), view.path->reported.metric());
        }
        topology += fmt::format(
            R"({}"{}":{{"state":"{}","successors":{},"fd":{},"via":[{}]}})", topology.empty() ? "" : ",",
            toString(prefix), entry.isActive() ? 'A' : 'P',
            std::ranges::count_if(views, &ViewOfPath::isSuccessor),
            entry.feasibleDistance.isFinite() ? std::to_string(entry.feasibleDistance.metric()) : "null",
            via);
    }
    std::string neighbors;
    for (const auto& [id, link] : process.links()) {
        for (const auto& [address, neighbor] : link.transport.neighbors()) {
            if (!neighbor.isUp()) continue;
            neighbors += fmt::format(R"({}{{"ip":"{}","interface":"{}"}})", neighbors.empty() ? "" : ",",
                                     toString(address), context.interfaces[id.value()].name);
        }
    }
    return fmt::format(R"({{"topology":{{{}}},"neighbors":[{}]}})", topology, neighbors);
}

}  // namespace peerscape::eigrp
