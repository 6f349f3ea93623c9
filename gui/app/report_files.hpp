#pragma once

#include <QImage>
#include <QString>
#include <QTextDocument>

#include "engine/base/result.hpp"
#include "gui/session/review.hpp"

namespace peerscape::gui {

/// The convergence report as pages for paper, in the language of the window. The document has the page's
/// size; `drawing` may be null.
void fill(QTextDocument& document, const report::ReportData& data, const QImage& drawing);

/// Writes the report to a file whose name says how: .html, .pdf, .json, .xml (JUnit) or .csv (all events).
/// The drawing is for the pages; the others make their own.
Result<void> writeReport(const Review& review, const QString& path, const QImage& drawing);

}  // namespace peerscape::gui
