#include "scenarios/explain/rip_news.hpp"

#include <algorithm>

#include "scenarios/explain/describe.hpp"

namespace peerscape {

std::optional<rip::RipEntry> ripEntryFor(const Packet& packet, const Prefix& prefix) {
    if (packet.destination.family() != prefix.family()) return std::nullopt;
    const auto isAbout = [&](const rip::RipEntry& entry) {
        // RIPv1 tells no mask; the receiver takes that of its own link or of the address's class.
        return entry.lacksMask ? entry.prefix.address() == prefix.address() : entry.prefix == prefix;
    };
    const auto find = [&](const rip::RipContent& content) -> std::optional<rip::RipEntry> {
        if (content.command != rip::Command::Response) return std::nullopt;
        const auto found = std::ranges::find_if(content.entries, isAbout);
        return found == content.entries.end() ? std::nullopt : std::optional(*found);
    };
    if (const auto* message = packet.payload.as<rip::RipMessage>()) return find(message->content());
    const auto content = ripContentOf(packet);
    return content ? find(*content) : std::nullopt;
}

std::vector<RipNews> latestNews(const RecordLog& log, NodeId node, const Prefix& prefix, SimTime since) {
    std::vector<RipNews> news;
    for (auto at = log.kept().rbegin(); at != log.kept().rend() && at->time >= since; ++at) {
        const auto* received = at->node == node ? std::get_if<record::PacketReceived>(&at->what) : nullptr;
        if (received == nullptr) continue;
        const auto isKnown = [&](const RipNews& n) {
            return n.interface == received->interface && n.from == received->packet->source;
        };
        if (std::ranges::any_of(news, isKnown)) continue;
        if (const auto entry = ripEntryFor(*received->packet, prefix))
            news.push_back({&*at, received->interface, received->packet->source, *entry});
    }
    return news;
}

}  // namespace peerscape
