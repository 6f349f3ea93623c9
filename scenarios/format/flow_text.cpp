#include "scenarios/format/flow_text.hpp"

#include <variant>

#include <fmt/format.h>

#include "engine/base/text.hpp"

namespace peerscape {

FlowMap& FlowMap::add(std::string_view key, std::string_view value) {
    entries_.push_back(fmt::format("{}: {}", key, value));
    return *this;
}

std::string FlowMap::text() const { return "{" + join(entries_, ", ") + "}"; }

std::string FlowMap::block(std::size_t indent) const {
    std::string text;
    for (const std::string& entry : entries_)
        text += std::string(indent, ' ') + entry + "\n";
    return text;
}

FlowMap& FlowMap::addWords(std::string_view key, const std::vector<std::string>& words) {
    return words.empty() ? *this : add(key, flowWords(words));
}

FlowMap& FlowMap::addNames(std::string_view key, const std::vector<NameRef>& names) {
    return names.empty() ? *this : add(key, flowNames(names));
}

std::string flowList(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items)
        text += (text.empty() ? "" : ", ") + item;
    return "[" + text + "]";
}

std::string flowWords(const std::vector<std::string>& words) {
    std::vector<std::string> items;
    for (const std::string& word : words)
        items.push_back(yamlWord(word));
    return flowList(items);
}

std::string flowNames(const std::vector<NameRef>& names) {
    std::vector<std::string> words;
    for (const NameRef& name : names)
        words.push_back(name.name);
    return flowWords(words);
}

std::string flowAddresses(const std::vector<PlacedAddress>& addresses) {
    std::vector<std::string> words;
    for (const PlacedAddress& address : addresses)
        words.push_back(toString(address.value));
    return flowWords(words);
}

namespace {

using namespace lab_action;

/// One name stands alone, several in brackets.
std::string oneOrMore(const std::vector<NameRef>& names) {
    return names.size() == 1 ? yamlWord(names[0].name) : flowNames(names);
}

std::string endsText(const std::vector<EndEntry>& ends) {
    const auto name = [](const EndEntry& end) {
        return end.interface.empty() ? end.node.name : end.node.name + ":" + end.interface;
    };
    bool isShort = true;
    for (const EndEntry& end : ends)
        isShort = isShort && end.addresses.empty();
    if (isShort) {
        std::vector<std::string> words;
        for (const EndEntry& end : ends)
            words.push_back(name(end));
        return flowWords(words);
    }
    FlowMap map;
    // Quoted by custom: "A:eth0" as a key puzzles readers of YAML.
    for (const EndEntry& end : ends)
        map.add(fmt::format("\"{}\"", name(end)), flowAddresses(end.addresses));
    return map.text();
}

template <typename Entry>
void addProperties(FlowMap& map, const Entry& entry) {
    map.addPrinted("bandwidth", entry.bandwidth);
    map.addDuration("delay", entry.delay);
    map.addPrinted("loss", entry.loss);
    map.addPrinted("duplicate", entry.duplicate);
    map.addPrinted("reorder", entry.reorder);
    map.addPrinted("corrupt", entry.corrupt);
    map.addNumber("mtu", entry.mtu);
    map.addNumber("queue", entry.queueBytes);
}

struct ActionPrinter {
    FlowMap map;
    std::string_view word;

    void operator()(const Fail& a) { map.add(word, oneOrMore(a.targets)).addDuration("for", a.heals); }
    void operator()(const Restore& a) { map.add(word, oneOrMore(a.targets)); }
    void operator()(const FailSilently& a) {
        map.add(word, oneOrMore(a.targets)).addName("from", a.from).addDuration("for", a.heals);
    }
    void operator()(const FailOneWay& a) {
        map.add(word, FlowMap().addWord("link", a.link.name).addWord("from", a.from.name).text())
            .addDuration("for", a.heals);
    }
    void operator()(const Shutdown& a) { map.add(word, oneOrMore(a.interfaces)); }
    void operator()(const NoShutdown& a) { map.add(word, oneOrMore(a.interfaces)); }
    void operator()(const AddLink& a) { map.add(word, flowLink(a.link)); }
    void operator()(const Configure& a) {
        map.add(word, FlowMap().addWord("router", a.router.name).add("lines", flowWords(a.lines)).text());
    }
    void operator()(const Command& a) {
        map.add(word, FlowMap().addWord("router", a.router.name).addWord("line", a.line).text());
    }
    void operator()(const Wait& a) { map.add(word, toLabText(a.duration)); }
    void operator()(const Change& a) {
        FlowMap change;
        change.addWord("link", a.link.name);
        addProperties(change, a);
        map.add(word, change.text());
    }
    void operator()(const Flap& a) {
        FlowMap flap;
        flap.addWord("link", a.link.name).add("down", toLabText(a.down)).add("up", toLabText(a.up));
        if (a.times != 1) flap.add("times", std::to_string(a.times));
        map.add(word, flap.text());
    }
    void operator()(const Stop& a) { stopStart(a.router, a.protocol); }
    void operator()(const Start& a) { stopStart(a.router, a.protocol); }
    void operator()(const Freeze& a) {
        stopStart(a.router, a.protocol);
        map.addDuration("for", a.heals);
    }
    void operator()(const Thaw& a) { stopStart(a.router, a.protocol); }
    void stopStart(const NameRef& router, const std::string& protocol) {
        if (protocol.empty())
            map.addWord(word, router.name);
        else
            map.add(word, FlowMap().addWord("router", router.name).addWord("protocol", protocol).text());
    }
};

}  // namespace

std::string flowLink(const LinkEntry& link) {
    FlowMap map;
    map.addWord("name", link.name).add("ends", endsText(link.ends));
    addProperties(map, link);
    if (link.relation != Relation::None) map.add("relation", toString(link.relation));
    return map.text();
}

std::string flowProbe(const ProbeEntry& probe) {
    return FlowMap()
        .addWord("from", probe.from.name)
        .addWord("to", probe.to.text)
        .addPrinted("source", probe.source)
        .text();
}

std::string flowFlow(const FlowEntry& flow) {
    const FlowEntry defaults;
    FlowMap map;
    map.addText("name", flow.name)
        .addWord("from", flow.from.name)
        .addWord("to", flow.to.text)
        .addPrinted("source", flow.source);
    if (flow.packetsPerSecond != defaults.packetsPerSecond)
        map.add("rate", fmt::format("{}/s", flow.packetsPerSecond));
    if (flow.size != defaults.size) map.add("size", std::to_string(flow.size));
    return map.addDuration("start", flow.start).addDuration("stop", flow.stop).text();
}

std::string flowBgp(const BgpPacing& pacing) {
    FlowMap intervals;
    if (pacing.external != Duration()) intervals.addDuration("external", pacing.external);
    if (pacing.internal != Duration()) intervals.addDuration("internal", pacing.internal);
    FlowMap map;
    if (!intervals.isEmpty()) map.add("advertisement-interval", intervals.text());
    if (!pacing.jitters) map.add("jitter", "false");
    return map.text();
}

std::string flowRoa(const RoaEntry& roa) {
    FlowMap map;
    map.addWord("prefix", toString(roa.prefix)).addNumber("max_length", roa.maximumLength);
    return map.add("origin", std::to_string(roa.origin)).text();
}

std::string flowWatch(const WatchEntry& watch) {
    std::vector<std::string> origins;
    for (const Asn origin : watch.origins)
        origins.push_back(toString(origin));
    FlowMap map;
    return map.addWord("prefix", toString(watch.prefix)).add("origins", flowList(origins)).text();
}

std::string flowAction(const LabAction& action) {
    ActionPrinter printer{{}, wordOf(action)};
    std::visit(printer, action.what);
    return printer.map.text();
}

}  // namespace peerscape
