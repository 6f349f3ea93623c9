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

const rip::RipProcess* Evidence::ripOf(NodeId node, Family family) const {
    const ProcessSlot* slot = world.node(node).slotOf(rip::protocolOf(family));
    return slot == nullptr ? nullptr : dynamic_cast<const rip::RipProcess*>(slot->process.get());
}

const rip::RipConfig* Evidence::ripConfigOf(NodeId node, Family family) const {
    const auto& processes = world.node(node).config->processes;
    const auto found = processes.find(rip::protocolOf(family));
    if (found == processes.end() || !found->second->isEnabled()) return nullptr;
    return dynamic_cast<const rip::RipConfig*>(found->second.get());
}

std::string lineOf(SimTime time, std::string_view sentence) {
    return fmt::format("{:>{}}  {}\n", toString(time), kTimeWidth, sentence);
}

std::string lineOf(std::string_view sentence) {
    return fmt::format("{:>{}}  {}\n", "", kTimeWidth, sentence);
}

}  // namespace peerscape
