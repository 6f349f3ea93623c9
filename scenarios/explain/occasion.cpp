#include "scenarios/explain/occasion.hpp"

namespace peerscape {

std::vector<const Record*> occasionOf(const RecordLog& log, const Record& record) {
    std::vector<const Record*> occasion;
    const auto& kept = log.kept();
    std::size_t begin = log.positionOf(record.id);
    while (begin > 0 && kept[begin - 1].time == record.time)
        --begin;
    for (std::size_t i = begin; i < kept.size() && kept[i].time == record.time; ++i) {
        if (kept[i].node == record.node && kept[i].cause == record.cause) occasion.push_back(&kept[i]);
    }
    return occasion;
}

}  // namespace peerscape
