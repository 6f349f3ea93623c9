#include "scenarios/format/object_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/base/text.hpp"

namespace peerscape {

using yaml::Value;

namespace {

/// The text of a scalar; anything else is reported as not being `what`.
const std::string* scalar(const ReadContext& context, const Value& node, std::string_view what) {
    if (node.kind == Value::Kind::Scalar) return &node.text;
    context.error(node.spot, fmt::format("expected {}, not {}", what, describe(node)));
    return nullptr;
}

/// Parses a scalar with one of the parse() functions of engine/base.
template <typename T, typename Parse>
std::optional<T> parsed(const ReadContext& context, const Value& node, std::string_view what, Parse parse) {
    const std::string* text = scalar(context, node, what);
    if (text == nullptr) return std::nullopt;
    auto value = parse(std::string_view(*text).substr(0, 200));
    if (value) return std::move(*value);
    context.error(node.spot, text->size() > 200 ? fmt::format("expected {}, not '{}'", what, shortened(*text))
                                                : value.error().message);
    return std::nullopt;
}

}  // namespace

std::string shortened(std::string_view text) {
    constexpr std::size_t kMost = 60;
    if (text.size() <= kMost) return std::string(text);
    std::size_t end = kMost;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return std::string(text.substr(0, end)) + "…";
}

std::string didYouMean(std::string_view word, std::span<const std::string> candidates) {
    // One letter is near every other one; that would be noise.
    if (word.size() < 2) return {};
    auto near = nearestWord(word, candidates);
    if (!near) {
        // "reach" for "reaches", "does" for "do".
        const auto begins = [&](const std::string& candidate) {
            return candidate.size() > 1 && (candidate.starts_with(word) || word.starts_with(candidate));
        };
        const auto found = std::ranges::find_if(candidates, begins);
        if (found != candidates.end()) near = *found;
    }
    return near ? fmt::format("; did you mean '{}'?", *near) : std::string();
}

std::optional<std::string> readText(const ReadContext& context, const Value& node) {
    const std::string* text = scalar(context, node, "text");
    return text == nullptr ? std::nullopt : std::optional(*text);
}

bool isName(const ReadContext& context, std::string_view word, yaml::Spot spot) {
    constexpr std::size_t kLongest = 64;
    std::string_view reason;
    if (word.empty())
        reason = "it is empty";
    else if (word.size() > kLongest)
        reason = "it is longer than 64 bytes";
    else if (word == "." || word == "..")
        reason = "it is no name for a file";
    else if (word.find_first_of(" \t\n") != std::string_view::npos)
        reason = "it holds a blank";
    else if (word.find_first_of(":/\\") != std::string_view::npos)
        reason = "it holds ':', '/' or '\\'";
    if (reason.empty()) return true;
    context.error(spot, fmt::format("'{}' cannot be a name: {}", shortened(word), reason));
    return false;
}

std::optional<NameRef> readName(const ReadContext& context, const Value& node) {
    const std::string* text = scalar(context, node, "a name");
    if (text == nullptr || !isName(context, *text, node.spot)) return std::nullopt;
    return NameRef{*text, context.place(node.spot)};
}

std::optional<NameRef> readTarget(const ReadContext& context, const Value& node) {
    const std::string* text = scalar(context, node, "a name");
    if (text == nullptr) return std::nullopt;
    const auto colon = text->find(':');
    const std::string_view whole = *text;
    const bool isFine = colon == std::string::npos ? isName(context, whole, node.spot)
                                                   : isName(context, whole.substr(0, colon), node.spot) &&
                                                         isName(context, whole.substr(colon + 1), node.spot);
    if (!isFine) return std::nullopt;
    return NameRef{*text, context.place(node.spot)};
}

std::optional<Destination> readDestination(const ReadContext& context, const Value& node) {
    const std::string* text = scalar(context, node, "an address or the name of a router or host");
    if (text == nullptr) return std::nullopt;
    if (const auto address = IpAddress::parse(*text))
        return Destination{*text, *address, context.place(node.spot)};
    if (!isName(context, *text, node.spot)) return std::nullopt;
    return Destination{*text, std::nullopt, context.place(node.spot)};
}

std::optional<std::uint64_t> readWhole(const ReadContext& context, const Value& node, std::uint64_t least,
                                       std::uint64_t most) {
    const std::string* text = scalar(context, node, "a whole number");
    if (text == nullptr) return std::nullopt;
    const auto number = readNumber(*text, most);
    if (number && *number >= least) return number;
    context.error(node.spot, fmt::format("expected a whole number from {} to {}, not '{}'", least, most,
                                         shortened(*text)));
    return std::nullopt;
}

std::optional<std::uint32_t> readWhole32(const ReadContext& context, const Value& node) {
    const auto number = readWhole(context, node, 0, UINT32_MAX);
    return number ? std::optional(static_cast<std::uint32_t>(*number)) : std::nullopt;
}

std::optional<bool> readTruth(const ReadContext& context, const Value& node) {
    const std::string* text = scalar(context, node, "true or false");
    if (text == nullptr) return std::nullopt;
    if (*text == "true") return true;
    if (*text == "false") return false;
    context.error(node.spot, fmt::format("expected true or false, not '{}'", shortened(*text)));
    return std::nullopt;
}

std::optional<Duration> readDuration(const ReadContext& context, const Value& node) {
    constexpr auto kLongest = Duration::hours(10'000);
    const auto duration = parsed<Duration>(context, node, "a duration such as 10s", Duration::parse);
    if (!duration || *duration <= kLongest) return duration;
    context.error(node.spot, fmt::format("'{}' is too long; at most 10000h", node.text));
    return std::nullopt;
}

std::optional<Bandwidth> readBandwidth(const ReadContext& context, const Value& node) {
    if (node.kind == Value::Kind::Scalar && node.text == "unlimited") return Bandwidth::unlimited();
    return parsed<Bandwidth>(context, node, "a bandwidth such as 10Mbit", Bandwidth::parse);
}

std::optional<Probability> readProbability(const ReadContext& context, const Value& node) {
    return parsed<Probability>(context, node, "a percentage such as 2.5%", Probability::parse);
}

std::optional<Asn> readAsn(const ReadContext& context, const Value& node) {
    return parsed<Asn>(context, node, "an AS number", Asn::parse);
}

std::optional<IpAddress> readAddress(const ReadContext& context, const Value& node) {
    return parsed<IpAddress>(context, node, "an address", IpAddress::parse);
}

std::optional<Prefix> readPrefix(const ReadContext& context, const Value& node) {
    return parsed<Prefix>(context, node, "a prefix such as 10.1.0.0/16", Prefix::parse);
}

std::optional<PlacedAddress> readInterfaceAddress(const ReadContext& context, const Value& node) {
    const auto address = parsed<InterfaceAddress>(
        context, node, "an address with its length, such as 10.1.0.1/24", InterfaceAddress::parse);
    if (!address) return std::nullopt;
    return PlacedAddress{*address, context.place(node.spot)};
}

std::optional<std::size_t> readWord(const ReadContext& context, const Value& node,
                                    std::span<const std::string_view> words, std::string_view what) {
    const std::string* text = scalar(context, node, what);
    if (text == nullptr) return std::nullopt;
    const auto found = std::ranges::find(words, std::string_view(*text));
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    const std::vector<std::string> all(words.begin(), words.end());
    const std::string hint = didYouMean(*text, all);
    context.error(node.spot, fmt::format("'{}' is not {}{}", shortened(*text), what,
                                         hint.empty() ? "; expected " + join(all, ", ") : hint));
    return std::nullopt;
}

std::vector<std::string> readLines(const ReadContext& context, const Value& node) {
    std::vector<std::string> lines;
    const auto addLinesOf = [&](const Value& item) {
        const std::string* text = scalar(context, item, "text");
        if (text == nullptr) return;
        auto pieces = split(*text, '\n');
        if (pieces.size() > 1 && pieces.back().empty()) pieces.pop_back();
        for (const std::string_view line : pieces)
            lines.emplace_back(line);
    };
    if (node.kind == Value::Kind::List) {
        for (const Value& item : node.items)
            addLinesOf(item);
    } else {
        addLinesOf(node);
    }
    return lines;
}

LabValue readValue(const Value& node) {
    switch (node.kind) {
        case Value::Kind::Null:
            return LabValue();
        case Value::Kind::Scalar:
            return node.isPlain ? LabValue::fromPlainWord(node.text) : LabValue(node.text);
        case Value::Kind::List: {
            LabValue::List list;
            for (const Value& item : node.items)
                list.push_back(readValue(item));
            return LabValue(std::move(list));
        }
        case Value::Kind::Map: {
            LabValue::Map map;
            for (const yaml::Entry& entry : node.entries)
                map.emplace_back(entry.key, readValue(entry.value));
            return LabValue(std::move(map));
        }
    }
    PEERSCAPE_CHECK(false);
}

ObjectReader::ObjectReader(const ReadContext& context, const Value& node, const ObjectKeys& keys,
                           const ObjectKeys* also)
    : context_(context), node_(node), keys_(keys), also_(also) {
    // A router or group without settings is written as `A:` or `A: {}`.
    if (node.kind != Value::Kind::Map && node.kind != Value::Kind::Null) {
        context.error(node.spot, fmt::format("expected a map with the settings of {}, not {}", keys.object,
                                             describe(node)));
        return;
    }
    isUsable_ = true;
    reportUnknown();
    for (const KeyInfo& key : keys.keys) {
        if (!key.isRequired || node.find(key.name) != nullptr) continue;
        context.error(node.spot, fmt::format("{} needs '{}'", keys.object, key.name));
        isUsable_ = false;
    }
}

void ObjectReader::reportUnknown() const {
    for (const yaml::Entry& entry : node_.entries) {
        if (keys_.has(entry.key) || (also_ != nullptr && also_->has(entry.key))) continue;
        std::vector<std::string> words = keys_.names();
        if (also_ != nullptr) {
            for (std::string& word : also_->names())
                words.push_back(std::move(word));
        }
        const std::string hint = didYouMean(entry.key, words);
        const std::string all = words.empty() ? "; it has none" : "; expected " + join(words, ", ");
        context_.error(entry.keySpot, fmt::format("unknown key '{}' in {}{}", shortened(entry.key),
                                                  keys_.object, hint.empty() ? all : hint));
    }
}

const Value* ObjectReader::find(std::string_view key) const {
    // Whoever asks for a key that no table has would have made the manual incomplete.
    PEERSCAPE_CHECK(keys_.has(key) || (also_ != nullptr && also_->has(key)));
    return node_.find(key);
}

yaml::Spot ObjectReader::keySpot(std::string_view key) const {
    const auto found = std::ranges::find(node_.entries, key, &yaml::Entry::key);
    return found == node_.entries.end() ? node_.spot : found->keySpot;
}

}  // namespace peerscape
