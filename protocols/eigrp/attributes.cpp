#include "protocols/eigrp/attributes.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/hash.hpp"

namespace peerscape::eigrp {

namespace {

void add(StableHash& hash, const VectorMetric& metric) {
    hash.add(metric.bandwidth.count()).add(metric.mtu).add(metric.reliability).add(metric.load);
    for (const std::uint8_t byte : *metric.extendedAttributes)
        hash.add(byte);
}

/// Of all but delays and hop counts, as below.
std::uint64_t hashOfRest(const PathAttributes& rest) {
    StableHash hash;
    add(hash, rest.reported);
    add(hash, rest.total);
    hash.add(rest.gateway.hash()).add(rest.interface.value());
    if (rest.exterior) {
        const Exterior& exterior = *rest.exterior;
        hash.add(exterior.routerId).add(exterior.autonomousSystem).add(exterior.administrativeTag);
        hash.add(exterior.metric).add(static_cast<std::uint64_t>(exterior.protocol)).add(exterior.flags);
    }
    return hash.value();
}

bool haveSameRest(const VectorMetric& a, const VectorMetric& b) {
    return a.bandwidth == b.bandwidth && a.mtu == b.mtu && a.reliability == b.reliability &&
           a.load == b.load && a.extendedAttributes == b.extendedAttributes;
}

bool haveSameRest(const PathAttributes& a, const PathAttributes& b) {
    return a.gateway == b.gateway && a.interface == b.interface && a.exterior == b.exterior &&
           haveSameRest(a.reported, b.reported) && haveSameRest(a.total, b.total);
}

}  // namespace

std::uint32_t AttributesTable::restOf(const PathAttributes& attributes) {
    if (lastRest_ != kNoRest && haveSameRest(rests_[lastRest_], attributes)) return lastRest_;
    std::uint64_t hash = hashOfRest(attributes);
    std::uint32_t known = restsByHash_.find(hash);
    while (known != FlatIndex::kNone && !haveSameRest(rests_[known], attributes))
        known = restsByHash_.find(++hash);
    lastRest_ = known != FlatIndex::kNone ? known : newRest(attributes);
    return lastRest_;
}

std::uint32_t AttributesTable::newRest(PathAttributes rest) {
    auto number = static_cast<std::uint32_t>(rests_.size());
    if (freeRests_.empty()) {
        rests_.push_back(std::move(rest));
    } else {
        number = freeRests_.back();
        freeRests_.pop_back();
        rests_[number] = std::move(rest);
    }
    indexRest(number);
    return number;
}

void AttributesTable::indexRest(std::uint32_t number) {
    std::uint64_t hash = hashOfRest(rests_[number]);
    while (restsByHash_.find(hash) != FlatIndex::kNone)
        ++hash;
    restsByHash_.insert(hash, number);
}

dual::AttributesId AttributesTable::add(const PathAttributes& attributes) {
    const Slot slot{.reported = attributes.reported.delay,
                    .total = attributes.total.delay,
                    .reportedHops = attributes.reported.hopCount,
                    .totalHops = attributes.total.hopCount,
                    .rest = restOf(attributes)};
    if (!free_.empty()) {
        const dual::AttributesId id = free_.back();
        free_.pop_back();
        slots_.edit(id.value()) = slot;
        return id;
    }
    slots_.push_back(slot);
    return dual::AttributesId(static_cast<std::uint32_t>(slots_.size() - 1));
}

PathAttributes AttributesTable::operator[](dual::AttributesId id) const {
    const Slot& slot = slots_[id.value()];
    PathAttributes attributes = rests_[slot.rest];
    attributes.reported.delay = slot.reported;
    attributes.reported.hopCount = static_cast<std::uint8_t>(slot.reportedHops);
    attributes.total.delay = slot.total;
    attributes.total.hopCount = static_cast<std::uint8_t>(slot.totalHops);
    return attributes;
}

void AttributesTable::sweep(const dual::TopologyTable& table, std::span<const dual::AttributesId> held) {
    std::vector<bool> isUsed(slots_.size(), false);
    const auto use = [&](dual::AttributesId id) {
        if (id.isSome()) isUsed[id.value()] = true;
    };
    for (const auto& [prefix, entry] : table.entries()) {
        use(entry.reportedAttributes);
        for (const dual::Path& path : entry.paths.all())
            use(path.attributes);
    }
    std::ranges::for_each(held, use);
    std::vector<bool> isRestUsed(rests_.size(), false);
    free_ = {};
    for (std::size_t i = slots_.size(); i-- > 0;) {
        if (isUsed[i]) {
            isRestUsed[slots_[i].rest] = true;
        } else {
            free_.push_back(dual::AttributesId(static_cast<std::uint32_t>(i)));
        }
    }
    freeRests_.clear();
    restsByHash_ = {};
    for (std::uint32_t number = 0; number < rests_.size(); ++number) {
        if (isRestUsed[number]) {
            indexRest(number);
        } else {
            freeRests_.push_back(number);
        }
    }
    lastRest_ = kNoRest;
    const std::size_t inUse = slots_.size() - free_.size();
    sweepAt_ = std::max<std::size_t>(256, inUse * 2);
}

}  // namespace peerscape::eigrp
