#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/result.hpp"
#include "engine/record/record.hpp"
#include "engine/routing/router_config.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// A line of a configuration, and where it stands.
struct ConfigOrigin {
    std::string line;                  ///< without blanks around
    std::optional<SourcePlace> place;  ///< none: it was typed while the lab ran; its column is 0
    std::uint32_t column = 1;          ///< of the line's first word, in its own text
};

/// "'network 0.0.0.0/0' (lab.yaml:31)".
std::string toString(const ConfigOrigin& origin);

using ConfigClaim = std::function<bool(const RouterConfig&)>;

/// The line that made a claim true of the node's configuration: with the lines up to it the claim holds, and
/// without it it does not. Looks into the texts the node was switched on with and, when these do not make it
/// true, into its present configuration. Nothing when the claim does not hold at all or holds of an empty
/// text.
std::optional<ConfigOrigin> lineThatSays(const Evidence& evidence, NodeId node, const ConfigClaim& claim);

/// The line, of a configuration or of the lab file's links, that gives the interface an address in the
/// network.
std::optional<ConfigOrigin> lineOfNetwork(const Evidence& evidence, InterfaceRef interface,
                                          const Prefix& network);

/// The `ip route` line of the prefix at that distance.
std::optional<ConfigOrigin> lineOfStaticRoute(const Evidence& evidence, NodeId node, const Prefix& prefix,
                                              Distance distance);

}  // namespace peerscape
