#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/text.hpp"
#include "protocols/bgp/decision.hpp"
#include "scenarios/format/read_parts.hpp"

namespace peerscape {

using yaml::Value;
using namespace lab_expect;

namespace {

constexpr std::array<std::string_view, 9> kRouteProtocols{"connected", "local", "kernel", "static", "rip",
                                                          "ripng",     "eigrp", "eigrp6", "bgp"};
constexpr std::array<std::string_view, 5> kMessageProtocols{"rip", "ripng", "eigrp", "eigrp6", "bgp"};

/// A text that must be one of some words.
template <std::size_t n>
auto oneOf(const std::array<std::string_view, n>& words, std::string_view what) {
    return [&words, what](const ReadContext& context, const Value& node) -> std::optional<std::string> {
        const auto index = readWord(context, node, words, what);
        return index ? std::optional(std::string(words[*index])) : std::nullopt;
    };
}

/// The name of a node, or an address. Which one it is shows when the names are checked.
std::optional<NameRef> readNodeOrAddress(const ReadContext& context, const Value& node) {
    if (node.kind == Value::Kind::Scalar && IpAddress::parse(node.text))
        return NameRef{node.text, context.place(node.spot)};
    return readName(context, node);
}

std::optional<std::string> readWordText(const ReadContext& context, const Value& node) {
    return readText(context, node);
}

std::optional<std::uint64_t> readCount(const ReadContext& context, const Value& node) {
    return readWhole(context, node, 0, INT64_MAX);
}

std::optional<Disposition> readDisposition(const ReadContext& context, const Value& node) {
    static constexpr std::array<std::string_view, 6> kWords{
        "no-reply", "no-route", "unreachable", "ttl-exceeded", "discarded-locally", "loop"};
    const auto index = readWord(context, node, kWords, "a disposition");
    return index ? std::optional(static_cast<Disposition>(*index)) : std::nullopt;
}

std::optional<Expectation::What> makeReaches(const ObjectReader& object) {
    Reaches claim;
    object.read("from", claim.from, readName);
    object.read("to", claim.to, readDestination);
    object.read("source", claim.source, readAddress);
    object.readAll("path", claim.path, readName);
    object.readAll("via", claim.via, readName);
    object.readAll("avoids", claim.avoids, readName);
    return claim;
}

std::optional<Expectation::What> makeUnreachable(const ObjectReader& object) {
    Unreachable claim;
    object.read("from", claim.from, readName);
    object.read("to", claim.to, readDestination);
    object.read("source", claim.source, readAddress);
    object.read("disposition", claim.disposition, readDisposition);
    return claim;
}

std::optional<Expectation::What> makeRoute(const ObjectReader& object) {
    Route claim;
    object.read("router", claim.router, readName);
    object.read("prefix", claim.prefix, readPrefix);
    object.read("protocol", claim.protocol, oneOf(kRouteProtocols, "a protocol"));
    object.read("metric", claim.metric, readWhole32);
    object.read("tag", claim.tag, readWhole32);
    if (const Value* distance = object.find("distance")) {
        if (const auto number = readWhole(object.context(), *distance, 0, 255))
            claim.distance = static_cast<std::uint32_t>(*number);
    }
    object.readAll("via", claim.via, readNodeOrAddress);
    std::optional<NameRef> interface;
    object.read("interface", interface, readName);
    if (interface) claim.interface = interface->name;
    const Value* hops = object.find("next-hops");
    if (hops != nullptr && hops->kind == Value::Kind::Scalar && readNumber(hops->text)) {
        if (const auto count = readWhole(object.context(), *hops, 1, 256))
            claim.nextHopCount = static_cast<std::uint32_t>(*count);
    } else {
        object.readAll("next-hops", claim.nextHops, readNodeOrAddress);
    }
    return claim;
}

/// Both limits are optional, but without any the expectation would claim nothing.
template <typename Claim>
bool readLimits(const ObjectReader& object, Claim& claim) {
    object.read("at-most", claim.atMost, readCount);
    object.read("at-least", claim.atLeast, readCount);
    if (object.find("at-most") == nullptr && object.find("at-least") == nullptr) {
        object.context().error(object.spot(), "expected 'at-most' or 'at-least', or both");
        return false;
    }
    if (claim.atMost && claim.atLeast && *claim.atLeast > *claim.atMost) {
        object.context().error(object.keySpot("at-least"), "'at-least' is more than 'at-most'");
        return false;
    }
    return true;
}

std::optional<Expectation::What> makeLost(const ObjectReader& object) {
    Lost claim;
    claim.place = object.place();
    std::optional<NameRef> flow;
    object.read("flow", flow, readName);
    if (flow) claim.flow = flow->name;
    object.read("from", claim.from, readName);
    object.read("to", claim.to, readDestination);
    const bool hasEnds = object.find("from") != nullptr && object.find("to") != nullptr;
    const bool hasAnEnd = object.find("from") != nullptr || object.find("to") != nullptr;
    const bool hasFlow = object.find("flow") != nullptr;
    if (hasFlow == hasEnds || (hasFlow && hasAnEnd)) {
        object.context().error(object.spot(), "'lost' needs either 'flow', or 'from' and 'to'");
        return std::nullopt;
    }
    if (!readLimits(object, claim)) return std::nullopt;
    return claim;
}

std::optional<Expectation::What> makeShow(const ObjectReader& object) {
    Show claim;
    object.read("router", claim.router, readName);
    object.read("command", claim.command, readText);
    if (const Value* contains = object.find("contains")) claim.contains = readValue(*contains);
    if (const Value* lines = object.find("lines")) claim.lines = readLines(object.context(), *lines);
    object.readAll("text", claim.text, readWordText);
    object.readAll("lacks", claim.lacks, readWordText);
    const bool claimsSomething =
        claim.contains || !claim.lines.empty() || !claim.text.empty() || !claim.lacks.empty();
    if (!claimsSomething) {
        object.context().error(object.spot(), "'show' needs at least one of contains, lines, text, lacks");
        return std::nullopt;
    }
    return claim;
}

std::optional<Expectation::What> makeSession(const ObjectReader& object) {
    static constexpr std::array<std::string_view, 6> kStates{"Idle",     "Connect",     "Active",
                                                             "OpenSent", "OpenConfirm", "Established"};
    Session claim;
    claim.state = "Established";
    object.read("router", claim.router, readName);
    object.read("neighbor", claim.neighbor, readNodeOrAddress);
    object.read("state", claim.state, oneOf(kStates, "a state of RFC 4271"));
    object.read("reason", claim.reason, readText);
    return claim;
}

/// A list of numbers, or the path as tables show it, with sets and confederation segments.
std::optional<std::string> readAsPath(const ReadContext& context, const Value& node) {
    if (node.kind != Value::Kind::Scalar) {
        std::vector<std::string> numbers;
        for (const Asn number : readList<Asn>(context, node, readAsn))
            numbers.push_back(toString(number));
        return fmt::format("{}", fmt::join(numbers, " "));
    }
    std::string text;
    for (const std::string_view word : split(node.text, ' ')) {
        if (trim(word).empty()) continue;
        const bool isOfPath = word.find_first_not_of("0123456789.,{}()[]") == std::string_view::npos;
        if (!isOfPath) {
            context.error(node.spot, fmt::format("'{}' is not an AS path such as 65002 65004", node.text));
            return std::nullopt;
        }
        const auto number = Asn::parse(word);
        text += (text.empty() ? "" : " ") + (number ? toString(*number) : std::string(word));
    }
    return text;
}

/// The steps of the decision process that a path can lose at, each name once.
std::vector<std::string_view> decisionSteps() {
    std::vector<std::string_view> names;
    for (auto step = bgp::DecisionStep::Invalid; step <= bgp::DecisionStep::PathId;
         step = static_cast<bgp::DecisionStep>(static_cast<int>(step) + 1)) {
        if (std::ranges::find(names, bgp::nameOf(step)) == names.end()) names.push_back(bgp::nameOf(step));
    }
    return names;
}

/// A map from neighbours to steps.
std::optional<std::vector<Best::Loser>> readLosers(const ReadContext& context, const Value& node) {
    if (node.kind != Value::Kind::Map) {
        context.error(node.spot, fmt::format("expected neighbors and steps such as {{B: as-path-length}}, "
                                             "not {}",
                                             describe(node)));
        return std::nullopt;
    }
    std::vector<Best::Loser> losers;
    for (const yaml::Entry& entry : node.entries) {
        const auto index = readWord(context, entry.value, decisionSteps(), "a step of the decision process");
        if (index)
            losers.push_back(
                {{entry.key, context.place(entry.keySpot)}, std::string(decisionSteps()[*index])});
    }
    return losers;
}

std::optional<Expectation::What> makeBest(const ObjectReader& object) {
    static constexpr std::array<std::string_view, 3> kOrigins{"igp", "egp", "incomplete"};
    Best claim;
    object.read("router", claim.router, readName);
    object.read("prefix", claim.prefix, readPrefix);
    object.read("as-path", claim.asPath, readAsPath);
    object.read("next-hop", claim.nextHop, readNodeOrAddress);
    object.read("neighbor", claim.neighbor, readNodeOrAddress);
    object.read("local-pref", claim.localPreference, readWhole32);
    object.read("med", claim.med, readWhole32);
    object.read("origin", claim.origin, oneOf(kOrigins, "an origin"));
    object.readAll("communities", claim.communities, readWordText);
    object.read("lost", claim.lost, readLosers);
    return claim;
}

std::optional<Expectation::What> makeRip(const ObjectReader& object) {
    constexpr std::uint64_t kInfinity = 16;  // RFC 2453, 3.6
    Rip claim;
    object.read("router", claim.router, readName);
    object.read("prefix", claim.prefix, readPrefix);
    if (const Value* metric = object.find("metric")) {
        if (const auto hops = readWhole(object.context(), *metric, 0, kInfinity))
            claim.metric = static_cast<std::uint32_t>(*hops);
    }
    object.read("from", claim.from, readNodeOrAddress);
    return claim;
}

std::optional<Expectation::What> makeMessages(const ObjectReader& object) {
    Messages claim;
    object.read("protocol", claim.protocol, oneOf(kMessageProtocols, "a protocol that sends messages"));
    object.read("router", claim.router, readName);
    if (!readLimits(object, claim)) return std::nullopt;
    return claim;
}

std::optional<Expectation::What> makeConfig(const ObjectReader& object) {
    Config claim;
    object.read("router", claim.router, readName);
    object.readAll("contains", claim.contains, readWordText);
    object.readAll("lacks", claim.lacks, readWordText);
    if (claim.contains.empty() && claim.lacks.empty()) {
        object.context().error(object.spot(), "'config' needs 'contains' or 'lacks', or both");
        return std::nullopt;
    }
    return claim;
}

std::optional<Expectation::What> makeAlarm(const ObjectReader& object) {
    Alarm claim;
    claim.place = object.place();
    std::optional<Prefix> prefix;
    object.read("prefix", prefix, readPrefix);
    object.read("origin", claim.origin, readAsn);
    object.readAll("routers", claim.routers, readName);
    if (!prefix) return std::nullopt;
    claim.prefix = *prefix;
    return claim;
}

template <typename Claim>
std::optional<Expectation::What> makePlain(const ObjectReader&) {
    return Claim{};
}

struct ExpectationWord {
    std::string_view word;
    const ObjectKeys& keys;
    std::optional<Expectation::What> (*make)(const ObjectReader&);
};

constexpr std::array<ExpectationWord, 16> kExpectationWords{{
    {"converged", lab_keys::kNoFields, makePlain<Converged>},
    {"oscillates", lab_keys::kNoFields, makePlain<Oscillates>},
    {"reaches", lab_keys::kReaches, makeReaches},
    {"unreachable", lab_keys::kUnreachable, makeUnreachable},
    {"route", lab_keys::kRoute, makeRoute},
    {"no-loops", lab_keys::kNoFields, makePlain<NoLoops>},
    {"no-black-holes", lab_keys::kNoFields, makePlain<NoBlackHoles>},
    {"lost", lab_keys::kLost, makeLost},
    {"show", lab_keys::kShow, makeShow},
    {"session", lab_keys::kSession, makeSession},
    {"best", lab_keys::kBest, makeBest},
    {"rip", lab_keys::kRip, makeRip},
    {"messages", lab_keys::kMessages, makeMessages},
    {"config", lab_keys::kConfig, makeConfig},
    {"alarm", lab_keys::kAlarm, makeAlarm},
    {"no-alarms", lab_keys::kNoFields, makePlain<NoAlarms>},
}};

std::optional<ExpectationTime> readTime(const ReadContext& context, const Value& node) {
    using Kind = ExpectationTime::Kind;
    if (node.kind == Value::Kind::Scalar) {
        if (node.text == "converged") return ExpectationTime{Kind::Converged, {}};
        if (node.text == "always") return ExpectationTime{Kind::Always, {}};
        if (node.text == "eventually") return ExpectationTime{Kind::Eventually, {}};
        if (!node.text.empty() && (node.text[0] < '0' || node.text[0] > '9')) {
            const std::vector<std::string> words{"converged", "always", "eventually"};
            context.error(node.spot,
                          fmt::format("expected converged, always, eventually or a time such as 10s{}",
                                      didYouMean(node.text, words)));
            return std::nullopt;
        }
    }
    const auto after = readDuration(context, node);
    if (!after) return std::nullopt;
    return ExpectationTime{Kind::After, *after};
}

void readCommon(const ObjectReader& object, Expectation& claim) {
    static constexpr std::array<std::string_view, 2> kLevels{"failure", "warning"};
    object.read("name", claim.name, readText);
    object.read("at", claim.at, readTime);
    object.read("within", claim.within, readDuration);
    object.read("not", claim.negated, readTruth);
    object.read("pass", claim.pass, readText);
    object.read("fail", claim.fail, readText);
    object.read("hint", claim.hint, readText);
    if (const Value* weight = object.find("weight")) {
        if (const auto number = readWhole(object.context(), *weight, 0, 1000))
            claim.weight = static_cast<std::uint32_t>(*number);
    }
    if (const Value* level = object.find("level")) {
        const auto index = readWord(object.context(), *level, kLevels, "a level");
        if (index) claim.level = static_cast<ExpectationLevel>(*index);
    }
}

/// The common fields may stand inside the expectation's map or beside its word, but each only once.
void refuseTwice(const ObjectReader& outer, const ObjectReader& inner) {
    for (const KeyInfo& key : lab_keys::kExpectationCommon.keys) {
        if (outer.find(key.name) == nullptr || inner.find(key.name) == nullptr) continue;
        inner.context().error(inner.keySpot(key.name),
                              fmt::format("'{}' stands twice: here and beside the expectation", key.name));
    }
}

const ExpectationWord* chooseWord(const ObjectReader& object, const Value& node) {
    const ExpectationWord* chosen = nullptr;
    for (const ExpectationWord& candidate : kExpectationWords) {
        if (object.find(candidate.word) == nullptr) continue;
        if (chosen != nullptr) {
            object.context().error(
                object.keySpot(candidate.word),
                fmt::format("'{}' and '{}' are two expectations; write each as its own item of the list",
                            chosen->word, candidate.word));
            return nullptr;
        }
        chosen = &candidate;
    }
    const bool hasOnlyCommon = std::ranges::all_of(
        node.entries, [](const yaml::Entry& e) { return lab_keys::kExpectationCommon.has(e.key); });
    if (chosen == nullptr && hasOnlyCommon) {
        object.context().error(
            node.spot,
            "expected what is expected, such as {no-loops: true} or {reaches: {from: A, to: 10.4.0.1}}");
    }
    return chosen;
}

}  // namespace

std::optional<Expectation> readExpectation(const ReadContext& context, const Value& node) {
    if (node.kind != Value::Kind::Map) {
        context.error(node.spot, fmt::format("expected an expectation such as {{no-loops: true}}, not {}",
                                             describe(node)));
        return std::nullopt;
    }
    const ObjectReader outer(context, node, lab_keys::kExpectations, &lab_keys::kExpectationCommon);
    const ExpectationWord* word = chooseWord(outer, node);
    if (word == nullptr) return std::nullopt;
    Expectation claim;
    claim.place = context.place(node.spot);
    const Value& value = *outer.find(word->word);
    if (word->keys.keys.empty() && value.kind == Value::Kind::Scalar) {
        const auto truth = readTruth(context, value);
        if (!truth) return std::nullopt;
        // "{no-loops: false}" asks for a loop, as `not: true` does.
        if (!*truth)
            context.error(value.spot,
                          fmt::format("write {{{}: true, not: true}} to expect the contrary", word->word));
        claim.what = *word->make(outer);
        readCommon(outer, claim);
        return claim;
    }
    const ObjectReader inner(context, value, word->keys, &lab_keys::kExpectationCommon);
    if (!inner.isUsable()) return std::nullopt;
    auto what = word->make(inner);
    if (!what) return std::nullopt;
    claim.what = std::move(*what);
    readCommon(inner, claim);
    readCommon(outer, claim);
    refuseTwice(outer, inner);
    return claim;
}

}  // namespace peerscape
