#include "scenarios/config/unmodelled.hpp"

#include <algorithm>
#include <array>

#include "protocols/catalogue/catalogue.hpp"

namespace peerscape {
namespace {

constexpr UnmodelledCommand kRoutingProcess{"", "router", true};

// Where one begins like another, the longer one stands first.
constexpr std::array kCommands = std::to_array<UnmodelledCommand>({
    {"", "agentx"},
    {"", "allow-external-route-update"},
    {"", "allow-reserved-ranges"},
    {"", "banner"},
    {"", "bfd", true},
    {"", "bgp as-path access-list"},
    {"", "bgp community-list"},
    {"", "bgp extcommunity-list"},
    {"", "bgp large-community-list"},
    {"", "debug"},
    {"", "domainname"},
    {"", "enable password"},
    {"", "fpm"},
    {"", "interface * vrf", true},
    {"", "ip igmp"},
    {"", "ip import-table"},
    {"", "ip mroute"},
    {"", "ip msdp"},
    {"", "ip multicast"},
    {"", "ip nht"},
    {"", "ip pim"},
    {"", "ip protocol"},
    {"", "ip router-id"},
    {"", "ip ssmpingd"},
    {"", "ip table"},
    {"", "ipv6 nht"},
    {"", "ipv6 pim"},
    {"", "ipv6 protocol"},
    {"", "ipv6 router-id"},
    {"", "l2vpn", true},
    {"", "line vty", true},
    {"", "log"},
    {"", "mac access-list"},
    {"", "mpls ldp", true},
    {"", "mpls"},
    {"", "netns"},
    {"", "nexthop-group", true},
    {"", "nhrp"},
    {"", "password"},
    {"", "pbr table"},
    {"", "pbr-map", true},
    {"", "pseudowire", true},
    {"", "router eigrp * vrf", true},
    {"", "router-id"},
    {"", "rpki", true},
    {"", "segment-routing", true},
    {"", "service"},
    {"", "sharp"},
    {"", "username"},
    {"", "vni"},
    {"", "vrf", true},
    {"", "vrrp"},
    {"", "watchfrr"},
    {"", "zebra"},
    {"interface", "babel"},
    {"interface", "bfd"},
    {"interface", "evpn"},
    {"interface", "ip igmp"},
    {"interface", "ip mroute"},
    {"interface", "ip nhrp"},
    {"interface", "ip ospf"},
    {"interface", "ip pim"},
    {"interface", "ip router"},
    {"interface", "ipv6 mld"},
    {"interface", "ipv6 nd"},
    {"interface", "ipv6 ospf6"},
    {"interface", "ipv6 pim"},
    {"interface", "ipv6 router"},
    {"interface", "isis"},
    {"interface", "link-detect"},
    {"interface", "link-params", true},
    {"interface", "mpls"},
    {"interface", "multicast"},
    {"interface", "openfabric"},
    {"interface", "pbr-policy"},
    {"interface", "ptm-enable"},
    {"interface", "tunnel"},
    {"interface", "vrrp"},
});

bool beginsWith(std::span<const std::string_view> words, std::string_view start) {
    for (const std::string_view word : words) {
        const auto end = start.find(' ');
        const auto wanted = start.substr(0, end);
        if (wanted != "*" && wanted != word) return false;
        if (end == std::string_view::npos) return true;
        start.remove_prefix(end + 1);
    }
    return false;
}

}  // namespace

std::span<const UnmodelledCommand> unmodelledCommands() { return kCommands; }

const UnmodelledCommand* findUnmodelled(std::string_view mode, std::span<const std::string_view> words) {
    if (mode.empty() && words.size() >= 2 && words[0] == "router" && isForeignProtocol(words[1]))
        return &kRoutingProcess;
    const auto found = std::ranges::find_if(kCommands, [&](const UnmodelledCommand& command) {
        return command.mode == mode && beginsWith(words, command.words);
    });
    return found == kCommands.end() ? nullptr : &*found;
}

}  // namespace peerscape
