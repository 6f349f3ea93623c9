// What links do to packets besides carrying them: loss, duplication, reordering and corruption, as netem of
// Linux names them.
#include "engine/sim/damage.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

/// Each share is drawn for itself, in this order, and not at all when it is zero. As in netem, a packet that
/// is both duplicated and lost arrives once; what arrives twice may be held back or damaged each time.
void Simulation::carryImpaired(SegmentId id, InterfaceRef receiver, const PacketPtr& packet, SimTime arrival,
                               RecordId sent, RecordLog& log) {
    SegmentState& segment = segments_[id.value()];
    const LinkProperties& properties = segment.properties;
    const auto happens = [&](Probability share) {
        return !share.isZero() && segment.random.below(Probability::kMillion) < share.count();
    };
    const bool isLost = happens(properties.loss);
    const bool isDuplicated = happens(properties.duplicate);
    if (isLost && !isDuplicated) {
        noteHeard(id, receiver, false);
        return drop(receiver.node, receiver.interface, DropReason::LinkLoss, packet, sent, log);
    }
    const bool comesTwice = isDuplicated && !isLost;
    if (comesTwice) countFlowCopy(*packet);
    for (int copy = 0; copy < (comesTwice ? 2 : 1); ++copy) {
        const bool isHeldBack = happens(properties.reorder);
        const Duration hold = isHeldBack
                                  ? segment.random.between(Duration::nanoseconds(1), properties.longestHold())
                                  : Duration();
        const bool isCorrupted = happens(properties.corrupt);
        noteHeard(id, receiver, true);
        scheduleArrival(
            id, receiver,
            isCorrupted ? withFlippedBit(packet, segment.random.below(packet->size() * 8)) : packet,
            arrival + hold, sent);
    }
}

}  // namespace peerscape
