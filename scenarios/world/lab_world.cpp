#include "scenarios/world/lab_world.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "protocols/catalogue/bgp_pacing.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "protocols/catalogue/origin_payloads.hpp"
#include "scenarios/config/config_reader.hpp"
#include "scenarios/format/intents.hpp"
#include "scenarios/world/as_number_warnings.hpp"
#include "scenarios/world/engine_actions.hpp"
#include "scenarios/world/shared_configs.hpp"
#include "scenarios/world/topology_builder.hpp"

namespace peerscape {

namespace {

LabOptions labOptions(const LabFile& file, const WorldOptions& options) {
    LabOptions lab;
    lab.simulation.seed = options.seed.value_or(file.seed);
    if (file.sendsWholeMessages) lab.simulation.streams = StreamModel::Messages;
    lab.simulation.bytesOnEveryHop = options.bytesOnEveryHop;
    lab.canSeek = options.canSeek;
    return lab;
}

/// The configuration texts of one node, read one after the other into one configuration.
RouterConfig readSources(RouterConfig config, const std::vector<ConfigSource>& sources, bool lenient,
                         DiagnosticList& problems) {
    for (const ConfigSource& source : sources) {
        ConfigOutcome outcome =
            readConfig(source.text, source.origin.at, std::move(config), ConfigOptions{lenient});
        config = std::move(outcome.config);
        for (Diagnostic& d : outcome.diagnostics) {
            if (d.severity == Severity::Error) {
                problems.error(std::move(d.place), std::move(d.message));
            } else {
                problems.warning(std::move(d.place), std::move(d.message));
            }
        }
    }
    return config;
}

}  // namespace

LabWorld::LabWorld(LabFile file, const WorldOptions& options, DiagnosticList& problems)
    : file_(std::move(file)),
      lenient_(options.lenient),
      lab_(buildTopology(file_, problems), labOptions(file_, options)) {
    if (!problems.hasErrors()) switchOn(problems);
}

void LabWorld::switchOn(DiagnosticList& problems) {
    std::vector<OriginPayload> payloads;
    for (const RoaEntry& roa : file_.roas)
        payloads.push_back({roa.prefix, roa.maximumLength.value_or(roa.prefix.length()), roa.origin});
    SharedConfigs configs;
    const auto load = [&](std::string_view name, const std::vector<ConfigSource>& sources) {
        const auto node = nodeNamed(name);
        if (!node) return;
        RouterConfig base;
        base.hostname = std::string(name);
        giveOriginPayloads(base, payloads);
        giveBgpPacing(base, {file_.bgpPacing.external, file_.bgpPacing.internal, file_.bgpPacing.jitters});
        RouterConfig config = readSources(std::move(base), sources, lenient_, problems);
        if (problems.hasErrors()) return;
        configs.share(config);
        const auto done =
            lab_.apply({fmt::format("{} switched on with its configuration", name),
                        action::Configure{*node, std::make_shared<const RouterConfig>(std::move(config))}});
        if (!done) problems.error({}, done.error().message);
    };
    for (const RouterEntry& router : file_.routers)
        load(router.name, router.config);
    for (const HostEntry& host : file_.hosts)
        load(host.name, host.config);
    if (!problems.hasErrors()) startFlows();
}

void LabWorld::startFlows() {
    for (const FlowEntry& flow : file_.flows) {
        const auto from = nodeNamed(flow.from.name);
        const auto to = addressOf(flow.to);
        if (!from || !to) continue;
        constexpr std::uint32_t kHeaders4 = 28;
        constexpr std::uint32_t kHeaders6 = 48;
        const std::uint32_t headers = to->isV4() ? kHeaders4 : kHeaders6;
        action::StartFlow start;
        start.name = flow.name;
        start.from = *from;
        start.to = *to;
        start.source = flow.source;
        start.interval = Duration::seconds(1) / std::max<std::uint32_t>(1, flow.packetsPerSecond);
        start.payloadBytes = flow.size > headers ? flow.size - headers : 0;
        const Duration begin = flow.start.value_or(Duration());
        if (flow.stop) start.lasting = *flow.stop - begin;
        lab_.schedule(SimTime::after(begin),
                      {fmt::format("flow {} from {} to {} starts", flow.name, flow.from.name, flow.to.text),
                       std::move(start)});
    }
}

std::optional<IpAddress> LabWorld::addressOf(const Destination& destination) const {
    if (destination.address) return destination.address;
    const auto node = nodeNamed(destination.text);
    if (!node) return std::nullopt;
    const auto& interfaces = simulation().node(*node).interfaces;
    for (const bool loopback : {true, false}) {
        for (const InterfaceState& interface : interfaces) {
            if (interface.isLoopback == loopback && !interface.addresses.empty())
                return interface.addresses.front().address;
        }
    }
    return std::nullopt;
}

Result<void> LabWorld::perform(const LabAction& action, const RunHooks& hooks) {
    if (const auto* wait = std::get_if<lab_action::Wait>(&action.what)) {
        lab_.runFor(wait->duration, hooks);
        return {};
    }
    const auto withPlace = [&](Error error) {
        if (error.place.line == 0) error.place = action.place.at;
        return std::unexpected(std::move(error));
    };
    if (const auto* lines = std::get_if<lab_action::Configure>(&action.what)) {
        const auto node = nodeNamed(lines->router.name);
        if (!node) return withPlace({fmt::format("there is no router '{}'", lines->router.name), {}});
        std::vector<std::string> warnings;
        auto done = configure(*node, lines->lines, warnings);
        return done ? done : withPlace(done.error());
    }
    if (const auto* typed = std::get_if<lab_action::Command>(&action.what)) {
        const auto node = nodeNamed(typed->router.name);
        if (!node) return withPlace({fmt::format("there is no router '{}'", typed->router.name), {}});
        const auto answer = command(*node, typed->line);
        return answer ? Result<void>{} : withPlace(answer.error());
    }
    auto timed = engineActions(simulation(), action);
    if (!timed) return withPlace(timed.error());
    for (TimedAction& one : *timed) {
        if (one.after == Duration()) {
            if (auto done = lab_.apply(std::move(one.action)); !done) return withPlace(done.error());
        } else {
            lab_.schedule(lab_.now() + one.after, std::move(one.action));
        }
    }
    return {};
}

Result<void> LabWorld::configure(NodeId node, const std::vector<std::string>& lines,
                                 std::vector<std::string>& warnings) {
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    RouterConfig present = *simulation().node(node).config;
    ConfigOutcome outcome = readConfig(text, SourcePlace{nameOf(node) + " configure", 0, 0},
                                       std::move(present), ConfigOptions{lenient_});
    for (const Diagnostic& d : outcome.diagnostics) {
        if (d.severity == Severity::Error) return failure(d.message, d.place);
        warnings.push_back(d.message);
    }
    const std::string first = lines.empty() ? std::string("nothing") : lines.front();
    const std::string rest =
        lines.size() > 1 ? fmt::format(" (and {} more)", lines.size() - 1) : std::string();
    return lab_.apply(
        {fmt::format("{} configured: {}{}", nameOf(node), first, rest),
         action::Configure{node, std::make_shared<const RouterConfig>(std::move(outcome.config))}});
}

Result<std::string> LabWorld::command(NodeId node, std::string_view line) {
    auto answer = shell_.run(simulation(), node, line);
    if (!answer) return std::unexpected(answer.error());
    for (Action& action : answer->actions) {
        if (auto done = lab_.apply(std::move(action)); !done) return std::unexpected(done.error());
    }
    return std::move(answer->text);
}

Result<void> LabWorld::setProcess(NodeId node, std::string_view protocol, bool running) {
    ProtocolId id;
    if (!protocol.empty()) {
        const auto known = protocolNamed(protocol);
        if (!known) return failure(fmt::format("there is no protocol '{}'", protocol));
        id = *known;
    }
    const std::string what = protocol.empty() ? std::string("all protocols") : std::string(protocol);
    return lab_.apply({fmt::format("{} on {} {}", what, nameOf(node), running ? "started" : "stopped"),
                       action::SetProcess{node, id, running}});
}

Result<void> LabWorld::setTarget(std::string_view target, bool up) {
    LabAction action;
    std::vector<NameRef> targets{{std::string(target), {}}};
    if (up) {
        action.what = lab_action::Restore{std::move(targets)};
    } else {
        action.what = lab_action::Fail{std::move(targets), std::nullopt};
    }
    return perform(action, {});
}

WorldOutcome loadWorld(const std::filesystem::path& lab, const WorldOptions& options) {
    WorldOutcome outcome;
    LabOutcome read = readLabFile(lab);
    outcome.diagnostics = std::move(read.diagnostics);
    if (!read.lab) return outcome;
    LabOutcome expanded = expandLab(*read.lab);
    for (Diagnostic& d : expanded.diagnostics)
        outcome.diagnostics.push_back(std::move(d));
    if (!expanded.lab) return outcome;
    DiagnosticList problems;
    auto world = std::make_unique<LabWorld>(std::move(*expanded.lab), options, problems);
    const bool failed = problems.hasErrors();
    for (Diagnostic& d : problems.take())
        outcome.diagnostics.push_back(std::move(d));
    if (failed) return outcome;
    for (Diagnostic& d : asNumberWarnings(*world))
        outcome.diagnostics.push_back(std::move(d));
    outcome.world = std::move(world);
    return outcome;
}

}  // namespace peerscape
