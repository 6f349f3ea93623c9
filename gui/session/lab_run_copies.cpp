// What is found out in copies of the run, or read off its log: the run stays where it is.
#include <algorithm>
#include <utility>

#include "gui/model/refusal.hpp"
#include "gui/session/compare.hpp"
#include "gui/session/event_writer.hpp"
#include "gui/session/lab_run.hpp"
#include "gui/session/link_capture.hpp"
#include "gui/session/message_views.hpp"
#include "scenarios/explain/causes.hpp"
#include "scenarios/explain/evidence.hpp"
#include "scenarios/explain/explain_route.hpp"
#include "scenarios/explain/story.hpp"

namespace peerscape::gui {

Result<StoryPtr> LabRun::why(std::string_view node, std::string_view prefix) const {
    const auto id = world_->nodeNamed(node);
    if (!id) return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no node '%1'"), node);
    const auto network = Prefix::parse(prefix);
    if (!network) return std::unexpected(network.error());
    const Evidence evidence{world_->simulation(), std::as_const(*world_).lab().log(), world_->file()};
    auto story = std::make_shared<StoryView>();
    story->node = node;
    story->prefix = toString(*network);
    story->text = explainRoute(evidence, *id, *network);
    const RecordLog& log = evidence.log;
    const Record* change = lastRouteChange(log, *id, *network, RecordId(log.count()));
    if (change == nullptr) return story;
    for (const StoryStep& step : storyOf(evidence, *change, *network)) {
        // What the list of events passes over, timers and arrivals, has no place on the drawing.
        const auto row = eventRowOf(*step.record, evidence.topology());
        if (row) story->steps.push_back({row->id, row->time, row->node, row->link, row->text});
    }
    return story;
}

Result<MessageViewPtr> LabRun::examine(std::uint64_t event) {
    follow();
    const RecordLog& log = std::as_const(*world_).lab().log();
    const Record* record = log.find(RecordId(event));
    // What is ahead of where one has gone back to stands in the log of a copy that goes there.
    const SimTime end =
        record == nullptr ? furthest() : std::min(furthest(), record->time + kConsequencesFor);
    MessageViewPtr view;
    if (end > now()) {
        const Result<Lab> copy = branches_.at(branches_.presentName(), end);
        if (!copy) return std::unexpected(copy.error());
        view = messageOf(copy->log(), world_->simulation().topology(), RecordId(event));
    } else {
        view = messageOf(log, world_->simulation().topology(), RecordId(event));
    }
    if (view == nullptr)
        return refusal(QT_TRANSLATE_NOOP("Refusal", "the run does not remember this event any more"));
    return view;
}

ComparisonPtr LabRun::compare(const OtherInstant& other) {
    const std::vector<Branches::Span> spans = branches_.spans();
    const auto span = std::ranges::find(spans, other.timeline, &Branches::Span::name);
    if (span == spans.end()) return nullptr;
    const bool isPresent = other.timeline == branches_.presentName();
    const SimTime reached = isPresent ? furthest() : span->furthest;
    const SimTime wanted = std::min(other.time.value_or(now()), reached);
    if (otherSide_ && !otherSide_->isStill(other, actions_)) otherSide_.reset();
    if (!otherSide_ && isPresent && other.time == now()) {
        // An action at the same instant comes after it.
        otherSide_.emplace(other, std::as_const(*world_).lab(), std::nullopt);
    } else if (!otherSide_) {
        Result<Lab> copy = branches_.at(other.timeline, wanted);
        if (!copy) return nullptr;
        otherSide_.emplace(other, std::move(*copy), actions_);
    }
    if (!otherSide_->goTo(wanted)) return nullptr;
    auto comparison = std::make_shared<Comparison>(compareTables(otherSide_->tables(), world_->simulation()));
    comparison->timeline = other.timeline;
    comparison->time = otherSide_->time();
    return comparison;
}

Result<ReviewPtr> LabRun::review(const Reviewer::Progress& progress) {
    follow();
    Result<Lab> copy = branches_.at(branches_.presentName(), SimTime::start());
    if (!copy) return std::unexpected(copy.error());
    Reviewer reviewer(*world_, std::move(*copy), history().steps, history().marks);
    auto review = std::make_shared<Review>(reviewer.review(furthest(), progress));
    review->timeline = branches_.presentName();
    return review;
}

Result<Captured> LabRun::capture(const std::filesystem::path& file, const std::set<std::string>& links,
                                 const Reviewer::Progress& progress) {
    follow();
    Result<Lab> copy = branches_.at(branches_.presentName(), SimTime::start());
    if (!copy) return std::unexpected(copy.error());
    return captureLinks(*world_, std::move(*copy), now(), {file, links}, progress);
}

}  // namespace peerscape::gui
