/// BGP on rings, trees, grids and random graphs: each link and each router fails, seen and unseen, and
/// comes back.
#include "tests/properties/bgp_lab.hpp"

namespace peerscape::properties {
namespace {

void everythingFailsOnce(BgpLab& lab, const std::string& where) {
    lab.settle(where + ", cold start");
    const auto both = [&](const std::string& what, auto set) {
        if (testing::Test::HasFailure()) return;
        set(false);
        lab.settle(fmt::format("{}, {} down", where, what));
        if (testing::Test::HasFailure()) return;
        set(true);
        lab.settle(fmt::format("{}, {} back", where, what));
    };
    for (std::size_t link = 0; link < lab.linkCount(); ++link) {
        both(fmt::format("link {}", link), [&](bool up) { lab.setLink(link, up); });
        both(fmt::format("link {} in silence", link), [&](bool up) { lab.setSilent(link, !up, false); });
        // RIP goes on believing in a way that it hears of, and sends into the void (RFC 2453 knows no two-way
        // check): what then can be reached, no graph says.
        if (lab.shape() != BgpShape::Ases) continue;
        both(fmt::format("link {} one way", link), [&](bool up) { lab.setSilent(link, !up, true); });
    }
    for (std::size_t r = 0; r < lab.routerCount(); ++r) {
        both(fmt::format("router {}", r), [&](bool up) { lab.setRouter(r, up); });
        both(fmt::format("process {}", r), [&](bool up) { lab.setProcess(r, up); });
    }
}

void onGraph(const Graph& graph, std::uint64_t seed, const std::string& name, BgpLabOptions options = {}) {
    if (testing::Test::HasFailure()) return;
    SCOPED_TRACE(fmt::format("{}, seed {}", name, seed));
    BgpLab lab(graph, seed, options);
    everythingFailsOnce(lab, name);
}

BgpLabOptions shaped(BgpShape shape) {
    BgpLabOptions options;
    options.shape = shape;
    return options;
}

TEST(BgpOnGraphs, Rings) {
    for (const std::size_t n : {3U, 6U})
        onGraph(ring(n), n, fmt::format("ring of {}", n));
}

TEST(BgpOnGraphs, Trees) {
    onGraph(line(5), 1, "line");
    onGraph(star(5), 2, "star");
}

TEST(BgpOnGraphs, Grids) { onGraph(grid(3, 3), 1, "grid"); }

TEST(BgpOnGraphs, RandomGraphs) {
    for (std::uint64_t seed = 1; seed <= seedCount(5); ++seed)
        onGraph(randomGraph(seed), seed, "random graph");
}

TEST(BgpOnGraphs, MeshesInsideAnAs) {
    for (std::uint64_t seed = 1; seed <= seedCount(2); ++seed)
        onGraph(randomGraph(seed), seed, "mesh", shaped(BgpShape::Mesh));
}

TEST(BgpOnGraphs, TwoReflectorsInsideAnAs) {
    for (std::uint64_t seed = 1; seed <= seedCount(2); ++seed)
        onGraph(randomGraph(seed), seed, "reflectors", shaped(BgpShape::Reflectors));
}

}  // namespace
}  // namespace peerscape::properties
