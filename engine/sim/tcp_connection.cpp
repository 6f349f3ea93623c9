// The owner's calls, sending and time; what arrives is in tcp_receive.cpp.
#include "engine/sim/tcp_connection.hpp"

#include <algorithm>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"

namespace peerscape {

namespace {

// RFC 6298 section 5.7.
constexpr Duration kTimeoutAfterSlowHandshake = Duration::seconds(3);
constexpr std::uint16_t kLeastSegmentSize = 512;

}  // namespace

TcpConnection::TcpConnection(const TcpSettings& settings, std::uint16_t localPort, std::uint16_t remotePort,
                             TcpSequence initialSequence)
    : settings_(settings),
      localPort_(localPort),
      remotePort_(remotePort),
      initialSend_(initialSequence),
      sendUnacknowledged_(initialSequence),
      sendNext_(initialSequence),
      sendSegmentSize_(std::min(settings.assumedSegmentSize, settings.maximumSegmentSize)),
      timeout_(settings.initialTimeout, settings.leastTimeout, settings.mostTimeout) {
    PEERSCAPE_CHECK(settings.receiveWindow > 0 && settings.maximumSegmentSize > 0 &&
                    settings.assumedSegmentSize > 0);
}

void TcpConnection::open(SimTime now, TcpOutput& out) {
    PEERSCAPE_CHECK(!wasUsed_);
    wasUsed_ = true;
    state_ = State::SynSent;
    sendSyn(now, out);
}

void TcpConnection::accept(SimTime now, const TcpSegment& syn, TcpOutput& out) {
    PEERSCAPE_CHECK(!wasUsed_ && syn.syn && !syn.ack && !syn.rst);
    wasUsed_ = true;
    isPassive_ = true;
    state_ = State::SynReceived;
    initialReceive_ = syn.sequence;
    receiveNext_ = syn.sequence + 1;
    if (syn.maximumSegmentSize)
        sendSegmentSize_ =
            std::clamp<std::uint16_t>(*syn.maximumSegmentSize, 1, settings_.maximumSegmentSize);
    sendSyn(now, out);
}

void TcpConnection::send(SimTime now, ByteView bytes, TcpOutput& out, bool isNews) {
    if (isClosing_ || state_ == State::Closed) return;
    queue_.insert(queue_.end(), bytes.begin(), bytes.end());
    if (isNews) newsBytes_ = queue_.size();
    sendWhatFits(now, out);
}

void TcpConnection::close(SimTime now, TcpOutput& out) {
    if (isClosing_ || state_ == State::Closed) return;
    isClosing_ = true;
    if (state_ == State::SynSent) {
        finish(std::nullopt, out);
        return;
    }
    sendWhatFits(now, out);
}

void TcpConnection::reset(TcpOutput& out) {
    switch (state_) {
        case State::SynReceived:
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
            sendReset(sendNext_, out);
            break;
        // RFC 9293 section 3.10.5: the others have nothing left that a reset would tell the peer.
        case State::Closed:
        case State::SynSent:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
            break;
    }
    finish(std::nullopt, out);
}

void TcpConnection::abandon(StreamEnd why, TcpOutput& out) {
    if (state_ != State::Closed) finish(why, out);
}

void TcpConnection::limitSegmentSize(SimTime now, std::uint16_t bytes, TcpOutput& out) {
    // Linux believes in no path narrower than 552 bytes (min_pmtu): whoever says so may be lying.
    const std::uint16_t size = std::max(bytes, kLeastSegmentSize);
    if (size >= sendSegmentSize_) return;
    sendSegmentSize_ = size;
    if (sendNext_ == sendUnacknowledged_ || state_ == State::SynSent || state_ == State::SynReceived) return;
    // What is under way was too large and will not arrive: again, in smaller pieces.
    recoverUntil_ = sendNext_;
    retransmitFirst(out);
    armRetransmission(now);
}

void TcpConnection::wake(SimTime now, TcpOutput& out) {
    if (lingerUntil_ <= now) {
        // TIME-WAIT has done its duty. In FIN-WAIT-2 the peer never closed.
        finish(state_ == State::FinWait2 ? std::optional(StreamEnd::TimedOut) : std::nullopt, out);
        return;
    }
    if (retransmitAt_ <= now) timeOut(now, out);
}

TcpSegment TcpConnection::blank() const {
    TcpSegment segment;
    segment.sourcePort = localPort_;
    segment.destinationPort = remotePort_;
    segment.sequence = sendNext_;
    if (state_ != State::SynSent) {
        segment.ack = true;
        segment.acknowledgment = receiveNext_;
    }
    segment.window = offeredWindow();
    return segment;
}

/// What is in order but not read shortens it on the left, so its right edge stays where it was: a window
/// should not shrink (RFC 9293 section 3.8.6).
std::uint16_t TcpConnection::offeredWindow() const {
    return static_cast<std::uint16_t>(settings_.receiveWindow -
                                      std::min<std::uint32_t>(unread_, settings_.receiveWindow));
}

void TcpConnection::resumeReading(TcpOutput& out) {
    isRead_ = true;
    if (unread_ == 0) return;
    unread_ = 0;
    const bool mayReceive =
        state_ == State::Established || state_ == State::FinWait1 || state_ == State::FinWait2;
    if (mayReceive) sendAcknowledgment(out);
}

void TcpConnection::sendAcknowledgment(TcpOutput& out) const { out.segments.push_back(blank()); }

void TcpConnection::sendSyn(SimTime now, TcpOutput& out) {
    TcpSegment segment = blank();
    segment.sequence = initialSend_;
    segment.syn = true;
    segment.maximumSegmentSize = settings_.maximumSegmentSize;
    out.segments.push_back(std::move(segment));
    if (sendNext_ == initialSend_) {
        sendNext_ = initialSend_ + 1;
        timing_ = Timing{initialSend_, now};
    } else {
        timing_.reset();
    }
    armRetransmission(now);
}

void TcpConnection::sendReset(TcpSequence sequence, TcpOutput& out) const {
    TcpSegment segment;
    segment.sourcePort = localPort_;
    segment.destinationPort = remotePort_;
    segment.sequence = sequence;
    segment.rst = true;
    out.segments.push_back(std::move(segment));
}

std::uint32_t TcpConnection::bytesInFlight() const {
    return static_cast<std::uint32_t>(sendNext_.since(sendUnacknowledged_)) -
           (finSent_ && sendNext_ != sendUnacknowledged_ ? 1U : 0U);
}

Bytes TcpConnection::queued(std::uint32_t from, std::uint32_t count) const {
    const auto begin = queue_.begin() + static_cast<std::ptrdiff_t>(from);
    return Bytes(begin, begin + static_cast<std::ptrdiff_t>(count));
}

void TcpConnection::sendWhatFits(SimTime now, TcpOutput& out) {
    if (state_ != State::Established && state_ != State::CloseWait) return;
    while (sendNextSegment(now, out)) {
    }
    // A closed window opens with an acknowledgement that may get lost, so it must be asked for (RFC 9293
    // section 3.8.6.1).
    const bool isWaiting = !queue_.empty() || isClosing_;
    if (isWaiting && !finSent_ && sendNext_ == sendUnacknowledged_ && retransmitAt_.isNever())
        armRetransmission(now);
}

std::uint32_t TcpConnection::largestPayload() const {
    return sendSegmentSize_ > settings_.optionBytes ? sendSegmentSize_ - settings_.optionBytes : 1U;
}

/// One segment of new data, with the FIN if it is due; false when nothing (more) may be sent now.
bool TcpConnection::sendNextSegment(SimTime now, TcpOutput& out) {
    if (finSent_) return false;
    const std::uint32_t inFlight = bytesInFlight();
    const auto unsent = static_cast<std::uint32_t>(queue_.size()) - inFlight;
    const std::uint32_t usable = sendWindow_ > inFlight ? sendWindow_ - inFlight : 0;
    const std::uint32_t length = std::min({unsent, usable, largestPayload()});
    const bool withFin = isClosing_ && length == unsent && usable > length;
    if (length == 0 && !withFin) return false;
    // Against silly windows (RFC 9293 section 3.8.6.2.1): a part of a segment only when it is all there is,
    // when it is half of the largest window, or when nothing else would ask for more.
    const bool isWorthwhile =
        length == unsent || length == largestPayload() || length >= largestSendWindow_ / 2 || inFlight == 0;
    if (!isWorthwhile) return false;

    TcpSegment segment = blank();
    segment.payload = queued(inFlight, length);
    segment.psh = length > 0 && length == unsent;
    segment.fin = withFin;
    if (!timing_ && !recoverUntil_) timing_ = Timing{sendNext_, now};
    sendNext_ = sendNext_ + segment.sequenceLength();
    out.segments.push_back(std::move(segment));
    if (withFin) finLeft();
    if (retransmitAt_.isNever()) armRetransmission(now);
    return true;
}

void TcpConnection::finLeft() {
    finSent_ = true;
    state_ = state_ == State::CloseWait ? State::LastAck : State::FinWait1;
}

/// The oldest segment that is not acknowledged, once more.
void TcpConnection::retransmitFirst(TcpOutput& out) {
    timing_.reset();  // Karn: an acknowledgement would not say which of the two it is for
    const std::uint32_t inFlight = bytesInFlight();
    TcpSegment segment = blank();
    segment.sequence = sendUnacknowledged_;
    const std::uint32_t length =
        std::min({inFlight, largestPayload(), std::max<std::uint32_t>(sendWindow_, 1)});
    segment.payload = queued(0, length);
    segment.psh = length > 0 && length == queue_.size();
    segment.fin = finSent_ && length == inFlight;
    out.segments.push_back(std::move(segment));
}

/// One byte, or the FIN, beyond the peer's closed window: its answer says the window.
void TcpConnection::probeWindow(SimTime now, TcpOutput& out) {
    TcpSegment segment = blank();
    if (queue_.empty()) {
        segment.fin = true;
    } else {
        segment.payload = queued(0, 1);
    }
    sendNext_ = sendNext_ + 1;
    if (segment.fin) finLeft();
    out.segments.push_back(std::move(segment));
    timeout_.backOff();
    armRetransmission(now);
}

void TcpConnection::timeOut(SimTime now, TcpOutput& out) {
    const bool isHandshake = state_ == State::SynSent || state_ == State::SynReceived;
    if (!isHandshake && sendNext_ == sendUnacknowledged_) {
        probeWindow(now, out);
        return;
    }
    if (tries_++ >= (isHandshake ? settings_.synRetries : settings_.dataRetries)) {
        finish(StreamEnd::TimedOut, out);
        return;
    }
    timeout_.backOff();
    duplicates_ = 0;
    if (isHandshake) {
        sendSyn(now, out);
        return;
    }
    recoverUntil_ = sendNext_;
    retransmitFirst(out);
    armRetransmission(now);
}

void TcpConnection::armRetransmission(SimTime now) { retransmitAt_ = now + timeout_.current(); }

void TcpConnection::linger(SimTime until) {
    lingerUntil_ = until;
    retransmitAt_ = SimTime::never();
}

void TcpConnection::becomeEstablished(SimTime now, const TcpSegment& segment, TcpOutput& out) {
    state_ = State::Established;
    sendUnacknowledged_ = segment.acknowledgment;
    sendWindow_ = segment.window;
    largestSendWindow_ = segment.window;
    windowSequence_ = segment.sequence;
    windowAcknowledgment_ = segment.acknowledgment;
    if (timing_) timeout_.measured(now - timing_->sentAt);
    if (tries_ > 0) timeout_.beCautious(std::max(kTimeoutAfterSlowHandshake, settings_.initialTimeout));
    timing_.reset();
    tries_ = 0;
    retransmitAt_ = SimTime::never();
    out.opened = true;
}

void TcpConnection::finish(std::optional<StreamEnd> why, TcpOutput& out) {
    state_ = State::Closed;
    wasUsed_ = true;
    retransmitAt_ = SimTime::never();
    lingerUntil_ = SimTime::never();
    queue_.clear();
    newsBytes_ = 0;
    sendUnacknowledged_ = sendNext_;
    if (why && !toldClosed_) {
        toldClosed_ = true;
        out.closed = why;
    }
}

std::uint64_t TcpConnection::hash() const {
    StableHash hash;
    hash.add(static_cast<std::uint64_t>(state_)).add(wasUsed_ ? 1 : 0).add(toldClosed_ ? 1 : 0);
    hash.add(sendUnacknowledged_.number()).add(sendNext_.number()).add(sendWindow_).add(largestSendWindow_);
    hash.add(windowSequence_.number()).add(windowAcknowledgment_.number()).add(sendSegmentSize_);
    for (const std::uint8_t byte : queue_)
        hash.add(byte);
    hash.add(newsBytes_).add(isRead_ ? 1 : 0).add(unread_);
    hash.add(isClosing_ ? 1 : 0).add(finSent_ ? 1 : 0).add(acknowledgedBytes_);
    hash.add(receiveNext_.number()).add(reassembly_.hash()).add(timeout_.hash()).add(tries_).add(duplicates_);
    for (const SimTime time : {noRefusalBefore_, retransmitAt_, lingerUntil_})
        hash.add(static_cast<std::uint64_t>(time.count()));
    if (timing_)
        hash.add(timing_->sequence.number()).add(static_cast<std::uint64_t>(timing_->sentAt.count()));
    hash.add(recoverUntil_ ? 1 : 0).add(recoverUntil_.value_or(TcpSequence()).number());
    return hash.value();
}

std::string_view toString(TcpConnection::State state) {
    switch (state) {
        case TcpConnection::State::Closed:
            return "CLOSED";
        case TcpConnection::State::SynSent:
            return "SYN-SENT";
        case TcpConnection::State::SynReceived:
            return "SYN-RECEIVED";
        case TcpConnection::State::Established:
            return "ESTABLISHED";
        case TcpConnection::State::FinWait1:
            return "FIN-WAIT-1";
        case TcpConnection::State::FinWait2:
            return "FIN-WAIT-2";
        case TcpConnection::State::CloseWait:
            return "CLOSE-WAIT";
        case TcpConnection::State::Closing:
            return "CLOSING";
        case TcpConnection::State::LastAck:
            return "LAST-ACK";
        case TcpConnection::State::TimeWait:
            return "TIME-WAIT";
    }
    return "CLOSED";
}

}  // namespace peerscape
