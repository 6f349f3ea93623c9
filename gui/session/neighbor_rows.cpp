#include <QCoreApplication>

#include "gui/session/protocol_tables.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "protocols/eigrp/process.hpp"
#include "protocols/rip/process.hpp"
#include "scenarios/explain/evidence.hpp"
#include "scenarios/explain/silence.hpp"

namespace peerscape::gui {

namespace {

/// Those of all protocols on one node.
class Neighbors {
  public:
    Neighbors(const LabWorld& world, NodeId node)
        : world_(world),
          evidence_{world.simulation(), world.lab().log(), world.file()},
          node_(node),
          state_(world.simulation().node(node)) {}

    std::vector<NeighborRow> rows() {
        for (const ProcessSlot& slot : state_.processes) {
            const std::string protocol = protocolName(slot.protocol);
            const Process* process = slot.process.get();
            if (const auto* bgp = dynamic_cast<const bgp::BgpProcess*>(process)) {
                add(protocol, *bgp);
            } else if (const auto* eigrp = dynamic_cast<const eigrp::EigrpProcess*>(process)) {
                add(protocol, *eigrp);
            } else if (const auto* rip = dynamic_cast<const rip::RipProcess*>(process)) {
                add(protocol, *rip);
            }
        }
        return std::move(rows_);
    }

  private:
    static QString said(const char* text) { return QCoreApplication::translate("NeighborRow", text); }
    static QString seconds(Duration time) { return QString::number(time / Duration::seconds(1)); }

    void add(const std::string& protocol, const bgp::BgpProcess& process) {
        for (const auto& [id, peer] : process.peers()) {
            NeighborRow row;
            row.protocol = protocol;
            row.name = peer.isLocated() ? nameOrAddress(world_, peer.address()) : peer.name();
            row.address = peer.name();
            if (peer.interface.isSome()) row.interface = nameOf(peer.interface);
            row.state = std::string(bgp::name(peer.session.state()));
            row.reason = peer.session.reason(evidence_.world.now());
            row.since = peer.session.since();
            row.isWell = peer.session.isEstablished();
            rows_.push_back(std::move(row));
        }
    }
    void add(const std::string& protocol, const eigrp::EigrpProcess& process) {
        for (const auto& [interface, link] : process.links()) {
            for (const auto& [address, neighbor] : link.transport.neighbors()) {
                NeighborRow row = heardOn(protocol, interface, address);
                row.state = neighbor.isUp() ? "Up" : "Pending";
                row.reason = reasonOf(neighbor).toStdString();
                row.since = neighbor.since;
                row.isWell = neighbor.isUp();
                rows_.push_back(std::move(row));
            }
        }
    }
    QString reasonOf(const eigrp::Neighbor& neighbor) const {
        if (neighbor.isUp())
            return said(QT_TRANSLATE_NOOP("NeighborRow",
                                          "its INIT has come, it has acknowledged ours, and its hold time of "
                                          "%1 s has not run out"))
                .arg(seconds(neighbor.holdTime));
        return neighbor.initHeard
                   ? said(QT_TRANSLATE_NOOP("NeighborRow", "it has not acknowledged our INIT yet"))
                   : said(QT_TRANSLATE_NOOP("NeighborRow", "its INIT has not come yet"));
    }
    void add(const std::string& protocol, const rip::RipProcess& process) {
        for (const rip::Peer& peer : process.peers()) {
            if (peer.lastHeard + rip::kPeerLifetime <= evidence_.world.now()) continue;
            NeighborRow row = heardOn(protocol, interfaceTo(peer.address), peer.address);
            row.since = peer.lastHeard;
            row.reason =
                peer.badPackets + peer.badRoutes == 0
                    ? said(QT_TRANSLATE_NOOP("NeighborRow", "all that it said was understood")).toStdString()
                    : said(QT_TRANSLATE_NOOP("NeighborRow", "refused: %1 packets, %2 routes"))
                          .arg(peer.badPackets)
                          .arg(peer.badRoutes)
                          .toStdString();
            row.isWell = peer.badPackets == 0;
            rows_.push_back(std::move(row));
        }
    }

    NeighborRow heardOn(const std::string& protocol, InterfaceId interface, const IpAddress& address) const {
        NeighborRow row;
        row.protocol = protocol;
        row.address = toString(address);
        row.name = row.address;
        if (!interface.isSome()) return row;
        row.interface = nameOf(interface);
        const auto neighbor = neighborAt(evidence_, {node_, interface}, address);
        if (neighbor) row.name = evidence_.nameOf(neighbor->node);
        return row;
    }
    /// The interface whose link has the address on it; none: no interface has.
    InterfaceId interfaceTo(const IpAddress& address) const {
        for (const InterfaceState& interface : state_.interfaces) {
            if (neighborAt(evidence_, {node_, interface.id}, address)) return interface.id;
        }
        return {};
    }
    const std::string& nameOf(InterfaceId interface) const {
        return state_.interfaces[interface.value()].name;
    }

    const LabWorld& world_;
    Evidence evidence_;
    NodeId node_;
    const NodeState& state_;
    std::vector<NeighborRow> rows_;
};

}  // namespace

std::vector<NeighborRow> neighborsOf(const LabWorld& world, NodeId node) {
    return Neighbors(world, node).rows();
}

}  // namespace peerscape::gui
