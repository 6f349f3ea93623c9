#include "scenarios/capture/captures.hpp"

#include <utility>
#include <variant>

namespace peerscape::capture {

Captures::Captures(std::filesystem::path folder, const Simulation& world, SectionInfo about)
    : path_(std::move(folder)), world_(world), about_(std::move(about)) {}

Captures::Captures(std::filesystem::path file, std::set<std::string, std::less<>> links,
                   const Simulation& world, SectionInfo about)
    : path_(std::move(file)), chosen_(std::move(links)), world_(world), about_(std::move(about)) {}

Result<void> Captures::begin() {
    if (chosen_) addFile(path_);
    addNewSegments();
    return outcome();
}

Result<void> Captures::outcome() const {
    if (failure_) return std::unexpected(*failure_);
    return {};
}

void Captures::addFile(const std::filesystem::path& path) {
    files_.push_back(std::make_unique<SegmentCapture>(path));
    note(files_.back()->begin(about_));
}

void Captures::addNewSegments() {
    const Topology& topology = world_.topology();
    while (fileOf_.size() < topology.segments().size()) {
        const SegmentId id(static_cast<std::uint32_t>(fileOf_.size()));
        const std::string& name = topology.segment(id).name;
        if (chosen_ && !chosen_->contains(name)) {
            fileOf_.push_back(nullptr);
            continue;
        }
        if (!chosen_) addFile(path_ / names_.next(name, ".pcapng"));
        fileOf_.push_back(files_.back().get());
        note(fileOf_.back()->add(topology, id));
    }
}

void Captures::note(const Result<void>& written) {
    if (!written && !failure_) failure_ = written.error();
}

std::uint64_t Captures::frames() const {
    std::uint64_t frames = 0;
    for (const auto& file : files_)
        frames += file->frames();
    return frames;
}

SegmentCapture* Captures::captureAt(NodeId node, InterfaceId interface) {
    if (!node.isSome() || !interface.isSome()) return nullptr;
    const SegmentId segment = world_.topology().interface({node, interface}).segment;
    return segment.isSome() ? fileOf_[segment.value()] : nullptr;
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
    for (const auto& file : files_)
        note(file->finish(world_.topology()));
    return outcome();
}

}  // namespace peerscape::capture
