#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "scenarios/format/intents.hpp"

/// RIP, RIPng and EIGRP: a network statement for every network inside, passive where nobody listens.
namespace peerscape::intents {

namespace {

/// What the interior protocols differ in.
struct Interior {
    IntentProtocol protocol;
    Family family;
    std::string heading;
    bool namesInterfaces;  ///< `network eth0` instead of `network 10.1.0.0/16`
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
        if (kind.namesInterfaces)
            text += fmt::format(" network {}\n", interface.name);
        else
            std::ranges::for_each(interface.networks(kind.family), nameNetwork);
        if (reach == Reach::Passive) passive += fmt::format(" passive-interface {}\n", interface.name);
    }
    bool hasLoopback = false;
    for (const PlacedAddress& address : self.router->loopback) {
        if (address.value.address.family() != kind.family) continue;
        hasLoopback = true;
        if (!kind.namesInterfaces) nameNetwork(address.value.network());
    }
    if (hasLoopback && kind.namesInterfaces) text += " network lo\n";
    return text + passive + "!\n";
}

}  // namespace

std::string rip(const IntentView& view, std::size_t node) {
    return interior(view, node, {IntentProtocol::Rip, Family::IPv4, "router rip", false});
}

std::string ripng(const IntentView& view, std::size_t node) {
    return interior(view, node, {IntentProtocol::Ripng, Family::IPv6, "router ripng", true});
}

std::string eigrp(const IntentView& view, std::size_t node) {
    // EIGRP's own AS number has 16 bits (RFC 7868); neighbours must agree on it.
    constexpr std::uint32_t kLargest = 65'535;
    const auto asn = view.nodes()[node].asn;
    const std::uint32_t number = asn && asn->value() <= kLargest ? asn->value() : 1;
    return interior(view, node,
                    {IntentProtocol::Eigrp, Family::IPv4, fmt::format("router eigrp {}", number), false});
}

}  // namespace peerscape::intents
