#include "protocols/eigrp/attributes.hpp"

#include <algorithm>
#include <utility>

namespace peerscape::eigrp {

AttributesTable::Plain AttributesTable::Plain::from(const VectorMetric& metric) {
    return {metric.bandwidth, metric.delay, metric.mtu, metric.reliability, metric.load, metric.hopCount};
}

VectorMetric AttributesTable::Plain::with(const SharedValue<Bytes>& extendedAttributes) const {
    VectorMetric metric;
    metric.bandwidth = bandwidth;
    metric.delay = delay;
    metric.mtu = mtu;
    metric.reliability = reliability;
    metric.load = load;
    metric.hopCount = hopCount;
    metric.extendedAttributes = extendedAttributes;
    return metric;
}

std::uint32_t AttributesTable::wayOf(const Way& way) {
    const auto known = std::ranges::find(ways_, way);
    const auto number = static_cast<std::uint32_t>(known - ways_.begin());
    if (known == ways_.end()) ways_.push_back(way);
    return number;
}

dual::AttributesId AttributesTable::add(const PathAttributes& attributes) {
    Slot slot{.reported = Plain::from(attributes.reported),
              .total = Plain::from(attributes.total),
              .rarities = Rarities{attributes.reported.extendedAttributes, attributes.exterior},
              .way = wayOf({attributes.gateway, attributes.interface})};
    if (!free_.empty()) {
        const dual::AttributesId id = free_.back();
        free_.pop_back();
        slots_.edit(id.value()) = std::move(slot);
        return id;
    }
    slots_.push_back(std::move(slot));
    return dual::AttributesId(static_cast<std::uint32_t>(slots_.size() - 1));
}

PathAttributes AttributesTable::operator[](dual::AttributesId id) const {
    const Slot& slot = slots_[id.value()];
    const Way& way = ways_[slot.way];
    return {.reported = slot.reported.with(slot.rarities->extendedAttributes),
            .total = slot.total.with(slot.rarities->extendedAttributes),
            .gateway = way.gateway,
            .interface = way.interface,
            .exterior = slot.rarities->exterior};
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
    free_ = {};
    for (std::size_t i = slots_.size(); i-- > 0;) {
        if (!isUsed[i]) free_.push_back(dual::AttributesId(static_cast<std::uint32_t>(i)));
    }
    const std::size_t inUse = slots_.size() - free_.size();
    sweepAt_ = std::max<std::size_t>(256, inUse + inUse / 2);
}

}  // namespace peerscape::eigrp
