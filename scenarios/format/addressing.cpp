#include "scenarios/format/addressing.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "scenarios/format/address_pool.hpp"
#include "scenarios/format/lab_walk.hpp"

namespace peerscape {

namespace {

/// Which interfaces every node has, and which links there are: for choosing new names.
class TakenNames {
  public:
    explicit TakenNames(LabFile& lab) {
        forEachLink(lab, [&](LinkEntry& link) {
            links_.insert(link.name);
            for (const EndEntry& end : link.ends)
                interfaces_[end.node.name].insert(end.interface);
        });
    }

    std::string newInterface(const std::string& node, std::string_view base) {
        auto& next = next_[node + ":" + std::string(base)];
        while (true) {
            std::string name = fmt::format("{}{}", base, next++);
            if (interfaces_[node].insert(name).second) return name;
        }
    }
    std::string newLink(const std::string& base) {
        std::string name = base;
        for (std::size_t i = 2; !links_.insert(name).second; ++i)
            name = fmt::format("{}-{}", base, i);
        return name;
    }
    bool hasInterfaces(const std::string& node) const { return interfaces_.contains(node); }

  private:
    std::map<std::string, std::set<std::string>> interfaces_;
    std::set<std::string> links_;
    std::map<std::string, std::size_t> next_;
};

void addStubs(LabFile& lab, TakenNames& taken) {
    for (RouterEntry& router : lab.routers) {
        for (const PlacedPrefix& network : router.networks) {
            EndEntry end;
            end.node = {router.name, network.place};
            end.interface = taken.newInterface(router.name, "stub");
            end.place = network.place;
            const IpAddress address = hostOf(network.value, 0).value_or(network.value.address());
            end.addresses.push_back({{address, network.value.length()}, network.place});
            LinkEntry lan;
            lan.kind = SegmentKind::Lan;
            lan.name = taken.newLink(router.name + "-" + end.interface);
            lan.ends.push_back(std::move(end));
            lan.place = network.place;
            lab.lans.push_back(std::move(lan));
        }
        router.networks.clear();
    }
}

/// The LAN of the gateway whose network the host's address belongs to.
LinkEntry* lanFor(LabFile& lab, const HostEntry& host) {
    if (!host.address) return nullptr;
    for (LinkEntry& lan : lab.lans) {
        for (const EndEntry& end : lan.ends) {
            if (end.node.name != host.gateway->name) continue;
            for (const PlacedAddress& address : end.addresses) {
                if (address.value.network() == host.address->value.network()) return &lan;
            }
        }
    }
    return nullptr;
}

void addHostLink(LabFile& lab, HostEntry& host, TakenNames& taken) {
    EndEntry hostEnd;
    hostEnd.node = {host.name, host.place};
    hostEnd.place = host.place;
    if (host.address) hostEnd.addresses.push_back(*host.address);
    LinkEntry* lan = lanFor(lab, host);
    if (lan != nullptr) {
        lan->ends.push_back(std::move(hostEnd));
        return;
    }
    EndEntry gatewayEnd;
    gatewayEnd.node = *host.gateway;
    gatewayEnd.place = host.gateway->place;
    LinkEntry link;
    link.name = taken.newLink(host.name + "-" + host.gateway->name);
    link.place = host.place;
    link.ends = {std::move(hostEnd), std::move(gatewayEnd)};
    lab.links.push_back(std::move(link));
}

}  // namespace

void addStubsAndHostLinks(LabFile& lab) {
    TakenNames taken(lab);
    addStubs(lab, taken);
    for (HostEntry& host : lab.hosts) {
        if (host.gateway && !taken.hasInterfaces(host.name)) addHostLink(lab, host, taken);
        // From here on the address stands at the end of the link.
        host.address.reset();
    }
}

std::set<std::string> nameInterfaces(LabFile& lab) {
    TakenNames taken(lab);
    std::set<std::string> allocated;
    forEachLink(lab, [&](LinkEntry& link) {
        for (EndEntry& end : link.ends) {
            if (!end.interface.empty()) continue;
            end.interface = taken.newInterface(end.node.name, "eth");
            allocated.insert(end.node.name + ":" + end.interface);
        }
    });
    return allocated;
}

std::optional<IpAddress> mainAddress(const LabFile& lab, std::string_view node) {
    if (const RouterEntry* router = lab.router(node); router != nullptr && !router->loopback.empty()) {
        return router->loopback.front().value.address;
    }
    std::optional<IpAddress> shared;
    for (const auto* links : {&lab.links, &lab.lans}) {
        for (const LinkEntry& link : *links) {
            const auto end = std::ranges::find_if(
                link.ends, [&](const EndEntry& e) { return e.node.name == node && !e.addresses.empty(); });
            if (end == link.ends.end()) continue;
            // A network that the node shares with another router may fail while the node itself does not.
            const bool isShared = std::ranges::any_of(link.ends, [&](const EndEntry& e) {
                return e.node.name != node && lab.router(e.node.name) != nullptr;
            });
            if (!isShared) return end->addresses.front().value.address;
            if (!shared) shared = end->addresses.front().value.address;
        }
    }
    return shared;
}

}  // namespace peerscape
