#include "protocols/eigrp/show.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "protocols/eigrp/process.hpp"

namespace peerscape::eigrp {
namespace {

const EigrpProcess* processOf(const ShowContext& context) {
    return dynamic_cast<const EigrpProcess*>(context.process);
}

std::string notRunning(Family family) {
    return fmt::format("% EIGRP for {} is not running\n", family == Family::IPv4 ? "IPv4" : "IPv6");
}

std::string routerIdText(const ShowContext& context, const EigrpProcess& process) {
    return toString(IpAddress::v4(process.routerId(context.interfaces)));
}

/// "0:12:07", or days and hours.
std::string durationText(Duration time) {
    const auto seconds = time / Duration::seconds(1);
    if (seconds >= 86'400) return fmt::format("{}d{:02}h", seconds / 86'400, seconds / 3'600 % 24);
    return fmt::format("{}:{:02}:{:02}", seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

struct ViewOfPath {
    const dual::Path* path = nullptr;
    PathAttributes attributes;
    bool isSuccessor = false;
};

/// The best first; of equal ones the lowest neighbour.
std::vector<ViewOfPath> pathsOf(const EigrpProcess& process, const dual::Entry& entry, bool allLinks) {
    const auto successors = dual::TopologyTable::route(entry);
    std::vector<ViewOfPath> views;
    for (const dual::Path& path : entry.paths.all()) {
        if (!allLinks && !entry.isFeasible(path)) continue;
        const bool isSuccessor =
            std::ranges::any_of(successors, [&](const dual::Path& s) { return s.source == path.source; });
        views.push_back({&path, process.attributes()[path.attributes], isSuccessor});
    }
    std::ranges::sort(views, [](const ViewOfPath& a, const ViewOfPath& b) {
        if (a.path->distance != b.path->distance) return a.path->distance < b.path->distance;
        return a.attributes.gateway < b.attributes.gateway;
    });
    return views;
}

std::string_view sourceName(const dual::Path& path) {
    if (path.source == dual::kConnected) return "Connected";
    if (path.source == dual::kSummary) return "Summary";
    return "Redistributed";
}

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

}  // namespace

std::string showTopology(const ShowContext& context, Family family, bool allLinks) {
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
        const auto views = pathsOf(*process, entry, allLinks);
        const auto successors = std::ranges::count_if(views, &ViewOfPath::isSuccessor);
        const std::string distance = entry.feasibleDistance.isFinite()
                                         ? std::to_string(entry.feasibleDistance.metric())
                                         : "Inaccessible";
        text += fmt::format("{}  {}, {} successors, FD is {}", entry.isActive() ? 'A' : 'P', toString(prefix),
                            successors, distance);
        const auto tagged = std::ranges::find_if(views, [](const ViewOfPath& v) {
            return v.attributes.exterior && v.attributes.exterior->administrativeTag != 0;
        });
        if (tagged != views.end())
            text += fmt::format(", tag is {}", tagged->attributes.exterior->administrativeTag);
        text += "\n";
        for (const ViewOfPath& view : views)
            text += pathLine(context, view);
        for (const dual::Awaited& awaited : process->topology().awaited(prefix)) {
            const auto peer = process->peers().find(awaited.neighbor);
            if (peer == process->peers().end()) continue;
            text += fmt::format(
                "       waiting for the reply of {}, {}{}\n", toString(peer->second.address),
                context.interfaces[peer->second.interface.value()].name,
                awaited.siaQueries > 0 ? fmt::format(", {} SIA-queries", awaited.siaQueries) : std::string());
        }
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
