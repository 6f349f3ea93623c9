#include "scenarios/explain/eigrp_way.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>

#include "scenarios/explain/describe.hpp"
#include "scenarios/explain/silence.hpp"

namespace peerscape {

namespace {

using eigrp::Delay;
using eigrp::EigrpProcess;
using eigrp::PathAttributes;
using eigrp::VectorMetric;

/// Nothing but a delay.
VectorMetric onlyDelay(Delay longer, Delay shorter) {
    VectorMetric metric;
    metric.delay = Delay::picoseconds(longer.count() - shorter.count());
    return metric;
}

class Walk {
  public:
    Walk(const Evidence& evidence, const Prefix& network) : evidence_(evidence), network_(network) {}

    EigrpWay follow(NodeId node, const eigrp::dual::Path& start) {
        std::set<NodeId> seen;
        eigrp::dual::Path path = start;
        while (seen.insert(node).second) {
            if (!goOn(node, path)) return std::move(way_);
        }
        doubt("the ways of the routers go round in a circle now");
        return std::move(way_);
    }

  private:
    const EigrpProcess* processOf(NodeId node) const {
        return evidence_.processOf<EigrpProcess>(node, eigrp::protocolOf(network_.family()));
    }
    void doubt(std::string why) { way_.doubt = std::move(why); }

    /// Adds what the node adds, and goes to the next one; false: the way ends here.
    bool goOn(NodeId& node, eigrp::dual::Path& path) {
        const EigrpProcess& process = *processOf(node);
        const PathAttributes attributes = process.attributes()[path.attributes];
        if (eigrp::dual::isLocal(path.source)) {
            addOwn(node, path, attributes);
            return false;
        }
        if (!addLink(node, process, attributes)) return false;
        const auto peer = process.peers().find(path.source);
        const auto next = peer == process.peers().end()
                              ? std::nullopt
                              : neighborAt(evidence_, {node, attributes.interface}, peer->second.address);
        if (!next || processOf(next->node) == nullptr) {
            doubt(fmt::format("nobody there answers for {} any more", toString(attributes.gateway)));
            return false;
        }
        const auto further = successorOf(next->node);
        if (!further || !addGap(next->node, *further, attributes)) return false;
        node = next->node;
        path = *further;
        return true;
    }
    std::string nameOf(NodeId node, InterfaceId interface) const {
        return evidence_.topology().nameOf(InterfaceRef{node, interface});
    }

    void addOwn(NodeId node, const eigrp::dual::Path& path, const PathAttributes& attributes) {
        const std::string& name = evidence_.nameOf(node);
        std::string what = "redistributed by " + name;
        if (path.source == eigrp::dual::kConnected) what = nameOf(node, attributes.interface);
        if (path.source == eigrp::dual::kSummary) what = "summary of " + name;
        way_.terms.push_back({std::move(what), attributes.total});
    }

    /// The node's own link, and what an offset-list adds to it.
    bool addLink(NodeId node, const EigrpProcess& process, const PathAttributes& attributes) {
        const auto link = process.links().find(attributes.interface);
        const std::string name = nameOf(node, attributes.interface);
        if (link == process.links().end()) {
            doubt(fmt::format("EIGRP has left {}", name));
            return false;
        }
        way_.terms.push_back({name, link->second.metric});
        const Delay plain = attributes.reported.delay.plus(link->second.metric.delay);
        if (attributes.total.delay > plain)
            way_.terms.push_back({"offset-list in on " + name, onlyDelay(attributes.total.delay, plain)});
        if (attributes.total.delay >= plain) return true;
        doubt(name + " has another delay now");
        return false;
    }

    std::optional<eigrp::dual::Path> successorOf(NodeId node) {
        const eigrp::dual::Entry* entry = processOf(node)->topology().find(network_);
        const eigrp::dual::Path* path = entry == nullptr ? nullptr : entry->paths.find(entry->successor);
        if (path != nullptr) return *path;
        doubt(fmt::format("{} has no way there any more", evidence_.nameOf(node)));
        return std::nullopt;
    }

    /// What the next router tells beyond its own metric; false when it tells another one.
    bool addGap(NodeId next, const eigrp::dual::Path& path, const PathAttributes& attributes) {
        const VectorMetric own = processOf(next)->attributes()[path.attributes].total;
        const VectorMetric& told = attributes.reported;
        // Classic packets round bandwidths beyond 10 Gbit/s, and some below.
        const bool isSameBandwidth =
            told.bandwidth == own.bandwidth || told.bandwidth.scaled() == own.bandwidth.scaled();
        if (told.delay > own.delay && isSameBandwidth) {
            way_.terms.push_back(
                {"offset-list out of " + evidence_.nameOf(next), onlyDelay(told.delay, own.delay)});
            return true;
        }
        if (told.delay == own.delay && isSameBandwidth) return true;
        doubt(fmt::format("{} has {} kbit/s and {} us there now, and had told {} kbit/s and {} us",
                          evidence_.nameOf(next), own.bandwidth.count(), microseconds(own.delay),
                          told.bandwidth.count(), microseconds(told.delay)));
        return false;
    }

    const Evidence& evidence_;
    const Prefix& network_;
    EigrpWay way_;
};

}  // namespace

EigrpWay followWay(const Evidence& evidence, NodeId node, const Prefix& network,
                   const eigrp::dual::Path& path) {
    return Walk(evidence, network).follow(node, path);
}

std::string microseconds(Delay delay) {
    constexpr std::uint64_t kPicoseconds = 1'000'000;
    if (delay.count() % kPicoseconds == 0) return fmt::format("{}", delay.count() / kPicoseconds);
    return fmt::format("{}", static_cast<double>(delay.count()) / static_cast<double>(kPicoseconds));
}

}  // namespace peerscape
