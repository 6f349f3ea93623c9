#include <fmt/format.h>

#include "protocols/policy/commands.hpp"
#include "protocols/policy/list_order.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape::policy {
namespace {

constexpr Family kFamilies[] = {Family::IPv4, Family::IPv6};

void printAccessLists(const PolicySet& policy, ConfigPrinter& printer) {
    bool hasAny = false;
    for (const Family family : kFamilies) {
        const std::string_view start = family == Family::IPv4 ? "" : "ipv6 ";
        for (const auto& [name, list] : policy.accessLists(family)) {
            if (!list.remark.empty())
                printer.line(fmt::format("{}access-list {} remark {}", start, name, list.remark));
            for (const auto& [sequence, entry] : list.entries) {
                printer.line(fmt::format("{}access-list {} seq {} {}", start, name, sequence, entry.text()));
            }
            hasAny = true;
        }
    }
    if (hasAny) printer.line("!");
}

void printPrefixLists(const PolicySet& policy, ConfigPrinter& printer) {
    bool hasAny = false;
    for (const Family family : kFamilies) {
        const std::string_view ip = family == Family::IPv4 ? "ip" : "ipv6";
        for (const auto& [name, list] : policy.prefixLists(family)) {
            if (!list.description.empty())
                printer.line(fmt::format("{} prefix-list {} description {}", ip, name, list.description));
            for (const auto& [sequence, entry] : list.entries) {
                printer.line(fmt::format("{} prefix-list {} seq {} {}", ip, name, sequence, entry.text()));
            }
            hasAny = true;
        }
    }
    if (hasAny) printer.line("!");
}

void printPathLists(const PolicySet& policy, ConfigPrinter& printer) {
    for (const auto& [name, list] : policy.asPathLists) {
        for (const auto& [sequence, entry] : list.entries)
            printer.line(fmt::format("bgp as-path access-list {} seq {} {}", name, sequence, entry.text()));
    }
    if (!policy.asPathLists.empty()) printer.line("!");
}

template <typename Value>
void printValueLists(const PolicySet::Named<ValueList<Value>>& lists, std::string_view word,
                     ConfigPrinter& printer) {
    for (const auto& [name, list] : inListOrder(lists)) {
        const std::string_view style = isNumbered(name) ? "" : list->isExpanded ? "expanded " : "standard ";
        for (const auto& [sequence, entry] : list->entries)
            printer.line(fmt::format("bgp {} {}{} seq {} {}", word, style, name, sequence, entry.text()));
    }
}

void printCommunityLists(const PolicySet& policy, ConfigPrinter& printer) {
    printValueLists(policy.communityLists, "community-list", printer);
    printValueLists(policy.extendedCommunityLists, "extcommunity-list", printer);
    printValueLists(policy.largeCommunityLists, "large-community-list", printer);
    const bool hasAny = !policy.communityLists.empty() || !policy.extendedCommunityLists.empty() ||
                        !policy.largeCommunityLists.empty();
    if (hasAny) printer.line("!");
}

void printEntry(const RouteMapEntry& entry, ConfigPrinter& printer) {
    if (!entry.description.empty()) printer.line("description " + entry.description);
    for (const auto& clause : entry.matches)
        printer.line("match " + textOf(clause));
    for (const auto& clause : entry.sets)
        printer.line("set " + textOf(clause));
    if (!entry.call.empty()) printer.line("call " + entry.call);
    if (entry.exitPolicy == ExitPolicy::Next) printer.line("on-match next");
    if (entry.exitPolicy == ExitPolicy::Goto)
        printer.line(fmt::format("on-match goto {}", entry.gotoSequence));
}

}  // namespace

void printKeyChains(const SharedPolicy& shared, ConfigPrinter& printer) {
    for (const auto& [name, keys] : policyOf(&shared).keyChains) {
        printer.open("key chain " + name);
        for (const auto& [number, secret] : keys) {
            printer.line(fmt::format("key {}", number));
            if (!secret.empty()) printer.line(" key-string " + secret);
            printer.line("exit");
        }
        printer.close();
    }
}

void printPolicy(const SharedPolicy& shared, ConfigPrinter& printer) {
    const PolicySet& policy = policyOf(&shared);
    printAccessLists(policy, printer);
    printPrefixLists(policy, printer);
    printPathLists(policy, printer);
    printCommunityLists(policy, printer);
    for (const auto& [name, map] : policy.routeMaps) {
        for (const auto& [sequence, entry] : map) {
            printer.open(fmt::format("route-map {} {} {}", name, toString(entry.action), sequence));
            printEntry(entry, printer);
            printer.close();
        }
    }
}

}  // namespace peerscape::policy
