#include "protocols/catalogue/origin_payloads.hpp"

#include <algorithm>
#include <memory>

#include "protocols/bgp/process_config.hpp"

namespace peerscape {

void giveOriginPayloads(RouterConfig& config, const std::vector<OriginPayload>& payloads) {
    if (payloads.empty()) return;
    auto judging = std::make_shared<bgp::BgpProcessConfig>();
    for (const OriginPayload& payload : payloads)
        judging->value.roas.push_back({payload.prefix, payload.maximumLength, payload.origin});
    std::ranges::sort(judging->value.roas);
    config.processes[bgp::BgpProcessConfig::kProtocol] = std::move(judging);
}

}  // namespace peerscape
