#include <array>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "scenarios/format/read_parts.hpp"

namespace peerscape {

using yaml::Value;
using namespace lab_action;

bool isStepName(std::string_view text) {
    // The name becomes part of a file name, and of a line of the report.
    return !text.empty() && text.size() <= 100 && text.find_first_of("/\\\n\t") == std::string_view::npos;
}

namespace {

/// "100/s" or a bare 100.
std::optional<std::uint32_t> readRate(const ReadContext& context, const Value& node) {
    std::string_view text = node.text;
    if (text.ends_with("/s")) text.remove_suffix(2);
    const auto rate = readNumber(trim(text), 1'000'000);
    if (node.kind == Value::Kind::Scalar && rate && *rate > 0) return static_cast<std::uint32_t>(*rate);
    context.error(node.spot, "expected a rate in packets per second from 1/s to 1000000/s, such as 100/s");
    return std::nullopt;
}

std::optional<std::uint32_t> readPacketSize(const ReadContext& context, const Value& node) {
    constexpr std::uint64_t kLeast = 48;  // an IPv6 and a UDP header
    const auto size = readWhole(context, node, kLeast, 65'535);
    return size ? std::optional(static_cast<std::uint32_t>(*size)) : std::nullopt;
}

std::optional<std::string> readStepName(const ReadContext& context, const Value& node) {
    auto text = readText(context, node);
    if (!text) return std::nullopt;
    if (isStepName(*text)) return text;
    context.error(node.spot, std::string(kStepNameRule));
    return std::nullopt;
}

std::vector<NameRef> targetsOf(const ReadContext& context, const Value& node) {
    if (node.kind == Value::Kind::Map) {
        context.error(
            node.spot,
            "expected a name or a list of names, not a map; 'from' and 'for' stand beside the word of "
            "the action, as in {fail_silently: [ab, bc], from: B, for: 6s}");
        return {};
    }
    auto targets = readList<NameRef>(context, node, readTarget);
    const bool isEmpty =
        node.kind == Value::Kind::Null || (node.kind == Value::Kind::List && node.items.empty());
    if (isEmpty) context.error(node.spot, "expected a name or a list of names");
    return targets;
}

template <typename Action>
std::optional<LabAction::What> readTargets(const ReadContext& context, const Value& node) {
    Action action;
    action.targets = targetsOf(context, node);
    return action;
}

template <typename Action>
std::optional<LabAction::What> readInterfaces(const ReadContext& context, const Value& node) {
    return Action{targetsOf(context, node)};
}

std::optional<LabAction::What> readFailOneWay(const ReadContext& context, const Value& node) {
    const ObjectReader object(context, node, lab_keys::kFailOneWay);
    if (!object.isUsable()) return std::nullopt;
    FailOneWay action;
    object.read("link", action.link, readName);
    object.read("from", action.from, readName);
    return action;
}

template <SegmentKind kind>
std::optional<LabAction::What> readAddLink(const ReadContext& context, const Value& node) {
    auto link = readLink(context, node, kind);
    if (!link) return std::nullopt;
    return AddLink{std::move(*link)};
}

std::optional<LabAction::What> readConfigure(const ReadContext& context, const Value& node) {
    const ObjectReader object(context, node, lab_keys::kConfigure);
    if (!object.isUsable()) return std::nullopt;
    Configure action;
    object.read("router", action.router, readName);
    action.lines = readLines(context, *object.find("lines"));
    return action;
}

std::optional<LabAction::What> readCommand(const ReadContext& context, const Value& node) {
    const ObjectReader object(context, node, lab_keys::kCommand);
    if (!object.isUsable()) return std::nullopt;
    Command action;
    object.read("router", action.router, readName);
    object.read("line", action.line, readText);
    return action;
}

std::optional<LabAction::What> readWait(const ReadContext& context, const Value& node) {
    const auto duration = readDuration(context, node);
    if (!duration) return std::nullopt;
    return Wait{*duration};
}

std::optional<LabAction::What> readChange(const ReadContext& context, const Value& node) {
    const ObjectReader object(context, node, lab_keys::kChange);
    if (!object.isUsable()) return std::nullopt;
    Change action;
    object.read("link", action.link, readName);
    object.read("delay", action.delay, readDuration);
    object.read("bandwidth", action.bandwidth, readBandwidth);
    object.read("loss", action.loss, readProbability);
    object.read("duplicate", action.duplicate, readProbability);
    object.read("reorder", action.reorder, readProbability);
    object.read("corrupt", action.corrupt, readProbability);
    object.read("queue", action.queueBytes, readWhole32);
    if (const Value* mtu = object.find("mtu")) {
        if (const auto bytes = readWhole(context, *mtu, 68, 65'535))
            action.mtu = static_cast<std::uint32_t>(*bytes);
    }
    if (node.entries.size() < 2)
        context.error(node.spot,
                      "'change' needs at least one of bandwidth, delay, loss, duplicate, reorder, corrupt, "
                      "mtu, queue");
    return action;
}

std::optional<LabAction::What> readFlap(const ReadContext& context, const Value& node) {
    const ObjectReader object(context, node, lab_keys::kFlap);
    if (!object.isUsable()) return std::nullopt;
    Flap action;
    object.read("link", action.link, readName);
    object.read("down", action.down, readDuration);
    object.read("up", action.up, readDuration);
    if (const Value* times = object.find("times")) {
        if (const auto count = readWhole(context, *times, 1, 100'000))
            action.times = static_cast<std::uint32_t>(*count);
    }
    return action;
}

template <typename Action>
std::optional<LabAction::What> readStopStart(const ReadContext& context, const Value& node) {
    Action action;
    if (node.kind == Value::Kind::Scalar) {
        const auto router = readName(context, node);
        if (!router) return std::nullopt;
        action.router = *router;
        return action;
    }
    const ObjectReader object(context, node, lab_keys::kStopStart);
    if (!object.isUsable()) return std::nullopt;
    object.read("router", action.router, readName);
    static constexpr std::array<std::string_view, 6> kProtocols{"static", "rip",    "ripng",
                                                                "eigrp",  "eigrp6", "bgp"};
    if (const Value* protocol = object.find("protocol")) {
        if (const auto index = readWord(context, *protocol, kProtocols, "a protocol"))
            action.protocol = kProtocols[*index];
    }
    return action;
}

struct ActionWord {
    std::string_view word;
    std::optional<LabAction::What> (*read)(const ReadContext&, const Value&);
};

constexpr std::array kActionWords{
    ActionWord{"fail", readTargets<Fail>},
    ActionWord{"restore", readTargets<Restore>},
    ActionWord{"fail_silently", readTargets<FailSilently>},
    ActionWord{"fail_one_way", readFailOneWay},
    ActionWord{"shutdown", readInterfaces<Shutdown>},
    ActionWord{"no_shutdown", readInterfaces<NoShutdown>},
    ActionWord{"add_link", readAddLink<SegmentKind::PointToPoint>},
    ActionWord{"add_lan", readAddLink<SegmentKind::Lan>},
    ActionWord{"configure", readConfigure},
    ActionWord{"command", readCommand},
    ActionWord{"wait", readWait},
    ActionWord{"change", readChange},
    ActionWord{"flap", readFlap},
    ActionWord{"stop", readStopStart<Stop>},
    ActionWord{"start", readStopStart<Start>},
    ActionWord{"freeze", readStopStart<Freeze>},
    ActionWord{"thaw", readStopStart<Thaw>},
};

/// `for:` and `from:` stand beside the word of a failure.
void readFailureOptions(const ObjectReader& object, LabAction& action) {
    const auto& context = object.context();
    const auto refuse = [&](std::string_view key) {
        if (object.find(key) != nullptr) {
            context.error(object.keySpot(key),
                          fmt::format("'{}' does not go with '{}'", key, wordOf(action)));
        }
    };
    if (auto* fail = std::get_if<Fail>(&action.what)) {
        object.read("for", fail->heals, readDuration);
        refuse("from");
    } else if (auto* silent = std::get_if<FailSilently>(&action.what)) {
        object.read("for", silent->heals, readDuration);
        object.read("from", silent->from, readName);
    } else if (auto* oneWay = std::get_if<FailOneWay>(&action.what)) {
        object.read("for", oneWay->heals, readDuration);
        refuse("from");
    } else if (auto* freeze = std::get_if<Freeze>(&action.what)) {
        object.read("for", freeze->heals, readDuration);
        refuse("from");
    } else {
        refuse("for");
        refuse("from");
    }
}

/// An AS number in any notation, or 0: nobody.
std::optional<std::uint32_t> readOrigin(const ReadContext& context, const Value& node) {
    if (node.kind == Value::Kind::Scalar && node.text == "0") return 0U;
    const auto number = readAsn(context, node);
    return number ? std::optional(number->value()) : std::nullopt;
}

}  // namespace

std::optional<LabAction> readAction(const ReadContext& context, const Value& node) {
    if (node.kind != Value::Kind::Map) {
        context.error(node.spot,
                      fmt::format("expected an action such as {{fail: ab}}, not {}", describe(node)));
        return std::nullopt;
    }
    const ObjectReader object(context, node, lab_keys::kActions, &lab_keys::kFailureOptions);
    const ActionWord* chosen = nullptr;
    for (const ActionWord& candidate : kActionWords) {
        if (object.find(candidate.word) == nullptr) continue;
        if (chosen != nullptr) {
            context.error(object.keySpot(candidate.word),
                          fmt::format("'{}' and '{}' are two actions; write each as its own item of the list",
                                      chosen->word, candidate.word));
            return std::nullopt;
        }
        chosen = &candidate;
    }
    if (chosen == nullptr) {
        // An unknown word has been reported; only a map without any word has not.
        if (node.entries.empty() || object.find("for") != nullptr || object.find("from") != nullptr) {
            context.error(node.spot, "expected an action such as {fail: ab}");
        }
        return std::nullopt;
    }
    auto what = chosen->read(context, *object.find(chosen->word));
    if (!what) return std::nullopt;
    LabAction action{std::move(*what), context.place(node.spot)};
    readFailureOptions(object, action);
    return action;
}

std::optional<StepEntry> readStep(const ReadContext& context, const Value& node) {
    const ObjectReader object(context, node, lab_keys::kStep);
    if (!object.isUsable()) return std::nullopt;
    StepEntry step;
    step.place = object.place();
    object.read("name", step.name, readStepName);
    object.read("about", step.about, readText);
    object.read("at", step.at, readDuration);
    object.read("within", step.within, readDuration);
    object.read("until", step.until, readDuration);
    const auto needsList = [&](std::string_view key) {
        const Value* list = object.find(key);
        if (list == nullptr || list->kind == Value::Kind::List || list->kind == Value::Kind::Null) return;
        context.error(list->spot, fmt::format("expected a list under '{}', not {}; begin each item with '-'",
                                              key, describe(*list)));
    };
    needsList("do");
    needsList("expect");
    if (const Value* list = object.find("do")) {
        for (const Value& item : list->items) {
            if (auto action = readAction(context, item)) step.actions.push_back(std::move(*action));
        }
    }
    if (const Value* list = object.find("expect")) {
        for (const Value& item : list->items) {
            if (auto claim = readExpectation(context, item)) step.expectations.push_back(std::move(*claim));
        }
    }
    return step;
}

std::optional<ProbeEntry> readProbe(const ReadContext& context, const Value& node) {
    const ObjectReader object(context, node, lab_keys::kProbe);
    if (!object.isUsable()) return std::nullopt;
    ProbeEntry probe;
    probe.place = object.place();
    object.read("from", probe.from, readName);
    object.read("to", probe.to, readDestination);
    object.read("source", probe.source, readAddress);
    return probe;
}

std::optional<FlowEntry> readFlow(const ReadContext& context, const Value& node) {
    const ObjectReader object(context, node, lab_keys::kFlow);
    if (!object.isUsable()) return std::nullopt;
    FlowEntry flow;
    flow.place = object.place();
    std::optional<NameRef> name;
    object.read("name", name, readName);
    if (name) flow.name = name->name;
    object.read("from", flow.from, readName);
    object.read("to", flow.to, readDestination);
    object.read("source", flow.source, readAddress);
    object.read("rate", flow.packetsPerSecond, readRate);
    object.read("size", flow.size, readPacketSize);
    object.read("start", flow.start, readDuration);
    object.read("stop", flow.stop, readDuration);
    if (flow.start && flow.stop && *flow.stop <= *flow.start) {
        context.error(object.keySpot("stop"), "the flow stops before it starts");
    }
    return flow;
}

std::optional<RoaEntry> readRoa(const ReadContext& context, const Value& node) {
    const ObjectReader object(context, node, lab_keys::kRoa);
    if (!object.isUsable()) return std::nullopt;
    RoaEntry roa;
    roa.place = object.place();
    std::optional<Prefix> prefix;
    object.read("prefix", prefix, readPrefix);
    object.read("origin", roa.origin, readOrigin);
    if (!prefix) return std::nullopt;
    roa.prefix = *prefix;
    std::optional<std::uint64_t> longest;
    object.read("max_length", longest, readWhole, std::uint64_t{prefix->length()},
                std::uint64_t{prefix->address().bits()});
    if (longest) roa.maximumLength = static_cast<std::uint8_t>(*longest);
    return roa;
}

std::optional<WatchEntry> readWatch(const ReadContext& context, const Value& node) {
    const ObjectReader object(context, node, lab_keys::kWatch);
    if (!object.isUsable()) return std::nullopt;
    WatchEntry watch;
    watch.place = object.place();
    std::optional<Prefix> prefix;
    object.read("prefix", prefix, readPrefix);
    object.readAll("origins", watch.origins, readAsn);
    const Value* origins = object.find("origins");
    const bool isEmpty = origins != nullptr && origins->kind == Value::Kind::List && origins->items.empty();
    if (isEmpty) context.error(origins->spot, "expected at least one AS that may originate the prefix");
    if (!prefix) return std::nullopt;
    watch.prefix = *prefix;
    return watch;
}

}  // namespace peerscape
