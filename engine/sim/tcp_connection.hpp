#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/bytes.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/input.hpp"
#include "engine/sim/tcp_reassembly.hpp"
#include "engine/sim/tcp_segment.hpp"
#include "engine/sim/tcp_timeout.hpp"

namespace peerscape {

/// The numbers of a TCP that may be chosen. The defaults are Linux's, unless said otherwise.
struct TcpSettings {
    std::uint16_t maximumSegmentSize =
        1460;  ///< bytes of payload we can take in one segment: MTU minus 40, IPv6 minus 60
    std::uint16_t assumedSegmentSize =
        536;  ///< of a peer that does not say: 536, IPv6 1220 (RFC 9293 section 3.7.1)
    std::uint16_t receiveWindow =
        65535;  ///< offered whole, since processes take their bytes at once, unless they hang; not 0
    Duration initialTimeout = Duration::seconds(1);
    Duration leastTimeout = Duration::milliseconds(200);
    Duration mostTimeout = Duration::seconds(120);
    std::uint32_t synRetries = 6;    ///< with the initial timeout: gives up after 127 s
    std::uint32_t dataRetries = 15;  ///< gives up after about 15 minutes
    Duration maximumSegmentLifetime = Duration::seconds(30);  ///< TIME-WAIT lasts twice as long
    std::uint16_t optionBytes = 0;  ///< in every segment: so much less payload fits (RFC 9293 section 3.7.1)
    Duration finWait2 =
        Duration::seconds(60);  ///< patience with a peer that neither closes nor sends after we closed

    friend bool operator==(const TcpSettings&, const TcpSettings&) = default;
};

/// What a connection wants done, in this order: segments go out, then its owner hears that it is open, then
/// gets bytes, then hears that it is over.
struct TcpOutput {
    std::vector<TcpSegment> segments;
    bool opened = false;
    Bytes received;  ///< the next bytes of the stream, in order, none twice
    /// Set once in the life of a connection: nothing will be received any more. After ClosedByPeer the owner
    /// may still send, and must close its own side; after all other reasons the connection is finished. Never
    /// set for what the owner did itself (reset, or close before anything came up).
    std::optional<StreamEnd> closed;
};

/// One end of a TCP connection as a plain value (RFC 9293): segments, owner's wishes and deadlines in,
/// segments and events out. Addresses, the table of connections and the table of listeners are its owner's.
///
///   CLOSED --open--> SYN-SENT ----SYN,ACK----> ESTABLISHED --close--> FIN-WAIT-1 --ACK--> FIN-WAIT-2
///   --FIN--> TIME-WAIT
///      |                 |--SYN--> SYN-RECEIVED --ACK--^   |              '---FIN--> CLOSING
///      ----ACK-----------^
///      '--accept---------------------^                     '--FIN--> CLOSE-WAIT --close--> LAST-ACK --ACK-->
///      CLOSED
///
/// Done: three-way handshake and simultaneous open; reassembly; retransmission with RFC 6298's timer and
/// Karn's rule, fast retransmission after three duplicate acknowledgements, one hole per acknowledgement in
/// recovery (RFC 6582 section 3.2); probes of a zero window; validation of RST, SYN and ACK (RFC 5961);
/// half-close; TIME-WAIT. Left out: congestion control, window scaling, selective acknowledgements,
/// timestamps, delayed acknowledgements, Nagle's algorithm (routing daemons switch it off), urgent data, data
/// on a SYN, keepalives, reuse of TIME-WAIT.
class TcpConnection {
  public:
    enum class State : std::uint8_t {
        Closed,
        SynSent,
        SynReceived,
        Established,
        FinWait1,
        FinWait2,
        CloseWait,
        Closing,
        LastAck,
        TimeWait,
    };

    /// `initialSequence` is the owner's choice, best from its random stream (RFC 6528 wants it hard to
    /// guess).
    TcpConnection(const TcpSettings& settings, std::uint16_t localPort, std::uint16_t remotePort,
                  TcpSequence initialSequence);

    /// Active open. Once, on a new connection.
    void open(SimTime now, TcpOutput& out);
    /// Passive open: a listener got this SYN. Once, on a new connection.
    void accept(SimTime now, const TcpSegment& syn, TcpOutput& out);
    /// Queues bytes; without effect once our side was closed or the connection is finished. `isNews`: as in
    /// SendStream.
    void send(SimTime now, ByteView bytes, TcpOutput& out, bool isNews = true);
    /// FIN behind everything queued; receiving goes on.
    void close(SimTime now, TcpOutput& out);
    /// RST, and finished.
    void reset(TcpOutput& out);
    /// Finished without a word to the peer: no route to it, its address gone from our router, an ICMP error.
    void abandon(StreamEnd why, TcpOutput& out);
    /// The owner does not take what comes: it is buffered, and the window closes by as much (RFC 9293 section
    /// 3.8.6). TcpOutput::received has it all the same: to keep it for the owner is the caller's.
    void stopReading() { isRead_ = false; }
    /// The owner has taken everything: the window is open again, and the peer is told so.
    void resumeReading(TcpOutput& out);
    /// Something has come that the owner has not taken.
    bool hasUnread() const { return unread_ > 0; }
    /// A router on the way said that no more bytes of payload fit into a packet (RFC 1191, RFC 8201).
    void limitSegmentSize(SimTime now, std::uint16_t bytes, TcpOutput& out);
    /// A segment of this connection came.
    void receive(SimTime now, const TcpSegment& segment, TcpOutput& out);
    /// To be called when nextDeadline() has come; earlier it has no effect.
    void wake(SimTime now, TcpOutput& out);
    SimTime nextDeadline() const { return std::min(retransmitAt_, lingerUntil_); }

    State state() const { return state_; }
    /// Nothing will ever happen here again: the owner can forget it.
    bool isFinished() const { return state_ == State::Closed && wasUsed_; }
    /// Something was queued or sent that the peer has not acknowledged yet.
    bool isSending() const {
        return state_ != State::Closed &&
               (!queue_.empty() || sendNext_ != sendUnacknowledged_ || (isClosing_ && !finSent_));
    }
    /// Something is on its way that the peer may still act on: neither an attempt to connect, nor what only
    /// says that we are alive, nor last words that nobody acknowledges.
    bool isDelivering() const {
        if (isClosing_) return isSending() && !isComingUp() && !isStalled() && sendWindow_ != 0;
        return newsBytes_ > 0 && !isComingUp();
    }
    /// Open in both directions, and all that was sent so far is known to have arrived.
    bool isQuiet() const { return state_ == State::Established && !isSending() && !isClosing_; }
    /// Neither side can send data yet.
    bool isComingUp() const { return state_ == State::SynSent || state_ == State::SynReceived; }
    /// The same was sent again and again, and nothing came back.
    bool isStalled() const { return tries_ >= kTriesOfStalled; }
    /// Bytes that the peer acknowledged and that came from it, for show commands.
    std::uint64_t acknowledgedBytes() const { return acknowledgedBytes_; }
    /// A number that differs when anything that matters for the future differs.
    std::uint64_t hash() const;
    std::uint64_t receivedBytes() const { return reassembly_.received(); }

  private:
    static constexpr std::uint32_t kTriesOfStalled = 4;

    // Sending.
    TcpSegment blank() const;
    void sendAcknowledgment(TcpOutput& out) const;
    void sendSyn(SimTime now, TcpOutput& out);
    void sendReset(TcpSequence sequence, TcpOutput& out) const;
    void sendWhatFits(SimTime now, TcpOutput& out);
    bool sendNextSegment(SimTime now, TcpOutput& out);
    void finLeft();
    void retransmitFirst(TcpOutput& out);
    void probeWindow(SimTime now, TcpOutput& out);
    std::uint32_t bytesInFlight() const;
    std::uint32_t largestPayload() const;
    /// What we offer to take: RCV.WND.
    std::uint16_t offeredWindow() const;
    Bytes queued(std::uint32_t from, std::uint32_t count) const;

    // Receiving, in the order of RFC 9293 section 3.10.7.
    void receiveInSynSent(SimTime now, const TcpSegment& segment, TcpOutput& out);
    bool isAcceptable(const TcpSegment& segment) const;
    void refuseUnacceptable(SimTime now, const TcpSegment& segment, TcpOutput& out);
    bool repeatsPeersSyn(const TcpSegment& segment) const;
    void receiveReset(const TcpSegment& segment, TcpOutput& out);
    bool receiveAcknowledgment(SimTime now, const TcpSegment& segment, TcpOutput& out);
    void becomeEstablished(SimTime now, const TcpSegment& segment, TcpOutput& out);
    void acknowledged(SimTime now, const TcpSegment& segment, TcpOutput& out);
    void duplicateAcknowledgment(TcpOutput& out);
    void updateWindow(SimTime now, const TcpSegment& segment, TcpOutput& out);
    void finAcknowledged(SimTime now);
    void receiveText(SimTime now, const TcpSegment& segment, TcpOutput& out);
    void peerClosed(SimTime now, TcpOutput& out);

    void timeOut(SimTime now, TcpOutput& out);
    void armRetransmission(SimTime now);
    void linger(SimTime until);
    void finish(std::optional<StreamEnd> why, TcpOutput& out);

    TcpSettings settings_;
    std::uint16_t localPort_;
    std::uint16_t remotePort_;
    State state_ = State::Closed;
    bool wasUsed_ = false;
    bool isPassive_ = false;
    bool toldClosed_ = false;

    // Send sequence space (RFC 9293 section 3.3.1). `queue_` begins at sendUnacknowledged_ once the SYN is
    // acknowledged.
    TcpSequence initialSend_;
    TcpSequence sendUnacknowledged_;
    TcpSequence sendNext_;
    std::uint32_t sendWindow_ = 0;
    std::uint32_t largestSendWindow_ = 0;
    TcpSequence windowSequence_;        ///< SND.WL1
    TcpSequence windowAcknowledgment_;  ///< SND.WL2
    std::uint16_t sendSegmentSize_;
    std::deque<std::uint8_t> queue_;
    std::size_t newsBytes_ = 0;  ///< so much of `queue_` is news, or lies in front of news
    bool isClosing_ = false;     ///< the owner closed: a FIN follows the queue
    bool finSent_ = false;
    std::uint64_t acknowledgedBytes_ = 0;

    // Receive sequence space.
    TcpSequence initialReceive_;
    TcpSequence receiveNext_;
    TcpReassembly reassembly_;
    bool isRead_ = true;        ///< the owner takes what comes at once
    std::uint32_t unread_ = 0;  ///< bytes that have come since it does not
    SimTime noRefusalBefore_;   ///< RFC 5961 section 7: answers to nonsense are rationed

    // Loss.
    TcpTimeout timeout_;
    std::uint32_t tries_ = 0;
    SimTime retransmitAt_ = SimTime::never();
    struct Timing {
        TcpSequence sequence;
        SimTime sentAt;
    };
    std::optional<Timing> timing_;  ///< the one segment whose round trip is being measured
    std::optional<TcpSequence> recoverUntil_;
    std::uint32_t duplicates_ = 0;
    SimTime lingerUntil_ = SimTime::never();  ///< FIN-WAIT-2 and TIME-WAIT
};

/// "FIN-WAIT-1": as RFC 9293 and netstat write it.
std::string_view toString(TcpConnection::State state);

}  // namespace peerscape
