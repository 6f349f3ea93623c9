#include "engine/sim/tcp_reassembly.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/base/hash.hpp"

namespace peerscape {

void TcpReassembly::add(std::uint64_t at, ByteView bytes, Bytes& out) {
    if (end_) bytes = bytes.first(std::min<std::uint64_t>(bytes.size(), *end_ > at ? *end_ - at : 0));
    if (at < received_) {
        const std::uint64_t known = std::min<std::uint64_t>(received_ - at, bytes.size());
        bytes = bytes.subspan(known);
        at += known;
    }
    // Only the holes between the pieces that wait are filled, so that they never overlap.
    auto next = early_.upper_bound(at);
    if (next != early_.begin()) {
        const auto& [begin, piece] = *std::prev(next);
        const std::uint64_t known =
            std::min<std::uint64_t>(begin + piece.size() > at ? begin + piece.size() - at : 0, bytes.size());
        bytes = bytes.subspan(known);
        at += known;
    }
    while (!bytes.empty()) {
        const std::uint64_t room =
            next == early_.end() ? bytes.size() : std::min<std::uint64_t>(next->first - at, bytes.size());
        if (room > 0)
            early_.emplace_hint(next, at,
                                Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(room)));
        const std::uint64_t known =
            next == early_.end() ? room : std::min<std::uint64_t>(room + next->second.size(), bytes.size());
        bytes = bytes.subspan(known);
        at += known;
        if (next != early_.end()) ++next;
    }
    while (!early_.empty() && early_.begin()->first == received_) {
        const Bytes& piece = early_.begin()->second;
        out.insert(out.end(), piece.begin(), piece.end());
        received_ += piece.size();
        early_.erase(early_.begin());
    }
}

void TcpReassembly::endsAt(std::uint64_t at) {
    if (end_ || at < received_) return;
    end_ = at;
    // A peer that sent something beyond its own end contradicts itself; the end is believed.
    early_.erase(early_.lower_bound(at), early_.end());
    if (early_.empty()) return;
    auto& [begin, last] = *early_.rbegin();
    last.resize(std::min<std::uint64_t>(last.size(), at - begin));
}

std::uint64_t TcpReassembly::hash() const {
    StableHash hash;
    hash.add(received_).add(end_.value_or(0));
    for (const auto& [at, bytes] : early_) {
        hash.add(at).add(bytes.size());
        for (const std::uint8_t byte : bytes)
            hash.add(byte);
    }
    return hash.value();
}

}  // namespace peerscape
