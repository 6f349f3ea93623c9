// Whatever stands in a GraphML file: reading must not stumble, and what is accepted becomes a lab that reads
// back equal and can be expanded.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/check.hpp"
#include "scenarios/format/intents.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/lab_writer.hpp"
#include "scenarios/import/drawing_lab.hpp"
#include "scenarios/import/graphml.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace peerscape;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const DrawingOutcome outcome = readGraphml(text, "fuzz");
    PEERSCAPE_CHECK(outcome.diagnostics.size() <= 202);
    for (const Diagnostic& diagnostic : outcome.diagnostics)
        PEERSCAPE_CHECK(toString(diagnostic).size() < 2000);
    if (!outcome.drawing) return 0;
    for (const DrawnEdge& edge : outcome.drawing->edges) {
        const std::size_t nodes = outcome.drawing->nodes.size();
        PEERSCAPE_CHECK(edge.source < nodes && edge.target < nodes && edge.source != edge.target);
    }
    for (const bool keepsExternal : {true, false}) {
        DiagnosticList notes;
        const LabFile lab =
            drawingLab(*outcome.drawing, {"fuzz", IntentProtocol::Eigrp, keepsExternal}, notes);
        const LabOutcome again = readLab(writeLab(lab), "lab.yaml");
        PEERSCAPE_CHECK(again.lab.has_value() && *again.lab == lab);
        PEERSCAPE_CHECK(expandLab(lab).lab.has_value());
    }
    return 0;
}
