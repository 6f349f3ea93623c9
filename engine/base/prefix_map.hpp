#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/base/chunked_vector.hpp"
#include "engine/base/ip_address.hpp"

namespace peerscape {

/// A table keyed by prefixes of both families: exact look-up, longest match, cheap copies.
///
/// Entries lie densely in one sequence, whose parts copies share until they change; a hash index of positions
/// finds them. Longest match asks the index once per prefix length in use, so its cost does not grow with the
/// table. `sorted()` gives the printing order. The order of `begin()…end()` depends only on the history of
/// insertions and removals, never on addresses of memory.
template <typename T>
class PrefixMap {
  public:
    using Entry = std::pair<Prefix, T>;
    static constexpr std::uint32_t kNone = UINT32_MAX;  ///< no position

    bool empty() const { return entries_.empty(); }
    std::size_t size() const { return entries_.size(); }
    auto begin() const { return entries_.begin(); }
    auto end() const { return entries_.end(); }

    /// For reading. What a value is changed through is edit().
    const T* find(const Prefix& prefix) const {
        const std::uint32_t position = positionOf(prefix);
        return position == kNone ? nullptr : &entries_[position].second;
    }
    /// For changing; null where there is no entry. References stay valid until the next insertion, removal,
    /// or edit after a copy.
    T* edit(const Prefix& prefix) {
        const std::uint32_t position = positionOf(prefix);
        return position == kNone ? nullptr : &entries_.edit(position).second;
    }

    /// The entry of the prefix for changing, made with T() where there is none; see edit().
    T& operator[](const Prefix& prefix) {
        if (T* found = edit(prefix)) return *found;
        if ((entries_.size() + 1) * 2 > positions_.size()) grow();
        positions_.set(slotOf(prefix), static_cast<std::uint32_t>(entries_.size()));
        ++lengthUse(prefix.family())[prefix.length()];
        isInOrder_ = entries_.empty() || (isInOrder_ && entries_.back().first < prefix);
        orderIsKnown_ = false;
        return entries_.push_back({prefix, T()}).second;
    }

    bool erase(const Prefix& prefix) {
        const std::size_t slot = slotOf(prefix);
        if (slot == kNoSlot || positions_.at(slot) == kNone) return false;
        // First, since `prefix` may be the key of the very entry that goes.
        --lengthUse(prefix.family())[prefix.length()];
        const std::uint32_t position = positions_.at(slot);
        if (position + 1 != entries_.size()) {
            isInOrder_ = false;
            positions_.set(slotOf(entries_.back().first), position);
            entries_.edit(position) = std::move(entries_.edit(entries_.size() - 1));
        }
        entries_.pop_back();
        closeGap(slot);
        orderIsKnown_ = false;
        return true;
    }

    void clear() { *this = PrefixMap(); }

    /// The most specific entry around the address, for which `accept(entry)` holds.
    template <typename Accept>
    const Entry* longestMatch(const IpAddress& address, Accept accept) const {
        if (entries_.empty()) return nullptr;
        const auto& use = lengthUse_[static_cast<std::size_t>(address.family())];
        if (use.empty()) return nullptr;  // no prefix of this family was ever here
        for (int length = address.bits(); length >= 0; --length) {
            if (use[static_cast<std::size_t>(length)] == 0) continue;
            const std::uint32_t position = positionOf(Prefix(address, static_cast<std::uint8_t>(length)));
            if (position == kNone) continue;
            const Entry& entry = entries_[position];
            if (accept(entry)) return &entry;
        }
        return nullptr;
    }
    const Entry* longestMatch(const IpAddress& address) const {
        return longestMatch(address, [](const Entry&) { return true; });
    }

    /// Positions for `at()`, in the order of prefixes. Computed when the set of prefixes has changed.
    const std::vector<std::uint32_t>& sorted() const {
        if (!orderIsKnown_) {
            order_.resize(entries_.size());
            for (std::uint32_t i = 0; i < order_.size(); ++i)
                order_[i] = i;
            if (!isInOrder_) {
                std::sort(order_.begin(), order_.end(),
                          [this](auto a, auto b) { return entries_[a].first < entries_[b].first; });
            }
            orderIsKnown_ = true;
        }
        return order_;
    }
    /// Puts the entries into the order of prefixes, for those who walk through the table or look for many
    /// neighbouring prefixes: what lies side by side in memory is read at once. Positions change.
    void sort() {
        if (isInOrder_) return;
        ChunkedVector<Entry> arranged;
        for (const std::uint32_t position : sorted())
            arranged.push_back(entries_[position]);
        entries_ = std::move(arranged);
        positions_.assign(positions_.size());
        for (std::uint32_t i = 0; i < entries_.size(); ++i)
            positions_.set(slotOf(entries_[i].first), i);
        isInOrder_ = true;
        orderIsKnown_ = false;
    }
    /// The position of the prefix; kNone when it is not there. `hint`: it may be there or a little behind,
    /// and is then found at once.
    std::uint32_t positionNear(const Prefix& prefix, std::uint32_t hint) const {
        constexpr std::size_t kReach = 8;
        const std::size_t end = std::min(entries_.size(), hint + kReach);
        for (std::uint32_t position = hint; position < end; ++position) {
            const Prefix& there = entries_[position].first;
            if (there == prefix) return position;
            if (prefix < there) break;
        }
        return positionOf(prefix);
    }
    const Entry& at(std::uint32_t position) const { return entries_[position]; }
    /// The value at a position, for changing; see edit().
    T& editAt(std::uint32_t position) { return entries_.edit(position).second; }

  private:
    static constexpr std::size_t kNoSlot = SIZE_MAX;

    /// Positions of entries by slot; two bytes each as long as that is enough, since a large lab has
    /// thousands of tables with thousands of slots.
    class Positions {
      public:
        std::size_t size() const { return isWide() ? wide_.size() : narrow_.size(); }
        std::uint32_t at(std::size_t slot) const {
            if (isWide()) return wide_[slot];
            return narrow_[slot] == kNarrowNone ? kNone : narrow_[slot];
        }
        void set(std::size_t slot, std::uint32_t position) {
            if (isWide()) {
                wide_[slot] = position;
            } else {
                narrow_[slot] = position == kNone ? kNarrowNone : static_cast<std::uint16_t>(position);
            }
        }
        /// All slots become empty.
        void assign(std::size_t size) {
            if (size <= kNarrowNone) {
                narrow_.assign(size, kNarrowNone);
            } else {
                narrow_ = {};
                wide_.assign(size, kNone);
            }
        }

      private:
        static constexpr std::uint16_t kNarrowNone = UINT16_MAX;
        bool isWide() const { return !wide_.empty(); }

        std::vector<std::uint16_t> narrow_;
        std::vector<std::uint32_t> wide_;
    };

    /// Where the prefix stands in the index, or the empty slot where it would.
    std::size_t slotOf(const Prefix& prefix) const {
        if (positions_.size() == 0) return kNoSlot;
        const std::size_t mask = positions_.size() - 1;
        std::size_t slot = prefix.hash() & mask;
        while (positions_.at(slot) != kNone && entries_[positions_.at(slot)].first != prefix)
            slot = (slot + 1) & mask;
        return slot;
    }
    std::uint32_t positionOf(const Prefix& prefix) const {
        const std::size_t slot = slotOf(prefix);
        return slot == kNoSlot ? kNone : positions_.at(slot);
    }

    void grow() {
        positions_.assign(std::max<std::size_t>(8, positions_.size() * 2));
        for (std::uint32_t i = 0; i < entries_.size(); ++i)
            positions_.set(slotOf(entries_[i].first), i);
    }

    /// Linear probing without tombstones: entries behind the gap move into it when their home lies before it.
    void closeGap(std::size_t gap) {
        const std::size_t mask = positions_.size() - 1;
        positions_.set(gap, kNone);
        for (std::size_t slot = (gap + 1) & mask; positions_.at(slot) != kNone; slot = (slot + 1) & mask) {
            const std::size_t home = entries_[positions_.at(slot)].first.hash() & mask;
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                positions_.set(gap, positions_.at(slot));
                positions_.set(slot, kNone);
                gap = slot;
            }
        }
    }

    std::vector<std::uint32_t>& lengthUse(Family family) {
        auto& use = lengthUse_[static_cast<std::size_t>(family)];
        if (use.empty()) use.resize(addressBits(family) + 1U);
        return use;
    }

    ChunkedVector<Entry> entries_;
    Positions positions_;
    std::array<std::vector<std::uint32_t>, 2> lengthUse_;
    mutable std::vector<std::uint32_t> order_;
    mutable bool orderIsKnown_ = false;
    bool isInOrder_ = true;
};

}  // namespace peerscape
