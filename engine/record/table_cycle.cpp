#include "engine/record/table_cycle.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/base/hash.hpp"

namespace peerscape {

namespace {

/// What was there twice may be chance.
constexpr std::size_t kEnough = 3;

/// All tables at the end of an instant, as one number: equal for equal tables.
struct Sample {
    std::uint64_t tables = 0;
    SimTime time;
    std::size_t end = 0;  ///< among the records, just behind the last change of the instant
};

std::uint64_t hashOf(const Record& record, const Prefix& prefix, const SelectedRoute& route) {
    if (!route.exists()) return 0;
    StableHash hash;
    hash.add(record.node.value()).add(prefix.hash()).add(route.protocol.value()).add(route.distance);
    hash.add(route.metric).add(route.tag);
    for (const NextHop& hop : route.hops) {
        hash.add(static_cast<std::uint64_t>(hop.kind)).add(hop.gateway.hash()).add(hop.interface.value());
        if (hop.weight != 1) hash.add(hop.weight);
    }
    return hash.value();
}

/// Routes are added and taken away by exclusive or, so that a change costs the same however large the tables.
std::vector<Sample> samplesOf(std::span<const Record> records) {
    std::vector<Sample> samples{{0, records.empty() ? SimTime() : records.front().time, 0}};
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto* changed = std::get_if<record::RouteChanged>(&records[i].what);
        if (changed == nullptr) continue;
        const RibChange& change = *changed->change;
        const std::uint64_t tables = samples.back().tables ^
                                     hashOf(records[i], change.prefix, change.before) ^
                                     hashOf(records[i], change.prefix, change.after);
        if (samples.size() == 1 || samples.back().time != records[i].time) samples.push_back({});
        samples.back() = {tables, records[i].time, i + 1};
    }
    return samples;
}

/// The visits of the state that the tables are in at the end, if that makes a cycle; else of the one that was
/// there most often, and of several such ones the last.
std::vector<Sample> visitsOfCycle(const std::vector<Sample>& samples) {
    std::map<std::uint64_t, std::vector<Sample>> visits;
    const std::vector<Sample>* best = nullptr;
    const Sample* before = nullptr;
    for (const Sample& sample : samples) {
        // Changes that undo each other within an instant leave nothing.
        if (before == nullptr || before->tables != sample.tables) visits[sample.tables].push_back(sample);
        before = &sample;
    }
    if (visits[samples.back().tables].size() >= kEnough) return visits[samples.back().tables];
    for (const auto& [tables, when] : visits) {
        const auto rank = [](const std::vector<Sample>& v) { return std::pair(v.size(), v.back().end); };
        if (best == nullptr || rank(*best) < rank(when)) best = &when;
    }
    return *best;
}

}  // namespace

Duration TableCycle::period() const {
    return (returns.back() - returns.front()) / static_cast<std::int64_t>(returns.size() - 1);
}

std::optional<TableCycle> findTableCycle(std::span<const Record> records) {
    const std::vector<Sample> samples = samplesOf(records);
    const std::vector<Sample> visits = visitsOfCycle(samples);
    if (visits.size() < kEnough) return std::nullopt;
    TableCycle cycle;
    for (const Sample& visit : visits)
        cycle.returns.push_back(visit.time);
    if (samples.back().time - cycle.returns.back() > cycle.period() * 2) return std::nullopt;
    for (std::size_t i = visits[visits.size() - 2].end; i < visits.back().end; ++i) {
        if (const auto* changed = std::get_if<record::RouteChanged>(&records[i].what))
            cycle.lastRound.push_back({records[i].time, records[i].node, changed->change});
    }
    return cycle;
}

}  // namespace peerscape
