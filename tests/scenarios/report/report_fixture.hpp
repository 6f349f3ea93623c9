#pragma once

#include <string>

#include "scenarios/report/report_data.hpp"

namespace peerscape::report {

/// How often a word stands in a text.
inline std::size_t countOf(const std::string& text, std::string_view word) {
    std::size_t count = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        ++count;
    return count;
}

inline SimTime sec(std::int64_t seconds) { return SimTime::after(Duration::seconds(seconds)); }

/// A name that breaks out of everything that forgets to escape it.
inline const std::string kHostile = "<script>alert('1')</script>\"&]]>";

inline Expectation claim(Verdict verdict, const std::string& expected, const std::string& actual) {
    Expectation e;
    e.kind = "reaches";
    e.verdict = verdict;
    e.expected = expected;
    e.actual = actual;
    e.place = "lab.yaml:12:9";
    return e;
}

inline Drawing twoRouters() {
    Drawing drawing;
    drawing.nodes = {{"A", NodeKind::Router, {}, {}, {}}, {kHostile, NodeKind::Router, {}, {}, {}}};
    DrawnLink link;
    link.name = "ab";
    link.ends = {{0, "eth0", {"10.0.0.1/30"}}, {1, "eth0", {"10.0.0.2/30"}}};
    link.delay = Duration::milliseconds(2);
    drawing.links = {link};
    return drawing;
}

/// A step of 10 s in which A changed one route after 2 s.
inline Step calmStep() {
    Step step;
    step.name = "start";
    step.end = sec(10);
    step.isConverged = true;
    step.convergence = Duration::seconds(2);
    step.lastChange = sec(2);
    step.routeChanges = 1;
    step.traffic = {{"rip", 7, 364}};
    step.routers = {{0, 1, sec(2), sec(2)}};
    step.changes.emplace(SimTime::start(), Duration::microseconds(10), 200);
    step.changes->add(sec(2), 0);
    step.expectations = {claim(Verdict::Pass, "A reaches B", "reached")};
    return step;
}

/// The step after it, in which a claim of each verdict is made.
inline Step failedStep() {
    Step step;
    step.number = 1;
    step.name = "cut " + kHostile;
    step.begin = sec(10);
    step.end = sec(30);
    step.hasFailed = true;
    step.unsettled = "rip on A still expects changes";
    step.expectations = {claim(Verdict::Fail, "A reaches " + kHostile, "no route\nat all"),
                         claim(Verdict::Inconclusive, "B rests", "not known"),
                         claim(Verdict::Warning, "few losses", "12 lost"),
                         claim(Verdict::Skipped, "a session", "cannot be judged"),
                         claim(Verdict::Pass, "no loops", "none")};
    step.expectations[0].firstWrongAt = sec(13);
    step.expectations[4].claim = "Nothing goes round";
    step.drops = {{"no route", 5}, {"TTL expired", 2}};
    step.flows = {{"f1", 20, 12, 7, 2, 1, Duration::milliseconds(4)}};
    step.probes = {{"A", "10.3.0.1", false, "no-route", {"A"}, {}}};
    step.actions = {{sec(10), "fail " + kHostile}};
    step.furtherActions = 3;
    return step;
}

inline ReportData sampleReport() {
    ReportData data;
    data.program = "Peerscape 0.0.0";
    data.title = "Lab. " + kHostile;
    data.about = "A *lab*.";
    data.seed = 7;
    data.fingerprint = 0xabc;
    data.end = sec(30);
    data.hasFailed = true;
    data.records = 1'234;
    data.drawing = twoRouters();
    data.steps = {calmStep(), failedStep()};
    data.protocols = {{"rip", 4}};
    data.messages.add(sec(1), 4, 7);
    data.loops = {{"10.3.0.0/16", {"A", kHostile}, sec(12), sec(14), 3}};
    data.blackHoles = {{"10.4.0.0/16", "A", "no route", sec(20), {}, 9}};
    data.reachability = {{SimTime::start(), 0, 2}, {sec(2), 2, 2}, {sec(20), 1, 2}};
    return data;
}

}  // namespace peerscape::report
