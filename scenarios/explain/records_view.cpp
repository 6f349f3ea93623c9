#include "scenarios/explain/records_view.hpp"

#include <vector>

#include <fmt/format.h>

#include "scenarios/explain/describe.hpp"

namespace peerscape {

std::string listRecords(const Evidence& evidence, const RecordFilter& filter, std::size_t most) {
    std::vector<const Record*> chosen;
    std::size_t more = 0;
    const auto& kept = evidence.log.kept();
    for (auto at = kept.rbegin(); at != kept.rend() && at->time >= filter.from; ++at) {
        const bool isElsewhere = filter.node && at->node.isSome() && at->node != *filter.node;
        if (at->time > filter.to || isElsewhere) continue;
        if (chosen.size() < most) {
            chosen.push_back(&*at);
        } else {
            ++more;
        }
    }
    std::string text;
    if (more > 0)
        text = fmt::format("({} earlier records are left out; 'records [ROUTER] FROM TO' narrows it down)\n",
                           more);
    for (auto at = chosen.rbegin(); at != chosen.rend(); ++at)
        text += fmt::format("{:>8} {}", (*at)->id.value(),
                            lineOf((*at)->time, describe(**at, evidence.topology())));
    return text;
}

}  // namespace peerscape
