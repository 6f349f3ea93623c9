#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/prefix_map.hpp"

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
            for (std::uint32_t i = 0; i <= kFew; ++i)
                places_[items_[i].prefix] = i;
        } else if (items_.size() > kFew) {
            places_[prefix] = static_cast<std::uint32_t>(items_.size() - 1);
        }
    }
    bool isEmpty() const { return items_.empty(); }
    const std::vector<Item>& items() const { return items_; }
    /// All of them; nothing is pending afterwards.
    std::vector<Item> take() {
        if (items_.size() > kFew) places_.clear();
        return std::exchange(items_, {});
    }
    /// Takes one out, whose turn has come early; false when it is not there.
    bool remove(const Prefix& prefix) {
        const Item* found = find(prefix);
        if (found == nullptr) return false;
        items_.erase(items_.begin() + (found - items_.data()));
        places_.clear();
        for (std::uint32_t i = 0; items_.size() > kFew && i < items_.size(); ++i)
            places_[items_[i].prefix] = i;
        return true;
    }

  private:
    static constexpr std::size_t kFew = 16;  ///< so many are searched one by one

    Item* find(const Prefix& prefix) {
        if (items_.size() > kFew) {
            const std::uint32_t* place = places_.find(prefix);
            return place == nullptr ? nullptr : &items_[*place];
        }
        const auto found = std::ranges::find(items_, prefix, &Item::prefix);
        return found == items_.end() ? nullptr : &*found;
    }

    std::vector<Item> items_;
    PrefixMap<std::uint32_t> places_;  ///< only when there are many
};

}  // namespace peerscape::bgp
