#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "engine/base/time.hpp"

namespace peerscape::report {

/// Counts over time in columns of equal width, for several rows at once. Memory does not grow with the run:
/// when time outgrows the columns, or the counts become too many, columns become wider and neighbours are
/// added up. In the end there is one count per row; below that it cannot go.
class Buckets {
  public:
    using Row = std::uint32_t;
    /// Counts by column; columns without a count are left out.
    using Counts = std::map<std::uint32_t, std::uint64_t>;

    /// `mostColumns` of all rows, and `mostCounts` of all rows and columns together; `growth`: how many times
    /// as wide a column becomes (with 10, widths stay round numbers).
    Buckets(SimTime begin, Duration width, std::uint32_t mostColumns, std::size_t mostCounts = SIZE_MAX,
            std::uint32_t growth = 2)
        : begin_(begin), width_(width), mostColumns_(mostColumns), mostCounts_(mostCounts), growth_(growth) {}

    /// `time` must not lie before begin().
    void add(SimTime time, Row row, std::uint64_t count = 1);

    SimTime begin() const { return begin_; }
    Duration width() const { return width_; }
    SimTime beginOf(std::uint32_t column) const { return begin_ + width_ * column; }
    const std::map<Row, Counts>& rows() const { return rows_; }
    /// Of all rows: how many columns have a count.
    std::size_t size() const { return size_; }
    /// The greatest count of any row in any column; 0 when there is none.
    std::uint64_t most() const;

  private:
    void widen();

    SimTime begin_;
    Duration width_;
    std::uint32_t mostColumns_;
    std::size_t mostCounts_;
    std::uint32_t growth_;
    std::uint32_t columns_ = 0;  ///< from the first to the last that has a count
    std::size_t size_ = 0;
    std::map<Row, Counts> rows_;
};

}  // namespace peerscape::report
