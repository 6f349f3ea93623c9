#include "scenarios/report/junit_report.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenarios/report/markup.hpp"

namespace peerscape::report {

namespace {

/// One test case, and how it ended.
struct Case {
    std::string name;
    std::string time;
    std::string element;  ///< failure, error, skipped; empty: passed
    std::string type;
    std::string message;
    std::string text;  ///< when the case passed, for the suite's system-out
};

/// Milliseconds are what CI servers take.
std::string junitSeconds(Duration duration) { return fmt::format("{:.3f}", duration.inSeconds()); }

std::string nameOf(const Expectation& e) {
    std::string name = e.claim.empty() ? e.expected : e.claim;
    // Parsers take a line; tools show it in a table.
    std::replace(name.begin(), name.end(), '\n', ' ');
    return name;
}

std::string textOf(const Expectation& e) {
    std::string text = fmt::format("expected: {}\nactual:   {}\n", e.expected, e.actual);
    if (e.firstWrongAt) text += fmt::format("first wrong at {}\n", peerscape::toString(*e.firstWrongAt));
    if (!e.place.empty()) text += fmt::format("claimed in {}\n", e.place);
    return text;
}

Case caseOf(const Step& step, const Expectation& e) {
    Case c;
    c.name = nameOf(e);
    c.time = junitSeconds(e.firstWrongAt.value_or(step.end) - step.begin);
    c.message = fmt::format("expected: {}; actual: {}", e.expected, e.actual);
    c.text = textOf(e);
    switch (e.verdict) {
        case Verdict::Pass:
            c.text.clear();
            break;
        case Verdict::Fail:
            c.element = "failure";
            c.type = e.kind;
            break;
        case Verdict::Inconclusive:
            c.element = "failure";
            c.type = "inconclusive";
            break;
        case Verdict::Skipped:
            c.element = "skipped";
            break;
        case Verdict::Warning:
            c.text = "warning\n" + c.text;
            break;
    }
    return c;
}

std::string restlessness(const Step& step) {
    if (!step.brokenQuiet.empty()) return step.brokenQuiet;
    if (step.isConverged) return "the step converged too late";
    std::string text = fmt::format("not converged at {}", peerscape::toString(step.end));
    if (!step.unsettled.empty()) text += "; " + step.unsettled;
    return text;
}

std::vector<Case> casesOf(const Step& step) {
    std::vector<Case> cases;
    for (const Expectation& e : step.expectations)
        cases.push_back(caseOf(step, e));
    const bool isFailureShown =
        std::any_of(cases.begin(), cases.end(), [](const Case& c) { return c.element == "failure"; });
    if (!step.actionFailure.empty()) {
        cases.push_back({"the actions of the step", junitSeconds(step.end - step.begin), "error", "action",
                         step.actionFailure, step.actionFailure + "\n"});
    } else if (step.hasFailed && !isFailureShown) {
        // Nobody claimed it in the lab file, and yet it fails the run.
        const std::string message = restlessness(step);
        cases.push_back({"the step converges in its time", junitSeconds(step.end - step.begin), "failure",
                         "converged", message, message + "\n"});
    }
    return cases;
}

struct Counts {
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;

    void add(const std::vector<Case>& cases) {
        const auto with = [&](std::string_view element) {
            return static_cast<std::size_t>(std::count_if(
                cases.begin(), cases.end(), [&](const Case& c) { return c.element == element; }));
        };
        tests += cases.size();
        failures += with("failure");
        errors += with("error");
        skipped += with("skipped");
    }
    std::string attributes() const {
        return fmt::format(R"(tests="{}" failures="{}" errors="{}" skipped="{}")", tests, failures, errors,
                           skipped);
    }
};

/// Dots part packages from classes; a title may hold some that mean nothing.
std::string packageName(std::string text) {
    std::replace(text.begin(), text.end(), '.', '_');
    return text;
}

void write(std::ostream& out, const Case& c, const std::string& className) {
    out << fmt::format(R"(    <testcase classname="{}" name="{}" time="{}")", className,
                       escapedAttribute(c.name), c.time);
    if (c.element.empty()) {
        out << "/>\n";
        return;
    }
    out << ">\n";
    if (c.element == "skipped") {
        out << fmt::format("      <skipped message=\"{}\"/>\n", escapedAttribute(c.message));
    } else {
        out << fmt::format("      <{0} message=\"{1}\" type=\"{2}\">{3}</{0}>\n", c.element,
                           escapedAttribute(c.message), escapedAttribute(c.type), escaped(c.text));
    }
    out << "    </testcase>\n";
}

/// Lab time as a date, as if the lab had begun with the Unix epoch: the same run gives the same file.
std::string dateOf(SimTime time) {
    constexpr std::int64_t kNanoseconds = 1'000'000'000;
    const std::chrono::sys_seconds date{std::chrono::seconds(time.count() / kNanoseconds)};
    const auto day = std::chrono::floor<std::chrono::days>(date);
    const std::chrono::year_month_day calendar(day);
    const std::chrono::hh_mm_ss clock(date - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(calendar.year()),
                       static_cast<unsigned>(calendar.month()), static_cast<unsigned>(calendar.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

void writeProperties(const ReportData& data, std::ostream& out) {
    const auto property = [&](std::string_view name, const std::string& value) {
        out << fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name, escapedAttribute(value));
    };
    out << "    <properties>\n";
    property("program", data.program);
    property("seed", fmt::format("{}", data.seed));
    property("fingerprint", fmt::format("{:016x}", data.fingerprint));
    out << "    </properties>\n";
}

void write(std::ostream& out, const ReportData& data, std::size_t index) {
    const Step& step = data.steps[index];
    const std::vector<Case> cases = casesOf(step);
    const std::string name = fmt::format("{} {}", step.number, step.name);
    Counts counts;
    counts.add(cases);
    out << fmt::format(
               R"(  <testsuite id="{}" package="{}" name="{}" timestamp="{}" hostname="localhost" {})", index,
               escapedAttribute(packageName(data.title)), escapedAttribute(name), dateOf(step.begin),
               counts.attributes())
        << fmt::format(" time=\"{}\">\n", junitSeconds(step.end - step.begin));
    writeProperties(data, out);
    const std::string className = escapedAttribute(packageName(data.title) + "." + packageName(name));
    std::string remarks;
    for (const Case& c : cases) {
        write(out, c, className);
        if (c.element.empty()) remarks += c.text;
    }
    out << fmt::format("    <system-out>{}</system-out>\n    <system-err></system-err>\n", escaped(remarks));
    out << "  </testsuite>\n";
}

}  // namespace

void writeJUnit(const ReportData& data, std::ostream& out) {
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
    for (std::size_t i = 0; i < data.steps.size(); ++i)
        write(out, data, i);
    out << "</testsuites>\n";
}

}  // namespace peerscape::report
