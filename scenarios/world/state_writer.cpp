#include "scenarios/world/state_writer.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/world/path_match.hpp"

namespace peerscape {

namespace {

using Json = nlohmann::ordered_json;
using Owners = std::map<IpAddress, std::string>;

/// Whose each address is, so that tables can name neighbours. The first owner counts where several have one.
Owners ownersOfAddresses(const LabWorld& world) {
    Owners owners;
    for (std::uint32_t n = 0; n < world.simulation().topology().nodes().size(); ++n) {
        for (const InterfaceState& interface : world.simulation().node(NodeId(n)).interfaces) {
            if (interface.linkLocal) owners.try_emplace(*interface.linkLocal, world.nameOf(NodeId(n)));
            for (const InterfaceAddress& address : interface.addresses)
                owners.try_emplace(address.address, world.nameOf(NodeId(n)));
        }
    }
    return owners;
}

Json interfacesJson(const NodeState& node) {
    Json json = Json::object();
    for (const InterfaceState& interface : node.interfaces) {
        if (interface.name == "lo" && interface.addresses.empty()) continue;
        Json addresses = Json::array();
        for (const InterfaceAddress& address : interface.addresses)
            addresses.push_back(toString(address));
        if (interface.linkLocal) addresses.push_back(toString(*interface.linkLocal) + "/64");
        Json one = {{"up", interface.isUp()}, {"addresses", std::move(addresses)}};
        if (!interface.isAdminUp) one["admin_down"] = true;
        json[interface.name] = std::move(one);
    }
    return json;
}

Json hopJson(const NodeState& node, const NextHop& hop, const Owners& owners) {
    Json json = Json::object();
    if (hop.kind == NextHop::Kind::Blackhole || hop.kind == NextHop::Kind::Reject) {
        json["discard"] = hop.kind == NextHop::Kind::Blackhole ? "blackhole" : "reject";
        return json;
    }
    if (hop.kind == NextHop::Kind::Gateway) {
        json["ip"] = toString(hop.gateway);
        if (const auto owner = owners.find(hop.gateway); owner != owners.end())
            json["router"] = owner->second;
    }
    if (hop.interface.isSome()) json["interface"] = node.interfaces[hop.interface.value()].name;
    if (hop.kind == NextHop::Kind::Interface) json["connected"] = true;
    if (hop.onLink) json["onlink"] = true;
    if (hop.weight != 1) json["weight"] = hop.weight;
    return json;
}

/// The hops as offered, each recursive one followed by what it resolves to.
Json hopsJson(const NodeState& node, const Prefix& prefix, const RibRoute& route, const Owners& owners) {
    Json json = Json::array();
    NextHops seen;
    for (const NextHop& hop : node.rib.hops(route.offered)) {
        const NextHops resolved = node.rib.resolveHop(prefix, route, hop, node.interfaces);
        const bool isDirect =
            resolved.size() == 1 && (resolved.front() == hop || (resolved.front().gateway == hop.gateway &&
                                                                 resolved.front().kind == hop.kind));
        if (isDirect) {
            Json one = hopJson(node, resolved.front(), owners);
            if (std::find(seen.begin(), seen.end(), resolved.front()) != seen.end()) one["duplicate"] = true;
            seen.push_back(resolved.front());
            json.push_back(std::move(one));
            continue;
        }
        Json one = hopJson(node, hop, owners);
        if (resolved.empty()) {
            one["active"] = false;
        } else {
            one["recursive"] = true;
        }
        json.push_back(std::move(one));
        for (const NextHop& end : resolved) {
            Json resolution = hopJson(node, end, owners);
            resolution["resolved"] = true;
            if (std::find(seen.begin(), seen.end(), end) != seen.end()) resolution["duplicate"] = true;
            seen.push_back(end);
            json.push_back(std::move(resolution));
        }
    }
    return json;
}

Json ribJson(const NodeState& node, Family family, const Owners& owners) {
    Json json = Json::object();
    for (const Prefix& prefix : node.rib.prefixes(family)) {
        Json routes = Json::array();
        for (const RibRoute* route : node.rib.routes(prefix)) {
            const bool selected = node.rib.isSelected(prefix, *route);
            Json one = {{"proto", protocolName(route->protocol)},
                        {"distance", route->distance},
                        {"metric", route->metric},
                        {"selected", selected},
                        {"installed", selected}};
            if (route->tag != 0) one["tag"] = route->tag;
            one["nexthops"] = hopsJson(node, prefix, *route, owners);
            routes.push_back(std::move(one));
        }
        json[toString(prefix)] = std::move(routes);
    }
    return json;
}

Json routerJson(const LabWorld& world, NodeId id, const Owners& owners) {
    const NodeState& node = world.simulation().node(id);
    Json json;
    json["router"] = node.name;
    json["interfaces"] = interfacesJson(node);
    json["rib4"] = ribJson(node, Family::IPv4, owners);
    json["rib6"] = ribJson(node, Family::IPv6, owners);
    for (const Protocol& protocol : protocols()) {
        const ProcessSlot* slot = node.slotOf(protocol.id);
        if (slot == nullptr || !protocol.stateJson) continue;
        const ShowContext context{node.name, world.lab().now(), node.interfaces, node.config.get(),
                                  slot->process.get()};
        json[protocol.name] = Json::parse(protocol.stateJson(context));
    }
    return json;
}

std::string pingWord(const ProbeResult& result) {
    if (result.ping.isOk()) return "ok";
    switch (dispositionOf(result.ping, result.trace)) {
        case Disposition::NoRoute:
            return "no-route";
        case Disposition::Unreachable:
            return "unreachable";
        case Disposition::TtlExceeded:
        case Disposition::Loop:
            return "ttl-exceeded";
        case Disposition::DiscardedLocally:
            return "discarded-locally";
        case Disposition::NoReply:
            break;
    }
    return "no-reply";
}

/// The probe's way as reference results write it: names, `*` for silence, `R !N` and `R !H` for refusals.
Json hopNames(const LabWorld& world, const TracerouteResult& trace) {
    std::vector<std::string> names;
    for (const TracerouteHop& hop : trace.hops) {
        std::string name = hop.node ? world.nameOf(*hop.node) : hop.from ? toString(*hop.from) : "*";
        if (hop.from && hop.kind == IcmpKind::NetworkUnreachable) name += " !N";
        if (hop.from && hop.kind == IcmpKind::HostUnreachable) name += " !H";
        names.push_back(std::move(name));
    }
    while (!names.empty() && names.back() == "*")
        names.pop_back();
    constexpr std::size_t kShownOfLoop = 6;
    if (trace.isLoop && names.size() > kShownOfLoop) {
        names.resize(kShownOfLoop);
        names.emplace_back("...");
    }
    return names;
}

Json probeJson(const LabWorld& world, const ProbeResult& result) {
    Json json = {{"from", result.probe->from.name}, {"to", result.probe->to.text}};
    if (result.probe->source) json["src"] = toString(*result.probe->source);
    json["ping"] = pingWord(result);
    for (const PingAnswer& answer : result.ping.answers) {
        if (answer.kind != IcmpKind::EchoReply && pingWord(result) == "unreachable") {
            json["unreachable_from"] = answer.node ? world.nameOf(*answer.node) : toString(answer.from);
        }
    }
    json["hops"] = hopNames(world, result.trace);
    json["reached"] = result.trace.isReached;
    if (result.trace.isLoop) json["loop"] = true;
    return json;
}

/// A step's name may hold anything a person writes; a folder's name may not.
std::string folderName(const StepResult& step) {
    std::string name = fmt::format("{}-{}", step.number, step.name);
    for (char& c : name) {
        if (c == '/' || c == '\0') c = '_';
    }
    return name;
}

Result<void> writeJson(const std::filesystem::path& path, const Json& json) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << json.dump(1) << "\n";
    file.close();
    if (!file) return failure(fmt::format("cannot write {}", path.string()));
    return {};
}

}  // namespace

Result<void> writeState(const LabWorld& world, const StepResult& step,
                        const std::filesystem::path& directory) {
    const std::filesystem::path folder = directory / folderName(step);
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem)
        return failure(fmt::format("cannot make the folder {}: {}", folder.string(), problem.message()));
    const Owners owners = ownersOfAddresses(world);
    for (std::uint32_t n = 0; n < world.simulation().topology().nodes().size(); ++n) {
        const NodeId id(n);
        if (auto written = writeJson(folder / (world.nameOf(id) + ".json"), routerJson(world, id, owners));
            !written)
            return written;
    }
    Json probes = Json::array();
    for (const ProbeResult& probe : step.probes)
        probes.push_back(probeJson(world, probe));
    return writeJson(folder / "probes.json", probes);
}

}  // namespace peerscape
