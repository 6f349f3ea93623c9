// Configuration lines of prefix-lists and access-lists. An entry that is there already under another number
// is not added again, and a list that has lost its last entry and has no description is gone: both as FRR 8.4
// has it.
#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "protocols/policy/command_parts.hpp"

namespace peerscape::policy {
namespace {

/// Adds or replaces an entry of a list.
template <typename List, typename Entry>
void putEntry(List& list, const Arguments& arguments, Entry entry) {
    const std::uint32_t given = static_cast<std::uint32_t>(arguments.number("seq"));
    if (list.entries.isElsewhere(entry, given)) return;
    list.entries.put(given != 0 ? given : list.entries.nextNumber(), std::move(entry));
}

/// Removes the entry of that number or, when none is given, of that content.
template <typename Lists, typename Entry>
Result<void> removeEntry(Lists& lists, const Arguments& arguments, const Entry& entry) {
    const auto list = lists.find(arguments.text("name"));
    if (list == lists.end()) return failure(fmt::format("there is no list '{}'", arguments.text("name")));
    const std::uint32_t given = static_cast<std::uint32_t>(arguments.number("seq"));
    auto& entries = list->second.entries;
    if (!(given == 0 ? entries.erase(entry) : entries.erase(given)))
        return failure(fmt::format("the list '{}' has no such entry", arguments.text("name")));
    return {};
}

template <typename Lists>
Result<void> removeList(Lists& lists, const Arguments& arguments) {
    const auto list = lists.find(arguments.text("name"));
    if (list == lists.end()) return failure(fmt::format("there is no list '{}'", arguments.text("name")));
    lists.erase(list);
    return {};
}

void dropWhenEmpty(PolicySet::Named<PrefixList>& lists, std::string_view name) {
    const auto list = lists.find(name);
    if (list != lists.end() && list->second.entries.empty() && list->second.description.empty())
        lists.erase(list);
}
void dropWhenEmpty(PolicySet::Named<AccessList>& lists, std::string_view name) {
    const auto list = lists.find(name);
    if (list != lists.end() && list->second.entries.empty() && list->second.remark.empty()) lists.erase(list);
}

Result<PrefixListEntry> readPrefixEntry(Family family, const Arguments& arguments) {
    PrefixListEntry entry;
    entry.action = actionIn(arguments);
    entry.isAny = arguments.has("any");
    entry.prefix = entry.isAny ? Prefix::defaultRoute(family) : arguments.prefix("prefix");
    if (arguments.has("ge")) entry.ge = static_cast<std::uint8_t>(arguments.number("ge"));
    if (arguments.has("le")) entry.le = static_cast<std::uint8_t>(arguments.number("le"));
    const std::uint8_t least = entry.ge.value_or(entry.prefix.length());
    if (least < entry.prefix.length() || entry.le.value_or(addressBits(family)) < least) {
        return failure(fmt::format("Invalid prefix range for {}, make sure: len <= ge-value <= le-value",
                                   toString(entry.prefix)));
    }
    return entry;
}

WildcardAddress readWildcard(const Arguments& arguments, std::string_view which) {
    const std::string address(which);
    if (arguments.has(address + "-any")) return {WildcardAddress::Form::Any, {}, {}};
    if (!arguments.has(address + "-mask"))
        return {WildcardAddress::Form::Host, arguments.address(address), {}};
    const IpAddress wildcard = arguments.address(address + "-mask");
    // The bits that do not matter are kept as zeros, so that equal entries look equal.
    const IpAddress base = IpAddress::v4(arguments.address(address).v4Number() & ~wildcard.v4Number());
    return {WildcardAddress::Form::Wildcard, base, wildcard};
}

enum class AccessForm { Network, Standard, Extended };

AccessListEntry readAccessEntry(AccessForm form, const Arguments& arguments) {
    AccessListEntry entry;
    entry.action = actionIn(arguments);
    if (form == AccessForm::Network) {
        if (!arguments.has("any"))
            entry.filter = NetworkFilter{arguments.prefix("prefix"), arguments.has("exact")};
        return entry;
    }
    WildcardFilter filter{readWildcard(arguments, "source"), std::nullopt};
    if (form == AccessForm::Extended) filter.destination = readWildcard(arguments, "destination");
    entry.filter = filter;
    return entry;
}

ConfigCommand accessEntryCommand(Family family, AccessForm form, std::string pattern) {
    ConfigCommand command;
    command.mode = "";
    command.pattern = std::move(pattern);
    command.help = "An entry of an access-list: which networks it permits or denies.";
    command.apply = [family, form](ConfigSession& session, const Arguments& a) -> Result<void> {
        putEntry(policyIn(session).accessLists(family)[std::string(a.text("name"))], a,
                 readAccessEntry(form, a));
        return {};
    };
    command.undo = [family, form](ConfigSession& session, const Arguments& a) -> Result<void> {
        auto& lists = policyIn(session).accessLists(family);
        const auto done = removeEntry(lists, a, readAccessEntry(form, a));
        dropWhenEmpty(lists, a.text("name"));
        return done;
    };
    return command;
}

}  // namespace

std::vector<ConfigCommand> prefixListCommands(Family family) {
    const bool isV4 = family == Family::IPv4;
    const std::string start = isV4 ? "ip prefix-list WORD$name" : "ipv6 prefix-list WORD$name";
    const std::string prefix = isV4 ? "A.B.C.D/M$prefix" : "X:X::X:X/M$prefix";
    const std::string length = fmt::format("(0-{})", addressBits(family));
    ConfigCommand entry;
    entry.pattern = fmt::format(
        "{0} [seq (1-4294967295)$seq] <deny$action|permit$action> <any|{1} [{{ge {2}$ge|le {2}$le}}]>", start,
        prefix, length);
    entry.help = "An entry of a prefix-list: which networks it permits or denies.";
    entry.apply = [family](ConfigSession& session, const Arguments& a) -> Result<void> {
        auto read = readPrefixEntry(family, a);
        if (!read) return std::unexpected(read.error());
        putEntry(policyIn(session).prefixLists(family)[std::string(a.text("name"))], a, std::move(*read));
        return {};
    };
    entry.undo = [family](ConfigSession& session, const Arguments& a) -> Result<void> {
        auto read = readPrefixEntry(family, a);
        if (!read) return std::unexpected(read.error());
        auto& lists = policyIn(session).prefixLists(family);
        const auto done = removeEntry(lists, a, *read);
        dropWhenEmpty(lists, a.text("name"));
        return done;
    };

    ConfigCommand numbered;
    numbered.pattern = start + " seq (1-4294967295)$seq";
    numbered.help = "Removes the entry of this number.";
    numbered.undo = [family](ConfigSession& session, const Arguments& a) -> Result<void> {
        auto& lists = policyIn(session).prefixLists(family);
        const auto list = lists.find(a.text("name"));
        if (list == lists.end()) return failure(fmt::format("there is no list '{}'", a.text("name")));
        if (!list->second.entries.erase(static_cast<std::uint32_t>(a.number("seq")))) {
            return failure(fmt::format("the list '{}' has no such entry", a.text("name")));
        }
        dropWhenEmpty(lists, a.text("name"));
        return {};
    };

    ConfigCommand whole;
    whole.pattern = start;
    whole.help = "Removes the prefix-list.";
    whole.undo = [family](ConfigSession& session, const Arguments& a) {
        return removeList(policyIn(session).prefixLists(family), a);
    };

    ConfigCommand description;
    description.pattern = start + " description LINE...$text";
    description.help = "A description of the prefix-list.";
    description.apply = [family](ConfigSession& session, const Arguments& a) -> Result<void> {
        policyIn(session).prefixLists(family)[std::string(a.text("name"))].description =
            std::string(a.text("text"));
        return {};
    };
    description.undo = [family](ConfigSession& session, const Arguments& a) -> Result<void> {
        auto& lists = policyIn(session).prefixLists(family);
        if (const auto list = lists.find(a.text("name")); list != lists.end())
            list->second.description.clear();
        dropWhenEmpty(lists, a.text("name"));
        return {};
    };
    description.undoPattern = start + " description [LINE...$text]";
    return {entry, numbered, whole, description};
}

std::vector<ConfigCommand> accessListCommands(Family family) {
    const bool isV4 = family == Family::IPv4;
    const std::string start = isV4 ? "access-list WORD$name" : "ipv6 access-list WORD$name";
    const std::string head = start + " [seq (1-4294967295)$seq] <deny$action|permit$action>";
    std::vector<ConfigCommand> commands;
    commands.push_back(accessEntryCommand(family, AccessForm::Network,
                                          head + (isV4 ? " <A.B.C.D/M$prefix [exact-match$exact]|any>"
                                                       : " <X:X::X:X/M$prefix [exact-match$exact]|any>")));
    if (isV4) {
        commands.push_back(
            accessEntryCommand(family, AccessForm::Standard,
                               head + " <[host] A.B.C.D$source|A.B.C.D$source A.B.C.D$source-mask>"));
        commands.push_back(accessEntryCommand(
            family, AccessForm::Extended,
            head + " ip <A.B.C.D$source A.B.C.D$source-mask|host A.B.C.D$source|any$source-any>"
                   " <A.B.C.D$destination A.B.C.D$destination-mask|host "
                   "A.B.C.D$destination|any$destination-any>"));
    }

    ConfigCommand whole;
    whole.pattern = start;
    whole.help = "Removes the access-list.";
    whole.undo = [family](ConfigSession& session, const Arguments& a) {
        return removeList(policyIn(session).accessLists(family), a);
    };
    commands.push_back(whole);

    ConfigCommand remark;
    remark.pattern = start + " remark LINE...$text";
    remark.help = "A remark about the access-list.";
    remark.apply = [family](ConfigSession& session, const Arguments& a) -> Result<void> {
        policyIn(session).accessLists(family)[std::string(a.text("name"))].remark =
            std::string(a.text("text"));
        return {};
    };
    remark.undo = [family](ConfigSession& session, const Arguments& a) -> Result<void> {
        auto& lists = policyIn(session).accessLists(family);
        if (const auto list = lists.find(a.text("name")); list != lists.end()) list->second.remark.clear();
        dropWhenEmpty(lists, a.text("name"));
        return {};
    };
    remark.undoPattern = start + " remark [LINE...$text]";
    commands.push_back(remark);
    return commands;
}

}  // namespace peerscape::policy
