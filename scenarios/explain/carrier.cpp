#include "scenarios/explain/carrier.hpp"

#include <algorithm>
#include <array>

namespace peerscape {

std::span<const Carrier* const> carriers() {
    static const std::array<const Carrier*, 2> kAll{&ripCarrier(), &eigrpCarrier()};
    return kAll;
}

const Carrier* carrierOf(ProtocolId protocol) {
    const auto all = carriers();
    const auto found = std::ranges::find_if(all, [&](const Carrier* carrier) {
        return carrier->protocol(Family::IPv4) == protocol || carrier->protocol(Family::IPv6) == protocol;
    });
    return found == all.end() ? nullptr : *found;
}

std::optional<News> newsIn(const Packet& packet, const Prefix& network) {
    const Carrier* carrier = packet.owner.isSome() ? carrierOf(packet.owner) : nullptr;
    return carrier == nullptr ? std::nullopt : carrier->newsIn(packet, network);
}

std::vector<Hearing> latestNews(const Carrier& carrier, const RecordLog& log, NodeId node,
                                const Prefix& network, SimTime since) {
    std::vector<Hearing> heard;
    for (auto at = log.kept().rbegin(); at != log.kept().rend() && at->time >= since; ++at) {
        const auto* received = at->node == node ? std::get_if<record::PacketReceived>(&at->what) : nullptr;
        if (received == nullptr) continue;
        const auto isKnown = [&](const Hearing& h) {
            return h.interface == received->interface && h.from == received->packet->source;
        };
        if (std::ranges::any_of(heard, isKnown)) continue;
        if (auto news = carrier.newsIn(*received->packet, network))
            heard.push_back({&*at, received->interface, received->packet->source, std::move(*news)});
    }
    return heard;
}

}  // namespace peerscape
