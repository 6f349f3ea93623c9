#include "scenarios/report/buckets.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/check.hpp"

namespace peerscape::report {

void Buckets::add(SimTime time, Row row, std::uint64_t count) {
    PEERSCAPE_CHECK(time >= begin_);
    const auto columnOf = [&] { return (time - begin_) / width_; };
    while (columnOf() >= mostColumns_)
        widen();
    const auto column = static_cast<std::uint32_t>(columnOf());
    columns_ = std::max(columns_, column + 1);
    const auto [at, isNew] = rows_[row].try_emplace(column, 0);
    at->second += count;
    if (isNew) ++size_;
    while (size_ > mostCounts_ && columns_ > 1)
        widen();
}

void Buckets::widen() {
    width_ = width_ * growth_;
    columns_ = (columns_ + growth_ - 1) / growth_;
    size_ = 0;
    for (auto& [row, counts] : rows_) {
        Counts wider;
        for (const auto& [column, count] : counts)
            wider[column / growth_] += count;
        counts = std::move(wider);
        size_ += counts.size();
    }
}

std::uint64_t Buckets::most() const {
    std::uint64_t most = 0;
    for (const auto& [row, counts] : rows_) {
        for (const auto& [column, count] : counts)
            most = std::max(most, count);
    }
    return most;
}

}  // namespace peerscape::report
