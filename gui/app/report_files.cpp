#include "gui/app/report_files.hpp"

#include <fstream>
#include <ostream>

#include <QAbstractTextDocumentLayout>
#include <QFileInfo>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>

#include "gui/model/refusal.hpp"
#include "gui/style/theme.hpp"
#include "scenarios/report/html_report.hpp"
#include "scenarios/report/json_report.hpp"
#include "scenarios/report/junit_report.hpp"

namespace peerscape::gui {

namespace {

constexpr int kDotsPerInch = 150;
constexpr double kMargin = 15;  // mm
constexpr int kFoot = 40;       // dots, of every page

/// Page by page, with a line at the foot that says which lab and which page it is.
void paintPages(QTextDocument& document, QPdfWriter& pdf, const QString& title) {
    QPainter painter(&pdf);
    if (!painter.isActive()) return;  // whoever asked looks at the file
    const QSizeF body = document.pageSize();
    for (int page = 0; page < document.pageCount(); ++page) {
        if (page > 0) pdf.newPage();
        painter.save();
        painter.translate(0, -page * body.height());
        // Black on white, whatever the window's colours are.
        QAbstractTextDocumentLayout::PaintContext context;
        context.palette = Theme::light().palette();
        context.clip = QRectF(QPointF(0, page * body.height()), body);
        painter.setClipRect(context.clip);
        document.documentLayout()->draw(&painter, context);
        painter.restore();
        const QRectF foot(0, body.height(), body.width(), kFoot);
        painter.setPen(QColor("#5b6875"));
        QFont font = document.defaultFont();
        font.setPointSizeF(7.5);
        painter.setFont(font);
        painter.drawText(foot, Qt::AlignLeft | Qt::AlignBottom, title);
        painter.drawText(foot, Qt::AlignRight | Qt::AlignBottom,
                         QString("%1 / %2").arg(page + 1).arg(document.pageCount()));
    }
}

bool writePdf(const report::ReportData& data, const QString& path, const QImage& drawing) {
    QPdfWriter pdf(path);
    pdf.setResolution(kDotsPerInch);
    pdf.setPageSize(QPageSize(QPageSize::A4));
    pdf.setPageMargins({kMargin, kMargin, kMargin, kMargin}, QPageLayout::Millimeter);
    pdf.setTitle(QString::fromStdString(data.title));
    pdf.setCreator(QString::fromStdString(data.program));
    QTextDocument document;
    document.documentLayout()->setPaintDevice(&pdf);
    const QSize page = pdf.pageLayout().paintRectPixels(kDotsPerInch).size();
    document.setPageSize(QSizeF(page.width(), page.height() - kFoot));
    document.setDocumentMargin(0);
    fill(document, data, drawing);
    paintPages(document, pdf, QString::fromStdString(data.title));
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
