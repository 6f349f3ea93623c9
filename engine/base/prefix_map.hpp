#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/base/ip_address.hpp"

namespace peerscape {

/// A table keyed by prefixes of both families: exact look-up, longest match, cheap copies.
///
/// Entries lie densely in one vector; a hash index of positions finds them. Longest match asks the index once
/// per prefix length in use, so its cost does not grow with the table. `sorted()` gives the printing order.
/// The order of `begin()…end()` depends only on the history of insertions and removals, never on addresses of
/// memory.
template <typename T>
class PrefixMap {
  public:
    using Entry = std::pair<Prefix, T>;

    bool empty() const { return entries_.empty(); }
    std::size_t size() const { return entries_.size(); }
    auto begin() { return entries_.begin(); }
    auto end() { return entries_.end(); }
    auto begin() const { return entries_.begin(); }
    auto end() const { return entries_.end(); }

    T* find(const Prefix& prefix) {
        const auto slot = slotOf(prefix);
        return slot == kNoSlot || index_[slot] == kEmpty ? nullptr : &entries_[index_[slot]].second;
    }
    const T* find(const Prefix& prefix) const { return const_cast<PrefixMap*>(this)->find(prefix); }

    /// Asks the memory for everything that find() will need for these prefixes, so that a loop over them need
    /// not wait for one after the other.
    template <typename Items, typename PrefixOf>
    void prefetch(const Items& items, PrefixOf prefixOf) const {
        if (index_.empty()) return;
        const std::size_t mask = index_.size() - 1;
        for (const auto& item : items)
            __builtin_prefetch(&index_[prefixOf(item).hash() & mask]);
        for (const auto& item : items) {
            const std::uint32_t position = index_[prefixOf(item).hash() & mask];
            if (position != kEmpty) __builtin_prefetch(&entries_[position]);
        }
    }
    /// The entry of the prefix, made with T() where there is none. References stay valid until the next
    /// insertion or removal.
    T& operator[](const Prefix& prefix) {
        if (T* found = find(prefix)) return *found;
        if ((entries_.size() + 1) * 2 > index_.size()) grow();
        index_[slotOf(prefix)] = static_cast<std::uint32_t>(entries_.size());
        // A quarter more and not twice as much: a large lab holds millions of entries in thousands of tables.
        if (entries_.size() == entries_.capacity())
            entries_.reserve(entries_.size() + entries_.size() / 4 + 4);
        entries_.emplace_back(prefix, T());
        ++lengthUse(prefix.family())[prefix.length()];
        orderIsKnown_ = false;
        return entries_.back().second;
    }

    bool erase(const Prefix& prefix) {
        auto slot = slotOf(prefix);
        if (slot == kNoSlot || index_[slot] == kEmpty) return false;
        // First, since `prefix` may be the key of the very entry that goes.
        --lengthUse(prefix.family())[prefix.length()];
        const std::uint32_t position = index_[slot];
        if (position + 1 != entries_.size()) {
            index_[slotOf(entries_.back().first)] = position;
            entries_[position] = std::move(entries_.back());
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
            const auto slot = slotOf(Prefix(address, static_cast<std::uint8_t>(length)));
            if (index_[slot] == kEmpty) continue;
            const Entry& entry = entries_[index_[slot]];
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
            std::sort(order_.begin(), order_.end(),
                      [this](auto a, auto b) { return entries_[a].first < entries_[b].first; });
            orderIsKnown_ = true;
        }
        return order_;
    }
    Entry& at(std::uint32_t position) { return entries_[position]; }
    const Entry& at(std::uint32_t position) const { return entries_[position]; }

  private:
    static constexpr std::uint32_t kEmpty = UINT32_MAX;
    static constexpr std::size_t kNoSlot = SIZE_MAX;

    /// Where the prefix stands in the index, or the empty slot where it would.
    std::size_t slotOf(const Prefix& prefix) const {
        if (index_.empty()) return kNoSlot;
        const std::size_t mask = index_.size() - 1;
        std::size_t slot = prefix.hash() & mask;
        while (index_[slot] != kEmpty && entries_[index_[slot]].first != prefix)
            slot = (slot + 1) & mask;
        return slot;
    }

    void grow() {
        const std::size_t size = std::max<std::size_t>(8, index_.size() * 2);
        index_.assign(size, kEmpty);
        for (std::uint32_t i = 0; i < entries_.size(); ++i)
            index_[slotOf(entries_[i].first)] = i;
    }

    /// Linear probing without tombstones: entries behind the gap move into it when their home lies before it.
    void closeGap(std::size_t gap) {
        const std::size_t mask = index_.size() - 1;
        index_[gap] = kEmpty;
        for (std::size_t slot = (gap + 1) & mask; index_[slot] != kEmpty; slot = (slot + 1) & mask) {
            const std::size_t home = entries_[index_[slot]].first.hash() & mask;
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                index_[gap] = index_[slot];
                index_[slot] = kEmpty;
                gap = slot;
            }
        }
    }

    std::vector<std::uint32_t>& lengthUse(Family family) {
        auto& use = lengthUse_[static_cast<std::size_t>(family)];
        if (use.empty()) use.resize(addressBits(family) + 1U);
        return use;
    }

    std::vector<Entry> entries_;
    std::vector<std::uint32_t> index_;
    std::array<std::vector<std::uint32_t>, 2> lengthUse_;
    mutable std::vector<std::uint32_t> order_;
    mutable bool orderIsKnown_ = false;
};

}  // namespace peerscape
