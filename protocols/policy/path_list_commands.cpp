// `bgp as-path access-list` and `bgp community-list` with its kin. As in FRR 8.4, a line that is there
// already is not added again, numbers given by the router are multiples of 5, `no` with an entry looks at
// what it says and not at its number, and a list that has lost its last entry is gone.
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "protocols/policy/command_parts.hpp"

namespace peerscape::policy {
namespace {

constexpr const char* kEntry = " [seq (0-4294967295)$seq] <deny$action|permit$action> ";

template <typename List, typename Entry>
void putRoundEntry(List& list, const Arguments& arguments, Entry entry) {
    const bool hasNumber = arguments.has("seq");
    const auto number = static_cast<std::uint32_t>(hasNumber ? arguments.number("seq")
                                                             : std::uint64_t{list.entries.nextRoundNumber()});
    if (list.entries.isElsewhere(entry, number)) return;
    list.entries.put(number, std::move(entry));
}

template <typename Lists, typename Entry>
Result<void> removeEntry(Lists& lists, std::string_view name, const Entry& entry, std::string why) {
    const auto list = lists.find(name);
    if (list == lists.end() || !list->second.entries.erase(entry)) return failure(std::move(why));
    if (list->second.entries.empty()) lists.erase(list);
    return {};
}

Result<AsPathListEntry> readPathEntry(const Arguments& arguments) {
    const std::string_view text = arguments.text("what");
    if (text.find_first_not_of("1234567890_^|[,{}() ]$*+.?-\\") != std::string_view::npos)
        return failure(fmt::format("Invalid character in as-path access-list {}", text));
    auto expression = RegularExpression::compile(text);
    if (!expression) return std::unexpected(expression.error());
    return AsPathListEntry{actionIn(arguments), std::move(*expression)};
}

std::string noSuchPathList(const Arguments& arguments) {
    return fmt::format("bgp as-path access-list {} doesn't exist", arguments.text("name"));
}

void addPathLists(std::vector<ConfigCommand>& commands) {
    const std::string start = "bgp as-path access-list AS_PATH_FILTER_NAME$name";
    ConfigCommand entry;
    entry.pattern = start + kEntry + "LINE...$what";
    entry.help = "An entry of an as-path list: which paths it permits or denies, as a regular expression.";
    entry.apply = [](ConfigSession& session, const Arguments& a) -> Result<void> {
        auto read = readPathEntry(a);
        if (!read) return std::unexpected(read.error());
        putRoundEntry(policyIn(session).asPathLists[std::string(a.text("name"))], a, std::move(*read));
        return {};
    };
    entry.undo = [](ConfigSession& session, const Arguments& a) -> Result<void> {
        const auto read = readPathEntry(a);
        if (!read) return std::unexpected(read.error());
        return removeEntry(policyIn(session).asPathLists, a.text("name"), *read, noSuchPathList(a));
    };
    commands.push_back(std::move(entry));

    ConfigCommand whole;
    whole.pattern = start;
    whole.help = "Removes the as-path list.";
    whole.undo = [](ConfigSession& session, const Arguments& a) -> Result<void> {
        if (policyIn(session).asPathLists.erase(std::string(a.text("name"))) == 0)
            return failure(noSuchPathList(a));
        return {};
    };
    commands.push_back(std::move(whole));
}

std::optional<std::vector<CommunityValue>> readValues(std::string_view text, CommunityValue) {
    return readCommunities(text);
}
std::optional<std::vector<LargeCommunityValue>> readValues(std::string_view text,
                                                           const LargeCommunityValue&) {
    return readLargeCommunities(text);
}
std::optional<std::vector<ExtendedCommunityValue>> readValues(std::string_view text, ExtendedCommunityValue) {
    return readExtendedCommunities(text);
}

template <typename Value>
Result<ValueListEntry<Value>> readValueEntry(const Arguments& arguments, bool isExpanded) {
    ValueListEntry<Value> entry;
    entry.action = actionIn(arguments);
    if (isExpanded) {
        auto expression = RegularExpression::compile(arguments.text("what"));
        if (!expression) {
            return failure(fmt::format("Malformed community-list value: {}", expression.error().message));
        }
        entry.content = std::move(*expression);
        return entry;
    }
    auto values = readValues(arguments.text("what"), Value{});
    if (!values) return failure("Malformed community-list value");
    entry.content = std::move(*values);
    return entry;
}

template <typename Value>
using Lists = PolicySet::Named<ValueList<Value>> PolicySet::*;

template <typename Value>
Result<void> addToList(PolicySet& policy, Lists<Value> lists, const Arguments& arguments, bool isExpanded) {
    auto read = readValueEntry<Value>(arguments, isExpanded);
    if (!read) return std::unexpected(read.error());
    const auto [list, isNew] = (policy.*lists).try_emplace(std::string(arguments.text("name")));
    if (isNew) list->second.isExpanded = isExpanded;
    if (list->second.isExpanded != isExpanded) {
        return failure(fmt::format("Community name conflict, previously defined as {} community",
                                   list->second.isExpanded ? "expanded" : "standard"));
    }
    putRoundEntry(list->second, arguments, std::move(*read));
    return {};
}

constexpr const char* kNoSuchList = "Can't find community-list";

/// `word`: "community-list"; `values`: how the pattern shows the values of a standard list.
template <typename Value>
void addValueLists(std::vector<ConfigCommand>& commands, const std::string& word, const std::string& values,
                   Lists<Value> lists) {
    for (const bool isExpanded : {false, true}) {
        const std::string start =
            fmt::format("bgp {} <{}$name|{} COMMUNITY_LIST_NAME$name>", word,
                        isExpanded ? "(100-500)" : "(1-99)", isExpanded ? "expanded" : "standard");
        ConfigCommand entry;
        entry.pattern = start + kEntry + (isExpanded ? "LINE...$what" : values + "...$what");
        entry.help = isExpanded ? "An entry of a list of communities: a regular expression on their text."
                                : "An entry of a list of communities: all of these must be there.";
        entry.apply = [lists, isExpanded](ConfigSession& session, const Arguments& a) {
            return addToList<Value>(policyIn(session), lists, a, isExpanded);
        };
        entry.undo = [lists, isExpanded](ConfigSession& session, const Arguments& a) -> Result<void> {
            const auto read = readValueEntry<Value>(a, isExpanded);
            if (!read) return std::unexpected(read.error());
            return removeEntry(policyIn(session).*lists, a.text("name"), *read, kNoSuchList);
        };
        commands.push_back(std::move(entry));

        ConfigCommand whole;
        whole.pattern = start;
        whole.help = "Removes the list.";
        whole.undo = [lists](ConfigSession& session, const Arguments& a) -> Result<void> {
            if ((policyIn(session).*lists).erase(std::string(a.text("name"))) == 0)
                return failure(kNoSuchList);
            return {};
        };
        commands.push_back(std::move(whole));
    }
}

}  // namespace

std::vector<ConfigCommand> pathListCommands() {
    std::vector<ConfigCommand> commands;
    addPathLists(commands);
    addValueLists<CommunityValue>(commands, "community-list", "AA:NN", &PolicySet::communityLists);
    addValueLists<ExtendedCommunityValue>(commands, "extcommunity-list", "AA:NN",
                                          &PolicySet::extendedCommunityLists);
    addValueLists<LargeCommunityValue>(commands, "large-community-list", "AA:BB:CC",
                                       &PolicySet::largeCommunityLists);
    return commands;
}

}  // namespace peerscape::policy
