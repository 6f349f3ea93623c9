#pragma once

#include <cstdint>
#include <string_view>

namespace peerscape {

/// Mixes a number so that every input bit reaches every output bit (the finaliser of MurmurHash3, public
/// domain).
constexpr std::uint64_t mixBits(std::uint64_t x) {
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdULL;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53ULL;
    x ^= x >> 33;
    return x;
}

/// A hash that is the same on every machine and in every build: fingerprints, seeds and flow hashes are made
/// of it.
class StableHash {
  public:
    constexpr explicit StableHash(std::uint64_t seed = 0x9e3779b97f4a7c15ULL) : state_(seed) {}

    constexpr StableHash& add(std::uint64_t v) {
        state_ = mixBits(state_ ^ (v + 0x9e3779b97f4a7c15ULL + (state_ << 6) + (state_ >> 2)));
        return *this;
    }
    constexpr StableHash& add(std::string_view text) {
        add(text.size());
        for (const char c : text)
            state_ = (state_ ^ static_cast<std::uint8_t>(c)) * 0x100000001b3ULL;
        return add(state_);
    }
    constexpr std::uint64_t value() const { return state_; }

  private:
    std::uint64_t state_;
};

}  // namespace peerscape
