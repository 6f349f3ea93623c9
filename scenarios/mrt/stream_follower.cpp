#include "scenarios/mrt/stream_follower.hpp"

namespace peerscape::mrt {

Bytes StreamFollower::take(const TcpSegment& segment) {
    hasBegunAnew_ = segment.syn && first_ != segment.sequence + 1;
    if (hasBegunAnew_) {
        first_ = segment.sequence + 1;
        reassembly_ = TcpReassembly();
    }
    Bytes bytes;
    if (!first_ || segment.payload.empty()) return bytes;
    // Numbers wrap; what is farther from the present place than half of them is something else.
    const auto present = static_cast<std::int64_t>(reassembly_.received());
    const TcpSequence expected = *first_ + static_cast<std::uint32_t>(present);
    const std::int64_t at = present + (segment.syn ? 1 : 0) + segment.sequence.since(expected);
    if (at >= 0) reassembly_.add(static_cast<std::uint64_t>(at), segment.payload, bytes);
    return bytes;
}

}  // namespace peerscape::mrt
