#include "scenarios/explain/story.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "scenarios/explain/background.hpp"
#include "scenarios/explain/carrier.hpp"
#include "scenarios/explain/causes.hpp"
#include "scenarios/explain/describe.hpp"
#include "scenarios/explain/occasion.hpp"
#include "scenarios/explain/silence.hpp"

namespace peerscape {

namespace {

/// Finds for each step the one before it.
class Backwards {
  public:
    explicit Backwards(const Evidence& evidence) : evidence_(evidence) {}

    std::optional<StoryStep> before(StoryStep& step) const {
        const Record& record = *step.record;
        if (std::holds_alternative<record::RouteChanged>(record.what))
            step.notes = notesOn(evidence_, record, step.about);
        if (std::holds_alternative<record::PacketSent>(record.what) && !isPassedOn(evidence_.log, record)) {
            if (const Record* reason = reasonToSay(step)) {
                step.background = backgroundOf(evidence_, record, step.about);
                return StoryStep{reason, step.about, {}};
            }
        }
        const Record* cause = causeOf(passOverTimers(record));
        if (cause == nullptr) return std::nullopt;
        if (const auto* changed = std::get_if<record::RouteChanged>(&record.what)) {
            const bool isTimeout = std::holds_alternative<record::ProcessWoken>(cause->what);
            if (isTimeout) {
                Silence silence = whyNothingWasHeard(evidence_, record, *changed->change);
                step.gap = std::move(silence.sentence);
                if (silence.reason != nullptr) cause = silence.reason;
            }
        }
        return StoryStep{cause, aboutOf(*cause, step.about), {}};
    }

  private:
    /// The last change of what the sender itself knew of the network, if that is what its message says.
    const Record* reasonToSay(const StoryStep& step) const {
        const auto& sent = std::get<record::PacketSent>(step.record->what);
        const auto news = newsIn(*sent.packet, step.about);
        if (!news) return nullptr;
        const bool saysReachable = news->isReachable;
        const auto fits = [&](const Record* change) {
            return change != nullptr &&
                   std::get<record::RouteChanged>(change->what).change->after.exists() == saysReachable;
        };
        const Record* change = changeOfSameOccasion(step);
        if (fits(change)) return change;
        change = lastRouteChange(evidence_.log, step.record->node, step.about, step.record->id);
        return fits(change) ? change : nullptr;
    }
    /// What a process does on one occasion: its messages are recorded first, then what becomes of its routes.
    const Record* changeOfSameOccasion(const StoryStep& step) const {
        for (const Record* record : occasionOf(evidence_.log, *step.record)) {
            const auto* changed = std::get_if<record::RouteChanged>(&record->what);
            const bool isLater = record->id > step.record->id;
            if (isLater && changed != nullptr && changed->change->prefix == step.about) return record;
        }
        return nullptr;
    }

    const Record* causeOf(const Record& record) const {
        return record.cause.isSome() ? evidence_.log.find(record.cause) : nullptr;
    }
    /// A timer that was set by another one, and so on: the first of them. Those in between say nothing.
    const Record& passOverTimers(const Record& record) const {
        const Record* first = &record;
        while (std::holds_alternative<record::ProcessWoken>(first->what)) {
            const Record* cause = causeOf(*first);
            if (cause == nullptr || !std::holds_alternative<record::ProcessWoken>(cause->what)) break;
            first = cause;
        }
        return *first;
    }

    static Prefix aboutOf(const Record& record, const Prefix& about) {
        const auto* changed = std::get_if<record::RouteChanged>(&record.what);
        return changed != nullptr ? changed->change->prefix : about;
    }

    const Evidence& evidence_;
};

}  // namespace

std::vector<StoryStep> storyOf(const Evidence& evidence, const Record& last, const Prefix& about) {
    const Backwards backwards(evidence);
    std::vector<StoryStep> story{{&last, about, {}}};
    RecordId oldest = last.id;
    while (auto step = backwards.before(story.back())) {
        // Every step is older than those it leads to, but for a change on the same occasion as the message
        // that tells of it.
        const bool isSameOccasion = step->record->cause == story.back().record->cause;
        if (step->record->id >= oldest && !isSameOccasion) break;
        oldest = std::min(oldest, step->record->id);
        story.push_back(std::move(*step));
    }
    std::ranges::reverse(story);
    return story;
}

}  // namespace peerscape
