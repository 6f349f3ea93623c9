#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/base/chunked_vector.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/on_demand.hpp"
#include "engine/base/prefetch.hpp"
#include "engine/base/prefix_lengths.hpp"
#include "engine/base/small_vector.hpp"

namespace peerscape {

/// 0, 1, 2 …: the sorted positions of every table that is in order, so that no such table keeps its own.
inline std::span<const std::uint32_t> countingNumbers() {
    static const std::vector<std::uint32_t> numbers = [] {
        std::vector<std::uint32_t> result(1U << 14);
        std::iota(result.begin(), result.end(), 0U);
        return result;
    }();
    return numbers;
}

/// A table keyed by prefixes of both families: exact look-up, longest match, cheap copies.
///
/// Prefixes lie densely, each beside its value, in a sequence whose parts copies share until they change; a
/// hash index of positions finds them. Longest match asks the index once per prefix length in use, so its
/// cost does not grow with the table. A large lab has hundreds of thousands of tables with one or two
/// entries: what leads to them then lies in the table itself. `sorted()` gives the printing order. The order
/// of `begin()…end()` depends only on the history of insertions and removals, never on addresses of memory.
/// `kAlignment`, in bytes, is that of each prefix with its value: 64 where tables are large, and both fit
/// into one line of memory.
template <typename T, std::size_t kAlignment = alignof(T)>
class PrefixMap {
  public:
    /// One entry, where it lies.
    struct Entry {
        const Prefix& first;
        const T& second;

        friend bool operator==(const Entry& a, const Entry& b) {
            return a.first == b.first && a.second == b.second;
        }
    };
    class Iterator {
      public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Entry;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = Entry;

        Iterator() = default;
        Iterator(const PrefixMap* owner, std::uint32_t position) : owner_(owner), position_(position) {}
        Entry operator*() const { return owner_->at(position_); }
        Iterator& operator++() {
            ++position_;
            return *this;
        }
        Iterator operator++(int) { return std::exchange(*this, Iterator(owner_, position_ + 1)); }
        friend bool operator==(const Iterator&, const Iterator&) = default;

      private:
        const PrefixMap* owner_ = nullptr;
        std::uint32_t position_ = 0;
    };
    static constexpr std::uint32_t kNone = UINT32_MAX;  ///< no position

    bool empty() const { return items_.empty(); }
    std::size_t size() const { return items_.size(); }
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, static_cast<std::uint32_t>(size())}; }

    /// For reading. What a value is changed through is edit().
    const T* find(const Prefix& prefix) const {
        const std::uint32_t position = positionOf(prefix);
        return position == kNone ? nullptr : &items_[position].value;
    }
    /// For changing; null where there is no entry. References stay valid until the next insertion, removal,
    /// or edit after a copy.
    T* edit(const Prefix& prefix) {
        const std::uint32_t position = positionOf(prefix);
        return position == kNone ? nullptr : &items_.edit(position).value;
    }

    /// The entry of the prefix for changing, made with T() where there is none; see edit().
    T& operator[](const Prefix& prefix) {
        if (T* found = edit(prefix)) return *found;
        if ((size() + 1) * 2 > slots_.size()) indexAll(std::max(kFewSlots, slots_.size() * 2));
        setSlot(prefix, static_cast<std::uint32_t>(size()));
        lengths_.add(prefix);
        isInOrder_ = empty() || (isInOrder_ && items_.back().prefix < prefix);
        orderIsKnown_ = false;
        return items_.push_back({prefix, T()}).value;
    }

    bool erase(const Prefix& prefix) {
        const std::size_t slot = slotOf(prefix, prefix.hash());
        if (slot == kNoSlot || slots_.isEmpty(slot)) return false;
        // First, since `prefix` may be the key of the very entry that goes.
        lengths_.remove(prefix);
        const std::uint32_t position = slots_.position(slot);
        if (position + 1 != size()) {
            isInOrder_ = false;
            setSlot(items_.back().prefix, position);
            Item last = std::move(items_.edit(size() - 1));
            items_.edit(position) = std::move(last);
        }
        items_.pop_back();
        closeGap(slot);
        orderIsKnown_ = false;
        return true;
    }

    void clear() { *this = PrefixMap(); }

    /// The most specific entry around the address, for which `accept(entry)` holds.
    template <typename Accept>
    std::optional<Entry> longestMatch(const IpAddress& address, Accept accept) const {
        for (const PrefixLengths::Use& use : lengths_.inUse()) {
            if (use.family != address.family()) continue;
            const std::uint32_t position = positionOf(Prefix(address, use.length));
            if (position == kNone) continue;
            if (const Entry entry = at(position); accept(entry)) return entry;
        }
        return std::nullopt;
    }
    std::optional<Entry> longestMatch(const IpAddress& address) const {
        return longestMatch(address, [](const Entry&) { return true; });
    }

    /// Positions for `at()`, in the order of prefixes. Computed when the set of prefixes has changed.
    std::span<const std::uint32_t> sorted() const {
        if (isInOrder_ && size() <= countingNumbers().size()) return countingNumbers().first(size());
        std::vector<std::uint32_t>& order = order_.make();
        if (!orderIsKnown_) {
            order.resize(size());
            std::iota(order.begin(), order.end(), 0U);
            std::sort(order.begin(), order.end(),
                      [this](auto a, auto b) { return items_[a].prefix < items_[b].prefix; });
            orderIsKnown_ = true;
        }
        return order;
    }
    /// Puts the entries into the order of prefixes, for those who walk through the table or look for many
    /// neighbouring prefixes: what lies side by side in memory is read at once. Positions change.
    void sort() {
        if (isInOrder_) return;
        ChunkedVector<Item> items;
        for (const std::uint32_t position : sorted())
            items.push_back(items_[position]);
        items_ = std::move(items);
        indexAll(slots_.size());
        isInOrder_ = true;
        orderIsKnown_ = false;
        order_.reset();
    }
    /// The position of the prefix; kNone when it is not there. `hint`: it may be there or a little behind,
    /// and is then found at once.
    std::uint32_t positionNear(const Prefix& prefix, std::uint32_t hint) const {
        constexpr std::size_t kReach = 8;
        const std::size_t end = std::min(size(), hint + kReach);
        for (std::uint32_t position = hint; position < end; ++position) {
            const Prefix& there = items_[position].prefix;
            if (there == prefix) return position;
            if (prefix < there) break;
        }
        return positionOf(prefix);
    }
    Entry at(std::uint32_t position) const {
        const Item& item = items_[position];
        return {item.prefix, item.value};
    }
    /// Asks memory for what a later look-up of the prefix reads first. For those who know a few prefixes
    /// ahead which ones they will look for in tables that no cache holds.
    void prefetch(const Prefix& prefix) const {
        if (slots_.size() == 0) return;
        slots_.prefetch(slots_.homeOf(prefix.hash()));
        items_.prefetchDirectory();
    }
    /// The next step: what has been asked for by prefetch() says where the entry lies, which is asked for
    /// now.
    void prefetchEntry(const Prefix& prefix) const {
        if (slots_.size() == 0) return;
        const std::uint64_t hash = prefix.hash();
        std::size_t slot = slots_.homeOf(hash);
        while (!slots_.isEmpty(slot) && !slots_.mayBe(slot, hash))
            slot = slots_.after(slot);
        if (slots_.isEmpty(slot)) return prefetchNext();
        prefetchAt(slots_.position(slot));
    }
    /// The same for where a new entry would be put.
    void prefetchNext() const { items_.prefetchNext(); }
    void prefetchAt(std::uint32_t position) const { items_.prefetch(position); }
    /// The value at a position, for changing; see edit().
    T& editAt(std::uint32_t position) { return items_.edit(position).value; }

  private:
    /// What is looked for and what is found lie side by side, so that memory is asked once for both.
    struct alignas(std::max(kAlignment, alignof(T))) Item {
        Prefix prefix;
        T value;
    };
    static constexpr std::size_t kNoSlot = SIZE_MAX;
    static constexpr std::size_t kFewSlots = 8;  ///< with which a table begins

    /// Positions of entries by slot, and a few bits of their hashes beside them, so that a look-up seldom
    /// reads another entry than its own. Two bytes each as long as that is enough, since a large lab has
    /// thousands of tables with thousands of slots.
    class Slots {
      public:
        std::size_t size() const { return isWide() ? wide_.get()->size() : narrow_.size(); }
        std::size_t homeOf(std::uint64_t hash) const { return hash & (size() - 1); }
        std::size_t after(std::size_t slot) const { return (slot + 1) & (size() - 1); }
        bool isEmpty(std::size_t slot) const { return at(slot) == empty(); }
        /// Of a slot that is not empty. False is certain, true is likely.
        bool mayBe(std::size_t slot, std::uint64_t hash) const {
            return at(slot) >> positionBits_ == markOf(hash);
        }
        std::uint32_t position(std::size_t slot) const { return at(slot) & ((1U << positionBits_) - 1); }
        void prefetch(std::size_t slot) const {
            if (isWide()) {
                prefetchLine(&(*wide_.get())[slot]);
            } else {
                prefetchLine(&narrow_[slot]);
            }
        }
        void set(std::size_t slot, std::uint32_t position, std::uint64_t hash) {
            write(slot, markOf(hash) << positionBits_ | position);
        }
        void clear(std::size_t slot) { write(slot, empty()); }
        void move(std::size_t from, std::size_t to) {
            write(to, at(from));
            clear(from);
        }
        /// All slots become empty; `size` is a power of two, and half of it more than there will be
        /// positions.
        void assign(std::size_t size) {
            positionBits_ = static_cast<std::uint8_t>(std::bit_width(size / 2 - 1));
            if (size <= UINT16_MAX) {
                narrow_.assign(size, UINT16_MAX);
            } else {
                narrow_.clear();
                narrow_.shrink_to_fit();
                wide_.make().assign(size, UINT32_MAX);
            }
        }

      private:
        bool isWide() const { return wide_.get() != nullptr; }
        std::uint32_t empty() const { return isWide() ? UINT32_MAX : UINT16_MAX; }
        std::uint32_t at(std::size_t slot) const { return isWide() ? (*wide_.get())[slot] : narrow_[slot]; }
        void write(std::size_t slot, std::uint32_t value) {
            if (isWide()) {
                wide_.make()[slot] = value;
            } else {
                narrow_[slot] = static_cast<std::uint16_t>(value);
            }
        }
        /// As many bits as a position leaves, never all of them ones.
        std::uint32_t markOf(std::uint64_t hash) const {
            const std::uint32_t ones = empty() >> positionBits_;
            const auto mark = static_cast<std::uint32_t>(hash >> 40) & ones;
            return mark == ones ? 0 : mark;
        }

        SmallVector<std::uint16_t, kFewSlots> narrow_;
        OnDemand<std::vector<std::uint32_t>> wide_;
        std::uint8_t positionBits_ = 0;
    };

    /// Where the prefix stands in the index, or the empty slot where it would.
    std::size_t slotOf(const Prefix& prefix, std::uint64_t hash) const {
        if (slots_.size() == 0) return kNoSlot;
        std::size_t slot = slots_.homeOf(hash);
        while (!slots_.isEmpty(slot) &&
               !(slots_.mayBe(slot, hash) && items_[slots_.position(slot)].prefix == prefix))
            slot = slots_.after(slot);
        return slot;
    }
    std::uint32_t positionOf(const Prefix& prefix) const {
        const std::size_t slot = slotOf(prefix, prefix.hash());
        return slot == kNoSlot || slots_.isEmpty(slot) ? kNone : slots_.position(slot);
    }
    void setSlot(const Prefix& prefix, std::uint32_t position) {
        const std::uint64_t hash = prefix.hash();
        slots_.set(slotOf(prefix, hash), position, hash);
    }
    void indexAll(std::size_t slots) {
        slots_.assign(slots);
        for (std::uint32_t i = 0; i < size(); ++i)
            setSlot(items_[i].prefix, i);
    }

    /// Linear probing without tombstones: entries behind the gap move into it when their home lies before it.
    void closeGap(std::size_t gap) {
        const std::size_t mask = slots_.size() - 1;
        slots_.clear(gap);
        for (std::size_t slot = slots_.after(gap); !slots_.isEmpty(slot); slot = slots_.after(slot)) {
            const std::size_t home = slots_.homeOf(items_[slots_.position(slot)].prefix.hash());
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                slots_.move(slot, gap);
                gap = slot;
            }
        }
    }

    Slots slots_;
    ChunkedVector<Item> items_;
    PrefixLengths lengths_;
    mutable OnDemand<std::vector<std::uint32_t>> order_;
    mutable bool orderIsKnown_ = false;
    bool isInOrder_ = true;
};

}  // namespace peerscape
