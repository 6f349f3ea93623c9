#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/bytes.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/result.hpp"

namespace peerscape {

/// A TCP sequence number: counts modulo 2^32, so that "before" and "after" only mean something for numbers
/// that lie less than 2^31 apart (RFC 9293 section 3.4).
class TcpSequence {
  public:
    constexpr TcpSequence() = default;
    constexpr explicit TcpSequence(std::uint32_t number) : number_(number) {}

    constexpr std::uint32_t number() const { return number_; }
    constexpr bool isBefore(TcpSequence other) const { return other.since(*this) > 0; }
    constexpr bool isAfter(TcpSequence other) const { return since(other) > 0; }
    /// How far this lies behind `earlier`; negative when it lies before it.
    constexpr std::int32_t since(TcpSequence earlier) const {
        return static_cast<std::int32_t>(number_ - earlier.number_);
    }

    friend constexpr TcpSequence operator+(TcpSequence s, std::uint32_t n) {
        return TcpSequence(s.number_ + n);
    }
    friend constexpr TcpSequence operator-(TcpSequence s, std::uint32_t n) {
        return TcpSequence(s.number_ - n);
    }
    friend constexpr bool operator==(TcpSequence, TcpSequence) = default;

  private:
    std::uint32_t number_ = 0;
};

/// What a segment is signed with (RFC 2385).
using TcpSignature = std::array<std::uint8_t, 16>;

/// A TCP segment (RFC 9293 section 3.1). Of the options only the maximum segment size and the MD5 signature
/// are modelled; others are skipped when read. Urgent data is not modelled: the flag and its pointer are
/// ignored.
struct TcpSegment {
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    TcpSequence sequence;
    TcpSequence acknowledgment;  ///< meaningful with `ack`
    bool fin = false;
    bool syn = false;
    bool rst = false;
    bool psh = false;
    bool ack = false;
    std::uint16_t window = 0;
    std::optional<std::uint16_t> maximumSegmentSize;  ///< in segments with `syn` only
    std::optional<TcpSignature> signature;            ///< the MD5 signature option
    Bytes payload;

    static constexpr std::size_t kHeaderBytes = 20;
    static constexpr std::size_t kSignatureBytes = 20;  ///< of the option and what aligns it

    /// What it occupies in the space of sequence numbers: payload, SYN and FIN.
    std::uint32_t sequenceLength() const {
        return static_cast<std::uint32_t>(payload.size()) + (syn ? 1U : 0U) + (fin ? 1U : 0U);
    }
    std::size_t encodedSize() const {
        return kHeaderBytes + (signature ? kSignatureBytes : 0U) + (maximumSegmentSize ? 4U : 0U) +
               payload.size();
    }

    /// What stands behind the IP header. The checksum covers the addresses.
    Bytes encode(const IpAddress& source, const IpAddress& destination) const;
    /// Fails when the header or an option is cut off, an option's length is illegal, or the checksum is
    /// wrong.
    static Result<TcpSegment> decode(ByteView bytes, const IpAddress& source, const IpAddress& destination);

    /// The answer to a segment for which there is no connection and no listener (RFC 9293 section 3.10.7.1);
    /// none to a reset.
    std::optional<TcpSegment> resetForUnknown() const;

    friend bool operator==(const TcpSegment&, const TcpSegment&) = default;
};

/// "SYN,ACK seq 100 ack 301 win 65535 mss 1460 len 0": for records and the packet view.
std::string toString(const TcpSegment& segment);

}  // namespace peerscape
