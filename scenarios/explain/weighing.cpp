#include "scenarios/explain/weighing.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "protocols/eigrp/dual_machine.hpp"
#include "protocols/eigrp/process.hpp"
#include "scenarios/explain/describe.hpp"
#include "scenarios/explain/eigrp_formula.hpp"
#include "scenarios/explain/eigrp_way.hpp"
#include "scenarios/explain/silence.hpp"

namespace peerscape {

namespace {

using eigrp::EigrpProcess;
using eigrp::PathAttributes;
using eigrp::dual::Entry;
using eigrp::dual::State;
using eigrp::dual::TopologyTable;

class Weighing {
  public:
    Weighing(const Evidence& evidence, NodeId node, const Prefix& network, const EigrpProcess& process,
             const Entry& entry)
        : evidence_(evidence), node_(node), network_(network), process_(process), entry_(entry) {}

    std::string text() const {
        std::string text = fmt::format("How EIGRP of {} weighs it:\n", evidence_.nameOf(node_));
        if (const eigrp::dual::Path* best = entry_.paths.find(entry_.successor)) {
            for (const std::string& line : formulaLines(process_.config(), attributesOf(*best).total))
                text += "  " + line + "\n";
            text += wayText(*best);
        }
        return text + candidates() + activity();
    }

  private:
    PathAttributes attributesOf(const eigrp::dual::Path& path) const {
        return process_.attributes()[path.attributes];
    }
    std::string number(eigrp::dual::CompositeDistance distance) const {
        return distance.isFinite() ? std::to_string(distance.metric()) : "infinite";
    }

    std::string wayText(const eigrp::dual::Path& best) const {
        const EigrpWay way = followWay(evidence_, node_, network_, best);
        const eigrp::VectorMetric& total = attributesOf(best).total;
        if (!way.doubt.empty())
            return fmt::format(
                "  Slowest link {} kbit/s, sum of delays {} us, as it was told. The links one by "
                "one are not known now: {}.\n",
                total.bandwidth.count(), microseconds(total.delay), way.doubt);
        return slowestText(way.terms) + delayText(way.terms, total);
    }
    static std::string slowestText(const std::vector<WayTerm>& terms) {
        const auto slowest =
            std::ranges::min_element(terms, {}, [](const WayTerm& term) { return term.metric.bandwidth; });
        std::vector<std::string> names;
        std::size_t links = 0;
        for (const WayTerm& term : terms) {
            const bool hasBandwidth = term.metric.bandwidth != eigrp::PathBandwidth();
            links += hasBandwidth ? 1 : 0;
            if (hasBandwidth && term.metric.bandwidth == slowest->metric.bandwidth)
                names.push_back(term.name);
        }
        const bool areAll = names.size() == links && links > 1;
        return fmt::format("  Slowest link: {}, {} kbit/s.\n",
                           areAll ? "all are alike" : fmt::format("{}", fmt::join(names, " and ")),
                           slowest->metric.bandwidth.count());
    }
    static std::string delayText(const std::vector<WayTerm>& terms, const eigrp::VectorMetric& total) {
        std::vector<std::string> summands;
        for (const WayTerm& term : terms)
            summands.push_back(fmt::format("{} ({})", microseconds(term.metric.delay), term.name));
        const bool isSum = summands.size() > 1;
        return fmt::format("  Delay: {}{} us.\n", fmt::join(summands, " + "),
                           isSum ? " = " + microseconds(total.delay) : std::string());
    }

    std::string candidates() const {
        std::vector<eigrp::dual::Path> paths(entry_.paths.all().begin(), entry_.paths.all().end());
        std::ranges::stable_sort(paths, {}, &eigrp::dual::Path::distance);
        std::string text =
            entry_.isActive()
                ? std::string("  Ways (distance/reported distance), while it asks:\n")
                : fmt::format("  Ways (distance/reported distance); the feasible distance is {}:\n",
                              number(entry_.feasibleDistance));
        for (const eigrp::dual::Path& path : paths)
            text += fmt::format("    {}: {}.\n", nameOf(path), verdict(path));
        if (paths.empty()) text += "    none.\n";
        return text;
    }
    std::string nameOf(const eigrp::dual::Path& path) const {
        const PathAttributes& attributes = attributesOf(path);
        const std::string_view out = interfaceName(evidence_.topology(), node_, attributes.interface);
        if (path.source == eigrp::dual::kConnected)
            return fmt::format("connected on {} ({}/0)", out, number(path.distance));
        if (path.source == eigrp::dual::kSummary) return fmt::format("summary ({}/0)", number(path.distance));
        if (path.source == eigrp::dual::kRedistributed)
            return fmt::format("redistributed here ({}/0)", number(path.distance));
        const auto neighbor = neighborAt(evidence_, {node_, attributes.interface}, attributes.gateway);
        const std::string address = toString(attributes.gateway);
        return fmt::format(
            "via {} ({}/{}), {}",
            neighbor ? fmt::format("{} {}", evidence_.nameOf(neighbor->node), address) : address,
            number(path.distance), number(path.reported), out);
    }

    std::string verdict(const eigrp::dual::Path& path) const {
        const auto route = TopologyTable::route(entry_);
        const bool isSuccessor = std::ranges::any_of(
            route, [&](const eigrp::dual::Path& one) { return one.source == path.source; });
        if (eigrp::dual::isLocal(path.source))
            return isSuccessor ? "successor, its own" : "its own, but not the least distance";
        if (entry_.isActive())
            return isSuccessor ? "the successor of before, kept meanwhile"
                               : "not chosen before all have replied";
        const bool isFeasible = entry_.isFeasible(path);
        const std::string test =
            fmt::format("reported distance {} {} feasible distance {}", number(path.reported),
                        isFeasible ? "<" : ">=", number(entry_.feasibleDistance));
        if (isSuccessor) return test + ": successor, the least distance";
        if (!isFeasible) return test + ": not feasible, it might lead back through here";
        return test + ": feasible successor" + varianceVerdict(path);
    }
    /// Only with unequal-cost sharing.
    std::string varianceVerdict(const eigrp::dual::Path& path) const {
        const std::uint64_t variance = process_.config().variance;
        const eigrp::dual::Path* best = entry_.paths.find(entry_.successor);
        if (variance == 1 || best == nullptr) return "";
        const std::uint64_t limit = best->distance.metric() * variance;
        const bool isWithin = path.distance.metric() < limit;
        const std::string test = fmt::format("distance {} {} variance {} * {} = {}", number(path.distance),
                                             isWithin ? "<" : ">=", variance, number(best->distance), limit);
        if (!isWithin) return fmt::format("; {}: not used beside it", test);
        const auto hops = evidence_.world.node(node_).rib.selected(network_).hops;
        const bool isUsed = std::ranges::any_of(hops, [&](const NextHop& hop) {
            return hop.gateway == attributesOf(path).gateway && hop.interface == attributesOf(path).interface;
        });
        return fmt::format("; {}: {}", test,
                           isUsed ? "used as well" : "it might be used, but other ways fill the table");
    }

    /// The computation under way (RFC 7868, 3.5).
    std::string activity() const {
        if (!entry_.isActive()) return "";
        const auto since = process_.activeSince(network_);
        std::string text = fmt::format(
            "  It is active ({}): {}. It asked{} and changes nothing until all have "
            "replied.\n",
            eigrp::dual::name(entry_.state), meaningOf(entry_.state),
            since ? " at " + toString(*since) : std::string());
        for (const eigrp::dual::Awaited& awaited : process_.topology().awaited(network_)) {
            const auto peer = process_.peers().find(awaited.neighbor);
            if (peer == process_.peers().end()) continue;
            const auto neighbor =
                neighborAt(evidence_, {node_, peer->second.interface}, peer->second.address);
            text += fmt::format("    No reply yet from {}{}, {}{}.\n",
                                neighbor ? evidence_.nameOf(neighbor->node) + " " : std::string(),
                                toString(peer->second.address),
                                interfaceName(evidence_.topology(), node_, peer->second.interface),
                                signsText(awaited));
        }
        return text;
    }
    static std::string signsText(const eigrp::dual::Awaited& awaited) {
        if (awaited.siaQueries == 0) return "";
        return fmt::format("; asked for a sign {} time{}, the last one {}", awaited.siaQueries,
                           awaited.siaQueries == 1 ? "" : "s",
                           awaited.siaReplyMissing ? "in vain so far" : "with success");
    }
    static std::string_view meaningOf(State state) {
        switch (state) {
            case State::Passive:
                return "it is at rest";
            case State::Active0:
                return "it found by itself that no way is feasible, and its way has become longer or was "
                       "lost "
                       "since";
            case State::Active1:
                return "it found by itself that no way is feasible";
            case State::Active2:
                return "the successor asks too, and something else has changed besides";
            case State::Active3:
                return "the successor asks, and no other way is feasible";
        }
        return "";
    }

    const Evidence& evidence_;
    NodeId node_;
    const Prefix& network_;
    const EigrpProcess& process_;
    const Entry& entry_;
};

}  // namespace

std::string weighing(const Evidence& evidence, NodeId node, const Prefix& network) {
    const auto* process = evidence.processOf<EigrpProcess>(node, eigrp::protocolOf(network.family()));
    const Entry* entry = process == nullptr ? nullptr : process->topology().find(network);
    return entry == nullptr ? "" : Weighing(evidence, node, network, *process, *entry).text();
}

}  // namespace peerscape
