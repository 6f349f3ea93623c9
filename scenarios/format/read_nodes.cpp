#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>

#include <fmt/format.h>

#include "scenarios/format/read_parts.hpp"

namespace peerscape {

using yaml::Value;

namespace {

/// Calls `each(name, entry)` for every well-named entry of a section such as `routers`.
template <typename Each>
void readNamed(const ReadContext& context, const Value& node, std::string_view what, Each each) {
    if (node.kind == Value::Kind::Null) return;
    if (node.kind != Value::Kind::Map) {
        context.error(node.spot, fmt::format("expected a map from the name of {} to its settings, not {}",
                                             what, describe(node)));
        return;
    }
    for (const yaml::Entry& entry : node.entries) {
        if (isName(context, entry.key, entry.keySpot)) each(entry);
    }
}

std::optional<double> readCoordinate(const ReadContext& context, const Value& node) {
    constexpr double kFarthest = 1e6;
    double number = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [at, code] = std::from_chars(node.text.data(), end, number);
    const bool isNumber = node.kind == Value::Kind::Scalar && code == std::errc() && at == end;
    if (isNumber && std::isfinite(number) && std::abs(number) <= kFarthest) return number;
    context.error(node.spot, "expected a number from -1000000 to 1000000 as coordinate");
    return std::nullopt;
}

std::optional<std::array<double, 2>> readPosition(const ReadContext& context, const Value& node) {
    if (node.kind != Value::Kind::List || node.items.size() != 2) {
        context.error(node.spot, "expected the place on the canvas as [x, y]");
        return std::nullopt;
    }
    const auto x = readCoordinate(context, node.items[0]);
    const auto y = readCoordinate(context, node.items[1]);
    if (!x || !y) return std::nullopt;
    return std::array{*x, *y};
}

std::optional<PlacedPrefix> readNetwork(const ReadContext& context, const Value& node) {
    const auto prefix = readPrefix(context, node);
    if (!prefix) return std::nullopt;
    return PlacedPrefix{*prefix, context.place(node.spot)};
}

std::optional<IntentProtocol> readProtocol(const ReadContext& context, const Value& node) {
    static constexpr std::array<std::string_view, 5> kWords{"static", "rip", "ripng", "eigrp", "bgp"};
    const auto index = readWord(context, node, kWords, "a protocol");
    return index ? std::optional(static_cast<IntentProtocol>(*index)) : std::nullopt;
}

std::optional<ConfigLanguage> readLanguage(const ReadContext& context, const Value& node) {
    static constexpr std::array<std::string_view, 2> kWords{"frr", "bird"};
    const auto index = readWord(context, node, kWords, "a configuration language");
    return index ? std::optional(static_cast<ConfigLanguage>(*index)) : std::nullopt;
}

/// A file name is one line without a line end; whatever has several lines, or stands behind `|`, is the text
/// itself.
std::optional<ConfigSource> readConfig(const ReadContext& context, const Value& node,
                                       const FileLoader& loader) {
    if (node.kind != Value::Kind::Scalar || node.text.empty()) {
        context.error(node.spot,
                      fmt::format("expected the name of a configuration file, or its text after '|', not {}",
                                  describe(node)));
        return std::nullopt;
    }
    ConfigSource source;
    source.place = context.place(node.spot);
    if (node.isBlock || node.text.find('\n') != std::string::npos) {
        source.text = node.text;
        source.origin = source.place;
        if (node.isBlock) ++source.origin.at.line;
        source.origin.at.column = 0;
        return source;
    }
    source.path = node.text;
    const auto path =
        (std::filesystem::path(context.file).parent_path() / source.path).lexically_normal().string();
    auto text = loader(path);
    if (!text) {
        context.error(node.spot, text.error().message);
        return std::nullopt;
    }
    source.text = std::move(*text);
    source.origin.at = {path, 1, 0};
    return source;
}

RouterEntry readRouter(const ReadContext& context, const yaml::Entry& entry, const FileLoader& loader) {
    RouterEntry router;
    router.name = entry.key;
    router.place = context.place(entry.keySpot);
    const ObjectReader object(context, entry.value, lab_keys::kRouter);
    if (!object.isUsable()) return router;
    object.read("group", router.group, readName);
    object.read("at", router.at, readPosition);
    object.read("asn", router.asn, readAsn);
    object.read("language", router.language, readLanguage);
    object.readAll("loopback", router.loopback, readInterfaceAddress);
    object.readAll("networks", router.networks, readNetwork);
    object.readAll("protocols", router.protocols, readProtocol);
    object.read("route-reflector", router.reflectsRoutes, readTruth);
    object.readAll("config", router.config,
                   [&](const ReadContext& c, const Value& n) { return readConfig(c, n, loader); });
    const bool speaksBgp = std::ranges::find(router.protocols, IntentProtocol::Bgp) != router.protocols.end();
    if (router.reflectsRoutes && !speaksBgp) {
        context.error(object.keySpot("route-reflector"),
                      fmt::format("router '{}' reflects routes, so 'bgp' must stand among its 'protocols'",
                                  router.name));
    }
    if (object.find("config") != nullptr && object.find("protocols") != nullptr) {
        context.error(object.keySpot("protocols"),
                      fmt::format("router '{}' has a configuration: its protocols stand there, and "
                                  "'protocols' is for routers without one",
                                  router.name));
    }
    return router;
}

HostEntry readHost(const ReadContext& context, const yaml::Entry& entry, const FileLoader& loader) {
    HostEntry host;
    host.name = entry.key;
    host.place = context.place(entry.keySpot);
    const ObjectReader object(context, entry.value, lab_keys::kHost);
    if (!object.isUsable()) return host;
    object.read("group", host.group, readName);
    object.read("at", host.at, readPosition);
    object.read("gateway", host.gateway, readName);
    object.read("address", host.address, readInterfaceAddress);
    object.readAll("config", host.config,
                   [&](const ReadContext& c, const Value& n) { return readConfig(c, n, loader); });
    if (host.address && !host.gateway) {
        context.error(host.address->place.at.line == 0 ? entry.keySpot : object.keySpot("address"),
                      "'address' is that of the link to the 'gateway', which is missing; or give the address "
                      "under 'links'");
    }
    return host;
}

GroupEntry readGroup(const ReadContext& context, const yaml::Entry& entry) {
    GroupEntry group;
    group.name = entry.key;
    group.place = context.place(entry.keySpot);
    const ObjectReader object(context, entry.value, lab_keys::kGroup);
    if (!object.isUsable()) return group;
    object.read("kind", group.kind, readText);
    object.read("title", group.title, readText);
    object.read("asn", group.asn, readAsn);
    object.read("parent", group.parent, readName);
    if (object.find("group") != nullptr) {
        if (object.find("parent") != nullptr) {
            context.error(object.keySpot("group"), "'group' and 'parent' mean the same; keep one");
        }
        object.read("group", group.parent, readName);
    }
    return group;
}

}  // namespace

std::vector<GroupEntry> readGroups(const ReadContext& context, const Value& node) {
    std::vector<GroupEntry> groups;
    readNamed(context, node, "a group",
              [&](const yaml::Entry& entry) { groups.push_back(readGroup(context, entry)); });
    return groups;
}

std::vector<RouterEntry> readRouters(const ReadContext& context, const Value& node,
                                     const FileLoader& loader) {
    std::vector<RouterEntry> routers;
    readNamed(context, node, "a router",
              [&](const yaml::Entry& entry) { routers.push_back(readRouter(context, entry, loader)); });
    return routers;
}

std::optional<NoteEntry> readNote(const ReadContext& context, const Value& node) {
    const ObjectReader object(context, node, lab_keys::kNote);
    if (!object.isUsable()) return std::nullopt;
    NoteEntry note;
    note.place = object.place();
    object.read("text", note.text, readText);
    object.read("at", note.at, readPosition);
    const bool isBlank = note.text.find_first_not_of(" \t\n") == std::string::npos;
    const Value* text = object.find("text");
    if (isBlank && text->kind == Value::Kind::Scalar)
        context.error(text->spot, "a note says something; take it out if it does not");
    return isBlank ? std::nullopt : std::optional(std::move(note));
}

std::vector<HostEntry> readHosts(const ReadContext& context, const Value& node, const FileLoader& loader) {
    std::vector<HostEntry> hosts;
    readNamed(context, node, "a host",
              [&](const yaml::Entry& entry) { hosts.push_back(readHost(context, entry, loader)); });
    return hosts;
}

}  // namespace peerscape
