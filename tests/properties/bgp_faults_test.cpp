/// BGP through random schedules of failures, restarts and bad weather. What it is all worth is asked when
/// everything works again; that no route outlives its session, at every instant.
#include "protocols/bgp/session_remarks.hpp"
#include "tests/properties/bgp_lab.hpp"

namespace peerscape::properties {
namespace {

LinkProperties storm(std::uint32_t percent) {
    const Probability some = Probability::partsPerMillion(percent * 10'000);
    LinkProperties links;
    links.loss = links.duplicate = links.reorder = links.corrupt = some;
    return links;
}

void surviveTrouble(BgpLab& lab, int events, const std::string& where) {
    lab.settle(where + ", cold start");
    for (int event = 0; event < events && !testing::Test::HasFailure(); ++event) {
        lab.makeTrouble();
        lab.runFor(Duration::milliseconds(static_cast<std::int64_t>(lab.random().below(15'000))));
        lab.expectNothingHangs(where);
    }
    if (testing::Test::HasFailure()) return;
    lab.heal();
    lab.setWeather({});
    lab.settle(where + ", healed");
}

void forSeeds(std::uint64_t count, const BgpLabOptions& options, const std::string& name) {
    for (std::uint64_t seed = 1; seed <= seedCount(count) && !testing::Test::HasFailure(); ++seed) {
        const std::string where = fmt::format("{}, seed {}", name, seed);
        SCOPED_TRACE(where);
        BgpLab lab(randomGraph(seed + 100), seed, options);
        surviveTrouble(lab, 12, where);
    }
}

TEST(BgpUnderFaults, EveryScheduleEndsWell) { forSeeds(200, {}, "fair weather"); }

TEST(BgpUnderFaults, LossDuplicationReorderingAndCorruptionToo) {
    BgpLabOptions options;
    options.weather = storm(10);
    forSeeds(100, options, "storm");
}

TEST(BgpUnderFaults, WithAnAdvertisementInterval) {
    BgpLabOptions options;
    options.advertisementInterval = 5;
    forSeeds(40, options, "interval");
}

TEST(BgpUnderFaults, WithGracefulRestart) {
    BgpLabOptions options;
    options.restartsGracefully = true;
    forSeeds(100, options, "graceful");
}

TEST(BgpUnderFaults, ProcessesThatHangAndGoOn) {
    BgpLabOptions options;
    options.hangs = true;
    forSeeds(60, options, "hanging");
    options.weather = storm(10);
    forSeeds(20, options, "hanging in a storm");
}

TEST(BgpUnderFaults, AHangingProcessLosesItsSessionsAndNothingElse) {
    for (std::uint64_t seed = 1; seed <= seedCount(10); ++seed) {
        BgpLab lab(randomGraph(seed), seed, {});
        const std::string where = fmt::format("seed {}", seed);
        lab.settle(where + ", cold start");
        lab.setFrozen(0, true);
        // The hold time is 9 s; afterwards nobody believes in it any more, and it believes in everybody.
        lab.runFor(Duration::seconds(10));
        ASSERT_NE(lab.process(0), nullptr);
        for (const auto& [id, peer] : lab.process(0)->peers())
            EXPECT_TRUE(peer.session.isEstablished()) << where << ", " << peer.name();
        for (std::size_t r = 1; r < lab.routerCount(); ++r) {
            for (const auto& [prefix, destination] : lab.process(r)->table(Family::IPv4)) {
                for (const bgp::Path& path : destination.paths)
                    EXPECT_FALSE(path.attributes->asPath->contains(Asn::number(65001)))
                        << where << ": R" << r << " still goes through it to " << toString(prefix);
            }
        }
        lab.setFrozen(0, false);
        lab.settle(where + ", going on");
        if (testing::Test::HasFailure()) return;
    }
}

/// How often a connection was given up for another one with the same neighbour (RFC 4271 section 6.8).
std::size_t collisionsOf(const BgpLab& lab, NodeId router, const IpAddress& peer) {
    std::size_t count = 0;
    for (const Record& r : lab.lab().log().kept()) {
        const auto* noted = std::get_if<record::Noted>(&r.what);
        const auto* remark =
            noted == nullptr ? nullptr : dynamic_cast<const bgp::SessionRemark*>(noted->remark.get());
        if (remark == nullptr || r.node != router || remark->facts().peer != peer) continue;
        const auto& end = remark->facts().end;
        if (end != nullptr && end->cause == bgp::SessionEnd::Cause::Collision) ++count;
    }
    return count;
}

/// Both ends of every link connect within the quarter of a second by which their timers differ, which is
/// less than a SYN takes: so they meet on the way, unless one side was slow to notice the end before.
TEST(BgpUnderFaults, OpensThatCollideOnEveryLink) {
    for (std::uint64_t seed = 1; seed <= seedCount(10); ++seed) {
        BgpLabOptions options;
        options.timers = {30, 90};  // of many KEEPALIVEs one would always be on the way, and no lab at rest
        BgpLab lab(randomGraph(seed), seed, options);
        const std::string where = fmt::format("seed {}", seed);
        lab.setDelay(Duration::milliseconds(400));
        lab.settle(where + ", slow links");
        for (int round = 0; round < 3; ++round) {
            for (std::size_t r = 0; r < lab.routerCount(); ++r)
                lab.clear(r, {"*"});
            lab.settle(where + ", all cleared at once");
            if (testing::Test::HasFailure()) return;
        }
        for (std::size_t r = 0; r < lab.routerCount(); ++r) {
            for (const auto& [id, peer] : lab.process(r)->peers()) {
                const IpAddress here = lab.process(r)->peers().at(id).own.ipv4.value();
                std::size_t both = collisionsOf(lab, BgpLab::node(r), peer.address());
                for (std::size_t other = 0; other < lab.routerCount(); ++other)
                    both += other == r ? 0 : collisionsOf(lab, BgpLab::node(other), here);
                EXPECT_GE(both, 1U) << where << ": R" << r << " with " << peer.name();
            }
        }
    }
}

TEST(BgpUnderFaults, InsideAnAs) {
    BgpLabOptions options;
    options.shape = BgpShape::Mesh;
    forSeeds(20, options, "mesh");
    options.shape = BgpShape::Reflectors;
    forSeeds(20, options, "reflectors");
}

TEST(BgpUnderFaults, WithMessagesThatTravelWhole) {
    BgpLabOptions options;
    options.streams = StreamModel::Messages;
    forSeeds(100, options, "messages");
    options.shape = BgpShape::Mesh;
    forSeeds(10, options, "mesh of messages");
}

std::uint64_t fingerprintOf(std::uint64_t seed, bool bytesOnEveryHop, StreamModel streams) {
    BgpLabOptions options;
    if (streams == StreamModel::Segments) options.weather = storm(5);
    options.streams = streams;
    options.bytesOnEveryHop = bytesOnEveryHop;
    BgpLab lab(randomGraph(seed), seed, options);
    for (int event = 0; event < 10; ++event) {
        lab.runFor(Duration::milliseconds(static_cast<std::int64_t>(lab.random().below(15'000))));
        lab.makeTrouble();
    }
    lab.runFor(Duration::seconds(60));
    return lab.lab().fingerprint();
}

TEST(BgpDeterminism, SameSeedSameFingerprintInBytesOrNot) {
    std::set<std::uint64_t> all;
    const std::uint64_t seeds = seedCount(10);
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        for (const StreamModel streams : {StreamModel::Segments, StreamModel::Messages}) {
            const std::uint64_t once = fingerprintOf(seed, false, streams);
            EXPECT_EQ(once, fingerprintOf(seed, false, streams)) << seed;
            EXPECT_EQ(once, fingerprintOf(seed, true, streams)) << seed;
            all.insert(once);
        }
    }
    EXPECT_EQ(all.size(), 2 * seeds);
}

TEST(BgpDeterminism, ACheckpointGoesOnAsTheOriginalDid) {
    for (std::uint64_t seed = 1; seed <= seedCount(10); ++seed) {
        BgpLabOptions options;
        options.weather = storm(5);
        options.canSeek = true;
        BgpLab lab(randomGraph(seed), seed, options);
        std::vector<SimTime> instants;
        for (int event = 0; event < 10; ++event) {
            lab.runFor(Duration::milliseconds(static_cast<std::int64_t>(lab.random().below(15'000))));
            instants.push_back(lab.lab().now());
            lab.makeTrouble();
        }
        lab.runFor(Duration::seconds(30));
        const SimTime end = lab.lab().now();
        const std::uint64_t wanted = lab.lab().fingerprint();
        for (const SimTime instant : {instants[2], instants[8]}) {
            ASSERT_TRUE(lab.lab().seek(instant).has_value());
            EXPECT_NE(lab.lab().fingerprint(), wanted);
            ASSERT_TRUE(lab.lab().seek(end).has_value());
            EXPECT_EQ(lab.lab().fingerprint(), wanted) << seed << " from " << toString(instant);
        }
    }
}

}  // namespace
}  // namespace peerscape::properties
