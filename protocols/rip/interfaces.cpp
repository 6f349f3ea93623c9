/// On which interfaces RIP runs, and the networks of those interfaces as routes.
#include <algorithm>

#include <fmt/format.h>

#include "protocols/rip/process.hpp"

namespace peerscape::rip {
namespace {

/// Between an interface's coming up and the request to its neighbours, as FRR waits.
constexpr Duration kStartDelay = Duration::seconds(1);

}  // namespace

bool RipProcess::isMatched(const InterfaceState& interface) const {
    // RIPng speaks from link-local addresses only (RFC 2080, 2.4.2), RIP from any IPv4 address.
    const bool canSpeak = family() == Family::IPv4 ? interface.firstAddress(Family::IPv4) != nullptr
                                                   : interface.linkLocal.has_value();
    if (!canSpeak) return false;
    if (config_->enables(interface.name)) return true;
    if (family() == Family::IPv6 && config_->enables(*interface.linkLocal)) return true;
    return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                       [this](const InterfaceAddress& a) { return config_->enables(a.address); });
}

std::vector<Prefix> RipProcess::ownNetworks(const InterfaceState& interface) const {
    std::vector<Prefix> networks;
    if (!interface.isUp() || !isMatched(interface)) return networks;
    for (const auto& address : interface.addresses) {
        if (address.address.family() != family()) continue;
        if (!config_->enables(interface.name) && !config_->enables(address.address)) continue;
        networks.push_back(address.network());
    }
    return networks;
}

bool RipProcess::isActive(const InterfaceState& interface) const {
    const auto id = interface.id.value();
    return id < interfaces_.size() && interfaces_[id].activity == InterfaceActivity::Running &&
           interface.isUp() && !interface.isLoopback && !config_->isPassive(interface.name);
}

void RipProcess::changeInterface(Step& step, InterfaceId id) {
    if (interfaces_.size() < step.env.interfaces.size()) interfaces_.resize(step.env.interfaces.size());
    if (step.env.interface(id).isUp()) {
        matchInterface(step, id);
    } else {
        stopInterface(step, id);
    }
}

void RipProcess::matchAllInterfaces(Step& step) {
    interfaces_.resize(step.env.interfaces.size());
    for (const InterfaceState& interface : step.env.interfaces) {
        if (interface.isUp()) matchInterface(step, interface.id);
    }
}

void RipProcess::matchInterface(Step& step, InterfaceId id) {
    const InterfaceState& interface = step.env.interface(id);
    InterfaceStatus& status = interfaces_[id.value()];
    status.isMatched = isMatched(interface);
    if (!status.isMatched) {
        if (status.activity == InterfaceActivity::Off) return;
        stopInterface(step, id);
        if (config_->redistribution(kConnected) == nullptr) return;
        // Until now the interface's own networks hid them.
        for (const auto& address : interface.addresses) {
            if (address.address.family() == family())
                addConnected(step, address.network(), id, RouteKind::Redistributed);
        }
        return;
    }
    const auto networks = ownNetworks(interface);
    bool hasNews = status.activity == InterfaceActivity::Off;
    // Networks that the interface no longer has.
    for (const auto position : table_.routes().sorted()) {
        const auto& [prefix, route] = table_.routes().at(position);
        const RouteOrigin& origin = table_.origin(route);
        const bool isOurs = origin.kind == RouteKind::Interface && origin.interface == id;
        if (isOurs && std::ranges::find(networks, prefix) == networks.end()) poisonRoute(step, prefix, 0);
    }
    for (const Prefix& network : networks) {
        const Route* existing = table_.find(network);
        const bool isThere = existing != nullptr && !existing->metric.isInfinite() &&
                             table_.origin(*existing).kind == RouteKind::Interface;
        if (isThere) continue;
        addConnected(step, network, id, RouteKind::Interface);
        hasNews = true;
    }
    if (!hasNews || !status.startsAt.isNever()) return;
    if (status.activity == InterfaceActivity::Off) status.activity = InterfaceActivity::Starting;
    status.startsAt = step.env.now + kStartDelay;
    status.cause = step.env.cause;
}

void RipProcess::addConnected(Step& step, const Prefix& network, InterfaceId id, RouteKind kind) {
    const IpAddress nobody = IpAddress::any(family());
    addLocalRoute(step, network,
                  {.protocol = kConnected, .kind = kind, .interface = id, .from = nobody, .gateway = nobody},
                  0);
}

void RipProcess::stopInterface(Step& step, InterfaceId id) {
    InterfaceStatus& status = interfaces_[id.value()];
    if (status.activity != InterfaceActivity::Off) {
        step.out.note(fmt::format("{} stops on {}", family() == Family::IPv4 ? "RIP" : "RIPng",
                                  step.env.interface(id).name));
    }
    status.activity = InterfaceActivity::Off;
    status.startsAt = SimTime::never();
    poisonRoutesOf(step, id);
}

void RipProcess::poisonRoutesOf(Step& step, InterfaceId id) {
    std::vector<RouteTable::Expired> lost;
    for (const auto position : table_.routes().sorted()) {
        const auto& [prefix, route] = table_.routes().at(position);
        const auto others = std::as_const(table_).alternatives(prefix);
        for (std::size_t i = others.size(); i > 0; --i) {
            if (table_.origin(others[i - 1]).interface == id) lost.push_back({prefix, i});
        }
        if (table_.origin(route).interface == id) lost.push_back({prefix, 0});
    }
    for (const auto& [prefix, index] : lost)
        poisonRoute(step, prefix, index);
}

void RipProcess::wakeInterfaces(Step& step) {
    for (const InterfaceState& interface : step.env.interfaces) {
        if (interface.id.value() >= interfaces_.size()) break;
        InterfaceStatus& status = interfaces_[interface.id.value()];
        if (status.startsAt > step.env.now) continue;
        status.startsAt = SimTime::never();
        step.out.because(status.cause);
        if (status.activity == InterfaceActivity::Starting) {
            step.out.note(
                fmt::format("{} runs on {}", family() == Family::IPv4 ? "RIP" : "RIPng", interface.name));
        }
        status.activity = InterfaceActivity::Running;
        if (isActive(interface)) sendRequest(step, interface);
        step.out.because(RecordId::none());
    }
}

}  // namespace peerscape::rip
