#include "protocols/eigrp/attributes.hpp"

#include <algorithm>
#include <utility>

namespace peerscape::eigrp {

dual::AttributesId AttributesTable::add(PathAttributes attributes) {
    if (!free_.empty()) {
        const dual::AttributesId id = free_.back();
        free_.pop_back();
        slots_[id.value()] = std::move(attributes);
        return id;
    }
    slots_.push_back(std::move(attributes));
    return dual::AttributesId(static_cast<std::uint32_t>(slots_.size() - 1));
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
    free_.clear();
    for (std::size_t i = slots_.size(); i-- > 0;) {
        if (!isUsed[i]) free_.push_back(dual::AttributesId(static_cast<std::uint32_t>(i)));
    }
    sweepAt_ = std::max<std::size_t>(256, 2 * (slots_.size() - free_.size()));
}

}  // namespace peerscape::eigrp
