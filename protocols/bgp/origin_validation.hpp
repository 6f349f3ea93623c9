#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "engine/base/ip_address.hpp"
#include "protocols/bgp/as_path.hpp"
#include "protocols/bgp/config.hpp"
#include "protocols/policy/attribute_clauses.hpp"

/// Origin validation (RFC 6811): whether the AS that a route begins in may originate it.
namespace peerscape::bgp {

/// The AS that originated the route; none: its path ends in a set. A route that has never left the own AS, or
/// the own confederation, is the own AS's.
std::optional<Asn> originOf(const AsPath& path, Asn own);

/// As the router's configuration has it; none: it has no payloads to judge by.
std::optional<policy::RpkiState> originState(const BgpConfig& config, const Prefix& prefix,
                                             const AsPath& path);

/// Section 2: not found when no payload covers the prefix; valid when one that covers it allows its length
/// and names its origin; invalid otherwise. `payloads` in ascending order. AS 0 matches nobody (RFC 6483
/// section 4).
policy::RpkiState originState(std::span<const RoaPayload> payloads, const Prefix& prefix,
                              std::optional<Asn> origin);

}  // namespace peerscape::bgp
