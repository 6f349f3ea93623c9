// The convergence report for paper.
#include <QAbstractTextDocumentLayout>
#include <QGuiApplication>
#include <QScreen>
#include <QUrl>

#include "gui/app/report_files.hpp"
#include "gui/style/theme.hpp"

namespace peerscape::gui {

namespace {

QString escaped(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }
QString escaped(SimTime time) { return escaped(toString(time)); }

/// What the pages say, in the language of the window.
QString pageText(const char* text) { return QCoreApplication::translate("ReportPages", text); }

QString row(const QStringList& cells) {
    QString html;
    for (const QString& cell : cells)
        html += QString("<td align='left' valign='top'>%1</td>").arg(cell);
    return html;
}

/// Of rows as row() makes them. `widths`: of the columns, in percent; none: as they need. The titles stand on
/// every page that the table is on; every other row is tinted, which holds a line together better than
/// strokes.
QString table(const QStringList& titles, const QStringList& rows, const QList<int>& widths = {}) {
    QString html = "<table border='0' cellspacing='0' cellpadding='5' width='100%'><thead><tr>";
    for (qsizetype i = 0; i < titles.size(); ++i) {
        const QString width = i < widths.size() ? QString(" width='%1%'").arg(widths[i]) : QString();
        html += QString("<th align='left' valign='top' bgcolor='#dfe5e1'%1>%2</th>").arg(width, titles[i]);
    }
    html += "</tr></thead>";
    for (qsizetype i = 0; i < rows.size(); ++i)
        html += QString("<tr bgcolor='%1'>%2</tr>").arg(i % 2 == 0 ? "#ffffff" : "#f2f5f3", rows[i]);
    return html + "</table>";
}

/// On paper the colours of the light theme.
QString coloured(const QString& text, const QColor& colour) {
    return QString("<span style='color: %1'>%2</span>").arg(colour.name(), text);
}

QString verdictOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::Pass:
            return coloured("✓ " + pageText(QT_TRANSLATE_NOOP("ReportPages", "met")), Theme::light().good);
        case Verdict::Fail:
            return coloured("✕ " + pageText(QT_TRANSLATE_NOOP("ReportPages", "not met")), Theme::light().bad);
        case Verdict::Warning:
            return "! " + pageText(QT_TRANSLATE_NOOP("ReportPages", "warning"));
        case Verdict::Inconclusive:
            return "◆ " + pageText(QT_TRANSLATE_NOOP("ReportPages", "inconclusive"));
        case Verdict::Skipped:
            return "– " + pageText(QT_TRANSLATE_NOOP("ReportPages", "skipped"));
    }
    return {};
}

QString headOf(const report::ReportData& data) {
    const QString verdict =
        data.hasFailed
            ? coloured("✕ " + pageText(QT_TRANSLATE_NOOP("ReportPages", "Failed")), Theme::light().bad)
            : coloured("✓ " + pageText(QT_TRANSLATE_NOOP("ReportPages", "Passed")), Theme::light().good);
    const QStringList facts{
        pageText(QT_TRANSLATE_NOOP("ReportPages", "Expectations met: %1 of %2"))
            .arg(data.count(Verdict::Pass))
            .arg(data.expectations()),
        pageText(QT_TRANSLATE_NOOP("ReportPages", "Lab time simulated: %1")).arg(escaped(data.end)),
        pageText(QT_TRANSLATE_NOOP("ReportPages", "Seed %1, fingerprint %2"))
            .arg(data.seed)
            .arg(data.fingerprint, 16, 16, QChar('0')),
        escaped(data.program)};
    return QString("<p>%1</p><h1>%2</h1><p style='font-size: 15pt; font-weight: bold'>%3</p><p>%4</p>")
        .arg(pageText(QT_TRANSLATE_NOOP("ReportPages", "Convergence report")), escaped(data.title), verdict,
             facts.join("<br>"));
}

QString stepTable(const report::ReportData& data) {
    QStringList rows;
    for (const report::Step& step : data.steps) {
        QStringList traffic;
        for (const report::ProtocolTraffic& one : step.traffic)
            traffic << QString("%1 %2").arg(escaped(one.protocol)).arg(one.messages);
        const QString rest = step.isConverged ? pageText(QT_TRANSLATE_NOOP("ReportPages", "after %1"))
                                                    .arg(escaped(toString(step.convergence)))
                                              : "✕ " + escaped(step.unsettled);
        rows << row({escaped(step.name), escaped(step.begin), rest, QString::number(step.routeChanges),
                     traffic.join("<br>"), QString::number(step.lost()),
                     QString("%1 / %2").arg(step.count(Verdict::Pass)).arg(step.expectations.size())});
    }
    return QString("<h2>%1</h2>").arg(pageText(QT_TRANSLATE_NOOP("ReportPages", "Steps"))) +
           table({pageText(QT_TRANSLATE_NOOP("ReportPages", "Step")),
                  pageText(QT_TRANSLATE_NOOP("ReportPages", "Begins")),
                  pageText(QT_TRANSLATE_NOOP("ReportPages", "Converged")),
                  pageText(QT_TRANSLATE_NOOP("ReportPages", "Route changes")),
                  pageText(QT_TRANSLATE_NOOP("ReportPages", "Messages")),
                  pageText(QT_TRANSLATE_NOOP("ReportPages", "Packets lost")),
                  pageText(QT_TRANSLATE_NOOP("ReportPages", "Expectations"))},
                 rows);
}

QString expectationsOf(const report::Step& step) {
    QStringList rows;
    for (const report::Expectation& one : step.expectations)
        rows << row({verdictOf(one.verdict), escaped(one.claim.empty() ? one.expected : one.claim),
                     escaped(one.actual)});
    return table({QString(), pageText(QT_TRANSLATE_NOOP("ReportPages", "Expected")),
                  pageText(QT_TRANSLATE_NOOP("ReportPages", "Found"))},
                 rows, {16, 48, 36});
}

/// What became of pings and measuring flows.
QStringList trafficOf(const report::Step& step) {
    QStringList lines;
    for (const report::ProbeOutcome& probe : step.probes) {
        QStringList way;
        for (const std::string& node : probe.way)
            way << escaped(node);
        lines << pageText(QT_TRANSLATE_NOOP("ReportPages", "Ping from %1 to %2: %3, by %4"))
                     .arg(escaped(probe.from), escaped(probe.to), escaped(probe.outcome), way.join(" → "));
    }
    for (const report::FlowOutcome& flow : step.flows) {
        lines << pageText(QT_TRANSLATE_NOOP("ReportPages", "Flow %1: %2 sent, %3 received, %4 lost"))
                     .arg(escaped(flow.name))
                     .arg(flow.sent)
                     .arg(flow.received)
                     .arg(flow.lost);
    }
    return lines;
}

QString stepOf(const report::Step& step) {
    QString html = QString("<h3>%1</h3>").arg(escaped(step.name));
    QStringList actions;
    for (const report::ActionLine& action : step.actions)
        actions << escaped(action.time) + " — " + escaped(action.text);
    if (!actions.isEmpty()) html += "<p>" + actions.join("<br>") + "</p>";
    if (!step.actionFailure.empty()) html += "<p>✕ " + escaped(step.actionFailure) + "</p>";
    const QStringList traffic = trafficOf(step);
    if (!traffic.isEmpty()) html += "<p>" + traffic.join("<br>") + "</p>";
    if (!step.expectations.empty()) html += expectationsOf(step);
    return html;
}

QString forwardingOf(const report::ReportData& data) {
    const auto until = [](const std::optional<SimTime>& end) { return end ? escaped(*end) : QString("…"); };
    QStringList rows;
    for (const report::Loop& loop : data.loops) {
        QStringList names;
        for (const std::string& name : loop.routers)
            names << escaped(name);
        rows << row({pageText(QT_TRANSLATE_NOOP("ReportPages", "loop")), escaped(loop.destination),
                     names.join(" → "), escaped(loop.begin) + " – " + until(loop.end),
                     QString::number(loop.packetsLost)});
    }
    for (const report::BlackHole& hole : data.blackHoles) {
        rows << row({pageText(QT_TRANSLATE_NOOP("ReportPages", "black hole")), escaped(hole.destination),
                     escaped(hole.router) + ": " + escaped(hole.reason),
                     escaped(hole.begin) + " – " + until(hole.end), QString::number(hole.packetsLost)});
    }
    const QString title =
        QString("<h2>%1</h2>").arg(pageText(QT_TRANSLATE_NOOP("ReportPages", "Loops and black holes")));
    if (rows.isEmpty()) return title + "<p>" + pageText(QT_TRANSLATE_NOOP("ReportPages", "None.")) + "</p>";
    return title + table({QString(), pageText(QT_TRANSLATE_NOOP("ReportPages", "Destination")),
                          pageText(QT_TRANSLATE_NOOP("ReportPages", "Routers")),
                          pageText(QT_TRANSLATE_NOOP("ReportPages", "From, to")),
                          pageText(QT_TRANSLATE_NOOP("ReportPages", "Packets lost"))},
                         rows);
}

/// The drawing as wide as the page; a tall one is kept to a part of it, so that the steps follow below.
QString drawn(QTextDocument& document, QImage drawing) {
    constexpr double kMostOfPage = 0.4;
    // A document counts the pixels of a picture, however many stand for a point.
    drawing.setDevicePixelRatio(1);
    document.addResource(QTextDocument::ImageResource, QUrl("drawing"), drawing);
    // And takes sizes for those of the screen, which it then makes larger for a finer device.
    const QPaintDevice* device = document.documentLayout()->paintDevice();
    const double finer =
        device == nullptr ? 1
                          : device->logicalDpiY() / QGuiApplication::primaryScreen()->logicalDotsPerInchY();
    const QSizeF room(document.pageSize().width(), document.pageSize().height() * kMostOfPage);
    const QSize size = (QSizeF(drawing.size()).scaled(room, Qt::KeepAspectRatio) / finer).toSize();
    return QString("<p><img src='drawing' width='%1' height='%2'></p>").arg(size.width()).arg(size.height());
}

}  // namespace

void fill(QTextDocument& document, const report::ReportData& data, const QImage& drawing) {
    document.setDefaultStyleSheet(
        "h1 { margin: 2px 0 6px 0 } h2 { margin: 26px 0 8px 0 } h3 { margin: 20px 0 4px 0 } p { margin: 4px "
        "0 8px 0 }");
    QString html = headOf(data);
    if (!drawing.isNull()) html += drawn(document, drawing);
    html += stepTable(data) + forwardingOf(data);
    html += QString("<h2>%1</h2>").arg(pageText(QT_TRANSLATE_NOOP("ReportPages", "Step by step")));
    for (const report::Step& step : data.steps)
        html += stepOf(step);
    document.setHtml(html);
}

}  // namespace peerscape::gui
