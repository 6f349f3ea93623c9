#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "engine/record/record.hpp"

namespace peerscape {

/// Episodes of one kind, by begin, then destination. What has lasted no time is forgotten.
///
/// An Episode has `destination`, `begin`, `end`, `endCause`, and place(): what tells it from others of its
/// destination.
template <typename Episode>
class Episodes {
  public:
    using Place = std::remove_cvref_t<decltype(std::declval<const Episode&>().place())>;
    using Open = std::map<Place, std::size_t>;  ///< positions in all()

    const std::vector<Episode>& all() const { return all_; }
    Episode& at(std::size_t position) { return all_[position]; }
    /// Those of the destination that have not ended.
    const Open& openOf(const Prefix& destination) const {
        static const Open none;
        const auto at = open_.find(destination);
        return at == open_.end() ? none : at->second;
    }
    bool anyOpen() const { return !open_.empty(); }

    void begin(Episode episode) {
        if (reopen(episode)) return;
        const auto key = [](const Episode& e) { return std::tuple(e.begin, e.destination, e.place()); };
        auto at = all_.end();
        while (at != all_.begin() && key(*std::prev(at)) > key(episode))
            --at;
        const auto position = static_cast<std::size_t>(at - all_.begin());
        shift(position, 1);
        open_[episode.destination].emplace(episode.place(), position);
        all_.insert(at, std::move(episode));
    }

    void end(const Prefix& destination, const Place& place, SimTime time, RecordId cause) {
        const auto of = open_.find(destination);
        const auto at = of->second.find(place);
        const std::size_t position = at->second;
        of->second.erase(at);
        if (of->second.empty()) open_.erase(of);
        if (all_[position].begin == time) {
            all_.erase(all_.begin() + static_cast<std::ptrdiff_t>(position));
            return shift(position, -1);
        }
        all_[position].end = time;
        all_[position].endCause = cause;
        if (time != closedAt_) closed_.clear();
        closedAt_ = time;
        closed_.push_back(position);
    }

  private:
    /// What ended in this very instant and begins again has never ended.
    bool reopen(const Episode& episode) {
        if (closedAt_ != episode.begin) return false;
        const auto at = std::find_if(closed_.begin(), closed_.end(), [&](std::size_t position) {
            const Episode& other = all_[position];
            return other.destination == episode.destination && other.place() == episode.place();
        });
        if (at == closed_.end()) return false;
        all_[*at].end = SimTime::never();
        all_[*at].endCause = RecordId::none();
        open_[episode.destination].emplace(episode.place(), *at);
        closed_.erase(at);
        return true;
    }

    /// Those from `position` on move by `by`.
    void shift(std::size_t position, std::ptrdiff_t by) {
        if (position == all_.size()) return;
        const auto move = [&](std::size_t& other) {
            if (other >= position) other += static_cast<std::size_t>(by);
        };
        for (auto& [destination, places] : open_) {
            for (auto& [place, other] : places)
                move(other);
        }
        std::for_each(closed_.begin(), closed_.end(), move);
    }

    std::vector<Episode> all_;
    std::map<Prefix, Open> open_;
    SimTime closedAt_ = SimTime::never();
    std::vector<std::size_t> closed_;  ///< in the instant closedAt_
};

}  // namespace peerscape
