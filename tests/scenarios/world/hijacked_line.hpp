#pragma once

#include <string>

namespace peerscape {

/// A (65001) – B (65002): A announces a prefix that its watch allows 65003 only, and then no more.
inline const std::string kHijackedLine =
    "peerscape: 1\n"
    "title: Hijacked line\n"
    "routers:\n"
    "  A:\n"
    "    asn: 65001\n"
    "    config: |\n"
    "      ip route 10.3.0.0/16 blackhole\n"
    "      router bgp 65001\n"
    "       bgp router-id 10.0.0.1\n"
    "       no bgp ebgp-requires-policy\n"
    "       neighbor 10.0.1.2 remote-as 65002\n"
    "  B: {asn: 65002, protocols: [bgp]}\n"
    "links:\n"
    "  - {name: ab, ends: {\"A:eth0\": [10.0.1.1/30], \"B:eth0\": [10.0.1.2/30]}, delay: 2ms}\n"
    "watch: [{prefix: 10.3.0.0/16, origins: [65003]}]\n"
    "steps:\n"
    "  - name: announced\n"
    "    do: [{configure: {router: A, lines: [router bgp 65001, network 10.3.0.0/16]}}]\n"
    "  - name: withdrawn\n"
    "    do: [{configure: {router: A, lines: [router bgp 65001, no network 10.3.0.0/16]}}]\n";

}  // namespace peerscape
