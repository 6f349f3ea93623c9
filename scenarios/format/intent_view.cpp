#include "scenarios/format/intent_view.hpp"

#include <algorithm>

#include "scenarios/format/lab_walk.hpp"

namespace peerscape {

bool IntentInterface::hasFamily(Family family) const { return address(family).has_value(); }

std::optional<IpAddress> IntentInterface::address(Family family) const {
    for (const InterfaceAddress& own : addresses) {
        if (own.address.family() == family && !own.address.isLinkLocal()) return own.address;
    }
    return std::nullopt;
}

std::vector<Prefix> IntentInterface::networks(Family family) const {
    std::vector<Prefix> all;
    for (const InterfaceAddress& own : addresses) {
        if (own.address.family() == family && !own.address.isLinkLocal()) all.push_back(own.network());
    }
    return all;
}

bool IntentNode::runs(IntentProtocol protocol) const {
    return router != nullptr && std::ranges::find(router->protocols, protocol) != router->protocols.end();
}

IntentView::IntentView(const LabFile& lab) {
    for (const RouterEntry& router : lab.routers)
        nodes_.push_back({router.name, &router, lab.asnOf(router), {}});
    for (const HostEntry& host : lab.hosts)
        nodes_.push_back({host.name, nullptr, std::nullopt, {}});
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        byName_.emplace_back(nodes_[i].name, i);
        if (nodes_[i].asn && nodes_[i].runs(IntentProtocol::Bgp)) bgpRouters_[*nodes_[i].asn].push_back(i);
    }
    std::ranges::sort(byName_);
    const std::size_t fromTheStart = lab.links.size() + lab.lans.size();
    forEachLink(lab, [&](const LinkEntry& link) { addSegment(link, segments_.size() < fromTheStart); });
}

void IntentView::addSegment(const LinkEntry& link, bool isThereFromTheStart) {
    IntentSegment segment{&link, {}, isThereFromTheStart};
    for (const EndEntry& end : link.ends) {
        const auto node = nodeNamed(end.node.name);
        if (!node) continue;
        IntentInterface interface{*node, segments_.size(), end.interface, {}};
        for (const PlacedAddress& address : end.addresses)
            interface.addresses.push_back(address.value);
        segment.interfaces.push_back(interfaces_.size());
        nodes_[*node].interfaces.push_back(interfaces_.size());
        interfaces_.push_back(std::move(interface));
    }
    segments_.push_back(std::move(segment));
}

std::optional<std::size_t> IntentView::nodeNamed(std::string_view name) const {
    const auto found = std::ranges::lower_bound(
        byName_, name, {}, [](const auto& entry) { return std::string_view(entry.first); });
    if (found == byName_.end() || found->first != name) return std::nullopt;
    return found->second;
}

bool IntentView::isStub(std::size_t interface) const {
    const IntentInterface& own = interfaces_[interface];
    return std::ranges::none_of(segments_[own.segment].interfaces, [&](std::size_t other) {
        const std::size_t node = interfaces_[other].node;
        return node != own.node && nodes_[node].router != nullptr;
    });
}

Reach IntentView::reach(std::size_t interface, IntentProtocol protocol) const {
    const IntentInterface& own = interfaces_[interface];
    const IntentNode& self = nodes_[own.node];
    bool hasOtherAs = false;
    for (const std::size_t other : segments_[own.segment].interfaces) {
        const IntentNode& node = nodes_[interfaces_[other].node];
        if (interfaces_[other].node == own.node || node.router == nullptr) continue;
        if (self.runs(IntentProtocol::Bgp) && !isSameAs(self, node)) {
            hasOtherAs = true;
            continue;
        }
        // What a configuration of its author does cannot be known here, so it is spoken to.
        if (node.runs(protocol) || node.isConfigured()) return Reach::Active;
    }
    return hasOtherAs ? Reach::Outside : Reach::Passive;
}

std::span<const std::size_t> IntentView::bgpRoutersOf(Asn asn) const {
    const auto found = bgpRouters_.find(asn);
    if (found == bgpRouters_.end()) return {};
    return found->second;
}

bool IntentView::needsStaticRoutes(const IntentNode& node, Family family) const {
    if (node.runs(IntentProtocol::Static)) return true;
    if (!node.runs(IntentProtocol::Bgp) || bgpRoutersOf(*node.asn).size() < 2) return false;
    const bool hasInterior = family == Family::IPv4
                                 ? node.runs(IntentProtocol::Rip) || node.runs(IntentProtocol::Eigrp)
                                 : node.runs(IntentProtocol::Ripng);
    return !hasInterior;
}

}  // namespace peerscape
