#include "protocols/bgp/update_queue.hpp"

namespace peerscape::bgp {
namespace {

void addPrefixes(StableHash& hash, const NlriList& prefixes) {
    hash.add(prefixes.size());
    for (const Nlri& route : prefixes)
        hash.add(route.prefix.hash()).add(route.pathId);
}

void addUpdate(StableHash& hash, const UpdateMessage& update) {
    for (const UpdateMessage::Unreachable& part : update.withdrawn) {
        hash.add(static_cast<std::uint64_t>(part.family));
        addPrefixes(hash, part.prefixes);
    }
    for (const UpdateMessage::Reachable& part : update.announced) {
        hash.add(static_cast<std::uint64_t>(part.family)).add(part.nextHop.address.hash());
        addPrefixes(hash, part.prefixes);
    }
    if (!update.announced.empty()) update.attributes->addTo(hash);
}

}  // namespace

void UpdateQueue::addTo(StableHash& hash) const {
    hash.add(size());
    for (std::size_t i = 0; i < size(); ++i) {
        const QueuedMessage& one = (*this)[i];
        hash.add(one.peer.value()).add(one.message.index());
        if (const auto* update = std::get_if<UpdateMessage>(&one.message)) {
            addUpdate(hash, *update);
        } else {
            const auto& refresh = std::get<RouteRefreshMessage>(one.message);
            hash.add(static_cast<std::uint64_t>(refresh.family))
                .add(static_cast<std::uint64_t>(refresh.kind));
        }
    }
}

}  // namespace peerscape::bgp
