/// BGP's times and message counts that others have worked out (docs/theory.md).
#include "tests/properties/bgp_oracles.hpp"

namespace peerscape::properties {
namespace {

/// Everything takes a few hops besides the intervals.
constexpr Duration kHops = Duration::milliseconds(100);

struct Mesh {
    UpdateCounts up;    ///< the prefix is announced
    UpdateCounts down;  ///< it is withdrawn after that has come to rest
    Duration time;      ///< of the latter
    /// Between routers that have to find out that there is no way any more.
    std::uint64_t withdrawalsOfOthers() const {
        return down.withdrawals - down.withdrawalsByOrigin - down.withdrawalsToOrigin;
    }
};

Mesh runMesh(std::size_t routers, const OracleOptions& options) {
    OracleLab lab(fullMesh(routers), 0, options);
    Mesh mesh;
    mesh.up = lab.announce();
    EXPECT_EQ(lab.routersWithRoute(), routers);
    EXPECT_LT(lab.convergenceTime(), kHops) << "nothing waits when a prefix is new";
    mesh.down = lab.withdraw();
    EXPECT_EQ(lab.routersWithRoute(), 0U);
    mesh.time = lab.convergenceTime();
    return mesh;
}

void expectIntervals(Duration time, std::uint64_t intervals, const OracleOptions& options) {
    const Duration wanted = Duration::seconds(options.interval) * static_cast<std::int64_t>(intervals);
    EXPECT_GE(time, wanted);
    EXPECT_LE(time, wanted + kHops);
}

template <typename Test>
void forEachMesh(Test test) {
    for (std::uint64_t n = 3; n <= 10; ++n) {
        SCOPED_TRACE(fmt::format("mesh of {}", n));
        test(n);
    }
}

TEST(BgpOracles, MeshWithWithdrawalsAtOnce) {
    const OracleOptions options;
    forEachMesh([&](std::uint64_t n) {
        const Mesh mesh = runMesh(n, options);
        EXPECT_EQ(mesh.up.announcements, n * (n - 1));
        EXPECT_EQ(mesh.down.announcements, (n - 1) * (n - 2) * (n + 1) / 2);
        EXPECT_EQ(mesh.withdrawalsOfOthers(), (n - 1) * (n - 2));
        expectIntervals(mesh.time, n - 3, options);
    });
}

TEST(BgpOracles, MeshWithPacedWithdrawals) {
    OracleOptions options;
    options.pacesWithdrawals = true;
    forEachMesh([&](std::uint64_t n) {
        const Mesh mesh = runMesh(n, options);
        EXPECT_EQ(mesh.up.announcements, n * (n - 1));
        EXPECT_EQ(mesh.down.announcements, (n - 1) * (n - 2) * (n + 1) / 2);
        EXPECT_EQ(mesh.withdrawalsOfOthers(), (n - 1) * (n - 2));
        expectIntervals(mesh.time, n - 2, options);
    });
}

TEST(BgpOracles, MeshWithPacedWithdrawalsAndLoopsDetectedBySenders) {
    OracleOptions options;
    options.pacesWithdrawals = options.detectsLoopsAtSender = true;
    forEachMesh([&](std::uint64_t n) {
        const Mesh mesh = runMesh(n, options);
        EXPECT_EQ(mesh.up.announcements, (n - 1) * (n - 1));
        EXPECT_EQ(mesh.down.announcements, (n - 2) * (n - 1) * (2 * n - 3) / 6 - 1 - (n - 3));
        EXPECT_EQ(mesh.down.withdrawals, (n - 1) * (n - 1));
        expectIntervals(mesh.time, n - 3, options);
    });
}

TEST(BgpOracles, JitterShortensTheTimeOfAMesh) {
    OracleOptions options;
    options.jittersIntervals = true;
    for (options.seed = 1; options.seed <= seedCount(20); ++options.seed) {
        constexpr std::size_t kRouters = 6;
        const Mesh mesh = runMesh(kRouters, options);
        const Duration bound = Duration::seconds(options.interval) * (kRouters - 3);
        EXPECT_LT(mesh.time, bound) << "seed " << options.seed;
        EXPECT_GT(mesh.time, bound / 2) << "seed " << options.seed;
    }
}

/// A chain 0 … n-1 beside a clique n … 2n-1, joined at both ends.
Graph bClique(std::size_t n) {
    std::vector<Link> links{{0, n}, {n - 1, 2 * n - 1}};
    for (std::size_t i = 0; i + 1 < n; ++i)
        links.emplace_back(i, i + 1);
    for (std::size_t i = n; i < 2 * n; ++i) {
        for (std::size_t j = i + 1; j < 2 * n; ++j)
            links.emplace_back(i, j);
    }
    return graphOf(2 * n, links);
}

TEST(BgpOracles, TheWayAroundABCliqueIsFoundLate) {
    for (const auto& [paces, detects] : {std::pair(false, false), {true, false}, {true, true}}) {
        OracleOptions options;
        options.pacesWithdrawals = paces;
        options.detectsLoopsAtSender = detects;
        for (const std::size_t n : {4U, 6U, 8U, 10U}) {
            SCOPED_TRACE(fmt::format("n = {}, {}{}", n, paces ? "paced" : "at once",
                                     detects ? ", loops detected by senders" : ""));
            OracleLab lab(bClique(n), 0, options);
            lab.announce();
            lab.failLink(lab.linkBetween(0, n));
            EXPECT_EQ(lab.routersWithRoute(), 2 * n);
            expectIntervals(lab.convergenceTime(), n - 2, options);
        }
    }
}

/// Griffin and Premore (2001): routers that take time, and the advertisement interval.
double secondsToForget(std::size_t routers, std::uint16_t interval) {
    OracleOptions options;
    options.interval = interval;
    options.processingTime = bgp::ProcessingTime{Duration::milliseconds(10), Duration::seconds(1)};
    OracleLab lab(fullMesh(routers), 0, options);
    lab.announce();
    lab.withdraw();
    EXPECT_EQ(lab.routersWithRoute(), 0U);
    return lab.convergenceTime().inSeconds();
}

TEST(BgpOracles, AMeshOfSlowRoutersHasABestInterval) {
    constexpr std::size_t kRouters = 8;
    std::map<std::uint16_t, double> time;
    for (const std::uint16_t interval : std::initializer_list<std::uint16_t>{0, 1, 2, 3, 5, 10, 30, 60})
        time[interval] = secondsToForget(kRouters, interval);
    EXPECT_GT(time[0], 1.5 * time[1]);
    EXPECT_GT(time[1], 1.5 * time[2]);
    EXPECT_GT(time[2], 1.3 * time[3]) << "steeply down to the best one";
    EXPECT_GT(time[5], time[3]);
    for (const auto& [shorter, longer] : {std::pair{10, 30}, {30, 60}}) {
        const double slope =
            (time[static_cast<std::uint16_t>(longer)] - time[static_cast<std::uint16_t>(shorter)]) /
            (longer - shorter);
        EXPECT_NEAR(slope, kRouters - 3, 0.05) << "and straight up again";
    }
}

TEST(BgpOracles, AMeshOfFifteenIsAsOthersFoundIt) {
    // Which draws of chance another program made is not known, so the best interval has a band.
    EXPECT_NEAR(secondsToForget(15, 8), 104, 20);
    EXPECT_NEAR(secondsToForget(15, 30), 355, 10);
    EXPECT_NEAR(secondsToForget(15, 60), 709, 15);
}

}  // namespace
}  // namespace peerscape::properties
