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
    {"", "bgp community alias"},
    {"", "bgp no-rib"},
    {"", "bgp send-extra-data"},
    {"", "bgp session-dscp"},
    {"", "bgp suppress-fib-pending"},
    {"", "bgp update-delay"},
    {"", "debug"},
    {"", "dump bgp"},
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
    {"", "router bgp * view", true},
    {"", "router bgp * vrf", true},
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
    {"router bgp", "address-family ipv4 flowspec", true},
    {"router bgp", "address-family ipv4 labeled-unicast", true},
    {"router bgp", "address-family ipv4 multicast", true},
    {"router bgp", "address-family ipv4 vpn", true},
    {"router bgp", "address-family ipv6 flowspec", true},
    {"router bgp", "address-family ipv6 labeled-unicast", true},
    {"router bgp", "address-family ipv6 multicast", true},
    {"router bgp", "address-family ipv6 vpn", true},
    {"router bgp", "address-family l2vpn", true},
    {"router bgp", "bgp allow-martian-nexthop"},
    {"router bgp", "bgp bestpath bandwidth"},
    {"router bgp", "bgp default ipv4-flowspec"},
    {"router bgp", "bgp default ipv4-labeled-unicast"},
    {"router bgp", "bgp default ipv4-multicast"},
    {"router bgp", "bgp default ipv4-vpn"},
    {"router bgp", "bgp default ipv6-flowspec"},
    {"router bgp", "bgp default ipv6-labeled-unicast"},
    {"router bgp", "bgp default ipv6-multicast"},
    {"router bgp", "bgp default ipv6-vpn"},
    {"router bgp", "bgp default l2vpn-evpn"},
    {"router bgp", "bgp default subgroup-pkt-queue-max"},
    {"router bgp", "bgp fast-convergence"},
    {"router bgp", "bgp hard-administrative-reset"},
    {"router bgp", "bgp max-med"},
    {"router bgp", "bgp suppress-fib-pending"},
    {"router bgp", "bmp mirror"},
    {"router bgp", "bmp targets", true},
    {"router bgp", "coalesce-time"},
    {"router bgp", "neighbor * bfd"},
    {"router bgp", "neighbor * capability orf"},
    {"router bgp", "neighbor * disable-link-bw-encoding-ieee"},
    {"router bgp", "neighbor * extended-optional-parameters"},
    {"router bgp", "neighbor * interface"},
    {"router bgp", "neighbor * shutdown rtt"},
    {"router bgp", "neighbor * soo"},
    {"router bgp", "neighbor * tcp-mss"},
    {"router bgp", "read-quanta"},
    {"router bgp", "segment-routing", true},
    {"router bgp", "vnc", true},
    {"router bgp", "vrf-policy", true},
    {"router bgp", "write-quanta"},
    {"address-family ipv4 unicast", "export vpn"},
    {"address-family ipv4 unicast", "import vpn"},
    {"address-family ipv4 unicast", "import vrf"},
    {"address-family ipv4 unicast", "label vpn"},
    {"address-family ipv4 unicast", "neighbor * capability orf"},
    {"address-family ipv4 unicast", "neighbor * nexthop-local"},
    {"address-family ipv4 unicast", "neighbor * soo"},
    {"address-family ipv4 unicast", "nexthop vpn"},
    {"address-family ipv4 unicast", "rd vpn"},
    {"address-family ipv4 unicast", "route-map vpn"},
    {"address-family ipv4 unicast", "route-target"},
    {"address-family ipv4 unicast", "rt"},
    {"address-family ipv4 unicast", "sid vpn"},
    {"address-family ipv6 unicast", "export vpn"},
    {"address-family ipv6 unicast", "import vpn"},
    {"address-family ipv6 unicast", "import vrf"},
    {"address-family ipv6 unicast", "label vpn"},
    {"address-family ipv6 unicast", "neighbor * capability orf"},
    {"address-family ipv6 unicast", "neighbor * nexthop-local"},
    {"address-family ipv6 unicast", "neighbor * soo"},
    {"address-family ipv6 unicast", "nexthop vpn"},
    {"address-family ipv6 unicast", "rd vpn"},
    {"address-family ipv6 unicast", "route-map vpn"},
    {"address-family ipv6 unicast", "route-target"},
    {"address-family ipv6 unicast", "rt"},
    {"address-family ipv6 unicast", "sid vpn"},
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
