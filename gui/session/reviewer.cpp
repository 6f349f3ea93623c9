#include "gui/session/reviewer.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <QCoreApplication>

#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/world/run_report.hpp"
#include "scenarios/world/version.hpp"

namespace peerscape::gui {

namespace {

std::string reviewText(const char* text) {
    return QCoreApplication::translate("Reviewer", text).toStdString();
}

/// What of a step by hand is counted.
void fill(report::Step& step, const Tally& tally) {
    step.lastChange = tally.lastChange;
    step.convergence = std::max(tally.lastChange.value_or(step.begin), step.begin) - step.begin;
    step.routeChanges = tally.routeChanges;
    step.protocolPacketsDropped = tally.protocolPacketsDropped;
    for (const auto& [protocol, traffic] : tally.sent)
        step.traffic.push_back({protocolName(protocol), traffic.messages, traffic.bytes});
    for (const auto& [reason, count] : tally.dropped)
        step.drops.push_back({std::string(toString(reason)), count});
}

}  // namespace

Reviewer::Reviewer(const LabWorld& world, Lab copy, std::vector<report::Step> steps,
                   const std::vector<TimeMark>& marks)
    : world_(world),
      copy_(std::move(copy)),
      marks_(marks),
      watch_(copy_.simulation()),
      csv_(events_, copy_.simulation()) {
    if (!world_.file().watches.empty()) origins_.emplace(world_.file(), copy_.simulation());
    addStretches(std::move(steps), marks);
}

void Reviewer::addStretches(std::vector<report::Step> steps, const std::vector<TimeMark>& marks) {
    const auto isInStep = [&](SimTime time) {
        return std::ranges::any_of(steps, [&](const report::Step& step) {
            return time == step.begin || (time > step.begin && time < step.end);
        });
    };
    std::vector<Stretch> byHand;
    const auto addByHand = [&](SimTime begin, std::string name) {
        Stretch stretch;
        stretch.isByHand = true;
        stretch.step.begin = begin;
        stretch.step.name = std::move(name);
        byHand.push_back(std::move(stretch));
    };
    if (!isInStep(SimTime::start()))
        addByHand(SimTime::start(), reviewText(QT_TRANSLATE_NOOP("Reviewer", "start")));
    for (const TimeMark& mark : marks) {
        const bool isNew = byHand.empty() || byHand.back().step.begin != mark.time;
        if (mark.kind == TimeMark::Kind::Action && isNew && !isInStep(mark.time))
            addByHand(mark.time, mark.text);
    }
    for (report::Step& step : steps)
        stretches_.push_back({std::move(step), false});
    for (Stretch& stretch : byHand)
        stretches_.push_back(std::move(stretch));
    std::ranges::stable_sort(stretches_, {}, [](const Stretch& stretch) { return stretch.step.begin; });
    for (std::size_t i = 0; i < stretches_.size(); ++i)
        stretches_[i].step.number = i;
}

Review Reviewer::review(SimTime end, const Progress& progress) {
    constexpr int kQuestions = 50;
    // An instant in which nothing but an action happens is looked at by itself.
    std::set<SimTime> stops{end};
    for (const TimeMark& mark : marks_) {
        if (mark.time < end) stops.insert(mark.time);
    }
    for (int i = 1; i < kQuestions; ++i)
        stops.insert(SimTime::after(end.sinceStart() / kQuestions * i));
    collector_.beginStep(stretches_.front().step.begin);
    hand();
    RunHooks hooks;
    hooks.onInstant = [this] { hand(); };
    double done = 0;
    for (const SimTime stop : stops) {
        copy_.runUntil(stop, hooks);
        hand();
        done += 1 / static_cast<double>(stops.size());
        review_.isGivenUp = progress && !progress(std::min(done, 1.0));
        if (review_.isGivenUp) break;
    }
    tellAlarmsBefore(SimTime::never());
    // Steps in which nothing happened are told as well.
    while (present_ < stretches_.size())
        endStretch(copy_.now());
    review_.data =
        collector_.finish(copy_.simulation(), {watch_.loops(), watch_.blackHoles(), watch_.reachablePairs()});
    review_.data.program = std::string("Peerscape ") + kVersion;
    review_.data.title = world_.file().title;
    review_.data.about = world_.file().about;
    review_.data.seed = copy_.simulation().options().seed;
    review_.data.fingerprint = copy_.fingerprint();
    review_.data.hasFailed = std::ranges::any_of(review_.data.steps, &report::Step::hasFailed);
    review_.events = std::move(events_).str();
    review_.prefixes.resize(prefixes_.size());
    for (const auto& [prefix, place] : prefixes_)
        review_.prefixes[place] = toString(prefix);
    return std::move(review_);
}

/// Reads what the log has got since the last time, and shares it out to the steps.
void Reviewer::hand() {
    const RecordLog& log = std::as_const(copy_).log();
    std::vector<Record> portion;
    for (std::size_t i = log.positionOf(RecordId(handed_)); i < log.kept().size(); ++i)
        portion.push_back(log.kept()[i]);
    handed_ = log.count();
    const std::span<const Record> all(portion);
    if (!all.empty()) tellAlarmsBefore(all.front().time);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!beginsNext(all[i])) continue;
        take(all.subspan(begin, i - begin));
        begin = i;
        while (beginsNext(all[i]))
            endStretch(stretches_[present_ + 1].step.begin);
    }
    take(all.subspan(begin));
    watch_.instantOver(copy_.simulation(), all);
    if (origins_) origins_->instantOver(copy_.simulation(), all);
}

void Reviewer::tellAlarmsBefore(SimTime instant) {
    if (!origins_) return;
    for (const AlarmNews& news : origins_->takeNewsBefore(instant))
        csv_.take(conclusionOf(news));
}

void Reviewer::take(std::span<const Record> records) {
    collector_.take(records);
    csv_.take(records);
    for (const Record& record : records)
        note(record);
}

bool Reviewer::beginsNext(const Record& record) const {
    if (present_ + 1 >= stretches_.size()) return false;
    const SimTime begin = stretches_[present_ + 1].step.begin;
    // What happens at the same instant, before the action, still belongs to the step before.
    return record.time > begin ||
           (record.time == begin && std::holds_alternative<record::ActionTaken>(record.what));
}

void Reviewer::endStretch(SimTime end) {
    Stretch& stretch = stretches_[present_++];
    report::Step& step = stretch.step;
    if (stretch.isByHand) {
        step.end = end;
        fill(step, tally_);
        step.isConverged = std::ranges::any_of(marks_, [&](const TimeMark& mark) {
            return mark.kind == TimeMark::Kind::Converged && mark.time >= step.begin && mark.time <= end;
        });
        if (!step.isConverged)
            step.unsettled = reviewText(QT_TRANSLATE_NOOP("Reviewer", "it was not run until it converged"));
    }
    collector_.endStep(std::move(step));
    tally_ = {};
    if (present_ < stretches_.size()) collector_.beginStep(stretches_[present_].step.begin);
}

void Reviewer::note(const Record& record) {
    tally_.count(record);
    const auto* changed = std::get_if<record::RouteChanged>(&record.what);
    if (changed == nullptr || review_.changes.size() >= Review::kMostChanges) return;
    const RibChange& change = *changed->change;
    const auto place =
        prefixes_.try_emplace(change.prefix, static_cast<std::uint32_t>(prefixes_.size())).first->second;
    review_.changes.push_back({record.time, record.node.value(), place,
                               change.after.exists() ? std::optional(change.after.metric) : std::nullopt});
}

}  // namespace peerscape::gui
