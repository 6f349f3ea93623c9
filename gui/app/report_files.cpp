#include "gui/app/report_files.hpp"

#include <fstream>
#include <ostream>

#include <QAbstractTextDocumentLayout>
#include <QFileInfo>
#include <QPageLayout>
#include <QPdfWriter>

#include "gui/model/refusal.hpp"
#include "scenarios/report/html_report.hpp"
#include "scenarios/report/json_report.hpp"
#include "scenarios/report/junit_report.hpp"

namespace peerscape::gui {

namespace {

constexpr int kDotsPerInch = 150;
constexpr double kMargin = 15;  // mm

bool writePdf(const report::ReportData& data, const QString& path, const QImage& drawing) {
    QPdfWriter pdf(path);
    pdf.setResolution(kDotsPerInch);
    pdf.setPageSize(QPageSize(QPageSize::A4));
    pdf.setPageMargins({kMargin, kMargin, kMargin, kMargin}, QPageLayout::Millimeter);
    pdf.setTitle(QString::fromStdString(data.title));
    pdf.setCreator(QString::fromStdString(data.program));
    QTextDocument document;
    document.documentLayout()->setPaintDevice(&pdf);
    document.setPageSize(pdf.pageLayout().paintRectPixels(kDotsPerInch).size());
    fill(document, data, drawing);
    document.print(&pdf);
    return QFileInfo(path).size() > 0;
}

}  // namespace

Result<void> writeReport(const Review& review, const QString& path, const QImage& drawing) {
    const QString ending = QFileInfo(path).suffix().toLower();
    const auto refused = [&] {
        return refusal(QT_TRANSLATE_NOOP("Refusal", "'%1' cannot be written"), path.toStdString());
    };
    if (ending == "pdf") {
        if (!writePdf(review.data, path, drawing)) return refused();
        return {};
    }
    if (!QStringList{"html", "json", "xml", "csv"}.contains(ending))
        return refusal(QT_TRANSLATE_NOOP("Refusal", "a report ends with .html, .pdf, .json, .csv or .xml"));
    std::ofstream file(path.toStdString(), std::ios::binary | std::ios::trunc);
    if (ending == "html") {
        report::writeHtml(review.data, file);
    } else if (ending == "json") {
        report::writeJson(review.data, file);
    } else if (ending == "xml") {
        report::writeJUnit(review.data, file);
    } else {
        file << review.events;
    }
    file.close();
    if (!file) return refused();
    return {};
}

}  // namespace peerscape::gui
