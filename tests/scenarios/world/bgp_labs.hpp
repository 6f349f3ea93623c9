#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "protocols/bgp/process.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

/// Small labs of BGP routers, and what is asked of them.
namespace peerscape {

/// A and B on one link, with these lines for their neighbour, each with one network.
inline std::string pairOf(const std::string& linesOfA, const std::string& linesOfB) {
    const auto router = [](int number, const std::string& lines) {
        return fmt::format(
            "    config: |\n      router bgp {}\n       bgp router-id 1.1.1.{}\n"
            "       no bgp ebgp-requires-policy\n{}"
            "       address-family ipv4 unicast\n        network 192.0.{}.0/24\n",
            65000 + number, number, lines, number);
    };
    return "peerscape: 1\ntitle: Pair\nrouters:\n  A:\n" + router(1, linesOfA) + "  B:\n" +
           router(2, linesOfB) +
           "links:\n  - {name: ab, ends: {\"A:eth0\": [10.0.0.1/29], \"B:eth0\": [10.0.0.2/29]}, delay: "
           "2ms}\n"
           "lans:\n  - {name: na, ends: {\"A:lan0\": [192.0.1.1/24]}}\n"
           "  - {name: nb, ends: {\"B:lan0\": [192.0.2.1/24]}}\n";
}
/// `neighbor ADDRESS remote-as NUMBER`, and what more is said of it.
inline std::string neighbor(const std::string& address, int number,
                            const std::vector<std::string>& more = {}) {
    std::string text = fmt::format("       neighbor {} remote-as {}\n", address, number);
    for (const std::string& words : more)
        text += fmt::format("       neighbor {} {}\n", address, words);
    return text;
}

inline const bgp::Peer& peerOf(const LabWorld& world, std::string_view router, std::string_view name) {
    const ProcessSlot* slot = world.simulation().node(*world.nodeNamed(router)).slotOf(bgp::kBgp);
    const auto& process = dynamic_cast<const bgp::BgpProcess&>(*slot->process);
    const bgp::Peer* peer = process.peerNamed(name);
    if (peer == nullptr) throw std::runtime_error("no such neighbour");
    return *peer;
}
/// Why its session is not up.
inline std::string reasonAt(const LabWorld& world, std::string_view router, std::string_view name) {
    return peerOf(world, router, name).session.reason(world.lab().now());
}
inline bool isUp(const LabWorld& world, std::string_view router, std::string_view name) {
    return peerOf(world, router, name).session.isEstablished();
}
/// Packets to the address would leave the router.
inline bool hasRoute(const LabWorld& world, std::string_view router, std::string_view address) {
    const NodeState& node = world.simulation().node(*world.nodeNamed(router));
    return !node.rib.lookUp(*IpAddress::parse(address)).empty();
}

}  // namespace peerscape
