#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "engine/record/record.hpp"
#include "engine/routing/payload.hpp"

namespace peerscape {

/// UDP port of measuring flows: "discard" (RFC 863), which every node of a lab listens on.
inline constexpr std::uint16_t kFlowPort = 9;

/// What a measuring packet carries besides its length.
class FlowMessage final : public Message {
  public:
    FlowMessage(std::uint32_t flow, std::uint64_t sequence, SimTime sentAt, std::uint32_t bytes)
        : flow_(flow), sequence_(sequence), sentAt_(sentAt), bytes_(bytes) {}
    std::uint32_t flow() const { return flow_; }
    std::uint64_t sequence() const { return sequence_; }
    SimTime sentAt() const { return sentAt_; }
    void encode(ByteWriter& out) const override;
    std::size_t encodedSize() const override { return bytes_ < kLeastBytes ? kLeastBytes : bytes_; }

    /// Flow, sequence and time stand in front; the rest is zero.
    static constexpr std::uint32_t kLeastBytes = 20;

  private:
    std::uint32_t flow_;
    std::uint64_t sequence_;
    SimTime sentAt_;
    std::uint32_t bytes_;
};

/// What became of the packets of one flow so far.
struct FlowCounters {
    static constexpr std::size_t kReasons = static_cast<std::size_t>(DropReason::SignatureWrong) + 1;

    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::uint64_t late = 0;                         ///< arrived after one that was sent later
    std::uint64_t duplicates = 0;                   ///< arrived once more
    std::array<std::uint64_t, kReasons> dropped{};  ///< by DropReason
    Duration leastDelay;                            ///< meaningful when received > 0
    Duration mostDelay;
    Duration delaySum;

    std::uint64_t lost() const;
    /// Went round until the TTL ran out.
    std::uint64_t looped() const { return dropped[static_cast<std::size_t>(DropReason::TtlExpired)]; }
    std::uint64_t underWay() const { return sent - received - lost(); }
};

/// A measuring flow at one moment. A value.
struct FlowState {
    std::string name;
    NodeId from;
    IpAddress to;
    std::optional<IpAddress> source;
    Duration interval;
    std::uint32_t payloadBytes = 0;
    SimTime stopAt = SimTime::never();
    FlowCounters counters;
    std::uint64_t latestReceived = 0;  ///< highest sequence number seen
    /// Packets that are lost since one of their fragments is, by sequence number: how many of their bytes
    /// have met their end. Gone when all have.
    std::map<std::uint64_t, std::size_t> lostInPieces;
    /// Packets that a link has doubled, whole or in part, by sequence number, until nothing of them is under
    /// way any more: one that arrives at all is not lost.
    struct Doubled {
        std::size_t bytesUnderWay = 0;
        bool isReceived = false;
        bool isCountedAsLost = false;  ///< a fragment was, before
    };
    std::map<std::uint64_t, Doubled> doubled;
};

}  // namespace peerscape
