#include "scenarios/capture/captures.hpp"

#include <utility>
#include <variant>

namespace peerscape::capture {

Captures::Captures(std::filesystem::path folder, const Simulation& world, SectionInfo about)
    : folder_(std::move(folder)), world_(world), about_(std::move(about)) {}

Result<void> Captures::begin() {
    addNewSegments();
    return outcome();
}

Result<void> Captures::outcome() const {
    if (failure_) return std::unexpected(*failure_);
    return {};
}

void Captures::addNewSegments() {
    const Topology& topology = world_.topology();
    while (segments_.size() < topology.segments().size()) {
        const SegmentId id(static_cast<std::uint32_t>(segments_.size()));
        segments_.emplace_back(folder_ / names_.next(topology.segment(id).name, ".pcapng"), id);
        note(segments_.back().begin(topology, about_));
    }
}

void Captures::note(const Result<void>& written) {
    if (!written && !failure_) failure_ = written.error();
}

SegmentCapture* Captures::captureAt(NodeId node, InterfaceId interface) {
    if (!node.isSome() || !interface.isSome()) return nullptr;
    const SegmentId segment = world_.topology().interface({node, interface}).segment;
    return segment.isSome() ? &segments_[segment.value()] : nullptr;
}

void Captures::take(std::span<const Record> records) {
    const Topology& topology = world_.topology();
    addNewSegments();
    for (const Record& r : records) {
        if (const auto* sent = std::get_if<record::PacketSent>(&r.what)) {
            if (auto* at = captureAt(r.node, sent->interface)) at->frameSent(topology, r, *sent);
        } else if (const auto* received = std::get_if<record::PacketReceived>(&r.what)) {
            if (auto* at = captureAt(r.node, received->interface)) at->frameReceived(topology, r, *received);
        } else if (const auto* dropped = std::get_if<record::PacketDropped>(&r.what)) {
            if (auto* at = captureAt(r.node, dropped->interface)) at->frameLost(topology, r, *dropped);
        }
    }
}

Result<void> Captures::finish() {
    for (SegmentCapture& segment : segments_)
        note(segment.finish(world_.topology()));
    return outcome();
}

}  // namespace peerscape::capture
