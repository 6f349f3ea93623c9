#include "protocols/bgp/show_entry.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "protocols/bgp/show_attributes.hpp"

namespace peerscape::bgp {
namespace {

/// What a community of the best path asks for, in FRR's words; only the first one found is told.
std::string_view scopeOf(const PathAttributes& attributes) {
    constexpr std::array<std::pair<Community, std::string_view>, 8> kScopes{
        {{community::kAcceptOwn, ", accept own local route exported and imported in different VRF"},
         {community::kLlgrStale,
          ", mark routes to be retained for a longer time. Requires support for Long-lived BGP Graceful "
          "Restart"},
         {community::kNoLlgr,
          ", mark routes to not be treated according to Long-lived BGP Graceful Restart operations"},
         {community::kBlackhole, ", inform peer to blackhole prefix"},
         {community::kNoExport, ", not advertised to EBGP peer"},
         {community::kNoAdvertise, ", not advertised to any peer"},
         {community::kLocalAs, ", not advertised outside local AS"},
         {community::kNoPeer, ", inform EBGP peer not to advertise to their EBGP peers"}}};
    for (const auto& [community, words] : kScopes) {
        if (attributes.hasCommunity(community)) return words;
    }
    return "";
}

std::string headerText(const BgpProcess& process, const Prefix& prefix, const Destination& destination,
                       const std::vector<const Path*>& paths) {
    std::string text = fmt::format("BGP routing table entry for {}, version {}\nPaths: ({} available",
                                   toString(prefix), destination.version, paths.size());
    const Path* best = destination.bestPath();
    if (best == nullptr) {
        text += ", no best path";
    } else {
        text += fmt::format(", best #{}, table default{}", std::ranges::find(paths, best) - paths.begin() + 1,
                            scopeOf(*best->attributes));
        if (best->isSuppressed) text += ", Advertisements suppressed by an aggregate.";
    }
    text += ")\n";
    if (sendsSeveralPaths(process, prefix.family())) return text;
    const auto peers = told(process, destination);
    if (peers.empty()) return text + "  Not advertised to any peer\n";
    text += "  Advertised to non peer-group peers:\n ";
    for (const Peer* peer : peers)
        text += " " + peer->name();
    return text + "\n";
}

bool isShown(ShownPaths shown, const Destination& destination, const Path& path) {
    switch (shown) {
        case ShownPaths::All:
            return true;
        case ShownPaths::Best:
            return isBest(destination, path);
        case ShownPaths::Multipath:
            return isBest(destination, path) || path.isMultipath;
    }
    return true;
}

std::string entryOf(const ShowContext& context, const BgpProcess& process, const Prefix& prefix,
                    const Destination& destination, ShownPaths shown, Format format) {
    const std::vector<const Path*> paths = pathsInOrder(destination);
    std::vector<const Path*> visible = paths;
    std::erase_if(visible, [&](const Path* path) { return !isShown(shown, destination, *path); });
    const auto detail = [&](const Path* path) {
        return PathInDetail{context, process, prefix, destination, *path};
    };
    if (format == Format::AsText) {
        std::string text = headerText(process, prefix, destination, paths);
        for (const Path* path : visible)
            text += pathText(detail(path));
        return text;
    }
    Json json = {{"prefix", toString(prefix)}, {"version", destination.version}};
    Json advertisedTo = toldJson(told(process, destination));
    if (!advertisedTo.empty() && !sendsSeveralPaths(process, prefix.family()))
        json["advertisedTo"] = std::move(advertisedTo);
    json["paths"] = Json::array();
    for (const Path* path : visible)
        json["paths"].push_back(bgp::pathJson(detail(path)));
    return frrText(json);
}

std::string notInTable(Format format) {
    return format == Format::AsJson ? frrText(Json::object()) : "% Network not in table\n";
}

}  // namespace

std::string showEntry(const ShowContext& context, const Prefix& prefix, ShownPaths shown, Format format) {
    const BgpProcess* process = processOf(context);
    if (process == nullptr) return noInstance(format);
    const Destination* found = process->table(prefix.family()).find(prefix);
    if (found == nullptr || found->paths.empty()) return notInTable(format);
    return entryOf(context, *process, prefix, *found, shown, format);
}

std::string showLongestMatch(const ShowContext& context, const IpAddress& address, ShownPaths shown,
                             Format format) {
    const BgpProcess* process = processOf(context);
    if (process == nullptr) return noInstance(format);
    using Entry = PrefixMap<Destination>::Entry;
    const auto found = process->table(address.family()).longestMatch(address, [](const Entry& entry) {
        return !entry.second.paths.empty();
    });
    if (!found) return notInTable(format);
    return entryOf(context, *process, found->first, found->second, shown, format);
}

}  // namespace peerscape::bgp
