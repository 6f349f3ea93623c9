#include <array>

#include <QCoreApplication>
#include <fmt/format.h>

#include "gui/session/ladder.hpp"
#include "gui/session/protocol_tables.hpp"
#include "protocols/bgp/decision.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/explain/bgp_values.hpp"

namespace peerscape::gui {

namespace {

using bgp::BgpProcess;
using bgp::DecisionStep;
using bgp::Destination;
using bgp::Path;
using bgp::PathSource;
using bgp::PeerSort;

struct Step {
    DecisionStep step;
    const char* name;
    const char* rule;
};
constexpr std::array kSteps{
    Step{DecisionStep::LongLivedStale, QT_TRANSLATE_NOOP("Ladder", "Long-lived stale"),
         QT_TRANSLATE_NOOP("Ladder", "no")},
    Step{DecisionStep::Weight, QT_TRANSLATE_NOOP("Ladder", "Weight"), QT_TRANSLATE_NOOP("Ladder", "highest")},
    Step{DecisionStep::LocalPreference, QT_TRANSLATE_NOOP("Ladder", "Local preference"),
         QT_TRANSLATE_NOOP("Ladder", "highest")},
    Step{DecisionStep::LocalRoute, QT_TRANSLATE_NOOP("Ladder", "Originated here"),
         QT_TRANSLATE_NOOP("Ladder", "yes")},
    Step{DecisionStep::Aigp, QT_TRANSLATE_NOOP("Ladder", "AIGP metric"),
         QT_TRANSLATE_NOOP("Ladder", "lowest")},
    Step{DecisionStep::AsPathLength, QT_TRANSLATE_NOOP("Ladder", "AS path length"),
         QT_TRANSLATE_NOOP("Ladder", "lowest")},
    Step{DecisionStep::Origin, QT_TRANSLATE_NOOP("Ladder", "Origin"),
         QT_TRANSLATE_NOOP("Ladder", "igp, egp, incomplete")},
    Step{DecisionStep::Med, "MED", QT_TRANSLATE_NOOP("Ladder", "lowest, from one neighboring AS")},
    Step{DecisionStep::PeerType, QT_TRANSLATE_NOOP("Ladder", "Learned by"),
         QT_TRANSLATE_NOOP("Ladder", "eBGP before iBGP")},
    Step{DecisionStep::IgpMetric, QT_TRANSLATE_NOOP("Ladder", "IGP metric to the next hop"),
         QT_TRANSLATE_NOOP("Ladder", "lowest")},
    Step{DecisionStep::InternalClusterLength, QT_TRANSLATE_NOOP("Ladder", "Cluster list, iBGP"),
         QT_TRANSLATE_NOOP("Ladder", "shortest")},
    Step{DecisionStep::ConfederationType, QT_TRANSLATE_NOOP("Ladder", "Confederation"),
         QT_TRANSLATE_NOOP("Ladder", "another member AS first")},
    Step{DecisionStep::OlderPath, QT_TRANSLATE_NOOP("Ladder", "In use already"),
         QT_TRANSLATE_NOOP("Ladder", "yes, of two eBGP paths")},
    Step{DecisionStep::RouterId, QT_TRANSLATE_NOOP("Ladder", "Router ID"),
         QT_TRANSLATE_NOOP("Ladder", "lowest")},
    Step{DecisionStep::ClusterLength, QT_TRANSLATE_NOOP("Ladder", "Cluster list"),
         QT_TRANSLATE_NOOP("Ladder", "shortest")},
    Step{DecisionStep::NeighborAddress, QT_TRANSLATE_NOOP("Ladder", "Address of the neighbor"),
         QT_TRANSLATE_NOOP("Ladder", "lowest")},
    Step{DecisionStep::PathId, QT_TRANSLATE_NOOP("Ladder", "Path identifier"),
         QT_TRANSLATE_NOOP("Ladder", "lowest")},
};

std::string ladderText(const char* text) { return QCoreApplication::translate("Ladder", text).toStdString(); }

/// BGP's paths to one prefix.
class BgpTable {
  public:
    BgpTable(const LabWorld& world, const BgpProcess& process, const Prefix& prefix,
             const Destination& destination)
        : world_(world),
          process_(process),
          prefix_(prefix),
          destination_(destination),
          settings_(process.decisionSettings(prefix.family())) {}

    void addTo(std::vector<BgpRow>& rows) const {
        const Path* best = destination_.bestPath();
        if (best != nullptr) rows.push_back(rowOf(*best));
        for (const Path& path : destination_.paths) {
            if (&path != best) rows.push_back(rowOf(path));
        }
    }

  private:
    BgpRow rowOf(const Path& path) const {
        const bgp::PathAttributes& attributes = *path.attributes;
        BgpRow row;
        row.prefix = toString(prefix_);
        row.from = sourceOf(path);
        if (!path.isLocal()) row.nextHop = toString(process_.nextHops()[path.nextHop].value.address);
        row.asPath = attributes.asPath->text();
        row.localPreference = valueOf(DecisionStep::LocalPreference, path);
        if (attributes.med) row.med = std::to_string(*attributes.med);
        row.origin = valueOf(DecisionStep::Origin, path);
        row.weight = path.weight;
        row.since = path.since;
        row.isBest = &path == destination_.bestPath();
        row.isMultipath = path.isMultipath && !row.isBest;
        row.isValid = process_.isValid(path);
        row.verdict = verdictOn(path);
        row.ladder = ladderOf(path);
        return row;
    }
    std::string sourceOf(const Path& path) const {
        switch (path.source) {
            case PathSource::Network:
                return ladderText(QT_TRANSLATE_NOOP("Ladder", "own network"));
            case PathSource::Redistributed:
                return protocolName(path.protocol);
            case PathSource::Aggregate:
                return ladderText(QT_TRANSLATE_NOOP("Ladder", "own aggregate"));
            case PathSource::Neighbor:
                break;
        }
        return nameOrAddress(world_, process_.factsOf(path).address);
    }
    std::string verdictOn(const Path& path) const {
        if (&path == destination_.bestPath()) return "";
        if (path.isDamped) return ladderText(QT_TRANSLATE_NOOP("Ladder", "it flaps, and is damped"));
        if (!path.isLocal() && !process_.nextHops()[path.nextHop].isReachable)
            return ladderText(QT_TRANSLATE_NOOP("Ladder", "its next hop cannot be reached"));
        if (!process_.isValid(path))
            return ladderText(QT_TRANSLATE_NOOP("Ladder", "what it hangs on is not there"));
        if (path.lostBy == DecisionStep::None) return "";
        return std::string(sentenceOf(path.lostBy));
    }

    std::vector<LadderRung> ladderOf(const Path& path) const {
        const Path* best = destination_.bestPath();
        const bool isBest = &path == best;
        const bool isJudged = isBest || path.lostBy > DecisionStep::Invalid;
        if (best == nullptr || !isJudged || !process_.isValid(path)) return {};
        std::vector<LadderRung> ladder;
        auto verdict = LadderRung::Verdict::Passed;
        for (const Step& step : kSteps) {
            if (verdict == LadderRung::Verdict::Lost) verdict = LadderRung::Verdict::Out;
            if (!isBest && step.step == path.lostBy) verdict = LadderRung::Verdict::Lost;
            ladder.push_back(
                {valueOf(step.step, path), isBest || isCompared(step.step, path, *best), verdict});
        }
        return ladder;
    }
    std::string valueOf(DecisionStep step, const Path& path) const {
        const PeerSort sort = process_.factsOf(path).sort;
        switch (step) {
            case DecisionStep::LocalRoute:
                return ladderText(path.isLocal() ? QT_TRANSLATE_NOOP("Ladder", "yes")
                                                 : QT_TRANSLATE_NOOP("Ladder", "no"));
            case DecisionStep::PeerType:
                return path.isLocal() ? "–" : sort == PeerSort::External ? "eBGP" : "iBGP";
            case DecisionStep::OlderPath:
                return ladderText(&path == destination_.bestPath() ? QT_TRANSLATE_NOOP("Ladder", "yes")
                                                                   : QT_TRANSLATE_NOOP("Ladder", "no"));
            case DecisionStep::Med:
                return path.attributes->med ? std::to_string(*path.attributes->med)
                                            : ladderText(QT_TRANSLATE_NOOP("Ladder", "none"));
            default:
                return valueAt(process_, prefix_.family(), step, path);
        }
    }
    /// Whether the step asks anything between the path and the best one; see compare() of the decision.
    bool isCompared(DecisionStep step, const Path& path, const Path& best) const {
        const PeerSort one = process_.factsOf(path).sort;
        const PeerSort other = process_.factsOf(best).sort;
        const auto both = [&](PeerSort sort) { return one == sort && other == sort; };
        switch (step) {
            case DecisionStep::Aigp:
                return settings_.options.hasAigp && path.attributes->rare->aigp &&
                       best.attributes->rare->aigp;
            case DecisionStep::AsPathLength:
                return !settings_.options.ignoresAsPath;
            case DecisionStep::Med:
                return path.lostBy == DecisionStep::Med || settings_.options.alwaysComparesMed ||
                       path.attributes->asPath->first() == best.attributes->asPath->first();
            case DecisionStep::InternalClusterLength:
                return both(PeerSort::Internal);
            case DecisionStep::ConfederationType:
                return settings_.isInConfederation;
            case DecisionStep::OlderPath:
                return !settings_.options.comparesRouterId && both(PeerSort::External);
            default:
                return true;
        }
    }

    const LabWorld& world_;
    const BgpProcess& process_;
    const Prefix& prefix_;
    const Destination& destination_;
    bgp::DecisionSettings settings_;
};

}  // namespace

std::vector<LadderStep> ladderSteps() {
    std::vector<LadderStep> steps;
    for (const Step& step : kSteps)
        steps.push_back({ladderText(step.name), ladderText(step.rule)});
    return steps;
}

std::vector<BgpRow> bgpOf(const LabWorld& world, NodeId node) {
    std::vector<BgpRow> rows;
    const ProcessSlot* slot = world.simulation().node(node).slotOf(bgp::kBgp);
    const auto* process = slot == nullptr ? nullptr : dynamic_cast<const BgpProcess*>(slot->process.get());
    if (process == nullptr) return rows;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const auto& table = process->table(family);
        for (const std::uint32_t position : table.sorted()) {
            const auto& [prefix, destination] = table.at(position);
            BgpTable(world, *process, prefix, destination).addTo(rows);
        }
    }
    return rows;
}

}  // namespace peerscape::gui
