// What arrives, step by step as RFC 9293 section 3.10.7 has it.
#include <algorithm>

#include "engine/base/check.hpp"
#include "engine/sim/tcp_connection.hpp"

namespace peerscape {

namespace {

// Linux answers segments without content that make no sense at most this often, so that two confused ends
// cannot acknowledge each other's acknowledgements for ever.
constexpr Duration kBetweenRefusals = Duration::milliseconds(500);
constexpr std::uint32_t kDuplicatesThatMeanLoss = 3;  // RFC 5681 section 3.2

}  // namespace

void TcpConnection::receive(SimTime now, const TcpSegment& segment, TcpOutput& out) {
    if (state_ == State::Closed) {
        if (auto answer = segment.resetForUnknown()) out.segments.push_back(std::move(*answer));
        return;
    }
    if (state_ == State::SynSent) {
        receiveInSynSent(now, segment, out);
        return;
    }
    // 1. Sequence number.
    if (state_ == State::SynReceived && repeatsPeersSyn(segment)) {
        // Either our SYN,ACK got lost, or both opened at once and this is the peer's SYN,ACK, whose
        // acknowledgement counts.
        if (!segment.ack) {
            sendSyn(now, out);
        } else if (receiveAcknowledgment(now, segment, out)) {
            sendAcknowledgment(out);
            sendWhatFits(now, out);
        }
        return;
    }
    if (!isAcceptable(segment)) {
        refuseUnacceptable(now, segment, out);
        return;
    }
    // 2. RST.
    if (segment.rst) {
        receiveReset(segment, out);
        return;
    }
    // 4. A SYN in the window: the true peer, if it has restarted, answers the challenge with a reset (RFC
    // 5961 section 4).
    if (segment.syn) {
        sendAcknowledgment(out);
        return;
    }
    // 5. ACK.
    if (!segment.ack || !receiveAcknowledgment(now, segment, out)) return;
    // 7. and 8. Text and FIN.
    if (state_ != State::Closed && (!segment.payload.empty() || segment.fin)) receiveText(now, segment, out);
    sendWhatFits(now, out);
}

void TcpConnection::receiveInSynSent(SimTime now, const TcpSegment& segment, TcpOutput& out) {
    const bool acknowledgesOurs = segment.ack && segment.acknowledgment == sendNext_;
    if (segment.ack && !acknowledgesOurs) {
        if (!segment.rst) sendReset(segment.acknowledgment, out);
        return;
    }
    if (segment.rst) {
        if (acknowledgesOurs) finish(StreamEnd::Refused, out);
        return;
    }
    if (!segment.syn) return;
    initialReceive_ = segment.sequence;
    receiveNext_ = segment.sequence + 1;
    if (segment.maximumSegmentSize)
        sendSegmentSize_ =
            std::clamp<std::uint16_t>(*segment.maximumSegmentSize, 1, settings_.maximumSegmentSize);
    if (!acknowledgesOurs) {
        // Simultaneous open.
        state_ = State::SynReceived;
        sendSyn(now, out);
        return;
    }
    becomeEstablished(now, segment, out);
    sendAcknowledgment(out);
    sendWhatFits(now, out);
}

/// RFC 9293 section 3.4, table 6.
bool TcpConnection::isAcceptable(const TcpSegment& segment) const {
    const auto lies = [this](TcpSequence sequence) {
        const std::int32_t offset = sequence.since(receiveNext_);
        return offset >= 0 && offset < offeredWindow();
    };
    const std::uint32_t length = segment.sequenceLength();
    if (offeredWindow() == 0) return length == 0 && segment.sequence == receiveNext_;
    return lies(segment.sequence) || (length > 0 && lies(segment.sequence + (length - 1)));
}

void TcpConnection::refuseUnacceptable(SimTime now, const TcpSegment& segment, TcpOutput& out) {
    if (segment.rst) return;
    // In TIME-WAIT this is the peer's FIN again: our acknowledgement of it got lost.
    if (state_ == State::TimeWait && segment.fin) linger(now + settings_.maximumSegmentLifetime * 2);
    if (segment.sequenceLength() == 0) {
        if (now < noRefusalBefore_) return;
        noRefusalBefore_ = now + kBetweenRefusals;
    }
    sendAcknowledgment(out);
}

bool TcpConnection::repeatsPeersSyn(const TcpSegment& segment) const {
    return segment.syn && !segment.rst && segment.sequence == initialReceive_;
}

void TcpConnection::receiveReset(const TcpSegment& segment, TcpOutput& out) {
    // RFC 5961 section 3.2: only an exact hit is believed at once; the true peer answers the challenge with
    // one.
    if (segment.sequence != receiveNext_) {
        sendAcknowledgment(out);
        return;
    }
    switch (state_) {
        case State::SynReceived:
            finish(isPassive_ ? std::nullopt : std::optional(StreamEnd::Refused), out);
            break;
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
            finish(StreamEnd::ResetByPeer, out);
            break;
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
            finish(std::nullopt, out);
            break;
        case State::Closed:
        case State::SynSent:
            PEERSCAPE_CHECK(false);
            break;
    }
}

/// False when the segment must not be looked at any further.
bool TcpConnection::receiveAcknowledgment(SimTime now, const TcpSegment& segment, TcpOutput& out) {
    const std::int32_t news = segment.acknowledgment.since(sendUnacknowledged_);
    const bool isAhead = segment.acknowledgment.isAfter(sendNext_);
    if (state_ == State::SynReceived) {
        if (news <= 0 || isAhead) {
            sendReset(segment.acknowledgment, out);
            return false;
        }
        becomeEstablished(now, segment, out);
        return true;
    }
    // RFC 5961 section 5: neither what was never sent, nor what is older than any window.
    if (isAhead || news < -static_cast<std::int32_t>(largestSendWindow_)) {
        refuseUnacceptable(now, segment, out);
        return false;
    }
    // RFC 5681 section 2; a peer with a shut window repeats itself for another reason.
    const bool saysNothingElse =
        segment.payload.empty() && !segment.fin && segment.window == sendWindow_ && sendWindow_ != 0;
    if (news > 0) {
        acknowledged(now, segment, out);
    } else if (news == 0 && saysNothingElse && sendNext_ != sendUnacknowledged_) {
        duplicateAcknowledgment(out);
    }
    if (news >= 0) updateWindow(now, segment, out);
    return true;
}

void TcpConnection::acknowledged(SimTime now, const TcpSegment& segment, TcpOutput& out) {
    const auto sequences = static_cast<std::uint32_t>(segment.acknowledgment.since(sendUnacknowledged_));
    const bool includesFin = finSent_ && segment.acknowledgment == sendNext_;
    const std::uint32_t bytes = sequences - (includesFin ? 1U : 0U);
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(bytes));
    newsBytes_ -= std::min<std::size_t>(newsBytes_, bytes);
    acknowledgedBytes_ += bytes;
    sendUnacknowledged_ = segment.acknowledgment;
    duplicates_ = 0;
    tries_ = 0;
    // RFC 6298 would keep the back-off until something new was measured. Others measure also what was sent
    // twice, by timestamps, and so return from it at once; so do we.
    timeout_.collapse();
    if (timing_ && segment.acknowledgment.isAfter(timing_->sequence)) {
        timeout_.measured(now - timing_->sentAt);
        timing_.reset();
    }
    if (sendNext_ == sendUnacknowledged_) {
        retransmitAt_ = SimTime::never();
    } else {
        armRetransmission(now);
    }
    if (recoverUntil_) {
        if (sendUnacknowledged_.isBefore(*recoverUntil_)) {
            retransmitFirst(out);  // the next hole: RFC 6582 section 3.2 step 3
        } else {
            recoverUntil_.reset();
        }
    }
    if (includesFin) finAcknowledged(now);
}

void TcpConnection::duplicateAcknowledgment(TcpOutput& out) {
    if (++duplicates_ != kDuplicatesThatMeanLoss || recoverUntil_) return;
    recoverUntil_ = sendNext_;
    retransmitFirst(out);
}

void TcpConnection::updateWindow(SimTime now, const TcpSegment& segment, TcpOutput& out) {
    // An older segment that was overtaken must not bring back an older window.
    const bool isNewer =
        windowSequence_.isBefore(segment.sequence) ||
        (windowSequence_ == segment.sequence && !windowAcknowledgment_.isAfter(segment.acknowledgment));
    if (!isNewer) return;
    const bool wasShut = sendWindow_ == 0;
    sendWindow_ = segment.window;
    largestSendWindow_ = std::max(largestSendWindow_, sendWindow_);
    windowSequence_ = segment.sequence;
    windowAcknowledgment_ = segment.acknowledgment;
    // RFC 9293 section 3.8.6.1: a peer that answers is alive, however long its window stays shut.
    if (sendWindow_ == 0) tries_ = 0;
    if (!wasShut || sendWindow_ == 0) return;
    timeout_.collapse();
    if (sendNext_ == sendUnacknowledged_) {
        retransmitAt_ = SimTime::never();
    } else {
        retransmitFirst(out);  // the probe, which found the window shut
        armRetransmission(now);
    }
}

void TcpConnection::finAcknowledged(SimTime now) {
    switch (state_) {
        case State::FinWait1:
            state_ = State::FinWait2;
            linger(now + settings_.finWait2);
            break;
        case State::Closing:
            state_ = State::TimeWait;
            linger(now + settings_.maximumSegmentLifetime * 2);
            break;
        case State::LastAck:
            state_ = State::Closed;
            break;
        default:
            break;
    }
}

void TcpConnection::receiveText(SimTime now, const TcpSegment& segment, TcpOutput& out) {
    if (state_ == State::Established || state_ == State::FinWait1 || state_ == State::FinWait2) {
        const std::int32_t offset = segment.sequence.since(receiveNext_);
        const std::uint64_t known = reassembly_.received();
        ByteView bytes = segment.payload;
        // What lies before the window we have; what lies behind it we never offered to take.
        const std::size_t before =
            offset < 0 ? std::min<std::size_t>(static_cast<std::size_t>(-static_cast<std::int64_t>(offset)),
                                               bytes.size())
                       : 0;
        bytes = bytes.subspan(before);
        const std::uint64_t at =
            known + static_cast<std::uint64_t>(offset + static_cast<std::int64_t>(before));
        const std::uint64_t room = known + offeredWindow() - at;
        const bool isWhole = bytes.size() <= room;
        if (segment.fin && isWhole) reassembly_.endsAt(at + bytes.size());
        reassembly_.add(at, bytes.first(std::min<std::uint64_t>(bytes.size(), room)), out.received);
        const auto fresh = static_cast<std::uint32_t>(reassembly_.received() - known);
        receiveNext_ = receiveNext_ + fresh;
        if (!isRead_) unread_ += fresh;
        if (reassembly_.isComplete()) {
            receiveNext_ = receiveNext_ + 1;
            peerClosed(now, out);
        } else if (state_ == State::FinWait2) {
            linger(now + settings_.finWait2);
        }
    }
    sendAcknowledgment(out);
}

void TcpConnection::peerClosed(SimTime now, TcpOutput& out) {
    switch (state_) {
        case State::Established:
            state_ = State::CloseWait;
            break;
        case State::FinWait1:
            state_ = State::Closing;
            break;
        case State::FinWait2:
            state_ = State::TimeWait;
            linger(now + settings_.maximumSegmentLifetime * 2);
            break;
        default:
            PEERSCAPE_CHECK(false);
    }
    toldClosed_ = true;
    out.closed = StreamEnd::ClosedByPeer;
}

}  // namespace peerscape
