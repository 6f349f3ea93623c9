// Two hundred random labs with RIP, static routes, measuring flows, lossy links and random failures: every
// instant can be gone back to, and every record goes back to something that somebody did.
#include <gmock/gmock.h>

#include "protocols/static_routes/config.hpp"
#include "tests/properties/graph_lab.hpp"

namespace peerscape::properties {
namespace {

constexpr std::size_t kInstants = 100;
constexpr SimTime kEnd = SimTime::after(Duration::seconds(200));

/// All tables, interfaces and counters, what comes next, and all that has happened so far.
struct Moment {
    std::uint64_t fingerprint = 0;
    std::uint64_t records = 0;
    std::uint64_t events = 0;
    SimTime next;
    SimTime lastDisturbance;
    std::string tables;
    std::string flows;

    friend bool operator==(const Moment&, const Moment&) = default;
};
void PrintTo(const Moment& picture, std::ostream* out) {
    *out << fmt::format("{:016x}, {} records, {} events, next {}, disturbed {}\n{}{}", picture.fingerprint,
                        picture.records, picture.events, toString(picture.next),
                        toString(picture.lastDisturbance), picture.tables, picture.flows);
}

std::string tableOf(const NodeState& node, Family family) {
    std::string text;
    for (const Prefix& prefix : node.rib.prefixes(family)) {
        for (const RibRoute* route : node.rib.routes(prefix)) {
            text += fmt::format("{} {} {} {}/{} since {}{}", node.name, toString(prefix),
                                route->protocol.value(), route->distance, route->metric,
                                toString(route->since), node.rib.isSelected(prefix, *route) ? " >" : "");
            for (const NextHop& hop : node.rib.hops(route->active))
                text += fmt::format(" {}@{}", toString(hop.gateway), hop.interface.value());
            text += "\n";
        }
    }
    return text;
}

Moment pictureOf(const Lab& lab, Family family) {
    const Simulation& world = lab.simulation();
    Moment picture{lab.fingerprint(),
                   lab.log().count(),
                   world.eventsHandled(),
                   world.nextEventTime(),
                   lab.lastDisturbance(),
                   {},
                   {}};
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
        const NodeState& node = world.node(NodeId(n));
        picture.tables += tableOf(node, family);
        for (const InterfaceState& interface : node.interfaces)
            picture.tables += fmt::format("{}{}", interface.name, interface.isUp() ? "+ " : "- ");
    }
    for (std::size_t i = 0; i < world.flows().size(); ++i) {
        const FlowCounters& counters = world.flows()[i].counters;
        picture.flows += fmt::format("\n{}: {} sent, {} received, {} late, {} lost, {}",
                                     world.flows()[i].name, counters.sent, counters.received, counters.late,
                                     counters.lost(), toString(counters.delaySum));
    }
    return picture;
}

/// A lab that something happens in every few seconds.
class RestlessLab {
  public:
    explicit RestlessLab(std::uint64_t seed)
        : lab_(randomGraph(seed), optionsOf(seed)), random_(seed, "rewind", "events") {
        const std::size_t lossy = random_.below(lab_.linkCount());
        action::ChangeLink loss;
        loss.segment = GraphLab::segment(lossy);
        loss.loss = Probability::parse("20%").value();
        lab_.act("loss", loss);
        startFlow();
    }

    Lab& lab() { return lab_.lab(); }
    Moment picture() { return pictureOf(lab(), lab_.stubNetwork(0).family()); }
    SimTime randomInstant() { return SimTime::after(Duration::nanoseconds(randomTime())); }
    std::size_t below(std::size_t bound) { return random_.below(bound); }

    /// Runs on to the instant. On the way something is broken, mended, or configured now and then, at once or
    /// for later.
    void runUntil(SimTime time) {
        while (nextTrouble_ <= time) {
            lab().runUntil(nextTrouble_);
            makeTrouble();
            nextTrouble_ =
                nextTrouble_ + Duration::milliseconds(static_cast<std::int64_t>(random_.below(20'000)));
        }
        lab().runUntil(time);
    }

  private:
    static GraphLabOptions optionsOf(std::uint64_t seed) {
        GraphLabOptions options;
        options.seed = seed;
        options.family = seed % 4 == 0 ? Family::IPv6 : Family::IPv4;
        options.timers = {Duration::seconds(5), Duration::seconds(30), Duration::seconds(20)};
        options.allowsEcmp = seed % 2 == 0;
        if (seed % 3 == 0) options.splitHorizon = rip::SplitHorizon::Off;
        options.lab.canSeek = true;
        options.lab.eventsPerCheckpoint = 50 + seed * 5;
        options.keeps = RecordLog::kAll;
        return options;
    }
    std::int64_t randomTime() { return static_cast<std::int64_t>(random_.below(kEnd.count())); }
    std::size_t randomRouter() { return random_.below(lab_.routerCount()); }

    void makeTrouble() {
        const std::size_t link = random_.below(lab_.linkCount());
        const bool up = random_.below(2) == 0;
        switch (random_.below(6)) {
            case 0:
                return lab_.setLink(link, up);
            case 1:
                return lab_.setRouter(randomRouter(), up);
            case 2:
                return lab_.setSilent(link, !up);
            case 3:
                return lab_.act("process", action::SetProcess{GraphLab::node(randomRouter()), {}, up});
            case 4:
                return healLater(link);
            default:
                return writeStaticRoute();
        }
    }
    /// A fault that heals after a time.
    void healLater(std::size_t link) {
        lab_.setLink(link, false);
        lab().schedule(lab().now() + Duration::milliseconds(static_cast<std::int64_t>(random_.below(9'000))),
                       {"heals", action::SetSegment{GraphLab::segment(link), true}});
    }
    void writeStaticRoute() {
        const std::size_t router = randomRouter();
        const NodeState& node = lab().simulation().node(GraphLab::node(router));
        auto config = std::make_shared<RouterConfig>(*node.config);
        auto routes = std::make_shared<static_routes::StaticConfig>();
        static_routes::StaticHop hop;
        if (random_.below(4) == 0) hop.discard = static_routes::Discard::Blackhole;
        const Prefix link = lab_.linkNetwork(random_.below(lab_.linkCount()));
        if (hop.discard == static_routes::Discard::None)
            hop.gateway = link.address().plus(1 + random_.below(2));
        const Distance distance = random_.below(2) == 0 ? 1 : 200;
        ASSERT_TRUE(routes->add(lab_.stubNetwork(randomRouter()), distance, 0, hop).has_value());
        config->processes[static_routes::kStatic] = routes;
        lab_.act("static route", action::Configure{GraphLab::node(router), config});
    }
    void startFlow() {
        action::StartFlow flow;
        flow.name = "flow";
        flow.from = GraphLab::node(0);
        flow.to = lab_.stubNetwork(lab_.routerCount() - 1).address().plus(1);
        flow.interval = Duration::milliseconds(500);
        lab_.act("flow", flow);
    }

    GraphLab lab_;
    RandomStream random_;
    SimTime nextTrouble_ = SimTime::after(Duration::seconds(3));
};

TEST(Rewind, EveryInstantIsAsItWasInTheFirstPass) {
    for (std::uint64_t seed = 1; seed <= seedCount(); ++seed) {
        RestlessLab restless(seed);
        std::map<SimTime, Moment> pictures;
        for (std::size_t i = 0; i < kInstants; ++i)
            pictures[restless.randomInstant()] = {};
        for (auto& [time, picture] : pictures) {
            restless.runUntil(time);
            picture = restless.picture();
        }
        restless.runUntil(kEnd);
        const Moment last = restless.picture();

        std::vector<SimTime> instants;
        for (const auto& [time, picture] : pictures)
            instants.push_back(time);
        for (std::size_t left = instants.size(); left > 0; --left) {
            std::swap(instants[left - 1], instants[restless.below(left)]);
            const SimTime to = instants[left - 1];
            ASSERT_TRUE(restless.lab().seek(to).has_value());
            ASSERT_EQ(restless.picture(), pictures[to]) << "seed " << seed << " at " << toString(to);
        }
        ASSERT_TRUE(restless.lab().seek(kEnd).has_value());
        ASSERT_EQ(restless.picture(), last) << "seed " << seed;
    }
}

TEST(Causes, EndInWhatSomebodyDid) {
    std::size_t records = 0;
    for (std::uint64_t seed = 1; seed <= seedCount(); ++seed) {
        RestlessLab restless(seed);
        restless.runUntil(kEnd);
        const auto& kept = restless.lab().log().kept();
        ASSERT_EQ(kept.size(), restless.lab().log().count());
        for (std::size_t i = 0; i < kept.size(); ++i) {
            const Record& record = kept[i];
            ASSERT_EQ(record.id, RecordId(i));
            const bool isRoot = std::holds_alternative<record::ActionTaken>(record.what);
            // A cause comes before what it causes; so whoever follows the causes ends at a root.
            ASSERT_EQ(record.cause.isSome(), !isRoot) << "seed " << seed << ", record " << i;
            if (isRoot) continue;
            ASSERT_LT(record.cause, record.id) << "seed " << seed;
            ASSERT_LE(kept[record.cause.value()].time, record.time) << "seed " << seed;
        }
        records += kept.size();
    }
    EXPECT_GT(records, 500 * seedCount());
}

}  // namespace
}  // namespace peerscape::properties
