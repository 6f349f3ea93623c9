#include "scenarios/runner/sweep_orders.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "protocols/bgp/process.hpp"
#include "scenarios/world/step_runner.hpp"

namespace peerscape {

namespace {

/// The wished step, or those that do something, by name.
std::vector<std::string> stepsToSweep(const LabFile& file, const std::string& wished) {
    std::vector<std::string> names;
    for (const StepEntry& step : file.steps) {
        if (wished.empty() ? !step.actions.empty() : step.name == wished) names.push_back(step.name);
    }
    return names;
}

std::vector<NodeId> bgpRouters(const LabWorld& world) {
    std::vector<NodeId> routers;
    for (std::uint32_t n = 0; n < world.simulation().topology().nodes().size(); ++n) {
        if (world.simulation().node(NodeId(n)).slotOf(bgp::kBgp) != nullptr) routers.emplace_back(n);
    }
    return routers;
}

bool takesTime(const bgp::BgpConfig& config) {
    const auto hasInterval = [](const auto& entry) {
        return entry.second.settings.advertisementInterval.value_or(0) != 0;
    };
    const bgp::AdvertisementIntervals none;
    return config.processingTime ||
           config.advertisementIntervals.value_or(config.labPacing.intervals) != none ||
           std::ranges::any_of(config.neighbors, hasInterval) ||
           std::ranges::any_of(config.groups, hasInterval) ||
           std::ranges::any_of(config.interfaceNeighbors, hasInterval);
}

/// The router's BGP without anything that waits.
Result<void> takeTimeAway(LabWorld& world, NodeId node) {
    const std::shared_ptr<const RouterConfig> present = world.simulation().node(node).config;
    const auto* configured =
        dynamic_cast<const bgp::BgpProcessConfig*>(present->processes.at(bgp::kBgp).get());
    if (configured == nullptr || !takesTime(configured->value)) return {};
    auto quick = std::make_shared<bgp::BgpProcessConfig>(*configured);
    quick->value.processingTime.reset();
    quick->value.advertisementIntervals = bgp::AdvertisementIntervals();
    for (auto& [address, neighbor] : quick->value.neighbors)
        neighbor.settings.advertisementInterval = 0;
    for (auto& [name, group] : quick->value.groups)
        group.settings.advertisementInterval = 0;
    for (auto& [name, neighbor] : quick->value.interfaceNeighbors)
        neighbor.settings.advertisementInterval = 0;
    auto made = std::make_shared<RouterConfig>(*present);
    made->processes[bgp::kBgp] = std::move(quick);
    return world.lab().apply(
        {world.nameOf(node) + " takes no time", action::Configure{node, std::move(made)}});
}

/// The best path of every prefix.
std::string bestPaths(const Process& process) {
    const auto* speaker = dynamic_cast<const bgp::BgpProcess*>(&process);
    if (speaker == nullptr) return "";
    std::vector<std::string> lines;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        for (const std::uint32_t position : speaker->table(family).sorted()) {
            const auto [prefix, destination] = speaker->table(family).at(position);
            const bgp::Path* best = destination.bestPath();
            if (best == nullptr) continue;
            const std::string path = best->attributes->asPath->text();
            lines.push_back(toString(prefix) + (best->isLocal() ? " its own" : " by " + path));
        }
    }
    return lines.empty() ? "no route" : fmt::format("{}", fmt::join(lines, ", "));
}

std::string describeOrder(const LabWorld& world, const std::vector<Delivery>& order) {
    constexpr std::size_t kMost = 40;
    std::vector<std::string> words;
    for (std::size_t i = 0; i < std::min(order.size(), kMost); ++i)
        words.push_back(world.nameOf(order[i].from) + " to " + world.nameOf(order[i].to));
    if (order.size() > kMost) words.push_back(fmt::format("and {} more", order.size() - kMost));
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string percentOf(std::uint64_t part, std::uint64_t whole) {
    const double share = whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    return fmt::format("{:.1f} %", share);
}

std::string describe(const LabWorld& world, const OrderSearchResult& result, std::size_t mostQueued) {
    std::string text = fmt::format("  {} states of {} routers", result.states, result.speakers.size());
    text += result.isComplete ? ", which are all" : ", and there are more";
    if (result.omitted > 0)
        text += fmt::format(
            " but for {} deliveries after which more than {} messages of one direction would wait",
            result.omitted, mostQueued);
    text += "\n";
    for (std::size_t i = 0; i < result.outcomes.size(); ++i) {
        const OrderOutcome& outcome = result.outcomes[i];
        text += fmt::format("  outcome {}: {} of {} random orders\n", i + 1,
                            percentOf(outcome.walks, result.walks), result.walks);
        for (std::size_t s = 0; s < result.speakers.size(); ++s)
            text += fmt::format("    {}: {}\n", world.nameOf(result.speakers[s]), outcome.tables[s]);
        text += fmt::format("    shortest order, {} messages: {}\n", outcome.shortest.size(),
                            describeOrder(world, outcome.shortest));
    }
    if (result.outcomes.empty()) {
        text += result.isComplete && result.omitted == 0 ? "  no order ever ends: there is no stable state\n"
                                                         : "  no order that was tried ends\n";
    }
    if (result.endlessWalks > 0)
        text += fmt::format("  {} of the random orders had not ended after {} messages\n",
                            percentOf(result.endlessWalks, result.walks), OrderSearchOptions().mostSteps);
    if (!result.endless.empty()) {
        text += fmt::format(
            "  first come, first served never ends; after {} messages these {} come again and "
            "again:\n    {}\n",
            result.before.size(), result.endless.size(), describeOrder(world, result.endless));
    }
    return text;
}

/// What is the matter with the lab as a whole.
Result<void> checkLab(const LabWorld& world, const SweepOptions& options) {
    if (stepsToSweep(world.file(), options.step).empty()) {
        return failure(options.step.empty()
                           ? "no step of this lab does anything, so there is nothing to order"
                           : fmt::format("there is no step '{}'", options.step));
    }
    const std::size_t routers = bgpRouters(world).size();
    if (routers == 0) return failure("no router of this lab speaks BGP");
    if (routers > kMostSweptRouters)
        return failure(fmt::format("{} routers speak BGP; the orders of at most {} can be tried", routers,
                                   kMostSweptRouters));
    if (world.simulation().options().streams != StreamModel::Segments)
        return failure("this lab has `tcp: messages`, and orders can be tried where TCP is segments");
    return {};
}

/// The orders of the runner's next step.
Result<OrderSearchResult> sweepNext(LabWorld& world, StepRunner runner, const SweepOptions& options) {
    const std::string name = runner.nextName();
    for (const NodeId node : bgpRouters(world)) {
        if (auto done = takeTimeAway(world, node); !done) return std::unexpected(done.error());
    }
    if (!world.lab().runUntilConverged(Duration::hours(1)).isConverged)
        return failure(fmt::format("the lab does not come to rest before step '{}'", name));
    if (auto done = runner.beginNextUpToWait(); !done) return std::unexpected(done.error());
    world.lab().runUntil(world.lab().now());
    OrderSearchOptions search;
    search.seed = options.world.seed.value_or(world.file().seed);
    search.walks = options.walks;
    search.mostQueued = options.mostQueued;
    auto result = searchOrders(world.simulation(), world.lab().log(), bestPaths, search);
    if (!result) return failure(fmt::format("step '{}': {}", name, result.error().message));
    return result;
}

}  // namespace

Result<SweptStep> sweepOrdersOf(LabWorld& world, const SweepOptions& options) {
    if (auto fit = checkLab(world, options); !fit) return std::unexpected(fit.error());
    const std::vector<std::string> wished = stepsToSweep(world.file(), options.step);
    std::optional<Error> refusal;
    for (StepRunner runner(world, {}); !runner.isDone();) {
        const std::string name = runner.nextName();
        if (std::ranges::find(wished, name) != wished.end()) {
            const Lab::Bookmark before = world.lab().bookmark();
            auto result = sweepNext(world, runner, options);
            if (result) return SweptStep{name, std::move(*result)};
            if (!refusal) refusal = result.error();
            if (name == wished.back()) break;
            world.lab().returnTo(before);
        }
        const StepResult step = runner.runNext();
        if (step.actionFailure) return std::unexpected(refusal.value_or(*step.actionFailure));
        if (!step.convergence.isConverged && !refusal)
            refusal = failure(fmt::format("step '{}', which comes before, does not converge", name)).error();
        if (!step.convergence.isConverged) break;
    }
    return std::unexpected(*refusal);
}

ExitCode sweepOrders(const std::filesystem::path& lab, const SweepOptions& options, std::ostream& out,
                     std::ostream& err) {
    const WorldOutcome loaded = loadWorld(lab, options.world);
    for (const Diagnostic& d : loaded.diagnostics)
        err << toString(d) << "\n";
    if (!loaded.world) return ExitCode::BadInput;
    const auto result = sweepOrdersOf(*loaded.world, options);
    if (!result) {
        err << "peerscape: " << toString(result.error()) << "\n";
        return ExitCode::BadInput;
    }
    out << loaded.world->file().title << "\n"
        << fmt::format("All orders of the messages of step {}\n", result->name)
        << describe(*loaded.world, result->orders, options.mostQueued);
    return ExitCode::Ok;
}

}  // namespace peerscape
