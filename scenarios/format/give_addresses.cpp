#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenarios/format/address_pool.hpp"
#include "scenarios/format/addressing.hpp"
#include "scenarios/format/lab_walk.hpp"

namespace peerscape {

namespace {

bool hasAddress(const EndEntry& end, Family family) {
    return std::ranges::any_of(end.addresses, [&](const PlacedAddress& a) { return a.value.address.family() == family; });
}

/// Whoever has a configuration is given addresses only where the lab file itself begins to give some.
std::set<std::string> configuredNodes(const LabFile& lab) {
    std::set<std::string> names;
    for (const RouterEntry& router : lab.routers) {
        if (!router.config.empty()) names.insert(router.name);
    }
    for (const HostEntry& host : lab.hosts) {
        if (!host.config.empty()) names.insert(host.name);
    }
    return names;
}

class AddressGiver {
  public:
    AddressGiver(LabFile& lab, DiagnosticList& problems)
        : lab_(lab),
          problems_(problems),
          used_(lab),
          configured_(configuredNodes(lab)),
          links4_(Prefix(address_pools::kLinks4, address_pools::kLinks4Length)),
          lans4_(Prefix(address_pools::kLans4, address_pools::kLans4Length)),
          loopbacks4_(Prefix(address_pools::kLoopbacks4, address_pools::kLoopbacks4Length)),
          segments6_(Prefix(address_pools::kSegments6, address_pools::kSegments6Length)),
          loopbacks6_(Prefix(address_pools::kLoopbacks6, address_pools::kLoopbacks6Length)) {}

    void run() {
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            const bool isNeeded = needsFamily(lab_, family);
            forEachLink(lab_, [&](LinkEntry& link) { giveToLink(link, family, isNeeded); });
        }
        giveLoopbacks();
    }

  private:
    /// Ends share the network that the link has already; a link without any gets one from the pool.
    void giveToLink(LinkEntry& link, Family family, bool isNeeded) {
        std::vector<EndEntry*> open;
        const EndEntry* given = nullptr;
        bool isWithoutAddresses = true;
        bool hasUnconfigured = false;
        for (EndEntry& end : link.ends) {
            isWithoutAddresses = isWithoutAddresses && end.addresses.empty();
            hasUnconfigured = hasUnconfigured || !configured_.contains(end.node.name);
            if (hasAddress(end, family)) given = given == nullptr ? &end : given;
            else if (!configured_.contains(end.node.name) || given_.contains(&link)) open.push_back(&end);
        }
        if (open.empty()) return;
        if (given != nullptr) {
            const auto address = std::ranges::find_if(given->addresses, [&](const PlacedAddress& a) { return a.value.address.family() == family; });
            return fill(link, open, address->value.network());
        }
        const bool gotOther = given_.contains(&link);
        if (!isNeeded || !hasUnconfigured || (!isWithoutAddresses && !gotOther)) return;
        const auto network = newNetwork(link, family);
        if (!network) {
            problems_.error(link.place.at, fmt::format("no free {} network is left for '{}'; give its addresses yourself", toString(family), link.name));
            return;
        }
        given_.insert(&link);
        open.clear();
        for (EndEntry& end : link.ends) open.push_back(&end);
        fill(link, open, *network);
    }

    std::optional<Prefix> newNetwork(const LinkEntry& link, Family family) {
        if (family == Family::IPv6) return segments6_.take(64, used_);
        if (link.kind == SegmentKind::PointToPoint) return links4_.take(30, used_);
        std::uint8_t length = 24;
        while ((std::uint64_t{1} << (32 - length)) < link.ends.size() + 2) --length;
        return length < address_pools::kLans4Length ? std::nullopt : lans4_.take(length, used_);
    }

    void fill(const LinkEntry& link, const std::vector<EndEntry*>& open, const Prefix& network) {
        std::set<IpAddress> taken;
        for (const EndEntry& end : link.ends) {
            for (const PlacedAddress& address : end.addresses) taken.insert(address.value.address);
        }
        std::uint64_t number = 0;
        for (EndEntry* end : open) {
            auto address = hostOf(network, number++);
            while (address && taken.contains(*address)) address = hostOf(network, number++);
            if (!address) {
                problems_.error(end->place.at, fmt::format("the network {} of '{}' has no free address left", toString(network), link.name));
                return;
            }
            taken.insert(*address);
            end->addresses.push_back({{*address, network.length()}, end->place});
        }
    }

    /// iBGP sessions run between loopbacks, and router-ids are made of them.
    void giveLoopbacks() {
        std::map<Asn, std::size_t> speakers;
        const auto speaksBgp = [](const RouterEntry& router) {
            return std::ranges::find(router.protocols, IntentProtocol::Bgp) != router.protocols.end();
        };
        for (const RouterEntry& router : lab_.routers) {
            if (speaksBgp(router)) ++speakers[*lab_.asnOf(router)];
        }
        const bool wantsIpv6 = needsFamily(lab_, Family::IPv6);
        for (RouterEntry& router : lab_.routers) {
            if (!speaksBgp(router) || speakers.at(*lab_.asnOf(router)) < 2) continue;
            giveLoopback(router, Family::IPv4, loopbacks4_);
            if (wantsIpv6) giveLoopback(router, Family::IPv6, loopbacks6_);
        }
    }

    void giveLoopback(RouterEntry& router, Family family, AddressPool& pool) {
        const bool has = std::ranges::any_of(router.loopback, [&](const PlacedAddress& a) { return a.value.address.family() == family; });
        if (has) return;
        if (const auto network = pool.take(addressBits(family), used_)) {
            router.loopback.push_back({{network->address(), network->length()}, router.place});
        } else {
            problems_.error(router.place.at, fmt::format("no free {} loopback address is left for '{}'", toString(family), router.name));
        }
    }

    LabFile& lab_;
    DiagnosticList& problems_;
    UsedNetworks used_;
    std::set<std::string> configured_;
    std::set<const LinkEntry*> given_;  ///< links that got their network here; asked about, never walked over
    AddressPool links4_;
    AddressPool lans4_;
    AddressPool loopbacks4_;
    AddressPool segments6_;
    AddressPool loopbacks6_;
};

}  // namespace

bool needsFamily(const LabFile& lab, Family family) {
    bool asksFor4 = false;
    bool asksFor6 = false;
    const auto note = [&](Family asked) { (asked == Family::IPv4 ? asksFor4 : asksFor6) = true; };
    for (const RouterEntry& router : lab.routers) {
        for (const IntentProtocol protocol : router.protocols) {
            if (protocol == IntentProtocol::Ripng) note(Family::IPv6);
            if (protocol == IntentProtocol::Rip || protocol == IntentProtocol::Eigrp) note(Family::IPv4);
        }
        for (const PlacedAddress& address : router.loopback) note(address.value.address.family());
        for (const PlacedPrefix& network : router.networks) note(network.value.family());
    }
    for (const HostEntry& host : lab.hosts) {
        if (host.address) note(host.address->value.address.family());
    }
    forEachLink(lab, [&](const LinkEntry& link) {
        for (const EndEntry& end : link.ends) {
            for (const PlacedAddress& address : end.addresses) note(address.value.address.family());
        }
    });
    return family == Family::IPv6 ? asksFor6 : asksFor4 || !asksFor6;
}

void giveAddresses(LabFile& lab, DiagnosticList& problems) { AddressGiver(lab, problems).run(); }

}  // namespace peerscape
