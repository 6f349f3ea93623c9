/// Who the neighbours are: `neighbor … remote-as`, `… interface`, `… peer-group`, `bgp listen range`, and
/// what goes with them when they go.
#include <algorithm>

#include <fmt/format.h>

#include "protocols/bgp/command_list.hpp"

namespace peerscape::bgp {
namespace {

constexpr const char* kAllOfOneKind = "Peer-group members must be all internal or all external.";

Result<RemoteAs> remoteAsIn(const Arguments& arguments) {
    if (arguments.has("internal")) return RemoteAs{RemoteAs::Kind::Internal, {}};
    if (arguments.has("external")) return RemoteAs{RemoteAs::Kind::External, {}};
    const auto number = asNumberIn(arguments, "as");
    if (!number) return std::unexpected(number.error());
    return RemoteAs{RemoteAs::Kind::Number, *number};
}

/// Visits all neighbours, those of interfaces first.
template <typename Visit>
void forEachNeighbor(BgpConfig& config, Visit visit) {
    for (auto& [name, neighbor] : config.interfaceNeighbors)
        visit(neighbor);
    for (auto& [address, neighbor] : config.neighbors)
        visit(neighbor);
}

NeighborConfig newNeighbor(const BgpConfig& config) {
    NeighborConfig neighbor;
    if (config.shutsDownNewNeighbors) neighbor.settings.shutdown = Shutdown{};
    return neighbor;
}

bool isOwnAddress(const ConfigSession& session, const IpAddress& address) {
    return std::ranges::any_of(session.config().interfaces, [&](const auto& named) {
        return std::ranges::any_of(named.second.addresses,
                                   [&](const auto& own) { return own.address == address; });
    });
}

Result<NeighborConfig*> neighborAt(BgpConfig& config, const ConfigSession& session,
                                   const IpAddress& address) {
    if (const auto found = config.neighbors.find(address); found != config.neighbors.end())
        return &found->second;
    if (isOwnAddress(session, address)) return failure("Can not configure the local system as neighbor");
    return &config.neighbors.emplace(address, newNeighbor(config)).first->second;
}

bool isUnlike(std::optional<PeerKind> a, std::optional<PeerKind> b) {
    if (!a || !b) return false;
    return (a == PeerKind::Internal) != (b == PeerKind::Internal);
}

/// Whether another member of the group is internal while this one is external, or the other way round.
bool isUnlikeOthers(BgpConfig& config, std::string_view group, const NeighborConfig& neighbor) {
    bool isUnlikeOne = false;
    const auto kind = peerKind(config, neighbor);
    forEachNeighbor(config, [&](const NeighborConfig& other) {
        if (&other != &neighbor && other.group == group)
            isUnlikeOne = isUnlikeOne || isUnlike(kind, peerKind(config, other));
    });
    return isUnlikeOne;
}

/// What only one kind of peer may have goes when the neighbour becomes another kind.
void dropUnfitting(BgpConfig& config, NeighborConfig& neighbor) {
    const auto kind = peerKind(config, neighbor);
    if (kind == PeerKind::Internal) {
        neighbor.settings.ebgpMultihop.reset();
    } else {
        neighbor.families.ipv4.edit().isReflectorClient.reset();
        neighbor.families.ipv6.edit().isReflectorClient.reset();
    }
    if (kind != PeerKind::External) neighbor.settings.localAs.reset();
}

Result<void> setRemoteAs(BgpConfig& config, NeighborConfig& neighbor, const RemoteAs& remoteAs) {
    const NeighborConfig* group = config.groupOf(neighbor);
    if (group != nullptr && group->settings.remoteAs)
        return failure("Peer-group member cannot override remote-as of peer-group.");
    const auto before = neighbor.settings.remoteAs;
    neighbor.settings.remoteAs = remoteAs;
    if (group != nullptr && isUnlikeOthers(config, neighbor.group, neighbor)) {
        neighbor.settings.remoteAs = before;
        return failure(kAllOfOneKind);
    }
    dropUnfitting(config, neighbor);
    return {};
}

/// Its members have the group's number and none of their own.
Result<void> setGroupRemoteAs(BgpConfig& config, std::string_view name, NeighborConfig& group,
                              const RemoteAs& remoteAs) {
    group.settings.remoteAs = remoteAs;
    forEachNeighbor(config, [&](NeighborConfig& neighbor) {
        if (neighbor.group != name) return;
        neighbor.settings.remoteAs.reset();
        dropUnfitting(config, neighbor);
    });
    return {};
}

void removeMembers(BgpConfig& config, std::string_view group) {
    const auto isMember = [&](const auto& named) { return named.second.group == group; };
    std::erase_if(config.neighbors, isMember);
    std::erase_if(config.interfaceNeighbors, isMember);
}

void removeGroup(BgpConfig& config, const std::string& name) {
    removeMembers(config, name);
    std::erase_if(config.listenRanges, [&](const auto& range) { return range.second == name; });
    config.groups.erase(name);
}

Result<void> bind(BgpConfig& config, NeighborConfig& neighbor, const std::string& name) {
    if (neighbor.group == name) return {};
    if (!neighbor.group.empty()) return failure("Cannot change the peer-group. Deconfigure first");
    const NeighborConfig& group = config.groups.find(name)->second;
    const bool groupHasNumber = group.settings.remoteAs.has_value();
    if (!groupHasNumber && isUnlikeOthers(config, name, neighbor)) return failure(kAllOfOneKind);
    neighbor.group = name;
    neighbor.families.ipv4.edit().isActivated.reset();
    neighbor.families.ipv6.edit().isActivated.reset();
    if (groupHasNumber) neighbor.settings.remoteAs.reset();
    return {};
}

Result<void> joinGroup(BgpConfig& config, ConfigSession& session, const Arguments& arguments) {
    const std::string group(arguments.text("group"));
    if (!config.groups.contains(group)) return failure("Configure the peer-group first");
    const std::string_view name = arguments.text("peer");
    if (const auto address = IpAddress::parse(name)) {
        const auto neighbor = neighborAt(config, session, *address);
        if (!neighbor) return std::unexpected(neighbor.error());
        return bind(config, **neighbor, group);
    }
    const auto interface = config.interfaceNeighbors.find(name);
    if (interface == config.interfaceNeighbors.end())
        return failure(fmt::format("Malformed address or name: {}", name));
    return bind(config, interface->second, group);
}

/// As in FRR, a neighbour that leaves its group is gone.
Result<void> leaveGroup(BgpConfig& config, ConfigSession&, const Arguments& arguments) {
    const std::string_view name = arguments.text("peer");
    if (!IpAddress::parse(name) && !config.interfaceNeighbors.contains(name))
        return failure(fmt::format("Malformed address or name: {}", name));
    if (config.find(name) == nullptr) return failure("Specify remote-as or peer-group commands first");
    if (!config.groups.contains(arguments.text("group"))) return failure("Configure the peer-group first");
    if (const auto address = IpAddress::parse(name)) {
        config.neighbors.erase(*address);
    } else {
        config.interfaceNeighbors.erase(std::string(name));
    }
    return {};
}

Result<void> giveRemoteAs(BgpConfig& config, ConfigSession& session, const Arguments& arguments) {
    const auto remoteAs = remoteAsIn(arguments);
    if (!remoteAs) return std::unexpected(remoteAs.error());
    const std::string_view name = arguments.text("peer");
    if (const auto address = IpAddress::parse(name)) {
        const auto neighbor = neighborAt(config, session, *address);
        if (!neighbor) return std::unexpected(neighbor.error());
        return setRemoteAs(config, **neighbor, *remoteAs);
    }
    const auto interface = config.interfaceNeighbors.find(name);
    if (interface != config.interfaceNeighbors.end())
        return setRemoteAs(config, interface->second, *remoteAs);
    const auto group = config.groups.find(name);
    if (group == config.groups.end()) return failure("Create the peer-group or interface first");
    return setGroupRemoteAs(config, name, group->second, *remoteAs);
}

/// `no neighbor NAME [remote-as …]`. A group loses its members with its number; without `remote-as` it goes
/// itself.
Result<void> removeNeighbor(BgpConfig& config, ConfigSession&, const Arguments& arguments) {
    const std::string name(arguments.text("peer"));
    if (const auto address = IpAddress::parse(name)) {
        config.neighbors.erase(*address);
        return {};
    }
    const bool isAboutNumber = arguments.has("internal") || arguments.has("external") || arguments.has("as");
    if (const auto interface = config.interfaceNeighbors.find(name);
        interface != config.interfaceNeighbors.end()) {
        if (!isAboutNumber) config.interfaceNeighbors.erase(interface);
        if (isAboutNumber) interface->second.settings.remoteAs.reset();
        return {};
    }
    const auto group = config.groups.find(name);
    if (group == config.groups.end()) {
        return failure(isAboutNumber ? "Create the peer-group or interface first"
                                     : "Create the peer-group first");
    }
    if (!isAboutNumber) {
        removeGroup(config, name);
        return {};
    }
    removeMembers(config, name);
    group->second.settings.remoteAs.reset();
    return {};
}

Result<void> addInterface(BgpConfig& config, ConfigSession&, const Arguments& arguments) {
    const std::string name(arguments.text("peer"));
    const std::string group(arguments.text("group"));
    if (config.groups.contains(name)) return failure("Name conflict with peer-group");
    if (!group.empty() && !config.groups.contains(group)) return failure("Configure the peer-group first");
    std::optional<RemoteAs> remoteAs;
    if (arguments.has("internal") || arguments.has("external") || arguments.has("as")) {
        const auto read = remoteAsIn(arguments);
        if (!read) return std::unexpected(read.error());
        remoteAs = *read;
    }
    NeighborConfig& neighbor = config.interfaceNeighbors.try_emplace(name, newNeighbor(config)).first->second;
    neighbor.isInterface = true;
    neighbor.isV6Only = arguments.has("v6only");
    if (remoteAs) return setRemoteAs(config, neighbor, *remoteAs);
    return group.empty() ? Result<void>() : bind(config, neighbor, group);
}

void addGroups(CommandList& list) {
    list.addToRouter(
        "neighbor WORD$peer peer-group", "A group of neighbours that have much in common.",
        [](BgpConfig& c, auto&, const Arguments& a) -> Result<void> {
            const std::string name(a.text("peer"));
            if (c.interfaceNeighbors.contains(name))
                return failure(fmt::format("Name conflict with interface: {}", name));
            if (IpAddress::parse(name)) return failure("a peer-group cannot have an address for a name");
            c.groups.try_emplace(name);
            return {};
        },
        [](BgpConfig& c, auto&, const Arguments& a) -> Result<void> {
            const std::string name(a.text("peer"));
            if (!c.groups.contains(name)) return failure("Create the peer-group first");
            removeGroup(c, name);
            return {};
        });
    list.addToRouter(fmt::format("neighbor {} peer-group PGNAME$group", kPeerPattern),
                     "Makes the neighbour a member of the group.", joinGroup, leaveGroup);
}

Result<void> addListenRange(BgpConfig& config, ConfigSession&, const Arguments& arguments) {
    const Prefix range = arguments.prefix("range");
    const auto group = config.groups.find(arguments.text("group"));
    if (group == config.groups.end()) return failure("Configure the peer-group first");
    if (!group->second.settings.remoteAs) return failure("Specify remote-as or peer-group remote AS first");
    for (const auto& [other, name] : config.listenRanges) {
        if (other == range && name == group->first) return {};
        if (other == range)
            return failure(fmt::format("Same listen range is attached to peer-group {}", name));
        if (other.contains(range) || range.contains(other))
            return failure("Listen range overlaps with existing listen range");
    }
    config.listenRanges.emplace(range, group->first);
    return {};
}

Result<void> removeListenRange(BgpConfig& config, ConfigSession&, const Arguments& arguments) {
    const auto found = config.listenRanges.find(arguments.prefix("range"));
    if (found == config.listenRanges.end() || found->second != arguments.text("group")) {
        return failure("Range specified cannot be deleted because it is not part of current config.");
    }
    config.listenRanges.erase(found);
    return {};
}

}  // namespace

std::optional<PeerKind> peerKind(const BgpConfig& config, const NeighborConfig& neighbor) {
    const auto remote = config.effective(neighbor).settings.remoteAs;
    if (!remote || !config.number) return std::nullopt;
    if (remote->kind == RemoteAs::Kind::Internal) return PeerKind::Internal;
    if (remote->kind == RemoteAs::Kind::External) return PeerKind::External;
    if (remote->number == *config.number) return PeerKind::Internal;
    const bool isMember = config.confederation && config.confederationPeers.contains(remote->number.value());
    return isMember ? PeerKind::Confederation : PeerKind::External;
}

void addNeighbors(CommandList& list) {
    const std::string remoteAs = "remote-as <internal|external|ASN$as>";
    list.addToRouter(fmt::format("neighbor {} {}", kPeerPattern, remoteAs),
                     "The neighbour's autonomous system.", giveRemoteAs, removeNeighbor,
                     fmt::format("neighbor {} [remote-as <internal|external|ASN$as>]", kPeerPattern));
    addGroups(list);
    list.addToRouter(
        fmt::format("neighbor WORD$peer interface [v6only] [<peer-group PGNAME$group|{}>]", remoteAs),
        "The neighbour at the other end of this interface, found by its link-local address.", addInterface,
        [](BgpConfig& c, auto&, const Arguments& a) -> Result<void> {
            if (c.interfaceNeighbors.erase(std::string(a.text("peer"))) == 0)
                return failure("Create the bgp interface first");
            return {};
        },
        "neighbor WORD$peer interface [v6only] [peer-group PGNAME] [remote-as <internal|external|ASN>]");
    list.addToRouter("bgp listen range <A.B.C.D/M|X:X::X:X/M>$range peer-group PGNAME$group",
                     "Accepts sessions from addresses in the network, as members of the group.",
                     addListenRange, removeListenRange);
}

}  // namespace peerscape::bgp
