#pragma once

#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/record/record.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// One step of a story: a record, the network it is told for, and what stands between it and the step before.
struct StoryStep {
    const Record* record = nullptr;
    Prefix about;
    std::string gap;  ///< a sentence told before the record's own; empty: none
    /// What its process noted on the occasion, as far as it belongs here; told before the record's own.
    std::vector<std::string> notes{};
    std::string background{};  ///< a sentence told after the record's own; empty: none
};

/// How a record came about as far as one network is concerned, oldest first; the first step is a root (see
/// isRoot) as long as the log keeps it.
///
/// It is the chain of causes with two differences. A message that names the network leads to the reason why
/// its sender had that to say: the last change of the sender's own route, instead of the timer that sent the
/// message. And a route that timed out leads to why its neighbour was heard no more, instead of to the timer.
std::vector<StoryStep> storyOf(const Evidence& evidence, const Record& last, const Prefix& about);

/// The story in sentences, a line each, with the configuration lines behind it.
std::string tell(const Evidence& evidence, const std::vector<StoryStep>& story);

}  // namespace peerscape
