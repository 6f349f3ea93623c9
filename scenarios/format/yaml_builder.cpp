#include "scenarios/format/yaml_builder.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"

namespace peerscape::yaml {

namespace {

struct Weight {
    std::size_t nodes = 1;
    std::size_t bytes = 0;
    std::size_t depth = 0;
};

Weight weigh(const Value& node) {
    Weight whole;
    whole.bytes = node.text.size();
    const auto addPart = [&](const Value& part) {
        const Weight weight = weigh(part);
        whole.nodes += weight.nodes;
        whole.bytes += weight.bytes;
        whole.depth = std::max(whole.depth, weight.depth + 1);
    };
    for (const Value& item : node.items)
        addPart(item);
    for (const Entry& entry : node.entries) {
        whole.bytes += entry.key.size();
        addPart(entry.value);
    }
    if (node.kind == Value::Kind::List || node.kind == Value::Kind::Map)
        whole.depth = std::max<std::size_t>(whole.depth, 1);
    return whole;
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text), lineStarts_{0} {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') lineStarts_.push_back(i + 1);
    }
}

Spot LineIndex::at(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto next = std::ranges::upper_bound(lineStarts_, offset);
    const std::size_t start = *std::prev(next);
    const bool isBehindKnown = knownOffset_ >= start && knownOffset_ <= offset;
    std::uint32_t column = isBehindKnown ? knownColumn_ : 1;
    for (std::size_t i = isBehindKnown ? knownOffset_ : start; i < offset; ++i) {
        if ((static_cast<unsigned char>(text_[i]) & 0xc0) != 0x80) ++column;
    }
    knownOffset_ = offset;
    knownColumn_ = column;
    return {static_cast<std::uint32_t>(next - lineStarts_.begin()), column};
}

TreeBuilder::TreeBuilder(std::string_view text, const std::string& file, DiagnosticList& problems)
    : text_(text), file_(file), problems_(problems), lines_(text) {}

Spot TreeBuilder::spotOf(const YAML::Mark& mark) const {
    return mark.is_null() ? Spot{1, 1} : lines_.at(static_cast<std::size_t>(std::max(mark.pos, 0)));
}

std::optional<Spot> TreeBuilder::innermostOpen() const {
    if (open_.empty()) return std::nullopt;
    return open_.back().node.spot;
}

void TreeBuilder::problem(Spot spot, std::string message) {
    problems_.error({file_, spot.line, spot.column}, std::move(message));
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
    if (++documents_ > 1)
        throw Refusal{spotOf(mark), "a second YAML document begins here; a lab file holds one"};
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
    Value node;
    node.spot = spotOf(mark);
    // yaml-cpp keeps quiet about the word; where it is a key ("null: {…}"), the word is a name.
    const std::string_view rest =
        text_.substr(std::min(text_.size(), static_cast<std::size_t>(std::max(mark.pos, 0))));
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
        if (rest.starts_with(word)) node.text = word;
    }
    add(std::move(node), anchor);
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end())
        throw Refusal{spotOf(mark), "this alias refers to the list or map it stands in"};
    const Anchored& target = found->second;
    spend(target.nodes, target.bytes, spotOf(mark));
    if (open_.size() + target.depth > kMostDepth) {
        throw Refusal{spotOf(mark), fmt::format("lists and maps are nested more than {} deep", kMostDepth)};
    }
    add(target.node, 0);
}

void TreeBuilder::spend(std::size_t nodes, std::size_t bytes, Spot spot) {
    aliasNodes_ += nodes;
    aliasBytes_ += bytes;
    if (aliasNodes_ > kMostAliasNodes || aliasBytes_ > kMostAliasBytes) {
        throw Refusal{spot,
                      fmt::format("anchors and aliases stand for too much (more than {} values or {} MB)",
                                  kMostAliasNodes, kMostAliasBytes / (1024 * 1024))};
    }
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
    Value node;
    node.kind = Value::Kind::Scalar;
    node.spot = spotOf(mark);
    node.text = value;
    const auto offset = static_cast<std::size_t>(std::max(mark.pos, 0));
    const char first = offset < text_.size() ? text_[offset] : ' ';
    node.isBlock = tag == "!" && (first == '|' || first == '>');
    node.isPlain = tag != "!" && !tag.ends_with(":str");
    if (tag == "!" && (first == '"' || first == '\'')) refuseOpenQuote(offset);
    const bool hasControl = std::ranges::any_of(value, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
    });
    if (hasControl) problem(node.spot, "this text holds a control character");
    add(std::move(node), anchor);
}

void TreeBuilder::refuseOpenQuote(std::size_t offset) const {
    const char quote = text_[offset];
    for (std::size_t i = offset + 1; i < text_.size(); ++i) {
        if (quote == '"' && text_[i] == '\\')
            ++i;
        else if (text_[i] == quote)
            return;
    }
    throw Refusal{lines_.at(offset), "the quotation mark here is never closed"};
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
    openCollection(Value::Kind::List, mark, anchor);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
    openCollection(Value::Kind::Map, mark, anchor);
}

void TreeBuilder::openCollection(Value::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (open_.size() >= kMostDepth) {
        throw Refusal{spotOf(mark), fmt::format("lists and maps are nested more than {} deep", kMostDepth)};
    }
    Open opened;
    opened.node.kind = kind;
    opened.node.spot = spotOf(mark);
    opened.anchor = anchor;
    open_.push_back(std::move(opened));
}

void TreeBuilder::closeCollection() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    if (closed.node.kind == Value::Kind::Map) merge(closed);
    add(std::move(closed.node), closed.anchor);
}

void TreeBuilder::add(Value node, YAML::anchor_t anchor) {
    if (anchor != 0) {
        const Weight weight = weigh(node);
        // A copy is kept for the aliases; anchors inside anchors would keep the same text again and again.
        spend(weight.nodes, weight.bytes, node.spot);
        anchors_[anchor] = {node, weight.nodes, weight.bytes, weight.depth};
    }
    if (open_.empty()) {
        root_ = std::move(node);
        return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == Value::Kind::List) {
        parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
        parent.key = std::move(node);
    } else {
        addEntry(parent, std::move(node));
    }
}

void TreeBuilder::addEntry(Open& map, Value value) {
    Value key = *std::exchange(map.key, std::nullopt);
    if (key.kind == Value::Kind::List || key.kind == Value::Kind::Map) {
        problem(key.spot, fmt::format("a key must be a word, not {}", describe(key)));
        return;
    }
    if (key.isPlain && key.text == "<<") {
        map.merges.push_back(std::move(value));
        return;
    }
    map.node.entries.push_back({std::move(key.text), key.spot, std::move(value)});
}

void TreeBuilder::merge(Open& map) {
    // Duplicates are looked for once the map is whole: one pass, whatever its size.
    std::unordered_map<std::string, Spot> seen;
    std::vector<Entry> unique;
    unique.reserve(map.node.entries.size());
    for (Entry& entry : map.node.entries) {
        const auto [first, isNew] = seen.try_emplace(entry.key, entry.keySpot);
        if (isNew) {
            unique.push_back(std::move(entry));
        } else {
            problem(entry.keySpot, fmt::format("duplicate key '{}'; it stands already in line {}", entry.key,
                                               first->second.line));
        }
    }
    map.node.entries = std::move(unique);

    const auto mergeFrom = [&](Value& source) {
        if (source.kind != Value::Kind::Map) {
            problem(source.spot,
                    fmt::format("'<<' merges a map or a list of maps, not {}", describe(source)));
            return;
        }
        for (Entry& entry : source.entries) {
            if (seen.try_emplace(entry.key, entry.keySpot).second)
                map.node.entries.push_back(std::move(entry));
        }
    };
    for (Value& source : map.merges) {
        if (source.kind == Value::Kind::List) {
            for (Value& item : source.items)
                mergeFrom(item);
        } else {
            mergeFrom(source);
        }
    }
}

}  // namespace peerscape::yaml
