#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "scenarios/format/address_pool.hpp"
#include "scenarios/format/addressing.hpp"
#include "scenarios/format/lab_walk.hpp"

namespace peerscape {

namespace {

bool hasAddress(const EndEntry& end, Family family) {
    return std::ranges::any_of(end.addresses,
                               [&](const PlacedAddress& a) { return a.value.address.family() == family; });
}

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

/// The interfaces, as "router:interface", to which an FRR configuration gives an address: "interface eth0",
/// and below it "ip address …".
std::set<std::string> addressedInConfigs(const LabFile& lab) {
    std::set<std::string> names;
    for (const RouterEntry& router : lab.routers) {
        for (const ConfigSource& source : router.config) {
            std::string interface;
            for (const std::string_view line : split(source.text, '\n')) {
                const auto words = splitWords(line);
                if (words.size() < 2) continue;
                if (words[0].starts_with("int"))
                    interface = words[1];
                else if (!interface.empty() && words[0].starts_with("ip") && words[1].starts_with("addr"))
                    names.insert(router.name + ":" + interface);
            }
        }
    }
    return names;
}

class AddressGiver {
  public:
    AddressGiver(LabFile& lab, const std::set<std::string>& allocated, DiagnosticList& problems)
        : lab_(lab),
          allocated_(allocated),
          problems_(problems),
          used_(lab),
          configured_(configuredNodes(lab)),
          addressedInConfigs_(addressedInConfigs(lab)),
          links4_(Prefix(address_pools::kLinks4, address_pools::kLinks4Length)),
          moreLinks4_(Prefix(address_pools::kMoreLinks4, address_pools::kMoreLinks4Length)),
          lans4_(Prefix(address_pools::kLans4, address_pools::kLans4Length)),
          loopbacks4_(Prefix(address_pools::kLoopbacks4, address_pools::kLoopbacks4Length)),
          segments6_(Prefix(address_pools::kSegments6, address_pools::kSegments6Length)),
          loopbacks6_(Prefix(address_pools::kLoopbacks6, address_pools::kLoopbacks6Length)) {
        // The first address of a pool looks like a network; loopbacks count from 1.
        used_.add(Prefix::host(address_pools::kLoopbacks4));
        used_.add(Prefix::host(address_pools::kLoopbacks6));
    }

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
        bool isUntouched = true;
        bool hasConfigured = false;
        for (EndEntry& end : link.ends) {
            isUntouched = isUntouched && end.addresses.empty();
            const bool isInConfig = addressedInConfigs_.contains(end.node.name + ":" + end.interface);
            hasConfigured = hasConfigured || isInConfig;
            if (hasAddress(end, family))
                given = given == nullptr ? &end : given;
            else if (wantsAddress(end) && !isInConfig)
                open.push_back(&end);
        }
        if (open.empty()) return;
        if (given != nullptr) return fill(link, open, networkOf(*given, family));
        // The network may be known to a configuration only, and an author who gave one family wants no other.
        const bool isOurs = given_.contains(&link);
        if (!isNeeded || hasConfigured || (!isUntouched && !isOurs)) return;
        const auto network = newNetwork(link, family);
        if (!network) {
            problems_.error(link.place.at,
                            fmt::format("no free {} network is left for '{}'; give its addresses yourself",
                                        toString(family), link.name));
            return;
        }
        given_.insert(&link);
        open.clear();
        for (EndEntry& end : link.ends)
            open.push_back(&end);
        fill(link, open, *network);
    }

    /// An interface that the author named, on a node that he configured, is as he wants it.
    bool wantsAddress(const EndEntry& end) const {
        return !configured_.contains(end.node.name) ||
               allocated_.contains(end.node.name + ":" + end.interface);
    }

    static Prefix networkOf(const EndEntry& end, Family family) {
        const auto found = std::ranges::find_if(
            end.addresses, [&](const PlacedAddress& a) { return a.value.address.family() == family; });
        return found->value.network();
    }

    std::optional<Prefix> newNetwork(const LinkEntry& link, Family family) {
        if (family == Family::IPv6) return segments6_.take(64, used_);
        if (link.kind == SegmentKind::PointToPoint) {
            const auto network = links4_.take(30, used_);
            return network ? network : moreLinks4_.take(30, used_);
        }
        std::uint8_t length = 24;
        while ((std::uint64_t{1} << (32 - length)) < link.ends.size() + 2)
            --length;
        return length < address_pools::kLans4Length ? std::nullopt : lans4_.take(length, used_);
    }

    void fill(const LinkEntry& link, const std::vector<EndEntry*>& open, const Prefix& network) {
        std::set<IpAddress> taken;
        for (const EndEntry& end : link.ends) {
            for (const PlacedAddress& address : end.addresses)
                taken.insert(address.value.address);
        }
        std::uint64_t number = 0;
        for (EndEntry* end : open) {
            auto address = hostOf(network, number++);
            while (address && taken.contains(*address))
                address = hostOf(network, number++);
            if (!address) {
                problems_.error(end->place.at, fmt::format("the network {} of '{}' has no free address left",
                                                           toString(network), link.name));
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
        const bool has = std::ranges::any_of(
            router.loopback, [&](const PlacedAddress& a) { return a.value.address.family() == family; });
        if (has) return;
        if (const auto network = pool.take(addressBits(family), used_)) {
            router.loopback.push_back({{network->address(), network->length()}, router.place});
        } else {
            problems_.error(router.place.at, fmt::format("no free {} loopback address is left for '{}'",
                                                         toString(family), router.name));
        }
    }

    LabFile& lab_;
    const std::set<std::string>& allocated_;
    DiagnosticList& problems_;
    UsedNetworks used_;
    std::set<std::string> configured_;
    std::set<std::string> addressedInConfigs_;
    std::set<const LinkEntry*> given_;  ///< links that got their network here; asked about, never walked over
    AddressPool links4_;
    AddressPool moreLinks4_;
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
            if (protocol == IntentProtocol::Rip) note(Family::IPv4);
        }
        for (const PlacedAddress& address : router.loopback)
            note(address.value.address.family());
        for (const PlacedPrefix& network : router.networks)
            note(network.value.family());
    }
    for (const HostEntry& host : lab.hosts) {
        if (host.address) note(host.address->value.address.family());
    }
    forEachLink(lab, [&](const LinkEntry& link) {
        for (const EndEntry& end : link.ends) {
            for (const PlacedAddress& address : end.addresses)
                note(address.value.address.family());
        }
    });
    return family == Family::IPv6 ? asksFor6 : asksFor4 || !asksFor6;
}

void giveAddresses(LabFile& lab, const std::set<std::string>& allocated, DiagnosticList& problems) {
    AddressGiver(lab, allocated, problems).run();
}

}  // namespace peerscape
