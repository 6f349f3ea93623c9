#include "scenarios/capture/segment_capture.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "scenarios/capture/ethernet.hpp"

namespace peerscape::capture {

namespace {

/// A LAN may have hundreds of ends; a comment that names them all would not be read.
constexpr std::size_t kMostLossesNamed = 8;

}  // namespace

Result<void> SegmentCapture::begin(const SectionInfo& about) {
    if (const auto created = file_.create(); !created) return created;
    file_.append(sectionHeaderBlock(about));
    return file_.flush();
}

Result<void> SegmentCapture::add(const Topology& topology, SegmentId id) {
    const Segment& segment = topology.segment(id);
    const char* const kind = segment.kind == SegmentKind::Lan ? "LAN" : "link";
    for (const InterfaceRef end : segment.ends) {
        interfaces_.emplace(end, static_cast<std::uint32_t>(interfaces_.size()));
        file_.append(
            interfaceDescriptionBlock({topology.nameOf(end), fmt::format("{} {}", kind, segment.name),
                                       topology.interface(end).macAddress}));
    }
    return file_.flush();
}

void SegmentCapture::frameSent(const Topology& topology, const Record& r, const record::PacketSent& sent) {
    Frame frame;
    frame.record = r.id;
    frame.time = r.time;
    frame.sender = {r.node, sent.interface};
    frame.receiver = sent.receiver;
    frame.packet = sent.packet;
    const Segment& segment = topology.segment(topology.interface(frame.sender).segment);
    frame.awaited = sent.receiver.node.isSome() ? 1 : segment.ends.size() - 1;
    onWire_.push_back(std::move(frame));
    writeDecided(topology);
}

void SegmentCapture::Frame::decide(InterfaceRef end) {
    if (std::ranges::find(decided, end) != decided.end()) return;
    decided.push_back(end);
    --awaited;
}

void SegmentCapture::frameReceived(const Topology& topology, const Record& r,
                                   const record::PacketReceived& received) {
    Frame* const frame = frameOf(r.cause);
    if (frame == nullptr) return;
    const InterfaceRef at{r.node, received.interface};
    if (received.packet != frame->packet) frame->damages.push_back({at, r.id, received.packet});
    frame->decide(at);
    writeDecided(topology);
}

void SegmentCapture::frameLost(const Topology& topology, const Record& r, const record::PacketDropped& drop) {
    Frame* const frame = frameOf(r.cause);
    if (frame == nullptr) return;
    const InterfaceRef at{r.node, drop.interface};
    const bool isLostToAll = at == frame->sender;
    if (drop.reason == DropReason::HeaderCorrupted) {
        frame->damages.push_back({at, r.id, drop.packet});
    } else {
        frame->losses.push_back({isLostToAll ? InterfaceRef{} : at, r.id, drop.reason});
    }
    if (isLostToAll) {
        frame->awaited = 0;
    } else {
        frame->decide(at);
    }
    writeDecided(topology);
}

Result<void> SegmentCapture::finish(const Topology& topology) {
    for (const Frame& frame : onWire_)
        write(topology, frame);
    onWire_.clear();
    return file_.flush();
}

SegmentCapture::Frame* SegmentCapture::frameOf(RecordId record) {
    const auto at = std::lower_bound(onWire_.begin(), onWire_.end(), record,
                                     [](const Frame& f, RecordId wanted) { return f.record < wanted; });
    return at != onWire_.end() && at->record == record && at->awaited > 0 ? &*at : nullptr;
}

void SegmentCapture::writeDecided(const Topology& topology) {
    while (!onWire_.empty() && onWire_.front().awaited == 0) {
        write(topology, onWire_.front());
        onWire_.pop_front();
    }
}

void SegmentCapture::write(const Topology& topology, const Frame& frame) {
    writeFrame(topology, frame, *frame.packet, commentOn(topology, frame));
    for (const Damage& damage : frame.damages)
        writeFrame(topology, frame, *damage.packet,
                   fmt::format("record {}: damaged, as record {} came to {}", damage.record.value(),
                               frame.record.value(), topology.nameOf(damage.at)));
}

void SegmentCapture::writeFrame(const Topology& topology, const Frame& frame, const Packet& packet,
                                std::string comment) {
    const std::uint64_t destination = frame.receiver.node.isSome()
                                          ? topology.interface(frame.receiver).macAddress
                                          : groupMacAddress(frame.packet->destination);
    FrameInfo info;
    info.interface = interfaces_.at(frame.sender);
    info.time = frame.time;
    info.bytes = ethernetFrame(destination, topology.interface(frame.sender).macAddress, packet);
    info.comment = std::move(comment);
    file_.append(enhancedPacketBlock(info));
    ++frames_;
}

std::string SegmentCapture::commentOn(const Topology& topology, const Frame& frame) {
    std::string comment = fmt::format("record {}", frame.record.value());
    for (std::size_t i = 0; i < std::min(frame.losses.size(), kMostLossesNamed); ++i) {
        const Loss& loss = frame.losses[i];
        comment += loss.at.node.isSome() ? "; never reached " + topology.nameOf(loss.at) : "; never arrived";
        comment += fmt::format(": {} (record {})", toString(loss.reason), loss.record.value());
    }
    if (frame.losses.size() > kMostLossesNamed)
        comment += fmt::format("; nor {} others", frame.losses.size() - kMostLossesNamed);
    if (frame.awaited > 0) comment += "; still on the wire when the run ended";
    return comment;
}

}  // namespace peerscape::capture
