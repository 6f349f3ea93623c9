#include <utility>

#include "gui/model/edits.hpp"
#include "gui/model/refusal.hpp"

namespace peerscape::gui {

LabFile withNote(LabFile lab, const std::string& text, CanvasPoint at) {
    lab.notes.push_back({text, at, {}});
    return lab;
}

Result<LabFile> withNoteText(LabFile lab, std::size_t index, const std::string& text) {
    if (index >= lab.notes.size()) return refusal(QT_TRANSLATE_NOOP("Refusal", "the note is gone"));
    const auto last = text.find_last_not_of(" \t\r\n");
    if (last == std::string::npos)
        return refusal(QT_TRANSLATE_NOOP("Refusal", "a note says something; delete it if it does not"));
    std::string kept = text.substr(0, last + 1);
    // What ends with a line end stands in the lab file as it is seen.
    if (kept.find('\n') != std::string::npos) kept += '\n';
    lab.notes[index].text = std::move(kept);
    return lab;
}

LabFile withNotePlaces(LabFile lab, const std::map<std::size_t, CanvasPoint>& places) {
    for (const auto& [index, at] : places) {
        if (index < lab.notes.size()) lab.notes[index].at = at;
    }
    return lab;
}

}  // namespace peerscape::gui
