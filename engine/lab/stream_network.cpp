#include "engine/lab/stream_network.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/routing/recurrent.hpp"
#include "engine/sim/tcp_message.hpp"

namespace peerscape {

Result<StreamNetwork> StreamNetwork::from(const Simulation& world) {
    StreamNetwork network(world);
    network.findSpeakers();
    network.findChannels();
    for (std::size_t s = 0; s < network.speakers_.size(); ++s) {
        const Speaker& speaker = network.speakers_[s];
        auto number = network.stateNumber(s, speaker.state->slotOf(speaker.protocol)->process.get()->clone());
        if (!number) return std::unexpected(number.error());
        network.initial_.push_back(*number);
    }
    return network;
}

void StreamNetwork::findSpeakers() {
    for (std::uint32_t n = 0; n < world_->topology().nodes().size(); ++n) {
        const NodeState& node = world_->node(NodeId(n));
        for (const ProcessSlot& slot : node.processes) {
            Speaker speaker{NodeId(n), slot.protocol, &node, {}};
            node.streams.forEach([&](const Stream& stream) {
                const bool isUp = stream.tcp.state() == TcpConnection::State::Established;
                if (isUp && stream.owner == slot.protocol) speaker.connections[stream.ends] = stream.id;
            });
            if (!speaker.connections.empty()) speakers_.push_back(std::move(speaker));
        }
    }
    processes_.resize(speakers_.size());
    numbers_.resize(speakers_.size());
}

void StreamNetwork::findChannels() {
    for (std::size_t a = 0; a < speakers_.size(); ++a) {
        for (const auto& [ends, sent] : speakers_[a].connections) {
            for (std::size_t b = 0; b < speakers_.size(); ++b) {
                const auto received = std::ranges::find_if(speakers_[b].connections, [&](const auto& entry) {
                    return areMirrored(speakers_[a].node, ends, speakers_[b].node, entry.first);
                });
                if (received == speakers_[b].connections.end()) continue;
                bySender_[{a, sent}] = channels_.size();
                channels_.push_back({a, b, sent, received->second});
            }
        }
    }
}

bool StreamNetwork::areMirrored(NodeId here, const StreamEnds& ends, NodeId there,
                                const StreamEnds& other) const {
    if (ends.local != other.remote || ends.remote != other.local || ends.localPort != other.remotePort ||
        ends.remotePort != other.localPort)
        return false;
    if (!ends.interface.isSome() || !other.interface.isSome())
        return ends.interface.isSome() == other.interface.isSome();
    const Topology& topology = world_->topology();
    return topology.interface({here, ends.interface}).segment ==
           topology.interface({there, other.interface}).segment;
}

std::optional<std::size_t> StreamNetwork::channelOf(std::size_t speaker, StreamId stream) const {
    const auto found = bySender_.find({speaker, stream});
    return found == bySender_.end() ? std::nullopt : std::optional(found->second);
}

Result<StreamNetwork::ProcessState> StreamNetwork::stateNumber(std::size_t speaker,
                                                               std::unique_ptr<Process> process) {
    const auto* recurrent = dynamic_cast<const Recurrent*>(process.get());
    const auto hash =
        recurrent == nullptr ? std::nullopt : recurrent->recurrentHash(world_->now(), world_->now());
    if (!hash) {
        return failure(
            fmt::format("what {} does hangs on chance or time (a session that comes up, a timer, jitter, "
                        "dampening), so its states cannot be compared",
                        speakers_[speaker].state->name));
    }
    const auto [at, isNew] =
        numbers_[speaker].emplace(*hash, static_cast<ProcessState>(processes_[speaker].size()));
    if (isNew) processes_[speaker].push_back(std::move(process));
    return at->second;
}

StreamNetwork::MessageId StreamNetwork::messageNumber(Bytes bytes) {
    const auto [at, isNew] = messageNumbers_.emplace(std::string(bytes.begin(), bytes.end()),
                                                     static_cast<MessageId>(messages_.size()));
    if (isNew) messages_.push_back(std::move(bytes));
    return at->second;
}

std::vector<StreamNetwork::Sent> StreamNetwork::underWay(const RecordLog& log) {
    std::vector<Sent> result;
    for (const Record& record : log.kept()) {
        const auto* sent = std::get_if<record::PacketSent>(&record.what);
        if (sent == nullptr || record.time != world_->now()) continue;
        const Packet& packet = *sent->packet;
        const auto segment = packet.protocol == kIpProtocolTcp ? TcpMessage::segmentOf(packet)
                                                               : Result<TcpSegment>(failure("no TCP"));
        if (!segment || segment->payload.empty()) continue;
        const StreamEnds ends{packet.source, packet.destination, segment->sourcePort,
                              segment->destinationPort,
                              needsInterface(packet.destination) ? sent->interface : InterfaceId::none()};
        for (std::size_t s = 0; s < speakers_.size(); ++s) {
            // Others only pass it on.
            if (speakers_[s].node != record.node) continue;
            const auto stream = speakers_[s].connections.find(ends);
            if (stream == speakers_[s].connections.end()) continue;
            if (const auto channel = channelOf(s, stream->second))
                result.push_back({*channel, messageNumber(segment->payload)});
        }
    }
    return result;
}

Result<void> StreamNetwork::handle(std::size_t speaker, Process& process, const Input& input,
                                   std::vector<Sent>& sent) {
    const Speaker& at = speakers_[speaker];
    const Env env{world_->now(),        RecordId::none(), at.state->name,
                  at.state->interfaces, &at.state->rib,   nullptr};
    Outbox out;
    process.handle(env, input, out);
    for (const Effect& effect : out.effects()) {
        if (const auto* send = std::get_if<SendStream>(&effect.action)) {
            if (const auto channel = channelOf(speaker, send->stream))
                sent.push_back({*channel, messageNumber(send->payload.bytes())});
        } else if (std::holds_alternative<CloseStream>(effect.action)) {
            return failure(
                fmt::format("{} ends a session, and the search knows none that come and go", at.state->name));
        }
    }
    return {};
}

Result<const StreamNetwork::Reaction*> StreamNetwork::deliver(std::size_t channel, ProcessState state,
                                                              MessageId message) {
    const auto known = reactions_.find({channel, state, message});
    if (known != reactions_.end()) return &known->second;
    const std::size_t speaker = channels_[channel].to;
    std::unique_ptr<Process> process = processes_[speaker][state]->clone();
    Reaction reaction;
    const Input input = StreamReceived{channels_[channel].received, messages_[message]};
    if (auto done = handle(speaker, *process, input, reaction.sent); !done)
        return std::unexpected(done.error());
    // What is to be told at once may be noted as a deadline that has come.
    if (process->nextDeadline() <= world_->now()) {
        if (auto done = handle(speaker, *process, Woken{}, reaction.sent); !done)
            return std::unexpected(done.error());
    }
    const auto after = stateNumber(speaker, std::move(process));
    if (!after) return std::unexpected(after.error());
    reaction.after = *after;
    return &reactions_.emplace(Key{channel, state, message}, std::move(reaction)).first->second;
}

}  // namespace peerscape
