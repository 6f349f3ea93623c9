// What every neighbour has been told is what the rules say of it, whatever has happened before: telling all
// at once goes by notes about the neighbours (listener.hpp), which must never be behind.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/protocols/bgp/speakers.hpp"
#include "tests/seed_count.hpp"

namespace peerscape::bgp::test {
namespace {

constexpr std::size_t kRouters = 5;
constexpr std::string_view kPrefixes[] = {"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"};

/// Five routers on one Ethernet, everybody's neighbour, in three ASes, with whatever makes export differ from
/// neighbour to neighbour.
class RandomSpeakers {
  public:
    explicit RandomSpeakers(std::uint64_t seed) : random_(seed, "speakers", "config") {}

    std::string configuration(std::size_t number) {
        std::vector<std::pair<int, int>> neighbors;
        std::string more;
        for (std::size_t other = 1; other <= kRouters; ++other) {
            if (other == number) continue;
            neighbors.emplace_back(static_cast<int>(other), asOf(other));
            const std::string neighbor = " neighbor 10.0.0." + std::to_string(other) + " ";
            // Chosen once: as with FRR, what has been told already is not looked at again when it changes.
            const auto [known, isNew] = detectsLoops_.try_emplace({number, other}, false);
            if (isNew) known->second = one(3);
            if (known->second) more += neighbor + "sender-as-path-loop-detection\n";
            if (one(6)) more += neighbor + "advertisement-interval 2\n";
        }
        for (const std::string_view prefix : kPrefixes) {
            if (one(3)) more += fmt::format(" network {}{}\n", prefix, one(3) ? " route-map MARK" : "");
        }
        more += " address-family ipv4 unicast\n";
        for (std::size_t other = 1; other <= kRouters; ++other) {
            if (other == number) continue;
            const std::string neighbor = "  neighbor 10.0.0." + std::to_string(other) + " ";
            if (one(4)) more += neighbor + "next-hop-self\n";
            if (one(8)) more += neighbor + "route-server-client\n";
            if (one(8)) more += neighbor + "attribute-unchanged med\n";
            if (one(5)) more += neighbor + "route-map MARK out\n";
            if (one(8)) more += neighbor + "route-map HIDE out\n";
        }
        more += " exit-address-family\n";
        more += fmt::format("route-map MARK permit 10\n set community {}\n", one(2)   ? "no-export"
                                                                             : one(2) ? "no-advertise"
                                                                                      : "65000:1");
        more +=
            "ip prefix-list FIRST permit 192.0.2.0/24\n"
            "route-map HIDE deny 10\n match ip address prefix-list FIRST\nroute-map HIDE permit 20\n";
        return router(asOf(number), neighbors, more);
    }

    bool one(std::uint64_t in) { return random_.below(in) == 0; }
    std::size_t any() { return 1 + random_.below(kRouters); }
    Duration aWhile() { return random_.between(Duration(), Duration::seconds(4)); }

  private:
    static int asOf(std::size_t number) { return 65001 + static_cast<int>(number % 3); }

    RandomStream random_;
    std::map<std::pair<std::size_t, std::size_t>, bool> detectsLoops_;
};

void disturb(Speakers& speakers, RandomSpeakers& random) {
    const std::size_t number = random.any();
    if (random.one(8)) {
        speakers.breakStreams(number);
    } else if (random.one(8)) {
        speakers.stopProcess(number);
        speakers.run(random.aWhile());
        speakers.startProcess(number);
    } else if (random.one(6)) {
        speakers.command(number, {"clear", "bgp", "*", "soft"});
    } else {
        speakers.reconfigure(number, random.configuration(number));
    }
}

/// How many routes neighbours have, after looking at each.
std::size_t checkedRoutes(Speakers& speakers) {
    std::size_t count = 0;
    for (std::size_t number = 1; number <= kRouters; ++number) {
        for (std::size_t to = 1; to <= kRouters; ++to) {
            if (to == number || !speakers.isEstablished(number, to)) continue;
            // Some of these labs never come to rest; what waits for an advertisement interval is told later.
            if (!speakers.peer(number, to).families.ipv4.pending.isEmpty()) continue;
            for (const std::string_view prefix : kPrefixes) {
                SCOPED_TRACE(fmt::format("R{} tells R{} of {}", number, to, prefix));
                const Destination* destination =
                    speakers.process(number).table(Family::IPv4).find(net(prefix));
                if (destination == nullptr) continue;
                const PeerId id = speakers.peer(number, to).id;
                const auto told = std::ranges::find(destination->advertised, id, &Advertised::peer);
                const bool isTold = told != destination->advertised.end();
                const bool hasBest = destination->bestPath() != nullptr;
                const ExportVerdict verdict =
                    hasBest ? speakers.exportTo(number, to, prefix) : ExportVerdict{};
                EXPECT_EQ(isTold, hasBest && verdict.isTold())
                    << "withheld: " << (verdict.withheld ? static_cast<int>(*verdict.withheld) : -1) << ", "
                    << verdict.by;
                if (!isTold || !hasBest || !verdict.isTold()) continue;
                EXPECT_TRUE(told->attributes == verdict.attributes);
                EXPECT_EQ(speakers.process(number).nextHops()[told->nextHop].value, verdict.nextHop);
                ++count;
            }
        }
    }
    return count;
}

TEST(BgpNews, EveryNeighborHasWhatTheRulesSayAfterAnything) {
    std::size_t routes = 0;
    const std::uint64_t seeds = seedCount(80);
    for (std::uint64_t seed = 1; seed <= seeds && !HasFailure(); ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        RandomSpeakers random(seed);
        std::vector<std::string> texts;
        for (std::size_t number = 1; number <= kRouters; ++number)
            texts.push_back(random.configuration(number));
        Speakers speakers(texts);
        speakers.start();
        for (int round = 0; round < 12; ++round) {
            speakers.run(random.aWhile());
            disturb(speakers, random);
        }
        speakers.run(Duration::minutes(1));
        routes += checkedRoutes(speakers);
    }
    EXPECT_GT(routes, seeds * 5) << "there was something to look at";
}

}  // namespace
}  // namespace peerscape::bgp::test
