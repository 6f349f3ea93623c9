#include "scenarios/report/html_steps.hpp"

#include <algorithm>
#include <ostream>
#include <vector>

#include <fmt/format.h>

#include "scenarios/report/charts.hpp"
#include "scenarios/report/html_figure.hpp"
#include "scenarios/report/html_table.hpp"
#include "scenarios/report/markdown.hpp"
#include "scenarios/report/markup.hpp"

namespace peerscape::report {

namespace {

bool isOpen(const Expectation& e) { return e.verdict != Verdict::Pass && e.verdict != Verdict::Skipped; }

/// The author's words where there are some, and what they stand for below.
std::string claimOf(const Expectation& e, bool isExpectedBelow) {
    const std::string& words = !e.claim.empty() ? e.claim : e.remark;
    std::string text = escaped(words.empty() ? e.expected : words);
    if (!words.empty() && isExpectedBelow)
        text += fmt::format(" <span class=\"sub\">{}</span>", escaped(e.expected));
    if (e.place.empty()) return text;
    // A long path breaks behind its folders.
    std::string place;
    for (const char c : escaped(e.place)) {
        place += c;
        if (c == '/') place += "<wbr>";
    }
    return text + fmt::format(" <span class=\"sub mono\">{}</span>", place);
}

std::string actualOf(const Expectation& e) {
    std::string text = escaped(e.actual);
    if (e.firstWrongAt)
        text += fmt::format(" <span class=\"sub\">first wrong at {}</span>",
                            peerscape::toString(*e.firstWrongAt));
    return text;
}

/// "RIP 12".
std::string trafficOf(const Step& step) {
    std::string text;
    for (const ProtocolTraffic& t : step.traffic) {
        text += fmt::format("{}<span class=\"nowrap\">{} {}</span>", text.empty() ? "" : "<br>",
                            escaped(protocolTitle(t.protocol)), grouped(t.messages));
    }
    return text.empty() ? "0" : text;
}

std::string verdictOf(const Step& step) {
    if (step.expectations.empty())
        return step.hasFailed ? "<span class=\"badge fail\">✗ failed</span>" : "none claimed";
    const std::size_t met = step.count(Verdict::Pass);
    const std::string text = fmt::format("{} of {} met", met, step.expectations.size());
    if (step.hasFailed) return fmt::format("<span class=\"badge fail\">✗ {}</span>", text);
    return fmt::format("<span class=\"badge pass\">✓ {}</span>", text);
}

void writeActions(const Step& step, std::ostream& out) {
    if (step.actions.empty()) return;
    constexpr std::size_t kMostShown = 12;
    out << "<h4>What was done</h4>\n<ul class=\"actions\">\n";
    const std::size_t shown = std::min(step.actions.size(), kMostShown);
    for (std::size_t i = 0; i < shown; ++i) {
        out << fmt::format("<li><span class=\"when\">{}</span><span>{}</span></li>\n",
                           peerscape::toString(step.actions[i].time), escaped(step.actions[i].text));
    }
    out << "</ul>\n";
    const std::uint64_t further = step.actions.size() - shown + step.furtherActions;
    if (further > 0)
        out << fmt::format("<p class=\"note\">And {} more.</p>\n", counted(further, "action", "actions"));
}

void writeTimeline(const Step& step, const Drawing& drawing, std::ostream& out) {
    if (step.routers.empty()) return;
    std::string caption =
        "Each row is a router or host, the first to change on top. Bars: route changes, the taller the more. "
        "Line: from "
        "the first change to the last. ◇: the last change.";
    if (step.routers.size() > kMostTimelineRows) {
        caption +=
            fmt::format(" Of {} these are the first to change and the last to settle; report.json has all.",
                        counted(step.routers.size(), "node", "nodes"));
    }
    out << "<div class=\"keep\">\n<h4>Who changed routes, and when</h4>\n";
    writeFigure(out, fmt::format("Step {}: when routes changed", step.number), stepTimelineSvg(step, drawing),
                caption);
    out << "</div>\n";
}

void writeCycle(const Step& step, std::ostream& out) {
    if (!step.cycle) return;
    const Cycle& cycle = *step.cycle;
    out << "<h4>Why it does not come to rest</h4>\n";
    if (cycle.isForEver) {
        out << fmt::format(
            "<p>It never will: at {} everything was as it had been {} before, messages on their way "
            "included. "
            "So the same comes again and again, as long as nothing disturbs the network.</p>\n",
            peerscape::toString(cycle.last), peerscape::toString(cycle.period));
    } else {
        out << fmt::format(
            "<p>The tables go in a circle: all of them were the same {} times, the last time at {}. A round "
            "takes {}.</p>\n",
            grouped(cycle.returns), peerscape::toString(cycle.last), peerscape::toString(cycle.period));
    }
    HtmlTable table(fmt::format("Step {}: the last round", step.number), {{"At", "lab time", false},
                                                                          {"Router", "", false},
                                                                          {"Network", "", false},
                                                                          {"Before", "", false},
                                                                          {"After", "", false}});
    for (const RouteTurn& turn : cycle.round) {
        table.addRow({peerscape::toString(turn.time), escaped(turn.router), escaped(turn.prefix),
                      escaped(turn.before), escaped(turn.after)});
    }
    if (!table.isEmpty()) table.write(out);
    if (cycle.furtherTurns > 0)
        out << fmt::format("<p class=\"note\">And {} more.</p>\n",
                           counted(cycle.furtherTurns, "change", "changes"));
}

void writeTraffic(const Step& step, std::ostream& out) {
    HtmlTable traffic(
        fmt::format("Step {}: messages of protocols", step.number),
        {{"Protocol", "", false}, {"Messages", "packets", true}, {"Volume", "bytes of IP packets", true}});
    for (const ProtocolTraffic& t : step.traffic)
        traffic.addRow({escaped(protocolTitle(t.protocol)), grouped(t.messages), grouped(t.bytes)});
    out << "<div class=\"side\">\n";
    if (!traffic.isEmpty()) traffic.write(out);

    HtmlTable drops(fmt::format("Step {}: lost packets of flows and users", step.number),
                    {{"Reason", "", false}, {"Lost", "packets", true}});
    for (const DropCount& drop : step.drops)
        drops.addRow({escaped(drop.reason), grouped(drop.packets)});
    if (!drops.isEmpty()) drops.write(out);
    out << "</div>\n";

    HtmlTable flows(fmt::format("Step {}: measuring flows", step.number),
                    {{"Flow", "", false},
                     {"Sent", "packets", true},
                     {"Received", "packets", true},
                     {"Lost", "packets", true},
                     {"of these looped", "packets", true},
                     {"Overtaken", "packets", true},
                     {"Mean delay", "one way", true}});
    for (const FlowOutcome& flow : step.flows) {
        flows.addRow({escaped(flow.name), grouped(flow.sent), grouped(flow.received), grouped(flow.lost),
                      grouped(flow.looped), grouped(flow.late),
                      flow.meanDelay ? peerscape::toString(*flow.meanDelay) : "–"});
    }
    if (!flows.isEmpty()) flows.write(out);
}

void writeProbes(const Step& step, std::ostream& out) {
    HtmlTable probes(fmt::format("Step {}: probes after the step", step.number), {{"From", "", false},
                                                                                  {"To", "", false},
                                                                                  {"Outcome", "", false},
                                                                                  {"Way", "", false},
                                                                                  {"Round trip", "", true}});
    for (const ProbeOutcome& probe : step.probes) {
        std::string way;
        for (const std::string& name : probe.way)
            way += (way.empty() ? "" : " → ") + escaped(name);
        probes.addRow({escaped(probe.from), escaped(probe.to),
                       fmt::format("<span class=\"badge {}\">{} {}</span>", probe.isReached ? "pass" : "fail",
                                   probe.isReached ? "✓" : "✗", escaped(probe.outcome)),
                       way, probe.roundTrip ? peerscape::toString(*probe.roundTrip) : "–"});
    }
    if (!probes.isEmpty()) probes.write(out);
}

void writeAlarms(const Step& step, std::ostream& out) {
    HtmlTable table(
        fmt::format("Step {}: watched prefixes from origins that may not announce them", step.number),
        {{"Announced", "", false},
         {"Origin", "", false},
         {"Began at", "lab time", true},
         {"Ended at", "lab time", true},
         {"Believed by", "in this order", false}});
    for (const Alarm& alarm : step.alarms) {
        std::string prefix = escaped(alarm.prefix);
        if (alarm.prefix != alarm.watched)
            prefix += fmt::format(" <span class=\"sub\">part of {}</span>", escaped(alarm.watched));
        std::string routers;
        for (const std::string& name : alarm.routers)
            routers += (routers.empty() ? "" : ", ") + escaped(name);
        table.addRow({prefix, fmt::format("<span class=\"badge fail\">! {}</span>", escaped(alarm.origin)),
                      peerscape::toString(alarm.begin), alarm.end ? peerscape::toString(*alarm.end) : "–",
                      routers});
    }
    if (table.isEmpty()) return;
    out << "<h4>Alarms of the origin watch</h4>\n";
    table.write(out);
}

void writeExpectations(const Step& step, std::ostream& out) {
    HtmlTable table(fmt::format("Step {}: expectations", step.number),
                    {{"Claim", "", false}, {"Verdict", "", false}, {"Actual", "", false}});
    for (const Expectation& e : step.expectations)
        table.addRow({claimOf(e, true), badgeOf(e.verdict), actualOf(e)});
    if (!table.isEmpty()) table.write(out);
}

std::string leadOf(const Step& step) {
    std::string text = fmt::format("Began at {}", peerscape::toString(step.begin));
    if (!step.actionFailure.empty())
        return text + fmt::format(". <strong>An action could not be carried out:</strong> {}.",
                                  escaped(step.actionFailure));
    if (!step.isConverged) {
        text += fmt::format(" and had <strong>not converged</strong> when it ended at {}",
                            peerscape::toString(step.end));
        if (!step.unsettled.empty()) text += "; " + escaped(step.unsettled);
    } else if (step.routeChanges == 0) {
        text += "; no route changed";
    } else {
        text +=
            fmt::format(" and converged <strong>{}</strong> later{}", peerscape::toString(step.convergence),
                        step.isLate ? ", which is <strong>too late</strong> for this step" : "");
    }
    if (!step.brokenQuiet.empty())
        text += fmt::format(". <strong>It was not over:</strong> {}", escaped(step.brokenQuiet));
    if (step.routeChanges > 0) {
        text += fmt::format(". {} on {}", counted(step.routeChanges, "route change", "route changes"),
                            counted(step.routers.size(), "node", "nodes"));
    }
    return text + ".";
}

}  // namespace

std::string badgeOf(Verdict verdict) {
    const auto badge = [](std::string_view classes, std::string_view text) {
        return fmt::format("<span class=\"badge {}\">{}</span>", classes, text);
    };
    switch (verdict) {
        case Verdict::Pass:
            return badge("pass", "✓ met");
        case Verdict::Fail:
            return badge("fail", "✗ not met");
        case Verdict::Warning:
            return badge("warning", "! warning");
        case Verdict::Inconclusive:
            return badge("inconclusive", "? inconclusive");
        case Verdict::Skipped:
            return badge("skipped", "– skipped");
    }
    return {};
}

std::string convergenceOf(const Step& step) {
    if (!step.actionFailure.empty()) return "<span class=\"badge fail\">✗ not carried out</span>";
    if (!step.isConverged) return "<span class=\"badge inconclusive\">? not converged</span>";
    std::string text = fmt::format("<span class=\"nowrap\">{}</span>", peerscape::toString(step.convergence));
    if (step.isLate) text += " <span class=\"badge fail\">✗ too late</span>";
    return text;
}

bool hasOpenExpectations(const ReportData& data) {
    return std::any_of(data.steps.begin(), data.steps.end(), [](const Step& step) {
        return std::any_of(step.expectations.begin(), step.expectations.end(), isOpen);
    });
}

void writeFailures(const ReportData& data, std::ostream& out) {
    HtmlTable table("Expectations that were not met, in the order of the run", {{"Step", "", false},
                                                                                {"Claim", "", false},
                                                                                {"Verdict", "", false},
                                                                                {"Expected", "", false},
                                                                                {"Actual", "", false}});
    for (const Step& step : data.steps) {
        for (const Expectation& e : step.expectations) {
            if (!isOpen(e)) continue;
            table.addRow({fmt::format("<a href=\"#step-{0}\">{0}</a> {1}", step.number, escaped(step.name)),
                          claimOf(e, false), badgeOf(e.verdict), escaped(e.expected), actualOf(e)});
        }
    }
    if (table.isEmpty()) return;
    out << "<section aria-labelledby=\"failures\">\n<h2 id=\"failures\">Expectations not met</h2>\n";
    table.write(out);
    out << "</section>\n";
}

void writeStepTable(const ReportData& data, std::ostream& out) {
    HtmlTable table("All steps, and what came of them",
                    {{"Step", "", false},
                     {"Began at", "lab time", true},
                     {"Converged after", "from the step's beginning", true},
                     {"Route changes", "changes", true},
                     {"Messages sent", "packets", true},
                     {"Volume", "bytes", true},
                     {"Lost", "packets", true},
                     {"Expectations", "", false}});
    for (const Step& step : data.steps) {
        table.addRow({fmt::format("<a href=\"#step-{0}\">{0}</a> {1}", step.number, escaped(step.name)),
                      peerscape::toString(step.begin), convergenceOf(step), grouped(step.routeChanges),
                      trafficOf(step), grouped(step.bytes()), grouped(step.lost()), verdictOf(step)});
    }
    table.write(out);
}

void writeStep(const Step& step, const Drawing& drawing, std::ostream& out) {
    out << fmt::format(
        "<section class=\"step\" aria-labelledby=\"step-{0}\">\n<div class=\"step-head\">"
        "<h3 id=\"step-{0}\">Step {0}: {1}</h3>{2}</div>\n<p class=\"lead\">{3}</p>\n",
        step.number, escaped(step.name),
        step.hasFailed ? "<span class=\"badge fail\">✗ failed</span>"
                       : "<span class=\"badge pass\">✓ passed</span>",
        leadOf(step));
    out << htmlOfMarkdown(step.about, 4);
    writeActions(step, out);
    writeTimeline(step, drawing, out);
    writeCycle(step, out);
    writeAlarms(step, out);
    if (!step.expectations.empty() || !step.probes.empty()) out << "<h4>What came of it</h4>\n";
    writeExpectations(step, out);
    writeProbes(step, out);
    if (!step.traffic.empty() || !step.drops.empty() || !step.flows.empty()) out << "<h4>Packets</h4>\n";
    writeTraffic(step, out);
    out << "</section>\n";
}

}  // namespace peerscape::report
