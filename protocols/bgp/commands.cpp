/// The block `router bgp`, its blocks `address-family`, and how commands are collected.
#include "protocols/bgp/commands.hpp"

#include <fmt/format.h>

#include "protocols/bgp/command_list.hpp"
#include "protocols/bgp/process_config.hpp"

namespace peerscape::bgp {
namespace {

struct FamilyPlace {
    std::string_view mode;
    Family family;
};
/// FRR takes the lines of IPv4 unicast without a block as well.
constexpr FamilyPlace kFamilyPlaces[] = {
    {kRouterMode, Family::IPv4}, {kIpv4Mode, Family::IPv4}, {kIpv6Mode, Family::IPv6}};

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// The names by which FRR redistributes, and EIGRP for IPv6, which it does not have.
constexpr std::string_view kSources4 =
    "<babel$source|connected$source|eigrp$source|isis$source|kernel$source|nhrp$source|openfabric$source|"
    "ospf$source [(1-65535)]|rip$source|static$source|table$source (1-65535)|vnc$source|vnc-direct$source>";
constexpr std::string_view kSources6 =
    "<babel$source|connected$source|eigrp6$source|isis$source|kernel$source|nhrp$source|openfabric$source|"
    "ospf6$source|ripng$source|static$source|table$source|vnc$source|vnc-direct$source>";

std::string inFamily(std::string pattern, Family family) {
    const bool isV4 = family == Family::IPv4;
    replaceAll(pattern, "@PREFIX", isV4 ? "A.B.C.D/M" : "X:X::X:X/M");
    replaceAll(pattern, "@NETWORK",
               isV4 ? "<A.B.C.D/M$prefix|A.B.C.D$network [mask A.B.C.D$mask]>" : "X:X::X:X/M$prefix");
    replaceAll(pattern, "@SUMMARY",
               isV4 ? "<A.B.C.D/M$prefix|A.B.C.D$network A.B.C.D$mask>" : "X:X::X:X/M$prefix");
    replaceAll(pattern, "@SOURCES", isV4 ? kSources4 : kSources6);
    return pattern;
}

Result<void> openRouter(ConfigSession& session, const Arguments& arguments) {
    BgpConfig& config = configIn(session);
    if (!arguments.has("as")) {
        if (!config.number) return failure("No BGP process is configured");
        return {};
    }
    const auto number = asNumberIn(arguments, "as");
    if (!number) return std::unexpected(number.error());
    if (config.number && config.number != *number) {
        return failure(
            fmt::format("BGP is already running; AS is {}", text(*config.number, config.notation)));
    }
    if (!config.number) {
        // Lines at the top, and the lab file, may have said something already.
        BgpConfig fresh = BgpConfig::ofProfile(session.config().defaults == "datacenter");
        fresh.hasGracefulShutdown = config.hasGracefulShutdown;
        fresh.routeMapDelay = config.routeMapDelay;
        fresh.roas = std::move(config.roas);
        fresh.labPacing = config.labPacing;
        config = std::move(fresh);
    }
    config.number = *number;
    if (arguments.has("dot")) config.notation = AsNotation::Dot;
    if (arguments.has("dot+")) config.notation = AsNotation::DotPlus;
    if (arguments.has("plain")) config.notation = AsNotation::Plain;
    return {};
}

Result<void> removeRouter(ConfigSession& session, const Arguments& arguments) {
    BgpConfig& config = configIn(session);
    if (!arguments.has("as") && !config.number) return failure("No BGP process is configured");
    if (arguments.has("as")) {
        const auto number = asNumberIn(arguments, "as");
        if (!number) return std::unexpected(number.error());
        if (config.number != *number) return failure("Can't find BGP instance");
    }
    BgpConfig bare;
    bare.roas = std::move(config.roas);
    bare.labPacing = config.labPacing;
    config = std::move(bare);
    return {};
}

CommandList::Change onNeighbor(CommandList::NeighborChange change, Family family = Family::IPv4) {
    return [change = std::move(change), family](BgpConfig& config, ConfigSession& session,
                                                const Arguments& arguments) -> Result<void> {
        const auto* found = config.find(arguments.text("peer"));
        if (found == nullptr) return failure("Specify remote-as or peer-group commands first");
        const auto group = config.groups.find(arguments.text("peer"));
        const bool isGroup = group != config.groups.end() && &group->second == found;
        // find() only looks; the neighbour is this configuration's own.
        return change({config, const_cast<NeighborConfig&>(*found), isGroup, family, session, arguments});
    };
}

}  // namespace

BgpConfig& configIn(ConfigSession& session) { return session.process<BgpProcessConfig>().value; }

Result<Asn> asNumberIn(const Arguments& arguments, std::string_view name) {
    return Asn::parse(arguments.text(name));
}

ConfigCommand& CommandList::add(std::string_view mode, std::string pattern, std::string help, Change apply,
                                Change undo, std::string undoPattern) {
    const auto onConfig = [](Change change) -> std::function<Result<void>(ConfigSession&, const Arguments&)> {
        if (!change) return nullptr;
        return [change = std::move(change)](ConfigSession& session, const Arguments& arguments) {
            return change(configIn(session), session, arguments);
        };
    };
    ConfigCommand command;
    command.mode = mode;
    command.pattern = std::move(pattern);
    command.help = std::move(help);
    command.apply = onConfig(std::move(apply));
    command.undo = onConfig(std::move(undo));
    command.undoPattern = std::move(undoPattern);
    return commands_.emplace_back(std::move(command));
}

void CommandList::addFlag(std::string pattern, std::string help, bool BgpConfig::* flag) {
    addToRouter(
        std::move(pattern), std::move(help),
        [flag](BgpConfig& c, auto&, auto&) { return set(c.*flag, true); },
        [flag](BgpConfig& c, auto&, auto&) { return set(c.*flag, false); });
}

void CommandList::addToFamilies(const std::string& pattern, const std::string& help,
                                const FamilyChange& apply, const FamilyChange& undo,
                                const std::string& undoPattern) {
    for (const auto& [mode, family] : kFamilyPlaces) {
        const auto onFamily = [chosen = family](const FamilyChange& change) -> Change {
            return [change, chosen](BgpConfig& config, ConfigSession& session, const Arguments& arguments) {
                return change(config.families[chosen], session, arguments);
            };
        };
        add(mode, inFamily(pattern, family), help, onFamily(apply), onFamily(undo),
            inFamily(undoPattern, family));
    }
}

void CommandList::addNeighbor(const std::string& words, std::string help, NeighborChange apply,
                              NeighborChange undo, const std::string& undoWords) {
    const std::string start = std::string("neighbor ") + kPeerPattern + " ";
    addToRouter(start + words, std::move(help), onNeighbor(std::move(apply)), onNeighbor(std::move(undo)),
                undoWords.empty() ? "" : start + undoWords);
}

void CommandList::addNeighborFlag(const std::string& words, std::string help,
                                  std::optional<bool> NeighborSettings::* flag) {
    addNeighbor(
        words, std::move(help), [flag](const NeighborLine& n) { return set(n.settings().*flag, true); },
        [flag](const NeighborLine& n) { return set(n.settings().*flag, std::nullopt); });
}

void CommandList::addNeighborFamily(const std::string& words, const std::string& help,
                                    const NeighborChange& apply, const NeighborChange& undo,
                                    const std::string& undoWords) {
    const std::string start = std::string("neighbor ") + kPeerPattern + " ";
    for (const auto& [mode, family] : kFamilyPlaces) {
        add(mode, start + words, help, onNeighbor(apply, family), onNeighbor(undo, family),
            undoWords.empty() ? "" : start + undoWords);
    }
}

void CommandList::addNeighborFamilyFlag(const std::string& words, const std::string& help,
                                        std::optional<bool> NeighborFamilySettings::* flag) {
    addNeighborFamily(
        words, help, [flag](const NeighborLine& n) { return set(n.familySettings().*flag, true); },
        [flag](const NeighborLine& n) { return set(n.familySettings().*flag, std::nullopt); });
}

void addRouter(CommandList& list) {
    auto& enter = list.add(
        "", "router bgp [ASN$as [as-notation <dot|dot+|plain>]]", "Runs BGP in this autonomous system.",
        [](BgpConfig&, ConfigSession& s, const Arguments& a) { return openRouter(s, a); },
        [](BgpConfig&, ConfigSession& s, const Arguments& a) { return removeRouter(s, a); });
    enter.enters = kRouterMode;
    const auto nothing = [](BgpConfig&, auto&, auto&) -> Result<void> { return {}; };
    for (const auto mode : {kIpv4Mode, kIpv6Mode}) {
        const std::string family = mode == kIpv4Mode ? "ipv4" : "ipv6";
        list.addToRouter("address-family " + family + " [unicast]", "The lines about this address family.",
                         nothing, nullptr)
            .enters = mode;
    }
    for (const std::string old : {"auto-summary", "synchronization"}) {
        list.addToRouter(
            old, "Only its 'no' is accepted, which is what holds.",
            [old](BgpConfig&, auto&, auto&) -> Result<void> {
                return failure(fmt::format("expected 'no {}', which is what holds", old));
            },
            nothing);
    }
}

std::vector<ConfigCommand> configCommands() {
    CommandList list;
    addRouter(list);
    addOptions(list);
    addBestPath(list);
    addGracefulRestart(list);
    addNeighbors(list);
    addSessions(list);
    addFamilies(list);
    addNeighborFamilySettings(list);
    addNeighborFilters(list);
    return list.take();
}

}  // namespace peerscape::bgp
