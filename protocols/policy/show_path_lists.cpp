// `show bgp as-path-access-list`, `show bgp community-list` and its kin, in FRR 8.4's words.
#include <string>

#include <fmt/format.h>

#include "protocols/policy/command_parts.hpp"
#include "protocols/policy/list_order.hpp"

namespace peerscape::policy {
namespace {

std::string showPathLists(const ShowContext& context, const Arguments& arguments) {
    const std::string_view wanted = arguments.text("name");
    std::string text;
    for (const auto& [name, list] : policyIn(context).asPathLists) {
        if (!wanted.empty() && name != wanted) continue;
        text += fmt::format("AS path access list {}\n", name);
        for (const auto& [number, entry] : list.entries)
            text += fmt::format("    {}\n", entry.text());
    }
    return text;
}

/// "Community standard list 1", "Named large community expanded list L"; `what`: "community".
std::string headerOf(std::string_view what, std::string_view name, bool isExpanded) {
    std::string capital(what);
    capital.front() = static_cast<char>(capital.front() - 'a' + 'A');
    if (!isNumbered(name))
        return fmt::format("Named {} {} list {}\n", what == "community" ? "Community" : what,
                           isExpanded ? "expanded" : "standard", name);
    return isExpanded ? fmt::format("{} (expanded) access list {}\n", capital, name)
                      : fmt::format("{} standard list {}\n", capital, name);
}

template <typename Value>
std::string showValueLists(const PolicySet::Named<ValueList<Value>>& lists, std::string_view what,
                           std::string_view wanted) {
    if (!wanted.empty() && !lists.contains(wanted)) return "% Can't find community-list\n";
    std::string text;
    for (const auto& [name, list] : inListOrder(lists)) {
        if (!wanted.empty() && name != wanted) continue;
        text += headerOf(what, name, list->isExpanded);
        for (const auto& [number, entry] : list->entries)
            text += fmt::format("    {}\n", entry.text());
    }
    return text;
}

template <typename Value>
void addValueLists(std::vector<OperatorCommand>& commands, const std::string& words, std::string_view what,
                   PolicySet::Named<ValueList<Value>> PolicySet::* lists) {
    for (const std::string end : {"", " COMMUNITY_LIST_NAME$name detail"}) {
        commands.push_back({"show bgp " + words + end,
                            "The lists of communities.",
                            [lists, what](const ShowContext& context, const Arguments& a) {
                                return showValueLists(policyIn(context).*lists, what, a.text("name"));
                            },
                            {}});
    }
}

}  // namespace

std::vector<OperatorCommand> pathListOperatorCommands() {
    std::vector<OperatorCommand> commands;
    for (const char* start : {"show bgp", "show ip"}) {
        commands.push_back({std::string(start) + " as-path-access-list [AS_PATH_FILTER_NAME$name]",
                            "The as-path lists.",
                            showPathLists,
                            {}});
    }
    addValueLists(commands, "community-list", "community", &PolicySet::communityLists);
    addValueLists(commands, "extcommunity-list", "extended community", &PolicySet::extendedCommunityLists);
    addValueLists(commands, "large-community-list", "large community", &PolicySet::largeCommunityLists);
    return commands;
}

}  // namespace peerscape::policy
