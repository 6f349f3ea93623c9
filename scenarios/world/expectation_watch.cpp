#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "scenarios/world/expectations.hpp"

namespace peerscape {

namespace {

using Kind = ExpectationTime::Kind;

Kind kindOf(const Expectation& expectation) {
    return expectation.at ? expectation.at->kind : Kind::Converged;
}

/// A sentence of the author's replaces ours as the headline; ours still says what was found.
std::string withHint(const Expectation& expectation, std::string actual) {
    if (!expectation.fail.empty()) actual = expectation.fail + " (" + actual + ")";
    if (!expectation.hint.empty()) actual += "; hint: " + expectation.hint;
    return actual;
}

}  // namespace

ExpectationWatch::ExpectationWatch(const LabWorld& world, const StepEntry& step, StepSoFar soFar)
    : world_(world), soFar_(std::move(soFar)) {
    for (const Expectation& expectation : step.expectations)
        watched_.push_back({&expectation, {}, {}, {}});
}

bool ExpectationWatch::watchesEveryInstant() const {
    return std::any_of(watched_.begin(), watched_.end(), [](const Watched& w) {
        const Kind kind = kindOf(*w.expectation);
        return kind == Kind::Always || kind == Kind::Eventually;
    });
}

std::vector<SimTime> ExpectationWatch::instants() const {
    std::vector<SimTime> result;
    for (const Watched& w : watched_) {
        const Kind kind = kindOf(*w.expectation);
        if (kind == Kind::After) result.push_back(soFar_.begin + w.expectation->at->after);
        // The last chance: what is claimed need not show in a route.
        if (kind == Kind::Eventually && w.expectation->within)
            result.push_back(soFar_.begin + *w.expectation->within);
    }
    std::sort(result.begin(), result.end());
    return result;
}

void ExpectationWatch::look() {
    const SimTime now = world_.lab().now();
    for (Watched& w : watched_) {
        if (w.decided) continue;
        const Kind kind = kindOf(*w.expectation);
        const bool isDue = kind == Kind::Always || kind == Kind::Eventually ||
                           (kind == Kind::After && now >= soFar_.begin + w.expectation->at->after);
        const bool isTooLate = w.expectation->within && now > soFar_.begin + *w.expectation->within;
        if (!isDue || (isTooLate && kind == Kind::Eventually)) continue;
        Finding finding = judge(world_, *w.expectation, soFar_);
        const bool decides = kind == Kind::After || (kind == Kind::Always && !finding.holds) ||
                             (kind == Kind::Eventually && finding.holds);
        w.latest = finding;
        if (decides) {
            w.decided = std::move(finding);
            w.decidedAt = now;
        }
    }
}

std::vector<ExpectationResult> ExpectationWatch::conclude(const Convergence& convergence,
                                                          const Oscillation* oscillation) {
    soFar_.convergence = convergence;
    soFar_.oscillation = oscillation;
    look();
    std::vector<ExpectationResult> results;
    for (Watched& w : watched_)
        results.push_back(conclude(w, convergence));
    return results;
}

ExpectationResult ExpectationWatch::conclude(Watched& w, const Convergence& convergence) {
    const Expectation& expectation = *w.expectation;
    const Kind kind = kindOf(expectation);
    Finding finding = w.decided ? *w.decided : w.latest ? *w.latest : judge(world_, expectation, soFar_);
    ExpectationResult result{&expectation, Verdict::Skipped, finding.expected, finding.actual, {}};
    const bool speaksOfConvergence = std::holds_alternative<lab_expect::Converged>(expectation.what) ||
                                     std::holds_alternative<lab_expect::Oscillates>(expectation.what);
    if (kind == Kind::Converged && !convergence.isConverged && !speaksOfConvergence) {
        result.verdict = Verdict::Inconclusive;
        result.actual = fmt::format("the lab had not converged at {}", toString(world_.lab().now()));
        return result;
    }
    if (kind == Kind::After && !w.decided) {
        result.verdict = Verdict::Inconclusive;
        result.actual =
            fmt::format("the step ended at {}, before it was time to look", toString(world_.lab().now()));
        return result;
    }
    bool holds = finding.holds;
    // `within` of a claim about the converged lab: it must have become so in time.
    if (holds && kind == Kind::Converged && expectation.within && !speaksOfConvergence &&
        convergence.lastChange > soFar_.begin + *expectation.within) {
        holds = false;
        result.actual = fmt::format("true, but the last change came {} after the step began",
                                    toString(convergence.lastChange - soFar_.begin));
    }
    if (holds) {
        result.verdict = Verdict::Pass;
        return result;
    }
    result.verdict = expectation.level == ExpectationLevel::Warning ? Verdict::Warning : Verdict::Fail;
    result.actual = withHint(expectation, std::move(result.actual));
    result.firstWrongAt = w.decidedAt ? w.decidedAt : std::optional(world_.lab().now());
    return result;
}

}  // namespace peerscape
