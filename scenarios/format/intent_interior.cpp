#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "scenarios/format/intents.hpp"

/// RIP, RIPng and EIGRP: a network statement for every network inside, passive where nobody listens.
namespace peerscape::intents {

namespace {

/// How a protocol is told where it runs.
enum class Naming {
    Networks,     ///< `network 10.1.0.0/16`
    Interfaces,   ///< `network eth0`
    InInterface,  ///< by lines of the interfaces
};

/// What the interior protocols differ in.
struct Interior {
    IntentProtocol protocol;
    Family family;
    std::string heading;
    Naming naming;
};

std::string interior(const IntentView& view, std::size_t node, const Interior& kind) {
    const IntentNode& self = view.nodes()[node];
    if (!self.runs(kind.protocol)) return {};
    std::string text = kind.heading + "\n";
    std::string passive;
    std::set<Prefix> named;
    const auto nameNetwork = [&](const Prefix& network) {
        if (named.insert(network).second) text += fmt::format(" network {}\n", toString(network));
    };
    for (const std::size_t index : self.interfaces) {
        const IntentInterface& interface = view.interfaces()[index];
        const Reach reach = view.reach(index, kind.protocol);
        if (reach == Reach::Outside || !interface.hasFamily(kind.family)) continue;
        if (kind.naming == Naming::Interfaces) text += fmt::format(" network {}\n", interface.name);
        if (kind.naming == Naming::Networks)
            std::ranges::for_each(interface.networks(kind.family), nameNetwork);
        if (reach == Reach::Passive) passive += fmt::format(" passive-interface {}\n", interface.name);
    }
    bool hasLoopback = false;
    for (const PlacedAddress& address : self.router->loopback) {
        if (address.value.address.family() != kind.family) continue;
        hasLoopback = true;
        if (kind.naming == Naming::Networks) nameNetwork(address.value.network());
    }
    if (hasLoopback && kind.naming == Naming::Interfaces) text += " network lo\n";
    return text + passive + "!\n";
}

bool hasFamily(const IntentView& view, const IntentNode& node, Family family) {
    return std::ranges::any_of(node.interfaces,
                               [&](std::size_t index) { return view.interfaces()[index].hasFamily(family); });
}

bool loopbackHas(const IntentNode& node, Family family) {
    return std::ranges::any_of(node.router->loopback, [&](const PlacedAddress& address) {
        return address.value.address.family() == family;
    });
}

/// What the lab says of the link, in EIGRP's units and ranges: without these lines a slow link would look
/// like any other.
std::string eigrpMetricLines(const LinkEntry& link) {
    constexpr std::uint64_t kKilobit = 1000;
    constexpr std::uint64_t kMostKilobits = 10'000'000;
    constexpr Duration kTenMicroseconds = Duration::microseconds(10);
    constexpr std::int64_t kMostDelay = 16'777'215;
    std::string lines;
    if (link.bandwidth && !link.bandwidth->isUnlimited()) {
        lines += fmt::format(" eigrp bandwidth {}\n",
                             std::clamp<std::uint64_t>(link.bandwidth->count() / kKilobit, 1, kMostKilobits));
    }
    if (link.delay) {
        const std::int64_t rounded = (*link.delay + kTenMicroseconds / 2) / kTenMicroseconds;
        lines += fmt::format(" delay {}\n", std::clamp<std::int64_t>(rounded, 1, kMostDelay));
    }
    return lines;
}

/// The interfaces' own lines: metrics for both families, and where the one for IPv6 runs.
std::string eigrpInterfaces(const IntentView& view, const IntentNode& self, std::uint32_t number) {
    const std::string runs = fmt::format(" ipv6 eigrp {}\n", number);
    std::string text;
    const auto add = [&](const std::string& name, const std::string& lines) {
        if (!lines.empty()) text += fmt::format("interface {}\n{}!\n", name, lines);
    };
    for (const std::size_t index : self.interfaces) {
        const IntentInterface& interface = view.interfaces()[index];
        if (view.reach(index, IntentProtocol::Eigrp) == Reach::Outside) continue;
        add(interface.name, eigrpMetricLines(*view.segments()[interface.segment].link) +
                                (interface.hasFamily(Family::IPv6) ? runs : ""));
    }
    if (loopbackHas(self, Family::IPv6)) add("lo", runs);
    return text;
}

}  // namespace

std::string rip(const IntentView& view, std::size_t node) {
    return interior(view, node, {IntentProtocol::Rip, Family::IPv4, "router rip", Naming::Networks});
}

std::string ripng(const IntentView& view, std::size_t node) {
    return interior(view, node, {IntentProtocol::Ripng, Family::IPv6, "router ripng", Naming::Interfaces});
}

std::string eigrp(const IntentView& view, std::size_t node) {
    // EIGRP's own AS number has 16 bits (RFC 7868); neighbours must agree on it.
    constexpr std::uint32_t kLargest = 65'535;
    const IntentNode& self = view.nodes()[node];
    if (!self.runs(IntentProtocol::Eigrp)) return {};
    const std::uint32_t number = self.asn && self.asn->value() <= kLargest ? self.asn->value() : 1;
    const bool hasIpv4 = hasFamily(view, self, Family::IPv4) || loopbackHas(self, Family::IPv4);
    const bool hasIpv6 = hasFamily(view, self, Family::IPv6) || loopbackHas(self, Family::IPv6);
    std::string text = eigrpInterfaces(view, self, number);
    if (hasIpv4 || !hasIpv6) {
        text += interior(
            view, node,
            {IntentProtocol::Eigrp, Family::IPv4, fmt::format("router eigrp {}", number), Naming::Networks});
    }
    if (hasIpv6) {
        std::string heading = fmt::format("ipv6 router eigrp {}", number);
        // The name of a router is an IPv4 address in both families.
        if (!hasIpv4)
            heading += fmt::format("\n eigrp router-id {}",
                                   toString(IpAddress::v4(static_cast<std::uint32_t>(node + 1))));
        text += interior(view, node, {IntentProtocol::Eigrp, Family::IPv6, heading, Naming::InInterface});
    }
    return text;
}

}  // namespace peerscape::intents
