#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/record/record_log.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

/// The processes of a lab that speak over streams, taken out of it at one moment, with time standing still.
/// What a process is and what a message says become small numbers: equal for equal contents, so that states
/// of the whole are cheap to keep and to compare, and no process handles the same message in the same state
/// twice.
class StreamNetwork {
  public:
    using ProcessState = std::uint32_t;  ///< of one speaker
    using MessageId = std::uint32_t;

    struct Speaker {
        NodeId node;
        ProtocolId protocol;
        const NodeState* state = nullptr;              ///< what the process may read
        std::map<StreamEnds, StreamId> connections{};  ///< those that are up
    };
    /// One direction of a connection.
    struct Channel {
        std::size_t from;  ///< speakers
        std::size_t to;
        StreamId sent;      ///< as the sender knows the connection
        StreamId received;  ///< as the receiver does
    };
    struct Sent {
        std::size_t channel;
        MessageId message;
    };
    struct Reaction {
        ProcessState after;
        std::vector<Sent> sent;
    };

    /// `world` must live as long as this. Fails where a process cannot tell whether it is where it was.
    static Result<StreamNetwork> from(const Simulation& world);

    const std::vector<Speaker>& speakers() const { return speakers_; }
    const std::vector<Channel>& channels() const { return channels_; }
    /// How all processes are now: by speaker.
    const std::vector<ProcessState>& initial() const { return initial_; }
    const Process& process(std::size_t speaker, ProcessState state) const {
        return *processes_[speaker][state];
    }
    /// What was sent at this moment and has not arrived.
    std::vector<Sent> underWay(const RecordLog& log);
    /// What the receiver does with the message when it is in that state. Fails when it ends a connection.
    Result<const Reaction*> deliver(std::size_t channel, ProcessState state, MessageId message);

  private:
    using Key = std::tuple<std::size_t, ProcessState, MessageId>;

    explicit StreamNetwork(const Simulation& world) : world_(&world) {}
    void findSpeakers();
    void findChannels();
    Result<ProcessState> stateNumber(std::size_t speaker, std::unique_ptr<Process> process);
    MessageId messageNumber(Bytes bytes);
    /// The two ends of one connection.
    bool areMirrored(NodeId here, const StreamEnds& ends, NodeId there, const StreamEnds& other) const;
    std::optional<std::size_t> channelOf(std::size_t speaker, StreamId stream) const;
    Result<void> handle(std::size_t speaker, Process& process, const Input& input, std::vector<Sent>& sent);

    const Simulation* world_;
    std::vector<Speaker> speakers_;
    std::vector<Channel> channels_;
    std::map<std::pair<std::size_t, StreamId>, std::size_t> bySender_;  ///< channels
    std::vector<std::vector<std::unique_ptr<Process>>> processes_;      ///< by speaker and state
    std::vector<std::map<std::uint64_t, ProcessState>> numbers_;        ///< of their hashes, by speaker
    std::vector<ProcessState> initial_;
    std::vector<Bytes> messages_;
    std::map<std::string, MessageId> messageNumbers_;  ///< by their bytes
    std::map<Key, Reaction> reactions_;
};

}  // namespace peerscape
