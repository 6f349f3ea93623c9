#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/hash.hpp"
#include "engine/base/time.hpp"
#include "engine/base/wide.hpp"

namespace peerscape {

/// A stream of random numbers that is the same everywhere for the same seed and name (SplitMix64).
/// A plain value: copied with whoever owns it, so that a checkpoint continues exactly as the first pass did.
class RandomStream {
  public:
    RandomStream(std::uint64_t labSeed, std::string_view owner, std::string_view purpose)
        : state_(StableHash(labSeed).add(owner).add(purpose).value()) {}

    std::uint64_t next() { return mixBits(state_ += 0x9e3779b97f4a7c15ULL); }

    /// Uniform in [0, bound); `bound` must not be 0. Own draw, since standard distributions differ between
    /// libraries.
    std::uint64_t below(std::uint64_t bound) {
        return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64);
    }
    /// Uniform in [least, most], in whole nanoseconds.
    Duration between(Duration least, Duration most) {
        if (most <= least) return least;
        return least + Duration::nanoseconds(static_cast<std::int64_t>(
                           below(static_cast<std::uint64_t>((most - least).count()) + 1)));
    }

    std::uint64_t state() const { return state_; }
    friend bool operator==(const RandomStream&, const RandomStream&) = default;

  private:
    std::uint64_t state_;
};

}  // namespace peerscape
