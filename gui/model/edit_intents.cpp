// Intents as what they mean.
#include <algorithm>

#include "gui/model/edits.hpp"
#include "gui/model/refusal.hpp"
#include "scenarios/format/intents.hpp"

namespace peerscape::gui {

Result<LabFile> withIntentsWrittenOut(const LabFile& lab) {
    LabOutcome expanded = expandLab(lab);
    if (expanded.lab) return std::move(*expanded.lab);
    const auto mistake = std::ranges::find(expanded.diagnostics, Severity::Error, &Diagnostic::severity);
    if (mistake == expanded.diagnostics.end())
        return refusal(QT_TRANSLATE_NOOP("Refusal", "the configurations of this lab cannot be made"));
    return failure(mistake->message);
}

bool hasIntents(const LabFile& lab, std::string_view node) {
    const RouterEntry* router = lab.router(node);
    return router != nullptr && router->config.empty() && !router->protocols.empty();
}

std::string intendedConfigurationOf(const LabFile& lab, std::string_view node) {
    if (!hasIntents(lab, node)) return {};
    const LabOutcome expanded = expandLab(lab);
    return expanded.lab ? configurationOf(*expanded.lab, node) : std::string();
}

}  // namespace peerscape::gui
