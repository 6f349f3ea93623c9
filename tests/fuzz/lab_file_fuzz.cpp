// Whatever stands in a lab file: reading must not stumble, a lab that is accepted must read back equal from
// what is saved, and its expansion must be a lab that reads back too.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/check.hpp"
#include "scenarios/format/intents.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/lab_writer.hpp"

using namespace peerscape;

namespace {

/// No file of this machine is opened, whatever path the input names.
Result<std::string> loadNothing(const std::string& path) {
    return path.size() % 2 == 0 ? Result<std::string>("hostname x\nrouter rip\n") : failure("no such file");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const LabOutcome outcome = readLab(text, "lab.yaml", loadNothing);
    bool hasError = false;
    for (const Diagnostic& diagnostic : outcome.diagnostics)
        hasError = hasError || diagnostic.severity == Severity::Error;
    PEERSCAPE_CHECK(outcome.lab.has_value() != hasError);
    if (!outcome.lab) return 0;

    const LabOutcome again = readLab(writeLab(*outcome.lab), "lab.yaml", loadNothing);
    PEERSCAPE_CHECK(again.lab.has_value() && *again.lab == *outcome.lab);

    const LabOutcome full = expandLab(*outcome.lab);
    if (!full.lab) return 0;
    const LabOutcome saved = readLab(writeLab(*full.lab), "lab.yaml", loadNothing);
    PEERSCAPE_CHECK(saved.lab.has_value() && *saved.lab == *full.lab);
    return 0;
}
