// `show route-map`, `show ip prefix-list`, `show ip access-list`. FRR prefixes each list with the daemon that
// keeps it; here there is one policy for the whole router, so it stands once, under the name ZEBRA.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "protocols/policy/command_parts.hpp"
#include "protocols/policy/commands.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape::policy {
namespace {

std::string_view ip(Family family) { return family == Family::IPv4 ? "ip" : "ipv6"; }

std::string showEntry(std::uint32_t sequence, const RouteMapEntry& entry) {
    std::string text = fmt::format(" {}, sequence {} Invoked 0\n", toString(entry.action), sequence);
    if (!entry.description.empty()) text += fmt::format("  Description:\n    {}\n", entry.description);
    text += "  Match clauses:\n";
    for (const auto& clause : entry.matches)
        text += fmt::format("    {}\n", textOf(clause));
    text += "  Set clauses:\n";
    for (const auto& clause : entry.sets)
        text += fmt::format("    {}\n", textOf(clause));
    text += "  Call clause:\n";
    if (!entry.call.empty()) text += fmt::format("    Call {}\n", entry.call);
    text += "  Action:\n";
    switch (entry.exitPolicy) {
        case ExitPolicy::Exit:
            return text + "    Exit routemap\n";
        case ExitPolicy::Next:
            return text + "    Continue to next entry\n";
        case ExitPolicy::Goto:
            return text + fmt::format("    Goto {}\n", entry.gotoSequence);
    }
    return text;
}

std::string showRouteMaps(const ShowContext& context, const Arguments& arguments) {
    const PolicySet& policy = policyIn(context);
    const std::string_view wanted = arguments.text("name");
    if (!wanted.empty() && policy.routeMap(wanted) == nullptr)
        return fmt::format("ZEBRA: 'route-map {}' not found\n", wanted);
    std::string text = "ZEBRA:\n";
    for (const auto& [name, map] : policy.routeMaps) {
        if (!wanted.empty() && name != wanted) continue;
        text += fmt::format("route-map: {} Invoked: 0 Optimization: enabled Processed Change: false\n", name);
        for (const auto& [sequence, entry] : map)
            text += showEntry(sequence, entry);
    }
    return text;
}

std::string showPrefixList(Family family, const std::string& name, const PrefixList& list, bool isSummary,
                           bool isDetail) {
    const auto& entries = list.entries;
    std::string text = fmt::format("ZEBRA: {} prefix-list {}:", ip(family), name);
    text += isSummary || isDetail ? "\n" : fmt::format(" {} entries\n", entries.size());
    if (!list.description.empty()) text += fmt::format("   Description: {}\n", list.description);
    if (isSummary || isDetail) {
        const auto ranges = std::ranges::count_if(
            entries, [](const auto& e) { return e.second.isAny || e.second.ge || e.second.le; });
        text += fmt::format("   count: {}, range entries: {}, sequences: {} - {}\n", entries.size(), ranges,
                            entries.firstNumber().value_or(0), entries.lastNumber().value_or(0));
    }
    if (isSummary) return text;
    for (const auto& [sequence, entry] : entries) {
        text += fmt::format("   seq {} {}", sequence, entry.text());
        text += isDetail ? " (hit count: 0, refcount: 0)\n" : "\n";
    }
    return text;
}

std::string showPrefixLists(const ShowContext& context, const Arguments& arguments, Family family) {
    const PolicySet& policy = policyIn(context);
    const std::string_view wanted = arguments.text("name");
    if (!wanted.empty() && policy.prefixList(family, wanted) == nullptr)
        return "% Can't find specified prefix-list\n";
    std::string text;
    for (const auto& [name, list] : policy.prefixLists(family)) {
        if (!wanted.empty() && name != wanted) continue;
        text += showPrefixList(family, name, list, arguments.has("summary"), arguments.has("detail"));
    }
    return text;
}

/// The kind of a list is that of its first entry.
std::string_view kindOf(const AccessListEntry& entry) {
    const auto* wildcard = std::get_if<WildcardFilter>(&entry.filter);
    if (wildcard == nullptr) return "Zebra";
    return wildcard->destination ? "Extended" : "Standard";
}

std::string showEntry(std::uint32_t sequence, const AccessListEntry& entry) {
    std::string filter = entry.filterText();
    const auto* wildcard = std::get_if<WildcardFilter>(&entry.filter);
    if (wildcard != nullptr && !wildcard->destination &&
        wildcard->source.form == WildcardAddress::Form::Wildcard) {
        filter = fmt::format("{}, wildcard bits {}", toString(wildcard->source.address),
                             toString(wildcard->source.wildcard));
    }
    const std::string_view gap = entry.action == Action::Deny ? "   " : " ";
    return fmt::format("    seq {} {}{}{}\n", sequence, toString(entry.action), gap, filter);
}

std::string showAccessLists(const ShowContext& context, const Arguments& arguments, Family family) {
    const std::string_view wanted = arguments.text("name");
    std::string text = "ZEBRA:\n";
    for (const auto& [name, list] : policyIn(context).accessLists(family)) {
        if ((!wanted.empty() && name != wanted) || list.entries.empty()) continue;
        text += fmt::format("{} {} access list {}\n", kindOf(list.entries.begin()->second),
                            family == Family::IPv4 ? "IP" : "IPv6 ", name);
        for (const auto& [sequence, entry] : list.entries)
            text += showEntry(sequence, entry);
    }
    return text;
}

}  // namespace

std::vector<OperatorCommand> policyOperatorCommands() {
    std::vector<OperatorCommand> commands = pathListOperatorCommands();
    commands.push_back(
        {"show route-map [RMAP_NAME$name]", "The route-maps and their entries.", showRouteMaps, {}});
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const std::string start = fmt::format("show {} ", ip(family));
        commands.push_back({start + "prefix-list [WORD$name]",
                            "The prefix-lists.",
                            [family](const ShowContext& context, const Arguments& a) {
                                return showPrefixLists(context, a, family);
                            },
                            {}});
        commands.push_back({start + "prefix-list <detail|summary> [WORD$name]",
                            "The prefix-lists with their sizes.",
                            [family](const ShowContext& context, const Arguments& a) {
                                return showPrefixLists(context, a, family);
                            },
                            {}});
        commands.push_back({start + "access-list [WORD$name]",
                            "The access-lists.",
                            [family](const ShowContext& context, const Arguments& a) {
                                return showAccessLists(context, a, family);
                            },
                            {}});
    }
    return commands;
}

}  // namespace peerscape::policy
