// The console's `origins`: a table of routers and the origins they see.
#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "protocols/bgp/config.hpp"
#include "scenarios/world/origins.hpp"

namespace peerscape {

namespace {

using Row = std::array<std::string, 4>;

/// Columns as wide as their widest cell; no blanks at the ends of lines.
std::string printed(const std::vector<Row>& rows) {
    std::array<std::size_t, 4> widths{};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    std::string text;
    for (const Row& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += fmt::format("{:<{}}  ", row[i], widths[i]);
        line.erase(line.find_last_not_of(' ') + 1);
        text += "  " + line + "\n";
    }
    return text;
}

std::string headline(const LabWorld& world, const Prefix& prefix) {
    const WatchEntry* watch = world.file().watchOver(prefix);
    if (watch == nullptr) return toString(prefix) + "\n";
    std::vector<std::string> origins;
    for (const Asn origin : watch->origins)
        origins.push_back(toString(origin));
    const std::string part = watch->prefix == prefix ? "" : " (part of " + toString(watch->prefix) + ")";
    return fmt::format("{}{}, expected from AS {}\n", toString(prefix), part, fmt::join(origins, " or "));
}

Row rowOf(const LabWorld& world, const OriginSeen& seen) {
    const WatchEntry* watch = world.file().watchOver(seen.prefix);
    const bool isAlarm = watch != nullptr && !watch->allows(seen.origin);
    return {world.nameOf(seen.router), originText(seen.origin),
            seen.isOwn            ? "its own"
            : seen.asPath.empty() ? "inside its AS"
                                  : seen.asPath,
            isAlarm ? "ALARM" : ""};
}

/// Those who speak BGP and have no path.
std::string without(const LabWorld& world, std::span<const OriginSeen> seen) {
    std::vector<std::string> names;
    for (std::uint32_t n = 0; n < world.simulation().topology().nodes().size(); ++n) {
        const NodeId node(n);
        const bool speaks = world.simulation().node(node).slotOf(bgp::kBgp) != nullptr;
        if (speaks && std::ranges::find(seen, node, &OriginSeen::router) == seen.end())
            names.push_back(world.nameOf(node));
    }
    return names.empty() ? "" : fmt::format("  no path: {}\n", fmt::join(names, ", "));
}

}  // namespace

std::string listOrigins(const LabWorld& world, const Prefix& prefix) {
    const std::vector<OriginSeen> all = originsSeen(world.simulation(), prefix);
    if (all.empty())
        return fmt::format("No router has a BGP path to {} or a part of it.\n", toString(prefix));
    std::string text;
    for (auto first = all.begin(); first != all.end();) {
        const auto end =
            std::find_if(first, all.end(), [&](const OriginSeen& s) { return s.prefix != first->prefix; });
        std::vector<Row> rows{{"router", "origin", "AS path", ""}};
        for (auto seen = first; seen != end; ++seen)
            rows.push_back(rowOf(world, *seen));
        text += headline(world, first->prefix) + printed(rows) + without(world, std::span(first, end));
        first = end;
    }
    return text;
}

}  // namespace peerscape
