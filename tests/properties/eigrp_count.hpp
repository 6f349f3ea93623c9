#pragma once

#include <cstdint>

#include "tests/properties/eigrp_lab.hpp"

namespace peerscape::properties {

/// What a lab of EIGRP says, counted while it runs, by destination: a packet with ten routes counts ten
/// times.
struct EigrpCount {
    std::uint64_t updates = 0;
    std::uint64_t queries = 0;
    std::uint64_t replies = 0;
    /// Diffusing computations that a router began of itself, or had to begin anew (IE4, IE11, IE12): others
    /// only take part.
    std::uint64_t computations = 0;

    std::uint64_t routes() const { return updates + queries + replies; }
};

/// Does something to the lab, runs it until it has converged, and counts what that takes.
template <typename Act>
EigrpCount countOf(EigrpLab& lab, Act act) {
    const auto begun = [&lab] {
        std::uint64_t count = 0;
        for (std::size_t r = 0; r < lab.routerCount(); ++r) {
            const eigrp::EigrpProcess* process = lab.processOf(r);
            for (const auto event :
                 {eigrp::dual::InputEvent::IE4, eigrp::dual::InputEvent::IE11, eigrp::dual::InputEvent::IE12})
                count += process == nullptr ? 0 : process->countOf(event);
        }
        return count;
    };
    EigrpCount count;
    RecordLog& log = lab.lab().log();
    std::uint64_t seen = log.count();
    const auto look = [&](const record::PacketSent& sent) {
        const auto* message = sent.packet->payload.as<eigrp::EigrpMessage>();
        if (message == nullptr) return;
        std::uint64_t routes = 0;
        for (const eigrp::Tlv& tlv : message->content().tlvs) {
            if (const auto* route = std::get_if<eigrp::Route>(&tlv)) routes += route->destinations.size();
        }
        if (message->content().opcode == eigrp::Opcode::Update) count.updates += routes;
        if (message->content().opcode == eigrp::Opcode::Query) count.queries += routes;
        if (message->content().opcode == eigrp::Opcode::Reply) count.replies += routes;
    };
    RunHooks hooks;
    hooks.onEvent = [&] {
        const auto& kept = log.kept();
        for (std::size_t i = log.positionOf(RecordId(seen)); i < kept.size(); ++i) {
            if (const auto* sent = std::get_if<record::PacketSent>(&kept[i].what)) look(*sent);
        }
        seen = log.count();
        log.discardBefore(RecordId(seen));
    };
    const std::uint64_t before = begun();
    act();
    EXPECT_TRUE(lab.lab().runUntilConverged(Duration::hours(1), hooks).isConverged);
    count.computations = begun() - before;
    return count;
}

}  // namespace peerscape::properties
