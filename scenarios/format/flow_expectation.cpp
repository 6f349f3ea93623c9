#include <variant>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "scenarios/format/flow_text.hpp"

namespace peerscape {

namespace {

using namespace lab_expect;

/// The fields of each kind of expectation, in the order of the manual.
struct FieldPrinter {
    FlowMap map;

    void operator()(const Converged&) {}
    void operator()(const Oscillates&) {}
    void operator()(const NoLoops&) {}
    void operator()(const NoBlackHoles&) {}
    void operator()(const Reaches& c) {
        addWay(c.from, c.to, c.source);
        map.addNames("path", c.path).addNames("via", c.via).addNames("avoids", c.avoids);
    }
    void operator()(const Unreachable& c) {
        addWay(c.from, c.to, c.source);
        if (c.disposition) map.add("disposition", toString(*c.disposition));
    }
    void operator()(const Route& c) {
        addPlace(c.router, c.prefix);
        map.addText("protocol", c.protocol)
            .addNumber("metric", c.metric)
            .addNumber("distance", c.distance)
            .addNumber("tag", c.tag);
        if (c.via.size() == 1)
            map.addWord("via", c.via[0].name);
        else
            map.addNames("via", c.via);
        map.addText("interface", c.interface)
            .addNumber("next-hops", c.nextHopCount)
            .addNames("next-hops", c.nextHops);
    }
    void operator()(const Lost& c) {
        map.addText("flow", c.flow).addName("from", c.from);
        if (c.to) map.addWord("to", c.to->text);
        map.addNumber("at-most", c.atMost).addNumber("at-least", c.atLeast);
    }
    void operator()(const Show& c) {
        map.addWord("router", c.router.name).addWord("command", c.command);
        if (c.contains) map.add("contains", toString(*c.contains));
        map.addWords("lines", c.lines).addWords("text", c.text).addWords("lacks", c.lacks);
    }
    void operator()(const Session& c) {
        map.addWord("router", c.router.name)
            .addWord("neighbor", c.neighbor.name)
            .addWord("state", c.state)
            .addText("reason", c.reason);
    }
    void operator()(const Best& c) {
        addPlace(c.router, c.prefix);
        if (c.asPath) map.add("as-path", asPathText(*c.asPath));
        map.addName("next-hop", c.nextHop)
            .addName("neighbor", c.neighbor)
            .addNumber("local-pref", c.localPreference);
        map.addNumber("med", c.med).addText("origin", c.origin).addWords("communities", c.communities);
        FlowMap losers;
        for (const Best::Loser& loser : c.lost)
            losers.addWord(yamlWord(loser.neighbor.name), loser.step);
        if (!losers.isEmpty()) map.add("lost", losers.text());
    }
    void operator()(const Rip& c) {
        addPlace(c.router, c.prefix);
        map.addNumber("metric", c.metric).addName("from", c.from);
    }
    void operator()(const Messages& c) {
        map.addWord("protocol", c.protocol)
            .addName("router", c.router)
            .addNumber("at-most", c.atMost)
            .addNumber("at-least", c.atLeast);
    }
    void operator()(const Config& c) {
        map.addWord("router", c.router.name).addWords("contains", c.contains).addWords("lacks", c.lacks);
    }
    void operator()(const Alarm& c) {
        map.addWord("prefix", toString(c.prefix))
            .addPrinted("origin", c.origin)
            .addNames("routers", c.routers);
    }
    void operator()(const NoAlarms&) {}

    /// A plain sequence as a list, anything else as text.
    static std::string asPathText(const std::string& path) {
        const bool isSequence = path.find_first_not_of("0123456789 ") == std::string::npos;
        if (!isSequence) return yamlWord(path);
        std::vector<std::string> numbers;
        for (const std::string_view number : split(path, ' ')) {
            if (!number.empty()) numbers.emplace_back(number);
        }
        return flowList(numbers);
    }
    void addWay(const NameRef& from, const Destination& to, const std::optional<IpAddress>& source) {
        map.addWord("from", from.name).addWord("to", to.text).addPrinted("source", source);
    }
    void addPlace(const NameRef& router, const Prefix& prefix) {
        map.addWord("router", router.name).addWord("prefix", toString(prefix));
    }
};

std::string timeText(const ExpectationTime& time) {
    switch (time.kind) {
        case ExpectationTime::Kind::Converged:
            return "converged";
        case ExpectationTime::Kind::Always:
            return "always";
        case ExpectationTime::Kind::Eventually:
            return "eventually";
        case ExpectationTime::Kind::After:
            return toLabText(time.after);
    }
    return "";
}

void addCommon(FlowMap& map, const Expectation& claim, bool withWithin) {
    map.addText("name", claim.name);
    if (claim.at) map.add("at", timeText(*claim.at));
    if (withWithin) map.addDuration("within", claim.within);
    if (claim.negated) map.add("not", "true");
    if (claim.weight != 1) map.add("weight", std::to_string(claim.weight));
    map.addText("pass", claim.pass).addText("fail", claim.fail).addText("hint", claim.hint);
    if (claim.level == ExpectationLevel::Warning) map.add("level", "warning");
}

}  // namespace

std::string flowExpectation(const Expectation& claim) {
    FieldPrinter printer;
    std::visit(printer, claim.what);
    // {converged: {within: 10s}} is how everybody writes it.
    const bool isConvergence = std::holds_alternative<Converged>(claim.what) && claim.within;
    if (isConvergence) printer.map.addDuration("within", claim.within);
    FlowMap whole;
    whole.add(wordOf(claim), printer.map.isEmpty() ? "true" : printer.map.text());
    addCommon(whole, claim, !isConvergence);
    return whole.text();
}

}  // namespace peerscape
