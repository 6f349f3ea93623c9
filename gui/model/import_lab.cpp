#include "gui/model/import_lab.hpp"

#include <algorithm>

#include <QFile>
#include <QFileInfo>

#include "gui/model/refusal.hpp"
#include "scenarios/import/as_lab.hpp"
#include "scenarios/import/as_relationships.hpp"
#include "scenarios/import/drawing_lab.hpp"
#include "scenarios/import/graphml.hpp"

namespace peerscape::gui {

namespace {

/// What is wrong with a file that could not be read.
Error firstError(const std::vector<Diagnostic>& diagnostics) {
    const auto error = std::ranges::find(diagnostics, Severity::Error, &Diagnostic::severity);
    return {error == diagnostics.end() ? std::string() : toString(*error), {}};
}

Result<ImportedLab> importGraphml(const std::string& text, const std::string& name) {
    DrawingOutcome read = readGraphml(text, name);
    if (!read.drawing) return std::unexpected(firstError(read.diagnostics));
    DiagnosticList problems;
    DrawingLabOptions options;
    options.file = name;
    LabFile lab = drawingLab(*read.drawing, options, problems);
    std::vector<Diagnostic> notes = std::move(read.diagnostics);
    for (Diagnostic& problem : problems.take())
        notes.push_back(std::move(problem));
    return ImportedLab{std::move(lab), std::move(notes)};
}

Result<ImportedLab> importAsRelationships(const std::string& text, const std::string& name) {
    AsGraphOutcome read = readAsRelationships(text, name);
    if (!read.graph) return std::unexpected(firstError(read.diagnostics));
    auto graph = Result<AsGraph>(std::move(*read.graph));
    if (graph->ases.size() > kMostAses) graph = partOf(*graph, {std::nullopt, std::nullopt, kMostAses});
    if (!graph) return std::unexpected(graph.error());
    auto lab = asLab(*graph, {name, {}, usualOrigins(*graph)});
    if (!lab) return std::unexpected(lab.error());
    return ImportedLab{std::move(*lab), std::move(read.diagnostics)};
}

}  // namespace

Result<ImportedLab> importLab(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refusal(QT_TRANSLATE_NOOP("Refusal", "'%1' cannot be read"), path.toStdString());
    const std::string text = file.readAll().toStdString();
    const std::string name = QFileInfo(path).fileName().toStdString();
    return path.endsWith(".graphml", Qt::CaseInsensitive) ? importGraphml(text, name)
                                                          : importAsRelationships(text, name);
}

}  // namespace peerscape::gui
