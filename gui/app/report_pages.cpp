// The convergence report for paper.
#include <algorithm>

#include <QCoreApplication>
#include <QUrl>

#include "gui/app/report_files.hpp"

namespace peerscape::gui {

namespace {

QString q(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }
QString q(SimTime time) { return q(toString(time)); }

/// What the pages say, in the language of the window.
QString said(const char* text) { return QCoreApplication::translate("ReportPages", text); }

QString row(const QStringList& cells, const char* tag = "td") {
    QString html = "<tr>";
    for (const QString& cell : cells)
        html += QString("<%1 align='left' valign='top'>%2</%1>").arg(tag, cell);
    return html + "</tr>";
}

QString table(const QStringList& titles, const QStringList& rows) {
    return "<table border='1' cellspacing='0' cellpadding='4' width='100%'>" + row(titles, "th") +
           rows.join("") + "</table>";
}

QString verdictOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::Pass:
            return "✓ " + said(QT_TRANSLATE_NOOP("ReportPages", "met"));
        case Verdict::Fail:
            return "✕ " + said(QT_TRANSLATE_NOOP("ReportPages", "not met"));
        case Verdict::Warning:
            return "! " + said(QT_TRANSLATE_NOOP("ReportPages", "warning"));
        case Verdict::Inconclusive:
            return "◆ " + said(QT_TRANSLATE_NOOP("ReportPages", "inconclusive"));
        case Verdict::Skipped:
            return "– " + said(QT_TRANSLATE_NOOP("ReportPages", "skipped"));
    }
    return {};
}

QString headOf(const report::ReportData& data) {
    const QString verdict = data.hasFailed ? "✕ " + said(QT_TRANSLATE_NOOP("ReportPages", "Failed"))
                                           : "✓ " + said(QT_TRANSLATE_NOOP("ReportPages", "Passed"));
    const QStringList facts{said(QT_TRANSLATE_NOOP("ReportPages", "Expectations met: %1 of %2"))
                                .arg(data.count(Verdict::Pass))
                                .arg(data.expectations()),
                            said(QT_TRANSLATE_NOOP("ReportPages", "Lab time simulated: %1")).arg(q(data.end)),
                            said(QT_TRANSLATE_NOOP("ReportPages", "Seed %1, fingerprint %2"))
                                .arg(data.seed)
                                .arg(data.fingerprint, 16, 16, QChar('0')),
                            q(data.program)};
    return QString("<p>%1</p><h1>%2</h1><h2>%3</h2><p>%4</p>")
        .arg(said(QT_TRANSLATE_NOOP("ReportPages", "Convergence report")), q(data.title), verdict,
             facts.join("<br>"));
}

QString stepTable(const report::ReportData& data) {
    QStringList rows;
    for (const report::Step& step : data.steps) {
        QStringList traffic;
        for (const report::ProtocolTraffic& one : step.traffic)
            traffic << QString("%1 %2").arg(q(one.protocol)).arg(one.messages);
        const QString rest =
            step.isConverged
                ? said(QT_TRANSLATE_NOOP("ReportPages", "after %1")).arg(q(toString(step.convergence)))
                : "✕ " + q(step.unsettled);
        rows << row({q(step.name), q(step.begin), rest, QString::number(step.routeChanges),
                     traffic.join("<br>"),
                     QString("%1 / %2").arg(step.count(Verdict::Pass)).arg(step.expectations.size())});
    }
    return QString("<h2>%1</h2>").arg(said(QT_TRANSLATE_NOOP("ReportPages", "Steps"))) +
           table({said(QT_TRANSLATE_NOOP("ReportPages", "Step")),
                  said(QT_TRANSLATE_NOOP("ReportPages", "Begins")),
                  said(QT_TRANSLATE_NOOP("ReportPages", "Converged")),
                  said(QT_TRANSLATE_NOOP("ReportPages", "Route changes")),
                  said(QT_TRANSLATE_NOOP("ReportPages", "Messages")),
                  said(QT_TRANSLATE_NOOP("ReportPages", "Expectations"))},
                 rows);
}

QString expectationsOf(const report::Step& step) {
    QStringList rows;
    for (const report::Expectation& one : step.expectations)
        rows << row({verdictOf(one.verdict), q(one.claim.empty() ? one.expected : one.claim), q(one.actual)});
    return table({QString(), said(QT_TRANSLATE_NOOP("ReportPages", "Expected")),
                  said(QT_TRANSLATE_NOOP("ReportPages", "Found"))},
                 rows);
}

QString stepOf(const report::Step& step) {
    QString html = QString("<h3>%1</h3>").arg(q(step.name));
    QStringList actions;
    for (const report::ActionLine& action : step.actions)
        actions << q(action.time) + " — " + q(action.text);
    if (!actions.isEmpty()) html += "<p>" + actions.join("<br>") + "</p>";
    if (!step.actionFailure.empty()) html += "<p>✕ " + q(step.actionFailure) + "</p>";
    if (!step.expectations.empty()) html += expectationsOf(step);
    return html;
}

QString forwardingOf(const report::ReportData& data) {
    const auto until = [](const std::optional<SimTime>& end) { return end ? q(*end) : QString("…"); };
    QStringList rows;
    for (const report::Loop& loop : data.loops) {
        QStringList names;
        for (const std::string& name : loop.routers)
            names << q(name);
        rows << row({said(QT_TRANSLATE_NOOP("ReportPages", "loop")), q(loop.destination), names.join(" → "),
                     q(loop.begin) + " – " + until(loop.end), QString::number(loop.packetsLost)});
    }
    for (const report::BlackHole& hole : data.blackHoles) {
        rows << row({said(QT_TRANSLATE_NOOP("ReportPages", "black hole")), q(hole.destination),
                     q(hole.router) + ": " + q(hole.reason), q(hole.begin) + " – " + until(hole.end),
                     QString::number(hole.packetsLost)});
    }
    const QString title =
        QString("<h2>%1</h2>").arg(said(QT_TRANSLATE_NOOP("ReportPages", "Loops and black holes")));
    if (rows.isEmpty()) return title + "<p>" + said(QT_TRANSLATE_NOOP("ReportPages", "None.")) + "</p>";
    return title + table({QString(), said(QT_TRANSLATE_NOOP("ReportPages", "Destination")),
                          said(QT_TRANSLATE_NOOP("ReportPages", "Routers")),
                          said(QT_TRANSLATE_NOOP("ReportPages", "From, to")),
                          said(QT_TRANSLATE_NOOP("ReportPages", "Packets lost"))},
                         rows);
}

}  // namespace

void fill(QTextDocument& document, const report::ReportData& data, const QImage& drawing) {
    QString html = headOf(data);
    if (!drawing.isNull()) {
        document.addResource(QTextDocument::ImageResource, QUrl("drawing"), drawing);
        // As wide as the page; a tall drawing is kept to a part of it.
        const double page = document.pageSize().width();
        const double tall = document.pageSize().height() * 0.45 * drawing.width() / drawing.height();
        html += QString("<p><img src='drawing' width='%1'></p>").arg(static_cast<int>(std::min(page, tall)));
    }
    html += stepTable(data) + forwardingOf(data);
    html += QString("<h2>%1</h2>").arg(said(QT_TRANSLATE_NOOP("ReportPages", "Step by step")));
    for (const report::Step& step : data.steps)
        html += stepOf(step);
    document.setHtml(html);
}

}  // namespace peerscape::gui
