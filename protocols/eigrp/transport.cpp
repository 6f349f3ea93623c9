#include "protocols/eigrp/transport.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/check.hpp"

namespace peerscape::eigrp {
namespace {

/// Parties that know anyhow are not told.
bool isToldOf(DownReason reason) {
    switch (reason) {
        case DownReason::HoldTimeExpired:
        case DownReason::KValueMismatch:
        case DownReason::RetryLimitExceeded:
        case DownReason::StuckInInit:
        case DownReason::ResetByUs:
            return true;
        case DownReason::Goodbye:
        case DownReason::PeerTermination:
        case DownReason::Restarted:
        case DownReason::InterfaceDown:
            return false;
    }
    return false;
}

template <typename T>
std::optional<T> copyOf(const T* value) {
    return value == nullptr ? std::nullopt : std::optional<T>(*value);
}

}  // namespace

std::string_view toString(DownReason reason) {
    switch (reason) {
        case DownReason::HoldTimeExpired:
            return "hold time expired";
        case DownReason::Goodbye:
            return "goodbye received";
        case DownReason::PeerTermination:
            return "peer termination received";
        case DownReason::KValueMismatch:
            return "K-value mismatch";
        case DownReason::RetryLimitExceeded:
            return "retry limit exceeded";
        case DownReason::StuckInInit:
            return "stuck in INIT state";
        case DownReason::Restarted:
            return "peer restarted";
        case DownReason::ResetByUs:
            return "reset by this router";
        case DownReason::InterfaceDown:
            return "interface down";
    }
    return "unknown reason";
}

Transport::Transport(const TransportSettings& settings, std::uint32_t firstSequence)
    : settings_(settings), nextSequence_(firstSequence) {
    PEERSCAPE_CHECK(firstSequence != 0);
    PEERSCAPE_CHECK(settings.helloInterval > Duration());
}

void Transport::start(SimTime now, TransportEffects& effects) { sendHello(now, effects); }

void Transport::stop(TransportEffects& effects) {
    if (helloDeadline_.isNever()) return;
    // RFC 7868, 6.7.7: K-values of 255 say that the sender leaves.
    EigrpPacket goodbye = helloPacket();
    std::get<Parameter>(goodbye.tlvs.edit().front()).kValues = KValues::goodbye();
    effects.push_back(SendPacket{std::nullopt, std::move(goodbye)});
    interfaceDown(effects);
}

void Transport::interfaceDown(TransportEffects& effects) {
    dropAll(DownReason::InterfaceDown, effects);
    helloDeadline_ = SimTime::never();
    lastHello_.reset();
}

void Transport::configure(const TransportSettings& settings, SimTime now, TransportEffects& effects) {
    if (settings == settings_) return;
    PEERSCAPE_CHECK(settings.helloInterval > Duration());
    TransportSettings withTimers = settings_;
    withTimers.helloInterval = settings.helloInterval;
    withTimers.holdTime = settings.holdTime;
    if (withTimers != settings) dropAll(DownReason::ResetByUs, effects);
    settings_ = settings;
    if (!helloDeadline_.isNever()) sendHello(now, effects);
}

void Transport::reset(dual::NeighborId neighbor, TransportEffects& effects) {
    const Neighbor* found = find(neighbor);
    if (found != nullptr) drop(IpAddress(found->address), DownReason::ResetByUs, effects);
}

void Transport::hear(const IpAddress& from, const EigrpPacket& packet, dual::NeighborId fresh, SimTime now,
                     TransportEffects& effects) {
    if (helloDeadline_.isNever()) return;
    if (!isForUs(packet)) {
        effects.push_back(PacketIgnored{from, packet.autonomousSystem});
        return;
    }
    if (packet.opcode == Opcode::Hello) hearHello(from, packet, fresh, now, effects);
    const auto found = neighbors_.find(from);
    // Only hellos make neighbours (RFC 7868, 5.3.5).
    if (found == neighbors_.end()) return;
    Neighbor& neighbor = found->second;
    neighbor.holdDeadline = now + neighbor.holdTime;
    const bool isInit =
        packet.opcode == Opcode::Update && packet.has(PacketFlag::kInit) && packet.sequence != 0;
    if (isInit) hearInit(neighbor, packet.sequence, now, effects);
    if (packet.acknowledgment != 0) acknowledge(neighbor, packet.acknowledgment, now);
    establish(neighbor, now, effects);
    if (missedItsInit(neighbor, packet)) {
        drop(IpAddress(from), DownReason::StuckInInit, effects);
        return transmit(now, effects);
    }
    if (packet.opcode != Opcode::Hello && !isInit) hearContent(neighbor, packet, effects);
    transmit(now, effects);
    sendOwed(neighbor, effects);
}

void Transport::wake(SimTime now, TransportEffects& effects) {
    if (helloDeadline_.isNever()) return;
    std::vector<std::pair<IpAddress, DownReason>> lost;
    for (const auto& [address, neighbor] : neighbors_) {
        if (const auto reason = reasonToDrop(neighbor, now)) lost.emplace_back(address, *reason);
    }
    for (const auto& [address, reason] : lost)
        drop(address, reason, effects);
    if (helloDeadline_ <= now) sendHello(now, effects);
    for (auto& [address, neighbor] : neighbors_) {
        if (neighbor.flight && neighbor.flight->deadline <= now) retransmit(neighbor, now, effects);
    }
    transmit(now, effects);
}

SimTime Transport::nextDeadline() const {
    if (helloDeadline_.isNever()) return SimTime::never();
    SimTime next = helloDeadline_;
    if (!multicasts_.empty()) next = std::min(next, flowDeadline_);
    for (const auto& [address, neighbor] : neighbors_) {
        next = std::min(next, neighbor.holdDeadline);
        if (neighbor.flight) next = std::min(next, neighbor.flight->deadline);
        if (!neighbor.isUp() && neighbor.queue.empty()) next = std::min(next, neighbor.since + kInitPatience);
    }
    return next;
}

const Neighbor* Transport::find(dual::NeighborId neighbor) const {
    const auto found =
        std::ranges::find_if(neighbors_, [&](const auto& entry) { return entry.second.id == neighbor; });
    return found == neighbors_.end() ? nullptr : &found->second;
}

std::size_t Transport::upCount() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(neighbors_, [](const auto& entry) { return entry.second.isUp(); }));
}

bool Transport::isIdle() const {
    return std::ranges::all_of(
        neighbors_, [](const auto& entry) { return entry.second.isUp() && entry.second.queue.empty(); });
}

EigrpPacket Transport::blankPacket(Opcode opcode) const {
    EigrpPacket packet;
    packet.family = settings_.address.family();
    packet.opcode = opcode;
    packet.virtualRouter = settings_.virtualRouter;
    packet.autonomousSystem = settings_.autonomousSystem;
    return packet;
}

EigrpPacket Transport::helloPacket() const {
    EigrpPacket hello = blankPacket(Opcode::Hello);
    const auto holdTime = static_cast<std::uint16_t>(settings_.holdTime / Duration::seconds(1));
    hello.tlvs = {Parameter{settings_.kValues, holdTime}, settings_.softwareVersion};
    if (settings_.stub) hello.tlvs.push_back(*settings_.stub);
    return hello;
}

void Transport::sendHello(SimTime now, TransportEffects& effects) {
    effects.push_back(SendPacket{std::nullopt, helloPacket()});
    helloDeadline_ = now + settings_.helloInterval;
    lastHello_ = now;
}

void Transport::dropAll(DownReason reason, TransportEffects& effects) {
    while (!neighbors_.empty())
        drop(IpAddress(neighbors_.begin()->first), reason, effects);
    multicasts_.clear();
}

void Transport::drop(const IpAddress& address, DownReason reason, TransportEffects& effects) {
    const auto found = neighbors_.find(address);
    PEERSCAPE_CHECK(found != neighbors_.end());
    effects.push_back(NeighborDown{found->second.id, address, reason});
    neighbors_.erase(found);
    if (!isToldOf(reason)) return;
    EigrpPacket termination = helloPacket();
    termination.tlvs.push_back(PeerTermination{{address}});
    effects.push_back(SendPacket{std::nullopt, std::move(termination)});
}

bool Transport::isForUs(const EigrpPacket& packet) const {
    return packet.autonomousSystem == settings_.autonomousSystem &&
           packet.virtualRouter == settings_.virtualRouter;
}

void Transport::hearHello(const IpAddress& from, const EigrpPacket& packet, dual::NeighborId fresh,
                          SimTime now, TransportEffects& effects) {
    const bool isKnown = neighbors_.contains(from);
    if (packet.isGoodbye() || packet.terminates(settings_.address)) {
        const auto reason = packet.isGoodbye() ? DownReason::Goodbye : DownReason::PeerTermination;
        if (isKnown) drop(from, reason, effects);
        return;
    }
    const auto* parameter = packet.find<Parameter>();
    if (parameter == nullptr) return;  // an acknowledgment
    if (parameter->kValues != settings_.kValues) {
        effects.push_back(KValuesDiffer{from, settings_.kValues, parameter->kValues});
        if (isKnown) drop(from, DownReason::KValueMismatch, effects);
        return;
    }
    Neighbor& neighbor = isKnown ? neighbors_.at(from) : discover(from, fresh, now, effects);
    neighbor.holdTime = Duration::seconds(parameter->holdTime);
    neighbor.kValues = parameter->kValues;
    neighbor.softwareVersion = copyOf(packet.find<SoftwareVersion>());
    neighbor.stub = copyOf(packet.find<PeerInformation>());
    noteSequencedHello(neighbor, packet);
}

Neighbor& Transport::discover(const IpAddress& address, dual::NeighborId id, SimTime now,
                              TransportEffects& effects) {
    Neighbor& neighbor = neighbors_[address];
    neighbor.id = id;
    neighbor.address = address;
    neighbor.since = now;
    effects.push_back(NeighborDiscovered{id, address});
    // It should not have to wait for our next hello before it can answer.
    if (lastHello_ != now) sendHello(now, effects);
    const ReliableMessage nullUpdate{Opcode::Update, {}, PacketFlag::kInit};
    neighbor.initSent = nextSequence_;
    neighbor.queue.push_back({takeSequence(), std::make_shared<const ReliableMessage>(nullUpdate)});
    return neighbor;
}

void Transport::hearInit(Neighbor& neighbor, std::uint32_t sequence, SimTime now, TransportEffects& effects) {
    // Until something newer has come it may be sent again; and copies of it may be late.
    const bool isRepeated = neighbor.initHeard == sequence &&
                            (neighbor.lastHeard == sequence || now - neighbor.initHeardAt <= kMostRto);
    neighbor.owed = sequence;
    if (isRepeated) return;
    if (neighbor.isUp()) {
        effects.push_back(NeighborDown{neighbor.id, neighbor.address, DownReason::Restarted});
        const Neighbor before = std::exchange(neighbor, {});
        discover(before.address, before.id, now, effects);
        neighbor.holdTime = before.holdTime;
        neighbor.holdDeadline = before.holdDeadline;
        neighbor.kValues = before.kValues;
        neighbor.softwareVersion = before.softwareVersion;
        neighbor.stub = before.stub;
        neighbor.owed = sequence;
    }
    neighbor.initHeard = neighbor.lastHeard = sequence;
    neighbor.initHeardAt = now;
}

void Transport::noteSequencedHello(Neighbor& neighbor, const EigrpPacket& packet) const {
    const auto* laggards = packet.find<Sequence>();
    const auto* next = packet.find<MulticastSequence>();
    if (laggards == nullptr || next == nullptr) return;
    const bool isNamed =
        std::ranges::find(laggards->addresses, settings_.address) != laggards->addresses.end();
    neighbor.conditional = isNamed ? std::nullopt : std::optional(next->sequence);
}

/// The neighbour takes us for up and goes on, although its INIT has not come: we have acknowledged it before
/// we dropped the neighbour, which has not noticed. It will never send it again.
bool Transport::missedItsInit(const Neighbor& neighbor, const EigrpPacket& packet) {
    const bool isContent = packet.sequence != 0 && !packet.has(PacketFlag::kInit);
    return isContent && !neighbor.isUp() && !neighbor.initHeard && packet.acknowledgment == neighbor.initSent;
}

void Transport::establish(Neighbor& neighbor, SimTime now, TransportEffects& effects) {
    if (neighbor.isUp() || !neighbor.initHeard || !neighbor.queue.empty()) return;
    neighbor.state = NeighborState::Up;
    neighbor.since = now;
    effects.push_back(NeighborUp{neighbor.id});
}

void Transport::hearContent(Neighbor& neighbor, const EigrpPacket& packet, TransportEffects& effects) {
    if (!neighbor.isUp()) return;  // reliable packets come again
    if (packet.sequence != 0) {
        if (!isNewer(packet.sequence, neighbor.lastHeard)) {
            neighbor.owed = packet.sequence;
            return;
        }
        if (packet.has(PacketFlag::kConditionalReceive) && neighbor.conditional != packet.sequence) return;
        neighbor.lastHeard = packet.sequence;
        neighbor.owed = packet.sequence;
        neighbor.conditional.reset();
    }
    effects.push_back(Deliver{neighbor.id, packet});
    if (packet.has(PacketFlag::kEndOfTable)) effects.push_back(EndOfTable{neighbor.id});
}

std::optional<DownReason> Transport::reasonToDrop(const Neighbor& neighbor, SimTime now) const {
    if (neighbor.holdDeadline <= now) return DownReason::HoldTimeExpired;
    const auto& flight = neighbor.flight;
    if (flight && flight->deadline <= now && flight->retransmissions >= kRetryLimit &&
        now - flight->firstSent >= neighbor.holdTime) {
        return DownReason::RetryLimitExceeded;
    }
    if (!neighbor.isUp() && neighbor.queue.empty() && neighbor.since + kInitPatience <= now) {
        return DownReason::StuckInInit;
    }
    return std::nullopt;
}

}  // namespace peerscape::eigrp
