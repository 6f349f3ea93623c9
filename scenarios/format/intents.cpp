#include "scenarios/format/intents.hpp"

#include <utility>
#include <variant>

#include <fmt/format.h>

#include "scenarios/format/addressing.hpp"

namespace peerscape {

namespace {

ConfigSource generated(const std::string& name, std::string text, const Place& place) {
    ConfigSource source;
    source.text = std::move(text);
    source.origin.at = {fmt::format("<configuration of {} made from its intents>", name), 1, 0};
    source.place = place;
    return source;
}

std::string heading(const std::string& name) {
    return fmt::format("frr defaults traditional\nhostname {}\n!\n", name);
}

/// All texts are made from the same view before any is put into the lab, since a configuration hides intents.
void configure(LabFile& lab) {
    std::vector<std::string> texts;
    {
        const IntentView view(lab);
        for (std::size_t i = 0; i < lab.routers.size(); ++i) {
            const RouterEntry& router = lab.routers[i];
            std::string text;
            if (router.config.empty() && !router.protocols.empty()) {
                text = heading(router.name) + intents::staticRoutes(view, i) + intents::rip(view, i) +
                       intents::ripng(view, i) + intents::eigrp(view, i) + intents::bgp(view, i);
            }
            texts.push_back(std::move(text));
        }
        for (std::size_t i = 0; i < lab.hosts.size(); ++i) {
            const HostEntry& host = lab.hosts[i];
            std::string text;
            if (host.config.empty() && host.gateway) {
                text = heading(host.name) +
                       intents::defaultRoute(view, lab.routers.size() + i, host.gateway->name);
            }
            texts.push_back(std::move(text));
        }
    }
    const auto put = [](auto& entry, std::string& text) {
        if (!text.empty()) entry.config.push_back(generated(entry.name, std::move(text), entry.place));
    };
    for (std::size_t i = 0; i < lab.routers.size(); ++i) {
        put(lab.routers[i], texts[i]);
        lab.routers[i].protocols.clear();
        lab.routers[i].reflectsRoutes = false;
    }
    for (std::size_t i = 0; i < lab.hosts.size(); ++i)
        put(lab.hosts[i], texts[lab.routers.size() + i]);
}

void resolve(const LabFile& lab, Destination& destination, DiagnosticList& problems) {
    if (destination.address) return;
    destination.address = mainAddress(lab, destination.text);
    if (!destination.address) {
        problems.error(
            destination.place.at,
            fmt::format("'{}' has no address in the lab file; write the address itself", destination.text));
    }
}

void resolveDestinations(LabFile& lab, DiagnosticList& problems) {
    for (ProbeEntry& probe : lab.probes)
        resolve(lab, probe.to, problems);
    for (FlowEntry& flow : lab.flows)
        resolve(lab, flow.to, problems);
    for (StepEntry& step : lab.steps) {
        for (Expectation& claim : step.expectations) {
            if (auto* reaches = std::get_if<lab_expect::Reaches>(&claim.what))
                resolve(lab, reaches->to, problems);
            if (auto* unreachable = std::get_if<lab_expect::Unreachable>(&claim.what))
                resolve(lab, unreachable->to, problems);
            if (auto* lost = std::get_if<lab_expect::Lost>(&claim.what); lost != nullptr && lost->to)
                resolve(lab, *lost->to, problems);
        }
    }
}

/// Step 0 is the start: everything up, configurations loaded.
void beginWithStart(LabFile& lab) {
    if (!lab.steps.empty() && lab.steps.front().actions.empty()) return;
    StepEntry start;
    start.name = "start";
    lab.steps.insert(lab.steps.begin(), std::move(start));
}

}  // namespace

LabOutcome expandLab(const LabFile& lab) {
    LabFile full = lab;
    DiagnosticList problems;
    beginWithStart(full);
    addStubsAndHostLinks(full);
    giveAddresses(full, nameInterfaces(full), problems);
    configure(full);
    resolveDestinations(full, problems);
    LabOutcome outcome;
    if (!problems.hasErrors()) outcome.lab = std::move(full);
    outcome.diagnostics = problems.take();
    return outcome;
}

}  // namespace peerscape
