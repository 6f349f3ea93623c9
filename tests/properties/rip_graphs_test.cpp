// RIP on graphs: whatever fails, the tables become what Boost.Graph's hop counts say.
#include "tests/properties/graph_lab.hpp"

namespace peerscape::properties {
namespace {

/// Times in the proportions of the RFC's, so that hours of convergence become minutes of lab time.

GraphLabOptions options(std::uint64_t seed, Family family = Family::IPv4) {
    GraphLabOptions result;
    result.seed = seed;
    result.family = family;
    result.timers = quick();
    return result;
}

/// Breaks and mends one thing after the other, and looks each time.
void failEverything(GraphLab& lab, const std::string& name) {
    lab.converge();
    lab.check(name);
    for (std::size_t i = 0; i < lab.linkCount(); ++i) {
        const std::string what = name + fmt::format(", link {}", i);
        lab.setLink(i, false);
        lab.converge();
        lab.check(what + " failed");
        lab.setLink(i, true);
        lab.converge();
        lab.check(what + " restored");
        if (testing::Test::HasFailure()) return;
    }
    for (std::size_t r = 0; r < lab.routerCount(); ++r) {
        const std::string what = name + fmt::format(", router {}", r);
        lab.setRouter(r, false);
        lab.converge();
        lab.check(what + " failed");
        lab.setRouter(r, true);
        lab.converge();
        lab.check(what + " restored");
        if (testing::Test::HasFailure()) return;
    }
}

TEST(RipOnGraphs, Ring) {
    for (const std::size_t n : {3U, 4U, 7U, 10U}) {
        GraphLab lab(ring(n), options(n));
        failEverything(lab, fmt::format("ring of {}", n));
    }
}

TEST(RipOnGraphs, Grid) {
    GraphLab lab(grid(4, 3), options(1));
    failEverything(lab, "grid of 4 by 3");
}

TEST(RipOnGraphs, FullMesh) {
    GraphLab lab(fullMesh(6), options(1));
    failEverything(lab, "full mesh of 6");
}

TEST(RipOnGraphs, Star) {
    GraphLab lab(star(7), options(1));
    failEverything(lab, "star of 7");
}

TEST(RipOnGraphs, ALineLongerThanInfinity) {
    GraphLab lab(line(18), options(1));
    lab.converge();
    lab.check("line of 18");
    lab.setLink(8, false);
    lab.converge();
    lab.check("line of 18, cut in the middle");
}

TEST(RipOnGraphs, RandomGraphs) {
    for (std::uint64_t seed = 1; seed <= seedCount(); ++seed) {
        GraphLab lab(randomGraph(seed), options(seed));
        failEverything(lab, fmt::format("random graph {}", seed));
        if (HasFailure()) return;
    }
}

TEST(RipOnGraphs, RipngOnRandomGraphs) {
    for (std::uint64_t seed = 1; seed <= seedCount(); ++seed) {
        GraphLab lab(randomGraph(seed), options(seed, Family::IPv6));
        failEverything(lab, fmt::format("random graph {} with RIPng", seed));
        if (HasFailure()) return;
    }
}

TEST(RipOnGraphs, AllEqualWaysWithEcmp) {
    for (std::uint64_t seed = 1; seed <= seedCount(20); ++seed) {
        GraphLabOptions ecmp = options(seed);
        ecmp.allowsEcmp = true;
        GraphLab lab(randomGraph(seed), ecmp);
        failEverything(lab, fmt::format("random graph {} with equal-cost ways", seed));
        if (HasFailure()) return;
    }
}

TEST(RipOnGraphs, WithPoisonedReverseAndWithoutSplitHorizon) {
    for (const auto horizon : {rip::SplitHorizon::PoisonedReverse, rip::SplitHorizon::Off}) {
        for (std::uint64_t seed = 1; seed <= seedCount(20); ++seed) {
            GraphLabOptions other = options(seed);
            other.splitHorizon = horizon;
            GraphLab lab(randomGraph(seed), other);
            failEverything(lab,
                           fmt::format("random graph {}, split horizon {}", seed, static_cast<int>(horizon)));
            if (HasFailure()) return;
        }
    }
}

TEST(RipOnGraphs, SilentFailuresAreNoticedByTimeout) {
    for (std::uint64_t seed = 1; seed <= seedCount(); ++seed) {
        GraphLab lab(randomGraph(seed), options(seed));
        lab.converge();
        for (std::size_t i = 0; i < lab.linkCount(); ++i) {
            lab.setSilent(i, true);
            lab.converge();
            lab.check(fmt::format("random graph {}, link {} failed silently", seed, i));
            lab.setSilent(i, false);
            lab.converge();
            lab.check(fmt::format("random graph {}, link {} carries again", seed, i));
            if (HasFailure()) return;
        }
    }
}

TEST(RipOnGraphs, SeveralFailuresAtOnceWithTheTimersOfTheRfc) {
    for (std::uint64_t seed = 1; seed <= seedCount(); ++seed) {
        GraphLabOptions slow = options(seed);
        slow.timers = {};
        GraphLab lab(randomGraph(seed), slow);
        RandomStream random(seed, "graph", "faults");
        const auto breakOrMend = [&] {
            const std::size_t link = random.below(lab.linkCount());
            lab.setLink(link, random.below(2) == 0);
            const std::size_t router = random.below(lab.routerCount());
            lab.setRouter(router, random.below(2) == 0);
        };
        for (int round = 0; round < 4; ++round) {
            breakOrMend();
            lab.lab().runFor(random.between(Duration(), Duration::seconds(40)));
            breakOrMend();
            lab.converge();
            lab.check(fmt::format("random graph {}, round {}", seed, round));
        }
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace peerscape::properties
