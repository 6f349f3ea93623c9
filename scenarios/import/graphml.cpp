#include "scenarios/import/graphml.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <pugixml.hpp>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "scenarios/import/names.hpp"

namespace peerscape {

namespace {

/// From offsets in the text to lines and columns.
class Lines {
  public:
    Lines(std::string_view text, const std::string& file) : text_(text), file_(file) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\n') begins_.push_back(i + 1);
        }
    }
    SourcePlace place(std::ptrdiff_t offset) const {
        const auto at = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(offset, 0, std::ssize(text_)));
        const auto line = std::ranges::upper_bound(begins_, at) - 1;
        // Columns count characters: the bytes that go on with one do not count.
        const auto before = text_.substr(*line, at - *line);
        const auto column = std::ranges::count_if(before, [](char c) { return (c & 0xC0) != 0x80; });
        return {file_, static_cast<std::uint32_t>(line - begins_.begin() + 1),
                static_cast<std::uint32_t>(column + 1)};
    }

  private:
    std::string_view text_;
    std::string file_;
    std::vector<std::size_t> begins_{0};
};

/// A name without the prefix of its XML namespace.
std::string_view localName(std::string_view name) {
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool isElement(const pugi::xml_node& node, std::string_view name) {
    return node.type() == pugi::node_element && localName(node.name()) == name;
}

/// The attributes of one node, edge or graph, by names in lower case.
using Attributes = std::map<std::string, std::string>;

class GraphmlReader {
  public:
    GraphmlReader(std::string_view text, const std::string& file, DiagnosticList& problems)
        : text_(text), lines_(text, file), problems_(problems) {}

    Drawing read() {
        pugi::xml_document document;
        const pugi::xml_parse_result parsed = document.load_buffer(text_.data(), text_.size());
        if (!parsed) {
            problems_.error(lines_.place(parsed.offset),
                            fmt::format("this is not XML: {}", parsed.description()));
            return {};
        }
        const pugi::xml_node root = document.document_element();
        if (!isElement(root, "graphml")) {
            error(root, fmt::format("expected the element 'graphml', found {}", quotedWord(root.name())));
            return {};
        }
        readKeys(root);
        pugi::xml_node graph;
        for (const pugi::xml_node& child : root.children()) {
            if (!isElement(child, "graph")) continue;
            if (graph)
                warning(child, "only the first graph of a file is read");
            else
                graph = child;
        }
        if (!graph)
            error(root, "the file has no graph");
        else
            readGraph(graph);
        return std::move(drawing_);
    }

  private:
    void readKeys(const pugi::xml_node& root) {
        for (const pugi::xml_node& child : root.children()) {
            if (!isElement(child, "key")) continue;
            const std::string name = child.attribute("attr.name").value();
            keys_.emplace(child.attribute("id").value(), toLower(name));
        }
    }

    Attributes attributesOf(const pugi::xml_node& element) const {
        Attributes attributes;
        for (const pugi::xml_node& child : element.children()) {
            if (!isElement(child, "data")) continue;
            const auto key = keys_.find(child.attribute("key").value());
            if (key != keys_.end()) attributes.emplace(key->second, trim(child.text().get()));
        }
        return attributes;
    }

    static std::string textOf(const Attributes& attributes, const std::string& name) {
        const auto found = attributes.find(name);
        return found == attributes.end() ? std::string() : printable(found->second);
    }

    std::optional<double> numberOf(const pugi::xml_node& element, const Attributes& attributes,
                                   const std::string& name, double least, double most) {
        const auto found = attributes.find(name);
        if (found == attributes.end() || found->second.empty()) return std::nullopt;
        const std::string& text = found->second;
        double number = 0;
        const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool isNumber =
            code == std::errc() && end == text.data() + text.size() && std::isfinite(number);
        if (isNumber && number >= least && number <= most) return number;
        warning(element, fmt::format("'{}' is {}; expected a number from {} to {}", name, quotedWord(text),
                                     least, most));
        return std::nullopt;
    }

    void readGraph(const pugi::xml_node& graph) {
        const Attributes attributes = attributesOf(graph);
        drawing_.name = textOf(attributes, "network");
        if (drawing_.name.empty()) drawing_.name = textOf(attributes, "label");
        drawing_.date = textOf(attributes, "networkdate");
        drawing_.source = textOf(attributes, "source");
        for (const pugi::xml_node& child : graph.children()) {
            if (isElement(child, "node")) readNode(child);
        }
        // Edges may stand before their nodes.
        for (const pugi::xml_node& child : graph.children()) {
            if (isElement(child, "edge")) readEdge(child);
            if (isElement(child, "hyperedge")) warning(child, "elements 'hyperedge' are left out");
        }
    }

    void readNode(const pugi::xml_node& element) {
        DrawnNode node;
        node.id = element.attribute("id").value();
        if (node.id.empty()) {
            error(element, "a node has an 'id'");
            return;
        }
        if (!positions_.try_emplace(node.id, drawing_.nodes.size()).second) {
            error(element, fmt::format("the id {} is taken by another node", quotedWord(node.id)));
            return;
        }
        const Attributes attributes = attributesOf(element);
        node.label = textOf(attributes, "label");
        const auto isSet = [&](const char* name) {
            return numberOf(element, attributes, name, 0, 1).value_or(0) == 1;
        };
        node.isInternal = !attributes.contains("internal") || isSet("internal");
        node.isHyperedge = isSet("hyperedge");
        const auto latitude = numberOf(element, attributes, "latitude", -90, 90);
        const auto longitude = numberOf(element, attributes, "longitude", -180, 180);
        if (latitude && longitude) node.at = {*latitude, *longitude};
        for (const pugi::xml_node& child : element.children()) {
            if (isElement(child, "graph")) warning(child, "a graph inside of a node is left out");
        }
        drawing_.nodes.push_back(std::move(node));
    }

    void readEdge(const pugi::xml_node& element) {
        const auto source = endOf(element, "source");
        const auto target = endOf(element, "target");
        if (!source || !target) return;
        if (*source == *target) {
            warning(element, fmt::format("an edge from the node {} to itself is left out",
                                         quotedWord(drawing_.nodes[*source].id)));
            return;
        }
        drawing_.edges.push_back({*source, *target, speedOf(element)});
    }

    std::optional<std::size_t> endOf(const pugi::xml_node& element, const char* name) {
        const char* id = element.attribute(name).value();
        const auto found = positions_.find(id);
        if (found != positions_.end()) return found->second;
        error(element, fmt::format("the {} of an edge is a node, but there is no {}", name, quotedWord(id)));
        return std::nullopt;
    }

    std::optional<Bandwidth> speedOf(const pugi::xml_node& element) {
        const Attributes attributes = attributesOf(element);
        constexpr double kMost = 1e15;
        const auto ofBits = [](double bits) {
            return Bandwidth::bitsPerSecond(static_cast<std::uint64_t>(std::llround(bits)));
        };
        if (const auto raw = numberOf(element, attributes, "linkspeedraw", 1, kMost)) return ofBits(*raw);
        static constexpr std::array<std::pair<std::string_view, double>, 4> kUnits{
            {{"k", 1e3}, {"m", 1e6}, {"g", 1e9}, {"t", 1e12}}};
        const auto speed = attributes.find("linkspeed");
        const auto unit = std::ranges::find(kUnits, toLower(textOf(attributes, "linkspeedunits")),
                                            &std::pair<std::string_view, double>::first);
        if (speed == attributes.end() || unit == kUnits.end()) return std::nullopt;
        // People write "<2.5" and "1-2" here as well, which say no speed.
        double number = 0;
        const std::string& text = speed->second;
        const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool isNumber = code == std::errc() && end == text.data() + text.size();
        if (!isNumber || !(number * unit->second >= 1 && number * unit->second <= kMost)) return std::nullopt;
        return ofBits(number * unit->second);
    }

    // The parser counts from the name of an element; what people look for is the bracket before it.
    void error(const pugi::xml_node& element, std::string message) {
        problems_.error(lines_.place(element.offset_debug() - 1), std::move(message));
    }
    void warning(const pugi::xml_node& element, std::string message) {
        problems_.warning(lines_.place(element.offset_debug() - 1), std::move(message));
    }

    std::string_view text_;
    Lines lines_;
    DiagnosticList& problems_;
    std::map<std::string, std::string> keys_;  ///< from ids to names in lower case
    std::map<std::string, std::size_t> positions_;
    Drawing drawing_;
};

}  // namespace

DrawingOutcome readGraphml(std::string_view text, const std::string& file) {
    DiagnosticList problems;
    Drawing drawing = GraphmlReader(text, file, problems).read();
    if (!problems.hasErrors() && drawing.nodes.empty())
        problems.error({file, 0, 0}, "the graph has no nodes");
    DrawingOutcome outcome;
    if (!problems.hasErrors()) outcome.drawing = std::move(drawing);
    outcome.diagnostics = problems.take();
    return outcome;
}

}  // namespace peerscape
