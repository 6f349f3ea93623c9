#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "engine/base/ids.hpp"
#include "engine/base/on_demand.hpp"
#include "engine/base/prefix_map.hpp"
#include "engine/base/small_vector.hpp"

namespace peerscape::bgp {

/// Prefixes that something is to be done about, each once, in the order in which they came. The latest cause
/// counts.
class PendingPrefixes {
  public:
    struct Item {
        Prefix prefix;
        RecordId cause;
    };

    void add(const Prefix& prefix, RecordId cause) {
        if (Item* known = find(prefix)) {
            known->cause = cause;
            return;
        }
        items_.push_back({prefix, cause});
        if (items_.size() == kFew + 1) {
            index();
        } else if (items_.size() > kFew) {
            places_.make()[prefix] = static_cast<std::uint32_t>(items_.size() - 1);
        }
    }
    bool isEmpty() const { return items_.empty(); }
    using Items = SmallVector<Item, 1>;
    const Items& items() const { return items_; }
    /// All of them; nothing is pending afterwards.
    Items take() {
        places_.reset();
        return std::exchange(items_, {});
    }
    /// Takes one out, whose turn has come early; false when it is not there.
    bool remove(const Prefix& prefix) {
        const Item* found = find(prefix);
        if (found == nullptr) return false;
        items_.erase(items_.begin() + (found - items_.data()));
        places_.reset();
        if (items_.size() > kFew) index();
        return true;
    }

  private:
    static constexpr std::size_t kFew = 16;  ///< so many are searched one by one

    void index() {
        PrefixMap<std::uint32_t>& places = places_.make();
        for (std::uint32_t i = 0; i < items_.size(); ++i)
            places[items_[i].prefix] = i;
    }
    Item* find(const Prefix& prefix) {
        if (items_.size() > kFew) {
            const std::uint32_t* place = places_.get()->find(prefix);
            return place == nullptr ? nullptr : &items_[*place];
        }
        const auto found = std::ranges::find(items_, prefix, &Item::prefix);
        return found == items_.end() ? nullptr : &*found;
    }

    Items items_;                                ///< nearly always one
    OnDemand<PrefixMap<std::uint32_t>> places_;  ///< only when there are many
};

}  // namespace peerscape::bgp
