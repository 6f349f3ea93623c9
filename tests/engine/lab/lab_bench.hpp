#pragma once

#include <string>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/lab/lab.hpp"
#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {

/// A ring of four routers with static routes, toys that talk and flap, a flow, and losses: something always
/// happens.
struct RingPlan : NetworkPlan {
    RingPlan() {
        for (int n = 0; n < 4; ++n)
            nodes.push_back(router("R" + std::to_string(n)));
        for (int n = 0; n < 4; ++n) {
            const int m = (n + 1) % 4;
            const std::string subnet = "10.0." + std::to_string(n) + ".";
            links.push_back(link("l" + std::to_string(n),
                                 {"R" + std::to_string(n) + ":right " + subnet + "1/24",
                                  "R" + std::to_string(m) + ":left " + subnet + "2/24"},
                                 cableOf(ms(3 + n), Bandwidth::bitsPerSecond(1'000'000),
                                         Probability::partsPerMillion(50'000))));
        }
        for (std::size_t n = 0; n < 4; ++n) {
            const std::string right = "10.0." + std::to_string(n) + ".2";
            const std::string left = "10.0." + std::to_string((n + 3) % 4) + ".1";
            route(nodes[n], "10.0." + std::to_string((n + 1) % 4) + ".0/24", {right});
            route(nodes[n], "10.0." + std::to_string((n + 2) % 4) + ".0/24", {right, left});
            ToySettings talker;
            talker.udp = {{Family::IPv4, 7, {}}};
            talker.every = ms(150);
            SendDatagram hello;
            hello.destination = ip(right);
            hello.sourcePort = hello.destinationPort = 7;
            hello.payload = Payload(Bytes(40, 1));
            talker.sendsOnWake = hello;
            RouteOffer offer;
            offer.prefix = Prefix(IpAddress::v4(0xcb007100U + static_cast<std::uint32_t>(n) * 16), 28);
            offer.nextHops = {NextHop::via(ip(right))};
            talker.flaps = offer;
            toy(nodes[n], talker);
        }
    }
    Action flow() const {
        action::StartFlow flow;
        flow.name = "f";
        flow.from = nodes[0];
        flow.to = ip("10.0.2.1");
        flow.interval = ms(20);
        return {"flow", flow};
    }
    /// Something that may happen to the ring.
    Action randomAction(RandomStream& random) const {
        const SegmentId segment = links[random.below(4)];
        switch (random.below(6)) {
            case 0:
                return {"segment", action::SetSegment{segment, random.below(2) == 0}};
            case 1:
                return {"node", action::SetNode{nodes[random.below(4)], random.below(2) == 0}};
            case 2:
                return {"silence", silence(segment, random.below(2) == 0)};
            case 3:
                return {"delay", changeDelay(segment, ms(static_cast<std::int64_t>(1 + random.below(20))))};
            case 4:
                return {"process", action::SetProcess{nodes[random.below(4)], kToy, random.below(3) != 0}};
            default:
                return {"command", action::Command{nodes[random.below(4)], kToy, {"poke"}}};
        }
    }
    Lab lab(LabOptions options = {}) const {
        Lab made(topology, options);
        for (const NodeId node : nodes)
            EXPECT_TRUE(made.apply(configure(node)).has_value());
        EXPECT_TRUE(made.apply(flow()).has_value());
        return made;
    }

    std::vector<NodeId> nodes;
    std::vector<SegmentId> links;
};

}  // namespace peerscape
