// Whatever stands in a file of AS relationships: reading must not stumble, and what is accepted becomes a lab
// that reads back equal, cycles of providers or not.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/check.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/lab_writer.hpp"
#include "scenarios/import/as_lab.hpp"
#include "scenarios/import/as_relationships.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace peerscape;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const AsGraphOutcome outcome = readAsRelationships(text, "fuzz", {.cyclesAreAllowed = true});
    PEERSCAPE_CHECK(outcome.diagnostics.size() <= 202);
    for (const Diagnostic& diagnostic : outcome.diagnostics)
        PEERSCAPE_CHECK(toString(diagnostic).size() < 2000);
    if (!outcome.graph) return 0;
    const AsGraph& graph = *outcome.graph;
    PEERSCAPE_CHECK(std::ranges::is_sorted(graph.ases));
    for (const AsLink& link : graph.links)
        PEERSCAPE_CHECK(graph.contains(link.first) && graph.contains(link.second) &&
                        link.first != link.second);

    const auto part = partOf(graph, {.around = graph.ases.front(), .hops = 2, .most = 5});
    PEERSCAPE_CHECK(part.has_value() && !part->ases.empty() && part->ases.size() <= 5);
    const auto lab = asLab(graph, {"fuzz", {}, usualOrigins(graph)});
    PEERSCAPE_CHECK(lab.has_value());
    const LabOutcome again = readLab(writeLab(*lab), "lab.yaml");
    PEERSCAPE_CHECK(again.lab.has_value() && *again.lab == *lab);
    return 0;
}
