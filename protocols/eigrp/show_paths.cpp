#include "protocols/eigrp/show_paths.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace peerscape::eigrp {

const EigrpProcess* processOf(const ShowContext& context) {
    return dynamic_cast<const EigrpProcess*>(context.process);
}

std::string notRunning(Family family) {
    return fmt::format("% EIGRP for {} is not running\n", family == Family::IPv4 ? "IPv4" : "IPv6");
}

std::string routerIdText(const ShowContext& context, const EigrpProcess& process) {
    return toString(IpAddress::v4(process.routerId(context.interfaces)));
}

std::string durationText(Duration time) {
    const auto seconds = time / Duration::seconds(1);
    if (seconds >= 86'400) return fmt::format("{}d{:02}h", seconds / 86'400, seconds / 3'600 % 24);
    return fmt::format("{}:{:02}:{:02}", seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

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

std::string distanceText(dual::CompositeDistance distance) {
    return distance.isFinite() ? std::to_string(distance.metric()) : "Inaccessible";
}

}  // namespace peerscape::eigrp
