// Routes that outlive their process, as in a router whose forwarding goes on while its routing daemon
// restarts.
#include <memory>

#include <fmt/format.h>

#include "engine/sim/simulation.hpp"

namespace peerscape {

namespace {

record::Noted noteOf(ProtocolId protocol, std::string text) {
    return {protocol, Note::Level::Event, std::make_shared<const PlainRemark>(std::move(text))};
}

}  // namespace

void Simulation::retainRoutes(NodeId node, ProtocolId protocol, Duration time, RecordId cause,
                              RecordLog& log) {
    NodeState& state = nodes_[node.value()];
    state.rib.retain(protocol);
    const std::size_t count = state.rib.retainedCount(protocol);
    if (count == 0) return;
    state.retainedUntil[protocol] = now_ + time;
    Event event;
    event.kind = Event::Kind::RetentionEnd;
    event.node = node;
    event.protocol = protocol;
    event.cause = cause;
    agenda_.schedule(now_ + time, std::move(event));
    log.append(now_, node, cause,
               noteOf(protocol, fmt::format("its {} routes stay for up to {}", count, toString(time))));
}

void Simulation::releaseRoutes(NodeId node, ProtocolId protocol, Family family, RecordId cause) {
    NodeState& state = nodes_[node.value()];
    state.rib.release(protocol, family, cause);
    if (state.rib.retainedCount(protocol) == 0) state.retainedUntil.erase(protocol);
}

void Simulation::endRetention(const Event& event, RecordLog& log) {
    NodeState& state = nodes_[event.node.value()];
    const auto until = state.retainedUntil.find(event.protocol);
    // One whose process came back, or even ended once more, left this event behind.
    if (until == state.retainedUntil.end() || until->second != now_) return;
    const std::size_t count = state.rib.retainedCount(event.protocol);
    const RecordId ended = log.append(
        now_, event.node, event.cause,
        noteOf(event.protocol, fmt::format("{} routes go that nobody has announced again", count)));
    for (const Family family : {Family::IPv4, Family::IPv6})
        releaseRoutes(event.node, event.protocol, family, ended);
    settleRib(event.node, log);
}

}  // namespace peerscape
