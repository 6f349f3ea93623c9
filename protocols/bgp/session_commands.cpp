/// `neighbor …`: what concerns the session with it, whatever the address family.
#include <algorithm>

#include <fmt/format.h>

#include "protocols/bgp/command_list.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::uint8_t kGreatestTtl = 255;
constexpr std::uint16_t kUsualPort = 179;
constexpr std::size_t kLongestPassword = 80;

/// `words (least-most)`; `no` may leave the value out.
template <typename T>
void addNumber(CommandList& list, const std::string& words, const std::string& range, std::string help,
               std::optional<T> NeighborSettings::* place) {
    list.addNeighbor(
        words + " " + range + "$value", std::move(help),
        [place](const NeighborLine& n) {
            return CommandList::set(n.settings().*place, static_cast<T>(n.arguments.number("value")));
        },
        [place](const NeighborLine& n) { return CommandList::set(n.settings().*place, std::nullopt); },
        words + " [" + range + "$value]");
}

Result<void> setLocalAs(const NeighborLine& n) {
    const auto number = asNumberIn(n.arguments, "as");
    if (!number) return std::unexpected(number.error());
    const NeighborConfig whole = n.effective();
    if (n.config.number == *number) return failure("Cannot have local-as same as BGP AS number");
    const auto kind = peerKind(n.config, n.neighbor);
    if (kind == PeerKind::Internal || kind == PeerKind::Confederation)
        return failure("Local-AS allowed only for EBGP peers");
    const auto& remote = whole.settings.remoteAs;
    if (remote && remote->kind == RemoteAs::Kind::Number && remote->number == *number) {
        return failure("AS specified for local as is the same as the remote as and this is not allowed.");
    }
    n.settings().localAs = LocalAs{*number, !n.arguments.has("no-prepend"), n.arguments.has("replace-as")};
    return {};
}

Result<void> setMultihop(const NeighborLine& n) {
    const auto hops = static_cast<std::uint8_t>(n.arguments.number("hops", kGreatestTtl));
    // Internal peers may be anywhere; and who guards the TTL sends the greatest one already.
    if (peerKind(n.config, n.neighbor) == PeerKind::Internal) return {};
    const bool isGuarded = n.effective().settings.ttlSecurityHops.has_value();
    if (isGuarded && hops != kGreatestTtl)
        return failure("ebgp-multihop and ttl-security cannot be configured together");
    if (!isGuarded) n.settings().ebgpMultihop = hops;
    return {};
}

Result<void> setTtlSecurity(const NeighborLine& n) {
    const auto multihop = n.effective().settings.ebgpMultihop;
    if (multihop && multihop != kGreatestTtl && *multihop != 1)
        return failure("ebgp-multihop and ttl-security cannot be configured together");
    n.settings().ebgpMultihop.reset();
    n.settings().ttlSecurityHops = static_cast<std::uint8_t>(n.arguments.number("hops"));
    return {};
}

/// The keepalive interval is at most a third of the hold time (RFC 4271 section 10).
Result<void> setTimers(const NeighborLine& n) {
    const auto hold = n.arguments.number("hold");
    if (hold != 0 && hold < 3) return failure("Invalid value");
    const auto keepalive = std::min(n.arguments.number("keepalive"), hold / 3);
    n.settings().timers =
        SessionTimers{static_cast<std::uint16_t>(keepalive), static_cast<std::uint16_t>(hold)};
    return {};
}

void addWords(CommandList& list) {
    list.addNeighbor(
        "description LINE...$text", "A description of the neighbour.",
        [](const NeighborLine& n) {
            return CommandList::set(n.settings().description, std::string(n.arguments.text("text")));
        },
        [](const NeighborLine& n) { return CommandList::set(n.settings().description, std::nullopt); },
        "description [LINE...]");
    list.addNeighbor(
        "shutdown [message MSG...$message]", "Closes the session and opens none.",
        [](const NeighborLine& n) {
            return CommandList::set(n.settings().shutdown,
                                    Shutdown{std::string(n.arguments.text("message"))});
        },
        [](const NeighborLine& n) { return CommandList::set(n.settings().shutdown, std::nullopt); });
    list.addNeighbor(
        "password WORD$password", "Signs the segments of the session (RFC 2385).",
        [](const NeighborLine& n) -> Result<void> {
            if (n.arguments.text("password").size() > kLongestPassword) return failure("Invalid value");
            return CommandList::set(n.settings().password, std::string(n.arguments.text("password")));
        },
        [](const NeighborLine& n) { return CommandList::set(n.settings().password, std::nullopt); },
        "password [WORD]");
}

void addAddressing(CommandList& list) {
    list.addNeighbor(
        "update-source <A.B.C.D$address|X:X::X:X$address|WORD$interface>",
        "Where the session comes from: an address, or the address of an interface.",
        [](const NeighborLine& n) -> Result<void> {
            using Source = std::variant<IpAddress, std::string>;
            n.settings().updateSource = n.arguments.has("address")
                                            ? Source(n.arguments.address("address"))
                                            : Source(std::string(n.arguments.text("interface")));
            return {};
        },
        [](const NeighborLine& n) { return CommandList::set(n.settings().updateSource, std::nullopt); },
        "update-source [<A.B.C.D|X:X::X:X|WORD>]");
    list.addNeighbor(
        "ebgp-multihop [(1-255)$hops]", "The neighbour may be this many hops away.", setMultihop,
        [](const NeighborLine& n) { return CommandList::set(n.settings().ebgpMultihop, std::nullopt); });
    list.addNeighbor(
        "ttl-security hops (1-254)$hops",
        "Drops packets from farther away than this, which their TTL gives away (RFC 5082).", setTtlSecurity,
        [](const NeighborLine& n) { return CommandList::set(n.settings().ttlSecurityHops, std::nullopt); },
        "ttl-security hops [(1-254)]");
    list.addNeighborFlag("disable-connected-check", "The neighbour's address need not be connected.",
                         &NeighborSettings::disablesConnectedCheck);
    list.addNeighborFlag("enforce-multihop", "As disable-connected-check.",
                         &NeighborSettings::disablesConnectedCheck);
    list.addNeighbor(
        "port (1-65535)$port", "The TCP port on which the neighbour listens.",
        [](const NeighborLine& n) -> Result<void> {
            const auto port = static_cast<std::uint16_t>(n.arguments.number("port"));
            n.settings().port = port == kUsualPort ? std::nullopt : std::optional(port);
            return {};
        },
        [](const NeighborLine& n) { return CommandList::set(n.settings().port, std::nullopt); },
        "port [(1-65535)]");
}

void addNumbers(CommandList& list) {
    list.addNeighbor(
        "local-as ASN$as [no-prepend [replace-as]]", "Appears to the neighbour as this AS.", setLocalAs,
        [](const NeighborLine& n) { return CommandList::set(n.settings().localAs, std::nullopt); },
        "local-as [ASN [no-prepend [replace-as]]]");
    list.addNeighbor(
        "timers (0-65535)$keepalive (0-65535)$hold",
        "Seconds between keepalives, and after which a silent peer is gone.", setTimers,
        [](const NeighborLine& n) { return CommandList::set(n.settings().timers, std::nullopt); },
        "timers [(0-65535) (0-65535)]");
    addNumber(list, "timers connect", "(1-65535)", "Seconds between attempts to connect.",
              &NeighborSettings::connectRetry);
    addNumber(list, "timers delayopen", "(1-240)", "Seconds between the connection and the OPEN.",
              &NeighborSettings::delayOpen);
    addNumber(list, "advertisement-interval", "(0-600)", "The least number of seconds between updates.",
              &NeighborSettings::advertisementInterval);
}

Result<void> setCapabilityFlag(const NeighborLine& n, std::optional<bool> NeighborSettings::* flag,
                               std::optional<bool> NeighborSettings::* conflicting) {
    if (n.effective().settings.*conflicting == true) {
        return failure("Can't set override-capability and strict-capability-match at the same time");
    }
    return CommandList::set(n.settings().*flag, true);
}

void addCapabilities(CommandList& list) {
    list.addNeighborFlag("capability dynamic", "Kept, without effect.",
                         &NeighborSettings::hasDynamicCapability);
    list.addNeighborFlag("dont-capability-negotiate", "Says no capabilities at all.",
                         &NeighborSettings::negotiatesNoCapabilities);
    // FRR gives neighbours of interfaces this capability by themselves; there `no` is what must be kept.
    list.addNeighbor(
        "capability extended-nexthop", "IPv4 routes may have IPv6 next hops (RFC 8950).",
        [](const NeighborLine& n) -> Result<void> {
            if (n.neighbor.isInterface)
                return CommandList::set(n.settings().hasExtendedNextHop, std::nullopt);
            return CommandList::set(n.settings().hasExtendedNextHop, true);
        },
        [](const NeighborLine& n) -> Result<void> {
            if (n.neighbor.isInterface) {
                return failure(
                    fmt::format("Peer {} cannot have capability extended-nexthop turned off", n.name()));
            }
            return CommandList::set(n.settings().hasExtendedNextHop, std::nullopt);
        });
    const auto addConflicting = [&](const char* words, const char* help,
                                    std::optional<bool> NeighborSettings::* flag,
                                    std::optional<bool> NeighborSettings::* other) {
        list.addNeighbor(
            words, help, [=](const NeighborLine& n) { return setCapabilityFlag(n, flag, other); },
            [=](const NeighborLine& n) { return CommandList::set(n.settings().*flag, std::nullopt); });
    };
    addConflicting("override-capability", "Takes the families said here for the neighbour's.",
                   &NeighborSettings::overridesCapabilities, &NeighborSettings::matchesCapabilitiesStrictly);
    addConflicting("strict-capability-match", "Refuses a neighbour without all of the capabilities.",
                   &NeighborSettings::matchesCapabilitiesStrictly, &NeighborSettings::overridesCapabilities);
}

Role roleIn(const Arguments& arguments) {
    if (arguments.has("provider")) return Role::Provider;
    if (arguments.has("rs-server")) return Role::RouteServer;
    if (arguments.has("rs-client")) return Role::RouteServerClient;
    return arguments.has("customer") ? Role::Customer : Role::Peer;
}

void addRoles(CommandList& list) {
    list.addNeighbor(
        "local-role <provider|rs-server|rs-client|customer|peer$equal> [strict-mode]",
        "What this speaker is to the neighbour (RFC 9234).",
        [](const NeighborLine& n) -> Result<void> {
            const auto kind = peerKind(n.config, n.neighbor);
            if (kind == PeerKind::Internal || kind == PeerKind::Confederation)
                return failure("External roles can be set only on eBGP session");
            n.settings().localRole = roleIn(n.arguments);
            n.settings().hasStrictRole = n.arguments.has("strict-mode") ? std::optional(true) : std::nullopt;
            return {};
        },
        [](const NeighborLine& n) {
            n.settings().hasStrictRole.reset();
            return CommandList::set(n.settings().localRole, std::nullopt);
        },
        "local-role <provider|rs-server|rs-client|customer|peer$equal> [strict-mode]");
}

}  // namespace

void addSessions(CommandList& list) {
    addWords(list);
    addAddressing(list);
    addNumbers(list);
    addCapabilities(list);
    addRoles(list);
    list.addNeighborFlag("passive", "Waits for the neighbour to connect.", &NeighborSettings::isPassive);
    list.addNeighborFlag("solo", "Kept, without effect.", &NeighborSettings::isSolo);
    list.addNeighborFlag("enforce-first-as", "Refuses paths that do not begin with the neighbour's AS.",
                         &NeighborSettings::enforcesFirstAs);
    list.addNeighborFlag("sender-as-path-loop-detection",
                         "Does not send a path that the neighbour's AS is in already.",
                         &NeighborSettings::detectsLoopsAtSender);
}

}  // namespace peerscape::bgp
