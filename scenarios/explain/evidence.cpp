#include "scenarios/explain/evidence.hpp"

#include <fmt/format.h>

namespace peerscape {

namespace {

constexpr int kTimeWidth = 14;

}  // namespace

Env Evidence::envOf(NodeId node) const {
    const NodeState& state = world.node(node);
    return {world.now(), RecordId::none(), state.name, state.interfaces, &state.rib};
}

const Process* Evidence::processOf(NodeId node, ProtocolId protocol) const {
    const ProcessSlot* slot = world.node(node).slotOf(protocol);
    return slot == nullptr ? nullptr : slot->process.get();
}

std::string lineOf(SimTime time, std::string_view sentence) {
    return fmt::format("{:>{}}  {}\n", toString(time), kTimeWidth, sentence);
}

std::string lineOf(std::string_view sentence) {
    return fmt::format("{:>{}}  {}\n", "", kTimeWidth, sentence);
}

}  // namespace peerscape
