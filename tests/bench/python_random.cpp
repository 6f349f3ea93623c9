#include "tests/bench/python_random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <openssl/evp.h>
#include <set>
#include <string>
#include <utility>

namespace peerscape::bench {
namespace {

/// The key that Python makes of a string: the string and its SHA-512 as one large number, in words from the
/// least on.
std::vector<std::uint32_t> keyOf(std::string_view seed) {
    std::array<unsigned char, 64> digest{};
    EVP_Digest(seed.data(), seed.size(), digest.data(), nullptr, EVP_sha512(), nullptr);
    std::string number(seed);
    number.append(digest.begin(), digest.end());
    std::reverse(number.begin(), number.end());
    std::vector<std::uint32_t> words((number.size() + 3) / 4);
    for (std::size_t i = 0; i < number.size(); ++i)
        words[i / 4] |= static_cast<std::uint32_t>(static_cast<unsigned char>(number[i])) << (i % 4 * 8);
    while (words.size() > 1 && words.back() == 0)
        words.pop_back();
    return words;
}

/// init_by_array of the authors of the Mersenne Twister (Matsumoto and Nishimura, 2002), as a seed sequence:
/// it hands the finished state to the engine.
class ArraySeed {
  public:
    using result_type = std::uint32_t;
    explicit ArraySeed(const std::vector<std::uint32_t>& key) {
        constexpr std::uint32_t kSize = std::mt19937::state_size;
        state_[0] = 19650218;
        for (std::uint32_t i = 1; i < kSize; ++i)
            state_[i] = 1812433253U * mixed(i - 1) + i;
        std::uint32_t at = 1;
        const auto step = [&] {
            if (++at < kSize) return;
            state_[0] = state_[kSize - 1];
            at = 1;
        };
        const auto length = static_cast<std::uint32_t>(key.size());
        for (std::uint32_t k = 0, j = 0; k < std::max(kSize, length); ++k, j = (j + 1) % length) {
            state_[at] = (state_[at] ^ mixed(at - 1) * 1664525U) + key[j] + j;
            step();
        }
        for (std::uint32_t k = 1; k < kSize; ++k) {
            state_[at] = (state_[at] ^ mixed(at - 1) * 1566083941U) - at;
            step();
        }
        state_[0] = 0x80000000U;
    }
    template <typename Iterator>
    void generate(Iterator first, Iterator last) const {
        std::copy_n(state_.begin(), std::distance(first, last), first);
    }

  private:
    std::uint32_t mixed(std::uint32_t i) const { return state_[i] ^ state_[i] >> 30; }

    std::array<std::uint32_t, std::mt19937::state_size> state_{};
};

std::mt19937 engineOf(const std::vector<std::uint32_t>& key) {
    ArraySeed sequence(key);
    return std::mt19937(sequence);
}

}  // namespace

PythonRandom::PythonRandom(std::string_view seed) : words_(engineOf(keyOf(seed))) {}
PythonRandom::PythonRandom(std::uint32_t seed) : words_(engineOf({seed})) {}

double PythonRandom::uniform() {
    const auto high = static_cast<double>(words_() >> 5);
    const auto low = static_cast<double>(words_() >> 6);
    return (high * 67108864.0 + low) / 9007199254740992.0;
}

std::uint32_t PythonRandom::below(std::uint32_t n) {
    const int bits = std::bit_width(n);
    auto drawn = static_cast<std::uint32_t>(words_() >> (32 - bits));
    while (drawn >= n)
        drawn = static_cast<std::uint32_t>(words_() >> (32 - bits));
    return drawn;
}

std::size_t PythonRandom::weighted(std::span<const double> cumulativeWeights) {
    const double at = uniform() * cumulativeWeights.back();
    const auto last = cumulativeWeights.end() - 1;
    return static_cast<std::size_t>(std::upper_bound(cumulativeWeights.begin(), last, at) -
                                    cumulativeWeights.begin());
}

double PythonRandom::pareto(double alpha) { return std::pow(1.0 - uniform(), -1.0 / alpha); }

std::vector<std::uint32_t> PythonRandom::sample(std::uint32_t first, std::uint32_t size,
                                                std::uint32_t count) {
    // Python copies the population where that is smaller than a set of what was drawn.
    double setSize = 21;
    if (count > 5) setSize += std::pow(4, std::ceil(std::log(count * 3) / std::log(4)));
    std::vector<std::uint32_t> drawn;
    if (size <= setSize) {
        std::vector<std::uint32_t> pool(size);
        std::iota(pool.begin(), pool.end(), first);
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t at = below(size - i);
            drawn.push_back(pool[at]);
            pool[at] = pool[size - i - 1];
        }
        return drawn;
    }
    std::set<std::uint32_t> taken;
    while (drawn.size() < count) {
        const std::uint32_t at = below(size);
        if (taken.insert(at).second) drawn.push_back(first + at);
    }
    return drawn;
}

}  // namespace peerscape::bench
