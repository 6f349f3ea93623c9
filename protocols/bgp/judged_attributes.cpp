#include "protocols/bgp/judged_attributes.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace peerscape::bgp {

JudgedAttributes::Rank JudgedAttributes::rankOf(const PathAttributes& attributes) {
    const auto bounded = [](std::size_t length) {
        constexpr std::size_t kMost = std::numeric_limits<std::uint16_t>::max();
        return static_cast<std::uint16_t>(std::min(length, kMost));
    };
    Rank rank;
    rank.localPreference = attributes.localPreference.value_or(0);
    rank.hasLocalPreference = attributes.localPreference.has_value();
    rank.med = attributes.med.value_or(0);
    rank.hasMed = attributes.med.has_value();
    rank.length = bounded(attributes.asPath->length(false));
    rank.lengthWithConfederation = bounded(attributes.asPath->length(true));
    rank.origin = attributes.origin;
    rank.hasOriginator = attributes.rare->originatorId.has_value();
    rank.isLongLivedStale = attributes.hasCommunity(community::kLlgrStale);
    return rank;
}

}  // namespace peerscape::bgp
