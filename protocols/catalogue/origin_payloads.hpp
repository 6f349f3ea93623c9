#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/routing/router_config.hpp"

namespace peerscape {

/// Who may originate a prefix, as a lab says it (RFC 6811 section 2).
struct OriginPayload {
    Prefix prefix;
    std::uint8_t maximumLength = 0;
    std::uint32_t origin = 0;  ///< 0: nobody
};

/// What the protocol that judges origins begins with, before the router's own configuration is read on top.
/// Without payloads nothing is changed.
void giveOriginPayloads(RouterConfig& config, const std::vector<OriginPayload>& payloads);

}  // namespace peerscape
