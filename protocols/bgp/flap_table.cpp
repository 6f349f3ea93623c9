#include "protocols/bgp/flap_table.hpp"

#include <algorithm>
#include <cmath>
#include <ranges>

namespace peerscape::bgp {
namespace {

constexpr std::int64_t kStepSeconds = 5;
constexpr Duration kStep = Duration::seconds(kStepSeconds);

/// The figure of merit after so many steps; after the maximum time nothing of it is left, as in FRR.
std::uint32_t decayed(const Dampening& settings, std::uint32_t penalty, std::int64_t steps) {
    if (steps <= 0) return penalty;
    if (steps * kStepSeconds >= settings.maximumMinutes * 60) return 0;
    const double halves = static_cast<double>(steps * kStepSeconds) / (settings.halfLifeMinutes * 60.0);
    return static_cast<std::uint32_t>(penalty * std::exp2(-halves));
}

}  // namespace

std::uint32_t FlapTable::penaltyAt(const Dampening& settings, const FlapRecord& record, SimTime now) {
    return decayed(settings, record.penalty, (now - record.updated) / kStep);
}

std::uint32_t FlapTable::ceiling(const Dampening& settings) {
    const double halves = static_cast<double>(settings.maximumMinutes) / settings.halfLifeMinutes;
    return static_cast<std::uint32_t>(settings.reuse * std::exp2(halves));
}

void FlapTable::dequeue(const FlapKey& key, FlapRecord& record) {
    queue_.erase({record.reusedAt, key});
    record.reusedAt = SimTime::never();
}

void FlapTable::enqueue(const Dampening& settings, const FlapKey& key, FlapRecord& record) {
    dequeue(key, record);
    std::int64_t steps = 1;
    while (decayed(settings, record.penalty, steps) >= settings.reuse)
        ++steps;
    record.reusedAt = record.updated + kStep * steps;
    queue_.insert({record.reusedAt, key});
}

FlapRecord& FlapTable::punish(const Dampening& settings, SimTime now, const FlapKey& key,
                              std::uint32_t penalty) {
    const auto [at, isNew] = records_.try_emplace(key);
    FlapRecord& record = at->second;
    if (isNew) record.since = now;
    const std::uint32_t before = isNew ? 0 : penaltyAt(settings, record, now);
    record.penalty = isNew ? penalty : std::min(before + penalty, ceiling(settings));
    record.updated = now;
    ++record.flaps;
    if (!record.isSuppressed() && record.penalty >= settings.suppress) record.suppressedSince = now;
    if (record.isSuppressed()) enqueue(settings, key, record);
    return record;
}

void FlapTable::withdraw(const Dampening& settings, SimTime now, const FlapKey& key) {
    punish(settings, now, key, kWithdrawalPenalty).isAnnounced = false;
}

void FlapTable::change(const Dampening& settings, SimTime now, const FlapKey& key) {
    punish(settings, now, key, kChangePenalty);
}

bool FlapTable::announce(const Dampening& settings, SimTime now, const FlapKey& key) {
    const auto found = records_.find(key);
    if (found == records_.end()) return false;
    FlapRecord& record = found->second;
    record.isAnnounced = true;
    const std::uint32_t penalty = penaltyAt(settings, record, now);
    if (record.isSuppressed() && penalty < settings.reuse) {
        record.suppressedSince = SimTime::never();
        dequeue(key, record);
    }
    // What is half of the reuse limit or less is not worth remembering.
    if (!record.isSuppressed() && penalty <= settings.reuse / 2) {
        records_.erase(found);
        return false;
    }
    return record.isSuppressed();
}

std::vector<FlapKey> FlapTable::release(const Dampening& settings, SimTime now) {
    std::vector<FlapKey> released;
    while (!queue_.empty() && queue_.begin()->first <= now) {
        const FlapKey key = queue_.begin()->second;
        FlapRecord& record = records_.at(key);
        dequeue(key, record);
        record.suppressedSince = SimTime::never();
        released.push_back(key);
    }
    std::erase_if(records_, [&](const auto& entry) {
        return !entry.second.isSuppressed() && penaltyAt(settings, entry.second, now) <= settings.reuse / 2;
    });
    return released;
}

void FlapTable::forgetPeer(PeerId peer) {
    std::erase_if(queue_, [&](const auto& entry) { return entry.second.peer == peer; });
    std::erase_if(records_, [&](const auto& entry) { return entry.first.peer == peer; });
}

void FlapTable::clear() {
    records_.clear();
    queue_.clear();
}

bool FlapTable::isWaiting() const {
    return std::ranges::any_of(records_ | std::views::values, [](const FlapRecord& record) {
        return record.isSuppressed() && record.isAnnounced;
    });
}

void FlapTable::addTo(StableHash& hash) const {
    for (const auto& [key, record] : records_) {
        hash.add(key.prefix.hash()).add(key.peer.value()).add(key.pathId);
        hash.add(record.penalty).add(static_cast<std::uint64_t>(record.updated.count()));
        hash.add(record.isSuppressed()).add(record.isAnnounced).add(record.flaps);
    }
}

}  // namespace peerscape::bgp
