#include "protocols/bgp/show_table.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "protocols/bgp/show_attributes.hpp"

namespace peerscape::bgp {
namespace {

/// Fills up to the width; what leaves no room for a blank gets a line of its own, of which `indent` blanks
/// are the beginning.
std::string column(std::string text, std::size_t width, std::size_t indent) {
    if (text.size() < width) return text + std::string(width - text.size(), ' ');
    return text + "\n" + std::string(indent, ' ');
}

template <typename T>
std::string number(const std::optional<T>& value, std::size_t width) {
    return fmt::format("{:>{}}", value ? std::to_string(*value) : std::string(), width);
}

/// 'V', 'I', 'N' in front of the status codes, where there are ROAs to judge by. As in FRR the rest of the
/// line moves to the right by as much.
std::string validationMark(const BgpProcess& process, const Prefix& prefix, const Path& path) {
    const auto word = validationWord(process, prefix, path);
    if (!word) return "";
    return *word == "valid" ? "V" : *word == "invalid" ? "I" : "N";
}

/// The status codes in front of a line, as its legend explains them.
std::string marksOf(const BgpProcess& process, const Destination& destination, const Path& path) {
    char state = process.isValid(path) ? '*' : ' ';
    if (path.isSuppressed) state = 's';
    if (path.isStale) state = 'S';
    char choice = ' ';
    if (path.isDamped) {
        choice = 'd';
    } else if (isBest(destination, path)) {
        choice = '>';
    } else if (path.isMultipath) {
        choice = '=';
    }
    const char kind = process.factsOf(path).sort == PeerSort::Internal ? 'i' : ' ';
    return {state, choice, kind};
}

/// The address that packets would be sent to: of two, the link-local one.
IpAddress usedNextHop(const BgpProcess& process, const Path& path) {
    const auto& linkLocal = process.nextHops()[path.nextHop].value.linkLocal;
    return linkLocal ? *linkLocal : shownNextHop(process, path);
}

TableLine lineOf(const BgpProcess& process, const Destination& destination, const Path& path) {
    const PathAttributes& attributes = *path.attributes;
    TableLine line;
    line.marks = marksOf(process, destination, path);
    line.nextHop = usedNextHop(process, path);
    line.metric = attributes.med;
    line.localPreference = attributes.localPreference;
    line.weight = path.weight;
    line.asPath = attributes.asPath->text();
    line.origin = attributes.origin;
    return line;
}

Json nextHopsJson(const ShowContext& context, const BgpProcess& process, const Path& path) {
    const std::string hostname =
        path.isLocal() ? std::string(context.hostname) : hostnameOf(process.peers().at(path.peer));
    const auto& linkLocal = process.nextHops()[path.nextHop].value.linkLocal;
    const IpAddress address = shownNextHop(process, path);
    const auto hopJson = [&](const IpAddress& shown, std::string_view scope, bool isUsed) {
        Json json = {{"ip", toString(shown)}};
        if (!hostname.empty()) json["hostname"] = hostname;
        json["afi"] = shown.isV4() ? "ipv4" : "ipv6";
        if (shown.isV6()) json["scope"] = scope;
        if (isUsed) json["used"] = true;
        return json;
    };
    Json hops = Json::array();
    hops.push_back(hopJson(address, address.isLinkLocal() ? "link-local" : "global", !linkLocal));
    if (linkLocal) hops.push_back(hopJson(*linkLocal, "link-local", true));
    return hops;
}

Json pathJson(const ShowContext& context, const BgpProcess& process, const Prefix& prefix,
              const Destination& destination, const Path& path) {
    const PathAttributes& attributes = *path.attributes;
    Json json = Json::object();
    const auto flag = [&](bool isSo, const char* name) {
        if (isSo) json[name] = true;
    };
    flag(path.isStale, "stale");
    flag(path.isSuppressed, "suppressed");
    flag(process.isValid(path), "valid");
    flag(path.isDamped, "damped");
    flag(isBest(destination, path), "bestpath");
    if (isBest(destination, path))
        json["selectionReason"] = selectionReason(process, prefix.family(), destination);
    flag(path.isMultipath, "multipath");
    if (const auto word = validationWord(process, prefix, path)) json["rpkiValidationState"] = *word;
    const bool isInternal = process.factsOf(path).sort == PeerSort::Internal;
    json["pathFrom"] = isInternal ? "internal" : "external";
    json["prefix"] = toString(prefix.address());
    json["prefixLen"] = prefix.length();
    json["network"] = toString(prefix);
    json["version"] = destination.version;
    if (attributes.med) json["metric"] = *attributes.med;
    if (attributes.localPreference) json["locPrf"] = *attributes.localPreference;
    json["weight"] = path.weight;
    json["peerId"] = path.isLocal() ? "(unspec)" : toString(process.peers().at(path.peer).address());
    json["path"] = attributes.asPath->text();
    json["origin"] = wordOf(attributes.origin);
    json["nexthops"] = nextHopsJson(context, process, path);
    return json;
}

/// The paths of each destination that are to be shown, in the order of prefixes.
template <typename Visit>
void visitShown(const BgpProcess& process, Family family, const PathFilter& filter, Visit visit) {
    const PrefixMap<Destination>& table = process.table(family);
    for (const std::uint32_t position : table.sorted()) {
        const auto [prefix, destination] = table.at(position);
        std::vector<const Path*> paths = pathsInOrder(destination);
        if (filter) std::erase_if(paths, [&](const Path* path) { return !filter(process, prefix, *path); });
        if (!paths.empty()) visit(prefix, destination, paths);
    }
}

std::string tableJson(const ShowContext& context, const BgpProcess& process, Family family,
                      const PathFilter& filter) {
    Json routes = Json::object();
    visitShown(process, family, filter,
               [&](const Prefix& prefix, const Destination& destination, const auto& paths) {
                   Json list = Json::array();
                   for (const Path* path : paths)
                       list.push_back(pathJson(context, process, prefix, destination, *path));
                   routes[toString(prefix)] = std::move(list);
               });
    return frrText({{"vrfId", 0},
                    {"vrfName", "default"},
                    {"tableVersion", process.tableVersion(family)},
                    {"routerId", toString(process.routerId().address())},
                    {"defaultLocPrf", process.config().defaultLocalPreference},
                    {"localAS", process.config().number->value()},
                    {"routes", std::move(routes)}});
}

}  // namespace

std::string TableLine::text() const {
    return marks + column(network, 17, 20) + column(toString(nextHop), 16, 36) + number(metric, 10) +
           number(localPreference, 7) +
           fmt::format("{:>7} {}{}{}\n", weight, asPath, asPath.empty() ? "" : " ", letterOf(origin));
}

std::string tableHeader(const BgpProcess& process, Family family) {
    return fmt::format("BGP table version is {}, local router ID is {}, vrf id 0\n",
                       process.tableVersion(family), toString(process.routerId().address())) +
           fmt::format("Default local pref {}, local AS {}\n", process.config().defaultLocalPreference,
                       text(*process.config().number, process.config().notation)) +
           "Status codes:  s suppressed, d damped, h history, * valid, > best, = multipath,\n"
           "               i internal, r RIB-failure, S Stale, R Removed\n"
           "Nexthop codes: @NNN nexthop's vrf id, < announce-nh-self\n"
           "Origin codes:  i - IGP, e - EGP, ? - incomplete\n"
           "RPKI validation codes: V valid, I invalid, N Not found\n\n"
           "   Network          Next Hop            Metric LocPrf Weight Path\n";
}

std::string showTable(const ShowContext& context, Family family, Format format, const PathFilter& filter) {
    const BgpProcess* process = processOf(context);
    if (process == nullptr) return noInstance(format);
    if (format == Format::AsJson) return tableJson(context, *process, family, filter);
    std::string lines;
    std::size_t routes = 0;
    visitShown(*process, family, filter,
               [&](const Prefix& prefix, const Destination& destination, const auto& paths) {
                   ++routes;
                   std::string network = toString(prefix);
                   for (const Path* path : paths) {
                       TableLine line = lineOf(*process, destination, *path);
                       line.marks.insert(0, validationMark(*process, prefix, *path));
                       line.network = std::exchange(network, std::string());
                       lines += line.text();
                   }
               });
    std::size_t total = 0;
    for (const auto& [prefix, destination] : process->table(family))
        total += destination.paths.size();
    if (routes == 0) return fmt::format("No BGP prefixes displayed, {} exist\n", total);
    return tableHeader(*process, family) + lines +
           fmt::format("\nDisplayed  {} routes and {} total paths\n", routes, total);
}

}  // namespace peerscape::bgp
