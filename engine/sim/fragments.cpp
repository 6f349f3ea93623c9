#include "engine/sim/fragments.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/hash.hpp"
#include "engine/routing/damaged_message.hpp"
#include "engine/sim/damage.hpp"

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

/// The pieces put together. When each is a piece of one packet as it was, it is that packet again; otherwise
/// nobody but the checksum can tell what it is.
PacketPtr assembled(const std::map<std::uint32_t, PacketPtr>& pieces) {
    const Packet& first = *pieces.begin()->second;
    const auto* piece = first.payload.as<FragmentPiece>();
    const bool isWhole = piece != nullptr && std::ranges::all_of(pieces, [&](const auto& entry) {
                             const auto* other = entry.second->payload.template as<FragmentPiece>();
                             return other != nullptr && other->whole() == piece->whole();
                         });
    if (isWhole) {
        auto whole = std::make_shared<Packet>(*piece->whole());
        whole->ttl = first.ttl;
        return whole;
    }
    PacketPtr original = pieces.begin()->second;
    while (&wholeOf(*original) != original.get()) {
        const auto* part = original->payload.as<FragmentPiece>();
        original = part != nullptr ? part->whole() : original->payload.as<DamagedMessage>()->original();
    }
    Packet whole = first;
    whole.fragmentOffset = 0;
    whole.moreFragments = false;
    ByteWriter bytes;
    for (const auto& [offset, part] : pieces)
        bytes.append(part->payload.bytes());
    return std::make_shared<const Packet>(damaged(whole, std::move(original), bytes.take()));
}

/// The bytes of a damaged fragment, or of what was cut from another one.
PacketPtr pieceOf(const PacketPtr& packet, std::uint32_t at, std::uint32_t length) {
    auto part = std::make_shared<Packet>(*packet);
    part->fragmentOffset = packet->fragmentOffset + at;
    part->moreFragments = packet->moreFragments || at + length < packet->sizeBehindHeader();
    // Only the first piece shows ports, so routers must spread all of them without.
    part->sourcePort = part->destinationPort = 0;
    if (packet->isDamaged && packet->isFragment()) {
        const Bytes all = packet->payload.bytes();
        const auto begin = all.begin() + static_cast<std::ptrdiff_t>(at);
        *part = damaged(*part, packet, Bytes(begin, begin + static_cast<std::ptrdiff_t>(length)));
        return part;
    }
    const auto* piece = packet->payload.as<FragmentPiece>();
    const PacketPtr whole = piece != nullptr ? piece->whole() : packet;
    part->isDamaged = false;
    part->payload = Payload(std::make_shared<const FragmentPiece>(whole, part->fragmentOffset, length));
    return part;
}

}  // namespace

void FragmentPiece::encode(ByteWriter& out) const {
    out.append(ByteView(whole_->encodeBehindHeader()).subspan(offset_, length_));
}

std::vector<PacketPtr> fragment(const PacketPtr& packet, std::uint32_t mtu) {
    const auto total = static_cast<std::uint32_t>(packet->sizeBehindHeader());
    const std::uint32_t header =
        static_cast<std::uint32_t>(packet->headerSize()) +
        (packet->source.isV6() && !packet->isFragment() ? Packet::kFragmentHeader6Bytes : 0);
    if (mtu < header + kUnit) return {};
    const std::uint32_t most = (mtu - header) / kUnit * kUnit;
    std::vector<PacketPtr> fragments;
    for (std::uint32_t at = 0; at < total; at += most) {
        const std::uint32_t length = std::min(most, total - at);
        fragments.push_back(pieceOf(packet, at, length));
    }
    return fragments;
}

const Packet& wholeOf(const Packet& packet) {
    const Packet* at = &packet;
    for (;;) {
        if (const auto* piece = at->payload.as<FragmentPiece>()) {
            at = piece->whole().get();
        } else if (const auto* damage = at->payload.as<DamagedMessage>()) {
            at = damage->original().get();
        } else {
            return *at;
        }
    }
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
    outcome.whole = assembled(pieces);
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
