#include "protocols/bgp/show_commands.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "protocols/bgp/show_entry.hpp"
#include "protocols/bgp/show_filters.hpp"
#include "protocols/bgp/show_graceful_restart.hpp"
#include "protocols/bgp/show_groups.hpp"
#include "protocols/bgp/show_neighbor_routes.hpp"
#include "protocols/bgp/show_neighbors.hpp"
#include "protocols/bgp/show_next_hops.hpp"
#include "protocols/bgp/show_summary.hpp"
#include "protocols/bgp/show_table.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::string_view kFamily = " [<ipv4|ipv6>$family [unicast]]";
constexpr std::string_view kJson = " [json]";

/// What a `show` command was asked.
struct Question {
    const ShowContext& context;
    const Arguments& arguments;
    Format format;
    std::optional<Family> saidFamily;
    Family family;  ///< the one said, else that of `show ip bgp` or `show bgp`

    bool has(std::string_view name) const { return arguments.has(name); }
    std::string_view text(std::string_view name) const { return arguments.text(name); }
    /// The neighbour's name: an address as it is written everywhere else.
    std::string neighbor() const {
        const auto address = IpAddress::parse(text("neighbor"));
        return address ? toString(*address) : std::string(text("neighbor"));
    }
};

using Answer = std::function<std::string(const Question&)>;

/// The commands under `show bgp` and `show ip bgp`, which mean IPv6 and IPv4 where no family is said.
class Commands {
  public:
    void add(const std::string& rest, const std::string& help, const Answer& answer) {
        for (const bool isIp : {false, true}) {
            std::string pattern = isIp ? "show ip bgp" : "show bgp";
            pattern += std::string(kFamily) + rest + std::string(kJson);
            commands_.push_back({pattern,
                                 help,
                                 [answer, isIp](const ShowContext& context, const Arguments& arguments) {
                                     return answer(questionOf(context, arguments, isIp));
                                 },
                                 {}});
        }
    }
    std::vector<OperatorCommand> take() { return std::move(commands_); }

  private:
    static Question questionOf(const ShowContext& context, const Arguments& arguments, bool isIp) {
        std::optional<Family> said;
        if (isIp) said = Family::IPv4;
        if (arguments.has("family")) said = arguments.text("family") == "ipv4" ? Family::IPv4 : Family::IPv6;
        const Format format = arguments.has("json") ? Format::AsJson : Format::AsText;
        return {context, arguments, format, said, said.value_or(Family::IPv6)};
    }

    std::vector<OperatorCommand> commands_;
};

std::string showFiltered(const Question& question, const NamedFilter& filter) {
    if (!filter) return filter.error();
    return showTable(question.context, question.family, question.format, *filter);
}

ShownPaths shownPaths(const Question& question) {
    if (question.text("which") == "bestpath") return ShownPaths::Best;
    return question.text("which") == "multipath" ? ShownPaths::Multipath : ShownPaths::All;
}

/// FRR wants to be told the family of an address by the words before it.
std::string wrongFamily(const Question& question) {
    const bool isV4 = question.family == Family::IPv4;
    return fmt::format("% Cannot specify {} address or prefix with {} AFI\n", isV4 ? "IPv6" : "IPv4",
                       isV4 ? "IPv4" : "IPv6");
}

std::string answerPrefix(const Question& question) {
    const Prefix prefix = question.arguments.prefix("prefix");
    if (prefix.family() != question.family) return wrongFamily(question);
    return showEntry(question.context, prefix, shownPaths(question), question.format);
}

std::string answerAddress(const Question& question) {
    const IpAddress address = question.arguments.address("address");
    if (address.family() != question.family) return wrongFamily(question);
    return showLongestMatch(question.context, address, shownPaths(question), question.format);
}

std::string answerInside(const Question& question) {
    const Prefix prefix = question.arguments.prefix("prefix");
    if (prefix.family() != question.family) return wrongFamily(question);
    return showTable(question.context, question.family, question.format, inside(prefix));
}

std::string answerSummary(const Question& question) {
    SummaryQuery query;
    query.family = question.saidFamily;
    query.saysUnicast = question.has("unicast");
    if (question.has("established")) query.rows = SummaryRows::Established;
    if (question.has("failed")) query.rows = SummaryRows::Failed;
    return showSummary(question.context, query, question.format);
}

/// A filter that needs the process, for its lists.
template <typename Make>
Answer answerByList(Make make) {
    return [make](const Question& question) {
        const BgpProcess* process = processOf(question.context);
        if (process == nullptr) return noInstance(question.format);
        return showFiltered(question, make(question, *process));
    };
}

void addTables(Commands& commands) {
    const auto table = [](const Question& q) { return showTable(q.context, q.family, q.format); };
    commands.add("", "The table of routes.", table);
    commands.add(" cidr-only", "Routes whose length is not that of their class.",
                 [](const Question& q) { return showTable(q.context, q.family, q.format, classless()); });
    const std::string which = " [<bestpath|multipath>$which]";
    commands.add(" <A.B.C.D/M|X:X::X:X/M>$prefix" + which, "One route in detail.", answerPrefix);
    commands.add(" <A.B.C.D|X:X::X:X>$address" + which, "The route to an address, in detail.", answerAddress);
    commands.add(" <A.B.C.D/M|X:X::X:X/M>$prefix longer-prefixes", "A prefix and what is inside it.",
                 answerInside);
}

void addFilters(Commands& commands) {
    commands.add(" community [WORD$value] [exact-match]", "Routes with a community.", [](const Question& q) {
        return showFiltered(q, withCommunities(q.text("value"), q.has("exact-match")));
    });
    commands.add(" large-community [WORD$value] [exact-match]", "Routes with a large community.",
                 [](const Question& q) {
                     return showFiltered(q, withLargeCommunities(q.text("value"), q.has("exact-match")));
                 });
    commands.add(" regexp WORD$expression", "Routes whose AS path a regular expression matches.",
                 [](const Question& q) { return showFiltered(q, matching(q.text("expression"))); });
    commands.add(" filter-list WORD$list", "Routes that an as-path access-list permits.",
                 answerByList([](const Question& q, const BgpProcess& process) {
                     return permittedByFilterList(process, q.text("list"));
                 }));
    commands.add(" prefix-list WORD$list", "Routes that a prefix-list permits.",
                 answerByList([](const Question& q, const BgpProcess& process) {
                     return permittedByPrefixList(process, q.family, q.text("list"));
                 }));
    commands.add(" community-list WORD$list [exact-match]", "Routes that a community-list permits.",
                 answerByList([](const Question& q, const BgpProcess& process) {
                     return permittedByCommunityList(process, q.text("list"), q.has("exact-match"));
                 }));
    commands.add(" large-community-list WORD$list [exact-match]",
                 "Routes that a large-community-list permits.",
                 answerByList([](const Question& q, const BgpProcess& process) {
                     return permittedByLargeCommunityList(process, q.text("list"), q.has("exact-match"));
                 }));
    commands.add(" rpki <valid|invalid|notfound>$state", "Routes by what the ROAs say of their origin.",
                 [](const Question& q) { return showFiltered(q, validatedAs(q.text("state"))); });
    commands.add(" route-map WORD$map", "Routes that a route-map permits.",
                 answerByList([](const Question& q, const BgpProcess& process) {
                     return permittedByRouteMap(q.context, process, q.text("map"));
                 }));
}

void addNeighbors(Commands& commands) {
    commands.add(" summary [<established|failed>]", "The neighbours, one line each.", answerSummary);
    commands.add(" peer-group [WORD$group]", "Groups and their members.",
                 [](const Question& q) { return showGroups(q.context, q.text("group"), q.format); });
    commands.add(" nexthop [<A.B.C.D|X:X::X:X>$address]", "Next hops, and how they are reached.",
                 [](const Question& q) {
                     const auto only = q.has("address") ? std::optional(q.arguments.address("address"))
                                                        : std::optional<IpAddress>();
                     return showNextHops(q.context, only, q.format);
                 });
    const auto neighbors = [](const Question& q) {
        const std::optional<Family> family = q.has("family") ? q.saidFamily : std::nullopt;
        return showNeighbors(q.context, family, q.neighbor(), q.format);
    };
    const std::string one = " neighbors <A.B.C.D|X:X::X:X|IFNAME>$neighbor";
    commands.add(" neighbors", "The neighbours in detail.", neighbors);
    commands.add(one, "One neighbour in detail.", neighbors);
    const auto restarts = [](const Question& q) {
        const std::optional<Family> family = q.has("family") ? q.saidFamily : std::nullopt;
        return showGracefulRestart(q.context, family, q.neighbor(), q.format);
    };
    commands.add(" neighbors graceful-restart", "What is agreed about restarts.", restarts);
    commands.add(one + " graceful-restart", "What is agreed with one neighbour about restarts.", restarts);
    const auto routes = [](NeighborRoutes which) {
        return [which](const Question& q) {
            return showNeighborRoutes(q.context, q.family, q.neighbor(), which, q.format);
        };
    };
    commands.add(one + " advertised-routes", "What the neighbour is told.",
                 routes(NeighborRoutes::Advertised));
    commands.add(one + " received-routes", "What the neighbour has said, before policy.",
                 routes(NeighborRoutes::Received));
    commands.add(one + " filtered-routes", "What policy refuses of it.", routes(NeighborRoutes::Filtered));
    commands.add(one + " routes", "What of it is in the table.", [](const Question& q) {
        return showRoutesFrom(q.context, q.family, q.neighbor(), q.format);
    });
}

}  // namespace

std::vector<OperatorCommand> showCommands() {
    Commands commands;
    addTables(commands);
    addFilters(commands);
    addNeighbors(commands);
    return commands.take();
}

}  // namespace peerscape::bgp
