#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/routing/protocol.hpp"

namespace peerscape {

/// All protocols that Peerscape models: the one place that knows them. In the order of FRR's running
/// configuration.
const std::vector<Protocol>& protocols();

/// The protocol's number by the name that `redistribute` uses: "connected", "local" and those of protocols().
std::optional<ProtocolId> protocolNamed(std::string_view name);

/// The reverse of protocolNamed(). A number that nobody has is a bug of the caller.
std::string protocolName(ProtocolId id);

/// Null for "connected" and "local", which have no process, and for numbers that nobody has.
const Protocol* protocolById(ProtocolId id);

/// Whether FRR knows a protocol of that name that Peerscape does not model: lines about it are right, but
/// without effect.
bool isForeignProtocol(std::string_view name);

}  // namespace peerscape
