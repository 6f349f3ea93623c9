#include "scenarios/config/diagnostic.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace peerscape {

std::string toString(const Diagnostic& diagnostic) {
    const char* prefix = diagnostic.severity == Severity::Warning ? "warning: " : "";
    return toString(Error{prefix + diagnostic.message, diagnostic.place});
}

void DiagnosticList::add(Severity severity, std::size_t& count, SourcePlace place, std::string message) {
    if (++count <= kMost) kept_.push_back({std::move(place), severity, std::move(message)});
}

void DiagnosticList::error(SourcePlace place, std::string message) {
    add(Severity::Error, errors_, std::move(place), std::move(message));
}

void DiagnosticList::warning(SourcePlace place, std::string message) {
    add(Severity::Warning, warnings_, std::move(place), std::move(message));
}

std::vector<Diagnostic> DiagnosticList::take() {
    // Not std::ranges::stable_sort: clang 19 warns of what libstdc++ 12 does inside it.
    std::stable_sort(kept_.begin(), kept_.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
    });
    const auto dropped = [&](Severity severity, std::size_t count, const char* what) {
        if (count <= kMost) return;
        SourcePlace file;  // of the text as a whole
        if (!kept_.empty()) file.file = kept_.front().place.file;
        kept_.push_back(
            {std::move(file), severity, fmt::format("{} more {} not shown", count - kMost, what)});
    };
    dropped(Severity::Error, errors_, "errors");
    dropped(Severity::Warning, warnings_, "warnings");
    errors_ = 0;
    warnings_ = 0;
    return std::exchange(kept_, {});
}

}  // namespace peerscape
