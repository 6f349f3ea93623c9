#include "tests/bench/as_graph.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "tests/bench/python_random.hpp"

namespace peerscape::bench {
namespace {

constexpr std::uint32_t kRegions = 5;
constexpr std::array<double, kRegions> kRegionShares{35, 27, 20, 11, 7};
constexpr double kLinksPerAs = 4.5;
constexpr double kTransitShare = 0.15;
/// So often in a row nothing new may be drawn at the exchange points before that is enough.
constexpr int kPatience = 200'000;

/// Python's round(): halves go to the even neighbour.
std::uint32_t rounded(double value) { return static_cast<std::uint32_t>(std::nearbyint(value)); }

std::vector<double> sums(const std::vector<double>& weights) {
    std::vector<double> result;
    double sum = 0;
    for (const double weight : weights)
        result.push_back(sum += weight);
    return result;
}

/// Draws one graph. ASes are places 0, 1, 2 … here: the clique, those that sell transit, stubs.
class Drawing {
  public:
    Drawing(std::uint32_t size, std::string_view seed)
        : size_(size),
          clique_(static_cast<std::uint32_t>(
              std::clamp(static_cast<int>(rounded(4 * std::log10(size))) - 3, 6, 18))),
          firstStub_(clique_ + std::max(4U, static_cast<std::uint32_t>(kTransitShare * size))),
          random_(fmt::format("{}/{}/{:.1f}", seed, size, kLinksPerAs)),
          providers_(size),
          customers_(size),
          peers_(size) {
        drawRegions();
        joinClique();
        for (std::uint32_t as = clique_; as < size_; ++as)
            choose(as);
        openExchanges();
        joinPeers();
    }

    AsGraph numbered() {
        std::vector<std::uint32_t> number(size_);
        for (std::uint32_t as = 0; as < size_; ++as)
            number[as] = as + 1;
        random_.shuffle(number);
        AsGraph graph;
        for (std::uint32_t as = 0; as < size_; ++as) {
            for (const std::uint32_t customer : customers_[as])
                graph.links.push_back({number[as], number[customer], AsGraph::Relation::ProviderOfCustomer});
            for (const std::uint32_t peer : peers_[as]) {
                if (as < peer) graph.links.push_back({number[as], number[peer], AsGraph::Relation::Peers});
            }
        }
        std::ranges::sort(graph.links, {},
                          [](const AsGraph::Link& l) { return std::pair(l.first, l.second); });
        return graph;
    }

  private:
    void drawRegions() {
        const auto shares = sums({kRegionShares.begin(), kRegionShares.end()});
        for (std::uint32_t as = 0; as < size_; ++as)
            region_.push_back(as < clique_ ? as % kRegions
                                           : static_cast<std::uint32_t>(random_.weighted(shares)));
    }

    void joinClique() {
        for (std::uint32_t as = 0; as < clique_; ++as) {
            for (std::uint32_t other = 0; other < as; ++other)
                peer(as, other);
            for (auto& urn : urnOfRegion_)
                urn.push_back(as);
        }
        for (int i = 0; i < 3; ++i)
            std::copy_n(urnOfRegion_[0].begin(), clique_, std::back_inserter(urn_));
    }

    void peer(std::uint32_t a, std::uint32_t b) {
        peers_[a].insert(b);
        peers_[b].insert(a);
        ++links_;
    }

    /// A newcomer chooses providers among those that were there before, the more often the more customers
    /// they have.
    void choose(std::uint32_t as) {
        constexpr std::uint32_t kMostProviders = 8;
        constexpr int kMostTries = 40;
        const bool isStub = as >= firstStub_;
        std::uint32_t wanted = 1;
        while (wanted < kMostProviders && random_.uniform() > (isStub ? 0.52 : 0.42))
            ++wanted;
        for (int tries = 0; providers_[as].size() < wanted && tries < kMostTries; ++tries) {
            const bool isNear = random_.uniform() < 0.8;
            const std::uint32_t provider = random_.choice(isNear ? urnOfRegion_[region_[as]] : urn_);
            if (provider == as || !providers_[as].insert(provider).second) continue;
            customers_[provider].insert(as);
            ++links_;
            urn_.push_back(provider);
            urnOfRegion_[region_[provider >= clique_ ? provider : as]].push_back(provider);
        }
        if (isStub) return;
        urn_.push_back(as);
        urnOfRegion_[region_[as]].push_back(as);
    }

    /// Exchange points, and how often each AS stands in the list of each.
    void openExchanges() {
        const std::uint32_t count = std::max(3U, size_ / 250);
        std::vector<std::vector<std::uint32_t>> byRegion(kRegions);
        for (std::uint32_t x = 0; x < count; ++x)
            byRegion[random_.below(kRegions)].push_back(x);
        members_.resize(count);
        const auto content = random_.sample(firstStub_, size_ - firstStub_, std::max(2U, size_ / 1500));
        std::vector<std::uint32_t> everywhere(count);
        for (std::uint32_t x = 0; x < count; ++x)
            everywhere[x] = x;
        for (std::uint32_t as = clique_; as < size_; ++as) {
            const auto& near = byRegion[region_[as]].empty() ? everywhere : byRegion[region_[as]];
            if (std::ranges::find(content, as) != content.end()) {
                join(as, random_.sample(0, count, std::max(1U, count * 2 / 3)), 12);
            } else if (as < firstStub_) {
                const auto most = 1 + std::min(12U, static_cast<std::uint32_t>(random_.pareto(1.3)));
                join(as, drawNear(near, most), 3);
            } else if (random_.uniform() < 0.30) {
                join(as, drawNear(near, 1), 1);
            }
        }
    }

    std::vector<std::uint32_t> drawNear(const std::vector<std::uint32_t>& near, std::uint32_t count) {
        std::vector<double> weights;
        for (const std::uint32_t x : near)
            weights.push_back(1.0 / std::pow(x + 1, 0.9));
        const auto cumulative = sums(weights);
        std::set<std::uint32_t> drawn;
        for (std::uint32_t i = 0; i < count; ++i)
            drawn.insert(near[random_.weighted(cumulative)]);
        return {drawn.begin(), drawn.end()};
    }

    void join(std::uint32_t as, const std::vector<std::uint32_t>& exchanges, std::size_t copies) {
        for (const std::uint32_t x : exchanges)
            members_[x].insert(members_[x].end(), copies, as);
    }

    void joinPeers() {
        std::vector<std::uint32_t> live;
        std::vector<double> weights;
        for (std::uint32_t x = 0; x < members_.size(); ++x) {
            if (std::set(members_[x].begin(), members_[x].end()).size() <= 2) continue;
            live.push_back(x);
            weights.push_back(std::pow(members_[x].size(), 1.2));
        }
        const auto cumulative = sums(weights);
        const std::uint32_t wanted = rounded(kLinksPerAs * size_);
        for (int stalled = 0; links_ < wanted && !live.empty() && stalled < kPatience;) {
            const auto& present = members_[live[random_.weighted(cumulative)]];
            const std::uint32_t a = random_.choice(present);
            const std::uint32_t b = random_.choice(present);
            const bool isNew =
                a != b && !peers_[a].contains(b) && !providers_[a].contains(b) && !customers_[a].contains(b);
            stalled = isNew ? 0 : stalled + 1;
            if (isNew) peer(a, b);
        }
    }

    std::uint32_t size_;
    std::uint32_t clique_;
    std::uint32_t firstStub_;
    PythonRandom random_;
    std::uint32_t links_ = 0;
    std::vector<std::uint32_t> region_;
    std::vector<std::set<std::uint32_t>> providers_;
    std::vector<std::set<std::uint32_t>> customers_;
    std::vector<std::set<std::uint32_t>> peers_;
    std::vector<std::uint32_t> urn_;
    std::array<std::vector<std::uint32_t>, kRegions> urnOfRegion_;
    std::vector<std::vector<std::uint32_t>> members_;  ///< of exchange points
};

std::vector<std::uint32_t> sortedOnce(std::vector<std::uint32_t> numbers) {
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

}  // namespace

std::vector<std::uint32_t> AsGraph::numbers() const {
    std::vector<std::uint32_t> all;
    for (const Link& link : links) {
        all.push_back(link.first);
        all.push_back(link.second);
    }
    return sortedOnce(std::move(all));
}

std::vector<std::uint32_t> AsGraph::stubs() const {
    std::vector<std::uint32_t> providers;
    for (const Link& link : links) {
        if (link.relation == Relation::ProviderOfCustomer) providers.push_back(link.first);
    }
    std::vector<std::uint32_t> without;
    std::ranges::set_difference(numbers(), sortedOnce(std::move(providers)), std::back_inserter(without));
    return without;
}

AsGraph drawAsGraph(std::uint32_t size, std::string_view seed) { return Drawing(size, seed).numbered(); }

std::vector<std::uint32_t> firstOrigins(const AsGraph& graph) {
    const auto stubs = graph.stubs();
    std::vector<std::uint32_t> origins;
    for (const std::uint32_t at : PythonRandom(7U).sample(0, static_cast<std::uint32_t>(stubs.size()), 10))
        origins.push_back(stubs[at]);
    return origins;
}

}  // namespace peerscape::bench
