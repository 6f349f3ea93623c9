// The `match` and `set` lines of a route-map entry. A second line of the same kind replaces the first.
#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "protocols/policy/clause_command.hpp"

namespace peerscape::policy {
namespace {

ConfigCommand listCommand(Subject subject, Family family, bool isPrefixList) {
    const std::string start =
        fmt::format("match {} {}{}", family == Family::IPv4 ? "ip" : "ipv6",
                    subject == Subject::Address ? "address" : "next-hop", isPrefixList ? " prefix-list" : "");
    const MatchList sample{subject, family, isPrefixList, ""};
    return clauseCommand<MatchClause>(
        start + " LIST_NAME$list", "Routes that the list permits.", sample,
        [sample](ConfigSession&, const Arguments& a) -> Result<MatchClause> {
            MatchList clause = sample;
            clause.list = std::string(a.text("list"));
            return clause;
        },
        start + " [LIST_NAME]");
}

ConfigCommand prefixLengthCommand(Subject subject, Family family) {
    const std::string start = fmt::format("match {} {} prefix-len", family == Family::IPv4 ? "ip" : "ipv6",
                                          subject == Subject::Address ? "address" : "next-hop");
    const std::string range = fmt::format("(0-{})", addressBits(family));
    const MatchPrefixLength sample{subject, family, 0};
    return clauseCommand<MatchClause>(
        start + " " + range + "$length", "Routes whose prefix has this length.", sample,
        [sample](ConfigSession&, const Arguments& a) -> Result<MatchClause> {
            MatchPrefixLength clause = sample;
            clause.length = static_cast<std::uint8_t>(a.number("length"));
            return clause;
        },
        start + " [" + range + "]");
}

void addFamily(std::vector<ConfigCommand>& commands, Family family) {
    const std::string ip = family == Family::IPv4 ? "ip" : "ipv6";
    const std::string address = family == Family::IPv4 ? "A.B.C.D" : "X:X::X:X";
    for (const Subject subject : {Subject::Address, Subject::NextHop}) {
        for (const bool isPrefixList : {false, true})
            commands.push_back(listCommand(subject, family, isPrefixList));
        commands.push_back(prefixLengthCommand(subject, family));
    }
    commands.push_back(clauseCommand<MatchClause>(
        "match " + ip + " next-hop address " + address + "$address", "Routes with this next hop.",
        MatchNextHopAddress{IpAddress::any(family)},
        [](ConfigSession&, const Arguments& a) -> Result<MatchClause> {
            return MatchNextHopAddress{a.address("address")};
        },
        "match " + ip + " next-hop address [" + address + "]"));
    commands.push_back(clauseCommand<MatchClause>(
        "match " + ip + " next-hop type <blackhole>", "Routes that drop packets.", MatchBlackhole{family},
        [family](ConfigSession&, const Arguments&) -> Result<MatchClause> { return MatchBlackhole{family}; },
        "match " + ip + " next-hop type [blackhole]"));
}

Result<SetClause> readMetric(std::string_view text) {
    SetMetric set;
    std::string_view digits = text;
    if (text.starts_with('+') || text.starts_with('-')) {
        set.change = text.front() == '+' ? SetMetric::Change::Add : SetMetric::Change::Subtract;
        digits.remove_prefix(1);
    }
    const auto amount = readNumber(digits, UINT32_MAX);
    if (!amount)
        return failure(
            fmt::format("'{}' is no metric: expected a number, +number or -number", text.substr(0, 40)));
    set.amount = static_cast<std::uint32_t>(*amount);
    return set;
}

}  // namespace

std::vector<ConfigCommand> matchCommands() {
    std::vector<ConfigCommand> commands;
    addFamily(commands, Family::IPv4);
    addFamily(commands, Family::IPv6);
    commands.push_back(clauseCommand<MatchClause>(
        "match interface IFNAME$interface", "Routes through this interface.", MatchInterface{},
        [](ConfigSession&, const Arguments& a) -> Result<MatchClause> {
            return MatchInterface{std::string(a.text("interface"))};
        },
        "match interface [IFNAME]"));
    commands.push_back(clauseCommand<MatchClause>(
        "match metric (0-4294967295)$metric", "Routes of this metric.", MatchMetric{},
        [](ConfigSession&, const Arguments& a) -> Result<MatchClause> {
            return MatchMetric{static_cast<std::uint32_t>(a.number("metric"))};
        },
        "match metric [(0-4294967295)]"));
    commands.push_back(clauseCommand<MatchClause>(
        "match tag (1-4294967295)$tag", "Routes with this tag.", MatchTag{},
        [](ConfigSession&, const Arguments& a) -> Result<MatchClause> {
            return MatchTag{static_cast<std::uint32_t>(a.number("tag"))};
        },
        "match tag [(1-4294967295)]"));
    commands.push_back(clauseCommand<MatchClause>(
        "match source-protocol WORD$protocol", "Routes of this protocol.", MatchProtocol{},
        [](ConfigSession& session, const Arguments& a) -> Result<MatchClause> {
            const auto known =
                session.protocolNamed ? session.protocolNamed(a.text("protocol")) : std::nullopt;
            if (!known)
                session.warn(fmt::format("no router of this lab runs {}: the line matches nothing",
                                         a.text("protocol").substr(0, 40)));
            return MatchProtocol{std::string(a.text("protocol")), known.value_or(ProtocolId::none())};
        },
        "match source-protocol [WORD]"));
    addAttributeMatches(commands);
    return commands;
}

std::vector<ConfigCommand> setCommands() {
    std::vector<ConfigCommand> commands;
    commands.push_back(clauseCommand<SetClause>(
        "set metric METRIC$metric", "The metric: a number, or +N or -N to change the one that is there.",
        SetMetric{},
        [](ConfigSession& session, const Arguments& a) -> Result<SetClause> {
            if (!a.text("metric").ends_with("rtt")) return readMetric(a.text("metric"));
            session.warn("'set metric rtt' is understood but not modelled: the line has no effect");
            return SetOther{"metric", std::string(a.text("metric"))};
        },
        "set metric [METRIC]"));
    commands.push_back(clauseCommand<SetClause>(
        "set tag (1-4294967295)$tag", "The route's tag.", SetTag{},
        [](ConfigSession&, const Arguments& a) -> Result<SetClause> {
            return SetTag{static_cast<std::uint32_t>(a.number("tag"))};
        },
        "set tag [(1-4294967295)]"));
    commands.push_back(clauseCommand<SetClause>(
        "set distance (1-255)$distance", "The administrative distance.", SetDistance{},
        [](ConfigSession&, const Arguments& a) -> Result<SetClause> {
            return SetDistance{static_cast<Distance>(a.number("distance"))};
        },
        "set distance [(1-255)]"));
    const auto addNextHop = [&](const std::string& start, const std::string& address, SetNextHop sample) {
        commands.push_back(clauseCommand<SetClause>(
            start + " " + address + "$address", "The next hop.", sample,
            [sample](ConfigSession&, const Arguments& a) -> Result<SetClause> {
                return SetNextHop{a.address("address"), sample.isLinkLocal};
            },
            start + " [" + address + "]"));
    };
    addNextHop("set ip next-hop", "A.B.C.D", {IpAddress::any(Family::IPv4), false});
    addNextHop("set ipv6 next-hop local", "X:X::X:X", {IpAddress::any(Family::IPv6), true});
    addNextHop("set ipv6 next-hop global", "X:X::X:X", {IpAddress::any(Family::IPv6), false});
    addAttributeSets(commands);
    return commands;
}

}  // namespace peerscape::policy
