#include "engine/sim/fragments.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/hash.hpp"

namespace peerscape {

namespace {

/// Offsets are counted in units of eight bytes.
constexpr std::uint32_t kUnit = 8;

std::uint32_t endOf(const Packet& fragment) {
    return fragment.fragmentOffset + static_cast<std::uint32_t>(fragment.payload.size());
}

/// The pieces cover everything from the first byte to the last without a gap.
bool isComplete(const std::map<std::uint32_t, PacketPtr>& pieces) {
    std::uint32_t covered = 0;
    for (const auto& [offset, piece] : pieces) {
        if (offset != covered) return false;
        covered = endOf(*piece);
    }
    return !pieces.rbegin()->second->moreFragments;
}

bool overlaps(const std::map<std::uint32_t, PacketPtr>& pieces, const Packet& fragment) {
    const auto next = pieces.lower_bound(fragment.fragmentOffset);
    if (next != pieces.end() && next->first < endOf(fragment)) return true;
    return next != pieces.begin() && endOf(*std::prev(next)->second) > fragment.fragmentOffset;
}

}  // namespace

void FragmentPiece::encode(ByteWriter& out) const {
    out.append(ByteView(whole_->encodeBehindHeader()).subspan(offset_, length_));
}

std::vector<PacketPtr> fragment(const PacketPtr& packet, std::uint32_t mtu) {
    const auto* piece = packet->payload.as<FragmentPiece>();
    const PacketPtr whole = piece != nullptr ? piece->whole() : packet;
    const auto total = static_cast<std::uint32_t>(packet->sizeBehindHeader());
    const std::uint32_t header =
        static_cast<std::uint32_t>(packet->headerSize()) +
        (packet->source.isV6() && !packet->isFragment() ? Packet::kFragmentHeader6Bytes : 0);
    if (mtu < header + kUnit) return {};
    const std::uint32_t most = (mtu - header) / kUnit * kUnit;
    std::vector<PacketPtr> fragments;
    for (std::uint32_t at = 0; at < total; at += most) {
        const std::uint32_t length = std::min(most, total - at);
        auto part = std::make_shared<Packet>(*packet);
        part->fragmentOffset = packet->fragmentOffset + at;
        part->moreFragments = packet->moreFragments || at + length < total;
        // Only the first piece shows ports, so routers must spread all of them without.
        part->sourcePort = part->destinationPort = 0;
        part->payload = Payload(std::make_shared<const FragmentPiece>(whole, part->fragmentOffset, length));
        fragments.push_back(std::move(part));
    }
    return fragments;
}

const Packet& wholeOf(const Packet& packet) {
    const auto* piece = packet.payload.as<FragmentPiece>();
    return piece != nullptr ? *piece->whole() : packet;
}

Reassembly::Outcome Reassembly::add(const PacketPtr& fragment, SimTime now) {
    Outcome outcome;
    const auto at = incomplete_.try_emplace(keyOf(*fragment)).first;
    auto& [since, pieces] = at->second;
    outcome.isFirstToCome = pieces.empty();
    if (pieces.empty()) since = now;
    const auto same = pieces.find(fragment->fragmentOffset);
    if (same != pieces.end() && &wholeOf(*same->second) == &wholeOf(*fragment) &&
        endOf(*same->second) == endOf(*fragment)) {
        outcome.discarded.push_back(fragment);
        return outcome;
    }
    // Pieces that overlap are an attack or a fault, and pieces of two packets under one number would fail the
    // checksum: all of them are thrown away (RFC 5722; Linux does so for both families).
    const bool isForeign = !pieces.empty() && &wholeOf(*pieces.begin()->second) != &wholeOf(*fragment);
    if (isForeign || overlaps(pieces, *fragment)) {
        for (auto& [offset, piece] : pieces)
            outcome.discarded.push_back(std::move(piece));
        outcome.discarded.push_back(fragment);
        incomplete_.erase(at);
        return outcome;
    }
    pieces.emplace(fragment->fragmentOffset, fragment);
    if (!isComplete(pieces)) return outcome;
    auto whole = std::make_shared<Packet>(wholeOf(*fragment));
    whole->ttl = pieces.begin()->second->ttl;
    outcome.whole = std::move(whole);
    incomplete_.erase(at);
    return outcome;
}

std::vector<PacketPtr> Reassembly::expire(const Key& key, SimTime now) {
    const auto at = incomplete_.find(key);
    if (at == incomplete_.end() || now - at->second.since < timeout(key.source.family())) return {};
    std::vector<PacketPtr> pieces;
    for (auto& [offset, piece] : at->second.pieces)
        pieces.push_back(std::move(piece));
    incomplete_.erase(at);
    return pieces;
}

std::uint64_t Reassembly::hash() const {
    StableHash hash;
    for (const auto& [key, packet] : incomplete_) {
        hash.add(key.source.hash()).add(key.destination.hash()).add(key.protocol).add(key.identification);
        hash.add(static_cast<std::uint64_t>(packet.since.count()));
        for (const auto& [offset, piece] : packet.pieces)
            hash.add(offset).add(piece->payload.size());
    }
    return hash.value();
}

}  // namespace peerscape
