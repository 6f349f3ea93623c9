#include "scenarios/explain/carrier.hpp"

#include <algorithm>
#include <array>

namespace peerscape {

std::span<const Carrier* const> carriers() {
    static const std::array<const Carrier*, 2> kAll{&ripCarrier(), &eigrpCarrier()};
    return kAll;
}

std::span<const Messenger* const> messengers() {
    static const std::array<const Messenger*, 3> kAll{&ripCarrier(), &eigrpCarrier(), &bgpMessenger()};
    return kAll;
}

const Messenger* messengerOf(ProtocolId protocol) {
    const auto all = messengers();
    const auto found = std::ranges::find_if(all, [&](const Messenger* messenger) {
        return messenger->protocol(Family::IPv4) == protocol || messenger->protocol(Family::IPv6) == protocol;
    });
    return found == all.end() ? nullptr : *found;
}

const Carrier* carrierOf(ProtocolId protocol) {
    const auto all = carriers();
    const auto found = std::ranges::find_if(all, [&](const Carrier* carrier) {
        return carrier->protocol(Family::IPv4) == protocol || carrier->protocol(Family::IPv6) == protocol;
    });
    return found == all.end() ? nullptr : *found;
}

std::optional<News> newsIn(const Packet& packet, const Prefix& network) {
    const Messenger* messenger = packet.owner.isSome() ? messengerOf(packet.owner) : nullptr;
    return messenger == nullptr ? std::nullopt : messenger->newsIn(packet, network);
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
