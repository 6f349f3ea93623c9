#include "scenarios/report/html_report.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenarios/report/charts.hpp"
#include "scenarios/report/html_figure.hpp"
#include "scenarios/report/html_steps.hpp"
#include "scenarios/report/html_style.hpp"
#include "scenarios/report/html_table.hpp"
#include "scenarios/report/markdown.hpp"
#include "scenarios/report/markup.hpp"
#include "scenarios/report/topology_svg.hpp"

namespace peerscape::report {

namespace {

constexpr std::string_view kRestless = "A step did not converge in time, or could not be carried out.";

std::string verdictText(const ReportData& data) {
    const std::size_t all = data.expectations();
    const std::size_t met = data.count(Verdict::Pass);
    std::string text;
    if (all == 0) {
        text = data.hasFailed ? std::string(kRestless) : "Everything converged. The lab claims nothing.";
    } else if (met == all) {
        text = all == 1 ? "The expectation is met." : fmt::format("All {} expectations are met.", all);
        if (data.hasFailed) text += fmt::format(" But: {}", kRestless);
    } else {
        text = fmt::format("{} of {} met", met, counted(all, "expectation", "expectations"));
        const auto add = [&](Verdict verdict, std::string_view word) {
            if (const std::size_t n = data.count(verdict); n > 0) text += fmt::format(", {} {}", n, word);
        };
        add(Verdict::Fail, "not met");
        add(Verdict::Warning, "not met but only a warning");
        add(Verdict::Inconclusive, "inconclusive");
        add(Verdict::Skipped, "skipped");
        text += ".";
    }
    return text;
}

void writeHead(const ReportData& data, std::ostream& out) {
    out << fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{3}'; "
        "img-src data:; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"generator\" content=\"{0}\">\n<title>{1} – convergence report</title>\n"
        "<link rel=\"icon\" href=\"data:,\">\n<style>{2}</style>\n</head>\n<body>\n",
        escaped(data.program), escaped(data.title), kStyle, hashOfStyle());
}

void writeContents(const ReportData& data, std::ostream& out) {
    out << "<nav aria-label=\"Contents\"><ul>\n";
    const auto entry = [&](std::string_view id, std::string_view title, bool isThere = true) {
        if (isThere) out << fmt::format("<li><a href=\"#{}\">{}</a></li>\n", id, title);
    };
    entry("failures", "Expectations not met", hasOpenExpectations(data));
    entry("about", "About this lab", !data.about.empty());
    entry("topology-heading", "Topology");
    entry("steps", "Steps");
    entry("over-time", "Over time", !data.protocols.empty() || !data.reachability.empty());
    entry("forwarding", "Loops and black holes", !data.reachability.empty());
    entry("each-step", "Step by step");
    out << "</ul></nav>\n";
}

void writeHeader(const ReportData& data, std::ostream& out) {
    out << fmt::format(
        "<header>\n<p class=\"kicker\">Convergence report</p>\n<h1>{}</h1>\n"
        "<p class=\"verdict {}\"><span class=\"sign\" aria-hidden=\"true\">{}</span><span>{} {}</span></p>\n"
        "<dl class=\"facts\">\n",
        escaped(data.title), data.hasFailed ? "failed" : "passed", data.hasFailed ? "✗" : "✓",
        data.hasFailed ? "Failed." : "Passed.", verdictText(data));
    const auto fact = [&](std::string_view name, const std::string& value) {
        out << fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
    };
    fact("Lab time simulated", peerscape::toString(data.end.sinceStart()));
    fact("Network", counted(data.drawing.nodes.size(), "node", "nodes") + ", " +
                        counted(data.drawing.links.size(), "link", "links"));
    fact("Steps", grouped(data.steps.size()));
    fact("Events recorded", grouped(data.records));
    fact("Seed", fmt::format("{}", data.seed));
    fact("Fingerprint", fmt::format("<span class=\"mono\">{:016x}</span>", data.fingerprint));
    out << "</dl>\n";
    writeContents(data, out);
    out << "</header>\n";
}

std::string legendOf(const Drawing& drawing) {
    std::string text = "The network at the end of the run. ";
    const auto is = [](NodeKind kind) { return [kind](const DrawnNode& n) { return n.kind == kind; }; };
    const auto has = [&](const auto& things, const auto& what) {
        return std::any_of(things.begin(), things.end(), what);
    };
    if (has(drawing.nodes, is(NodeKind::Router))) text += "Filled, with round ends: routers. ";
    if (has(drawing.nodes, is(NodeKind::Host))) text += "Framed, on a bar: hosts. ";
    if (has(drawing.links, [](const DrawnLink& l) { return l.ends.size() == 1; }))
        text += "A short line that ends in a bar: a network behind one router. ";
    if (has(drawing.links, [](const DrawnLink& l) { return !l.isUp; }))
        text += "Dashed, with a cross: down. ";
    if (isDetailed(drawing))
        return text + "Under the name of a link: bandwidth, where it is limited, and one-way delay.";
    return text + "report.json lists names, addresses and properties of all links.";
}

void writeTopology(const ReportData& data, std::ostream& out) {
    out << "<section class=\"keep\" aria-labelledby=\"topology-heading\">\n"
           "<h2 id=\"topology-heading\">Topology</h2>\n";
    if (data.drawing.nodes.size() > kMostDrawnNodes) {
        out << fmt::format(
            "<p class=\"note\">A drawing of {} would show nothing; report.json lists them.</p>\n",
            counted(data.drawing.nodes.size(), "node", "nodes"));
    } else {
        writeFigure(out, "Drawing of the topology", topologySvg(data.drawing), legendOf(data.drawing));
    }
    out << "</section>\n";
}

void writeRunChart(const ReportData& data, std::ostream& out) {
    if (data.protocols.empty() && data.reachability.empty()) return;
    std::string caption =
        "Numbers in circles, and dashed lines: the steps begin. Messages are packets that routing protocols "
        "put on a link. Converging: from the beginning of a step to the last change of a route.";
    if (!data.reachability.empty()) {
        caption +=
            " A pair counts as reachable when a packet from the node would arrive in the network, whichever "
            "of several equal ways it took. That is read off the forwarding tables; a cable that fails "
            "silently is not seen there.";
    }
    out << "<section class=\"keep\" aria-labelledby=\"over-time\">\n<h2 id=\"over-time\">Over time</h2>\n";
    writeFigure(out, "Messages and reachability over time", runChartSvg(data), caption);
    out << "</section>\n";
}

std::string whenOf(SimTime begin, std::optional<SimTime> end, SimTime endOfRun) {
    const std::string lasted = peerscape::toString(end.value_or(endOfRun) - begin);
    return end ? lasted : lasted + " <span class=\"sub\">until the end of the run</span>";
}

/// The worst of many: those that took most packets, and of these the longest; in the order of time.
template <typename Episode>
std::vector<const Episode*> worstOf(const std::vector<Episode>& episodes, SimTime endOfRun) {
    constexpr std::size_t kMostRows = 30;
    std::vector<const Episode*> worst;
    for (const Episode& e : episodes)
        worst.push_back(&e);
    if (worst.size() <= kMostRows) return worst;
    const auto badness = [&](const Episode* e) {
        return std::pair(e->packetsLost, e->end.value_or(endOfRun) - e->begin);
    };
    std::stable_sort(worst.begin(), worst.end(),
                     [&](const Episode* a, const Episode* b) { return badness(a) > badness(b); });
    worst.resize(kMostRows);
    std::sort(worst.begin(), worst.end());
    return worst;
}

HtmlTable tableOf(const std::vector<const Loop*>& loops, SimTime endOfRun) {
    HtmlTable table("Forwarding loops", {{"Destination", "", false},
                                         {"Packets went round", "", false},
                                         {"Began at", "lab time", true},
                                         {"Lasted", "", true},
                                         {"Lost", "packets", true}});
    for (const Loop* loop : loops) {
        std::string way;
        for (const std::string& router : loop->routers)
            way += escaped(router) + " → ";
        if (!loop->routers.empty()) way += escaped(loop->routers.front());
        table.addRow({escaped(loop->destination), way, peerscape::toString(loop->begin),
                      whenOf(loop->begin, loop->end, endOfRun), grouped(loop->packetsLost)});
    }
    return table;
}

HtmlTable tableOf(const std::vector<const BlackHole*>& holes, SimTime endOfRun) {
    HtmlTable table("Black holes: routers that could not pass on what they were sent",
                    {{"Destination", "", false},
                     {"At router", "", false},
                     {"Reason", "", false},
                     {"Began at", "lab time", true},
                     {"Lasted", "", true},
                     {"Lost", "packets", true}});
    for (const BlackHole* hole : holes) {
        table.addRow({escaped(hole->destination), escaped(hole->router), escaped(hole->reason),
                      peerscape::toString(hole->begin), whenOf(hole->begin, hole->end, endOfRun),
                      grouped(hole->packetsLost)});
    }
    return table;
}

template <typename Episode>
void writeEpisodes(const std::vector<Episode>& episodes, std::uint64_t further, SimTime endOfRun,
                   std::ostream& out) {
    if (episodes.empty()) return;
    const auto shown = worstOf(episodes, endOfRun);
    tableOf(shown, endOfRun).write(out);
    if (shown.size() == episodes.size() && further == 0) return;
    out << fmt::format(
        "<p class=\"note\">These are the worst {} of {}: those that lost most packets, then the longest. "
        "report.json lists {}.</p>\n",
        shown.size(), grouped(episodes.size() + further),
        further == 0 ? "all" : "the first " + grouped(episodes.size()));
}

void writeForwarding(const ReportData& data, std::ostream& out) {
    if (data.reachability.empty()) return;
    out << "<section aria-labelledby=\"forwarding\">\n<h2 id=\"forwarding\">Loops and black holes</h2>\n";
    if (data.loops.empty() && data.blackHoles.empty()) {
        out << "<p>There was no forwarding loop and no black hole at any instant of the run. A sender that "
               "has no "
               "route of its own is no black hole: what it loses is counted under each step.</p>\n";
    } else {
        out << "<p class=\"note\">Read off the forwarding tables of all nodes at every instant, whether a "
               "packet went there or not; <em>lost</em> counts those that did.</p>\n";
    }
    writeEpisodes(data.loops, data.furtherLoops, data.end, out);
    writeEpisodes(data.blackHoles, data.furtherBlackHoles, data.end, out);
    out << "</section>\n";
}

}  // namespace

void writeHtml(const ReportData& data, std::ostream& out) {
    writeHead(data, out);
    writeHeader(data, out);
    out << "<main>\n";
    writeFailures(data, out);
    if (!data.about.empty()) {
        out << "<section aria-labelledby=\"about\">\n<h2 id=\"about\">About this lab</h2>\n"
            << htmlOfMarkdown(data.about, 3) << "</section>\n";
    }
    writeTopology(data, out);
    out << "<section aria-labelledby=\"steps\">\n<h2 id=\"steps\">Steps</h2>\n";
    writeStepTable(data, out);
    out << "</section>\n";
    writeRunChart(data, out);
    writeForwarding(data, out);
    out << "<section aria-labelledby=\"each-step\">\n<h2 id=\"each-step\">Step by step</h2>\n";
    for (const Step& step : data.steps)
        writeStep(step, data.drawing, out);
    out << "</section>\n</main>\n";
    out << fmt::format(
        "<footer><div>Made by {}. Times are lab time: seconds since the lab was switched on. The same "
        "lab and seed give the same figures again, on every machine; the fingerprint says whether "
        "two runs were equal. Beside this page: <span class=\"mono\">report.json</span> for programs, "
        "<span class=\"mono\">junit.xml</span> for CI, <span class=\"mono\">events.csv</span> with every "
        "event.</div></footer>\n"
        "</body>\n</html>\n",
        escaped(data.program));
}

}  // namespace peerscape::report
