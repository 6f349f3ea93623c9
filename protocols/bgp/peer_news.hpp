#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "protocols/bgp/message.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/bgp/wishes.hpp"

namespace peerscape::bgp {

/// What one neighbour is about to be told in one address family.
struct BgpProcess::PeerNews {
    /// Routes with the same attributes and next hop travel together.
    struct Bundle {
        SharedAttributes attributes;
        BgpNextHop nextHop;
        NlriList prefixes;
    };

    explicit PeerNews(PeerId to) : peer(to) {}

    bool isSome() const { return !withdrawn.empty() || !bundles.empty(); }
    void announce(const Nlri& nlri, const Wish& wish) {
        const auto same = std::ranges::find_if(bundles, [&](const Bundle& bundle) {
            return bundle.nextHop == wish.nextHop && bundle.attributes == wish.attributes;
        });
        Bundle& bundle =
            same != bundles.end() ? *same : bundles.emplace_back(wish.attributes, wish.nextHop, NlriList());
        bundle.prefixes.push_back(nlri);
    }

    PeerId peer;
    NlriList withdrawn;
    SmallVector<Bundle, 1> bundles;
};

}  // namespace peerscape::bgp
