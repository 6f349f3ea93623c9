#include <algorithm>
#include <utility>

#include "gui/model/edits.hpp"
#include "scenarios/format/lab_checks.hpp"

namespace peerscape::gui {

namespace {

bool namesSomethingMissing(const LabFile& lab) {
    DiagnosticList problems;
    checkSteps(lab, problems);
    return problems.hasErrors();
}

/// Adds the entries one by one, and leaves out those that speak of what is no longer there.
template <typename Entry, typename Put>
void keepWhatStillHolds(LabFile& lab, std::vector<Entry> entries, Put put) {
    for (Entry& entry : entries) {
        LabFile with = lab;
        put(with, std::move(entry));
        if (!namesSomethingMissing(with)) lab = std::move(with);
    }
}

/// Probes, flows, actions and expectations that name what is gone make a lab that cannot be read.
void dropStaleEntries(LabFile& lab) {
    if (!namesSomethingMissing(lab)) return;
    auto probes = std::exchange(lab.probes, {});
    auto flows = std::exchange(lab.flows, {});
    auto steps = std::exchange(lab.steps, {});
    keepWhatStillHolds(lab, std::move(probes),
                       [](LabFile& to, ProbeEntry probe) { to.probes.push_back(std::move(probe)); });
    keepWhatStillHolds(lab, std::move(flows),
                       [](LabFile& to, FlowEntry flow) { to.flows.push_back(std::move(flow)); });
    for (StepEntry& step : steps) {
        auto actions = std::exchange(step.actions, {});
        auto claims = std::exchange(step.expectations, {});
        lab.steps.push_back(std::move(step));
        keepWhatStillHolds(lab, std::move(actions), [](LabFile& to, LabAction action) {
            to.steps.back().actions.push_back(std::move(action));
        });
        keepWhatStillHolds(lab, std::move(claims), [](LabFile& to, Expectation claim) {
            to.steps.back().expectations.push_back(std::move(claim));
        });
    }
}

/// The group goes, what lay in it lies in what was around it.
void dissolve(LabFile& lab, const std::string& name) {
    const auto found = std::ranges::find(lab.groups, name, &GroupEntry::name);
    if (found == lab.groups.end()) return;
    const std::optional<NameRef> around = found->parent;
    lab.groups.erase(found);
    const auto rehouse = [&](std::optional<NameRef>& home) {
        if (home && home->name == name) home = around;
    };
    for (GroupEntry& group : lab.groups)
        rehouse(group.parent);
    for (RouterEntry& router : lab.routers)
        rehouse(router.group);
    for (HostEntry& host : lab.hosts)
        rehouse(host.group);
}

}  // namespace

void dropStaleRelations(LabFile& lab) {
    const auto asnAt = [&](const EndEntry& end) {
        const RouterEntry* router = lab.router(end.node.name);
        return router == nullptr ? std::nullopt : lab.asnOf(*router);
    };
    for (LinkEntry& link : lab.links) {
        if (link.relation == Relation::None || link.ends.size() != 2) continue;
        const auto first = asnAt(link.ends[0]);
        const auto second = asnAt(link.ends[1]);
        if (!first || !second || *first == *second) link.relation = Relation::None;
    }
}

LabFile without(const LabFile& lab, const Selection& selection) {
    LabFile rest = lab;
    const auto isGone = [&](const auto& node) { return selection.nodes.contains(node.name); };
    std::erase_if(rest.routers, isGone);
    std::erase_if(rest.hosts, isGone);
    for (HostEntry& host : rest.hosts) {
        if (host.gateway && selection.nodes.contains(host.gateway->name)) {
            host.gateway.reset();
            host.address.reset();
        }
    }
    const auto endIsGone = [&](const EndEntry& end) { return selection.nodes.contains(end.node.name); };
    std::erase_if(rest.links, [&](const LinkEntry& link) {
        return selection.links.contains(link.name) || std::ranges::any_of(link.ends, endIsGone);
    });
    for (LinkEntry& lan : rest.lans)
        std::erase_if(lan.ends, endIsGone);
    std::erase_if(rest.lans, [&](const LinkEntry& lan) {
        return selection.links.contains(lan.name) || lan.ends.empty();
    });
    for (const std::string& group : selection.groups)
        dissolve(rest, group);
    std::size_t index = 0;
    std::erase_if(rest.notes, [&](const NoteEntry&) { return selection.notes.contains(index++); });
    dropStaleRelations(rest);
    dropStaleEntries(rest);
    return rest;
}

}  // namespace peerscape::gui
