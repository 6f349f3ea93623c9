/// The console's lines that explain, list what happened, and compare timelines.
#include <algorithm>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "scenarios/explain/bgp_absence.hpp"
#include "scenarios/explain/explain_route.hpp"
#include "scenarios/explain/losses.hpp"
#include "scenarios/explain/records_view.hpp"
#include "scenarios/explain/table_diff.hpp"
#include "scenarios/explain/why_not.hpp"
#include "scenarios/runner/console.hpp"
#include "scenarios/runner/console_text.hpp"
#include "scenarios/world/origins.hpp"

namespace peerscape {

namespace {

constexpr std::size_t kMostRecords = 1'000;
constexpr std::size_t kLossesListed = 20;

std::string noRouter(std::string_view name) { return refusal(fmt::format("there is no router '{}'", name)); }

}  // namespace

std::optional<std::string> Console::look(std::string_view verb, Words arguments) {
    if (verb == "explain") return explain(arguments, false);
    if (verb == "why-not") return explain(arguments, true);
    if (verb == "records") return records(arguments);
    if (verb == "drops") return drops(arguments);
    if (verb == "flows") return listFlowLosses(evidence());
    if (verb == "origins") return origins(arguments);
    if (verb == "branch") return branch(arguments.empty() ? std::string_view() : arguments.front());
    if (verb == "branches") return branches_.list();
    if (verb == "switch") return switchTo(arguments.front());
    if (verb == "diff") return diff(arguments);
    return std::nullopt;
}

std::string Console::explain(Words arguments, bool isAbsence) const {
    const auto node = world_.nodeNamed(arguments[0]);
    if (!node && !isAbsence && arguments[0] == "drop") {
        const auto number = readNumber(arguments[1]);
        if (!number)
            return refusal(
                fmt::format("'{}' is no number of a lost packet; 'drops' lists them", arguments[1]));
        const auto text = explainLoss(evidence(), RecordId(*number));
        return text ? *text : refusal(text.error().message);
    }
    if (!node) return noRouter(arguments[0]);
    if (arguments.size() == 3) {
        if (arguments[1] != "neighbor") return misuse("explain");
        const auto text = explainNeighbor(evidence(), *node, arguments[2]);
        return text ? *text : refusal(text.error().message);
    }
    if (const auto address = IpAddress::parse(arguments[1])) {
        const auto match = world_.simulation().node(*node).rib.match(*address);
        if (match && !isAbsence) return explainRoute(evidence(), *node, *match);
        return whyNot(evidence(), *node, *address);
    }
    const auto prefix = Prefix::parseAnyHost(arguments[1]);
    if (!prefix)
        return refusal(
            fmt::format("'{}' is neither an address nor a prefix such as 10.1.0.0/16", arguments[1]));
    return isAbsence ? whyNot(evidence(), *node, *prefix) : explainRoute(evidence(), *node, *prefix);
}

std::string Console::records(Words arguments) const {
    RecordFilter filter;
    if (arguments.size() % 2 == 1) {
        filter.node = world_.nodeNamed(arguments.front());
        if (!filter.node) return noRouter(arguments.front());
        arguments = arguments.subspan(1);
    }
    if (!arguments.empty()) {
        const auto from = readDuration(arguments[0]);
        const auto to = readDuration(arguments[1]);
        if (!from) return refusal(from.error().message);
        if (!to) return refusal(to.error().message);
        filter.from = SimTime::after(*from);
        filter.to = SimTime::after(*to);
    }
    return listRecords(evidence(), filter, kMostRecords);
}

std::string Console::drops(Words arguments) const {
    if (arguments.empty()) return listLosses(evidence(), kLossesListed);
    const auto most = readNumber(arguments.front(), 1'000'000);
    if (!most) return misuse("drops");
    return listLosses(evidence(), *most);
}

std::string Console::origins(Words arguments) const {
    if (!arguments.empty()) {
        const auto prefix = Prefix::parse(arguments.front());
        if (!prefix) return refusal(fmt::format("'{}' is no prefix such as 10.1.0.0/16", arguments.front()));
        return listOrigins(world_, *prefix);
    }
    if (world_.file().watches.empty())
        return refusal("the lab file watches no prefix; name one: origins 10.1.0.0/16");
    std::string text;
    for (const WatchEntry& watch : world_.file().watches)
        text += listOrigins(world_, watch.prefix);
    return text;
}

std::string Console::branch(std::string_view name) {
    // Where an instant may stand a branch may stand too.
    if (!name.empty() && readDuration(name)) return refusal(fmt::format("'{}' is a time, no name", name));
    const auto begun = branches_.begin(name);
    return begun ? fmt::format("{} begins at {}\n", *begun, toString(world_.lab().now()))
                 : refusal(begun.error().message);
}

std::string Console::switchTo(std::string_view name) {
    if (const auto done = branches_.switchTo(name); !done) return refusal(done.error().message);
    return fmt::format("{} at {}\n", name, toString(world_.lab().now()));
}

std::string Console::diff(Words arguments) const {
    const auto node = world_.nodeNamed(arguments[0]);
    if (!node) return noRouter(arguments[0]);
    std::vector<std::vector<TableRow>> tables;
    for (const std::string_view word : arguments.subspan(1)) {
        const bool isBranch = branches_.has(word);
        const auto instant = isBranch ? Result<Duration>() : readDuration(word);
        if (!instant)
            return refusal(
                fmt::format("'{}' is neither a branch nor a time: {}", word, instant.error().message));
        const SimTime time = isBranch ? std::as_const(world_).lab().now() : SimTime::after(*instant);
        const auto lab = branches_.at(isBranch ? word : branches_.presentName(), time);
        if (!lab) return refusal(lab.error().message);
        tables.push_back(tableRows(lab->simulation(), *node));
    }
    return diffTables(tables[0], tables[1]);
}

std::string Console::act(const std::function<std::string()>& action) {
    const std::string before = branches_.presentName();
    const auto begun = branches_.beforeAction();
    std::string text = action();
    if (!begun) return text;
    if (text.starts_with('%')) {
        branches_.takeBack();
        return text;
    }
    return text +
           fmt::format("{} begins at {}; {} stays as it was\n", *begun, toString(world_.lab().now()), before);
}

}  // namespace peerscape
