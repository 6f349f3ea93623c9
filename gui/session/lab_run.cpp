#include "gui/session/lab_run.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "gui/model/refusal.hpp"
#include "gui/session/event_writer.hpp"
#include "gui/session/reach.hpp"
#include "gui/session/view_layers.hpp"
#include "gui/session/views.hpp"
#include "scenarios/format/intents.hpp"
#include "scenarios/world/run_report.hpp"

namespace peerscape::gui {

namespace {

/// Going back needs the whole log.
RunLimits keepEverything() {
    RunLimits limits;
    limits.mostKept = std::numeric_limits<std::size_t>::max() / 4;
    return limits;
}

/// Asking for every event would cost more than many events do.
constexpr int kEventsPerQuestion = 256;

std::string convergedText(SimTime time) {
    return QCoreApplication::translate("LabRun", "converged at %1")
        .arg(QString::fromStdString(toString(time)))
        .toStdString();
}

}  // namespace

LabRun::LabRun(std::unique_ptr<LabWorld> world)
    : world_(std::move(world)),
      branches_(*world_, keepEverything()),
      segmentsAtStart_(world_->simulation().topology().segments().size()) {
    follow();
}

LabRun::Loaded LabRun::load(const LabFile& lab) {
    Loaded loaded;
    LabOutcome expanded = expandLab(lab);
    loaded.diagnostics = std::move(expanded.diagnostics);
    if (!expanded.lab) return loaded;
    DiagnosticList problems;
    WorldOptions options;
    options.canSeek = true;
    auto world = std::make_unique<LabWorld>(std::move(*expanded.lab), options, problems);
    const bool isUsable = !problems.hasErrors();
    for (Diagnostic& d : problems.take())
        loaded.diagnostics.push_back(std::move(d));
    if (isUsable) loaded.run.reset(new LabRun(std::move(world)));
    return loaded;
}

void LabRun::follow() {
    const RecordLog& log = std::as_const(*world_).lab().log();
    History& seen = history();
    if (log.count() <= seen.nextRecord) return;
    const Topology& topology = world_->simulation().topology();
    for (std::size_t i = log.positionOf(RecordId(seen.nextRecord)); i < log.kept().size(); ++i) {
        auto row = eventRowOf(log.kept()[i], topology);
        if (!row) continue;
        const bool isMark = row->kind == EventRow::Kind::Action && row->time > SimTime::start();
        if (isMark) seen.marks.push_back({row->time, TimeMark::Kind::Action, row->text});
        seen.rows.append(std::move(*row));
    }
    seen.nextRecord = log.count();
    branches_.noteProgress();
}

Result<void> LabRun::seek(SimTime time, const KeepOn& keepOn) {
    follow();
    if (time < now()) return lab().seek(std::max(time, SimTime::start()));
    int events = 0;
    while (world_->simulation().nextEventTime() <= time) {
        lab().step();
        if (keepOn && ++events % kEventsPerQuestion == 0 && !keepOn()) {
            // An instant is gone through to its end: only there can one come back to.
            lab().runUntil(now());
            follow();
            return {};
        }
    }
    lab().runUntil(time);
    follow();
    branches_.noteProgress();
    return {};
}

bool LabRun::runUntil(const std::function<bool()>& isReached, Duration limit, const KeepOn& keepOn) {
    const SimTime end = now() + limit;
    while (true) {
        const SimTime next = world_->simulation().nextEventTime();
        if (next.isNever() || next > end) return false;
        lab().runUntil(next);
        if (isReached()) return true;
        if (keepOn && !keepOn()) return true;
    }
}

bool LabRun::nextEvent(const KeepOn& keepOn) {
    follow();
    // What was seen before one went back happens again.
    const EventRows& rows = history().rows;
    const std::size_t begin = rows.countUpTo(now());
    const auto isReached = [&] {
        follow();
        return rows.countUpTo(now()) > begin;
    };
    return runUntil(isReached, Duration::hours(1), keepOn);
}

bool LabRun::nextChange(const KeepOn& keepOn) {
    const RecordLog& log = std::as_const(*world_).lab().log();
    const std::uint64_t before = log.routeChanges();
    const bool found = runUntil([&] { return log.routeChanges() != before; }, Duration::minutes(10), keepOn);
    follow();
    return found;
}

bool LabRun::converge(const KeepOn& keepOn) {
    RunHooks hooks;
    if (keepOn) hooks.onProgress = [&keepOn](SimTime) { return keepOn(); };
    const Convergence reached = lab().runUntilConverged(Duration::hours(1), hooks);
    follow();
    branches_.noteProgress();
    if (!reached.isConverged) return false;
    std::vector<TimeMark>& marks = history().marks;
    const auto isSame = [&](const TimeMark& mark) {
        return mark.kind == TimeMark::Kind::Converged && mark.time == reached.lastChange;
    };
    if (std::ranges::none_of(marks, isSame))
        marks.push_back({reached.lastChange, TimeMark::Kind::Converged, convergedText(reached.lastChange)});
    return true;
}

Result<std::optional<EventRow>> LabRun::runUntilEvent(const EventFilter& filter, Duration limit,
                                                      const Reviewer::Progress& progress) {
    follow();
    const EventRows& rows = history().rows;
    const SimTime begin = now();
    std::size_t next = rows.forgotten() + rows.countUpTo(begin);  // counted from the first that ever was
    std::optional<EventRow> found;
    const auto look = [&] {
        for (; !found && next < rows.forgotten() + rows.size(); ++next) {
            const EventRow& row = rows[next - rows.forgotten()];
            if (row.time <= begin + limit && matches(row, filter)) found = row;
        }
        return found.has_value();
    };
    const KeepOn keepOn = [&] {
        return !progress || progress((now() - begin).inSeconds() / std::max(limit.inSeconds(), 1e-9));
    };
    // What was seen before one went back happens again.
    if (look()) {
        if (Result<void> done = seek(found->time, keepOn); !done) return std::unexpected(done.error());
        return now() < found->time ? std::nullopt : found;
    }
    runUntil(
        [&] {
            follow();
            next = std::max(next, rows.forgotten());
            return look();
        },
        limit, keepOn);
    branches_.noteProgress();
    return found;
}

bool LabRun::goBackTo(const std::function<bool(const EventRow&)>& isMeant) {
    follow();
    if (now() == SimTime::start()) return false;
    const EventRows& rows = history().rows;
    for (std::size_t i = rows.countUpTo(now()); i-- > 0;) {
        if (isMeant(rows[i]) && rows[i].time < now()) return seek(rows[i].time).has_value();
    }
    return seek(SimTime::start()).has_value();
}

bool LabRun::previousEvent() {
    return goBackTo([](const EventRow&) { return true; });
}

bool LabRun::previousChange() {
    return goBackTo([](const EventRow& row) { return row.kind == EventRow::Kind::Route; });
}

SimTime LabRun::furthest() const {
    SimTime reached = now();
    for (const Branches::Span& span : branches_.spans()) {
        if (span.name == branches_.presentName()) reached = std::max(reached, span.furthest);
    }
    return reached;
}

std::optional<std::string> LabRun::beforeAction() {
    follow();
    ++actions_;
    const std::string before = branches_.presentName();
    auto begun = branches_.beforeAction();
    if (begun) histories_[*begun] = histories_[before];
    // What lay ahead does not happen on this timeline.
    History& seen = history();
    const std::uint64_t next = std::as_const(*world_).lab().log().count();
    seen.rows.cutFrom(next);
    seen.nextRecord = next;
    const SimTime here = now();
    std::erase_if(seen.marks, [&](const TimeMark& mark) { return mark.time > here; });
    std::erase_if(seen.expectations, [&](const ExpectationView& e) { return e.judgedAt > here; });
    std::erase_if(seen.steps, [&](const report::Step& step) { return step.end > here; });
    return begun;
}

void LabRun::forgetTimeline(const std::string& begun) {
    branches_.takeBack();
    histories_.erase(begun);
}

template <typename Outcome>
Outcome LabRun::act(const std::function<Outcome()>& action) {
    const auto begun = beforeAction();
    Outcome outcome = action();
    if (!outcome && begun) forgetTimeline(*begun);  // what was refused leaves none behind
    follow();
    branches_.noteProgress();
    return outcome;
}

Result<void> LabRun::nextStep(const KeepOn& keepOn) {
    if (branches_.stepsHere().isDone())
        return refusal(QT_TRANSLATE_NOOP("Refusal", "the lab file has no further step"));
    const auto newTimeline = beforeAction();
    branches_.rememberStep();
    const SimTime begun = now();
    const History seenBefore = history();
    const Lab::Bookmark before = lab().bookmark();
    const StepResult result = branches_.steps().runNext([&](SimTime) { return !keepOn || keepOn(); });
    if (result.isGivenUp) {
        lab().returnTo(before);
        branches_.forgetStep();
        history() = seenBefore;
        if (newTimeline) forgetTimeline(*newTimeline);
        return {};
    }
    follow();
    branches_.noteProgress();
    History& seen = history();
    seen.marks.push_back({begun, TimeMark::Kind::Step, result.name});
    if (result.convergence.isConverged)
        seen.marks.push_back({result.convergence.lastChange, TimeMark::Kind::Converged,
                              convergedText(result.convergence.lastChange)});
    for (ExpectationView& view : viewOf(result))
        seen.expectations.push_back(std::move(view));
    seen.steps.push_back(reportOf(*world_, result));
    if (result.actionFailure) return std::unexpected(*result.actionFailure);
    return {};
}

Result<void> LabRun::stepsUntilFailure(const KeepOn& keepOn) {
    const auto fails = [](const ExpectationView& view) {
        return view.verdict == ExpectationView::Verdict::Fail ||
               view.verdict == ExpectationView::Verdict::Inconclusive;
    };
    bool isGivenUp = false;
    const KeepOn goesOn = [&] { return !(isGivenUp = isGivenUp || (keepOn && !keepOn())); };
    do {
        const std::size_t before = history().expectations.size();
        if (const Result<void> done = nextStep(goesOn); !done) return done;
        const auto& seen = history().expectations;
        if (std::any_of(seen.begin() + static_cast<std::ptrdiff_t>(before), seen.end(), fails)) return {};
    } while (!branches_.steps().isDone() && goesOn());
    return {};
}

Result<void> LabRun::perform(const LabAction& action) {
    return act<Result<void>>([&] { return world_->perform(action, {}); });
}

Result<void> LabRun::configure(std::string_view node, const std::vector<std::string>& lines,
                               std::vector<std::string>& warnings) {
    const auto id = world_->nodeNamed(node);
    if (!id) return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no node '%1'"), node);
    return act<Result<void>>([&] { return world_->configure(*id, lines, warnings); });
}

Result<std::string> LabRun::command(std::string_view node, std::string_view line) {
    const auto id = world_->nodeNamed(node);
    if (!id) return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no node '%1'"), node);
    auto looked = world_->shell().run(world_->simulation(), *id, line);
    if (!looked) return std::unexpected(looked.error());
    if (looked->actions.empty()) return std::move(looked->text);
    return act<Result<std::string>>([&] { return world_->command(*id, line); });
}

std::vector<std::string> LabRun::complete(std::string_view line) const {
    std::vector<std::string> words;
    for (const Completion& completion : world_->shell().complete(line))
        words.push_back(completion.text);
    return words;
}

Result<void> LabRun::switchTimeline(std::string_view name) {
    follow();
    return branches_.switchTo(name);
}

SnapshotPtr LabRun::snapshot(const Watch& watch) {
    follow();
    const Lab& run = std::as_const(*world_).lab();
    auto shot = std::make_shared<Snapshot>();
    shot->title = world_->file().title;
    shot->now = run.now();
    shot->hasMore = !run.simulation().nextEventTime().isNever();
    shot->fingerprint = run.fingerprint();
    shot->eventsHandled = run.simulation().eventsHandled();
    shot->timeline = branches_.presentName();
    for (const Branches::Span& span : branches_.spans())
        shot->timelines.push_back({span.name, span.parent, span.begun, span.furthest});
    shot->furthest = furthest();
    if (!branches_.stepsHere().isDone()) shot->nextStep = branches_.stepsHere().nextName();
    shot->nodes = nodesOf(*world_);
    shot->alarms = alarmsOf(*world_);
    addAlarms(shot->alarms, shot->nodes);
    shot->links = linksOf(*world_, segmentsAtStart_);
    shot->sessions = sessionsOf(*world_);
    if (prefixesAt_ != shot->fingerprint) {
        prefixes_ = prefixesOf(*world_);
        prefixesAt_ = shot->fingerprint;
    }
    shot->prefixes = prefixes_;
    shot->prefix = watch.prefix;
    shot->arrows = arrowsFor(*world_, watch.prefix);
    markWaysForNothing(shot->arrows);
    if (watch.tellings) shot->tellings = tellingsFor(*world_, watch.prefix);
    if (watch.loads) shot->loads = loadsOf(*world_, run.log(), run.now());
    shot->tables = tablesOf(*world_, watch.node);
    const History& seen = history();
    shot->events = seen.rows;
    if (watch.reach) shot->reach = reachMatrixOf(*world_);
    if (watch.other) {
        shot->comparison = compare(*watch.other);
    } else {
        otherSide_.reset();
    }
    shot->marks = seen.marks;
    shot->expectations = seen.expectations;
    return shot;
}

}  // namespace peerscape::gui
