#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string_view>
#include <vector>

namespace peerscape::bench {

/// Draws the same numbers as `random.Random(seed)` of Python 3, so that graphs that others have drawn with it
/// can be drawn here: the Mersenne Twister, and what Python's library makes of its words.
class PythonRandom {
  public:
    explicit PythonRandom(std::string_view seed);
    /// The same for a number as seed.
    explicit PythonRandom(std::uint32_t seed);

    /// random(): in [0, 1), with 53 bits.
    double uniform();
    /// _randbelow(n): in [0, n); n at least 1.
    std::uint32_t below(std::uint32_t n);
    /// choices(range(len(weights)), weights)[0], with the sums of the weights up to each.
    std::size_t weighted(std::span<const double> cumulativeWeights);
    /// paretovariate(alpha).
    double pareto(double alpha);
    /// sample(range(first, first + size), count).
    std::vector<std::uint32_t> sample(std::uint32_t first, std::uint32_t size, std::uint32_t count);
    /// choice(from).
    template <typename T>
    const T& choice(const std::vector<T>& from) {
        return from[below(static_cast<std::uint32_t>(from.size()))];
    }
    /// shuffle(what).
    template <typename T>
    void shuffle(std::vector<T>& what) {
        for (auto i = static_cast<std::uint32_t>(what.size()); i-- > 1;)
            std::swap(what[i], what[below(i + 1)]);
    }

  private:
    std::mt19937 words_;
};

}  // namespace peerscape::bench
