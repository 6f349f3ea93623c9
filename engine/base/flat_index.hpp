#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/base/prefetch.hpp"

namespace peerscape {

/// Places of something by a number that names it: an open hash table with linear probing, for look-ups only
/// (it has no order). A value; a place is any number but kNone.
class FlatIndex {
  public:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    /// kNone: the key is not there.
    std::uint32_t find(std::uint64_t key) const {
        if (cells_.empty()) return kNone;
        for (std::size_t at = home(key);; at = next(at)) {
            if (cells_[at].place == kNone || cells_[at].key == key) return cells_[at].place;
        }
    }

    /// Asks memory for what find() will read.
    void prefetch(std::uint64_t key) const {
        if (!cells_.empty()) prefetchLine(&cells_[home(key)]);
    }

    /// The key must not be there yet.
    void insert(std::uint64_t key, std::uint32_t place) {
        // At most half full: chains stay short.
        if (2 * (size_ + 1) > cells_.size()) grow();
        ++size_;
        put(key, place);
    }

    /// Without effect when the key is not there.
    void erase(std::uint64_t key) {
        if (find(key) == kNone) return;
        std::size_t hole = home(key);
        while (cells_[hole].key != key)
            hole = next(hole);
        cells_[hole].place = kNone;
        --size_;
        // Whoever had to go past the hole moves up.
        for (std::size_t at = next(hole); cells_[at].place != kNone; at = next(at)) {
            const Cell moved = std::exchange(cells_[at], Cell());
            put(moved.key, moved.place);
        }
    }

    std::size_t size() const { return size_; }

  private:
    struct Cell {
        std::uint64_t key = 0;
        std::uint32_t place = kNone;
    };

    /// Multiplicative hashing with the golden ratio (Knuth, TAOCP volume 3, section 6.4).
    std::size_t home(std::uint64_t key) const {
        return static_cast<std::size_t>(key * 0x9e3779b97f4a7c15ULL >> 20) & (cells_.size() - 1);
    }
    std::size_t next(std::size_t at) const { return (at + 1) & (cells_.size() - 1); }

    void put(std::uint64_t key, std::uint32_t place) {
        std::size_t at = home(key);
        while (cells_[at].place != kNone)
            at = next(at);
        cells_[at] = {key, place};
    }

    void grow() {
        constexpr std::size_t kFewest = 8;
        const std::vector<Cell> before = std::exchange(cells_, {});
        cells_.resize(before.empty() ? kFewest : 2 * before.size());
        for (const Cell& cell : before) {
            if (cell.place != kNone) put(cell.key, cell.place);
        }
    }

    std::vector<Cell> cells_;  ///< a power of two of them
    std::size_t size_ = 0;
};

}  // namespace peerscape
