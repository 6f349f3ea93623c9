#include "engine/lab/oscillation_watch.hpp"

#include <algorithm>

#include "engine/base/hash.hpp"
#include "engine/routing/recurrent.hpp"
#include "engine/sim/tcp_message.hpp"

namespace peerscape {

namespace {

/// So many states without a word are enough to try again later only.
constexpr std::uint64_t kMostRefusals = 16;
/// A round with more changes than these is not told, and not looked for.
constexpr std::size_t kMostChanges = 100'000;

/// The payload of a TCP segment; nothing when there is none, as in a mere acknowledgement.
std::optional<Bytes> payloadOf(const Packet& packet) {
    if (packet.protocol != kIpProtocolTcp) return std::nullopt;
    if (const auto* message = packet.payload.as<TcpMessage>()) {
        const Bytes& payload = message->segment().payload;
        return payload.empty() ? std::nullopt : std::optional(payload);
    }
    auto segment = TcpMessage::segmentOf(packet);
    if (!segment || segment->payload.empty()) return std::nullopt;
    return std::move(segment->payload);
}

std::uint64_t left(SimTime until, SimTime now) {
    return until <= now ? 0 : static_cast<std::uint64_t>((until - now).count());
}

/// Nothing of what the links do is up to chance, and no session is dying unseen. With a limited bandwidth,
/// packets that somebody sends by the clock are in the way of others.
bool isPredictable(const Simulation& world) {
    // Whole messages travel unseen.
    if (world.options().streams != StreamModel::Segments) return false;
    bool isLimited = false;
    for (std::uint32_t s = 0; s < world.topology().segments().size(); ++s) {
        const SegmentState& segment = world.segment(SegmentId(s));
        if (!segment.isUp) continue;
        if (segment.properties.isImpaired()) return false;
        if (std::ranges::any_of(segment.ends, [](const EndState& e) { return e.isSilent || e.isDeaf; }))
            return false;
        isLimited = isLimited || !segment.properties.bandwidth.isUnlimited();
    }
    const auto isRunning = [&](const FlowState& flow) { return flow.stopAt > world.now(); };
    return !isLimited || std::ranges::none_of(world.flows(), isRunning);
}

}  // namespace

void OscillationWatch::follow(const Lab& lab) {
    if (found_) return;
    if (lab.now() < lab.lastDisturbance() + kPatience || lab.now() < restUntil_) return;
    if (disturbance_ != lab.lastDisturbance()) begin(lab);
    read(lab.log());
    ++credit_;
    const bool instantIsOver = lab.simulation().nextEventTime() > lab.now();
    if (!instantIsOver || !std::exchange(hasChanged_, false) || lab.now() < completeFrom_) return;
    const auto nodes = lab.simulation().topology().nodes().size();
    if (credit_ < nodes) return;
    credit_ -= nodes;
    look(lab);
}

/// What is under way already is not known; so it has to arrive first.
void OscillationWatch::begin(const Lab& lab) {
    disturbance_ = lab.lastDisturbance();
    completeFrom_ = lab.now() + lab.simulation().longestHop() * 2;
    read_ = lab.log().count();
    underWay_.clear();
    round_.clear();
    hasChanged_ = false;
    credit_ = refusals_ = 0;
    remembered_.reset();
}

void OscillationWatch::read(const RecordLog& log) {
    const Records& kept = log.kept();
    for (std::size_t i = log.positionOf(RecordId(read_)); i < kept.size(); ++i) {
        const Record& record = kept[i];
        if (const auto* sent = std::get_if<record::PacketSent>(&record.what)) {
            if (payloadOf(*sent->packet))
                underWay_[record.id] = {sent->packet, record.time, record.node, sent->interface};
        } else if (std::holds_alternative<record::PacketReceived>(record.what) ||
                   std::holds_alternative<record::PacketDropped>(record.what)) {
            underWay_.erase(record.cause);
        } else if (const auto* changed = std::get_if<record::RouteChanged>(&record.what)) {
            hasChanged_ = true;
            round_.push_back({record.time, record.node, changed->change});
        }
    }
    read_ = log.count();
}

void OscillationWatch::look(const Lab& lab) {
    const auto state = stateOf(lab);
    if (!state || round_.size() > kMostChanges) {
        remembered_.reset();
        round_.clear();
        if (++refusals_ < kMostRefusals) return;
        disturbance_.reset();
        restUntil_ = lab.now() + kPatience;
        return;
    }
    refusals_ = 0;
    if (remembered_ == state) {
        found_ = Oscillation{rememberedAt_, lab.now(), std::move(round_)};
        return;
    }
    if (remembered_ && ++steps_ < power_) return;
    power_ = remembered_ ? power_ * 2 : 1;
    steps_ = 0;
    remembered_ = state;
    rememberedAt_ = lab.now();
    round_.clear();
}

std::optional<std::uint64_t> OscillationWatch::stateOf(const Lab& lab) const {
    const Simulation& world = lab.simulation();
    if (!isPredictable(world)) return std::nullopt;
    StableHash hash;
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
        // What goes when its time is over has not gone round.
        if (!world.node(NodeId(n)).retainedUntil.empty()) return std::nullopt;
        for (const ProcessSlot& slot : world.node(NodeId(n)).processes) {
            const auto* recurrent = dynamic_cast<const Recurrent*>(slot.process.get());
            if (recurrent == nullptr) return std::nullopt;
            const auto state = recurrent->recurrentHash(world.now(), lab.lastDisturbance());
            if (!state) return std::nullopt;
            hash.add(n).add(slot.protocol.value()).add(*state);
        }
    }
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n)
        hash.add(world.node(NodeId(n)).rib.hash());
    for (std::uint32_t s = 0; s < world.topology().segments().size(); ++s) {
        for (const EndState& end : world.segment(SegmentId(s)).ends)
            hash.add(left(end.busyUntil, world.now()));
    }
    // In the order of sending, in which those that arrive at one instant do so.
    for (const auto& [sent, one] : underWay_) {
        hash.add(static_cast<std::uint64_t>((world.now() - one.sentAt).count()));
        hash.add(one.node.value()).add(one.interface.value());
        hash.add(one.packet->source.hash()).add(one.packet->destination.hash());
        const Bytes payload = *payloadOf(*one.packet);
        hash.add(std::string_view(reinterpret_cast<const char*>(payload.data()), payload.size()));
    }
    return hash.value();
}

}  // namespace peerscape
