#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gui/session/protocol_tables.hpp"
#include "protocols/eigrp/process.hpp"
#include "protocols/eigrp/show_paths.hpp"
#include "scenarios/explain/evidence.hpp"
#include "scenarios/explain/silence.hpp"

namespace peerscape::gui {

namespace {

using eigrp::EigrpProcess;
using eigrp::ViewOfPath;
using eigrp::dual::Entry;

/// The topology table of one EIGRP process.
class EigrpTable {
  public:
    EigrpTable(const LabWorld& world, NodeId node, const EigrpProcess& process)
        : evidence_{world.simulation(), world.lab().log(), world.file()}, node_(node), process_(process) {}

    void addTo(std::vector<EigrpRow>& rows) const {
        const auto& entries = process_.topology().entries();
        for (const std::uint32_t position : entries.sorted()) {
            const auto& [prefix, entry] = entries.at(position);
            const auto views = eigrp::pathsOf(process_, entry, true);
            for (const ViewOfPath& view : views)
                rows.push_back(rowOf(prefix, entry, view));
            // An active destination that has lost its last path is still in the table: replies are awaited.
            if (views.empty()) rows.push_back(rowOf(prefix, entry));
        }
    }

  private:
    EigrpRow rowOf(const Prefix& prefix, const Entry& entry, const ViewOfPath& view) const {
        EigrpRow row = rowOf(prefix, entry);
        row.isOwn = eigrp::dual::isLocal(view.path->source);
        row.via = row.isOwn ? std::string(eigrp::sourceName(*view.path))
                            : nameOf(view.attributes.interface, view.attributes.gateway);
        if (view.attributes.interface.isSome()) row.interface = interfaceName(view.attributes.interface);
        row.distance = view.path->distance.metric();
        row.reportedDistance = view.path->reported.metric();
        row.role = view.isSuccessor               ? EigrpRow::Role::Successor
                   : entry.isFeasible(*view.path) ? EigrpRow::Role::FeasibleSuccessor
                                                  : EigrpRow::Role::NotFeasible;
        return row;
    }
    /// What all paths to the destination have in common.
    EigrpRow rowOf(const Prefix& prefix, const Entry& entry) const {
        EigrpRow row;
        row.prefix = toString(prefix);
        row.state = std::string(eigrp::dual::name(entry.state));
        row.isActive = entry.isActive();
        if (entry.feasibleDistance.isFinite()) row.feasibleDistance = entry.feasibleDistance.metric();
        std::vector<std::string> awaited;
        for (const eigrp::dual::Awaited& one : process_.topology().awaited(prefix)) {
            const auto peer = process_.peers().find(one.neighbor);
            if (peer != process_.peers().end())
                awaited.push_back(nameOf(peer->second.interface, peer->second.address));
        }
        row.awaited = fmt::format("{}", fmt::join(awaited, ", "));
        return row;
    }
    std::string nameOf(InterfaceId interface, const IpAddress& address) const {
        const auto neighbor = neighborAt(evidence_, {node_, interface}, address);
        return neighbor ? evidence_.nameOf(neighbor->node) : toString(address);
    }
    const std::string& interfaceName(InterfaceId interface) const {
        return evidence_.world.node(node_).interfaces[interface.value()].name;
    }

    Evidence evidence_;
    NodeId node_;
    const EigrpProcess& process_;
};

}  // namespace

std::vector<EigrpRow> eigrpOf(const LabWorld& world, NodeId node) {
    std::vector<EigrpRow> rows;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const ProcessSlot* slot = world.simulation().node(node).slotOf(eigrp::protocolOf(family));
        const auto* process =
            slot == nullptr ? nullptr : dynamic_cast<const EigrpProcess*>(slot->process.get());
        if (process != nullptr) EigrpTable(world, node, *process).addTo(rows);
    }
    return rows;
}

}  // namespace peerscape::gui
