#include "scenarios/import/as_relationships.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "scenarios/import/names.hpp"

namespace peerscape {

namespace {

/// How a file separates its fields, and what its relations are called.
enum class Shape { Bars, Blanks };

struct Word {
    std::string_view name;
    Relation relation;
    bool customerIsFirst;  ///< where one pays the other
};
constexpr Word kBarWords[] = {
    {"-1", Relation::CustomerProvider, false},
    {"0", Relation::Peer, false},
};
constexpr Word kBlankWords[] = {
    {"-1", Relation::CustomerProvider, true},
    {"0", Relation::Peer, false},
    {"1", Relation::CustomerProvider, false},
    {"2", Relation::Sibling, false},
};

std::span<const Word> wordsOf(Shape shape) {
    return shape == Shape::Bars ? std::span<const Word>(kBarWords) : std::span<const Word>(kBlankWords);
}
std::string_view expectedWords(Shape shape) {
    return shape == Shape::Bars
               ? "-1 (the first AS is a provider of the second) or 0 (peers)"
               : "-1 (the first AS is a customer of the second), 0 (peers), 1 (a provider) or 2 (siblings)";
}

std::string describe(const AsLink& link) {
    const std::string first = toString(link.first);
    const std::string second = toString(link.second);
    if (link.relation == Relation::CustomerProvider)
        return fmt::format("AS {} is a provider of AS {}", second, first);
    return fmt::format("AS {} and AS {} are {}", first, second,
                       link.relation == Relation::Peer ? "peers" : "siblings");
}

std::string describe(const std::vector<Asn>& cycle) {
    std::string text = "AS ";
    for (const Asn asn : cycle)
        text += toString(asn) + " → ";
    return text + toString(cycle.front());
}

class RelationshipReader {
  public:
    RelationshipReader(const std::string& file, DiagnosticList& problems)
        : file_(file), problems_(problems) {}

    AsGraph read(std::string_view text) {
        constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
        if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
        while (!text.empty()) {
            const auto end = std::min(text.find('\n'), text.size());
            ++line_;
            begin_ = text.data();
            readLine(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        for (const auto& [pair, index] : known_) {
            graph_.ases.push_back(pair.first);
            graph_.ases.push_back(pair.second);
        }
        std::ranges::sort(graph_.ases);
        const auto twice = std::ranges::unique(graph_.ases);
        graph_.ases.erase(twice.begin(), twice.end());
        return std::move(graph_);
    }

  private:
    void readLine(std::string_view line) {
        line = trim(line);
        if (line.empty() || line.starts_with('#')) return;
        const Shape own = line.contains('|') ? Shape::Bars : Shape::Blanks;
        if (!shape_) {
            shape_ = own;
            shapeLine_ = line_;
        }
        const auto fields = own == Shape::Bars ? split(line, '|') : splitWords(line);
        const bool hasItsFields =
            fields.size() == 3 || (own == Shape::Bars && fields.size() == 4 && !trim(fields[3]).empty());
        if (!hasItsFields) {
            error(line, fmt::format("expected {}, found {} fields",
                                    own == Shape::Bars ? "'AS|AS|relation', perhaps with a fourth field"
                                                       : "'AS AS relation'",
                                    fields.size()));
        } else if (own != *shape_) {
            error(line, fmt::format("this line separates its fields by {}, but line {} by {}", nameOf(own),
                                    shapeLine_, nameOf(*shape_)));
        } else {
            readFields(fields);
        }
    }

    static std::string_view nameOf(Shape shape) { return shape == Shape::Bars ? "'|'" : "blanks"; }

    void readFields(std::span<const std::string_view> fields) {
        const auto first = readAsn(trim(fields[0]));
        const auto second = readAsn(trim(fields[1]));
        const std::string_view name = trim(fields[2]);
        const auto word = std::ranges::find(wordsOf(*shape_), name, &Word::name);
        const bool isKnown = word != wordsOf(*shape_).end();
        if (!isKnown)
            error(name,
                  fmt::format("unknown relation {}; expected {}", quotedWord(name), expectedWords(*shape_)));
        if (!first || !second || !isKnown) return;
        if (*first == *second) {
            error(trim(fields[1]), fmt::format("AS {} is related to itself", toString(*first)));
            return;
        }
        AsLink link{*first, *second, word->relation, line_};
        if (link.relation == Relation::CustomerProvider && !word->customerIsFirst)
            std::swap(link.first, link.second);
        add(link, name);
    }

    std::optional<Asn> readAsn(std::string_view text) {
        const auto asn = Asn::parse(text);
        if (!asn) {
            error(text, fmt::format("{} is not an AS number; expected 1 to 4294967295", quotedWord(text)));
            return std::nullopt;
        }
        return *asn;
    }

    void add(const AsLink& link, std::string_view relation) {
        const auto pair = std::minmax(link.first, link.second);
        const auto [place, isNew] = known_.try_emplace(pair, graph_.links.size());
        if (isNew) {
            graph_.links.push_back(link);
            return;
        }
        const AsLink& before = graph_.links[place->second];
        const bool isSame = before.relation == link.relation &&
                            (link.relation != Relation::CustomerProvider || before.first == link.first);
        if (isSame) return;
        error(relation,
              fmt::format("here {}, but in line {} {}", describe(link), before.line, describe(before)));
    }

    void error(std::string_view at, std::string message) {
        const auto column = static_cast<std::uint32_t>(at.data() - begin_) + 1;
        problems_.error({file_, line_, column}, std::move(message));
    }

    const std::string& file_;
    DiagnosticList& problems_;
    std::uint32_t line_ = 0;
    const char* begin_ = nullptr;  ///< of the present line
    std::optional<Shape> shape_;
    std::uint32_t shapeLine_ = 0;
    std::map<std::pair<Asn, Asn>, std::size_t> known_;  ///< lower and higher ASN; where their link stands
    AsGraph graph_;
};

/// The line of the link by which the last AS of the cycle is a provider of the first.
std::uint32_t lineThatCloses(const AsGraph& graph, const std::vector<Asn>& cycle) {
    const auto link = std::ranges::find_if(graph.links, [&](const AsLink& candidate) {
        return candidate.relation == Relation::CustomerProvider && candidate.first == cycle.front() &&
               candidate.second == cycle.back();
    });
    return link == graph.links.end() ? 0 : link->line;
}

void checkCycles(const AsGraph& graph, const std::string& file, bool areAllowed, DiagnosticList& problems) {
    std::size_t named = 0;
    for (const std::vector<Asn>& cycle : providerCycles(graph)) {
        std::string message = fmt::format("a cycle of providers, each of the next: {}", describe(cycle));
        // Looking for the line takes a walk over the links, which is worth it only where it will be shown.
        const std::uint32_t line = ++named > DiagnosticList::kMost ? 0 : lineThatCloses(graph, cycle);
        const SourcePlace place{file, line, line == 0 ? 0U : 1U};
        if (areAllowed)
            problems.warning(place, std::move(message));
        else
            problems.error(place, std::move(message));
    }
}

}  // namespace

AsGraphOutcome readAsRelationships(std::string_view text, const std::string& file,
                                   const AsRelationshipOptions& options) {
    DiagnosticList problems;
    AsGraph graph = RelationshipReader(file, problems).read(text);
    if (!problems.hasErrors() && graph.links.empty())
        problems.error({file, 0, 0}, "the file names no relation between ASes");
    checkCycles(graph, file, options.cyclesAreAllowed, problems);
    AsGraphOutcome outcome;
    if (!problems.hasErrors()) outcome.graph = std::move(graph);
    outcome.diagnostics = problems.take();
    return outcome;
}

}  // namespace peerscape
