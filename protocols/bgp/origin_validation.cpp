#include "protocols/bgp/origin_validation.hpp"

#include <algorithm>

namespace peerscape::bgp {

std::optional<Asn> originOf(const AsPath& path, Asn own) {
    if (path.isEmpty()) return own;
    const SegmentType last = path.segments().back().type;
    if (last == SegmentType::ConfedSequence || last == SegmentType::ConfedSet) return own;
    return path.origin();
}

std::optional<policy::RpkiState> originState(const BgpConfig& config, const Prefix& prefix,
                                             const AsPath& path) {
    if (config.roas.empty()) return std::nullopt;
    return originState(config.roas, prefix, originOf(path, *config.number));
}

policy::RpkiState originState(std::span<const RoaPayload> payloads, const Prefix& prefix,
                              std::optional<Asn> origin) {
    bool isCovered = false;
    for (int length = 0; length <= prefix.length(); ++length) {
        const Prefix around(prefix.address(), static_cast<std::uint8_t>(length));
        for (const RoaPayload& payload :
             std::ranges::equal_range(payloads, around, {}, &RoaPayload::prefix)) {
            isCovered = true;
            const bool isAllowed = prefix.length() <= payload.maximumLength;
            if (isAllowed && payload.originAs != 0 && origin && origin->value() == payload.originAs)
                return policy::RpkiState::Valid;
        }
    }
    return isCovered ? policy::RpkiState::Invalid : policy::RpkiState::NotFound;
}

}  // namespace peerscape::bgp
