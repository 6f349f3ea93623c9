#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "scenarios/format/read_parts.hpp"

namespace peerscape {

using yaml::Value;

namespace {

/// "A:eth0", or "A" where the interface is to be allocated.
std::optional<EndEntry> readEnd(const ReadContext& context, std::string_view text, yaml::Spot spot) {
    EndEntry end;
    end.place = context.place(spot);
    const auto colon = text.find(':');
    const std::string_view node = text.substr(0, colon);
    if (!isName(context, node, spot)) return std::nullopt;
    end.node = {std::string(node), end.place};
    if (colon == std::string_view::npos) return end;
    end.interface = text.substr(colon + 1);
    if (!isName(context, end.interface, spot)) return std::nullopt;
    if (end.interface == "lo") {
        context.error(spot,
                      "'lo' is the loopback, which no cable reaches; its addresses stand under 'loopback' of "
                      "the router");
        return std::nullopt;
    }
    return end;
}

std::vector<EndEntry> readEnds(const ReadContext& context, const Value& node) {
    std::vector<EndEntry> ends;
    if (node.kind == Value::Kind::List) {
        for (const Value& item : node.items) {
            if (item.kind != Value::Kind::Scalar) {
                context.error(
                    item.spot,
                    fmt::format(
                        "expected the name of a router or host, not {}; ends with addresses are written "
                        "as a map: {{\"A:eth0\": [10.0.0.1/30]}}",
                        describe(item)));
            } else if (auto end = readEnd(context, item.text, item.spot)) {
                ends.push_back(std::move(*end));
            }
        }
    } else if (node.kind == Value::Kind::Map) {
        for (const yaml::Entry& entry : node.entries) {
            auto end = readEnd(context, entry.key, entry.keySpot);
            auto addresses = readList<PlacedAddress>(context, entry.value, readInterfaceAddress);
            if (!end) continue;
            end->addresses = std::move(addresses);
            ends.push_back(std::move(*end));
        }
    } else {
        context.error(node.spot,
                      fmt::format("expected the ends as a list of names or as a map from router:interface to "
                                  "addresses, not {}",
                                  describe(node)));
    }
    return ends;
}

std::size_t writtenEnds(const Value& node) {
    return node.kind == Value::Kind::List ? node.items.size() : node.entries.size();
}

std::optional<std::uint32_t> readMtu(const ReadContext& context, const Value& node) {
    constexpr std::uint64_t kLeast = 68;  // RFC 791: every link carries packets of 68 bytes
    const auto mtu = readWhole(context, node, kLeast, 65'535);
    return mtu ? std::optional(static_cast<std::uint32_t>(*mtu)) : std::nullopt;
}

std::optional<Relation> readRelation(const ReadContext& context, const Value& node) {
    static constexpr std::array<std::string_view, 3> kWords{"customer-provider", "peer", "sibling"};
    const auto index = readWord(context, node, kWords, "a relation");
    // The words stand in the order of the enumeration, which begins with None.
    return index ? std::optional(static_cast<Relation>(*index + 1)) : std::nullopt;
}

std::string defaultName(const LinkEntry& link) {
    constexpr std::size_t kMostNamed = 4;
    constexpr std::size_t kLongest = 56;
    std::vector<std::string> names;
    for (const EndEntry& end : link.ends) {
        if (names.size() < kMostNamed) names.push_back(end.node.name);
    }
    if (link.ends.size() == 1) names.emplace_back("lan");
    const std::string name = join(names, "-");
    return !name.empty() && name.size() <= kLongest ? name : "link";
}

}  // namespace

std::optional<LinkEntry> readLink(const ReadContext& context, const Value& node, SegmentKind kind) {
    const bool isLan = kind == SegmentKind::Lan;
    const ObjectReader object(context, node, isLan ? lab_keys::kLan : lab_keys::kLink);
    if (node.kind != Value::Kind::Map) return std::nullopt;
    // A link with mistakes is given all the same, so that its name is known and is not reported as missing
    // elsewhere.
    LinkEntry link;
    link.kind = kind;
    link.place = object.place();
    std::optional<NameRef> name;
    object.read("name", name, readName);
    if (name) link.name = name->name;
    object.read("delay", link.delay, readDuration);
    object.read("bandwidth", link.bandwidth, readBandwidth);
    object.read("loss", link.loss, readProbability);
    object.read("duplicate", link.duplicate, readProbability);
    object.read("reorder", link.reorder, readProbability);
    object.read("corrupt", link.corrupt, readProbability);
    object.read("mtu", link.mtu, readMtu);
    object.read("queue", link.queueBytes, readWhole32);
    if (!isLan) {
        object.read("relation", link.relation, readRelation);
        link.relationPlace = context.place(object.keySpot("relation"));
    }
    const Value* ends = object.find("ends");
    if (ends == nullptr) return link;
    link.ends = readEnds(context, *ends);
    const bool isCollection = ends->kind == Value::Kind::List || ends->kind == Value::Kind::Map;
    const std::size_t count = writtenEnds(*ends);
    if (!isLan && count != 2 && isCollection) {
        context.error(
            ends->spot,
            fmt::format(
                "a link has two ends, not {}; networks with another number of ends stand under 'lans'",
                count));
    } else if (isLan && count == 0 && isCollection) {
        context.error(ends->spot, "a LAN has at least one end");
    }
    return link;
}

void nameLinks(LabFile& lab) {
    std::vector<LinkEntry*> links;
    for (LinkEntry& link : lab.links)
        links.push_back(&link);
    for (LinkEntry& lan : lab.lans)
        links.push_back(&lan);
    for (StepEntry& step : lab.steps) {
        for (LabAction& action : step.actions) {
            if (auto* add = std::get_if<lab_action::AddLink>(&action.what)) links.push_back(&add->link);
        }
    }
    std::set<std::string> taken;
    for (const LinkEntry* link : links)
        taken.insert(link->name);
    std::map<std::string, std::size_t> used;
    for (LinkEntry* link : links) {
        if (!link->name.empty()) continue;
        const std::string base = defaultName(*link);
        std::size_t& count = used[base];
        do {
            link->name = ++count == 1 ? base : fmt::format("{}-{}", base, count);
        } while (!taken.insert(link->name).second);
    }
}

}  // namespace peerscape
