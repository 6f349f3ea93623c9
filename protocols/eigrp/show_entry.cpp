/// `show ip eigrp topology PREFIX`, `… topology summary` and `… traffic`, in IOS's layout.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "protocols/eigrp/describe.hpp"
#include "protocols/eigrp/show.hpp"
#include "protocols/eigrp/show_paths.hpp"

namespace peerscape::eigrp {
namespace {

std::string_view addressFamily(Family family) { return family == Family::IPv4 ? "IPv4" : "IPv6"; }

/// IOS prints 1 while passive.
int queryOriginFlag(dual::State state) {
    return state == dual::State::Passive ? 1 : static_cast<int>(state) - 1;
}

std::string vectorText(const VectorMetric& metric) {
    const std::uint64_t delay = metric.delay.count();
    constexpr std::uint64_t kMicrosecond = 1'000'000;
    const std::string total = delay % kMicrosecond == 0 ? fmt::format("{} microseconds", delay / kMicrosecond)
                                                        : fmt::format("{} picoseconds", delay);
    return fmt::format(
        "      Vector metric:\n"
        "        Minimum bandwidth is {} Kbit\n"
        "        Total delay is {}\n"
        "        Reliability is {}/255\n"
        "        Load is {}/255\n"
        "        Minimum MTU is {}\n"
        "        Hop count is {}\n",
        metric.bandwidth.count(), total, metric.reliability, metric.load, metric.mtu, metric.hopCount);
}

std::string exteriorText(const Exterior& exterior) {
    return fmt::format(
        "        Originating router is {}\n"
        "      External data:\n"
        "        AS number of route is {}\n"
        "        External protocol is {}, external metric is {}\n"
        "        Administrator tag is {} ({:#010x})\n",
        toString(IpAddress::v4(exterior.routerId)), exterior.autonomousSystem, toString(exterior.protocol),
        exterior.metric, exterior.administrativeTag, exterior.administrativeTag);
}

std::string pathText(const ShowContext& context, const ViewOfPath& view) {
    const dual::Path& path = *view.path;
    const bool isOwn = dual::isLocal(path.source);
    const std::string gateway = toString(view.attributes.gateway);
    const std::string interface = view.attributes.interface.isSome()
                                      ? context.interfaces[view.attributes.interface.value()].name
                                      : std::string("Null0");
    std::string text =
        fmt::format("  {} ({}), from {}\n", gateway, interface, isOwn ? sourceName(path) : gateway);
    text +=
        fmt::format("      Composite metric is ({}/{}), route is {}\n", path.distance.metric(),
                    isOwn ? 0 : path.reported.metric(), view.attributes.exterior ? "External" : "Internal");
    text += vectorText(view.attributes.total);
    if (view.attributes.exterior) text += exteriorText(*view.attributes.exterior);
    return text;
}

}  // namespace

std::string showEntry(const ShowContext& context, Family family, const Prefix& prefix) {
    const EigrpProcess* process = processOf(context);
    if (process == nullptr) return notRunning(family);
    const dual::Entry* entry = process->topology().find(prefix);
    std::string text =
        fmt::format("EIGRP-{} Topology Entry for AS({})/ID({}) for {}\n", addressFamily(family),
                    *process->config().autonomousSystem, routerIdText(context, *process), toString(prefix));
    if (entry == nullptr) return fmt::format("% Entry {} is not in the topology table\n", toString(prefix));
    const auto views = pathsOf(*process, *entry, true);
    text += fmt::format("  State is {}, Query origin flag is {}, {} Successor(s), FD is {}\n",
                        entry->isActive() ? "Active" : "Passive", queryOriginFlag(entry->state),
                        std::ranges::count_if(views, &ViewOfPath::isSuccessor),
                        distanceText(entry->feasibleDistance));
    for (const dual::Awaited& one : process->topology().awaited(prefix)) {
        const auto peer = process->peers().find(one.neighbor);
        if (peer != process->peers().end())
            text += fmt::format("  Waiting for the reply of {}\n", toString(peer->second.address));
    }
    text += "  Descriptor Blocks:\n";
    for (const ViewOfPath& view : views)
        text += pathText(context, view);
    return text;
}

std::string showTopologySummary(const ShowContext& context, Family family) {
    const EigrpProcess* process = processOf(context);
    if (process == nullptr) return notRunning(family);
    std::size_t pending = 0;
    const auto& entries = process->topology().entries();
    for (const auto& [prefix, entry] : entries)
        pending += process->topology().awaited(prefix).size();
    std::size_t interfaces = 0;
    std::size_t neighbors = 0;
    std::size_t withNeighbors = 0;
    for (const auto& [id, link] : process->links()) {
        if (link.isPassive) continue;
        const auto& all = link.transport.neighbors();
        const auto up = std::ranges::count_if(all, [](const auto& n) { return n.second.isUp(); });
        ++interfaces;
        neighbors += static_cast<std::size_t>(up);
        withNeighbors += up > 0 ? 1 : 0;
    }
    return fmt::format(
        "EIGRP-{} Topology Table for AS({})/ID({})\n"
        "{} routes, {} of them active, {} pending replies\n"
        "EIGRP-{}({}) enabled on {} interfaces, {} neighbors present on {} interfaces\n",
        addressFamily(family), *process->config().autonomousSystem, routerIdText(context, *process),
        entries.size(), process->topology().activeCount(), pending, addressFamily(family),
        *process->config().autonomousSystem, interfaces, neighbors, withNeighbors);
}

std::string showTraffic(const ShowContext& context, Family family) {
    const EigrpProcess* process = processOf(context);
    if (process == nullptr) return notRunning(family);
    constexpr std::array<std::pair<PacketKind, std::string_view>, kPacketKinds> kNames{
        {{PacketKind::Hello, "Hellos"},
         {PacketKind::Update, "Updates"},
         {PacketKind::Query, "Queries"},
         {PacketKind::Reply, "Replies"},
         {PacketKind::Acknowledgment, "Acks"},
         {PacketKind::SiaQuery, "SIA-Queries"},
         {PacketKind::SiaReply, "SIA-Replies"}}};
    std::string text = fmt::format("EIGRP-{} Traffic Statistics for AS({})\n", addressFamily(family),
                                   *process->config().autonomousSystem);
    for (const auto& [kind, name] : kNames) {
        text += fmt::format("  {} sent/received: {}/{}\n", name, process->traffic().sent(kind),
                            process->traffic().received(kind));
    }
    return text;
}

}  // namespace peerscape::eigrp
